//! What only a store in a database server has: logins, and what they may do.

use super::super::StoreError;
use crate::domain::team::{LoginCheck, TeamGrant, TeamMember};

/// The logins of a store in a database server.
pub(crate) trait Team {
    /// The statements that create the roles, with their rights in this store.
    fn init_statements(&self) -> String;

    /// The statements that give a login a role, and create it first if it does not
    /// exist.
    fn grant_statements(&self, grant: &TeamGrant) -> String;

    /// Runs such statements, all of them or none.
    ///
    /// # Errors
    /// If the present login may not.
    fn run(&self, statements: &str) -> Result<(), StoreError>;

    /// The logins that may use the store, by name.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn members(&self) -> Result<Vec<TeamMember>, StoreError>;

    /// What the present login may do, as the server says.
    ///
    /// # Errors
    /// If the server cannot be asked.
    fn check(&self) -> Result<LoginCheck, StoreError>;
}
