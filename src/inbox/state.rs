//! What the inbox shows, and what each key does to it. Whatever needs the store
//! or the terminal is an [`Effect`] for somebody else.

mod message;

pub(crate) use message::Message;

use std::collections::{BTreeMap, BTreeSet};

use super::asking::{Asking, Question, Step};
use super::command::{Input, Request, command_words, split_words};
use super::keys::{Action, KEYS};
use super::layout::Layout;
use super::text_line::TextLine;
use super::{Key, shown_command};
use crate::domain::event::TicketId;
use crate::output::{InboxRow, Style, StyledLine};

/// What somebody else has to do for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing but drawing.
    None,
    Quit,
    /// Stop the process, as Ctrl-Z does in a shell.
    Suspend,
    /// Draw everything, whatever is on the screen.
    Redraw,
    /// Read the numbers of all tickets of the list, then press the key again.
    ReadAll(Key),
    /// Find out what to ask before a command.
    Prepare(Action, Vec<TicketId>),
    Run(Request),
    /// List the tickets of this filter.
    Filter(String),
    /// Read which commands there are, for the command line.
    Verbs,
}

/// What keys mean at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mode {
    List,
    /// The page of the ticket on the whole screen.
    Page,
    /// A text on the whole screen.
    Text { lines: Vec<StyledLine>, top: usize },
    Asking(Asking),
    Filter(TextLine),
    Command(TextLine),
}

/// A command of desk, for the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VerbInfo {
    pub(crate) name: String,
    /// Whether its first argument names tickets.
    pub(crate) takes_tickets: bool,
}

/// The inbox.
#[derive(Debug, Clone)]
pub(crate) struct State {
    size: (u16, u16),
    /// The tickets of the list that were read, in order.
    ids: Vec<TicketId>,
    /// Whether these are all of them.
    complete: bool,
    /// How many there are, once somebody has counted.
    pub(crate) total: Option<u64>,
    /// The place of the selected ticket.
    at: usize,
    /// The first ticket on the screen.
    first: usize,
    pub(super) marked: BTreeSet<TicketId>,
    pub(super) rows: BTreeMap<TicketId, InboxRow>,
    /// The page of a ticket.
    page: Option<(TicketId, Vec<StyledLine>)>,
    page_top: usize,
    pub(super) mode: Mode,
    pub(super) message: Option<Message>,
    /// The words of the filter; none for all open tickets.
    filter: String,
    /// The names of the saved views, in the order of the digits.
    pub(crate) views: Vec<String>,
    verbs: Vec<VerbInfo>,
    /// The tickets of the last command, until another one is selected.
    done: Vec<TicketId>,
    /// What was typed after `:` the last time.
    last_command: String,
    /// Whether colours may be used.
    pub(super) color: bool,
}

impl State {
    pub(crate) fn new(filter: String, views: Vec<String>, color: bool) -> Self {
        Self {
            size: (0, 0),
            ids: Vec::new(),
            complete: false,
            total: None,
            at: 0,
            first: 0,
            marked: BTreeSet::new(),
            rows: BTreeMap::new(),
            page: None,
            page_top: 0,
            mode: Mode::List,
            message: None,
            filter,
            views,
            verbs: Vec::new(),
            done: Vec::new(),
            last_command: String::new(),
            color,
        }
    }

    // --- What it is about ---------------------------------------------------

    pub(crate) fn filter(&self) -> &str {
        &self.filter
    }

    pub(crate) fn ids(&self) -> &[TicketId] {
        &self.ids
    }

    pub(crate) const fn is_complete(&self) -> bool {
        self.complete
    }

    /// The selected ticket.
    pub(crate) fn selected(&self) -> Option<TicketId> {
        self.ids.get(self.at).copied()
    }

    /// The place of the selected ticket, from 0.
    pub(crate) const fn place(&self) -> usize {
        self.at
    }

    /// The tickets on the screen.
    pub(crate) fn visible(&self) -> &[TicketId] {
        let end = (self.first + self.list_height()).min(self.ids.len());
        &self.ids[self.first.min(end)..end]
    }

    pub(super) fn layout(&self) -> Option<Layout> {
        Layout::new(self.size.0, self.size.1)
    }

    pub(crate) const fn size(&self) -> (u16, u16) {
        self.size
    }

    fn list_height(&self) -> usize {
        self.layout().map_or(0, |layout| layout.list.height.into())
    }

    /// The width that a page is laid out for; `None` if no page is shown.
    pub(crate) fn page_width(&self) -> Option<u16> {
        let layout = self.layout()?;
        match self.mode {
            Mode::Page => Some(layout.whole.width),
            Mode::List
            | Mode::Text { .. }
            | Mode::Asking(_)
            | Mode::Filter(_)
            | Mode::Command(_) => layout.page.map(|page| page.width),
        }
    }

