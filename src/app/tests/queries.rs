//! Reading: lists, counts, search and similar tickets.

use super::TestStore;
use crate::domain::event::TicketId;
use crate::domain::query::Query;
use crate::domain::vocabulary::Grouping;
use crate::testing::ticket_story::{moment, note};

fn stocked() -> TestStore {
    let store = TestStore::new();
    store.open("9:00", "VPN drops every ten minutes");
    store.open("9:01", "Printer is out of toner");
    store.open("9:02", "VPN drops again");
    store
        .act("9:03", 2, note("the xylophone was too loud"))
        .unwrap();
    store
}

fn found(store: &TestStore, typed: &str) -> Vec<TicketId> {
    store.run(None, None, |desk| {
        let found = desk.search(typed, &Query::all()).unwrap();
        found.results.iter().map(|row| row.summary.id).collect()
    })
}

#[test]
fn reading_creates_no_store_and_finds_nothing_without_one() {
    let store = TestStore::new();
    store.run(None, None, |desk| {
        assert_eq!(desk.find(&Query::all()).unwrap(), []);
        assert_eq!(desk.count(&Query::all()).unwrap(), 0);
        assert_eq!(desk.search("vpn", &Query::all()).unwrap().results.len(), 0);
        assert!(desk.details(TicketId(1)).is_err());
        // Monitoring must notice a missing store.
        assert!(desk.open_counts(&Query::open()).is_err());
    });
    assert!(!store.exists());
}

#[test]
fn lists_counts_and_groups_agree() {
    let store = stocked();
    store.run(None, None, |desk| {
        let rows = desk.find(&Query::open()).unwrap();
        assert_eq!(rows.len(), 3);
        assert_eq!(desk.count(&Query::open()).unwrap(), 3);
        let groups = desk.group_counts(&Query::open(), Grouping::Tier).unwrap();
        assert_eq!(groups.total().open, 3);
        assert_eq!(groups.total(), desk.open_counts(&Query::open()).unwrap());
    });
}

#[test]
fn lists_and_counts_of_the_past_know_only_what_was_opened_by_then() {
    let store = stocked();
    let now = store.run(None, None, |desk| desk.count(&Query::all()).unwrap());
    let then = store.run(None, Some(moment("9:01")), |desk| {
        let rows = desk.find(&Query::all()).unwrap();
        assert_eq!(rows.len() as u64, desk.count(&Query::all()).unwrap());
        rows.len()
    });
    assert_eq!((now, then), (3, 2));
}

#[test]
fn the_text_of_a_ticket_is_found_as_soon_as_it_is_recorded() {
    let store = stocked();
    assert_eq!(found(&store, "xylophones"), [TicketId(2)]);
    assert_eq!(found(&store, "zither"), []);
    store.act("9:10", 3, note("a zither as well")).unwrap();
    assert_eq!(found(&store, "zither"), [TicketId(3)]);
}

#[test]
fn similar_tickets_are_found_and_the_ticket_itself_is_not() {
    let store = stocked();
    let similar = store.run(None, None, |desk| desk.similar_to(TicketId(3), 5).unwrap());
    let near: Vec<TicketId> = similar.tickets.iter().map(|near| near.summary.id).collect();
    assert_eq!(near, [TicketId(1)]);
}
