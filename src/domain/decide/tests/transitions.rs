//! The outcome of every command in every status: the whole table.

use super::super::{BreachCommand, Command, Diagnosis, GivenAnswer, KnownErrorInput, Ratings};
use super::{name, outcome};
use crate::domain::category::Category;
use crate::domain::custom_field::TypedField;
use crate::domain::event::{Correction, Note};
use crate::domain::people::{Agent, Requester};
use crate::domain::tag::Tag;
use crate::domain::vocabulary::{
    CallAnswer, ChecklistMark, ClosureCode, Kind, Medium, Occurrence, OnResolved, PauseReason, Role,
};
use crate::testing::ticket_story::{
    TicketStory, close_told, desk, escalate, hear, moment, note, pause, ratings, reopen, reply,
    resolve, thanks,
};

/// One command of every kind, each of which changes an active ticket of
/// [`story`].
fn commands() -> Vec<Command> {
    let agent = || Agent::parse("ben").unwrap();
    let text = || "the gateway is out of memory".to_owned();
    vec![
        Command::Identify {
            kind: Kind::Request,
            onset: Some(Occurrence::Anticipated),
        },
        note("seen on two floors"),
        Command::Categorize {
            category: Category::parse("network/wifi").unwrap(),
        },
        Command::Prioritize(ratings(4)),
        Command::Diagnose(Diagnosis {
            answers: vec![GivenAnswer {
                key: "since when?".to_owned(),
                answer: "today".to_owned(),
                strict: false,
            }],
            extent: None,
            affected: Vec::new(),
            note: None,
            workarounds: Vec::new(),
        }),
        Command::Assign { agent: agent() },
        Command::Take { agent: agent() },
        Command::Unassign { reason: None },
        escalate(None),
        Command::InformManager {
            manager: "Ines".to_owned(),
            reason: text(),
        },
        Command::ProposeHypothesis { text: text() },
        Command::JudgeHypothesis {
            hypothesis: None,
            confirmed: true,
            evidence: text(),
        },
        Command::ArrangeCall {
            medium: Medium::Video,
            when: moment("Tue 9:00"),
            note: None,
        },
        Command::MoveCall {
            call: None,
            known: None,
            when: moment("Tue 11:00"),
            note: None,
        },
        Command::AnswerCall {
            call: 1,
            version: 0,
            answer: CallAnswer::Accepted,
            person: None,
            note: None,
        },
        Command::EndCall {
            call: None,
            held: true,
            note: None,
        },
        pause(PauseReason::Change),
        Command::Resume { note: None },
        reply("we are on it"),
        hear("any news?"),
        Command::AddParticipant { person: kim() },
        Command::RemoveParticipant { person: kim() },
        resolve(Some(ClosureCode::Workaround)),
        Command::ConfirmRestored {
            by: "Mia".to_owned(),
        },
        close_told(),
        reopen(),
        Command::MarkKnownError(KnownErrorInput::default()),
        Command::WithdrawKnownError { reason: text() },
        Command::Restrict {
            to: vec![agent()],
            reason: None,
        },
        Command::LiftRestriction { reason: text() },
        Command::Tag {
            add: vec![Tag::parse("vpn").unwrap()],
            remove: Vec::new(),
        },
        Command::TagAnd {
            add: vec![Tag::parse("vpn").unwrap()],
            command: Box::new(note("tagged too")),
        },
        Command::SetFields {
            fields: vec![TypedField::parse("asset=SRV-1").unwrap()],
        },
        Command::AddToChecklist {
            items: vec![text()],
        },
        Command::MarkChecklist {
            items: vec![1],
            mark: ChecklistMark::Done,
        },
        Command::Breach(BreachCommand::Open {
            role: Role::Controller,
            details: Box::default(),
            aware: None,
        }),
    ]
}

fn kim() -> Requester {
    Requester::parse("Kim Lund <kim@example.org>").unwrap()
}

/// A ticket with an open hypothesis and an arranged call, and nobody on it.
fn story() -> TicketStory {
    let propose = Command::ProposeHypothesis {
        text: "a full disk".to_owned(),
    };
    let call = Command::ArrangeCall {
        medium: Medium::Phone,
        when: moment("16:00"),
        note: None,
    };
    desk().open_at(3).at("9:30").run(propose).run(call)
}

