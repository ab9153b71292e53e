//! Opening tickets and acting on them.

use super::{TestStore, titled};
use crate::domain::decide::{Command, NewTicket};
use crate::domain::event::TicketId;
use crate::domain::vocabulary::State;
use crate::error::Error;
use crate::testing::ticket_story::{self, close, kinds, moment, note, reply};

#[test]
fn the_first_ticket_creates_the_store() {
    let store = TestStore::new();
    assert!(!store.exists());
    let update = store.open("9:00", "VPN drops");
    assert!(store.exists());
    assert_eq!(update.after.id, TicketId(1));
    assert_eq!(update.before, None);
    assert!(kinds(&update.events).starts_with("opened+promised"));
    assert_eq!(store.open("9:01", "Printer").after.id, TicketId(2));
}

#[test]
fn without_an_agent_nothing_is_opened_and_no_store_is_created() {
    let store = TestStore::new();
    let refused = store.run(None, None, |desk| desk.open(&titled("VPN drops"), &[]));
    assert!(matches!(refused, Err(Error::Usage { .. })));
    assert!(!store.exists());
}

#[test]
fn the_same_key_opens_one_ticket() {
    let store = TestStore::new();
    let keyed = |title: &str| NewTicket {
        key: Some("alert-7".to_owned()),
        ..titled(title)
    };
    let first = store.at("9:00", |desk| desk.open(&keyed("VPN drops"), &[]).unwrap());
    let again = store.at("9:05", |desk| {
        desk.open(&keyed("VPN drops again"), &[]).unwrap()
    });
    assert_eq!(again.after, first.after);
    assert_eq!(again.events, []);
}

#[test]
fn what_is_saved_is_what_was_returned() {
    let store = TestStore::new();
    let opened = store.open("9:00", "VPN drops");
    let update = store.act("9:10", 1, reply("we are on it")).unwrap();
    assert_eq!(update.before, Some(opened.after));
    assert_eq!(kinds(&update.events), "replied");
    let page = store.page(1);
    assert_eq!(page.summary, update.after);
    assert_eq!(page.history.last(), update.events.last());
}

#[test]
fn a_refused_command_changes_nothing() {
    let store = TestStore::new();
    store.open("9:00", "VPN drops");
    let before = store.page(1);
    assert!(matches!(
        store.act("9:10", 1, close()),
        Err(Error::Rejected(_))
    ));
    assert_eq!(store.page(1), before);
}

#[test]
fn a_command_that_changes_nothing_records_nothing() {
    let store = TestStore::new();
    store.open("9:00", "VPN drops");
    let before = store.page(1);
    let unassign = Command::Unassign { reason: None };
    let update = store.act("9:10", 1, unassign).unwrap();
    assert_eq!(update.events, []);
    assert_eq!(update.before, Some(update.after));
    assert_eq!(store.page(1), before);
}

#[test]
fn a_ticket_that_is_not_there_is_not_found_and_creates_no_store() {
    let store = TestStore::new();
    let lost = |result| matches!(result, Err(Error::NotFound(TicketId(7))));
    assert!(lost(store.act("9:00", 7, note("hello"))));
    assert!(!store.exists());
    store.open("9:00", "VPN drops");
    assert!(lost(store.act("9:01", 7, note("hello"))));
}

#[test]
fn a_command_can_be_tried_without_recording_it() {
    let store = TestStore::new();
    store.open("9:00", "VPN drops");
    let before = store.page(1);
    let tried = |command| store.at("9:10", |desk| desk.check_command(TicketId(1), command));
    assert!(tried(reply("we are on it")).is_ok());
    assert!(tried(close()).is_err());
    assert_eq!(store.page(1), before);
}

#[test]
fn a_backdated_event_keeps_both_times() {
    let store = TestStore::new();
    store.open("9:00", "VPN drops");
    store.at("11:00", |_| ());
    let update = store.run(Some("ben"), Some(moment("9:30")), |desk| {
        desk.execute(TicketId(1), &note("seen at half past nine"))
            .unwrap()
    });
    let event = &update.events[0];
    assert_eq!(event.at, moment("9:30"));
    assert_eq!(event.recorded, moment("11:00"));
    assert_eq!(event.actor, ticket_story::agent("ben"));
}

#[test]
fn the_past_is_read_as_it_was() {
    let store = TestStore::new();
    let opened = store.open("9:00", "VPN drops");
    store.act("10:00", 1, reply("we are on it")).unwrap();
    let page = store.run(None, Some(moment("9:30")), |desk| {
        desk.details(TicketId(1)).unwrap()
    });
    assert_eq!(page.summary.state, State::New);
    assert_eq!(page.history.len(), opened.events.len());
    let before = store.run(None, Some(moment("8:59")), |desk| desk.details(TicketId(1)));
    assert!(matches!(before, Err(Error::NotFound(_))));
}
