//! Promises by hand: an instant that goes before the targets of the policy.

use chrono::TimeDelta;

use super::super::{Command, PromiseRequest, WithdrawalRequest, apply_policy};
use crate::domain::policy::TargetRule;
use crate::domain::sla::clock_map::ClockMap;
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::vocabulary::ClockName;
use crate::testing::ticket_story::{TicketStory, desk, moment, note};

fn promise_of(clock: ClockName, due: &str) -> Command {
    promise_and_tell(clock, due, None)
}

fn promise_and_tell(clock: ClockName, due: &str, message: Option<&str>) -> Command {
    Command::PromiseDue(PromiseRequest {
        clock,
        due: moment(due),
        reason: "the spare part".to_owned(),
        message: message.map(str::to_owned),
    })
}

fn promise(due: &str) -> Command {
    promise_of(ClockName::Resolution, due)
}

fn withdraw_of(clock: ClockName) -> Command {
    let reason = "it was in stock".to_owned();
    Command::WithdrawPromise(WithdrawalRequest {
        clock,
        reason,
        message: None,
    })
}

fn withdraw() -> Command {
    withdraw_of(ClockName::Resolution)
}

/// When a clock is due, whether by a promise, and whether it stays missed.
fn due(desk: &TicketStory, name: ClockName) -> (Option<chrono::DateTime<chrono::Utc>>, bool, bool) {
    let clock = desk.clock(name).unwrap();
    (clock.due, clock.promised, clock.relaxed.is_some())
}

fn resolution(desk: &TicketStory) -> (Option<chrono::DateTime<chrono::Utc>>, bool, bool) {
    due(desk, ClockName::Resolution)
}

#[test]
fn a_promise_is_an_instant_that_no_pause_moves() {
    let desk = desk().open_at(4).at("10:00").run(promise("Wed 12:00"));
    assert_eq!(resolution(&desk), (Some(moment("Wed 12:00")), true, false));
    let paused = desk.at("11:00").pause();
    assert_eq!(
        paused.clock(ClockName::Resolution).unwrap().due,
        Some(moment("Wed 12:00"))
    );
    insta::assert_snapshot!(paused.resolution("Tue 9:00"), @"ok, used 1d, left 1d3h, due Wed 12:00");
    let goes_on = paused.at("Tue 9:00").resume();
    insta::assert_snapshot!(goes_on.resolution("Wed 12:00"), @"at-risk, used 2d3h, left 0s, due Wed 12:00");
    assert!(goes_on.resolution("Wed 12:01").starts_with("overdue"));
}

#[test]
fn it_goes_before_later_priorities_and_policies_until_it_is_withdrawn() {
    let desk = desk()
        .open_at(4)
        .at("10:00")
        .run(promise("Wed 12:00"))
        .at("11:00")
        .prioritize(1);
    assert_eq!(resolution(&desk), (Some(moment("Wed 12:00")), true, false));
    let span = |_| Some(WorkingSpan::Time(TimeDelta::hours(2)));
    let mut desk = desk.enact(|policy| {
        policy.targets = vec![TargetRule {
            spans: ClockMap::from_fn(span),
            ..TargetRule::default()
        }];
    });
    let events = apply_policy(desk.ticket(), &desk.ctx()).unwrap();
    desk.take(events);
    assert_eq!(resolution(&desk), (Some(moment("Wed 12:00")), true, false));
    let desk = desk.at("12:00").run(withdraw());
    // Now the targets are those of the priority and of the policy of that time.
    assert_eq!(resolution(&desk), (Some(moment("11:00")), false, false));
    assert!(desk.clock(ClockName::Resolution).unwrap().reclassified);
}

#[test]
fn after_a_withdrawal_pauses_count_as_if_nothing_had_been_promised() {
    let told = desk()
        .open_at(4)
        .at("10:00")
        .run(promise("Wed 12:00"))
        .at("11:00")
        .pause();
    let told = told.at("13:00").resume().at("14:00").run(withdraw());
    let never = desk().open_at(4).at("11:00").pause().at("13:00").resume();
    assert_eq!(told.resolution("15:00"), never.resolution("15:00"));
    assert_eq!(resolution(&told), resolution(&never));
}

