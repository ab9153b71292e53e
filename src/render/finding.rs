//! What was found in what is written: tickets a line each, with the place
//! where it stands, or with how they ended, below.

mod lead;
mod line;

use std::io::Write;

use super::json::finding as published;
use super::style::Tone;
use super::{
    Column, Format, Listing, RenderOptions, Rows, View, csv, emit, ids, json, remark, untrusted,
    words,
};
use crate::domain::search::document::Field;
use crate::domain::search::evaluation::Evaluation;
use crate::domain::search::similar::{CategorySuggestion, SimilarTicket, SimilarTickets};
use crate::domain::search::{SearchResult, SearchResults};
use crate::error::Error;
use lead::{Lead, Leads, leads};
use line::Line;

/// How many words that may have been meant are told.
const SLIPS: usize = 3;

/// How many categories a table suggests, and from which share of the votes.
const SUGGESTED: usize = 5;
const FAINT: f64 = 0.03;

/// The least room of a text beside what comes before it.
const ROOM: usize = 24;

/// Writes what a search found.
pub(super) fn found(
    found: &SearchResults,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    let rows = &found.results;
    match look.format {
        Format::Json | Format::Jsonl => {
            let all: Vec<_> = rows
                .iter()
                .map(|one| {
                    published::Finding::of(one, found.full_matches > 0, look.now, look.policy)
                })
                .collect();
            json::all(&all, look, out)?;
        }
        Format::Csv => csv::rows(
            &published::FINDING,
            rows.iter().map(published::finding_cells),
            out,
        )?,
        Format::Ids => ids::all(rows.iter().map(|one| one.summary.id), out)?,
        Format::Table => {
            let leads = Leads::of(rows.iter().map(|one| leads(&one.summary, None)));
            for (one, lead) in rows.iter().zip(&leads.rows) {
                finding(one, lead, &leads, look, out)?;
            }
        }
    }
    for sentence in remarks(found, look) {
        remark(Some(&sentence), look, out, err)?;
    }
    Ok(())
}

/// Writes what a search found as a list with these columns.
pub(super) fn listed(
    found: SearchResults,
    columns: Vec<Column>,
    header: bool,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    let said = remarks(&found, look);
    let rows = found.results.into_iter().map(|one| one.summary).collect();
    let listing = Listing {
        rows: Rows::Held(rows),
        total: None,
        columns: Some(columns),
        empty: "",
        header,
    };
    emit(View::Tickets(listing), look, out, err)?;
    for sentence in said {
        remark(Some(&sentence), look, out, err)?;
    }
    Ok(())
}

/// What is to be said beside what was found.
fn remarks(found: &SearchResults, look: &RenderOptions<'_>) -> Vec<String> {
    let mut said = Vec::new();
    let sought = &found.query;
    if sought.is_empty() {
        return vec!["there is no word in it to look for".to_owned()];
    }
    if sought.dropped_words > 0 {
        let most = sought.groups.len();
        said.push(format!(
            "only the first {most} different words were looked for"
        ));
    }
    let slips: Vec<(&str, &str)> = sought.corrections().collect();
    for (typed, meant) in slips.iter().take(SLIPS) {
        let typed = untrusted::line(typed);
        said.push(format!(
            "'{typed}' is written nowhere; looked for {meant}… instead"
        ));
    }
    if slips.len() > SLIPS {
        let more = (slips.len() - SLIPS) as u64;
        said.push(format!("so with {}", words::plural(more, "more word")));
    }
    let shown = found.results.len() as u64;
    if shown == 0 {
        said.push("nothing like it is written on any of these tickets".to_owned());
    } else if found.full_matches == 0 {
        said.push("no ticket has all of it; these are the closest".to_owned());
    } else if found.full_matches > shown && look.format == Format::Table {
        let more = words::number(found.full_matches - shown);
        said.push(format!("… and {more} more; show them with --limit 0"));
    }
    said
}

