//! The search index on PostgreSQL: what its words and documents are.

use std::thread;
use std::time::Duration;

use super::super::provider::reopen_for_tests;
use crate::domain::event::{Correction, Event, Fact, Note};
use crate::domain::people::Agent;
use crate::domain::query::Query;
use crate::domain::search::query::SearchQuery;
use crate::store::{AccessMode, Store, Transaction, open_for_tests};
use crate::testing::postgres_server::{Database, shared};
use crate::testing::store::fixtures::{at, faults, next, opening, save, summary};

fn logged(text: &str) -> Fact {
    Fact::Logged(Note {
        text: Some(text.to_owned()),
        ..Note::default()
    })
}

fn retitled(title: &str) -> Fact {
    Fact::Corrected(Correction {
        title: Some(title.to_owned()),
        ..Correction::default()
    })
}

/// Adds an event to a history of one, without a commit.
fn add(txn: &mut dyn Transaction, history: &[Event], fact: Fact) {
    let event = next(history, fact);
    let whole = [history, std::slice::from_ref(&event)].concat();
    let based_on = u32::try_from(history.len()).unwrap();
    txn.save(based_on, &[event], &summary(&whole)).unwrap();
}

fn words(database: &Database<'_>) -> String {
    let words = "SELECT string_agg(term, ' ' ORDER BY term) FROM word WHERE term = 'xylophon'";
    database.sql(words).trim().to_owned()
}

#[test]
fn writers_of_the_same_words_do_not_wait_for_each_other() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    let one = open_for_tests(&database.url());
    let other = reopen_for_tests(&database.url());
    let histories = [opening(1, "xylophone"), opening(2, "xylophone")];
    for history in &histories {
        save(&one, history);
    }
    let mut first = one.begin(AccessMode::WriteTickets).unwrap();
    add(first.as_mut(), &histories[0], logged("printer xylophone"));
    // It would wait here for a counter of the word.
    let mut second = other.begin(AccessMode::WriteTickets).unwrap();
    add(second.as_mut(), &histories[1], logged("xylophone again"));
    second.commit().unwrap();
    first.commit().unwrap();
    assert_eq!(faults(&one), Vec::<String>::new());
}

/// Gives a ticket another title on a connection of its own, and as much time as that
/// takes if nobody is in the way.
fn retitles_meanwhile(url: String, history: Vec<Event>) -> thread::JoinHandle<()> {
    let takes = thread::spawn(move || {
        let other = reopen_for_tests(&url);
        let mut txn = other.begin(AccessMode::WriteTickets).unwrap();
        add(txn.as_mut(), &history, retitled("piano"));
        txn.commit().unwrap();
    });
    thread::sleep(Duration::from_millis(500));
    takes
}

/// While one takes the last use of a word away, another adds the word.
#[test]
fn a_word_stays_if_another_adds_it_while_its_last_use_goes() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    let store = open_for_tests(&database.url());
    let histories = [opening(1, "xylophone"), opening(2, "printer")];
    for history in &histories {
        save(&store, history);
    }
    let mut adds = store.begin(AccessMode::WriteTickets).unwrap();
    add(adds.as_mut(), &histories[1], logged("xylophone"));
    let takes = retitles_meanwhile(database.url(), histories[0].clone());
    assert!(!takes.is_finished(), "it waits until nobody adds words");
    adds.commit().unwrap();
    takes.join().unwrap();
    assert_eq!(words(&database), "xylophon");
    assert_eq!(faults(&store), Vec::<String>::new());
}

/// Two take the last two uses of a word away at the same time.
#[test]
fn a_word_goes_if_two_take_its_last_uses_away() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    let store = open_for_tests(&database.url());
    let histories = [opening(1, "xylophone"), opening(2, "xylophone")];
    for history in &histories {
        save(&store, history);
    }
    let mut first = store.begin(AccessMode::WriteTickets).unwrap();
    add(first.as_mut(), &histories[0], retitled("piano"));
    let takes = retitles_meanwhile(database.url(), histories[1].clone());
    first.commit().unwrap();
    takes.join().unwrap();
    assert_eq!(words(&database), "");
    assert_eq!(faults(&store), Vec::<String>::new());
}

