//! The transaction of the port over any engine: keeps the books of tickets
//! and events. Decides nothing about tickets.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::chain::{self, Hash, Link, Root};
use super::codec;
use super::driver::{Driver, Row, damaged};
use super::filter::Filter;
use super::history::histories;
use super::{NameKind, StoreError, Transaction, editions, prose, row, sql};
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::external_record::ExternalReference;
use crate::domain::group_counts::{GroupCount, GroupCounts, GroupKey};
use crate::domain::people::{Agent, Tier};
use crate::domain::policy::versions::{PolicyHistory, PolicyVersion};
use crate::domain::priority::Priority;
use crate::domain::query::Query;
use crate::domain::report::TierTransfer;
use crate::domain::search::SearchHits;
use crate::domain::search::category_affinity::CategoryAffinity;
use crate::domain::search::query::SearchQuery;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::Grouping;

/// The counter that numbers tickets.
pub(super) const TICKET: &str = "ticket";

pub(super) struct Book<'a> {
    driver: Box<dyn Driver + 'a>,
}

impl<'a> Book<'a> {
    pub(super) fn over(driver: Box<dyn Driver + 'a>) -> Self {
        Self { driver }
    }
}

impl Transaction for Book<'_> {
    fn history(&self, id: TicketId) -> Result<Vec<Event>, StoreError> {
        let mut found = Vec::new();
        histories(
            self.driver.as_ref(),
            sql::HISTORY,
            &[id.0.into()],
            &mut |_, stored| {
                found.push(stored.event()?);
                Ok(ControlFlow::Continue(()))
            },
        )?;
        Ok(found)
    }

    fn identity(&self) -> Result<String, StoreError> {
        Ok(root(self.driver.as_ref())?.store)
    }

    fn each_history(
        &self,
        take: &mut dyn FnMut(Vec<Event>) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut held: Vec<Event> = Vec::new();
        let mut stopped = false;
        histories(
            self.driver.as_ref(),
            sql::HISTORIES,
            &[],
            &mut |_, stored| {
                let event = stored.event()?;
                let other = held
                    .first()
                    .is_some_and(|first| first.ticket != event.ticket);
                if other && take(std::mem::take(&mut held)).is_break() {
                    stopped = true;
                    return Ok(ControlFlow::Break(()));
                }
                held.push(event);
                Ok(ControlFlow::Continue(()))
            },
        )?;
        if !stopped && !held.is_empty() {
            let _ = take(held);
        }
        Ok(())
    }

    fn last_id(&self) -> Result<TicketId, StoreError> {
        let last = self.driver.first(sql::LAST, &[TICKET.into()], ticket)?;
        last.ok_or_else(|| damaged("the counter of tickets is missing"))
    }

    fn summary(&self, id: TicketId) -> Result<Option<Summary>, StoreError> {
        let statement = sql::select_tickets("WHERE id = $1");
        self.driver.first(&statement, &[id.0.into()], row::summary)
    }

    fn by_key(&self, key: &str) -> Result<Option<TicketId>, StoreError> {
        self.driver.first(sql::BY_KEY, &[key.into()], ticket)
    }

    fn by_origin(&self, origin: &ExternalReference) -> Result<Option<TicketId>, StoreError> {
        let values = [origin.number.as_str().into(), origin.source.as_str().into()];
        self.driver.first(sql::BY_ORIGIN, &values, ticket)
    }

    fn by_number(&self, number: &str) -> Result<Vec<TicketId>, StoreError> {
        self.driver.all(sql::BY_NUMBER, &[number.into()], ticket)
    }

    fn each(
        &self,
        query: &Query,
        now: Timestamp,
        take: &mut dyn FnMut(Summary) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let (rest, values) = Filter::of(query, now).ordered(query);
        self.driver
            .query(&sql::select_tickets(&rest), &values, &mut |row| {
                row::summary(row).map(&mut *take)
            })
    }

    fn search(
        &self,
        sought: SearchQuery,
        all: bool,
        query: &Query,
        now: Timestamp,
    ) -> Result<SearchHits, StoreError> {
        prose::search(self.driver.as_ref(), sought, all, query, now)
    }

    fn leanings(&self, sought: &SearchQuery) -> Result<CategoryAffinity, StoreError> {
        prose::leanings(self.driver.as_ref(), sought)
    }

    fn reindex(&mut self) -> Result<u64, StoreError> {
        prose::renew(self.driver.as_ref())
    }

    fn count(&self, query: &Query, now: Timestamp) -> Result<u64, StoreError> {
        let (rest, values) = Filter::of(query, now).counted();
        let statement = sql::count_tickets(&rest);
        let count = self
            .driver
            .first(&statement, &values, |mut row| row.small())?;
        Ok(count.unwrap_or(0))
    }

    fn tally(
        &self,
        query: &Query,
        by: Grouping,
        now: Timestamp,
    ) -> Result<GroupCounts, StoreError> {
        let (statement, values) = Filter::of(query, now).tallied(query, by, now);
        let groups = self.driver.all(&statement, &values, |mut row| {
            Ok((
                group(by, &mut row)?,
                GroupCount {
                    open: row.small()?,
                    overdue: row.small()?,
                    at_risk: row.small()?,
                    paused: row.small()?,
                    resolved: row.small()?,
                    unassigned: row.small()?,
                    first_due: row.maybe_moment()?,
                },
            ))
        })?;
        Ok(GroupCounts { by, groups })
    }

    fn handovers(
        &self,
        take: &mut dyn FnMut(TierTransfer) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut last: Option<(TicketId, Tier)> = None;
        self.driver.query(sql::HANDOVERS, &[], &mut |mut row| {
            let (ticket, at) = (TicketId(row.int()?), row.moment()?);
            let (opening, body) = (row.text()?, row.text()?);
            let from = match last.take() {
                Some((of, tier)) if of == ticket => tier,
                Some(_) | None => codec::opening_tier(&opening)?,
            };
            let (to, up) = codec::escalation(&body)?;
            last = Some((ticket, to.clone()));
            Ok(take(TierTransfer {
                ticket,
                at,
                from,
                to,
                up,
            }))
        })
    }

    fn names(&self, which: NameKind) -> Result<Vec<String>, StoreError> {
        let statement = match which {
            NameKind::Categories => sql::CATEGORIES,
            NameKind::Agents => sql::AGENTS,
        };
        self.driver.all(statement, &[], |mut row| row.text())
    }

    fn knows(&self, agent: &Agent) -> Result<bool, StoreError> {
        let assigned = Fact::Assigned {
            agent: agent.clone(),
        };
        let (body, _) = codec::draft(&assigned).seal(0, []);
        let values = [
            agent.as_str().into(),
            assigned.kind().into(),
            body.as_str().into(),
        ];
        let found = self.driver.first(sql::KNOWS, &values, |_| Ok(()))?;
        Ok(found.is_some())
    }

    fn next_id(&mut self) -> Result<TicketId, StoreError> {
        self.driver
            .first(sql::NEXT, &[TICKET.into()], |mut row| row.int())?
            .map(TicketId)
            .ok_or_else(|| damaged("the counter of tickets is missing"))
    }

    fn save(&mut self, based_on: u32, events: &[Event], row: &Summary) -> Result<(), StoreError> {
        let id = row.id;
        let known: Option<u32> =
            self.driver
                .first(sql::TICKET_EVENTS, &[id.0.into()], |mut row| row.small())?;
        if known.unwrap_or(0) != based_on {
            return Err(StoreError::Conflict { id });
        }
        if events.is_empty() {
            return Ok(());
        }
        let follow = events
            .iter()
            .zip(based_on + 1..)
            .all(|(event, n)| event.ticket == id && event.n == n);
        let last = events.last().map(|event| event.n);
        if !follow || last != Some(row.n) {
            return Err(StoreError::Failed {
                detail: format!("the events of {id} do not follow from {based_on} to its row"),
            });
        }
        self.driver.execute(&sql::put_ticket(), &row::values(row))?;
        prose::add(self.driver.as_ref(), id, based_on > 0, events)?;
        self.append(events)
    }

    fn policy_version(&self) -> Result<u32, StoreError> {
        editions::version(self.driver.as_ref())
    }

    fn policies(&self) -> Result<PolicyHistory, StoreError> {
        editions::policies(self.driver.as_ref())
    }

    fn editions(&self) -> Result<Vec<PolicyVersion>, StoreError> {
        editions::all(self.driver.as_ref())
    }

    fn add_edition(&mut self, edition: &PolicyVersion) -> Result<(), StoreError> {
        editions::add(self.driver.as_ref(), edition)?;
        editions::renew_acts(self.driver.as_ref())
    }

    fn ripest(&self, now: Timestamp) -> Result<Option<TicketId>, StoreError> {
        self.driver.first(sql::RIPEST, &[now.into()], ticket)
    }

    fn ripe(&self, now: Timestamp) -> Result<Vec<TicketId>, StoreError> {
        self.driver.all(sql::RIPE, &[now.into()], ticket)
    }

    fn open_ids(&self) -> Result<Vec<TicketId>, StoreError> {
        self.driver.all(sql::OPEN_IDS, &[], ticket)
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.driver.commit()
    }
}

