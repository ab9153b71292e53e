//! Search results: tickets with the passage that matches.

pub(super) mod prefix;

use super::Output;
use super::columns::Column;
use super::printer::Printer;
use super::published::search::{SearchResult, field_name, result_cells};
use super::style::highlight::HighlightedLine;
use super::style::palette::Style;
use super::style::{humanize, untrusted};
use super::ticket_list::{Rows, TicketList, more_rows};
use crate::domain::search::SearchResults;
use crate::error::Error;
use crate::output_format::OutputFormat;
use prefix::Prefixes;

/// How many corrected typos are named.
const MAX_CORRECTIONS: usize = 3;

impl Output for SearchResults {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let (rows, options) = (&self.results, to.options);
        let prefixes = Prefixes::new(rows.iter().map(|one| (&one.summary, None)));
        for (i, one) in rows.iter().enumerate() {
            let title = HighlightedLine::new(&one.summary.title, &one.title_highlights);
            let title = title.render(prefixes.width, options);
            to.text(&format!("{}{title}\n", prefixes.render(i, options)))?;
            if let Some(snippet) = &one.snippet {
                let label = format!("{}: ", field_name(snippet.field));
                let text = HighlightedLine::new(&snippet.text, &snippet.highlights);
                let text = text.with_ellipses(snippet.truncated);
                let text = text.render(prefixes.indent + untrusted::width(&label), options);
                let label = Style::Dim.paint(&label, options.color);
                to.text(&format!("{}{label}{text}\n", " ".repeat(prefixes.indent)))?;
            }
        }
        notes(self, self.results.len() as u64, to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let (whole, options) = (self.full_matches > 0, to.options);
        let rows = self.results.iter();
        to.list(rows.map(|one| SearchResult::new(one, whole, options)))?;
        notes(self, self.results.len() as u64, to)
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let records = self.results.iter().map(result_cells);
        to.records(&SearchResult::CSV_HEADINGS, records)?;
        notes(self, self.results.len() as u64, to)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids(self.results.iter().map(|one| one.summary.id))?;
        notes(self, self.results.len() as u64, to)
    }
}

/// The results of a search, as a list with selected columns.
pub(crate) struct SearchResultList {
    list: TicketList<'static>,
    /// The results, without their rows.
    found: SearchResults,
    shown: u64,
}

impl SearchResultList {
    pub(crate) fn new(mut found: SearchResults, columns: Vec<Column>, header: bool) -> Self {
        let rows = std::mem::take(&mut found.results).into_iter();
        let rows: Vec<_> = rows.map(|one| one.summary).collect();
        Self {
            shown: rows.len() as u64,
            list: TicketList {
                rows: Rows::Loaded(rows),
                total: None,
                columns: Some(columns),
                added: Vec::new(),
                empty: "",
                header,
            },
            found,
        }
    }
}

impl Output for SearchResultList {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.list.table(to)?;
        notes(&self.found, self.shown, to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.list.json(to)?;
        notes(&self.found, self.shown, to)
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.list.csv(to)?;
        notes(&self.found, self.shown, to)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.list.ids(to)?;
        notes(&self.found, self.shown, to)
    }
}

/// Says on stderr how the query was understood and what was left out.
fn notes(found: &SearchResults, shown: u64, to: &mut Printer<'_>) -> Result<(), Error> {
    let query = &found.query;
    if query.is_empty() {
        return to.note("the query has no word to search for");
    }
    if query.dropped_words > 0 {
        let used = query.groups.len();
        to.note(&format!(
            "only the first {used} different words were searched for"
        ))?;
    }
    let corrections = &found.corrections;
    for (typed, meant) in corrections.iter().take(MAX_CORRECTIONS) {
        let (typed, meant) = (untrusted::line(typed), untrusted::line(meant));
        to.note(&format!(
            "no match for '{typed}'; searched for '{meant}' instead"
        ))?;
    }
    if corrections.len() > MAX_CORRECTIONS {
        let more = (corrections.len() - MAX_CORRECTIONS) as u64;
        to.note(&format!("likewise {}", humanize::plural(more, "more word")))?;
    }
    if shown == 0 {
        to.note("no ticket matches")
    } else if found.full_matches == 0 {
        to.note("no ticket matches all words; these are the closest")
    } else if found.full_matches > shown && to.options.format == OutputFormat::Table {
        to.note(&more_rows(found.full_matches - shown))
    } else {
        Ok(())
    }
}
