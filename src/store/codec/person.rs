//! The body of the event that introduces a person: nothing but commitments to
//! their name and account, so that both can be erased.

use super::body::Draft;
use crate::domain::people::{Account, Agent, Login};

/// The paths of the texts.
pub(crate) const NAME: &str = "name";
pub(crate) const LOGIN: &str = "login";
pub(crate) const UID: &str = "uid";
pub(crate) const HOST: &str = "host";
pub(crate) const DISPLAY: &str = "display";

/// Drafts the introduction of an agent who acts under this account, if any.
pub(crate) fn draft_person(name: &Agent, login: Option<&Login>) -> Draft {
    let mut to = Draft::default();
    to.text(NAME, name.as_str());
    if let Some(display) = name.display_name() {
        to.text(DISPLAY, display);
    }
    if let Some(Login { user, account }) = login {
        to.text(LOGIN, user);
        match account {
            Account::System { uid, host } => {
                to.text(UID, &uid.to_string());
                to.text(HOST, host);
            }
            // A version that knows no such logins reads an agent without one.
            Account::Database => {}
        }
    }
    to
}
