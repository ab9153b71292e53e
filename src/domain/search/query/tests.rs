//! Query parsing: any text is a valid query.

use proptest::prelude::*;

use super::*;
use crate::testing::cases;

fn parsed(text: &str) -> Vec<String> {
    let query = SearchQuery::parse(text);
    query.groups.into_iter().map(|group| group.typed).collect()
}

fn first_variant(text: &str) -> TermVariant {
    SearchQuery::parse(text).groups[0].variants[0].clone()
}

#[test]
fn a_text_without_words_is_an_empty_query() {
    for text in [
        "",
        " ",
        "\"",
        "\"\"\"",
        "*",
        "**",
        "-",
        "(",
        "👍",
        "👍🏽 ❤\u{fe0f}",
        "\u{1}\u{2}\u{7}",
        "\u{202e}",
        "\u{200f}\u{200e}",
        "\u{feff}",
        "\"*\"",
        ":",
        "^",
        "{}",
        "+ - *",
    ] {
        let query = SearchQuery::parse(text);
        assert!(
            query.is_empty() && query.dropped_words == 0,
            "{text:?}: {query:?}"
        );
        assert!(
            SearchQuery::similar_to(&[(text, 1.0)]).is_empty(),
            "{text:?}"
        );
    }
}

#[test]
fn there_is_no_syntax() {
    assert_eq!(parsed("a-b"), ["a b"]);
    assert_eq!(parsed("NEAR("), ["NEAR"]);
    assert_eq!(parsed("title:vpn"), ["title vpn"]);
    assert_eq!(parsed("AND OR NOT"), ["AND", "OR", "NOT"]);
    assert_eq!(parsed("vpn AND printer"), ["vpn", "printer"]);
    assert_eq!(
        parsed("'; DROP TABLE prose; --"),
        ["DROP", "TABLE", "prose"]
    );
    assert_eq!(parsed("^vpn"), ["vpn"]);
    assert_eq!(parsed("{vpn printer}"), ["vpn", "printer"]);
    assert_eq!(parsed("vpn\u{202e}printer"), ["vpn", "printer"]);
    assert_eq!(parsed("it's"), ["it s"]);
    assert_eq!(parsed("mia@example.org"), ["mia example org"]);
}

#[test]
fn quoted_words_are_a_phrase_and_the_closing_quote_is_optional() {
    assert_eq!(parsed("\"blue screen\" vpn"), ["blue screen", "vpn"]);
    assert_eq!(parsed("vpn \"blue screen"), ["vpn", "blue screen"]);
    assert_eq!(parsed("vpn\""), ["vpn"]);
    assert_eq!(parsed("\"\" vpn \"\""), ["vpn"]);
    assert_eq!(first_variant("\"blue screens\"").terms, ["blue", "screen"]);
}

#[test]
fn a_star_makes_a_prefix_only_after_a_word() {
    let variant = first_variant("Druck*");
    assert!(variant.prefix && variant.terms == ["druck"]);
    assert!(first_variant("Büros*").terms == ["buros"]);
    assert!(!first_variant("*druck").prefix);
    assert!(!first_variant("\"druck*\"").prefix);
    let variant = first_variant("blue-scr*");
    assert!(variant.prefix && variant.terms == ["blue", "scr"]);
    assert_eq!(parsed("a*b"), ["a", "b"]);
    let variant = first_variant("東京都*");
    assert!(variant.terms == ["東京", "京都"], "{variant:?}");
}

#[test]
fn stop_words_count_only_if_there_is_nothing_else() {
    assert_eq!(parsed("the printer is not there"), ["printer"]);
    assert_eq!(parsed("der Drucker ist nicht da"), ["Drucker"]);
    assert_eq!(parsed("the is not"), ["the", "is", "not"]);
    assert_eq!(parsed("who"), ["who"]);
    assert_eq!(parsed("the* printer"), ["the", "printer"]);
    assert_eq!(parsed("\"to be\" printer"), ["to be", "printer"]);
}

