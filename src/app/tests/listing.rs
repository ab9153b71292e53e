//! Lists and counts, search and similar tickets.

use super::TestStore;
use crate::app::Counted;
use crate::domain::event::TicketId;
use crate::domain::query::Query;
use crate::domain::query::SortKey;
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
fn a_listing_counts_all_tickets_where_the_limit_may_leave_some_out() {
    let store = stocked();
    let listing = |at, limit, total| {
        let query = Query {
            limit,
            ..Query::open()
        };
        let by = Some(Grouping::Tier);
        store.run(None, at, |desk| {
            let listing = desk.listing(&query, Counted { total, by }).unwrap();
            let counts = desk.group_counts(&query, Grouping::Tier).unwrap();
            assert_eq!(listing.counts, Some(counts));
            let all = desk.count(&query).unwrap();
            assert!(listing.total.is_none_or(|total| total == all));
            (listing.rows.len(), listing.total)
        })
    };
    assert_eq!(listing(None, Some(2), true), (2, Some(3)));
    assert_eq!(listing(None, Some(3), true), (3, Some(3)));
    assert_eq!(listing(None, Some(4), true), (3, None));
    assert_eq!(listing(None, None, true), (3, None));
    assert_eq!(listing(None, Some(2), false), (2, None));
    // Two were open at 9:01.
    assert_eq!(listing(Some(moment("9:01")), Some(1), true), (1, Some(2)));
    assert_eq!(listing(Some(moment("9:01")), Some(3), true), (2, None));
    let none = TestStore::new();
    let counted = Counted {
        total: true,
        by: Some(Grouping::Tier),
    };
    let empty = none.run(None, None, |desk| {
        desk.listing(&Query::open(), counted).unwrap()
    });
    assert_eq!((empty.rows, empty.total), (Vec::new(), None));
    assert_eq!(empty.counts.map(|counts| counts.groups), Some(Vec::new()));
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

/// More than two pages of tickets, and their numbers in the order of a query.
fn many(query: &Query) -> (TestStore, Vec<TicketId>) {
    let store = TestStore::new();
    for number in 0..23 {
        store.open("9:00", &format!("ticket {number}"));
    }
    let ids = store.run(None, None, |desk| {
        let rows = desk.find(query).unwrap();
        rows.iter().map(|row| row.id).collect()
    });
    (store, ids)
}

#[test]
fn a_long_list_is_as_it_was_at_its_beginning_whatever_is_written_meanwhile() {
    let query = Query {
        sort: SortKey::Id,
        reverse: true,
        ..Query::open()
    };
    let (store, ids) = many(&query);
    assert!(ids.iter().map(|id| id.0).eq((1..=23).rev()));
    let before = store.run(None, None, |desk| desk.find(&query).unwrap());
    let mut rows = Vec::new();
    store.run(None, None, |desk| {
        desk.each(&query, &mut |row| {
            if rows.len() == 3 {
                store.open("9:30", "opened meanwhile");
                for id in [23, 12, 2, 1] {
                    store.act("9:31", id, note("changed meanwhile")).unwrap();
                }
            }
            rows.push(row.clone());
            Ok(())
        })
        .unwrap();
    });
    assert!(rows == before);
    // The control: a list that begins later sees it all.
    let after = store.run(None, None, |desk| desk.find(&query).unwrap());
    assert_eq!(after.len(), 24);
    let changed = after.iter().filter(|row| !before.contains(row));
    let changed: Vec<i64> = changed.map(|row| row.id.0).collect();
    assert_eq!(changed, [24, 23, 12, 2, 1]);
}

#[test]
fn a_limit_is_kept_within_a_page_at_its_end_and_behind_it() {
    let (store, _) = many(&Query::all());
    store.run(None, None, |desk| {
        for limit in [0, 1, 9, 10, 11, 20, 21, 23, 24] {
            let query = Query {
                limit: Some(limit),
                sort: SortKey::Id,
                ..Query::all()
            };
            let rows = desk.find(&query).unwrap();
            let expected = 1..=i64::from(limit.min(23));
            assert!(rows.iter().map(|row| row.id.0).eq(expected), "{limit}");
        }
    });
}
