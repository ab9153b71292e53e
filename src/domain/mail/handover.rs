//! How mail is handed over: settings of the machine, not of the policy.

use std::fmt;

use super::outgoing::{Attempt, OutgoingMail};

/// How mail is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TransportSettings {
    /// A program with its first arguments, such as `/usr/sbin/sendmail`.
    Sendmail(Vec<String>),
    Smtp(SmtpSettings),
}

/// A server to which mail is submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SmtpSettings {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) security: SmtpSecurity,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<PasswordSource>,
    /// A file with the certificates to trust, instead of those of the system.
    pub(crate) ca_file: Option<String>,
    /// The name that desk gives itself.
    pub(crate) hello: Option<String>,
}

/// How the line to a server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SmtpSecurity {
    StartTls,
    /// TLS from the beginning.
    Implicit,
    /// None, which is allowed within this machine only.
    None,
}

/// Where a password is read from, each time that it is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PasswordSource {
    File(String),
    /// A program and its arguments; the first line of its output counts.
    Command(Vec<String>),
    /// The name of a variable of the environment.
    Environment(String),
}

impl fmt::Display for TransportSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sendmail(program) => write!(f, "sendmail ({})", program.join(" ")),
            Self::Smtp(smtp) => write!(f, "smtp ({}:{})", smtp.host, smtp.port),
        }
    }
}

/// How long somebody waits for mail to be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    /// An agent waits for the prompt: five seconds for all mails together.
    Foreground,
    Background,
}

/// Makes a transport, if mail is handed over at all.
pub(crate) type MakeTransport<'a> = dyn Fn(Patience) -> Box<dyn MailTransport> + 'a;

/// Hands mail over to a mail system.
pub(crate) trait MailTransport {
    /// Hands one mail over. Calls `before_end` when the mail system has all of it
    /// but the end; if that returns `false`, the mail is not sent.
    fn hand_over(&self, mail: &OutgoingMail, before_end: &mut dyn FnMut() -> bool) -> Attempt;

    /// Whether the time is over that may be spent on this.
    fn is_out_of_time(&self) -> bool;
}
