//! The bodies of events of the desk itself that erase texts, and that place and
//! lift holds.

use std::collections::BTreeMap;

use super::super::StoreError;
use super::body::{Body, Draft};
use super::canonical::Json;
use super::fact::ERASED_FIELDS;
use crate::domain::event::TicketId;
use crate::domain::people::Requester;
use crate::domain::privacy::hold::Held;
use crate::domain::vocabulary::ErasureCause;

const REASON: &str = "reason";
const TICKET: &str = "ticket";

/// Drafts the erasure of texts of the desk itself, by the sequence number of
/// their event.
pub(crate) fn draft_erasure(
    cause: ErasureCause,
    fields: &BTreeMap<i64, Vec<String>>,
    reason: &str,
) -> Draft {
    let mut to = Draft::default();
    let fields = fields.iter().map(|(seq, paths)| {
        let paths = paths.iter().map(|path| Json::from(path.as_str()));
        (seq.to_string(), Json::List(paths.collect()))
    });
    to.put(ERASED_FIELDS, Json::Map(fields.collect()));
    to.put("by", cause.as_str());
    to.text(REASON, reason);
    to
}

/// The paths of erased texts, by the number in the body of their erasure: that
/// of an event of the ticket, or a sequence number.
///
/// # Errors
/// [`StoreError::Damaged`] for any other body.
pub(crate) fn erased_fields(body: &str) -> Result<BTreeMap<i64, Vec<String>>, StoreError> {
    Body::read(body, BTreeMap::new())?.erased_fields()
}

/// Drafts a hold.
pub(crate) fn draft_hold(held: &Held, reason: &str) -> Draft {
    let mut to = Draft::default();
    match held {
        Held::Ticket(id) => to.put(TICKET, id.0),
        Held::Person(Requester { name, contact, .. }) => {
            let parts = [("name", name), ("contact", contact)];
            for (path, text) in parts {
                if let Some(text) = text {
                    to.text(path, text);
                }
            }
        }
    }
    to.text(REASON, reason);
    to
}

/// Drafts the end of a hold.
pub(crate) fn draft_lifted_hold(reason: &str) -> Draft {
    let mut to = Draft::default();
    to.text(REASON, reason);
    to
}

/// What a hold keeps, and the reason.
///
/// # Errors
/// [`StoreError::Damaged`] for anything but a body.
pub(crate) fn read_hold(
    body: &str,
    texts: BTreeMap<String, String>,
) -> Result<(Held, String), StoreError> {
    let body = Body::read(body, texts)?;
    let held = match body.maybe_int(TICKET) {
        Some(id) => Held::Ticket(TicketId(id)),
        None => Held::Person(Requester {
            name: body.maybe_text("name"),
            contact: body.maybe_text("contact"),
            language: None,
        }),
    };
    Ok((held, body.text(REASON)?))
}

/// Why a hold was lifted.
///
/// # Errors
/// [`StoreError::Damaged`] for anything but a body.
pub(crate) fn read_lifted_hold(
    body: &str,
    texts: BTreeMap<String, String>,
) -> Result<String, StoreError> {
    Body::read(body, texts)?.text(REASON)
}
