//! The handover of a ticket to the next tier, in Markdown. Untrusted text is
//! quoted line by line and escaped, so that it can neither fake a heading nor
//! carry markup, nor mention or link anything where the page is pasted.

use std::fmt::Write as _;

use super::Output;
use super::alarms;
use super::event_text;
use super::fact_texts;
use super::options::RenderOptions;
use super::participants;
use super::printer::Printer;
use super::style::markdown_escape::escape;
use super::style::{humanize, untrusted};
use super::ticket_page::{TicketPages, is_unexplored, rating, sla_state};
use super::timeline;
use crate::domain::read_models::TicketDetails;
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use crate::error::Error;

/// The handovers of tickets; in other formats the same as their pages.
pub(crate) struct Handovers(pub(crate) TicketPages);

impl Output for Handovers {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let pages = self.0.0.iter();
        to.paragraphs(pages.map(|page| {
            let mut text = String::new();
            write(page, to.options, &mut text).expect("strings can be written to");
            text
        }))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.0.json(to)
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.0.csv(to)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.0.ids(to)
    }
}

fn write(page: &TicketDetails, options: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
    let (ticket, row) = (&page.ticket, &page.summary);
    let time = |at| humanize::full_time(at, options.zone);
    writeln!(to, "# Ticket {}: {}\n", ticket.id.0, plain(&ticket.title))?;
    let kind = ticket.kind.map_or("not identified", |kind| kind.as_str());
    item(
        to,
        "Status",
        &format!("{} since {}", row.state, time(ticket.since)),
    )?;
    item(to, "Priority", rating(row).as_deref().unwrap_or("none"))?;
    item(to, "Kind", &format!("{kind}, {}", ticket.onset))?;
    item(
        to,
        "Category",
        ticket.category.as_ref().map_or("none", |c| c.as_str()),
    )?;
    item(to, "Tier", ticket.tier.as_str())?;
    item(
        to,
        "Assignee",
        ticket.assignee.as_ref().map_or("nobody", |a| a.as_str()),
    )?;
    item(to, "SLA", &sla_state(page, options))?;
    if let Some(due) = row.clocks.next_due() {
        item(to, "Due", &time(due))?;
    }
    item(
        to,
        "Opened",
        &format!("{} by {}", time(ticket.opened), ticket.opened_by),
    )?;
    if let Some(alarms) = page.alarms.as_ref().filter(|all| all.total.count > 1) {
        item(to, "Repeated", &alarms::seen(alarms.total, &time))?;
    }
    let who = &ticket.requester;
    if let Some(label) = who.label() {
        let contact = who.contact.as_deref().filter(|contact| *contact != label);
        let contact = contact.map_or_else(String::new, |contact| format!(", {contact}"));
        item(to, "Requester", &format!("{label}{contact}"))?;
    }
    for participant in ticket.everybody() {
        let role = match participant.merged {
            Some(id) => format!("Requester of {id}"),
            None => capital(&participants::participant_role(&participant)),
        };
        item(to, &role, &event_text::person(participant.person))?;
    }
    known(page, options, to)?;
    carried(&page.ticket, options, to)?;
    tried(ticket, options, to)?;
    if let Some(resolution) = ticket.resolution() {
        writeln!(to, "\n## Resolution\n")?;
        item(to, "Code", resolution.code.as_str())?;
        quote(to, &resolution.text)?;
    }
    if let Some(known) = &ticket.known_error {
        writeln!(to, "\n## Known error\n")?;
        if let Some(cause) = &known.cause {
            item(to, "Cause", cause)?;
        }
        item(to, "Workaround", &known.workaround)?;
    }
    if !ticket.links.is_empty() {
        writeln!(to, "\n## Links\n")?;
        for (relation, other) in &ticket.links {
            item(to, relation.as_str(), &other.to_string())?;
        }
    }
    writeln!(to, "\n## Timeline\n")?;
    for line in timeline::lines(page, &time, options) {
        let who = format!("{} {}", time(line.event.at), line.event.actor);
        item(to, &who, &line.text)?;
        for text in line.quotes {
            quote_within(to, &text)?;
        }
    }
    Ok(())
}

/// Tags, fields and the checklist.
fn carried(ticket: &Ticket, options: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
    let (tags, items) = (&ticket.tags, &ticket.checklist.items);
    if tags.is_empty() && ticket.fields.is_empty() && items.is_empty() {
        return Ok(());
    }
    writeln!(to, "\n## Details\n")?;
    if !tags.is_empty() {
        let tags: Vec<&str> = tags.iter().map(Tag::as_str).collect();
        item(to, "Tags", &tags.join(" "))?;
    }
    for field in &ticket.fields {
        let mut defined = options.policy.fields.iter();
        let defined = defined.find(|one| one.name == field.name);
        let label = defined.map_or(field.name.as_str(), |one| one.label());
        item(to, label, &field.value)?;
    }
    for one in items {
        let done = if one.done { "Done" } else { "To do" };
        item(to, done, &one.text)?;
    }
    Ok(())
}

