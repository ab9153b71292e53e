//! Hooks: programs of the machine or of a user that run after what happened to a
//! ticket is on disk. What they are told, and when they are tried again.

mod delivery;

pub(crate) use delivery::{
    AfterDelivery, DeliveryCounts, DeliveryState, GRACE, HookCall, HookDelivery, HookOutcome,
    HookRunner, HookState, HookTicket, KEPT, TrialRun,
};

use std::fmt;
use std::rc::Rc;

use chrono::TimeDelta;

use super::Timestamp;
use super::breach::fact::BreachFact;
use super::event::{Event, Fact};
use super::filter::Condition;
use super::policy::BREACH;
use super::summary::Summary;
use super::vocabulary::UnknownWord;

/// A program that is told of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hook {
    pub(crate) name: String,
    pub(crate) owner: HookOwner,
    /// The program, by an absolute path, and its arguments.
    pub(crate) run: Vec<String>,
    /// The events that it is told of, as [`names_of`] has them; all if there are
    /// none.
    pub(crate) on: Vec<String>,
    /// Words of a filter that the ticket must meet.
    pub(crate) filter: Option<String>,
    /// After this time the program is ended.
    pub(crate) timeout: TimeDelta,
    /// How often it may fail with one event.
    pub(crate) attempts: u32,
    /// Whether it runs in `desk sweep` and `desk hooks send` only.
    pub(crate) only_sweep: bool,
    /// The variables of the environment that it gets besides those that all get.
    pub(crate) env: Vec<String>,
}

/// Whose settings a hook is in. Hooks of two users with one name are two hooks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HookOwner {
    /// The machine: it is told of what every process does.
    System,
    /// A user, by number: it is told of what the processes of this user do.
    User(String),
}

impl HookOwner {
    const SYSTEM: &'static str = "system";

    /// Reads what [`fmt::Display`] writes.
    pub(crate) fn parse(stored: &str) -> Self {
        match stored {
            Self::SYSTEM => Self::System,
            user => Self::User(user.to_owned()),
        }
    }
}

impl fmt::Display for HookOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.pad(Self::SYSTEM),
            Self::User(user) => f.pad(user),
        }
    }
}

/// The name under which hooks are told that a target is used up: of an SLA clock,
/// or of the time to notify somebody of a breach.
const BREACHED: &str = "breached";

/// Its other name in settings.
const BREACHED_TOO: &str = "breach";

/// Every kind of event, as [`Fact::kind`] has them, and [`BREACHED`].
const NAMES: &[&str] = &[
    "opened",
    "identified",
    "logged",
    "corrected",
    "categorized",
    "prioritized",
    "promised",
    "diagnosed",
    "assigned",
    "unassigned",
    "escalated",
    "manager-told",
    "proposed",
    "confirmed",
    "refuted",
    "call-arranged",
    "call-moved",
    "call-answered",
    "call-held",
    "call-cancelled",
    "paused",
    "resumed",
    "work-started",
    "replied",
    "heard",
    "resolved",
    "known-error-marked",
    "known-error-withdrawn",
    "restored",
    "closed",
    "reopened",
    "merged",
    "absorbed",
    "parted",
    "answered-elsewhere",
    "participant-added",
    "participant-removed",
    "tagged",
    "fields-set",
    "checklist-added",
    "checklist-marked",
    "due-promised",
    "promise-withdrawn",
    "time-spent",
    "undone",
    "voided",
    "linked",
    "unlinked",
    "warned",
    BREACHED,
    "unfounded",
    "gate-passed",
    "restricted",
    "restriction-lifted",
    "contact-logged",
    "imported",
    "import-undone",
    "erased",
    "attached",
    "breach-opened",
    "breach-described",
    "breach-aware",
    "breach-classified",
    "breach-contained",
    "breach-assessed",
    "breach-risk-decided",
    "breach-notified",
    "breach-not-required",
    "breach-warned",
    "breach-closed",
    "breach-reopened",
];

