//! The time that was spent on a ticket, and on those that were merged into it.

use chrono::TimeDelta;
use serde::Serialize;

use super::value::Seconds;
use crate::domain::people;
use crate::domain::read_models::TicketDetails;
use crate::domain::ticket;

/// The time that an agent spent.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct TimeSpent<'a> {
    agent: &'a str,
    spent_s: Seconds,
}

/// The time that was spent on a ticket which was merged.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct MergedTimeSpent {
    ticket: i64,
    spent_s: Seconds,
}

impl MergedTimeSpent {
    pub(super) fn all(page: &TicketDetails) -> Vec<Self> {
        let all = page.merged_time.iter().map(|(from, time)| Self {
            ticket: from.0,
            spent_s: (*time).into(),
        });
        all.collect()
    }
}

impl<'a> TimeSpent<'a> {
    pub(super) fn all(ticket: &'a ticket::Ticket) -> Vec<Self> {
        let all = ticket.time_spent.iter();
        let one = |(agent, time): (&'a people::Agent, &TimeDelta)| Self {
            agent: agent.as_str(),
            spent_s: (*time).into(),
        };
        all.map(one).collect()
    }
}
