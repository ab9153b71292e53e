//! What is stored about a person, what was erased of it, and holds.

use serde::Serialize;

use super::value::{At, CsvRecord, CsvValue};
use crate::domain::privacy::hold::{self, Held};
use crate::domain::privacy::pieces::{Piece, PiecePlace};
use crate::domain::privacy::read_models;

published! {
    /// A stored text about a person.
    PersonPiece<'a> from piece: Piece => {
        /// Absent for a text of the desk itself, such as the name of an agent.
        ticket: Option<i64> = place(&piece.place).0,
        /// The number of the event in the history of the ticket; absent for the
        /// texts of its repeated alarms.
        event: Option<u32> = place(&piece.place).1,
        /// The number of the event in the chain, for a text of the desk itself.
        seq: Option<i64> = place(&piece.place).2,
        /// The path of the text in its event.
        path: &'a str = place(&piece.place).3,
        /// `requester`, `participant`, `agent`, `import` (digests of imported
        /// rows), `written`, `mention` or `alarm`.
        role: &'static str = piece.role.as_str(),
        /// `certain` or `possible`.
        certainty: &'static str = piece.certainty.as_str(),
        text: &'a str = &piece.text,
    }
}

csv_columns!(PersonPiece<'_>: ticket, event, seq, path, role, certainty, text);

fn place(place: &PiecePlace) -> (Option<i64>, Option<u32>, Option<i64>, &str) {
    match place {
        PiecePlace::Ticket { id, n, path } => (Some(id.0), Some(*n).filter(|n| *n > 0), None, path),
        PiecePlace::Desk { seq, path } => (None, None, Some(*seq), path),
    }
}

published! {
    /// What was erased of a person, or would be.
    PersonErasure<'a> from erased: read_models::PersonErasure => {
        dry_run: bool = erased.dry_run,
        tickets: Vec<i64> = erased.tickets.iter().map(|id| id.0).collect(),
        /// The number of texts.
        erased: u64 = erased.erased,
        /// The number of texts that may be about the person and stay.
        kept: u64 = erased.kept,
        /// On how many tickets no answer is owed any longer.
        cancelled: u64 = erased.cancelled,
        /// How many events of earlier versions keep the name of the agent.
        named_in_chain: u64 = erased.named_acts,
        /// Whether pages of the store still have the texts, until a sweep.
        scrub_pending: bool = erased.scrub_pending,
        /// The texts, with --dry-run.
        #[serde(skip_serializing_if = "Option::is_none")]
        pieces: Option<Vec<PersonPiece<'a>>> = erased.pieces.as_ref().map(|all| all.iter().map(Into::into).collect()),
    }
}

published! {
    /// A hold: what must not be erased.
    Hold<'a> from hold: hold::Hold => {
        hold: u32 = hold.number,
        ticket: Option<i64> = match &hold.held {
            Held::Ticket(id) => Some(id.0),
            Held::Person(_) => None,
        },
        name: Option<&'a str> = match &hold.held {
            Held::Person(person) => person.name.as_deref(),
            Held::Ticket(_) => None,
        },
        contact: Option<&'a str> = match &hold.held {
            Held::Person(person) => person.contact.as_deref(),
            Held::Ticket(_) => None,
        },
        since: At = At(hold.since),
        by: &'a str = hold.by.as_str(),
        reason: &'a str = &hold.reason,
        lifted_at: Option<At> = hold.lifted.as_ref().map(|lifted| At(lifted.at)),
        lifted_by: Option<&'a str> = hold.lifted.as_ref().map(|lifted| lifted.by.as_str()),
        lifted_reason: Option<&'a str> = hold.lifted.as_ref().map(|lifted| lifted.reason.as_str()),
    }
}

csv_columns!(Hold<'_>: hold, ticket, name, contact, since, by, reason, lifted_at, lifted_by, lifted_reason);
