//! One fact of every kind.

use chrono::TimeDelta;

use super::{at, text};
use crate::domain::category::Category;
use crate::domain::event::Advice;
use crate::domain::event::{
    Answer, Correction, Fact, Note, QuestionnaireResult, Submission, TicketId,
};
use crate::domain::people::{Agent, Requester, Tier};
use crate::domain::priority::{Level, Priority, Rating};
use crate::domain::sla::target::SlaTarget;
use crate::domain::vocabulary::{
    Channel, ClockName, ClosureCode, Gate, Kind, Medium, Occurrence, PauseReason, Relation,
};

/// One fact of every kind, with all that it can hold.
#[expect(clippy::too_many_lines, reason = "one entry for each fact")]
pub(in crate::store) fn every_fact() -> Vec<Fact> {
    vec![
        Fact::Opened(Submission {
            title: "VPN \"drops\"\u{202e}".into(),
            description: text("since\nmonday"),
            requester: Requester {
                name: text("Mia Roth"),
                contact: text("mia@example.org"),
                language: text("de"),
            },
            channel: Channel::WalkIn,
            key: text("mail-17"),
            tier: Tier::from_stored("L1"),
        }),
        Fact::Identified {
            kind: Kind::Incident,
            onset: Occurrence::Anticipated,
        },
        Fact::Logged(Note {
            text: text("seen on two machines"),
            symptoms: vec!["slow".into(), "drops".into()],
            affected: vec!["gw-1".into()],
            began: Some(at(-30)),
        }),
        Fact::Corrected(Correction {
            title: text("VPN drops hourly"),
            name: text("Mia R."),
            contact: text("+49 30 1234"),
            language: text("en"),
        }),
        Fact::Categorized {
            category: Category::from_stored("network/vpn"),
        },
        Fact::Prioritized(Rating {
            users: Level::new("high"),
            business: Level::new("low"),
            urgency: Level::new("medium"),
            priority: Priority::from_rank(2),
        }),
        Fact::TargetSet {
            clock: ClockName::Update,
            target: SlaTarget {
                span: TimeDelta::hours(1),
                cadence: Some(TimeDelta::hours(4)),
                calendar: "24x7".into(),
                policy_version: 1,
            },
        },
        Fact::Diagnosed {
            answers: vec![
                Answer {
                    key: "since".into(),
                    question: "Since when?".into(),
                    answer: "monday".into(),
                },
                Answer {
                    key: "os".into(),
                    question: "os".into(),
                    answer: "linux".into(),
                },
            ],
            extent: text("one floor"),
            affected: vec!["gw-2".into()],
            note: text("restarted it"),
            questionnaire: None,
        },
        Fact::Assigned {
            agent: Agent::from_stored("anna"),
        },
        Fact::Unassigned {
            reason: text("shift ends"),
        },
        Fact::Escalated {
            to: Tier::from_stored("L2"),
            up: true,
            reason: "needs the vendor".into(),
        },
        Fact::ManagerInformed {
            manager: "Ole".into(),
            reason: "the board asks".into(),
        },
        Fact::Proposed {
            hypothesis: 1,
            text: "certificate".into(),
        },
        Fact::Confirmed {
            hypothesis: 1,
            evidence: "expired".into(),
        },
        Fact::Refuted {
            hypothesis: 2,
            evidence: "it is valid".into(),
        },
        Fact::CallArranged {
            call: 1,
            medium: Medium::Video,
            when: at(60),
            note: text("bring the laptop"),
        },
        Fact::CallHeld {
            call: 1,
            note: text("seen it live"),
        },
        Fact::CallCancelled {
            call: 2,
            reason: text("ill"),
        },
        Fact::Paused {
            reason: PauseReason::Vendor,
            until: Some(at(600)),
            note: text("case 4711"),
        },
        Fact::Resumed {
            note: text("patch is here"),
        },
        Fact::Replied {
            text: "we are on it".into(),
            via: Channel::Email,
        },
        Fact::MessageReceived {
            text: "any news?".into(),
            via: Channel::Chat,
        },
        Fact::Resolved {
            text: "new certificate".into(),
            code: ClosureCode::NotReproducible,
        },
        Fact::Restored { by: "Mia".into() },
        Fact::Closed {
            satisfaction: Some(5),
            comment: text("quick"),
        },
        Fact::Reopened {
            reason: "again".into(),
        },
        Fact::Merged { into: TicketId(7) },
        Fact::MergedFrom { from: TicketId(8) },
        Fact::Unmerged { from: TicketId(8) },
        Fact::Linked {
            relation: Relation::Parent,
            other: TicketId(9),
        },
        Fact::Unlinked {
            relation: Relation::Parent,
            other: TicketId(9),
        },
        Fact::GatePassed {
            gate: Gate::ConfirmedCause,
            reason: "known bug".into(),
        },
        Fact::Warned {
            clock: ClockName::Resolution,
            percent: 75,
        },
        Fact::Imported {
            source: "servicenow".into(),
            number: "INC0000045".into(),
            last_row_at: at(7),
            row_digests: vec!["00ff00ff00ff00ff".into()],
            extra_fields: vec![
                ("location".into(), "Kiel".into()),
                ("vendor".into(), String::new()),
            ],
        },
        Fact::Diagnosed {
            answers: vec![Answer {
                key: "error".into(),
                question: "Which error?".into(),
                answer: "691".into(),
            }],
            extent: None,
            affected: vec![],
            note: None,
            questionnaire: Some(QuestionnaireResult {
                policy: 3,
                obsolete: vec!["others".into()],
                advice: vec![
                    Advice {
                        cause: text("the password has expired"),
                        known_error: Some(TicketId(4)),
                        escalate: Some(Tier::from_stored("L2")),
                        reason: text("only they may reset it"),
                        ..Advice::default()
                    },
                    Advice {
                        workaround: text("use the web mail"),
                        ..Advice::default()
                    },
                ],
            }),
        },
        Fact::KnownErrorMarked {
            workaround: "set the clock by hand".into(),
            cause: text("the battery is empty"),
        },
        Fact::KnownErrorWithdrawn {
            reason: "fixed in 5.3".into(),
        },
    ]
}