#[test]
fn what_was_missed_stays_missed_whatever_is_promised_later() {
    // The target was due on Tuesday at 9:00.
    let late = desk().open_at(4).at("Tue 10:00").run(promise("Wed 12:00"));
    assert_eq!(resolution(&late), (Some(moment("Wed 12:00")), true, true));
    assert!(
        late.clone()
            .at("Tue 11:00")
            .resolve()
            .resolution("Tue 11:00")
            .starts_with("missed")
    );
    // So is a promise.
    let broken = desk()
        .open_at(4)
        .at("10:00")
        .run(promise("11:00"))
        .at("12:00")
        .run(promise("Tue 8:00"));
    assert_eq!(resolution(&broken), (Some(moment("Tue 8:00")), true, true));
    let withdrawn = broken.at("13:00").run(withdraw());
    assert!(
        withdrawn
            .at("14:00")
            .resolve()
            .resolution("14:00")
            .starts_with("missed")
    );
}

#[test]
fn a_promise_in_time_is_met_although_the_target_has_passed() {
    let desk = desk()
        .open_at(4)
        .at("10:00")
        .run(promise("Wed 12:00"))
        .at("Wed 11:00")
        .resolve();
    assert!(desk.resolution("Wed 11:00").starts_with("met"));
    assert_eq!(resolution(&desk), (Some(moment("Wed 12:00")), true, false));
}

#[test]
fn its_warnings_are_shares_of_the_time_from_the_start_to_the_promise() {
    let mut desk = desk().open_at(4).reply().run(promise("13:00")).at("13:01");
    assert_eq!(
        desk.sweep(),
        "Mon 12:00 resolution 75, Mon 12:36 resolution 90, Mon 13:00 resolution 100"
    );
    assert_eq!(desk.sweep(), "");
}

#[test]
fn reopened_before_the_promise_it_holds_and_after_a_kept_one_the_target_goes_on() {
    let resolved = desk()
        .open_at(4)
        .at("10:00")
        .run(promise("Wed 12:00"))
        .at("11:00")
        .resolve();
    let before = resolved.clone().at("Tue 10:00").reopen();
    assert_eq!(
        resolution(&before),
        (Some(moment("Wed 12:00")), true, false)
    );
    // Two of 24 hours were used when it was resolved.
    let after = resolved.at("Thu 9:00").reopen();
    assert_eq!(resolution(&after), (Some(moment("Fri 7:00")), false, false));
    let broken = desk()
        .open_at(4)
        .at("10:00")
        .run(promise("11:00"))
        .at("12:00")
        .resolve();
    let broken = broken.at("13:00").reopen();
    assert_eq!(resolution(&broken), (Some(moment("11:00")), true, false));
}

#[test]
fn a_merged_ticket_keeps_its_promise_for_the_day_the_merge_is_undone() {
    let merged = desk()
        .open_at(4)
        .at("10:00")
        .run(promise("Wed 12:00"))
        .at("11:00")
        .merge();
    assert_eq!(merged.clock(ClockName::Resolution).unwrap().due, None);
    let back = merged.at("12:00").reopen();
    assert_eq!(resolution(&back), (Some(moment("Wed 12:00")), true, false));
}

#[test]
fn what_cannot_be_promised_is_refused() {
    let desk = desk().open_at(4).at("10:00");
    let (refusal, hint) = desk.refuses(promise("10:00"));
    assert!(refusal.starts_with("the promised time"), "{refusal}");
    assert_eq!(hint, "give a later time, such as 'in 2d' or 'monday 9:00'");
    let (refusal, _) = desk.refuses(withdraw());
    assert_eq!(
        refusal,
        "no due time of the resolution clock of #1 is promised"
    );
    let answered = desk.reply();
    let (refusal, _) = answered.refuses(promise_of(ClockName::Response, "12:00"));
    assert_eq!(refusal, "the response clock of #1 is not running");
    let (refusal, _) = answered.resolve().refuses(promise("12:00"));
    assert_eq!(refusal, "the resolution clock of #1 is not running");
}

#[test]
fn the_same_promise_again_changes_nothing_and_another_reason_is_kept() {
    let desk = desk().open_at(4).at("10:00").run(promise("12:00"));
    assert_eq!(desk.gives(promise("12:00")), "-");
    let other = Command::PromiseDue(PromiseRequest {
        clock: ClockName::Resolution,
        due: moment("12:00"),
        reason: "the vendor said so".to_owned(),
        message: None,
    });
    assert_eq!(desk.gives(other), "due-promised");
}

