//! Tickets for tests: one fact of each kind, and whole desks that grew by the
//! rules of the domain from a seed.

use std::path::Path;

use chrono::TimeDelta;
use tempfile::TempDir;

pub(super) use super::dice::Dice;
use super::{Access, Intent, Place, SqliteStore, Store, Surroundings, open};
use crate::domain::Moment;
use crate::domain::category::Category;
use crate::domain::decide::{self, Command, Ctx, Ending, New, Ratings};
use crate::domain::event::{Answer, Correction, Event, Fact, Guided, Note, Submission, TicketId};
use crate::domain::guide::Advice;
use crate::domain::people::{Actor, Agent, Requester, Tier};
use crate::domain::policy::editions::{Edition, Policies};
use crate::domain::priority::{Level, Priority, Rating};
use crate::domain::sla::promise::Promise;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::word::{Awaited, Channel, ClockName, Code, Gate, Kind, Medium, Onset, Relation};

/// 2026-03-02 09:00 UTC, a Monday.
pub(super) const START_MS: i64 = 1_772_442_000_000;

pub(super) fn at(minutes: i64) -> Moment {
    Moment::from_timestamp_millis(START_MS + minutes * 60_000).unwrap()
}

pub(super) fn around() -> Surroundings {
    Surroundings::at(at(0))
}

/// A new store in a directory of its own.
pub(super) fn fresh() -> (TempDir, SqliteStore) {
    let home = tempfile::tempdir().unwrap();
    let store = opened(&home.path().join("desk.db"));
    (home, store)
}

/// The store at a path, created if need be.
pub(super) fn opened(path: &Path) -> SqliteStore {
    let place = Place {
        path: path.to_owned(),
        named: false,
    };
    open(&place, Access::Write, &around()).unwrap().store
}

/// Saves a whole history as a ticket of its own.
pub(super) fn keep(store: &dyn Store, history: &[Event]) -> Summary {
    let row = summary(history);
    let mut txn = store.begin(Intent::Write).unwrap();
    assert_eq!(txn.next_id().unwrap(), row.id);
    txn.save(0, history, &row).unwrap();
    txn.commit().unwrap();
    row
}

pub(super) fn summary(history: &[Event]) -> Summary {
    Summary::of(&Ticket::replay(history).unwrap(), &Policies::built_in())
}

/// A ticket that is opened and nothing else.
pub(super) fn opening(id: i64, title: &str) -> Vec<Event> {
    vec![Event {
        ticket: TicketId(id),
        n: 1,
        at: at(id),
        recorded: at(id),
        actor: Actor::recorded("anna"),
        fact: Fact::Opened(Submission {
            title: title.to_owned(),
            description: None,
            requester: Requester::parse("Mia Roth <mia@example.org>").unwrap(),
            channel: Channel::Email,
            key: None,
            tier: Tier::recorded("L1"),
        }),
    }]
}

