//! The files that come with a message.

use super::conversation::log;
use super::understand::Incoming;
use crate::app::attachments::{MeasuredFile, attach};
use crate::domain::decide::Ctx;
use crate::domain::health;
use crate::domain::mail::message::{MailAttachment, MailMessage};
use crate::domain::read_models::TicketUpdate;
use crate::error::Error;
use crate::store::Transaction;

/// Keeps the files of a message with what it wrote on a ticket. Those that are too
/// large stay in the mail as it was received, and a note says so.
pub(super) fn keep(
    txn: &mut dyn Transaction,
    incoming: &Incoming<'_>,
    message: &MailMessage,
    update: &mut TicketUpdate,
    ctx: &Ctx<'_>,
) -> Result<(), Error> {
    let limit = incoming.policies.current.mail.attachment_limit;
    let fits = |file: &&MailAttachment| file.bytes.len() as u64 <= limit;
    let (kept, large): (Vec<_>, Vec<_>) = message.attachments.iter().partition(fits);
    let measured = kept
        .into_iter()
        .map(|file| MeasuredFile::measure(file, limit))
        .collect::<Result<Vec<_>, _>>()?;
    attach(txn, update, &measured, ctx)?;
    if !large.is_empty() {
        let names: Vec<&str> = large
            .iter()
            .map(|file| file.name.as_deref().unwrap_or("unnamed"))
            .collect();
        let text = format!(
            "larger than {}, and only in the mail as it was received: {}; see desk mail --raw {}",
            health::size(limit),
            names.join(", "),
            incoming.mail.id.0
        );
        let after = log(
            txn,
            incoming,
            update.after.id,
            super::reading::body(&text),
            &incoming.by_desk(),
        )?;
        update.after = after.after;
        update.events.extend(after.events);
    }
    Ok(())
}
