//! Taking back one's own last step on a ticket: its events have no effect any more,
//! so that everything is again as it was before, the clocks too.

use chrono::TimeDelta;

use super::Ctx;
use super::decision::Decision;
use super::unfounded;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::people::{Actor, Agent};
use crate::domain::rejection::Rejection;
use crate::domain::ticket::{Ticket, without_effect};
use crate::domain::vocabulary::Relation;

/// Why a step is not taken back. Each hint is one thing to type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UndoRefusal {
    #[error("there is nothing to undo on {id}")]
    Nothing { id: TicketId },
    #[error("the last step on {id} is by {by} ({what}, {at}), and not yours")]
    NotOwn {
        id: TicketId,
        by: String,
        what: String,
        at: Timestamp,
    },
    #[error("the last step on {id} was {} ago; the policy lets it be undone for {}", whole(*.age), whole(*.within))]
    TooLate {
        id: TicketId,
        age: TimeDelta,
        within: TimeDelta,
    },
    #[error("the policy lets nothing be undone")]
    Never { id: TicketId },
    #[error("the last step on {id} cannot be undone: {rule}")]
    Stays {
        id: TicketId,
        rule: &'static str,
        /// The command that helps; `ID` stands for the ticket.
        help: &'static str,
    },
    #[error("the last step on {id} cannot be undone: a mail about it went to {recipient}")]
    Sent { id: TicketId, recipient: String },
}

impl UndoRefusal {
    /// Returns one thing to type instead.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Nothing { id } | Self::NotOwn { id, .. } => {
                format!("see what happened with: desk show {} --full", id.0)
            }
            Self::TooLate { id, .. } | Self::Never { id } => {
                format!(
                    "correct it with: desk edit {}, or with the step that reverses it",
                    id.0
                )
            }
            Self::Stays { id, help, .. } => help.replace("ID", &id.0.to_string()),
            Self::Sent { id, .. } => {
                format!("tell them what is right, with: desk reply {} TEXT", id.0)
            }
        }
    }
}

/// A duration in its largest unit.
fn whole(span: TimeDelta) -> String {
    match (span.num_days(), span.num_hours(), span.num_minutes()) {
        (2.., _, _) => format!("{} days", span.num_days()),
        (_, 2.., _) => format!("{} hours", span.num_hours()),
        (_, _, 1) => "1 minute".to_owned(),
        (_, _, minutes) => format!("{minutes} minutes"),
    }
}

/// What becomes of an event when the step that it is part of is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Undoable {
    Yes,
    /// It stays for good, and so does the whole step.
    No(&'static str, &'static str),
}

