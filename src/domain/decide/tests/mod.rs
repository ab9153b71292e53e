//! Decisions: given events, when a command, then events or a refusal.

mod automation;
mod classify;
mod finish;
mod guided;
mod hours;
mod policy;
mod property;
mod relations;
mod story;
mod table;
mod time;
mod work;

use crate::domain::event::Event;
use crate::domain::rejection::Rejection;
use crate::testing::ticket_story::kinds;

use super::Command;

/// A command without its details, as the permit table names it.
fn name(command: &Command) -> &'static str {
    match command {
        Command::Identify { .. } => "identify",
        Command::Log { .. } => "log",
        Command::Categorize { .. } => "categorize",
        Command::Prioritize(_) => "prioritize",
        Command::Diagnose { .. } => "diagnose",
        Command::Assign { .. } => "assign",
        Command::Take { .. } => "take",
        Command::Unassign { .. } => "unassign",
        Command::Escalate { .. } => "escalate",
        Command::InformManager { .. } => "tell-manager",
        Command::ProposeHypothesis { .. } => "propose",
        Command::JudgeHypothesis { .. } => "judge",
        Command::ArrangeCall { .. } => "arrange-call",
        Command::EndCall { .. } => "end-call",
        Command::Pause { .. } => "pause",
        Command::Resume { .. } => "resume",
        Command::Reply { .. } => "reply",
        Command::RecordMessage { .. } => "hear",
        Command::Resolve { .. } => "resolve",
        Command::MarkKnownError(_) => "mark-known",
        Command::WithdrawKnownError { .. } => "withdraw-known",
        Command::ConfirmRestored { .. } => "confirm",
        Command::Close { .. } => "close",
        Command::Reopen { .. } => "reopen",
    }
}

/// An outcome in a word or two: the kinds of facts, `-` for none, or what
/// the refusal asks for.
fn outcome(decided: Result<Vec<Event>, Rejection>) -> String {
    match decided {
        Ok(events) => kinds(&events),
        Err(Rejection::WrongState { help, .. }) => {
            let verb = help.split(' ').next().unwrap_or_default();
            format!("first {verb}")
        }
        Err(Rejection::Merged { into, .. }) => format!("see {into}"),
        Err(other) => other.to_string(),
    }
}
