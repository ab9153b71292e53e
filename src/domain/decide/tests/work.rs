//! Work on a ticket: hand-overs, investigation, calls, pauses, messages.

use super::super::Command;
use crate::domain::decide::GivenAnswer;
use crate::domain::people::{Actor, Agent, Tier};
use crate::domain::ticket::{CallState, Status, Verdict};
use crate::domain::vocabulary::{Channel, Medium, PauseReason, State};
use crate::testing::ticket_story::{TicketStory, desk, escalate, hear, moment, pause, reply};

fn agent(name: &str) -> Agent {
    Agent::parse(name).unwrap()
}

fn propose(text: &str) -> Command {
    let text = text.to_owned();
    Command::ProposeHypothesis { text }
}

fn judge(hypothesis: Option<u32>, confirmed: bool) -> Command {
    Command::JudgeHypothesis {
        hypothesis,
        confirmed,
        evidence: "the log says so".to_owned(),
    }
}

fn call() -> Command {
    Command::ArrangeCall {
        medium: Medium::Video,
        when: moment("16:00"),
        note: None,
    }
}

fn end_call(call: Option<u32>, held: bool) -> Command {
    let note = Some("20 minutes".to_owned());
    Command::EndCall { call, held, note }
}

fn ask(text: Option<&str>, force: Option<&str>) -> Command {
    Command::Pause {
        reason: PauseReason::Requester,
        until: None,
        note: None,
        ask: text.map(str::to_owned),
        force: force.map(str::to_owned),
    }
}

#[test]
fn a_diagnosis_keeps_the_latest_answer_to_each_question() {
    let answer = |key: &str, answer: &str| GivenAnswer {
        key: key.to_owned(),
        answer: answer.to_owned(),
        strict: false,
    };
    let diagnose = |answers| Command::Diagnose {
        answers,
        extent: Some("one floor".to_owned()),
        affected: vec!["switch".to_owned()],
        note: None,
        workarounds: Vec::new(),
    };
    let desk = desk().open();
    let desk = desk.run(diagnose(vec![answer("cable", "in"), answer("led", "off")]));
    let desk = desk.run(diagnose(vec![answer("led", "on")]));
    let said: Vec<&str> = desk
        .ticket()
        .answers
        .iter()
        .map(|a| a.answer.as_str())
        .collect();
    assert_eq!(said, ["in", "on"]);
    assert_eq!(desk.ticket().extent.as_deref(), Some("one floor"));
    assert_eq!(desk.ticket().affected, ["switch"]);
}

#[test]
fn of_two_agents_who_take_a_ticket_the_first_has_it() {
    let take = |name| Command::Take { agent: agent(name) };
    let desk = desk().open().run(take("anna"));
    assert_eq!(
        desk.refuses(take("ben")),
        (
            "#1 is already taken by anna".to_owned(),
            "to take it over all the same: desk assign 1 AGENT".to_owned()
        )
    );
    let desk = desk.run(Command::Assign {
        agent: agent("ben"),
    });
    assert_eq!(desk.ticket().assignee, Some(agent("ben")));
}

#[test]
fn a_ticket_without_an_agent_can_be_taken_again() {
    let desk = desk().open().run(Command::Assign {
        agent: agent("ben"),
    });
    let desk = desk.run(Command::Unassign { reason: None });
    assert_eq!(desk.ticket().assignee, None);
    assert_eq!(
        desk.gives(Command::Take {
            agent: agent("anna")
        }),
        "assigned"
    );
}

#[test]
fn escalating_goes_up_a_line_and_frees_the_ticket() {
    let desk = desk().open().run(Command::Assign {
        agent: agent("ben"),
    });
    let desk = desk.run(escalate(None));
    assert_eq!(desk.ticket().tier, Tier::from_stored("L2"));
    assert_eq!(desk.ticket().assignee, None);
    assert_eq!(desk.ticket().escalations, 1);
    let desk = desk.run(escalate(None));
    assert_eq!(
        desk.refuses(escalate(None)).0,
        "#1 is already at L3, the last line"
    );
}

