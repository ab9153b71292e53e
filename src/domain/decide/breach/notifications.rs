//! The end of an obligation to notify: sent, or not required.

use super::super::decision::Decision;
use super::{SentRequest, actor, check_order, open_breach};
use crate::domain::breach::fact::{BreachFact, Notification};
use crate::domain::breach::obligation::Obligation;
use crate::domain::breach::refusal::BreachRefusal;
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::vocabulary::UnknownWord;

/// Finds the obligation that is meant.
fn find<'d>(decision: &'d Decision<'_>, which: Option<&str>) -> Result<&'d Obligation, Rejection> {
    let id = decision.ticket.id;
    let breach = open_breach(decision)?;
    let Some(typed) = which else {
        let open: Vec<&Obligation> = breach.open_obligations().collect();
        return match open.as_slice() {
            [one] => Ok(one),
            [] => Err(BreachRefusal::NothingOpen { id }.into()),
            several => {
                let names = several.iter().map(|one| one.terms.name()).collect();
                Err(BreachRefusal::Which { id, names }.into())
            }
        };
    };
    let wanted = typed.trim().to_lowercase();
    let is_meant = |one: &&Obligation| {
        one.number.to_string() == wanted || one.terms.name() == wanted || one.terms.stage == wanted
    };
    let found: Vec<&Obligation> = breach.obligations.iter().filter(is_meant).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let is_full = wanted.contains('/');
            let names = breach.obligations.iter().map(|one| match is_full {
                true => one.terms.name(),
                false => one.terms.stage.clone(),
            });
            Err(UnknownWord::new("notification", typed, names).into())
        }
        several => {
            let names = several.iter().map(|one| one.terms.name()).collect();
            Err(BreachRefusal::Which { id, names }.into())
        }
    }
}

/// Records that a notification was sent. One that is late needs the reason of the
/// delay.
pub(super) fn notify(decision: &mut Decision<'_>, request: SentRequest) -> Result<(), Rejection> {
    let SentRequest {
        which,
        at,
        how,
        by,
        reference,
        delay,
        note,
        more_follows,
    } = request;
    let id = decision.ticket.id;
    let at = at.unwrap_or(decision.at);
    Rejection::check_not_in_the_future(at, decision.at)?;
    let obligation = find(decision, which.as_deref())?;
    let breach = open_breach(decision)?;
    let name = obligation.terms.name();
    let Some((aware, _)) = &breach.aware else {
        return Err(BreachRefusal::NotAware { id }.into());
    };
    let what = format!("the notification {name}");
    check_order(&what, Some(at), "awareness", Some(aware.at))?;
    if obligation.ended_by().is_some() {
        return Err(BreachRefusal::Sent { id, name }.into());
    }
    let due = obligation.span(breach).map(|span| span.due);
    if let Some(due) = due.filter(|due| at > *due)
        && delay.is_none()
    {
        return Err(BreachRefusal::DelayReason { name, due }.into());
    }
    let sent = Notification {
        obligation: obligation.number,
        name,
        at,
        how,
        by: by.unwrap_or_else(|| actor(decision)),
        reference,
        delay,
        note,
        more_follows,
    };
    decision.record(Fact::Breach(BreachFact::Notified(sent)));
    Ok(())
}

/// Records that a notification is not required.
pub(super) fn waive(
    decision: &mut Decision<'_>,
    which: Option<&str>,
    by: Option<String>,
    reason: String,
) -> Result<(), Rejection> {
    let id = decision.ticket.id;
    let obligation = find(decision, which)?;
    let breach = open_breach(decision)?;
    let (number, name) = (obligation.number, obligation.terms.name());
    if obligation.ended_by().is_some() {
        return Err(BreachRefusal::Sent { id, name }.into());
    }
    let risk = breach.risk();
    if obligation.is_required_at(risk) {
        return Err(BreachRefusal::Required { id, name, risk }.into());
    }
    let by = by.unwrap_or_else(|| actor(decision));
    decision.record(Fact::Breach(BreachFact::NotRequired {
        obligation: number,
        name,
        by,
        reason,
    }));
    Ok(())
}
