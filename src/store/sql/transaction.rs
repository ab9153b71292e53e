//! The transaction of the port on any engine. Decides nothing about tickets.

use std::cell::OnceCell;
use std::ops::ControlFlow;

use super::super::chain;
use super::super::codec;
use super::super::port::{HistoryPage, UsedNames};
use super::super::{NameKind, StoreError, Transaction};
use super::append::{ChainEnd, ChainWriter};
use super::chain_head;
use super::chain_head::{head, identity};
use super::driver::{Executor, Row, Value};
use super::filter::Filter;
use super::people::{self, People};
use super::search::SearchIndex;
use super::statements::{self, TICKET_COUNTER};
use super::{
    alarms, breaches, group_row, history, import_keys, names, policy_versions, search, ticket_row,
};
use crate::domain::Timestamp;
use crate::domain::alarms::{AlarmCount, AlarmText};
use crate::domain::event::{Event, TicketId};
use crate::domain::external_record::{ExternalReference, ImportedRows};
use crate::domain::group_counts::GroupCounts;
use crate::domain::people::Agent;
use crate::domain::policy::versions::PolicyVersion;
use crate::domain::query::Query;
use crate::domain::report::{Credit, CreditKind, TierTransfer};
use crate::domain::search::SearchHits;
use crate::domain::search::category_affinity::CategoryAffinity;
use crate::domain::search::query::SearchQuery;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::Grouping;

/// A transaction over an engine's driver and search index.
pub(crate) struct SqlTransaction<'a> {
    pub(super) db: Executor<'a>,
    index: &'a dyn SearchIndex,
    people: People,
    import_keys: OnceCell<Vec<String>>,
    /// The end of the chain that this transaction wrote.
    chain_end: Option<ChainEnd>,
}

impl<'a> SqlTransaction<'a> {
    pub(crate) fn new(db: Executor<'a>, index: &'a dyn SearchIndex) -> Self {
        Self {
            db,
            index,
            people: People::default(),
            import_keys: OnceCell::new(),
            chain_end: None,
        }
    }

    fn add_events(&mut self, events: &[Event]) -> Result<(), StoreError> {
        let end = self.chain_end.take();
        let mut chain = ChainWriter::resume(&self.db, &mut self.people, end)?;
        events.iter().try_for_each(|event| chain.add_event(event))?;
        self.chain_end = Some(chain.finish());
        Ok(())
    }

    fn add_import_key(&mut self, key: &str, now: Timestamp) -> Result<(), StoreError> {
        self.import_keys.take();
        self.chain_end = None;
        import_keys::add(&self.db, &mut self.people, key, now)
    }

    fn import_keys(&self) -> Result<&[String], StoreError> {
        if self.import_keys.get().is_none() {
            let keys = import_keys::all(&self.db)?;
            self.import_keys.get_or_init(|| keys);
        }
        Ok(self.import_keys.get().expect("it was set just now"))
    }
}

