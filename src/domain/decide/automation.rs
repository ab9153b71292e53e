//! The automatic action of a due timer.

use super::decision::Decision;
use super::{ClosingOptions, Ctx, close};
use crate::domain::automation::{self, TimerAction};
use crate::domain::breach::DueWarning;
use crate::domain::breach::fact::BreachFact;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::rejection::Rejection;
use crate::domain::sla::level::Level;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{ClockName, State};

/// Decides the next action of a ticket that is due by the time of the context. Its events are dated when the
/// action was due, whatever has happened since; only a ticket on which somebody
/// worked after that is closed later. There are none if nothing is due.
///
/// # Errors
/// A [`Rejection`] of the action.
pub(crate) fn run_next_timer(ticket: &Ticket, ctx: &Ctx<'_>) -> Result<Vec<Event>, Rejection> {
    let timer = automation::next_timer(ticket, ctx.policy);
    let Some(timer) = timer.filter(|timer| timer.actionable_at <= ctx.at) else {
        return Ok(Vec::new());
    };
    let at = match timer.action {
        TimerAction::Close => timer.at.max(ticket.last_act_by_agent(ctx.now)),
        TimerAction::Wake
        | TimerAction::Warn { .. }
        | TimerAction::WarnOfNotification(_)
        | TimerAction::EscalateUnassigned { .. } => timer.at,
    };
    let ctx = Ctx {
        at,
        backdated: true,
        actor: Actor::Desk,
        ..ctx.clone()
    };
    let mut decision = Decision::by_itself(ticket, &ctx);
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
            if !decision.was_taken_later() && is_open(ticket) {
                escalate(&mut decision, clock, level);
            }
        }
        TimerAction::WarnOfNotification(DueWarning {
            obligation,
            before,
            due,
            at: _,
        }) => {
            let breach = ticket.breach.as_ref();
            let name = breach.and_then(|breach| breach.obligation(obligation));
            decision.record(Fact::Breach(BreachFact::Warned {
                obligation,
                name: name.map_or_else(String::new, |one| one.terms.name()),
                before,
                due,
            }));
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
    Ok(decision.finish())
}

/// Applies the escalation rule for this clock and level at the ticket's tier.
fn escalate(decision: &mut Decision<'_>, clock: ClockName, level: Level) {
    let policy = decision.policy();
    let rule = policy.escalations.iter().find(|rule| {
        rule.clock == clock && rule.level == level && rule.from == decision.ticket.tier
    });
    if let Some(rule) = rule
        && is_open(&decision.ticket)
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

/// Returns whether somebody still has to resolve the ticket.
pub(super) fn is_open(ticket: &Ticket) -> bool {
    !matches!(ticket.status.state(), State::Resolved | State::Closed)
}