const TABLE: &str = "\
| command | new | active | paused | resolved | closed | merged |
| identify | identified | identified | identified | identified | first reopen | see #99 |
| log | logged | logged | logged | logged | first reopen | see #99 |
| categorize | categorized | categorized | categorized | categorized | first reopen | see #99 |
| prioritize | prioritized | prioritized | prioritized | prioritized | first reopen | see #99 |
| diagnose | diagnosed | diagnosed | diagnosed | first reopen | first reopen | see #99 |
| assign | assigned | assigned | assigned | assigned | first reopen | see #99 |
| take | assigned | assigned | assigned | assigned | first reopen | see #99 |
| unassign | - | - | - | - | first reopen | see #99 |
| escalate | escalated | escalated | escalated | first reopen | first reopen | see #99 |
| tell-manager | manager-told | manager-told | manager-told | first reopen | first reopen | see #99 |
| propose | proposed | proposed | proposed | first reopen | first reopen | see #99 |
| judge | #1 has no open hypothesis | confirmed | confirmed | first reopen | first reopen | see #99 |
| arrange-call | call-arranged | call-arranged | call-arranged | call-arranged | first reopen | see #99 |
| move-call | #1 has no open call | call-moved | call-moved | call-moved | first reopen | see #99 |
| answer-call | #1 has no call 1 | call-answered | call-answered | call-answered | first reopen | see #99 |
| end-call | #1 has no open call | call-held | call-held | call-held | first reopen | see #99 |
| pause | paused | paused | paused | first reopen | first reopen | see #99 |
| resume | - | - | resumed | first reopen | first reopen | see #99 |
| reply | replied | replied | replied | replied | first reopen | see #99 |
| hear | heard | heard | heard+resumed | heard+reopened | heard+reopened | see #99 |
| add-participant | participant-added | participant-added | participant-added | participant-added | first reopen | see #99 |
| remove-participant | 'kim@example.org' does not take part in #1 | 'kim@example.org' does not take part in #1 | 'kim@example.org' does not take part in #1 | 'kim@example.org' does not take part in #1 | first reopen | see #99 |
| resolve | resolved | resolved | resolved | first reopen | first reopen | see #99 |
| confirm | first resolve | first resolve | first resolve | restored | first reopen | see #99 |
| close | first resolve | first resolve | first resolve | restored+replied+closed | first reopen | see #99 |
| reopen | logged | logged | logged | reopened | reopened | reopened |
| mark-known | first resolve | first resolve | first resolve | known-error-marked | known-error-marked | see #99 |
| withdraw-known | #1 is not a known error | #1 is not a known error | #1 is not a known error | #1 is not a known error | #1 is not a known error | #1 is not a known error |
| restrict | restricted | restricted | restricted | restricted | restricted | restricted |
| lift-restriction | #1 is not restricted | #1 is not restricted | #1 is not restricted | #1 is not restricted | #1 is not restricted | #1 is not restricted |
| tag | tagged | tagged | tagged | tagged | tagged | see #99 |
| tag-and | tagged+logged | tagged+logged | tagged+logged | tagged+logged | first reopen | see #99 |
| set-fields | the policy has no field 'asset' | the policy has no field 'asset' | the policy has no field 'asset' | the policy has no field 'asset' | first reopen | see #99 |
| add-to-checklist | checklist-added | checklist-added | checklist-added | checklist-added | first reopen | see #99 |
| mark-checklist | #1 has no item 1 | #1 has no item 1 | #1 has no item 1 | #1 has no item 1 | first reopen | see #99 |
| breach | breach-opened | breach-opened | breach-opened | breach-opened | first reopen | see #99 |
";

#[test]
fn every_command_has_its_outcome_in_every_status() {
    let statuses = [
        desk().open_at(3),
        story(),
        story().pause(),
        story().resolve(),
        story().resolve().close(),
        story().merge(),
    ];
    let mut table =
        String::from("| command | new | active | paused | resolved | closed | merged |\n");
    for command in commands() {
        table += &format!("| {} |", name(&command));
        for story in &statuses {
            let decided = story.clone().at("10:00").decides(command.clone());
            table += &format!(" {} |", outcome(decided));
        }
        table.push('\n');
    }
    assert_eq!(table, TABLE, "the table is now:\n{table}");
}

