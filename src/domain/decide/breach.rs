//! A breach of personal data: putting it on record, decisions about it,
//! and its closing.

mod notifications;

use super::decision::Decision;
use super::diagnose::GivenAnswer;
use crate::domain::Timestamp;
use crate::domain::breach::Breach;
use crate::domain::breach::details::Details;
use crate::domain::breach::fact::{BreachFact, Decided};
use crate::domain::breach::obligation::Obligation;
use crate::domain::breach::refusal::BreachRefusal;
use crate::domain::breach::severity;
use crate::domain::event::{Answer, Fact};
use crate::domain::policy::questions::AnswerError;
use crate::domain::rejection::Rejection;
use crate::domain::vocabulary::{Risk, Role};

/// A command about the breach of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BreachCommand {
    Open {
        role: Role,
        details: Box<Details>,
        /// Since when the organisation is aware of it, if that is decided.
        aware: Option<TimeDecision>,
    },
    Reopen {
        reason: String,
    },
    Log {
        details: Box<Details>,
        note: Option<String>,
    },
    BecomeAware(TimeDecision),
    Classify(TimeDecision),
    DecideRisk {
        risk: Risk,
        /// Who decided it; the agent if absent.
        by: Option<String>,
        reason: String,
    },
    Assess {
        answers: Vec<GivenAnswer>,
    },
    Contain {
        measure: String,
        /// When; now if absent.
        at: Option<Timestamp>,
    },
    Notify(SentRequest),
    WaiveNotification {
        which: Option<String>,
        by: Option<String>,
        reason: String,
    },
    Close {
        lessons: String,
        /// Why it is closed although something is open.
        force: Option<String>,
    },
}

/// A decision about a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TimeDecision {
    pub(crate) at: Timestamp,
    /// Who decided it; the agent if absent.
    pub(crate) by: Option<String>,
    pub(crate) reason: Option<String>,
}

/// A notification that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SentRequest {
    /// The number or name of the obligation; the only open one if absent.
    pub(crate) which: Option<String>,
    /// When it was sent; now if absent.
    pub(crate) at: Option<Timestamp>,
    pub(crate) how: String,
    pub(crate) by: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) delay: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) more_follows: bool,
}

/// Decides a command about a breach.
pub(super) fn run(decision: &mut Decision<'_>, command: BreachCommand) -> Result<(), Rejection> {
    match command {
        BreachCommand::Open {
            role,
            details,
            aware,
        } => open(decision, role, details, aware),
        BreachCommand::Reopen { reason } => {
            if known(decision)?.is_open() {
                let id = decision.ticket.id;
                return Err(BreachRefusal::Known { id }.into());
            }
            decision.record(Fact::Breach(BreachFact::Reopened { reason }));
            Ok(())
        }
        BreachCommand::Log { details, note } => {
            let breach = open_breach(decision)?;
            let unchanged = {
                let mut after = breach.details.clone();
                after.change(&details);
                check_times(decision, breach, &after, None)?;
                after == breach.details
            };
            if !unchanged || note.is_some() {
                decision.record(Fact::Breach(BreachFact::Described { details, note }));
            }
            Ok(())
        }
        BreachCommand::BecomeAware(given) => become_aware(decision, given),
        BreachCommand::Classify(given) => classify(decision, given),
        BreachCommand::DecideRisk { risk, by, reason } => {
            open_breach(decision)?;
            let by = by.unwrap_or_else(|| actor(decision));
            decision.record(Fact::Breach(BreachFact::RiskDecided { risk, by, reason }));
            Ok(())
        }
        BreachCommand::Assess { answers } => assess(decision, answers),
        BreachCommand::Contain { measure, at } => {
            open_breach(decision)?;
            let at = at.unwrap_or(decision.at);
            Rejection::check_not_in_the_future(at, decision.at)?;
            decision.record(Fact::Breach(BreachFact::Contained { at, measure }));
            Ok(())
        }
        BreachCommand::Notify(sent) => notifications::notify(decision, sent),
        BreachCommand::WaiveNotification { which, by, reason } => {
            notifications::waive(decision, which.as_deref(), by, reason)
        }
        BreachCommand::Close { lessons, force } => close(decision, lessons, force),
    }
}

