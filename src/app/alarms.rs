//! Opening tickets under a key: an alarm that is given again is counted on the
//! ticket that has the key, reopens it, or takes the key to a new ticket.

use super::Desk;
use super::ticket_commands::{load, record, replay};
use crate::domain::Timestamp;
use crate::domain::alarms::{AlarmCount, AlarmText, Alarms};
use crate::domain::decide::{self, Ancestry, Ctx, NewTicket, RepeatedAlarm};
use crate::domain::event::TicketId;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::{AlarmUpdate, Requested, TicketUpdate};
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::Relation;
use crate::error::Error;
use crate::store::{AccessMode, StoreError, Transaction};

/// What opening a ticket comes to.
enum Opening {
    /// Nothing has the key, or nothing that can be worked on: the new ticket
    /// follows that one.
    New { previous: Option<TicketId> },
    /// It is an alarm of a known ticket.
    Repeated(Box<TicketUpdate>),
}

impl Desk<'_> {
    /// Opens a ticket. If its key is in use, it is counted as a repeated alarm on
    /// the ticket that has the key, which is reopened if necessary; a retry of the
    /// same call changes nothing.
    ///
    /// # Errors
    /// A [`crate::domain::rejection::Rejection`], or an error of the store.
    pub(crate) fn open(&self, new: NewTicket) -> Result<TicketUpdate, Error> {
        // A command without an actor must not create a store.
        (self.actor)()?;
        let mut txn = self.writer()?.begin(AccessMode::Write)?;
        let policies = self.policies_in(txn.as_ref())?;
        let ctx = self.ctx(&policies)?;
        let previous = match repeat(txn.as_mut(), &new, &ctx, &policies)? {
            Opening::Repeated(update) => {
                // A retry has written nothing.
                if update.alarm.is_some() {
                    self.commit(txn)?;
                }
                return Ok(*update);
            }
            Opening::New { previous } => previous,
        };
        let id = txn.next_id()?;
        let text = new.key.is_some().then(|| new.alarm_text());
        let mut events = decide::open(id, new, &ctx)?;
        let mut ticket = replay(events.clone())?;
        let mut followed = None;
        if let Some(previous) = previous {
            let previous = load(txn.as_ref(), previous)?;
            let nothing = Ancestry::default();
            let (ours, theirs) =
                decide::link(&ticket, Relation::Previous, &previous, &nothing, &ctx)?;
            ours.iter().for_each(|event| ticket.apply(event));
            events.extend(ours);
            followed = Some((previous, theirs));
        }
        let after = Summary::new(&ticket, &policies);
        txn.save(0, &events, &after)?;
        if let Some((previous, theirs)) = followed {
            record(txn.as_mut(), previous, theirs, &policies)?;
        }
        let alarm = match text {
            Some(text) => {
                let total = count(txn.as_mut(), id, None, text, ctx.at)?;
                Some(AlarmUpdate {
                    counted: false,
                    total,
                })
            }
            None => None,
        };
        self.commit(txn)?;
        Ok(TicketUpdate {
            before: None,
            after,
            events,
            requested: None,
            addressed: Vec::new(),
            alarm,
        })
    }
}

