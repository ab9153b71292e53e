//! How close: more of what is sought is closer, and all of it is within 1.

use proptest::prelude::*;

use super::*;
use crate::domain::event::{Correction, Fact, Note};
use crate::domain::search::Hit;
use crate::domain::search::matcher::tests::held;
use crate::domain::search::query::SearchQuery;

fn prose(title: &str, body: &str) -> TicketText {
    let mut prose = TicketText::default();
    prose.take(&Fact::Corrected(Correction {
        title: Some(title.to_owned()),
        ..Correction::default()
    }));
    prose.take(&Fact::Logged(Note {
        symptoms: vec![body.to_owned()],
        ..Note::default()
    }));
    prose
}

/// What a store would find among these.
fn found(typed: &str, texts: &[(&str, &str)]) -> Found {
    let sought = SearchQuery::typed(typed);
    let all: Vec<TicketText> = texts.iter().map(|(t, b)| prose(t, b)).collect();
    let holds = |group: usize| {
        let there = all.iter().filter(|prose| held(prose, &sought)[group]);
        there.count() as u64
    };
    let holders = (0..sought.groups.len()).map(holds).collect();
    let hits = (1..).zip(all.clone()).map(|(id, prose)| Hit {
        ticket: TicketId(id),
        prose: Some(prose),
    });
    Found {
        holders,
        tickets: all.len() as u64,
        whole: 0,
        hits: hits.collect(),
        sought,
    }
}

fn order(typed: &str, texts: &[(&str, &str)]) -> Vec<i64> {
    let close = rank(&found(typed, texts));
    close.into_iter().map(|one| one.ticket.0).collect()
}

const OTHERS: [(&str, &str); 3] = [("mail", "x"), ("badge", "y"), ("screen", "z")];

#[test]
fn more_of_what_is_sought_is_closer() {
    let mut texts = vec![
        ("printer", "of paper"),
        ("printer", "toner is empty"),
        ("nothing", "of this"),
    ];
    texts.extend(OTHERS);
    let close = rank(&found("printer toner", &texts));
    assert_eq!(close[0].ticket, TicketId(2));
    assert_eq!(close[1].ticket, TicketId(1));
    assert!(close[0].closeness > close[1].closeness);
    assert!(close[2].closeness < 1e-12);
}

#[test]
fn a_word_in_the_title_counts_more_than_one_in_the_text() {
    let mut texts = vec![("word", "printer one"), ("printer", "word one")];
    texts.extend(OTHERS);
    assert_eq!(order("printer", &texts)[0], 2);
}

#[test]
fn a_rare_word_tells_more_than_a_common_one() {
    let texts = [
        ("printer", "a"),
        ("printer", "b"),
        ("printer", "c"),
        ("toner", "d"),
    ];
    assert_eq!(order("printer toner", &texts)[0], 4);
}

#[test]
fn words_that_stand_together_are_closer() {
    let mut texts = vec![("screen is blue", "one"), ("is blue screen", "one")];
    texts.extend(OTHERS);
    assert_eq!(order("blue screen", &texts)[0], 2);
}

#[test]
fn a_short_text_says_more_than_a_long_one() {
    let long = "word and other things that are told at length ".repeat(20);
    let long = format!("printer {long}");
    let mut texts = vec![("x", long.as_str()), ("x", "printer jam")];
    texts.extend(OTHERS);
    assert_eq!(order("printer", &texts)[0], 2);
}

#[test]
fn equals_keep_their_order_and_what_was_not_read_is_left_out() {
    let texts = [("printer", "x"), ("printer", "x"), ("printer", "x")];
    assert_eq!(order("printer", &texts), [1, 2, 3]);
    let mut found = found("printer", &texts);
    found.hits[1].prose = None;
    let ids: Vec<i64> = rank(&found).iter().map(|one| one.ticket.0).collect();
    assert_eq!(ids, [1, 3]);
    found.hits.clear();
    assert_eq!(rank(&found), []);
    assert_eq!(rank(&self::found("", &texts)).len(), 3);
}

proptest! {
    #[test]
    fn closeness_is_a_share(
        typed in "[a-d\" *]{0,12}( [a-d]{1,2}){0,6}",
        texts in proptest::collection::vec(("([a-d]{1,2} ){0,6}", "([a-d]{1,2} ){0,30}"), 0..12),
        tickets in 0_u64..5,
    ) {
        let texts: Vec<(&str, &str)> = texts.iter().map(|(t, b)| (t.as_str(), b.as_str())).collect();
        let mut found = found(&typed, &texts);
        // A store may know of fewer tickets than hold a word, for a moment.
        if tickets > 0 {
            found.tickets = tickets;
        }
        let close = rank(&found);
        prop_assert_eq!(close.len(), texts.len());
        for one in &close {
            prop_assert!((0.0..=1.0).contains(&one.closeness), "{:?}", one);
        }
        prop_assert!(close.is_sorted_by(|a, b| a.closeness >= b.closeness));
    }
}

#[test]
fn closeness_is_told_in_the_same_order_and_sounds_like_what_it_is() {
    assert_eq!((told(0.0), told(1.0)), (0.0, 1.0));
    let steps: Vec<f64> = (0..=20).map(|n| told(f64::from(n) / 20.0)).collect();
    assert!(steps.windows(2).all(|pair| pair[0] < pair[1]), "{steps:?}");
    // A title with the same words, and nothing else.
    let same = rank(&found(
        "mail server silent",
        &[("mail server silent", "x"), ("printer", "y")],
    ));
    assert!(told(same[0].closeness) > 0.8, "{same:?}");
}
