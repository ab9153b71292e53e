//! Pages of the documentation on a terminal: the Markdown that `docs/` uses,
//! wrapped to the width, with headings that stand out and tables that are
//! aligned. Supports only the Markdown that the pages use.

use super::style::palette::{self, Style};
use super::style::table_layout::{Cell, TableLayout};
use super::style::untrusted;

/// Indent of everything but headings, so that these stand out without colour
/// too.
const INDENT: &str = "  ";

/// Lays a page out for a terminal.
pub(crate) fn markdown(page: &str, width: usize, color: bool) -> String {
    let mut layout = Layout {
        text: String::new(),
        width,
        color,
    };
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let code = lines.by_ref().take_while(|line| !line.starts_with("```"));
            layout.code(code);
        } else if line.starts_with('#') {
            layout.heading(line.trim_start_matches('#').trim_start());
        } else if line.starts_with('|') {
            let mut rows = vec![line];
            while let Some(row) = lines.next_if(|next| next.starts_with('|')) {
                rows.push(row);
            }
            layout.table(&rows);
        } else if line.is_empty() {
            layout.gap();
        } else {
            let mut text = line.trim_end().to_owned();
            while let Some(more) = lines.next_if(|next| continues(next)) {
                text.push(' ');
                text.push_str(more.trim());
            }
            layout.paragraph(&text);
        }
    }
    let text = layout.text.trim_end().to_owned() + "\n";
    if color { palette::colored(&text) } else { text }
}

/// Whether a line belongs to the paragraph or list item above it.
fn continues(line: &str) -> bool {
    !line.is_empty() && !line.starts_with(['#', '|', '`']) && marker(line).is_none()
}

/// The marker of a list item, with the blank behind it.
fn marker(line: &str) -> Option<&str> {
    let text = line.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = digits > 0 && text[digits..].starts_with(". ");
    let length = match is_numbered {
        true => digits + 2,
        false if text.starts_with("- ") => 2,
        false => return None,
    };
    Some(&line[..line.len() - text.len() + length])
}

/// A page being laid out.
struct Layout {
    text: String,
    width: usize,
    color: bool,
}

impl Layout {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Adds a blank line, unless there is one already.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn strong(&self, text: &str) -> String {
        match self.color {
            true => Style::Bold.mark(text),
            false => text.to_owned(),
        }
    }

    fn heading(&mut self, text: &str) {
        let text = self.strong(&self.inline(text));
        self.gap();
        self.line(&text);
        self.gap();
    }

