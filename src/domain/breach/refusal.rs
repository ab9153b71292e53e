//! Why a command about a breach is refused. Each hint is one thing to type.

use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::vocabulary::Risk;

/// Why a command about a breach was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BreachRefusal {
    #[error("{id} is not about a breach of personal data")]
    None { id: TicketId },
    #[error("the breach of {id} is on record already")]
    Known { id: TicketId },
    #[error("the breach of {id} is closed")]
    Closed { id: TicketId },
    #[error("the breach of {id} is still open, so the ticket cannot be {what}")]
    StillOpen { id: TicketId, what: &'static str },
    #[error("{later} at {at} cannot be before {earlier} at {other}")]
    OutOfOrder {
        later: String,
        at: Timestamp,
        earlier: &'static str,
        other: Timestamp,
    },
    #[error("nobody decided yet since when the organisation is aware of the breach of {id}")]
    NotAware { id: TicketId },
    #[error("{id} has {} open notifications: {}", .names.len(), .names.join(", "))]
    Which { id: TicketId, names: Vec<String> },
    #[error("{id} has no open notification")]
    NothingOpen { id: TicketId },
    #[error("the notification {name} of {id} is sent already")]
    Sent { id: TicketId, name: String },
    #[error("the notification {name} was due at {due}, so the reason of the delay is needed")]
    DelayReason { name: String, due: Timestamp },
    #[error("the notification {name} is required unless a risk is unlikely, and {}", decided(*.risk))]
    Required {
        id: TicketId,
        name: String,
        risk: Option<Risk>,
    },
    #[error("{what} of {id} was decided already, so a change needs a reason")]
    ChangeReason { id: TicketId, what: &'static str },
    #[error("the worksheet is not complete: no answer to {}", .missing.join(", "))]
    Worksheet {
        id: TicketId,
        missing: Vec<&'static str>,
    },
    #[error("the breach of {id} is not ready to be closed: {}", .missing.join(", "))]
    NotReady {
        id: TicketId,
        missing: Vec<String>,
        /// The command that helps first.
        help: String,
    },
}

fn decided(risk: Option<Risk>) -> String {
    match risk {
        Some(risk) => format!("it was decided as {risk}"),
        None => "nothing was decided".to_owned(),
    }
}

impl BreachRefusal {
    /// The stable name, for programs.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::None { .. } => "no_breach",
            Self::Known { .. } => "breach_known",
            Self::Closed { .. } => "breach_closed",
            Self::StillOpen { .. } => "breach_open",
            Self::OutOfOrder { .. } => "out_of_order",
            Self::NotAware { .. } => "not_aware",
            Self::Which { .. } => "which",
            Self::NothingOpen { .. } => "none_open",
            Self::Sent { .. } => "already_done",
            Self::DelayReason { .. } => "delay_reason",
            Self::Required { .. } => "notification_required",
            Self::ChangeReason { .. } => "change_reason",
            Self::Worksheet { .. } => "worksheet_incomplete",
            Self::NotReady { .. } => "gate",
        }
    }

    /// Returns one thing to type instead.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::None { id } => format!("put it on record with: desk breach open {}", id.0),
            Self::Known { id } => format!("add to it with: desk breach log {} TEXT", id.0),
            Self::Closed { id } => {
                format!("reopen it with: desk breach open {} --reopen REASON", id.0)
            }
            Self::StillOpen { id, .. } => {
                format!("desk breach close {} --lessons TEXT", id.0)
            }
            Self::OutOfOrder { .. } => {
                "give another time, or correct the other one with: desk breach log, desk breach decide"
                    .to_owned()
            }
            Self::NotAware { id } => format!("desk breach decide {} --aware TIME", id.0),
            Self::Which { id, names } => format!(
                "desk breach notify {} {}",
                id.0,
                names.first().map_or("NAME", String::as_str)
            ),
            Self::NothingOpen { id } => {
                format!("see all of them with: desk breach show {}", id.0)
            }
            Self::Sent { .. } => {
                "send what became known later as a supplement, such as: desk breach notify ID supplements"
                    .to_owned()
            }
            Self::DelayReason { .. } => "add --delay REASON".to_owned(),
            Self::Required { id, .. } => format!(
                "decide the risk first with: desk breach decide {} --risk unlikely --reason TEXT",
                id.0
            ),
            Self::ChangeReason { .. } => "add --reason TEXT".to_owned(),
            Self::Worksheet { id, missing } => format!(
                "answer it with: desk breach assess {} --answer {}=ANSWER; see the questions with: desk breach assess {} --questions",
                id.0,
                missing.first().unwrap_or(&"KEY"),
                id.0
            ),
            Self::NotReady { help, .. } => {
                format!("desk {help}; or override it with --force --reason TEXT")
            }
        }
    }
}
