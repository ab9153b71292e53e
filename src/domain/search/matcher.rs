//! Where what is sought stands in a row of terms.

use std::collections::HashMap;

use super::query::SearchQuery;

/// What is sought, by its first terms.
pub(crate) struct Matcher<'a> {
    first: HashMap<&'a str, Vec<Part<'a>>>,
    /// Single terms that are the beginnings of words.
    open: Vec<(&'a str, usize, f64)>,
}

/// A form of a group.
struct Part<'a> {
    group: usize,
    weight: f64,
    /// The terms after the first.
    rest: &'a [String],
    open: bool,
}

/// A group that is mentioned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Mention {
    pub(crate) group: usize,
    /// From 0 to 1: how surely it is what was typed.
    pub(crate) weight: f64,
    /// How many terms it takes.
    pub(crate) terms: usize,
}

impl<'a> Matcher<'a> {
    pub(crate) fn of(sought: &'a SearchQuery) -> Self {
        let mut matcher = Self {
            first: HashMap::new(),
            open: Vec::new(),
        };
        for (group, wanted) in sought.groups.iter().enumerate() {
            for form in &wanted.forms {
                let Some((first, rest)) = form.terms.split_first() else {
                    continue;
                };
                if form.open && rest.is_empty() {
                    matcher.open.push((first, group, form.weight));
                } else {
                    matcher.first.entry(first).or_default().push(Part {
                        group,
                        weight: form.weight,
                        rest,
                        open: form.open,
                    });
                }
            }
        }
        matcher
    }

    /// The groups that are mentioned from a place on, each once, as its surest
    /// form.
    pub(crate) fn at<T: AsRef<str>>(&self, terms: &[T], place: usize) -> Vec<Mention> {
        let mut here: Vec<Mention> = Vec::new();
        let Some((term, after)) = terms.get(place..).and_then(<[T]>::split_first) else {
            return here;
        };
        let term = term.as_ref();
        let mut add = |mention: Mention| {
            let known = here.iter_mut().find(|known| known.group == mention.group);
            match known {
                Some(known) if known.weight >= mention.weight => {}
                Some(known) => *known = mention,
                None => here.push(mention),
            }
        };
        for part in self.first.get(term).into_iter().flatten() {
            if part.follows(after) {
                add(Mention {
                    group: part.group,
                    weight: part.weight,
                    terms: 1 + part.rest.len(),
                });
            }
        }
        for (begin, group, weight) in &self.open {
            if term.starts_with(begin) {
                add(Mention {
                    group: *group,
                    weight: *weight,
                    terms: 1,
                });
            }
        }
        here
    }
}

impl Part<'_> {
    fn follows<T: AsRef<str>>(&self, after: &[T]) -> bool {
        let last = self.rest.len().saturating_sub(1);
        after.len() >= self.rest.len()
            && self
                .rest
                .iter()
                .zip(after)
                .enumerate()
                .all(|(at, (wanted, found))| {
                    if self.open && at == last {
                        found.as_ref().starts_with(wanted.as_str())
                    } else {
                        found.as_ref() == wanted
                    }
                })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::search::document::{Field, TicketText};

    /// Which groups are written on a ticket, in any field or as another form.
    pub(crate) fn held(prose: &TicketText, sought: &SearchQuery) -> Vec<bool> {
        let matcher = Matcher::of(sought);
        let mut held = vec![false; sought.groups.len()];
        let fields = Field::ALL.into_iter().map(|field| prose.field(field));
        for text in fields.chain([prose.forms.as_str()]) {
            let terms: Vec<&str> = text.split(' ').collect();
            for place in 0..terms.len() {
                for mention in matcher.at(&terms, place) {
                    held[mention.group] = true;
                }
            }
        }
        held
    }

    fn mentioned(typed: &str, terms: &[&str]) -> Vec<(usize, usize, usize)> {
        let sought = SearchQuery::typed(typed);
        let matcher = Matcher::of(&sought);
        let places = (0..terms.len()).flat_map(|place| {
            let here = matcher.at(terms, place);
            here.into_iter()
                .map(move |mention| (place, mention.group, mention.terms))
        });
        places.collect()
    }

    #[test]
    fn a_word_is_where_it_stands_and_nowhere_else() {
        assert_eq!(
            mentioned("vpn", &["a", "vpn", "b", "vpn"]),
            [(1, 0, 1), (3, 0, 1)]
        );
        assert_eq!(mentioned("vpn", &["vpns", "v", ""]), []);
        assert_eq!(mentioned("vpn", &[]), []);
    }

    #[test]
    fn a_phrase_is_where_all_of_it_stands_in_a_row() {
        let terms = ["blue", "screen", "screen", "blue", "screen"];
        assert_eq!(mentioned("\"blue screen\"", &terms), [(0, 0, 2), (3, 0, 2)]);
        assert_eq!(mentioned("\"blue screen\"", &terms[..1]), []);
        assert_eq!(mentioned("\"screen blue\"", &terms), [(2, 0, 2)]);
    }

    #[test]
    fn only_the_last_word_of_a_beginning_is_open() {
        let terms = ["blue", "screens", "bluest", "screen"];
        assert_eq!(mentioned("blue-scr*", &terms), [(0, 0, 2)]);
        assert_eq!(mentioned("scr*", &terms), [(1, 0, 1), (3, 0, 1)]);
    }

    #[test]
    fn each_group_is_mentioned_once_at_a_place_as_its_surest_form() {
        let sought = SearchQuery::typed("drucker dru*");
        let matcher = Matcher::of(&sought);
        let here = matcher.at(&["drucker"], 0);
        let groups: Vec<usize> = here.iter().map(|mention| mention.group).collect();
        assert_eq!(groups.len(), 2, "{here:?}");
        assert!(here.iter().all(|mention| mention.weight >= 1.0), "{here:?}");
        assert_eq!(matcher.at(&["drucker"], 1), []);
    }
}
