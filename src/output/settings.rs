//! Every setting and where it comes from.

use std::borrow::Cow;

use super::Output;
use super::printer::Printer;
use super::published::store as published;
use super::published::store::one_word;
use super::style::palette::Style;
use super::style::table_layout::{Cell, TableLayout};
use crate::error::Error;

/// A setting, its value and where it came from.
pub(crate) struct Setting {
    pub(crate) name: Cow<'static, str>,
    pub(crate) value: Option<String>,
    /// `flag`, `environment`, `user file` or `default`.
    pub(crate) source: &'static str,
}

/// All settings.
pub(crate) struct Settings(pub(crate) Vec<Setting>);

impl Settings {
    fn published(&self) -> impl Iterator<Item = published::Setting<'_>> {
        self.0.iter().map(|setting| published::Setting {
            name: one_word(&setting.name),
            value: setting.value.as_deref(),
            source: one_word(setting.source),
        })
    }
}

impl Output for Settings {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let row = |setting: &Setting| {
            let value = setting.value.as_deref();
            vec![
                Cell::untrusted(&setting.name),
                Cell::new(setting.source, Style::Dim),
                value.map_or_else(Cell::none, Cell::untrusted),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        to.rows(TableLayout::new(["SETTING", "FROM", "VALUE"]), &rows)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }
}