/// An event that follows a history.
pub(super) fn next(history: &[Event], fact: Fact) -> Event {
    let last = history.last().unwrap();
    Event {
        n: last.n + 1,
        at: last.at + TimeDelta::minutes(5),
        recorded: last.at + TimeDelta::minutes(5),
        fact,
        ..last.clone()
    }
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// One fact of every kind, with all that it can hold.
#[expect(clippy::too_many_lines, reason = "one entry for each fact")]
pub(super) fn every_fact() -> Vec<Fact> {
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
            tier: Tier::recorded("L1"),
        }),
        Fact::Identified {
            kind: Kind::Incident,
            onset: Onset::Anticipated,
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
            category: Category::recorded("network/vpn"),
        },
        Fact::Prioritized(Rating {
            users: Level::named("high"),
            business: Level::named("low"),
            urgency: Level::named("medium"),
            priority: Priority::of(2),
        }),
        Fact::Promised {
            clock: ClockName::Update,
            promise: Promise {
                target: TimeDelta::hours(1),
                cadence: Some(TimeDelta::hours(4)),
                calendar: "24x7".into(),
                policy: 1,
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
            guided: None,
        },
        Fact::Assigned {
            agent: Agent::recorded("anna"),
        },
        Fact::Unassigned {
            reason: text("shift ends"),
        },
        Fact::Escalated {
            to: Tier::recorded("L2"),
            up: true,
            reason: "needs the vendor".into(),
        },
        Fact::ManagerTold {
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
            awaited: Awaited::Vendor,
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
        Fact::Heard {
            text: "any news?".into(),
            via: Channel::Chat,
        },
        Fact::Resolved {
            text: "new certificate".into(),
            code: Code::NotReproducible,
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
        Fact::Absorbed { from: TicketId(8) },
        Fact::Parted { from: TicketId(8) },
        Fact::Linked {
            relation: Relation::Parent,
            other: TicketId(9),
        },
        Fact::Unlinked {
            relation: Relation::Parent,
            other: TicketId(9),
        },
        Fact::GatePassed {
            gate: Gate::Cause,
            reason: "known bug".into(),
        },
        Fact::Warned {
            clock: ClockName::Resolution,
            percent: 75,
        },
        Fact::Imported {
            source: "servicenow".into(),
            number: "INC0000045".into(),
            upto: at(7),
            rows: vec!["00ff00ff00ff00ff".into()],
            facts: vec![
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
            guided: Some(Guided {
                policy: 3,
                moot: vec!["others".into()],
                found: vec![
                    Advice {
                        cause: text("the password has expired"),
                        known_error: Some(TicketId(4)),
                        escalate: Some(Tier::recorded("L2")),
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

/// A version of the policy with this document.
pub(super) fn edition(version: u32, text: &str) -> Edition {
    Edition {
        version,
        at: at(0),
        recorded: at(0),
        author: Actor::Agent(Agent::recorded("anna")),
        text: text.to_owned(),
        files: [("days.ics".to_owned(), "BEGIN:VCALENDAR".to_owned())].into(),
    }
}

/// Puts a version of the policy in force.
pub(super) fn set(store: &dyn Store, edition: &Edition) {
    let mut txn = store.begin(Intent::Write).unwrap();
    txn.add_edition(edition).unwrap();
    txn.commit().unwrap();
}

pub(super) const TITLES: &[&str] = &[
    "VPN drops",
    "100% of the mail_box is full",
    "Drucker im Büro ÄÖÜ\\ß",
    "printer out of paper",
    "İstanbul Σίσυφος",
];
pub(super) const AGENTS: &[&str] = &["anna", "ben", "Anna"];
pub(super) const CATEGORIES: &[&str] = &["network", "network/vpn", "networking", "büro/c++"];

/// A desk of tickets, each grown by random commands that the domain allowed.
pub(super) fn desk(seed: u64, tickets: i64) -> Vec<Vec<Event>> {
    let mut dice = Dice(seed);
    (1..=tickets).map(|id| grown(id, &mut dice)).collect()
}

/// As [`desk`], with some of the resolved tickets marked as known errors.
pub(super) fn desk_with_known(seed: u64, tickets: i64) -> Vec<Vec<Event>> {
    let mut all = desk(seed, tickets);
    for history in &mut all {
        let ticket = Ticket::replay(history).unwrap();
        if ticket.resolution().is_some() && ticket.id.0 % 2 == 0 {
            let marked = Fact::KnownErrorMarked {
                workaround: "restart it".into(),
                cause: None,
            };
            history.push(next(history, marked));
        }
    }
    all
}

fn grown(id: i64, dice: &mut Dice) -> Vec<Event> {
    let policy = Policies::built_in();
    let mut now = at(id * 7);
    let ctx = |now| Ctx {
        at: now,
        backdated: false,
        now,
        actor: Actor::recorded("anna"),
        policy: &policy,
    };
    let requester = dice.one(&["Mia Roth <mia@example.org>", "Ole", "ole@example.org"]);
    let new = New {
        title: dice.one(TITLES).to_owned(),
        description: None,
        requester: Requester::parse(requester).unwrap(),
        channel: dice.one(Channel::ALL),
        key: dice.maybe(&[format!("key-{id}")]),
        kind: dice.maybe(Kind::ALL),
        onset: None,
        note: Note::default(),
        category: dice.maybe(CATEGORIES).map(Category::recorded),
        ratings: Ratings::default(),
        assignee: dice.maybe(AGENTS).map(Agent::recorded),
    };
    let mut history = decide::open(TicketId(id), new, &ctx(now)).unwrap();
    for _ in 0..dice.below(12) {
        now += TimeDelta::minutes(i64::try_from(dice.below(200)).unwrap());
        let ticket = Ticket::replay(&history).unwrap();
        let command = command(dice, now);
        history.extend(decide::decide(&ticket, command, &ctx(now)).unwrap_or_default());
    }
    if dice.below(12) == 0 {
        let merged = next(&history, Fact::Merged { into: TicketId(1) });
        history.push(merged);
    }
    history
}

fn command(dice: &mut Dice, now: Moment) -> Command {
    let levels = ["high", "medium", "low"];
    let mut level = || Some(dice.one(&levels).to_owned());
    let ratings = Ratings {
        users: level(),
        business: level(),
        urgency: level(),
    };
    let ending = || Ending {
        restored_by: text("Mia"),
        tell: text("done"),
        force: text("said so"),
    };
    let until = Some(now + TimeDelta::days(1));
    match dice.below(13) {
        0 => Command::Prioritize(ratings),
        1 => Command::Assign {
            agent: Agent::recorded(dice.one(AGENTS)),
        },
        2 => Command::Unassign { reason: None },
        3 => Command::Escalate {
            to: None,
            reason: "stuck".into(),
            agent: None,
        },
        4 => Command::Pause {
            awaited: dice.one(Awaited::ALL),
            until,
            note: None,
            ask: text("what do you see?"),
            force: None,
        },
        5 => Command::Resume { note: None },
        6 => Command::Reply {
            text: "on it".into(),
            via: None,
        },
        7 => Command::Hear {
            text: "and now?".into(),
            via: None,
        },
        8 | 9 => Command::Resolve {
            text: "fixed".into(),
            code: dice.maybe(Code::ALL),
            known: None,
            ending: ending(),
        },
        10 => Command::Close {
            satisfaction: dice.maybe(&[1, 5]),
            comment: None,
            ending: ending(),
        },
        11 => Command::Reopen {
            reason: "again".into(),
        },
        _ => Command::Categorize {
            category: Category::recorded(dice.one(CATEGORIES)),
        },
    }
}
