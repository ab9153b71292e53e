//! The inbox as keys and a screen, without a store: what each key does, what is
//! drawn at which size, and that no text gets out of its place.

mod hostile;
mod keys;
mod screens;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Position;

use super::state::{Effect, State};
use super::{Key, KeyReader, draw};
use crate::domain::event::TicketId;
use crate::output::{InboxRow, Style, styled_lines};

fn row(id: i64, title: &str) -> InboxRow {
    InboxRow {
        id: TicketId(id),
        priority: (Style::Error, "P1".to_owned()),
        clock: (Style::Error, "✗ -7h42m".to_owned()),
        holder: (Style::Plain, "anna".to_owned()),
        title: title.to_owned(),
        spoken: title.to_owned(),
    }
}

/// An inbox with so many tickets, `#1 Ticket 1` and so on.
fn inbox(tickets: i64) -> State {
    let mut state = State::new(
        String::new(),
        vec!["night".to_owned(), "mine".to_owned()],
        false,
    );
    state.resize(80, 24);
    state.set_list((1..=tickets).map(TicketId).collect(), true);
    show(&mut state);
    state
}

/// Reads what is on the screen, as the shell around it does.
fn show(state: &mut State) {
    let rows = state
        .visible()
        .iter()
        .map(|id| row(id.0, &format!("Ticket {}", id.0)));
    let rows = rows.collect();
    state.set_rows(rows);
    if let Some(id) = state.selected() {
        let page: String = (1..=60)
            .map(|n| format!("page {} line {n}\n", id.0))
            .collect();
        state.set_page(id, styled_lines(&page));
    }
}

/// Presses keys, and returns what the last one asks for.
fn press(state: &mut State, typed: &str) -> Effect {
    let mut effect = Effect::None;
    for key in KeyReader::default().read(typed.as_bytes()) {
        effect = state.on_key(&key);
        show(state);
    }
    effect
}

/// What is on the screen, and where the cursor is.
fn drawn(state: &State) -> (String, Option<Position>) {
    let (width, height) = state.size();
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut cursor = None;
    let frame = |frame: &mut ratatui::Frame<'_>| cursor = draw(state, frame.buffer_mut());
    terminal.draw(frame).unwrap();
    let buffer = terminal.backend().buffer();
    let line = |y: u16| {
        let mut line = String::new();
        let mut x = 0;
        while x < width {
            let cell = &buffer[(x, y)];
            line += cell.symbol();
            // A wide character covers the cell after it.
            let covers = crate::output::text_width(cell.symbol()).max(1);
            x += u16::try_from(covers).unwrap();
        }
        line.trim_end().to_owned()
    };
    let lines: Vec<String> = (0..height).map(line).collect();
    (lines.join("\n"), cursor)
}

/// The status line.
fn status(state: &State) -> String {
    let (screen, _) = drawn(state);
    let height = usize::from(state.size().1);
    let lines: Vec<&str> = screen.split('\n').collect();
    lines[height - 1].to_owned()
}

fn selected(state: &State) -> i64 {
    state.selected().map_or(0, |id| id.0)
}

const ESCAPE: Key = Key::Escape;
