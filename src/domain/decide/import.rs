//! Importing history: rows of another system become events. The history is not
//! checked: no gate applies, and every change of status is possible.

mod carried;
mod contacts;
mod leftovers;
mod rating;
mod status;

use self::leftovers::Leftover;
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
/// a new ticket opens it; a known one comes with its history. Also returns what
/// the importer should know about single rows, and the ticket after them; there
/// is none without rows.
pub(crate) fn import_rows(
    known: Option<(&Ticket, &[Event])>,
    id: TicketId,
    rows: Vec<ImportRow>,
    options: &ImportOptions,
    ctx: &Ctx<'_>,
) -> Option<(Ticket, Vec<Event>, Vec<ImportFinding>)> {
    let first = rows.first()?;
    let decision = match known {
        Some((ticket, _)) => Decision::import(ticket, ctx),
        None => Decision::import_new(opening(id, first, options, ctx), ctx),
    };
    let number = first.number.clone();
    let last_row_at = rows.iter().filter_map(|row| row.at).max();
    let mut import = ImportDecision {
        last_row_at: last_row_at.unwrap_or(decision.ticket.updated),
        digests: rows.iter().map(|row| row.digest.clone()).collect(),
        source: Actor::from(Agent::from_stored(&options.source)),
        findings: Vec::new(),
        previous_status: None,
        contacts: Vec::new(),
        leftovers: Vec::new(),
        history: known.map(|(_, history)| history).unwrap_or_default(),
        decision,
        options,
        ctx,
    };
    let mut is_opening = known.is_none();
    for row in rows {
        import.add_row(row, std::mem::take(&mut is_opening));
    }
    import.keep_leftovers(&number);
    let Decision { ticket, events, .. } = import.decision;
    Some((ticket, events, import.findings))
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
    /// The events of a known ticket before this import.
    history: &'a [Event],
    /// What the rows say and may not be in an event.
    leftovers: Vec<Leftover>,
}

impl ImportDecision<'_> {
    fn add_row(&mut self, mut row: ImportRow, opens: bool) {
        self.findings.append(&mut row.findings);
        let known = self.decision.ticket.updated;
        if row.at.is_some_and(|at| at < known) {
            self.report(
                &row,
                "the row is older than the last event of its ticket: it gets the time of that event",
                row.at.map(|at| at.to_rfc3339()),
            );
        }
        if opens && row.opened.is_none() && !self.options.one_row_per_ticket {
            let reason = "the first row of the ticket has no opening time: its own time counts";
            self.report(&row, reason, None);
        }
        let at = row.at.unwrap_or(
            if opens || self.options.one_row_per_ticket && row.closed.is_some() {
                known
            } else {
                self.ctx.now
            },
        );
        if row.status.is_none() && !row.has_status {
            row.status = self.status_of_end(&row, at);
        }
        self.check_closed(&mut row);
        let at = self.time_of_end(&row).map_or(at, |end| end.max(at));
        let by = row
            .by
            .clone()
            .map_or_else(|| self.source.clone(), Actor::from);
        let resolved = self.resolved(&mut row, at);
        self.read_contacts(&mut row);
        self.remember_leftovers(&row);
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
                self.assign(&mut row, &by);
            }
            self.resolve_before(&row, resolved, at, &by);
            self.set_time(at);
        } else {
            self.resolve_before(&row, resolved, at, &by);
            self.set_time(at);
            self.classify(&row, rating, &by, false);
            self.record_missing_response(&row, &by);
        }
        self.assign(&mut row, &by);
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
        row.extra_fields.push((self.options.label(field), value));
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
            let label = self.options.label("tier");
            row.extra_fields.push((label, named.to_string()));
            row.tier = None;
        }
    }

    /// Records kind, category and rating, and the fields without a counterpart.
    fn classify(&mut self, row: &ImportRow, rating: Option<Rating>, by: &Actor, opens: bool) {
        self.record_origin(row);
        self.correct(row, by, opens);
        let ticket = &self.decision.ticket;
        let kind = row.kind.or(self.options.kind.filter(|_| opens));
        let kind = kind.filter(|kind| ticket.kind != Some(*kind));
        let category = row.category.clone();
        let category = category.filter(|category| ticket.category.as_ref() != Some(category));
        let rating = rating.filter(|rating| ticket.rating.as_ref() != Some(rating));
        if !opens && kind.is_none() && category.is_none() && rating.is_none() {
            return;
        }
        let before = (!opens).then(|| ticket.without_events());
        if let Some(kind) = kind {
            let onset = Occurrence::Occurred;
            self.record(by, Fact::Identified { kind, onset });
        }
        if let Some(category) = category {
            self.record(by, Fact::Categorized { category });
        }
        if let Some(rating) = rating {
            self.record(by, Fact::Prioritized(rating));
        }
        match before {
            None => self.decision.set_targets(),
            Some(before) => self.decision.update_targets(&before),
        }
    }

    /// Records where the rows came from, and the fields without a counterpart.
    fn record_origin(&mut self, row: &ImportRow) {
        let known = &self.decision.ticket.extra_fields;
        let extra_fields = changed_fields(known, &row.extra_fields);
        if !extra_fields.is_empty() || !self.digests.is_empty() {
            self.record_fields(&row.number, extra_fields);
        }
    }

    fn record_fields(&mut self, number: &str, extra_fields: Vec<(String, String)>) {
        self.decision.record(Fact::Imported {
            source: self.options.source.clone(),
            number: number.to_owned(),
            last_row_at: self.last_row_at,
            row_digests: std::mem::take(&mut self.digests),
            extra_fields,
        });
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
        let is_new = !is_known && self.options.one_row_per_ticket;
        if let Some(text) = described.filter(|text| is_new && !self.is_logged(text)) {
            let note = Note {
                text: Some(text),
                ..Note::default()
            };
            self.record(by, Fact::Logged(note));
        }
    }

    /// Whether a text was logged on the ticket.
    fn is_logged(&self, text: &str) -> bool {
        let events = self.history.iter().chain(&self.decision.events);
        events.into_iter().any(
            |event| matches!(&event.fact, Fact::Logged(note) if note.text.as_deref() == Some(text)),
        )
    }

    /// Records notes, tier and assignee. A note is logged once, however often
    /// the log repeats it.
    fn assign(&mut self, row: &mut ImportRow, by: &Actor) {
        let new = |listed: &[String], known: &[String]| -> Vec<String> {
            listed
                .iter()
                .filter(|item| !known.contains(item))
                .cloned()
                .collect()
        };
        let ticket = &self.decision.ticket;
        let note = Note {
            text: row.note.take().filter(|text| !self.is_logged(text)),
            symptoms: new(&row.symptoms, &ticket.symptoms),
            affected: new(&row.affected, &ticket.affected),
            began: None,
        };
        if note != Note::default() {
            self.record(by, Fact::Logged(note));
        }
        self.carry(row, by);
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

/// The fields whose values differ from the known ones; an empty value is none.
fn changed_fields(known: &[(String, String)], new: &[(String, String)]) -> Vec<(String, String)> {
    // Rows have their fields in the same order, so the next one is likely it.
    let mut next = 0;
    let mut value = |label: &str| {
        let (before, after) = known.split_at(next.min(known.len()));
        let mut places = (next..).zip(after).chain((0..).zip(before));
        let (at, (_, value)) = places.find(|(_, (found, _))| found == label)?;
        next = at + 1;
        Some(value.as_str())
    };
    let mut changed = Vec::new();
    for (label, text) in new {
        if value(label).unwrap_or_default() != text {
            changed.push((label.clone(), text.clone()));
        }
    }
    changed
}
