//! The errors of commands: a closed set, each with an exit code, a stable name
//! and a hint.

use std::io;

use crate::domain::event::TicketId;
use crate::domain::external_record::ExternalReference;
use crate::domain::rejection::Rejection;
use crate::store::StoreError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Refused by a rule of the domain.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    #[error("there is no ticket {0}")]
    NotFound(TicketId),
    /// There is no such ticket here, but another system has one of that number.
    #[error("there is no ticket {id} here, but {}", elsewhere(.known))]
    NotFoundHere {
        id: TicketId,
        known: Vec<(TicketId, ExternalReference)>,
    },
    /// Wrong usage or configuration.
    #[error("{message}")]
    Usage { message: String, hint: String },
    #[error(transparent)]
    Store(StoreError),
    /// The output could not be written.
    #[error("the output failed: {0}")]
    Output(#[from] io::Error),
    /// Something outside desk failed: an editor, a file, a signal handler.
    #[error("{what} failed: {reason}")]
    Outside { what: String, reason: String },
    #[error("interrupted; nothing was changed")]
    Interrupted,
    /// A signal told desk to end while it waited for input.
    #[error("told to end (signal {signal}); nothing was changed")]
    Terminated { signal: u8 },
    /// A write failed because of the limit on the size of files.
    #[error("a file would exceed the limit on the size of files: {fault}")]
    FileSizeLimit { fault: String },
}

impl From<StoreError> for Error {
    fn from(fault: StoreError) -> Self {
        if let StoreError::Restricted(rejection) = fault {
            Self::Rejected(rejection)
        } else {
            Self::Store(fault)
        }
    }
}

impl Error {
    /// A usage error. The message says what is wrong, the hint what to type.
    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// A failure of something outside desk: what failed, and why.
    pub(crate) fn outside(what: impl Into<String>, reason: &impl ToString) -> Self {
        Self::Outside {
            what: what.into(),
            reason: reason.to_string(),
        }
    }

    /// The exit code.
    pub(crate) const fn code(&self) -> u8 {
        match self {
            Self::Rejected(Rejection::Taken { .. }) => 4,
            Self::Rejected(Rejection::NotThePerson { known, .. }) if known.is_empty() => 3,
            Self::Rejected(Rejection::NoSuchPerson { .. }) => 3,
            Self::Rejected(
                Rejection::Unknown(_)
                | Rejection::WrongAnswer { .. }
                | Rejection::SeveralPeople { .. }
                | Rejection::TagBothWays { .. }
                | Rejection::Tag(_)
                | Rejection::Field(_)
                | Rejection::Text(_),
            )
            | Self::Usage { .. } => 2,
            Self::Rejected(_) => 1,
            Self::NotFound(_) | Self::NotFoundHere { .. } => 3,
            Self::Store(fault) => fault.exit_code(),
            Self::Output(_) | Self::Outside { .. } | Self::FileSizeLimit { .. } => 5,
            Self::Interrupted => 130,
            // As shells report a process that a signal has ended.
            Self::Terminated { signal } => 128 + *signal,
        }
    }

