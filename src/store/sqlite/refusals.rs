//! Refusals that only file stores have.

use std::path::PathBuf;

use super::super::StoreError;

/// Why a file is not used as a store.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error("{} is an empty file, not a store; it was not changed", .path.display())]
    Empty { path: PathBuf },
    #[error(
        "{} has a second name (hard link): two names would have two logs and damage the store",
        .path.display()
    )]
    HardLink { path: PathBuf },
    #[error("'{typed}' is a URI; the store must be a plain path")]
    Uri { typed: String },
    #[error(
        "{} is on a network file system ({kind}), where SQLite cannot lock safely",
        .path.display()
    )]
    Network { path: PathBuf, kind: &'static str },
    #[error("only {free_mib} MiB are free at {}; nothing was written", .path.display())]
    NearlyFull { path: PathBuf, free_mib: u64 },
    #[error(
        "the log of {} is damaged: {commits} committed changes in it cannot be read; \
         nothing was written, because writing would erase them; {}",
        .path.display(),
        kept_copy(.kept)
    )]
    DamagedLog {
        path: PathBuf,
        commits: u64,
        /// Where a copy of the log is, or why there is none.
        kept: Result<PathBuf, StoreError>,
    },
    #[error(
        "{} is the log of a store that is not there; a new store would take it for its own",
        .log.display()
    )]
    StrayLog { log: PathBuf },
    #[error(
        "texts were erased from the store, and {} is missing, which says which; nothing was restored",
        .list.display()
    )]
    NoRedactions { list: PathBuf },
    #[error("you are not a member of the group '{group}'; nothing was created")]
    NotMember { group: String },
    #[error("{} cannot hold a store for the group '{group}': {reason}", .path.display())]
    NotShared {
        path: PathBuf,
        group: String,
        reason: &'static str,
        remedy: String,
    },
}

fn kept_copy(copy: &Result<PathBuf, StoreError>) -> String {
    match copy {
        Ok(path) => format!("a copy of the log is kept in {}", path.display()),
        Err(fault) => format!("no copy of the log could be kept ({fault})"),
    }
}

impl From<Refusal> for StoreError {
    fn from(refusal: Refusal) -> Self {
        let local = |code, hint: &str| (5, code, hint.to_owned());
        let (exit_code, code, hint) = match &refusal {
            Refusal::Empty { path } => {
                let hint = format!("remove it, then: desk init --db {}", path.display());
                (5, "store_empty", hint)
            }
            Refusal::HardLink { .. } => local(
                "store_hard_link",
                "remove the other name; use a symbolic link instead",
            ),
            Refusal::Uri { .. } => {
                let hint = "give the path alone, without file: and parameters";
                (2, "store_uri", hint.to_owned())
            }
            Refusal::Network { .. } => local("store_network", "keep the store on a local disk"),
            Refusal::NearlyFull { .. } => {
                local("store_nearly_full", "free some space, then try again")
            }
            Refusal::DamagedLog { .. } => local(
                "log_damaged",
                "restore the last good backup with: desk restore BACKUP; to go on with what can \
                 be read instead: desk backup READABLE && desk restore READABLE",
            ),
            Refusal::StrayLog { .. } => local(
                "store_stray_log",
                "put the store back beside it, or move the log to another directory",
            ),
            Refusal::NoRedactions { .. } => local(
                "redactions_missing",
                "write it again with: desk sweep; or put back the copy beside the newest backup",
            ),
            Refusal::NotMember { group } => {
                let hint = format!(
                    "let root add you with: gpasswd -a USER {group}; then log in again, or use a group that id -Gn lists"
                );
                (2, "store_group", hint)
            }
            Refusal::NotShared { remedy, .. } => (2, "store_group", remedy.clone()),
        };
        Self::Refused {
            exit_code,
            code,
            message: refusal.to_string(),
            hint,
        }
    }
}
