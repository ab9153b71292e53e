//! An obligation to notify, and its clock: a function of what is on record,
//! which needs no policy and no sweep.

use chrono::TimeDelta;

use super::Breach;
use super::fact::Notification;
use super::terms::{Terms, Trigger, Unless, Within};
use crate::domain::Timestamp;
use crate::domain::people::Actor;
use crate::domain::sla::calendar::ALWAYS;
use crate::domain::sla::clock::{Clock, Phase};
use crate::domain::sla::target::SlaTarget;
use crate::domain::vocabulary::Risk;

/// Why a notification is not required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Waiver {
    /// When it was decided.
    pub(crate) at: Timestamp,
    pub(crate) by: String,
    pub(crate) reason: String,
}

/// A notification that was sent, with who recorded it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) notification: Notification,
    pub(crate) recorded: Timestamp,
    pub(crate) recorded_by: Actor,
}

/// An obligation of a breach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Obligation {
    /// Its number within the breach, from 1.
    pub(crate) number: u32,
    pub(crate) terms: Terms,
    /// The notifications that were sent, in the order of recording.
    pub(crate) sent: Vec<Sent>,
    pub(crate) waiver: Option<Waiver>,
}

/// The state of an obligation, independent of the present time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ObligationState {
    /// Nothing has started its time yet.
    Waiting,
    /// It is to be done.
    Open,
    Sent,
    NotRequired,
    /// The breach was closed without it.
    LeftOpen,
}

impl ObligationState {
    pub(crate) const fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::Sent => "sent",
            Self::NotRequired => "not-required",
            Self::LeftOpen => "left-open",
        }
    }
}

/// The time of an obligation that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) started: Timestamp,
    pub(crate) due: Timestamp,
    /// From when on this could be known: when what started it was recorded.
    pub(crate) known: Timestamp,
}

/// One of the limits of an obligation, with its end if it has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) trigger: Trigger,
    pub(crate) within: Within,
    pub(crate) started: Option<Timestamp>,
    pub(crate) end: Option<Timestamp>,
}

/// The clock of an obligation, as the row of a ticket keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotificationClock {
    /// The number of the obligation.
    pub(crate) number: u32,
    /// The name of the obligation: `gdpr/authority`.
    pub(crate) name: String,
    pub(crate) clock: Clock,
}

impl Obligation {
    pub(crate) const fn new(number: u32, terms: Terms) -> Self {
        Self {
            number,
            terms,
            sent: Vec::new(),
            waiver: None,
        }
    }

    /// The notification that ended it, if one did. One after which more follows
    /// ends only an obligation that is no supplement.
    pub(crate) fn ended_by(&self) -> Option<&Sent> {
        let is_supplement = self.terms.follows_a_stage();
        let mut sent = self.sent.iter();
        sent.find(|one| !(is_supplement && one.notification.more_follows))
    }

    /// The last supplement after which more follows.
    fn last_part(&self) -> Option<&Sent> {
        let parts = self.sent.iter();
        let is_supplement = self.terms.follows_a_stage();
        let parts = parts.filter(|one| is_supplement && one.notification.more_follows);
        parts.max_by_key(|one| one.notification.at)
    }

    /// The state within its breach.
    pub(crate) fn state(&self, breach: &Breach) -> ObligationState {
        if self.ended_by().is_some() {
            ObligationState::Sent
        } else if self.waiver.is_some() {
            ObligationState::NotRequired
        } else if self.span(breach).is_none() {
            ObligationState::Waiting
        } else if breach.closing.is_some() {
            ObligationState::LeftOpen
        } else {
            ObligationState::Open
        }
    }

