//! Draws the inbox into a buffer. All texts were made safe before; the buffer
//! drops control characters once more.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style as Attributes};

use super::asking::{AnswerKind, Asking, IfEmpty};
use super::layout::{Layout, MIN_HEIGHT, MIN_WIDTH};
use super::state::{Message, Mode, State};
use super::text_line::TextLine;
use crate::output::{InboxRow, Style, StyledLine, cut_to_width, safe_line, text_width};

/// Draws everything, and returns where the cursor is if a text is being typed.
pub(crate) fn draw(state: &State, to: &mut Buffer) -> Option<Position> {
    let Some(layout) = state.layout() else {
        too_small(state, to);
        return None;
    };
    let pen = Pen { color: state.color };
    match &state.mode {
        Mode::Page => pen.lines(state.page_lines(), layout.whole, to),
        Mode::Text { lines, top } => {
            pen.lines(&lines[(*top).min(lines.len())..], layout.whole, to);
        }
        Mode::List | Mode::Asking(_) | Mode::Filter(_) | Mode::Command(_) => {
            list(state, layout, pen, to);
        }
    }
    status(state, layout.status, pen, to)
}

/// Says on a screen of any size that it is too small.
fn too_small(state: &State, to: &mut Buffer) {
    let (width, height) = state.size();
    let texts = [
        "too small".to_owned(),
        format!("needs {MIN_WIDTH}x{MIN_HEIGHT}"),
        "q quits".to_owned(),
    ];
    for (y, text) in (0..height).zip(texts) {
        let room = usize::from(width);
        to.set_stringn(0, y, cut_to_width(&text, room), room, Attributes::new());
    }
}

/// Writes with or without colour.
#[derive(Clone, Copy)]
struct Pen {
    color: bool,
}

impl Pen {
    const fn attributes(self, style: Style) -> Attributes {
        let plain = Attributes::new();
        if !self.color {
            return plain;
        }
        match style {
            Style::Plain => plain,
            Style::Bold => plain.add_modifier(Modifier::BOLD),
            Style::Dim => plain.add_modifier(Modifier::DIM),
            Style::Success => plain.fg(Color::Green),
            Style::Warning => plain.fg(Color::Yellow).add_modifier(Modifier::BOLD),
            Style::Error => plain.fg(Color::Red).add_modifier(Modifier::BOLD),
            Style::Info => plain.fg(Color::Blue),
        }
    }

    /// Writes a text, cut at `end`, and returns the column behind it.
    fn text(self, x: u16, y: u16, end: u16, text: &str, style: Style, to: &mut Buffer) -> u16 {
        let room = usize::from(end.saturating_sub(x));
        let text = cut_to_width(text, room);
        to.set_stringn(x, y, text, room, self.attributes(style)).0
    }

    /// Writes lines from the top of an area.
    fn lines(self, lines: &[StyledLine], area: Rect, to: &mut Buffer) {
        for (y, line) in (area.top()..area.bottom()).zip(lines) {
            let (mut x, end) = (area.left(), area.right());
            for (style, text) in line {
                let room = usize::from(end.saturating_sub(x));
                x = to.set_stringn(x, y, text, room, self.attributes(*style)).0;
            }
            let width: usize = line.iter().map(|(_, text)| text_width(text)).sum();
            if width > usize::from(area.width) {
                // A wide character may cover the last two columns.
                let last = end.saturating_sub(1);
                if text_width(to[(last.saturating_sub(1), y)].symbol()) > 1 {
                    to[(last.saturating_sub(1), y)].set_symbol(" ");
                }
                to.set_stringn(last, y, "…", 1, Attributes::new());
            }
        }
    }
}

/// The narrowest list that says who has a ticket.
const HOLDER_FROM: u16 = 46;
const HOLDER: usize = 8;

