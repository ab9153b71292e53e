//! The closed vocabularies of the desk: every word that a flag accepts, a row
//! stores and JSON prints, spelled once.

use std::fmt;

use super::did_you_mean::nearest;

/// A word that is not in its vocabulary, with what would have been accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} '{typed}'")]
pub(crate) struct UnknownWord {
    pub(crate) what: &'static str,
    pub(crate) typed: String,
    pub(crate) choices: Vec<String>,
}

impl UnknownWord {
    pub(crate) fn new<I>(what: &'static str, typed: &str, choices: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        Self {
            what,
            typed: typed.to_owned(),
            choices: choices.into_iter().map(Into::into).collect(),
        }
    }

    /// Names the word probably meant, and all that are accepted.
    pub(crate) fn hint(&self) -> String {
        let all = self.choices.join(", ");
        match nearest(&self.typed, self.choices.iter().map(String::as_str)).first() {
            Some(meant) => format!("did you mean '{meant}'? accepted: {all}"),
            None => format!("accepted: {all}"),
        }
    }
}

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

            /// Reads the word, in any case.
            ///
            /// # Errors
            /// [`UnknownWord`] with the whole vocabulary.
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

words! {
    /// What a ticket turned out to be.
    Kind, "kind" { Incident = "incident", Request = "request" }
}
words! {
    /// Whether the disruption is there, or its warning sign is.
    Occurrence, "onset" { Occurred = "occurred", Anticipated = "anticipated" }
}
words! {
    /// How a ticket or a message came or went.
    Channel, "channel" {
        Phone = "phone", WalkIn = "walk-in", Email = "email", Chat = "chat",
        Portal = "portal", Monitoring = "monitoring", Other = "other",
    }
}
impl Channel {
    /// Whether requester and agent speak to each other while it is used, so
    /// that opening a ticket over it is already a response.
    pub(crate) const fn is_live(self) -> bool {
        matches!(self, Self::Phone | Self::WalkIn)
    }
}
words! {
    /// What a paused ticket waits for.
    PauseReason, "pause reason" {
        Requester = "requester", Vendor = "vendor", Change = "change",
        Evidence = "evidence", Other = "other",
    }
}
words! {
    /// How a ticket came to its end.
    ClosureCode, "closing code" {
        Solved = "solved", Workaround = "workaround", Fulfilled = "fulfilled",
        NotReproducible = "not-reproducible", NoFault = "no-fault",
        Withdrawn = "withdrawn", Duplicate = "duplicate",
    }
}
impl ClosureCode {
    /// Whether an escalated incident may end so without a confirmed cause.
    pub(crate) const fn needs_no_cause(self) -> bool {
        matches!(
            self,
            Self::Workaround | Self::Withdrawn | Self::Duplicate | Self::NoFault
        )
    }
}
words! {
    /// How second line serves in person.
    Medium, "call medium" { Phone = "phone", Video = "video" }
}
words! {
    /// How another ticket stands to this one.
    Relation, "relation" { Parent = "parent", Child = "child", Related = "related" }
}
impl Relation {
    /// How this ticket stands to the other one.
    pub(crate) const fn inverse(self) -> Self {
        match self {
            Self::Parent => Self::Child,
            Self::Child => Self::Parent,
            Self::Related => Self::Related,
        }
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
    /// The status of a ticket without its data.
    State, "status" {
        New = "new", Active = "active", Paused = "paused",
        Resolved = "resolved", Closed = "closed",
    }
}
words! {
    /// A rule of the policy that must hold before a ticket moves on.
    Gate, "gate" {
        Identified = "identified", Categorized = "categorized", Prioritized = "prioritized",
        ConfirmedCause = "confirmed-cause", ServiceRestored = "confirmed-restored",
        RequesterInformed = "requester-told", RequesterAsked = "requester-asked",
    }
}
words! {
    /// What a monitoring system watches.
    Metric, "metric" {
        Overdue = "overdue", AtRisk = "at-risk", Open = "open", Unassigned = "unassigned",
        /// For how long the ticket that is longest overdue has been so.
        OldestOverdue = "oldest-overdue",
    }
}
words! {
    /// What tickets are counted by.
    Grouping, "grouping" {
        Priority = "priority", Tier = "tier", Assignee = "assignee", Category = "category",
    }
}
words! {
    /// What a report has a line for.
    Breakdown, "grouping" {
        Priority = "priority", Tier = "tier", Assignee = "assignee", Category = "category",
        Month = "month", Channel = "channel", Kind = "kind",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_read_in_any_case_and_printed_as_spelled() {
        assert_eq!(Channel::parse(" Walk-In "), Ok(Channel::WalkIn));
        assert_eq!(Channel::WalkIn.to_string(), "walk-in");
    }

    #[test]
    fn an_unknown_word_names_the_one_meant_and_all_accepted() {
        let fault = Channel::parse("phon").expect_err("not a channel");
        assert_eq!(fault.to_string(), "unknown channel 'phon'");
        assert_eq!(
            fault.hint(),
            "did you mean 'phone'? accepted: phone, walk-in, email, chat, portal, monitoring, other"
        );
    }
}
