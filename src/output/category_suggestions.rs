//! The categories of similar tickets, most likely first.

use super::Output;
use super::printer::Printer;
use super::published::search as published;
use super::style::highlight::cut_beside;
use super::style::{humanize, untrusted};
use crate::domain::search::similar::{CategorySuggestion, SimilarTickets};
use crate::error::Error;

/// Maximum number of categories in a table; those below `MIN_SHARE` of the
/// votes are left out.
const MAX_SHOWN: usize = 5;
const MIN_SHARE: f64 = 0.03;

/// Categories suggested by similar tickets.
pub(crate) struct CategorySuggestions(pub(crate) SimilarTickets);

impl CategorySuggestions {
    fn published(&self) -> impl Iterator<Item = published::CategorySuggestion<'_>> {
        self.0.suggestions.iter().map(Into::into)
    }

    /// Says on stderr what to do with the first suggestion.
    fn note(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let best = self.0.suggestions.first();
        to.note(&match (&self.0.ticket, best) {
            (Some(of), None) => format!(
                "no similar ticket has a category; to set one: desk categorize {} CATEGORY",
                of.id.0
            ),
            (None, None) => "no similar ticket has a category".to_owned(),
            (Some(of), Some(best)) => format!(
                "nothing was changed; to take the first: desk categorize {} {}",
                of.id.0, best.category
            ),
            (None, Some(_)) => String::new(),
        })
    }
}

impl Output for CategorySuggestions {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let all = self.0.suggestions.iter();
        let shown = all.filter(|one| one.share >= MIN_SHARE).take(MAX_SHOWN);
        let shown: Vec<&CategorySuggestion> = shown.collect();
        let width = |one: &&CategorySuggestion| untrusted::width(one.category.as_str());
        let widest = shown.iter().map(width).max().unwrap_or(0);
        for one in &shown {
            let padding = " ".repeat(widest - width(one));
            let share = humanize::percent(one.share);
            let prefix = format!("{}{padding}  {share:>4}  ", one.category);
            let evidence: Vec<String> = (one.evidence.iter())
                .map(|(id, title)| format!("{id} {}", untrusted::line(title)))
                .collect();
            let more = match one.tickets.saturating_sub(evidence.len() as u64) {
                0 => String::new(),
                more => format!("; and {} more", humanize::number(more)),
            };
            let text = format!("{}{more}", evidence.join("; "));
            let text = cut_beside(&text, untrusted::width(&prefix), to.options);
            to.text(&format!("{prefix}{text}\n"))?;
        }
        self.note(to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())?;
        self.note(to)
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())?;
        self.note(to)
    }
}
