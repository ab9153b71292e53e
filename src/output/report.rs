//! A report: blocks of a row per group, with bars, and the published targets.
//! Calculates nothing.

mod chart;
mod page;

use chrono::TimeDelta;

use super::Output;
use super::printer::Printer;
use super::published::report as published;
use super::style::palette::Style;
use super::style::table_layout::{Cell, TableLayout, count, group_heading};
use super::style::{humanize, untrusted};
use crate::domain::people::{Agent, Tier};
use crate::domain::report::figures::{
    FIRST_RESPONSE, Figures, MEAN_RESOLUTION, Measure, Share, TargetFigures,
};
use crate::domain::report::{Distribution, Report};
use crate::domain::time::zone::Zone;
use crate::error::Error;

pub(crate) use page::report_page;

const GAP: usize = 2;
/// The length of a full bar, and of one where there is little room.
const BAR: usize = 10;
const SHORT_BAR: usize = 5;
/// Group names are not cut below this.
const MIN_NAME: usize = 8;

impl Output for Report {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.groups.is_empty() {
            return to.note("nothing happened in this time");
        }
        to.text(&format!("{}\n", title(self, to.options.zone)))?;
        block("Tickets", self, &volume(), to)?;
        measure_block("First response", Figures::response_targets, self, to)?;
        no_evidence(&self.total.response, to)?;
        measure_block("Resolution", Figures::resolution_targets, self, to)?;
        block("Quality", self, &quality(self), to)?;
        if !self.total.notifications.is_zero() {
            block("Notifications of breaches", self, &notifications(), to)?;
        }
        if !self.total.time_spent().is_zero() {
            block("Time spent", self, &time_spent(&self.total), to)?;
        }
        published_targets(&self.total, to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::Report::from(self))
    }

    /// Prints a row per group, and a last one for all.
    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let groups = self.groups.iter().map(|(group, figures)| {
            let name = group.name().unwrap_or_default();
            ("group", name, figures)
        });
        let all = std::iter::once(("all", String::new(), &self.total));
        let mut headings = Vec::new();
        let mut rows = Vec::new();
        for (scope, name, figures) in groups.chain(all) {
            let by = self.scope.by.as_str().to_owned();
            let mut cells = vec![("scope".to_owned(), scope.to_owned()), (by, name)];
            cells.extend(published::Figures::from(figures).cells());
            let (names, cells): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
            rows.push(cells);
            headings = names;
        }
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        to.records(&headings, rows)
    }
}

/// A column of a block: its heading and its cell for a group.
struct Column<'a> {
    heading: String,
    right: bool,
    cell: Box<dyn Fn(&Figures) -> Cell + 'a>,
}

/// Selects the response or the resolution target.
type SelectTarget = fn(&Figures) -> TargetFigures<'_>;

/// Selects elapsed or working time.
type SelectTime = fn(&Measure) -> &Distribution;

fn column<'a>(heading: &str, cell: impl Fn(&Figures) -> Cell + 'a) -> Column<'a> {
    Column {
        heading: heading.to_owned(),
        right: true,
        cell: Box::new(cell),
    }
}

/// The columns that count tickets.
fn volume() -> Vec<Column<'static>> {
    vec![
        column("OPENED", |f| count(f.opened, Style::Plain)),
        column("RESOLVED", |f| count(f.resolved, Style::Plain)),
        column("CLOSED", |f| count(f.closed, Style::Plain)),
        column("OPEN", |f| count(f.backlog.open, Style::Bold)),
        column("OVERDUE", |f| count(f.backlog.overdue, Style::Error)),
        column("MEDIAN AGE", |f| duration(f.backlog.age.median())),
        column("OLDEST", |f| duration(f.backlog.age.longest())),
    ]
}

/// The period of the report.
fn title(report: &Report, zone: &Zone) -> String {
    let scope = &report.scope;
    let time = |at| humanize::full_time(at, zone);
    let end = time(scope.end());
    let name = untrusted::line(zone.name());
    match scope.range.from {
        Some(from) => format!("{} until {end}, {name}", time(from)),
        None => format!("All time until {end}, {name}"),
    }
}

