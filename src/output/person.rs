//! What is stored about a person, what was erased of it, and holds.

use super::Output;
use super::printer::Printer;
use super::published::person as published;
use super::style::table_layout::{Cell, TableLayout, cut_last};
use super::style::{humanize, untrusted};
use crate::domain::privacy::hold::{Held, Hold};
use crate::domain::privacy::pieces::{Piece, PiecePlace};
use crate::domain::privacy::read_models::{FoundPerson, PersonErasure, RetentionDue};
use crate::error::Error;

const HEADINGS: [&str; 6] = ["TICKET", "EVENT", "FIELD", "ROLE", "CERTAINTY", "TEXT"];

/// Every piece about a person.
pub(crate) struct PersonPieces(pub(crate) FoundPerson);

fn piece_table(pieces: &[Piece], to: &mut Printer<'_>) -> Result<(), Error> {
    let row = |piece: &Piece| {
        let (ticket, event, path) = match &piece.place {
            PiecePlace::Ticket { id, n: 0, path } => (id.to_string(), String::new(), path),
            PiecePlace::Ticket { id, n, path } => (id.to_string(), n.to_string(), path),
            PiecePlace::Desk { seq, path } => ("desk".to_owned(), seq.to_string(), path),
        };
        vec![
            Cell::plain(ticket),
            Cell::plain(event),
            Cell::untrusted(path),
            Cell::plain(piece.role.as_str()),
            Cell::plain(piece.certainty.as_str()),
            Cell::untrusted(&piece.text),
        ]
    };
    let mut rows: Vec<_> = pieces.iter().map(row).collect();
    cut_last(&mut rows, &HEADINGS, to.options.width);
    to.rows(TableLayout::new(HEADINGS).right([1]), &rows)
}

impl PersonPieces {
    fn published(&self) -> impl Iterator<Item = published::PersonPiece<'_>> {
        self.0.pieces.iter().map(Into::into)
    }
}

impl Output for PersonPieces {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let FoundPerson {
            typed,
            pieces,
            hold,
            named_acts,
            ..
        } = &self.0;
        let typed = typed.written();
        if pieces.is_empty() {
            to.note(&format!(
                "nothing is stored about {}",
                untrusted::line(&typed)
            ))?;
        } else {
            piece_table(pieces, to)?;
        }
        if let Some(hold) = hold {
            to.note(&format!("hold {} keeps it from being erased", hold.number))?;
        }
        match named_acts {
            0 => Ok(()),
            events => to.note(&in_chain(*events)),
        }
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let ticket = |piece: &Piece| match &piece.place {
            PiecePlace::Ticket { id, .. } => Some(*id),
            PiecePlace::Desk { .. } => None,
        };
        let mut ids: Vec<_> = self.0.pieces.iter().filter_map(ticket).collect();
        ids.sort_unstable();
        ids.dedup();
        to.ids(ids)
    }
}

/// Says that the chain of an earlier version keeps a name.
fn in_chain(events: u64) -> String {
    let events = humanize::plural(events, "event");
    format!(
        "{events} of desk 0.2 or earlier have the name in the chain, from which it cannot be erased"
    )
}

impl Output for PersonErasure {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let Self {
            tickets,
            erased,
            kept,
            cancelled,
            named_acts,
            scrub_pending,
            dry_run,
            pieces,
        } = self;
        if let Some(pieces) = pieces
            && !pieces.is_empty()
        {
            piece_table(pieces, to)?;
        }
        if !to.options.quiet {
            let done = if *dry_run { "would erase" } else { "erased" };
            let texts = humanize::plural(*erased, "text");
            let tickets = humanize::plural(tickets.len() as u64, "ticket");
            to.text(&format!("{done} {texts} on {tickets}\n"))?;
            if *cancelled > 0 {
                let tickets = humanize::plural(*cancelled, "ticket");
                to.text(&format!("  no answer is owed any longer on {tickets}\n"))?;
            }
        }
        if *kept > 0 {
            let texts = humanize::plural(*kept, "text");
            to.note(&format!("kept {texts} that may be about the person"))?;
        }
        if *named_acts > 0 {
            to.note(&in_chain(*named_acts))?;
        }
        if *scrub_pending {
            to.note(
                "another process has the store open, so that pages of its log still have the texts; \
                 desk sweep finishes the erasure",
            )?;
        }
        Ok(())
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::PersonErasure::from(self))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let pieces = self.pieces.iter().flatten();
        to.csv_list(pieces.map(published::PersonPiece::from))
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids(self.tickets.iter().copied())
    }
}

/// Says which tickets a rule of retention reaches.
pub(crate) fn retention_line(due: &RetentionDue) -> String {
    format!("retention: {}", retention_reach(due))
}

/// What a rule of retention erases, and of how many tickets and persons.
pub(crate) fn retention_reach(due: &RetentionDue) -> String {
    let held = match due.held {
        0 => String::new(),
        held => format!("; {} under a hold", humanize::plural(held, "ticket")),
    };
    let rule = untrusted::line(&due.rule.to_string()).into_owned();
    let tickets = humanize::plural(due.tickets, "ticket");
    let persons = humanize::plural(due.persons, "person");
    format!("{rule}: {tickets} of {persons}{held}")
}

/// Holds, in the order in which they were placed.
pub(crate) struct HoldList(pub(crate) Vec<Hold>);

impl HoldList {
    fn published(&self) -> impl Iterator<Item = published::Hold<'_>> {
        self.0.iter().map(Into::into)
    }
}

impl Output for HoldList {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.0.is_empty() {
            return to.note("nothing is held");
        }
        let row = |hold: &Hold| {
            let held = match &hold.held {
                Held::Ticket(id) => id.to_string(),
                Held::Person(person) => person.written(),
            };
            let lifted = hold.lifted.as_ref();
            let lifted = lifted.map(|lifted| humanize::full_time(lifted.at, to.options.zone));
            vec![
                Cell::plain(hold.number.to_string()),
                Cell::untrusted(&held),
                Cell::plain(humanize::full_time(hold.since, to.options.zone)),
                Cell::plain(lifted.unwrap_or_default()),
                Cell::untrusted(hold.by.as_str()),
                Cell::untrusted(&hold.reason),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        let headings = ["HOLD", "KEEPS", "SINCE", "LIFTED", "BY", "REASON"];
        to.rows(TableLayout::new(headings).right([0]), &rows)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }
}
