//! Automatic actions as time passes.

use chrono::TimeDelta;

use crate::domain::decide::{Command, PauseRequest};
use crate::domain::people::Tier;
use crate::domain::policy::{EscalationRule, Policy};
use crate::domain::sla::level::Level;
use crate::domain::vocabulary::{ClockName, OnResolved, PauseReason, State};
use crate::testing::ticket_story::{
    TicketStory, close_forced, desk, escalate, moment, note, thanks,
};

fn rule(percent: u16, from: &str, to: &str) -> EscalationRule {
    EscalationRule {
        clock: ClockName::Resolution,
        level: Level::Percent(percent),
        from: Tier::from_stored(from),
        to: Tier::from_stored(to),
    }
}

fn pause_until(typed: &str) -> Command {
    Command::Pause(PauseRequest {
        reason: PauseReason::Vendor,
        until: Some(moment(typed)),
        note: None,
        ask: None,
        force: None,
    })
}

/// A ticket of priority 2 that was answered, so that only the resolution
/// clock runs: eight hours from 9:00.
fn answered() -> TicketStory {
    desk().open_at(2).reply()
}

#[test]
fn each_level_of_each_running_clock_warns_once_in_the_order_of_time() {
    let mut desk = desk().open_at(2).at("18:00");
    assert_eq!(
        desk.sweep(),
        "Mon 10:30 response 75, Mon 10:48 response 90, Mon 11:00 response 100, \
         Mon 15:00 resolution 75, Mon 16:12 resolution 90, Mon 17:00 resolution 100"
    );
    assert_eq!(desk.sweep(), "");
    assert_eq!(desk.at("Tue 18:00").sweep(), "");
}

#[test]
fn a_level_warns_at_its_instant_and_a_breach_just_after_the_due_time() {
    let mut desk = answered().at("14:59:59.999");
    assert_eq!(desk.sweep(), "");
    let mut desk = desk.at("15:00");
    assert_eq!(desk.sweep(), "Mon 15:00 resolution 75");
    let mut desk = desk.at("17:00");
    assert_eq!(desk.sweep(), "Mon 16:12 resolution 90");
    let mut desk = desk.at("17:00:00.001");
    assert_eq!(desk.sweep(), "Mon 17:00 resolution 100");
}

#[test]
fn an_outage_of_a_week_changes_nothing_but_when_it_is_recorded() {
    let policy = |desk: TicketStory| {
        desk.policy(|policy| policy.escalations = vec![rule(90, "L1", "L2"), rule(100, "L2", "L3")])
    };
    let mut late = policy(answered()).at("Mon 9:00").at("Sun 9:00");
    let at_once = late.sweep();
    let mut punctual = policy(answered());
    let mut described = Vec::new();
    for hour in ["15:00", "16:30", "18:00", "Wed 9:00", "Sun 9:00"] {
        punctual = punctual.at(hour);
        described.extend(Some(punctual.sweep()).filter(|described| !described.is_empty()));
    }
    assert_eq!(at_once, described.join(", "));
    assert_eq!(
        at_once,
        "Mon 15:00 resolution 75, Mon 16:12 resolution 90 -> L2, Mon 17:00 resolution 100 -> L3"
    );
}

#[test]
fn a_level_that_moved_to_a_later_time_warns_again_and_one_that_did_not_stays_silent() {
    let mut desk = answered().at("15:30");
    assert_eq!(desk.sweep(), "Mon 15:00 resolution 75");
    // The pause moves the due time, but three quarters stay used up.
    let mut desk = desk.pause().at("16:30").resume().at("17:30");
    assert_eq!(desk.sweep(), "Mon 17:12 resolution 90");
    let mut desk = desk.prioritize(3).at("Tue 23:00");
    assert_eq!(
        desk.sweep(),
        "Tue 4:00 resolution 75, Tue 7:36 resolution 90, Tue 10:00 resolution 100"
    );
}

