//! What a command does to a ticket: a pure decision from the ticket as it is,
//! the command and its circumstances to the events that follow, or to a
//! refusal. Deciding nothing means «already so».

mod automation;
mod classify;
mod decision;
mod diagnose;
mod finish;
mod import;
mod known_errors;
mod open;
mod relations;
mod transitions;
mod work;

use super::Timestamp;
use super::category::Category;
use super::event::{Correction, Event, Note, TicketId};
use super::people::{Actor, Agent};
use super::policy::versions::PolicyHistory;
use super::rejection::Rejection;
use super::ticket::Ticket;
use super::vocabulary::{Channel, ClosureCode, Kind, Medium, Occurrence, PauseReason};

pub(crate) use automation::pass_time;
use decision::Decision;
pub(crate) use decision::apply_policy;
pub(crate) use import::import_rows;
pub(crate) use open::{NewTicket, open};
pub(crate) use relations::{link, merge, unlink, unmerge};
use transitions::permit;
use work::Wait;

/// The circumstances of a decision.
#[derive(Debug, Clone)]
pub(crate) struct Ctx<'a> {
    /// When it happens.
    pub(crate) at: Timestamp,
    /// Whether the agent gave that time.
    pub(crate) backdated: bool,
    /// What the machine's clock says.
    pub(crate) now: Timestamp,
    pub(crate) actor: Actor,
    pub(crate) policy: &'a PolicyHistory,
}

impl Ctx<'_> {
    /// Refuses an agent who is not on the roster.
    fn known_actor(&self) -> Result<(), Rejection> {
        match &self.actor {
            Actor::Agent(agent) => Ok(self.policy.check_agent(agent)?),
            Actor::Desk => Ok(()),
        }
    }
}

/// A step of the process on an open ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    Identify {
        kind: Kind,
        onset: Option<Occurrence>,
    },
    Log {
        note: Note,
        correction: Correction,
    },
    Categorize {
        category: Category,
    },
    Prioritize(Ratings),
    Diagnose {
        answers: Vec<GivenAnswer>,
        extent: Option<String>,
        affected: Vec<String>,
        note: Option<String>,
        /// The workarounds of the known errors that findings name.
        workarounds: Vec<(TicketId, String)>,
    },
    Assign {
        agent: Agent,
    },
    /// Assigns to oneself what nobody else has.
    Take {
        agent: Agent,
    },
    Unassign {
        reason: Option<String>,
    },
    Escalate {
        /// The next tier up when absent.
        to: Option<String>,
        reason: String,
        agent: Option<Agent>,
    },
    InformManager {
        manager: String,
        reason: String,
    },
    ProposeHypothesis {
        text: String,
    },
    JudgeHypothesis {
        /// The only open one when absent.
        hypothesis: Option<u32>,
        confirmed: bool,
        evidence: String,
    },
    ArrangeCall {
        medium: Medium,
        when: Timestamp,
        note: Option<String>,
    },
    EndCall {
        /// The only arranged one when absent.
        call: Option<u32>,
        held: bool,
        note: Option<String>,
    },
    Pause {
        reason: PauseReason,
        until: Option<Timestamp>,
        note: Option<String>,
        ask: Option<String>,
        /// Why the gate is passed by force.
        force: Option<String>,
    },
    Resume {
        note: Option<String>,
    },
    Reply {
        text: String,
        via: Option<Channel>,
    },
    RecordMessage {
        text: String,
        via: Option<Channel>,
    },
    Resolve {
        text: String,
        code: Option<ClosureCode>,
        /// Whether it is marked as a known error at once.
        known_error: Option<KnownErrorInput>,
        closing: ClosingOptions,
    },
    /// Marks what was resolved as a known error.
    MarkKnownError(KnownErrorInput),
    WithdrawKnownError {
        reason: String,
    },
    ConfirmRestored {
        by: String,
    },
    Close {
        satisfaction: Option<u8>,
        comment: Option<String>,
        closing: ClosingOptions,
    },
    Reopen {
        reason: String,
    },
}

