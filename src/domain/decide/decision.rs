//! A decision in progress: the events so far, and the ticket after them, so
//! that one command can take several steps.

use chrono::TimeDelta;

use super::Ctx;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, Note};
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::Gate;

/// How far the machine's clock may be behind the last event. Within this the
/// event gets the time of the last one: two agents' machines differ a little.
const CLOCK_SLACK: TimeDelta = TimeDelta::minutes(2);

/// Records the events that follow from a command.
pub(super) struct Decision<'a> {
    pub(super) ticket: Ticket,
    pub(super) events: Vec<Event>,
    pub(super) at: Timestamp,
    ctx: &'a Ctx<'a>,
}

impl<'a> Decision<'a> {
    /// Begins a decision on an existing ticket.
    ///
    /// # Errors
    /// [`Rejection::Future`], [`Rejection::BeforeLast`] or
    /// [`Rejection::ClockBehind`] if the time does not fit.
    pub(super) fn begin(ticket: &Ticket, ctx: &'a Ctx<'a>) -> Result<Self, Rejection> {
        not_in_the_future(ctx)?;
        let (id, last) = (ticket.id, ticket.updated);
        let at = if ctx.at >= last {
            ctx.at
        } else if ctx.backdated {
            return Err(Rejection::BeforeLast {
                id,
                at: ctx.at,
                last,
            });
        } else if last - ctx.now <= CLOCK_SLACK {
            last
        } else {
            return Err(Rejection::ClockBehind {
                id,
                now: ctx.now,
                last,
            });
        };
        Ok(Self {
            ticket: ticket.clone(),
            events: Vec::new(),
            at,
            ctx,
        })
    }

    /// Begins a decision with the opening of a ticket.
    ///
    /// # Errors
    /// [`Rejection::Future`] if the time is in the future.
    pub(super) fn open(opened: Event, ctx: &'a Ctx<'a>) -> Result<Self, Rejection> {
        not_in_the_future(ctx)?;
        Ok(Self::import_new(opened, ctx))
    }

    /// Begins a decision on an imported ticket, whose times are not checked.
    pub(super) fn import(ticket: &Ticket, ctx: &'a Ctx<'a>) -> Self {
        Self {
            ticket: ticket.clone(),
            at: ticket.updated,
            events: Vec::new(),
            ctx,
        }
    }

    /// Begins a decision with the opening of an imported ticket.
    pub(super) fn import_new(opened: Event, ctx: &'a Ctx<'a>) -> Self {
        let ticket = Ticket::replay(std::slice::from_ref(&opened))
            .expect("a history of one opening replays");
        Self {
            ticket,
            at: opened.at,
            events: vec![opened],
            ctx,
        }
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
    /// satisfied. Force passes them and records each one passed.
    ///
    /// # Errors
    /// [`Rejection::Gate`] with all gates that are not satisfied.
    pub(super) fn check_gates(
        &mut self,
        gates: &[(bool, Gate)],
        force: Option<String>,
    ) -> Result<(), Rejection> {
        let missing: Vec<Gate> = gates
            .iter()
            .filter(|(is_missing, gate)| *is_missing && self.policy().requires(*gate))
            .map(|(_, gate)| *gate)
            .collect();
        match force {
            _ if missing.is_empty() => Ok(()),
            None => Err(Rejection::Gate {
                id: self.ticket.id,
                missing,
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

fn not_in_the_future(ctx: &Ctx<'_>) -> Result<(), Rejection> {
    if ctx.at > ctx.now {
        Err(Rejection::Future {
            at: ctx.at,
            now: ctx.now,
        })
    } else {
        Ok(())
    }
}
