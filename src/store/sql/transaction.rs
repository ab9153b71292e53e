//! The transaction of the port on any engine. Decides nothing about tickets.

use std::cell::{OnceCell, RefCell};
use std::ops::ControlFlow;

use super::super::port::{HistoryPage, UsedNames};
use super::super::{NameKind, StoreError, Transaction};
use super::append::ChainEnd;
use super::chain_head::{self, head, identity};
use super::driver::{Executor, Row};
use super::filter::Filter;
use super::people::{self, People};
use super::rows::{no_counter, ticket_id};
use super::search_index::SearchIndex;
use super::statements::{self, TICKET_COUNTER};
use super::{
    alarms, breaches, group_row, history, import_keys, names, person_events, policy_versions, rows,
    search, ticket_row,
};
use crate::domain::Timestamp;
use crate::domain::alarms::{AlarmCount, AlarmText};
use crate::domain::event::{Event, TicketId};
use crate::domain::external_record::{ExternalReference, ImportedRows};
use crate::domain::group_counts::GroupCounts;
use crate::domain::people::Agent;
use crate::domain::policy::versions::PolicyVersion;
use crate::domain::privacy::person_event::{PersonEvent, PersonFactKind};
use crate::domain::privacy::person_register::ProcessingLimit;
use crate::domain::privacy::view::View;
use crate::domain::query::Query;
use crate::domain::rejection::Rejection;
use crate::domain::report::{Credit, TierTransfer};
use crate::domain::search::term_cache::TermCache;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::Grouping;

/// A transaction over an engine's driver and search index. The events of tickets
/// are appended to the chain at the commit, or before something reads them, so
/// that others wait for the end of the chain as shortly as possible.
pub(crate) struct SqlTransaction<'a> {
    pub(super) executor: Executor<'a>,
    pub(super) index: &'a dyn SearchIndex,
    pub(super) people: People,
    pub(super) import_keys: OnceCell<Vec<String>>,
    /// What is not shown.
    pub(super) view: View,
    /// The end of the chain that this transaction wrote.
    pub(super) chain_end: RefCell<Option<ChainEnd>>,
    /// The events that are not appended to the chain yet.
    pub(super) queued: RefCell<Vec<Event>>,
    /// The words that were indexed.
    pub(super) terms: TermCache,
}

impl<'a> SqlTransaction<'a> {
    pub(crate) fn new(executor: Executor<'a>, index: &'a dyn SearchIndex) -> Self {
        Self {
            executor,
            index,
            people: People::default(),
            import_keys: OnceCell::new(),
            view: View::default(),
            chain_end: RefCell::default(),
            queued: RefCell::default(),
            terms: TermCache::default(),
        }
    }

    fn filter(&self, query: &Query, now: Timestamp) -> Result<Filter, StoreError> {
        let position = self.db()?.position_function();
        Ok(Filter::new(query, now, &self.view, position))
    }

    /// A row with the display name of its agent, as the view shows it.
    fn shown(&self, row: Summary) -> Result<Summary, StoreError> {
        Ok(self.view.shown(self.people.with_names(self.db()?, row)?))
    }
}

