//! People: requesters, agents, support tiers, and who performs an action.

use std::fmt;

use super::text::{self, BadText, name_type};

name_type! {
    /// The short name of someone who works at the desk.
    Agent
}

impl Agent {
    /// Parses a short name.
    ///
    /// # Errors
    /// [`BadText::NotAName`] if it has spaces or control characters, and
    /// [`BadText::Reserved`] for the name of the program itself.
    pub(crate) fn parse(typed: &str) -> Result<Self, BadText> {
        let name = text::handle("agent", typed)?;
        if name.eq_ignore_ascii_case(Actor::DESK) {
            return Err(BadText::Reserved { name });
        }
        Ok(Self(name))
    }
}
name_type! {
    /// A support tier: `L1`, `L2` or `L3` by default.
    Tier
}

/// The account of the operating system under which desk ran.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Login {
    /// The name of the user, or the number of one who has no name.
    pub(crate) user: String,
    pub(crate) uid: u32,
    pub(crate) host: String,
}

impl Login {
    /// Returns whether the policy means this account: by its name or number.
    pub(crate) fn is(&self, login: &str) -> bool {
        login == self.user || login.parse() == Ok(self.uid)
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.user, self.host)
    }
}

/// Who caused an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Actor {
    Agent {
        name: Agent,
        /// Under which account the agent acted; absent in imported events and in
        /// those of earlier versions.
        login: Option<Login>,
    },
    /// The program itself, by a rule of the policy.
    Desk,
}

impl Actor {
    pub(crate) const DESK: &'static str = "desk";

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Agent { name, .. } => name.as_str(),
            Self::Desk => Self::DESK,
        }
    }

    /// Creates an actor from a stored name.
    pub(crate) fn from_stored(name: &str) -> Self {
        if name == Self::DESK {
            Self::Desk
        } else {
            Self::from(Agent::from_stored(name))
        }
    }

    pub(crate) const fn agent(&self) -> Option<&Agent> {
        match self {
            Self::Agent { name, .. } => Some(name),
            Self::Desk => None,
        }
    }

    pub(crate) const fn login(&self) -> Option<&Login> {
        match self {
            Self::Agent { login, .. } => login.as_ref(),
            Self::Desk => None,
        }
    }
}

impl From<Agent> for Actor {
    fn from(name: Agent) -> Self {
        Self::Agent { name, login: None }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The user who reports a ticket and is affected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Requester {
    pub(crate) name: Option<String>,
    /// Mail address or phone number.
    pub(crate) contact: Option<String>,
    /// A language tag such as `de` or `pt-BR`.
    pub(crate) language: Option<String>,
}

impl Requester {
    /// Parses `Name <contact>`, a bare name, or a bare mail address.
    ///
    /// # Errors
    /// [`BadText`] if a part is not a single line, or both are empty.
    pub(crate) fn parse(typed: &str) -> Result<Self, BadText> {
        let typed = typed.trim();
        let (name, contact) = match typed.strip_suffix('>').and_then(|s| s.rsplit_once('<')) {
            Some((name, contact)) => (name.trim(), contact.trim()),
            None if typed.contains('@') && !typed.contains(char::is_whitespace) => ("", typed),
            None => (typed, ""),
        };
        let part = |what, text: &str| {
            if text.is_empty() {
                Ok(None)
            } else {
                text::line(what, text).map(Some)
            }
        };
        let requester = Self {
            name: part("requester", name)?,
            contact: part("contact", contact)?,
            language: None,
        };
        if requester == Self::default() {
            return Err(BadText::Empty { what: "requester" });
        }
        Ok(requester)
    }

    /// Returns whether a contact, a name, or both as in [`Self::parse`] mean this
    /// person.
    pub(crate) fn is(&self, typed: &str) -> bool {
        let Ok(typed) = Self::parse(typed) else {
            return false;
        };
        let Some(typed) = typed.contact.or(typed.name) else {
            return false;
        };
        let mut parts = self.contact.iter().chain(&self.name);
        parts.any(|part| part.eq_ignore_ascii_case(&typed))
    }

    /// Returns the name, or else the contact.
    pub(crate) fn label(&self) -> Option<&str> {
        self.name.as_deref().or(self.contact.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requester_is_parsed_from_one_argument() {
        let both = Requester::parse("Mia Roth <mia@example.org>").unwrap();
        assert_eq!(both.name.as_deref(), Some("Mia Roth"));
        assert_eq!(both.contact.as_deref(), Some("mia@example.org"));
        let phone = Requester::parse("Mia <+49 30 1234>").unwrap();
        assert_eq!(phone.contact.as_deref(), Some("+49 30 1234"));
        let mail = Requester::parse("mia@example.org").unwrap();
        assert_eq!(
            (mail.name, mail.contact.as_deref()),
            (None, Some("mia@example.org"))
        );
        assert_eq!(Requester::parse("Mia").unwrap().label(), Some("Mia"));
        assert!(Requester::parse(" ").is_err());
        assert!(Requester::parse("<>").is_err());
        assert!(Requester::parse("a\nb <c>").is_err());
    }
}