fn ticket(mut row: Row) -> Result<TicketId, StoreError> {
    row.int().map(TicketId)
}

/// What the tickets that were counted have in common.
fn group(by: Grouping, row: &mut Row) -> Result<GroupKey, StoreError> {
    match by {
        Grouping::Priority => {
            let rank = row.maybe_int()?.map(u8::try_from).transpose();
            let rank = rank.map_err(|_| damaged("a priority is out of range"))?;
            Ok(rank.map_or(GroupKey::None, |rank| {
                GroupKey::Priority(Priority::from_rank(rank))
            }))
        }
        Grouping::Tier | Grouping::Assignee | Grouping::Category => {
            Ok(row.maybe_text()?.map_or(GroupKey::None, GroupKey::Named))
        }
    }
}

impl Book<'_> {
    fn append(&self, events: &[Event]) -> Result<(), StoreError> {
        let driver = self.driver.as_ref();
        let root = root(driver)?;
        let (mut seq, mut prev) = head(driver, &root)?;
        for event in events {
            seq += 1;
            let draft = codec::draft(&event.fact);
            let salts = salts(draft.salts())?;
            let (body, fields) = draft.seal(seq, salts);
            let link = Link {
                seq,
                ticket: event.ticket.0,
                n: event.n.into(),
                at_ms: event.at.timestamp_millis(),
                recorded_ms: event.recorded.timestamp_millis(),
                actor: event.actor.as_str(),
                kind: event.fact.kind(),
                body: &body,
            };
            let hash = root.link(&prev, &link);
            let values = [
                seq.into(),
                link.ticket.into(),
                link.n.into(),
                link.at_ms.into(),
                link.recorded_ms.into(),
                link.actor.into(),
                link.kind.into(),
                link.body.into(),
                prev.as_slice().into(),
                hash.as_slice().into(),
            ];
            driver.execute(sql::APPEND, &values)?;
            for field in fields {
                let values = [
                    seq.into(),
                    field.path.into(),
                    field.salt.as_slice().into(),
                    field.value.into(),
                ];
                driver.execute(sql::FIELD, &values)?;
            }
            prev = hash.to_vec();
        }
        Ok(())
    }
}

