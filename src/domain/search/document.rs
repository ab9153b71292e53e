//! The searchable document of a ticket: its texts as index terms, one string
//! per field. Built fact by fact, so that the index can be updated with each
//! event and a replay of the history gives the same document.

use std::borrow::Cow;
use std::collections::HashSet;

use super::analysis::Analyzer;
use super::term_cache::TermCache;
use super::{analysis, callers};
use crate::domain::event::{Correction, Event, Fact};
use crate::domain::text::ERASED;
use crate::domain::ticket;
use crate::domain::vocabulary::ClearedField;

/// A field of a document; each has its own weight in the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Title,
    /// Description, symptoms, affected systems and diagnosis answers.
    Body,
    /// Internal notes, hypotheses, evidence and reasons.
    Log,
    /// Messages to and from the requester.
    Messages,
    /// The resolution, and the workaround and cause of a known error.
    Resolution,
}

impl Field {
    pub(crate) const ALL: [Self; 5] = [
        Self::Title,
        Self::Body,
        Self::Log,
        Self::Messages,
        Self::Resolution,
    ];
}

/// Size of a field, in bytes, up to which every occurrence of a term is kept;
/// beyond it only the first.
const FULL_TEXT_BYTES: usize = 32 * 1024;
/// Size of a field, in bytes, from which further terms are dropped.
const MAX_FIELD_BYTES: usize = 256 * 1024;
/// Sentinel term between the sections of the variants. It is a private-use
/// character, which no token contains.
const SECTION_END: &str = " \u{e000} ";

/// The index terms of a ticket by field, in text order, separated by single
/// spaces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Document {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) log: String,
    pub(crate) messages: String,
    pub(crate) resolution: String,
    /// Further terms: the requester's name and contact, and of all fields stems of
    /// other languages, stems without diacritics, other forms of words, and
    /// compounds. Name, contact and title are sections of their own, so that they
    /// can be replaced.
    pub(crate) variants: String,
}

/// The sections of the variants of a document.
#[derive(Default)]
struct Sections {
    name: String,
    contact: String,
    title: String,
    rest: String,
}

impl Sections {
    fn split(variants: &str) -> Self {
        let mut parts = variants.splitn(4, SECTION_END).map(str::to_owned);
        let parts = [parts.next(), parts.next(), parts.next(), parts.next()];
        match parts {
            [Some(name), Some(contact), Some(title), Some(rest)] => Self {
                name,
                contact,
                title,
                rest,
            },
            [..] => Self {
                rest: variants.to_owned(),
                ..Self::default()
            },
        }
    }

    fn join(self) -> String {
        let Self {
            name,
            contact,
            title,
            rest,
        } = self;
        if name.is_empty() && contact.is_empty() && title.is_empty() {
            return rest;
        }
        [name, contact, title, rest].join(SECTION_END)
    }
}

impl Document {
    /// Builds the document from all events of a ticket that were not taken back.
    pub(crate) fn from_history(history: &[Event], cache: &mut TermCache) -> Self {
        let mut document = Self::default();
        let undone = ticket::undone(history);
        let counted = history.iter().filter(|event| !undone.contains(&event.n));
        let described = counted.clone().rfind(|event| describes_anew(&event.fact));
        let described = described.map_or(0, |event| event.n);
        for event in counted {
            document.add(&event.fact, event.n >= described, cache);
        }
        document
    }

    /// Adds the texts of a fact; erased texts are skipped. A new title replaces
    /// the previous one.
    pub(crate) fn add_fact(&mut self, fact: &Fact, cache: &mut TermCache) {
        self.add(fact, true, cache);
    }

    /// As [`Self::add_fact`], without the description if that was corrected later.
    fn add(&mut self, fact: &Fact, is_described: bool, cache: &mut TermCache) {
        for (field, text) in current_texts(fact, is_described) {
            if field == Field::Title {
                self.clear_title();
            }
            if text != ERASED {
                self.add_text(field, &text, cache);
            }
        }
        self.add_caller(fact);
    }

    fn clear_title(&mut self) {
        self.title.clear();
        let mut sections = Sections::split(&self.variants);
        sections.title.clear();
        self.variants = sections.join();
    }

    /// Replaces the terms of the requester's name and contact, where a fact has
    /// them.
    fn add_caller(&mut self, fact: &Fact) {
        let caller = caller_texts(fact);
        let cleared = |field| matches!(fact, Fact::Corrected(it) if it.clears(field));
        let (no_name, no_contact) = (cleared(ClearedField::Name), cleared(ClearedField::Contact));
        if caller.is_empty() && !no_name && !no_contact {
            return;
        }
        let mut sections = Sections::split(&self.variants);
        if no_name {
            sections.name.clear();
        }
        if no_contact {
            sections.contact.clear();
        }
        for (path, text) in caller {
            let is_name = path == "name";
            let terms = match (&*text == ERASED, is_name) {
                (true, _) => Vec::new(),
                (false, true) => callers::name_terms(&text),
                (false, false) => callers::contact_terms(&text),
            };
            let section = match is_name {
                true => &mut sections.name,
                false => &mut sections.contact,
            };
            *section = terms.join(" ");
        }
        self.variants = sections.join();
    }

