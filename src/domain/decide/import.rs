//! Importing history: rows of another system become events. The history is not
//! checked: no gate applies, and every change of status is possible.

mod contacts;
mod rating;
mod status;

use super::Ctx;
use super::decision::Decision;
use crate::domain::Timestamp;
use crate::domain::event::{Correction, Event, Fact, Note, Submission, TicketId};
use crate::domain::external_record::{ImportOptions, ImportRow, ImportedStatus, LoggedContact};
use crate::domain::import_report::ImportFinding;
use crate::domain::people::{Actor, Agent, Requester, Tier};
use crate::domain::priority::Rating;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::Occurrence;

/// Decides the events that the rows of one ticket add to it. The first row of
/// a new ticket opens it. Also returns what the importer should know about
/// single rows.
pub(crate) fn import_rows(
    ticket: Option<&Ticket>,
    id: TicketId,
    rows: Vec<ImportRow>,
    options: &ImportOptions,
    ctx: &Ctx<'_>,
) -> (Vec<Event>, Vec<ImportFinding>) {
    let Some(first) = rows.first() else {
        return (Vec::new(), Vec::new());
    };
    let decision = match ticket {
        Some(ticket) => Decision::import(ticket, ctx),
        None => Decision::import_new(opening(id, first, options, ctx), ctx),
    };
    let last_row_at = rows.iter().filter_map(|row| row.at).max();
    let mut import = ImportDecision {
        last_row_at: last_row_at.unwrap_or(decision.ticket.updated),
        digests: rows.iter().map(|row| row.digest.clone()).collect(),
        source: Actor::from(Agent::from_stored(&options.source)),
        findings: Vec::new(),
        previous_status: None,
        contacts: Vec::new(),
        decision,
        options,
        ctx,
    };
    let mut is_opening = ticket.is_none();
    for row in rows {
        import.add_row(row, std::mem::take(&mut is_opening));
    }
    (import.decision.events, import.findings)
}

fn opening(id: TicketId, row: &ImportRow, options: &ImportOptions, ctx: &Ctx<'_>) -> Event {
    let by = row.opened_by.clone();
    let by = by.unwrap_or_else(|| Agent::from_stored(&options.source));
    Event {
        ticket: id,
        n: 1,
        at: row.opened.or(row.at).unwrap_or(ctx.now),
        recorded: ctx.now,
        actor: Actor::from(by),
        fact: Fact::Opened(Submission {
            title: row.title.clone().unwrap_or_else(|| row.number.clone()),
            description: row.description.clone(),
            requester: row.requester.clone(),
            channel: row.channel.unwrap_or(options.channel),
            key: None,
            tier: tier(row, ctx).unwrap_or_else(|| ctx.policy.first_tier().clone()),
        }),
    }
}

/// Returns the tier of a row, if the policy has it.
fn tier(row: &ImportRow, ctx: &Ctx<'_>) -> Option<Tier> {
    let known = ctx.policy.find_tier(row.tier.as_ref()?.as_str());
    known.ok().cloned()
}

struct ImportDecision<'a> {
    decision: Decision<'a>,
    options: &'a ImportOptions,
    ctx: &'a Ctx<'a>,
    last_row_at: Timestamp,
    /// The digests of the rows, until they are recorded.
    digests: Vec<String>,
    /// The actor of rows without an agent: the other system.
    source: Actor,
    findings: Vec<ImportFinding>,
    /// The contacts of the row that are not recorded yet, in order.
    contacts: Vec<(Timestamp, LoggedContact)>,
    /// The status in the previous row.
    previous_status: Option<ImportedStatus>,
}

