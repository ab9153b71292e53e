//! People: requesters, agents, support tiers, and who performs an action.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::text::{self, BadText, name_type};
use super::vocabulary::{ParticipantRole, UnknownWord};

/// Someone who works at the desk: a short name, which is the agent, and how
/// another system wrote it.
#[derive(Debug, Clone)]
pub(crate) struct Agent {
    name: Box<str>,
    display_name: Option<Box<str>>,
}

impl PartialEq for Agent {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Agent {}

impl PartialOrd for Agent {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Agent {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name)
    }
}

impl Hash for Agent {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Display for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.name)
    }
}

impl Agent {
    /// The longest short name, in characters.
    const LONGEST: usize = 64;

    /// Creates it from a text that was checked, or that is stored.
    pub(crate) fn from_stored(name: &str) -> Self {
        Self {
            name: name.into(),
            display_name: None,
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.name
    }

    /// How another system wrote the name, if it differs.
    pub(crate) fn display_name(&self) -> Option<&str> {
        self.display_name.as_deref()
    }

    /// The short name, and in parentheses how another system wrote it.
    pub(crate) fn label(&self) -> String {
        match &self.display_name {
            Some(display) => format!("{} ({display})", self.name),
            None => self.name.to_string(),
        }
    }

    /// The same agent with this display name.
    pub(crate) fn with_display_name(self, display_name: Option<String>) -> Self {
        let display_name = display_name.filter(|display| **display != *self.name);
        Self {
            display_name: display_name.map(String::into_boxed_str),
            ..self
        }
    }

    /// Makes a short name of one that another system wrote, such as
    /// `Lee, Ann (2685)`, `O'Neil` or `CORP\\alee`, and keeps it as the display
    /// name.
    ///
    /// # Errors
    /// As [`Self::parse`], if nothing is left.
    pub(crate) fn from_foreign(written: &str) -> Result<Self, BadText> {
        let is_mark = |c: char| "'’`´".contains(c) || ('\u{300}'..='\u{36f}').contains(&c);
        let is_part = |c: char| c.is_alphanumeric() || "._@+".contains(c);
        let plain: String = written.chars().filter(|c| !is_mark(*c)).collect();
        let parts = plain.split(|c| !is_part(c)).filter(|part| !part.is_empty());
        let name = parts.collect::<Vec<_>>().join("-");
        let name: String = name.chars().take(Self::LONGEST).collect();
        Ok(Self::parse(&name)?.with_display_name(Some(written.to_owned())))
    }

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
        Ok(Self::from_stored(&name))
    }
}

name_type! {
    /// A support tier: `L1`, `L2` or `L3` by default.
    Tier
}

impl Tier {
    /// Finds one of some tiers by its name in any letter case.
    ///
    /// # Errors
    /// [`UnknownWord`] with their names.
    pub(crate) fn find<'t>(tiers: &'t [Self], typed: &str) -> Result<&'t Self, UnknownWord> {
        let found = tiers
            .iter()
            .find(|tier| tier.as_str().eq_ignore_ascii_case(typed));
        found.ok_or_else(|| UnknownWord::new("tier", typed, tiers.iter().map(Self::as_str)))
    }
}

/// The account under which desk ran.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Login {
    /// The name of the user, or the number of one who has no name.
    pub(crate) user: String,
    pub(crate) account: Account,
}

/// What knows a login.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Account {
    /// The operating system of a machine.
    System { uid: u32, host: String },
    /// The database server in which the store is.
    Database,
}

impl Login {
    /// The login of a database server.
    pub(crate) fn database(user: &str) -> Self {
        Self {
            user: user.to_owned(),
            account: Account::Database,
        }
    }

    /// Returns whether the policy means this account: by its name or number.
    pub(crate) fn is(&self, login: &str) -> bool {
        login == self.user || self.uid().is_some_and(|uid| login.parse() == Ok(uid))
    }

    /// The number of the user on a machine.
    pub(crate) const fn uid(&self) -> Option<u32> {
        match &self.account {
            Account::System { uid, .. } => Some(*uid),
            Account::Database => None,
        }
    }

    /// The machine.
    pub(crate) const fn host(&self) -> Option<&str> {
        match &self.account {
            Account::System { host, .. } => Some(host.as_str()),
            Account::Database => None,
        }
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.account {
            Account::System { host, .. } => write!(f, "{}@{host}", self.user),
            Account::Database => f.write_str(&self.user),
        }
    }
}

/// Somebody who was added to the conversation of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Participant {
    pub(crate) person: Requester,
    pub(crate) role: ParticipantRole,
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
    /// [`BadText`] if a part is not a single line, if both are empty, or if it is
    /// not one person: `Mia <mia@example.org`, or two addresses.
    pub(crate) fn parse(typed: &str) -> Result<Self, BadText> {
        let requester = Self::from_parts(typed)?;
        let (name, contact) = Self::split(typed);
        let without_contact = typed.trim().ends_with('>') && contact.is_empty();
        if !is_one_name(name) || !is_one_contact(contact) || without_contact {
            let typed = typed.trim().to_owned();
            return Err(BadText::NotOnePerson { typed });
        }
        Ok(requester)
    }

    /// The name and the contact in a text.
    fn split(typed: &str) -> (&str, &str) {
        let typed = typed.trim();
        match typed.strip_suffix('>').and_then(|s| s.rsplit_once('<')) {
            Some((name, contact)) => (unquoted(name.trim()), contact.trim()),
            None if typed.contains('@') && !typed.contains(char::is_whitespace) => ("", typed),
            None => (unquoted(typed), ""),
        }
    }

    /// As [`Self::parse`], also of what is not one person: other systems have such
    /// requesters, and a store may too.
    fn from_parts(typed: &str) -> Result<Self, BadText> {
        let part = |what, text: &str| {
            if text.is_empty() {
                Ok(None)
            } else {
                text::line(what, text).map(Some)
            }
        };
        let (name, contact) = Self::split(typed);
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
        let Ok(typed) = Self::from_parts(typed) else {
            return false;
        };
        let Some(typed) = typed.contact.or(typed.name) else {
            return false;
        };
        let mut parts = self.contact.iter().chain(&self.name);
        parts.any(|part| part.eq_ignore_ascii_case(&typed))
    }

    /// Checks a mail address or telephone number that is given alone.
    ///
    /// # Errors
    /// [`BadText`] if it is not one.
    pub(crate) fn check_contact(contact: &str) -> Result<(), BadText> {
        match is_one_contact(contact) {
            true => Ok(()),
            false => Err(BadText::NotOnePerson {
                typed: contact.to_owned(),
            }),
        }
    }

    /// Returns the name, or else the contact.
    pub(crate) fn label(&self) -> Option<&str> {
        self.name.as_deref().or(self.contact.as_deref())
    }

    /// Returns name and contact as one types them: `Name <contact>`, or either.
    pub(crate) fn written(&self) -> String {
        match (&self.name, &self.contact) {
            (Some(name), Some(contact)) => format!("{name} <{contact}>"),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => String::new(),
        }
    }
}

