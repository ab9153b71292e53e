//! Documents, built fact by fact.

use crate::domain::search::term_cache::TermCache;
use proptest::prelude::*;

use super::*;
use crate::domain::event::{Correction, Note};
use crate::domain::search::matcher::tests::matched_groups;
use crate::domain::search::query::SearchQuery;
use crate::testing::ticket_story::desk;

fn titled(title: &str) -> Fact {
    Fact::Corrected(Correction {
        title: Some(title.to_owned()),
        ..Correction::default()
    })
}

fn logged(text: &str, symptom: &str) -> Fact {
    Fact::Logged(Note {
        text: Some(text.to_owned()),
        symptoms: vec![symptom.to_owned()],
        ..Note::default()
    })
}

fn document_of(facts: &[Fact]) -> Document {
    let mut document = Document::default();
    for fact in facts {
        document.add_fact(fact, &mut TermCache::default());
    }
    document
}

fn contains(document: &Document, typed: &str) -> bool {
    !matched_groups(document, &SearchQuery::parse(typed)).contains(&false)
}

#[test]
fn each_text_goes_to_its_field() {
    let document = document_of(&[
        titled("blue"),
        logged("green", "red"),
        Fact::Reopened {
            reason: "grey".to_owned(),
        },
        Fact::KnownErrorMarked {
            workaround: "pink".to_owned(),
            cause: Some("black".to_owned()),
        },
    ]);
    assert_eq!(document.title, "blue");
    assert_eq!(document.body, "red");
    assert_eq!(document.log, "green grey");
    assert_eq!(document.messages, "");
    assert_eq!(document.resolution, "pink black");
}

#[test]
fn a_corrected_title_replaces_the_previous_one_with_its_variants() {
    let before = document_of(&[titled("Drucker PrintSpooler Büro"), logged("x", "Rechnern")]);
    for word in ["Drucker", "Druckern", "spooler", "Büro", "buro", "Rechner"] {
        assert!(contains(&before, word), "{word}");
    }
    let mut after = before;
    after.add_fact(&titled("Monitor flackert"), &mut TermCache::default());
    for word in ["Drucker", "Druckern", "spooler", "Büro", "buro"] {
        assert!(!contains(&after, word), "{word}: {after:?}");
    }
    for word in ["Monitor", "Monitore", "Rechner", "Rechnern"] {
        assert!(contains(&after, word), "{word}: {after:?}");
    }
}

#[test]
fn erased_texts_are_left_out() {
    let mut document = document_of(&[titled("Drucker"), logged(ERASED, ERASED)]);
    assert_eq!((document.log.as_str(), document.body.as_str()), ("", ""));
    assert!(!contains(&document, "erased") && contains(&document, "Drucker"));
    document.add_fact(&titled(ERASED), &mut TermCache::default());
    assert_eq!(document, Document::default());
}

#[test]
fn a_document_is_built_from_a_history() {
    let desk = desk().open_at(3).resolve();
    let document = Document::from_history(desk.history(), &mut TermCache::default());
    assert_eq!(document.title, "vpn drop");
    assert!(!document.resolution.is_empty(), "{document:?}");
}

#[test]
fn a_very_long_text_keeps_its_rare_words_and_repeats_no_others() {
    let mut text = "the printer in the office prints nothing at all today ".repeat(80_000);
    assert!(text.len() > 4 << 20);
    text.push_str("xylophone Käsekuchen");
    let document = document_of(&[logged(&text, "x")]);
    assert!(document.log.len() <= MAX_FIELD_BYTES && document.log.len() >= FULL_TEXT_BYTES);
    assert!(
        document.log.len() < FULL_TEXT_BYTES + 1000,
        "{}",
        document.log.len()
    );
    for word in ["xylophone", "printer", "office", "Käsekuchen", "kasekuchen"] {
        assert!(contains(&document, word), "{word}");
    }
    assert!(!contains(&document, "zebra"));
}

#[test]
fn a_field_drops_terms_beyond_its_maximum_size() {
    let words = (0..400_000).map(|n| format!("ä{n}x{n} "));
    let text: String = words.collect();
    let mut document = document_of(&[logged(&text, "x")]);
    assert!(
        document.log.len() < MAX_FIELD_BYTES + 300,
        "{}",
        document.log.len()
    );
    assert!(
        document.variants.len() < MAX_FIELD_BYTES + 300,
        "{}",
        document.variants.len()
    );
    assert!(contains(&document, "ä0x0") && !contains(&document, "ä399999x399999"));
    // Each field has its own limit.
    document.add_fact(&titled("Drucker"), &mut TermCache::default());
    assert!(contains(&document, "Drucker"));
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let text = prop_oneof![
        "[a-zäß ]{0,40}",
        "\\PC{0,30}",
        Just("Der Drucker im Büro druckt nicht".to_owned()),
        Just("PrintSpooler Fehler".to_owned()),
        Just(ERASED.to_owned()),
    ];
    let fact = (text.clone(), text, 0..5).prop_map(|(one, two, which)| match which {
        0 => titled(&one),
        1 => Fact::Reopened { reason: one },
        2 => Fact::KnownErrorMarked {
            workaround: one,
            cause: Some(two),
        },
        _ => logged(&one, &two),
    });
    proptest::collection::vec(fact, 0..8)
}

proptest! {
    #[test]
    fn every_field_is_terms_separated_by_single_spaces(facts in facts()) {
        let document = document_of(&facts);
        let fields = Field::ALL.into_iter().map(|field| document.field(field));
        for text in fields {
            if !text.is_empty() {
                let valid = |term: &str| !term.is_empty() && term.chars().all(char::is_alphanumeric);
                prop_assert!(text.split(' ').all(valid), "{text:?}");
            }
        }
    }

    #[test]
    fn only_the_last_title_counts(facts in facts(), last in "[a-zA-Zäß ]{0,20}") {
        let mut with = document_of(&facts);
        with.add_fact(&titled(&last), &mut TermCache::default());
        let no_title = |fact: &&Fact| !matches!(fact, Fact::Corrected(_));
        let rest: Vec<Fact> = facts.iter().filter(no_title).cloned().collect();
        let mut without = document_of(&rest);
        without.add_fact(&titled(&last), &mut TermCache::default());
        prop_assert_eq!(with, without);
    }
}
