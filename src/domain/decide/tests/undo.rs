//! Taking back one's own last step.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::super::{Command, PauseRequest, concerned, undo};
use super::random_history::{Act, Step, live, opening, step, steps, take};
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::rejection::Rejection;
use crate::domain::summary::Summary;
use crate::domain::ticket::{Ticket, TimelineMark, timeline};
use crate::domain::vocabulary::{ClosureCode, PauseReason, State};
use crate::testing::ticket_story::{
    TicketStory, agent, desk, escalate, hear, moment, note, reopen, reply, resolve, retitle, void,
};

fn decided(story: &TicketStory) -> Result<Vec<Event>, Rejection> {
    let events = undo(story.ticket(), &[], &story.ctx())?;
    Ok(events.into_iter().flat_map(|(_, events)| events).collect())
}

fn undone(mut story: TicketStory) -> TicketStory {
    let events = decided(&story).unwrap();
    story.take(events);
    story
}

fn refused(story: &TicketStory) -> (String, String) {
    let refusal = decided(story).unwrap_err();
    (refusal.to_string(), refusal.hint())
}

/// The state of a ticket, without what says that something happened.
fn state(ticket: &Ticket, now: Timestamp) -> Ticket {
    let mut state = ticket.without_events().at(now);
    (state.n, state.updated) = (0, Timestamp::UNIX_EPOCH);
    state
}

#[test]
fn a_resolution_that_is_taken_back_never_was() {
    let before = desk().open_at(2).at("10:00");
    let story = before.clone().run(resolve(Some(ClosureCode::Workaround)));
    let story = undone(story.at("10:20"));
    assert_eq!(story.ticket().status, before.ticket().status);
    assert_eq!(story.ticket().reopenings, 0);
    // The clock goes on as if it had never stopped.
    assert_eq!(
        story.resolution("11:00"),
        before.at("10:20").resolution("11:00")
    );
    let reopened = desk().open_at(2).at("10:00").resolve().at("10:20").reopen();
    assert_ne!(story.resolution("11:00"), reopened.resolution("11:00"));
    // What was taken back stays in the timeline.
    let entries = timeline(story.history());
    let marked = entries
        .iter()
        .filter(|entry| entry.mark == Some(TimelineMark::Undone));
    let kinds: Vec<&str> = marked.map(|entry| entry.event.fact.kind()).collect();
    assert!(kinds.contains(&"resolved"), "{kinds:?}");
}

#[test]
fn each_kind_of_step_comes_back() {
    for step in [
        escalate(None),
        note("a slip"),
        retitle("wrong"),
        void("not this one"),
        Command::ProposeHypothesis {
            text: "a full disk".to_owned(),
        },
        Command::Prioritize(crate::testing::ticket_story::ratings(1)),
        hear("I wrote"),
    ] {
        let before = desk().open_at(3).at("9:30");
        let after = undone(before.clone().run(step.clone()).at("9:31"));
        let now = after.at;
        assert_eq!(
            state(after.ticket(), now),
            state(before.ticket(), now),
            "{step:?}"
        );
        let clocks = before.ticket().clone().at(now).clocks(&before.policy);
        assert_eq!(after.clocks(), clocks, "{step:?}");
    }
}

#[test]
fn again_takes_back_the_step_before_that() {
    let story = desk().open_at(3).at("9:30").run(note("one")).at("9:31");
    let story = story.run(retitle("two")).at("9:32");
    let story = undone(story);
    assert_eq!(story.ticket().title, "VPN drops");
    let story = undone(story.at("9:33"));
    let taken_back: Vec<&Vec<u32>> = story
        .history()
        .iter()
        .filter_map(|event| {
            if let Fact::Undone { events } = &event.fact {
                Some(events)
            } else {
                None
            }
        })
        .collect();
    assert_eq!(taken_back.len(), 2);
    assert_ne!(taken_back[0], taken_back[1]);
    assert_eq!(
        refused(&story.at("9:34")).1,
        "if it was a mistake: desk void 1 --reason TEXT"
    );
}

