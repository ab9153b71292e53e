//! Read models: what a use case returns for output.

use chrono::TimeDelta;

use super::Timestamp;
use super::alarms::{AlarmCount, Alarms};
use super::breach::obligation::{Limit, NotificationClock, Obligation, ObligationState};
use super::breach::{Breach, OpenNotification};
use super::event::{Event, Fact, TicketId};
use super::mail::incoming::Undeliverable;
use super::mail::outgoing::OutboxEntry;
use super::people::Requester;
use super::policy::questions::Question;
use super::policy::versions::PolicyHistory;
use super::policy::{Diagnostic, Policy};
use super::privacy::person_register::ProcessingLimit;
use super::questionnaire::{Applicability, Questionnaire};
use super::sla::clock::{Clock, ClockReading};
use super::sla::explanation::ClockExplanation;
use super::summary::Summary;
use super::ticket::{KnownError, Ticket};
use super::vocabulary::{ClockName, NoticeKind, OutboxState};

/// The result of a command on one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TicketUpdate {
    /// The ticket before; `None` if the command opened it.
    pub(crate) before: Option<Summary>,
    pub(crate) after: Summary,
    /// The new events; empty if nothing changed.
    pub(crate) events: Vec<Event>,
    /// The ticket that was requested, if it is another one.
    pub(crate) requested: Option<Requested>,
    /// The alarms that the ticket was opened with, or that were given again.
    pub(crate) alarm: Option<AlarmUpdate>,
    /// The requesters whom a new message answers, each with the ticket, if there
    /// are others than that of this ticket.
    pub(crate) addressed: Vec<(TicketId, Requester)>,
    /// The mails that were queued with it.
    pub(crate) mails: Vec<QueuedMail>,
}

/// A text that was typed and is not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) number: u32,
    /// The command that it is for; absent for those of earlier versions.
    pub(crate) verb: Option<String>,
    /// The tickets that it is about, such as `42` or `42,43`.
    pub(crate) tickets: Option<String>,
    /// What kind of text it is, such as `message`.
    pub(crate) what: String,
    pub(crate) changed: Timestamp,
    pub(crate) text: String,
    /// Where the file is.
    pub(crate) path: String,
}

/// A mail that a command queued, and what became of it so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueuedMail {
    pub(crate) number: i64,
    pub(crate) kind: NoticeKind,
    pub(crate) recipient: String,
    pub(crate) state: OutboxState,
    /// Why it could not be handed over.
    pub(crate) error: Option<String>,
}

impl TicketUpdate {
    /// Returns the update of a command on the ticket that was requested.
    pub(crate) const fn new(before: Option<Summary>, after: Summary, events: Vec<Event>) -> Self {
        Self {
            before,
            after,
            events,
            requested: None,
            alarm: None,
            addressed: Vec::new(),
            mails: Vec::new(),
        }
    }

    /// Returns the update of a command that added no event.
    pub(crate) fn unchanged(row: Summary) -> Self {
        Self::new(Some(row.clone()), row, Vec::new())
    }
}

/// A ticket that was requested where another one took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Requested {
    /// It was merged into the other one.
    Merged(TicketId),
    /// It is closed, and the other one follows it up.
    FollowedUp(TicketId),
}

impl Requested {
    pub(crate) const fn id(self) -> TicketId {
        match self {
            Self::Merged(id) | Self::FollowedUp(id) => id,
        }
    }
}

/// The alarms under the key of a ticket after a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AlarmUpdate {
    /// Whether the command was counted as one more; otherwise it opened the
    /// ticket.
    pub(crate) counted: bool,
    pub(crate) total: AlarmCount,
}

/// What a new policy changes, or would change, for a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlaChange {
    pub(crate) before: Summary,
    pub(crate) after: Summary,
}

impl SlaChange {
    /// Returns the clocks that change, before and after.
    pub(crate) fn clocks(&self) -> impl Iterator<Item = (ClockName, Option<&Clock>, &Clock)> {
        ClockName::ALL.iter().filter_map(|name| {
            let before = self.before.clocks.get(*name);
            let after = self.after.clocks.get(*name)?;
            (before != Some(after)).then_some((*name, before, after))
        })
    }
}

/// The explanations of the clocks of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlaExplanation {
    pub(crate) summary: Summary,
    pub(crate) clocks: Vec<ClockExplanation>,
    /// Those of the notifications of a breach.
    pub(crate) notifications: Vec<NotificationExplanation>,
}

/// The explanation of the clock of a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotificationExplanation {
    pub(crate) obligation: Obligation,
    pub(crate) state: ObligationState,
    pub(crate) limits: Vec<Limit>,
    /// Its clock and the reading; absent while its time has not begun.
    pub(crate) clock: Option<(Clock, ClockReading)>,
}

impl NotificationExplanation {
    /// Explains the notifications of a breach as of `now`.
    pub(crate) fn all(breach: &Breach, now: Timestamp, policies: &PolicyHistory) -> Vec<Self> {
        let explain = |one: &Obligation| {
            let clock = one.clock(breach).map(|one| one.clock);
            Self {
                obligation: one.clone(),
                state: one.state(breach),
                limits: one.limits(breach),
                clock: clock.map(|clock| {
                    let reading = clock.read_at(now, policies);
                    (clock, reading)
                }),
            }
        };
        breach.obligations.iter().map(explain).collect()
    }
}

/// The result of checking a policy document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PolicyCheck {
    /// The file name, or what else it was read from.
    pub(crate) name: String,
    /// All faults; empty for a valid document.
    pub(crate) faults: Vec<Diagnostic>,
    /// What is unusual but not a fault.
    pub(crate) notes: Vec<Diagnostic>,
}

