//! The page about a person: one file without scripts or anything to fetch.

use maud::{Markup, html};

use super::super::RenderOptions;
use super::super::style::html_document::html_document;
use super::super::style::{humanize, untrusted};
use super::{happened, sections, title};
use crate::domain::privacy::person_data::{PersonData, PersonTicket};

const CSS: &str = "\
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem } \
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2rem } h3 { font-size: 1rem } \
dl { margin: 0 0 1rem 1rem } dt { color: #666 } dd { margin: 0 0 .5rem 1rem; white-space: pre-wrap } \
.when { color: #666; margin: .5rem 0 0 1rem } \
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } dt, .when { color: #aaa } } \
@media print { h3, .when { break-after: avoid } }";

/// Renders the page.
pub(super) fn person_page(data: &PersonData, options: &RenderOptions<'_>) -> String {
    let created = humanize::full_time(options.now, options.zone);
    let known: Vec<&str> = data.keys.iter().map(|key| key.as_str()).collect();
    let body = html! {
        header {
            h1 { "Data about " (safe(&data.label)) }
            p { "Known as " (safe(&known.join(", "))) ". As of " (created) "." }
            p { "Data of other people are covered, as far as they are known." }
            @for limit in &data.limits {
                p {
                    "The use of these data has been limited to storing them since "
                    (humanize::full_time(limit.since, options.zone)) ": " (safe(&limit.reason))
                }
            }
        }
        @for (heading, tickets) in sections(data) {
            section {
                h2 { (heading) }
                @if tickets.is_empty() { p { "Nothing." } }
                @for one in tickets { (ticket(one, options)) }
            }
        }
        @if data.not_searched > 0 {
            p { (humanize::plural(data.not_searched, "ticket")) " not searched: restricted to others." }
        }
    };
    html_document(&format!("Data about {}", safe(&data.label)), CSS, &body)
}

fn ticket(ticket: &PersonTicket, options: &RenderOptions<'_>) -> Markup {
    html! {
        h3 { (title(ticket, options)) }
        @for entry in &ticket.entries {
            p.when { (humanize::full_time(entry.at, options.zone)) " " (happened(entry)) }
            @if !entry.texts.is_empty() {
                dl {
                    @for (field, text) in &entry.texts {
                        dt { (safe(field)) }
                        dd { (untrusted::block(text)) }
                    }
                }
            }
        }
    }
}

/// A text on one line, with what is invisible made visible.
fn safe(text: &str) -> String {
    untrusted::line(text).into_owned()
}