/// Writes tickets like another one.
pub(super) fn similar(
    similar: &SimilarTickets,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    match look.format {
        Format::Json | Format::Jsonl => {
            let all: Vec<_> = published::Near::all(similar, look.now, look.policy).collect();
            json::all(&all, look, out)?;
        }
        Format::Csv => csv::rows(
            &published::NEAR,
            similar.tickets.iter().map(published::near_cells),
            out,
        )?,
        Format::Ids => ids::all(similar.tickets.iter().map(|one| one.summary.id), out)?,
        Format::Table => {
            near(&similar.tickets, look, out)?;
            for line in hints(similar) {
                remark(Some(&line), look, out, err)?;
            }
        }
    }
    let none = similar.tickets.is_empty().then_some("no ticket is like it");
    remark(none, look, out, err)
}

/// Writes tickets, each with how it ended.
pub(super) fn near(
    near: &[SimilarTicket],
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let leads = Leads::of(near.iter().map(|one| leads(&one.summary, Some(one.score))));
    for (one, lead) in near.iter().zip(&leads.rows) {
        let title = untrusted::line(&one.summary.title);
        writeln!(
            out,
            "{}{}",
            leads.drawn(lead, look),
            fit(&title, leads.width, look)
        )?;
        for (label, text) in told(one) {
            below(&label, &text, leads.first, look, out)?;
        }
    }
    Ok(())
}

/// Writes tickets like the one that was just written about, if there are any.
pub(super) fn beside(
    similar: &SimilarTickets,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    if !similar.tickets.is_empty() {
        writeln!(out, "\n{}", Tone::Quiet.paint("like it:", look.color))?;
        near(&similar.tickets, look, out)?;
    }
    for line in hints(similar) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// What is to be done about it, by what similar tickets say.
pub(super) fn hints(similar: &SimilarTickets) -> Vec<String> {
    let mut said = Vec::new();
    if !similar.same_outage.is_empty() {
        let ids: Vec<String> = similar
            .same_outage
            .iter()
            .map(ToString::to_string)
            .collect();
        let count = similar.same_outage.len() as u64;
        said.push(match count {
            1 => format!(
                "another open ticket like this within the hour: {}; one disruption?",
                ids[0]
            ),
            _ => format!(
                "{} open tickets like this within the hour: {}; one disruption?",
                words::number(count),
                words::list(&ids)
            ),
        });
    }
    if let Some(of) = similar.ticket.as_ref().filter(|of| of.category.is_none())
        && let Some(best) = similar.suggestions.first()
    {
        said.push(format!(
            "no category yet; {} {} for {}: desk categorize {} {}",
            words::plural(best.tickets, "similar ticket"),
            if best.tickets == 1 { "speaks" } else { "speak" },
            best.category,
            of.id.0,
            best.category
        ));
    }
    said
}

/// Writes which categories similar tickets have.
pub(super) fn suggested(
    similar: &SimilarTickets,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    let all = &similar.suggestions;
    match look.format {
        Format::Json | Format::Jsonl => {
            let all: Vec<_> = all.iter().map(published::Suggestion::of).collect();
            json::all(&all, look, out)?;
        }
        Format::Csv => csv::rows(
            &published::SUGGESTION,
            all.iter().map(published::suggestion_cells),
            out,
        )?,
        Format::Ids | Format::Table => {
            let told = all.iter().filter(|one| one.share >= FAINT).take(SUGGESTED);
            let told: Vec<&CategorySuggestion> = told.collect();
            let wide = told
                .iter()
                .map(|one| untrusted::width(one.category.as_str()))
                .max();
            for one in told {
                let pad = wide.unwrap_or(0) - untrusted::width(one.category.as_str());
                let share = percent(one.share);
                let lead = format!("{}{}  {share:>4}  ", one.category, " ".repeat(pad));
                let evidence: Vec<String> = one
                    .evidence
                    .iter()
                    .map(|(id, title)| format!("{id} {}", untrusted::line(title)))
                    .collect();
                let more = one.tickets.saturating_sub(evidence.len() as u64);
                let more = match more {
                    0 => String::new(),
                    more => format!("; and {} more", words::number(more)),
                };
                let text = format!("{}{more}", evidence.join("; "));
                writeln!(out, "{lead}{}", fit(&text, untrusted::width(&lead), look))?;
            }
        }
    }
    let sentence = match (&similar.ticket, all.first()) {
        (Some(of), None) => Some(format!(
            "no ticket like it has a category; say which: desk categorize {} CATEGORY",
            of.id.0
        )),
        (None, None) => Some("no ticket like it has a category".to_owned()),
        (Some(of), Some(best)) => Some(format!(
            "nothing was changed; to take the first: desk categorize {} {}",
            of.id.0, best.category
        )),
        (None, Some(_)) => None,
    };
    remark(sentence.as_deref(), look, out, err)
}

/// Writes how a trial went.
pub(super) fn tried(
    tried: &Evaluation,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let told = published::Tried::of(tried);
    match look.format {
        Format::Json | Format::Jsonl => json::object(&told, look, out),
        Format::Csv => csv::rows(&published::TRIED, std::iter::once(told.cells()), out),
        Format::Table | Format::Ids => {
            let trial = &tried.metrics;
            Ok(writeln!(
                out,
                "{}: hit@1 {:.3}, hit@5 {:.3}, MRR@10 {:.3}",
                words::plural(trial.queries.into(), "question"),
                trial.hit_1(),
                trial.hit_5(),
                trial.mrr_10()
            )?)
        }
    }
}

/// How close, in words: `82 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn finding(
    one: &SearchResult,
    lead: &Lead,
    leads: &Leads,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let title = Line::of(&one.summary.title, &one.title_highlights);
    let title = title.drawn(room(leads.width, look), look);
    writeln!(out, "{}{title}", leads.drawn(lead, look))?;
    let Some(excerpt) = &one.snippet else {
        return Ok(());
    };
    let label = format!("{}: ", label(excerpt.field));
    let mut line = Line::of(&excerpt.text, &excerpt.highlights);
    if excerpt.truncated.0 {
        line.parts.insert(0, ("… ".to_owned(), false));
    }
    if excerpt.truncated.1 {
        line.parts.push((" …".to_owned(), false));
    }
    let taken = leads.first + untrusted::width(&label);
    let text = line.drawn(room(taken, look), look);
    let label = Tone::Quiet.paint(&label, look.color);
    writeln!(out, "{}{label}{text}", " ".repeat(leads.first))?;
    Ok(())
}

