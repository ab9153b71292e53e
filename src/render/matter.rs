//! What the desk says of itself: what a sweep did, the versions of the policy,
//! what a change of it moves, and how a clock was reckoned.

use std::io::Write;

use super::grid::{Cell, Grid};
use super::json::matter as published;
use super::json::value::At;
use super::style::{self, Tone};
use super::{
    Column, Format, RenderOptions, csv, finding, guide, ids, intake, joined, json, ledger, line,
    remark, report, untrusted, words,
};
use crate::domain::import_report::ImportReport;
use crate::domain::policy::versions::PolicyVersion;
use crate::domain::read_models::{
    KnownErrorEntry, PolicyCheck, PolicySet, SlaChange, SlaExplanation, TicketQuestion,
    TicketUpdate,
};
use crate::domain::report::Report;
use crate::domain::search::SearchResults;
use crate::domain::search::evaluation::Evaluation;
use crate::domain::search::similar::SimilarTickets;
use crate::domain::sla::clock::Clock;
use crate::error::Error;

/// Takes what a sweep did, one by one.
pub(crate) type Deeds<'s> = dyn FnMut(&TicketUpdate) -> Result<(), Error> + 's;

/// Hands over what a sweep did as it does it.
pub(crate) type Sweep<'a> = dyn FnOnce(&mut Deeds<'_>) -> Result<(), Error> + 'a;

/// Takes lines one by one.
pub(crate) type Lines<'s> = dyn FnMut(&str) -> Result<(), Error> + 's;

/// Hands over lines of JSON, without their ends.
pub(crate) type Export<'a> = dyn FnOnce(&mut Lines<'_>) -> Result<(), Error> + 'a;

/// Something that is no ticket.
pub(crate) enum Matter<'a> {
    /// What a sweep did: a line or an object each, told as it is done.
    Swept(Box<Sweep<'a>>),
    /// The versions of the policy.
    Editions(Vec<PolicyVersion>),
    /// The document of a version, printed as it is.
    Document {
        version: u32,
        text: String,
    },
    /// What is wrong or odd with a policy document.
    PolicyCheck(PolicyCheck),
    PolicySet(PolicySet),
    /// What a change of policy moves, or would move.
    Moves(Vec<SlaChange>),
    /// The reckoning of the clocks of tickets.
    Accounts(Vec<SlaExplanation>),
    /// How the desk did over a span of time.
    Report(Box<Report>),
    /// A whole store, a line each part, in every format.
    Exported(Box<Export<'a>>),
    /// What an import did.
    Imported(Box<ImportReport>),
    /// What a search found.
    Found(Box<SearchResults>),
    /// What a search found, as a plain list.
    Listed {
        found: Box<SearchResults>,
        columns: Vec<Column>,
        header: bool,
    },
    /// Tickets like another one.
    Similar(Box<SimilarTickets>),
    /// Which categories tickets like another one have.
    Suggested(Box<SimilarTickets>),
    /// How well questions with known answers were answered.
    Tried(Evaluation),
    /// The questions of the policy, as they stand for a ticket.
    Questions(Vec<TicketQuestion>),
    KnownErrors(Vec<KnownErrorEntry>),
}

pub(super) fn emit(
    matter: Matter<'_>,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    match matter {
        Matter::Swept(sweep) => swept(sweep, look, out),
        Matter::Editions(all) => editions(&all, look, out, err),
        Matter::Document { version, text } => match look.format {
            Format::Json | Format::Jsonl => json::object(
                &published::Document {
                    version,
                    text: &text,
                },
                look,
                out,
            ),
            Format::Csv | Format::Ids | Format::Table => Ok(out.write_all(text.as_bytes())?),
        },
        Matter::PolicyCheck(checked) => check(&checked, look, out, err),
        Matter::PolicySet(set) => policy_set(&set, look, out, err),
        Matter::Report(whole) => report::emit(&whole, look, out, err),
        Matter::Moves(moves) => moved(&moves, look, out, err),
        Matter::Exported(export) => export(&mut |line| json::verbatim(line, look, out)),
        Matter::Imported(intake) => intake::emit(&intake, look, out, err),
        Matter::Found(found) => finding::found(&found, look, out, err),
        Matter::Listed {
            found,
            columns,
            header,
        } => finding::listed(*found, columns, header, look, out, err),
        Matter::Similar(similar) => finding::similar(&similar, look, out, err),
        Matter::Suggested(similar) => finding::suggested(&similar, look, out, err),
        Matter::Tried(tried) => finding::tried(&tried, look, out),
        Matter::Questions(all) => guide::questions(&all, look, out, err),
        Matter::KnownErrors(all) => guide::known_errors(&all, look, out, err),
        Matter::Accounts(all) => match look.format {
            Format::Json | Format::Jsonl => {
                let all: Vec<_> = all.iter().map(published::Account::of).collect();
                json::one_or_all(&all, look, out)
            }
            Format::Csv => csv::rows(&ledger::HEADS, all.iter().flat_map(ledger::rows), out),
            Format::Ids => ids::all(all.iter().map(|one| one.summary.id), out),
            Format::Table => joined(all.iter().map(|one| ledger::page(one, look)), out),
        },
    }
}