impl Transaction for SqlTransaction<'_> {
    fn may_hide_anything(&self) -> Result<bool, StoreError> {
        Ok(self
            .db()?
            .first(statements::MAY_HIDE, &[], |_| Ok(()))?
            .is_some())
    }

    fn restrictions(&self) -> Result<Vec<(TicketId, Vec<Agent>)>, StoreError> {
        let read = |row: &Row<'_>| Ok((ticket_id(row)?, ticket_row::restricted_to(row)?));
        self.db()?.all(statements::RESTRICTIONS, &[], read)
    }

    fn set_view(&mut self, view: View) {
        self.view = view;
    }

    fn history(&self, id: TicketId) -> Result<Vec<Event>, StoreError> {
        self.history_until(id, i64::MAX)
    }

    fn hidden_history(&self, id: TicketId) -> Result<Vec<Event>, StoreError> {
        let db = self.db()?;
        db.lock_ticket(id.0)?;
        history::history_until(db, &self.people, &View::default(), id, i64::MAX)
    }

    fn history_until(&self, id: TicketId, last_link: i64) -> Result<Vec<Event>, StoreError> {
        if let Some(to) = self.view.hides(id) {
            let to = to.to_vec();
            return Err(StoreError::Restricted(Rejection::Restricted { id, to }));
        }
        let db = self.db()?;
        db.lock_ticket(id.0)?;
        history::history_until(db, &self.people, &self.view, id, last_link)
    }

    fn histories_of(&self, ids: &[TicketId]) -> Result<Vec<Vec<Event>>, StoreError> {
        if let Some(id) = ids.iter().find(|id| self.view.hides(**id).is_some()) {
            return self.history(*id).map(|history| vec![history]);
        }
        history::of_tickets(self.db()?, &self.people, &self.view, ids)
    }

    fn limit_on(&self, id: TicketId) -> Result<Option<ProcessingLimit>, StoreError> {
        if !self.view.limits_anybody() {
            return Ok(None);
        }
        let history = self.hidden_history(id)?;
        Ok(self.view.limits_history(&history).cloned())
    }

    fn person_events(&self) -> Result<Vec<PersonEvent>, StoreError> {
        person_events::all(self.db()?, &self.people)
    }

    fn person_events_of(&self, kind: PersonFactKind) -> Result<Vec<PersonEvent>, StoreError> {
        person_events::of_kind(self.db()?, &self.people, kind)
    }

    fn add_person_event(
        &mut self,
        event: &PersonEvent,
        recorded: Timestamp,
    ) -> Result<(), StoreError> {
        person_events::add(self.db_to_append()?, &self.people, event, recorded)
    }

    fn last_person_event(&self, kind: PersonFactKind) -> Result<u32, StoreError> {
        person_events::last(self.db()?, kind)
    }

    fn store_id(&self) -> Result<String, StoreError> {
        Ok(identity(self.db()?)?.store)
    }

    fn last_link(&self) -> Result<i64, StoreError> {
        Ok(head(self.db()?, &identity(self.db()?)?)?.0)
    }

    fn histories(&self, first: TicketId, last_link: i64) -> Result<HistoryPage, StoreError> {
        history::page(self.db()?, &self.people, &self.view, first, last_link)
    }

    fn last_id(&self) -> Result<TicketId, StoreError> {
        self.beside_chain()
            .first(statements::LAST_ID, &[TICKET_COUNTER.into()], ticket_id)?
            .ok_or_else(no_counter)
    }

    fn summary(&self, id: TicketId) -> Result<Option<Summary>, StoreError> {
        let found = rows::find(self.db()?, &[id])?.pop();
        found.map(|row| self.shown(row)).transpose()
    }

    fn summaries(&self, ids: &[TicketId]) -> Result<Vec<Summary>, StoreError> {
        let found = rows::find(self.db()?, ids)?;
        found.into_iter().map(|row| self.shown(row)).collect()
    }

    fn by_key(&self, key: &str) -> Result<Option<TicketId>, StoreError> {
        rows::by_key(self.db()?, key, &self.view)
    }

    fn alarm_count(&self, id: TicketId) -> Result<Option<AlarmCount>, StoreError> {
        alarms::total(self.beside_chain(), id)
    }

    fn alarm_texts(&self, id: TicketId, only: Option<&str>) -> Result<Vec<AlarmText>, StoreError> {
        alarms::texts(self.beside_chain(), id, only)
    }

    fn put_alarms(
        &mut self,
        id: TicketId,
        total: AlarmCount,
        texts: &[AlarmText],
    ) -> Result<(), StoreError> {
        alarms::put(self.beside_chain(), id, total, texts)
    }

    fn by_origin(&self, origin: &ExternalReference) -> Result<Option<TicketId>, StoreError> {
        let values = [origin.number.as_str().into(), origin.source.as_str().into()];
        self.db()?.first(statements::BY_ORIGIN, &values, ticket_id)
    }

    fn by_number(&self, number: &str) -> Result<Vec<TicketId>, StoreError> {
        self.db()?
            .all(statements::BY_NUMBER, &[number.into()], ticket_id)
    }

    fn each(
        &self,
        query: &Query,
        now: Timestamp,
        take: &mut dyn FnMut(Summary) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let (clauses, values) = self.filter(query, now)?.ordered(query);
        let statement = statements::select_tickets(&clauses);
        self.people.read_display_names(self.db()?)?;
        self.db()?.query(&statement, &values, &mut |row| {
            let summary = self
                .people
                .with_names(self.db()?, ticket_row::summary(row)?)?;
            Ok(take(
                self.view.shown_as(summary, query.restricted_tickets()),
            ))
        })
    }

    fn matching(&self, query: &Query, now: Timestamp) -> Result<Vec<TicketId>, StoreError> {
        let (clauses, values) = self.filter(query, now)?.ordered(query);
        let statement = statements::select_ids(&clauses);
        self.db()?.all(&statement, &values, ticket_id)
    }

    fn changed_since(&self, last_link: i64) -> Result<Vec<TicketId>, StoreError> {
        rows::changed_since(self.db()?, last_link)
    }

    fn count(&self, query: &Query, now: Timestamp) -> Result<u64, StoreError> {
        let (clauses, values) = self.filter(query, now)?.counted();
        let statement = statements::count_tickets(&clauses);
        let read = |row: &Row<'_>| row.number("tickets");
        Ok(self.db()?.first(&statement, &values, read)?.unwrap_or(0))
    }

    fn group_counts(
        &self,
        query: &Query,
        by: Grouping,
        now: Timestamp,
    ) -> Result<GroupCounts, StoreError> {
        let (statement, values) = self.filter(query, now)?.grouped(query, by, now, &self.view);
        let read = |row: &Row<'_>| group_row::read(by, row);
        let groups = self.db()?.all(&statement, &values, read)?;
        Ok(GroupCounts { by, groups })
    }

    fn credits(&self) -> Result<Vec<Credit>, StoreError> {
        history::credits(self.db()?, &self.people)
    }

    fn tier_transfers(
        &self,
        take: &mut dyn FnMut(TierTransfer) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        history::tier_transfers(self.db()?, take)
    }

    fn names(&self, kind: NameKind) -> Result<Vec<String>, StoreError> {
        names::all(self.db()?, kind, &self.view)
    }

    fn used_names(&self, which: UsedNames) -> Result<Vec<String>, StoreError> {
        names::used(self.db()?, which, &self.view)
    }

    fn is_used(&self, which: UsedNames, name: &str) -> Result<bool, StoreError> {
        names::is_used(self.db()?, which, name)
    }

    fn imports(&self) -> Result<Vec<ImportedRows>, StoreError> {
        self.db()?
            .all(statements::IMPORTS, &[], history::imported_rows)
    }

    fn foreign_agents(&self) -> Result<Vec<Agent>, StoreError> {
        people::foreign_agents(self.db()?)
    }

    fn is_known_agent(&self, agent: &Agent) -> Result<bool, StoreError> {
        names::is_known_agent(self.db()?, agent)
    }

    fn next_id(&mut self) -> Result<TicketId, StoreError> {
        // With RETURNING it would be a statement of several steps, before which
        // the index writes what it holds: 24,918 imported tickets took 5 % longer.
        self.beside_chain()
            .execute(statements::COUNT_TICKET, &[TICKET_COUNTER.into()])?;
        self.last_id()
    }

    fn policy_version(&self) -> Result<u32, StoreError> {
        policy_versions::current_version(self.db()?)
    }

    fn policy_versions(&self) -> Result<Vec<PolicyVersion>, StoreError> {
        policy_versions::all(self.db()?, &self.people)
    }

    fn add_policy_version(&mut self, version: &PolicyVersion) -> Result<(), StoreError> {
        policy_versions::add(self.db_to_append()?, &self.people, version)
    }

    fn row_fingerprints(
        &mut self,
        digest: &str,
        now: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        self.own_key(now)?;
        Ok(import_keys::fingerprints(self.import_keys()?, digest))
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
            self.beside_chain()
                .execute(statements::SET_TIMER, &[id.0.into(), (*at).into()])
        })
    }

    fn next_due_action(&self, now: Timestamp) -> Result<Option<TicketId>, StoreError> {
        self.db()?
            .first(statements::NEXT_DUE_ACTION, &[now.into()], ticket_id)
    }

    fn due_actions(&self, now: Timestamp) -> Result<Vec<TicketId>, StoreError> {
        self.db()?
            .all(statements::DUE_ACTIONS, &[now.into()], ticket_id)
    }

    fn last_clock_time(&self) -> Result<Option<Timestamp>, StoreError> {
        chain_head::last_clock_time(self.db()?)
    }

    fn keep_clock_time(&mut self, now: Timestamp) -> Result<(), StoreError> {
        chain_head::keep_clock_time(self.beside_chain(), now)
    }

    fn open_ids(&self) -> Result<Vec<TicketId>, StoreError> {
        self.db()?.all(statements::OPEN_IDS, &[], ticket_id)
    }

    fn save(&mut self, based_on: u32, events: &[Event], row: &Summary) -> Result<(), StoreError> {
        let db = &self.executor;
        if !rows::put(db, based_on, events, row)? {
            return Ok(());
        }
        breaches::update(db, events, row)?;
        search::add_events(db, self.index, row, based_on == 0, events, &mut self.terms)?;
        self.queue_events(events)?;
        self.erase_listed(row.id, events)
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.flush()?;
        self.executor.commit()
    }
}