/// As many salts as asked for.
fn salts(count: usize) -> Result<Vec<Hash>, StoreError> {
    let mut salts = vec![[0; chain::LENGTH]; count];
    random(salts.as_flattened_mut())?;
    Ok(salts)
}

/// Fills bytes with chance, if the operating system has any.
pub(super) fn random(bytes: &mut [u8]) -> Result<(), StoreError> {
    getrandom::fill(bytes).map_err(|fault| StoreError::Failed {
        detail: format!("no random numbers: {fault}"),
    })
}

/// The names in `meta`.
pub(super) const STORE: &str = "store";
pub(super) const CREATED: &str = "created";
pub(super) const GENESIS: &str = "genesis";

/// The identity of the store.
///
/// # Errors
/// [`StoreError::Damaged`] when it is not complete.
pub(super) fn root(driver: &dyn Driver) -> Result<Root, StoreError> {
    let entries = driver.all(sql::META, &[], |mut row| Ok((row.text()?, row.text()?)))?;
    let entries: BTreeMap<String, String> = entries.into_iter().collect();
    let incomplete = || damaged("the store does not say who it is");
    let created = entries.get(CREATED).and_then(|text| text.parse().ok());
    Ok(Root {
        store: entries.get(STORE).ok_or_else(incomplete)?.clone(),
        created_ms: created.ok_or_else(incomplete)?,
    })
}

/// The last link of the chain, be it an event or a version of the policy: its
/// number and its hash.
pub(super) fn head(driver: &dyn Driver, root: &Root) -> Result<(i64, Vec<u8>), StoreError> {
    let link = |mut row: Row| Ok((row.int()?, row.blob()?));
    let event = driver.first(sql::HEAD, &[], link)?;
    let policy = driver.first(sql::POLICY_HEAD, &[], link)?;
    let last = event.into_iter().chain(policy).max_by_key(|(seq, _)| *seq);
    Ok(last.unwrap_or_else(|| (0, root.genesis().to_vec())))
}
