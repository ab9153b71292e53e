//! Sample tickets for tests, built by the rules of the domain.

use chrono::TimeDelta;

use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::decide::{
    ClosingOptions, Command, Ctx, Diagnosis, GivenAnswer, NewTicket, PauseRequest, Ratings, decide,
    open,
};
use crate::domain::event::{Event, Note, TicketId};
use crate::domain::external_record::LoggedContact;
use crate::domain::people::{Actor, Agent, Requester};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::{TicketDetails, TicketUpdate};
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, ClockName, ClosureCode, Kind, Medium, PauseReason};

/// Monday, 2 March 2026, 09:00 in UTC.
pub(crate) fn monday() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

pub(crate) fn later(minutes: i64) -> Timestamp {
    monday() + TimeDelta::minutes(minutes)
}

/// A ticket and what happens to it.
pub(crate) struct Life {
    pub(crate) policy: PolicyHistory,
    pub(crate) history: Vec<Event>,
}

impl Life {
    pub(crate) fn new(id: i64, title: &str, channel: Channel) -> Self {
        Self::of(
            id,
            NewTicket {
                title: title.to_owned(),
                channel,
                ..first_word()
            },
        )
    }

    pub(crate) fn of(id: i64, new: NewTicket) -> Self {
        let policy = PolicyHistory::built_in();
        let history = open(TicketId(id), new, &ctx(&policy, 0, "anna")).unwrap();
        Self { policy, history }
    }

    pub(crate) fn ticket(&self) -> Ticket {
        Ticket::replay(&self.history).unwrap()
    }

    pub(crate) fn row(&self) -> Summary {
        Summary::new(&self.ticket(), &self.policy)
    }

    pub(crate) fn page(&self) -> TicketDetails {
        TicketDetails {
            limit: None,
            merged_events: Vec::new(),
            merged_time: Vec::new(),
            ticket: self.ticket(),
            summary: self.row(),
            history: self.history.clone(),
            alarms: None,
            undeliverable: None,
            undelivered: Vec::new(),
        }
    }

    /// The result of opening it.
    pub(crate) fn opening(&self) -> TicketUpdate {
        TicketUpdate {
            before: None,
            after: self.row(),
            events: self.history.clone(),
            requested: None,
            alarm: None,
            addressed: Vec::new(),
            mails: Vec::new(),
        }
    }

    /// Executes a command as an agent, `minutes` after the opening.
    pub(crate) fn does(&mut self, minutes: i64, agent: &str, command: Command) -> TicketUpdate {
        let before = self.row();
        let events = decide(&self.ticket(), command, &ctx(&self.policy, minutes, agent)).unwrap();
        self.history.extend(events.clone());
        TicketUpdate {
            before: Some(before),
            after: self.row(),
            events,
            requested: None,
            alarm: None,
            addressed: Vec::new(),
            mails: Vec::new(),
        }
    }

    pub(crate) fn rated(mut self, impact: &str, urgency: &str) -> Self {
        self.does(1, "anna", Command::Prioritize(ratings(impact, urgency)));
        self
    }
}

pub(crate) fn first_word() -> NewTicket {
    let mut requester = Requester::parse("Mia Roth <mia@example.org>").unwrap();
    requester.language = Some("de".to_owned());
    NewTicket {
        title: "VPN drops every ten minutes".to_owned(),
        description: Some("Since the update the VPN drops.\nNothing helps.".to_owned()),
        requester,
        channel: Channel::Email,
        key: None,
        kind: None,
        onset: None,
        note: Note::default(),
        category: None,
        ratings: Ratings::default(),
        assignee: None,
        ..NewTicket::titled(String::new())
    }
}

pub(crate) fn ratings(impact: &str, urgency: &str) -> Ratings {
    Ratings {
        users: Some(impact.to_owned()),
        business: Some("low".to_owned()),
        urgency: Some(urgency.to_owned()),
    }
}

fn ctx<'a>(policy: &'a PolicyHistory, minutes: i64, agent: &str) -> Ctx<'a> {
    Ctx {
        at: later(minutes),
        backdated: false,
        now: later(minutes),
        actor: Actor::from(Agent::from_stored(agent)),
        policy,
    }
}

