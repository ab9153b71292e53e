//! What is sought: words as groups of forms that stand for each other.
//! Any text is a search; there is no syntax to get wrong.

use std::collections::HashSet;

use super::analysis::Language;
use super::category_affinity::CategoryAffinity;
use super::{analysis, synonyms};

/// The most different words that are searched for.
pub(crate) const MOST: usize = 64;

/// The least letters of a word that a slip is looked for in.
pub(crate) const SLIP: usize = 5;

/// The bytes of a text that are compared with others: a pasted log says no
/// more than its beginning.
const COMPARED: usize = 16 * 1024;
/// The most words of a text in which small words count, and how much.
const SHORT: usize = 40;
const SMALL: f64 = 0.25;

/// How much a word counts as another language bends it.
const BENT: f64 = 0.75;
/// How much another spelling of a word counts.
const VARIANT: f64 = 0.5;
/// How much a word of the same meaning counts.
const KIN: f64 = 0.25;
/// How much a word counts that may have been meant.
pub(crate) const MEANT: f64 = 0.7;

/// Terms in a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Form {
    pub(crate) terms: Vec<String>,
    /// Whether the last term is only the beginning of a word.
    pub(crate) open: bool,
    /// From 0 to 1: how surely it stands for what was typed.
    pub(crate) weight: f64,
    /// Whether it is another word, which may have been meant.
    pub(crate) meant: bool,
}

/// What stands for one word or phrase.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    /// As it was typed.
    pub(crate) typed: String,
    pub(crate) forms: Vec<Form>,
    /// How much it counts.
    pub(crate) weight: f64,
    /// Whether the group before it stood right before it.
    pub(crate) follows: bool,
}

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct SearchQuery {
    pub(crate) groups: Vec<Group>,
    /// How many words were too many.
    pub(crate) left_out: usize,
}

impl SearchQuery {
    /// What somebody typed: words, "phrases in quotes" and the beginnings of
    /// words with a `*` at their end. What is written in one, such as `a-b`,
    /// is a phrase. Words without a meaning of their own do not count beside
    /// others.
    pub(crate) fn typed(text: &str) -> Self {
        let spoken = analysis::spoken(text);
        let mut parts: Vec<(Vec<&str>, bool)> = Vec::new();
        for (at, stretch) in text.split('"').enumerate() {
            if at % 2 == 1 {
                parts.push((
                    analysis::words(stretch).map(|word| word.text).collect(),
                    false,
                ));
                continue;
            }
            for chunk in stretch.split_whitespace() {
                parts.extend(joined(chunk));
            }
        }
        parts.retain(|(words, _)| !words.is_empty());
        let small = |(words, open): &(Vec<&str>, bool)| {
            !open && words.len() == 1 && words.iter().all(|word| is_small(word, spoken))
        };
        if !parts.iter().all(small) {
            parts.retain(|part| !small(part));
        }
        let mut sought = Self::default();
        let mut known = HashSet::new();
        for (words, open) in parts {
            let typed = words.join(" ");
            if !known.insert((analysis::plain(&typed), open)) {
                continue;
            }
            if sought.groups.len() == MOST {
                sought.left_out += 1;
                continue;
            }
            let forms = bent(&words, open, &of_words(spoken));
            sought.push(typed, forms, 1.0, true);
        }
        sought
    }

    /// What is like these texts, each with how much its words count: every
    /// word for itself, with those of the same meaning. Small words count a
    /// little in a short text: questions are like questions.
    pub(crate) fn like(texts: &[(&str, f64)]) -> Self {
        Self::of(texts, true)
    }

    /// The words of these texts, as [`SearchQuery::like`], and no others.
    pub(crate) fn words_of(texts: &[(&str, f64)]) -> Self {
        Self::of(texts, false)
    }

    fn of(texts: &[(&str, f64)], with_kin: bool) -> Self {
        let texts = texts
            .iter()
            .map(|(text, weight)| (&text[..text.floor_char_boundary(COMPARED)], *weight));
        let texts: Vec<(&str, f64)> = texts.collect();
        let whole: Vec<&str> = texts.iter().map(|(text, _)| *text).collect();
        let whole = whole.join("\n");
        let spoken = analysis::spoken(&whole);
        let long = analysis::words(&whole).nth(SHORT).is_some();
        let only_small = analysis::words(&whole).all(|word| is_small(word.text, spoken));
        let mut sought = Self::default();
        for (text, weight) in &texts {
            let words: Vec<&str> = analysis::words(text).map(|word| word.text).collect();
            let mut follows = false;
            for (at, word) in words.iter().enumerate() {
                let small = !only_small && is_small(word, spoken);
                if small && long {
                    follows = false;
                    continue;
                }
                let share = if small { SMALL } else { 1.0 };
                follows = sought.add(word, weight * share, spoken, follows);
                if with_kin && follows && !small {
                    sought.add_kin(&words[at..], spoken);
                }
                for part in analysis::humps(word) {
                    sought.add(part, weight * share, spoken, false);
                }
            }
        }
        sought
    }

