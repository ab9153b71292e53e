//! Words and the inflected, compound or split forms of them that must be found,
//! in all six languages.

use super::document::Document;
use super::matcher::tests::matched_groups;
use super::query::SearchQuery;
use crate::domain::event::{Correction, Fact};
use crate::domain::search::term_cache::TermCache;

/// A language, what is typed, and the title of a ticket that it must find.
const PAIRS: &str = include_str!("pairs.tsv");

/// At least this share of the pairs is found.
const LEAST: f64 = 0.9;

fn titled(title: &str) -> Document {
    let mut document = Document::default();
    document.add_fact(
        &Fact::Corrected(Correction {
            title: Some(title.to_owned()),
            ..Correction::default()
        }),
        &mut TermCache::default(),
    );
    document
}

fn finds(typed: &str, title: &str) -> bool {
    !matched_groups(&titled(title), &SearchQuery::parse(typed)).contains(&false)
}

fn pairs() -> Vec<[&'static str; 3]> {
    let rows = PAIRS
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|row| row.try_into().unwrap()).collect()
}

#[test]
fn words_are_found_in_other_forms() {
    let pairs = pairs();
    assert!(pairs.len() >= 100, "{}", pairs.len());
    let missed: Vec<_> = pairs
        .iter()
        .filter(|[_, typed, title]| !finds(typed, title))
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "some hundred")]
    let share = 1.0 - missed.len() as f64 / pairs.len() as f64;
    assert!(share >= LEAST, "{share:.3}: {missed:#?}");
}

/// The same words do not find the titles of other pairs, save a few.
#[test]
fn other_texts_are_not_found() {
    let pairs = pairs();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for [language, typed, title] in &pairs {
        for [other, _, unrelated] in &pairs {
            if language != other || title == unrelated || finds_a_word(typed, unrelated) {
                continue;
            }
            compared += 1;
            if finds(typed, unrelated) {
                wrong.push(format!("{typed}: {unrelated}"));
            }
        }
    }
    assert!(wrong.len() * 100 <= compared, "{wrong:#?}");
}

/// Whether a title has the beginning of a typed word in it, and may be meant.
fn finds_a_word(typed: &str, title: &str) -> bool {
    let title = title.to_lowercase();
    let mut words = typed.split(' ').map(str::to_lowercase);
    words.any(|word| title.contains(&*word.chars().take(4).collect::<String>()))
}
