//! The inbox in lines: for screen readers, and for terminals that cannot move a
//! cursor. The keys are the same, each on a line of its own.

use std::io::{BufRead, Write};

use super::names::view_names;
use super::questions::questions;
use super::reading::Reading;
use super::telling::{fault_message, message};
use crate::cli::context::CommandContext;
use crate::cli::shell::Asks;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::policy::versions::PolicyHistory;
use crate::error::Error;
use crate::inbox::{
    Action, Answer, AnswerKind, Asking, IfEmpty, Input, KEYS, Message, Request, command_words,
    split_words,
};
use crate::output::{InboxRow, RenderOptions, StyledLine, safe_line, ticket_page_lines};
use crate::output_format::OutputFormat;

/// How many tickets are listed at once.
const LISTED: usize = 10;

const USAGE: &str = "type a number to show that ticket, Enter for the next one, a key with numbers \
                     to act (t 12), n for more, g for the list again, ? for help, q to quit";

/// Runs the inbox in lines.
///
/// # Errors
/// As the inbox on a screen.
pub(super) fn run(
    ctx: &CommandContext<'_>,
    reading: &Reading<'_>,
    filter: &str,
) -> Result<(), Error> {
    let mut lines = Lines {
        ctx,
        reading,
        filter: filter.to_owned(),
        views: view_names(ctx, reading)?,
        ids: Vec::new(),
        from: 0,
        shown: None,
    };
    lines.list()?;
    lines.print(USAGE)?;
    while let Some(line) = lines.ask("inbox> ")? {
        match lines.on_line(line.trim()) {
            Ok(Then::Goes) => {}
            Ok(Then::Quits) => break,
            Err(fault @ (Error::Output(_) | Error::Terminated { .. })) => return Err(fault),
            Err(fault) => lines.tell(&fault_message(&fault))?,
        }
    }
    Ok(())
}

enum Then {
    Goes,
    Quits,
}

struct Lines<'a> {
    ctx: &'a CommandContext<'a>,
    reading: &'a Reading<'a>,
    filter: String,
    views: Vec<String>,
    /// The tickets of the list that was read last.
    ids: Vec<TicketId>,
    /// The first one that was not shown yet.
    from: usize,
    /// The ticket that was shown last, which keys without a number are for.
    shown: Option<TicketId>,
}