#[test]
fn the_same_word_counts_once() {
    assert_eq!(parsed("vpn VPN vpn"), ["vpn"]);
    assert_eq!(parsed("Büro buro BÜRO"), ["Büro"]);
    assert_eq!(parsed("vpn vpn*"), ["vpn", "vpn"]);
}

#[test]
fn words_beyond_the_maximum_are_dropped_and_counted() {
    let most = u32::try_from(MAX_GROUPS).unwrap();
    let many = |count: u32| -> String { (0..count).map(|n| format!("w{n}x ")).collect() };
    let query = SearchQuery::parse(&many(most));
    assert_eq!((query.groups.len(), query.dropped_words), (MAX_GROUPS, 0));
    let query = SearchQuery::parse(&many(10_000));
    assert_eq!(
        (query.groups.len(), query.dropped_words),
        (MAX_GROUPS, 10_000 - MAX_GROUPS)
    );
    let query = SearchQuery::similar_to(&[(&many(10_000), 1.0)]);
    assert_eq!(query.groups.len(), MAX_GROUPS);
    assert!(query.dropped_words > 0);
}

#[test]
fn a_very_long_word_is_one_group() {
    for word in [
        "a".repeat(1 << 20),
        "ä".repeat(1 << 19),
        "東".repeat(1 << 18),
    ] {
        let query = SearchQuery::parse(&word);
        assert_eq!(query.groups.len(), 1);
        let variants = &query.groups[0].variants;
        assert!(
            variants
                .iter()
                .all(|variant| variant.terms.concat().len() < 2000)
        );
        assert_eq!(SearchQuery::similar_to(&[(&word, 1.0)]).groups.len(), 1);
    }
}

#[test]
fn similarity_queries_include_synonyms() {
    let has_term = |query: &SearchQuery, term: &str| {
        let variants = query.groups.iter().flat_map(|group| &group.variants);
        variants.into_iter().any(|variant| variant.terms == [term])
    };
    let like = SearchQuery::similar_to(&[("my laptop is frozen", 1.0)]);
    assert!(has_term(&like, "freez"), "{like:?}");
    assert!(!has_term(&SearchQuery::parse("frozen"), "freez"));
    // The list does not apply to other languages.
    let other = SearchQuery::similar_to(&[("der frozen ist nicht da und wir auch", 1.0)]);
    assert!(!has_term(&other, "freez"), "{other:?}");
    // A hyphenated word, and a phrase of four words.
    assert!(has_term(
        &SearchQuery::similar_to(&[("the pop-up is gone", 1.0)]),
        "popup"
    ));
    assert!(has_term(
        &SearchQuery::similar_to(&[("turn off and on", 1.0)]),
        "restart"
    ));
}

#[test]
fn repeated_words_weigh_more_and_stop_words_less() {
    let like = SearchQuery::similar_to(&[("printer", 1.5), ("is the printer there? toner", 1.0)]);
    let weight = |typed: &str| {
        let group = like.groups.iter().find(|group| group.typed == typed);
        group.map_or(0.0, |group| group.weight)
    };
    assert!(weight("printer") > weight("toner"), "{like:?}");
    assert!(weight("toner") > weight("the") && weight("the") > 0.0);
}

fn check(query: &SearchQuery) {
    assert!(query.groups.len() <= MAX_GROUPS);
    for group in &query.groups {
        assert!(!group.variants.is_empty() && group.weight > 0.0);
        for variant in &group.variants {
            assert!(
                variant.weight > 0.0
                    && variant.weight <= 1.0
                    && variant.kind != VariantKind::Correction
            );
            assert!(!variant.terms.is_empty());
            for term in &variant.terms {
                let valid = !term.is_empty() && term.chars().all(char::is_alphanumeric);
                assert!(valid, "{term:?} of {:?}", group.typed);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_text_is_a_valid_query(
        text in any::<String>(),
        odd in "[a-zäß東\"*():^{}+'@.\\-\u{202e}\u{301} ]{0,60}",
    ) {
        for text in [&text, &odd] {
            check(&SearchQuery::parse(text));
            check(&SearchQuery::similar_to(&[(text, 1.5), (&odd, 1.0)]));
        }
    }
}
