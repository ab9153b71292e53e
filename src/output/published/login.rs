//! The account under which an agent acted.

use serde::Serialize;

use crate::domain::people;

published! {
    Login<'a> from login: people::Login => {
        /// The name of the user, or the number of one without a name.
        pub(crate) user: &'a str = &login.user,
        /// Absent for a login of a database server.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) uid: Option<u32> = login.uid(),
        /// Absent for a login of a database server.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) host: Option<&'a str> = login.host(),
    }
}
