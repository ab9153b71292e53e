//! Guided diagnosis as it is told: the questions, the known errors, and what
//! to do next, with commands that can be typed as they stand.

use std::io::Write;

use super::grid::Cell;
use super::json::guide as published;
use super::json::value::At;
use super::matter::{cut_last, grid};
use super::{Format, RenderOptions, csv, ids, joined, json, remark, sheet::Sheet, style::Tone};
use super::{untrusted, words};
use crate::domain::event::Advice;
use crate::domain::event::TicketId;
use crate::domain::people::Tier;
use crate::domain::questionnaire::Applicability;
use crate::domain::read_models::{KnownErrorEntry, TicketQuestion};
use crate::error::Error;

/// The longest text that is put into a command to type.
const TYPED: usize = 200;

pub(super) fn questions(
    all: &[TicketQuestion],
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    let asked = |one: &TicketQuestion| match one.reach {
        Applicability::Asked => "yes".to_owned(),
        Applicability::Skipped => "no".to_owned(),
        Applicability::Undecided => format!("if {}", one.question.when),
    };
    let choices = |one: &TicketQuestion| one.question.answer_type.choices().join(", ");
    match look.format {
        Format::Json | Format::Jsonl => {
            let all: Vec<_> = all.iter().map(published::Question::of).collect();
            json::all(&all, look, out)
        }
        Format::Csv => {
            let heads = ["key", "type", "choices", "asked", "answer", "question"];
            let row = |one: &TicketQuestion| {
                vec![
                    one.question.key.clone(),
                    one.question.answer_type.as_str().to_owned(),
                    choices(one),
                    asked(one),
                    one.answer.clone().unwrap_or_default(),
                    one.question.text.clone(),
                ]
            };
            csv::rows(&heads, all.iter().map(row), out)
        }
        Format::Ids => {
            for one in all {
                writeln!(out, "{}", one.question.key)?;
            }
            Ok(())
        }
        Format::Table => {
            let cell = |text: &str| Cell::plain(untrusted::line(text).into_owned());
            let row = |one: &TicketQuestion| {
                let form = match choices(one) {
                    choices if choices.is_empty() => one.question.answer_type.as_str().to_owned(),
                    choices => choices,
                };
                vec![
                    cell(&one.question.key),
                    cell(&form),
                    cell(&asked(one)),
                    cell(one.answer.as_deref().unwrap_or("-")),
                    cell(&one.question.text),
                ]
            };
            let mut rows: Vec<Vec<Cell>> = all.iter().map(row).collect();
            if !rows.is_empty() {
                let heads = ["KEY", "ANSWERS", "ASKED", "ANSWER", "QUESTION"];
                cut_last(&mut rows, &heads, look);
                grid(&heads, &[false; 5]).write(&rows, look.color, out)?;
            }
            let none = "its category has no questions";
            remark(all.is_empty().then_some(none), look, out, err)
        }
    }
}

pub(super) fn known_errors(
    all: &[KnownErrorEntry],
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    match look.format {
        Format::Json | Format::Jsonl => {
            let all: Vec<_> = all.iter().map(published::KnownError::of).collect();
            json::all(&all, look, out)
        }
        Format::Csv => {
            let heads = [
                "id",
                "category",
                "title",
                "cause",
                "workaround",
                "by",
                "at",
                "alike",
            ];
            let row = |one: &KnownErrorEntry| {
                let category = one.summary.category.as_ref();
                vec![
                    one.summary.id.0.to_string(),
                    category.map(ToString::to_string).unwrap_or_default(),
                    one.summary.title.clone(),
                    one.known_error.cause.clone().unwrap_or_default(),
                    one.known_error.workaround.clone(),
                    one.known_error.by.to_string(),
                    At(one.known_error.since).text(),
                    one.related.to_string(),
                ]
            };
            csv::rows(&heads, all.iter().map(row), out)
        }
        Format::Ids => ids::all(all.iter().map(|one| one.summary.id), out),
        Format::Table => {
            joined(all.iter().map(|one| entry(one, look)), out)?;
            let none = "no known errors; mark a resolved ticket with: desk known-errors add ID";
            remark(all.is_empty().then_some(none), look, out, err)
        }
    }
}

/// A known error as a paragraph: what it is, why, and what helps.
fn entry(one: &KnownErrorEntry, look: &RenderOptions<'_>) -> String {
    let mut sheet = Sheet::new(look);
    let title = untrusted::line(&one.summary.title);
    sheet.hang(&format!("{} ", one.summary.id), &title, Tone::Strong);
    let category = one.summary.category.as_ref();
    let category = category.map_or("no category", |c| c.as_str());
    let mut place = format!(
        "{}, marked by {}, {}",
        untrusted::line(category),
        untrusted::line(one.known_error.by.as_str()),
        sheet.moment(one.known_error.since)
    );
    if one.related > 0 {
        place += &format!(
            ", {} linked or merged",
            words::plural(one.related, "ticket")
        );
    }
    sheet.hang("  ", &place, Tone::Quiet);
    sheet.field("cause", one.known_error.cause.as_deref());
    sheet.line("  workaround");
    sheet.words_of(4, &one.known_error.workaround, Tone::Plain);
    sheet.text
}