    /// The texts of the fields, in the order of [`Field::ALL`], and the variants.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        let fields = Field::ALL.into_iter().map(|field| self.field(field));
        fields.chain([self.variants.as_str()])
    }

    /// The terms of all fields and variants, in order.
    #[cfg_attr(
        not(feature = "postgres"),
        allow(dead_code, reason = "the index of SQLite splits fields itself")
    )]
    pub(crate) fn terms(&self) -> impl Iterator<Item = &str> {
        let terms = self.fields().flat_map(|field| field.split(' '));
        terms.filter(|term| !term.is_empty() && *term != SECTION_END.trim())
    }

    pub(crate) fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => &self.title,
            Field::Body => &self.body,
            Field::Log => &self.log,
            Field::Messages => &self.messages,
            Field::Resolution => &self.resolution,
        }
    }

    fn field_mut(&mut self, field: Field) -> &mut String {
        match field {
            Field::Title => &mut self.title,
            Field::Body => &mut self.body,
            Field::Log => &mut self.log,
            Field::Messages => &mut self.messages,
            Field::Resolution => &mut self.resolution,
        }
    }

    fn add_text(&mut self, field: Field, text: &str, cache: &mut TermCache) {
        let mut sections = Sections::split(&self.variants);
        let section = match field {
            Field::Title => &mut sections.title,
            Field::Body | Field::Log | Field::Messages | Field::Resolution => &mut sections.rest,
        };
        let mut variants = FieldTerms::new(std::mem::take(section));
        let mut terms = FieldTerms::new(std::mem::take(self.field_mut(field)));
        let analyzer = Analyzer::for_text(text);
        for token in analysis::tokens(text) {
            if terms.is_full() {
                break;
            }
            let found = cache.terms(analyzer, token.text);
            for variant in &found.variants {
                variants.push_unique(variant);
            }
            for term in &found.terms {
                terms.push(term);
            }
        }
        *self.field_mut(field) = terms.text;
        *section = variants.text;
        self.variants = sections.join();
    }
}

/// The terms of a field while texts are being added.
struct FieldTerms {
    text: String,
    /// The distinct terms in `text`; filled when uniqueness first matters.
    seen: HashSet<String>,
}

impl FieldTerms {
    fn new(text: String) -> Self {
        Self {
            text,
            seen: HashSet::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.text.len() >= MAX_FIELD_BYTES
    }

    fn push(&mut self, term: &str) {
        if self.text.len() < FULL_TEXT_BYTES {
            self.append(term);
        } else {
            self.push_unique(term);
        }
    }

    fn push_unique(&mut self, term: &str) {
        if self.is_full() {
            return;
        }
        if self.seen.is_empty() {
            self.seen = self.text.split(' ').map(str::to_owned).collect();
        }
        if self.seen.insert(term.to_owned()) {
            self.append(term);
        }
    }

    fn append(&mut self, term: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(term);
    }
}

/// The searchable texts of a fact, field by field.
pub(crate) fn indexed_texts(fact: &Fact) -> Vec<(Field, Cow<'_, str>)> {
    current_texts(fact, true)
}

/// As [`indexed_texts`], without the description if that was corrected later.
fn current_texts(fact: &Fact, is_described: bool) -> Vec<(Field, Cow<'_, str>)> {
    let mut texts = Vec::new();
    for (path, text) in fact.texts() {
        if !is_described && path == "description" {
            continue;
        }
        texts.extend(field_of(fact.kind(), &path).map(|field| (field, text)));
    }
    texts.sort_by_key(|(field, _)| *field);
    texts
}

/// The requester's name and contact in a fact that sets them.
fn caller_texts(fact: &Fact) -> Vec<(Cow<'static, str>, Cow<'_, str>)> {
    match fact.kind() {
        "opened" | "corrected" => {}
        _ => return Vec::new(),
    }
    let mut texts = fact.texts();
    texts.retain(|(path, _)| matches!(&**path, "name" | "contact"));
    texts
}

/// Whether a fact takes the place of an earlier description.
fn describes_anew(fact: &Fact) -> bool {
    let Fact::Corrected(correction) = fact else {
        return false;
    };
    correction.description.is_some() || correction.clears(ClearedField::Description)
}

/// Whether after a fact other texts than those of the document are searched, so that
/// it has to be built again from the history.
pub(crate) fn replaces_texts(fact: &Fact) -> bool {
    describes_anew(fact) || matches!(fact, Fact::Undone { .. })
}

/// Whether a fact changes the document of its ticket.
pub(crate) fn is_indexed(fact: &Fact) -> bool {
    let clears_caller =
        |it: &Correction| it.clears(ClearedField::Name) || it.clears(ClearedField::Contact);
    !indexed_texts(fact).is_empty()
        || !caller_texts(fact).is_empty()
        || matches!(fact, Fact::Corrected(it) if clears_caller(it))
}

/// The field in which a text is indexed, by the kind of its fact and its path;
/// `None` for texts that are not searched.
fn field_of(kind: &str, path: &str) -> Option<Field> {
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    match (first, kind) {
        ("title", _) => Some(Field::Title),
        ("added", "tagged") | ("values", "fields-set") | ("items", "checklist-added") => {
            Some(Field::Body)
        }
        ("description" | "symptoms" | "affected" | "extent", _) => Some(Field::Body),
        // The choices of the worksheet are no words that somebody looks for.
        ("answers", "breach-assessed") => None,
        ("answers", _) if rest.ends_with("/answer") => Some(Field::Body),
        ("facts" | "cause" | "effects", "breach-described") => Some(Field::Body),
        ("measures" | "measure" | "lessons", _) => Some(Field::Log),
        ("text", "logged" | "proposed") | ("note" | "evidence", _) => Some(Field::Log),
        ("reason", "gate-passed" | "erased") => None,
        ("reason", _) => Some(Field::Log),
        ("text", "replied" | "heard") | ("comment", _) => Some(Field::Messages),
        ("text", "resolved") | ("workaround" | "cause", _) => Some(Field::Resolution),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
