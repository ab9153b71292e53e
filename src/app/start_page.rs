//! What the start screen shows.

use super::Desk;
use crate::domain::people::Agent;
use crate::domain::privacy::view::RestrictedTickets;
use crate::domain::query::Query;
use crate::domain::start_page::{StartPage, StartSection, StartTickets};
use crate::domain::vocabulary::Grouping;
use crate::error::Error;

impl Desk<'_> {
    /// Returns the start screen of an agent, or of somebody who is none, with up to
    /// `rows` tickets in each section.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn start_page(&self, agent: Option<Agent>, rows: u32) -> Result<StartPage, Error> {
        let counts = self.group_counts(&restricted_too(Query::open()), Grouping::Priority)?;
        let all = counts.total();
        let mut sections = Vec::new();
        for (section, before) in StartSection::all(agent).into_iter().zip(1..) {
            let query = match section {
                StartSection::Open => restricted_too(section.query()),
                StartSection::Mine(_) | StartSection::Unanswered | StartSection::Unassigned => {
                    section.query()
                }
            };
            let total = match section {
                StartSection::Open => all.open,
                StartSection::Unassigned => all.unassigned,
                StartSection::Mine(_) | StartSection::Unanswered => self.count(&query)?,
            };
            sections.push(StartTickets {
                rows: self.find(&Query {
                    // The sections before it may show the first ones.
                    limit: Some(rows.saturating_mul(before)),
                    ..query
                })?,
                total,
                section,
            });
        }
        Ok(StartPage::new(sections, counts))
    }
}

/// The query, with the numbers of tickets that are restricted to others.
fn restricted_too(query: Query) -> Query {
    Query {
        restricted: RestrictedTickets::NumberOnly,
        ..query
    }
}
