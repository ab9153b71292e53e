//! How clocks were calculated, as a page: interval by interval with the running
//! sum, so that it can be checked by hand.

use chrono::{TimeDelta, Timelike};

use super::Output;
use super::options::RenderOptions;
use super::printer::Printer;
use super::published::sla_explanation as published;
use super::published::sla_explanation::{holiday, reason};
use super::style::page_writer::PageWriter;
use super::style::palette::{self, Style};
use super::style::table_layout::{Cell, TableLayout};
use super::style::untrusted;
use crate::domain::Timestamp;
use crate::domain::breach::terms::Within;
use crate::domain::read_models::{NotificationExplanation, SlaExplanation};
use crate::domain::sla::clock::DisplayState;
use crate::domain::sla::explanation::{
    ClockExplanation, ExplainedInterval, PromiseStep, Reason, TargetAssignment,
};
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::ClockName;
use crate::error::Error;

/// How the clocks of tickets were calculated.
pub(crate) struct SlaExplanations(pub(crate) Vec<SlaExplanation>);

impl SlaExplanations {
    fn published(&self) -> impl Iterator<Item = published::SlaExplanation<'_>> {
        self.0.iter().map(Into::into)
    }
}

impl Output for SlaExplanations {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.paragraphs(self.0.iter().map(|one| page(one, to.options)))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.one_or_list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let rows = self
            .published()
            .flat_map(|one| one.rows().collect::<Vec<_>>());
        to.records(&published::SlaExplanation::CSV_HEADINGS, rows)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids(self.0.iter().map(|one| one.summary.id))
    }
}

fn page(explanation: &SlaExplanation, options: &RenderOptions<'_>) -> String {
    let mut page = PageWriter::new(options);
    let row = &explanation.summary;
    let title = untrusted::line(&row.title);
    let id = Style::Bold.paint(&row.id.to_string(), options.color);
    page.line(&format!("{id} {title}"));
    let has_response = |clock: &ClockExplanation| clock.name == ClockName::Response;
    let imported = row.origin.is_some();
    let has_notifications = !explanation.notifications.is_empty();
    if has_notifications && explanation.clocks.is_empty() {
        // Only they were asked for, or nothing else has run.
    } else if imported && !explanation.clocks.iter().any(has_response) {
        page.line("response: no evidence, the imported log does not say when it was given");
    } else if explanation.clocks.is_empty() {
        page.line("no clock has run");
    }
    for explanation in &explanation.clocks {
        clock(explanation, &mut page);
    }
    for one in &explanation.notifications {
        notification(one, &mut page);
    }
    page.text
}

/// Writes how the time of a notification was calculated.
fn notification(one: &NotificationExplanation, page: &mut PageWriter<'_, '_>) {
    let options = page.options;
    let terms = &one.obligation.terms;
    let shown = one
        .clock
        .as_ref()
        .map_or(DisplayState::None, |(_, reading)| reading.display);
    let word = match shown {
        DisplayState::None | DisplayState::Cancelled => one.state.as_str(),
        DisplayState::Ok
        | DisplayState::AtRisk
        | DisplayState::Overdue
        | DisplayState::Paused
        | DisplayState::Met
        | DisplayState::Missed => palette::clock_word(shown),
    };
    let state = palette::clock_style(shown).paint(word, options.color);
    page.heading(&format!(
        "notification {}: {state}",
        untrusted::line(&terms.name())
    ));
    let basis = terms.basis.as_deref().unwrap_or("no basis given");
    let own = if terms.is_own_span {
        "; the span is our own"
    } else {
        ""
    };
    page.line(&format!(
        "  {}, to: {}{own}",
        untrusted::line(basis),
        terms.to
    ));
    for limit in &one.limits {
        let within = format!("{} from {}", limit.within, limit.trigger);
        let line = match (limit.started, limit.end) {
            (Some(from), Some(end)) => format!(
                "{within}: {} to {}",
                stamp(from, options.zone),
                stamp(end, options.zone)
            ),
            (_, _) => format!("{within}: not begun"),
        };
        page.line(&format!("  {}", untrusted::line(&line)));
        if let Within::Months(_) = limit.within {
            page.line(&format!("  months are counted in {}", terms.zone.name()));
        }
    }
    if one.limits.len() > 1 {
        page.line("  the earliest end counts");
    }
    let Some((clock, reading)) = &one.clock else {
        return;
    };
    page.line(&format!(
        "  it runs around the clock and is never paused; times in {}",
        options.zone.name()
    ));
    let left = match reading.is_late() {
        true => format!("over by {}", exact(reading.remaining)),
        false => format!("{} left", exact(reading.remaining)),
    };
    page.line(&format!(
        "  used {} of {}, {left}",
        exact(reading.used),
        exact(clock.target.span)
    ));
    if let Some(due) = reading.due {
        page.line(&format!("  due {}", stamp(due, options.zone)));
    }
    if let Some(stopped) = reading.stopped {
        page.line(&format!(
            "  ended {}, {}",
            stamp(stopped, options.zone),
            one.state.as_str()
        ));
    }
}

