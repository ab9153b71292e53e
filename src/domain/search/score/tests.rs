//! Scores: their order, and that they stay between 0 and 1.

use crate::domain::search::term_cache::TermCache;
use proptest::prelude::*;

use super::*;
use crate::domain::event::{Correction, Fact, Note};
use crate::domain::search::Hit;
use crate::domain::search::matcher::tests::matched_groups;
use crate::domain::search::query::SearchQuery;

fn document(title: &str, body: &str) -> Document {
    let mut document = Document::default();
    document.add_fact(
        &Fact::Corrected(Correction {
            title: Some(title.to_owned()),
            ..Correction::default()
        }),
        &mut TermCache::default(),
    );
    document.add_fact(
        &Fact::Logged(Note {
            symptoms: vec![body.to_owned()],
            ..Note::default()
        }),
        &mut TermCache::default(),
    );
    document
}

/// The hits and statistics that a store would return for these texts.
fn hits_for(typed: &str, texts: &[(&str, &str)]) -> SearchHits {
    hits_among(typed, texts.iter().map(|(t, b)| document(t, b)).collect())
}

fn hits_among(typed: &str, all: Vec<Document>) -> SearchHits {
    let query = SearchQuery::parse(typed);
    let frequency = |group: usize| {
        let containing = all
            .iter()
            .filter(|document| matched_groups(document, &query)[group]);
        containing.count() as u64
    };
    let document_frequencies = (0..query.groups.len()).map(frequency).collect();
    let documents = all.len() as u64;
    let hits = (1..).zip(all).map(|(id, document)| Hit {
        ticket: TicketId(id),
        document: Some(document),
    });
    SearchHits {
        match_all: false,
        document_frequencies,
        documents,
        full_matches: 0,
        hits: hits.collect(),
        query,
    }
}

fn order(typed: &str, texts: &[(&str, &str)]) -> Vec<i64> {
    let scored = rank(&hits_for(typed, texts));
    scored.into_iter().map(|one| one.ticket.0).collect()
}

const OTHERS: [(&str, &str); 3] = [("mail", "x"), ("badge", "y"), ("screen", "z")];

#[test]
fn more_matching_words_score_higher() {
    let mut texts = vec![
        ("printer", "of paper"),
        ("printer", "toner is empty"),
        ("nothing", "of this"),
    ];
    texts.extend(OTHERS);
    let scored = rank(&hits_for("printer toner", &texts));
    assert_eq!(scored[0].ticket, TicketId(2));
    assert_eq!(scored[1].ticket, TicketId(1));
    assert!(scored[0].score > scored[1].score);
    assert!(scored[2].score < 1e-12);
}

#[test]
fn a_match_in_the_title_outweighs_one_in_the_body() {
    let mut texts = vec![("word", "printer one"), ("printer", "word one")];
    texts.extend(OTHERS);
    assert_eq!(order("printer", &texts)[0], 2);
}

/// An answer that says each word of the question twice, in a message and in the
/// resolution, is less than a title with them.
#[test]
fn a_title_outweighs_the_same_words_in_a_long_answer() {
    let answer = "the badge of the door was set and after that the door knew the badge ".to_owned()
        + &"please start the machine and call us if this does not help ".repeat(8);
    let other = "the toner was empty and a new one is on its way ".repeat(8);
    let with_answer = |title: &str, answer: &str| {
        let mut document = document(title, answer);
        document.messages = std::mem::take(&mut document.body);
        document.resolution.clone_from(&document.messages);
        document
    };
    let answered = with_answer("canteen menu", &answer);
    let titled = with_answer("door badge", &other);
    let mut all = vec![answered, titled];
    all.extend(["slow mail", "blank screen"].map(|title| document(title, "z")));
    let scored = rank(&hits_among("badge of the door", all));
    assert_eq!(scored[0].ticket, TicketId(2), "{scored:?}");
}

#[test]
fn a_rare_word_outweighs_a_common_one() {
    let texts = [
        ("printer", "a"),
        ("printer", "b"),
        ("printer", "c"),
        ("toner", "d"),
    ];
    assert_eq!(order("printer toner", &texts)[0], 4);
}

#[test]
fn adjacent_words_score_higher() {
    let mut texts = vec![("screen is blue", "one"), ("is blue screen", "one")];
    texts.extend(OTHERS);
    assert_eq!(order("blue screen", &texts)[0], 2);
}

#[test]
fn a_match_in_a_short_text_outweighs_one_in_a_long_text() {
    let long = "word and other things that are told at length ".repeat(20);
    let long = format!("printer {long}");
    let mut texts = vec![("x", long.as_str()), ("x", "printer jam")];
    texts.extend(OTHERS);
    assert_eq!(order("printer", &texts)[0], 2);
}

#[test]
fn equal_scores_keep_their_order_and_unloaded_hits_are_left_out() {
    let texts = [("printer", "x"), ("printer", "x"), ("printer", "x")];
    assert_eq!(order("printer", &texts), [1, 2, 3]);
    let mut found = hits_for("printer", &texts);
    found.hits[1].document = None;
    let ids: Vec<i64> = rank(&found).iter().map(|one| one.ticket.0).collect();
    assert_eq!(ids, [1, 3]);
    found.hits.clear();
    assert_eq!(rank(&found), []);
    assert_eq!(rank(&hits_for("", &texts)).len(), 3);
}

proptest! {
    #[test]
    fn scores_are_between_0_and_1(
        typed in "[a-d\" *]{0,12}( [a-d]{1,2}){0,6}",
        texts in proptest::collection::vec(("([a-d]{1,2} ){0,6}", "([a-d]{1,2} ){0,30}"), 0..12),
        tickets in 0_u64..5,
    ) {
        let texts: Vec<(&str, &str)> = texts.iter().map(|(t, b)| (t.as_str(), b.as_str())).collect();
        let mut found = hits_for(&typed, &texts);
        // The statistics of a store may be older than its index.
        if tickets > 0 {
            found.documents = tickets;
        }
        let scored = rank(&found);
        prop_assert_eq!(scored.len(), texts.len());
        for one in &scored {
            prop_assert!((0.0..=1.0).contains(&one.score), "{:?}", one);
        }
        prop_assert!(scored.is_sorted_by(|a, b| a.score >= b.score));
    }
}

#[test]
fn display_scores_keep_the_order_and_use_the_range() {
    assert_eq!((display_score(0.0), display_score(1.0)), (0.0, 1.0));
    let steps: Vec<f64> = (0..=20)
        .map(|n| display_score(f64::from(n) / 20.0))
        .collect();
    assert!(steps.windows(2).all(|pair| pair[0] < pair[1]), "{steps:?}");
    // A title with the same words, and nothing else.
    let same = rank(&hits_for(
        "mail server silent",
        &[("mail server silent", "x"), ("printer", "y")],
    ));
    assert!(display_score(same[0].score) > 0.8, "{same:?}");
}
