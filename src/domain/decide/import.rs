//! Foreign history: rows of another system become events as they were. It is
//! not judged: no gate applies, and every change of status is possible.

mod rating;
mod status;

use super::Ctx;
use super::decision::Decision;
use crate::domain::Timestamp;
use crate::domain::event::{Correction, Event, Fact, Note, Submission, TicketId};
use crate::domain::external_record::{ImportOptions, ImportRow, ImportedStatus};
use crate::domain::import_report::ImportFinding;
use crate::domain::people::{Actor, Agent, Requester, Tier};
use crate::domain::priority::Rating;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::Occurrence;

/// Decides what rows of a log add to a ticket, or to one that they open. The
/// first row of a new ticket says when it was opened.
pub(crate) fn import_rows(
    ticket: Option<&Ticket>,
    id: TicketId,
    rows: Vec<ImportRow>,
    terms: &ImportOptions,
    ctx: &Ctx<'_>,
) -> (Vec<Event>, Vec<ImportFinding>) {
    let Some(first) = rows.first() else {
        return (Vec::new(), Vec::new());
    };
    let deed = match ticket {
        Some(ticket) => Decision::adopting(ticket, ctx),
        None => Decision::adopting_new(opening(id, first, terms, ctx), ctx),
    };
    let upto = rows.iter().filter_map(|row| row.at).max();
    let mut adoption = ImportDecision {
        upto: upto.unwrap_or(deed.ticket.updated),
        digests: rows.iter().map(|row| row.digest.clone()).collect(),
        source: Actor::Agent(Agent::from_stored(&terms.source)),
        findings: Vec::new(),
        before: None,
        deed,
        terms,
        ctx,
    };
    let mut opens = ticket.is_none();
    for row in rows {
        adoption.row(row, std::mem::take(&mut opens));
    }
    (adoption.deed.events, adoption.findings)
}

fn opening(id: TicketId, row: &ImportRow, terms: &ImportOptions, ctx: &Ctx<'_>) -> Event {
    let by = row.opened_by.clone();
    let by = by.unwrap_or_else(|| Agent::from_stored(&terms.source));
    Event {
        ticket: id,
        n: 1,
        at: row.opened.or(row.at).unwrap_or(ctx.now),
        recorded: ctx.now,
        actor: Actor::Agent(by),
        fact: Fact::Opened(Submission {
            title: row.title.clone().unwrap_or_else(|| row.number.clone()),
            description: row.description.clone(),
            requester: row.requester.clone(),
            channel: row.channel.unwrap_or(terms.channel),
            key: None,
            tier: tier(row, ctx).unwrap_or_else(|| ctx.policy.first_tier().clone()),
        }),
    }
}

/// The tier that a row names, if the policy has it.
fn tier(row: &ImportRow, ctx: &Ctx<'_>) -> Option<Tier> {
    let named = row.tier.as_ref()?.as_str();
    let known = ctx.policy.tiers.iter();
    known
        .clone()
        .find(|tier| tier.as_str().eq_ignore_ascii_case(named))
        .cloned()
}

struct ImportDecision<'a> {
    deed: Decision<'a>,
    terms: &'a ImportOptions,
    ctx: &'a Ctx<'a>,
    upto: Timestamp,
    /// The rows of this adoption, until they are recorded.
    digests: Vec<String>,
    /// Who did what nobody is named for.
    source: Actor,
    findings: Vec<ImportFinding>,
    /// The status that the row before told.
    before: Option<ImportedStatus>,
}

