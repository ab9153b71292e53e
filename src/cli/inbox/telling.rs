//! What is said about commands and failures.

use crate::cli::shell::Finished;
use crate::domain::event::TicketId;
use crate::error::Error;
use crate::inbox::{Message, told};
use crate::output::{StyledLine, safe_line, styled_lines};

/// What is said about a command: what it printed in a line, and all of it.
pub(super) fn message(words: &[String], ids: &[TicketId], finished: &Finished) -> Message {
    let out = styled_lines(&finished.out);
    let err = styled_lines(&finished.err);
    let whole: Vec<StyledLine> = [out.clone(), err.clone()].concat();
    let command = told(words);
    let out: Vec<String> = out.iter().map(plain).collect();
    let err: Vec<String> = err.iter().map(plain).collect();
    if finished.code == 0 {
        let mut parts = match out.as_slice() {
            [] if err.is_empty() => vec!["done".to_owned()],
            lines if ids.len() > 1 && lines.len() >= ids.len() => {
                vec![format!("{} done", ids.len())]
            }
            lines => lines.first().cloned().into_iter().collect(),
        };
        parts.extend(err);
        return Message::done(command, parts.join(" · "), whole);
    }
    let errors = err.iter().filter_map(|line| line.strip_prefix("desk: "));
    let errors: Vec<&str> = errors.collect();
    let first = errors.first().copied();
    let first = first.or_else(|| err.first().map(String::as_str));
    let mut text = first.unwrap_or("it failed").to_owned();
    if errors.len() > 1 {
        text += &format!(" (and {} more)", errors.len() - 1);
    }
    if !out.is_empty() && ids.len() > 1 {
        text = format!("{} of {} done; {text}", out.len(), ids.len());
    }
    Message::refused(command, text, finished.hint.clone(), whole)
}

fn plain(line: &StyledLine) -> String {
    let texts = line.iter().map(|(_, text)| text.as_str());
    texts.collect::<String>().trim().to_owned()
}

/// A failure of the inbox itself, such as a filter that is not understood.
pub(super) fn fault_message(fault: &Error) -> Message {
    let text = safe_line(&fault.to_string());
    let hint = fault.hint();
    let mut whole = styled_lines(&text);
    whole.extend(styled_lines(hint.as_deref().unwrap_or_default()));
    Message::refused(String::new(), text, hint, whole)
}
