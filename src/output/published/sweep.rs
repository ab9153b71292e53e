//! The actions of a sweep.

use serde::Serialize;

use super::value::{At, ClockName, CsvRecord, CsvValue};
use crate::domain::breach::fact::BreachFact;
use crate::domain::event::Fact;
use crate::domain::policy::BREACH;
use crate::domain::read_models::TicketUpdate;

/// An action of a sweep.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct SweepAction<'a> {
    id: i64,
    /// When it was due.
    at: Option<At>,
    /// `warned`, `breached`, `escalated`, `resumed`, `closed` or `erased`.
    act: &'static str,
    /// The clock that used up this percentage of its target.
    clock: Option<ClockName>,
    percent: Option<u16>,
    /// The level in working time, such as `1h before`; absent if it is a
    /// percentage.
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<String>,
    /// The notification of a breach that is due or overdue, such as
    /// `gdpr/authority`.
    #[serde(skip_serializing_if = "Option::is_none")]
    notification: Option<&'a str>,
    /// The tier that the ticket was escalated to by a rule of the policy.
    to_tier: Option<&'a str>,
    assignee: Option<&'a str>,
    title: &'a str,
}

impl<'a> From<&'a TicketUpdate> for SweepAction<'a> {
    fn from(update: &'a TicketUpdate) -> Self {
        let mut act = "unchanged";
        let (mut clock, mut percent, mut to_tier) = (None, None, None);
        let (mut offset, mut notification) = (None, None);
        for event in &update.events {
            if let Fact::Warned {
                clock: name,
                percent: level,
                offset: reached,
            } = &event.fact
            {
                let breached = *level == BREACH;
                act = if breached { "breached" } else { "warned" };
                (clock, percent) = (Some((*name).into()), Some(*level));
                offset = reached.map(|offset| offset.to_string());
            } else if let Fact::Breach(BreachFact::Warned { name, before, .. }) = &event.fact {
                act = if before.is_none() {
                    "breached"
                } else {
                    "warned"
                };
                notification = Some(name.as_str());
            } else if let Fact::Escalated { to, .. } = &event.fact {
                to_tier = Some(to.as_str());
                act = event.fact.kind();
            } else if let Fact::Resumed { .. } | Fact::Closed { .. } | Fact::Erased(_) = &event.fact
            {
                act = event.fact.kind();
            }
        }
        Self {
            id: update.after.id.0,
            at: update.events.first().map(|event| At(event.at)),
            act,
            clock,
            percent,
            offset,
            notification,
            to_tier,
            assignee: update.after.assignee.as_ref().map(|agent| agent.as_str()),
            title: &update.after.title,
        }
    }
}

csv_columns!(SweepAction<'_>: at, id, act, clock, percent, to_tier, assignee, title, notification);
