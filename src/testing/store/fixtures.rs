//! Stores and tickets for tests: one fact of each kind, and random desks of
//! tickets from a seed, built by the rules of the domain.

use std::path::Path;

use chrono::TimeDelta;
use tempfile::TempDir;

mod breach_facts;
pub(crate) mod carried;
mod correction_facts;
mod facts;

pub(crate) use super::engines::on_each_engine;
pub(crate) use super::test_rng::TestRng;
use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::decide::{
    self, ClosingOptions, Command, Ctx, NewTicket, PauseRequest, PromiseRequest, Ratings,
    WithdrawalRequest,
};
use crate::domain::event::{Event, Fact, Note, Submission, TicketId};
use crate::domain::people::{Actor, Agent, Requester, Tier};
use crate::domain::policy::Policy;
use crate::domain::policy::versions::{PolicyHistory, PolicyVersion};
use crate::domain::sla::level::Level;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, ClockName, ClosureCode, Kind, PauseReason};
use crate::store::{AccessMode, Environment, Location, SqliteStore, Store, Verification, open};
pub(crate) use facts::{attached_digest, every_fact};

/// 2026-03-02 09:00 UTC, a Monday.
pub(crate) const START_MS: i64 = 1_772_442_000_000;

pub(crate) fn at(minutes: i64) -> Timestamp {
    Timestamp::from_timestamp_millis(START_MS + minutes * 60_000).unwrap()
}

pub(crate) fn environment() -> Environment {
    Environment::new(at(0), parse)
}

/// Parses the policy versions of these tests: `warnings = [80]`.
pub(crate) fn parse(version: &PolicyVersion) -> Option<Policy> {
    let percent = version.text.strip_prefix("warnings = [")?;
    Some(Policy {
        version: version.version,
        warnings: vec![Level::Percent(percent.strip_suffix(']')?.parse().ok()?)],
        ..Policy::built_in()
    })
}

pub(crate) fn verify(store: &dyn Store) -> Verification {
    store.verify(None, parse).unwrap()
}

pub(crate) fn faults(store: &dyn Store) -> Vec<String> {
    verify(store).faults
}

/// A new store in a directory of its own.
pub(crate) fn fresh() -> (TempDir, SqliteStore) {
    let home = tempfile::tempdir().unwrap();
    let store = opened(&home.path().join("desk.db"));
    (home, store)
}

/// The store at a path, created if need be.
pub(crate) fn opened(path: &Path) -> SqliteStore {
    let location = Location {
        path: path.to_owned(),
        explicit: false,
    };
    open(&location, AccessMode::Write, &environment())
        .unwrap()
        .store
}

/// Saves a whole history as a ticket of its own, with the row that follows from
/// the policies of the store.
pub(crate) fn save(store: &dyn Store, history: &[Event]) -> Summary {
    let mut txn = store.begin(AccessMode::Write).unwrap();
    let policies = PolicyHistory::from_versions(txn.policy_versions().unwrap(), parse).unwrap();
    let row = Summary::new(&Ticket::replay(history).unwrap(), &policies);
    assert_eq!(txn.next_id().unwrap(), row.id);
    txn.save(0, history, &row).unwrap();
    let digest = attached_digest();
    if txn.is_attached(digest).unwrap() && !txn.has_content(digest).unwrap() {
        txn.add_chunk(digest, 0, b"abc").unwrap();
    }
    txn.commit().unwrap();
    row
}

pub(crate) fn summary(history: &[Event]) -> Summary {
    Summary::new(
        &Ticket::replay(history).unwrap(),
        &PolicyHistory::built_in(),
    )
}

