//! The reckoning of clocks as a page: line by line, with the running sum, so
//! that anybody can check it by hand.

use chrono::{TimeDelta, Timelike};

use super::grid::{Cell, Grid};
use super::json::value::{At, Seconds};
use super::sheet::Sheet;
use super::style::{self, Tone};
use super::{RenderOptions, untrusted};
use crate::domain::Timestamp;
use crate::domain::read_models::SlaExplanation;
use crate::domain::sla::explanation::{
    ClockExplanation, ExplainedInterval, Reason, TargetAssignment,
};
use crate::domain::time::zone::Zone;

/// The columns of the reckoning as CSV.
pub(super) const HEADS: [&str; 10] = [
    "id",
    "clock",
    "from",
    "to",
    "why",
    "holiday",
    "counted_s",
    "total_s",
    "due",
    "ahead",
];

/// The word for why a stretch counted or did not.
pub(super) const fn word(why: &Reason) -> &'static str {
    match why {
        Reason::Counted => "counted",
        Reason::Closed => "closed",
        Reason::Holiday(_) => "holiday",
        Reason::Break => "break",
        Reason::Paused => "paused",
        Reason::Suspended => "off",
        Reason::Stopped => "resolved",
    }
}

pub(super) fn holiday(why: &Reason) -> Option<&str> {
    if let Reason::Holiday(name) = why {
        name.as_deref()
    } else {
        None
    }
}

pub(super) fn rows(account: &SlaExplanation) -> impl Iterator<Item = Vec<String>> {
    let id = account.summary.id.0;
    account.clocks.iter().flat_map(move |ledger| {
        ledger.intervals.iter().map(move |line| {
            vec![
                id.to_string(),
                ledger.name.as_str().to_owned(),
                At(line.from).text(),
                At(line.to).text(),
                word(&line.reason).to_owned(),
                holiday(&line.reason).unwrap_or_default().to_owned(),
                Seconds::of(line.counted).count().to_string(),
                Seconds::of(line.total).count().to_string(),
                line.due.to_string(),
                line.ahead.to_string(),
            ]
        })
    })
}

/// The whole page.
pub(super) fn page(account: &SlaExplanation, look: &RenderOptions<'_>) -> String {
    let mut sheet = Sheet::new(look);
    let row = &account.summary;
    let title = untrusted::line(&row.title);
    let id = Tone::Strong.paint(&row.id.to_string(), look.color);
    sheet.line(&format!("{id} {title}"));
    if account.clocks.is_empty() {
        sheet.line("no clock has run");
    }
    for ledger in &account.clocks {
        one(ledger, &mut sheet);
    }
    sheet.text
}

fn one(ledger: &ClockExplanation, sheet: &mut Sheet<'_, '_>) {
    let look = sheet.look;
    let (clock, reading) = (&ledger.clock, &ledger.reading);
    let state = style::word(reading.display);
    let state = style::tone(reading.display).paint(state, look.color);
    sheet.heading(&format!("{}: {state}", ledger.name));
    for made in &ledger.targets {
        sheet.line(&format!("  {}", promised(made, look)));
    }
    let mut calendar = untrusted::line(&clock.target.calendar).into_owned();
    if let Some(plan) = clock.target.calendar(look.policy).definition() {
        calendar += &format!(" ({})", plan.zone.name());
    }
    sheet.line(&format!("  {}  starts", stamp(clock.started, look.zone)));
    let zone = look.zone.name();
    sheet.line(&format!(
        "  counted on calendar {calendar}; times in {zone}"
    ));
    if !ledger.intervals.is_empty() {
        table(ledger, sheet);
    }
    for said in conclusion(ledger, look) {
        sheet.line(&format!("  {said}"));
    }
}

fn table(ledger: &ClockExplanation, sheet: &mut Sheet<'_, '_>) {
    let look = sheet.look;
    let mut drawn = Vec::new();
    let mut grid = Grid {
        heads: Some(
            ["FROM", "TO", "", "COUNTED", "SUM", ""]
                .map(str::to_owned)
                .to_vec(),
        ),
        right: vec![false, false, false, true, true, false],
        floors: Vec::new(),
        indent: "  ",
    };
    let usual = look.zone.offset_s(ledger.clock.started);
    let rows = ledger.intervals.iter();
    let cells: Vec<Vec<Cell>> = rows.map(|line| cells(line, usual, look)).collect();
    grid.write(&cells, look.color, &mut drawn)
        .expect("memory can be written to");
    sheet.text += &String::from_utf8_lossy(&drawn);
}