#[test]
fn what_was_reached_before_a_pause_a_resolution_or_a_late_answer_is_told() {
    let late = "Mon 15:00 resolution 75, Mon 16:12 resolution 90, Mon 17:00 resolution 100";
    for mut desk in [
        answered().at("18:00").pause(),
        answered().at("18:00").resolve(),
        answered().at("18:00").withdraw(),
    ] {
        assert_eq!(desk.sweep(), late, "{:?}", desk.ticket().status);
        assert_eq!(desk.sweep(), "");
    }
    let mut closed = answered().at("18:00").resolve().run(close_forced());
    assert_eq!(closed.sweep(), "Mon 17:00 resolution 100");
    let mut unanswered = desk().open_at(2).at("12:00").reply();
    assert_eq!(
        unanswered.sweep(),
        "Mon 10:30 response 75, Mon 10:48 response 90, Mon 11:00 response 100"
    );
    let mut waits = answered()
        .at("10:00")
        .hear()
        .at("13:00")
        .reply()
        .hear()
        .at("16:00")
        .reply();
    assert_eq!(
        waits.sweep(),
        "Mon 11:30 update 75, Mon 11:48 update 90, Mon 12:00 update 100, Mon 14:30 update 75, \
         Mon 14:48 update 90, Mon 15:00 resolution 75, Mon 15:00 update 100"
    );
}

#[test]
fn a_rule_that_was_due_before_applies_unless_an_agent_took_the_ticket_since() {
    let rules =
        |desk: TicketStory| desk.policy(|policy| policy.escalations = vec![rule(50, "L1", "L2")]);
    let mut noted = rules(answered()).at("13:30").run(note("seen")).at("14:00");
    assert_eq!(noted.sweep(), "Mon 13:00 resolution 50 -> L2");
    assert_eq!(noted.ticket().unassigned_since, moment("13:00"));
    let mut taken = rules(answered()).at("13:30").run(Command::Take {
        agent: crate::domain::people::Agent::parse("anna").unwrap(),
    });
    assert_eq!(taken.sweep(), "Mon 13:00 resolution 50");
    let mut resolved = rules(answered()).at("13:30").resolve();
    assert_eq!(resolved.sweep(), "", "it was resolved in time");
}

#[test]
fn a_pause_ends_by_itself_whether_or_not_a_sweep_has_run() {
    let noted = answered()
        .at("10:00")
        .run(pause_until("11:00"))
        .at("13:00")
        .run(note("seen"));
    assert_eq!(noted.ticket().status.state(), State::Active);
    assert_eq!(noted.summary().since, moment("11:00"));
    assert_eq!(
        noted.resolution("13:00"),
        "ok, used 3h, left 5h, due Mon 18:00, paused 1h"
    );
    let unswept = answered().at("10:00").run(pause_until("11:00"));
    let mut swept = unswept.clone().at("12:00");
    swept.sweep();
    for at in ["10:30", "11:00", "13:00", "18:00", "18:00:01"] {
        assert_eq!(
            unswept.resolution(at),
            if at == "10:30" {
                unswept.resolution(at)
            } else {
                swept.resolution(at)
            }
        );
        let overdue = |desk: &TicketStory| desk.summary().clocks.is_overdue(moment(at));
        assert_eq!(overdue(&unswept), overdue(&swept), "{at}");
        assert_eq!(
            unswept.summary().state_at(moment(at)) == State::Active,
            at != "10:30"
        );
    }
}

#[test]
fn paused_resolved_closed_and_merged_tickets_do_not_warn() {
    for mut silent in [
        answered().pause().at("Tue 9:00"),
        answered().at("10:00").resolve().reply().at("Tue 9:00"),
        answered()
            .at("10:00")
            .resolve()
            .run(close_forced())
            .at("Tue 9:00"),
        answered().merge().at("Tue 9:00"),
    ] {
        assert_eq!(silent.sweep(), "");
    }
}

#[test]
fn a_pause_wakes_at_its_time_and_the_clock_goes_on_from_there() {
    let mut desk = answered().at("10:00").run(pause_until("12:00")).at("14:00");
    assert_eq!(desk.sweep(), "Mon 12:00 resumed");
    assert_eq!(
        desk.resolution("14:00"),
        "ok, used 3h, left 5h, due Mon 19:00, paused 2h"
    );
    let mut late = answered()
        .at("10:00")
        .run(pause_until("12:00"))
        .at("Tue 9:00");
    assert_eq!(
        late.sweep(),
        "Mon 12:00 resumed, Mon 17:00 resolution 75, Mon 18:12 resolution 90, Mon 19:00 resolution 100"
    );
}

