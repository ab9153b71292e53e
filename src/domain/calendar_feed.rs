//! What lies ahead of the desk, for the calendars of agents: when clocks are due,
//! calls, and when pauses end. As an iCalendar document (RFC 5545) that a calendar
//! reads again and again.

use chrono::TimeDelta;

use super::Timestamp;
use super::event::TicketId;
use super::icalendar::{escaped, folded, time};
use super::summary::Summary;
use super::ticket::{Call, CallState};
use super::vocabulary::ClockName;

/// How every document begins.
pub(crate) const FEED_START: &str = "BEGIN:VCALENDAR\r\n";

/// How long a call is taken to last.
const LENGTH: TimeDelta = TimeDelta::minutes(30);

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FeedKind {
    /// A clock is due.
    Due(ClockName),
    /// A call, by its number within the ticket.
    Call(u32),
    /// A pause ends.
    Wait,
}

/// An entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FeedEntry {
    pub(crate) kind: FeedKind,
    pub(crate) ticket: TicketId,
    pub(crate) start: Timestamp,
    pub(crate) length: TimeDelta,
    /// How often it got another time, as far as that is known.
    pub(crate) version: usize,
    /// When the ticket last changed.
    pub(crate) changed: Timestamp,
    pub(crate) summary: String,
    pub(crate) note: Option<String>,
}

impl FeedEntry {
    /// What identifies it in every calendar, whatever becomes of it. `store` is the
    /// id of the store.
    pub(crate) fn uid(&self, store: &str) -> String {
        let TicketId(ticket) = self.ticket;
        let what = match self.kind {
            FeedKind::Due(clock) => format!("due-{}", clock.as_str()),
            FeedKind::Call(number) => format!("call-{number}"),
            FeedKind::Wait => "wait".to_owned(),
        };
        format!("desk-{ticket}-{what}@{store}")
    }

    fn lines(&self, store: &str) -> Vec<String> {
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", escaped(&self.uid(store))),
            format!("SEQUENCE:{}", self.version),
            format!("DTSTAMP:{}", time(self.changed)),
            format!("DTSTART:{}", time(self.start)),
        ];
        // An event without an end lasts no time.
        if !self.length.is_zero() {
            lines.push(format!("DTEND:{}", time(self.start + self.length)));
        }
        lines.push(format!("SUMMARY:{}", escaped(&self.summary)));
        if let Some(note) = &self.note {
            lines.push(format!("DESCRIPTION:{}", escaped(note)));
        }
        // Only a call keeps an agent from something else.
        let transparency = match self.kind {
            FeedKind::Call(_) => "OPAQUE",
            FeedKind::Due(_) | FeedKind::Wait => "TRANSPARENT",
        };
        lines.push(format!("TRANSP:{transparency}"));
        lines.push("END:VEVENT".to_owned());
        lines
    }
}

/// What lies ahead on an open ticket, apart from calls.
pub(crate) fn entries(row: &Summary, now: Timestamp) -> Vec<FeedEntry> {
    let entry = |kind, start, what: String| FeedEntry {
        kind,
        ticket: row.id,
        start,
        length: TimeDelta::zero(),
        version: 0,
        changed: row.updated,
        summary: summary(row, &what),
        note: None,
    };
    let due = |name: &ClockName| {
        let due = row.clocks.get(*name)?.next_due()?;
        let what = format!("{} due", name.as_str());
        Some(entry(FeedKind::Due(*name), due, what))
    };
    let mut found: Vec<FeedEntry> = ClockName::ALL.iter().filter_map(due).collect();
    if let Some(until) = row.wake_at.filter(|until| *until > now) {
        let reason = row.pause_reason.map_or("", |reason| reason.as_str());
        let what = format!("pause ends ({reason})");
        found.push(entry(FeedKind::Wait, until, what));
    }
    found
}

/// The entry of a call that is arranged.
pub(crate) fn call_entry(row: &Summary, call: &Call) -> Option<FeedEntry> {
    let what = match call.state {
        CallState::Arranged => format!("{} call", call.medium),
        CallState::Held { .. } | CallState::Cancelled { .. } => return None,
    };
    Some(FeedEntry {
        kind: FeedKind::Call(call.number),
        ticket: row.id,
        start: call.when,
        length: LENGTH,
        version: call.earlier.len(),
        changed: row.updated,
        summary: summary(row, &what),
        note: call.note.clone(),
    })
}

fn summary(row: &Summary, what: &str) -> String {
    let priority = row.rating.as_ref().map(|rating| rating.priority);
    let priority = priority.map_or_else(String::new, |priority| format!(" {priority}"));
    format!("{}{priority} {what}: {}", row.id, row.title)
}

/// The entries as a document.
pub(crate) fn document(entries: &[FeedEntry], store: &str) -> String {
    let mut text = FEED_START.to_owned();
    for line in [
        "VERSION:2.0",
        "PRODID:-//desk//desk//EN",
        "X-WR-CALNAME:desk",
    ] {
        text += &folded(line);
    }
    for entry in entries {
        text.extend(entry.lines(store).iter().map(|line| folded(line)));
    }
    text + &folded("END:VCALENDAR")
}