/// Refuses to end a ticket whose breach is open: its clocks would be forgotten.
pub(super) fn check_closed(
    ticket: &crate::domain::ticket::Ticket,
    what: &'static str,
) -> Result<(), BreachRefusal> {
    if ticket.has_open_breach() {
        let id = ticket.id;
        return Err(BreachRefusal::StillOpen { id, what });
    }
    Ok(())
}

fn known<'d>(decision: &'d Decision<'_>) -> Result<&'d Breach, BreachRefusal> {
    let id = decision.ticket.id;
    let breach = decision.ticket.breach.as_deref();
    breach.ok_or(BreachRefusal::None { id })
}

fn open_breach<'d>(decision: &'d Decision<'_>) -> Result<&'d Breach, BreachRefusal> {
    let breach = known(decision)?;
    if breach.is_open() {
        Ok(breach)
    } else {
        let id = decision.ticket.id;
        Err(BreachRefusal::Closed { id })
    }
}

/// The name of the agent who acts.
fn actor(decision: &Decision<'_>) -> String {
    decision.actor().as_str().to_owned()
}

fn decided(decision: &Decision<'_>, given: TimeDecision) -> Decided {
    Decided {
        at: given.at,
        by: given.by.unwrap_or_else(|| actor(decision)),
        reason: given.reason,
    }
}

fn open(
    decision: &mut Decision<'_>,
    role: Role,
    details: Box<Details>,
    aware: Option<TimeDecision>,
) -> Result<(), Rejection> {
    let id = decision.ticket.id;
    match known(decision) {
        Ok(breach) if breach.is_open() => return Err(BreachRefusal::Known { id }.into()),
        Ok(_) => return Err(BreachRefusal::Closed { id }.into()),
        Err(_) => {}
    }
    let policy = decision.policy();
    let rules = policy.notifications.iter();
    let rules = rules.filter(|rule| rule.role.is_none_or(|its| its == role));
    let terms = rules.map(|rule| rule.terms.clone()).collect();
    let version = policy.version;
    decision.record(Fact::Breach(BreachFact::Opened {
        role,
        policy: version,
        terms,
    }));
    if !details.is_empty() {
        check_times(decision, known(decision)?, &details, None)?;
        decision.record(Fact::Breach(BreachFact::Described {
            details,
            note: None,
        }));
    }
    match aware {
        Some(given) => become_aware(decision, given),
        None => Ok(()),
    }
}

/// Checks the order of the times of a breach, with these details and, if given,
/// this time of awareness.
fn check_times(
    decision: &Decision<'_>,
    breach: &Breach,
    details: &Details,
    aware: Option<Timestamp>,
) -> Result<(), Rejection> {
    let aware = aware.or_else(|| breach.aware.as_ref().map(|(decided, _)| decided.at));
    let Details {
        happened_from,
        happened_to,
        detected,
        ..
    } = details;
    let times = [*happened_from, *happened_to, *detected, aware];
    for at in times.into_iter().flatten() {
        Rejection::check_not_in_the_future(at, decision.at)?;
    }
    const BEGAN: &str = "the beginning of the breach";
    let pairs = [
        ("the end of the breach", *happened_to, BEGAN, *happened_from),
        ("the first sign", *detected, BEGAN, *happened_from),
        ("awareness", aware, BEGAN, *happened_from),
        ("awareness", aware, "the first sign", *detected),
    ];
    for (later, at, earlier, other) in pairs {
        check_order(later, at, earlier, other)?;
    }
    for obligation in &breach.obligations {
        for sent in &obligation.sent {
            let name = format!("the notification {}", obligation.terms.name());
            check_order(&name, Some(sent.notification.at), "awareness", aware)?;
        }
    }
    Ok(())
}

fn check_order(
    later: &str,
    at: Option<Timestamp>,
    earlier: &'static str,
    other: Option<Timestamp>,
) -> Result<(), BreachRefusal> {
    match (at, other) {
        (Some(at), Some(other)) if at < other => Err(BreachRefusal::OutOfOrder {
            later: later.to_owned(),
            at,
            earlier,
            other,
        }),
        (_, _) => Ok(()),
    }
}

