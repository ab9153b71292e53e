//! The timeline of a ticket: what happened, and what was written on the tickets
//! that were merged into it.

use std::borrow::Cow;

use super::alarms::PageTexts;
use super::event_text::{self, EventContext};
use super::fact_texts;
use super::folded_text;
use super::options::RenderOptions;
use super::style::page_writer::PageWriter;
use super::style::palette::Style;
use super::style::untrusted;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::read_models::TicketDetails;
use crate::domain::ticket::{self, TimelineEntry, TimelineMark};

/// Writes what happened, and what is shown of the tickets that were merged into this
/// one, in the order of time.
pub(super) fn write(page: &TicketDetails, texts: PageTexts, to: &mut PageWriter<'_, '_>) {
    to.heading("Timeline");
    let time = |at| to.time(at);
    let lines = lines(page, &time, to.options).into_iter();
    let events: Vec<(String, TimelineLine<'_>)> =
        lines.map(|line| (time(line.event.at), line)).collect();
    let width = |text: &str| untrusted::width(text);
    let actor = |event: &Event| untrusted::line(event.actor.as_str()).into_owned();
    let times = events.iter().map(|(at, _)| width(at)).max().unwrap_or(0);
    let actors = events.iter().map(|(_, line)| width(&actor(line.event)));
    let actors = actors.max();
    let actors = actors.unwrap_or(0).min(16);
    for (at, line) in &events {
        let TimelineLine {
            event,
            text,
            quotes,
            is_undone,
        } = line;
        let name = actor(event);
        let name = untrusted::cut(&name, actors);
        let (at_gap, name_gap) = (times - width(at), actors - width(&name));
        let (at_gap, name_gap) = (" ".repeat(at_gap), " ".repeat(name_gap));
        let prefix = format!("  {at}{at_gap}  {name}{name_gap}  ");
        let public = event_text::is_public(&event.fact);
        let style = match (is_undone, public) {
            (true, _) => Style::Dim,
            (false, true) => Style::Bold,
            (false, false) => Style::Plain,
        };
        to.hanging(&prefix, text, style);
        for text in quotes {
            folded_text::write(text, times.min(12) + 4, texts, to);
        }
    }
}

/// A line of a timeline.
pub(super) struct TimelineLine<'a> {
    pub(super) event: &'a Event,
    /// What happened, in a few words.
    pub(super) text: String,
    /// What was written.
    pub(super) quotes: Vec<Cow<'a, str>>,
    /// Whether an agent took it back.
    is_undone: bool,
}

/// Returns the lines of the timeline of a ticket, with times formatted by `time`.
pub(super) fn lines<'a>(
    page: &'a TicketDetails,
    time: &dyn Fn(Timestamp) -> String,
    options: &RenderOptions<'_>,
) -> Vec<TimelineLine<'a>> {
    let own = page.ticket.id;
    let mut context = EventContext::of_timeline(page);
    let line = |TimelineEntry { event, mark }: TimelineEntry<'a>| {
        let text = event_text::headline(event, mark, &context, time, options);
        let is_own = event.ticket == own;
        if is_own && !matches!(mark, Some(TimelineMark::Unfounded | TimelineMark::Undone)) {
            context.update(&event.fact);
        }
        let mut text = text?;
        if !is_own {
            text = format!("{}: {text}", event.ticket);
            if let Fact::Opened(submission) = &event.fact {
                text += &format!(": {}", untrusted::line(&submission.title));
            }
        }
        // The page shows the description already.
        let is_opening = is_own && matches!(event.fact, Fact::Opened(_));
        let quotes = if is_opening {
            Vec::new()
        } else {
            fact_texts::texts(&event.fact)
        };
        Some(TimelineLine {
            event,
            text,
            quotes,
            is_undone: mark == Some(TimelineMark::Undone),
        })
    };
    entries(page).into_iter().filter_map(line).collect()
}

/// The events of a ticket in the order in which they count, and between them those of
/// merged tickets, each when it happened.
fn entries(page: &TicketDetails) -> Vec<TimelineEntry<'_>> {
    let mut merged = page.merged_events.iter().peekable();
    let mut all = Vec::new();
    let mut add = |all: &mut Vec<_>, until: Option<Timestamp>| {
        let is_before = |event: &&Event| until.is_none_or(|until| event.at < until);
        while let Some(event) = merged.next_if(is_before) {
            all.push(TimelineEntry { event, mark: None });
        }
    };
    for entry in ticket::timeline(&page.history) {
        add(&mut all, Some(entry.event.at));
        all.push(entry);
    }
    add(&mut all, None);
    all
}
