//! Walks a TOML document and keeps every fault with its place. Knows nothing
//! of policies.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;

use toml::de::{DeTable, DeValue};

use super::Diagnostic;
use crate::domain::vocabulary::UnknownWord;

/// The most faults that are told, and the most characters of a message.
const MOST_FAULTS: usize = 200;
const LONGEST: usize = 400;

/// What was found, by line.
pub(crate) struct Log {
    /// Where each line begins.
    lines: Vec<usize>,
    faults: RefCell<Vec<Diagnostic>>,
    notes: RefCell<Vec<Diagnostic>>,
    /// Lines that are no TOML.
    broken: RefCell<BTreeSet<usize>>,
    left_out: Cell<usize>,
}

/// A value of the document with its place.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    /// In full, such as `targets[2].response`; lists count from 1.
    pub(crate) key: String,
    /// In bytes from the beginning.
    pub(crate) at: usize,
    value: &'a DeValue<'a>,
}

/// A table with its entries as they are written.
pub(crate) struct Table<'a> {
    pub(crate) key: String,
    pub(crate) at: usize,
    entries: Vec<(String, Node<'a>)>,
}

impl Log {
    pub(crate) fn new(text: &str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            lines: std::iter::once(0).chain(after).collect(),
            faults: RefCell::default(),
            notes: RefCell::default(),
            broken: RefCell::default(),
            left_out: Cell::new(0),
        }
    }

    fn remark(&self, at: usize, key: &str, message: &str) -> Diagnostic {
        Diagnostic {
            line: self.lines.partition_point(|start| *start <= at),
            key: clipped(key),
            message: clipped(message),
        }
    }

    /// Keeps a fault of the syntax. What else is wrong with its line follows
    /// from it and is not told.
    pub(crate) fn syntax(&self, at: usize, message: &str) {
        self.fault_at(at, "", message);
        let line = self.lines.partition_point(|start| *start <= at);
        self.broken.borrow_mut().insert(line);
    }

    pub(crate) fn fault_at(&self, at: usize, key: &str, message: &str) {
        let remark = self.remark(at, key, message);
        let mut faults = self.faults.borrow_mut();
        if self.broken.borrow().contains(&remark.line) || faults.contains(&remark) {
            return;
        }
        if faults.len() < MOST_FAULTS {
            faults.push(remark);
        } else {
            self.left_out.set(self.left_out.get() + 1);
        }
    }

    pub(crate) fn fault(&self, node: &Node<'_>, message: impl fmt::Display) {
        self.fault_at(node.at, &node.key, &message.to_string());
    }

    pub(crate) fn note(&self, at: usize, key: &str, message: &str) {
        let remark = self.remark(at, key, message);
        self.notes.borrow_mut().push(remark);
    }

    pub(crate) fn place(&self, node: &Node<'_>, message: &str) -> Diagnostic {
        self.remark(node.at, &node.key, message)
    }

    /// Keeps what a parser says of a value.
    pub(crate) fn taken<T>(&self, node: &Node<'_>, read: Result<T, String>) -> Option<T> {
        read.map_err(|message| self.fault(node, message)).ok()
    }

    /// Whether the document could not be read in full, so that what seems
    /// to be missing may be there.
    pub(crate) fn is_broken(&self) -> bool {
        !self.broken.borrow().is_empty()
    }

    /// Whether nothing is wrong with a section so far, so that others may
    /// be measured against it.
    pub(crate) fn is_sound(&self, section: &str) -> bool {
        let within = |key: &str| {
            key.strip_prefix(section)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let faults = self.faults.borrow();
        !self.is_broken() && !faults.iter().any(|fault| within(&fault.key))
    }

    /// The faults, or else the notes.
    pub(crate) fn end(self) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let sorted = |mut remarks: Vec<Diagnostic>| {
            remarks.sort_by_key(|remark| remark.line);
            remarks
        };
        let mut faults = sorted(self.faults.into_inner());
        let left_out = self.left_out.get();
        if left_out > 0 {
            faults.push(Diagnostic {
                line: faults.last().map_or(1, |last| last.line),
                key: String::new(),
                message: format!("more faults that are not told: {left_out}"),
            });
        }
        if faults.is_empty() {
            Ok(sorted(self.notes.into_inner()))
        } else {
            Err(faults)
        }
    }
}

