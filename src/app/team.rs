//! Who acts in a store in a database server, and what logins may do.

use super::Desk;
use crate::domain::event::TicketId;
use crate::domain::people::Agent;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::rejection::Rejection;
use crate::domain::team::{DatabaseLogin, LoginCheck, TeamGrant, TeamMember, TeamRole};
use crate::error::Error;
use crate::store::{StoreError, Team};

impl Desk<'_> {
    /// Returns the login of this process, if the store is in a database server.
    ///
    /// # Errors
    /// If the store cannot be opened.
    pub(super) fn database_login(&self) -> Result<Option<&DatabaseLogin>, Error> {
        // A file is not opened for it.
        if self.provider.team().is_none() {
            return Ok(None);
        }
        let store = self.reader()?;
        Ok(store.and_then(|store| store.database_login()))
    }

    /// Returns the agent who acts: in a database, the one that the login belongs to.
    ///
    /// # Errors
    /// If nobody acts, or [`Rejection::LoginOfOther`] for somebody else's name.
    pub(crate) fn agent(&self) -> Result<Agent, Error> {
        let Some(login) = self.database_login()? else {
            return (self.actor)();
        };
        let own = match &login.agent {
            Some(agent) => Some(agent.clone()),
            None => agent_in(&*self.policies()?, login),
        };
        let named = self.names_agent.then(|| (self.actor)()).transpose()?;
        match (own, named) {
            (Some(own), None) => Ok(own),
            (own, Some(named)) if login.acts_for_others || own.as_ref() == Some(&named) => {
                Ok(named)
            }
            (None, None) if login.acts_for_others => (self.actor)(),
            (own, named) => Err(Rejection::LoginOfOther {
                login: login.login.user.clone(),
                own,
                named,
            }
            .into()),
        }
    }

    /// Returns whether a ticket that was not found is one that the database hides:
    /// numbers have no gaps.
    pub(crate) fn is_hidden(&self, id: TicketId) -> bool {
        let is_bound = self
            .database_login()
            .is_ok_and(|login| login.is_some_and(|login| !login.sees_everything));
        let last = || match self.read() {
            Ok(Some(txn)) => txn.last_id().ok(),
            Ok(None) | Err(_) => None,
        };
        is_bound && id.0 > 0 && last().is_some_and(|last| id <= last)
    }

    /// Refuses what reads or writes the whole store, to a login from which rows are
    /// hidden: it would take what is restricted for missing.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub(super) fn require_every_row(&self, operation: &str) -> Result<(), Error> {
        let login = self.database_login()?;
        if login.is_none_or(|login| login.sees_everything) {
            return Ok(());
        }
        Err(missing_role(operation, TeamRole::Service).into())
    }

    fn team(&self) -> Result<&dyn Team, Error> {
        self.provider.team().ok_or_else(|| {
            Error::usage(
                format!(
                    "{} is a file, which knows no logins",
                    self.provider.location()
                ),
                "share a file with a group by: desk init --group NAME; see desk help team",
            )
        })
    }

    /// Returns the statements that create the roles, or runs them.
    ///
    /// # Errors
    /// [`Error::Usage`] for a file, or if the present login may not.
    pub(crate) fn init_team(&self, run: bool) -> Result<String, Error> {
        let team = self.team()?;
        let statements = team.init_statements();
        self.run_statements(team, &statements, run)?;
        Ok(statements)
    }

    /// Returns the statements that give a login a role, or runs them.
    ///
    /// # Errors
    /// [`Error::Usage`] for a file, or if the present login may not.
    pub(crate) fn grant_role(&self, grant: &TeamGrant, run: bool) -> Result<String, Error> {
        let team = self.team()?;
        let statements = team.grant_statements(grant);
        self.run_statements(team, &statements, run)?;
        Ok(statements)
    }

    fn run_statements(&self, team: &dyn Team, statements: &str, run: bool) -> Result<(), Error> {
        if run {
            // It says what is missing if there is no store yet.
            self.reader()?;
            team.run(statements)?;
            self.count_commit();
        }
        Ok(())
    }

    /// Returns the logins that may use the store.
    ///
    /// # Errors
    /// [`Error::Usage`] for a file, or an error of the store.
    pub(crate) fn team_members(&self) -> Result<Vec<TeamMember>, Error> {
        let team = self.team()?;
        self.reader()?;
        Ok(team.members()?)
    }

    /// Returns what the present login may do, and what is wrong.
    ///
    /// # Errors
    /// [`Error::Usage`] for a file, or an error of the store.
    pub(crate) fn check_team(&self) -> Result<LoginCheck, Error> {
        let team = self.team()?;
        self.reader()?;
        let mut check = team.check()?;
        let policies = self.policies()?;
        let member = &check.member;
        if let Some(agent) = &member.agent
            && let Some(login) = policies.login_of(agent)
            && login != member.login
        {
            check.faults.push((
                format!(
                    "'{}' acts as {agent}, but the policy gives {agent} the login '{login}'",
                    member.login
                ),
                "make both the same, with: desk policy edit; or: desk team grant".to_owned(),
            ));
        }
        Ok(check)
    }
}

/// The agent to whom the policy gives a login.
fn agent_in(policies: &PolicyHistory, login: &DatabaseLogin) -> Option<Agent> {
    let is_theirs = |expected: &str| login.login.is(expected);
    let mut agents = policies.agents.iter();
    let entry = agents.find(|entry| entry.login.as_deref().is_some_and(is_theirs))?;
    Some(entry.agent.clone())
}

/// The refusal of what needs a role.
fn missing_role(operation: &str, role: TeamRole) -> StoreError {
    StoreError::Refused {
        exit_code: 5,
        code: "store_permission",
        message: format!("{operation} needs the role {}", role.group()),
        hint: format!(
            "use such a login, or ask who runs the database for: desk team grant LOGIN --role {}",
            role.as_str()
        ),
    }
}
