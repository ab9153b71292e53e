//! Fields that the policy defines.

use super::decision::Decision;
use crate::domain::custom_field::{BadField, TypedField};
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::vocabulary::FieldGate;

/// Sets and removes values, as far as they change anything.
///
/// # Errors
/// [`BadField`] for a field that the policy does not define, and for a value that
/// does not fit.
pub(super) fn set(decision: &mut Decision<'_>, typed: Vec<TypedField>) -> Result<(), Rejection> {
    let (mut values, mut cleared) = (Vec::new(), Vec::new());
    let mut seen: Vec<String> = Vec::new();
    for TypedField { name, value } in typed {
        if seen.contains(&name) {
            return Err(BadField::Twice { typed: name }.into());
        }
        let known = decision.ticket.field(&name);
        let definition = decision.policy().fields.iter().find(|one| one.name == name);
        if value.is_empty() {
            // What the policy does not define any more can still be removed.
            if known.is_some() {
                cleared.push(name.clone());
            } else if definition.is_none() {
                return Err(unknown(decision, name).into());
            }
        } else {
            let definition = definition.ok_or_else(|| unknown(decision, name.clone()))?;
            let value = definition.value(&value)?;
            if known != Some(&value) {
                values.push(value);
            }
        }
        seen.push(name);
    }
    if !values.is_empty() || !cleared.is_empty() {
        decision.record(Fact::FieldsSet { values, cleared });
    }
    Ok(())
}

fn unknown(decision: &Decision<'_>, typed: String) -> BadField {
    if decision.ticket.field(&typed).is_some() {
        return BadField::Removed { typed };
    }
    let fields = decision.policy().fields.iter();
    let known = fields.map(|field| field.name.clone()).collect();
    BadField::Unknown { typed, known }
}

/// Returns the names of the fields without a value that a step needs.
pub(super) fn missing(decision: &Decision<'_>, step: FieldGate) -> Vec<String> {
    let ticket = &decision.ticket;
    let needed = decision.policy().fields.iter().filter(|field| {
        field.required_to == Some(step) && field.applies_to(ticket.category.as_ref())
    });
    let missing = needed.filter(|field| ticket.field(&field.name).is_none());
    missing.map(|field| field.name.clone()).collect()
}