#[test]
fn words_of_a_restricted_ticket_stand_apart() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    let store = open_for_tests(&database.url());
    let history = opening(1, "xylophone");
    save(&store, &history);
    let mut txn = store.begin(AccessMode::Write).unwrap();
    let restricted = Fact::Restricted {
        to: vec![Agent::from_stored("ben")],
        reason: None,
    };
    add(txn.as_mut(), &history, restricted);
    txn.commit().unwrap();
    let counts = "SELECT (SELECT count(*) FROM ticket_text), (SELECT count(*) FROM word), \
         (SELECT count(*) FROM restricted_text), \
         (SELECT count(*) FROM restricted_word WHERE term = 'xylophon')";
    assert_eq!(database.sql(counts).trim(), "0|0|1|1");
}

#[test]
fn what_was_changed_in_the_index_is_found() {
    let Ok(server) = shared() else { return };
    let original = server.database(None);
    let store = open_for_tests(&original.url());
    save(&store, &opening(1, "xylophone"));
    save(&store, &opening(2, "printer"));
    let mut found = Vec::new();
    for change in [
        "SELECT 1",
        "UPDATE ticket_text SET terms = terms || '''more'''::tsvector WHERE ticket = 1; \
         INSERT INTO word VALUES ('more')",
        "UPDATE ticket_text SET fields = replace(fields, 'xylophon', 'piano') WHERE ticket = 1",
        "INSERT INTO word VALUES ('more')",
        "DELETE FROM word WHERE term = 'xylophon'",
        "DELETE FROM ticket_text WHERE ticket = 1",
        "INSERT INTO restricted_text SELECT * FROM ticket_text WHERE ticket = 1",
        "UPDATE ticket_text SET fields = 'x' WHERE ticket = 1",
    ] {
        let mut txn = store.begin(AccessMode::Write).unwrap();
        txn.reindex().unwrap();
        txn.commit().unwrap();
        original.sql("DELETE FROM restricted_text");
        original.sql(change);
        let faults = match faults(&store) {
            none if none.is_empty() => "nothing".to_owned(),
            faults => faults.join("\n  "),
        };
        found.push(format!("{change}\n  {faults}"));
    }
    insta::assert_snapshot!(found.join("\n"), @"
    SELECT 1
      nothing
    UPDATE ticket_text SET terms = terms || '''more'''::tsvector WHERE ticket = 1; INSERT INTO word VALUES ('more')
      #1: the search index does not match its events; rebuild it with: desk reindex
    UPDATE ticket_text SET fields = replace(fields, 'xylophon', 'piano') WHERE ticket = 1
      #1: the search index does not match its events; rebuild it with: desk reindex
    INSERT INTO word VALUES ('more')
      the search index has words that no ticket has: 1; rebuild it with: desk reindex
    DELETE FROM word WHERE term = 'xylophon'
      the search index lacks words that tickets have: 1; rebuild it with: desk reindex
    DELETE FROM ticket_text WHERE ticket = 1
      #1: the search index does not match its events; rebuild it with: desk reindex
      the search index has words that no ticket has: 5; rebuild it with: desk reindex
    INSERT INTO restricted_text SELECT * FROM ticket_text WHERE ticket = 1
      #1: the search index does not match its events; rebuild it with: desk reindex
      the search index has more documents than there are tickets; rebuild it with: desk reindex
      the search index lacks words that tickets have: 8; rebuild it with: desk reindex
    UPDATE ticket_text SET fields = 'x' WHERE ticket = 1
      #1: the search index cannot be read; rebuild it with: desk reindex: the store is damaged: a document of the search index has too few fields
    ");
}

/// A server reads few pages for the numbers of the tickets that match: texts and
/// terms are not in the rows.
#[test]
fn short_documents_are_moved_out_of_their_rows_too() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    let store = open_for_tests(&database.url());
    for id in 1..=100 {
        save(&store, &opening(id, "printer jam"));
    }
    let pages = "SELECT pg_relation_size('ticket_text') / 8192";
    assert_eq!(database.sql(pages).trim(), "1");
    let txn = store.begin(AccessMode::Read).unwrap();
    let found = txn.search(
        SearchQuery::parse("\"printer jam\""),
        true,
        &Query::all(),
        at(0),
    );
    assert_eq!(found.unwrap().full_matches, 100);
}
