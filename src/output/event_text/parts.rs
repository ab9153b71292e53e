//! The longer texts of single facts.

use super::EventContext;
use crate::domain::custom_field::FieldValue;
use crate::domain::privacy::erasure::Erasure;
use crate::domain::vocabulary::ErasureCause;
use crate::output::correction_text::quoted;
use crate::output::style::{humanize, untrusted};

pub(super) fn erased(erasure: &Erasure) -> String {
    let cause = match erasure.cause {
        ErasureCause::Person => "for a person",
        ErasureCause::Retention => "by retention",
        ErasureCause::Restore => "again after a restore",
    };
    let texts = humanize::plural(erasure.count() as u64, "text");
    let owed = match erasure.cancels_owed {
        true => "; no answer is owed any longer",
        false => "",
    };
    format!("erased {texts} {cause}{owed}")
}

/// `imported from servicenow as INC0000045: location Kiel`.
pub(super) fn imported(
    source: &str,
    number: &str,
    rows: usize,
    facts: &[(String, String)],
) -> String {
    let facts = facts.iter().map(|(label, value)| {
        let value = if value.is_empty() { "-" } else { value };
        format!("{} {}", untrusted::line(label), untrusted::line(value))
    });
    let facts: Vec<String> = facts.collect();
    let (source, number) = (untrusted::line(source), untrusted::line(number));
    let mut text = if rows == 0 {
        format!("in {source}")
    } else {
        format!("imported from {source} as {number}")
    };
    if !facts.is_empty() {
        text += &format!(": {}", facts.join(", "));
    }
    text
}

/// Values of fields by name.
pub(in crate::output) fn field_values(
    values: &[FieldValue],
) -> impl Iterator<Item = (String, String)> {
    let values = values.iter();
    values.map(|field| (field.name.clone(), field.value.clone()))
}

/// `asset=SRV-1`, and where there was another value `asset "SRV-1" -> "SRV-2"`.
pub(super) fn fields_set(
    values: &[FieldValue],
    cleared: &[String],
    before: &EventContext,
) -> String {
    let name = |name: &str| untrusted::line(name).into_owned();
    let set = values.iter().map(|field| {
        let (name, value) = (name(&field.name), &field.value);
        match before.fields.get(&field.name).filter(|old| *old != value) {
            Some(old) => format!("{name} {} -> {}", quoted(old), quoted(value)),
            None => format!("{name}={}", untrusted::line(value)),
        }
    });
    let removed = cleared.iter().map(|field| match before.fields.get(field) {
        Some(old) => format!("{} {} removed", name(field), quoted(old)),
        None => format!("{} removed", name(field)),
    });
    let all: Vec<String> = set.chain(removed).collect();
    all.join(", ")
}
