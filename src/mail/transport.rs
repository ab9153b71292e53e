//! Hands mail over: to a program of this machine, or to a server.

mod password;
mod sendmail;
#[cfg(feature = "smtp")]
mod smtp;

use std::time::{Duration, Instant};

use crate::domain::mail::handover::{MailTransport, TransportSettings};
use crate::domain::mail::outgoing::{Attempt, OutgoingMail};

/// How long one attempt may take where nobody waits for it.
const LIMIT: Duration = Duration::from_secs(120);

/// Reads a variable of the environment.
pub(crate) type Env = fn(&str) -> Option<std::ffi::OsString>;

/// A transport as it is set up, with the time that may be spent on it.
pub(crate) struct Transport {
    settings: TransportSettings,
    env: Env,
    /// When everything must be done.
    deadline: Option<Instant>,
}

impl Transport {
    /// Creates it; `patience` is for all mails together.
    pub(crate) fn new(settings: TransportSettings, env: Env, patience: Option<Duration>) -> Self {
        Self {
            settings,
            env,
            deadline: patience.map(|patience| Instant::now() + patience),
        }
    }

    /// When the next attempt must be done.
    fn attempt_deadline(&self) -> Instant {
        let limit = Instant::now() + LIMIT;
        self.deadline.map_or(limit, |deadline| deadline.min(limit))
    }
}

impl MailTransport for Transport {
    fn hand_over(&self, mail: &OutgoingMail, before_end: &mut dyn FnMut() -> bool) -> Attempt {
        let deadline = self.attempt_deadline();
        let message = super::compose::compose(mail);
        let envelope = Envelope {
            from: mail.bounce_to.as_deref(),
            to: &mail.recipient,
        };
        match &self.settings {
            TransportSettings::Sendmail(program) => {
                sendmail::hand_over(program, envelope, &message, deadline, before_end)
            }
            #[cfg(feature = "smtp")]
            TransportSettings::Smtp(settings) => {
                smtp::hand_over(settings, self.env, envelope, &message, deadline, before_end)
            }
            #[cfg(not(feature = "smtp"))]
            TransportSettings::Smtp(_) => {
                let _ = self.env;
                Attempt::Deferred("this build of desk has no SMTP; use sendmail".to_owned())
            }
        }
    }

    fn is_out_of_time(&self) -> bool {
        self.deadline
            .is_some_and(|deadline| Instant::now() >= deadline)
    }
}

/// From whom and to whom a mail goes.
#[derive(Debug, Clone, Copy)]
struct Envelope<'a> {
    /// `None` is the null sender.
    from: Option<&'a str>,
    to: &'a str,
}

/// How much time is left, at least a moment: no time at all would mean no limit.
fn time_left(deadline: Instant) -> Duration {
    let left = deadline.saturating_duration_since(Instant::now());
    left.max(Duration::from_millis(10))
}

/// The beginning of what a mail system said, on one line.
fn reason(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    line.chars().take(300).collect()
}
