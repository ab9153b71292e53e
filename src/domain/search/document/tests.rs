//! What is written on a ticket, fact by fact.

use proptest::prelude::*;

use super::*;
use crate::domain::event::{Correction, Note};
use crate::domain::fixture::desk;
use crate::domain::search::matcher::tests::held;
use crate::domain::search::query::SearchQuery;

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

fn of(facts: &[Fact]) -> TicketText {
    let mut prose = TicketText::default();
    for fact in facts {
        prose.take(fact);
    }
    prose
}

fn holds(prose: &TicketText, typed: &str) -> bool {
    !held(prose, &SearchQuery::typed(typed)).contains(&false)
}

#[test]
fn each_text_is_in_its_field() {
    let prose = of(&[
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
    assert_eq!(prose.title, "blue");
    assert_eq!(prose.body, "red");
    assert_eq!(prose.log, "green grey");
    assert_eq!(prose.messages, "");
    assert_eq!(prose.remedy, "pink black");
}

#[test]
fn a_corrected_title_replaces_the_one_before_with_all_its_forms() {
    let before = of(&[titled("Drucker PrintSpooler Büro"), logged("x", "Rechnern")]);
    for word in ["Drucker", "Druckern", "spooler", "Büro", "buro", "Rechner"] {
        assert!(holds(&before, word), "{word}");
    }
    let mut after = before;
    after.take(&titled("Monitor flackert"));
    for word in ["Drucker", "Druckern", "spooler", "Büro", "buro"] {
        assert!(!holds(&after, word), "{word}: {after:?}");
    }
    for word in ["Monitor", "Monitore", "Rechner", "Rechnern"] {
        assert!(holds(&after, word), "{word}: {after:?}");
    }
}

#[test]
fn what_was_erased_is_left_out() {
    let mut prose = of(&[titled("Drucker"), logged(ERASED, ERASED)]);
    assert_eq!((prose.log.as_str(), prose.body.as_str()), ("", ""));
    assert!(!holds(&prose, "erased") && holds(&prose, "Drucker"));
    prose.take(&titled(ERASED));
    assert_eq!(prose, TicketText::default());
}

#[test]
fn a_whole_history_is_read() {
    let desk = desk().open_at(3).resolve();
    let prose = TicketText::of(desk.history());
    assert_eq!(prose.title, "vpn drop");
    assert!(!prose.remedy.is_empty(), "{prose:?}");
}

#[test]
fn however_long_a_text_is_its_rare_words_are_there_and_its_terms_are_bounded() {
    let mut text = "the printer in the office prints nothing at all today ".repeat(80_000);
    assert!(text.len() > 4 << 20);
    text.push_str("xylophone Käsekuchen");
    let prose = of(&[logged(&text, "x")]);
    assert!(prose.log.len() <= MOST && prose.log.len() >= WHOLE);
    assert!(prose.log.len() < WHOLE + 1000, "{}", prose.log.len());
    for word in ["xylophone", "printer", "office", "Käsekuchen", "kasekuchen"] {
        assert!(holds(&prose, word), "{word}");
    }
    assert!(!holds(&prose, "zebra"));
}

#[test]
fn more_words_than_there_can_be_are_cut() {
    let words = (0..400_000).map(|n| format!("ä{n}x{n} "));
    let text: String = words.collect();
    let mut prose = of(&[logged(&text, "x")]);
    assert!(prose.log.len() < MOST + 300, "{}", prose.log.len());
    assert!(prose.forms.len() < MOST + 300, "{}", prose.forms.len());
    assert!(holds(&prose, "ä0x0") && !holds(&prose, "ä399999x399999"));
    // Another field has room of its own.
    prose.take(&titled("Drucker"));
    assert!(holds(&prose, "Drucker"));
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
    fn every_field_is_terms_with_single_spaces(facts in facts()) {
        let prose = of(&facts);
        let fields = Field::ALL.into_iter().map(|field| prose.field(field));
        for text in fields {
            if !text.is_empty() {
                let fine = |term: &str| !term.is_empty() && term.chars().all(char::is_alphanumeric);
                prop_assert!(text.split(' ').all(fine), "{text:?}");
            }
        }
    }

    #[test]
    fn only_the_last_title_counts(facts in facts(), last in "[a-zA-Zäß ]{0,20}") {
        let mut with = of(&facts);
        with.take(&titled(&last));
        let title_at = |fact: &&Fact| !matches!(fact, Fact::Corrected(_));
        let rest: Vec<Fact> = facts.iter().filter(title_at).cloned().collect();
        let mut without = of(&rest);
        without.take(&titled(&last));
        prop_assert_eq!(with, without);
    }
}
