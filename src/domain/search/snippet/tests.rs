//! Marks and excerpts, on any text.

use proptest::prelude::*;

use super::*;
use crate::domain::event::{Fact, Note};
use crate::domain::fixture::desk;
use crate::domain::search::query::SearchQuery;

fn shown(text: &str, typed: &str) -> String {
    let sought = SearchQuery::typed(typed);
    let matcher = Matcher::of(&sought);
    let marks = marks(text, &matcher);
    let mut shown = String::new();
    let mut end = 0;
    for (at, _) in marks {
        shown += &text[end..at.start];
        shown += &format!("[{}]", &text[at.clone()]);
        end = at.end;
    }
    shown + &text[end..]
}

#[test]
fn what_is_sought_is_marked_as_it_was_written() {
    assert_eq!(
        shown("The printers in the hall: PRINTED nothing.", "print"),
        "The printers in the hall: [PRINTED] nothing."
    );
    assert_eq!(
        shown("Die Drucker im Büro sind nicht da", "druckern buro"),
        "Die [Drucker] im [Büro] sind nicht da"
    );
    assert_eq!(
        shown("blue, screen; screen blue", "\"blue screen\""),
        "[blue], [screen]; screen blue"
    );
    assert_eq!(shown("nothing of it", "xyz"), "nothing of it");
    assert_eq!(shown("", "xyz"), "");
}

#[test]
fn what_is_found_by_another_form_is_marked_too() {
    assert_eq!(shown("Drucker kaputt", "Druckern"), "[Drucker] kaputt");
    assert_eq!(
        shown("PrintSpooler stops", "spooler"),
        "[PrintSpooler] stops"
    );
    assert_eq!(
        shown("il résumé della città non va", "resume"),
        "il [résumé] della città non va"
    );
}

fn best_of(texts: &[&str], typed: &str) -> Option<Excerpt> {
    let mut history = desk().open().history().to_vec();
    for text in texts {
        let mut event = history[0].clone();
        event.fact = Fact::Logged(Note {
            text: Some((*text).to_owned()),
            ..Note::default()
        });
        history.push(event);
    }
    let sought = SearchQuery::typed(typed);
    best(&history, &Matcher::of(&sought), sought.groups.len())
}

#[test]
fn the_place_with_most_of_it_is_shown_with_what_is_around() {
    let filler = "nothing to see here ".repeat(40);
    let text = format!("A toner. {filler} The toner of the printer is empty. {filler}");
    let excerpt = best_of(&["printer", &text], "printer toner").unwrap();
    assert_eq!(excerpt.field, Field::Log);
    assert!(excerpt.text.contains("toner of the printer"), "{excerpt:?}");
    assert_eq!((excerpt.cut, excerpt.marks.len()), ((true, true), 2));
    let excerpt = best_of(&["The printer is empty!"], "printer").unwrap();
    assert_eq!(excerpt.text, "The printer is empty!");
    assert_eq!(excerpt.cut, (false, false));
    assert_eq!(best_of(&["The printer"], "xyz"), None);
    // The title is not shown twice.
    assert_eq!(best_of(&["The printer"], "vpn"), None);
}

#[test]
fn an_excerpt_stays_short_however_long_a_word_is() {
    let long = "ä".repeat(20_000);
    for text in [
        format!("the vpn {long} of all"),
        format!("{long} the vpn"),
        format!("{} vpn {} vpn", "=".repeat(50_000), "=".repeat(50_000)),
        format!("{long}vpn {long} vpn"),
    ] {
        let excerpt = best_of(&[&text], "vpn").unwrap();
        assert!(excerpt.text.len() <= LONG, "{}", excerpt.text.len());
        let mark = excerpt.marks.first().unwrap().clone();
        assert_eq!(&excerpt.text[mark], "vpn");
    }
    let excerpt = best_of(&[&long], &format!("{}*", &long[..10])).unwrap();
    assert_eq!((excerpt.text.len(), excerpt.marks.len()), (LONG, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn marks_lie_in_the_text_on_letters_and_in_order(
        text in prop_oneof![any::<String>(), "([a-zäß東京\u{301}]{1,4}[ .,]){0,80}"],
        other in "([a-zäß東京\u{301}]{1,4} ){0,30}",
        pick in any::<proptest::sample::Index>(),
        typed in "[a-zäß東\"* ]{0,20}",
    ) {
        let words: Vec<&str> = analysis::words(&text).map(|word| word.text).collect();
        let from_text = if words.is_empty() { "x" } else { words[pick.index(words.len())] };
        for typed in [typed.as_str(), from_text] {
            let sought = SearchQuery::typed(typed);
            let matcher = Matcher::of(&sought);
            let found = marks(&text, &matcher);
            let mut end = 0;
            for (at, group) in &found {
                prop_assert!(at.start >= end && at.end > at.start && at.end <= text.len());
                prop_assert!(text.get(at.clone()).is_some());
                prop_assert!(*group < sought.groups.len());
                end = at.end;
            }
            let excerpt = best_of(&[&other, &text], typed);
            if let Some(excerpt) = &excerpt {
                let whole = [text.as_str(), other.as_str(), "VPN drops"];
                prop_assert!(whole.iter().any(|whole| whole.contains(&excerpt.text)));
                let mut end = 0;
                for at in &excerpt.marks {
                    prop_assert!(at.start >= end && excerpt.text.get(at.clone()).is_some());
                    end = at.end;
                }
                prop_assert!(!excerpt.marks.is_empty());
            }
            if typed == from_text && !sought.is_empty() && !words.is_empty() {
                prop_assert!(!found.is_empty(), "{typed:?} is not marked in {text:?}");
                prop_assert!(excerpt.is_some());
            }
        }
    }
}
