//! Mails that belong to no ticket, as pieces about a person.

use crate::domain::mail::incoming::{IncomingMail, MailId};
use crate::domain::privacy::person::{Certainty, Identity};
use crate::domain::privacy::pieces::{MAIL, Piece, PiecePlace, PieceRole};
use crate::domain::privacy::spelling::normalized_contact;
use crate::error::Error;
use crate::store::Transaction;

/// Returns the pieces that stand for the mails of a person without a ticket.
pub(in crate::app) fn pieces_without_ticket(
    txn: &dyn Transaction,
    who: &Identity,
) -> Result<Vec<Piece>, Error> {
    let piece = |mail: IncomingMail| Piece {
        place: PiecePlace::Desk {
            seq: mail.id.0,
            path: MAIL.to_owned(),
        },
        role: PieceRole::Mail,
        certainty: Certainty::Certain,
        text: format!("{} as it was received", mail.id),
    };
    Ok(about(txn, who)?.into_iter().map(piece).collect())
}

/// Erases the mails of a person without a ticket, and that mail to them could not
/// be delivered. Returns how many mails there were.
pub(in crate::app) fn erase_without_ticket(
    txn: &mut dyn Transaction,
    who: &Identity,
) -> Result<u64, Error> {
    for contact in &who.contacts {
        txn.clear_undeliverable(contact)?;
    }
    let mails: Vec<MailId> = about(txn, who)?.into_iter().map(|mail| mail.id).collect();
    for id in &mails {
        txn.erase_mail(*id)?;
    }
    Ok(mails.len() as u64)
}

/// The mails without a ticket that a person sent, or that have a contact of the
/// person anywhere.
fn about(txn: &dyn Transaction, who: &Identity) -> Result<Vec<IncomingMail>, Error> {
    let mut found = Vec::new();
    for mail in txn.mails_without_ticket()? {
        let sender = mail.sender.as_deref().map(normalized_contact);
        let sent = sender.is_some_and(|sender| who.contacts.contains(&sender));
        if sent || has_contact(&txn.raw_mail(mail.id)?.unwrap_or_default(), who) {
            found.push(mail);
        }
    }
    Ok(found)
}

/// Whether a mail has a contact of a person in its bytes.
fn has_contact(raw: &[u8], who: &Identity) -> bool {
    let text = String::from_utf8_lossy(raw).to_lowercase();
    let mut contacts = who.contacts.iter();
    contacts.any(|contact| !contact.is_empty() && text.contains(contact.as_str()))
}
