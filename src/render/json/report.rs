//! What commands say that is not a ticket: results of writes, the status
//! table, settings, checks and errors, as they are published.

use serde::Serialize;

use super::super as render;
use super::finding::Near;
use super::ticket::Ticket;
use super::value::At;
use crate::domain::event::Fact;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::search::similar::SimilarTickets;
use crate::domain::vocabulary::{Grouping, Metric};
use crate::domain::{Timestamp, group_counts, monitoring_check};

/// What a write did to a ticket.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct TicketUpdate<'a> {
    id: i64,
    /// The merged ticket that was named, where this is the surviving one.
    named: Option<i64>,
    /// Whether anything happened; if not, it was so already.
    changed: bool,
    /// Whether this opened it.
    opened: bool,
    /// What happened, in order; what only follows from it is left out.
    did: Vec<&'static str>,
    /// The ticket as it is now.
    ticket: Ticket<'a>,
    /// Past tickets like it, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    similar: Option<Vec<Near<'a>>>,
}

impl<'a> TicketUpdate<'a> {
    pub(in crate::render) fn alike(
        done: &'a render::TicketUpdate,
        similar: &'a SimilarTickets,
        now: Timestamp,
        policy: &'a PolicyHistory,
    ) -> Self {
        Self {
            similar: Some(Near::all(similar, now, policy).collect()),
            ..Self::of(done, now, policy)
        }
    }

    pub(in crate::render) fn of(
        done: &'a render::TicketUpdate,
        now: Timestamp,
        policy: &'a PolicyHistory,
    ) -> Self {
        Self {
            id: done.after.id.0,
            named: done.requested.map(|id| id.0),
            changed: !done.events.is_empty(),
            opened: is_opening(done),
            did: did(done),
            ticket: Ticket::of(&done.after, now, policy),
            similar: None,
        }
    }
}

pub(in crate::render) fn is_opening(done: &render::TicketUpdate) -> bool {
    matches!(done.events.first().map(|e| &e.fact), Some(Fact::Opened(_)))
}

/// The words for what happened.
pub(in crate::render) fn did(done: &render::TicketUpdate) -> Vec<&'static str> {
    let facts = done.events.iter().map(|event| &event.fact);
    let told = facts.filter(|fact| !matches!(fact, Fact::TargetSet { .. }));
    told.map(Fact::kind).collect()
}

/// How the open tickets stand.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Sla<T> {
    /// The moment for which the clocks were read.
    pub(in crate::render) at: At,
    /// Where they are counted by priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::render) priorities: Option<Vec<GroupCount>>,
    /// What they are counted by: `priority`, `tier`, `assignee` or `category`.
    pub(in crate::render) by: &'static str,
    pub(in crate::render) groups: Vec<Group>,
    pub(in crate::render) tickets: Vec<T>,
}

/// The open tickets of a priority, counted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct GroupCount {
    /// `null` for what has none yet.
    priority: Option<String>,
    #[serde(flatten)]
    counts: Counts,
}

/// The open tickets of a group, counted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Group {
    /// The priority, tier, assignee or category; `null` for what has none.
    group: Option<String>,
    #[serde(flatten)]
    counts: Counts,
}

/// How many open tickets there are, and how many of them stand how.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Counts {
    open: u64,
    overdue: u64,
    at_risk: u64,
    paused: u64,
    resolved: u64,
    unassigned: u64,
}

impl Counts {
    const fn of(tally: &group_counts::GroupCount) -> Self {
        Self {
            open: tally.open,
            overdue: tally.overdue,
            at_risk: tally.at_risk,
            paused: tally.paused,
            resolved: tally.resolved,
            unassigned: tally.unassigned,
        }
    }
}

impl GroupCount {
    /// The tallies of the priorities, if it is by them that was counted.
    pub(in crate::render) fn priorities(tallies: &group_counts::GroupCounts) -> Option<Vec<Self>> {
        let of = |(group, tally): &(group_counts::GroupKey, group_counts::GroupCount)| Self {
            priority: group.name(),
            counts: Counts::of(tally),
        };
        (tallies.by == Grouping::Priority).then(|| tallies.groups.iter().map(of).collect())
    }
}