fn measure_block(
    name: &str,
    of: SelectTarget,
    report: &Report,
    to: &mut Printer<'_>,
) -> Result<(), Error> {
    let width = to.options.width.unwrap_or(usize::MAX);
    let fits = |columns: &[Column<'_>]| natural_width(report, columns) <= width;
    for bar in [BAR, SHORT_BAR] {
        let all = measured(of, bar, true);
        if fits(&all) {
            return block(name, report, &all, to);
        }
    }
    let mut columns = measured(of, BAR, false);
    if !fits(&columns) {
        columns = measured(of, SHORT_BAR, false);
    }
    let name = format!("{name}, elapsed (working time: with --json, or on a wider terminal)");
    block(&name, report, &columns, to)
}

/// Says how many tickets were imported without evidence of a first response.
fn no_evidence(response: &Measure, to: &mut Printer<'_>) -> Result<(), Error> {
    if response.without_evidence == 0 {
        return Ok(());
    }
    let tickets = humanize::plural(response.without_evidence, "imported ticket");
    to.text(&format!(
        "no evidence for {tickets}: the log has no first response\n"
    ))
}

/// The columns that say how targets were met.
fn measured(of: SelectTarget, bar: usize, working: bool) -> Vec<Column<'static>> {
    let mut columns = vec![
        column("MET", move |f| count(of(f).ended.met, Style::Plain)),
        column("MISSED", move |f| count(of(f).missed(), Style::Error)),
        column("LATE", move |f| count(of(f).open.missed, Style::Error)),
        column("RECL", move |f| count(of(f).reclassified(), Style::Warning)),
        column("NONE", move |f| {
            let none = of(f).ended.without_target + of(f).ended.without_evidence;
            count(none, Style::Plain)
        }),
        Column {
            right: false,
            ..column("SHARE MET", move |f| share(of(f).share_met(), bar))
        },
    ];
    let times: [(&str, SelectTime); 2] = [("", |m| &m.elapsed), ("WORKING ", |m| &m.working)];
    for (prefix, time) in times.into_iter().take(if working { 2 } else { 1 }) {
        let heading = |what: &str| format!("{prefix}{what}");
        let cell = |get: fn(&Distribution) -> Option<TimeDelta>| {
            move |f: &Figures| duration(get(time(of(f).ended)))
        };
        columns.extend([
            column(&heading("MEAN"), cell(Distribution::mean)),
            column(&heading("MEDIAN"), cell(Distribution::median)),
            column(&heading("P90"), cell(Distribution::p90)),
        ]);
    }
    columns
}

/// The columns of quality.
fn quality(report: &Report) -> Vec<Column<'_>> {
    let part = |share: Share| {
        let percent = share.percent();
        percent.map_or_else(Cell::none, |p| Cell::plain(format!("{p} %")))
    };
    let mut columns = vec![
        column("REOPENED", move |f| part(f.share_reopened())),
        column("FIRST LINE", move |f| part(f.share_first_line())),
    ];
    for step in report.total.escalations.keys() {
        let (from, to): &(Tier, Tier) = step;
        let heading = format!("{from}->{to}");
        columns.push(column(&untrusted::line(&heading), move |f| {
            count(f.escalations.get(step).copied().unwrap_or(0), Style::Plain)
        }));
    }
    columns.push(column("BACK", |f| count(f.handbacks, Style::Plain)));
    columns.push(column("RATED", |f| count(f.rated(), Style::Plain)));
    columns.push(column("RATING", |f| {
        rating(f).map_or_else(Cell::none, Cell::plain)
    }));
    columns
}

/// The columns of the notifications of breaches.
fn notifications<'a>() -> Vec<Column<'a>> {
    vec![
        column("IN TIME", |f| {
            count(f.notifications.in_time, Style::Success)
        }),
        column("LATE", |f| count(f.notifications.late, Style::Error)),
        column("NOT REQUIRED", |f| {
            count(f.notifications.not_required, Style::Plain)
        }),
        column("OPEN", |f| count(f.notifications.open, Style::Bold)),
        column("OVERDUE", |f| count(f.notifications.overdue, Style::Error)),
    ]
}

/// The time that was spent: of all, and of each agent, those with most first, as
/// many as a screen takes.
fn time_spent(total: &Figures) -> Vec<Column<'_>> {
    const MOST: usize = 6;
    let cell = |time: TimeDelta| match time.is_zero() {
        true => Cell::none(),
        false => Cell::plain(humanize::exact_duration(time)),
    };
    let mut agents: Vec<(&Agent, &TimeDelta)> = total.spent.iter().collect();
    agents.sort_by_key(|(agent, time)| (std::cmp::Reverse(**time), *agent));
    let mut columns = vec![column("ALL", move |f| cell(f.time_spent()))];
    columns.extend(agents.into_iter().take(MOST).map(|(agent, _)| {
        column(&untrusted::line(agent.as_str()), move |f| {
            cell(f.spent.get(agent).copied().unwrap_or_default())
        })
    }));
    columns
}

