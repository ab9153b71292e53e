//! The inbox at work: reads, draws, waits, and does what keys ask for.

use std::collections::BTreeMap;
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGTERM};

use super::names::{verbs, view_names};
use super::questions::questions;
use super::reading::Reading;
use super::screen::{Event, Screen};
use super::telling::{fault_message, message};
use crate::cli::context::CommandContext;
use crate::cli::head_watch::HeadWatch;
use crate::cli::shell::{Asks, Finished};
use crate::cli::watch::Seen;
use crate::config::StoreUrl;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::read_models::TicketDetails;
use crate::domain::summary::Summary;
use crate::error::Error;
use crate::inbox::{Effect, Input, Key, Request, State};
use crate::output::{InboxRow, RenderOptions, safe_line, styled_lines, ticket_page_lines};
use crate::output_format::OutputFormat;

/// How often it is looked whether a file has changed, and a server.
const LOOK_AT_FILE: Duration = Duration::from_millis(500);
const LOOK_AT_SERVER: Duration = Duration::from_secs(2);

/// The exit code of a process that a signal ended.
fn signal_code(signal: i32) -> u8 {
    SIGNALLED + u8::try_from(signal).unwrap_or_default()
}

/// How long nothing is typed before tickets are counted.
const IDLE: Duration = Duration::from_millis(150);

/// What the exit code of a command that a signal ended is above the signal.
const SIGNALLED: u8 = 128;

/// The inbox, its screen aside.
pub(super) struct Session<'a> {
    ctx: &'a CommandContext<'a>,
    reading: Reading<'a>,
    watch: HeadWatch,
    state: State,
    /// The rows that were read.
    rows: BTreeMap<TicketId, Summary>,
    /// The page that was read.
    details: Option<TicketDetails>,
    /// What the page was laid out for: the ticket, the width and the minute.
    laid_out: Option<(TicketId, u16, i64)>,
}

impl<'a> Session<'a> {
    /// Reads the tickets of a filter.
    ///
    /// # Errors
    /// [`Error::Usage`] for a filter that is not understood; errors of the store.
    pub(super) fn new(
        ctx: &'a CommandContext<'a>,
        reading: Reading<'a>,
        filter: &str,
    ) -> Result<Self, Error> {
        let mut watch = ctx.shell.watch()?;
        watch.look();
        let views = view_names(ctx, &reading)?;
        let state = State::new(filter.to_owned(), views, ctx.config.color.value);
        let mut session = Self {
            ctx,
            reading,
            watch,
            state,
            rows: BTreeMap::new(),
            details: None,
            laid_out: None,
        };
        session.read_list(false)?;
        Ok(session)
    }

    /// Works until the agent quits, or a signal ends it. Returns the exit code.
    ///
    /// # Errors
    /// Errors of the terminal.
    pub(super) fn work(mut self) -> Result<u8, Error> {
        let mut screen = Screen::take()?;
        let (width, height) = screen.size();
        self.state.resize(width, height);
        let mut minute = minute(self.now());
        loop {
            self.read_shown();
            screen.draw(&self.state)?;
            let uncounted = self.state.total.is_none();
            let most = if uncounted {
                IDLE
            } else {
                self.until_next_look()
            };
            match screen.wait(most)? {
                Event::Keys(keys) => {
                    for key in keys {
                        let read_on = self.press(&key, &mut screen)?;
                        match read_on {
                            Then::Goes => {}
                            Then::ForgetsKeys => break,
                            Then::Quits(code) => return Ok(code),
                        }
                    }
                }
                event @ (Event::Resized | Event::Continued) => {
                    if event == Event::Continued {
                        // Whoever stopped it has the terminal as he likes it.
                        screen.enter()?;
                    } else {
                        screen.redraw()?;
                    }
                    let (width, height) = screen.size();
                    self.state.resize(width, height);
                }
                Event::Ended(signal) => return Ok(SIGNALLED + signal),
                Event::Nothing if uncounted => self.count(),
                Event::Nothing => {
                    if self.watch.look() == Seen::Changed {
                        self.refresh();
                    }
                    let now = self::minute(self.now());
                    if now != minute {
                        minute = now;
                        // A pause may have ended by itself.
                        self.refresh();
                    }
                }
            }
        }
    }

