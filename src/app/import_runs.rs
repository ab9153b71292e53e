//! The runs of imports, and taking one back. A run can be undone as long as
//! nobody has touched its tickets since, and is undone by events: a ticket that
//! it opened counts nowhere any more, and one that it extended is again what it
//! was before.

use super::Desk;
use super::ticket_commands::replay;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::external_record::{ImportRun, UndoneRun};
use crate::domain::hooks::HookRules;
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::summary::Summary;
use crate::error::Error;
use crate::store::Transaction;

/// How many tickets in the way are named.
const NAMED: usize = 3;

impl Desk<'_> {
    /// The runs of imports, the oldest first.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn import_runs(&self) -> Result<Vec<ImportRun>, Error> {
        match self.read()? {
            Some(txn) => Ok(ImportRun::all(txn.imports()?)),
            None => Ok(Vec::new()),
        }
    }

    /// Takes back a run, all of it or nothing.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is no such run, if it was undone before, or if
    /// somebody has touched its tickets since.
    pub(crate) fn undo_import(&self, number: u32) -> Result<UndoneRun, Error> {
        self.write(self.writer()?, |mut txn, _| {
            // What was imported is no news.
            txn.set_hooks(HookRules::default());
            let policies = self.policies_in(txn.as_ref())?;
            let ctx = self.ctx(&policies)?;
            let runs = ImportRun::all(txn.imports()?).into_iter();
            let run = runs.into_iter().find(|run| run.number == number);
            let run = run.ok_or_else(|| {
                Error::usage(
                    format!("there is no run {number} of an import"),
                    "list them with: desk import --runs",
                )
            })?;
            let mut undone = UndoneRun {
                run,
                removed: 0,
                restored: 0,
            };
            let mut touched = Vec::new();
            let mut histories = Vec::new();
            for id in &undone.run.tickets {
                let history = txn.history(*id)?;
                match kept(&history, &undone.run) {
                    Some(kept) => histories.push((history, kept)),
                    None => touched.push(*id),
                }
            }
            if !touched.is_empty() {
                return Err(in_the_way(number, &touched));
            }
            for (history, kept) in histories {
                undo(txn.as_mut(), history, kept, ctx.now, &ctx.actor, &policies)?;
                undone.removed += u64::from(kept == 0);
                undone.restored += u64::from(kept > 0);
            }
            self.commit(txn)?;
            Ok(undone)
        })
    }
}

/// The number of events before those of a run, if nobody added others since.
/// What desk did by itself does not count, nor what was undone.
fn kept(history: &[Event], run: &ImportRun) -> Option<u32> {
    let mut counted: Vec<&Event> = Vec::new();
    for event in history {
        if let Fact::ImportUndone { kept } = event.fact {
            counted.retain(|known| known.n <= kept);
        } else {
            counted.push(event);
        }
    }
    let is_of_run = |event: &&Event| event.recorded == run.recorded;
    let first = counted.iter().position(is_of_run)?;
    let mut others = counted[first..].iter().filter(|event| !is_of_run(event));
    let alone = others.all(|event| event.actor == Actor::Desk);
    alone.then(|| counted[first].n - 1)
}

fn in_the_way(number: u32, touched: &[TicketId]) -> Error {
    let named: Vec<String> = touched
        .iter()
        .take(NAMED)
        .map(ToString::to_string)
        .collect();
    let more = match touched.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Error::usage(
        format!(
            "run {number} cannot be undone: {}{more} changed since, or it was undone before",
            named.join(", ")
        ),
        "undo later runs first, or end these tickets by hand",
    )
}

fn undo(
    txn: &mut dyn Transaction,
    mut history: Vec<Event>,
    kept: u32,
    now: Timestamp,
    actor: &Actor,
    policies: &PolicyHistory,
) -> Result<(), Error> {
    let Some(last) = history.last() else {
        return Ok(());
    };
    let (based_on, updated) = (last.n, history.iter().map(|event| event.at).max());
    let event = Event {
        ticket: last.ticket,
        n: based_on + 1,
        at: updated.map_or(now, |updated| updated.max(now)),
        recorded: now,
        actor: actor.clone(),
        fact: Fact::ImportUndone { kept },
    };
    history.push(event.clone());
    let after = replay(history)?;
    txn.save(based_on, &[event], &Summary::new(&after, policies))?;
    Ok(())
}
