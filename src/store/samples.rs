//! Tickets for tests: one fact of each kind, and whole desks that grew by the
//! rules of the domain from a seed.

use std::path::Path;

use chrono::TimeDelta;
use tempfile::TempDir;

mod facts;

pub(super) use super::dice::Dice;
use super::{Access, AccessMode, Environment, Place, SqliteStore, Store, open};
use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::decide::{self, ClosingOptions, Command, Ctx, NewTicket, Ratings};
use crate::domain::event::{Event, Fact, Note, Submission, TicketId};
use crate::domain::people::{Actor, Agent, Requester, Tier};
use crate::domain::policy::versions::{PolicyHistory, PolicyVersion};
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, ClosureCode, Kind, PauseReason};
pub(super) use facts::every_fact;

/// 2026-03-02 09:00 UTC, a Monday.
pub(super) const START_MS: i64 = 1_772_442_000_000;

pub(super) fn at(minutes: i64) -> Timestamp {
    Timestamp::from_timestamp_millis(START_MS + minutes * 60_000).unwrap()
}

pub(super) fn around() -> Environment {
    Environment::at(at(0))
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
    let mut txn = store.begin(AccessMode::Write).unwrap();
    assert_eq!(txn.next_id().unwrap(), row.id);
    txn.save(0, history, &row).unwrap();
    txn.commit().unwrap();
    row
}

pub(super) fn summary(history: &[Event]) -> Summary {
    Summary::new(
        &Ticket::replay(history).unwrap(),
        &PolicyHistory::built_in(),
    )
}

/// A ticket that is opened and nothing else.
pub(super) fn opening(id: i64, title: &str) -> Vec<Event> {
    vec![Event {
        ticket: TicketId(id),
        n: 1,
        at: at(id),
        recorded: at(id),
        actor: Actor::from_stored("anna"),
        fact: Fact::Opened(Submission {
            title: title.to_owned(),
            description: None,
            requester: Requester::parse("Mia Roth <mia@example.org>").unwrap(),
            channel: Channel::Email,
            key: None,
            tier: Tier::from_stored("L1"),
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

pub(super) fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A version of the policy with this document.
pub(super) fn edition(version: u32, text: &str) -> PolicyVersion {
    PolicyVersion {
        version,
        at: at(0),
        recorded: at(0),
        author: Actor::Agent(Agent::from_stored("anna")),
        text: text.to_owned(),
        files: [("days.ics".to_owned(), "BEGIN:VCALENDAR".to_owned())].into(),
    }
}

/// Puts a version of the policy in force.
pub(super) fn set(store: &dyn Store, edition: &PolicyVersion) {
    let mut txn = store.begin(AccessMode::Write).unwrap();
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
    let policy = PolicyHistory::built_in();
    let mut now = at(id * 7);
    let ctx = |now| Ctx {
        at: now,
        backdated: false,
        now,
        actor: Actor::from_stored("anna"),
        policy: &policy,
    };
    let requester = dice.one(&["Mia Roth <mia@example.org>", "Ole", "ole@example.org"]);
    let new = NewTicket {
        title: dice.one(TITLES).to_owned(),
        description: None,
        requester: Requester::parse(requester).unwrap(),
        channel: dice.one(Channel::ALL),
        key: dice.maybe(&[format!("key-{id}")]),
        kind: dice.maybe(Kind::ALL),
        onset: None,
        note: Note::default(),
        category: dice.maybe(CATEGORIES).map(Category::from_stored),
        ratings: Ratings::default(),
        assignee: dice.maybe(AGENTS).map(Agent::from_stored),
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

fn command(dice: &mut Dice, now: Timestamp) -> Command {
    let levels = ["high", "medium", "low"];
    let mut level = || Some(dice.one(&levels).to_owned());
    let ratings = Ratings {
        users: level(),
        business: level(),
        urgency: level(),
    };
    let ending = || ClosingOptions {
        restored_by: text("Mia"),
        tell: text("done"),
        force: text("said so"),
    };
    let until = Some(now + TimeDelta::days(1));
    match dice.below(13) {
        0 => Command::Prioritize(ratings),
        1 => Command::Assign {
            agent: Agent::from_stored(dice.one(AGENTS)),
        },
        2 => Command::Unassign { reason: None },
        3 => Command::Escalate {
            to: None,
            reason: "stuck".into(),
            agent: None,
        },
        4 => Command::Pause {
            reason: dice.one(PauseReason::ALL),
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
        7 => Command::RecordMessage {
            text: "and now?".into(),
            via: None,
        },
        8 | 9 => Command::Resolve {
            text: "fixed".into(),
            code: dice.maybe(ClosureCode::ALL),
            known_error: None,
            closing: ending(),
        },
        10 => Command::Close {
            satisfaction: dice.maybe(&[1, 5]),
            comment: None,
            closing: ending(),
        },
        11 => Command::Reopen {
            reason: "again".into(),
        },
        _ => Command::Categorize {
            category: Category::from_stored(dice.one(CATEGORIES)),
        },
    }
}
