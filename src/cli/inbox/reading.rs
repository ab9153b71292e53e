//! What the inbox reads from the store.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::cli::context::CommandContext;
use crate::cli::filter_args::Filter;
use crate::cli::filter_words::FilterWords;
use crate::config::StoreUrl;
use crate::domain::event::TicketId;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::query::{Query, SortKey};
use crate::domain::read_models::TicketDetails;
use crate::domain::summary::Summary;
use crate::error::Error;

/// How many tickets are read before anybody asks for more.
pub(super) const FIRST: u32 = 200;

/// Reads the store: a file is opened for each reading, so that it can be replaced
/// meanwhile; to a server the connection is kept.
pub(super) struct Reading<'a> {
    ctx: &'a CommandContext<'a>,
    keeps: Cell<bool>,
    /// The policies that the list was read with.
    policies: RefCell<Rc<PolicyHistory>>,
}

/// The tickets of a list.
pub(super) struct Listed {
    pub(super) ids: Vec<TicketId>,
    /// The rows of the first ones.
    pub(super) rows: Vec<Summary>,
    /// Whether these are all tickets.
    pub(super) complete: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn new(ctx: &'a CommandContext<'a>) -> Self {
        let keeps = Cell::new(matches!(ctx.config.db.value, StoreUrl::Postgres(_)));
        Self {
            ctx,
            keeps,
            policies: RefCell::default(),
        }
    }

    /// The policies that the list was read with.
    pub(super) fn policies(&self) -> Rc<PolicyHistory> {
        Rc::clone(&self.policies.borrow())
    }

    /// Reads something.
    ///
    /// # Errors
    /// What `read` returns, and errors of the settings.
    pub(super) fn with<T>(
        &self,
        read: impl Fn(&CommandContext<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.keeps.get() {
            match read(self.ctx) {
                // It is connected to anew, now and from now on.
                Err(fault) if is_lost(&fault) => self.keeps.set(false),
                result => return result,
            }
        }
        let mut result = None;
        let mut once = |ctx: &CommandContext<'_>| result = Some(read(ctx));
        self.ctx.shell.with_context(&mut once)?;
        result.unwrap_or_else(|| Err(Error::Interrupted))
    }

    /// Reads the tickets of a filter: the first ones, or the numbers of all.
    ///
    /// # Errors
    /// [`Error::Usage`] for a filter that is not understood; errors of the store.
    pub(super) fn list(&self, filter: &str, all: bool) -> Result<Listed, Error> {
        self.with(|ctx| {
            let mut query = query(ctx, filter)?;
            self.policies.replace(ctx.desk.policies()?);
            query.limit = Some(FIRST);
            let rows = ctx.desk.find(&query)?;
            let mut ids: Vec<TicketId> = rows.iter().map(|row| row.id).collect();
            let mut complete = ids.len() < FIRST as usize;
            if all && !complete {
                query.limit = None;
                ids = ctx.desk.numbers(&query)?;
                complete = true;
            }
            Ok(Listed {
                ids,
                rows,
                complete,
            })
        })
    }

    /// Counts the tickets of a filter.
    ///
    /// # Errors
    /// As [`Self::list`].
    pub(super) fn count(&self, filter: &str) -> Result<u64, Error> {
        self.with(|ctx| ctx.desk.count(&query(ctx, filter)?))
    }

    /// Reads the rows of tickets.
    ///
    /// # Errors
    /// Any error of the store.
    pub(super) fn rows(&self, ids: &[TicketId]) -> Result<Vec<Summary>, Error> {
        self.with(|ctx| ctx.desk.rows(ids))
    }

    /// Reads all about a ticket.
    ///
    /// # Errors
    /// Any error of the store.
    pub(super) fn details(&self, id: TicketId) -> Result<TicketDetails, Error> {
        self.with(|ctx| ctx.desk.details(id))
    }
}

fn is_lost(fault: &Error) -> bool {
    ["connection_lost", "store_unreachable"].contains(&fault.as_str())
}

fn query(ctx: &CommandContext<'_>, filter: &str) -> Result<Query, Error> {
    let words = FilterWords::split(Some(filter))?;
    let query = Filter::default().query(&words, ctx)?;
    // Clocks need the calendars, also those of a policy set meanwhile.
    ctx.desk.policies()?;
    ctx.desk.check_names(&query)?;
    Ok(Query {
        sort: SortKey::Due,
        ..query
    })
}
