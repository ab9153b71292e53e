//! A report for people: blocks of a line a group, bars where they help the
//! eye, and how the published promise was kept. Reckons nothing.

use std::io::Write;

use chrono::TimeDelta;

use super::grid::{Cell, Grid};
use super::json::figures as published;
use super::style::Tone;
use super::{Format, RenderOptions, csv, json, remark, untrusted, words};
use crate::domain::people::Tier;
use crate::domain::report::figures::{FIRST_RESPONSE, Figures, MEAN_RESOLUTION, Measure, Share};
use crate::domain::report::{Distribution, Report};
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::Breakdown;
use crate::error::Error;

const GAP: usize = 2;
/// How long the bar of all is, and how long where there is little room.
const BAR: usize = 10;
const SHORT: usize = 5;
/// A name of a group is not cut below this.
const LEAST: usize = 8;

pub(super) fn emit(
    report: &Report,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    match look.format {
        Format::Json | Format::Jsonl => json::object(&published::Report::of(report), look, out),
        Format::Csv => sheet(report, out),
        Format::Table | Format::Ids => {
            if report.groups.is_empty() {
                return remark(Some("nothing happened in this time"), look, out, err);
            }
            told(report, look, out)
        }
    }
}

/// A row a group, and a last one for all.
fn sheet(report: &Report, out: &mut dyn Write) -> Result<(), Error> {
    let groups = report.groups.iter().map(|(group, figures)| {
        let name = group.name().unwrap_or_default();
        ("group", name, figures)
    });
    let all = std::iter::once(("all", String::new(), &report.total));
    let mut heads = Vec::new();
    let mut rows = Vec::new();
    for (scope, name, figures) in groups.chain(all) {
        let cells = published::Figures::of(figures).cells();
        let (names, mut cells): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
        cells.splice(0..0, [scope.to_owned(), name]);
        rows.push(cells);
        heads = names;
    }
    heads.splice(
        0..0,
        ["scope".to_owned(), report.scope.by.as_str().to_owned()],
    );
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    csv::rows(&heads, rows.into_iter(), out)
}

/// A column of a block: its heading, its cell for a group, and whether it holds
/// numbers.
pub(super) struct Column<'a> {
    pub(super) head: String,
    right: bool,
    pub(super) cell: Box<dyn Fn(&Figures) -> Cell + 'a>,
}

/// Picks one of the two promises.
pub(super) type Of = fn(&Figures) -> &Measure;

/// Picks one of the two times.
type Time = fn(&Measure) -> &Distribution;

fn column<'a>(head: &str, cell: impl Fn(&Figures) -> Cell + 'a) -> Column<'a> {
    Column {
        head: head.to_owned(),
        right: true,
        cell: Box::new(cell),
    }
}

fn told(report: &Report, look: &RenderOptions<'_>, out: &mut dyn Write) -> Result<(), Error> {
    writeln!(out, "{}", title(report, look.zone))?;
    block("Tickets", report, &volume(), look, out)?;
    let measures: [(&str, Of); 2] = [
        ("First response", |f| &f.response),
        ("Resolution", |f| &f.resolution),
    ];
    for (name, of) in measures {
        measure(name, of, report, look, out)?;
    }
    block("Quality", report, &quality(report), look, out)?;
    promise(&report.total, look, out)
}

/// How many tickets came, went and stayed.
pub(super) fn volume() -> Vec<Column<'static>> {
    vec![
        column("OPENED", |f| count(f.opened, Tone::Plain)),
        column("RESOLVED", |f| count(f.resolved, Tone::Plain)),
        column("CLOSED", |f| count(f.closed, Tone::Plain)),
        column("OPEN", |f| count(f.backlog.open, Tone::Strong)),
        column("LATE", |f| count(f.backlog.resolution_late, Tone::Bad)),
        column("MEDIAN AGE", |f| span(f.backlog.age.median())),
        column("OLDEST", |f| span(f.backlog.age.longest())),
    ]
}

