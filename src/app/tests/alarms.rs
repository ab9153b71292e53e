//! Tickets with keys: alarms that are given again.

use chrono::TimeDelta;

use super::{CLOCK, TestStore, titled};
use crate::domain::alarms::{AlarmText, Alarms};
use crate::domain::decide::{ClosingOptions, Command, NewTicket};
use crate::domain::event::TicketId;
use crate::domain::people::Actor;
use crate::domain::read_models::{Requested, TicketUpdate};
use crate::domain::vocabulary::{Relation, State};
use crate::error::Error;
use crate::testing::ticket_story::{close_forced, moment};

fn alarm(title: &str) -> NewTicket {
    NewTicket {
        key: Some("disk-db3".to_owned()),
        ..titled(title)
    }
}

fn raised(store: &TestStore, time: &str, title: &str) -> TicketUpdate {
    store.at(time, |desk| desk.open(&alarm(title), &[]).unwrap())
}

/// The days after the first one at which something happens.
fn days_later(store: &TestStore, days: i64, title: &str) -> TicketUpdate {
    CLOCK.set(moment("12:00") + TimeDelta::days(days));
    store.run(Some("anna"), None, |desk| {
        desk.open(&alarm(title), &[]).unwrap()
    })
}

fn alarms(store: &TestStore, id: i64) -> Alarms {
    store.page(id).alarms.unwrap()
}

/// `3: disk full x 2, I/O errors x 1`: the count, and the first line of each
/// text.
fn counted(store: &TestStore, id: i64) -> String {
    let Alarms { total, texts } = alarms(store, id);
    let text = |AlarmText { text, times }: &AlarmText| {
        let title = text.lines().next().unwrap_or_default();
        format!("{title} x {}", times.count)
    };
    let texts: Vec<String> = texts.iter().map(text).collect();
    format!("{}: {}", total.count, texts.join(", "))
}

/// Resolves and closes the first ticket.
fn closed(store: &TestStore) {
    let resolve = Command::Resolve {
        text: "cleaned".to_owned(),
        code: None,
        known_error: None,
        closing: ClosingOptions {
            force: Some("at night".to_owned()),
            ..ClosingOptions::default()
        },
    };
    store.act("11:00", 1, resolve).unwrap();
    store.act("12:00", 1, close_forced()).unwrap();
}

#[test]
fn an_open_ticket_counts_what_is_raised_again_without_an_event() {
    let store = TestStore::new();
    let first = raised(&store, "9:00", "disk full");
    let events = store.page(1).history.len();
    assert_eq!(counted(&store, 1), "1: disk full x 1");
    let again = raised(&store, "9:11", "disk full");
    let other = raised(&store, "9:12", "I/O errors");
    assert_eq!(
        (again.after.id, other.after.id),
        (first.after.id, TicketId(1))
    );
    assert_eq!(
        other.alarm.map(|alarm| (alarm.counted, alarm.total.count)),
        Some((true, 3))
    );
    assert_eq!(counted(&store, 1), "3: disk full x 2, I/O errors x 1");
    assert_eq!(store.page(1).history.len(), events);
}

#[test]
fn a_retry_changes_nothing() {
    let store = TestStore::new();
    raised(&store, "9:00", "disk full");
    let before = alarms(&store, 1);
    let retry = raised(&store, "9:09", "disk full");
    assert_eq!((retry.events.len(), retry.alarm), (0, None));
    assert_eq!(alarms(&store, 1), before);
}

#[test]
fn what_is_raised_again_after_the_resolution_reopens_the_ticket() {
    let store = TestStore::new();
    raised(&store, "9:00", "disk full");
    closed(&store);
    let again = days_later(&store, 14, "disk full");
    assert_eq!(
        (again.after.id, again.after.state),
        (TicketId(1), State::Active)
    );
    assert_eq!(again.events[0].actor, Actor::Desk);
    assert_eq!(counted(&store, 1), "2: disk full x 2");
    let retry = days_later(&store, 14, "disk full");
    assert_eq!((retry.events.len(), retry.alarm), (0, None));
}

#[test]
fn long_after_the_closing_a_new_linked_ticket_takes_the_key() {
    let store = TestStore::new();
    raised(&store, "9:00", "disk full");
    closed(&store);
    let again = days_later(&store, 15, "disk full");
    assert_eq!((again.before, again.after.id), (None, TicketId(2)));
    assert_eq!(
        store.page(2).ticket.links,
        [(Relation::Previous, TicketId(1))]
    );
    assert_eq!(
        store.page(1).ticket.links,
        [(Relation::FollowUp, TicketId(2))]
    );
    assert_eq!(store.page(1).summary.state, State::Closed);
    let third = days_later(&store, 16, "disk full");
    assert_eq!(third.after.id, TicketId(2));
    assert_eq!(counted(&store, 1), "1: disk full x 1");
    assert_eq!(counted(&store, 2), "2: disk full x 2");
}

#[test]
fn the_survivor_of_a_merge_counts_for_the_ticket_that_has_the_key() {
    let store = TestStore::new();
    raised(&store, "9:00", "disk full");
    store.open("9:01", "database is slow");
    store.open("9:02", "shop is down");
    let merge = |time, id, into| {
        store.at(time, |desk| {
            desk.merge(TicketId(id), TicketId(into)).unwrap()
        });
    };
    merge("9:03", 1, 2);
    merge("9:04", 2, 3);
    let retry = raised(&store, "9:05", "disk full");
    assert_eq!((retry.after.id, retry.alarm), (TicketId(3), None));
    let again = raised(&store, "9:20", "I/O errors");
    assert_eq!(
        (again.after.id, again.requested),
        (TicketId(3), Some(Requested::Merged(TicketId(1))))
    );
    for id in 1..=3 {
        assert_eq!(counted(&store, id), "2: disk full x 1, I/O errors x 1");
    }
}

#[test]
fn what_cannot_be_opened_is_refused_although_the_key_is_in_use() {
    let store = TestStore::new();
    raised(&store, "9:00", "disk full");
    let mut wrong = alarm("disk full");
    wrong.ratings.users = Some("hihg".to_owned());
    let refused = store.at("9:30", |desk| desk.open(&wrong, &[]).map(drop));
    assert!(matches!(refused, Err(Error::Rejected(_))), "{refused:?}");
    assert_eq!(counted(&store, 1), "1: disk full x 1");
}