fn known(page: &TicketDetails, options: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
    let ticket = &page.ticket;
    let questionnaire = page.questionnaire(options.policy);
    let mut open = questionnaire.unanswered_questions(&ticket.answers);
    // A closed ticket has no open questions.
    open.retain(|_| page.summary.is_open());
    if is_unexplored(ticket) && open.is_empty() {
        return Ok(());
    }
    writeln!(to, "\n## What is known\n")?;
    for symptom in &ticket.symptoms {
        item(to, "Symptom", symptom)?;
    }
    for affected in &ticket.affected {
        item(to, "Affected", affected)?;
    }
    if let Some(began) = ticket.began {
        item(to, "Began", &humanize::full_time(began, options.zone))?;
    }
    if let Some(extent) = &ticket.extent {
        item(to, "Extent", extent)?;
    }
    for answer in questionnaire.ordered_answers(&ticket.answers) {
        item(to, &answer.question, &answer.answer)?;
    }
    if !open.is_empty() {
        let open: Vec<&str> = open.iter().map(|question| question.text.as_str()).collect();
        item(to, "Not asked", &open.join("; "))?;
    }
    for advice in ticket
        .questionnaire
        .iter()
        .flat_map(|result| &result.advice)
    {
        for (name, text) in fact_texts::advice_parts(advice, &str::to_owned) {
            item(to, &capital(name), &text)?;
        }
    }
    match &ticket.description {
        Some(description) => quote(to, description),
        None => Ok(()),
    }
}

fn tried(ticket: &Ticket, options: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
    if ticket.hypotheses.is_empty() && ticket.calls.is_empty() {
        return Ok(());
    }
    writeln!(to, "\n## What was tried\n")?;
    for hypothesis in &ticket.hypotheses {
        let verdict = &hypothesis.verdict;
        let name = format!("Hypothesis {}, {}", hypothesis.number, verdict.as_str());
        item(to, &name, &hypothesis.text)?;
        if let Some(evidence) = verdict.evidence() {
            quote_within(to, evidence)?;
        }
    }
    for call in &ticket.calls {
        let when = humanize::full_time(call.when, options.zone);
        let answer = call.answer();
        let answer = answer.map_or_else(String::new, |answer| format!(", {answer} by requester"));
        item(
            to,
            &format!("{} call {}", call.medium, call.number),
            &format!("{}, {when}{answer}", call.state.as_str()),
        )?;
        for text in [call.note.as_deref(), call.state.outcome()]
            .into_iter()
            .flatten()
        {
            quote_within(to, text)?;
        }
    }
    Ok(())
}

fn capital(name: &str) -> String {
    let mut rest = name.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest).collect()
}

pub(super) fn item(to: &mut String, name: &str, value: &str) -> std::fmt::Result {
    writeln!(to, "- **{}**: {}", plain(name), plain(value))
}

/// A quoted paragraph.
pub(super) fn quote(to: &mut String, text: &str) -> std::fmt::Result {
    if !to.ends_with("\n\n") {
        writeln!(to)?;
    }
    quoted(to, "", text)
}

/// A quoted text within the item above.
pub(super) fn quote_within(to: &mut String, text: &str) -> std::fmt::Result {
    quoted(to, "  ", text)
}

fn quoted(to: &mut String, indent: &str, text: &str) -> std::fmt::Result {
    let text = untrusted::block(text).replace('\t', " ");
    // Indented lines would be code.
    let lines = text.split('\n').map(|line| escape(line.trim_start()));
    let lines: Vec<String> = lines.map(|line| format!("{indent}> {line}")).collect();
    // The backslash keeps the author's line break.
    writeln!(to, "{}", lines.join("\\\n"))
}

/// A text on a single line.
pub(super) fn plain(text: &str) -> String {
    escape(untrusted::line(text).trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_and_html_are_escaped() {
        assert_eq!(plain("# head"), r"\# head");
        assert_eq!(plain("1. item"), r"1\. item");
        assert_eq!(plain("<b>*x*</b> [a](b)"), r"\<b>\*x\*\</b> \[a\](b)");
        assert_eq!(plain("a\n# b"), "a⏎# b");
        assert_eq!(plain("&lt; www.x.org"), r"`&lt`; `www.x.org`");
    }

    #[test]
    fn every_line_of_a_text_is_quoted() {
        let mut to = String::new();
        quote(&mut to, "one\n# two\n\n    three").unwrap();
        assert_eq!(to, "\n> one\\\n> \\# two\\\n> \\\n> three\n");
        let mut to = String::new();
        quote_within(&mut to, "C:\\").unwrap();
        assert_eq!(to, "  > C:\\\\\n");
    }
}
