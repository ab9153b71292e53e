//! SLA targets: which ones a ticket gets when something about it changes, and
//! when the policy in force is applied to it.

use super::Ctx;
use super::decision::Decision;
use crate::domain::event::{Event, Fact};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::rejection::Rejection;
use crate::domain::sla::clock::Clock;
use crate::domain::sla::definitions::StartsAt;
use crate::domain::sla::target::SlaTarget;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{ClockName, State};

impl Decision<'_> {
    /// Sets the targets of the policy in force for the clocks that have not
    /// ended. A target stays if the policy version that set it would set the
    /// same one again.
    pub(super) fn set_targets(&mut self) {
        self.set_targets_where(would_differ);
    }

    /// Sets the targets that follow from a change of the ticket, unless it has
    /// none yet. A target stays if the change affects it neither under the
    /// policy version that set it nor under the one in force.
    pub(super) fn update_targets(&mut self, before: &Ticket) {
        if !self.ticket.clock_events.has_targets() {
            return;
        }
        self.set_targets_where(|known, name, ticket, policies| {
            let start = before.opened;
            let current = |ticket: &Ticket| policies.target(name, &ticket.facts(), start);
            would_differ(known, name, ticket, policies) || current(before) != current(ticket)
        });
    }

    /// Sets the targets of the policy in force, whichever policy version set
    /// the present ones.
    pub(super) fn replace_targets(&mut self) {
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
        for clock in ClockName::ALL.iter().copied().filter(|name| !ended(*name)) {
            // A clock that starts again has a span of its own at each start.
            let start = match clock.definition().starts_at {
                StartsAt::Report => self.ticket.opened,
                StartsAt::UnansweredMessage => self.at,
            };
            let facts = self.ticket.facts();
            let target = self.policy().target(clock, &facts, start);
            let stays = self.ticket.clock_events.target(clock).is_some_and(|known| {
                !is_stale(known, clock, &self.ticket, self.policy())
                    || (known.has_same_terms(&target)
                        && known.calendar(self.policy()) == target.calendar(self.policy()))
            });
            if !stays {
                self.record(Fact::TargetSet { clock, target });
            }
        }
    }
}

/// Returns whether the policy version that set a target would now set another.
fn would_differ(
    known: &SlaTarget,
    name: ClockName,
    ticket: &Ticket,
    policies: &PolicyHistory,
) -> bool {
    let setter = policies.version(known.policy_version);
    let again = setter.find_target(name, &ticket.facts(), ticket.opened);
    !again.is_some_and(|again| known.has_same_terms(&again))
}

/// Gives a ticket the targets of the policy in force, unless it is closed.
///
/// # Errors
/// [`Rejection::BeforeLast`] if it is backdated to before the last thing that an
/// agent did.
pub(crate) fn apply_policy(ticket: &Ticket, ctx: &Ctx<'_>) -> Result<Vec<Event>, Rejection> {
    if ticket.status.state() == State::Closed {
        return Ok(Vec::new());
    }
    let mut decision = Decision::begin(ticket, ctx)?;
    decision.replace_targets();
    Ok(decision.finish())
}