impl Lines<'_> {
    fn print(&self, line: &str) -> Result<(), Error> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{line}")?;
        Ok(out.flush()?)
    }

    fn print_lines(&self, lines: &[StyledLine]) -> Result<(), Error> {
        let texts = lines.iter().map(|line| {
            let texts = line.iter().map(|(_, text)| text.as_str());
            texts.collect::<String>()
        });
        self.print(&texts.collect::<Vec<_>>().join("\n"))
    }

    /// Reads a line behind a prompt; `None` at the end of the input.
    fn ask(&self, prompt: &str) -> Result<Option<String>, Error> {
        let mut out = std::io::stdout().lock();
        write!(out, "{prompt}")?;
        out.flush()?;
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line)?;
        Ok((read > 0).then_some(line))
    }

    fn options<'o>(&'o self, now: Timestamp, policy: &'o PolicyHistory) -> RenderOptions<'o> {
        RenderOptions {
            format: OutputFormat::Table,
            now,
            zone: &self.ctx.config.zone.value,
            policy,
            color: false,
            width: self.ctx.config.size.map(|(width, _)| width),
            terminal: true,
            several: false,
            quiet: false,
        }
    }

    fn list(&mut self) -> Result<(), Error> {
        let listed = self.reading.list(&self.filter, true)?;
        self.ids = listed.ids;
        self.from = 0;
        let what = match self.filter.as_str() {
            "" => "open tickets".to_owned(),
            filter => safe_line(filter),
        };
        self.print(&format!("{what}: {}", self.ids.len()))?;
        self.more()
    }

    /// Prints the next tickets, numbered, the most urgent ones first.
    fn more(&mut self) -> Result<(), Error> {
        let end = (self.from + LISTED).min(self.ids.len());
        let page = &self.ids[self.from.min(end)..end];
        if page.is_empty() {
            let told = if self.ids.is_empty() {
                "nothing there"
            } else {
                "no more tickets"
            };
            return self.print(told);
        }
        let mut rows = self.reading.rows(page)?;
        rows.sort_by_key(|row| page.iter().position(|id| *id == row.id));
        let policies = self.reading.policies();
        let options = self.options(self.ctx.desk.now(), &policies);
        for row in &rows {
            self.print(&InboxRow::new(row, &options).spoken)?;
        }
        self.from = end;
        let left = self.ids.len() - end;
        if left > 0 {
            self.print(&format!("n: {left} more"))?;
        }
        Ok(())
    }

    fn show(&mut self, id: TicketId) -> Result<(), Error> {
        let details = self.reading.details(id)?;
        self.shown = Some(id);
        let policies = self.reading.policies();
        let options = self.options(self.ctx.desk.now(), &policies);
        self.print_lines(&ticket_page_lines(&details, &options))
    }

    fn on_line(&mut self, line: &str) -> Result<Then, Error> {
        let number = line.trim_start_matches('#').parse::<i64>();
        if let Ok(number) = number {
            // One digit may be a view as well; tickets come first.
            self.show(TicketId(number))?;
            return Ok(Then::Goes);
        }
        let key = line.chars().next();
        let rest = line
            .get(key.map_or(0, char::len_utf8)..)
            .unwrap_or_default()
            .trim();
        match (key, Action::of_key(key.unwrap_or_default())) {
            (None, _) => match self.next_ticket() {
                Some(id) => self.show(id)?,
                None => self.print("no more tickets")?,
            },
            (Some('q'), _) if rest.is_empty() => return Ok(Then::Quits),
            (Some('n'), _) if rest.is_empty() => self.more()?,
            (Some('g'), _) if rest.is_empty() => self.list()?,
            (Some('?'), _) => self.help()?,
            (Some('/'), _) => self.set_filter(rest.to_owned())?,
            (Some('@'), _) => self.set_filter(line.to_owned())?,
            (Some(':'), _) => self.command(rest)?,
            (Some(_), Some(action)) => self.act(action, rest)?,
            (Some(_), None) => {
                let told = format!("'{}' is not a key; ? lists them", safe_line(line));
                self.print(&told)?;
            }
        }
        Ok(Then::Goes)
    }

    /// The ticket after the one that was shown last.
    fn next_ticket(&self) -> Option<TicketId> {
        let at = self.ids.iter().position(|id| Some(*id) == self.shown);
        self.ids.get(at.map_or(0, |at| at + 1)).copied()
    }

    fn set_filter(&mut self, filter: String) -> Result<(), Error> {
        let before = std::mem::replace(&mut self.filter, filter);
        let listed = self.list();
        if listed.is_err() {
            self.filter = before;
        }
        listed
    }

    fn help(&self) -> Result<(), Error> {
        self.print(USAGE)?;
        for help in KEYS.iter().filter(|help| !help.runs.is_empty()) {
            self.print(&format!("{}: {}: {}", help.keys, help.does, help.runs))?;
        }
        for name in &self.views {
            self.print(&format!("@{}: saved view", safe_line(name)))?;
        }
        Ok(())
    }

    /// Runs the command of a key on the tickets after it, or on the one that was
    /// shown last.
    fn act(&mut self, action: Action, numbers: &str) -> Result<(), Error> {
        let typed = numbers.split([',', ' ']).filter(|word| !word.is_empty());
        let ids: Result<Vec<i64>, _> = typed
            .map(|word| word.trim_start_matches('#').parse())
            .collect();
        let mut ids: Vec<TicketId> = match ids {
            Ok(ids) => ids.into_iter().map(TicketId).collect(),
            Err(_) => {
                return self.print(&format!(
                    "'{}' is not a ticket number; type the key and numbers: t 12,14",
                    safe_line(numbers)
                ));
            }
        };
        if ids.is_empty() {
            ids.extend(self.shown);
        }
        if ids.is_empty() {
            return self.print("which ticket? type the key and a number: t 12");
        }
        let asked = self.reading.with(|ctx| questions(ctx, action, &ids))?;
        let mut asking = Asking::new(action, ids, asked);
        while asking.question().is_some() {
            match self.answer(&asking)? {
                Some(answer) => asking.answer(answer),
                None => return self.print("left out; nothing was changed"),
            };
        }
        let request = command_words(action, &asking.ids, &asking.answers);
        self.run(&request)
    }

    /// Asks a question; `None` if nothing was answered.
    fn answer(&self, asking: &Asking) -> Result<Option<Answer>, Error> {
        let Some(question) = asking.question() else {
            return Ok(None);
        };
        for (choice, number) in question.choices.iter().zip(1..) {
            let about = match choice.about.as_str() {
                "" => String::new(),
                about => format!(", {}", safe_line(about)),
            };
            let now = match question.present {
                Some(at) if at + 1 == number => ", as it is now",
                Some(_) | None => "",
            };
            self.print(&format!(
                "{number}. {}{about}{now}",
                safe_line(&choice.value)
            ))?;
        }
        let how = match question.kind {
            AnswerKind::Letter | AnswerKind::Listed => " (number or word)",
            AnswerKind::Open if question.choices.is_empty() => "",
            AnswerKind::Open => " (number or another one)",
            AnswerKind::Text(IfEmpty::Editor) => " (Enter: in the editor)",
            AnswerKind::Text(IfEmpty::Skip) => "",
        };
        let prompt = format!("{}{how}: ", safe_line(&question.what));
        loop {
            let Some(typed) = self.ask(&prompt)? else {
                return Ok(None);
            };
            let typed = typed.trim();
            if let AnswerKind::Text(empty) = question.kind {
                return Ok(Some(match (typed, empty) {
                    ("", IfEmpty::Skip) => Answer::Skipped,
                    ("", IfEmpty::Editor) => Answer::Editor,
                    ("-", _) => return Ok(None),
                    (text, _) => Answer::Value(text.to_owned()),
                }));
            }
            // Tickets are numbers themselves, and are not counted.
            let is_ticket = asking.action == Action::Merge;
            let number = typed.parse::<usize>().ok().filter(|_| !is_ticket);
            let place = match (typed, number) {
                ("", _) => match question.present {
                    Some(at) => Some(at),
                    None => return Ok(None),
                },
                (_, Some(number)) => number.checked_sub(1),
                (word, None) => {
                    let begins = |value: &str| value.to_lowercase().starts_with(word);
                    let mut fitting = (0..question.choices.len())
                        .filter(|at| begins(&question.choices[*at].value));
                    match (fitting.next(), fitting.next()) {
                        (Some(only), None) if question.kind != AnswerKind::Open => Some(only),
                        _ => None,
                    }
                }
            };
            if let Some(choice) = place.and_then(|at| question.choices.get(at)) {
                return Ok(Some(Answer::Value(choice.value.clone())));
            }
            if question.kind == AnswerKind::Open && number.is_none() {
                return Ok(Some(Answer::Value(typed.to_owned())));
            }
            self.print(&format!("'{}' is none of these", safe_line(typed)))?;
        }
    }

    fn command(&mut self, line: &str) -> Result<(), Error> {
        let line = line.strip_prefix("desk ").unwrap_or(line);
        let words = match split_words(line) {
            Ok(words) => words,
            Err(quote) => return self.print(&format!("the quote {quote} is not closed")),
        };
        if words.is_empty() || words[0] == "inbox" {
            return self.print("type a command of desk after the colon, such as :show 12");
        }
        self.run(&Request {
            words,
            input: Input::Prompts,
            ids: Vec::new(),
        })
    }

    fn run(&mut self, request: &Request) -> Result<(), Error> {
        let Request { words, input, ids } = request;
        let asks = match input {
            Input::Complete => Asks::Never,
            Input::Prompts | Input::Editor => Asks::IfNeeded,
        };
        let size = self.ctx.config.size.unwrap_or((80, 24));
        let size = (
            u16::try_from(size.0).unwrap_or(u16::MAX),
            u16::try_from(size.1).unwrap_or(u16::MAX),
        );
        let finished = self.ctx.shell.run(words, asks, size);
        self.tell(&message(words, ids, &finished))?;
        // The list is another one now; what was done is in it where it belongs.
        self.ids = self.reading.list(&self.filter, true)?.ids;
        self.from = 0;
        Ok(())
    }

    fn tell(&self, message: &Message) -> Result<(), Error> {
        if !message.command.is_empty() {
            self.print(&message.command)?;
        }
        self.print_lines(&message.whole)
    }
}
