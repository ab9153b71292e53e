//! The requester of a ticket.

use serde::Serialize;

use super::value::CsvValue;
use crate::domain::people;

published! {
    #[derive(Clone, Copy)]
    Requester<'a> from requester: people::Requester => {
        name: Option<&'a str> = requester.name.as_deref(),
        /// An email address or a phone number.
        pub(crate) contact: Option<&'a str> = requester.contact.as_deref(),
        /// A language tag.
        language: Option<&'a str> = requester.language.as_deref(),
    }
}

impl Requester<'_> {
    /// Whether nothing is known of the person.
    pub(crate) const fn is_empty(&self) -> bool {
        self.name.is_none() && self.contact.is_none() && self.language.is_none()
    }
}

impl CsvValue for Requester<'_> {
    fn csv(&self, to: &mut Vec<String>) {
        self.name.csv(to);
    }
}