    fn now(&self) -> Timestamp {
        self.ctx.desk.now()
    }

    /// The time until the store is looked at, or until times look different.
    fn until_next_look(&self) -> Duration {
        let look = match self.ctx.config.db.value {
            StoreUrl::File(_) => LOOK_AT_FILE,
            StoreUrl::Postgres(_) => LOOK_AT_SERVER,
        };
        let into = self.now().timestamp_millis().rem_euclid(60_000);
        let left = u64::try_from(60_000 - into).unwrap_or(60_000);
        look.min(Duration::from_millis(left))
    }

    fn read_list(&mut self, all: bool) -> Result<(), Error> {
        let listed = self.reading.list(self.state.filter(), all)?;
        self.rows = listed.rows.into_iter().map(|row| (row.id, row)).collect();
        self.state.set_list(listed.ids, listed.complete);
        Ok(())
    }

    /// Reads the list and the page again.
    fn refresh(&mut self) {
        let all = self.state.is_complete();
        let deep = self.state.place() >= super::reading::FIRST as usize;
        if let Err(fault) = self.read_list(all && deep) {
            self.state.say(fault_message(&fault));
        }
        self.details = None;
    }

    fn count(&mut self) {
        match self.reading.count(self.state.filter()) {
            Ok(total) => self.state.total = Some(total),
            Err(fault) => {
                self.state.total = Some(self.state.ids().len() as u64);
                self.state.say(fault_message(&fault));
            }
        }
    }

    /// Reads what is to be shown and was not read yet, and lays it out.
    fn read_shown(&mut self) {
        let visible = self.state.visible().to_vec();
        let unread: Vec<TicketId> = visible
            .iter()
            .filter(|id| !self.rows.contains_key(id))
            .copied()
            .collect();
        if !unread.is_empty() {
            match self.reading.rows(&unread) {
                Ok(rows) => self.rows.extend(rows.into_iter().map(|row| (row.id, row))),
                Err(fault) => self.state.say(fault_message(&fault)),
            }
        }
        let rows = {
            let policies = self.reading.policies();
            let options = self.options(&policies, None);
            let shown = visible.iter().filter_map(|id| self.rows.get(id));
            shown.map(|row| InboxRow::new(row, &options)).collect()
        };
        self.state.set_rows(rows);
        self.read_page();
    }

    fn read_page(&mut self) {
        let (Some(id), Some(width)) = (self.state.selected(), self.state.page_width()) else {
            return;
        };
        if self
            .details
            .as_ref()
            .is_none_or(|page| page.ticket.id != id)
        {
            self.laid_out = None;
            match self.reading.details(id) {
                Ok(details) => self.details = Some(details),
                Err(fault) => {
                    self.details = None;
                    let told = safe_line(&fault.to_string());
                    self.state.set_page(id, styled_lines(&told));
                    return;
                }
            }
        }
        let wanted = (id, width, minute(self.now()));
        if self.laid_out == Some(wanted) {
            return;
        }
        let lines = self.details.as_ref().map(|page| {
            let policies = self.reading.policies();
            ticket_page_lines(page, &self.options(&policies, Some(width)))
        });
        if let Some(lines) = lines {
            self.state.set_page(id, lines);
            self.laid_out = Some(wanted);
        }
    }

