//! What the desk did by itself does not bar what an agent records later as
//! having happened before, and counts only as long as there is a reason for it.

use chrono::TimeDelta;

use crate::domain::decide::{Command, PauseRequest};
use crate::domain::event::Fact;
use crate::domain::people::Tier;
use crate::domain::policy::EscalationRule;
use crate::domain::sla::level::Level;
use crate::domain::ticket::{Ticket, TimelineMark, timeline};
use crate::domain::vocabulary::{ClockName, Medium, PauseReason, State};
use crate::testing::ticket_story::{
    TicketStory, agent, close_told, desk, hear, moment, note, reply, spelled,
};

/// An incident of priority 1, opened by mail at 9:00 and swept at 10:05: the
/// response was due at 10:00.
fn swept() -> TicketStory {
    let rule = EscalationRule {
        clock: ClockName::Response,
        level: Level::BREACH,
        from: Tier::from_stored("L1"),
        to: Tier::from_stored("L2"),
    };
    let desk = desk().policy(|policy| {
        policy.immediate_tiers.clear();
        policy.escalations = vec![rule];
    });
    let mut desk = desk.open_at(1).run(assign("ben")).at("10:05");
    assert_eq!(
        desk.sweep(),
        "Mon 9:45 response 75, Mon 9:54 response 90, Mon 10:00 response 100 -> L2"
    );
    desk
}

fn assign(name: &str) -> Command {
    let agent = agent(name).agent().cloned().unwrap();
    Command::Assign { agent }
}

fn held() -> Command {
    Command::EndCall {
        call: Some(1),
        held: true,
        note: None,
    }
}

/// The acts of the desk that proved unfounded: `Mon 10:00 warned, …`.
fn unfounded(desk: &TicketStory) -> String {
    let entries = timeline(desk.history()).into_iter();
    let marked = entries.filter(|entry| entry.mark == Some(TimelineMark::Unfounded));
    let acts =
        marked.map(|entry| format!("{} {}", spelled(entry.event.at), entry.event.fact.kind()));
    acts.collect::<Vec<_>>().join(", ")
}

#[test]
fn an_answer_of_before_the_breach_takes_the_breach_and_its_escalation_back() {
    let late = swept();
    assert_eq!(late.ticket().tier, Tier::from_stored("L2"));
    assert_eq!(late.ticket().assignee, None);
    let desk = late.at("9:55").recorded("10:06").run(reply("called back"));
    assert_eq!(
        desk.response("10:06"),
        "met, used 55m, left 5m, due Mon 10:00, stopped Mon 9:55"
    );
    assert_eq!(unfounded(&desk), "Mon 10:00 warned, Mon 10:00 escalated");
    assert_eq!(desk.ticket().tier, Tier::from_stored("L1"));
    assert_eq!(desk.ticket().assignee.as_ref().unwrap().as_str(), "ben");
    assert_eq!(desk.ticket().escalations, 0);
    let mut desk = desk.at("10:10");
    assert_eq!(desk.sweep(), "", "what is unfounded is not done again");
    assert_eq!(&Ticket::replay(desk.history()).unwrap(), desk.ticket());
}

#[test]
fn an_act_with_its_reason_stands() {
    for command in [note("seen"), reply("at the due time, so not late")] {
        let at = if matches!(command, Command::Log { .. }) {
            "9:50"
        } else {
            "9:54"
        };
        let desk = swept().at(at).recorded("10:06").run(command.clone());
        let answered = matches!(command, Command::Reply { .. });
        let expected = if answered {
            "Mon 10:00 warned, Mon 10:00 escalated"
        } else {
            ""
        };
        assert_eq!(unfounded(&desk), expected);
        assert_eq!(
            desk.ticket().tier.as_str(),
            if answered { "L1" } else { "L2" }
        );
    }
}

#[test]
fn what_is_told_later_of_the_moment_of_a_breach_counts_before_it() {
    let mut desk = swept().policy(|policy| policy.warnings.push(Level::Percent(25)));
    desk.sweep();
    let at_the_breach = |desk: &TicketStory| {
        let told = timeline(desk.history()).into_iter().rev();
        let told = told.filter(|entry| spelled(entry.event.at) == "Mon 10:00");
        told.map(|entry| entry.event.n).collect::<Vec<_>>()
    };
    let told = at_the_breach(&desk);
    assert!(!told.is_sorted_by(|one, next| one > next), "{told:?}");
    assert_eq!(&Ticket::replay(desk.history()).unwrap(), desk.ticket());
}

