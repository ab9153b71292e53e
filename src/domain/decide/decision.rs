//! A decision in the making: the events so far and the ticket as they leave
//! it, so that one command may take several steps.

use chrono::TimeDelta;

use super::Ctx;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::rejection::Rejection;
use crate::domain::sla::clock::Clock;
use crate::domain::sla::target::SlaTarget;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{ClockName, Gate, State};

/// How far the machine's clock may have stepped back since the last event
/// before that is called a fault instead of a tie between two agents.
const CLOCK_SLACK: TimeDelta = TimeDelta::minutes(2);

pub(super) struct Decision<'a> {
    pub(super) ticket: Ticket,
    pub(super) events: Vec<Event>,
    pub(super) at: Timestamp,
    ctx: &'a Ctx<'a>,
}

impl<'a> Decision<'a> {
    /// Begins on a ticket that exists.
    pub(super) fn on(ticket: &Ticket, ctx: &'a Ctx<'a>) -> Result<Self, Rejection> {
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

    /// Begins with the opening of a ticket.
    pub(super) fn opening(opened: Event, ctx: &'a Ctx<'a>) -> Result<Self, Rejection> {
        not_in_the_future(ctx)?;
        let ticket = Ticket::replay(std::slice::from_ref(&opened))
            .expect("a history of one opening replays");
        Ok(Self {
            ticket,
            at: opened.at,
            events: vec![opened],
            ctx,
        })
    }

    /// Goes on with a ticket of another system, whose times are what they are.
    pub(super) fn adopting(ticket: &Ticket, ctx: &'a Ctx<'a>) -> Self {
        Self {
            ticket: ticket.clone(),
            at: ticket.updated,
            events: Vec::new(),
            ctx,
        }
    }

    /// Begins with the opening of such a ticket.
    pub(super) fn adopting_new(opened: Event, ctx: &'a Ctx<'a>) -> Self {
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

    /// Lets a fact happen by the acting agent.
    pub(super) fn push(&mut self, fact: Fact) {
        self.push_by(self.ctx.actor.clone(), fact);
    }

    /// Lets a fact happen by a rule of the desk.
    pub(super) fn push_by_rule(&mut self, fact: Fact) {
        self.push_by(Actor::Desk, fact);
    }

    pub(super) fn push_by(&mut self, actor: Actor, fact: Fact) {
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

    /// Lets the ticket through the gates that are switched on, or refuses with
    /// all that is missing; force leaves a record of each gate passed.
    pub(super) fn pass(
        &mut self,
        lacks: &[(bool, Gate)],
        force: Option<String>,
    ) -> Result<(), Rejection> {
        let missing: Vec<Gate> = lacks
            .iter()
            .filter(|(lacks, gate)| *lacks && self.policy().requires(*gate))
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
                    self.push(Fact::GatePassed { gate, reason });
                }
                Ok(())
            }
        }
    }

    /// Sets the targets for the ticket as it is now, by the policy in force, of
    /// all clocks that have not ended. A target that its own policy version
    /// would set again is kept.
    pub(super) fn set_targets(&mut self) {
        self.set_targets_where(would_differ);
    }

    /// Sets the targets that a change of the ticket affects. A target is kept
    /// if neither its own policy version nor the one in force would set
    /// another. Does nothing for a ticket without targets.
    pub(super) fn update_targets(&mut self, before: &Ticket) {
        if !self.ticket.clock_events.has_targets() {
            return;
        }
        self.set_targets_where(|known, name, ticket, policies| {
            let today = |ticket: &Ticket| policies.target(name, &ticket.facts());
            would_differ(known, name, ticket, policies) || today(before) != today(ticket)
        });
    }

    /// Sets all targets by the policy in force, for the clocks that have not
    /// ended.
    fn replace_targets(&mut self) {
        self.set_targets_where(|_, _, _, _| true);
    }

    fn set_targets_where(
        &mut self,
        is_stale: impl Fn(&SlaTarget, ClockName, &Ticket, &PolicyHistory) -> bool,
    ) {
        let clocks = self.ticket.clocks(self.policy());
        let ended = |name: ClockName| {
            !name.definition().is_repeating() && clocks.get(name).is_some_and(Clock::has_ended)
        };
        for name in ClockName::ALL.iter().copied().filter(|name| !ended(*name)) {
            let target = self.policy().target(name, &self.ticket.facts());
            let keeps = self.ticket.clock_events.target(name).is_some_and(|known| {
                !is_stale(known, name, &self.ticket, self.policy())
                    || (known.has_same_terms(&target)
                        && known.calendar(self.policy()) == target.calendar(self.policy()))
            });
            if !keeps {
                self.push(Fact::TargetSet {
                    clock: name,
                    target,
                });
            }
        }
    }
}

/// Whether the policy version that set a target would now set another one.
fn would_differ(
    known: &SlaTarget,
    name: ClockName,
    ticket: &Ticket,
    policies: &PolicyHistory,
) -> bool {
    let then = policies.version(known.policy_version);
    let again = then.find_target(name, &ticket.facts());
    !again.is_some_and(|again| known.has_same_terms(&again))
}

/// Sets the targets of an open ticket by the policy in force.
///
/// # Errors
/// When the machine's clock is behind the ticket's last event.
pub(crate) fn apply_policy(ticket: &Ticket, ctx: &Ctx<'_>) -> Result<Vec<Event>, Rejection> {
    if ticket.status.state() == State::Closed {
        return Ok(Vec::new());
    }
    let mut deed = Decision::on(ticket, ctx)?;
    deed.replace_targets();
    Ok(deed.events)
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
