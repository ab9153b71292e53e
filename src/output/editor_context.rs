//! What one needs to know of a ticket while writing about it in the editor.

use super::event_text;
use super::options::RenderOptions;
use super::style::{humanize, untrusted};
use super::timeline;
use crate::domain::people::Agent;
use crate::domain::read_models::TicketDetails;

/// How many of the last events are shown, and how many lines of each text.
const EVENTS: usize = 5;
const LINES: usize = 4;
/// The longest line, in columns.
const WIDTH: usize = 76;

/// The ticket in a few lines, and what happened last, safe to print.
pub(crate) fn editor_context(page: &TicketDetails, options: &RenderOptions<'_>) -> Vec<String> {
    let row = &page.summary;
    let cut = |text: &str| {
        let text = untrusted::line(text);
        untrusted::cut(&text, WIDTH).into_owned()
    };
    let mut lines = vec![cut(&format!("{} {}", row.id, row.title))];
    let priority = row
        .rating
        .as_ref()
        .map(|rating| rating.priority.to_string());
    let assignee = row.assignee.as_ref();
    let place = [
        Some(row.state_shown().to_owned()),
        priority,
        row.category.as_ref().map(ToString::to_string),
        Some(row.tier.to_string()),
        Some(assignee.map_or_else(|| "unassigned".to_owned(), Agent::label)),
    ];
    let place: Vec<String> = place.into_iter().flatten().collect();
    lines.push(cut(&place.join(" · ")));
    if row.requester.label().is_some() {
        lines.push(cut(&format!("from {}", row.requester.written())));
    }
    let time = |at| humanize::time(at, options.now, options.zone);
    let all = timeline::lines(page, &time, options);
    let last = all.len().saturating_sub(EVENTS);
    if last > 0 {
        lines.push("…".to_owned());
    }
    for line in &all[last..] {
        let actor = line.event.actor.as_str();
        let public = if event_text::is_public(&line.event.fact) {
            "*"
        } else {
            "-"
        };
        let head = format!("{public} {} {actor}: {}", time(line.event.at), line.text);
        lines.push(cut(&head));
        for quote in &line.quotes {
            let mut quoted = quote.lines();
            lines.extend(
                quoted
                    .by_ref()
                    .take(LINES)
                    .map(|text| cut(&format!("    {text}"))),
            );
            if quoted.next().is_some() {
                lines.push("    …".to_owned());
            }
        }
    }
    lines
}