    /// Its limits, with those that have begun.
    pub(crate) fn limits(&self, breach: &Breach) -> Vec<Limit> {
        let restarted = self.last_part().map(|part| part.notification.at);
        let limit = |(trigger, within): &(Trigger, Within)| {
            let started = breach.triggered(trigger, &self.terms.regime);
            // The time of a supplement starts again with each one.
            let started = started.map(|started| match trigger {
                Trigger::Stage(_) => restarted.map_or(started.at, |again| again.max(started.at)),
                Trigger::Aware | Trigger::Classified | Trigger::RiskHigh => started.at,
            });
            Limit {
                trigger: trigger.clone(),
                within: *within,
                started,
                end: started.map(|from| within.end(from, &self.terms.zone)),
            }
        };
        self.terms.limits.iter().map(limit).collect()
    }

    /// Its time, if it has begun. The earliest end of several counts.
    pub(crate) fn span(&self, breach: &Breach) -> Option<Span> {
        let limits = self.limits(breach);
        let deciding = limits.iter().filter_map(|limit| {
            let known = breach
                .triggered(&limit.trigger, &self.terms.regime)?
                .recorded;
            let again = self.last_part().map(|part| part.recorded);
            Some((
                limit.end?,
                limit.started?,
                again.map_or(known, |again| again.max(known)),
            ))
        });
        let (due, started, known) = deciding.min_by_key(|(due, _, _)| *due)?;
        Some(Span {
            started,
            due,
            known,
        })
    }

    /// Whether its notification was sent after it was due.
    pub(crate) fn was_late(&self, breach: &Breach) -> bool {
        let sent = self.ended_by().map(|sent| sent.notification.at);
        let due = self.span(breach).map(|span| span.due);
        matches!((sent, due), (Some(sent), Some(due)) if sent > due)
    }

    /// When it ended, in any way.
    pub(crate) fn ended(&self, breach: &Breach) -> Option<Timestamp> {
        let sent = self.ended_by().map(|sent| sent.notification.at);
        let waived = self.waiver.as_ref().map(|waiver| waiver.at);
        let closed = breach.closing.as_ref().map(|closing| closing.at);
        sent.or(waived).or(closed)
    }

    /// Its clock, once its time has begun.
    pub(crate) fn clock(&self, breach: &Breach) -> Option<NotificationClock> {
        let Span { started, due, .. } = self.span(breach)?;
        let phase = match (self.state(breach), self.ended(breach)) {
            (ObligationState::Sent, Some(at)) => Phase::Stopped { at },
            (ObligationState::NotRequired, Some(at)) => Phase::Cancelled { at },
            // What was left open is missed only if it was late by then.
            (ObligationState::LeftOpen, Some(at)) if at > due => Phase::Stopped { at },
            (ObligationState::LeftOpen, Some(at)) => Phase::Cancelled { at },
            (_, _) => Phase::Running { since: started },
        };
        let end = match phase {
            Phase::Stopped { at } | Phase::Cancelled { at } => at.max(started),
            Phase::Running { .. } | Phase::Paused { .. } | Phase::Suspended { .. } => started,
        };
        Some(NotificationClock {
            number: self.number,
            name: self.terms.name(),
            clock: Clock {
                target: SlaTarget {
                    span: due - started,
                    days: None,
                    cadence: None,
                    cadence_days: None,
                    end_of_day: false,
                    calendar: ALWAYS.to_owned(),
                    policy_version: breach.policy,
                },
                started,
                phase,
                used: end - started,
                paused: TimeDelta::zero(),
                due: Some(due),
                late_after: None,
                warn: self.first_warning(started, due),
                reclassified: false,
                relaxed: None,
                promised: false,
            },
        })
    }

    /// When the desk first warns: a warning that would lie before the start is
    /// none.
    fn first_warning(&self, started: Timestamp, due: Timestamp) -> Option<Timestamp> {
        let warnings = self.terms.warnings.iter();
        let times = warnings.map(|before| due - *before);
        times.filter(|at| *at > started).min()
    }

    /// Whether its condition for not being required is known not to hold.
    pub(crate) fn is_required_at(&self, risk: Option<Risk>) -> bool {
        self.terms.unless == Some(Unless::RiskUnlikely) && risk != Some(Risk::Unlikely)
    }
}
