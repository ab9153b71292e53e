//! Mail on its way out: what is queued, when it is tried again, and how much of it
//! may go to one recipient.

use chrono::TimeDelta;

use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::vocabulary::{NoticeKind, NoticeLanguage, OutboxState, UnknownDelivery};

/// A mail as it was rendered when it was queued. What is there is what goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OutgoingMail {
    pub(crate) ticket: TicketId,
    /// The number of the event that it is about.
    pub(crate) event: u32,
    pub(crate) kind: NoticeKind,
    /// The address, without a name.
    pub(crate) recipient: String,
    pub(crate) language: NoticeLanguage,
    /// Without angle brackets.
    pub(crate) message_id: String,
    pub(crate) subject: String,
    pub(crate) body: String,
    /// Names and values, decoded, each on one line.
    pub(crate) headers: Vec<(String, String)>,
    /// An iCalendar document that goes along.
    pub(crate) calendar: Option<String>,
    /// The sender of the envelope, where reports go that it was not delivered;
    /// `None` is the null sender, as of every automatic mail.
    pub(crate) bounce_to: Option<String>,
}

/// Returns whether mails of a kind say what an agent wrote.
pub(crate) const fn is_from_a_person(kind: NoticeKind) -> bool {
    matches!(kind, NoticeKind::Reply)
}

/// A mail of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OutboxEntry {
    pub(crate) id: i64,
    pub(crate) state: OutboxState,
    pub(crate) queued: Timestamp,
    /// How often it was tried to hand it over.
    pub(crate) attempts: u32,
    /// When it is tried next, if it is queued.
    pub(crate) not_before: Timestamp,
    pub(crate) sent: Option<Timestamp>,
    pub(crate) last_error: Option<String>,
    /// What a delivery report said after it was sent.
    pub(crate) bounced: Option<String>,
    pub(crate) mail: OutgoingMail,
}

impl OutboxEntry {
    /// Returns whether the recipient certainly or possibly has not got it, and
    /// nothing is under way to change that.
    pub(crate) fn is_undelivered(&self) -> bool {
        self.bounced.is_some()
            || match self.state {
                OutboxState::Failed | OutboxState::Unknown | OutboxState::Held => true,
                OutboxState::Queued
                | OutboxState::Claimed
                | OutboxState::Handing
                | OutboxState::Sent
                | OutboxState::Cancelled => false,
            }
    }
}

/// How long somebody who claimed a mail may take. After that the process is taken
/// to be dead.
pub(crate) const LEASE: TimeDelta = TimeDelta::minutes(10);

/// For how long a mail is tried before it has failed.
const TRIED_FOR: TimeDelta = TimeDelta::hours(48);

/// Returns when a mail that could not be handed over is tried again: after 1, 5,
/// 15 and 60 minutes, then hourly, until 48 hours after it was queued.
pub(crate) fn next_attempt(attempts: u32, queued: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let next = now + pause_after(attempts);
    (next - queued <= TRIED_FOR).then_some(next)
}

/// Returns how long to wait after so many attempts that failed: 1, 5, 15, then 60
/// minutes.
pub(crate) fn pause_after(attempts: u32) -> TimeDelta {
    TimeDelta::minutes(match attempts {
        0 | 1 => 1,
        2 => 5,
        3 => 15,
        _ => 60,
    })
}

/// Returns what becomes of a mail of which nobody knows whether it was handed
/// over: what a rule of the desk wrote is sent again under the same Message-ID.
pub(crate) const fn after_unknown(kind: NoticeKind, policy: UnknownDelivery) -> OutboxState {
    match (is_from_a_person(kind), policy) {
        (true, UnknownDelivery::Hold) => OutboxState::Unknown,
        (true, UnknownDelivery::Retry) | (false, _) => OutboxState::Queued,
    }
}

/// How many mails about one ticket go to one recipient within a time.
pub(crate) const CAPS: [(TimeDelta, u64); 3] = [
    (TimeDelta::minutes(10), 10),
    (TimeDelta::hours(1), 25),
    (TimeDelta::hours(10), 100),
];

/// What the outbox is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct OutboxQuery {
    pub(crate) ticket: Option<TicketId>,
    /// Also what is sent or cancelled.
    pub(crate) finished: bool,
}