/// What a field is called.
pub(super) const fn label(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Body => "description",
        Field::Log => "log",
        Field::Messages => "message",
        Field::Resolution => "resolution",
    }
}

/// How a ticket ended, a line each with its label.
fn told(one: &SimilarTicket) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    if let Some(known) = &one.known_error {
        lines.push((
            "known error, workaround: ".to_owned(),
            known.workaround.clone(),
        ));
        if let Some(cause) = &known.cause {
            lines.push(("cause: ".to_owned(), cause.clone()));
        }
    }
    if let Some(remedy) = &one.resolution {
        let took = words::span(remedy.at - one.summary.opened);
        let by = untrusted::line(remedy.by.as_str()).into_owned();
        lines.push((
            format!("{} by {by} in {took}: ", remedy.code),
            remedy.text.clone(),
        ));
    } else if let Some(agent) = &one.summary.assignee {
        let agent = untrusted::line(agent.as_str()).into_owned();
        lines.push((format!("with {agent}"), String::new()));
    }
    lines
}

fn below(
    label: &str,
    text: &str,
    indent: usize,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let text = Line::of(text, &[]).drawn(room(indent + untrusted::width(label), look), look);
    let label = Tone::Quiet.paint(label, look.color);
    writeln!(out, "{}{label}{text}", " ".repeat(indent))?;
    Ok(())
}

fn room(taken: usize, look: &RenderOptions<'_>) -> Option<usize> {
    look.width
        .map(|width| width.saturating_sub(taken).max(ROOM))
}

fn fit(text: &str, taken: usize, look: &RenderOptions<'_>) -> String {
    match room(taken, look) {
        Some(room) => untrusted::cut(text, room).into_owned(),
        None => text.to_owned(),
    }
}
