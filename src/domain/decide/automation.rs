//! The automatic action of a due timer.

use super::decision::Decision;
use super::{ClosingOptions, Ctx, close};
use crate::domain::automation::{self, TimerAction};
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::rejection::Rejection;
use crate::domain::sla::level::Level;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{ClockName, State};

/// Decides the next due action of a ticket. Its events are dated when the
/// action was due, or at the ticket's last event if that was later. There are
/// none if nothing is due.
///
/// # Errors
/// [`Rejection::ClockBehind`] if the machine's clock is behind the ticket's
/// last event.
pub(crate) fn run_next_timer(ticket: &Ticket, ctx: &Ctx<'_>) -> Result<Vec<Event>, Rejection> {
    let timer = automation::next_timer(ticket, ctx.policy);
    let Some(timer) = timer.filter(|timer| timer.actionable_at <= ctx.now) else {
        return Ok(Vec::new());
    };
    if ticket.updated > ctx.now {
        return Err(Rejection::ClockBehind {
            id: ticket.id,
            now: ctx.now,
            last: ticket.updated,
        });
    }
    let ctx = Ctx {
        at: timer.at.max(ticket.updated),
        backdated: true,
        actor: Actor::Desk,
        ..ctx.clone()
    };
    let mut decision = Decision::begin(ticket, &ctx)?;
    match timer.action {
        TimerAction::Wake => decision.record(Fact::Resumed {
            note: Some("the wake time was reached".to_owned()),
        }),
        TimerAction::Warn {
            clock,
            level,
            percent,
        } => {
            decision.record(Fact::Warned {
                clock,
                percent,
                offset: level.offset(),
            });
            escalate(&mut decision, clock, level);
        }
        TimerAction::EscalateUnassigned { after, to } => {
            let policy = decision.policy();
            let from = policy.tier_rank(&decision.ticket.tier);
            decision.record(Fact::Escalated {
                up: policy.tier_rank(&to) > from,
                to,
                reason: format!("nobody has taken the ticket for {after}"),
            });
        }
        TimerAction::Close => {
            let closing = ClosingOptions {
                force: Some("the auto-close delay of the policy has passed".to_owned()),
                ..ClosingOptions::default()
            };
            close::close(&mut decision, None, None, closing)?;
        }
    }
    Ok(decision.events)
}

/// Applies the escalation rule for this clock and level at the ticket's tier.
fn escalate(decision: &mut Decision<'_>, clock: ClockName, level: Level) {
    let policy = decision.policy();
    let rule = policy.escalations.iter().find(|rule| {
        rule.clock == clock && rule.level == level && rule.from == decision.ticket.tier
    });
    if let Some(rule) = rule
        && decision.ticket.status.state() != State::Resolved
    {
        decision.record(Fact::Escalated {
            to: rule.to.clone(),
            up: policy.tier_rank(&rule.to) > policy.tier_rank(&rule.from),
            reason: match level {
                Level::Percent(percent) => {
                    format!("the {clock} clock has used {percent} % of its time")
                }
                Level::Offset(offset) => format!("the {clock} clock has reached {offset} due"),
            },
        });
    }
}
