//! Reads a TOML document and collects every fault with its line and key. Does not
//! know what the document is about.

use std::fmt;

use toml::de::{DeTable, DeValue};

pub(crate) use super::faults::Faults;
use crate::domain::text;
use crate::domain::vocabulary::UnknownWord;

/// A value of the document with its position.
#[derive(Clone)]
pub(crate) struct TomlValue<'a> {
    /// The full key, such as `targets[2].response`; list indexes start at 1.
    pub(crate) key: String,
    /// Byte offset in the document.
    pub(crate) offset: usize,
    value: &'a DeValue<'a>,
}

/// A table with its entries in document order.
pub(crate) struct TomlTable<'a> {
    pub(crate) key: String,
    pub(crate) offset: usize,
    entries: Vec<(String, TomlValue<'a>)>,
}

/// The message for an unknown word, with the accepted ones.
pub(crate) fn unknown_word(fault: &UnknownWord) -> String {
    format!("{fault}: {}", fault.hint())
}

/// A key as it is written in TOML, quoted if necessary.
fn toml_key(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(bare) {
        key.to_owned()
    } else {
        format!("{key:?}")
    }
}

impl<'a> TomlValue<'a> {
    fn add_wrong_type(&self, faults: &Faults, wanted: &str) {
        let is = match self.value.type_str() {
            kind @ ("integer" | "array") => format!("an {kind}"),
            kind => format!("a {kind}"),
        };
        faults.add(self, format!("it is {is}; write {wanted}"));
    }

    /// The string value, if it is one.
    pub(crate) fn as_text(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    pub(crate) fn is_text(&self) -> bool {
        self.value.is_str()
    }

    pub(crate) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    /// The string value; `wanted` describes what to write instead of another type.
    pub(crate) fn text(&self, faults: &Faults, wanted: &str) -> Option<&'a str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.add_wrong_type(faults, wanted);
        }
        text
    }

    /// Returns the value as a word that `parse` accepts.
    pub(crate) fn word<T>(
        &self,
        faults: &Faults,
        wanted: &str,
        parse: fn(&str) -> Result<T, UnknownWord>,
    ) -> Option<T> {
        let word = parse(self.text(faults, wanted)?);
        faults.ok_or_add(self, word.map_err(|fault| unknown_word(&fault)))
    }

    /// A string of one line; `what` names it in faults.
    pub(crate) fn line(&self, faults: &Faults, what: &'static str, wanted: &str) -> Option<String> {
        faults.ok_or_add(self, text::line(what, self.text(faults, wanted)?))
    }

    /// A string that may have several lines; `what` names it in faults.
    pub(crate) fn body(&self, faults: &Faults, what: &'static str, wanted: &str) -> Option<String> {
        faults.ok_or_add(self, text::body(what, self.text(faults, wanted)?))
    }

    /// The text of a string or of a TOML date without time.
    pub(crate) fn date_text(&self, faults: &Faults, wanted: &str) -> Option<String> {
        match self.value.as_datetime() {
            Some(date) if date.time.is_none() => Some(date.to_string()),
            Some(_) | None => self.text(faults, wanted).map(str::to_owned),
        }
    }

    pub(crate) fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// An answer to a question: the text of a string, a number or a boolean
    /// (`yes` or `no`).
    pub(crate) fn answer_text(&self, faults: &Faults, wanted: &str) -> Option<String> {
        let boolean = self.value.as_bool();
        let boolean = boolean.map(|yes| if yes { "yes" } else { "no" }.to_owned());
        let integer = || self.integer().map(|number| number.to_string());
        let float = || {
            self.value
                .as_float()
                .map(|number| number.as_str().to_owned())
        };
        let other = boolean.or_else(integer).or_else(float);
        other.or_else(|| self.text(faults, wanted).map(str::to_owned))
    }

    pub(crate) fn boolean(&self, faults: &Faults) -> Option<bool> {
        let boolean = self.value.as_bool();
        if boolean.is_none() {
            self.add_wrong_type(faults, "true or false");
        }
        boolean
    }

    pub(crate) fn integer(&self) -> Option<i64> {
        let number = self.value.as_integer()?;
        i64::from_str_radix(number.as_str(), number.radix()).ok()
    }

    /// An integer between two bounds, inclusive.
    pub(crate) fn integer_between(&self, faults: &Faults, min: u16, max: u16) -> Option<u16> {
        let wanted = format!("a whole number from {min} to {max}");
        if !self.value.is_integer() {
            self.add_wrong_type(faults, &wanted);
            return None;
        }
        let number = self.integer().and_then(|n| u16::try_from(n).ok());
        let number = number.filter(|n| (min..=max).contains(n));
        if number.is_none() {
            faults.add(self, format!("write {wanted}"));
        }
        number
    }

    /// The items of an array; faults name the array as a whole.
    pub(crate) fn items(&self, faults: &Faults, max: usize, wanted: &str) -> Option<Vec<Self>> {
        self.list(faults, max, wanted, |_| self.key.clone())
    }

    /// The tables of an array; faults name the index of the table.
    pub(crate) fn tables(
        &self,
        faults: &Faults,
        max: usize,
        wanted: &str,
    ) -> Option<Vec<TomlTable<'a>>> {
        let items = self.list(faults, max, wanted, |n| format!("{}[{n}]", self.key))?;
        let tables = items.iter().filter_map(|item| item.table(faults, wanted));
        Some(tables.collect())
    }

    fn list(
        &self,
        faults: &Faults,
        max: usize,
        wanted: &str,
        key: impl Fn(usize) -> String,
    ) -> Option<Vec<Self>> {
        let Some(list) = self.value.as_array() else {
            self.add_wrong_type(faults, wanted);
            return None;
        };
        if list.len() > max {
            let n = list.len();
            faults.add(
                self,
                format!("it has {n} entries; at most {max} are allowed"),
            );
            return None;
        }
        let item = |(n, item): (usize, &'a toml::Spanned<DeValue<'a>>)| Self {
            key: key(n + 1),
            offset: item.span().start,
            value: item.get_ref(),
        };
        Some(list.iter().enumerate().map(item).collect())
    }

    pub(crate) fn table(&self, faults: &Faults, wanted: &str) -> Option<TomlTable<'a>> {
        let Some(table) = self.value.as_table() else {
            self.add_wrong_type(faults, wanted);
            return None;
        };
        Some(TomlTable::new(&self.key, self.offset, table))
    }
}

