//! Tags and fields of imported rows.

use super::ImportDecision;
use crate::domain::custom_field::FieldValue;
use crate::domain::event::Fact;
use crate::domain::external_record::ImportRow;
use crate::domain::people::Actor;
use crate::domain::tag::{MAX_TAGS, Tag};

impl ImportDecision<'_> {
    /// Records the tags and the values that the ticket does not have. What does not fit
    /// is reported and kept among the fields without a counterpart.
    pub(super) fn carry(&mut self, row: &mut ImportRow, by: &Actor) {
        let known = &self.decision.ticket.tags;
        let room = MAX_TAGS.saturating_sub(known.len());
        let new = row.tags.iter().filter(|tag| !known.contains(tag));
        let mut added: Vec<Tag> = new.cloned().collect();
        for tag in added.split_off(room.min(added.len())) {
            let reason = format!("the ticket has {MAX_TAGS} tags already");
            self.report(row, &reason, Some(tag.to_string()));
        }
        added.sort();
        if !added.is_empty() {
            let removed = Vec::new();
            self.record(by, Fact::Tagged { added, removed });
        }
        let values = self.values(row);
        if !values.is_empty() {
            let cleared = Vec::new();
            self.record(by, Fact::FieldsSet { values, cleared });
        }
    }

    fn values(&mut self, row: &mut ImportRow) -> Vec<FieldValue> {
        let mut values = Vec::new();
        let mut left = Vec::new();
        for typed in std::mem::take(&mut row.fields) {
            let mut defined = self.ctx.policy.fields.iter();
            let field = defined.find(|field| field.name == typed.name);
            let value = field.map(|field| field.value(&typed.value));
            match value {
                Some(Ok(value)) if self.decision.ticket.field(&value.name) == Some(&value) => {}
                Some(Ok(value)) => values.push(value),
                Some(Err(fault)) => {
                    let reason = format!("{}: {}", fault, fault.hint());
                    self.report(row, &reason, Some(typed.value.clone()));
                    left.push(typed);
                }
                None => {
                    let reason = format!("the policy has no field '{}'", typed.name);
                    self.report(row, &reason, Some(typed.value.clone()));
                    left.push(typed);
                }
            }
        }
        if !left.is_empty() {
            let fields = left.into_iter().map(|field| (field.name, field.value));
            let number = row.number.clone();
            let known = &self.decision.ticket.extra_fields;
            let changed = super::changed_fields(known, &fields.collect::<Vec<_>>());
            if !changed.is_empty() {
                self.record_fields(&number, changed);
            }
        }
        values
    }
}
