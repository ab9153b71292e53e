//! The document of a policy version, printed unchanged except in JSON.

use super::Output;
use super::printer::Printer;
use super::published::policy as published;
use crate::error::Error;

/// The document of a policy version.
pub(crate) struct PolicyDocument {
    pub(crate) version: u32,
    /// The document, in TOML.
    pub(crate) text: String,
}

impl Output for PolicyDocument {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.text(&self.text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::PolicyDocument {
            version: self.version,
            text: &self.text,
        })
    }
}