impl ImportDecision<'_> {
    fn add_row(&mut self, mut row: ImportRow, opens: bool) {
        self.findings.append(&mut row.findings);
        let known = self.decision.ticket.updated;
        if row.at.is_some_and(|at| at < known) {
            self.report(
                &row,
                "the row is older than the last event of its ticket: it gets the time of that event",
                None,
            );
        }
        let at = row.at.unwrap_or(
            if opens || self.options.one_row_per_ticket && row.closed.is_some() {
                known
            } else {
                self.ctx.now
            },
        );
        let by = row
            .by
            .clone()
            .map_or_else(|| self.source.clone(), Actor::from);
        let resolved = self.resolved(&mut row, at);
        self.read_contacts(&mut row);
        let rating = self.rating(&mut row);
        if self.decision.ticket.tier.as_str() != self.ctx.policy.first_tier().as_str()
            || row.tier.is_some()
        {
            self.unknown_tier(&mut row);
        }
        if opens {
            self.classify(&row, rating.clone(), &by, true);
            self.record_missing_response(&row, &by);
            if self.options.one_row_per_ticket {
                self.assign(&row, &by);
            }
            self.resolve_before(&row, resolved, at, &by);
            self.set_time(at);
        } else {
            self.resolve_before(&row, resolved, at, &by);
            self.set_time(at);
            self.classify(&row, rating, &by, false);
            self.record_missing_response(&row, &by);
        }
        self.assign(&row, &by);
        self.set_status(&row, resolved, at, &by);
        self.record_contacts_until(Timestamp::MAX_UTC);
        self.previous_status = row.status.or(self.previous_status);
    }

    /// Moves to a time, but never before what is known already. Contacts until
    /// then are recorded on the way.
    fn set_time(&mut self, at: Timestamp) {
        self.record_contacts_until(at);
        self.decision.at = at.max(self.decision.ticket.updated);
    }

    fn record(&mut self, by: &Actor, fact: Fact) {
        self.decision.record_by(by.clone(), fact);
    }

    fn report(&mut self, row: &ImportRow, reason: &str, value: Option<String>) {
        self.findings.push(ImportFinding {
            line: row.line,
            number: Some(row.number.clone()),
            refused: false,
            reason: reason.to_owned(),
            column: None,
            value,
        });
    }

    /// Returns when the ticket was resolved, if the row has a plausible time.
    fn resolved(&mut self, row: &mut ImportRow, at: Timestamp) -> Option<Timestamp> {
        let resolved = row.resolved?;
        if resolved < self.decision.ticket.opened {
            row.resolved = None;
            let reason = "the ticket was resolved before it was opened";
            self.keep_time(row, "resolved", resolved, reason);
            return None;
        }
        (resolved <= at || (self.options.one_row_per_ticket && row.at.is_none()))
            .then_some(resolved)
    }

    /// Keeps a time that cannot be right among the fields without a counterpart,
    /// and reports it.
    fn keep_time(&mut self, row: &mut ImportRow, field: &str, at: Timestamp, reason: &str) {
        let value = at.to_rfc3339();
        self.report(row, reason, Some(value.clone()));
        row.extra_fields.push((field.to_owned(), value));
    }

    fn unknown_tier(&mut self, row: &mut ImportRow) {
        if let Some(named) = row.tier.clone()
            && tier(row, self.ctx).is_none()
        {
            self.report(
                row,
                "the tier is not in the policy",
                Some(named.to_string()),
            );
            row.extra_fields
                .push(("tier".to_owned(), named.to_string()));
            row.tier = None;
        }
    }

    /// Records kind, category and rating, and the fields without a counterpart.
    fn classify(&mut self, row: &ImportRow, rating: Option<Rating>, by: &Actor, opens: bool) {
        self.record_origin(row);
        self.correct(row, by, opens);
        let before = self.decision.ticket.clone();
        let kind = row.kind.or(self.options.kind.filter(|_| opens));
        if let Some(kind) = kind.filter(|kind| self.decision.ticket.kind != Some(*kind)) {
            let onset = Occurrence::Occurred;
            self.record(by, Fact::Identified { kind, onset });
        }
        if let Some(category) = &row.category
            && self.decision.ticket.category.as_ref() != Some(category)
        {
            let category = category.clone();
            self.record(by, Fact::Categorized { category });
        }
        if let Some(rating) = rating.filter(|r| self.decision.ticket.rating.as_ref() != Some(r)) {
            self.record(by, Fact::Prioritized(rating));
        }
        if opens {
            self.decision.set_targets();
        } else if before.n != self.decision.ticket.n {
            self.decision.update_targets(&before);
        }
    }

    /// Records where the rows came from, and the fields without a counterpart.
    fn record_origin(&mut self, row: &ImportRow) {
        let fields = &self.decision.ticket.extra_fields;
        let known = |label: &str| {
            fields
                .iter()
                .find(|(l, _)| l == label)
                .map(|(_, v)| v.as_str())
        };
        let new = row.extra_fields.iter();
        let new = new.filter(|(label, value)| known(label).unwrap_or_default() != value);
        let extra_fields: Vec<_> = new.cloned().collect();
        if !extra_fields.is_empty() || !self.digests.is_empty() {
            self.decision.record(Fact::Imported {
                source: self.options.source.clone(),
                number: row.number.clone(),
                last_row_at: self.last_row_at,
                row_digests: std::mem::take(&mut self.digests),
                extra_fields,
            });
        }
    }

    fn correct(&mut self, row: &ImportRow, by: &Actor, opens: bool) {
        if opens {
            return;
        }
        let ticket = &self.decision.ticket;
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
            self.record(by, Fact::Corrected(correction));
        }
        let is_known = self
            .decision
            .ticket
            .extra_fields
            .iter()
            .any(|(_, text)| Some(text) == described.as_ref());
        if let Some(text) = described.filter(|_| !is_known && self.options.one_row_per_ticket) {
            let note = Note {
                text: Some(text),
                ..Note::default()
            };
            self.record(by, Fact::Logged(note));
        }
    }

    /// Records notes, tier and assignee.
    fn assign(&mut self, row: &ImportRow, by: &Actor) {
        let new = |listed: &[String], known: &[String]| -> Vec<String> {
            listed
                .iter()
                .filter(|item| !known.contains(item))
                .cloned()
                .collect()
        };
        let ticket = &self.decision.ticket;
        let note = Note {
            text: row.note.clone(),
            symptoms: new(&row.symptoms, &ticket.symptoms),
            affected: new(&row.affected, &ticket.affected),
            began: None,
        };
        let is_known = note.text.is_some()
            && ticket
                .extra_fields
                .iter()
                .any(|(l, v)| l == "note" && Some(v) == note.text.as_ref());
        if note != Note::default() && !is_known {
            self.record(by, Fact::Logged(note));
        }
        if let Some(to) = tier(row, self.ctx).filter(|to| *to != self.decision.ticket.tier) {
            let rank = |tier: &Tier| self.ctx.policy.tiers.iter().position(|t| t == tier);
            let up = rank(&to) > rank(&self.decision.ticket.tier);
            let reason = format!("as in {}", self.options.source);
            self.record(by, Fact::Escalated { to, up, reason });
        }
        match (&row.assignee, &self.decision.ticket.assignee) {
            (Some(agent), known) if known.as_ref() != Some(agent) => {
                let agent = agent.clone();
                self.record(by, Fact::Assigned { agent });
            }
            (None, Some(_)) if self.options.has_assignee_column => {
                self.record(by, Fact::Unassigned { reason: None });
            }
            (Some(_) | None, _) => {}
        }
    }
}