/// A name without the quotes around it that mail programs write.
fn unquoted(name: &str) -> &str {
    let inner = name
        .strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'));
    inner
        .filter(|inner| !inner.contains('"'))
        .unwrap_or(name)
        .trim()
}

/// Whether a name is not the rest of a broken or second address.
fn is_one_name(name: &str) -> bool {
    let is_address = |word: &str| {
        let parts = word.split_once('@');
        parts.is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
    };
    let mut words = name.split(|c: char| c.is_whitespace() || c == ',');
    !name.contains(['<', '>', ';', '"']) && !words.any(is_address)
}

/// Whether a contact is empty, one mail address, or no mail address at all.
fn is_one_contact(contact: &str) -> bool {
    if contact.contains(['<', '>', '"', ';']) {
        return false;
    }
    let Some((local, domain)) = contact.split_once('@') else {
        return true;
    };
    let odd = |c: char| c.is_whitespace() || matches!(c, ',' | '@');
    !local.is_empty() && !domain.is_empty() && !contact.replacen('@', "", 1).contains(odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_of_a_database_is_meant_by_its_name_only() {
        let system = Login {
            user: "anna".to_owned(),
            account: Account::System {
                uid: 1000,
                host: "desk-1".to_owned(),
            },
        };
        let database = Login::database("anna");
        assert!(system.is("anna") && system.is("1000") && !system.is("ben"));
        assert!(database.is("anna") && !database.is("1000") && !database.is("ben"));
        assert!(Login::database("1000").is("1000"));
        assert_eq!(
            (system.to_string(), database.to_string()),
            ("anna@desk-1".to_owned(), "anna".to_owned())
        );
    }

    #[test]
    fn what_is_not_one_person_is_refused() {
        for typed in [
            "Mia Roth <mia@example.org",
            "\"Mia Roth <mia@example.org\"",
            "Mia Roth mia@example.org>",
            "Mia Roth mia@example.org",
            "Mia Roth <mia@example.org>, Ben Ode <ben@example.org>",
            "mia@example.org, ben@example.org",
            "mia@example.org,ben@example.org",
            "mia@example.org;ben@example.org",
            "Mia <mia@example.org> <ben@example.org>",
            "Mia <mia@example.org, ben@example.org>",
            "Mia Roth; Ben Ode",
            "Mia <>",
            "Mia <mia@>",
            "@example.org",
            "mia@@example.org",
            "\"Mia <mia@example.org>",
        ] {
            let refused = Requester::parse(typed);
            assert!(
                matches!(refused, Err(BadText::NotOnePerson { .. })),
                "{typed}: {refused:?}"
            );
        }
        for (typed, name, contact) in [
            (
                "\"Roth, Mia\" <mia@example.org>",
                Some("Roth, Mia"),
                Some("mia@example.org"),
            ),
            ("Lee, Ann", Some("Lee, Ann"), None),
            ("O'Neil (Sales)", Some("O'Neil (Sales)"), None),
            ("Mia @ Sales", Some("Mia @ Sales"), None),
            (
                "Mia <ext. 4711, room 5>",
                Some("Mia"),
                Some("ext. 4711, room 5"),
            ),
            ("root@localhost", None, Some("root@localhost")),
            ("<mia@example.org>", None, Some("mia@example.org")),
        ] {
            let parsed = Requester::parse(typed).unwrap();
            assert_eq!(
                (parsed.name.as_deref(), parsed.contact.as_deref()),
                (name, contact)
            );
        }
    }

    #[test]
    fn a_foreign_name_becomes_a_short_one_and_stays_as_display_name() {
        for (written, name) in [
            ("Ann Lee", "Ann-Lee"),
            ("Ann Lee (2685)", "Ann-Lee-2685"),
            ("Lee, Ann", "Lee-Ann"),
            ("Pat O'Neil", "Pat-ONeil"),
            ("CORP\\alee", "CORP-alee"),
            ("Jürgen Groß", "Jürgen-Groß"),
            ("--x--", "x"),
        ] {
            let agent = Agent::from_foreign(written).unwrap();
            assert_eq!(
                (agent.as_str(), agent.display_name()),
                (name, Some(written))
            );
            assert_eq!(Agent::parse(name).unwrap(), agent);
        }
        assert_eq!(Agent::from_foreign("ben").unwrap().display_name(), None);
        assert!(Agent::from_foreign("(…)").is_err());
        assert!(Agent::from_foreign("desk").is_err());
    }

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