    /// Code is never wrapped: it is there to be copied.
    fn code<'a>(&mut self, lines: impl Iterator<Item = &'a str>) {
        self.gap();
        for line in lines {
            let line = match line.starts_with("$ ") {
                true => self.strong(line),
                false => line.to_owned(),
            };
            self.line(&format!("{INDENT}{INDENT}{line}"));
        }
        self.gap();
    }

    fn paragraph(&mut self, text: &str) {
        let marker = marker(text).unwrap_or_default();
        let lead = format!("{INDENT}{marker}");
        let text = self.inline(&text[marker.len()..]);
        self.hang(&lead, &text);
    }

    /// Wraps a text behind `lead`, with a hanging indent.
    fn hang(&mut self, lead: &str, text: &str) {
        let indent = untrusted::width(lead);
        let room = self.width.saturating_sub(indent);
        let mut lead = lead.to_owned();
        for line in untrusted::wrap(text, Some(room)) {
            self.line(&format!("{lead}{line}"));
            lead = " ".repeat(indent);
        }
    }

    /// A table that fits is aligned; of a wider one, each row becomes a short
    /// list under its first cell.
    fn table(&mut self, rows: &[&str]) {
        let cells = |row: &&str| -> Vec<String> {
            let row = row.trim_matches('|').split('|');
            row.map(|cell| self.inline(cell.trim())).collect()
        };
        let is_rule = |row: &&&str| row.bytes().all(|b| b"|-: ".contains(&b));
        let rows: Vec<Vec<String>> = rows.iter().filter(|r| !is_rule(r)).map(cells).collect();
        let Some((heads, rows)) = rows.split_first() else {
            return;
        };
        let columns = (0..heads.len()).map(|at| {
            let cells = rows.iter().chain([heads]).filter_map(|row| row.get(at));
            cells.map(|cell| untrusted::width(cell)).max().unwrap_or(0) + 2
        });
        self.gap();
        if columns.sum::<usize>() + INDENT.len() <= self.width {
            let rows: Vec<Vec<Cell>> = rows
                .iter()
                .map(|row| row.iter().map(Cell::plain).collect())
                .collect();
            let heads = heads.iter().map(|head| self.strong(head));
            let mut table = TableLayout::new(heads).indent(INDENT);
            let mut out = Vec::new();
            // Colour is applied at the end, once for the whole page.
            let drawn = table.write(&rows, false, &mut out);
            drawn.expect("a vector takes everything");
            self.text += &String::from_utf8_lossy(&out);
        } else {
            for row in rows {
                let mut cells = row.iter().zip(heads);
                if let Some((first, _)) = cells.next() {
                    let first = self.strong(first);
                    self.hang(INDENT, &first);
                }
                for (cell, head) in cells.filter(|(cell, _)| !cell.is_empty()) {
                    let lead = match heads.len() {
                        2 => format!("{INDENT}{INDENT}"),
                        _ => format!("{INDENT}{INDENT}{head}: "),
                    };
                    self.hang(&lead, cell);
                }
            }
        }
        self.gap();
    }

    /// Removes the markup within a line: `code` is coloured or keeps its
    /// backquotes, a link to another page becomes its text.
    fn inline(&self, text: &str) -> String {
        let mut shown = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['`', '[', '*']) {
            let (before, from) = rest.split_at(at);
            shown.push_str(before);
            let (piece, after) = self
                .span(from)
                .unwrap_or((from[..1].to_owned(), &from[1..]));
            shown.push_str(&piece);
            rest = after;
        }
        shown + rest
    }

    /// The rendered span that begins here, and the text after it.
    fn span<'a>(&self, text: &'a str) -> Option<(String, &'a str)> {
        if let Some(rest) = text.strip_prefix("**") {
            let (bold, rest) = rest.split_once("**")?;
            return Some((self.strong(bold), rest));
        }
        if let Some(rest) = text.strip_prefix('`') {
            let (code, rest) = rest.split_once('`')?;
            let quoted = if self.color {
                code.to_owned()
            } else {
                format!("`{code}`")
            };
            return Some((self.strong(&quoted), rest));
        }
        let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
        let (target, rest) = rest.split_once(')')?;
        let label = self.inline(label);
        let shown = match target.contains("://") {
            true => format!("{label} ({target})"),
            false => label,
        };
        Some((shown, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
# A page

Text that is broken
over **two** lines, with `code` and a [link](other.md#there), or
[one](https://example.org) outward.

- an item
  that goes on
- another `--one`
1. numbered

| key | is |
|---|---|
| `a` | first |
| longer | second |

```console
$ desk list
nothing is open; a line of output is never wrapped, however long it may be
```
";

    #[test]
    fn a_page_is_wrapped_and_aligned() {
        insta::assert_snapshot!(markdown(PAGE, 40, false), @"
        A page

          Text that is broken over two lines,
          with `code` and a link, or one
          (https://example.org) outward.

          - an item that goes on
          - another `--one`
          1. numbered

          key     is
          `a`     first
          longer  second

            $ desk list
            nothing is open; a line of output is never wrapped, however long it may be
        ");
    }

    #[test]
    fn a_table_that_does_not_fit_becomes_a_list() {
        let page = "| key | means | default |\n|---|---|---|\n| `a` | the first of many things | 1 |\n| b |  | 2 |\n";
        insta::assert_snapshot!(markdown(page, 24, false), @"
        `a`
          means: the first of
                 many things
          default: 1
        b
          default: 2
        ");
    }

    #[test]
    fn colour_takes_the_place_of_the_marks() {
        let text = markdown("# A\n\nwith `code` and **bold\nwords** here\n", 12, true);
        assert!(!text.contains(['`', '*', '#']), "{text:?}");
        assert_eq!(text.matches("\u{1b}[1m").count(), 3, "{text:?}");
        assert_eq!(text.matches("\u{1b}[0m").count(), 3, "{text:?}");
    }

    #[test]
    fn a_mark_without_its_partner_is_text() {
        assert_eq!(markdown("2 * 3 [x] `\n", 40, false), "  2 * 3 [x] `\n");
    }
}
