//! Cells that were read before: the same times, agents and categories come
//! again in row after row, and reading them takes long.

use std::collections::HashMap;

use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::people::Agent;

/// How many different cells are remembered.
const MOST: usize = 5_000;

/// What cells were read as, as far as nothing was to be reported.
#[derive(Default)]
pub(super) struct Memory {
    /// The last time of each field.
    times: HashMap<&'static str, (String, Timestamp)>,
    pub(super) agents: HashMap<String, Agent>,
    pub(super) categories: HashMap<String, Category>,
    /// The words of desk for cells, by field.
    words: HashMap<String, HashMap<String, Option<&'static str>>>,
}

impl Memory {
    /// The time of a field, if its cell is that of the row before.
    pub(super) fn time(&self, field: &str, cell: &str) -> Option<Timestamp> {
        let (known, at) = self.times.get(field)?;
        (known == cell).then_some(*at)
    }

    pub(super) fn keep_time(&mut self, field: &'static str, cell: String, at: Timestamp) {
        self.times.insert(field, (cell, at));
    }

    /// The word of desk for a cell of a field, which `read` finds.
    pub(super) fn word(
        &mut self,
        field: &str,
        cell: &str,
        read: impl FnOnce() -> Option<&'static str>,
    ) -> Option<&'static str> {
        if let Some(known) = self.words.get(field).and_then(|words| words.get(cell)) {
            return *known;
        }
        let word = read();
        let words = self.words.entry(field.to_owned()).or_default();
        keep(words, cell.to_owned(), &word);
        word
    }

    pub(super) fn keep_agent(&mut self, cell: String, agent: &Agent) {
        keep(&mut self.agents, cell, agent);
    }

    pub(super) fn keep_category(&mut self, cell: String, category: &Category) {
        keep(&mut self.categories, cell, category);
    }
}

fn keep<T: Clone>(known: &mut HashMap<String, T>, cell: String, value: &T) {
    if known.len() >= MOST {
        known.clear();
    }
    known.insert(cell, value.clone());
}