/// Does what an alarm does to the ticket that has its key. What is read and
/// written does not grow with the number of alarms; only where it reopens the
/// ticket its history is replayed.
fn repeat(
    txn: &mut dyn Transaction,
    new: &NewTicket,
    ctx: &Ctx<'_>,
    policies: &PolicyHistory,
) -> Result<Opening, Error> {
    let Some(key) = &new.key else {
        return Ok(Opening::New { previous: None });
    };
    let Some(holder) = txn.by_key(key)? else {
        return Ok(Opening::New { previous: None });
    };
    let holder = row(txn, holder)?;
    let stays = surviving_row(txn, holder.clone())?;
    // What cannot be opened is refused, whether or not its key is in use.
    decide::open(stays.id, new.clone(), ctx)?;
    let text = new.alarm_text();
    let known = txn.alarm_count(holder.id)?;
    let same = txn.alarm_texts(holder.id, Some(&text))?;
    let same = same.first().map(|known| known.times);
    let requested = (stays.id != holder.id).then_some(Requested::Merged(holder.id));
    let unchanged = |row: Summary| TicketUpdate {
        before: Some(row.clone()),
        after: row,
        events: Vec::new(),
        requested,
        addressed: Vec::new(),
        alarm: None,
    };
    let update = match decide::repeat_alarm(&stays, same, ctx) {
        RepeatedAlarm::FollowUp => {
            return Ok(Opening::New {
                previous: Some(stays.id),
            });
        }
        RepeatedAlarm::Retry => return Ok(Opening::Repeated(Box::new(unchanged(stays)))),
        RepeatedAlarm::Count => unchanged(stays),
        RepeatedAlarm::Reopen => {
            let ticket = load(txn, stays.id)?;
            let events = decide::reopen_for_alarm(&ticket, key, ctx)?;
            TicketUpdate {
                requested,
                ..record(txn, ticket, events, policies)?
            }
        }
    };
    let known = known.unwrap_or_else(|| AlarmCount::once(holder.opened));
    let total = count(txn, holder.id, Some(known), text, ctx.at)?;
    let counted = true;
    Ok(Opening::Repeated(Box::new(TicketUpdate {
        alarm: Some(AlarmUpdate { counted, total }),
        ..update
    })))
}

/// Counts an alarm on the ticket that has its key, and returns the new count.
fn count(
    txn: &mut dyn Transaction,
    id: TicketId,
    known: Option<AlarmCount>,
    text: String,
    at: Timestamp,
) -> Result<AlarmCount, Error> {
    let once = AlarmCount::once(at);
    let plus_once = |known: Option<AlarmCount>| known.map_or(once, |known| known.plus(once));
    let same = txn.alarm_texts(id, Some(&text))?;
    let times = plus_once(same.first().map(|known| known.times));
    let total = plus_once(known);
    txn.put_alarms(id, total, &[AlarmText { text, times }])?;
    Ok(total)
}

fn row(txn: &dyn Transaction, id: TicketId) -> Result<Summary, Error> {
    txn.summary(id)?.ok_or(Error::NotFound(id))
}

/// Returns the row of the ticket at the end of a chain of merges.
fn surviving_row(txn: &dyn Transaction, mut found: Summary) -> Result<Summary, Error> {
    // Merges never form a cycle, but a damaged store must not cause an endless loop.
    for _ in 0..1_000 {
        match found.merged_into {
            Some(into) => found = row(txn, into)?,
            None => return Ok(found),
        }
    }
    let cycle = format!("the merges of {} form a cycle", found.id);
    Err(StoreError::damaged(cycle).into())
}

/// Returns the alarms that were counted under the key of a ticket.
pub(super) fn own_alarms(
    txn: &dyn Transaction,
    id: TicketId,
) -> Result<Option<Alarms>, StoreError> {
    match txn.alarm_count(id)? {
        Some(total) => Ok(Some(Alarms::new(total, txn.alarm_texts(id, None)?))),
        None => Ok(None),
    }
}

/// Returns the alarms of a ticket and of the tickets that were merged into it.
pub(super) fn all_alarms(txn: &dyn Transaction, ticket: &Ticket) -> Result<Option<Alarms>, Error> {
    let mut all: Option<Alarms> = None;
    let mut found = vec![(ticket.id, ticket.key.clone(), ticket.opened)];
    let ids = |ticket: &Ticket| -> Vec<TicketId> {
        let merged = ticket.merged_tickets.iter();
        merged.map(|merged| merged.id).collect()
    };
    let mut waiting = ids(ticket);
    while let Some(id) = waiting.pop() {
        if found.iter().any(|(known, ..)| *known == id) {
            continue;
        }
        let merged = load(txn, id)?;
        waiting.extend(ids(&merged));
        found.push((id, merged.key, merged.opened));
    }
    for (id, key, opened) in found {
        let unseen = || key.map(|_| Alarms::new(AlarmCount::once(opened), Vec::new()));
        if let Some(own) = own_alarms(txn, id)?.or_else(unseen) {
            all = Some(match all {
                Some(all) => all.plus(own),
                None => own,
            });
        }
    }
    Ok(all)
}
