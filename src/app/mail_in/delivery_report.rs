//! Delivery reports: mail of the desk that did not arrive.

use super::conversation::note;
use super::understand::{Incoming, Outcome};
use crate::domain::event::TicketId;
use crate::domain::mail::incoming::Undeliverable;
use crate::domain::mail::message::FailedRecipient;
use crate::error::Error;
use crate::store::Transaction;

/// Takes a report about a mail of a ticket: a note, and nothing else. Where it is
/// final, the address is kept as one that cannot be reached.
pub(super) fn take(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    ticket: TicketId,
) -> Result<Outcome, Error> {
    let reports = incoming.message.delivery_report.iter();
    let recipients: Vec<&FailedRecipient> = reports.flat_map(|report| &report.recipients).collect();
    let mut lines = Vec::new();
    for recipient in &recipients {
        let said = said(recipient);
        if is_final(recipient) {
            let about = Undeliverable {
                since: incoming.mail.received,
                reason: Some(said.clone()),
            };
            txn.put_undeliverable(&recipient.address, &about)?;
        }
        lines.push(said);
        let status = recipient.status.as_deref().unwrap_or(&recipient.action);
        if let Some(report) = &incoming.message.delivery_report {
            for id in &report.original_ids {
                // Those after it are of mails that it answered.
                if txn
                    .mark_bounced(id, Some(recipient.address.trim()), status)?
                    .is_some()
                {
                    break;
                }
            }
        }
    }
    let what = match recipients.iter().any(|recipient| is_final(recipient)) {
        true => "mail could not be delivered",
        false => "delivery report",
    };
    let head = match lines.is_empty() {
        true => what.to_owned(),
        false => format!("{what}: {}", lines.join("; ")),
    };
    let head: String = head.chars().take(2_000).collect();
    note(txn, incoming, ticket, &head)
}

/// Whether it will not be tried again.
fn is_final(recipient: &FailedRecipient) -> bool {
    let status = recipient.status.as_deref();
    recipient.action == "failed" && status.is_none_or(|status| status.starts_with('5'))
        || recipient.action.is_empty() && status.is_some_and(|status| status.starts_with('5'))
}

/// `kim@example.org: 5.1.1 user unknown`.
fn said(recipient: &FailedRecipient) -> String {
    let parts = [
        recipient.status.as_deref().unwrap_or(&recipient.action),
        recipient.diagnostic.as_deref().unwrap_or_default(),
    ];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}: {}", recipient.address.trim(), said.join(" "))
}