/// The mean rating to one digit.
fn rating(figures: &Figures) -> Option<String> {
    let tenths = figures.mean_rating().of_ten_thousand()?.saturating_add(500) / 1_000;
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

/// How the published targets were met.
fn published_targets(all: &Figures, to: &mut Printer<'_>) -> Result<(), Error> {
    let heading = Style::Bold.paint("Against the published targets", to.options.color);
    to.text(&format!("\n{heading}\n"))?;
    let mut rows = Vec::new();
    for max in FIRST_RESPONSE {
        let within = all.share_answered_within(max);
        let what = format!("first response within {}", humanize::duration(max));
        let (part, of) = (
            humanize::number(within.part),
            humanize::number(within.whole),
        );
        let counts = Cell::plain(format!("{part} of {of}"));
        rows.push(vec![Cell::plain(what), share(within, BAR), counts]);
    }
    let verdict = match all.keeps_mean() {
        Some(true) => Cell::new("✓ met", Style::Success),
        Some(false) => Cell::new("✗ not met", Style::Error),
        None => Cell::none(),
    };
    let mean = all.resolution.elapsed.mean().map(humanize::duration);
    let target = humanize::duration(MEAN_RESOLUTION);
    let mean = mean.map(|mean| format!("{mean} of {target}"));
    let mean = Cell::plain(mean.unwrap_or_else(|| "nothing resolved".to_owned()));
    rows.push(vec![Cell::plain("mean time to resolution"), verdict, mean]);
    to.rows(TableLayout::default(), &rows)
}

/// Prints a block: a row per group, and one for all if there are several.
fn block(
    name: &str,
    report: &Report,
    columns: &[Column<'_>],
    to: &mut Printer<'_>,
) -> Result<(), Error> {
    let width = to.options.width.unwrap_or(usize::MAX);
    let excess = natural_width(report, columns).saturating_sub(width);
    let room = names_width(report).saturating_sub(excess).max(MIN_NAME);
    let row = |name: &str, figures: &Figures| {
        let name = untrusted::line(name);
        let mut cells = vec![Cell::plain(untrusted::cut(&name, room))];
        cells.extend(columns.iter().map(|column| (column.cell)(figures)));
        cells
    };
    let mut rows: Vec<Vec<Cell>> = (report.groups.iter())
        .map(|(group, figures)| row(group.name().as_deref().unwrap_or("none"), figures))
        .collect();
    if rows.len() > 1 {
        rows.push(row("all", &report.total));
    }
    let by = group_heading(report.scope.by.as_str());
    let headings = std::iter::once(by).chain(columns.iter().map(|c| c.heading.clone()));
    let right = (1..).zip(columns).filter(|(_, column)| column.right);
    let layout = TableLayout::new(headings).right(right.map(|(i, _)| i));
    let name = Style::Bold.paint(name, to.options.color);
    to.text(&format!("\n{name}\n"))?;
    to.rows(layout, &rows)
}

/// The width of the column of group names.
fn names_width(report: &Report) -> usize {
    let names = report.groups.keys().filter_map(|group| group.name());
    let widths = names.map(|name| untrusted::width(&untrusted::line(&name)));
    let least = group_heading(report.scope.by.as_str())
        .len()
        .max("none".len());
    widths.fold(least, usize::max)
}

/// The width of a block if nothing is cut.
fn natural_width(report: &Report, columns: &[Column<'_>]) -> usize {
    let all = || report.groups.values().chain([&report.total]);
    let widths = columns.iter().map(|column| {
        let cells = all().map(|figures| (column.cell)(figures).width());
        cells.fold(untrusted::width(&column.heading), usize::max) + GAP
    });
    names_width(report) + widths.sum::<usize>()
}

fn duration(duration: Option<TimeDelta>) -> Cell {
    let text = duration.map(humanize::duration);
    text.map_or_else(Cell::none, Cell::plain)
}

/// A share as a bar and a percentage.
fn share(share: Share, length: usize) -> Cell {
    let Some(percent) = share.percent() else {
        return Cell::none();
    };
    let filled = usize::try_from(percent).unwrap_or(100) * length;
    let filled = (filled + 50) / 100;
    let bar = "█".repeat(filled) + &"░".repeat(length - filled);
    Cell::plain(format!("{bar} {percent:>3} %"))
}
