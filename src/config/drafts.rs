//! Where drafts are kept: in the user's own state directory, because others
//! may be able to read the directory of the store.

use std::fmt::Write as _;
use std::path::Path;

use directories::ProjectDirs;
use sha2::{Digest, Sha256};

use super::{DraftsLocation, StoreUrl};

/// The drafts for a store: `desk/drafts/NAME-HASH` in the state directory, by
/// the path of the store without symbolic links.
pub(super) fn location(db: &StoreUrl, dirs: Option<&ProjectDirs>) -> DraftsLocation {
    let state = dirs.map(|d| d.state_dir().unwrap_or_else(|| d.data_local_dir()));
    let directory = state.map(|state| state.join("drafts").join(key(db)));
    let earlier = db.path().and_then(Path::parent).map(|d| d.join("drafts"));
    DraftsLocation { directory, earlier }
}

/// A name that no other store has, and that still says which it is.
fn key(db: &StoreUrl) -> String {
    let (name, whole) = match db.path() {
        Some(path) => {
            // A store that does not exist yet has no other path than this one.
            let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            let name = real.file_name().unwrap_or_default().to_string_lossy();
            (name.into_owned(), real.to_string_lossy().into_owned())
        }
        None => ("database".to_owned(), db.to_string()),
    };
    let mut key: String = name.chars().take(MAX_NAME).collect();
    key.push('-');
    for byte in &Sha256::digest(whole.as_bytes())[..4] {
        let _ = write!(key, "{byte:02x}");
    }
    key
}

/// The longest part of a store's name in the name of a directory.
const MAX_NAME: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_store_has_its_own_drafts_by_whatever_path_it_is_reached() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        for name in ["a", "b"] {
            std::fs::create_dir(at(name)).unwrap();
            std::fs::write(at(name).join("desk.db"), "").unwrap();
        }
        std::os::unix::fs::symlink(at("a"), at("link")).unwrap();
        let key = |name: &str| key(&StoreUrl::File(at(name).join("desk.db")));
        assert_eq!(key("a"), key("link"));
        assert_ne!(key("a"), key("b"));
        assert!(key("a").starts_with("desk.db-"), "{}", key("a"));
        assert_eq!(key("a").len(), "desk.db-".len() + 8);
    }
}
