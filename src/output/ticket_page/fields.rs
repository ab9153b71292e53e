//! The fields of a ticket that the policy defines or has defined, with those that are
//! asked for and have no value.

use crate::domain::read_models::TicketDetails;
use crate::output::style::page_writer::PageWriter;

/// Writes the section of the fields, if there is one.
pub(super) fn section(page: &TicketDetails, to: &mut PageWriter<'_, '_>) {
    let ticket = &page.ticket;
    let defined = &to.options.policy.fields;
    let asked = defined
        .iter()
        .filter(|field| field.applies_to(ticket.category.as_ref()));
    let mut lines: Vec<(String, String)> = Vec::new();
    for field in defined {
        if let Some(known) = ticket.field(&field.name) {
            lines.push((field.label().to_owned(), known.value.clone()));
        }
    }
    for known in &ticket.fields {
        if !defined.iter().any(|field| field.name == known.name) {
            let value = format!("{} (not in the policy any more)", known.value);
            lines.push((known.name.clone(), value));
        }
    }
    let missing = asked.filter(|field| ticket.field(&field.name).is_none());
    let missing: Vec<String> = missing
        .map(|field| match field.required_to {
            Some(step) => format!("{} (to {step})", field.name),
            None => field.name.clone(),
        })
        .collect();
    if lines.is_empty() && missing.is_empty() {
        return;
    }
    to.heading("Fields");
    for (label, value) in lines {
        to.field(&crate::output::style::untrusted::line(&label), Some(&value));
    }
    if !missing.is_empty() {
        to.field("no value", Some(&missing.join(", ")));
    }
}