/// Says of every kind of event whether it can be taken back.
const fn undoable(fact: &Fact) -> Undoable {
    use Undoable::{No, Yes};
    match fact {
        Fact::Opened(_) => No(
            "a ticket that was opened stays",
            "if it was a mistake: desk void ID --reason TEXT",
        ),
        Fact::Replied { .. } | Fact::AnsweredElsewhere { .. } => No(
            "the requester has read it",
            "tell them what is right, with: desk reply ID TEXT",
        ),
        Fact::ManagerInformed { .. } => No(
            "somebody was told",
            "log what is right, with: desk log ID TEXT",
        ),
        Fact::Attached(_) => No(
            "a file came with it",
            "remove it with: desk attachments ID --help",
        ),
        Fact::Restricted { .. } => No(
            "who sees the ticket is changed in the open only",
            "desk restrict ID --lift --reason TEXT",
        ),
        Fact::RestrictionLifted { .. } => No(
            "who sees the ticket is changed in the open only",
            "desk restrict ID --to AGENT",
        ),
        Fact::Linked {
            relation: Relation::FollowUp | Relation::Previous,
            ..
        } => No(
            "another ticket was opened with it",
            "if that was a mistake: desk void NUMBER --reason TEXT",
        ),
        Fact::Unmerged { .. } => No(
            "it separated two tickets",
            "merge them again, with: desk merge --help",
        ),
        Fact::Breach(_) => No(
            "the record of a breach keeps every step",
            "correct it with: desk breach --help",
        ),
        Fact::Erased(_) => No("what was erased is gone", "desk show ID --full"),
        Fact::Imported { .. } | Fact::ImportUndone { .. } | Fact::ContactLogged(_) => No(
            "it is part of an import",
            "undo the whole run, with: desk import --undo RUN",
        ),
        Fact::Warned { .. } => No("a clock reached it", "desk sla explain ID"),
        // What was taken back stays so: whoever wants it again does it again.
        Fact::Undone { .. } => No("it was taken back already", "desk show ID --full"),
        Fact::Identified { .. }
        | Fact::Logged(_)
        | Fact::Corrected(_)
        | Fact::Categorized { .. }
        | Fact::Prioritized(_)
        | Fact::TargetSet { .. }
        | Fact::DuePromised { .. }
        | Fact::PromiseWithdrawn { .. }
        | Fact::TimeSpent { .. }
        | Fact::Tagged { .. }
        | Fact::FieldsSet { .. }
        | Fact::ChecklistAdded { .. }
        | Fact::ChecklistMarked { .. }
        | Fact::Diagnosed { .. }
        | Fact::Assigned { .. }
        | Fact::Unassigned { .. }
        | Fact::Escalated { .. }
        | Fact::Proposed { .. }
        | Fact::Confirmed { .. }
        | Fact::Refuted { .. }
        | Fact::CallArranged { .. }
        | Fact::CallMoved { .. }
        | Fact::CallAnswered { .. }
        | Fact::CallHeld { .. }
        | Fact::CallCancelled { .. }
        | Fact::Paused { .. }
        | Fact::Resumed { .. }
        | Fact::WorkStarted
        | Fact::MessageReceived { .. }
        | Fact::Resolved { .. }
        | Fact::KnownErrorMarked { .. }
        | Fact::KnownErrorWithdrawn { .. }
        | Fact::Restored { .. }
        | Fact::Closed { .. }
        | Fact::Reopened { .. }
        | Fact::Merged { .. }
        | Fact::MergedFrom { .. }
        | Fact::ParticipantAdded { .. }
        | Fact::ParticipantRemoved { .. }
        | Fact::Linked { .. }
        | Fact::Unlinked { .. }
        | Fact::Unfounded { .. }
        | Fact::Voided { .. }
        | Fact::GatePassed { .. } => Yes,
    }
}

/// Whether somebody did it, and not the desk by itself: what is recorded as the
/// desk's may be what a requester wrote in a mail.
const fn is_by_somebody(event: &Event) -> bool {
    let by_agent = matches!(event.actor, Actor::Agent { .. });
    by_agent
        || matches!(
            event.fact,
            Fact::MessageReceived { .. } | Fact::CallAnswered { .. } | Fact::Imported { .. }
        )
}

/// The last step of somebody on a ticket that has an effect.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LastStep<'t> {
    /// The event of the step that an agent recorded last.
    last: &'t Event,
    history: &'t [Event],
}

impl<'t> LastStep<'t> {
    /// The events of the step, of the desk's own those that follow from it.
    pub(crate) fn events(self) -> impl Iterator<Item = &'t Event> {
        let nothing = without_effect(self.history);
        let is_part =
            move |event: &&Event| event.is_together_with(self.last) && !nothing.contains(&event.n);
        self.history.iter().filter(is_part)
    }

    /// The other tickets that the step concerned.
    fn others(self) -> Vec<TicketId> {
        let mut others = Vec::new();
        for event in self.events() {
            if let Fact::Merged { into: other, .. }
            | Fact::MergedFrom { from: other, .. }
            | Fact::Linked { other, .. }
            | Fact::Unlinked { other, .. } = &event.fact
            {
                others.push(*other);
            }
            if let Fact::MergedFrom { brought, .. } = &event.fact {
                others.extend(brought.links.iter().map(|(_, other)| *other));
            }
        }
        others
    }
}

