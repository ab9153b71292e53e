//! Errors of the server and of the connection as those of the store: one line
//! each, which names no password.

use postgres::error::{DbError, SqlState};

use super::super::StoreError;
use super::super::sql::marks;
use super::settings::PasswordSource;
use crate::domain::team::TeamRole;

/// A refusal that only this kind of store has.
pub(super) fn refused(
    exit_code: u8,
    code: &'static str,
    message: impl Into<String>,
    hint: impl Into<String>,
) -> StoreError {
    StoreError::Refused {
        exit_code,
        code,
        message: message.into(),
        hint: hint.into(),
    }
}

/// What is asked of the server, for a message about what is missing for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Read,
    /// To change tickets.
    WriteTickets,
    /// To change anything.
    Write,
    /// To create or step up the tables.
    Migrate,
    /// What only this role may.
    Role(TeamRole),
}

impl Purpose {
    /// The role that may do it.
    const fn role(self) -> &'static str {
        match self {
            Self::Read => "desk_read",
            Self::WriteTickets => "desk_agent",
            Self::Write => "desk_agent, desk_supervisor or desk_service",
            Self::Migrate => "desk_owner",
            Self::Role(role) => role.group(),
        }
    }
}

/// Unique keys that others can take at the same time.
const CONTENDED: &[&str] = &[
    "event_pkey",
    "event_of_ticket",
    "event_of_desk",
    "ticket_pkey",
    "ticket_origin",
    "person_pkey",
    "person_seq_key",
    "incoming_mail_digest",
];

/// Why a statement failed. Nothing of its transaction was written.
pub(super) fn statement_error(
    fault: &postgres::Error,
    location: &str,
    purpose: Purpose,
) -> StoreError {
    let Some(about) = fault.as_db_error() else {
        return lost(fault, location, purpose);
    };
    let code = about.code();
    let detail = || one_line(about.message());
    if is(
        code,
        &[
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
        ],
    ) {
        return StoreError::Contended;
    }
    // So fails the begin of a transaction that writes in a store that was moved, or
    // stepped up: whoever began it finds out which.
    if *code == SqlState::DIVISION_BY_ZERO {
        return marks::moved("another place");
    }
    if *code == SqlState::UNIQUE_VIOLATION {
        let key = about.constraint().unwrap_or_default();
        return match CONTENDED.contains(&key) {
            true => StoreError::Contended,
            false => StoreError::Failed { detail: detail() },
        };
    }
    if is(
        code,
        &[SqlState::LOCK_NOT_AVAILABLE, SqlState::QUERY_CANCELED],
    ) {
        return StoreError::Busy;
    }
    if is(code, &[SqlState::DISK_FULL]) {
        return StoreError::Full;
    }
    if is(code, &[SqlState::DATA_CORRUPTED, SqlState::INDEX_CORRUPTED]) {
        return StoreError::damaged(detail());
    }
    if is_read_only(about) {
        return refused(
            5,
            "store_access",
            format!(
                "{location} cannot be written: the server is a replica, or only lets this login read"
            ),
            "give the primary server of the database with --db",
        );
    }
    if *code == SqlState::INSUFFICIENT_PRIVILEGE {
        if let Purpose::Role(role) = purpose {
            return missing_role(role, &detail());
        }
        return refused(
            5,
            "store_permission",
            format!("{location} does not permit it: {}", detail()),
            format!(
                "ask who runs the database for the role {}; see what you may do with: desk team check",
                purpose.role()
            ),
        );
    }
    if is(
        code,
        &[SqlState::UNDEFINED_TABLE, SqlState::UNDEFINED_COLUMN],
    ) {
        return StoreError::damaged(format!(
            "its tables are not those of its schema: {}",
            detail()
        ));
    }
    if is_shutdown(code) {
        return lost(fault, location, purpose);
    }
    StoreError::Failed { detail: detail() }
}

/// The refusal of what only a role may.
fn missing_role(role: TeamRole, detail: &str) -> StoreError {
    refused(
        5,
        "store_permission",
        format!("this needs the role {} ({detail})", role.group()),
        format!(
            "ask who runs the database for: desk team grant LOGIN --role {}; \
             see what you may do with: desk team check",
            role.as_str()
        ),
    )
}

/// Why a transaction of which the end was not heard may be durable or not.
pub(super) fn unknown_outcome(fault: &postgres::Error) -> StoreError {
    StoreError::UnknownOutcome {
        detail: reason(fault),
    }
}

