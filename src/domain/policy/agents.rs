//! The agents of a policy: who may act, and under which account.

use super::Policy;
use crate::domain::mail::address::is_same_address;
use crate::domain::people::{Actor, Agent, Login, Tier};
use crate::domain::rejection::Rejection;
use crate::domain::text;
use crate::domain::vocabulary::UnknownWord;

/// An agent in the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AgentEntry {
    pub(crate) agent: Agent,
    pub(crate) tier: Option<Tier>,
    /// The full name.
    pub(crate) name: Option<String>,
    /// The account of the operating system that acts as this agent, by its name
    /// or number.
    pub(crate) login: Option<String>,
    /// Where the agent reads mail, and writes to tickets from.
    pub(crate) email: Option<String>,
}

impl Policy {
    /// Returns whether an agent is listed, or nobody is.
    pub(crate) fn has_agent(&self, agent: &Agent) -> bool {
        self.agents.is_empty() || self.agents.iter().any(|entry| entry.agent == *agent)
    }

    /// Refuses an agent who is not listed, or, if nobody is, whose name could pass
    /// for another one.
    ///
    /// # Errors
    /// [`Rejection::Unknown`] with the listed agents; [`Rejection::Text`].
    pub(crate) fn check_agent(&self, agent: &Agent) -> Result<(), Rejection> {
        if self.agents.is_empty() {
            return Ok(text::check_scripts(agent.as_str())?);
        }
        if self.has_agent(agent) {
            return Ok(());
        }
        let listed = self.agents.iter().map(|entry| entry.agent.as_str());
        Err(UnknownWord::new("agent", agent.as_str(), listed).into())
    }

    /// Returns the tier that the policy assigns to an agent.
    pub(crate) fn tier_of(&self, agent: &Agent) -> Option<&Tier> {
        let entry = self.agents.iter().find(|entry| entry.agent == *agent)?;
        entry.tier.as_ref()
    }

    /// Returns the account that the policy assigns to an agent.
    pub(crate) fn login_of(&self, agent: &Agent) -> Option<&str> {
        let entry = self.agents.iter().find(|entry| entry.agent == *agent)?;
        entry.login.as_deref()
    }

    /// Returns the mail address that the policy gives an agent.
    pub(crate) fn email_of(&self, agent: &Agent) -> Option<&str> {
        let entry = self.agents.iter().find(|entry| entry.agent == *agent)?;
        entry.email.as_deref()
    }

    /// Returns the agent who writes from a mail address.
    pub(crate) fn agent_with_email(&self, address: &str) -> Option<&Agent> {
        let has = |entry: &&AgentEntry| {
            let email = entry.email.as_deref();
            email.is_some_and(|email| is_same_address(email, address))
        };
        self.agents.iter().find(has).map(|entry| &entry.agent)
    }

    /// Returns the account of an actor if it is not the one that the policy gives
    /// the agent, or if it is the one of another agent only.
    pub(crate) fn unexpected_login<'a>(&self, actor: &'a Actor) -> Option<&'a Login> {
        let (agent, login) = (actor.agent()?, actor.login()?);
        let unexpected = match self.login_of(agent) {
            Some(expected) => !login.is(expected),
            None => {
                let mut logins = self
                    .agents
                    .iter()
                    .filter_map(|entry| entry.login.as_deref());
                logins.any(|other| login.is(other))
            }
        };
        unexpected.then_some(login)
    }

    /// Refuses an agent who has another account than the one that acts.
    ///
    /// # Errors
    /// [`Rejection::OtherLogin`].
    pub(crate) fn check_login(&self, agent: &Agent, by: Option<&Login>) -> Result<(), Rejection> {
        match self.login_of(agent) {
            Some(login) if !by.is_some_and(|by| by.is(login)) => Err(Rejection::OtherLogin {
                agent: agent.clone(),
                login: login.to_owned(),
                by: by.cloned(),
            }),
            Some(_) | None => Ok(()),
        }
    }
}
