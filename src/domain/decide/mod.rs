//! Decides commands: a pure function from a ticket, a command and its context
//! to the events that follow, or to a rejection. No events mean that the ticket
//! is already in that state.

mod alarms;
mod ancestry;
mod assignment;
mod automation;
mod breach;
mod calls;
mod checklist;
mod classify;
mod close;
mod context;
mod decision;
mod diagnose;
mod edit;
mod fields;
mod import;
mod input;
mod investigation;
mod known_errors;
mod merge;
mod messages;
mod notes;
mod numbering;
mod open;
mod pause;
mod promise;
mod relations;
mod resolve;
mod restrict;
mod spent;
mod tags;
mod taken_back;
mod targets;
mod transitions;
mod undo;
mod unfounded;
mod void;

use chrono::TimeDelta;

use super::Timestamp;
use super::category::Category;
use super::custom_field::TypedField;
use super::event::{Correction, Event, Note};
use super::people::{Agent, Requester};
use super::rejection::Rejection;
use super::tag::Tag;
use super::ticket::Ticket;
use super::vocabulary::{
    CallAnswer, Channel, ChecklistMark, ClosureCode, Kind, Medium, Occurrence,
};

pub(crate) use alarms::{RepeatedAlarm, reopen_for_alarm, repeat_alarm};
pub(crate) use ancestry::Ancestry;
pub(crate) use automation::run_next_timer;
pub(crate) use breach::{BreachCommand, SentRequest, TimeDecision};
pub(crate) use context::Ctx;
use decision::Decision;
pub(crate) use diagnose::{Diagnosis, GivenAnswer};
pub(crate) use edit::{Edit, EditConflict, EditedField, NewRequester, Seen, seen, tags_line};
pub(crate) use import::import_rows;
pub(crate) use input::{ClosingOptions, KnownErrorInput, Ratings};
#[cfg(test)]
pub(crate) use merge::EventsByTicket;
pub(crate) use merge::{Surroundings, merge, still_merged, undo_merge};
pub(crate) use messages::{Sender, follow_up, needs_follow_up};
pub(crate) use open::{NewResolution, NewTicket, open};
pub(crate) use pause::PauseRequest;
pub(crate) use promise::{PromiseRequest, WithdrawalRequest};
pub(crate) use relations::{link, parent_in, unlink};
pub(crate) use targets::apply_policy;
pub(crate) use undo::{UndoRefusal, concerned, last_step, undo};

/// A command on an existing ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a process makes one or two")]
pub(crate) enum Command {
    Identify {
        kind: Kind,
        onset: Option<Occurrence>,
    },
    Log {
        note: Note,
        correction: Correction,
    },
    /// Corrects what was typed.
    Edit(Box<Edit>),
    Categorize {
        category: Category,
    },
    Prioritize(Ratings),
    /// Promises by hand when a clock is due.
    PromiseDue(PromiseRequest),
    WithdrawPromise(WithdrawalRequest),
    /// Records time that was spent; a negative one corrects.
    Spend {
        time: TimeDelta,
        note: Option<String>,
    },
    /// Another command, and the time that was spent with it.
    Timed {
        command: Box<Self>,
        time: TimeDelta,
    },
    Diagnose(Diagnosis),
    Assign {
        agent: Agent,
    },
    /// Assigns the ticket if nobody else has it.
    Take {
        agent: Agent,
    },
    Unassign {
        reason: Option<String>,
    },
    Escalate {
        /// The tier; the next one up if absent.
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
        /// Its number; the only open one if absent.
        hypothesis: Option<u32>,
        confirmed: bool,
        evidence: String,
    },
    ArrangeCall {
        medium: Medium,
        when: Timestamp,
        note: Option<String>,
    },
    MoveCall {
        /// Its number; the only arranged one if absent.
        call: Option<u32>,
        /// The time at which whoever moves it takes it to be.
        known: Option<Timestamp>,
        when: Timestamp,
        note: Option<String>,
    },
    /// Records what somebody answered to an invitation.
    AnswerCall {
        call: u32,
        /// The version of the invitation; see [`Fact::CallAnswered`].
        version: u32,
        answer: CallAnswer,
        /// Absent for the requester.
        person: Option<Requester>,
        note: Option<String>,
    },
    EndCall {
        /// Its number; the only arranged one if absent.
        call: Option<u32>,
        held: bool,
        note: Option<String>,
    },
    Pause(PauseRequest),
    Resume {
        note: Option<String>,
    },
    /// A public message to the requester.
    Reply {
        text: String,
        via: Option<Channel>,
    },
    /// A message from the requester.
    RecordMessage {
        text: String,
        via: Option<Channel>,
        /// It only thanks: no answer is owed, and nothing is reopened.
        thanks: bool,
        /// The contact or name of the participant who wrote it; absent for the
        /// requester.
        sender: Option<String>,
        /// The requester of the ticket that was written to, if the message is
        /// recorded on another one: its follow-up, or the survivor of a merge.
        written_to: Option<Requester>,
    },
    /// Somebody else takes part in the conversation.
    AddParticipant {
        person: Requester,
    },
    RemoveParticipant {
        /// The name and contact, or either.
        person: Requester,
    },
    Resolve {
        text: String,
        code: Option<ClosureCode>,
        /// Marks it as a known error as well.
        known_error: Option<KnownErrorInput>,
        closing: ClosingOptions,
    },
    /// Records who confirmed that the service is restored.
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
    /// Ends a ticket that was a mistake.
    Void {
        reason: String,
    },
    /// Marks a resolved ticket as a known error.
    MarkKnownError(KnownErrorInput),
    WithdrawKnownError {
        reason: String,
    },
    /// Lets only these agents see the ticket.
    Restrict {
        to: Vec<Agent>,
        reason: Option<String>,
    },
    LiftRestriction {
        reason: String,
    },
    /// Puts tags on the ticket and removes others.
    Tag {
        add: Vec<Tag>,
        remove: Vec<Tag>,
    },
    /// Puts tags on the ticket, and does something else.
    TagAnd {
        add: Vec<Tag>,
        command: Box<Self>,
    },
    /// Sets fields that the policy defines.
    SetFields {
        fields: Vec<TypedField>,
    },
    AddToChecklist {
        items: Vec<String>,
    },
    MarkChecklist {
        /// Their numbers.
        items: Vec<u32>,
        mark: ChecklistMark,
    },
    Breach(BreachCommand),
}

