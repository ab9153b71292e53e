//! Suggests valid words for a mistyped one. Callers only show the suggestions and never act on them.

use strsim::osa_distance;

/// Maximum number of suggestions.
const MOST: usize = 3;

/// Returns up to three of `choices` that `typed` may stand for, most likely first.
///
/// A choice qualifies if it starts with `typed` (distance 1), or if its edit distance (insertions, deletions,
/// replacements and swaps of neighbours) is at most a third of the longer word, but at least 1. Choices that are more
/// than one edit worse than the best one are dropped. Letter case is ignored. Equally good choices keep their order.
/// Empty if `typed` is blank.
pub(crate) fn nearest<'a>(typed: &str, choices: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let typed = folded(typed.trim());
    if typed.is_empty() {
        return Vec::new();
    }
    let mut candidates: Vec<(usize, &str)> = choices
        .into_iter()
        .filter_map(|choice| Some((badness(&typed, &folded(choice))?, choice)))
        .collect();
    candidates.sort_by_key(|&(badness, _)| badness);
    candidates.dedup();
    // A distant suggestion beside a close one is noise.
    let best = candidates.first().map_or(0, |&(badness, _)| badness);
    candidates.retain(|&(badness, _)| badness <= best + 1);
    candidates.truncate(MOST);
    candidates.into_iter().map(|(_, choice)| choice).collect()
}

/// Returns up to three words that `typed` may be a typo of: those with the smallest edit distance, which is at most 1
/// for words below 8 characters and 2 for longer ones.
pub(crate) fn typo_candidates<'a>(
    typed: &str,
    words: impl IntoIterator<Item = &'a str>,
) -> Vec<&'a str> {
    let typed = folded(typed);
    let typed_len = typed.chars().count();
    let most = if typed_len < 8 { 1 } else { 2 };
    let mut candidates: Vec<(usize, &str)> = Vec::new();
    for word in words {
        if typed_len.abs_diff(word.chars().count()) <= most {
            let distance = osa_distance(&typed, word);
            if distance <= most {
                candidates.push((distance, word));
            }
        }
    }
    let least = candidates.iter().map(|(distance, _)| *distance).min();
    candidates.retain(|(distance, _)| Some(*distance) == least);
    candidates.truncate(MOST);
    candidates.into_iter().map(|(_, word)| word).collect()
}

/// Returns the names in use that a new name may be a typo of: see [`typo_candidates`]. Names that differ only in
/// digits are a series.
pub(crate) fn similar_names<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Vec<&'a str> {
    let series = |name: &str| -> String {
        name.chars()
            .filter(|letter| !letter.is_numeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let own = series(typed);
    let in_series = |name: &str| series(name) == own && name.to_lowercase() != typed.to_lowercase();
    let known = known.into_iter().filter(|name| !in_series(name));
    typo_candidates(typed, known)
}

/// Returns the paths in use that a new path may be a typo of: those that differ in one name, which is similar.
pub(crate) fn similar_paths<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Vec<&'a str> {
    let names: Vec<&str> = typed.split('/').collect();
    let is_similar = |path: &&str| {
        let others: Vec<&str> = path.split('/').collect();
        let mut differing = names.iter().zip(&others).filter(|(a, b)| a != b);
        others.len() == names.len()
            && differing.next().is_some_and(|(name, other)| {
                differing.next().is_none() && !similar_names(name, [*other]).is_empty()
            })
    };
    known.into_iter().filter(is_similar).take(MOST).collect()
}

/// Returns the mail addresses in use that a new one may be a typo of: those that are one edit away, and those of the
/// same name at a similar domain. Two of many addresses at one domain are often two edits apart.
pub(crate) fn similar_addresses<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Vec<&'a str> {
    let Some((name, domain)) = typed.rsplit_once('@') else {
        return Vec::new();
    };
    let is_similar = |address: &&str| {
        let Some((other_name, other_domain)) = address.rsplit_once('@') else {
            return false;
        };
        if folded(name) == folded(other_name) {
            return !similar_names(domain, [other_domain]).is_empty();
        }
        folded(domain) == folded(other_domain)
            && osa_distance(&folded(name), &folded(other_name)) == 1
            && !similar_names(name, [other_name]).is_empty()
    };
    known.into_iter().filter(is_similar).take(MOST).collect()
}

fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Returns the edit distance of two folded words; `None` if it is too large for a typo.
fn badness(typed: &str, choice: &str) -> Option<usize> {
    // An unfinished word counts as one edit, however much of it is missing.
    if choice.starts_with(typed) {
        return Some(usize::from(choice.len() > typed.len()));
    }
    let (typed_len, choice_len) = (typed.chars().count(), choice.chars().count());
    let most = (typed_len.max(choice_len) / 3).max(1);
    // The difference in length is a lower bound of the distance, so a pasted page of text is never compared.
    if typed_len.abs_diff(choice_len) > most {
        return None;
    }
    Some(osa_distance(typed, choice)).filter(|&distance| distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COMMANDS: [&str; 6] = ["assign", "escalate", "open", "reopen", "resolve", "resume"];

    fn distance(a: &str, b: &str) -> usize {
        osa_distance(&folded(a), &folded(b))
    }

    #[test]
    fn the_distance_counts_every_kind_of_slip_once() {
        assert_eq!(distance("open", "open"), 0);
        assert_eq!(distance("open", "opens"), 1);
        assert_eq!(distance("open", "pen"), 1);
        assert_eq!(distance("open", "oben"), 1);
        assert_eq!(distance("open", "oepn"), 1);
        assert_eq!(distance("", "open"), 4);
        assert_eq!(distance("ca", "abc"), 3);
    }

    #[test]
    fn a_slip_finds_the_word_that_was_meant() {
        assert_eq!(nearest("asign", COMMANDS), ["assign"]);
        assert_eq!(nearest("ESCLATE", COMMANDS), ["escalate"]);
        assert_eq!(nearest(" resovle ", COMMANDS), ["resolve"]);
    }

    #[test]
    fn an_unfinished_word_offers_all_it_may_become_in_their_order() {
        assert_eq!(nearest("res", COMMANDS), ["resolve", "resume"]);
        assert_eq!(nearest("e", COMMANDS), ["escalate"]);
    }

    #[test]
    fn the_nearest_comes_first_and_there_are_three_at_most() {
        assert_eq!(nearest("reopn", COMMANDS), ["reopen"]);
        assert_eq!(nearest("open", COMMANDS), ["open"]);
        assert_eq!(nearest("P9", ["P1", "P2", "P3", "P4"]), ["P1", "P2", "P3"]);
        assert_eq!(nearest("teh", ["tea", "the", "then"]), ["tea", "the"]);
    }

    #[test]
    fn a_new_agent_is_compared_with_those_who_work_here() {
        let known = ["ben", "agent7", "anna.roth"];
        assert_eq!(similar_names("bne", known), ["ben"]);
        assert_eq!(similar_names("Ben", known), ["ben"]);
        assert_eq!(similar_names("ana.rohth", known), ["anna.roth"]);
        for new in ["bob", "agent8", "agent17", "an", "cara"] {
            assert!(similar_names(new, known).is_empty(), "{new}");
        }
    }

    #[test]
    fn a_new_category_is_compared_name_by_name() {
        let known = ["network/vpn", "mail/imap", "server/web1"];
        assert_eq!(similar_paths("network/vnp", known), ["network/vpn"]);
        assert_eq!(similar_paths("netwrok/vpn", known), ["network/vpn"]);
        for new in [
            "netwrok/vnp",
            "mail/smtp",
            "network",
            "network/vpn/split",
            "server/web2",
        ] {
            assert!(similar_paths(new, known).is_empty(), "{new}");
        }
    }

    #[test]
    fn a_new_address_is_compared_closely() {
        let known = ["mia@example.org", "user1@example.org"];
        for typo in ["mai@example.org", "mia@exmaple.org", "mia@example.or"] {
            assert_eq!(similar_addresses(typo, known), ["mia@example.org"]);
        }
        for new in [
            "ben@example.org",
            "tim@example.org",
            "mia@example.com",
            "user2@example.org",
            "+49 30 1234",
        ] {
            assert!(similar_addresses(new, known).is_empty(), "{new}");
        }
    }

    #[test]
    fn nothing_near_or_nothing_typed_offers_nothing() {
        assert!(nearest("zzzz", COMMANDS).is_empty());
        assert!(nearest("  ", COMMANDS).is_empty());
        assert!(nearest(&"escalate".repeat(100_000), COMMANDS).is_empty());
    }

    proptest! {
        #[test]
        fn the_distance_is_the_same_both_ways(a in "[a-d]{0,8}", b in "[a-d]{0,8}") {
            prop_assert_eq!(distance(&a, &b), distance(&b, &a));
        }

        #[test]
        fn a_word_is_nearest_to_itself(word in "\\PC{1,12}", other in "\\PC{0,12}") {
            prop_assume!(!word.trim().is_empty() && word.trim() == word && other.to_lowercase() != word.to_lowercase());
            prop_assert_eq!(nearest(&word, [other.as_str(), word.as_str()])[0], word.as_str());
        }
    }
}
