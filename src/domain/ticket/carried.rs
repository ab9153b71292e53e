//! What a ticket carries: tags, and fields that the policy defines.

use super::Ticket;
use crate::domain::custom_field::FieldValue;
use crate::domain::tag::Tag;
use crate::domain::text::ERASED;

impl Ticket {
    /// Adds and removes tags. One whose text was erased is no tag any more.
    pub(super) fn tag(&mut self, added: &[Tag], removed: &[Tag]) {
        for tag in added.iter().filter(|tag| tag.as_str() != ERASED) {
            if let Err(place) = self.tags.binary_search(tag) {
                self.tags.insert(place, tag.clone());
            }
        }
        self.tags.retain(|tag| !removed.contains(tag));
    }

    /// Sets and removes the values of fields.
    pub(super) fn set_fields(&mut self, values: &[FieldValue], cleared: &[String]) {
        for value in values {
            let place = |known: &FieldValue| known.name.cmp(&value.name);
            match self.fields.binary_search_by(place) {
                Ok(at) => self.fields[at] = value.clone(),
                Err(at) => self.fields.insert(at, value.clone()),
            }
        }
        self.fields.retain(|known| !cleared.contains(&known.name));
    }

    /// Returns the value of a field.
    pub(crate) fn field(&self, name: &str) -> Option<&FieldValue> {
        self.fields.iter().find(|known| known.name == name)
    }
}
