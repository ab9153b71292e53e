//! The conformance suite of search. Its tests use the port only, and run on
//! every engine of `fixtures`.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::conformance::queries;
use super::fixtures;
use super::fixtures::{at, desk_with_known, faults, next, on_each_engine, opening, save};
use crate::domain::event::{Correction, Event, Fact, Note, TicketId};
use crate::domain::people::Agent;
use crate::domain::query::Query;
use crate::domain::search::analysis;
use crate::domain::search::document::Document;
use crate::domain::search::matcher::tests::matched_groups;
use crate::domain::search::query::SearchQuery;
use crate::domain::search::term_cache::TermCache;
use crate::domain::search::{MAX_SCORED, SearchHits};
use crate::domain::summary::Summary;
use crate::store::{AccessMode, Store};
use crate::testing::cases;

fn search(store: &dyn Store, typed: &str, all: bool, query: &Query) -> SearchHits {
    let txn = store.begin(AccessMode::Read).unwrap();
    let search = SearchQuery::parse(typed);
    txn.search(search, all, query, at(0)).unwrap()
}

fn ids(found: &SearchHits) -> BTreeSet<i64> {
    found.hits.iter().map(|hit| hit.ticket.0).collect()
}

/// The tickets that match the whole query.
fn matching_ids(store: &dyn Store, typed: &str) -> Vec<i64> {
    let found = search(store, typed, true, &Query::all());
    ids(&found).into_iter().collect()
}

/// Words that the texts of tickets consist of.
const WORDS: &[&str] = &[
    "printer",
    "Drucker",
    "Druckern",
    "Büro",
    "buero",
    "näyttö",
    "VPN",
    "vpns",
    "PrintSpooler",
    "spooler",
    "the",
    "is",
    "nicht",
    "der",
    "0x80070005",
    "a-b",
    "東京都",
    "東京",
    "Straße",
    "résumé",
    "resume",
    "paper",
    "mail",
    "ΛΌΓΟΣ",
    "🅐🅑",
    "🄰",
    "\u{1e900}\u{1e901}",
    "a",
    "ß",
    "certificate",
    "certificates",
];

fn logged(text: &str) -> Fact {
    Fact::Logged(Note {
        text: Some(text.to_owned()),
        symptoms: vec![text.chars().rev().collect()],
        ..Note::default()
    })
}

/// Histories of a desk, with random words.
fn histories() -> Vec<Vec<Event>> {
    let mut all = desk_with_known(21, 220);
    let mut rng = fixtures::TestRng(22);
    for history in &mut all {
        for _ in 0..rng.below(4) {
            let words = (0..rng.below(9)).map(|_| rng.one_of(WORDS));
            let text = words.collect::<Vec<_>>().join(" ");
            let fact = if rng.below(4) == 0 && !text.is_empty() {
                Fact::Corrected(Correction {
                    title: Some(text),
                    ..Correction::default()
                })
            } else {
                logged(&text)
            };
            let event = next(history, fact);
            history.push(event);
        }
    }
    all
}

fn typed() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => proptest::sample::select(WORDS).prop_map(str::to_owned),
        1 => proptest::sample::select(WORDS).prop_map(|word| {
            let first: String = word.chars().take(3).collect();
            format!("{first}*")
        }),
        1 => (proptest::sample::select(WORDS), proptest::sample::select(WORDS))
            .prop_map(|(one, two)| format!("\"{one} {two}\"")),
        1 => "[a-z\"*():^ -]{0,6}",
    ];
    proptest::collection::vec(word, 1..4).prop_map(|words| words.join(" "))
}