    /// The lines of the page that are shown, if it is that of the selection.
    pub(super) fn page_lines(&self) -> &[StyledLine] {
        match &self.page {
            Some((id, lines)) if Some(*id) == self.selected() => {
                &lines[self.page_top.min(lines.len())..]
            }
            Some(_) | None => &[],
        }
    }

    // --- What was read ------------------------------------------------------

    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
        self.scroll_to_selection();
    }

    /// Takes the numbers of a list that was read anew. The selected ticket stays
    /// selected; if it is not in the list any more, the one that has its place is.
    pub(crate) fn set_list(&mut self, ids: Vec<TicketId>, complete: bool) {
        let selected = self.selected();
        self.total = complete.then_some(ids.len() as u64);
        self.complete = complete;
        self.ids = ids;
        if let Some(id) = selected {
            self.select(id);
        }
        self.at = self.at.min(self.ids.len().saturating_sub(1));
        if complete {
            let known: BTreeSet<TicketId> = self.ids.iter().copied().collect();
            self.marked.retain(|id| known.contains(id));
        }
        self.scroll_to_selection();
    }

    /// Selects a ticket, if it is in the list.
    fn select(&mut self, id: TicketId) {
        if let Some(at) = self.ids.iter().position(|known| *known == id) {
            self.at = at;
            self.scroll_to_selection();
        }
    }

    /// The ticket after the selection that is none of these.
    pub(crate) fn next_after(&self, done: &[TicketId]) -> Option<TicketId> {
        let after = self.ids[self.at.min(self.ids.len())..].iter();
        let before = self.ids[..self.at.min(self.ids.len())].iter().rev();
        after.chain(before).find(|id| !done.contains(id)).copied()
    }

    /// Goes on after a command: to this ticket, without marks.
    pub(crate) fn go_on(&mut self, next: Option<TicketId>, done: &[TicketId]) {
        self.marked.clear();
        self.done = done.to_vec();
        if let Some(next) = next {
            self.select(next);
        }
        self.page_top = 0;
    }

    pub(crate) fn set_rows(&mut self, rows: Vec<InboxRow>) {
        self.rows = rows.into_iter().map(|row| (row.id, row)).collect();
    }

    /// Takes the page of a ticket, as it is now.
    pub(crate) fn set_page(&mut self, id: TicketId, lines: Vec<StyledLine>) {
        if self.page.as_ref().is_none_or(|(shown, _)| *shown != id) {
            self.page_top = 0;
        }
        self.page_top = self.page_top.min(lines.len().saturating_sub(1));
        self.page = Some((id, lines));
    }

    pub(crate) fn set_filter(&mut self, filter: String) {
        self.filter = filter;
        self.marked.clear();
        self.at = 0;
        self.first = 0;
        self.ids.clear();
    }

    pub(crate) fn say(&mut self, message: Message) {
        self.message = Some(message);
    }

    /// Shows a text on the whole screen.
    pub(crate) fn show_text(&mut self, lines: Vec<StyledLine>) {
        self.mode = Mode::Text { lines, top: 0 };
    }

    /// Asks the questions of a command, or runs it if there are none.
    pub(crate) fn ask(
        &mut self,
        action: Action,
        ids: Vec<TicketId>,
        questions: Vec<Question>,
    ) -> Effect {
        if questions.is_empty() {
            return Effect::Run(command_words(action, &ids, &[]));
        }
        self.mode = Mode::Asking(Asking::new(action, ids, questions));
        Effect::None
    }

    pub(crate) fn set_verbs(&mut self, verbs: Vec<VerbInfo>) {
        self.verbs = verbs;
    }

    // --- Keys ---------------------------------------------------------------

    pub(crate) fn on_key(&mut self, key: &Key) -> Effect {
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
                key => {
                    line.on_key(key);
                    Effect::None
                }
            },
            Mode::Command(_) => self.on_command_key(key),
        }
    }

    fn back_to_list(&mut self) -> Effect {
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
            Key::Char('?') => self.show_text(key_lines(&self.views)),
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

    fn scroll_to_selection(&mut self) {
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
    fn targets(&self) -> Vec<TicketId> {
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

    // --- The command line ---------------------------------------------------

    fn on_command_key(&mut self, key: &Key) -> Effect {
        let numbers = self.numbers();
        let Mode::Command(line) = &mut self.mode else {
            return Effect::None;
        };
        match key {
            Key::Escape | Key::Ctrl('c') => return self.back_to_list(),
            Key::Backspace if line.text().is_empty() => return self.back_to_list(),
            Key::Up => line.set(&self.last_command),
            Key::Tab => complete_verb(line, &self.verbs),
            Key::Enter => return self.run_line(),
            key => {
                line.on_key(key);
            }
        }
        // A command that takes tickets is run on the selection, visibly.
        let typed = line.text().to_owned();
        if key == &Key::Char(' ')
            && let Some(verb) = typed.strip_suffix(' ')
            && self.takes_tickets(verb)
            && let Some(numbers) = numbers
            && let Mode::Command(line) = &mut self.mode
        {
            line.insert(&format!("{numbers} "));
        }
        Effect::None
    }

    fn takes_tickets(&self, verb: &str) -> bool {
        let mut verbs = self.verbs.iter();
        verbs.any(|known| known.name == verb && known.takes_tickets)
    }

    /// The tickets that a command is for, as one argument.
    fn numbers(&self) -> Option<String> {
        let numbers: Vec<String> = self.targets().iter().map(|id| id.0.to_string()).collect();
        (!numbers.is_empty()).then(|| numbers.join(","))
    }

    fn run_line(&mut self) -> Effect {
        let Mode::Command(line) = &self.mode else {
            return Effect::None;
        };
        let typed = line.text().trim().to_owned();
        let typed = typed.strip_prefix("desk ").unwrap_or(&typed).to_owned();
        let mut words = match split_words(&typed) {
            Ok(words) => words,
            Err(quote) => {
                let told = format!("the quote {quote} is not closed");
                self.message = Some(Message::note(&told));
                return Effect::None;
            }
        };
        self.mode = Mode::List;
        self.last_command.clone_from(&typed);
        let verb = words.first().cloned().unwrap_or_default();
        if words.len() == 1
            && self.takes_tickets(&verb)
            && let Some(numbers) = self.numbers()
        {
            words.push(numbers);
        }
        if words.is_empty() {
            return Effect::None;
        }
        if verb == "inbox" {
            self.message = Some(Message::note("this is the inbox; / filters it"));
            return Effect::None;
        }
        Effect::Run(Request {
            words,
            input: Input::Prompts,
            ids: Vec::new(),
        })
    }

    /// What the status line says when there is nothing else to say.
    pub(super) fn summary(&self) -> String {
        let filter = match self.filter.as_str() {
            "" => "open tickets".to_owned(),
            filter => crate::output::safe_line(filter),
        };
        let total = match self.total {
            Some(total) => crate::output::number(total),
            None => "…".to_owned(),
        };
        let place = if self.ids.is_empty() { 0 } else { self.at + 1 };
        let mut text = format!("{filter} · {} of {total}", crate::output::number(place as u64));
        if !self.marked.is_empty() {
            text += &format!(" · {} marked", self.marked.len());
        }
        text
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

/// Completes the name of a command as far as it is the only one.
fn complete_verb(line: &mut TextLine, verbs: &[VerbInfo]) {
    let typed = line.text().to_owned();
    let fitting: Vec<&str> = verbs
        .iter()
        .map(|verb| verb.name.as_str())
        .filter(|name| name.starts_with(&typed))
        .collect();
    let Some(first) = fitting.first() else {
        return;
    };
    let common = |length: &usize| fitting.iter().all(|name| name[..*length] == first[..*length]);
    let shortest = fitting.iter().map(|name| name.len()).min().unwrap_or(0);
    let length = (typed.len()..=shortest).rev().find(common);
    line.set(&first[..length.unwrap_or(typed.len())]);
}

/// The table of keys, with the saved views.
fn key_lines(views: &[String]) -> Vec<StyledLine> {
    let plain = |text: String| (Style::Plain, text);
    let mut lines = vec![vec![(Style::Bold, "Keys".to_owned())], Vec::new()];
    for help in KEYS {
        lines.push(vec![
            (Style::Bold, format!("  {:<14}", help.keys)),
            plain(format!("{:<38} ", help.does)),
            (Style::Dim, help.runs.to_owned()),
        ]);
    }
    if !views.is_empty() {
        lines.extend([Vec::new(), vec![(Style::Bold, "Views".to_owned())], Vec::new()]);
    }
    for (name, digit) in views.iter().zip(1..) {
        let name = crate::output::safe_line(name);
        lines.push(vec![
            (Style::Bold, format!("  {digit:<14}")),
            plain(format!("@{name}")),
        ]);
    }
    lines
}

/// The command line that ran, and how it ended, for the status line.
pub(crate) fn told(words: &[String]) -> String {
    crate::output::safe_line(&shown_command(words))
}
