//! The policy as a document: TOML text into a [`Policy`], with every fault at
//! once. Reads no file: what it refers to is handed in.

use std::collections::BTreeMap;
use std::fmt;

use crate::domain::policy::Policy;

/// Hands over the text of a file that a document names, or says why not.
pub(crate) type Files<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

/// Something about a document, where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remark {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The key, such as `calendars.office.mon`.
    pub(crate) key: String,
    /// What is wrong or odd, and what is accepted.
    pub(crate) message: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, key, message } = self;
        if key.is_empty() {
            write!(f, "line {line}: {message}")
        } else {
            write!(f, "line {line}: {key}: {message}")
        }
    }
}

/// A document that was understood.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) policy: Policy,
    /// What is odd but no fault.
    pub(crate) notes: Vec<Remark>,
    /// The files it names, with their texts, as they were read.
    pub(crate) files: BTreeMap<String, String>,
}

/// Reads a document as the policy of this version.
///
/// # Errors
/// Every fault of it, by line.
pub(crate) fn read(_text: &str, version: u32, _files: &Files<'_>) -> Result<Document, Vec<Remark>> {
    Ok(Document {
        policy: Policy {
            version,
            ..Policy::built_in()
        },
        notes: Vec::new(),
        files: BTreeMap::new(),
    })
}
