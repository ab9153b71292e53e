//! What only a store in a file can refuse.

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
}

impl From<Refusal> for StoreError {
    fn from(refusal: Refusal) -> Self {
        let (exit_code, code, hint) = match refusal {
            Refusal::Empty { .. } => (
                5,
                "store_empty",
                "remove the file, then create the store with: desk init --db PATH",
            ),
            Refusal::HardLink { .. } => (
                5,
                "store_hard_link",
                "remove the other name; use a symbolic link instead",
            ),
            Refusal::Uri { .. } => (
                2,
                "store_uri",
                "give the path alone, without file: and parameters",
            ),
            Refusal::Network { .. } => (5, "store_network", "keep the store on a local disk"),
            Refusal::NearlyFull { .. } => {
                (5, "store_nearly_full", "free some space, then try again")
            }
        };
        Self::Refused {
            exit_code,
            code,
            message: refusal.to_string(),
            hint,
        }
    }
}