impl<'a> TomlTable<'a> {
    /// Creates the table of a whole file.
    pub(crate) fn root(tree: &'a toml::Spanned<DeTable<'a>>) -> Self {
        Self::new("", 0, tree.get_ref())
    }

    pub(crate) fn new(key: &str, offset: usize, table: &'a DeTable<'a>) -> Self {
        let entry = |(name, value): (&'a toml::Spanned<_>, &'a toml::Spanned<_>)| {
            let name_at = name.span().start;
            let name: &std::borrow::Cow<'_, str> = name.get_ref();
            let full = if key.is_empty() {
                toml_key(name)
            } else {
                format!("{key}.{}", toml_key(name))
            };
            let node = TomlValue {
                key: full,
                offset: name_at,
                value: value.get_ref(),
            };
            (name.clone().into_owned(), node)
        };
        let mut entries: Vec<_> = table.iter().map(entry).collect();
        entries.sort_by_key(|(_, node)| node.offset);
        Self {
            key: key.to_owned(),
            offset,
            entries,
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&TomlValue<'a>> {
        let entry = self.entries.iter().find(|(key, _)| key == name);
        entry.map(|(_, node)| node)
    }

    /// Returns the table with this name, if there is one.
    pub(crate) fn table(&self, name: &str, faults: &Faults, wanted: &str) -> Option<Self> {
        self.get(name)?.table(faults, wanted)
    }

    /// All entries in document order; empty, with a fault, if there are too many.
    pub(crate) fn entries(&self, faults: &Faults, max: usize) -> &[(String, TomlValue<'a>)] {
        let n = self.entries.len();
        if n > max {
            let message = format!("it has {n} entries; at most {max} are allowed");
            faults.add_at(self.offset, &self.key, &message);
            return &[];
        }
        &self.entries
    }

    /// Adds a fault for every key that is not listed.
    pub(crate) fn allow_keys(&self, faults: &Faults, known: &[&str]) {
        self.allow_keys_or(faults, known, |_, _| None);
    }

    /// As [`Self::allow_keys`]; `explain` may return a more helpful message for a
    /// key.
    pub(crate) fn allow_keys_or(
        &self,
        faults: &Faults,
        known: &[&str],
        explain: impl Fn(&str, &TomlValue<'a>) -> Option<String>,
    ) {
        for (name, node) in &self.entries {
            if known.contains(&name.as_str()) {
                continue;
            }
            let message = explain(name, node)
                .or_else(|| misplaced_section(name, known))
                .unwrap_or_else(|| {
                    let choices = known.iter().copied();
                    unknown_word(&UnknownWord::new("key", name, choices))
                });
            faults.add(node, message);
        }
    }

    pub(crate) fn add_fault(&self, faults: &Faults, message: impl fmt::Display) {
        faults.add_at(self.offset, &self.key, &message.to_string());
    }
}

/// The message for a top-level key that was written into another table.
fn misplaced_section(name: &str, known: &[&str]) -> Option<String> {
    (super::SECTIONS.contains(&name) && !known.contains(&"levels")).then(|| {
        format!("'{name}' does not belong in this table: move it up, before the first [table], or write it as its own [{name}]")
    })
}
