//! The logins of a store in a database server, and what the present one may do.

use serde::Serialize;

use super::value::{CsvRecord, CsvValue};
use crate::domain::people::Agent;
use crate::domain::team;

published! {
    /// A login that may use the store.
    TeamMember<'a> from member: team::TeamMember => {
        pub(crate) login: &'a str = &member.login,
        /// Whom it acts as; null for one that only reads, or owns.
        pub(crate) agent: Option<&'a str> = member.agent.as_ref().map(Agent::as_str),
        /// `read`, `agent`, `supervisor`, `privacy`, `service` or `owner`.
        pub(crate) roles: Vec<&'a str> = member.roles.iter().map(|role| role.as_str()).collect(),
        /// What is wrong with it.
        pub(crate) fault: Option<&'a str> = member.fault.as_deref(),
    }
}

csv_columns!(TeamMember<'_>: login, agent, roles, fault);

published! {
    /// Something that the present login may do, or not.
    TeamRight<'a> from right: team::TeamRight => {
        pub(crate) action: &'a str = right.action,
        pub(crate) allowed: bool = right.is_allowed,
        /// The role that may do it.
        pub(crate) role: &'a str = right.role.as_str(),
    }
}

csv_columns!(TeamRight<'_>: action, allowed, role);

/// What is wrong, and what to do.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TeamFault<'a> {
    pub(crate) finding: &'a str,
    pub(crate) remedy: &'a str,
}

published! {
    /// What the present login may do, as the server says.
    TeamCheck<'a> from check: team::LoginCheck => {
        pub(crate) login: &'a str = &check.member.login,
        pub(crate) agent: Option<&'a str> = check.member.agent.as_ref().map(Agent::as_str),
        pub(crate) roles: Vec<&'a str> =
            check.member.roles.iter().map(|role| role.as_str()).collect(),
        /// Whether nothing is wrong.
        pub(crate) ok: bool = check.faults.is_empty(),
        pub(crate) rights: Vec<TeamRight<'a>> = check.rights.iter().map(TeamRight::from).collect(),
        pub(crate) faults: Vec<TeamFault<'a>> = check
            .faults
            .iter()
            .map(|(finding, remedy)| TeamFault { finding, remedy })
            .collect(),
    }
}
