//! Use cases about two tickets: both change in one transaction, or neither.

use super::TestStore;
use crate::app::recording::record;
use crate::app::ticket_commands::load;
use crate::domain::decide::{self, Ancestry};
use crate::domain::event::TicketId;
use crate::domain::read_models::Requested;
use crate::domain::vocabulary::Relation;
use crate::store::AccessMode;
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
    assert_eq!(update.requested, Some(Requested::Merged(TicketId(2))));
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

fn relate(store: &TestStore, id: i64, relation: Relation, other: i64, remove: bool) -> String {
    let linked = store.at("10:00", |desk| {
        desk.link(TicketId(id), relation, TicketId(other), remove)
    });
    linked.map_or_else(|fault| fault.to_string(), |update| kinds(&update.events))
}

#[test]
fn a_link_that_closes_a_cycle_of_parents_changes_neither_ticket() {
    let store = three();
    assert_eq!(relate(&store, 1, Relation::Parent, 2, false), "linked");
    assert_eq!(relate(&store, 3, Relation::Child, 2, false), "linked");
    let before = [store.page(1), store.page(3)];
    let refused = "#1 cannot be the parent of #3, which is above it: #1 > #2 > #3";
    assert_eq!(relate(&store, 3, Relation::Parent, 1, false), refused);
    assert_eq!(relate(&store, 1, Relation::Child, 3, false), refused);
    assert_eq!([store.page(1), store.page(3)], before);
}

#[test]
fn a_cycle_in_an_older_store_is_readable_and_can_be_removed() {
    let store = three();
    assert_eq!(relate(&store, 1, Relation::Parent, 2, false), "linked");
    assert_eq!(relate(&store, 2, Relation::Parent, 3, false), "linked");
    // Earlier versions looked at the two tickets only.
    store.at("10:00", |desk| {
        let mut txn = desk.writer().unwrap().begin(AccessMode::Write).unwrap();
        let policies = desk.policies_in(txn.as_ref()).unwrap();
        let ctx = desk.ctx(&policies).unwrap();
        let child = load(txn.as_ref(), TicketId(3)).unwrap();
        let parent = load(txn.as_ref(), TicketId(1)).unwrap();
        let nothing = Ancestry::default();
        let linked = decide::link(&child, Relation::Parent, &parent, &nothing, &ctx);
        let (ours, theirs) = linked.unwrap();
        record(txn.as_mut(), child, ours, &policies).unwrap();
        record(txn.as_mut(), parent, theirs, &policies).unwrap();
        txn.commit().unwrap();
    });
    for id in 1..=3 {
        assert_eq!(store.page(id).ticket.links.len(), 2);
    }
    store.open("10:00", "four");
    let relate = |id, relation, other, remove| relate(&store, id, relation, other, remove);
    assert_eq!(relate(3, Relation::Parent, 1, false), "-");
    assert_eq!(relate(4, Relation::Parent, 1, false), "linked");
    assert_eq!(
        relate(2, Relation::Parent, 4, false),
        "#4 cannot be the parent of #2, which is above it: #4 > #1 > #2"
    );
    assert_eq!(relate(3, Relation::Parent, 1, true), "unlinked");
    assert_eq!(
        relate(3, Relation::Parent, 1, false),
        "#1 cannot be the parent of #3, which is above it: #1 > #2 > #3"
    );
}