/// How an attempt to hand over ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Attempt {
    Sent,
    /// It can be tried again later.
    Deferred(String),
    /// The mail system will never take it.
    Refused(String),
    /// The line was lost after all of it had been sent.
    Lost(String),
}

/// What becomes of a mail after an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AfterAttempt {
    pub(crate) state: OutboxState,
    pub(crate) not_before: Timestamp,
    pub(crate) error: Option<String>,
}

impl OutboxEntry {
    /// Decides what becomes of the mail after an attempt, which is counted in
    /// `attempts` already.
    pub(crate) fn after(
        &self,
        attempt: Attempt,
        now: Timestamp,
        unknown: UnknownDelivery,
    ) -> AfterAttempt {
        let next = next_attempt(self.attempts, self.queued, now);
        let (state, error) = match attempt {
            Attempt::Sent => (OutboxState::Sent, None),
            Attempt::Deferred(error) => match next {
                Some(_) => (OutboxState::Queued, Some(error)),
                None => (OutboxState::Failed, Some(error)),
            },
            Attempt::Refused(error) => (OutboxState::Failed, Some(error)),
            Attempt::Lost(error) => {
                let state = after_unknown(self.mail.kind, unknown);
                let state = if state == OutboxState::Queued && next.is_none() {
                    OutboxState::Failed
                } else {
                    state
                };
                (state, Some(error))
            }
        };
        AfterAttempt {
            state,
            not_before: next.unwrap_or(now),
            error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    fn entry(kind: NoticeKind, attempts: u32) -> OutboxEntry {
        OutboxEntry {
            id: 1,
            state: OutboxState::Claimed,
            queued: at(0),
            attempts,
            not_before: at(0),
            sent: None,
            last_error: None,
            bounced: None,
            mail: OutgoingMail {
                ticket: TicketId(1),
                event: 1,
                kind,
                recipient: "mia@example.org".to_owned(),
                language: NoticeLanguage::English,
                message_id: "x@example.org".to_owned(),
                subject: String::new(),
                body: String::new(),
                headers: Vec::new(),
                calendar: None,
                bounce_to: None,
            },
        }
    }

    #[test]
    fn a_mail_is_tried_for_two_days() {
        let mut now = at(0);
        let mut gaps = Vec::new();
        let mut attempts = 0;
        loop {
            attempts += 1;
            let Some(next) = next_attempt(attempts, at(0), now) else {
                break;
            };
            gaps.push((next - now).num_minutes());
            now = next;
        }
        assert_eq!(gaps[..5], [1, 5, 15, 60, 60]);
        assert!(gaps[3..].iter().all(|gap| *gap == 60));
        assert_eq!((now - at(0)).num_hours(), 47);
    }

    #[test]
    fn only_a_reply_is_held_when_nobody_knows() {
        let lost = || Attempt::Lost("the line was lost".to_owned());
        let state = |kind, policy| entry(kind, 1).after(lost(), at(1), policy).state;
        for kind in NoticeKind::ALL {
            let held = *kind == NoticeKind::Reply;
            let after = state(*kind, UnknownDelivery::Hold);
            assert_eq!(after == OutboxState::Unknown, held, "{kind}");
            assert_eq!(state(*kind, UnknownDelivery::Retry), OutboxState::Queued);
        }
    }

    #[test]
    fn after_two_days_a_mail_has_failed() {
        let deferred = || Attempt::Deferred("451 later".to_owned());
        let after = |minutes| {
            let entry = entry(NoticeKind::Reply, 60);
            let after = entry.after(deferred(), at(minutes), UnknownDelivery::Hold);
            (after.state, after.error)
        };
        let error = Some("451 later".to_owned());
        assert_eq!(after(47 * 60), (OutboxState::Queued, error.clone()));
        assert_eq!(after(48 * 60), (OutboxState::Failed, error.clone()));
        let refused = Attempt::Refused("550 nobody".to_owned());
        let after = entry(NoticeKind::Call, 1).after(refused, at(1), UnknownDelivery::Retry);
        assert_eq!(after.state, OutboxState::Failed);
    }
}