#[test]
fn a_status_follows_from_each_command_that_moves_it() {
    let state = |desk: TicketStory| desk.ticket().status.state().as_str();
    for command in commands() {
        let verb = name(&command);
        let new = desk().open_at(3);
        if new.decides(command.clone()).is_err() {
            continue;
        }
        let expected = match verb {
            "identify" | "log" | "categorize" | "prioritize" | "unassign" | "resume" | "hear"
            | "reopen" | "withdraw-known" | "add-participant" | "restrict" | "tag" | "tag-and"
            | "add-to-checklist" | "breach" => "new",
            "pause" => "paused",
            "resolve" => "resolved",
            _ => "active",
        };
        assert_eq!(state(new.run(command)), expected, "{verb}");
    }
    assert_eq!(state(story().pause().resume()), "active");
    assert_eq!(state(story().pause().hear()), "active");
    assert_eq!(state(story().resolve().hear()), "active");
    assert_eq!(state(story().resolve().close().hear()), "active");
    assert_eq!(state(story().resolve().run(thanks())), "resolved");
    assert_eq!(state(story().resolve().close().run(thanks())), "closed");
    assert_eq!(state(story().pause().run(thanks())), "paused");
    let keep = story().policy(|policy| policy.messages.on_resolved = OnResolved::Keep);
    assert_eq!(state(keep.resolve().hear()), "resolved");
    assert_eq!(state(story().resolve().close()), "closed");
    assert_eq!(state(story().resolve().reopen()), "active");
    assert_eq!(state(story().resolve().close().reopen()), "active");
    assert_eq!(state(story().merge().reopen()), "active");
}

#[test]
fn a_refusal_names_the_command_that_helps() {
    let closed = story().resolve().close();
    assert_eq!(
        closed.refuses(reply("hello")),
        (
            "#1 is closed: it must be reopened first".to_owned(),
            "desk reopen 1 REASON".to_owned()
        )
    );
    assert_eq!(
        story().refuses(close_told()),
        (
            "#1 is active: only a resolved ticket can be closed".to_owned(),
            "desk resolve 1 TEXT".to_owned()
        )
    );
    assert_eq!(
        story().merge().refuses(reply("hello")),
        (
            "#1 was merged into #99".to_owned(),
            "work on #99, or undo the merge with: desk reopen 1 REASON".to_owned()
        )
    );
}

#[test]
fn what_is_already_so_changes_nothing() {
    let ben = || Agent::parse("ben").unwrap();
    let desk = story().run(Command::Assign { agent: ben() });
    let same = |command| assert_eq!(desk.gives(command), "-");
    same(Command::Identify {
        kind: Kind::Incident,
        onset: None,
    });
    same(Command::Categorize {
        category: Category::parse("network/vpn").unwrap(),
    });
    same(Command::Prioritize(ratings(3)));
    same(Command::Prioritize(Ratings::default()));
    same(Command::Assign { agent: ben() });
    same(Command::Take { agent: ben() });
    same(Command::ProposeHypothesis {
        text: "a full disk".to_owned(),
    });
    same(Command::Diagnose(Diagnosis {
        answers: Vec::new(),
        extent: None,
        affected: Vec::new(),
        note: None,
        workarounds: Vec::new(),
    }));
    same(Command::Log {
        note: Note::default(),
        correction: Correction {
            title: Some("VPN drops".to_owned()),
            name: Some("Mia Roth".to_owned()),
            ..Correction::default()
        },
    });
    same(Command::Resume { note: None });
    let none = story().run(Command::Unassign { reason: None });
    assert_eq!(none.gives(Command::Unassign { reason: None }), "-");
}

#[test]
fn a_text_is_kept_as_a_note_if_nothing_else_changes() {
    let desk = story();
    let text = || Some("still slow".to_owned());
    for command in [
        escalate(Some("l1")),
        reopen(),
        Command::Resume { note: text() },
        Command::Unassign { reason: text() },
    ] {
        assert_eq!(desk.gives(command), "logged");
    }
}

#[test]
fn a_second_verdict_with_another_text_is_refused() {
    let judge = |evidence: &str| Command::JudgeHypothesis {
        hypothesis: Some(1),
        confirmed: true,
        evidence: evidence.to_owned(),
    };
    let end = |note: Option<&str>| Command::EndCall {
        call: Some(1),
        held: true,
        note: note.map(str::to_owned),
    };
    let desk = story()
        .run(judge("df shows it"))
        .run(end(Some("she agrees")));
    for same in [judge("df shows it"), end(Some("she agrees")), end(None)] {
        assert_eq!(desk.gives(same), "-");
    }
    let (refusal, _) = desk.refuses(judge("the log shows it"));
    assert_eq!(refusal, "hypothesis 1 of #1 is already confirmed");
    let (refusal, _) = desk.refuses(end(Some("she called back")));
    assert_eq!(refusal, "call 1 of #1 is already held");
}
