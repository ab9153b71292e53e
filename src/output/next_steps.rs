//! The next steps after a diagnosis, as commands ready to be typed.

use super::style::untrusted;
use crate::domain::event::{Advice, TicketId};
use crate::domain::people::Tier;
use crate::domain::read_models::KnownErrorEntry;

/// The longest text that is put into a command.
const MAX_TYPED: usize = 200;

/// The outcome of a diagnosis.
pub(crate) struct DiagnosisOutcome<'a> {
    pub(crate) id: TicketId,
    pub(crate) tier: &'a Tier,
    pub(crate) advice: &'a [Advice],
    /// Known errors that the advice names, or of the same category.
    pub(crate) known: &'a [KnownErrorEntry],
    /// Whether every question that is asked has an answer.
    pub(crate) complete: bool,
}

/// The advice in lines, with the next commands ready to be typed.
pub(crate) fn next_steps(outcome: &DiagnosisOutcome<'_>) -> Vec<String> {
    let DiagnosisOutcome {
        id,
        tier,
        advice: found,
        known,
        complete,
    } = outcome;
    let mut lines = Vec::new();
    let mut next: Vec<String> = Vec::new();
    let id = id.0;
    let mut offer = |command: String| {
        if !next.contains(&command) {
            next.push(command);
        }
    };
    let workaround = |text: &str, offer: &mut dyn FnMut(String)| {
        let text = shell_word(text).map_or_else(String::new, |text| format!(" {text}"));
        offer(format!("desk resolve {id} --code workaround{text}"));
    };
    for advice in *found {
        if let Some(cause) = &advice.cause {
            lines.push(format!("suspected cause: {}", untrusted::line(cause)));
        }
        let error = advice.known_error;
        let is_known = |one: &&KnownErrorEntry| Some(one.summary.id) == error;
        match (error, known.iter().find(is_known)) {
            (_, Some(one)) => {
                lines.extend(known_error(one));
                workaround(&one.known_error.workaround, &mut offer);
            }
            (Some(error), None) => lines.push(format!(
                "known error {error}: it is not marked as one; to see it: desk show {}",
                error.0
            )),
            (None, None) => {}
        }
        let is_shown = known.iter().any(|one| Some(one.summary.id) == error);
        if let Some(text) = advice.workaround.as_ref().filter(|_| !is_shown) {
            lines.push(format!("workaround: {}", untrusted::line(text)));
            workaround(text, &mut offer);
        }
        if let Some(to) = advice.escalate.as_ref().filter(|to| to != tier) {
            let reason = advice.reason.as_ref().or(advice.cause.as_ref());
            let why = advice.reason.as_deref().map(untrusted::line);
            let why = why.map_or_else(String::new, |why| format!(": {why}"));
            lines.push(format!("escalate to {}{why}", untrusted::line(to.as_str())));
            let reason = reason.and_then(|text| shell_word(text));
            let reason = reason.unwrap_or_else(|| "REASON".to_owned());
            offer(format!("desk escalate {id} {to} {reason}"));
        }
    }
    let named = |one: &&KnownErrorEntry| {
        let mut named = found.iter().filter_map(|advice| advice.known_error);
        !named.any(|id| id == one.summary.id)
    };
    for one in known.iter().filter(named) {
        lines.extend(known_error(one));
        workaround(&one.known_error.workaround, &mut offer);
    }
    for cause in found.iter().filter_map(|advice| advice.cause.as_ref()) {
        if let Some(text) = shell_word(cause) {
            offer(format!("desk investigate {id} {text}"));
        }
    }
    if next.is_empty() && *complete {
        lines.push("the policy has no advice for these answers".to_owned());
        next.push(format!("desk investigate {id} HYPOTHESIS"));
        next.push(format!("desk escalate {id} REASON"));
    }
    for (n, command) in next.iter().take(4).enumerate() {
        let label = if n == 0 { "next:" } else { "  or:" };
        lines.push(format!("{label} {command}"));
    }
    lines
}

/// A known error in two lines.
fn known_error(one: &KnownErrorEntry) -> [String; 2] {
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

/// A text quoted for a shell; `None` if it is too long or cannot be typed.
fn shell_word(text: &str) -> Option<String> {
    let fits = text.chars().count() <= MAX_TYPED && !text.contains(untrusted::is_hidden);
    if !fits || text.contains('\n') {
        return None;
    }
    let quoted = format!("'{}'", text.replace('\'', "'\\''"));
    // Without -m, a single word could be taken for a ticket or a flag.
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
        assert_eq!(shell_word("it is down").unwrap(), "'it is down'");
        assert_eq!(shell_word("it's $(down)").unwrap(), r"'it'\''s $(down)'");
        assert_eq!(shell_word("42").unwrap(), "-m '42'");
        assert_eq!(shell_word("-x y").unwrap(), "-m '-x y'");
        assert_eq!(shell_word("two\nlines"), None);
        assert_eq!(shell_word("hid\u{1b}den"), None);
        assert_eq!(shell_word(&"long ".repeat(100)), None);
    }
}
