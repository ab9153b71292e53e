//! Which command fits which status: the whole table, in one place.

use super::Command;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::State;

/// Says whether a step fits the status.
pub(super) fn permit(ticket: &Ticket, step: Step) -> Result<(), Rejection> {
    let state = ticket.status.state();
    let id = ticket.id;
    let refuse = |rule, help| {
        Err(Rejection::WrongState {
            id,
            state,
            rule,
            help,
        })
    };
    match (state, step) {
        (
            State::New | State::Active | State::Paused,
            Step::Record
            | Step::Hand
            | Step::Work
            | Step::Wait
            | Step::Talk
            | Step::Resolve
            | Step::Reopen
            | Step::Withdraw,
        )
        | (
            State::Resolved,
            Step::Record
            | Step::Hand
            | Step::Talk
            | Step::Confirm
            | Step::Close
            | Step::Reopen
            | Step::Mark
            | Step::Withdraw,
        )
        | (State::Closed, Step::Reopen | Step::Withdraw) => Ok(()),
        (State::New | State::Active | State::Paused, Step::Mark) => refuse(
            "only what was resolved can be a known error",
            format!("resolve {} TEXT --known-error", id.0),
        ),
        (State::New | State::Active | State::Paused, Step::Confirm) => refuse(
            "restored service is confirmed for a resolved ticket",
            format!("resolve {} TEXT --restored-by WHO", id.0),
        ),
        (State::New | State::Active | State::Paused, Step::Close) => refuse(
            "only a resolved ticket can be closed",
            format!("resolve {} TEXT", id.0),
        ),
        (State::Resolved, Step::Work | Step::Wait) => refuse(
            "work on it is over unless it is reopened",
            format!("reopen {} REASON", id.0),
        ),
        (State::Resolved, Step::Resolve) => refuse(
            "it has a resolution already",
            format!("reopen {} REASON, then resolve it anew", id.0),
        ),
        (State::Closed, Step::Close | Step::Mark) if ticket.merged_into().is_none() => Ok(()),
        (
            State::Closed,
            Step::Record
            | Step::Hand
            | Step::Work
            | Step::Wait
            | Step::Talk
            | Step::Resolve
            | Step::Confirm
            | Step::Close
            | Step::Mark,
        ) => match ticket.merged_into() {
            Some(into) => Err(Rejection::Merged { id, into }),
            None => refuse(
                "closed is final unless it is reopened",
                format!("reopen {} REASON", id.0),
            ),
        },
    }
}

/// What a command amounts to, as far as the status matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Record,
    Hand,
    Work,
    Wait,
    Talk,
    Resolve,
    Confirm,
    Close,
    Reopen,
    Mark,
    Withdraw,
}

impl Command {
    pub(super) const fn step(&self) -> Step {
        match self {
            Self::Identify { .. }
            | Self::Log { .. }
            | Self::Categorize { .. }
            | Self::Prioritize(_) => Step::Record,
            Self::Assign { .. } | Self::Take { .. } | Self::Unassign { .. } => Step::Hand,
            Self::Diagnose { .. }
            | Self::Escalate { .. }
            | Self::InformManager { .. }
            | Self::ProposeHypothesis { .. }
            | Self::JudgeHypothesis { .. } => Step::Work,
            Self::Pause { .. } | Self::Resume { .. } => Step::Wait,
            Self::ArrangeCall { .. }
            | Self::EndCall { .. }
            | Self::Reply { .. }
            | Self::RecordMessage { .. } => Step::Talk,
            Self::Resolve { .. } => Step::Resolve,
            Self::MarkKnownError(_) => Step::Mark,
            Self::WithdrawKnownError { .. } => Step::Withdraw,
            Self::ConfirmRestored { .. } => Step::Confirm,
            Self::Close { .. } => Step::Close,
            Self::Reopen { .. } => Step::Reopen,
        }
    }
}
