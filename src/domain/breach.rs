//! A breach of personal data: what is known of it, who must be told by when, and
//! what was decided. It belongs to a ticket, and is the replay of that ticket's
//! facts about it.

pub(crate) mod details;
pub(crate) mod fact;
pub(crate) mod obligation;
pub(crate) mod refusal;
pub(crate) mod severity;
pub(crate) mod terms;

use chrono::TimeDelta;

use super::Timestamp;
use super::event::{Answer, TicketId};
use super::people::Actor;
use super::vocabulary::{Risk, Role};
use details::Details;
use fact::{BreachFact, Decided};
use obligation::{NotificationClock, Obligation, ObligationState, Sent, Waiver};
use severity::Scores;
use terms::Trigger;

/// A time, and when it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Recorded {
    pub(crate) at: Timestamp,
    pub(crate) recorded: Timestamp,
}

/// A step of containment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Containment {
    pub(crate) at: Timestamp,
    pub(crate) measure: String,
    pub(crate) by: Actor,
}

/// A note on a breach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BreachNote {
    pub(crate) at: Timestamp,
    pub(crate) text: String,
    pub(crate) by: Actor,
}

/// The last worksheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assessment {
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) answers: Vec<Answer>,
    pub(crate) scores: Scores,
}

/// A decision about the risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RiskDecision {
    pub(crate) at: Timestamp,
    pub(crate) risk: Risk,
    pub(crate) by: String,
    pub(crate) reason: String,
}

/// How a breach was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Closing {
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) lessons: String,
    /// The obligations that were open then, and why it was closed all the same.
    pub(crate) left_open: Vec<u32>,
    pub(crate) reason: Option<String>,
}

/// The last warning of an obligation at a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Warned {
    obligation: u32,
    before: Option<TimeDelta>,
    due: Timestamp,
}

/// A breach of personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Breach {
    /// When and by whom it was put on record.
    pub(crate) opened: Timestamp,
    pub(crate) opened_by: Actor,
    pub(crate) role: Role,
    /// The version of the policy that its obligations are from.
    pub(crate) policy: u32,
    pub(crate) details: Details,
    pub(crate) aware: Option<(Decided, Timestamp)>,
    pub(crate) classified: Option<(Decided, Timestamp)>,
    pub(crate) containment: Vec<Containment>,
    pub(crate) notes: Vec<BreachNote>,
    pub(crate) assessment: Option<Assessment>,
    /// The decisions about the risk, the last one last.
    pub(crate) risks: Vec<RiskDecision>,
    pub(crate) obligations: Vec<Obligation>,
    /// Present while it is closed.
    pub(crate) closing: Option<Closing>,
    warned: Vec<Warned>,
}

/// A level of an obligation that is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DueWarning {
    pub(crate) obligation: u32,
    /// How long before its end; absent at the end itself.
    pub(crate) before: Option<TimeDelta>,
    /// When the obligation is due.
    pub(crate) due: Timestamp,
    /// When the level was reached or, if that was known only later, when it was.
    pub(crate) at: Timestamp,
}

/// A notification that is to be sent, as the store lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpenNotification {
    pub(crate) ticket: TicketId,
    /// The number of the obligation.
    pub(crate) number: u32,
    /// The name of the obligation: `gdpr/authority`.
    pub(crate) name: String,
    pub(crate) due: Timestamp,
    /// When the desk first warns.
    pub(crate) warn: Option<Timestamp>,
}

impl Breach {
    /// Applies a fact to the breach of a ticket, which the first one opens. Facts
    /// about a breach that was never opened have no effect.
    pub(super) fn apply(
        breach: &mut Option<Box<Self>>,
        at: Timestamp,
        by: &Actor,
        fact: &BreachFact,
    ) {
        if let BreachFact::Opened {
            role,
            policy,
            terms,
        } = fact
        {
            let numbered = terms.iter().cloned().zip(1..);
            *breach = Some(Box::new(Self {
                opened: at,
                opened_by: by.clone(),
                role: *role,
                policy: *policy,
                details: Details::default(),
                aware: None,
                classified: None,
                containment: Vec::new(),
                notes: Vec::new(),
                assessment: None,
                risks: Vec::new(),
                obligations: numbered
                    .map(|(terms, number)| Obligation::new(number, terms))
                    .collect(),
                closing: None,
                warned: Vec::new(),
            }));
        } else if let Some(breach) = breach {
            breach.apply_next(at, by, fact);
        }
    }

