//! What the register says of a breach (Art. 33(5) GDPR): the facts, the effects
//! and the remedial action. Each part can be unknown, and is replaced when more
//! is known.

use std::fmt;

use crate::domain::Timestamp;
use crate::domain::vocabulary::Nature;

/// A number that is known only to lie between two bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NumberRange {
    pub(crate) min: u64,
    pub(crate) max: u64,
}

/// The greatest number that is accepted: JSON readers keep it exactly.
const MAX_NUMBER: u64 = 1 << 53;

impl NumberRange {
    /// Parses `500` or `100-500`.
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let number = |text: &str| {
            let digits = text.trim();
            let is_plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            is_plain.then(|| digits.parse().ok()).flatten()
        };
        let (min, max) = match typed.split_once('-') {
            Some((min, max)) => (number(min)?, number(max)?),
            None => (number(typed)?, number(typed)?),
        };
        (min <= max && max <= MAX_NUMBER).then_some(Self { min, max })
    }
}

impl fmt::Display for NumberRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.min == self.max {
            write!(f, "{}", self.min)
        } else {
            write!(f, "{}-{}", self.min, self.max)
        }
    }
}

/// The parts of the register that people fill in; what is absent is not known
/// yet or, in a change, stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Details {
    /// What happened.
    pub(crate) facts: Option<String>,
    pub(crate) cause: Option<String>,
    pub(crate) natures: Vec<Nature>,
    pub(crate) happened_from: Option<Timestamp>,
    pub(crate) happened_to: Option<Timestamp>,
    /// When the first sign of it was seen.
    pub(crate) detected: Option<Timestamp>,
    /// Categories of persons, such as customers or staff.
    pub(crate) person_categories: Vec<String>,
    pub(crate) persons: Option<NumberRange>,
    /// Categories of records, such as addresses or payments.
    pub(crate) record_categories: Vec<String>,
    pub(crate) records: Option<NumberRange>,
    /// The states concerned.
    pub(crate) states: Vec<String>,
    /// The likely consequences.
    pub(crate) effects: Option<String>,
    /// What protected the data before.
    pub(crate) measures_before: Option<String>,
    /// What was done about it, besides the steps of containment.
    pub(crate) measures: Option<String>,
    /// Who can tell more: the data protection officer or another contact.
    pub(crate) contact: Option<String>,
    /// The controller, if this organisation is the processor.
    pub(crate) controller: Option<String>,
}

/// The texts of [`Details`] by the path under which they are stored.
pub(crate) const TEXTS: [&str; 7] = [
    "facts",
    "cause",
    "effects",
    "measures_before",
    "measures",
    "contact",
    "controller",
];

/// The lists of texts of [`Details`], likewise.
pub(crate) const LISTS: [&str; 3] = ["person_categories", "record_categories", "states"];

impl Details {
    /// The texts, in the order of [`TEXTS`].
    pub(crate) const fn texts(&self) -> [&Option<String>; 7] {
        [
            &self.facts,
            &self.cause,
            &self.effects,
            &self.measures_before,
            &self.measures,
            &self.contact,
            &self.controller,
        ]
    }

    /// The lists of texts, in the order of [`LISTS`].
    pub(crate) fn lists(&self) -> [&[String]; 3] {
        [
            &self.person_categories,
            &self.record_categories,
            &self.states,
        ]
    }

    /// Sets the texts and lists, in the same orders.
    pub(crate) fn with_texts(
        mut self,
        texts: [Option<String>; 7],
        lists: [Vec<String>; 3],
    ) -> Self {
        [
            self.facts,
            self.cause,
            self.effects,
            self.measures_before,
            self.measures,
            self.contact,
            self.controller,
        ] = texts;
        [self.person_categories, self.record_categories, self.states] = lists;
        self
    }

    /// Whether nothing is said.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Replaces what the change says.
    pub(crate) fn change(&mut self, change: &Self) {
        fn replace<T: Clone>(old: &mut Option<T>, new: &Option<T>) {
            if new.is_some() {
                old.clone_from(new);
            }
        }
        fn replace_list<T: Clone>(old: &mut Vec<T>, new: &[T]) {
            if !new.is_empty() {
                *old = new.to_vec();
            }
        }
        replace(&mut self.facts, &change.facts);
        replace(&mut self.cause, &change.cause);
        replace_list(&mut self.natures, &change.natures);
        replace(&mut self.happened_from, &change.happened_from);
        replace(&mut self.happened_to, &change.happened_to);
        replace(&mut self.detected, &change.detected);
        replace_list(&mut self.person_categories, &change.person_categories);
        replace(&mut self.persons, &change.persons);
        replace_list(&mut self.record_categories, &change.record_categories);
        replace(&mut self.records, &change.records);
        replace_list(&mut self.states, &change.states);
        replace(&mut self.effects, &change.effects);
        replace(&mut self.measures_before, &change.measures_before);
        replace(&mut self.measures, &change.measures);
        replace(&mut self.contact, &change.contact);
        replace(&mut self.controller, &change.controller);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_bounds_in_order() {
        assert_eq!(NumberRange::parse("500").unwrap().to_string(), "500");
        assert_eq!(
            NumberRange::parse(" 100 - 500 ").unwrap().to_string(),
            "100-500"
        );
        assert_eq!(NumberRange::parse("7-7").unwrap().to_string(), "7");
        for text in [
            "",
            "-",
            "5-",
            "-5",
            "500-100",
            "many",
            "+5",
            "1-2-3",
            "99999999999999999999",
        ] {
            assert_eq!(NumberRange::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_change_replaces_only_what_it_says() {
        let mut known = Details {
            facts: Some("a laptop was stolen".into()),
            natures: vec![Nature::Confidentiality],
            states: vec!["DE".into()],
            ..Details::default()
        };
        known.change(&Details {
            natures: vec![Nature::Availability],
            persons: NumberRange::parse("10-20"),
            ..Details::default()
        });
        assert_eq!(known.facts.as_deref(), Some("a laptop was stolen"));
        assert_eq!(known.natures, [Nature::Availability]);
        assert_eq!(known.states, ["DE"]);
        assert_eq!(known.persons, NumberRange::parse("10-20"));
    }
}
