//! The requester of a ticket.

use serde::Serialize;

use super::value::CsvValue;
use crate::domain::people;

#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Requester<'a> {
    name: Option<&'a str>,
    /// An email address or a phone number.
    pub(crate) contact: Option<&'a str>,
    /// A language tag.
    language: Option<&'a str>,
}

impl<'a> From<&'a people::Requester> for Requester<'a> {
    fn from(requester: &'a people::Requester) -> Self {
        Self {
            name: requester.name.as_deref(),
            contact: requester.contact.as_deref(),
            language: requester.language.as_deref(),
        }
    }
}

impl CsvValue for Requester<'_> {
    fn csv(&self, to: &mut Vec<String>) {
        self.name.csv(to);
    }
}
