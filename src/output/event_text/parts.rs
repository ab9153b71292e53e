//! The longer texts of single facts.

use crate::domain::privacy::erasure::Erasure;
use crate::domain::vocabulary::ErasureCause;
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
