//! Use cases about two tickets: both change in one transaction, or neither.

use super::TestStore;
use crate::domain::event::TicketId;
use crate::domain::vocabulary::Relation;
use crate::testing::ticket_story::{hear, kinds, note, reopen};

fn three() -> TestStore {
    let store = TestStore::new();
    for title in ["one", "two", "three"] {
        store.open("9:00", title);
    }
    store
}

fn merge(store: &TestStore, id: i64, into: i64) -> String {
    let merged = store.at("9:10", |desk| desk.merge(TicketId(id), TicketId(into)));
    merged.map_or_else(|fault| fault.to_string(), |update| kinds(&update.events))
}

#[test]
fn a_merge_is_recorded_on_both_tickets() {
    let store = three();
    assert_eq!(merge(&store, 2, 1), "merged");
    assert!(store.kinds(2).ends_with("+merged"));
    assert!(store.kinds(1).ends_with("+absorbed"));
}

#[test]
fn merging_into_a_merged_ticket_reaches_the_one_that_is_left() {
    let store = three();
    assert_eq!(merge(&store, 2, 1), "merged");
    assert_eq!(merge(&store, 3, 2), "merged");
    assert_eq!(store.page(3).ticket.merged_into(), Some(TicketId(1)));
    // It is already merged into it, if indirectly.
    assert_eq!(merge(&store, 3, 2), "-");
    assert_eq!(merge(&store, 3, 1), "-");
}

#[test]
fn a_refused_merge_changes_neither_ticket() {
    let store = three();
    let before = [store.page(1), store.page(2)];
    assert_ne!(merge(&store, 1, 1), "merged");
    assert_ne!(merge(&store, 2, 9), "merged");
    assert_eq!([store.page(1), store.page(2)], before);
}

#[test]
fn a_message_to_a_merged_ticket_is_recorded_on_the_one_that_is_left() {
    let store = three();
    assert_eq!(merge(&store, 2, 1), "merged");
    let update = store.act("9:20", 2, hear("any news?")).unwrap();
    assert_eq!(update.after.id, TicketId(1));
    assert_eq!(update.requested, Some(TicketId(2)));
    assert!(store.act("9:21", 2, note("internal")).is_err());
}

#[test]
fn reopening_a_merged_ticket_is_recorded_on_both() {
    let store = three();
    assert_eq!(merge(&store, 2, 1), "merged");
    store.act("9:30", 2, reopen()).unwrap();
    assert_eq!(store.page(2).ticket.merged_into(), None);
    assert!(store.kinds(1).ends_with("+absorbed+parted"));
}

#[test]
fn a_link_is_recorded_on_both_tickets_and_taken_back_from_both() {
    let store = three();
    let link = |remove: bool| {
        store.at("9:40", |desk| {
            let (child, parent) = (TicketId(2), TicketId(1));
            desk.link(child, Relation::Parent, parent, remove).unwrap()
        })
    };
    assert_eq!(kinds(&link(false).events), "linked");
    let links = |id: i64| -> Vec<_> { store.page(id).ticket.links.into_iter().collect() };
    assert_eq!(links(2), [(Relation::Parent, TicketId(1))]);
    assert_eq!(links(1), [(Relation::Child, TicketId(2))]);
    assert_eq!(kinds(&link(false).events), "-");
    assert_eq!(kinds(&link(true).events), "unlinked");
    assert!(links(1).is_empty() && links(2).is_empty());
}
