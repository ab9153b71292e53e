//! The body of an event while it is written and read: plain entries, and
//! texts that are stored beside it under a path, with a commitment in the body.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::super::StoreError;
use super::super::chain::{self, Hash};
use super::canonical::Json;
use super::fact::ERASED_FIELDS;
use crate::domain::Timestamp;
use crate::domain::text::ERASED;
use crate::domain::vocabulary::UnknownWord;
use chrono::TimeDelta;

/// The entry that holds the commitments by path.
const TEXTS: &str = "texts";

/// The longest duration that is accepted: ten thousand years.
const LONGEST_MS: i64 = 10_000 * 366 * 86_400_000;

/// A body being written.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    entries: BTreeMap<String, Json>,
    texts: Vec<(String, String)>,
}

/// A text that is stored beside the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) path: String,
    pub(crate) salt: Hash,
    pub(crate) value: String,
}

impl Draft {
    pub(super) fn put(&mut self, key: &str, value: impl Into<Json>) {
        match value.into() {
            Json::Null => {}
            value @ (Json::Bool(_)
            | Json::Int(_)
            | Json::Text(_)
            | Json::List(_)
            | Json::Map(_)) => {
                self.entries.insert(key.to_owned(), value);
            }
        }
    }

    pub(super) fn time(&mut self, key: &str, at: Option<Timestamp>) {
        self.put(key, at.map(|at| at.timestamp_millis()));
    }

    pub(super) fn span(&mut self, key: &str, span: Option<TimeDelta>) {
        self.put(key, span.map(|span| span.num_milliseconds()));
    }

    pub(super) fn words<'a>(&mut self, key: &str, words: impl Iterator<Item = &'a str>) {
        let list: Vec<Json> = words.map(Json::from).collect();
        if !list.is_empty() {
            self.put(key, Json::List(list));
        }
    }

    pub(super) fn numbers(&mut self, key: &str, numbers: &[u32]) {
        let list = numbers.iter().map(|number| Json::from(i64::from(*number)));
        self.put(key, Json::List(list.collect()));
    }

    /// Adds a text under `path`.
    pub(crate) fn text(&mut self, path: impl Into<String>, text: &str) {
        self.texts.push((path.into(), text.to_owned()));
    }

    /// The plain entries and the texts, each by its path.
    pub(super) fn parts(self) -> (BTreeMap<String, Json>, Vec<(String, String)>) {
        (self.entries, self.texts)
    }

    /// The number of texts, and so of salts that sealing needs.
    pub(crate) fn text_count(&self) -> usize {
        self.texts.len()
    }

    /// Finishes the body of the event `seq`, with the texts beside it.
    pub(crate) fn seal(
        mut self,
        seq: i64,
        salts: impl IntoIterator<Item = Hash>,
    ) -> (String, Vec<Field>) {
        let fields: Vec<Field> = self
            .texts
            .into_iter()
            .zip(salts)
            .map(|((path, value), salt)| Field { path, salt, value })
            .collect();
        if !fields.is_empty() {
            let commit = |f: &Field| chain::commitment(&f.salt, seq, &f.path, &f.value);
            let texts = fields
                .iter()
                .map(|f| (f.path.clone(), Json::Text(commit(f))));
            self.entries
                .insert(TEXTS.to_owned(), Json::Map(texts.collect()));
        }
        (Json::Map(self.entries).to_string(), fields)
    }
}

/// A stored body with its texts that have not been erased.
#[derive(Debug)]
pub(super) struct Body {
    entries: Json,
    texts: BTreeMap<String, String>,
}

impl Body {
    /// # Errors
    /// [`StoreError::Damaged`] for anything but a JSON object.
    pub(super) fn read(body: &str, texts: BTreeMap<String, String>) -> Result<Self, StoreError> {
        let entries = Json::read(body)?;
        if entries.as_map().is_none() {
            return Err(StoreError::damaged("an event's body is not an object"));
        }
        Ok(Self { entries, texts })
    }

    /// A body from its plain entries and its texts.
    pub(super) fn new(
        mut entries: BTreeMap<String, Json>,
        texts: BTreeMap<String, String>,
    ) -> Self {
        let known = texts.keys().map(|path| (path.clone(), Json::Null));
        entries.insert(TEXTS.to_owned(), Json::Map(known.collect()));
        Self {
            entries: Json::Map(entries),
            texts,
        }
    }

    /// A body from its plain entries and its texts, of which some are erased.
    pub(super) fn without(
        entries: BTreeMap<String, Json>,
        texts: BTreeMap<String, String>,
        erased: &[String],
    ) -> Self {
        let mut body = Self::new(entries, texts);
        body.texts.retain(|path, _| !erased.contains(path));
        body
    }

    /// The commitments to texts, by path.
    pub(super) fn commitments(&self) -> BTreeMap<String, String> {
        let texts = self.entry(TEXTS).and_then(Json::as_map);
        let known = texts.into_iter().flatten();
        known
            .map(|(path, hash)| (path.clone(), hash.as_text().unwrap_or_default().to_owned()))
            .collect()
    }

    pub(super) fn entry(&self, key: &str) -> Option<&Json> {
        self.entries.get(key)
    }

    pub(super) fn maybe_int(&self, key: &str) -> Option<i64> {
        self.entry(key).and_then(Json::as_int)
    }

