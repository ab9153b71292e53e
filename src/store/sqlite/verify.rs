//! Verification of a store in a file: log, file and schema, and then what
//! every engine checks. Never writes, and answers on any file, however damaged.

use std::path::Path;

use rusqlite::Connection;

use super::super::sql::driver::Executor;
use super::super::sql::erasure;
use super::super::verify::{self, Findings, Head};
use super::super::{StoreError, Verification};
use super::filesystem::wal_path;
use super::redactions;
use super::schema_check;
use super::search_index::FtsIndex;
use super::wal_check::{self, WalEnd};
use crate::domain::policy::versions::PolicyParser;

/// Where the list of redactions is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Redactions {
    /// Beside the store, where it is checked.
    Beside,
    /// Beside the store that a backup is to replace.
    Elsewhere,
}

/// Verifies an open store. `begin` begins a read transaction on it.
///
/// # Errors
/// If not even a transaction can be begun, or the head is malformed.
pub(super) fn verify<'a>(
    conn: &Connection,
    path: &Path,
    begin: impl FnOnce() -> Result<Executor<'a>, StoreError>,
    expected_head: Option<&str>,
    parse: PolicyParser,
    redactions: Redactions,
) -> Result<Verification, StoreError> {
    let expected_head = expected_head.map(Head::parse).transpose()?;
    let mut findings = Findings::default();
    let mut notes = Vec::new();
    match wal_check::check(&wal_path(path)) {
        Ok(WalEnd::Clean) => {}
        Ok(WalEnd::Cut) => notes.push(
            "the log ends with a damaged commit, or with one that was interrupted".to_owned(),
        ),
        Ok(WalEnd::Damaged { commits }) => {
            findings.fault(format!("the log is damaged: {commits} commits are lost"));
        }
        Err(fault) => findings.fault(format!("the log cannot be read: {fault}")),
    }
    let db = begin()?;
    for fault in schema_check::faults(conn) {
        findings.fault(fault);
    }
    match redactions {
        Redactions::Beside if erasure::needs_scrub(&db).unwrap_or(false) => notes.push(
            "texts were erased, and the file is not scrubbed yet; finish it with: desk sweep"
                .to_owned(),
        ),
        Redactions::Beside => match redactions::fault(&db, path) {
            Ok(fault) => fault.into_iter().for_each(|fault| findings.fault(fault)),
            Err(fault) => findings.fault(format!("the erasures cannot be read: {fault}")),
        },
        Redactions::Elsewhere => {}
    }
    let verified = verify::verify(&db, &FtsIndex, expected_head.as_ref(), parse, findings);
    Ok(Verification { notes, ..verified })
}

#[cfg(test)]
mod tests;