fn clipped(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The error of a vocabulary with all that it accepts.
pub(crate) fn unknown(fault: &UnknownWord) -> String {
    format!("{fault}: {}", fault.hint())
}

/// A key as TOML writes it.
fn spelled(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(bare) {
        key.to_owned()
    } else {
        format!("{key:?}")
    }
}

impl<'a> Node<'a> {
    fn wrong(&self, log: &Log, wanted: &str) {
        let is = match self.value.type_str() {
            kind @ ("integer" | "array") => format!("an {kind}"),
            kind => format!("a {kind}"),
        };
        log.fault(self, format!("it is {is}; write {wanted}"));
    }

    pub(crate) fn is_text(&self) -> bool {
        self.value.is_str()
    }

    pub(crate) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    /// A text; `wanted` says what to write instead of something else.
    pub(crate) fn text(&self, log: &Log, wanted: &str) -> Option<&'a str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.wrong(log, wanted);
        }
        text
    }

    /// A text, or a date without quotes as TOML knows it.
    pub(crate) fn date(&self, log: &Log, wanted: &str) -> Option<String> {
        match self.value.as_datetime() {
            Some(date) if date.time.is_none() => Some(date.to_string()),
            Some(_) | None => self.text(log, wanted).map(str::to_owned),
        }
    }

    pub(crate) fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// An answer to a question: a text, a number, or yes or no.
    pub(crate) fn answer(&self, log: &Log, wanted: &str) -> Option<String> {
        let truth = self.value.as_bool();
        let truth = truth.map(|yes| if yes { "yes" } else { "no" }.to_owned());
        let whole = || self.integer().map(|number| number.to_string());
        let broken = || {
            self.value
                .as_float()
                .map(|number| number.as_str().to_owned())
        };
        let other = truth.or_else(whole).or_else(broken);
        other.or_else(|| self.text(log, wanted).map(str::to_owned))
    }

    /// Yes or no.
    pub(crate) fn truth(&self, log: &Log) -> Option<bool> {
        let truth = self.value.as_bool();
        if truth.is_none() {
            self.wrong(log, "true or false");
        }
        truth
    }

    pub(crate) fn integer(&self) -> Option<i64> {
        let number = self.value.as_integer()?;
        i64::from_str_radix(number.as_str(), number.radix()).ok()
    }

    /// A whole number within bounds.
    pub(crate) fn number(&self, log: &Log, least: u16, most: u16) -> Option<u16> {
        let wanted = format!("a whole number from {least} to {most}");
        if !self.value.is_integer() {
            self.wrong(log, &wanted);
            return None;
        }
        let number = self.integer().and_then(|n| u16::try_from(n).ok());
        let number = number.filter(|n| (least..=most).contains(n));
        if number.is_none() {
            log.fault(self, format!("write {wanted}"));
        }
        number
    }

    /// The items of a list of values.
    pub(crate) fn items(&self, log: &Log, most: usize, wanted: &str) -> Option<Vec<Self>> {
        self.list(log, most, wanted, |_| self.key.clone())
    }

    /// The tables of a list, which have numbers.
    pub(crate) fn tables(&self, log: &Log, most: usize, wanted: &str) -> Option<Vec<Table<'a>>> {
        let items = self.list(log, most, wanted, |n| format!("{}[{n}]", self.key))?;
        let tables = items.iter().filter_map(|item| item.table(log, wanted));
        Some(tables.collect())
    }

    fn list(
        &self,
        log: &Log,
        most: usize,
        wanted: &str,
        key: impl Fn(usize) -> String,
    ) -> Option<Vec<Self>> {
        let Some(list) = self.value.as_array() else {
            self.wrong(log, wanted);
            return None;
        };
        if list.len() > most {
            let n = list.len();
            log.fault(self, format!("it has {n} entries; at most {most} fit"));
            return None;
        }
        let item = |(n, item): (usize, &'a toml::Spanned<DeValue<'a>>)| Self {
            key: key(n + 1),
            at: item.span().start,
            value: item.get_ref(),
        };
        Some(list.iter().enumerate().map(item).collect())
    }

    pub(crate) fn table(&self, log: &Log, wanted: &str) -> Option<Table<'a>> {
        let Some(table) = self.value.as_table() else {
            self.wrong(log, wanted);
            return None;
        };
        Some(Table::of(&self.key, self.at, table))
    }
}

impl<'a> Table<'a> {
    pub(crate) fn of(key: &str, at: usize, table: &'a DeTable<'a>) -> Self {
        let entry = |(name, value): (&'a toml::Spanned<_>, &'a toml::Spanned<_>)| {
            let name_at = name.span().start;
            let name: &std::borrow::Cow<'_, str> = name.get_ref();
            let full = if key.is_empty() {
                spelled(name)
            } else {
                format!("{key}.{}", spelled(name))
            };
            let node = Node {
                key: full,
                at: name_at,
                value: value.get_ref(),
            };
            (name.clone().into_owned(), node)
        };
        let mut entries: Vec<_> = table.iter().map(entry).collect();
        entries.sort_by_key(|(_, node)| node.at);
        Self {
            key: key.to_owned(),
            at,
            entries,
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Node<'a>> {
        let entry = self.entries.iter().find(|(key, _)| key == name);
        entry.map(|(_, node)| node)
    }

    /// All entries, in the order of the document; with too many of them, none.
    pub(crate) fn entries(&self, log: &Log, most: usize) -> &[(String, Node<'a>)] {
        let n = self.entries.len();
        if n > most {
            let message = format!("it has {n} entries; at most {most} fit");
            log.fault_at(self.at, &self.key, &message);
            return &[];
        }
        &self.entries
    }

    /// Finds fault with every key but these.
    pub(crate) fn only(&self, log: &Log, known: &[&str]) {
        self.only_or(log, known, |_, _| None);
    }

    /// The same; `explain` may know what another key was meant to be.
    pub(crate) fn only_or(
        &self,
        log: &Log,
        known: &[&str],
        explain: impl Fn(&str, &Node<'a>) -> Option<String>,
    ) {
        for (name, node) in &self.entries {
            if known.contains(&name.as_str()) {
                continue;
            }
            let message = explain(name, node)
                .or_else(|| stray(name, known))
                .unwrap_or_else(|| {
                    let choices = known.iter().copied();
                    unknown(&UnknownWord::new("key", name, choices))
                });
            log.fault(node, message);
        }
    }

    pub(crate) fn fault(&self, log: &Log, message: impl fmt::Display) {
        log.fault_at(self.at, &self.key, &message.to_string());
    }
}

/// A key of the whole document that slipped into a table.
fn stray(name: &str, known: &[&str]) -> Option<String> {
    (super::SECTIONS.contains(&name) && !known.contains(&"levels")).then(|| {
        format!("'{name}' is no part of this table: move it up, before the first [table], or give it a [{name}] of its own")
    })
}