#[test]
fn a_search_finds_the_matching_tickets_and_no_others() {
    on_each_engine(|store| {
        let all = histories();
        let rows: Vec<Summary> = all.iter().map(|history| save(store, history)).collect();
        let mut terms = TermCache::default();
        let prose: Vec<Document> = all
            .iter()
            .map(|history| Document::from_history(history, &mut terms))
            .collect();
        let mut runner = TestRunner::new(cases(600));
        let (mut some, mut none) = (0, 0);
        let cases = (typed(), queries(), (0_i64..4000).prop_map(at));
        let narrow = prop::bool::weighted(0.6);
        let counts = std::cell::RefCell::new((&mut some, &mut none));
        runner
            .run(&(cases, narrow), |((typed, query, now), narrow)| {
                let query = if narrow { query } else { Query::all() };
                let txn = store.begin(AccessMode::Read).unwrap();
                let strict = txn
                    .search(SearchQuery::parse(&typed), true, &query, now)
                    .unwrap();
                let loose = txn
                    .search(SearchQuery::parse(&typed), false, &query, now)
                    .unwrap();
                drop(txn);
                prop_assert_eq!(&strict.query, &loose.query);
                prop_assert_eq!(&strict.document_frequencies, &loose.document_frequencies);
                prop_assert_eq!(strict.full_matches, loose.full_matches);
                prop_assert_eq!(strict.documents, rows.len() as u64);
                // With corrections.
                let search = &strict.query;
                let matching: Vec<Vec<bool>> = prose
                    .iter()
                    .map(|one| matched_groups(one, search))
                    .collect();
                for (group, frequency) in strict.document_frequencies.iter().enumerate() {
                    let really = matching.iter().filter(|matching| matching[group]).count() as u64;
                    prop_assert_eq!(*frequency, really, "{:?}", search.groups[group]);
                }
                let asked = |at: &usize| query.matches(&rows[*at], now);
                let id = |at: usize| rows[at].id.0;
                let whole: BTreeSet<i64> = (0..rows.len())
                    .filter(|at| !search.is_empty() && matching[*at].iter().all(|matches| *matches))
                    .filter(asked)
                    .map(id)
                    .collect();
                prop_assert_eq!(ids(&strict), whole.clone(), "{:?}", typed);
                prop_assert_eq!(strict.hits.len(), whole.len());
                prop_assert_eq!(strict.full_matches, whole.len() as u64);
                let parts: BTreeSet<i64> = (0..rows.len())
                    .filter(|at| matching[*at].iter().any(|matches| *matches))
                    .filter(asked)
                    .map(id)
                    .collect();
                prop_assert!(ids(&loose).is_subset(&parts), "{typed:?}");
                prop_assert!(loose.hits.len() <= MAX_SCORED as usize);
                for (rank, hit) in (0_u32..).zip(strict.hits.iter()) {
                    prop_assert_eq!(hit.document.is_some(), rank < MAX_SCORED);
                }
                for hit in strict.hits.iter().chain(&loose.hits) {
                    let at = rows.iter().position(|row| row.id == hit.ticket).unwrap();
                    prop_assert!(hit.document.as_ref().is_none_or(|read| *read == prose[at]));
                }
                let mut counts = counts.borrow_mut();
                let count = if whole.is_empty() {
                    &mut *counts.1
                } else {
                    &mut *counts.0
                };
                *count += 1;
                Ok(())
            })
            .unwrap();
        assert!(some > 50 && none > 50, "{some} found some, {none} none");
    });
}

#[test]
fn every_word_of_every_ticket_is_found() {
    on_each_engine(|store| {
        let mut lost = Vec::new();
        for (id, word) in (1..).zip(WORDS) {
            let mut history = opening(id, "x");
            history.push(next(&history, logged(word)));
            save(store, &history);
        }
        for (id, word) in (1..).zip(WORDS) {
            let none = analysis::tokens(word).next().is_none();
            if !none && !matching_ids(store, word).contains(&id) {
                lost.push(*word);
            }
        }
        // Characters that only some definitions count as letters are not words.
        assert_eq!(lost, ["🅐🅑"]);
    });
}

#[test]
fn what_is_saved_can_be_searched_in_the_same_transaction() {
    on_each_engine(|store| {
        let mut history = opening(1, "Drucker kaputt");
        save(store, &history);
        assert_eq!(matching_ids(store, "Druckern"), [1]);
        let count = history.len();
        history.push(next(&history, logged("xylophone")));
        let corrected = Fact::Corrected(Correction {
            title: Some("Monitor flackert".to_owned()),
            ..Correction::default()
        });
        history.push(next(&history, corrected));
        let row = fixtures::summary(&history);
        let save_rest = |txn: &mut dyn crate::store::Transaction| {
            let based_on = u32::try_from(count).unwrap();
            txn.save(based_on, &history[count..], &row).unwrap();
            let found = txn.search(SearchQuery::parse("xylophone"), true, &Query::all(), at(0));
            assert_eq!(ids(&found.unwrap()), [1].into());
        };
        let mut txn = store.begin(AccessMode::Write).unwrap();
        save_rest(txn.as_mut());
        drop(txn);
        // Rolled back: as if it had never been saved.
        assert_eq!(matching_ids(store, "xylophone"), Vec::<i64>::new());
        assert_eq!(matching_ids(store, "Druckern"), [1]);
        assert_eq!(faults(store), Vec::<String>::new());
        let mut txn = store.begin(AccessMode::Write).unwrap();
        save_rest(txn.as_mut());
        txn.commit().unwrap();
        assert_eq!(matching_ids(store, "xylophone"), [1]);
        for gone in ["Drucker", "Druckern", "kaputt"] {
            assert_eq!(matching_ids(store, gone), Vec::<i64>::new(), "{gone}");
        }
        assert_eq!(faults(store), Vec::<String>::new());
    });
}