#[test]
fn a_rule_hands_over_only_from_its_tier() {
    let rules =
        |desk: TicketStory| desk.policy(|policy| policy.escalations = vec![rule(50, "L1", "L2")]);
    let mut desk = rules(answered()).at("13:00");
    assert_eq!(desk.sweep(), "Mon 13:00 resolution 50 -> L2");
    assert_eq!(desk.ticket().tier, Tier::from_stored("L2"));
    let mut elsewhere = rules(answered()).run(escalate(None)).at("13:00");
    assert_eq!(elsewhere.sweep(), "Mon 13:00 resolution 50");
}

#[test]
fn what_was_handed_back_after_an_escalation_stays_there() {
    let desk = answered().policy(|policy| policy.escalations = vec![rule(50, "L1", "L2")]);
    let mut desk = desk.at("13:00");
    assert_eq!(desk.sweep(), "Mon 13:00 resolution 50 -> L2");
    let mut desk = desk.run(escalate(Some("L1"))).at("14:00");
    assert_eq!(desk.sweep(), "");
    assert_eq!(desk.ticket().tier, Tier::from_stored("L1"));
}

#[test]
fn what_is_resolved_for_long_enough_is_closed_on_the_record() {
    let days =
        |desk: TicketStory| desk.policy(|policy| policy.auto_close = Some(TimeDelta::days(7)));
    let mut desk = days(answered()).at("10:00").resolve().at("Sun 9:00");
    assert_eq!(desk.sweep(), "");
    let mut desk = desk.at("Sun 23:00");
    desk.stand(desk.at + TimeDelta::days(1), desk.at + TimeDelta::days(1));
    assert_eq!(desk.sweep(), "Mon 10:00 gate-passed gate-passed closed");
    assert_eq!(desk.ticket().status.state(), State::Closed);
}

#[test]
fn what_nobody_answered_is_not_closed_by_the_desk() {
    let two_days = |policy: &mut Policy| policy.auto_close = Some(TimeDelta::days(2));
    let silent = desk().policy(two_days).open_at(3).at("10:00").resolve();
    let mut desk = silent.clone().at("Fri 9:00");
    assert_eq!(
        desk.sweep(),
        "Mon 11:15 response 75, Mon 11:42 response 90, Mon 12:00 response 100"
    );
    let mut told = silent.at("Tue 9:00").reply().at("Fri 9:00");
    let closing = told.sweep();
    assert!(
        closing.ends_with("Thu 9:00 gate-passed closed"),
        "{closing}"
    );
    // Somebody who took the request back waits for nothing.
    let desk = self::desk().policy(two_days).open_at(3).at("10:00");
    let mut withdrawn = desk.withdraw().at("Fri 9:00");
    assert_eq!(
        withdrawn.sweep(),
        "Wed 10:00 gate-passed gate-passed closed"
    );
}

#[test]
fn a_message_after_the_resolution_puts_the_closing_off() {
    let resolved = || {
        let desk = answered().policy(|policy| {
            policy.auto_close = Some(TimeDelta::days(2));
            policy.messages.on_resolved = OnResolved::Keep;
        });
        desk.at("10:00").resolve().at("Tue 12:00")
    };
    let mut thanked = resolved().run(thanks()).at("Fri 9:00");
    assert_eq!(thanked.sweep(), "Thu 12:00 gate-passed gate-passed closed");
    // A message that is owed an answer keeps the ticket open, and late.
    let mut asked = resolved().hear().at("Sun 9:00");
    assert_eq!(
        asked.sweep(),
        "Tue 13:30 update 75, Tue 13:48 update 90, Tue 14:00 update 100"
    );
    // From the answer on, the delay counts again.
    let mut answered = resolved().hear().at("Wed 9:00").reply().at("Fri 8:59");
    assert_eq!(
        answered.sweep(),
        "Tue 13:30 update 75, Tue 13:48 update 90, Tue 14:00 update 100"
    );
    let mut answered = answered.at("Fri 9:00");
    assert_eq!(answered.sweep(), "Fri 9:00 gate-passed closed");
}