#[test]
fn an_answer_at_the_due_time_is_in_time() {
    let desk = swept().at("10:00").recorded("10:06").run(reply("just so"));
    assert!(desk.response("10:06").starts_with("met"));
    assert_eq!(unfounded(&desk), "Mon 10:00 warned, Mon 10:00 escalated");
}

#[test]
fn a_call_held_before_the_breach_answers_too() {
    let call = Command::ArrangeCall {
        medium: Medium::Phone,
        when: moment("9:50"),
        note: None,
    };
    let desk = desk().policy(|policy| policy.immediate_tiers.clear());
    let mut desk = desk.open_at(1).run(call).at("10:05");
    desk.sweep();
    let desk = desk.at("9:50").recorded("10:06").run(held());
    assert!(desk.response("10:06").starts_with("met"));
    assert_eq!(unfounded(&desk), "Mon 9:54 warned, Mon 10:00 warned");
}

#[test]
fn only_what_an_agent_did_bars_backdating() {
    let desk = swept();
    let early = desk
        .clone()
        .at("9:10")
        .recorded("10:06")
        .run(note("nine past"));
    let refusal = early
        .at("9:09")
        .recorded("10:07")
        .refuses(note("before that"))
        .0;
    assert!(
        refusal.contains("before the last thing that an agent did on #1"),
        "{refusal}"
    );
    let refusal = desk
        .at("8:59")
        .recorded("10:07")
        .refuses(note("before it was reported"))
        .0;
    assert!(refusal.contains("before the last thing"), "{refusal}");
}

#[test]
fn an_escalation_stays_if_the_rule_still_applies_and_goes_if_the_tier_differs() {
    let elsewhere = Command::Escalate {
        to: Some("L3".to_owned()),
        reason: "theirs".to_owned(),
        agent: None,
    };
    let desk = swept().at("9:50").recorded("10:06").run(elsewhere);
    assert_eq!(unfounded(&desk), "Mon 10:00 escalated");
    assert_eq!(desk.ticket().tier, Tier::from_stored("L3"));
}

#[test]
fn a_wake_and_a_closing_by_itself_can_be_unfounded() {
    let pause = Command::Pause(PauseRequest {
        reason: PauseReason::Vendor,
        until: Some(moment("12:00")),
        note: None,
        ask: None,
        force: None,
    });
    let mut woken = desk().open_at(2).reply().run(pause).at("12:30");
    woken.sweep();
    let resumed = woken.at("11:00").recorded("12:40").resume();
    assert_eq!(unfounded(&resumed), "Mon 12:00 resumed");
    assert_eq!(resumed.summary().since, moment("11:00"));
    let closing = desk().policy(|policy| policy.auto_close = Some(TimeDelta::hours(2)));
    let mut closed = closing.open_at(2).reply().resolve().at("12:00");
    closed.sweep();
    assert_eq!(closed.ticket().status.state(), State::Closed);
    let reopened = closed.at("10:30").recorded("12:05").run(hear("not yet"));
    assert_eq!(
        unfounded(&reopened),
        "Mon 11:00 gate-passed, Mon 11:00 closed"
    );
    assert_eq!(reopened.ticket().status.state(), State::Active);
    assert_eq!(reopened.ticket().reopenings, 1);
}

#[test]
fn what_a_clock_that_was_ahead_did_is_unfounded_once_somebody_writes() {
    let closing = desk().policy(|policy| policy.auto_close = Some(TimeDelta::hours(24)));
    let mut closed = closing.open_at(2).reply().resolve().at("Fri 9:00");
    assert_eq!(closed.sweep(), "Tue 9:00 gate-passed closed");
    let right = closed.at("10:00").run(note("the clock is right again"));
    assert_eq!(right.ticket().status.state(), State::Resolved);
    assert_eq!(unfounded(&right), "Tue 9:00 gate-passed, Tue 9:00 closed");
    let mut later = right.at("Tue 9:00");
    assert!(
        later.sweep().ends_with("closed"),
        "it is closed when it is due"
    );
}

#[test]
fn an_answer_takes_back_nothing_if_it_is_recorded_in_order() {
    let desk = swept().reply();
    assert_eq!(unfounded(&desk), "");
    assert!(
        desk.history()
            .iter()
            .all(|event| !matches!(event.fact, Fact::Unfounded { .. }))
    );
    let closed = desk.resolve().run(close_told());
    assert_eq!(unfounded(&closed), "");
}