/// A ticket that is opened and nothing else.
pub(crate) fn opening(id: i64, title: &str) -> Vec<Event> {
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
/// The first event of a ticket with a key.
pub(crate) fn keyed(id: i64) -> Vec<Event> {
    let mut history = opening(id, "keyed");
    if let Fact::Opened(submission) = &mut history[0].fact {
        submission.key = Some("mail-1".into());
    }
    history
}

pub(crate) fn next(history: &[Event], fact: Fact) -> Event {
    let last = history.last().unwrap();
    Event {
        n: last.n + 1,
        at: last.at + TimeDelta::minutes(5),
        recorded: last.at + TimeDelta::minutes(5),
        fact,
        ..last.clone()
    }
}

pub(crate) fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A policy version with this text.
pub(crate) fn policy_version(version: u32, text: &str) -> PolicyVersion {
    PolicyVersion {
        version,
        at: at(0),
        recorded: at(0),
        author: Actor::from(Agent::from_stored("anna")),
        text: text.to_owned(),
        personal: Vec::new(),
        files: [("days.ics".to_owned(), "BEGIN:VCALENDAR".to_owned())].into(),
    }
}

/// Puts a policy version in force, timers included.
pub(crate) fn set(store: &dyn Store, version: &PolicyVersion) {
    let mut txn = store.begin(AccessMode::Write).unwrap();
    txn.add_policy_version(version).unwrap();
    let policies = PolicyHistory::from_versions(txn.policy_versions().unwrap(), parse).unwrap();
    let timer = |id: &TicketId| {
        let ticket = Ticket::replay(&txn.history(*id).unwrap()).unwrap();
        (*id, Summary::new(&ticket, &policies).next_action_at)
    };
    let timers: Vec<_> = txn.open_ids().unwrap().iter().map(timer).collect();
    txn.set_timers(&timers).unwrap();
    txn.commit().unwrap();
}

pub(crate) const TITLES: &[&str] = &[
    "VPN drops",
    "100% of the mail_box is full",
    "Drucker im Büro ÄÖÜ\\ß",
    "printer out of paper",
    "İstanbul Σίσυφος",
];
pub(crate) const AGENTS: &[&str] = &["anna", "ben", "Anna"];
pub(crate) const CATEGORIES: &[&str] = &["network", "network/vpn", "networking", "büro/c++"];

/// A desk of tickets, each grown by random commands that the domain allowed.
pub(crate) fn desk(seed: u64, tickets: i64) -> Vec<Vec<Event>> {
    let mut rng = TestRng(seed);
    (1..=tickets).map(|id| grown(id, &mut rng)).collect()
}

/// As [`desk`], with some of the resolved tickets marked as known errors.
pub(crate) fn desk_with_known(seed: u64, tickets: i64) -> Vec<Vec<Event>> {
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

fn grown(id: i64, rng: &mut TestRng) -> Vec<Event> {
    let policy = PolicyHistory::built_in();
    let mut now = at(id * 7);
    let ctx = |now| Ctx {
        at: now,
        backdated: false,
        now,
        actor: Actor::from_stored("anna"),
        policy: &policy,
    };
    let requester = rng.one_of(&["Mia Roth <mia@example.org>", "Ole", "ole@example.org"]);
    let new = NewTicket {
        title: rng.one_of(TITLES).to_owned(),
        description: None,
        requester: Requester::parse(requester).unwrap(),
        channel: rng.one_of(Channel::ALL),
        key: rng.maybe_one_of(&[format!("key-{id}")]),
        kind: rng.maybe_one_of(Kind::ALL),
        onset: None,
        note: Note::default(),
        category: rng.maybe_one_of(CATEGORIES).map(Category::from_stored),
        ratings: Ratings::default(),
        assignee: rng.maybe_one_of(AGENTS).map(Agent::from_stored),
        ..NewTicket::titled(String::new())
    };
    let mut history = decide::open(TicketId(id), new, &ctx(now)).unwrap();
    for _ in 0..rng.below(12) {
        now += TimeDelta::minutes(i64::try_from(rng.below(200)).unwrap());
        let ticket = Ticket::replay(&history).unwrap();
        let command = command(rng, now);
        history.extend(decide::decide(&ticket, command, &ctx(now)).unwrap_or_default());
    }
    carried::add(&mut history);
    let ending = match rng.below(12) {
        0 => Fact::Merged {
            into: TicketId(1),
            moved: false,
        },
        1 => Fact::Voided {
            reason: "opened twice".into(),
        },
        _ => return history,
    };
    let ended = next(&history, ending);
    history.push(ended);
    history
}

fn command(rng: &mut TestRng, now: Timestamp) -> Command {
    let levels = ["high", "medium", "low"];
    let mut level = || Some(rng.one_of(&levels).to_owned());
    let ratings = Ratings {
        users: level(),
        business: level(),
        urgency: level(),
    };
    let ending = || ClosingOptions {
        restored_by: text("Mia"),
        message: text("done"),
        force: text("said so"),
    };
    let until = Some(now + TimeDelta::days(1));
    match rng.below(15) {
        0 => Command::Prioritize(ratings),
        1 => Command::Assign {
            agent: Agent::from_stored(rng.one_of(AGENTS)),
        },
        2 => Command::Unassign { reason: None },
        3 => Command::Escalate {
            to: None,
            reason: "stuck".into(),
            agent: None,
        },
        4 => Command::Pause(PauseRequest {
            reason: rng.one_of(PauseReason::ALL),
            until,
            note: None,
            ask: text("what do you see?"),
            force: None,
        }),
        5 => Command::Resume { note: None },
        6 => Command::Reply {
            text: "on it".into(),
            via: None,
        }
        .with_time(rng.maybe_one_of(&[5, 20, 90]).map(TimeDelta::minutes)),
        7 => Command::RecordMessage {
            text: "and now?".into(),
            via: None,
            thanks: false,
            sender: None,
            written_to: None,
        },
        8 | 9 => Command::Resolve {
            text: "fixed".into(),
            code: rng.maybe_one_of(ClosureCode::ALL),
            known_error: None,
            closing: ending(),
        },
        10 => Command::Close {
            satisfaction: rng.maybe_one_of(&[1, 5]),
            comment: None,
            closing: ending(),
        },
        11 => Command::Reopen {
            reason: "again".into(),
        },
        12 => Command::PromiseDue(PromiseRequest {
            clock: rng.one_of(ClockName::ALL),
            due: now + TimeDelta::hours(rng.one_of(&[1, 30])),
            reason: "the spare part".into(),
            message: None,
        }),
        13 => Command::WithdrawPromise(WithdrawalRequest {
            clock: rng.one_of(ClockName::ALL),
            reason: "in stock".into(),
            message: None,
        }),
        _ => Command::Categorize {
            category: Category::from_stored(rng.one_of(CATEGORIES)),
        },
    }
}