/// Records since when the organisation is aware of it: that starts the clocks.
fn become_aware(decision: &mut Decision<'_>, given: TimeDecision) -> Result<(), Rejection> {
    let breach = open_breach(decision)?;
    check_times(decision, breach, &breach.details, Some(given.at))?;
    let id = decision.ticket.id;
    if let Some((before, _)) = &breach.aware {
        if before.at == given.at && given.reason.is_none() {
            return Ok(());
        }
        if given.reason.is_none() {
            let what = "the awareness";
            return Err(BreachRefusal::ChangeReason { id, what }.into());
        }
    }
    let decided = decided(decision, given);
    decision.record(Fact::Breach(BreachFact::BecameAware(decided)));
    Ok(())
}

fn classify(decision: &mut Decision<'_>, given: TimeDecision) -> Result<(), Rejection> {
    let breach = open_breach(decision)?;
    Rejection::check_not_in_the_future(given.at, decision.at)?;
    let began = breach.details.happened_from;
    let at = Some(given.at);
    check_order(
        "the classification",
        at,
        "the beginning of the breach",
        began,
    )?;
    if breach.classified.is_some() && given.reason.is_none() {
        let id = decision.ticket.id;
        let what = "the classification";
        return Err(BreachRefusal::ChangeReason { id, what }.into());
    }
    let decided = decided(decision, given);
    decision.record(Fact::Breach(BreachFact::Classified(decided)));
    Ok(())
}

/// Fills in the worksheet; answers that were given before count further.
fn assess(decision: &mut Decision<'_>, given: Vec<GivenAnswer>) -> Result<(), Rejection> {
    let breach = open_breach(decision)?;
    let worksheet = &decision.policy().worksheet;
    let before = breach.assessment.as_ref();
    let before = before.map_or(&[][..], |last| last.answers.as_slice());
    let mut answers = worksheet.valid_answers(before);
    for GivenAnswer { key, answer, .. } in given {
        let question = worksheet.find(&key);
        let question = question.ok_or_else(|| worksheet.unknown_question(&key))?;
        let read = question.answer_type.parse(&answer);
        let read = read.map_err(|fault| match fault {
            AnswerError::Text(fault) => Rejection::from(fault),
            AnswerError::NotAChoice(accepted) => Rejection::WrongAnswer {
                question: question.key.clone(),
                typed: answer,
                accepted,
            },
        })?;
        answers.insert(question.key.clone(), read);
    }
    let id = decision.ticket.id;
    let answers = worksheet.relevant_answers(&answers);
    let scores = severity::scores(&answers);
    let scores = scores.map_err(|missing| BreachRefusal::Worksheet { id, missing })?;
    let answered = worksheet.questions.iter();
    let answered: Vec<Answer> = answered
        .filter_map(|question| {
            Some(Answer {
                key: question.key.clone(),
                question: question.text.clone(),
                answer: answers.get(&question.key)?.clone(),
            })
        })
        .collect();
    if before == answered {
        return Ok(());
    }
    let policy = decision.policy().version;
    decision.record(Fact::Breach(BreachFact::Assessed {
        policy,
        answers: answered,
        scores,
    }));
    Ok(())
}

/// Closes the breach. Force passes what is open, and is recorded with it.
fn close(
    decision: &mut Decision<'_>,
    lessons: String,
    force: Option<String>,
) -> Result<(), Rejection> {
    let breach = open_breach(decision)?;
    let id = decision.ticket.id;
    let open: Vec<&Obligation> = breach.open_obligations().collect();
    let mut missing = Vec::new();
    if breach.aware.is_none() {
        let help = format!("breach decide {} --aware TIME", id.0);
        missing.push(("nobody decided on awareness".to_owned(), help));
    }
    if breach.risk().is_none() {
        let help = format!("breach decide {} --risk RISK --reason TEXT", id.0);
        missing.push(("nobody decided on the risk".to_owned(), help));
    }
    for one in &open {
        let name = one.terms.name();
        let help = format!("breach notify {} {name}", id.0);
        missing.push((format!("the notification {name} is open"), help));
    }
    if force.is_none()
        && let Some((_, help)) = missing.first()
    {
        return Err(BreachRefusal::NotReady {
            id,
            help: help.clone(),
            missing: missing.into_iter().map(|(text, _)| text).collect(),
        }
        .into());
    }
    let left_open = open.iter().map(|one| one.number).collect();
    decision.record(Fact::Breach(BreachFact::Closed {
        lessons,
        left_open,
        reason: force,
    }));
    Ok(())
}