/// A ticket from the mail that opens it to its closure, over five hours.
pub(crate) fn whole_life() -> Life {
    let mut life = Life::of(42, first_word());
    let text = |text: &str| text.to_owned();
    let steps: Vec<(i64, &str, Command)> = vec![
        (
            2,
            "anna",
            Command::Identify {
                kind: Kind::Incident,
                onset: None,
            },
        ),
        (
            3,
            "anna",
            Command::Categorize {
                category: Category::parse("network/vpn").unwrap(),
            },
        ),
        (4, "anna", Command::Prioritize(ratings("medium", "high"))),
        (
            5,
            "anna",
            Command::Take {
                agent: Agent::from_stored("anna"),
            },
        ),
        (
            10,
            "anna",
            Command::Diagnose(Diagnosis {
                answers: vec![GivenAnswer {
                    key: text("On wifi?"),
                    answer: text("Yes, at home"),
                    strict: false,
                }],
                extent: Some(text("the whole sales team")),
                affected: vec![text("vpn-2")],
                note: None,
                workarounds: Vec::new(),
            }),
        ),
        (
            20,
            "anna",
            Command::Reply {
                text: text("We are looking into it."),
                via: None,
            },
        ),
        (
            30,
            "anna",
            Command::Escalate {
                to: None,
                reason: text("needs the gateway logs"),
                agent: None,
            },
        ),
        (
            40,
            "ben",
            Command::Take {
                agent: Agent::from_stored("ben"),
            },
        ),
        (
            50,
            "ben",
            Command::ProposeHypothesis {
                text: text("The gateway is out of leases"),
            },
        ),
        (
            60,
            "ben",
            Command::Pause(PauseRequest {
                reason: PauseReason::Requester,
                until: Some(later(24 * 60)),
                note: None,
                ask: Some(text("Which version do you use?")),
                force: None,
            }),
        ),
        (
            120,
            "ben",
            Command::RecordMessage {
                text: text("It is 5.1\n# urgent"),
                via: None,
                thanks: false,
                sender: None,
                written_to: None,
            },
        ),
        (
            130,
            "ben",
            Command::ArrangeCall {
                medium: Medium::Video,
                when: later(180),
                note: None,
            },
        ),
        (
            190,
            "ben",
            Command::EndCall {
                call: None,
                held: true,
                note: Some(text("seen live")),
            },
        ),
        (
            200,
            "ben",
            Command::JudgeHypothesis {
                hypothesis: None,
                confirmed: true,
                evidence: text("0 of 512 leases free"),
            },
        ),
        (
            210,
            "ben",
            Command::Resolve {
                text: text("Leases doubled."),
                code: Some(ClosureCode::Solved),
                known_error: None,
                closing: ClosingOptions {
                    restored_by: Some(text("Mia Roth")),
                    message: Some(text("It is fixed.")),
                    force: None,
                },
            },
        ),
        (
            300,
            "anna",
            Command::Close {
                satisfaction: Some(5),
                comment: Some(text("Thanks!")),
                closing: ClosingOptions::default(),
            },
        ),
    ];
    for (minutes, agent, command) in steps {
        life.does(minutes, agent, command);
    }
    life
}

