//! What each key does to the list, the page and the questions.

use super::super::Key;
use super::super::asking::{Step, swallow};
use super::super::command::command_words;
use super::super::keys::{Action, KEYS};
use super::super::text_line::TextLine;
use super::{Effect, Message, Mode, State};
use crate::domain::event::TicketId;
use crate::output::{Style, StyledLine, safe_line, safe_lines};

impl State {
    pub(crate) fn on_key(&mut self, key: &Key) -> Effect {
        if swallow(&mut self.rest, key) {
            return Effect::None;
        }
        if key == &Key::Ctrl('l') {
            return Effect::Redraw;
        }
        if key == &Key::Ctrl('z') {
            return Effect::Suspend;
        }
        // Nobody acts on what he does not see.
        if self.layout().is_none() {
            let quits = matches!(key, Key::Char('q') | Key::Ctrl('c'));
            return if quits { Effect::Quit } else { Effect::None };
        }
        match &mut self.mode {
            Mode::List | Mode::Page => self.on_ticket_key(key),
            Mode::Text { lines, top } => {
                let height = usize::from(self.size.1.saturating_sub(1));
                match scrolled(key, *top, lines.len(), height) {
                    Some(next) => *top = next,
                    None if matches!(
                        key,
                        Key::Char('q' | '?' | '!') | Key::Escape | Key::Enter | Key::Ctrl('c')
                    ) =>
                    {
                        self.mode = Mode::List;
                    }
                    None => {}
                }
                Effect::None
            }
            Mode::Asking(asking) => match asking.on_key(key) {
                Step::Stays => Effect::None,
                Step::Cancelled => {
                    self.mode = Mode::List;
                    Effect::None
                }
                Step::Done => {
                    let request = command_words(asking.action, &asking.ids, &asking.answers);
                    self.rest = std::mem::take(&mut asking.rest);
                    self.attempt = Some(asking.clone());
                    self.mode = Mode::List;
                    Effect::Run(request)
                }
            },
            Mode::Filter(line) => match key {
                Key::Enter => {
                    let filter = line.text().trim().to_owned();
                    self.mode = Mode::List;
                    Effect::Filter(filter)
                }
                Key::Escape | Key::Ctrl('c') => self.back_to_list(),
                Key::Backspace if line.text().is_empty() => self.back_to_list(),
                Key::Char(_)
                | Key::Ctrl(_)
                | Key::Tab
                | Key::Backspace
                | Key::Delete
                | Key::Up
                | Key::Down
                | Key::Left
                | Key::Right
                | Key::Home
                | Key::End
                | Key::PageUp
                | Key::PageDown
                | Key::Paste(_) => {
                    line.on_key(key);
                    Effect::None
                }
            },
            Mode::Command(_) => self.on_command_key(key),
        }
    }

    pub(super) fn back_to_list(&mut self) -> Effect {
        self.mode = Mode::List;
        Effect::None
    }

