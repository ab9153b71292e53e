//! Decisions: given events, when a command, then events or a refusal.

mod alarms;
mod assignment;
mod automation;
mod breach;
mod business_calendars;
mod calls;
mod carried;
mod classify;
mod close;
mod diagnose;
mod import;
mod investigation;
mod known_errors;
mod levels;
mod merge;
mod messages;
mod missed;
mod notes;
mod open;
mod pause;
mod properties;
mod random_history;
mod relations;
mod resolve;
mod restrict;
mod taken_back;
mod targets;
mod timestamps;
mod transitions;
mod unassigned;
mod unfounded;

use crate::domain::event::Event;
use crate::domain::rejection::Rejection;
use crate::testing::ticket_story::kinds;

use super::Command;

/// The name of a command, as in the table of transitions.
fn name(command: &Command) -> &'static str {
    match command {
        Command::Tag { .. } => "tag",
        Command::TagAnd { .. } => "tag-and",
        Command::SetFields { .. } => "set-fields",
        Command::AddToChecklist { .. } => "add-to-checklist",
        Command::MarkChecklist { .. } => "mark-checklist",
        Command::Identify { .. } => "identify",
        Command::Log { .. } => "log",
        Command::Categorize { .. } => "categorize",
        Command::Prioritize(_) => "prioritize",
        Command::Diagnose(_) => "diagnose",
        Command::Assign { .. } => "assign",
        Command::Take { .. } => "take",
        Command::Unassign { .. } => "unassign",
        Command::Escalate { .. } => "escalate",
        Command::InformManager { .. } => "tell-manager",
        Command::ProposeHypothesis { .. } => "propose",
        Command::JudgeHypothesis { .. } => "judge",
        Command::ArrangeCall { .. } => "arrange-call",
        Command::MoveCall { .. } => "move-call",
        Command::AnswerCall { .. } => "answer-call",
        Command::EndCall { .. } => "end-call",
        Command::Pause(_) => "pause",
        Command::Resume { .. } => "resume",
        Command::Reply { .. } => "reply",
        Command::RecordMessage { .. } => "hear",
        Command::AddParticipant { .. } => "add-participant",
        Command::RemoveParticipant { .. } => "remove-participant",
        Command::Resolve { .. } => "resolve",
        Command::MarkKnownError(_) => "mark-known",
        Command::WithdrawKnownError { .. } => "withdraw-known",
        Command::ConfirmRestored { .. } => "confirm",
        Command::Close { .. } => "close",
        Command::Reopen { .. } => "reopen",
        Command::Restrict { .. } => "restrict",
        Command::LiftRestriction { .. } => "lift-restriction",
        Command::Breach(_) => "breach",
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