    /// The stable name of the error, for programs.
    pub(crate) const fn as_str(&self) -> &'static str {
        match self {
            Self::Rejected(rejection) => match rejection {
                Rejection::WrongState { .. } => "wrong_state",
                Rejection::Merged { .. } => "merged",
                Rejection::Gate { .. } | Rejection::NewGate { .. } => "gate",
                Rejection::Taken { .. } => "taken",
                Rejection::OtherLogin { .. } | Rejection::LoginOfOther { .. } => "other_login",
                Rejection::Future { .. } | Rejection::BeganLater { .. } => "future",
                Rejection::BeforeLast { .. } | Rejection::BeforePolicy { .. } => "before_last",
                Rejection::ClockUnset { .. } => "clock_unset",
                Rejection::NotLater { .. } => "not_later",
                Rejection::NoSuch { .. } => "no_such",
                Rejection::NoneOpen { .. } => "none_open",
                Rejection::CallIsThen { .. } => "call_is_then",
                Rejection::CallWasMoved { .. } => "call_was_moved",
                Rejection::AlreadyDone { .. } => "already_done",
                Rejection::Which { .. } => "which",
                Rejection::Contradiction { .. } => "contradiction",
                Rejection::ParentCycle { .. } => "parent_cycle",
                Rejection::Itself { .. } => "itself",
                Rejection::NoHigherTier { .. } => "no_higher_tier",
                Rejection::RatingIncomplete { .. } => "rating_incomplete",
                Rejection::WrongAnswer { .. } => "wrong_answer",
                Rejection::NotAsked { .. } => "not_asked",
                Rejection::NoCategory { .. } => "no_category",
                Rejection::NoQuestions { .. } => "no_questions",
                Rejection::NotKnown { .. } => "not_known",
                Rejection::NoContact { .. } => "no_contact",
                Rejection::NotParticipant { .. } => "not_participant",
                Rejection::AmbiguousParticipant { .. } => "ambiguous_participant",
                Rejection::NotThePerson { .. } => "not_one_person",
                Rejection::OnHold { .. } => "on_hold",
                Rejection::StillAgent { .. } => "still_agent",
                Rejection::NotHeld => "not_held",
                Rejection::ReasonNames => "reason_names_person",
                Rejection::Restricted { .. } => "restricted",
                Rejection::NotNamed { .. } => "not_named",
                Rejection::ClockNotRunning { .. } => "clock_not_running",
                Rejection::NotPromised { .. } => "not_promised",
                Rejection::LessThanNoTime { .. } => "less_than_no_time",
                Rejection::NotRestricted { .. } => "not_restricted",
                Rejection::NoSuchPerson { .. } => "no_such_person",
                Rejection::SeveralPeople { .. } => "several_people",
                Rejection::SamePerson { .. } => "same_person",
                Rejection::NotJoined { .. } => "not_joined",
                Rejection::LimitedAlready { .. } => "limited_already",
                Rejection::NotLimited { .. } => "not_limited",
                Rejection::TooMany { .. } => "too_many",
                Rejection::TagBothWays { .. } | Rejection::Tag(_) => "bad_tag",
                Rejection::Field(_) => "bad_field",
                Rejection::NotIdentified { .. } => "not_identified",
                Rejection::EditConflict { .. } => "edit_conflict",
                Rejection::Undo(_) => "undo_refused",
                Rejection::Breach(refusal) => refusal.code(),
                Rejection::Unknown(_) => "unknown_word",
                Rejection::Text(_) => "bad_text",
            },
            Self::NotFound(_) | Self::NotFoundHere { .. } => "not_found",
            Self::Usage { .. } => "usage",
            Self::Store(fault) => fault.code(),
            Self::Output(_) => "output",
            Self::Outside { .. } => "outside",
            Self::Interrupted => "interrupted",
            Self::Terminated { .. } => "terminated",
            Self::FileSizeLimit { .. } => "file_size_limit",
        }
    }

    /// One thing to type or do.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Rejected(rejection) => Some(rejection.hint()),
            Self::NotFound(_) => Some("list the tickets with: desk list --all".into()),
            Self::NotFoundHere { known, .. } => {
                let typed = known
                    .iter()
                    .map(|(id, origin)| format!("'{origin}' for {id}"));
                Some(format!("use {}", typed.collect::<Vec<_>>().join(", or ")))
            }
            Self::Usage { hint, .. } => Some(hint.clone()),
            Self::Store(fault) => fault.hint(),
            Self::FileSizeLimit { .. } => {
                Some("raise the limit with: ulimit -f unlimited; then try again".into())
            }
            Self::Output(_)
            | Self::Outside { .. }
            | Self::Interrupted
            | Self::Terminated { .. } => None,
        }
    }

    /// Whether the reader closed the pipe, which is not an error.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(fault) if fault.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Names the systems that have a ticket of a number.
fn elsewhere(known: &[(TicketId, ExternalReference)]) -> String {
    let systems: Vec<&str> = known.iter().map(|(_, it)| it.source.as_str()).collect();
    format!("{} has a ticket of that number", systems.join(" and "))
}