/// Returns the last step of somebody on a ticket that has an effect.
pub(crate) fn last_step(ticket: &Ticket) -> Option<LastStep<'_>> {
    let history = ticket.history();
    let nothing = without_effect(history);
    let last = history.iter().rfind(|event| {
        let takes_back = matches!(event.fact, Fact::Undone { .. });
        is_by_somebody(event) && !takes_back && !nothing.contains(&event.n)
    })?;
    Some(LastStep { last, history })
}

/// Returns the tickets that the last step on a ticket concerned besides it.
pub(crate) fn concerned(ticket: &Ticket) -> Vec<TicketId> {
    let mut others = last_step(ticket).map(LastStep::others).unwrap_or_default();
    others.retain(|other| *other != ticket.id);
    others
}

/// Decides to take back the last step on a ticket. `others` are the tickets that
/// the step may have concerned too. Returns the events of each ticket.
///
/// # Errors
/// [`UndoRefusal`] unless it is one's own, as recent as the policy says, of a kind
/// that can be taken back, and nothing was built on it.
pub(crate) fn undo(
    ticket: &Ticket,
    others: &[Ticket],
    ctx: &Ctx<'_>,
) -> Result<Vec<(TicketId, Vec<Event>)>, Rejection> {
    ctx.check_actor()?;
    let id = ticket.id;
    let step = last_step(ticket).ok_or(UndoRefusal::Nothing { id })?;
    check(ticket, step, ctx)?;
    let within = ctx.policy.undo_within;
    let within = within.ok_or(UndoRefusal::Never { id })?;
    let age = ctx.now - step.last.recorded;
    if age > within {
        return Err(UndoRefusal::TooLate { id, age, within }.into());
    }
    let mut all = vec![(id, take_back(ticket, step, ctx)?)];
    for other in others.iter().filter(|other| other.id != id) {
        let same = |event: &Event| event.recorded == step.last.recorded;
        if !other.history().iter().any(same) {
            continue;
        }
        let there = last_step(other).ok_or(UndoRefusal::Nothing { id: other.id })?;
        check(other, there, ctx)?;
        if !same(there.last) {
            // Somebody has gone on there, if only the same agent.
            return Err(not_own(other.id, there.last).into());
        }
        all.push((other.id, take_back(other, there, ctx)?));
    }
    Ok(all)
}

fn not_own(id: TicketId, event: &Event) -> UndoRefusal {
    UndoRefusal::NotOwn {
        id,
        by: match &event.actor {
            Actor::Agent { name, .. } => name.as_str().to_owned(),
            Actor::Desk => "the requester".to_owned(),
        },
        what: event.fact.kind().replace('-', " "),
        at: event.at,
    }
}

/// Checks that a step is one's own, and that all of it can be taken back.
fn check(ticket: &Ticket, step: LastStep<'_>, ctx: &Ctx<'_>) -> Result<(), UndoRefusal> {
    let id = ticket.id;
    let me: Option<&Agent> = ctx.actor.agent();
    if me.is_none() || step.last.actor.agent() != me {
        return Err(not_own(id, step.last));
    }
    for event in step.events() {
        if let Undoable::No(rule, help) = undoable(&event.fact) {
            return Err(UndoRefusal::Stays { id, rule, help });
        }
    }
    Ok(())
}

/// Records that a step has no effect any more, nor what the desk did because of it.
fn take_back(ticket: &Ticket, step: LastStep<'_>, ctx: &Ctx<'_>) -> Result<Vec<Event>, Rejection> {
    let events: Vec<u32> = step.events().map(|event| event.n).collect();
    let mut decision = Decision::begin(ticket, ctx)?;
    let mut follow = unfounded::unfounded_without(ticket, &events, step.last.at, &decision);
    follow.retain(|n| !events.contains(n));
    decision.record(Fact::Undone { events });
    if !follow.is_empty() {
        decision.record_by_desk(Fact::Unfounded { events: follow });
    }
    Ok(decision.finish())
}
