//! What the inbox shows, and what each key does to it. Whatever needs the store
//! or the terminal is an [`Effect`] for somebody else.

mod command_line;
mod key_press;
mod message;

pub(crate) use command_line::VerbInfo;
pub(crate) use message::Message;

use std::collections::{BTreeMap, BTreeSet};

use super::asking::{Asking, Question};
use super::command::{Request, command_words};
use super::keys::Action;
use super::layout::Layout;
use super::text_line::TextLine;
use super::{Key, shown_command};
use crate::domain::event::TicketId;
use crate::output::{InboxRow, StyledLine, number, safe_line};

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
    Text {
        lines: Vec<StyledLine>,
        top: usize,
    },
    Asking(Asking),
    Filter(TextLine),
    Command(TextLine),
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
    /// The rest of the last answer, which is no key.
    rest: String,
    /// What was last typed for a command that has not been done yet.
    attempt: Option<Asking>,
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
            rest: String::new(),
            attempt: None,
            last_command: String::new(),
            color,
        }
    }

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
        self.attempt = None;
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
        let mut asking = Asking::new(action, ids, questions);
        // What was typed survives a refusal.
        if let Some(before) = self.attempt.take() {
            asking.resume(&before);
        }
        self.mode = Mode::Asking(asking);
        Effect::None
    }

    pub(crate) fn set_verbs(&mut self, verbs: Vec<VerbInfo>) {
        self.verbs = verbs;
    }

    /// What the status line says when there is nothing else to say.
    pub(super) fn summary(&self) -> String {
        let filter = match self.filter.as_str() {
            "" => "open tickets".to_owned(),
            filter => safe_line(filter),
        };
        let total = match self.total {
            Some(total) => number(total),
            None => "…".to_owned(),
        };
        let place = if self.ids.is_empty() { 0 } else { self.at + 1 };
        let mut text = format!("{filter} · {} of {total}", number(place as u64));
        if !self.marked.is_empty() {
            text += &format!(" · {} marked", self.marked.len());
        }
        text
    }
}

/// The command line that ran, and how it ended, for the status line.
pub(crate) fn told(words: &[String]) -> String {
    safe_line(&shown_command(words))
}
