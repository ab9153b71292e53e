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
        let (code, hint) = match &refusal {
            Refusal::Empty { path } => {
                let hint = format!("remove it, then: desk init --db {}", path.display());
                ("store_empty", hint)
            }
            Refusal::HardLink { .. } => (
                "store_hard_link",
                "remove the other name; use a symbolic link instead".to_owned(),
            ),
            Refusal::Uri { .. } => (
                "store_uri",
                "give the path alone, without file: and parameters".to_owned(),
            ),
            Refusal::Network { .. } => {
                ("store_network", "keep the store on a local disk".to_owned())
            }
            Refusal::NearlyFull { .. } => (
                "store_nearly_full",
                "free some space, then try again".to_owned(),
            ),
        };
        let exit_code = match refusal {
            Refusal::Uri { .. } => 2,
            Refusal::Empty { .. }
            | Refusal::HardLink { .. }
            | Refusal::Network { .. }
            | Refusal::NearlyFull { .. } => 5,
        };
        Self::Refused {
            exit_code,
            code,
            message: refusal.to_string(),
            hint,
        }
    }
}
