//! The hand-over of a ticket to the next line, in Markdown. Strangers' text
//! is quoted line by line and escaped, so that it can neither fake a heading
//! nor carry markup.

use std::fmt::Write as _;

use super::telling::{self, Before};
use super::{RenderOptions, TicketDetails, page, untrusted, words};
use crate::domain::ticket::Ticket;

/// Writes the hand-over of a ticket.
pub(super) fn of(page: &TicketDetails, look: &RenderOptions<'_>) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(page, look, &mut text);
    text
}

fn write(page: &TicketDetails, look: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
    let (ticket, row) = (&page.ticket, &page.summary);
    let moment = |at| words::full(at, look.zone);
    writeln!(to, "# Ticket {}: {}\n", ticket.id.0, plain(&ticket.title))?;
    let rating = row.rating.as_ref().map_or_else(
        || "none".to_owned(),
        |r| {
            let (p, users, business, urgency) = (r.priority, &r.users, &r.business, &r.urgency);
            format!("{p} (users {users}, business {business}, urgency {urgency})")
        },
    );
    let kind = ticket.kind.map_or("not identified", |kind| kind.as_str());
    item(
        to,
        "Status",
        &format!("{} since {}", row.state, moment(ticket.since)),
    )?;
    item(to, "Priority", &rating)?;
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
    item(to, "Standing", &page::standing(page, look))?;
    if let Some(due) = row.clocks.next_due() {
        item(to, "Due", &moment(due))?;
    }
    item(
        to,
        "Opened",
        &format!("{} by {}", moment(ticket.opened), ticket.opened_by),
    )?;
    let who = &ticket.requester;
    if let Some(label) = who.label() {
        let contact = who.contact.as_deref().filter(|contact| *contact != label);
        let contact = contact.map_or_else(String::new, |contact| format!(", {contact}"));
        item(to, "Requester", &format!("{label}{contact}"))?;
    }
    known(page, look, to)?;
    tried(ticket, look, to)?;
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
    let mut before = Before::default();
    for event in &page.history {
        let said = telling::fact(event, &before, &moment, look);
        before.pass(&event.fact);
        let Some(said) = said else { continue };
        let who = format!("{} {}", moment(event.at), event.actor);
        item(to, &who, &said)?;
        if event.n > 1 {
            for text in telling::texts(&event.fact) {
                quote_within(to, &text)?;
            }
        }
    }
    Ok(())
}

fn known(page: &TicketDetails, look: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
    let ticket = &page.ticket;
    let guide = page.guide(look.policy);
    let mut open = guide.unanswered_questions(&ticket.answers);
    // Of what is over nobody asks any more.
    open.retain(|_| page.summary.is_open());
    let nothing = ticket.symptoms.is_empty()
        && ticket.affected.is_empty()
        && ticket.began.is_none()
        && ticket.extent.is_none()
        && ticket.answers.is_empty()
        && open.is_empty()
        && ticket.description.is_none();
    if nothing {
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
        item(to, "Began", &words::full(began, look.zone))?;
    }
    if let Some(extent) = &ticket.extent {
        item(to, "Extent", extent)?;
    }
    for answer in guide.ordered_answers(&ticket.answers) {
        item(to, &answer.question, &answer.answer)?;
    }
    if !open.is_empty() {
        let open: Vec<&str> = open.iter().map(|question| question.text.as_str()).collect();
        item(to, "Not asked", &open.join("; "))?;
    }
    for advice in ticket
        .questionnaire
        .iter()
        .flat_map(|guided| &guided.advice)
    {
        for (name, text) in telling::advised(advice, &str::to_owned) {
            item(to, &capital(name), &text)?;
        }
    }
    match &ticket.description {
        Some(description) => quote(to, description),
        None => Ok(()),
    }
}

fn tried(ticket: &Ticket, look: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
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
        let when = words::full(call.when, look.zone);
        item(
            to,
            &format!("{} call {}", call.medium, call.number),
            &format!("{}, {when}", call.state.as_str()),
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

fn item(to: &mut String, name: &str, value: &str) -> std::fmt::Result {
    writeln!(to, "- **{}**: {}", plain(name), plain(value))
}

/// A text of its own, quoted.
fn quote(to: &mut String, text: &str) -> std::fmt::Result {
    if !to.ends_with("\n\n") {
        writeln!(to)?;
    }
    quoted(to, "", text)
}

/// A text that belongs to the item above.
fn quote_within(to: &mut String, text: &str) -> std::fmt::Result {
    quoted(to, "  ", text)
}

fn quoted(to: &mut String, indent: &str, text: &str) -> std::fmt::Result {
    let text = untrusted::block(text).replace('\t', " ");
    // What is indented would be code.
    let lines = text.split('\n').map(|line| escaped(line.trim_start()));
    let lines: Vec<String> = lines.map(|line| format!("{indent}> {line}")).collect();
    // The backslash is a line break, as the author made one.
    writeln!(to, "{}", lines.join("\\\n"))
}

/// A text on a single line.
fn plain(text: &str) -> String {
    escaped(untrusted::line(text).trim_start())
}

/// Takes the meaning from what Markdown or HTML would act on.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in text.char_indices() {
        let acts = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '|' | '~'
        );
        let leads = at == 0 && matches!(c, '#' | '>' | '-' | '+' | '=' | ':');
        let counts = at > 0 && at == digits && matches!(c, '.' | ')');
        if acts || leads || counts {
            safe.push('\\');
        }
        safe.push(c);
    }
    // A bare address would become a link.
    for scheme in ["://", "www."] {
        safe = safe.replace(
            scheme,
            &format!(
                "{}\\{}",
                &scheme[..scheme.len() - 1],
                &scheme[scheme.len() - 1..]
            ),
        );
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_markdown_or_html_survives() {
        assert_eq!(plain("# head"), r"\# head");
        assert_eq!(plain("1. item"), r"1\. item");
        assert_eq!(plain("<b>*x*</b> [a](b)"), r"\<b>\*x\*\</b> \[a\](b)");
        assert_eq!(plain("a\n# b"), "a⏎# b");
        assert_eq!(plain("&lt; www.x.org"), r"\&lt; www\.x.org");
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