    pub(super) fn int<N: TryFrom<i64>>(&self, key: &str) -> Result<N, StoreError> {
        self.maybe_int(key)
            .and_then(|number| N::try_from(number).ok())
            .ok_or_else(|| missing(key))
    }

    pub(super) fn bool(&self, key: &str) -> Result<bool, StoreError> {
        self.entry(key)
            .and_then(Json::as_bool)
            .ok_or_else(|| missing(key))
    }

    /// An entry that is left out if it is false.
    pub(super) fn maybe_bool(&self, key: &str) -> bool {
        self.entry(key).and_then(Json::as_bool).unwrap_or(false)
    }

    pub(super) fn name(&self, key: &str) -> Result<&str, StoreError> {
        self.entry(key)
            .and_then(Json::as_text)
            .ok_or_else(|| missing(key))
    }

    pub(super) fn word<W>(
        &self,
        key: &str,
        parse: fn(&str) -> Result<W, UnknownWord>,
    ) -> Result<W, StoreError> {
        word(self.name(key)?, parse)
    }

    pub(super) fn maybe_time(&self, key: &str) -> Result<Option<Timestamp>, StoreError> {
        self.maybe_int(key).map(timestamp).transpose()
    }

    pub(super) fn time(&self, key: &str) -> Result<Timestamp, StoreError> {
        self.maybe_time(key)?.ok_or_else(|| missing(key))
    }

    pub(super) fn maybe_span(&self, key: &str) -> Result<Option<TimeDelta>, StoreError> {
        self.maybe_int(key).map(span).transpose()
    }

    pub(super) fn span(&self, key: &str) -> Result<TimeDelta, StoreError> {
        self.maybe_span(key)?.ok_or_else(|| missing(key))
    }

    pub(super) fn words(&self, key: &str) -> impl Iterator<Item = &str> {
        let list = self.entry(key).and_then(Json::as_list).unwrap_or_default();
        list.iter().filter_map(Json::as_text)
    }

    pub(super) fn numbers(&self, key: &str) -> Result<Vec<u32>, StoreError> {
        let list = self.entry(key).and_then(Json::as_list);
        let list = list.ok_or_else(|| missing(key))?;
        let number = |item: &Json| u32::try_from(item.as_int()?).ok();
        let numbers: Option<Vec<u32>> = list.iter().map(number).collect();
        numbers.ok_or_else(|| missing(key))
    }

    /// The paths of erased texts, by the number of their event.
    pub(super) fn erased_fields<N: FromStr + Ord>(
        &self,
    ) -> Result<BTreeMap<N, Vec<String>>, StoreError> {
        let fields = self.entry(ERASED_FIELDS).and_then(Json::as_map);
        let fields = fields.ok_or_else(|| missing(ERASED_FIELDS))?;
        let read = |(number, paths): (&String, &Json)| {
            let paths = paths.as_list()?.iter();
            let paths: Option<Vec<String>> = paths
                .map(|path| path.as_text().map(str::to_owned))
                .collect();
            Some((number.parse().ok()?, paths?))
        };
        let fields: Option<BTreeMap<N, Vec<String>>> = fields.iter().map(read).collect();
        fields.ok_or_else(|| missing(ERASED_FIELDS))
    }

    /// The text under a path, or that it was erased; `None` if there never was
    /// one.
    pub(super) fn maybe_text(&self, path: &str) -> Option<String> {
        self.entry(TEXTS)?.as_map()?.get(path)?;
        let there = self.texts.get(path).map_or(ERASED, String::as_str);
        Some(there.to_owned())
    }

    pub(super) fn text(&self, path: &str) -> Result<String, StoreError> {
        self.maybe_text(path).ok_or_else(|| missing(path))
    }

    pub(super) fn texts(&self, path: &str) -> Vec<String> {
        (0..)
            .map_while(|index: usize| self.maybe_text(&format!("{path}/{index}")))
            .collect()
    }
}

pub(crate) fn word<W>(
    found: &str,
    parse: fn(&str) -> Result<W, UnknownWord>,
) -> Result<W, StoreError> {
    parse(found).map_err(|fault| StoreError::damaged(fault.to_string()))
}

/// The duration of a stored number of milliseconds.
///
/// # Errors
/// [`StoreError::Damaged`] if calculations with it could overflow.
pub(super) fn span(millis: i64) -> Result<TimeDelta, StoreError> {
    if (-LONGEST_MS..=LONGEST_MS).contains(&millis) {
        Ok(TimeDelta::milliseconds(millis))
    } else {
        Err(StoreError::damaged(format!(
            "{millis} is not a valid duration"
        )))
    }
}

/// The duration of a stored number of seconds.
///
/// # Errors
/// As [`span`].
pub(crate) fn whole_seconds(seconds: i64) -> Result<TimeDelta, StoreError> {
    span(seconds.saturating_mul(1_000))
}

/// The time of a stored number of milliseconds.
///
/// # Errors
/// [`StoreError::Damaged`] outside the years 1 to 9999: nothing that can be
/// recorded is there, and within them no calculation overflows.
pub(crate) fn timestamp(millis: i64) -> Result<Timestamp, StoreError> {
    use chrono::Datelike;
    Timestamp::from_timestamp_millis(millis)
        .filter(|at| (1..=9999).contains(&at.year()))
        .ok_or_else(|| StoreError::damaged(format!("{millis} is not a valid time")))
}

fn missing(key: &str) -> StoreError {
    StoreError::damaged(format!("an event has no {key}"))
}