/// What the report is of.
pub(super) fn title(report: &Report, zone: &Zone) -> String {
    let scope = &report.scope;
    let told = |at| words::full(at, zone);
    let end = told(scope.end());
    let zone = untrusted::line(zone.name()).into_owned();
    match scope.range.from {
        Some(from) => format!("{} until {end}, {zone}", told(from)),
        None => format!("All time until {end}, {zone}"),
    }
}

fn measure(
    name: &str,
    of: Of,
    report: &Report,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let columns = |bar, working| measured(of, bar, working);
    let width = look.width.unwrap_or(usize::MAX);
    let fits = |columns: &[Column<'_>]| natural(report, columns) <= width;
    let wide = columns(BAR, true);
    if fits(&wide) {
        return block(name, report, &wide, look, out);
    }
    let same = columns(BAR, false);
    let columns = if fits(&same) {
        same
    } else {
        columns(SHORT, false)
    };
    let name = format!("{name}, elapsed (working time: with --json, or on a wider terminal)");
    block(&name, report, &columns, look, out)
}

/// How a kind of promise was kept.
pub(super) fn measured(of: Of, bar: usize, working: bool) -> Vec<Column<'static>> {
    let mut columns = vec![
        column("MET", move |f| count(of(f).met, Tone::Plain)),
        column("MISSED", move |f| count(of(f).missed, Tone::Bad)),
        column("RECL", move |f| count(of(f).reclassified, Tone::Warning)),
        column("NONE", move |f| count(of(f).unpromised, Tone::Plain)),
        Column {
            right: false,
            ..column("SHARE MET", move |f| share(of(f).share_met(), bar))
        },
    ];
    let spreads: [(&str, Time); 2] = [("", |m| &m.elapsed), ("WORKING ", |m| &m.working)];
    for (lead, spread) in spreads.into_iter().take(if working { 2 } else { 1 }) {
        let head = |what: &str| format!("{lead}{what}");
        columns.push(column(&head("MEAN"), move |f| span(spread(of(f)).mean())));
        columns.push(column(&head("MEDIAN"), move |f| {
            span(spread(of(f)).median())
        }));
        columns.push(column(&head("P90"), move |f| span(spread(of(f)).p90())));
    }
    columns
}

pub(super) fn quality(report: &Report) -> Vec<Column<'_>> {
    let part = |share: Share| {
        let percent = share.percent();
        percent.map_or_else(none, |p| Cell::plain(format!("{p} %")))
    };
    let mut columns = vec![
        column("REOPENED", move |f| part(f.share_reopened())),
        column("FIRST LINE", move |f| part(f.share_first_line())),
    ];
    for step in report.total.escalations.keys() {
        let (from, to): &(Tier, Tier) = step;
        let head = format!("{from}->{to}");
        columns.push(column(&untrusted::line(&head), move |f| {
            count(f.escalations.get(step).copied().unwrap_or(0), Tone::Plain)
        }));
    }
    columns.push(column("BACK", |f| count(f.handbacks, Tone::Plain)));
    columns.push(column("RATED", |f| count(f.rated(), Tone::Plain)));
    columns.push(column("RATING", |f| {
        rating(f).map_or_else(none, Cell::plain)
    }));
    columns
}