/// Reads the name of a kind of event as settings have it.
///
/// # Errors
/// [`UnknownWord`] with all names.
pub(crate) fn event_name(typed: &str) -> Result<&'static str, UnknownWord> {
    let typed = typed.trim().to_lowercase();
    if typed == BREACHED_TOO {
        return Ok(BREACHED);
    }
    let found = NAMES.iter().find(|name| **name == typed);
    let unknown = || UnknownWord::new("event", &typed, NAMES.iter().copied());
    found.copied().ok_or_else(unknown)
}

/// The names of a fact for hooks: its kind, and [`BREACHED`] where it says that.
fn names_of(fact: &Fact) -> impl Iterator<Item = &'static str> {
    let is_breach = if let Fact::Warned { percent, .. } = fact {
        *percent == BREACH
    } else if let Fact::Breach(BreachFact::Warned { before, .. }) = fact {
        before.is_none()
    } else {
        false
    };
    std::iter::once(fact.kind()).chain(is_breach.then_some(BREACHED))
}

/// Whether a fact has one of these names, as [`event_name`] reads them; any has if
/// there are none.
pub(crate) fn is_one_of(fact: &Fact, names: &[String]) -> bool {
    names.is_empty() || names_of(fact).any(|name| names.iter().any(|one| one == name))
}

/// Which events a transaction queues for a hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HookRule {
    pub(crate) owner: HookOwner,
    pub(crate) hook: String,
    /// As [`Hook::on`].
    pub(crate) on: Vec<String>,
    /// Absent if the filter is not understood; whether the ticket meets it is then
    /// found out when the event is delivered.
    pub(crate) conditions: Option<Vec<Condition>>,
}

/// The rules of a transaction.
pub(crate) type HookRules = Rc<[HookRule]>;

impl HookRule {
    /// Whether the hook is told of an event of a ticket, whose row is as it is
    /// afterwards.
    pub(crate) fn wants(&self, event: &Event, row: &Summary) -> bool {
        let by_name = is_one_of(&event.fact, &self.on);
        let met = |conditions: &Vec<Condition>| meets(conditions, row, event.recorded);
        by_name && self.conditions.as_ref().is_none_or(met)
    }
}

/// Whether a ticket meets every condition.
pub(crate) fn meets(conditions: &[Condition], row: &Summary, now: Timestamp) -> bool {
    conditions.iter().all(|one| one.matches(row, now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::TicketId;
    use crate::testing::store::fixtures::every_fact;

    fn delivery(failures: u32) -> HookDelivery {
        let now = Timestamp::UNIX_EPOCH;
        HookDelivery {
            id: 1,
            owner: HookOwner::System,
            hook: "chat".to_owned(),
            ticket: TicketId(1),
            event: 1,
            seq: 1,
            kind: "opened".to_owned(),
            delivery_id: "a".to_owned(),
            state: DeliveryState::Running,
            queued: now,
            attempts: failures + 1,
            failures,
            not_before: now,
            done: None,
            last_error: None,
        }
    }

    #[test]
    fn every_kind_of_event_is_a_name() {
        for fact in every_fact() {
            assert_eq!(event_name(fact.kind()), Ok(fact.kind()));
        }
        assert_eq!(event_name("Breach"), Ok(BREACHED));
        let fault = event_name("resolve").unwrap_err();
        assert!(
            fault.hint().starts_with("did you mean 'resolved'?"),
            "{}",
            fault.hint()
        );
    }

    #[test]
    fn one_that_fails_is_tried_again_later_and_given_up_at_last() {
        let now = Timestamp::UNIX_EPOCH;
        let after = |failures, outcome| {
            let after = delivery(failures).after(outcome, 5, now);
            (
                after.state,
                (after.not_before - now).num_minutes(),
                after.failures,
            )
        };
        let failed = || HookOutcome::Failed("exit status 1".to_owned());
        use DeliveryState::{Delivered, Dropped, Failed, Waiting};
        assert_eq!(after(0, failed()), (Waiting, 1, 1));
        assert_eq!(after(1, failed()), (Waiting, 5, 2));
        assert_eq!(after(3, failed()), (Waiting, 60, 4));
        assert_eq!(after(4, failed()).0, Failed);
        assert_eq!(after(4, HookOutcome::Delivered), (Delivered, 0, 4));
        assert_eq!(after(0, HookOutcome::LeftOut("why")).0, Dropped);
    }
}