/// Why no connection was made.
pub(super) fn connection_error(
    fault: &postgres::Error,
    location: &str,
    password: &PasswordSource,
) -> StoreError {
    let Some(about) = fault.as_db_error() else {
        return unreachable(fault, location, password);
    };
    let code = about.code();
    let said = one_line(about.message());
    if is(
        code,
        &[
            SqlState::INVALID_PASSWORD,
            SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
        ],
    ) {
        return refused(
            5,
            "store_login",
            format!("{location} does not let you in: {said}"),
            login_hint(password),
        );
    }
    if *code == SqlState::INVALID_CATALOG_NAME {
        return refused(
            2,
            "store_missing",
            format!("there is no store at {location}: {said}"),
            "create the database with: createdb NAME; then its tables with: desk init --db URL",
        );
    }
    if is(code, &[SqlState::TOO_MANY_CONNECTIONS]) {
        return refused(
            4,
            "busy",
            format!("the store is busy: {location} has no connection left ({said})"),
            "try again later, or put a pooler in front: desk help team",
        );
    }
    if is_shutdown(code) {
        return refused(
            4,
            "busy",
            format!("the store is busy: {location} is starting or stopping ({said})"),
            "try again in a moment",
        );
    }
    if *code == SqlState::INSUFFICIENT_PRIVILEGE {
        return refused(
            5,
            "store_permission",
            format!("{location} does not let you in: {said}"),
            "ask who runs the database for the right to connect to it",
        );
    }
    refused(
        5,
        "store_access",
        format!("{location} cannot be opened: {said}"),
        "see how to reach a team store: desk help team",
    )
}

fn login_hint(password: &PasswordSource) -> String {
    match password {
        PasswordSource::Given => "check the user and the password".to_owned(),
        PasswordSource::File(path) => {
            format!("check the user, and the password in {}", path.display())
        }
        PasswordSource::UnsafeFile(path) => format!(
            "others can read the passwords, so that they are not used; chmod 600 {}",
            path.display()
        ),
        PasswordSource::None => {
            "keep the password in ~/.pgpass as HOST:PORT:DATABASE:USER:PASSWORD".to_owned()
        }
    }
}

fn unreachable(fault: &postgres::Error, location: &str, password: &PasswordSource) -> StoreError {
    let reason = reason(fault);
    if reason.contains("password missing") {
        return refused(
            5,
            "store_login",
            format!("{location} does not let you in: it asks for a password"),
            login_hint(password),
        );
    }
    let hint = if reason.contains("certificate") || reason.contains("TLS") {
        "name the file with the certificate of its authority: sslrootcert=FILE"
    } else {
        "check the host and the port, and that the server runs"
    };
    refused(
        5,
        "store_unreachable",
        format!("{location} cannot be reached: {reason}"),
        hint,
    )
}

/// The connection was lost before the commit: nothing was written.
fn lost(fault: &postgres::Error, location: &str, purpose: Purpose) -> StoreError {
    let written = match purpose {
        Purpose::Read => "",
        Purpose::WriteTickets | Purpose::Write | Purpose::Migrate | Purpose::Role(_) => {
            "; nothing was written"
        }
    };
    refused(
        4,
        "connection_lost",
        format!(
            "the connection to {location} was lost{written} ({})",
            reason(fault)
        ),
        "try again",
    )
}

fn is(code: &SqlState, any: &[SqlState]) -> bool {
    any.contains(code)
}

/// Whether the server ends the session, or does not take any yet.
fn is_shutdown(code: &SqlState) -> bool {
    is(
        code,
        &[
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
            SqlState::IDLE_SESSION_TIMEOUT,
            SqlState::CONNECTION_FAILURE,
            SqlState::PROTOCOL_VIOLATION,
        ],
    )
}

/// Whether a write was refused since the server, or the transaction, only reads.
fn is_read_only(about: &DbError) -> bool {
    let recovering = || about.message().contains("during recovery");
    *about.code() == SqlState::READ_ONLY_SQL_TRANSACTION
        || *about.code() == SqlState::FEATURE_NOT_SUPPORTED && recovering()
        || *about.code() == SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE && recovering()
}

/// What an error and its causes say, in one line.
fn reason(fault: &postgres::Error) -> String {
    if let Some(about) = fault.as_db_error() {
        return one_line(about.message());
    }
    let cause = std::error::Error::source(fault);
    one_line(&cause.map_or_else(|| fault.to_string(), ToString::to_string))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