const SWEPT: [&str; 8] = [
    "at", "id", "act", "clock", "percent", "to_tier", "assignee", "title",
];

fn swept(
    sweep: Box<Sweep<'_>>,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let mut first = true;
    sweep(&mut |done| {
        let deed = published::Swept::of(done);
        let lead = std::mem::take(&mut first);
        match look.format {
            Format::Json | Format::Jsonl => json::object(&deed, look, out)?,
            Format::Csv => {
                let heads: &[&str] = if lead { &SWEPT } else { &[] };
                csv::rows(heads, std::iter::once(deed.cells()), out)?;
            }
            Format::Ids => writeln!(out, "{}", done.after.id.0)?,
            Format::Table => {
                let at = done.events.first().map(|event| event.at);
                let at = at.map(|at| words::full(at, look.zone)).unwrap_or_default();
                let said = line::of(done, look);
                let title = untrusted::line(&done.after.title);
                let taken = untrusted::width(&at) + untrusted::width(&said) + 4;
                let room = look
                    .width
                    .map(|width| width.saturating_sub(taken).max(TITLE));
                let title = untrusted::cut(&title, room.unwrap_or(usize::MAX));
                let title = Tone::Quiet.paint(&title, look.color);
                writeln!(out, "{at}  {said}  {title}")?;
            }
        }
        // Whoever listens hears of each thing as it is done.
        Ok(out.flush()?)
    })
}

fn editions(
    all: &[PolicyVersion],
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    let published = all.iter().map(published::PolicyVersion::of);
    match look.format {
        Format::Json | Format::Jsonl => json::all(&published.collect::<Vec<_>>(), look, out),
        Format::Csv => {
            let heads = ["version", "at", "recorded_at", "author"];
            let row = |one: &PolicyVersion| {
                vec![
                    one.version.to_string(),
                    At(one.at).text(),
                    At(one.recorded).text(),
                    one.author.to_string(),
                ]
            };
            csv::rows(&heads, all.iter().map(row), out)
        }
        Format::Ids => {
            for one in all {
                writeln!(out, "{}", one.version)?;
            }
            Ok(())
        }
        Format::Table => {
            let rows: Vec<Vec<Cell>> = all
                .iter()
                .map(|one| {
                    vec![
                        Cell::plain(one.version.to_string()),
                        Cell::plain(words::full(one.at, look.zone)),
                        Cell::plain(untrusted::line(one.author.as_str()).into_owned()),
                    ]
                })
                .collect();
            if !rows.is_empty() {
                grid(&["VERSION", "SET", "BY"], &[true, false, false])
                    .write(&rows, look.color, out)?;
            }
            let none = "the built-in policy is in force; no other was ever set";
            remark(all.is_empty().then_some(none), look, out, err)
        }
    }
}

pub(super) fn grid(heads: &[&str], right: &[bool]) -> Grid {
    Grid {
        heads: Some(heads.iter().map(|head| (*head).to_owned()).collect()),
        right: right.to_vec(),
        floors: Vec::new(),
        indent: "",
    }
}

fn check(
    checked: &PolicyCheck,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    let remarks = || {
        let faults = checked.faults.iter().map(|remark| ("fault", remark));
        faults.chain(checked.notes.iter().map(|remark| ("note", remark)))
    };
    match look.format {
        Format::Json | Format::Jsonl => {
            json::object(&published::PolicyCheck::of(checked), look, out)
        }
        Format::Csv => {
            let heads = ["severity", "line", "key", "message"];
            let rows = remarks().map(|(severity, remark)| {
                vec![
                    severity.to_owned(),
                    remark.line.to_string(),
                    remark.key.clone(),
                    remark.message.clone(),
                ]
            });
            csv::rows(&heads, rows, out)
        }
        Format::Ids | Format::Table => {
            for (severity, remark) in remarks() {
                let tone = if severity == "fault" {
                    Tone::Bad
                } else {
                    Tone::Warning
                };
                let severity = tone.paint(severity, look.color);
                let remark = remark.to_string();
                writeln!(out, "{severity}: {}", untrusted::line(&remark))?;
            }
            let name = untrusted::line(&checked.name);
            let said = match checked.faults.len() as u64 {
                0 => format!("{name} is a valid policy"),
                n => format!(
                    "{name} has {}; nothing was changed",
                    words::plural(n, "fault")
                ),
            };
            remark(Some(&said), look, out, err)
        }
    }
}

