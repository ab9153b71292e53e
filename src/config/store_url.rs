//! Where the store is, as `--db`, `DESK_DB` or the user file name it.

use std::fmt;
use std::path::{Path, PathBuf};

/// The location of a store, which decides its engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StoreUrl {
    /// A file, as an absolute path.
    File(PathBuf),
    /// The URL of a PostgreSQL database.
    Postgres(String),
}

impl StoreUrl {
    /// Reads what was typed: a URL of PostgreSQL, or a path relative to the
    /// working directory. A `file:` URI is left for the store to refuse.
    pub(crate) fn parse(typed: String) -> Self {
        let scheme = typed.split_once("://").map(|(scheme, _)| scheme);
        let postgres = |scheme: &str| {
            ["postgres", "postgresql"]
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known))
        };
        if scheme.is_some_and(postgres) {
            return Self::Postgres(typed);
        }
        if typed.starts_with("file:") {
            return Self::File(PathBuf::from(typed));
        }
        Self::File(std::path::absolute(&typed).unwrap_or_else(|_| PathBuf::from(typed)))
    }

    /// The path of a store that is a file.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Postgres(_) => None,
        }
    }
}

/// Prints the path, or the URL without its password.
impl fmt::Display for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Postgres(url) => {
                let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
                match rest.rsplit_once('@') {
                    Some((login, host)) => {
                        let user = login.split(':').next().unwrap_or_default();
                        write!(f, "{scheme}://{user}@{host}")
                    }
                    None => write!(f, "{scheme}://{rest}"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_of_postgresql_is_not_a_path_and_its_password_is_not_shown() {
        let shown = |typed: &str| match StoreUrl::parse(typed.to_owned()) {
            StoreUrl::File(path) => format!("file {}", path.display()),
            url @ StoreUrl::Postgres(_) => format!("postgres {url}"),
        };
        for (typed, expected) in [
            ("/var/desk.db", "file /var/desk.db"),
            ("file:/var/desk.db", "file file:/var/desk.db"),
            ("/var/postgres://x", "file /var/postgres:/x"),
            ("postgres://db/desk", "postgres postgres://db/desk"),
            (
                "PostgreSQL://anna:p@ss@db:5432/desk",
                "postgres PostgreSQL://anna@db:5432/desk",
            ),
        ] {
            assert_eq!(shown(typed), expected);
        }
        assert!(
            StoreUrl::parse("desk.db".to_owned())
                .path()
                .unwrap()
                .is_absolute()
        );
    }
}