#[test]
fn the_next_public_message_keeps_a_promise_of_an_update() {
    let update = |due| promise_of(ClockName::Update, due);
    // Nobody waits for anything, but a call back was promised.
    let desk = desk()
        .open_at(4)
        .at("9:30")
        .reply()
        .at("10:00")
        .run(update("12:00"));
    assert_eq!(
        due(&desk, ClockName::Update),
        (Some(moment("12:00")), true, false)
    );
    assert!(desk.update("12:01").starts_with("overdue"));
    let paused = desk.clone().at("10:10").pause();
    assert!(paused.update("12:01").starts_with("overdue"));
    let kept = desk.clone().at("11:00").reply();
    assert!(kept.update("11:00").starts_with("met"));
    assert_eq!(
        kept.refuses(withdraw_of(ClockName::Update)).0,
        "no due time of the update clock of #1 is promised"
    );
    // A message during it is answered by what was promised.
    let asked = desk.clone().at("10:30").hear();
    assert_eq!(
        due(&asked, ClockName::Update),
        (Some(moment("12:00")), true, false)
    );
    let withdrawn = asked.at("10:40").run(withdraw_of(ClockName::Update));
    assert_eq!(
        due(&withdrawn, ClockName::Update),
        (Some(moment("13:30")), false, false)
    );
    // One that was missed stays missed.
    let broken = desk.at("12:30").run(withdraw_of(ClockName::Update));
    assert!(broken.update("12:30").starts_with("missed"));
}

#[test]
fn a_missed_promise_of_an_update_stays_missed_for_the_message_that_waits() {
    let desk = desk().open_at(4).at("9:30").reply().at("9:40").hear();
    let desk = desk.at("10:00").run(promise_of(ClockName::Update, "11:00"));
    let desk = desk
        .at("11:30")
        .run(withdraw_of(ClockName::Update))
        .at("11:40")
        .reply();
    assert!(desk.update("11:40").starts_with("missed"));
}

#[test]
fn a_promise_moves_no_status_and_notes_change_nothing_about_it() {
    let desk = desk()
        .open_at(4)
        .at("10:00")
        .run(promise("12:00"))
        .at("10:05")
        .run(note("seen"));
    assert_eq!(resolution(&desk), (Some(moment("12:00")), true, false));
    assert_eq!(desk.ticket().status, crate::domain::ticket::Status::New);
}

#[test]
fn the_requester_is_told_with_the_promise() {
    let told = |clock, due| promise_and_tell(clock, due, Some("On Wednesday."));
    let both = told(ClockName::Resolution, "Wed 12:00");
    let desk = desk().open_at(4).at("10:00");
    assert_eq!(desk.gives(both.clone()), "replied+due-promised");
    let promised = desk.clone().run(both.clone());
    assert_eq!(
        promised
            .ticket()
            .messages
            .last()
            .map(|message| message.text.as_str()),
        Some("On Wednesday.")
    );
    // A message is never dropped, and a promise is not made twice.
    assert_eq!(promised.gives(both), "replied");
    // A refused promise tells nobody.
    let (refusal, _) = desk.refuses(told(ClockName::Resolution, "9:00"));
    assert!(refusal.starts_with("the promised time"), "{refusal}");
    // The message is what ends a promise of an update: this one is older than it.
    let update = told(ClockName::Update, "12:00");
    let called = desk.clone().run(update.clone());
    let in_force = (Some(moment("12:00")), true, false);
    assert_eq!(due(&called, ClockName::Update), in_force);
    let again = called.at("11:00").run(update);
    assert_eq!(due(&again, ClockName::Update), in_force);
    let withdrawn = Command::WithdrawPromise(WithdrawalRequest {
        clock: ClockName::Update,
        reason: "it was in stock".to_owned(),
        message: Some("Earlier than that.".to_owned()),
    });
    assert_eq!(again.gives(withdrawn), "promise-withdrawn+replied");
    // The first message is the first response, so that none is left to promise.
    let (refusal, _) = desk.refuses(told(ClockName::Response, "12:00"));
    assert_eq!(refusal, "the response clock of #1 is not running");
}