fn list(state: &State, layout: Layout, pen: Pen, to: &mut Buffer) {
    let area = layout.list;
    let shown: Vec<&InboxRow> = state
        .visible()
        .iter()
        .filter_map(|id| state.rows.get(id))
        .collect();
    let widest = |cell: fn(&InboxRow) -> usize| shown.iter().map(|row| cell(row)).max();
    let id_width = widest(|row| text_width(&row.id.to_string())).unwrap_or(0);
    let priority_width = widest(|row| text_width(&row.priority.1)).unwrap_or(0);
    let clock_width = widest(|row| text_width(&row.clock.1)).unwrap_or(0).min(11);
    for (y, id) in (area.top()..area.bottom()).zip(state.visible()) {
        let selected = state.selected() == Some(*id);
        let end = area.right();
        let pointer = if selected { ">" } else { " " };
        let mark = if state.marked.contains(id) { "*" } else { " " };
        let mut x = pen.text(area.left(), y, end, pointer, Style::Bold, to);
        x = pen.text(x, y, end, mark, Style::Warning, to);
        let number = format!("{:>id_width$} ", id.to_string());
        x = pen.text(x, y, end, &number, Style::Bold, to);
        if let Some(row) = state.rows.get(id) {
            for ((style, text), width) in
                [(&row.priority, priority_width), (&row.clock, clock_width)]
            {
                pen.text(x, y, end, &cut_to_width(text, width), *style, to);
                x = end.min(x + u16::try_from(width + 1).unwrap_or(0));
            }
            if area.width >= HOLDER_FROM {
                let (style, text) = &row.holder;
                pen.text(x, y, end, &cut_to_width(text, HOLDER), *style, to);
                x = end.min(x + u16::try_from(HOLDER + 1).unwrap_or(0));
            }
            pen.text(x, y, end, &row.title, Style::Plain, to);
        }
        if selected && state.color {
            let line = Rect::new(area.left(), y, area.width, 1);
            to.set_style(line, Attributes::new().add_modifier(Modifier::REVERSED));
        }
    }
    if state.ids().is_empty() && state.is_complete() {
        let told = if state.filter().is_empty() {
            "no open tickets"
        } else {
            "no tickets match"
        };
        pen.text(
            area.left() + 1,
            area.top(),
            area.right(),
            told,
            Style::Dim,
            to,
        );
    }
    if let Some(page) = layout.page {
        for y in page.top()..page.bottom() {
            pen.text(page.left() - 2, y, page.left(), "│", Style::Dim, to);
        }
        pen.lines(state.page_lines(), page, to);
    }
}

fn status(state: &State, area: Rect, pen: Pen, to: &mut Buffer) -> Option<Position> {
    let (x, y, end) = (area.left(), area.top(), area.right());
    match &state.mode {
        Mode::Asking(asking) => Some(question(asking, area, pen, to)),
        Mode::Filter(line) => Some(typed("/", line, "", area, pen, to)),
        Mode::Command(line) => {
            let about = if line.text().is_empty() {
                "a command of desk on the selection, such as: identify incident"
            } else {
                ""
            };
            Some(typed(":desk ", line, about, area, pen, to))
        }
        Mode::Text { lines, top } => {
            let more = lines.len().saturating_sub(top + usize::from(area.top()));
            let text = match more {
                0 => "q: back".to_owned(),
                more => format!("q: back · j: {more} more lines"),
            };
            pen.text(x, y, end, &text, Style::Dim, to);
            None
        }
        Mode::List | Mode::Page => {
            match &state.message {
                Some(message) => answer(message, area, pen, to),
                None => {
                    let keys = if state.mode == Mode::Page {
                        "q: back to the list"
                    } else {
                        "?: keys"
                    };
                    let right = end.saturating_sub(u16::try_from(keys.len()).unwrap_or(0));
                    pen.text(right, y, end, keys, Style::Dim, to);
                    pen.text(
                        x,
                        y,
                        right.saturating_sub(1),
                        &state.summary(),
                        Style::Dim,
                        to,
                    );
                }
            }
            None
        }
    }
}