#[test]
fn handing_back_is_no_escalation_upwards() {
    let desk = desk()
        .open()
        .run(escalate(Some("l3")))
        .run(escalate(Some("L1")));
    assert_eq!(desk.ticket().tier, Tier::from_stored("L1"));
    assert_eq!(desk.ticket().escalations, 1);
}

#[test]
fn escalating_to_an_agent_assigns_within_the_new_line() {
    let to = |tier: &str| Command::Escalate {
        to: Some(tier.to_owned()),
        reason: "needs routing".to_owned(),
        agent: Some(agent("cem")),
    };
    let desk = desk().open();
    assert_eq!(desk.gives(to("L2")), "escalated+assigned");
    let desk = desk.run(to("L2"));
    assert_eq!(desk.ticket().assignee, Some(agent("cem")));
    assert_eq!(desk.gives(to("L2")), "-");
}

#[test]
fn an_unknown_line_is_refused_with_the_lines_there_are() {
    let (refusal, hint) = desk().open().refuses(escalate(Some("L4")));
    assert_eq!(refusal, "unknown tier 'L4'");
    assert!(hint.ends_with("accepted: L1, L2, L3"), "{hint}");
}

#[test]
fn hypotheses_are_numbered_and_judged_with_evidence() {
    let desk = desk()
        .open()
        .run(propose("full disk"))
        .run(propose("bad cable"));
    assert_eq!(
        desk.refuses(judge(None, true)).0,
        "#1 has 2 open hypotheses; say which"
    );
    let desk = desk.run(judge(Some(2), false)).run(judge(None, true));
    let verdicts: Vec<bool> = desk
        .ticket()
        .hypotheses
        .iter()
        .map(|h| matches!(h.verdict, Verdict::Confirmed { .. }))
        .collect();
    assert_eq!(verdicts, [true, false]);
    assert_eq!(desk.gives(judge(Some(1), true)), "-");
    assert_eq!(
        desk.refuses(judge(Some(1), false)).0,
        "hypothesis 1 of #1 is already confirmed"
    );
    assert_eq!(
        desk.refuses(judge(Some(2), true)).0,
        "hypothesis 2 of #1 is already refuted"
    );
}

#[test]
fn a_hypothesis_that_is_not_there_or_not_open_is_refused_as_such() {
    let desk = desk().open();
    assert_eq!(
        desk.refuses(judge(Some(3), true)).0,
        "#1 has no hypothesis 3"
    );
    assert_eq!(
        desk.refuses(judge(None, true)).0,
        "#1 has no open hypothesis"
    );
    let desk = desk.run(propose("full disk")).run(judge(None, false));
    assert_eq!(
        desk.refuses(judge(None, true)),
        (
            "#1 has no open hypothesis".to_owned(),
            "see their numbers with: desk show 1".to_owned()
        )
    );
}

#[test]
fn calls_are_arranged_held_or_cancelled() {
    let desk = desk().open().run(call()).run(call());
    assert_eq!(
        desk.refuses(end_call(None, true)).0,
        "#1 has 2 open calls; say which"
    );
    let desk = desk.run(end_call(Some(1), false)).run(end_call(None, true));
    let note = || Some("20 minutes".to_owned());
    assert_eq!(
        desk.ticket().calls[0].state,
        CallState::Cancelled { reason: note() }
    );
    assert_eq!(
        desk.ticket().calls[1].state,
        CallState::Held { note: note() }
    );
    assert_eq!(desk.gives(end_call(Some(2), true)), "-");
    assert_eq!(
        desk.refuses(end_call(Some(2), false)).0,
        "call 2 of #1 is already held"
    );
    assert_eq!(desk.refuses(end_call(Some(9), true)).0, "#1 has no call 9");
    assert_eq!(desk.refuses(end_call(None, true)).0, "#1 has no open call");
}

#[test]
fn a_call_that_was_held_is_a_first_response() {
    let desk = desk().open_at(3).run(call());
    let desk = desk.at("10:00").run(end_call(None, true));
    assert!(desk.response("12:00").starts_with("met, used 1h"));
}

