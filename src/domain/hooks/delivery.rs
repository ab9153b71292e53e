//! Deliveries of events to hooks, and what runs them.

use chrono::TimeDelta;

use super::{Hook, HookOwner};
use crate::domain::Timestamp;
use crate::domain::event::{Event, TicketId};
use crate::domain::mail::outgoing::pause_after;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::TicketDetails;
use crate::domain::summary::Summary;
/// How far a hook is with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeliveryState {
    Waiting,
    /// A process runs the program.
    Running,
    Delivered,
    /// The program failed as often as the settings allow.
    Failed,
    /// The filter of the hook leaves the event out, or somebody did.
    Dropped,
}

impl DeliveryState {
    const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Running,
        Self::Delivered,
        Self::Failed,
        Self::Dropped,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub(crate) fn parse(stored: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == stored)
    }

    /// Whether nothing more happens by itself.
    pub(crate) const fn is_over(self) -> bool {
        match self {
            Self::Delivered | Self::Failed | Self::Dropped => true,
            Self::Waiting | Self::Running => false,
        }
    }
}

/// An event on its way to a hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HookDelivery {
    pub(crate) id: i64,
    pub(crate) owner: HookOwner,
    pub(crate) hook: String,
    pub(crate) ticket: TicketId,
    /// The number of the event within the ticket.
    pub(crate) event: u32,
    /// The number of the event in the chain, and its kind.
    pub(crate) seq: i64,
    pub(crate) kind: String,
    /// What tells this delivery from every other, at each attempt.
    pub(crate) delivery_id: String,
    pub(crate) state: DeliveryState,
    pub(crate) queued: Timestamp,
    /// How often the program was begun.
    pub(crate) attempts: u32,
    /// How often it failed.
    pub(crate) failures: u32,
    pub(crate) not_before: Timestamp,
    /// When it was delivered, or given up.
    pub(crate) done: Option<Timestamp>,
    /// Why the last attempt failed: never what the program wrote.
    pub(crate) last_error: Option<String>,
}

/// What becomes of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AfterDelivery {
    pub(crate) state: DeliveryState,
    pub(crate) not_before: Timestamp,
    pub(crate) failures: u32,
    pub(crate) error: Option<String>,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HookOutcome {
    Delivered,
    /// The hook is not told of it, and why.
    LeftOut(&'static str),
    /// It is tried again.
    Failed(String),
}

impl HookDelivery {
    /// What becomes of it after an attempt of a hook that may fail so often.
    pub(crate) fn after(
        &self,
        outcome: HookOutcome,
        may_fail: u32,
        now: Timestamp,
    ) -> AfterDelivery {
        let ended = |state, error| AfterDelivery {
            state,
            not_before: now,
            failures: self.failures,
            error,
        };
        match outcome {
            HookOutcome::Delivered => ended(DeliveryState::Delivered, None),
            HookOutcome::LeftOut(reason) => ended(DeliveryState::Dropped, Some(reason.to_owned())),
            HookOutcome::Failed(reason) => {
                let failures = self.failures.saturating_add(1);
                let is_over = failures >= may_fail;
                AfterDelivery {
                    state: if is_over {
                        DeliveryState::Failed
                    } else {
                        DeliveryState::Waiting
                    },
                    not_before: now + pause_after(failures),
                    failures,
                    error: Some(reason),
                }
            }
        }
    }
}

/// A hook with its deliveries, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HookState {
    pub(crate) hook: Hook,
    pub(crate) waiting: u64,
    pub(crate) failed: u64,
    /// When it was last told of something.
    pub(crate) last: Option<Timestamp>,
}

/// How many deliveries wait, and how many failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct DeliveryCounts {
    pub(crate) waiting: u64,
    pub(crate) failed: u64,
    /// When the oldest one was queued that waits.
    pub(crate) oldest: Option<Timestamp>,
}

/// A run of a program whose output was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TrialRun {
    pub(crate) outcome: HookOutcome,
    /// What it wrote to both streams, up to a limit.
    pub(crate) written: String,
    pub(crate) took: TimeDelta,
}

/// What a hook is told of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HookTicket {
    /// Everything, and which event of its history it is about.
    Whole(Box<TicketDetails>, Box<Event>),
    /// It is restricted to others: its number, status, priority and clocks.
    NumberOnly(Box<Summary>),
}

/// One attempt to tell a hook of an event.
pub(crate) struct HookCall<'a> {
    pub(crate) delivery: &'a HookDelivery,
    pub(crate) ticket: HookTicket,
    pub(crate) policies: &'a PolicyHistory,
    pub(crate) now: Timestamp,
}

/// Runs the programs of hooks.
pub(crate) trait HookRunner {
    /// Runs the program once, and waits for its end, no longer than its timeout.
    fn run(&self, hook: &Hook, call: &HookCall<'_>) -> HookOutcome;

    /// What tells this process from others.
    fn claimant(&self) -> String;

    /// Whether the process that claimed a delivery is known to be gone.
    fn is_gone(&self, claimant: &str) -> bool;
}

/// For how long after the timeout of a hook its process is taken to be alive, if
/// nothing else is known.
pub(crate) const GRACE: TimeDelta = TimeDelta::minutes(1);

/// For how long deliveries are kept that are over.
pub(crate) const KEPT: TimeDelta = TimeDelta::days(7);