    fn options<'o>(
        &'o self,
        policy: &'o crate::domain::policy::versions::PolicyHistory,
        width: Option<u16>,
    ) -> RenderOptions<'o> {
        RenderOptions {
            format: OutputFormat::Table,
            now: self.now(),
            zone: &self.ctx.config.zone.value,
            policy,
            color: self.ctx.config.color.value,
            width: width.map(usize::from),
            terminal: true,
            several: false,
            quiet: false,
        }
    }

    /// Does what a key asks for.
    fn press(&mut self, key: &Key, screen: &mut Screen) -> Result<Then, Error> {
        let mut effect = self.state.on_key(key);
        loop {
            effect = match effect {
                Effect::None => return Ok(Then::Goes),
                Effect::Quit => return Ok(Then::Quits(0)),
                Effect::Suspend => {
                    screen.suspend()?;
                    return Ok(Then::ForgetsKeys);
                }
                Effect::Redraw => {
                    screen.redraw()?;
                    let (width, height) = screen.size();
                    self.state.resize(width, height);
                    self.refresh();
                    return Ok(Then::Goes);
                }
                Effect::ReadAll(key) => {
                    if let Err(fault) = self.read_list(true) {
                        self.state.say(fault_message(&fault));
                        return Ok(Then::Goes);
                    }
                    self.state.on_key(&key)
                }
                Effect::Prepare(action, ids) => {
                    let asked = self.reading.with(|ctx| questions(ctx, action, &ids));
                    match asked {
                        Ok(questions) => self.state.ask(action, ids, questions),
                        Err(fault) => {
                            self.state.say(fault_message(&fault));
                            return Ok(Then::Goes);
                        }
                    }
                }
                Effect::Filter(filter) => {
                    self.filter(filter);
                    return Ok(Then::Goes);
                }
                Effect::Verbs => {
                    self.state.set_verbs(verbs(self.ctx));
                    return Ok(Then::Goes);
                }
                Effect::Run(request) => return self.run(&request, screen),
            };
        }
    }

    /// Lists the tickets of another filter; one that is not understood changes
    /// nothing.
    fn filter(&mut self, filter: String) {
        match self.reading.list(&filter, false) {
            Ok(listed) => {
                self.state.set_filter(filter);
                self.rows = listed.rows.into_iter().map(|row| (row.id, row)).collect();
                self.state.set_list(listed.ids, listed.complete);
            }
            Err(fault) => self.state.say(fault_message(&fault)),
        }
    }

    fn run(&mut self, request: &Request, screen: &mut Screen) -> Result<Then, Error> {
        let Request { words, input, ids } = request;
        let next = self.state.next_after(ids);
        let asks = match input {
            Input::Complete => Asks::Never,
            Input::Prompts => {
                screen.lend()?;
                Asks::IfNeeded
            }
            Input::Editor => {
                screen.leave();
                Asks::IfNeeded
            }
        };
        let finished = self.ctx.shell.run(words, asks, screen.size());
        if asks == Asks::IfNeeded {
            screen.forget_keys();
            screen.enter()?;
        }
        // Told to end while it waited for the editor or for an answer.
        if [SIGTERM, SIGHUP].map(signal_code).contains(&finished.code) {
            return Ok(Then::Quits(finished.code));
        }
        // What was just written is no news.
        self.watch.look();
        self.refresh();
        if finished.code == 0 && !ids.is_empty() {
            self.state.go_on(next, ids);
        }
        self.tell(words, ids, &finished);
        Ok(match asks {
            Asks::Never => Then::Goes,
            Asks::IfNeeded => Then::ForgetsKeys,
        })
    }

    /// Says how a command ended: in the status line, or on the whole screen if it
    /// printed more than that.
    fn tell(&mut self, words: &[String], ids: &[TicketId], finished: &Finished) {
        let message = message(words, ids, finished);
        if ids.is_empty() && finished.code == 0 && finished.out.lines().count() > 1 {
            self.state.show_text(message.whole);
        } else {
            self.state.say(message);
        }
    }
}

/// What becomes of the keys that were typed after one.
enum Then {
    Goes,
    /// They were typed before somebody else asked for something.
    ForgetsKeys,
    Quits(u8),
}

fn minute(now: Timestamp) -> i64 {
    now.timestamp().div_euclid(60)
}
