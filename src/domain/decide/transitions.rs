//! Which command is allowed in which status: the whole table.

use super::Command;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::State;
use Permission::{Allowed, Merged};

/// A class of commands that are allowed in the same statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CommandClass {
    Classify,
    Assign,
    Investigate,
    Pause,
    Communicate,
    ReceiveMessage,
    Resolve,
    ConfirmRestored,
    Close,
    Reopen,
    MarkKnownError,
    WithdrawKnownError,
    Restrict,
    Tag,
    Breach,
}

/// Whether a command is allowed in a status.
#[derive(Debug, Clone, Copy)]
enum Permission {
    Allowed,
    /// Refused by a rule. The command that helps has `ID` for the ticket.
    Refused {
        rule: &'static str,
        help: &'static str,
    },
    /// The ticket was merged into another one, which is the one to work on.
    Merged,
}

const fn refused(rule: &'static str, help: &'static str) -> Permission {
    Permission::Refused { rule, help }
}

const REOPEN_FIRST: Permission = refused("it must be reopened first", "reopen ID REASON");
const HAS_RESOLUTION: Permission = refused(
    "it already has a resolution",
    "reopen ID REASON, then resolve it again",
);
const UNRESOLVED_ERROR: Permission = refused(
    "only a resolved ticket can be a known error",
    "resolve ID TEXT --known-error",
);
const UNRESOLVED_SERVICE: Permission = refused(
    "restored service can only be confirmed for a resolved ticket",
    "resolve ID TEXT --restored-by WHO",
);
const UNRESOLVED: Permission = refused("only a resolved ticket can be closed", "resolve ID TEXT");

impl CommandClass {
    /// Returns the permission of the class in each status.
    const fn permissions(self) -> [Permission; 4] {
        match self {
            // In this order: new, active or paused; resolved; closed; merged.
            Self::Classify => [Allowed, Allowed, REOPEN_FIRST, Merged],
            Self::Assign => [Allowed, Allowed, REOPEN_FIRST, Merged],
            Self::Investigate => [Allowed, REOPEN_FIRST, REOPEN_FIRST, Merged],
            Self::Pause => [Allowed, REOPEN_FIRST, REOPEN_FIRST, Merged],
            Self::Communicate => [Allowed, Allowed, REOPEN_FIRST, Merged],
            Self::ReceiveMessage => [Allowed, Allowed, Allowed, Merged],
            Self::Resolve => [Allowed, HAS_RESOLUTION, REOPEN_FIRST, Merged],
            Self::ConfirmRestored => [UNRESOLVED_SERVICE, Allowed, REOPEN_FIRST, Merged],
            Self::Close => [UNRESOLVED, Allowed, Allowed, Merged],
            Self::Reopen => [Allowed, Allowed, Allowed, Allowed],
            Self::MarkKnownError => [UNRESOLVED_ERROR, Allowed, Allowed, Merged],
            Self::Restrict => [Allowed, Allowed, Allowed, Allowed],
            Self::WithdrawKnownError => [Allowed, Allowed, Allowed, Allowed],
            Self::Tag => [Allowed, Allowed, Allowed, Merged],
            Self::Breach => [Allowed, Allowed, REOPEN_FIRST, Merged],
        }
    }
}

/// Checks that a command is allowed in the status of a ticket.
///
/// # Errors
/// [`Rejection::WrongState`] or [`Rejection::Merged`].
pub(super) fn check(ticket: &Ticket, command: &Command) -> Result<(), Rejection> {
    let [open, resolved, closed, merged] = command.class().permissions();
    let (id, state) = (ticket.id, ticket.status.state());
    let into = ticket.merged_into();
    let permission = match state {
        State::New | State::Active | State::Paused => open,
        State::Resolved => resolved,
        State::Closed if into.is_some() => merged,
        State::Closed => closed,
    };
    match (permission, into) {
        (Permission::Refused { rule, help }, _) => Err(Rejection::WrongState {
            id,
            state,
            rule,
            help: help.replace("ID", &id.0.to_string()),
        }),
        (Merged, Some(into)) => Err(Rejection::Merged { id, into }),
        (Allowed, _) | (Merged, None) => Ok(()),
    }
}

impl Command {
    /// Returns the class that decides where the command is allowed.
    fn class(&self) -> CommandClass {
        match self {
            Self::Identify { .. }
            | Self::Log { .. }
            | Self::Categorize { .. }
            | Self::AddParticipant { .. }
            | Self::RemoveParticipant { .. }
            | Self::SetFields { .. }
            | Self::AddToChecklist { .. }
            | Self::MarkChecklist { .. }
            | Self::Prioritize(_) => CommandClass::Classify,
            Self::Assign { .. } | Self::Take { .. } | Self::Unassign { .. } => CommandClass::Assign,
            Self::Diagnose { .. }
            | Self::Escalate { .. }
            | Self::InformManager { .. }
            | Self::ProposeHypothesis { .. }
            | Self::JudgeHypothesis { .. } => CommandClass::Investigate,
            Self::Pause(_) | Self::Resume { .. } => CommandClass::Pause,
            Self::ArrangeCall { .. }
            | Self::MoveCall { .. }
            | Self::AnswerCall { .. }
            | Self::EndCall { .. }
            | Self::Reply { .. } => CommandClass::Communicate,
            Self::RecordMessage { .. } => CommandClass::ReceiveMessage,
            Self::Resolve { .. } => CommandClass::Resolve,
            Self::MarkKnownError(_) => CommandClass::MarkKnownError,
            Self::WithdrawKnownError { .. } => CommandClass::WithdrawKnownError,
            Self::ConfirmRestored { .. } => CommandClass::ConfirmRestored,
            Self::Close { .. } => CommandClass::Close,
            Self::Reopen { .. } => CommandClass::Reopen,
            Self::Restrict { .. } | Self::LiftRestriction { .. } => CommandClass::Restrict,
            Self::Tag { .. } => CommandClass::Tag,
            Self::TagAnd { command, .. } => command.class(),
            Self::Breach(_) => CommandClass::Breach,
        }
    }
}
