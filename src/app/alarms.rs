//! Opening tickets under a key: an alarm that is given again is counted on the
//! ticket that has the key, reopens it, or takes the key to a new ticket.

use super::Desk;
use super::attachments::{MeasuredFile, attach};
use super::recording::{record, record_new};
use super::ticket_commands::{end_of_merges, load, replay, row, workarounds};
use crate::domain::Timestamp;
use crate::domain::alarms::{AlarmCount, AlarmText, Alarms};
use crate::domain::decide::{self, Ancestry, Ctx, NewTicket, RepeatedAlarm};
use crate::domain::event::TicketId;
use crate::domain::mail::notices::Circumstances;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::privacy::view::View;
use crate::domain::read_models::{AlarmUpdate, Requested, TicketUpdate};
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::Relation;
use crate::error::Error;
use crate::store::{StoreError, Transaction};

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
    /// same call changes nothing. Files are kept with the ticket.
    ///
    /// # Errors
    /// A [`crate::domain::rejection::Rejection`], or an error of the store.
    pub(crate) fn open(
        &self,
        new: &NewTicket,
        files: &[MeasuredFile<'_>],
    ) -> Result<TicketUpdate, Error> {
        // A command without an actor must not create a store.
        self.agent()?;
        let answers = !new.diagnosis.answers.is_empty();
        let open = |mut txn: Box<dyn Transaction + '_>, view: View| {
            let policies = self.policies_in(txn.as_ref())?;
            let ctx = self.ctx(&policies)?;
            let mut new = new.clone();
            if let Some(category) = new.category.as_ref().filter(|_| answers) {
                new.diagnosis.workarounds = workarounds(txn.as_ref(), &view, category, &policies)?;
            }
            let mut update = open_in(txn.as_mut(), new, &ctx, self.circumstances.get())?;
            // A retry has written nothing.
            if update.alarm.is_some() || !update.events.is_empty() {
                attach(txn.as_mut(), &mut update, files, &ctx)?;
                self.commit_update(txn, &mut update)?;
            } else {
                // What it found may not be durable yet.
                txn.commit()?;
            }
            Ok(view.shown_update(update))
        };
        let store = self.writer()?;
        // Of two alarms with one key, the second one must see the first; and two
        // files with one content are stored once.
        match new.key.is_none() && files.is_empty() {
            true => self.write_tickets(store, open),
            false => self.write(store, open),
        }
    }
}

/// Opens a ticket within a transaction; see [`Desk::open`].
pub(super) fn open_in(
    txn: &mut dyn Transaction,
    new: NewTicket,
    ctx: &Ctx<'_>,
    circumstances: Circumstances,
) -> Result<TicketUpdate, Error> {
    let policies = ctx.policy;
    let previous = match repeat(txn, &new, ctx, policies)? {
        Opening::Repeated(update) => return Ok(*update),
        Opening::New { previous } => previous,
    };
    let id = txn.next_id()?;
    let text = new.key.is_some().then(|| new.alarm_text());
    let mut events = decide::open(id, new, ctx)?;
    let mut ticket = replay(events.clone())?;
    let mut followed = None;
    if let Some(previous) = previous {
        let previous = load(txn, previous)?;
        let nothing = Ancestry::default();
        let (ours, theirs) = decide::link(&ticket, Relation::Previous, &previous, &nothing, ctx)?;
        ours.iter().for_each(|event| ticket.apply(event));
        events.extend(ours);
        followed = Some((previous, theirs));
    }
    let mut done = record_new(txn, events, policies, circumstances)?;
    if let Some((previous, theirs)) = followed {
        record(txn, previous, theirs, policies)?;
    }
    done.alarm = match text {
        Some(text) => {
            let total = count(txn, id, (None, None), text, ctx.at)?;
            Some(AlarmUpdate {
                counted: false,
                total,
            })
        }
        None => None,
    };
    Ok(done)
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
    let merged = |row: &Summary| (row.id, row.merged_into);
    let stays = end_of_merges(holder.clone(), merged, |into| row(txn, into))?;
    // What cannot be opened is refused, whether or not its key is in use.
    decide::open(stays.id, new.clone(), ctx)?;
    let text = new.alarm_text();
    let known = txn.alarm_count(holder.id)?;
    let same = txn.alarm_texts(holder.id, Some(&text))?;
    let same = same.first().map(|known| known.times);
    let requested = (stays.id != holder.id).then_some(Requested::Merged(holder.id));
    let unchanged = |row: Summary| TicketUpdate {
        requested,
        ..TicketUpdate::unchanged(row)
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
    let total = count(txn, holder.id, (Some(known), same), text, ctx.at)?;
    let counted = true;
    Ok(Opening::Repeated(Box::new(TicketUpdate {
        alarm: Some(AlarmUpdate { counted, total }),
        ..update
    })))
}

/// Counts an alarm on the ticket that has its key, which is known to have had so
/// many, and so many of the same text. Returns the new count.
fn count(
    txn: &mut dyn Transaction,
    id: TicketId,
    (known, same): (Option<AlarmCount>, Option<AlarmCount>),
    text: String,
    at: Timestamp,
) -> Result<AlarmCount, Error> {
    let once = AlarmCount::once(at);
    let plus_once = |known: Option<AlarmCount>| known.map_or(once, |known| known.plus(once));
    let times = plus_once(same);
    let total = plus_once(known);
    txn.put_alarms(id, total, &[AlarmText { text, times }])?;
    Ok(total)
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

/// Returns the alarms of a ticket and of those that were merged into it.
pub(super) fn all_alarms<'t>(
    txn: &dyn Transaction,
    tickets: impl Iterator<Item = &'t Ticket>,
) -> Result<Option<Alarms>, Error> {
    let mut all: Option<Alarms> = None;
    for ticket in tickets {
        let has_key = ticket.key.is_some();
        let unseen = || has_key.then(|| Alarms::new(AlarmCount::once(ticket.opened), Vec::new()));
        if let Some(own) = own_alarms(txn, ticket.id)?.or_else(unseen) {
            all = Some(match all {
                Some(all) => all.plus(own),
                None => own,
            });
        }
    }
    Ok(all)
}