#[test]
fn a_rebuilt_index_is_the_same() {
    on_each_engine(|store| {
        let all = histories();
        for history in &all {
            // As it grows: event by event.
            let (first, rest) = history.split_at(1);
            save(store, first);
            for at in 0..rest.len() {
                let so_far = &history[..at + 2];
                let mut txn = store.begin(AccessMode::Write).unwrap();
                let based_on = u32::try_from(at + 1).unwrap();
                txn.save(based_on, &so_far[at + 1..], &fixtures::summary(so_far))
                    .unwrap();
                txn.commit().unwrap();
            }
        }
        let read = || {
            let queries = ["printer Drucker Büro VPN mail", "the", "東京"];
            queries.map(|typed| search(store, typed, false, &Query::all()))
        };
        let before = read();
        assert!(before.iter().all(|found| !found.hits.is_empty()));
        assert_eq!(faults(store), Vec::<String>::new());
        let mut txn = store.begin(AccessMode::Write).unwrap();
        assert_eq!(txn.reindex().unwrap(), all.len() as u64);
        txn.commit().unwrap();
        assert_eq!(read(), before);
        assert_eq!(faults(store), Vec::<String>::new());
    });
}

#[test]
fn a_typo_is_corrected_only_if_the_word_is_not_indexed() {
    on_each_engine(|store| {
        for (id, title) in [
            (1, "certificate expired"),
            (2, "printer jam"),
            (3, "pointer lost"),
        ] {
            save(store, &opening(id, title));
        }
        let found = search(store, "certficate", true, &Query::all());
        assert_eq!(ids(&found), [1].into());
        let slips: Vec<(&str, &str)> = found.query.corrections().collect();
        assert_eq!(slips, [("certficate", "certific")]);
        // Exact words, short ones, phrases and prefixes are never corrected.
        for typed in ["printer", "jma", "\"printre jam\"", "certfi*", "12345"] {
            let found = search(store, typed, true, &Query::all());
            assert_eq!(found.query.corrections().count(), 0, "{typed}");
        }
        assert_eq!(matching_ids(store, "certficate printer"), Vec::<i64>::new());
    });
}

/// Restricts a ticket to Ben, or opens it to all again.
fn restrict(store: &dyn Store, history: &mut Vec<Event>, to: &[&str]) {
    let to: Vec<Agent> = to.iter().map(|name| Agent::from_stored(name)).collect();
    let fact = if to.is_empty() {
        Fact::RestrictionLifted {
            reason: "it is over".to_owned(),
        }
    } else {
        Fact::Restricted { to, reason: None }
    };
    add(store, history, fact);
}

/// Saves another event of a ticket.
fn add(store: &dyn Store, history: &mut Vec<Event>, fact: Fact) {
    let based_on = u32::try_from(history.len()).unwrap();
    history.push(next(history, fact));
    let last = &history[history.len() - 1..];
    let mut txn = store.begin(AccessMode::Write).unwrap();
    txn.save(based_on, last, &fixtures::summary(history))
        .unwrap();
    txn.commit().unwrap();
}

#[test]
fn a_ticket_is_found_while_it_is_restricted_and_afterwards() {
    on_each_engine(|store| {
        let mut secret = opening(1, "certificate expired");
        save(store, &secret);
        save(store, &opening(2, "printer jam"));
        let check = |word: &str| {
            assert_eq!(matching_ids(store, "certificate"), [1]);
            assert_eq!(matching_ids(store, "Roth"), [1, 2]);
            let all = search(store, "printer certficate", false, &Query::all());
            assert_eq!(ids(&all), [1, 2].into());
            assert_eq!(all.document_frequencies, [1, 1]);
            assert_eq!(matching_ids(store, word), [1]);
            assert_eq!(faults(store), Vec::<String>::new());
        };
        restrict(store, &mut secret, &["ben"]);
        check("expired");
        add(store, &mut secret, logged("xylophone"));
        check("xylophone");
        restrict(store, &mut secret, &["ben", "anna"]);
        check("xylophone");
        let mut txn = store.begin(AccessMode::Write).unwrap();
        assert_eq!(txn.reindex().unwrap(), 2);
        txn.commit().unwrap();
        check("xylophone");
        restrict(store, &mut secret, &[]);
        check("xylophone");
        let mut txn = store.begin(AccessMode::Write).unwrap();
        assert_eq!(txn.reindex().unwrap(), 2);
        txn.commit().unwrap();
        check("over");
    });
}

