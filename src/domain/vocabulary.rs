//! The enumerations of the desk. Each word that a flag accepts, a row stores and
//! JSON prints is written once here.

mod unknown_word;

use std::fmt;

pub(crate) use unknown_word::UnknownWord;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),+];
            pub(crate) const WORDS: &'static [&'static str] = &[$($word),+];

            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Parses a word in any letter case.
            ///
            /// # Errors
            /// [`UnknownWord`] with all accepted words.
            pub(crate) fn parse(typed: &str) -> Result<Self, UnknownWord> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|w| w.as_str().eq_ignore_ascii_case(typed.trim()))
                    .ok_or_else(|| UnknownWord::new($what, typed, Self::WORDS.iter().copied()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

mod carried;
pub(crate) use carried::{ChecklistMark, FieldGate, FieldType};

words! {
    /// The kind of a ticket.
    Kind, "kind" { Incident = "incident", Request = "request" }
}
words! {
    /// Whether a disruption has occurred, or only its warning sign.
    Occurrence, "onset" { Occurred = "occurred", Anticipated = "anticipated" }
}
words! {
    /// The channel of a ticket or a message.
    Channel, "channel" {
        Phone = "phone", WalkIn = "walk-in", Email = "email", Chat = "chat",
        Portal = "portal", Monitoring = "monitoring", Other = "other",
    }
}
impl Channel {
    /// Returns whether requester and agent speak to each other on it, so that
    /// opening a ticket is already a response.
    pub(crate) const fn is_live(self) -> bool {
        matches!(self, Self::Phone | Self::WalkIn)
    }
}
words! {
    /// Why a ticket is paused.
    PauseReason, "pause reason" {
        Requester = "requester", Vendor = "vendor", Change = "change",
        Evidence = "evidence", Other = "other",
    }
}
words! {
    /// How a ticket was resolved.
    ClosureCode, "closing code" {
        Solved = "solved", Workaround = "workaround", Fulfilled = "fulfilled",
        NotReproducible = "not-reproducible", NoFault = "no-fault",
        Withdrawn = "withdrawn", Duplicate = "duplicate",
    }
}
impl ClosureCode {
    /// Returns whether an escalated incident can be resolved with this code
    /// without a confirmed cause.
    pub(crate) const fn needs_no_cause(self) -> bool {
        matches!(
            self,
            Self::Workaround | Self::Withdrawn | Self::Duplicate | Self::NoFault
        )
    }
}
words! {
    /// The answer to an invitation to a call.
    CallAnswer, "answer to an invitation" {
        Accepted = "accepted", Tentative = "tentative", Declined = "declined",
    }
}
words! {
    /// The medium of a call.
    Medium, "call medium" { Phone = "phone", Video = "video" }
}
words! {
    /// What a message of the requester does to a resolved ticket.
    OnResolved, "action" { Reopen = "reopen", Keep = "keep" }
}
words! {
    /// How somebody takes part in a conversation: in copy, without being able to
    /// reopen the ticket, or as one who asked for help too and is answered by each
    /// public message.
    ParticipantRole, "role" { InCopy = "in-copy", Requester = "requester" }
}
words! {
    /// What another ticket is to this one.
    Relation, "relation" {
        Parent = "parent", Child = "child", Related = "related",
        FollowUp = "follow-up", Previous = "previous",
    }
}
impl Relation {
    /// Returns what this ticket is to the other one.
    pub(crate) const fn inverse(self) -> Self {
        match self {
            Self::Parent => Self::Child,
            Self::Child => Self::Parent,
            Self::Related => Self::Related,
            Self::FollowUp => Self::Previous,
            Self::Previous => Self::FollowUp,
        }
    }
}
words! {
    /// What a correction can remove without anything in its place.
    ClearedField, "field" {
        Description = "description", Name = "name", Contact = "contact",
        Language = "language",
    }
}
words! {
    /// A clock of a ticket. What each one measures is defined in
    /// [`super::sla::definitions`], in this order.
    ClockName, "clock" {
        Response = "response", Update = "update", Resolution = "resolution",
    }
}
words! {
    /// The status of a ticket, without its data.
    State, "status" {
        New = "new", Active = "active", Paused = "paused",
        Resolved = "resolved", Closed = "closed",
    }
}
words! {
    /// A condition before resolving, closing or pausing a ticket. The policy enables
    /// the gates.
    Gate, "gate" {
        Identified = "identified", Categorized = "categorized", Prioritized = "prioritized",
        ConfirmedCause = "confirmed-cause", ServiceRestored = "confirmed-restored",
        RequesterInformed = "requester-told", RequesterAsked = "requester-asked",
        /// Every item of the checklist is done.
        Checklist = "checklist",
        /// The fields that the policy requires have values.
        RequiredFields = "required-fields",
    }
}
impl Gate {
    /// The gates that a policy enables that says nothing about them.
    pub(crate) const DEFAULT: &'static [Self] = &[
        Self::Identified,
        Self::Categorized,
        Self::Prioritized,
        Self::ConfirmedCause,
        Self::ServiceRestored,
        Self::RequesterInformed,
        Self::RequesterAsked,
    ];
}
words! {
    /// A value that a monitoring system watches.
    Metric, "metric" {
        Overdue = "overdue", AtRisk = "at-risk", Open = "open", Unassigned = "unassigned",
        /// How long the longest overdue ticket has been overdue.
        OldestOverdue = "oldest-overdue",
        /// How long the oldest mail has waited to be sent, or for somebody to decide.
        OutboxAge = "outbox-age",
        /// How long ago the last mail was received.
        MailAge = "mail-age",
        /// Mails that wait for a decision.
        Quarantined = "quarantined",
    }
}
words! {
    /// What open tickets are counted by.
    Grouping, "grouping" {
        Priority = "priority", Tier = "tier", Assignee = "assignee", Category = "category",
    }
}
words! {
    /// The part that this organisation has in the processing of the data.
    Role, "role" { Controller = "controller", Processor = "processor" }
}
words! {
    /// What a breach of personal data took away from the data.
    Nature, "nature of a breach" {
        Confidentiality = "confidentiality", Integrity = "integrity", Availability = "availability",
    }
}
words! {
    /// Who is to be notified of a breach.
    Recipient, "recipient" {
        Authority = "authority", Persons = "persons", Controller = "controller",
    }
}
words! {
    /// The risk of a breach to the rights and freedoms of persons, as somebody
    /// decided it.
    Risk, "risk" { Unlikely = "unlikely", Likely = "risk", High = "high" }
}
words! {
    /// The language of a notice.
    NoticeLanguage, "language of a notice" {
        English = "en", German = "de", Finnish = "fi", Dutch = "nl", Italian = "it",
        Indonesian = "id",
    }
}
words! {
    /// What a mail of the desk is about; part of its Message-ID.
    NoticeKind, "notice" {
        /// The ticket was opened.
        Acknowledged = "acknowledged",
        Reply = "reply",
        Resolved = "resolved",
        Closed = "closed",
        Reopened = "reopened",
        /// A call was arranged, moved or cancelled.
        Call = "call",
        /// The ticket was assigned to an agent.
        Assigned = "assigned",
        RequesterWrote = "requester-wrote",
        Warning = "warning",
        Breach = "breach",
        /// The ticket was escalated to a tier.
        Escalated = "escalated",
        /// A manager is informed.
        Manager = "manager",
    }
}
words! {
    /// What a template of a mail can name, as `{{name}}`.
    Placeholder, "placeholder" {
        /// The number of the ticket, such as `#42`.
        Ticket = "ticket",
        Title = "title",
        /// The name of the recipient, or else the address.
        Name = "name",
        /// The name of the desk, or else its address.
        Desk = "desk",
        /// What is promised, in a sentence of the language.
        Promise = "promise",
        Text = "text",
        Agent = "agent",
        /// Who did it: an agent or the desk.
        Actor = "actor",
        Requester = "requester",
        Priority = "priority",
        Tier = "tier",
        Clock = "clock",
        /// When the call is, or when a clock is due.
        Time = "time",
        Medium = "medium",
        /// When a call was to be before it was moved.
        Earlier = "earlier",
    }
}
words! {
    /// How far a mail of the outbox is.
    OutboxState, "state of a mail" {
        Queued = "queued",
        /// Somebody is about to hand it over.
        Claimed = "claimed",
        /// The mail system has all of it but the end.
        Handing = "handing",
        Sent = "sent",
        /// The mail system refused it, or could not be reached for too long.
        Failed = "failed",
        /// Nobody knows whether the mail system took it.
        Unknown = "unknown",
        /// Too many mails went there, or an agent is to decide.
        Held = "held",
        Cancelled = "cancelled",
    }
}
words! {
    /// When mail is handed over.
    Deliver, "time of delivery" { Now = "now", Sweep = "sweep" }
}
words! {
    /// What happens to a reply of which nobody knows whether it was handed over.
    UnknownDelivery, "treatment of unknown deliveries" { Hold = "hold", Retry = "retry" }
}
words! {
    /// What people in Cc become.
    CarbonCopy, "treatment of copies" {
        Participant = "participant",
        /// A participant who also gets every reply.
        Copy = "copy",
    }
}
words! {
    /// What a report is broken down by.
    Breakdown, "grouping" {
        Priority = "priority", Tier = "tier", Assignee = "assignee", Category = "category",
        Month = "month", Channel = "channel", Kind = "kind",
        /// A ticket is in the group of each of its tags.
        Tag = "tag",
        /// The domain of the requester's address.
        Domain = "domain",
        /// Who gave the first response.
        Responder = "responder",
        /// Who resolved the ticket last.
        Resolver = "resolver",
    }
}

words! {
    /// Which texts about a person are erased with them.
    TextChoice, "choice of texts" {
        None = "none",
        /// Those that are certainly about the person.
        Certain = "certain",
        /// Also those that may be about somebody else.
        Possible = "possible",
    }
}
words! {
    /// Why texts were erased.
    ErasureCause, "cause of an erasure" {
        /// A person asked for it, or somebody decided it for them.
        Person = "person",
        /// A rule of the policy says how long they are kept.
        Retention = "retention",
        /// An older copy of the store was restored, which still had them.
        Restore = "restore",
    }
}
words! {
    /// What a rule of retention erases of a ticket.
    RetentionScope, "scope of retention" {
        /// Names, contacts and languages of requesters and participants.
        Contact = "contact",
        /// The description, and messages to and from them.
        Messages = "messages",
        /// Attached files.
        Attachments = "attachments",
        /// Mails as they were received.
        RawMail = "raw-mail",
        /// Every other text, the title included.
        Texts = "texts",
    }
}

words! {
    /// What became of a received mail.
    MailState, "state of a mail" {
        /// Stored, and not understood yet.
        Received = "received",
        Done = "done",
        /// Somebody must look at it.
        Quarantined = "quarantined",
        /// Somebody decided that it is of no use.
        Dropped = "dropped",
        /// The same message was received before.
        Seen = "seen",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_parsed_in_any_case_and_printed_in_its_own() {
        assert_eq!(Channel::parse(" Walk-In "), Ok(Channel::WalkIn));
        assert_eq!(Channel::WalkIn.to_string(), "walk-in");
    }

    #[test]
    fn an_unknown_word_suggests_a_similar_one_and_lists_all() {
        let fault = Channel::parse("phon").expect_err("not a channel");
        assert_eq!(fault.to_string(), "unknown channel 'phon'");
        assert_eq!(
            fault.hint(),
            "did you mean 'phone'? accepted: phone, walk-in, email, chat, portal, monitoring, other"
        );
    }
}