/// `Mon 2026-03-02 09:04 +01:00  promised 8:00:00 on office, policy 3 for P2`.
fn promised(made: &TargetAssignment, look: &RenderOptions<'_>) -> String {
    let promise = &made.target;
    let of = match (&made.conditions, promise.policy_version) {
        (Some(target), version) => format!("policy {version} for {}", untrusted::line(target)),
        (None, version) => format!("policy {version}"),
    };
    let cadence = promise
        .cadence
        .map(|every| format!(", and a word every {} unasked", exact(every)))
        .unwrap_or_default();
    format!(
        "{}  promised {} on {}{cadence}, {of}",
        stamp(made.at, look.zone),
        exact(promise.span),
        untrusted::line(&promise.calendar),
    )
}

/// The cells of a line; `usual` is the offset from UTC at the start of the
/// clock, and any other one is told.
fn cells(line: &ExplainedInterval, usual: i32, look: &RenderOptions<'_>) -> Vec<Cell> {
    let why = match holiday(&line.reason) {
        Some(name) => format!("holiday {}", untrusted::line(name)),
        None => word(&line.reason).to_owned(),
    };
    let tone = match line.reason {
        Reason::Counted => Tone::Plain,
        Reason::Paused | Reason::Suspended => Tone::Held,
        Reason::Closed | Reason::Holiday(_) | Reason::Break | Reason::Stopped => Tone::Quiet,
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
        Cell::plain(beginning(line.from, usual, look.zone)),
        Cell::plain(end(line.from, line.to, look.zone)),
        Cell::new(why, tone),
        Cell::plain(counted),
        Cell::plain(exact(line.total)),
        Cell::new(notes.join(", "), Tone::Quiet),
    ]
}

/// The sum, what is left of the target, and what follows.
fn conclusion(ledger: &ClockExplanation, look: &RenderOptions<'_>) -> Vec<String> {
    let (clock, reading) = (&ledger.clock, &ledger.reading);
    let target = clock.target.span;
    let mut said = vec![format!(
        "used {} of {}: {}",
        exact(reading.used),
        exact(target),
        if reading.remaining < TimeDelta::zero() {
            format!("{} too much", exact(-reading.remaining))
        } else {
            format!("{} left", exact(reading.remaining))
        }
    )];
    match (reading.due, reading.stopped) {
        (Some(due), Some(stopped)) => said.push(format!(
            "stopped {}, due was {}",
            stamp(stopped, look.zone),
            stamp(due, look.zone)
        )),
        (Some(due), None) => said.push(format!("due {}", stamp(due, look.zone))),
        (None, Some(stopped)) => said.push(format!("ended {}", stamp(stopped, look.zone))),
        (None, None) => said.push("not due while it waits".to_owned()),
    }
    if clock.reclassified {
        said.push("late at once because of a new target: reclassified".to_owned());
    }
    said
}

/// A moment with everything needed to reckon by hand: weekday, date, seconds
/// where there are any, and the offset, which a clock change moves.
fn stamp(at: Timestamp, zone: &Zone) -> String {
    format!(
        "{} {}",
        local(at, "%a %Y-%m-%d", zone),
        offset(zone.offset_s(at))
    )
}

/// The beginning of a line: with its offset only where that is not the usual
/// one.
fn beginning(at: Timestamp, usual: i32, zone: &Zone) -> String {
    let told = local(at, "%a %Y-%m-%d", zone);
    match zone.offset_s(at) {
        same if same == usual => told,
        other => format!("{told} {}", offset(other)),
    }
}

/// The end of a line, as near to its beginning as it is; the next line begins
/// there.
fn end(from: Timestamp, to: Timestamp, zone: &Zone) -> String {
    let days = (zone.local_time(to).date() - zone.local_time(from).date()).num_days();
    let date = match days {
        0 => "",
        1..=6 => "%a",
        _ => "%Y-%m-%d",
    };
    local(to, date, zone)
}

/// A wall clock: the date in that form, and the time with seconds where there
/// are any.
fn local(at: Timestamp, date: &str, zone: &Zone) -> String {
    let time = match (at.timestamp_subsec_millis(), at.second()) {
        (0, 0) => "%H:%M",
        (0, _) => "%H:%M:%S",
        _ => "%H:%M:%S%.3f",
    };
    let form = format!("{date} {time}");
    zone.local_time(at).format(form.trim()).to_string()
}

/// An offset from UTC: `+01:00`.
fn offset(seconds: i32) -> String {
    let minutes = seconds / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A length of time to be added up: hours, minutes and seconds.
pub(super) fn exact(span: TimeDelta) -> String {
    let s = span.num_seconds().unsigned_abs();
    let millis = span.num_milliseconds().unsigned_abs() % 1_000;
    let part = if millis == 0 {
        String::new()
    } else {
        format!(".{millis:03}")
    };
    format!("{}:{:02}:{:02}{part}", s / 3_600, s % 3_600 / 60, s % 60)
}
