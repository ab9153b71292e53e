//! Groups of terms as conditions on a document. The index finds the documents
//! that have the words; whether they follow each other is seen in the text.

use super::super::super::sql::filter::Filter;
use super::indexed::{IN_TITLE, MAX_TERM_BYTES, cut, quoted};
use crate::domain::search::query::{TermGroup, TermVariant};

/// What matches nothing.
const NOTHING: &str = "FALSE";

/// The condition that a document matches all groups, or one of them.
pub(super) fn condition(groups: &[&TermGroup], match_all: bool, filter: &mut Filter) -> String {
    let found: Vec<String> = groups.iter().filter_map(|group| words(group)).collect();
    if found.is_empty() || match_all && found.len() < groups.len() {
        return NOTHING.to_owned();
    }
    let words = filter.bind(found.join(if match_all { " & " } else { " | " }));
    let mut conditions = vec![format!("terms @@ {words}::tsquery")];
    if match_all {
        let groups = groups.iter().filter(|group| !is_plain(group));
        conditions.extend(groups.map(|group| in_text(&[group], filter)));
    } else if !groups.iter().all(|group| is_plain(group)) {
        conditions.push(in_text(groups, filter));
    }
    conditions.join(" AND ")
}

/// The condition that a document has the words of a group in its title.
pub(super) fn condition_on_title(group: &TermGroup, filter: &mut Filter) -> String {
    match any_of(usable(group).map(title_words)) {
        Some(words) => format!("terms @@ {}::tsquery", filter.bind(words)),
        None => NOTHING.to_owned(),
    }
}

/// A query that the index answers alone; `None` if the text must be looked at, or
/// nothing matches.
pub(super) fn plain(group: &TermGroup) -> Option<String> {
    is_plain(group).then(|| words(group)).flatten()
}

/// As [`plain`], for the words in a title.
pub(super) fn plain_title(group: &TermGroup) -> Option<String> {
    is_plain(group)
        .then(|| any_of(usable(group).map(title_words)))
        .flatten()
}

/// Whether the index answers alone.
fn is_plain(group: &TermGroup) -> bool {
    usable(group).all(|variant| !is_phrase(variant))
}

fn usable(group: &TermGroup) -> impl Iterator<Item = &TermVariant> {
    let variants = group.variants.iter();
    variants.filter(|variant| {
        !variant.terms.is_empty() && variant.terms.iter().all(|term| !term.is_empty())
    })
}

/// Whether only the text shows it: words that follow each other, or one of which
/// the index has only the beginning.
fn is_phrase(variant: &TermVariant) -> bool {
    let is_long = |term: &String| term.len() > MAX_TERM_BYTES;
    variant.terms.len() > 1 || variant.terms.iter().any(is_long)
}

/// The words of a group as a `tsquery`; `None` if nothing matches it.
fn words(group: &TermGroup) -> Option<String> {
    any_of(usable(group).map(|variant| words_of(variant, "")))
}

fn title_words(variant: &TermVariant) -> String {
    words_of(variant, &IN_TITLE.to_string())
}

fn any_of(variants: impl Iterator<Item = String>) -> Option<String> {
    let variants: Vec<String> = variants.collect();
    (!variants.is_empty()).then(|| format!("({})", variants.join(" | ")))
}

/// The words of a variant, in any order.
fn words_of(variant: &TermVariant, mark: &str) -> String {
    let last = variant.terms.len() - 1;
    let terms = variant.terms.iter().enumerate().map(|(at, term)| {
        let is_prefix = variant.prefix && at == last;
        let prefix = if is_prefix { ":*" } else { "" };
        format!("{}{prefix}", quoted(&format!("{mark}{}", cut(term))))
    });
    let terms: Vec<String> = terms.collect();
    format!("({})", terms.join(" & "))
}

/// The condition that one of the groups matches, of a document that has the words.
fn in_text(groups: &[&TermGroup], filter: &mut Filter) -> String {
    let variants = || groups.iter().flat_map(|group| usable(group));
    let single = variants().filter(|variant| !is_phrase(variant));
    let mut any = Vec::new();
    if let Some(words) = any_of(single.map(|variant| words_of(variant, ""))) {
        any.push(format!("terms @@ {}::tsquery", filter.bind(words)));
    }
    for variant in variants().filter(|variant| is_phrase(variant)) {
        let end = if variant.prefix { "" } else { " " };
        let phrase = filter.bind(format!(" {}{end}", variant.terms.join(" ")));
        any.push(format!("strpos(fields, {phrase}) > 0"));
    }
    format!("({})", any.join(" OR "))
}

#[cfg(test)]
mod tests {
    use super::super::super::super::sql::driver::Value;
    use super::*;
    use crate::domain::search::query::VariantKind;

    fn group(variants: &[(&[&str], bool)]) -> TermGroup {
        let variant = |(terms, prefix): &(&[&str], bool)| TermVariant {
            prefix: *prefix,
            ..TermVariant::new(
                terms.iter().map(|term| (*term).to_owned()).collect(),
                1.0,
                VariantKind::Word,
            )
        };
        TermGroup {
            typed: String::new(),
            variants: variants.iter().map(variant).collect(),
            weight: 1.0,
            adjacent: false,
        }
    }

    fn shown(groups: &[&TermGroup], match_all: bool) -> String {
        let mut filter = Filter::default();
        let mut condition = condition(groups, match_all, &mut filter);
        for (value, number) in filter.values.iter().zip(1..) {
            let Value::Text(text) = value else { panic!() };
            condition = condition.replace(&format!("${number}"), &format!("[{text}]"));
        }
        condition
    }

    #[test]
    fn words_are_left_to_the_index_and_phrases_are_seen_in_the_text() {
        let words = group(&[(&["printer"], false), (&["print"], true)]);
        let phrase = group(&[(&["kb", "47"], true), (&["kb47"], false)]);
        let only_phrase = group(&[(&["blue", "screen"], false)]);
        let shown = [
            shown(&[&words], true),
            shown(&[&words, &phrase], true),
            shown(&[&words, &only_phrase], false),
            shown(&[&group(&[]), &words], false),
            shown(&[&group(&[]), &words], true),
            shown(&[&group(&[(&[""], true)])], true),
            shown(&[], true),
        ];
        insta::assert_snapshot!(shown.join("\n"), @"
        terms @@ [(('printer') | ('print':*))]::tsquery
        terms @@ [(('printer') | ('print':*)) & (('kb' & '47':*) | ('kb47'))]::tsquery AND (terms @@ [(('kb47'))]::tsquery OR strpos(fields, [ kb 47]) > 0)
        terms @@ [(('printer') | ('print':*)) | (('blue' & 'screen'))]::tsquery AND (terms @@ [(('printer') | ('print':*))]::tsquery OR strpos(fields, [ blue screen ]) > 0)
        terms @@ [(('printer') | ('print':*))]::tsquery
        FALSE
        FALSE
        FALSE
        ");
        assert_eq!(plain(&phrase), None);
        assert_eq!(plain(&group(&[])), None);
        assert_eq!(
            plain_title(&words).as_deref(),
            Some("(('.printer') | ('.print':*))")
        );
    }
}