impl Group {
    pub(in crate::render) fn all(tallies: &group_counts::GroupCounts) -> Vec<Self> {
        let of = |(group, tally): &(group_counts::GroupKey, group_counts::GroupCount)| Self {
            group: group.name(),
            counts: Counts::of(tally),
        };
        tallies.groups.iter().map(of).collect()
    }
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Count {
    pub(in crate::render) count: u64,
}

/// A setting, its value and where it came from.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Setting<'a> {
    pub(in crate::render) name: String,
    pub(in crate::render) value: Option<&'a str>,
    /// `flag`, `environment`, `user-file` or `default`.
    pub(in crate::render) source: String,
}

/// What a check of the whole store found.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Verified<'a> {
    pub(in crate::render) path: String,
    /// Whether there are no faults.
    pub(in crate::render) ok: bool,
    pub(in crate::render) events: u64,
    pub(in crate::render) tickets: u64,
    /// The last link of the chain, as `seq:hash`; to be kept elsewhere.
    pub(in crate::render) head: &'a str,
    pub(in crate::render) faults: &'a [String],
    pub(in crate::render) notes: &'a [String],
}

/// How the desk stands, for a monitoring system.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct MonitoringCheck {
    /// `ok`, `warning`, `critical` or `unknown`.
    state: &'static str,
    exit_code: u8,
    /// The text of the line, without performance data.
    message: String,
    /// What the ranges are for; like all that follows, `null` where the state
    /// is unknown.
    metric: Option<&'static str>,
    warning: Option<String>,
    critical: Option<String>,
    metrics: Option<Metrics>,
}

/// The open tickets, counted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Metrics {
    overdue: u64,
    at_risk: u64,
    open: u64,
    unassigned: u64,
    /// For how long the ticket that is longest overdue has been so.
    oldest_overdue_s: u64,
}

impl MonitoringCheck {
    pub(in crate::render) fn of(probe: &monitoring_check::MonitoringCheck) -> Self {
        let health = probe.status();
        Self {
            state: health.as_str(),
            exit_code: health.exit_code(),
            message: render::probe::message(probe),
            metric: Some(probe.metric.as_str()),
            warning: probe.warning.map(|range| range.to_string()),
            critical: probe.critical.map(|range| range.to_string()),
            metrics: Some(Metrics {
                overdue: probe.value(Metric::Overdue),
                at_risk: probe.value(Metric::AtRisk),
                open: probe.value(Metric::Open),
                unassigned: probe.value(Metric::Unassigned),
                oldest_overdue_s: probe.value(Metric::OldestOverdue),
            }),
        }
    }

    /// What could not be found out, and why.
    pub(in crate::render) fn unknown(reason: &str) -> Self {
        Self {
            state: monitoring_check::CheckStatus::Unknown.as_str(),
            exit_code: monitoring_check::CheckStatus::Unknown.exit_code(),
            message: render::probe::plain(reason),
            metric: None,
            warning: None,
            critical: None,
            metrics: None,
        }
    }
}

/// Something done to the store as a whole.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct StoreOperation {
    /// `created`, `backed-up`, `restored` or `written`.
    pub(in crate::render) done: String,
    pub(in crate::render) path: String,
    /// Where what was there before is kept.
    pub(in crate::render) aside: Option<String>,
}

/// Why something was not done, on standard error.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Problem {
    pub(in crate::render) error: Fault,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Fault {
    /// The ticket it is about, where a command was given several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::render) id: Option<i64>,
    /// A word that never changes, for programs.
    pub(in crate::render) code: &'static str,
    pub(in crate::render) message: String,
    /// One thing to type or to do.
    pub(in crate::render) hint: Option<String>,
    pub(in crate::render) exit_code: u8,
}

/// What people read as several words, as programs compare it.
fn one_word(words: &str) -> String {
    words.replace(' ', "-")
}

impl<'a> Setting<'a> {
    pub(in crate::render) fn of(setting: &'a render::Setting) -> Self {
        Self {
            name: one_word(setting.name),
            value: setting.value.as_deref(),
            source: one_word(setting.source),
        }
    }
}

impl<'a> Verified<'a> {
    pub(in crate::render) fn of(verified: &'a render::Verified) -> Self {
        Self {
            path: verified.path.display().to_string(),
            ok: verified.faults.is_empty(),
            events: verified.events,
            tickets: verified.tickets,
            head: &verified.head,
            faults: &verified.faults,
            notes: &verified.notes,
        }
    }
}

impl StoreOperation {
    pub(in crate::render) fn of(kept: &render::StoreOperation) -> Self {
        Self {
            done: one_word(kept.done),
            path: kept.path.display().to_string(),
            aside: kept.aside.as_ref().map(|path| path.display().to_string()),
        }
    }
}