    /// A key while the list, or the page of a ticket, is shown.
    fn on_ticket_key(&mut self, key: &Key) -> Effect {
        let is_page = self.mode == Mode::Page;
        let offered = self.message.take();
        let half = (self.list_height() / 2).max(1);
        if is_page {
            let lines = self.page.as_ref().map_or(0, |(_, lines)| lines.len());
            let height = self.list_height();
            if let Some(top) = scrolled(key, self.page_top, lines, height) {
                self.page_top = top;
                return Effect::None;
            }
        }
        match key {
            Key::Char('j') | Key::Down => return self.move_to(self.at + 1, key),
            Key::Char('k') | Key::Up => return self.move_to(self.at.saturating_sub(1), key),
            Key::Ctrl('d') => return self.move_to(self.at + half, key),
            Key::Ctrl('u') => return self.move_to(self.at.saturating_sub(half), key),
            Key::Char('g') | Key::Home => return self.move_to(0, key),
            Key::Char('G') | Key::End => return self.move_to(usize::MAX, key),
            Key::PageDown => self.page_top += half,
            Key::PageUp => self.page_top = self.page_top.saturating_sub(half),
            Key::Enter if is_page => self.mode = Mode::List,
            Key::Enter if self.selected().is_some() => self.mode = Mode::Page,
            Key::Escape | Key::Char('q') if is_page => self.mode = Mode::List,
            Key::Char('q') | Key::Ctrl('c') => return Effect::Quit,
            Key::Escape => return self.drop_something(offered.is_some()),
            Key::Char(' ') => return self.mark(),
            Key::Char('/') => self.mode = Mode::Filter(TextLine::new(&self.filter)),
            Key::Char(':') => {
                self.mode = Mode::Command(TextLine::default());
                return Effect::Verbs;
            }
            Key::Char('?') => self.show_text(key_lines(&self.views, self.size.0)),
            Key::Char('!') => return self.take_offer(offered),
            Key::Char(digit @ '1'..='9') => return self.view(*digit),
            Key::Paste(_) => {
                let told = "pasted text is not taken for keys; press l, r or : first";
                self.message = Some(Message::note(told));
            }
            Key::Char(c) => {
                return match Action::of_key(*c) {
                    Some(action) => self.act(action),
                    None => {
                        let told = format!("no key '{c}'; ? shows the keys");
                        self.message = Some(Message::note(&told));
                        Effect::None
                    }
                };
            }
            Key::Ctrl(_)
            | Key::Enter
            | Key::Tab
            | Key::Backspace
            | Key::Delete
            | Key::Left
            | Key::Right => {}
        }
        let lines = self.page.as_ref().map_or(0, |(_, lines)| lines.len());
        self.page_top = self.page_top.min(lines.saturating_sub(1));
        Effect::None
    }

    /// Selects the ticket at a place; more are read if it is behind the last one.
    fn move_to(&mut self, at: usize, key: &Key) -> Effect {
        if at >= self.ids.len() && !self.complete {
            return Effect::ReadAll(key.clone());
        }
        let at = at.min(self.ids.len().saturating_sub(1));
        if at != self.at {
            self.page_top = 0;
            self.done.clear();
        }
        self.at = at;
        self.scroll_to_selection();
        Effect::None
    }

    pub(super) fn scroll_to_selection(&mut self) {
        let height = self.list_height().max(1);
        if self.at < self.first {
            self.first = self.at;
        } else if self.at >= self.first + height {
            self.first = self.at + 1 - height;
        }
        // No empty lines below the last ticket while there are some above.
        self.first = self.first.min(self.ids.len().saturating_sub(height));
    }

    /// Drops the message, else the marks, else the filter.
    fn drop_something(&mut self, had_message: bool) -> Effect {
        if had_message {
            Effect::None
        } else if !self.marked.is_empty() {
            self.marked.clear();
            Effect::None
        } else if self.filter.is_empty() {
            Effect::None
        } else {
            Effect::Filter(String::new())
        }
    }

    fn mark(&mut self) -> Effect {
        let Some(id) = self.selected() else {
            return Effect::None;
        };
        if !self.marked.remove(&id) {
            self.marked.insert(id);
        }
        match self.mode {
            Mode::Page => Effect::None,
            Mode::List
            | Mode::Text { .. }
            | Mode::Asking(_)
            | Mode::Filter(_)
            | Mode::Command(_) => self.move_to(self.at + 1, &Key::Down),
        }
    }

    /// The tickets that a command is for: the marked ones in the order of the
    /// list, or else the selected one.
    pub(super) fn targets(&self) -> Vec<TicketId> {
        if self.marked.is_empty() {
            return self.selected().into_iter().collect();
        }
        let listed = self.ids.iter().filter(|id| self.marked.contains(id));
        let mut targets: Vec<TicketId> = listed.copied().collect();
        // One may have left the list since it was marked.
        let left = self.marked.iter().filter(|id| !self.ids.contains(id));
        targets.extend(left.copied());
        targets
    }

