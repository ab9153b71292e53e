//! What the desk does by itself once its time has come.

use super::decision::Decision;
use super::{ClosingOptions, Ctx, finish};
use crate::domain::automation;
use crate::domain::automation::TimerAction;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{ClockName, State};

/// Does the next thing that is due about a ticket, dated when it was due, or
/// at the ticket's last event if that came later; nothing if nothing is due.
///
/// # Errors
/// When the machine's clock is behind the ticket's last event.
pub(crate) fn pass_time(ticket: &Ticket, ctx: &Ctx<'_>) -> Result<Vec<Event>, Rejection> {
    let Some(due) =
        automation::next_timer(ticket, ctx.policy).filter(|due| due.actionable_at <= ctx.now)
    else {
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
        at: due.at.max(ticket.updated),
        backdated: true,
        actor: Actor::Desk,
        ..ctx.clone()
    };
    let mut deed = Decision::on(ticket, &ctx)?;
    match due.action {
        TimerAction::Wake => deed.push(Fact::Resumed {
            note: Some("the wake time has come".to_owned()),
        }),
        TimerAction::Warn { clock, percent } => {
            deed.push(Fact::Warned { clock, percent });
            escalate(&mut deed, clock, percent);
        }
        TimerAction::Close => {
            let ending = ClosingOptions {
                force: Some("it has been resolved for as long as the policy allows".to_owned()),
                ..ClosingOptions::default()
            };
            finish::close(&mut deed, None, None, ending)?;
        }
    }
    Ok(deed.events)
}

/// Applies the rule for this clock and level at the ticket's tier.
fn escalate(deed: &mut Decision<'_>, clock: ClockName, percent: u16) {
    let policy = deed.policy();
    let rule = policy.escalations.iter().find(|rule| {
        rule.clock == clock && rule.percent == percent && rule.from == deed.ticket.tier
    });
    if let Some(rule) = rule
        && deed.ticket.status.state() != State::Resolved
    {
        deed.push(Fact::Escalated {
            to: rule.to.clone(),
            up: policy.tier_rank(&rule.to) > policy.tier_rank(&rule.from),
            reason: format!("the {clock} clock has used {percent} % of its time"),
        });
    }
}