    fn apply_next(&mut self, at: Timestamp, by: &Actor, fact: &BreachFact) {
        match fact {
            BreachFact::Opened { .. } => {}
            BreachFact::Described { details, note } => {
                self.details.change(details);
                if let Some(text) = note.clone() {
                    let by = by.clone();
                    self.notes.push(BreachNote { at, text, by });
                }
            }
            BreachFact::BecameAware(decided) => self.aware = Some((decided.clone(), at)),
            BreachFact::Classified(decided) => self.classified = Some((decided.clone(), at)),
            BreachFact::Contained { at, measure } => self.containment.push(Containment {
                at: *at,
                measure: measure.clone(),
                by: by.clone(),
            }),
            BreachFact::Assessed {
                policy: _,
                answers,
                scores,
            } => {
                self.assessment = Some(Assessment {
                    at,
                    by: by.clone(),
                    answers: answers.clone(),
                    scores: *scores,
                });
            }
            BreachFact::RiskDecided { risk, by, reason } => {
                self.risks.push(RiskDecision {
                    at,
                    risk: *risk,
                    by: by.clone(),
                    reason: reason.clone(),
                });
                // What was not required because no risk was likely is required.
                for obligation in &mut self.obligations {
                    if obligation.is_required_at(Some(*risk)) {
                        obligation.waiver = None;
                    }
                }
            }
            BreachFact::Notified(sent) => {
                if let Some(obligation) = self.obligation_mut(sent.obligation) {
                    obligation.sent.push(Sent {
                        notification: sent.clone(),
                        recorded: at,
                        recorded_by: by.clone(),
                    });
                }
            }
            BreachFact::NotRequired {
                obligation,
                by,
                reason,
                name: _,
            } => {
                if let Some(obligation) = self.obligation_mut(*obligation) {
                    obligation.waiver = Some(Waiver {
                        at,
                        by: by.clone(),
                        reason: reason.clone(),
                    });
                }
            }
            BreachFact::Warned {
                obligation,
                before,
                due,
                name: _,
            } => {
                let level = (*obligation, *before);
                self.warned
                    .retain(|known| (known.obligation, known.before) != level);
                self.warned.push(Warned {
                    obligation: *obligation,
                    before: *before,
                    due: *due,
                });
            }
            BreachFact::Closed {
                lessons,
                left_open,
                reason,
            } => {
                self.closing = Some(Closing {
                    at,
                    by: by.clone(),
                    lessons: lessons.clone(),
                    left_open: left_open.clone(),
                    reason: reason.clone(),
                });
            }
            BreachFact::Reopened { .. } => self.closing = None,
        }
    }

    fn obligation_mut(&mut self, number: u32) -> Option<&mut Obligation> {
        let mut all = self.obligations.iter_mut();
        all.find(|obligation| obligation.number == number)
    }

    pub(crate) fn obligation(&self, number: u32) -> Option<&Obligation> {
        let mut all = self.obligations.iter();
        all.find(|obligation| obligation.number == number)
    }

    pub(crate) const fn is_open(&self) -> bool {
        self.closing.is_none()
    }

    /// The risk as it was decided last.
    pub(crate) fn risk(&self) -> Option<Risk> {
        self.risks.last().map(|decision| decision.risk)
    }

    /// When a trigger happened, within a regime.
    pub(crate) fn triggered(&self, trigger: &Trigger, regime: &str) -> Option<Recorded> {
        let decided = |decided: &Option<(Decided, Timestamp)>| {
            let (decided, recorded) = decided.as_ref()?;
            Some(Recorded {
                at: decided.at,
                recorded: *recorded,
            })
        };
        match trigger {
            Trigger::Aware => decided(&self.aware),
            Trigger::Classified => decided(&self.classified),
            Trigger::RiskHigh => {
                // The first of the decisions that last said so without a break.
                let high = self.risks.iter().rev();
                let high = high.take_while(|decision| decision.risk == Risk::High);
                let at = high.last()?.at;
                Some(Recorded { at, recorded: at })
            }
            Trigger::Stage(stage) => {
                let mut all = self.obligations.iter();
                let before =
                    all.find(|one| one.terms.regime == regime && one.terms.stage == *stage)?;
                let sent = before.ended_by()?;
                Some(Recorded {
                    at: sent.notification.at,
                    recorded: sent.recorded,
                })
            }
        }
    }

    /// The obligations that are open: their time has begun, and nothing has ended
    /// them.
    pub(crate) fn open_obligations(&self) -> impl Iterator<Item = &Obligation> {
        let all = self.obligations.iter();
        all.filter(|one| one.state(self) == ObligationState::Open)
    }

    /// The clocks of the obligations whose time has begun.
    pub(crate) fn clocks(&self) -> Vec<NotificationClock> {
        let all = self.obligations.iter();
        all.filter_map(|one| one.clock(self)).collect()
    }

    /// The levels that are to be told and were not yet, in any order. A level is
    /// told again only if its obligation is due later than when it was told. Of an
    /// obligation that has ended, only that it ended too late is news.
    pub(crate) fn due_warnings(&self) -> Vec<DueWarning> {
        let mut all = Vec::new();
        for obligation in &self.obligations {
            let Some(span) = obligation.span(self) else {
                continue;
            };
            let ended = obligation.ended(self);
            let breach = [(None, span.due)].into_iter();
            let before = obligation.terms.warnings.iter();
            let before = before.map(|before| (Some(*before), span.due - *before));
            // A warning that would lie before the start is none.
            let before = before.filter(|(_, at)| *at > span.started && ended.is_none());
            for (before, reached) in breach.chain(before) {
                if ended.is_some_and(|ended| ended <= reached) {
                    continue;
                }
                let is_told = self.warned.iter().any(|told| {
                    (told.obligation, told.before) == (obligation.number, before)
                        && told.due >= span.due
                });
                if !is_told {
                    all.push(DueWarning {
                        obligation: obligation.number,
                        before,
                        due: span.due,
                        at: reached.max(span.known),
                    });
                }
            }
        }
        all
    }
}