#[test]
fn waiting_for_the_requester_needs_a_question() {
    let desk = desk().open();
    assert_eq!(
        desk.refuses(ask(None, None)),
        (
            "#1 is not ready: the requester has not been asked for anything".to_owned(),
            "desk pause 1 requester --ask TEXT; or go on, on the record, with --force --reason TEXT"
                .to_owned()
        )
    );
    assert_eq!(
        desk.gives(ask(Some("which floor?"), None)),
        "replied+paused"
    );
    assert_eq!(desk.clone().reply().gives(ask(None, None)), "paused");
    assert!(
        desk.clone()
            .reply()
            .hear()
            .decides(ask(None, None))
            .is_err()
    );
    let free = desk.policy(|policy| policy.gates.clear());
    assert_eq!(free.gives(ask(None, None)), "paused");
}

#[test]
fn waiting_for_the_requester_may_be_forced_on_the_record() {
    let desk = desk().open();
    assert_eq!(
        desk.gives(ask(None, Some("asked in person"))),
        "gate-passed+paused"
    );
    assert_eq!(
        desk.clone().reply().gives(ask(None, Some("no need"))),
        "paused",
        "a gate that is open is not forced"
    );
    let paused = desk.run(ask(None, Some("asked in person")));
    assert_eq!(paused.gives(ask(None, Some("asked in person"))), "-");
    assert_eq!(paused.gives(ask(None, None)), "-");
}

#[test]
fn other_pauses_need_no_question() {
    for awaited in [
        PauseReason::Vendor,
        PauseReason::Change,
        PauseReason::Evidence,
        PauseReason::Other,
    ] {
        assert_eq!(desk().open().gives(pause(awaited)), "paused", "{awaited}");
    }
}

#[test]
fn a_pause_says_what_it_waits_for_and_until_when() {
    let until = |typed: &str| Command::Pause {
        reason: PauseReason::Vendor,
        until: Some(moment(typed)),
        note: Some("part ordered".to_owned()),
        ask: None,
        force: None,
    };
    let desk = desk().open().at("10:00");
    assert_eq!(
        desk.refuses(until("10:00")).0,
        "the wake time 2026-03-02 10:00:00 UTC is not later than 2026-03-02 10:00:00 UTC"
    );
    let desk = desk.run(until("12:00"));
    assert_eq!(
        desk.ticket().status,
        Status::Paused {
            reason: PauseReason::Vendor,
            until: Some(moment("12:00")),
            note: Some("part ordered".to_owned()),
        }
    );
    assert_eq!(desk.gives(until("12:00")), "-");
    assert_eq!(desk.gives(until("13:00")), "paused");
    assert_eq!(desk.summary().wake_at, Some(moment("12:00")));
}

#[test]
fn what_the_requester_says_wakes_a_pause_by_rule() {
    let desk = desk().open().pause().at("10:00").hear();
    assert_eq!(desk.ticket().status.state(), State::Active);
    assert_eq!(desk.history().last().unwrap().actor, Actor::Desk);
}

#[test]
fn messages_go_out_and_come_in_over_the_tickets_channel_unless_said_otherwise() {
    let over = Command::Reply {
        text: "on my way".to_owned(),
        via: Some(Channel::Phone),
    };
    let desk = desk().via(Channel::Chat).open().run(hear("hello?"));
    let desk = desk.run(reply("hello")).run(over);
    let seen: Vec<(bool, Channel)> = desk
        .ticket()
        .messages
        .iter()
        .map(|m| (m.inbound, m.via))
        .collect();
    assert_eq!(
        seen,
        [
            (true, Channel::Chat),
            (false, Channel::Chat),
            (false, Channel::Phone)
        ]
    );
}

#[test]
fn a_message_of_the_requester_alone_leaves_a_ticket_new() {
    let state = |desk: TicketStory| desk.ticket().status.state();
    assert_eq!(state(desk().open().hear()), State::New);
    assert_eq!(state(desk().open().reply()), State::Active);
}