impl ImportDecision<'_> {
    fn row(&mut self, mut row: ImportRow, opens: bool) {
        self.findings.append(&mut row.findings);
        let known = self.deed.ticket.updated;
        if row.at.is_some_and(|at| at < known) {
            self.find(
                &row,
                "it is dated before what is known already: dated as that",
                None,
            );
        }
        let at = row.at.unwrap_or(
            if opens || self.terms.one_row_per_ticket && row.closed.is_some() {
                known
            } else {
                self.ctx.now
            },
        );
        let by = row
            .by
            .clone()
            .map_or_else(|| self.source.clone(), Actor::Agent);
        let resolved = self.resolved(&mut row, at);
        let rating = self.rating(&mut row);
        if self.deed.ticket.tier.as_str() != self.ctx.policy.first_tier().as_str()
            || row.tier.is_some()
        {
            self.unknown_tier(&mut row);
        }
        if opens {
            self.classify(&row, rating.clone(), &by, true);
            if self.terms.one_row_per_ticket {
                self.hand(&row, &by);
            }
            self.resolve_before(&row, resolved, at, &by);
            self.go(at);
        } else {
            self.resolve_before(&row, resolved, at, &by);
            self.go(at);
            self.classify(&row, rating, &by, false);
        }
        self.hand(&row, &by);
        self.stand(&row, resolved, at, &by);
        self.before = row.status.or(self.before);
    }

    /// Moves to a time, but never before what is known already.
    fn go(&mut self, at: Timestamp) {
        self.deed.at = at.max(self.deed.ticket.updated);
    }

    fn find(&mut self, row: &ImportRow, reason: &str, value: Option<String>) {
        self.findings.push(ImportFinding {
            line: row.line,
            number: Some(row.number.clone()),
            refused: false,
            reason: reason.to_owned(),
            column: None,
            value,
        });
    }

    /// When it was resolved, by a time that can be.
    fn resolved(&mut self, row: &mut ImportRow, at: Timestamp) -> Option<Timestamp> {
        let resolved = row.resolved?;
        if resolved < self.deed.ticket.opened {
            let value = resolved.to_rfc3339();
            self.find(
                row,
                "it was resolved before it was opened",
                Some(value.clone()),
            );
            row.extra_fields.push(("resolved".to_owned(), value));
            row.resolved = None;
            return None;
        }
        (resolved <= at || (self.terms.one_row_per_ticket && row.at.is_none())).then_some(resolved)
    }

    fn unknown_tier(&mut self, row: &mut ImportRow) {
        if let Some(named) = row.tier.clone()
            && tier(row, self.ctx).is_none()
        {
            self.find(
                row,
                "its tier is not one of the policy",
                Some(named.to_string()),
            );
            row.extra_fields
                .push(("tier".to_owned(), named.to_string()));
            row.tier = None;
        }
    }

    /// What it is, and what the other system says of it beside that.
    fn classify(&mut self, row: &ImportRow, rating: Option<Rating>, by: &Actor, opens: bool) {
        self.bring(row);
        self.correct(row, by, opens);
        let before = self.deed.ticket.clone();
        let kind = row.kind.or(self.terms.kind.filter(|_| opens));
        if let Some(kind) = kind.filter(|kind| self.deed.ticket.kind != Some(*kind)) {
            let onset = Occurrence::Occurred;
            self.deed
                .push_by(by.clone(), Fact::Identified { kind, onset });
        }
        if let Some(category) = &row.category
            && self.deed.ticket.category.as_ref() != Some(category)
        {
            let category = category.clone();
            self.deed
                .push_by(by.clone(), Fact::Categorized { category });
        }
        if let Some(rating) = rating.filter(|r| self.deed.ticket.rating.as_ref() != Some(r)) {
            self.deed.push_by(by.clone(), Fact::Prioritized(rating));
        }
        if opens {
            self.deed.set_targets();
        } else if before.n != self.deed.ticket.n {
            self.deed.update_targets(&before);
        }
    }

    /// Records where it came from, and what has no word here.
    fn bring(&mut self, row: &ImportRow) {
        let labels = &self.deed.ticket.extra_fields;
        let known = |label: &str| {
            labels
                .iter()
                .find(|(l, _)| l == label)
                .map(|(_, v)| v.as_str())
        };
        let facts = row.extra_fields.iter();
        let facts = facts.filter(|(label, value)| known(label).unwrap_or_default() != value);
        let facts: Vec<_> = facts.cloned().collect();
        if !facts.is_empty() || !self.digests.is_empty() {
            self.deed.push(Fact::Imported {
                source: self.terms.source.clone(),
                number: row.number.clone(),
                last_row_at: self.upto,
                row_digests: std::mem::take(&mut self.digests),
                extra_fields: facts,
            });
        }
    }

    fn correct(&mut self, row: &ImportRow, by: &Actor, opens: bool) {
        if opens {
            return;
        }
        let ticket = &self.deed.ticket;
        let Requester {
            name,
            contact,
            language,
        } = &row.requester;
        let changed =
            |new: &Option<String>, old: &Option<String>| new.clone().filter(|_| new != old);
        let correction = Correction {
            title: row.title.clone().filter(|title| *title != ticket.title),
            name: changed(name, &ticket.requester.name),
            contact: changed(contact, &ticket.requester.contact),
            language: changed(language, &ticket.requester.language),
        };
        let described = changed(&row.description, &ticket.description);
        if correction != Correction::default() {
            self.deed.push_by(by.clone(), Fact::Corrected(correction));
        }
        let told = self
            .deed
            .ticket
            .extra_fields
            .iter()
            .any(|(_, text)| Some(text) == described.as_ref());
        if let Some(text) = described.filter(|_| !told && self.terms.one_row_per_ticket) {
            let note = Note {
                text: Some(text),
                ..Note::default()
            };
            self.deed.push_by(by.clone(), Fact::Logged(note));
        }
    }

    /// Who has it, and what was seen.
    fn hand(&mut self, row: &ImportRow, by: &Actor) {
        let new = |seen: &[String], known: &[String]| -> Vec<String> {
            seen.iter()
                .filter(|item| !known.contains(item))
                .cloned()
                .collect()
        };
        let ticket = &self.deed.ticket;
        let note = Note {
            text: row.note.clone(),
            symptoms: new(&row.symptoms, &ticket.symptoms),
            affected: new(&row.affected, &ticket.affected),
            began: None,
        };
        let said = note.text.is_some()
            && ticket
                .extra_fields
                .iter()
                .any(|(l, v)| l == "note" && Some(v) == note.text.as_ref());
        if note != Note::default() && !said {
            self.deed.push_by(by.clone(), Fact::Logged(note));
        }
        if let Some(to) = tier(row, self.ctx).filter(|to| *to != self.deed.ticket.tier) {
            let place = |tier: &Tier| self.ctx.policy.tiers.iter().position(|t| t == tier);
            let up = place(&to) > place(&self.deed.ticket.tier);
            let reason = format!("as in {}", self.terms.source);
            self.deed
                .push_by(by.clone(), Fact::Escalated { to, up, reason });
        }
        match (&row.assignee, &self.deed.ticket.assignee) {
            (Some(agent), known) if known.as_ref() != Some(agent) => {
                let agent = agent.clone();
                self.deed.push_by(by.clone(), Fact::Assigned { agent });
            }
            (None, Some(_)) if self.terms.has_assignee_column => {
                self.deed
                    .push_by(by.clone(), Fact::Unassigned { reason: None });
            }
            (Some(_) | None, _) => {}
        }
    }
}
