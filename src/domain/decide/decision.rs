//! A decision in progress: the events so far, and the ticket after them, so
//! that one command can take several steps.

use super::{Ctx, fields, unfounded};
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, Note};
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::{LaterEvent, Ticket, TicketAt};
use crate::domain::vocabulary::{FieldGate, Gate};

/// Records the events that follow from a command.
pub(super) struct Decision<'a> {
    pub(super) ticket: Ticket,
    pub(super) events: Vec<Event>,
    pub(super) at: Timestamp,
    /// What was recorded already and counts after the command.
    pub(super) later: Vec<LaterEvent>,
    /// The ticket before the decision.
    pub(super) found: Ticket,
    ctx: &'a Ctx<'a>,
}

impl<'a> Decision<'a> {
    /// Begins a decision on an existing ticket, as it is at the time of the
    /// command: without what the desk did by itself after that.
    ///
    /// # Errors
    /// [`Rejection::Future`], or [`Rejection::BeforeLast`] if an agent has done
    /// something after that time.
    pub(super) fn begin(ticket: &Ticket, ctx: &'a Ctx<'a>) -> Result<Self, Rejection> {
        Rejection::check_not_in_the_future(ctx.at, ctx.now)?;
        let (id, last) = (ticket.id, ticket.last_act_by_agent(ctx.now));
        if ctx.backdated && ctx.at < last {
            return Err(Rejection::BeforeLast {
                id,
                at: ctx.at,
                last,
            });
        }
        // The machine of another agent may be a little ahead of this one.
        let at = ctx.at.max(last);
        let TicketAt { ticket, later } = ticket.found_at(at, ctx.now);
        Ok(Self {
            found: ticket.clone(),
            ticket,
            events: Vec::new(),
            at,
            later,
            ctx,
        })
    }

    /// Begins a decision of the desk itself, on the ticket as it was then.
    pub(super) fn by_itself(ticket: &Ticket, ctx: &'a Ctx<'a>) -> Self {
        let TicketAt { ticket, later } = ticket.found_at(ctx.at, ctx.now);
        Self {
            found: ticket.clone(),
            ticket,
            events: Vec::new(),
            at: ctx.at,
            later,
            ctx,
        }
    }

    /// Returns whether it is about another time than the one of recording.
    pub(super) fn is_dated_back(&self) -> bool {
        self.at != self.ctx.now
    }

    /// Returns who decides.
    pub(super) const fn by(&self) -> &Actor {
        &self.ctx.actor
    }

    /// Returns whether an agent has taken, assigned or escalated the ticket after
    /// the time of the decision.
    pub(super) fn was_taken_later(&self) -> bool {
        self.later.iter().any(|later| {
            let fact = &later.event.fact;
            later.event.actor != Actor::Desk
                && matches!(fact, Fact::Assigned { .. } | Fact::Escalated { .. })
        })
    }

    /// Begins a decision with the opening of a ticket.
    ///
    /// # Errors
    /// [`Rejection::Future`] if the time is in the future.
    pub(super) fn open(opened: Event, ctx: &'a Ctx<'a>) -> Result<Self, Rejection> {
        Rejection::check_not_in_the_future(ctx.at, ctx.now)?;
        Ok(Self::import_new(opened, ctx))
    }

    /// Begins a decision on an imported ticket, whose times are not checked.
    pub(super) fn import(ticket: &Ticket, ctx: &'a Ctx<'a>) -> Self {
        Self {
            found: ticket.without_events(),
            ticket: ticket.clone(),
            at: ticket.updated,
            events: Vec::new(),
            later: Vec::new(),
            ctx,
        }
    }

    /// Begins a decision with the opening of an imported ticket.
    pub(super) fn import_new(opened: Event, ctx: &'a Ctx<'a>) -> Self {
        let ticket = Ticket::replay(std::slice::from_ref(&opened))
            .expect("a history of one opening replays");
        Self {
            found: ticket.without_events(),
            ticket,
            at: opened.at,
            events: vec![opened],
            later: Vec::new(),
            ctx,
        }
    }

    /// Returns the events of the decision. What the desk did by itself after that
    /// time, and would not do any more, is recorded as unfounded.
    pub(super) fn finish(mut self) -> Vec<Event> {
        if self.events.is_empty() || self.later.is_empty() {
            return self.events;
        }
        let unfounded = unfounded::unfounded_after(&self);
        if !unfounded.is_empty() {
            let events = unfounded;
            self.record_by_desk(Fact::Unfounded { events });
        }
        self.events
    }

    /// Who acts.
    pub(super) const fn actor(&self) -> &'a Actor {
        &self.ctx.actor
    }

    /// The time of the machine's clock.
    pub(super) const fn now(&self) -> Timestamp {
        self.ctx.now
    }

    pub(super) const fn policy(&self) -> &'a PolicyHistory {
        self.ctx.policy
    }

    /// Records a fact with the acting agent as actor.
    pub(super) fn record(&mut self, fact: Fact) {
        self.record_by(self.ctx.actor.clone(), fact);
    }

    /// Keeps a text as a note, where a command changes nothing else: what
    /// somebody wrote is never dropped.
    pub(super) fn record_note(&mut self, text: Option<String>) {
        if text.is_some() {
            self.record(Fact::Logged(Note {
                text,
                ..Note::default()
            }));
        }
    }

    /// Records a fact with the system as actor.
    pub(super) fn record_by_desk(&mut self, fact: Fact) {
        self.record_by(Actor::Desk, fact);
    }

    pub(super) fn record_by(&mut self, actor: Actor, fact: Fact) {
        let event = Event {
            ticket: self.ticket.id,
            n: self.ticket.n + 1,
            at: self.at,
            recorded: self.ctx.now,
            actor,
            fact,
        };
        self.ticket.apply(&event);
        self.events.push(event);
    }

    /// Checks the gates that the policy enables, given whether each one is not
    /// satisfied, and that the fields that the step
    /// needs have values. Force passes them and records each one passed; its reason is
    /// kept as a note where there is none to pass, if somebody typed it.
    ///
    /// # Errors
    /// [`Rejection::Gate`] with all gates that are not satisfied.
    pub(super) fn check_gates(
        &mut self,
        gates: &[(bool, Gate)],
        step: Option<FieldGate>,
        force: Option<String>,
    ) -> Result<(), Rejection> {
        let fields = step.map(|step| fields::missing(self, step));
        let fields = fields.unwrap_or_default();
        let required = (!fields.is_empty(), Gate::RequiredFields);
        let missing: Vec<Gate> = gates
            .iter()
            .chain([&required])
            .filter(|(is_missing, gate)| *is_missing && self.policy().requires(*gate))
            .map(|(_, gate)| *gate)
            .collect();
        match force {
            reason if missing.is_empty() => {
                if self.ctx.actor != Actor::Desk {
                    self.record_note(reason);
                }
                Ok(())
            }
            None => Err(Rejection::Gate {
                id: self.ticket.id,
                missing,
                fields,
            }),
            Some(reason) => {
                for gate in missing {
                    let reason = reason.clone();
                    self.record(Fact::GatePassed { gate, reason });
                }
                Ok(())
            }
        }
    }
}
