//! What the desk says of itself, as it is published.

use serde::Serialize;

use super::ticket::{Clock, Ticket};
use super::value::{At, ClockName, Seconds, Shows};
use crate::domain::event::Fact;
use crate::domain::policy::BREACH;
use crate::domain::policy::versions;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models;
use crate::domain::sla::explanation;
use crate::domain::{Timestamp, policy};
use crate::render::ledger::{holiday, word};

/// A thing that a sweep did.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Swept<'a> {
    id: i64,
    /// When it was due.
    at: Option<At>,
    /// `warned`, `breached`, `resumed` or `closed`.
    act: &'static str,
    /// The clock that used up this percentage of its target.
    clock: Option<ClockName>,
    percent: Option<u16>,
    /// The tier that has the ticket from now on, by a rule of the policy.
    to_tier: Option<&'a str>,
    assignee: Option<&'a str>,
    title: &'a str,
}

impl<'a> Swept<'a> {
    pub(in crate::render) fn of(done: &'a read_models::TicketUpdate) -> Self {
        let mut act = "unchanged";
        let (mut clock, mut percent, mut to_tier) = (None, None, None);
        for event in &done.events {
            if let Fact::Warned {
                clock: name,
                percent: level,
            } = &event.fact
            {
                act = if *level == BREACH {
                    "breached"
                } else {
                    "warned"
                };
                (clock, percent) = (Some((*name).into()), Some(*level));
            } else if let Fact::Escalated { to, .. } = &event.fact {
                to_tier = Some(to.as_str());
            } else if let Fact::Resumed { .. } | Fact::Closed { .. } = &event.fact {
                act = event.fact.kind();
            }
        }
        Self {
            id: done.after.id.0,
            at: done.events.first().map(|event| At(event.at)),
            act,
            clock,
            percent,
            to_tier,
            assignee: done.after.assignee.as_ref().map(|agent| agent.as_str()),
            title: &done.after.title,
        }
    }

    pub(in crate::render) fn cells(&self) -> Vec<String> {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        vec![
            self.at.map(At::text).unwrap_or_default(),
            self.id.to_string(),
            self.act.to_owned(),
            text(self.clock.map(|clock| clock.0)),
            self.percent.map(|p| p.to_string()).unwrap_or_default(),
            text(self.to_tier),
            text(self.assignee),
            self.title.to_owned(),
        ]
    }
}

/// A version of the policy.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct PolicyVersion<'a> {
    version: u32,
    at: At,
    recorded_at: At,
    author: &'a str,
    /// The document.
    text: &'a str,
}

impl<'a> PolicyVersion<'a> {
    pub(in crate::render) fn of(edition: &'a versions::PolicyVersion) -> Self {
        Self {
            version: edition.version,
            at: At(edition.at),
            recorded_at: At(edition.recorded),
            author: edition.author.as_str(),
            text: &edition.text,
        }
    }
}

/// A version of the policy as it reads.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Document<'a> {
    /// 1 is the built-in one.
    pub(in crate::render) version: u32,
    /// The document, in TOML.
    pub(in crate::render) text: &'a str,
}

/// What is wrong or odd with a document, and where.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Diagnostic<'a> {
    line: usize,
    /// Such as `calendars.office.mon`; empty where there is none.
    key: &'a str,
    message: &'a str,
}

impl<'a> Diagnostic<'a> {
    fn all(remarks: &'a [policy::Diagnostic]) -> Vec<Self> {
        let one = |remark: &'a policy::Diagnostic| Self {
            line: remark.line,
            key: &remark.key,
            message: &remark.message,
        };
        remarks.iter().map(one).collect()
    }
}

/// What a check of a policy document found.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct PolicyCheck<'a> {
    name: &'a str,
    /// Whether it could be put in force.
    ok: bool,
    faults: Vec<Diagnostic<'a>>,
    notes: Vec<Diagnostic<'a>>,
}

impl<'a> PolicyCheck<'a> {
    pub(in crate::render) fn of(checked: &'a read_models::PolicyCheck) -> Self {
        Self {
            name: &checked.name,
            ok: checked.faults.is_empty(),
            faults: Diagnostic::all(&checked.faults),
            notes: Diagnostic::all(&checked.notes),
        }
    }
}

/// The version that is in force now.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct PolicySet<'a> {
    version: u32,
    /// Whether it is new.
    changed: bool,
    notes: Vec<Diagnostic<'a>>,
}

impl<'a> PolicySet<'a> {
    pub(in crate::render) fn of(set: &'a read_models::PolicySet) -> Self {
        Self {
            version: set.version,
            changed: set.changed,
            notes: Diagnostic::all(&set.notes),
        }
    }
}

/// What a change of policy does, or would do, to a ticket.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Moved<'a> {
    id: i64,
    title: &'a str,
    clocks: Vec<MovedClock<'a>>,
    /// The ticket as it is then.
    ticket: Ticket<'a>,
}

