//! Writes a page, wrapped to the terminal. Untrusted text is quoted behind a
//! bar that nothing else uses.

use super::palette::Style;
use super::{humanize, untrusted};
use crate::domain::Timestamp;
use crate::output::options::RenderOptions;

/// The bar before each line of a quoted text.
const BAR: &str = "│ ";

/// A page being written.
pub(crate) struct PageWriter<'a, 'o> {
    pub(crate) text: String,
    pub(crate) options: &'a RenderOptions<'o>,
}

impl<'a, 'o> PageWriter<'a, 'o> {
    pub(crate) const fn new(options: &'a RenderOptions<'o>) -> Self {
        Self {
            text: String::new(),
            options,
        }
    }

    /// Writes a line of safe text.
    pub(crate) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    pub(crate) fn heading(&mut self, heading: &str) {
        self.text.push('\n');
        let heading = Style::Bold.paint(heading, self.options.color);
        self.line(&heading);
    }

    fn room(&self, taken: usize) -> Option<usize> {
        self.options.width.map(|width| width.saturating_sub(taken))
    }

    /// Writes safe text behind a prefix, wrapped with a hanging indent.
    pub(crate) fn hanging(&mut self, prefix: &str, text: &str, style: Style) {
        let indent = untrusted::width(prefix);
        for (i, line) in untrusted::wrap(text, self.room(indent)).iter().enumerate() {
            let line = style.paint(line, self.options.color);
            if i == 0 {
                self.line(&format!("{prefix}{line}"));
            } else {
                self.line(&format!("{}{line}", " ".repeat(indent)));
            }
        }
    }

    /// Writes a value with its label, if there is one.
    pub(crate) fn field(&mut self, label: &str, value: Option<&str>) {
        if let Some(value) = value {
            let value = untrusted::line(value);
            self.hanging(&format!("  {label:<11} "), &value, Style::Plain);
        }
    }

    /// Writes untrusted text, each line behind the bar.
    pub(crate) fn quote(&mut self, indent: usize, text: &str) {
        let text = untrusted::block(text);
        for line in untrusted::wrap(&text, self.room(indent + 2)) {
            self.line(&format!("{}{BAR}{line}", " ".repeat(indent)));
        }
    }

    /// Writes a table.
    pub(crate) fn table(
        &mut self,
        mut layout: super::table_layout::TableLayout,
        rows: &[Vec<super::table_layout::Cell>],
    ) {
        let mut table = Vec::new();
        layout
            .write(rows, self.options.color, &mut table)
            .expect("memory can be written to");
        self.text += &String::from_utf8_lossy(&table);
    }

    pub(crate) fn time(&self, at: Timestamp) -> String {
        humanize::time(at, self.options.now, self.options.zone)
    }
}