/// Decides the events that follow from a command.
///
/// # Errors
/// The [`Rejection`] of the first rule that refuses it; nothing has happened.
pub(crate) fn decide(
    ticket: &Ticket,
    command: Command,
    ctx: &Ctx<'_>,
) -> Result<Vec<Event>, Rejection> {
    ctx.check_actor()?;
    let mut decision = Decision::begin(ticket, ctx)?;
    transitions::check(&decision.ticket, &command)?;
    run(&mut decision, command, ctx)?;
    Ok(decision.finish())
}

fn run(to: &mut Decision<'_>, command: Command, ctx: &Ctx<'_>) -> Result<(), Rejection> {
    match command {
        Command::Identify { kind, onset } => classify::identify(to, kind, onset),
        Command::Log { note, correction } => notes::log(to, note, correction)?,
        Command::Edit(edit) => edit::edit(to, *edit)?,
        Command::Categorize { category } => classify::categorize(to, category)?,
        Command::Prioritize(ratings) => classify::prioritize(to, &ratings)?,
        Command::PromiseDue(request) => promise::promise(to, request)?,
        Command::WithdrawPromise(request) => promise::withdraw(to, request)?,
        Command::Spend { time, note } => spent::spend(to, time, note)?,
        Command::Timed { command, time } => {
            run(to, *command, ctx)?;
            spent::spend(to, time, None)?;
        }
        Command::Diagnose(diagnosis) => diagnose::diagnose(to, diagnosis)?,
        Command::Assign { agent } => assignment::assign(to, agent)?,
        Command::Take { agent } => assignment::take(to, agent)?,
        Command::Unassign { reason } => assignment::unassign(to, reason),
        Command::Escalate {
            to: tier,
            reason,
            agent,
        } => assignment::escalate(to, tier.as_deref(), reason, agent)?,
        Command::InformManager { manager, reason } => {
            assignment::inform_manager(to, manager, reason);
        }
        Command::ProposeHypothesis { text } => investigation::propose(to, text),
        Command::JudgeHypothesis {
            hypothesis,
            confirmed,
            evidence,
        } => investigation::judge(to, hypothesis, confirmed, evidence)?,
        Command::ArrangeCall { medium, when, note } => calls::arrange(to, medium, when, note)?,
        Command::MoveCall {
            call,
            known,
            when,
            note,
        } => calls::move_to(to, call, known, when, note)?,
        Command::AnswerCall {
            call,
            version,
            answer,
            person,
            note,
        } => calls::answer(to, (call, version), answer, person, note)?,
        Command::EndCall { call, held, note } => calls::end(to, call, held, note)?,
        Command::Pause(request) => pause::pause(to, request)?,
        Command::Resume { note } => pause::resume(to, note),
        Command::Reply { text, via } => messages::reply(to, text, via),
        Command::RecordMessage {
            text,
            via,
            thanks,
            sender,
            written_to,
        } => {
            let sender = Sender {
                typed: sender.as_deref(),
                written_to: written_to.as_ref(),
            };
            messages::receive(to, text, via, thanks, sender)?;
        }
        Command::AddParticipant { person } => messages::add_participant(to, person)?,
        Command::RemoveParticipant { person } => messages::remove_participant(to, &person)?,
        Command::Resolve {
            text,
            code,
            known_error,
            closing,
        } => {
            let resolution = text.clone();
            resolve::resolve(to, text, code, closing)?;
            if let Some(mut known_error) = known_error {
                // The new resolution is the workaround, not that of an earlier mark.
                known_error.workaround.get_or_insert(resolution);
                known_errors::mark(to, known_error)?;
            }
        }
        Command::ConfirmRestored { by } => resolve::confirm_restored(to, by),
        Command::Close {
            satisfaction,
            comment,
            closing,
        } => close::close(to, satisfaction, comment, closing)?,
        Command::Reopen { reason } => close::reopen(to, &ctx.actor, reason),
        Command::Void { reason } => void::void(to, reason)?,
        Command::MarkKnownError(input) => known_errors::mark(to, input)?,
        Command::WithdrawKnownError { reason } => known_errors::withdraw(to, reason)?,
        Command::Restrict { to: agents, reason } => restrict::restrict(to, agents, reason)?,
        Command::LiftRestriction { reason } => restrict::lift(to, reason)?,
        Command::Tag { add, remove } => tags::tag(to, add, remove)?,
        Command::TagAnd { add, command } => {
            tags::tag(to, add, Vec::new())?;
            run(to, *command, ctx)?;
        }
        Command::SetFields { fields } => fields::set(to, fields)?,
        Command::AddToChecklist { items } => checklist::add(to, items)?,
        Command::MarkChecklist { items, mark } => checklist::mark(to, &items, mark)?,
        Command::Breach(command) => breach::run(to, command)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests;
