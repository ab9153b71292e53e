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

    /// Whether it is a URL with a password.
    pub(crate) fn has_password(&self) -> bool {
        let Self::Postgres(url) = self else {
            return false;
        };
        let (_, login, _, query) = parts(url);
        login.is_some_and(|login| login.contains(':')) || query.split('&').any(is_secret)
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
                let (scheme, login, host, query) = parts(url);
                write!(f, "{scheme}://")?;
                if let Some(login) = login {
                    write!(f, "{}@", login.split(':').next().unwrap_or_default())?;
                }
                f.write_str(host)?;
                let shown = query.split('&').filter(|pair| !is_secret(pair));
                let shown = shown.collect::<Vec<_>>().join("&");
                match shown.is_empty() {
                    true => Ok(()),
                    false => write!(f, "?{shown}"),
                }
            }
        }
    }
}

/// The scheme, the login, the hosts with the database, and the query of a URL.
fn parts(url: &str) -> (&str, Option<&str>, &str, &str) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
    // A password may have any character but a slash.
    let authority = rest.find('/').unwrap_or(rest.len());
    let (login, rest) = match rest[..authority].rfind('@') {
        Some(at) => (Some(&rest[..at]), &rest[at + 1..]),
        None => (None, rest),
    };
    let (host, query) = rest.split_once('?').unwrap_or((rest, ""));
    (scheme, login, host, query)
}

/// Whether a pair of the query is a password.
fn is_secret(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    // What is written in another way is not shown either.
    name.contains('%') || name.to_ascii_lowercase().contains("password")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_found_wherever_it_stands() {
        let has = |typed: &str| StoreUrl::parse(typed.to_owned()).has_password();
        assert!(has("postgres://anna:secret@db/desk"));
        assert!(has("postgres://db/desk?sslmode=require&password=secret"));
        assert!(has("postgres:///desk?%70assword=secret"));
        assert!(!has("postgres://anna@db:5432/desk?sslmode=require"));
        assert!(!has("/var/a:b@c"));
    }

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
                "postgres:///desk?host=/run/x",
                "postgres postgres:///desk?host=/run/x",
            ),
            (
                "postgres://anna@db/desk?password=secret&sslmode=require",
                "postgres postgres://anna@db/desk?sslmode=require",
            ),
            (
                "postgres://anna:a?b@db/desk?%70assword=secret",
                "postgres postgres://anna@db/desk",
            ),
            ("postgres://anna:@db", "postgres postgres://anna@db"),
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