/// The result of setting a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PolicySet {
    pub(crate) version: u32,
    /// Whether this is a new version; otherwise it was in force already.
    pub(crate) changed: bool,
    pub(crate) notes: Vec<Diagnostic>,
}

/// Everything about one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TicketDetails {
    pub(crate) ticket: Ticket,
    pub(crate) summary: Summary,
    pub(crate) history: Vec<Event>,
    /// How often it was opened under its key, and those merged into it.
    pub(crate) alarms: Option<Alarms>,
    /// The openings, the public messages and the values of fields of all tickets that
    /// were merged into it.
    pub(crate) merged_events: Vec<Event>,
    /// The time that agents spent on each of these tickets, if any.
    pub(crate) merged_time: Vec<(TicketId, TimeDelta)>,
    /// Why its texts are covered, if the data of its requester may only be stored.
    pub(crate) limit: Option<ProcessingLimit>,
    /// Whether mail to the requester could not be delivered.
    pub(crate) undeliverable: Option<Undeliverable>,
    /// The mails about it that did not arrive, or perhaps did not.
    pub(crate) undelivered: Vec<OutboxEntry>,
}

impl TicketDetails {
    /// Removes links to other tickets, and what was merged from them.
    pub(crate) fn remove_tickets(&mut self, is_removed: &dyn Fn(TicketId) -> bool) {
        let names_one = |event: &Event| {
            if let Fact::Linked { other, .. } | Fact::Unlinked { other, .. } = event.fact {
                is_removed(other)
            } else if let Fact::MergedFrom { from, .. } | Fact::Unmerged { from } = event.fact {
                is_removed(from)
            } else {
                false
            }
        };
        self.history.retain(|event| !names_one(event));
        self.ticket.links.retain(|(_, other)| !is_removed(*other));
        self.ticket
            .merged_tickets
            .retain(|merged| !is_removed(merged.id));
        self.merged_events.retain(|event| !is_removed(event.ticket));
        self.merged_time.retain(|(from, _)| !is_removed(*from));
    }

    /// Returns the time that was spent on it and on the tickets that were merged into
    /// it.
    pub(crate) fn whole_time_spent(&self) -> TimeDelta {
        let merged = self.merged_time.iter().map(|(_, time)| time);
        self.ticket.time_spent.values().chain(merged).sum()
    }

    /// Returns the questionnaire of its category.
    pub(crate) fn questionnaire(&self, policy: &Policy) -> Questionnaire {
        let category = self.ticket.category.as_ref();
        category.map_or_else(Questionnaire::default, |category| {
            Questionnaire::for_category(policy, category)
        })
    }
}

/// A question of the policy, and its answer on a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TicketQuestion {
    pub(crate) question: Question,
    pub(crate) applicability: Applicability,
    pub(crate) answer: Option<String>,
}

impl TicketQuestion {
    /// Returns the questions for a ticket, in order.
    pub(crate) fn all(page: &TicketDetails, policy: &Policy) -> Vec<Self> {
        let questionnaire = page.questionnaire(policy);
        let known = questionnaire.valid_answers(&page.ticket.answers);
        // No question had its turn: a condition without an answer is undecided.
        let reach = questionnaire.applicability(&known, 0);
        let asked = questionnaire.questions.into_iter().zip(reach);
        asked
            .map(|(question, reach)| Self {
                answer: known.get(&question.key).cloned(),
                question,
                applicability: reach,
            })
            .collect()
    }
}

/// A ticket that is marked as a known error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownErrorEntry {
    pub(crate) summary: Summary,
    pub(crate) known_error: KnownError,
    /// The number of tickets that are linked to it or were merged into it.
    pub(crate) related: u64,
}

/// What a restore would replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RestoreLoss {
    /// Events that were written since the backup, and the number of tickets that
    /// have them.
    Since { events: u64, tickets: u64 },
    /// A store with another history.
    Other { events: u64, tickets: u64 },
    /// A store that cannot be read.
    Unreadable,
}

/// What was recorded about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonChange {
    /// `joined`, `separated`, `limited` or `limit lifted`; `unchanged` if it was so
    /// already.
    pub(crate) done: &'static str,
    /// As they are written on tickets.
    pub(crate) people: Vec<String>,
}

impl TicketQuestion {
    /// The questions of the worksheet for the severity of a breach, with the last
    /// answers.
    pub(crate) fn of_worksheet(worksheet: &Questionnaire, breach: &Breach) -> Vec<Self> {
        let last = breach.assessment.as_ref();
        let answers = worksheet.valid_answers(last.map_or(&[], |last| &last.answers));
        let applicability = worksheet.applicability(&answers, 0);
        let questions = worksheet.questions.iter().zip(applicability);
        questions
            .map(|(question, applicability)| Self {
                question: question.clone(),
                applicability,
                answer: answers.get(&question.key).cloned(),
            })
            .collect()
    }
}

/// An entry of the register of breaches of personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BreachEntry {
    pub(crate) summary: Summary,
    pub(crate) breach: Box<Breach>,
}

impl BreachEntry {
    /// The notifications that are to be sent, in the order of their numbers.
    pub(crate) fn open_notifications(&self) -> impl Iterator<Item = OpenNotification> {
        let clocks = self.breach.clocks().into_iter();
        clocks.filter_map(
            |NotificationClock {
                 number,
                 name,
                 clock,
             }| {
                let due = clock.due.filter(|_| !clock.has_ended())?;
                Some(OpenNotification {
                    ticket: self.summary.id,
                    number,
                    name,
                    due,
                    warn: clock.warn,
                })
            },
        )
    }
}