#[test]
fn what_others_built_on_stays_and_so_does_what_left_the_desk_or_is_too_old() {
    let story = desk().open_at(3).at("9:30").run(note("mine")).at("9:40");
    let built = story
        .clone()
        .by(agent("ben"))
        .run(note("his"))
        .by(agent("anna"));
    let (refusal, hint) = refused(&built);
    assert!(
        refusal.starts_with("the last step on #1 is by ben (logged, "),
        "{refusal}"
    );
    assert_eq!(hint, "see what happened with: desk show 1 --full");
    // Once ben has taken his back, nothing stands on it any more.
    let without = undone(built.by(agent("ben"))).by(agent("anna"));
    assert!(decided(&without).is_ok());
    let (refusal, _) = refused(&story.clone().run(reply("done")));
    assert_eq!(
        refusal,
        "the last step on #1 cannot be undone: the requester has read it"
    );
    let (refusal, _) = refused(&story.clone().at("12:00"));
    assert_eq!(
        refusal,
        "the last step on #1 was 2 hours ago; the policy lets it be undone for 60 minutes"
    );
    let never = story.clone().policy(|policy| policy.undo_within = None);
    assert_eq!(refused(&never).0, "the policy lets nothing be undone");
    let longer = story.policy(|policy| policy.undo_within = Some(TimeDelta::days(1)));
    assert!(decided(&longer.at("12:00")).is_ok());
}

#[test]
fn what_the_desk_did_meanwhile_goes_with_the_step_that_it_follows_from() {
    let before = desk().open_at(3).at("9:30");
    let pause = Command::Pause(PauseRequest {
        reason: PauseReason::Vendor,
        until: Some(moment("9:40")),
        note: None,
        ask: None,
        force: None,
    });
    let mut story = before.clone().run(pause).at("9:50");
    story.sweep();
    assert!(matches!(
        story.history().last().unwrap().fact,
        Fact::Resumed { .. }
    ));
    let story = undone(story.at("9:55"));
    assert_eq!(story.summary().state, State::New);
    assert_eq!(
        state(story.ticket(), story.at),
        state(before.ticket(), story.at)
    );
    let kinds: Vec<&str> = story.history().iter().map(|e| e.fact.kind()).collect();
    assert!(kinds.ends_with(&["undone", "unfounded"]), "{kinds:?}");
}

#[test]
fn a_merge_that_is_taken_back_concerns_both_tickets() {
    let merged = desk().open_at(3).at("9:30").merge();
    assert_eq!(concerned(merged.ticket()).len(), 1);
    let alone = undone(merged.at("9:31"));
    assert_eq!(alone.ticket().merged_into(), None);
    assert_eq!(alone.ticket().reopenings, 0);
}

#[test]
fn a_reopening_that_is_taken_back_is_not_counted() {
    let closed = desk().open_at(3).at("9:30").resolve().at("9:40");
    let story = undone(closed.clone().run(reopen()).at("9:50"));
    assert_eq!(story.ticket().reopenings, 0);
    assert_eq!(story.ticket().status, closed.ticket().status);
}

proptest! {
    #[test]
    fn a_step_and_its_undo_leave_everything_as_it_was(
        opening in opening(),
        steps in steps(),
        last in step(),
        wait in 0..50_i64,
        sweeps in any::<bool>(),
    ) {
        let mut desk = opening.desk();
        let now = live(&mut desk, &steps, |_, _| Ok(()))?;
        let before = desk.clone();
        let Act::Agent(_) = last.act else { return Ok(()) };
        // Two commands at the same moment are one step.
        let now = now + TimeDelta::minutes(last.gap.max(1));
        let Some(events) = take(&mut desk, now, &Step { lag: 0, ..last }) else { return Ok(()) };
        if events.is_empty() {
            return Ok(());
        }
        let later = now + TimeDelta::minutes(wait);
        desk.stand(later, later);
        if sweeps {
            desk.sweep();
        }
        desk.stand(later, later);
        let Ok(taken_back) = decided(&desk) else { return Ok(()) };
        desk.take(taken_back);
        let replayed = Ticket::replay(desk.history()).unwrap();
        prop_assert_eq!(&replayed, desk.ticket());
        let (mut after, mut known) = (state(desk.ticket(), later), state(before.ticket(), later));
        // What a sweep reported meanwhile would have been reported anyway.
        if sweeps {
            after.warnings.clear();
            known.warnings.clear();
            let (after, known) = (after.clocks(&desk.policy), known.clocks(&desk.policy));
            prop_assert_eq!(after, known);
        } else {
            prop_assert_eq!(&after, &known);
            let row = Summary::new(&after, &desk.policy);
            prop_assert_eq!(row, Summary::new(&known, &desk.policy));
        }
    }
}
