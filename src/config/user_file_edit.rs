//! Changes the user file for `desk config set` and `unset`. Comments and the order
//! of the lines stay, and what desk would refuse to read is not written. The file of
//! the machine is never changed.

use std::fs::{self, DirBuilder};
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, value};

use super::user_file::{self, KEYS};
use super::{Config, Global};
use crate::atomic_file;
use crate::domain::Timestamp;
use crate::domain::did_you_mean::nearest;
use crate::domain::filter::views;
use crate::error::Error;

/// The tables of the file whose entries are named by the user.
const TABLES: [&str; 1] = ["views"];

/// A setting in the user file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileSetting {
    /// The table, if it is not at the top.
    table: Option<&'static str>,
    key: String,
}

impl FileSetting {
    /// Reads `agent` or `views.night`.
    ///
    /// # Errors
    /// [`Error::Usage`] with the settings that there are.
    pub(crate) fn parse(typed: &str) -> Result<Self, Error> {
        let typed = typed.trim();
        if let Some((table, key)) = typed.split_once('.')
            && let Some(table) = TABLES.iter().find(|known| **known == table)
        {
            if !views::is_name(key) {
                return Err(Error::usage(
                    format!("'{key}' cannot be the name of a view"),
                    "use letters, digits and -, such as views.night",
                ));
            }
            return Ok(Self {
                table: Some(table),
                key: key.to_owned(),
            });
        }
        if KEYS.contains(&typed) {
            return Ok(Self {
                table: None,
                key: typed.to_owned(),
            });
        }
        let meant = nearest(typed, KEYS);
        let meant = meant
            .first()
            .map_or_else(String::new, |name| format!("; did you mean '{name}'?"));
        Err(Error::usage(
            format!("there is no setting '{typed}' to change{meant}"),
            format!(
                "settings are {} and views.NAME; desk help operate has the others",
                KEYS.join(", ")
            ),
        ))
    }

    /// The settings at the top of the file.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        KEYS.into_iter()
    }

    /// The name as it is typed.
    pub(crate) fn name(&self) -> String {
        match self.table {
            Some(table) => format!("{table}.{}", self.key),
            None => self.key.clone(),
        }
    }

    fn put(&self, document: &mut DocumentMut, text: &str) -> Result<(), String> {
        let table = match self.table {
            None => document.as_table_mut(),
            Some(name) => {
                let entry = document.entry(name);
                let item = entry.or_insert_with(|| Item::Table(Table::new()));
                item.as_table_mut()
                    .ok_or_else(|| format!("{name} is not a table of its own, [{name}]"))?
            }
        };
        match table.get_mut(&self.key).and_then(Item::as_value_mut) {
            Some(known) => {
                // What follows on the line stays, such as a comment.
                let decor = known.decor().clone();
                *known = text.into();
                *known.decor_mut() = decor;
            }
            None => {
                table.insert(&self.key, value(text));
            }
        }
        Ok(())
    }

    fn remove(&self, document: &mut DocumentMut) {
        match self.table {
            None => {
                document.remove(&self.key);
            }
            Some(name) => {
                let table = document.get_mut(name);
                if let Some(table) = table.and_then(Item::as_table_like_mut) {
                    table.remove(&self.key);
                }
            }
        }
    }
}

impl Config {
    /// Sets a setting in the user file, or removes it. Returns whether that changed
    /// the file.
    ///
    /// # Errors
    /// [`Error::Usage`] if the file is not trusted, or would not be valid;
    /// [`Error::Outside`] if it cannot be written.
    pub(crate) fn write_setting(
        &self,
        setting: &FileSetting,
        text: Option<&str>,
    ) -> Result<bool, Error> {
        let Some(path) = &self.user_file else {
            return Err(Error::usage(
                "there is no home directory for the user file",
                "set HOME",
            ));
        };
        let before = user_file::read_text(path)?;
        if before.is_none() && fs::symlink_metadata(path).is_ok_and(|file| !file.is_symlink()) {
            return Err(Error::usage(
                format!("{} cannot be read", path.display()),
                format!("chmod u+r {}", path.display()),
            ));
        }
        let before = before.unwrap_or_default();
        // It was read when desk began, so it is valid.
        let mut document: DocumentMut = before
            .parse()
            .map_err(|fault| Error::outside("reading the user file", &fault))?;
        match text {
            Some(text) => setting.put(&mut document, text).map_err(|fault| {
                Error::usage(
                    format!("cannot change {}: {fault}", path.display()),
                    "change it in an editor",
                )
            })?,
            None => setting.remove(&mut document),
        }
        let after = document.to_string();
        if after == before {
            return Ok(false);
        }
        let file = user_file::parse(path, &after)?;
        let nothing_else = Global::default();
        Self::resolve_with(&file, &nothing_else, |_| None, Timestamp::UNIX_EPOCH)?;
        write(path, &after)?;
        Ok(true)
    }
}

/// Writes the file at once, readable for its user alone if it is new. The file that
/// a link leads to is replaced, not the link.
fn write(path: &Path, text: &str) -> Result<(), Error> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let directory = target.parent().unwrap_or(Path::new("/"));
    let failed =
        |fault: std::io::Error| Error::outside(format!("writing {}", path.display()), &fault);
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
        .map_err(failed)?;
    user_file::check_directory(directory)?;
    let mut file =
        atomic_file::temporary(directory, atomic_file::PRIVATE, false).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    atomic_file::replace(file, &target).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(before: &str, name: &str, text: Option<&str>) -> String {
        let mut document: DocumentMut = before.parse().unwrap();
        let setting = FileSetting::parse(name).unwrap();
        match text {
            Some(text) => setting.put(&mut document, text).unwrap(),
            None => setting.remove(&mut document),
        }
        document.to_string()
    }

    #[test]
    fn comments_and_order_stay() {
        let before = "# mine\nformat = 'json' # for jq\n\nagent = \"anna\"\n\n[views]\n# at night\nnight = \"p:P1\"\n";
        assert_eq!(
            changed(before, "format", Some("table")),
            before.replace("'json'", "\"table\"")
        );
        assert_eq!(
            changed(before, "channel", Some("phone")),
            before.replace("anna\"\n", "anna\"\nchannel = \"phone\"\n")
        );
        assert_eq!(
            changed(before, "views.day", Some("a \"b\"")),
            format!("{before}day = 'a \"b\"'\n")
        );
        assert_eq!(
            changed(before, "agent", None),
            before.replace("\nagent = \"anna\"\n", "")
        );
        assert_eq!(changed(before, "views.day", None), before);
        assert_eq!(
            changed("", "views.day", Some("vpn")),
            "[views]\nday = \"vpn\"\n"
        );
    }

    #[test]
    fn an_unknown_setting_is_named_with_the_known_ones() {
        let Err(Error::Usage { message, hint, .. }) = FileSetting::parse("chanel") else {
            panic!("it is not a setting");
        };
        assert_eq!(
            message,
            "there is no setting 'chanel' to change; did you mean 'channel'?"
        );
        assert!(hint.contains("editor, pager and views.NAME"), "{hint}");
        for name in ["mail.transport", "views.", "views.me", "views", "", "at"] {
            assert!(FileSetting::parse(name).is_err(), "{name}");
        }
    }
}
