//! The timeline of a ticket: what happened, and what was written on the tickets
//! that were merged into it.

use super::event_text::{self, EventContext};
use super::fact_texts;
use super::style::page_writer::PageWriter;
use super::style::palette::Style;
use super::style::untrusted;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::read_models::TicketDetails;
use crate::domain::ticket::{self, TimelineEntry, TimelineMark};

/// Writes what happened, and the messages of the tickets that were merged into
/// this one, in the order of time.
pub(super) fn write(page: &TicketDetails, to: &mut PageWriter<'_, '_>) {
    to.heading("Timeline");
    let own = page.ticket.id;
    let mut context = EventContext::of_timeline(page);
    let events: Vec<(String, String, &Event)> = (entries(page).into_iter())
        .filter_map(|TimelineEntry { event, mark }| {
            let time = |at| to.time(at);
            let text = event_text::headline(event, mark, &context, &time, to.options);
            if event.ticket == own {
                if mark != Some(TimelineMark::Unfounded) {
                    context.update(&event.fact);
                }
                return Some((to.time(event.at), text?, event));
            }
            let mut text = format!("{}: {}", event.ticket, text?);
            if let Fact::Opened(submission) = &event.fact {
                text += &format!(": {}", untrusted::line(&submission.title));
            }
            Some((to.time(event.at), text, event))
        })
        .collect();
    let width = |text: &str| untrusted::width(text);
    let actor = |event: &Event| untrusted::line(event.actor.as_str()).into_owned();
    let times = events.iter().map(|(at, ..)| width(at)).max().unwrap_or(0);
    let actors = events.iter().map(|(.., event)| width(&actor(event))).max();
    let actors = actors.unwrap_or(0).min(16);
    for (at, text, event) in &events {
        let name = actor(event);
        let name = untrusted::cut(&name, actors);
        let (at_gap, name_gap) = (times - width(at), actors - width(&name));
        let (at_gap, name_gap) = (" ".repeat(at_gap), " ".repeat(name_gap));
        let prefix = format!("  {at}{at_gap}  {name}{name_gap}  ");
        let public = event_text::is_public(&event.fact);
        let style = if public { Style::Bold } else { Style::Plain };
        to.hanging(&prefix, text, style);
        // The page shows the description already.
        if matches!(event.fact, Fact::Opened(_)) && event.ticket == own {
            continue;
        }
        for text in fact_texts::texts(&event.fact) {
            to.quote(times.min(12) + 4, &text);
        }
    }
}

/// The events of a ticket in the order in which they count, and between them the
/// messages of merged tickets, each when it was written.
fn entries(page: &TicketDetails) -> Vec<TimelineEntry<'_>> {
    let mut merged = page.merged_messages.iter().peekable();
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