/// The mean of the marks to one digit.
pub(super) fn rating(figures: &Figures) -> Option<String> {
    let tenths = figures.marks().of_ten_thousand()?.saturating_add(500) / 1_000;
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

/// How the published promise was kept.
fn promise(all: &Figures, look: &RenderOptions<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let head = Tone::Strong.paint("Against the published promise", look.color);
    writeln!(out, "\n{head}")?;
    let answered = all.response.elapsed.count();
    let mut rows = Vec::new();
    for most in FIRST_RESPONSE {
        let within = all.share_answered_within(most);
        let what = format!("first response within {}", words::span(most));
        let of = format!(
            "{} of {}",
            words::number(within.part),
            words::number(answered)
        );
        rows.push(vec![Cell::plain(what), share(within, BAR), Cell::plain(of)]);
    }
    let mean = all.resolution.elapsed.mean();
    let verdict = match all.keeps_mean() {
        Some(true) => Cell::new("✓ kept", Tone::Good),
        Some(false) => Cell::new("✗ not kept", Tone::Bad),
        None => none(),
    };
    let of = mean.map_or_else(
        || "nothing resolved".to_owned(),
        |mean| format!("{} of {}", words::span(mean), words::span(MEAN_RESOLUTION)),
    );
    let what = Cell::plain("mean time to resolution");
    rows.push(vec![what, verdict, Cell::plain(of)]);
    Ok(Grid::default().write(&rows, look.color, out)?)
}

/// Writes a block: a line a group, and one for all where there are several.
fn block(
    name: &str,
    report: &Report,
    columns: &[Column<'_>],
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let over = look
        .width
        .map_or(0, |width| natural(report, columns).saturating_sub(width));
    let room = names(report).saturating_sub(over).max(LEAST);
    let line = |name: &str, figures: &Figures| {
        let name = untrusted::line(name);
        let mut cells = vec![Cell::plain(untrusted::cut(&name, room))];
        cells.extend(columns.iter().map(|column| (column.cell)(figures)));
        cells
    };
    let mut rows: Vec<Vec<Cell>> = report
        .groups
        .iter()
        .map(|(group, figures)| line(group.name().as_deref().unwrap_or("none"), figures))
        .collect();
    if rows.len() > 1 {
        rows.push(line("all", &report.total));
    }
    let heads = std::iter::once(heading(report.scope.by).to_owned());
    let right = std::iter::once(false).chain(columns.iter().map(|column| column.right));
    let mut grid = Grid {
        right: right.collect(),
        heads: Some(
            heads
                .chain(columns.iter().map(|c| c.head.clone()))
                .collect(),
        ),
        ..Grid::default()
    };
    writeln!(out, "\n{}", Tone::Strong.paint(name, look.color))?;
    Ok(grid.write(&rows, look.color, out)?)
}

/// How wide the names of the groups are.
fn names(report: &Report) -> usize {
    let names = report.groups.keys().filter_map(|group| group.name());
    let widths = names.map(|name| untrusted::width(&untrusted::line(&name)));
    let least = untrusted::width(heading(report.scope.by)).max("none".len());
    widths.fold(least, usize::max)
}

/// How wide a block is if nothing is cut.
fn natural(report: &Report, columns: &[Column<'_>]) -> usize {
    let all = || report.groups.values().chain([&report.total]);
    let widths = columns.iter().map(|column| {
        let cells = all().map(|figures| (column.cell)(figures).width());
        cells.fold(untrusted::width(&column.head), usize::max) + GAP
    });
    names(report) + widths.sum::<usize>()
}

const fn heading(by: Breakdown) -> &'static str {
    match by {
        Breakdown::Priority => "PRIO",
        Breakdown::Tier => "TIER",
        Breakdown::Assignee => "ASSIGNEE",
        Breakdown::Category => "CATEGORY",
        Breakdown::Month => "MONTH",
        Breakdown::Channel => "CHANNEL",
        Breakdown::Kind => "KIND",
    }
}

fn count(n: u64, tone: Tone) -> Cell {
    let tone = if n == 0 { Tone::Quiet } else { tone };
    Cell::new(words::number(n), tone)
}

fn none() -> Cell {
    Cell::new("-", Tone::Quiet)
}

fn span(span: Option<TimeDelta>) -> Cell {
    span.map_or_else(none, |span| Cell::plain(words::span(span)))
}

/// A share as a bar and a number.
fn share(share: Share, length: usize) -> Cell {
    let Some(percent) = share.percent() else {
        return none();
    };
    let filled = usize::try_from(percent).unwrap_or(100) * length;
    let filled = (filled + 50) / 100;
    let bar = "█".repeat(filled) + &"░".repeat(length - filled);
    Cell::plain(format!("{bar} {percent:>3} %"))
}