/// The three ratings as typed; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Ratings {
    pub(crate) users: Option<String>,
    pub(crate) business: Option<String>,
    pub(crate) urgency: Option<String>,
}

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GivenAnswer {
    /// The key of a question of the policy, or a question of one's own.
    pub(crate) key: String,
    pub(crate) answer: String,
    /// Whether it must be a question of the policy.
    pub(crate) strict: bool,
}

/// What helps with others like it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct KnownErrorInput {
    /// The resolution when absent.
    pub(crate) workaround: Option<String>,
    /// The confirmed hypothesis when absent.
    pub(crate) cause: Option<String>,
}

/// What may be said along with resolving or closing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ClosingOptions {
    /// Who confirmed that the service is restored.
    pub(crate) restored_by: Option<String>,
    /// A public message to the requester.
    pub(crate) tell: Option<String>,
    /// Why gates are passed by force.
    pub(crate) force: Option<String>,
}

/// Decides what follows from a command.
///
/// # Errors
/// The [`Rejection`] of the first rule that says no; nothing has happened.
pub(crate) fn decide(
    ticket: &Ticket,
    command: Command,
    ctx: &Ctx<'_>,
) -> Result<Vec<Event>, Rejection> {
    ctx.known_actor()?;
    permit(ticket, command.step())?;
    let mut deed = Decision::on(ticket, ctx)?;
    match command {
        Command::Identify { kind, onset } => classify::identify(&mut deed, kind, onset),
        Command::Log { note, correction } => work::log(&mut deed, note, correction)?,
        Command::Categorize { category } => classify::categorize(&mut deed, category)?,
        Command::Prioritize(ratings) => classify::prioritize(&mut deed, &ratings)?,
        Command::Diagnose {
            answers,
            extent,
            affected,
            note,
            workarounds: recalled,
        } => {
            let found = diagnose::Seen {
                extent,
                affected,
                note,
            };
            diagnose::diagnose(&mut deed, answers, found, &recalled)?;
        }
        Command::Assign { agent } => work::assign(&mut deed, agent)?,
        Command::Take { agent } => work::take(&mut deed, agent)?,
        Command::Unassign { reason } => work::unassign(&mut deed, reason),
        Command::Escalate { to, reason, agent } => {
            work::escalate(&mut deed, to.as_deref(), reason, agent)?;
        }
        Command::InformManager { manager, reason } => {
            work::tell_manager(&mut deed, manager, reason);
        }
        Command::ProposeHypothesis { text } => work::propose(&mut deed, text),
        Command::JudgeHypothesis {
            hypothesis,
            confirmed,
            evidence,
        } => work::judge(&mut deed, hypothesis, confirmed, evidence)?,
        Command::ArrangeCall { medium, when, note } => {
            work::arrange_call(&mut deed, medium, when, note)?;
        }
        Command::EndCall { call, held, note } => work::end_call(&mut deed, call, held, note)?,
        Command::Pause {
            reason: awaited,
            until,
            note,
            ask,
            force,
        } => work::pause(
            &mut deed,
            Wait {
                awaited,
                until,
                note,
            },
            ask,
            force,
        )?,
        Command::Resume { note } => work::resume(&mut deed, note),
        Command::Reply { text, via } => work::reply(&mut deed, text, via),
        Command::RecordMessage { text, via } => work::hear(&mut deed, text, via),
        Command::Resolve {
            text,
            code,
            known_error: known,
            closing: ending,
        } => {
            let resolution = text.clone();
            finish::resolve(&mut deed, text, code, ending)?;
            if let Some(mut known) = known {
                // The text is new: what an earlier mark says is not.
                known.workaround.get_or_insert(resolution);
                known_errors::mark(&mut deed, known)?;
            }
        }
        Command::MarkKnownError(known) => known_errors::mark(&mut deed, known)?,
        Command::WithdrawKnownError { reason } => known_errors::withdraw(&mut deed, reason),
        Command::ConfirmRestored { by } => finish::confirm(&mut deed, by),
        Command::Close {
            satisfaction,
            comment,
            closing: ending,
        } => finish::close(&mut deed, satisfaction, comment, ending)?,
        Command::Reopen { reason } => finish::reopen(&mut deed, reason),
    }
    Ok(deed.events)
}

#[cfg(test)]
mod tests;