/// A history with every kind of fact, in an order that desk would not write.
pub(crate) fn every_fact() -> Life {
    use crate::domain::custom_field::FieldValue;
    use crate::domain::event::{BroughtAlong, Correction, Fact};
    use crate::domain::tag::Tag;
    use crate::domain::vocabulary::{ChecklistMark, FieldType, Gate, ParticipantRole, Relation};
    let mut life = whole_life();
    let text = |text: &str| text.to_owned();
    let facts = vec![
        Fact::Reopened {
            reason: text("it is back"),
        },
        Fact::Logged(Note {
            text: Some(text("rebooted")),
            symptoms: vec![text("no link"), text("red light")],
            affected: vec![text("vpn-1")],
            began: Some(later(-300)),
        }),
        Fact::Corrected(Correction {
            title: Some(text("VPN drops")),
            contact: Some(text("+49 30 1234")),
            ..Correction::default()
        }),
        Fact::Unassigned {
            reason: Some(text("on leave")),
        },
        Fact::ManagerInformed {
            manager: text("Kim"),
            reason: text("third time"),
        },
        Fact::Proposed {
            hypothesis: 2,
            text: text("the cable"),
        },
        Fact::Refuted {
            hypothesis: 2,
            evidence: text("swapped it"),
        },
        Fact::CallArranged {
            call: 2,
            medium: Medium::Phone,
            when: later(400),
            note: None,
        },
        Fact::CallCancelled {
            call: 2,
            reason: Some(text("no need")),
        },
        Fact::Linked {
            relation: Relation::Parent,
            other: TicketId(7),
        },
        Fact::Linked {
            relation: Relation::Related,
            other: TicketId(9),
        },
        Fact::Unlinked {
            relation: Relation::Related,
            other: TicketId(9),
        },
        Fact::MergedFrom {
            from: TicketId(11),
            brought: BroughtAlong::default(),
        },
        Fact::MergedFrom {
            from: TicketId(12),
            brought: BroughtAlong {
                requester: Requester::parse("Tom Abel <tom@example.org>").unwrap(),
                owed_since: Some(later(-40)),
                links: vec![(Relation::Related, TicketId(13))],
                known_error: true,
                ..BroughtAlong::default()
            },
        },
        Fact::ParticipantAdded {
            person: Requester::parse("Kim Lund <kim@example.org>").unwrap(),
            role: ParticipantRole::InCopy,
        },
        Fact::MessageReceived {
            text: text("The same for us."),
            via: Channel::Email,
            thanks: true,
            sender: Requester::parse("Kim Lund <kim@example.org>").ok(),
        },
        Fact::Replied {
            text: text("Still at it."),
            via: Channel::Email,
            also: vec![TicketId(12)],
        },
        Fact::ParticipantRemoved {
            person: Requester::parse("Kim Lund <kim@example.org>").unwrap(),
        },
        Fact::AnsweredElsewhere {
            ticket: TicketId(99),
            time: later(-10),
        },
        Fact::Unmerged { from: TicketId(11) },
        Fact::Unfounded {
            events: vec![900, 901],
        },
        Fact::Undone {
            events: vec![902, 903],
        },
        Fact::Voided {
            reason: text("opened twice by a slip"),
        },
        Fact::Reopened {
            reason: text("no slip after all"),
        },
        Fact::Corrected(Correction {
            title: Some(text("VPN down")),
            description: Some(text("Since the update.")),
            channel: Some(Channel::Phone),
            cleared: vec![crate::domain::vocabulary::ClearedField::Language],
            no_symptoms: vec![text("red light")],
            replaced: crate::domain::event::Replaced {
                title: Some(text("VPN drops")),
                description: Some(text("Since Monday.")),
                requester: Requester {
                    language: Some(text("en")),
                    ..Requester::default()
                },
                channel: Some(Channel::Email),
            },
            ..Correction::default()
        }),
        Fact::GatePassed {
            gate: Gate::RequesterInformed,
            reason: text("told in person"),
        },
        Fact::Warned {
            clock: ClockName::Resolution,
            percent: 75,
            offset: None,
        },
        Fact::Imported {
            source: "servicenow".into(),
            number: text("INC0000045"),
            last_row_at: later(-30),
            row_digests: vec!["00ff00ff00ff00ff".into()],
            extra_fields: vec![
                (text("location"), text("Kiel")),
                ("vendor".into(), String::new()),
            ],
        },
        Fact::ContactLogged(LoggedContact::FirstResponse(later(-20))),
        Fact::Tagged {
            added: vec![Tag::from_stored("vpn")],
            removed: Vec::new(),
        },
        Fact::FieldsSet {
            values: vec![FieldValue {
                name: "cost".to_owned(),
                kind: FieldType::Number,
                value: "12.5".to_owned(),
            }],
            cleared: vec!["color".to_owned()],
        },
        Fact::ChecklistAdded {
            first: 1,
            items: vec![text("call Mia"), text("wipe the disk")],
        },
        Fact::ChecklistMarked {
            items: vec![2],
            mark: ChecklistMark::Done,
        },
        Fact::Merged {
            into: TicketId(99),
            moved: true,
        },
    ];
    for fact in facts {
        let last = life.history.last().unwrap().clone();
        let (n, at) = (last.n + 1, last.at + TimeDelta::minutes(1));
        life.history.push(Event {
            n,
            at,
            recorded: at.max(last.recorded),
            fact,
            ..last
        });
    }
    life
}
