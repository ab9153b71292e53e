//! Errors of stores. The refusals of a single kind of store share one variant,
//! so a new engine adds none.

use crate::domain::event::TicketId;
use crate::domain::rejection::Rejection;

/// The error of every operation on a store.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("there is no store at {location}")]
    Missing { location: String },
    #[error("{location} already exists")]
    Exists { location: String },
    #[error("{location} is not a desk store; it was not changed")]
    Foreign { location: String },
    #[error(
        "{location} was written by a newer version of desk (schema {found}; this version knows {known})"
    )]
    Newer {
        location: String,
        found: i64,
        known: i64,
    },
    /// The system does not permit it.
    #[error("{location} cannot be {operation}: {reason}")]
    Access {
        location: String,
        operation: &'static str,
        reason: String,
    },
    #[error("the store is busy: another process is using it")]
    Busy,
    /// Others changed the same at the same time, and nothing was written: the
    /// whole use case can be tried again.
    #[error("the store is busy: others are changing the same")]
    #[cfg_attr(
        not(feature = "postgres"),
        allow(dead_code, reason = "SQLite writes one after the other")
    )]
    Contended,
    /// The ticket has more events than the decision was based on.
    #[error("{id} has changed in the meantime")]
    Conflict { id: TicketId },
    #[error("the store is damaged: {detail}")]
    Damaged { detail: String },
    #[error("the disk is full; nothing was written")]
    Full,
    /// The commit failed, and the transaction may be durable all the same.
    #[error("the commit failed, and the change may or may not be saved: {detail}")]
    UnknownOutcome { detail: String },
    #[error("{location} was removed or replaced while it was in use; the last change is lost")]
    Removed { location: String },
    /// The ticket is not shown to this reader.
    #[error(transparent)]
    Restricted(Rejection),
    /// This kind of store has no such operation.
    #[error("{operation} is not available for this kind of store")]
    Unsupported { operation: &'static str },
    #[error("the store failed: {detail}")]
    Failed { detail: String },
    /// A refusal that only this kind of store has.
    #[error("{message}")]
    Refused {
        exit_code: u8,
        code: &'static str,
        message: String,
        hint: String,
    },
}

impl StoreError {
    pub(crate) fn damaged(detail: impl Into<String>) -> Self {
        Self::Damaged {
            detail: detail.into(),
        }
    }

    /// The exit code of a command that fails with this error.
    pub(crate) const fn exit_code(&self) -> u8 {
        match self {
            Self::Missing { .. } | Self::Exists { .. } | Self::Unsupported { .. } => 2,
            Self::Restricted(_) => 1,
            Self::Busy | Self::Contended | Self::Conflict { .. } => 4,
            Self::Foreign { .. }
            | Self::Newer { .. }
            | Self::Access { .. }
            | Self::Damaged { .. }
            | Self::Full
            | Self::UnknownOutcome { .. }
            | Self::Removed { .. }
            | Self::Failed { .. } => 5,
            Self::Refused { exit_code, .. } => *exit_code,
        }
    }

    /// The code that programs may rely on.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "store_missing",
            Self::Exists { .. } => "store_exists",
            Self::Foreign { .. } => "store_foreign",
            Self::Newer { .. } => "store_newer",
            Self::Access { .. } => "store_access",
            Self::Busy | Self::Contended => "busy",
            Self::Conflict { .. } => "conflict",
            Self::Damaged { .. } => "store_damaged",
            Self::Full => "disk_full",
            Self::UnknownOutcome { .. } => "outcome_unknown",
            Self::Removed { .. } => "store_removed",
            Self::Restricted(_) => "restricted",
            Self::Unsupported { .. } => "store_unsupported",
            Self::Failed { .. } => "store_failed",
            Self::Refused { code, .. } => code,
        }
    }

    /// One thing to type or to do.
    pub(crate) fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Missing { location } => {
                return Some(format!(
                    "create it with: desk init --db {}",
                    quoted(location)
                ));
            }
            Self::Exists { .. } => "give a path that does not exist yet",
            Self::Foreign { .. } => "give the path of a desk store with --db",
            Self::Newer { .. } => "install that version of desk, or a later one",
            Self::Access { .. } => {
                "check the owner and the permissions of the file and its directory, which must be writable"
            }
            Self::Contended => "try again; nothing was written",
            Self::Busy => "wait for the other process to finish, then try again",
            Self::Conflict { id } => {
                return Some(format!(
                    "see what has changed with: desk show {}; then try again",
                    id.0
                ));
            }
            Self::Damaged { .. } => {
                "find the damage with: desk verify; restore the last good backup with: desk restore BACKUP"
            }
            Self::Full => "free some space, then try again",
            Self::UnknownOutcome { .. } => {
                "check whether the change is there before you try again; with desk open --key it is safe to try again"
            }
            Self::Removed { .. } => {
                "put the store back, or restore the last good backup with: desk restore BACKUP"
            }
            Self::Restricted(rejection) => return Some(rejection.hint()),
            Self::Unsupported { .. } => "use the tools of the database server",
            Self::Failed { .. } => return None,
            Self::Refused { hint, .. } => return Some(hint.clone()),
        };
        Some(hint.to_owned())
    }
}

/// A location as a shell reads it.
fn quoted(location: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-:@%+,=".contains(c);
    match location.chars().all(plain) {
        true => location.to_owned(),
        false => format!("'{}'", location.replace('\'', "'\\''")),
    }
}
