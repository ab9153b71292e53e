//! What the start screen shows.

use std::collections::BTreeMap;

use super::Desk;
use super::listing::rows_at;
use crate::domain::event::TicketId;
use crate::domain::group_counts::GroupCounts;
use crate::domain::people::Agent;
use crate::domain::query::Query;
use crate::domain::start_page::{StartPage, StartRoom, StartSection, StartTickets};
use crate::domain::summary::Summary;
use crate::domain::vocabulary::Grouping;
use crate::error::Error;
use crate::store::Transaction;

impl Desk<'_> {
    /// Returns the start screen of an agent, or of somebody who is none, with as many
    /// tickets as there is room for. All of it is read in one transaction, and only the
    /// rows that are shown.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn start_page(
        &self,
        agent: Option<Agent>,
        room: StartRoom,
    ) -> Result<StartPage, Error> {
        let Some(txn) = self.read()? else {
            let counts = GroupCounts::count(&[], Grouping::Priority, self.now());
            return Ok(StartPage {
                sections: Vec::new(),
                counts,
            });
        };
        let tickets = StartReader {
            desk: self,
            txn: txn.as_ref(),
        };
        let counts = tickets.counts(&StartSection::Open.query())?;
        let all = counts.total();
        let mut sections = Vec::new();
        let mut found = Vec::new();
        for (section, before) in StartSection::all(agent).into_iter().zip(1..) {
            let counted = match section {
                StartSection::Open => Some(all.open),
                StartSection::Unassigned => Some(all.unassigned),
                StartSection::Mine(_) | StartSection::Unanswered => None,
            };
            let query = Query {
                // The sections before it may show the first ones.
                limit: Some(room.most().saturating_mul(before)),
                ..section.query()
            };
            let (ids, total) = tickets.found(&query, counted)?;
            found.push(ids);
            sections.push((section, total));
        }
        let kept = room.arrange(found);
        let mut rows = tickets.rows(&kept.concat())?;
        let sections = sections.into_iter().zip(kept);
        let sections = sections.map(|((section, total), ids)| StartTickets {
            section,
            total,
            rows: ids.iter().filter_map(|id| rows.remove(id)).collect(),
        });
        Ok(StartPage {
            sections: sections.collect(),
            counts,
        })
    }
}

/// Reads what the start screen needs, as it is now, or as it was.
struct StartReader<'a> {
    desk: &'a Desk<'a>,
    txn: &'a dyn Transaction,
}

impl StartReader<'_> {
    fn counts(&self, query: &Query) -> Result<GroupCounts, Error> {
        let by = Grouping::Priority;
        match self.past(query)? {
            Some(rows) => Ok(GroupCounts::count(&rows, by, self.desk.now())),
            None => Ok(self.txn.group_counts(query, by, self.desk.now())?),
        }
    }

    /// The first tickets of a query, and how many there are, which may be known.
    fn found(&self, query: &Query, total: Option<u64>) -> Result<(Vec<TicketId>, u64), Error> {
        if let Some(rows) = self.past(query)? {
            let limit = query.limit.map_or(usize::MAX, |limit| limit as usize);
            let ids = rows.iter().map(|row| row.id).take(limit);
            return Ok((ids.collect(), total.unwrap_or(rows.len() as u64)));
        }
        let now = self.desk.now();
        let total = match total {
            Some(total) => total,
            None => self.txn.count(query, now)?,
        };
        Ok((self.txn.matching(query, now)?, total))
    }

    fn rows(&self, ids: &[TicketId]) -> Result<BTreeMap<TicketId, Summary>, Error> {
        let rows = match self.past(&StartSection::Open.query())? {
            Some(rows) => rows,
            None if ids.is_empty() => Vec::new(),
            None => self.txn.summaries(ids)?,
        };
        let now = self.desk.now();
        Ok(rows.into_iter().map(|row| (row.id, row.at(now))).collect())
    }

    /// The rows of a query as they were, if the past is asked about.
    fn past(&self, query: &Query) -> Result<Option<Vec<Summary>>, Error> {
        let past = self.desk.past();
        past.map(|moment| rows_at(self.txn, query, moment, self.desk))
            .transpose()
    }
}