/// A word that no ticket has any more corrects nothing.
#[test]
fn a_word_goes_with_the_last_ticket_that_has_it() {
    on_each_engine(|store| {
        let mut first = opening(1, "certificate");
        let mut second = opening(2, "certificate");
        save(store, &first);
        save(store, &second);
        let corrections = || {
            let found = search(store, "certficate", true, &Query::all());
            found.query.corrections().count()
        };
        let retitled = || {
            Fact::Corrected(Correction {
                title: Some("printer".to_owned()),
                ..Correction::default()
            })
        };
        add(store, &mut first, retitled());
        assert_eq!(corrections(), 1);
        assert_eq!(faults(store), Vec::<String>::new());
        add(store, &mut second, retitled());
        assert_eq!(corrections(), 0);
        assert_eq!(faults(store), Vec::<String>::new());
    });
}

/// However long a text is: positions do not end, words are not counted up to a
/// limit, and a phrase does not go from one field to the next.
#[test]
fn words_and_phrases_are_found_in_long_texts_and_long_words() {
    on_each_engine(|store| {
        let numbers: Vec<String> = (0..25_000).map(|number| format!("n{number}")).collect();
        let far = format!("{} blue screen", numbers.join(" "));
        let often = format!("{}blue screen", "screen blue is screen ".repeat(500));
        for (id, text) in [(1, far.as_str()), (2, &often), (3, "screen blue")] {
            let mut history = opening(id, "blue");
            let fact = Fact::Logged(Note {
                text: Some(text.to_owned()),
                symptoms: vec!["screen".to_owned()],
                ..Note::default()
            });
            history.push(next(&history, fact));
            save(store, &history);
        }
        assert_eq!(matching_ids(store, "\"blue screen\""), [1, 2]);
        assert_eq!(matching_ids(store, "\"screen blue\""), [2, 3]);
        assert_eq!(matching_ids(store, "blue-scr*"), [1, 2]);
        assert_eq!(matching_ids(store, "n24999"), [1]);
        assert_eq!(matching_ids(store, "\"n16382 n16383\""), [1]);
        // All of an address is one word, here one of 2,600 bytes.
        let address = |last: &str| format!("{}{last}", "дддддддддддддддддддддддддд-".repeat(50));
        for (id, last) in [(4, "a"), (5, "b")] {
            let mut history = opening(id, "x");
            if let Fact::Opened(submission) = &mut history[0].fact {
                submission.requester.contact = Some(address(last));
            }
            save(store, &history);
        }
        assert_eq!(matching_ids(store, &address("a")), [4]);
        assert_eq!(matching_ids(store, &address("b")), [5]);
        assert_eq!(matching_ids(store, &address("")), Vec::<i64>::new());
        assert_eq!(faults(store), Vec::<String>::new());
    });
}

#[test]
fn the_rarest_words_and_those_in_titles_are_scored_first() {
    on_each_engine(|store| {
        let mut last = 0;
        let mut add = |title: &str, text: &str| {
            last += 1;
            let mut history = opening(last, title);
            history.push(next(&history, logged(text)));
            save(store, &history);
            last
        };
        let rare = add("paper", "xylophone");
        let titled = add("mail", "paper");
        for _ in 0..MAX_SCORED {
            add("paper", "mail");
        }
        let hits = |typed: &str, all: bool| {
            let found = search(store, typed, all, &Query::all());
            let ids: Vec<i64> = found.hits.iter().map(|hit| hit.ticket.0).collect();
            assert!(found.hits[0].document.is_some());
            ids
        };
        assert_eq!(hits("mail xylophone", false)[0], rare);
        assert_eq!(hits("mail", true)[0], titled);
        assert_eq!(hits("mail", true).len(), MAX_SCORED as usize + 1);
    });
}

#[test]
fn an_empty_store_and_an_empty_search_find_nothing() {
    on_each_engine(|store| {
        for typed in ["", "\"", "vpn", "vpn*"] {
            let found = search(store, typed, true, &Query::all());
            assert_eq!(
                (found.full_matches, found.documents, found.hits.len()),
                (0, 0, 0)
            );
        }
        save(store, &opening(1, "VPN"));
        let found = search(store, "", true, &Query::all());
        assert_eq!((found.full_matches, found.hits.len()), (0, 0));
        assert_eq!(found.documents, 1);
        let txn = store.begin(AccessMode::Read).unwrap();
        let summary = txn.summary(TicketId(1)).unwrap();
        assert!(summary.is_some());
    });
}