fn clock(explanation: &ClockExplanation, page: &mut PageWriter<'_, '_>) {
    let options = page.options;
    let (clock, reading) = (&explanation.clock, &explanation.reading);
    let state = palette::clock_word(reading.display);
    let state = palette::clock_style(reading.display).paint(state, options.color);
    page.heading(&format!("{}: {state}", explanation.name));
    for assignment in &explanation.targets {
        let target = target(assignment, explanation.name, options);
        page.line(&format!("  {target}"));
    }
    for step in &explanation.promises {
        let step = promise_step(step, options);
        page.hanging("  ", &step, Style::Plain);
    }
    let mut calendar = untrusted::line(&clock.target.calendar).into_owned();
    if let Some(plan) = clock.target.calendar(options.policy).definition() {
        calendar += &format!(" ({})", plan.zone.name());
    }
    page.line(&format!("  {}  starts", stamp(clock.started, options.zone)));
    let zone = options.zone.name();
    page.line(&match clock.promised {
        true => format!("  promised by hand: every second counts, pauses too; times in {zone}"),
        false => format!("  counted on calendar {calendar}; times in {zone}"),
    });
    if !explanation.intervals.is_empty() {
        intervals(explanation, page);
    }
    for line in conclusion(explanation, options) {
        page.line(&format!("  {line}"));
    }
}

fn intervals(explanation: &ClockExplanation, page: &mut PageWriter<'_, '_>) {
    let options = page.options;
    let usual = options.zone.offset_s(explanation.clock.started);
    let rows = explanation.intervals.iter();
    let cells: Vec<Vec<Cell>> = rows.map(|line| cells(line, usual, options)).collect();
    let headings = ["FROM", "TO", "", "COUNTED", "SUM", ""];
    let layout = TableLayout::new(headings).right([3, 4]).indent("  ");
    page.table(layout, &cells);
}

/// `Mon 2026-03-02 09:04 +01:00  promised by anna by Fri 2026-03-06 12:00 +01:00:
/// the spare part comes on Friday`.
fn promise_step(step: &PromiseStep, options: &RenderOptions<'_>) -> String {
    let by = untrusted::line(step.by.as_str());
    let what = match step.due {
        Some(due) => format!("due {}, promised by {by}", stamp(due, options.zone)),
        None => format!("promise withdrawn by {by}"),
    };
    let reason = untrusted::line(&step.reason);
    format!("{}  {what}: {reason}", stamp(step.at, options.zone))
}

/// `Mon 2026-03-02 09:04 +01:00  target 8:00:00 on office, policy 3 for P2`.
fn target(assignment: &TargetAssignment, clock: ClockName, options: &RenderOptions<'_>) -> String {
    let assigned = &assignment.target;
    let of = match (&assignment.conditions, assigned.policy_version) {
        (Some(target), version) => format!("policy {version} for {}", untrusted::line(target)),
        (None, version) => format!("policy {version}"),
    };
    let cadence = assigned
        .cadence
        .map(|every| {
            let days = assigned.cadence_days.map(WorkingSpan::Days);
            let every = days.map_or_else(|| exact(every), |days| days.to_string());
            format!(", updates every {every}")
        })
        .unwrap_or_default();
    let span = match assigned.days.map(WorkingSpan::Days) {
        None => exact(assigned.span),
        Some(days) => {
            let end = if assigned.end_of_day {
                " to the end of the day"
            } else {
                ""
            };
            // A clock that starts again has another span at each start.
            let here = if clock.definition().is_repeating() {
                String::new()
            } else {
                format!(", here {},", exact(assigned.span))
            };
            format!("{days}{end}{here}")
        }
    };
    format!(
        "{}  target {} on {}{cadence}, {of}",
        stamp(assignment.at, options.zone),
        span,
        untrusted::line(&assigned.calendar),
    )
}

