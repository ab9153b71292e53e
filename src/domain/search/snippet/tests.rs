//! Highlights and snippets of any text.

use proptest::prelude::*;

use super::*;
use crate::domain::event::{Fact, Note};
use crate::domain::search::query::SearchQuery;
use crate::testing::cases;
use crate::testing::ticket_story::desk;

fn highlighted(text: &str, typed: &str) -> String {
    let query = SearchQuery::parse(typed);
    let matcher = Matcher::new(&query);
    let highlights = highlights(text, &matcher);
    let mut highlighted = String::new();
    let mut end = 0;
    for (at, _) in highlights {
        highlighted += &text[end..at.start];
        highlighted += &format!("[{}]", &text[at.clone()]);
        end = at.end;
    }
    highlighted + &text[end..]
}

#[test]
fn matches_are_highlighted_in_the_original_text() {
    assert_eq!(
        highlighted("The printers in the hall: PRINTED nothing.", "print"),
        "The printers in the hall: [PRINTED] nothing."
    );
    assert_eq!(
        highlighted("Die Drucker im Büro sind nicht da", "druckern buro"),
        "Die [Drucker] im [Büro] sind nicht da"
    );
    assert_eq!(
        highlighted("blue, screen; screen blue", "\"blue screen\""),
        "[blue], [screen]; screen blue"
    );
    assert_eq!(highlighted("nothing of it", "xyz"), "nothing of it");
    assert_eq!(highlighted("", "xyz"), "");
}

#[test]
fn matches_of_variants_are_highlighted_too() {
    assert_eq!(
        highlighted("Drucker kaputt", "Druckern"),
        "[Drucker] kaputt"
    );
    assert_eq!(
        highlighted("PrintSpooler stops", "spooler"),
        "[PrintSpooler] stops"
    );
    assert_eq!(
        highlighted("il résumé della città non va", "resume"),
        "il [résumé] della città non va"
    );
}

fn snippet_of(texts: &[&str], typed: &str) -> Option<Snippet> {
    let mut history = desk().open().history().to_vec();
    for text in texts {
        let mut event = history[0].clone();
        event.fact = Fact::Logged(Note {
            text: Some((*text).to_owned()),
            ..Note::default()
        });
        history.push(event);
    }
    let query = SearchQuery::parse(typed);
    best_snippet(&history, &Matcher::new(&query), query.groups.len())
}

#[test]
fn a_snippet_shows_the_passage_with_most_matches_in_context() {
    let filler = "nothing to see here ".repeat(40);
    let text = format!("A toner. {filler} The toner of the printer is empty. {filler}");
    let snippet = snippet_of(&["printer", &text], "printer toner").unwrap();
    assert_eq!(snippet.field, Field::Log);
    assert!(snippet.text.contains("toner of the printer"), "{snippet:?}");
    assert_eq!(
        (snippet.truncated, snippet.highlights.len()),
        ((true, true), 2)
    );
    let snippet = snippet_of(&["The printer is empty!"], "printer").unwrap();
    assert_eq!(snippet.text, "The printer is empty!");
    assert_eq!(snippet.truncated, (false, false));
    assert_eq!(snippet_of(&["The printer"], "xyz"), None);
    // The title is shown anyway.
    assert_eq!(snippet_of(&["The printer"], "vpn"), None);
}

#[test]
fn a_snippet_stays_short_even_with_very_long_words() {
    let long = "ä".repeat(20_000);
    for text in [
        format!("the vpn {long} of all"),
        format!("{long} the vpn"),
        format!("{} vpn {} vpn", "=".repeat(50_000), "=".repeat(50_000)),
        format!("{long}vpn {long} vpn"),
    ] {
        let snippet = snippet_of(&[&text], "vpn").unwrap();
        assert!(snippet.text.len() <= MAX_BYTES, "{}", snippet.text.len());
        let highlight = snippet.highlights.first().unwrap().clone();
        assert_eq!(&snippet.text[highlight], "vpn");
    }
    let snippet = snippet_of(&[&long], &format!("{}*", &long[..10])).unwrap();
    assert_eq!(
        (snippet.text.len(), snippet.highlights.len()),
        (MAX_BYTES, 1)
    );
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn highlights_are_ordered_ranges_of_the_text(
        text in prop_oneof![any::<String>(), "([a-zäß東京\u{301}]{1,4}[ .,]){0,80}"],
        other in "([a-zäß東京\u{301}]{1,4} ){0,30}",
        pick in any::<proptest::sample::Index>(),
        typed in "[a-zäß東\"* ]{0,20}",
    ) {
        let words: Vec<&str> = analysis::tokens(&text).map(|word| word.text).collect();
        let from_text = if words.is_empty() { "x" } else { words[pick.index(words.len())] };
        for typed in [typed.as_str(), from_text] {
            let query = SearchQuery::parse(typed);
            let matcher = Matcher::new(&query);
            let found = highlights(&text, &matcher);
            let mut end = 0;
            for (at, group) in &found {
                prop_assert!(at.start >= end && at.end > at.start && at.end <= text.len());
                prop_assert!(text.get(at.clone()).is_some());
                prop_assert!(*group < query.groups.len());
                end = at.end;
            }
            let snippet = snippet_of(&[&other, &text], typed);
            if let Some(snippet) = &snippet {
                let whole = [text.as_str(), other.as_str(), "VPN drops"];
                prop_assert!(whole.iter().any(|whole| whole.contains(&snippet.text)));
                let mut end = 0;
                for at in &snippet.highlights {
                    prop_assert!(at.start >= end && snippet.text.get(at.clone()).is_some());
                    end = at.end;
                }
                prop_assert!(!snippet.highlights.is_empty());
            }
            if typed == from_text && !query.is_empty() && !words.is_empty() {
                prop_assert!(!found.is_empty(), "{typed:?} is not highlighted in {text:?}");
                prop_assert!(snippet.is_some());
            }
        }
    }
}
