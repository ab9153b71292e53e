//! Who decides, when, and by which policy.

use crate::domain::Timestamp;
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::rejection::Rejection;

/// The context of a decision: time, actor and policy.
#[derive(Debug, Clone)]
pub(crate) struct Ctx<'a> {
    /// When the events happen.
    pub(crate) at: Timestamp,
    /// Whether the agent gave that time.
    pub(crate) backdated: bool,
    /// The time of the machine's clock.
    pub(crate) now: Timestamp,
    pub(crate) actor: Actor,
    pub(crate) policy: &'a PolicyHistory,
}

impl Ctx<'_> {
    /// Refuses an agent whom the policy does not list.
    pub(super) fn check_actor(&self) -> Result<(), Rejection> {
        match &self.actor {
            Actor::Agent { name, login: _ } => Ok(self.policy.check_agent(name)?),
            Actor::Desk => Ok(()),
        }
    }
}