/// A clock before and after.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct MovedClock<'a> {
    clock: ClockName,
    before: Clock<'a>,
    after: Clock<'a>,
}

impl<'a> Moved<'a> {
    pub(in crate::render) fn of(
        one: &'a read_models::SlaChange,
        now: Timestamp,
        policy: &'a PolicyHistory,
    ) -> Self {
        let clocks = one.clocks().map(|(name, before, after)| MovedClock {
            clock: name.into(),
            before: Clock::of(before, now, policy),
            after: Clock::of(Some(after), now, policy),
        });
        Self {
            id: one.after.id.0,
            title: &one.after.title,
            clocks: clocks.collect(),
            ticket: Ticket::of(&one.after, now, policy),
        }
    }

    pub(in crate::render) fn cells(&self) -> Vec<Vec<String>> {
        let seconds = |s: Option<Seconds>| s.map(|s| s.count().to_string()).unwrap_or_default();
        let at = |at: Option<At>| at.map(At::text).unwrap_or_default();
        self.clocks
            .iter()
            .map(|clock| {
                vec![
                    self.id.to_string(),
                    clock.clock.0.to_owned(),
                    seconds(clock.before.target_s),
                    seconds(clock.after.target_s),
                    at(clock.before.due),
                    at(clock.after.due),
                    clock.before.shows.0.to_owned(),
                    clock.after.shows.0.to_owned(),
                    self.title.to_owned(),
                ]
            })
            .collect()
    }
}

/// The reckoning of a ticket's clocks.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Account<'a> {
    id: i64,
    title: &'a str,
    clocks: Vec<Ledger<'a>>,
}

/// The reckoning of one clock.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Ledger<'a> {
    clock: ClockName,
    shows: Shows,
    started_at: At,
    due: Option<At>,
    stopped_at: Option<At>,
    target_s: Seconds,
    used_s: Seconds,
    /// Negative once the target is used up.
    left_s: Seconds,
    paused_s: Seconds,
    calendar: &'a str,
    reclassified: bool,
    /// Every promise made for it; the last one is in force.
    promises: Vec<Made<'a>>,
    /// The stretches of time it went through, in order, without gaps.
    lines: Vec<Line<'a>>,
}

/// A promise and where it came from.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Made<'a> {
    at: At,
    by: &'a str,
    target_s: Seconds,
    cadence_s: Option<Seconds>,
    calendar: &'a str,
    policy_version: u32,
    /// The conditions of the target in that policy.
    target_of: Option<&'a str>,
}

/// A stretch of time, half-open.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Line<'a> {
    from: At,
    to: At,
    /// `counted`, `closed`, `holiday`, `break`, `paused`, `off` or `resolved`.
    why: &'static str,
    holiday: Option<&'a str>,
    counted_s: Seconds,
    /// Working time that a pause left out.
    paused_s: Seconds,
    /// What has counted so far.
    total_s: Seconds,
    /// Whether the target is used up at its end: the due time.
    due: bool,
    /// Whether it lies ahead: so it will be if nothing happens.
    ahead: bool,
}

impl<'a> Account<'a> {
    pub(in crate::render) fn of(account: &'a read_models::SlaExplanation) -> Self {
        Self {
            id: account.summary.id.0,
            title: &account.summary.title,
            clocks: account.clocks.iter().map(Ledger::of).collect(),
        }
    }
}

impl<'a> Ledger<'a> {
    fn of(ledger: &'a explanation::ClockExplanation) -> Self {
        let explanation::ClockExplanation {
            name,
            clock,
            reading,
            targets: promises,
            intervals: lines,
        } = ledger;
        Self {
            clock: (*name).into(),
            shows: reading.display.into(),
            started_at: At(clock.started),
            due: reading.due.map(At),
            stopped_at: reading.stopped.map(At),
            target_s: Seconds::of(clock.target.span),
            used_s: Seconds::of(reading.used),
            left_s: Seconds::of(reading.remaining),
            paused_s: Seconds::of(reading.paused),
            calendar: &clock.target.calendar,
            reclassified: clock.reclassified,
            promises: promises.iter().map(Made::of).collect(),
            lines: lines.iter().map(Line::of).collect(),
        }
    }
}

impl<'a> Made<'a> {
    fn of(made: &'a explanation::TargetAssignment) -> Self {
        Self {
            at: At(made.at),
            by: made.by.as_str(),
            target_s: Seconds::of(made.target.span),
            cadence_s: made.target.cadence.map(Seconds::of),
            calendar: &made.target.calendar,
            policy_version: made.target.policy_version,
            target_of: made.conditions.as_deref(),
        }
    }
}

impl<'a> Line<'a> {
    fn of(line: &'a explanation::ExplainedInterval) -> Self {
        Self {
            from: At(line.from),
            to: At(line.to),
            why: word(&line.reason),
            holiday: holiday(&line.reason),
            counted_s: Seconds::of(line.counted),
            paused_s: Seconds::of(line.paused),
            total_s: Seconds::of(line.total),
            due: line.due,
            ahead: line.ahead,
        }
    }
}