    fn act(&mut self, action: Action) -> Effect {
        let mut ids = self.targets();
        // What was just done is undone, although the selection went on.
        if action == Action::Undo && self.marked.is_empty() && !self.done.is_empty() {
            ids = std::mem::take(&mut self.done);
        }
        if ids.is_empty() {
            self.message = Some(Message::note("no ticket is selected"));
            return Effect::None;
        }
        Effect::Prepare(action, ids)
    }

    fn view(&mut self, digit: char) -> Effect {
        let at = digit.to_digit(10).map_or(0, |n| n as usize - 1);
        let Some(name) = self.views.get(at) else {
            let told = format!("no saved view {digit}; save one under [views] in the user file");
            self.message = Some(Message::note(&told));
            return Effect::None;
        };
        let filter = format!("@{name}");
        Effect::Filter(if self.filter == filter {
            String::new()
        } else {
            filter
        })
    }

    /// Does what the message offered.
    fn take_offer(&mut self, offered: Option<Message>) -> Effect {
        let Some(message) = offered else {
            return Effect::None;
        };
        if let Some(action) = message.offered_action() {
            return self.act(action);
        }
        if let Some(command) = message.offered_command() {
            self.mode = Mode::Command(TextLine::new(command));
            return Effect::Verbs;
        }
        self.show_text(message.whole);
        Effect::None
    }
}

/// Where a text of so many lines is scrolled to by a key; `None` for another key.
fn scrolled(key: &Key, top: usize, lines: usize, height: usize) -> Option<usize> {
    let last = lines.saturating_sub(height);
    let half = (height / 2).max(1);
    let next = match key {
        Key::Char('j') | Key::Down => top + 1,
        Key::Char('k') | Key::Up => top.saturating_sub(1),
        Key::Ctrl('d') | Key::PageDown => top + half,
        Key::Ctrl('u') | Key::PageUp => top.saturating_sub(half),
        Key::Char('g') | Key::Home => 0,
        Key::Char('G') | Key::End => last,
        Key::Char(_)
        | Key::Ctrl(_)
        | Key::Enter
        | Key::Tab
        | Key::Escape
        | Key::Backspace
        | Key::Delete
        | Key::Left
        | Key::Right
        | Key::Paste(_) => return None,
    };
    Some(next.min(last))
}

/// The width of the keys in their table.
const KEYS_WIDTH: usize = 16;

/// The width below which the table of keys has no commands.
const NARROW: u16 = 60;

/// The table of keys, with the saved views.
fn key_lines(views: &[String], width: u16) -> Vec<StyledLine> {
    let plain = |text: String| (Style::Plain, text);
    let mut lines = vec![vec![(Style::Bold, "Keys".to_owned())], Vec::new()];
    for help in KEYS {
        if width < NARROW {
            let room = usize::from(width).saturating_sub(KEYS_WIDTH);
            let lines_of_key = safe_lines(help.does, Some(room));
            for (at, does) in lines_of_key.into_iter().enumerate() {
                let keys = if at == 0 { help.keys } else { "" };
                lines.push(vec![(Style::Bold, format!("  {keys:<14}")), plain(does)]);
            }
            continue;
        }
        lines.push(vec![
            (Style::Bold, format!("  {:<14}", help.keys)),
            plain(format!("{:<36}", help.does)),
            (Style::Dim, help.runs.to_owned()),
        ]);
    }
    if !views.is_empty() {
        lines.extend([
            Vec::new(),
            vec![(Style::Bold, "Views".to_owned())],
            Vec::new(),
        ]);
    }
    for (name, digit) in views.iter().zip(1..) {
        let name = safe_line(name);
        lines.push(vec![
            (Style::Bold, format!("  {digit:<14}")),
            plain(format!("@{name}")),
        ]);
    }
    lines
}