fn policy_set(
    set: &PolicySet,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    match look.format {
        Format::Json | Format::Jsonl => json::object(&published::PolicySet::of(set), look, out),
        Format::Csv => {
            let row = vec![set.version.to_string(), set.changed.to_string()];
            csv::rows(&["version", "changed"], std::iter::once(row), out)
        }
        Format::Ids => Ok(writeln!(out, "{}", set.version)?),
        Format::Table => {
            let version = set.version;
            if set.changed && !look.quiet {
                writeln!(
                    out,
                    "policy version {version} is in force for promises made from now on"
                )?;
            } else if !look.quiet {
                writeln!(out, "unchanged: policy version {version} says the same")?;
            }
            for note in &set.notes {
                let note = format!("note: {note}");
                remark(Some(&untrusted::line(&note)), look, out, err)?;
            }
            let hint = "open tickets keep their promises; see what would change: desk policy apply --dry-run";
            remark(set.changed.then_some(hint), look, out, err)
        }
    }
}

const MOVES: [&str; 9] = [
    "id",
    "clock",
    "target_before_s",
    "target_after_s",
    "due_before",
    "due_after",
    "shows_before",
    "shows_after",
    "title",
];

fn moved(
    moves: &[SlaChange],
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    let published = moves
        .iter()
        .map(|one| published::Moved::of(one, look.now, look.policy));
    match look.format {
        Format::Json | Format::Jsonl => json::all(&published.collect::<Vec<_>>(), look, out),
        Format::Csv => csv::rows(&MOVES, published.flat_map(|one| one.cells()), out),
        Format::Ids => ids::all(moves.iter().map(|one| one.after.id), out),
        Format::Table => {
            let rows = moves.iter().flat_map(|one| move_rows(one, look));
            let mut rows: Vec<Vec<Cell>> = rows.collect();
            if !rows.is_empty() {
                let heads = ["ID", "CLOCK", "TARGET", "DUE", "NOW SHOWS", "TITLE"];
                cut_last(&mut rows, &heads, look);
                grid(&heads, &[true, false, false, false, false, false])
                    .write(&rows, look.color, out)?;
            }
            let said = match moves.len() as u64 {
                0 => "no open ticket's promises differ".to_owned(),
                n => format!("{} with other promises", words::plural(n, "open ticket")),
            };
            remark(Some(&said), look, out, err)
        }
    }
}

/// The least that a title is cut to.
const TITLE: usize = 12;

/// Cuts the last cells to what the others leave of the terminal's width.
pub(super) fn cut_last(rows: &mut [Vec<Cell>], heads: &[&str], look: &RenderOptions<'_>) {
    let (Some(width), Some((_, others))) = (look.width, heads.split_last()) else {
        return;
    };
    let column = |(at, head): (usize, &&str)| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(Cell::width);
        cells.max().unwrap_or(0).max(head.len()) + 2
    };
    let taken: usize = others.iter().enumerate().map(column).sum();
    let room = width.saturating_sub(taken).max(TITLE);
    for last in rows.iter_mut().filter_map(|row| row.last_mut()) {
        last.text = untrusted::cut(&last.text, room).into_owned();
    }
}

fn move_rows(one: &SlaChange, look: &RenderOptions<'_>) -> Vec<Vec<Cell>> {
    let change = |before: Option<String>, after: String| match before {
        Some(before) if before == after => after,
        Some(before) => format!("{before} -> {after}"),
        None => after,
    };
    let due = |clock: &Clock| match clock.due {
        Some(at) => words::moment(at, look.now, look.zone),
        None => "-".to_owned(),
    };
    let shows = |clock: &Clock| clock.display_state(look.now);
    let word = |clock: &Clock| style::word(shows(clock)).to_owned();
    one.clocks()
        .map(|(name, before, after)| {
            let target = |clock: &Clock| words::span(clock.target.span);
            vec![
                Cell::plain(one.after.id.0.to_string()),
                Cell::plain(name.as_str()),
                Cell::plain(change(before.map(target), target(after))),
                Cell::plain(change(before.map(due), due(after))),
                Cell::new(
                    change(before.map(word), word(after)),
                    style::tone(shows(after)),
                ),
                Cell::plain(untrusted::line(&one.after.title).into_owned()),
            ]
        })
        .collect()
}
