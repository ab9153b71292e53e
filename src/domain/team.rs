//! Who may do what in a store that is in a database server: logins, and the roles
//! that they have.

use super::people::{Agent, Login};
use super::vocabulary::UnknownWord;

/// What a login is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TeamRole {
    /// Sees what is not restricted.
    Read,
    /// Works on tickets as one agent.
    Agent,
    /// Also sets the policy, passes gates and restricts tickets.
    Supervisor,
    /// Also erases, holds and limits personal data.
    Privacy,
    /// Records for others: sweep, mail, import, verify.
    Service,
    /// Owns the tables: creates them, steps them up and gives roles.
    Owner,
}

impl TeamRole {
    pub(crate) const ALL: [Self; 6] = [
        Self::Read,
        Self::Agent,
        Self::Supervisor,
        Self::Privacy,
        Self::Service,
        Self::Owner,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Privacy => "privacy",
            Self::Service => "service",
            Self::Owner => "owner",
        }
    }

    /// The role of the database that a login is a member of.
    pub(crate) const fn group(self) -> &'static str {
        match self {
            Self::Read => "desk_read",
            Self::Agent => "desk_agent",
            Self::Supervisor => "desk_supervisor",
            Self::Privacy => "desk_privacy",
            Self::Service => "desk_service",
            Self::Owner => "desk_owner",
        }
    }

    /// Parses the name of a role, as `agent` or `desk_agent`.
    ///
    /// # Errors
    /// [`UnknownWord`] with all names.
    pub(crate) fn parse(typed: &str) -> Result<Self, UnknownWord> {
        let word = typed.trim().to_lowercase();
        let name = word.strip_prefix("desk_").unwrap_or(&word);
        let mut all = Self::ALL.into_iter();
        let found = all.find(|role| role.as_str() == name);
        found.ok_or_else(|| UnknownWord::new("role", typed, Self::ALL.map(Self::as_str)))
    }
}

/// A role that a login is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TeamGrant {
    pub(crate) login: String,
    pub(crate) role: TeamRole,
    /// Whom the login acts as.
    pub(crate) agent: Option<Agent>,
}

/// The longest name of a login, in bytes: PostgreSQL cuts a longer one.
pub(crate) const LONGEST_LOGIN: usize = 63;

/// A login that may use the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TeamMember {
    pub(crate) login: String,
    /// Whom it acts as; absent for one that only reads, or owns.
    pub(crate) agent: Option<Agent>,
    pub(crate) roles: Vec<TeamRole>,
    /// What is wrong with it.
    pub(crate) fault: Option<String>,
}

/// The login of this process, as the database server knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DatabaseLogin {
    pub(crate) login: Login,
    /// Whom it acts as.
    pub(crate) agent: Option<Agent>,
    /// Whether it may record what others did.
    pub(crate) acts_for_others: bool,
    /// Whether no row is hidden from it.
    pub(crate) sees_everything: bool,
}

/// Something that the present login may do, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TeamRight {
    /// What it is, after «may».
    pub(crate) action: &'static str,
    pub(crate) is_allowed: bool,
    /// The role that may do it.
    pub(crate) role: TeamRole,
}

/// What the present login may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LoginCheck {
    pub(crate) member: TeamMember,
    pub(crate) rights: Vec<TeamRight>,
    /// What is wrong with the login or the store, with what to do.
    pub(crate) faults: Vec<(String, String)>,
}