/// The command and how it ended. What does not fit is a key away; of a refusal the
/// command goes first, because whoever typed it knows it.
fn answer(message: &Message, area: Rect, pen: Pen, to: &mut Buffer) {
    let width = usize::from(area.width);
    let offer = message
        .offer()
        .map(|offer| format!(" · {}", safe_line(&offer)));
    let mut offer = offer.unwrap_or_default();
    let result = format!("{}{}", message.symbol(), message.text);
    let wanted = text_width(&result) + text_width(&offer) + 1;
    let fits = text_width(&message.command) + wanted <= width;
    let command = match message.style {
        _ if fits => message.command.clone(),
        Style::Error => String::new(),
        Style::Plain | Style::Bold | Style::Dim | Style::Success | Style::Warning | Style::Info => {
            cut_to_width(
                &message.command,
                width.saturating_sub(wanted).max(width / 3),
            )
        }
    };
    let (mut x, y, end) = (area.left(), area.top(), area.right());
    if !command.is_empty() {
        x = pen.text(x, y, end, &format!("{command} "), Style::Bold, to);
    }
    let left = usize::from(end.saturating_sub(x));
    let mut until = end;
    if text_width(&result) + text_width(&offer) > left {
        // A hint without a command is a sentence.
        if offer.is_empty() || text_width(&offer) > left / 2 {
            " · !: all".clone_into(&mut offer);
        }
        until = end.saturating_sub(u16::try_from(text_width(&offer)).unwrap_or(0));
    }
    x = pen.text(x, y, until, &result, message.style, to);
    pen.text(x, y, end, &offer, Style::Bold, to);
}

/// A line being typed behind its label, and a note as long as there is room.
fn typed(
    label: &str,
    line: &TextLine,
    note: &str,
    area: Rect,
    pen: Pen,
    to: &mut Buffer,
) -> Position {
    let (y, end) = (area.top(), area.right());
    let most = area.left() + area.width / 3 * 2;
    let x = pen.text(area.left(), y, most, label, Style::Bold, to);
    let (text, column) = line.shown(usize::from(end.saturating_sub(x)));
    let behind = pen.text(x, y, end, &text, Style::Plain, to);
    if !note.is_empty() {
        pen.text(behind + 2, y, end, note, Style::Dim, to);
    }
    let column = u16::try_from(column).unwrap_or(0);
    Position::new((x + column).min(end.saturating_sub(1)), y)
}

/// A question with its choices, the one that Enter takes in brackets.
fn question(asking: &Asking, area: Rect, pen: Pen, to: &mut Buffer) -> Position {
    let Some(question) = asking.question() else {
        return Position::new(area.left(), area.top());
    };
    let about = match asking.ids.as_slice() {
        [id] => format!("{} {}", asking.action.verb(), id.0),
        ids => format!("{} {} tickets", asking.action.verb(), ids.len()),
    };
    let what = safe_line(&question.what);
    let mut label = format!("{about}, {what}: ");
    // What it is about is on the screen; what is asked is not.
    if text_width(&label) * 2 > usize::from(area.width) {
        label = format!("{what}: ");
    }
    let note = match question.kind {
        AnswerKind::Text(IfEmpty::Editor) if asking.line.text().is_empty() => {
            "Enter: write it in the editor".to_owned()
        }
        AnswerKind::Text(_) => String::new(),
        AnswerKind::Letter | AnswerKind::Listed | AnswerKind::Open => {
            let chosen = asking.chosen();
            let offered = asking.offered();
            let from = chosen.unwrap_or(0);
            let shown = offered.iter().enumerate().skip(from).map(|(at, choice)| {
                let value = safe_line(&choice.value);
                let about = safe_line(&choice.about);
                let about = if about.is_empty() {
                    about
                } else {
                    format!(" ({about})")
                };
                if Some(at) == chosen {
                    format!("[{value}]{about}")
                } else {
                    format!("{value}{about}")
                }
            });
            shown.take(20).collect::<Vec<_>>().join("  ")
        }
    };
    typed(&label, &asking.line, &note, area, pen, to)
}