impl Transaction for SqlTransaction<'_> {
    fn history(&self, id: TicketId) -> Result<Vec<Event>, StoreError> {
        history::history(&self.db, &self.people, id)
    }

    fn history_until(&self, id: TicketId, last_link: i64) -> Result<Vec<Event>, StoreError> {
        history::history_until(&self.db, &self.people, id, last_link)
    }

    fn store_id(&self) -> Result<String, StoreError> {
        Ok(identity(&self.db)?.store)
    }

    fn last_link(&self) -> Result<i64, StoreError> {
        Ok(head(&self.db, &identity(&self.db)?)?.0)
    }

    fn histories(&self, first: TicketId, last_link: i64) -> Result<HistoryPage, StoreError> {
        history::page(&self.db, &self.people, first, last_link)
    }

    fn last_id(&self) -> Result<TicketId, StoreError> {
        self.db
            .first(statements::LAST_ID, &[TICKET_COUNTER.into()], ticket_id)?
            .ok_or_else(no_counter)
    }

    fn summary(&self, id: TicketId) -> Result<Option<Summary>, StoreError> {
        let statement = statements::select_tickets("WHERE id = $1");
        let found = self
            .db
            .first(&statement, &[id.0.into()], ticket_row::summary)?;
        found
            .map(|summary| self.people.with_names(&self.db, summary))
            .transpose()
    }

    fn summaries(&self, ids: &[TicketId]) -> Result<Vec<Summary>, StoreError> {
        let parameters: Vec<String> = (1..=ids.len()).map(|n| format!("${n}")).collect();
        let rest = format!("WHERE id IN ({}) ORDER BY id", parameters.join(", "));
        let values: Vec<Value> = ids.iter().map(|id| id.0.into()).collect();
        let statement = statements::select_tickets(&rest);
        let found = self.db.all(&statement, &values, ticket_row::summary)?;
        found
            .into_iter()
            .map(|summary| self.people.with_names(&self.db, summary))
            .collect()
    }

    fn by_key(&self, key: &str) -> Result<Option<TicketId>, StoreError> {
        self.db.first(statements::BY_KEY, &[key.into()], ticket_id)
    }

    fn alarm_count(&self, id: TicketId) -> Result<Option<AlarmCount>, StoreError> {
        alarms::total(&self.db, id)
    }

    fn alarm_texts(&self, id: TicketId, only: Option<&str>) -> Result<Vec<AlarmText>, StoreError> {
        alarms::texts(&self.db, id, only)
    }

    fn put_alarms(
        &mut self,
        id: TicketId,
        total: AlarmCount,
        texts: &[AlarmText],
    ) -> Result<(), StoreError> {
        alarms::put(&self.db, id, total, texts)
    }

    fn by_origin(&self, origin: &ExternalReference) -> Result<Option<TicketId>, StoreError> {
        let values = [origin.number.as_str().into(), origin.source.as_str().into()];
        self.db.first(statements::BY_ORIGIN, &values, ticket_id)
    }

    fn by_number(&self, number: &str) -> Result<Vec<TicketId>, StoreError> {
        self.db
            .all(statements::BY_NUMBER, &[number.into()], ticket_id)
    }

    fn each(
        &self,
        query: &Query,
        now: Timestamp,
        take: &mut dyn FnMut(Summary) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let (clauses, values) = Filter::new(query, now).ordered(query);
        let statement = statements::select_tickets(&clauses);
        self.people.read_display_names(&self.db)?;
        self.db.query(&statement, &values, &mut |row| {
            let summary = ticket_row::summary(row)?;
            self.people.with_names(&self.db, summary).map(&mut *take)
        })
    }

    fn matching(&self, query: &Query, now: Timestamp) -> Result<Vec<TicketId>, StoreError> {
        let (clauses, values) = Filter::new(query, now).ordered(query);
        let statement = statements::select_ids(&clauses);
        self.db.all(&statement, &values, ticket_id)
    }

    fn changed_since(&self, last_link: i64) -> Result<Vec<TicketId>, StoreError> {
        let values = [last_link.into()];
        let ticket = |row: &Row<'_>| Ok(row.maybe_int("ticket")?.map(TicketId));
        let tickets = self.db.all(statements::CHANGED_SINCE, &values, ticket)?;
        Ok(tickets.into_iter().flatten().collect())
    }

    fn search(
        &self,
        search: SearchQuery,
        match_all: bool,
        filter: &Query,
        now: Timestamp,
    ) -> Result<SearchHits, StoreError> {
        search::search(&self.db, self.index, search, match_all, filter, now)
    }

    fn category_affinity(&self, search: &SearchQuery) -> Result<CategoryAffinity, StoreError> {
        search::category_affinity(&self.db, self.index, search)
    }

    fn reindex(&mut self) -> Result<u64, StoreError> {
        search::rebuild(&self.db, self.index)
    }

    fn count(&self, query: &Query, now: Timestamp) -> Result<u64, StoreError> {
        let (clauses, values) = Filter::new(query, now).counted();
        let statement = statements::count_tickets(&clauses);
        let count = self
            .db
            .first(&statement, &values, |row| row.number("tickets"))?;
        Ok(count.unwrap_or(0))
    }

    fn group_counts(
        &self,
        query: &Query,
        by: Grouping,
        now: Timestamp,
    ) -> Result<GroupCounts, StoreError> {
        let (statement, values) = Filter::new(query, now).grouped(query, by, now);
        let read = |row: &Row<'_>| group_row::read(by, row);
        let groups = self.db.all(&statement, &values, read)?;
        Ok(GroupCounts { by, groups })
    }

    fn credits(&self) -> Result<Vec<Credit>, StoreError> {
        // Names are looked up once no rows are being read.
        let rows = self.db.all(statements::CREDITS, &[], |row| {
            let kind = CreditKind::from_fact_kind(row.str("kind")?)
                .ok_or_else(|| StoreError::damaged("an event gives no credit"))?;
            let ticket = TicketId(row.int("ticket")?);
            Ok((ticket, row.timestamp("at_ms")?, kind, history::actor(row)?))
        })?;
        let find = |number| self.people.find(&self.db, number);
        let credit = |(ticket, at, kind, actor)| {
            Ok(Credit {
                ticket,
                at,
                by: codec::read_actor(actor, &find)?,
                kind,
            })
        };
        rows.into_iter().map(credit).collect()
    }

    fn tier_transfers(
        &self,
        take: &mut dyn FnMut(TierTransfer) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        history::tier_transfers(&self.db, take)
    }

    fn names(&self, kind: NameKind) -> Result<Vec<String>, StoreError> {
        names::all(&self.db, kind)
    }

    fn used_names(&self, which: UsedNames) -> Result<Vec<String>, StoreError> {
        names::used(&self.db, which)
    }

    fn is_used(&self, which: UsedNames, name: &str) -> Result<bool, StoreError> {
        names::is_used(&self.db, which, name)
    }

    fn imports(&self) -> Result<Vec<ImportedRows>, StoreError> {
        self.db
            .all(statements::IMPORTS, &[], history::imported_rows)
    }

    fn foreign_agents(&self) -> Result<Vec<Agent>, StoreError> {
        people::foreign_agents(&self.db)
    }

    fn is_known_agent(&self, agent: &Agent) -> Result<bool, StoreError> {
        names::is_known_agent(&self.db, agent)
    }

    fn next_id(&mut self) -> Result<TicketId, StoreError> {
        self.db
            .first(statements::NEXT_ID, &[TICKET_COUNTER.into()], ticket_id)?
            .ok_or_else(no_counter)
    }

    fn policy_version(&self) -> Result<u32, StoreError> {
        policy_versions::current_version(&self.db)
    }

    fn policy_versions(&self) -> Result<Vec<PolicyVersion>, StoreError> {
        policy_versions::all(&self.db, &self.people)
    }

    fn add_policy_version(&mut self, version: &PolicyVersion) -> Result<(), StoreError> {
        self.chain_end = None;
        policy_versions::add(&self.db, &mut self.people, version)
    }

    fn row_fingerprints(
        &mut self,
        digest: &str,
        now: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        if self.import_keys()?.is_empty() {
            self.add_import_key(&import_keys::random()?, now)?;
        }
        let keys = self.import_keys()?.iter();
        let keyed = keys.map(|key| chain::row_fingerprint(key, digest));
        // Versions before 0.3 stored the digest itself.
        Ok(keyed.chain([digest.to_owned()]).collect())
    }

    fn export_keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.import_keys()?.to_vec())
    }

    fn add_export_key(&mut self, key: &str, now: Timestamp) -> Result<(), StoreError> {
        if self.import_keys()?.iter().any(|known| known == key) {
            return Ok(());
        }
        self.add_import_key(key, now)
    }

    fn set_timers(&mut self, timers: &[(TicketId, Option<Timestamp>)]) -> Result<(), StoreError> {
        timers.iter().try_for_each(|(id, at)| {
            self.db
                .execute(statements::SET_TIMER, &[id.0.into(), (*at).into()])
        })
    }

    fn next_due_action(&self, now: Timestamp) -> Result<Option<TicketId>, StoreError> {
        self.db
            .first(statements::NEXT_DUE_ACTION, &[now.into()], ticket_id)
    }

    fn due_actions(&self, now: Timestamp) -> Result<Vec<TicketId>, StoreError> {
        self.db
            .all(statements::DUE_ACTIONS, &[now.into()], ticket_id)
    }

    fn last_clock_time(&self) -> Result<Option<Timestamp>, StoreError> {
        chain_head::last_clock_time(&self.db)
    }

    fn keep_clock_time(&mut self, now: Timestamp) -> Result<(), StoreError> {
        chain_head::keep_clock_time(&self.db, now)
    }

    fn open_ids(&self) -> Result<Vec<TicketId>, StoreError> {
        self.db.all(statements::OPEN_IDS, &[], ticket_id)
    }

    fn save(&mut self, based_on: u32, events: &[Event], row: &Summary) -> Result<(), StoreError> {
        let id = row.id;
        let known: Option<u32> = self
            .db
            .first(statements::EVENT_COUNT, &[id.0.into()], |row| {
                row.number("n")
            })?;
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
                detail: format!(
                    "the events of {id} do not lead from event {based_on} to event {}",
                    row.n
                ),
            });
        }
        let statement = match known {
            None => &statements::INSERT_TICKET,
            Some(_) => &statements::UPDATE_TICKET,
        };
        self.db.execute(statement, &ticket_row::values(row))?;
        breaches::update(&self.db, events, row)?;
        search::add_events(&self.db, self.index, id, based_on == 0, events)?;
        self.add_events(events)
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.db.commit()
    }
}

fn ticket_id(row: &Row<'_>) -> Result<TicketId, StoreError> {
    row.int("id").map(TicketId)
}

fn no_counter() -> StoreError {
    StoreError::damaged("the ticket counter is missing")
}