/// The cells of an interval. The offset from UTC is shown if it differs from
/// `usual`, the offset at the start of the clock.
fn cells(line: &ExplainedInterval, usual: i32, options: &RenderOptions<'_>) -> Vec<Cell> {
    let why = match holiday(&line.reason) {
        Some(name) => format!("holiday {}", untrusted::line(name)),
        None => reason(&line.reason).to_owned(),
    };
    let style = match line.reason {
        Reason::Counted => Style::Plain,
        Reason::Paused | Reason::Suspended => Style::Info,
        Reason::Closed | Reason::Holiday(_) | Reason::Break | Reason::Stopped => Style::Dim,
    };
    let counted = if line.reason == Reason::Counted {
        exact(line.counted)
    } else {
        "-".to_owned()
    };
    let mut notes = Vec::new();
    if line.paused > TimeDelta::zero() {
        notes.push(format!("open {}", exact(line.paused)));
    }
    if line.ahead {
        notes.push("ahead".to_owned());
    }
    if line.due {
        notes.push("then due".to_owned());
    }
    vec![
        Cell::plain(start(line.from, usual, options.zone)),
        Cell::plain(end(line.from, line.to, options.zone)),
        Cell::new(why, style),
        Cell::plain(counted),
        Cell::plain(exact(line.total)),
        Cell::new(notes.join(", "), Style::Dim),
    ]
}

/// The sum, the rest of the target, and the resulting due time.
fn conclusion(explanation: &ClockExplanation, options: &RenderOptions<'_>) -> Vec<String> {
    let (clock, reading) = (&explanation.clock, &explanation.reading);
    let target = clock.target.span;
    let mut lines = vec![format!(
        "used {} of {}: {}",
        exact(reading.used),
        exact(target),
        if reading.is_late() {
            format!("over by {}", exact(reading.remaining))
        } else {
            format!("{} left", exact(reading.remaining))
        }
    )];
    match (reading.due, reading.stopped) {
        (Some(due), Some(stopped)) => lines.push(format!(
            "stopped {}, due was {}",
            stamp(stopped, options.zone),
            stamp(due, options.zone)
        )),
        (Some(due), None) => lines.push(format!("due {}", stamp(due, options.zone))),
        (None, Some(stopped)) => lines.push(format!("ended {}", stamp(stopped, options.zone))),
        (None, None) => lines.push("not due while paused".to_owned()),
    }
    let set = explanation.targets.last().map(|last| last.target.span);
    if clock.target.end_of_day
        && !explanation.name.definition().is_repeating()
        && set != Some(target)
    {
        let moved = "after a pause the due time moved to the end of a day: the target is now";
        lines.push(format!("{moved} {}", exact(target)));
    }
    if clock.reclassified {
        lines.push("late at once because of a new target: reclassified".to_owned());
    }
    if let Some(due) = clock.relaxed {
        let due = stamp(due, options.zone);
        lines.push(format!("missed under an earlier target, at {due}: relaxed"));
    }
    lines
}

/// A time with everything needed to calculate by hand: weekday, date, seconds
/// if there are any, and the offset, which daylight saving changes.
fn stamp(at: Timestamp, zone: &Zone) -> String {
    format!(
        "{} {}",
        local(at, "%a %Y-%m-%d", zone),
        offset(zone.offset_s(at))
    )
}

/// The start of an interval, with its offset if it differs from `usual`.
fn start(at: Timestamp, usual: i32, zone: &Zone) -> String {
    let time = local(at, "%a %Y-%m-%d", zone);
    match zone.offset_s(at) {
        same if same == usual => time,
        other => format!("{time} {}", offset(other)),
    }
}

/// The end of an interval, with its date if it differs from that of the start.
fn end(from: Timestamp, to: Timestamp, zone: &Zone) -> String {
    let days = (zone.local_time(to).date() - zone.local_time(from).date()).num_days();
    let date = match days {
        0 => "",
        1..=6 => "%a",
        _ => "%Y-%m-%d",
    };
    local(to, date, zone)
}

/// A local time: the date in that format, and the time with seconds if there
/// are any.
fn local(at: Timestamp, date: &str, zone: &Zone) -> String {
    let time = match (at.timestamp_subsec_millis(), at.second()) {
        (0, 0) => "%H:%M",
        (0, _) => "%H:%M:%S",
        _ => "%H:%M:%S%.3f",
    };
    let format = format!("{date} {time}");
    zone.local_time(at).format(format.trim()).to_string()
}

/// An offset from UTC: `+01:00`.
fn offset(seconds: i32) -> String {
    let minutes = seconds / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A duration in hours, minutes and seconds, for adding up by hand.
fn exact(span: TimeDelta) -> String {
    let s = span.num_seconds().unsigned_abs();
    format!("{}:{:02}:{:02}", s / 3_600, s % 3_600 / 60, s % 60)
}