    /// Adds a word; says whether it is the last group now.
    fn add(&mut self, word: &str, weight: f64, spoken: Option<Language>, follows: bool) -> bool {
        let forms = bent(&[word], false, &of_text(spoken));
        let Some(first) = forms.first() else {
            return false;
        };
        let same = |group: &&mut Group| {
            let known = group.forms.first();
            known.is_some_and(|form| form.terms == first.terms)
        };
        if let Some(group) = self.groups.iter_mut().find(same) {
            group.weight += weight / 2.0;
            return false;
        }
        if self.groups.len() == MOST {
            self.left_out += 1;
            return false;
        }
        self.push(word.to_owned(), forms, weight, follows);
        true
    }

    /// Adds words of the same meaning to the last group, where the phrase that
    /// begins with it has some.
    fn add_kin(&mut self, words: &[&str], spoken: Option<Language>) {
        if spoken.is_some_and(|tongue| tongue != Language::English) {
            return;
        }
        let Some(group) = self.groups.last_mut() else {
            return;
        };
        for (phrase, sure) in synonyms::of(words) {
            let words: Vec<&str> = synonyms::parts(phrase).collect();
            for mut form in bent(&words, false, &[Language::English]) {
                form.weight *= if sure { VARIANT } else { KIN };
                if group.forms.iter().all(|other| other.terms != form.terms) {
                    group.forms.push(form);
                }
            }
        }
    }

    /// Lets each word count as much as it leans to categories.
    pub(crate) fn lean(&mut self, leanings: &CategoryAffinity) {
        for (group, lean) in self.groups.iter_mut().zip(leanings.of_groups()) {
            group.weight *= lean;
        }
    }

    fn push(&mut self, typed: String, forms: Vec<Form>, weight: f64, follows: bool) {
        if !forms.is_empty() {
            self.groups.push(Group {
                typed,
                forms,
                weight,
                follows,
            });
        }
    }

    /// What is written nowhere as it was typed, and the word taken instead.
    pub(crate) fn slips(&self) -> impl Iterator<Item = (&str, &str)> {
        self.groups.iter().filter_map(|group| {
            let meant = group.forms.iter().find(|form| form.meant)?;
            Some((group.typed.as_str(), meant.terms.first()?.as_str()))
        })
    }

    /// Whether it is single words, whole ones.
    pub(crate) fn is_plain(&self) -> bool {
        let forms = self.groups.iter().filter_map(|group| group.forms.first());
        forms
            .into_iter()
            .all(|form| !form.open && form.terms.len() == 1)
    }

    /// Whether there is no word in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

fn is_small(word: &str, spoken: Option<Language>) -> bool {
    analysis::is_small(&word.to_lowercase(), spoken)
}

/// The phrases of what was written in one, and whether each ends open.
fn joined(chunk: &str) -> Vec<(Vec<&str>, bool)> {
    let mut parts: Vec<(Vec<&str>, bool)> = Vec::new();
    let mut end = 0;
    for word in analysis::words(chunk) {
        let between = &chunk[end..word.at.start];
        let apart = between.chars().any(|c| !"-._:@'’\\+#&".contains(c));
        end = word.at.end;
        let open = chunk[end..].starts_with('*');
        match parts.last_mut().filter(|(_, open)| !apart && !open) {
            Some((words, last)) => {
                words.push(word.text);
                *last = open;
            }
            None => parts.push((vec![word.text], open)),
        }
    }
    parts
}

/// The languages whose endings count: those of a text, in which the little that
/// is not in its own language is in English.
fn of_text(spoken: Option<Language>) -> Vec<Language> {
    match spoken {
        Some(tongue) => vec![tongue, Language::English],
        None => Language::ALL.to_vec(),
    }
}

/// Those of a few words: they may stand in a text of any language, be it
/// another one than that in which they seem to be.
fn of_words(spoken: Option<Language>) -> Vec<Language> {
    spoken.into_iter().chain(Language::ALL).collect()
}

/// The forms of words in a row, in each language that bends them in its own
/// way, with their accents and without. The beginning of a word stands as it
/// is, and cut as the endings of a language would cut it.
fn bent(words: &[&str], open: bool, tongues: &[Language]) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut add = |terms: Vec<String>, open: bool| {
        let known = forms
            .iter()
            .any(|form| form.terms == terms && form.open == open);
        if !terms.is_empty() && !known {
            let weight = if forms.is_empty() { 1.0 } else { BENT };
            forms.push(Form {
                terms,
                open,
                weight,
                meant: false,
            });
        }
    };
    for tongue in tongues {
        let terms = |word: &&str| analysis::terms(word, *tongue);
        let written = |word: &&str| analysis::written(word, *tongue);
        let bare = |word: &&str| match analysis::bare(word, *tongue) {
            Some(bare) => vec![bare],
            None => terms(word),
        };
        let typed: Vec<String> = words.iter().flat_map(terms).collect();
        if open && let Some((word, before)) = words.split_last() {
            let mut begun: Vec<String> = before.iter().flat_map(terms).collect();
            let mut last = terms(word);
            if last.len() < 2 {
                last = vec![analysis::plain(word)];
                last.retain(|begin| !begin.is_empty());
            }
            begun.append(&mut last);
            add(begun, true);
        }
        add(typed, false);
        add(words.iter().flat_map(bare).collect(), false);
        if words.len() > 1 {
            add(words.iter().flat_map(written).collect(), open);
        }
    }
    forms
}

#[cfg(test)]
mod tests;