/// What a diagnosis led to, and what may be done about it.
pub(crate) struct Course<'a> {
    pub(crate) id: TicketId,
    pub(crate) tier: &'a Tier,
    pub(crate) found: &'a [Advice],
    /// Known errors that the findings name, or that the category has.
    pub(crate) known: &'a [KnownErrorEntry],
    /// Whether every question that is asked has an answer.
    pub(crate) whole: bool,
}

/// Tells it, with the next command as it can be typed.
pub(crate) fn advice(course: &Course<'_>) -> Vec<String> {
    let Course {
        id,
        tier,
        found,
        known,
        whole,
    } = course;
    let mut lines = Vec::new();
    let mut next: Vec<String> = Vec::new();
    let id = id.0;
    let mut offer = |command: String| {
        if !next.contains(&command) {
            next.push(command);
        }
    };
    let workaround = |text: &str, offer: &mut dyn FnMut(String)| {
        let said = typed(text).map_or_else(String::new, |text| format!(" {text}"));
        offer(format!("desk resolve {id} --code workaround{said}"));
    };
    for advice in *found {
        if let Some(cause) = &advice.cause {
            lines.push(format!("suspected cause: {}", untrusted::line(cause)));
        }
        let error = advice.known_error;
        let is_known = |one: &&KnownErrorEntry| Some(one.summary.id) == error;
        match (error, known.iter().find(is_known)) {
            (_, Some(one)) => {
                lines.extend(recalled(one));
                workaround(&one.known_error.workaround, &mut offer);
            }
            (Some(error), None) => lines.push(format!(
                "known error {error}: it is not marked as one; see: desk show {}",
                error.0
            )),
            (None, None) => {}
        }
        let recalled = known.iter().any(|one| Some(one.summary.id) == error);
        if let Some(text) = advice.workaround.as_ref().filter(|_| !recalled) {
            lines.push(format!("workaround: {}", untrusted::line(text)));
            workaround(text, &mut offer);
        }
        if let Some(to) = advice.escalate.as_ref().filter(|to| to != tier) {
            let reason = advice.reason.as_ref().or(advice.cause.as_ref());
            let why = advice.reason.as_deref().map(untrusted::line);
            let why = why.map_or_else(String::new, |why| format!(": {why}"));
            lines.push(format!("escalate to {}{why}", untrusted::line(to.as_str())));
            let reason = reason.and_then(|text| typed(text));
            let reason = reason.unwrap_or_else(|| "REASON".to_owned());
            offer(format!("desk escalate {id} {to} {reason}"));
        }
    }
    let named = |one: &&KnownErrorEntry| {
        let mut named = found.iter().filter_map(|advice| advice.known_error);
        !named.any(|id| id == one.summary.id)
    };
    for one in known.iter().filter(named) {
        lines.extend(recalled(one));
        workaround(&one.known_error.workaround, &mut offer);
    }
    for cause in found.iter().filter_map(|advice| advice.cause.as_ref()) {
        if let Some(text) = typed(cause) {
            offer(format!("desk investigate {id} {text}"));
        }
    }
    if next.is_empty() && *whole {
        lines.push("the answers point to nothing that the policy knows".to_owned());
        next.push(format!("desk investigate {id} HYPOTHESIS"));
        next.push(format!("desk escalate {id} REASON"));
    }
    for (n, command) in next.iter().take(4).enumerate() {
        let lead = if n == 0 { "next:" } else { "  or:" };
        lines.push(format!("{lead} {command}"));
    }
    lines
}

/// A known error in two lines.
fn recalled(one: &KnownErrorEntry) -> [String; 2] {
    [
        format!(
            "known error {}: {}",
            one.summary.id,
            untrusted::line(&one.summary.title)
        ),
        format!(
            "  workaround: {}",
            untrusted::line(&one.known_error.workaround)
        ),
    ]
}

/// A text as a shell takes it for one word; none for what is too long for
/// that, or cannot be typed.
fn typed(text: &str) -> Option<String> {
    let fits = text.chars().count() <= TYPED && !text.contains(untrusted::is_hidden);
    if !fits || text.contains('\n') {
        return None;
    }
    let quoted = format!("'{}'", text.replace('\'', "'\\''"));
    // A word that could be a ticket or a flag is said to be the text.
    let plain = text.contains(' ') && !text.starts_with('-');
    Some(if plain {
        quoted
    } else {
        format!("-m {quoted}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_quoted_for_the_shell() {
        assert_eq!(typed("it is down").unwrap(), "'it is down'");
        assert_eq!(typed("it's $(down)").unwrap(), r"'it'\''s $(down)'");
        assert_eq!(typed("42").unwrap(), "-m '42'");
        assert_eq!(typed("-x y").unwrap(), "-m '-x y'");
        assert_eq!(typed("two\nlines"), None);
        assert_eq!(typed("hid\u{1b}den"), None);
        assert_eq!(typed(&"long ".repeat(100)), None);
    }
}
