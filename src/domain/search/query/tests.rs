//! What is sought: any text is a search.

use proptest::prelude::*;

use super::*;

fn typed(text: &str) -> Vec<String> {
    let sought = SearchQuery::typed(text);
    sought.groups.into_iter().map(|group| group.typed).collect()
}

fn first(text: &str) -> Form {
    SearchQuery::typed(text).groups[0].forms[0].clone()
}

#[test]
fn nothing_to_look_for_is_nothing() {
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
        let sought = SearchQuery::typed(text);
        assert!(
            sought.is_empty() && sought.left_out == 0,
            "{text:?}: {sought:?}"
        );
        assert!(SearchQuery::like(&[(text, 1.0)]).is_empty(), "{text:?}");
    }
}

#[test]
fn there_is_no_syntax() {
    assert_eq!(typed("a-b"), ["a b"]);
    assert_eq!(typed("NEAR("), ["NEAR"]);
    assert_eq!(typed("title:vpn"), ["title vpn"]);
    assert_eq!(typed("AND OR NOT"), ["AND", "OR", "NOT"]);
    assert_eq!(typed("vpn AND printer"), ["vpn", "printer"]);
    assert_eq!(typed("'; DROP TABLE prose; --"), ["DROP", "TABLE", "prose"]);
    assert_eq!(typed("^vpn"), ["vpn"]);
    assert_eq!(typed("{vpn printer}"), ["vpn", "printer"]);
    assert_eq!(typed("vpn\u{202e}printer"), ["vpn", "printer"]);
    assert_eq!(typed("it's"), ["it s"]);
    assert_eq!(typed("mia@example.org"), ["mia example org"]);
}

#[test]
fn quotes_hold_words_together_and_need_no_end() {
    assert_eq!(typed("\"blue screen\" vpn"), ["blue screen", "vpn"]);
    assert_eq!(typed("vpn \"blue screen"), ["vpn", "blue screen"]);
    assert_eq!(typed("vpn\""), ["vpn"]);
    assert_eq!(typed("\"\" vpn \"\""), ["vpn"]);
    assert_eq!(first("\"blue screens\"").terms, ["blue", "screen"]);
}

#[test]
fn a_star_is_a_beginning_only_after_a_word() {
    let form = first("Druck*");
    assert!(form.open && form.terms == ["druck"]);
    assert!(first("Büros*").terms == ["buros"]);
    assert!(!first("*druck").open);
    assert!(!first("\"druck*\"").open);
    let form = first("blue-scr*");
    assert!(form.open && form.terms == ["blue", "scr"]);
    assert_eq!(typed("a*b"), ["a", "b"]);
    let form = first("東京都*");
    assert!(form.terms == ["東京", "京都"], "{form:?}");
}

#[test]
fn small_words_count_only_among_themselves() {
    assert_eq!(typed("the printer is not there"), ["printer"]);
    assert_eq!(typed("der Drucker ist nicht da"), ["Drucker"]);
    assert_eq!(typed("the is not"), ["the", "is", "not"]);
    assert_eq!(typed("who"), ["who"]);
    assert_eq!(typed("the* printer"), ["the", "printer"]);
    assert_eq!(typed("\"to be\" printer"), ["to be", "printer"]);
}

#[test]
fn the_same_word_counts_once() {
    assert_eq!(typed("vpn VPN vpn"), ["vpn"]);
    assert_eq!(typed("Büro buro BÜRO"), ["Büro"]);
    assert_eq!(typed("vpn vpn*"), ["vpn", "vpn"]);
}

#[test]
fn so_many_words_and_no_more() {
    let most = u32::try_from(MOST).unwrap();
    let many = |count: u32| -> String { (0..count).map(|n| format!("w{n}x ")).collect() };
    let sought = SearchQuery::typed(&many(most));
    assert_eq!((sought.groups.len(), sought.left_out), (MOST, 0));
    let sought = SearchQuery::typed(&many(10_000));
    assert_eq!(
        (sought.groups.len(), sought.left_out),
        (MOST, 10_000 - MOST)
    );
    let sought = SearchQuery::like(&[(&many(10_000), 1.0)]);
    assert_eq!(sought.groups.len(), MOST);
    assert!(sought.left_out > 0);
}

#[test]
fn a_word_without_end_is_a_word() {
    for word in [
        "a".repeat(1 << 20),
        "ä".repeat(1 << 19),
        "東".repeat(1 << 18),
    ] {
        let sought = SearchQuery::typed(&word);
        assert_eq!(sought.groups.len(), 1);
        let forms = &sought.groups[0].forms;
        assert!(forms.iter().all(|form| form.terms.concat().len() < 2000));
        assert_eq!(SearchQuery::like(&[(&word, 1.0)]).groups.len(), 1);
    }
}

#[test]
fn words_of_the_same_meaning_stand_for_each_other_in_what_is_like() {
    let has = |sought: &SearchQuery, term: &str| {
        let forms = sought.groups.iter().flat_map(|group| &group.forms);
        forms.into_iter().any(|form| form.terms == [term])
    };
    let like = SearchQuery::like(&[("my laptop is frozen", 1.0)]);
    assert!(has(&like, "freez"), "{like:?}");
    assert!(!has(&SearchQuery::typed("frozen"), "freez"));
    // In another language the list does not count.
    let other = SearchQuery::like(&[("der frozen ist nicht da und wir auch", 1.0)]);
    assert!(!has(&other, "freez"), "{other:?}");
    // What is written with a hyphen, and a phrase of four words.
    assert!(has(
        &SearchQuery::like(&[("the pop-up is gone", 1.0)]),
        "popup"
    ));
    assert!(has(
        &SearchQuery::like(&[("turn off and on", 1.0)]),
        "restart"
    ));
}

#[test]
fn what_comes_again_counts_more_and_what_is_small_less() {
    let like = SearchQuery::like(&[("printer", 1.5), ("is the printer there? toner", 1.0)]);
    let weight = |typed: &str| {
        let group = like.groups.iter().find(|group| group.typed == typed);
        group.map_or(0.0, |group| group.weight)
    };
    assert!(weight("printer") > weight("toner"), "{like:?}");
    assert!(weight("toner") > weight("the") && weight("the") > 0.0);
}

fn sane(sought: &SearchQuery) {
    assert!(sought.groups.len() <= MOST);
    for group in &sought.groups {
        assert!(!group.forms.is_empty() && group.weight > 0.0);
        for form in &group.forms {
            assert!(form.weight > 0.0 && form.weight <= 1.0 && !form.meant);
            assert!(!form.terms.is_empty());
            for term in &form.terms {
                let fine = !term.is_empty() && term.chars().all(char::is_alphanumeric);
                assert!(fine, "{term:?} of {:?}", group.typed);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_a_search(
        text in any::<String>(),
        odd in "[a-zäß東\"*():^{}+'@.\\-\u{202e}\u{301} ]{0,60}",
    ) {
        for text in [&text, &odd] {
            sane(&SearchQuery::typed(text));
            sane(&SearchQuery::like(&[(text, 1.5), (&odd, 1.0)]));
        }
    }
}
