//! A correction of what was submitted.

use crate::domain::people::Requester;
use crate::domain::vocabulary::{Channel, ClearedField};

/// A correction of the submission; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Correction {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) contact: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) channel: Option<Channel>,
    /// What is there no longer, without anything in its place.
    pub(crate) cleared: Vec<ClearedField>,
    /// The symptoms that proved wrong.
    pub(crate) no_symptoms: Vec<String>,
    /// What proved not to be affected.
    pub(crate) no_affected: Vec<String>,
    /// What stood there before.
    pub(crate) replaced: Replaced,
}

/// What a correction replaced. Corrections by earlier versions do not say it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Replaced {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) requester: Requester,
    pub(crate) channel: Option<Channel>,
}

impl Correction {
    /// Whether something was removed without anything in its place.
    pub(crate) fn clears(&self, field: ClearedField) -> bool {
        self.cleared.contains(&field)
    }

    /// Corrects a requester.
    pub(crate) fn correct(&self, requester: &mut Requester) {
        let parts = [
            (&mut requester.name, &self.name, ClearedField::Name),
            (&mut requester.contact, &self.contact, ClearedField::Contact),
            (
                &mut requester.language,
                &self.language,
                ClearedField::Language,
            ),
        ];
        for (known, new, field) in parts {
            if new.is_some() || self.clears(field) {
                known.clone_from(new);
            }
        }
    }
}
