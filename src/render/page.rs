//! The page about a ticket: what an agent reads at a glance, from the head to
//! the timeline.

use super::grid::{Cell, Grid};
use super::sheet::Sheet;
use super::style::{self, Tone};
use super::telling::{self, Before};
use super::{RenderOptions, TicketDetails, cell, untrusted, words};
use crate::domain::event::{Event, Fact};
use crate::domain::sla::clock::{Clock, DisplayState};
use crate::domain::ticket::{Call, Hypothesis, Status, Ticket, Verdict};
use crate::domain::vocabulary::Channel;

/// Writes a page.
pub(super) fn of(page: &TicketDetails, look: &RenderOptions<'_>) -> String {
    let mut sheet = Sheet::new(look);
    let ticket = &page.ticket;
    sheet.head(page);
    sheet.clocks(page);
    sheet.people(ticket);
    sheet.known(page);
    sheet.tried(ticket);
    sheet.resolution(ticket);
    sheet.known_error(ticket);
    sheet.links(ticket);
    sheet.timeline(&page.history);
    sheet.text
}

/// Writes the hypotheses of a ticket alone.
pub(super) fn hypotheses(page: &TicketDetails, look: &RenderOptions<'_>) -> String {
    let mut sheet = Sheet::new(look);
    for hypothesis in &page.ticket.hypotheses {
        sheet.hypothesis(hypothesis);
    }
    sheet.text
}

impl Sheet<'_, '_> {
    fn head(&mut self, page: &TicketDetails) {
        let (ticket, row) = (&page.ticket, &page.summary);
        let title = untrusted::line(&ticket.title);
        self.hang(&format!("{} ", ticket.id), &title, Tone::Strong);
        let since = self.moment(ticket.since);
        let status = match &ticket.status {
            Status::Paused {
                reason: awaited,
                until,
                ..
            } => match until {
                Some(until) => format!(
                    "paused since {since}, waiting for {awaited} until {}",
                    self.moment(*until)
                ),
                None => format!("paused since {since}, waiting for {awaited}"),
            },
            Status::Closed(_) if row.merged_into.is_some() => {
                let into = row
                    .merged_into
                    .map_or_else(String::new, |id| id.to_string());
                format!("closed since {since}, merged into {into}")
            }
            Status::New | Status::Active | Status::Resolved(_) | Status::Closed(_) => {
                let grade = row.satisfaction.map(|n| format!(", satisfaction {n}"));
                format!("{} since {since}{}", row.state, grade.unwrap_or_default())
            }
        };
        let rating = row.rating.as_ref().map_or_else(
            || "no priority".to_owned(),
            |r| {
                let (p, users, business, urgency) = (r.priority, &r.users, &r.business, &r.urgency);
                let ratings = format!("users {users}, business {business}, urgency {urgency}");
                format!("{p} ({})", untrusted::line(&ratings))
            },
        );
        let kind = match (ticket.kind, ticket.onset.as_str()) {
            (Some(kind), onset) => format!("{kind}, {onset}"),
            (None, _) => "not identified".to_owned(),
        };
        let category = ticket
            .category
            .as_ref()
            .map_or("no category", |c| c.as_str());
        let assignee = ticket
            .assignee
            .as_ref()
            .map_or("unassigned", |a| a.as_str());
        let place = [category, ticket.tier.as_str(), assignee].join(" · ");
        self.hang("  ", &format!("{status} · {rating}"), Tone::Plain);
        self.hang(
            "  ",
            &format!("{kind} · {}", untrusted::line(&place)),
            Tone::Plain,
        );
        let mut opened = format!(
            "opened {} by {}",
            self.moment(ticket.opened),
            untrusted::line(ticket.opened_by.as_str()),
        );
        if ticket.channel != Channel::Other {
            opened += &format!(", came{}", words::by(ticket.channel));
        }
        if ticket.reopenings > 0 {
            opened += &format!(
                ", {}",
                words::plural(u64::from(ticket.reopenings), "reopening")
            );
        }
        self.hang("  ", &opened, Tone::Quiet);
        if let Status::Paused {
            note: Some(note), ..
        } = &ticket.status
        {
            self.words_of(2, note, Tone::Plain);
        }
    }

    fn clocks(&mut self, page: &TicketDetails) {
        let clocks = page.summary.clocks.iter();
        let rows: Vec<Vec<Cell>> = clocks
            .map(|(name, clock)| self.clock(name.as_str(), clock))
            .collect();
        if rows.is_empty() {
            return;
        }
        self.heading("Clocks");
        let heads = ["", "STATE", "USED", "LEFT", "TARGET", "PAUSED", "DUE"];
        let mut grid = Grid {
            heads: Some(heads.map(str::to_owned).to_vec()),
            right: vec![false, false, true, true, true, true],
            floors: Vec::new(),
            indent: "  ",
        };
        let mut drawn = Vec::new();
        grid.write(&rows, self.look.color, &mut drawn)
            .expect("memory can be written to");
        self.text += &String::from_utf8_lossy(&drawn);
    }

    fn clock(&self, name: &str, clock: &Clock) -> Vec<Cell> {
        let reading = clock.read_at(self.look.now, self.look.policy);
        let shown = reading.display;
        let state = format!("{} {}", style::symbol(shown), style::word(shown));
        let left = match shown {
            DisplayState::Ok | DisplayState::AtRisk | DisplayState::Paused => {
                words::span(reading.remaining)
            }
            DisplayState::Overdue => format!("-{}", words::span(reading.remaining)),
            DisplayState::None
            | DisplayState::Met
            | DisplayState::Missed
            | DisplayState::Cancelled => String::new(),
        };
        let mut due: Vec<String> = reading.due.map(|at| self.moment(at)).into_iter().collect();
        due.extend(
            reading
                .stopped
                .map(|at| format!("stopped {}", self.moment(at))),
        );
        if clock.reclassified {
            due.push("reclassified".to_owned());
        }
        let paused = if reading.paused.is_zero() {
            String::new()
        } else {
            words::span(reading.paused)
        };
        vec![
            Cell::plain(name),
            Cell::new(state, style::tone(shown)),
            Cell::plain(words::span(reading.used)),
            Cell::new(left, style::tone(shown)),
            Cell::plain(words::span(clock.target.span)),
            Cell::plain(paused),
            Cell::plain(due.join(", ")),
        ]
    }

    fn people(&mut self, ticket: &Ticket) {
        let who = &ticket.requester;
        if who.label().is_none() {
            return;
        }
        self.heading("Requester");
        self.field("name", who.name.as_deref());
        self.field("contact", who.contact.as_deref());
        self.field("language", who.language.as_deref());
    }

    fn known(&mut self, page: &TicketDetails) {
        let ticket = &page.ticket;
        let nothing = ticket.description.is_none()
            && ticket.symptoms.is_empty()
            && ticket.affected.is_empty()
            && ticket.began.is_none()
            && ticket.extent.is_none()
            && ticket.answers.is_empty();
        if nothing {
            return;
        }
        self.heading("Known");
        if let Some(description) = &ticket.description {
            self.words_of(2, description, Tone::Plain);
        }
        for symptom in &ticket.symptoms {
            self.field("symptom", Some(symptom));
        }
        for affected in &ticket.affected {
            self.field("affected", Some(affected));
        }
        let began = ticket.began.map(|at| self.moment(at));
        self.field("began", began.as_deref());
        self.field("extent", ticket.extent.as_deref());
        for answer in page
            .guide(self.look.policy)
            .ordered_answers(&ticket.answers)
        {
            let question = untrusted::line(&answer.question).into_owned();
            self.hang("  ", &question, Tone::Quiet);
            self.words_of(4, &answer.answer, Tone::Plain);
        }
        for advice in ticket
            .questionnaire
            .iter()
            .flat_map(|guided| &guided.advice)
        {
            for (name, text) in telling::advised(advice, &str::to_owned) {
                self.hang(&format!("  {name}: "), &untrusted::line(&text), Tone::Plain);
            }
        }
    }

    fn known_error(&mut self, ticket: &Ticket) {
        let Some(known) = &ticket.known_error else {
            return;
        };
        self.heading("Known error");
        let by = untrusted::line(known.by.as_str());
        let since = self.moment(known.since);
        self.line(&format!("  marked by {by}, {since}"));
        self.field("cause", known.cause.as_deref());
        self.line("  workaround");
        self.words_of(4, &known.workaround, Tone::Plain);
    }

    fn tried(&mut self, ticket: &Ticket) {
        if ticket.hypotheses.is_empty() && ticket.calls.is_empty() {
            return;
        }
        self.heading("Tried");
        for hypothesis in &ticket.hypotheses {
            self.hypothesis(hypothesis);
        }
        for call in &ticket.calls {
            self.call(call);
        }
    }

    fn hypothesis(&mut self, hypothesis: &Hypothesis) {
        let verdict = &hypothesis.verdict;
        let evidence = verdict.evidence();
        let (symbol, tone) = match verdict {
            Verdict::Open => ('?', Tone::Held),
            Verdict::Confirmed { .. } => ('✓', Tone::Good),
            Verdict::Refuted { .. } => ('✗', Tone::Quiet),
        };
        let verdict = tone.paint(&format!("{symbol} {}", verdict.as_str()), self.look.color);
        let by = untrusted::line(hypothesis.by.as_str());
        self.line(&format!(
            "  hypothesis {} by {by}: {verdict}",
            hypothesis.number
        ));
        self.words_of(4, &hypothesis.text, Tone::Plain);
        if let Some(evidence) = evidence {
            self.line("    evidence:");
            self.words_of(4, evidence, Tone::Plain);
        }
    }

    fn call(&mut self, call: &Call) {
        let (when, state) = (self.moment(call.when), call.state.as_str());
        self.line(&format!(
            "  {} call {} at {when}: {state}",
            call.medium, call.number
        ));
        for text in [call.note.as_deref(), call.state.outcome()]
            .into_iter()
            .flatten()
        {
            self.words_of(4, text, Tone::Plain);
        }
    }

    fn resolution(&mut self, ticket: &Ticket) {
        let Some(resolution) = ticket.resolution() else {
            return;
        };
        self.heading("Resolution");
        let by = untrusted::line(resolution.by.as_str());
        let at = self.moment(resolution.at);
        self.line(&format!("  {} by {by}, {at}", resolution.code));
        self.words_of(2, &resolution.text, Tone::Plain);
        match &resolution.restored {
            Some((who, at)) => {
                let who = format!("confirmed by {who}, {}", self.moment(*at));
                self.field("restored", Some(&who));
            }
            None => self.field("restored", Some("not confirmed yet")),
        }
    }

    fn links(&mut self, ticket: &Ticket) {
        if ticket.links.is_empty() && ticket.merged_tickets.is_empty() {
            return;
        }
        self.heading("Links");
        for (relation, other) in &ticket.links {
            self.field(relation.as_str(), Some(&other.to_string()));
        }
        let absorbed: Vec<String> = ticket
            .merged_tickets
            .iter()
            .map(ToString::to_string)
            .collect();
        if !absorbed.is_empty() {
            self.field("absorbed", Some(&words::list(&absorbed)));
        }
    }

    fn timeline(&mut self, history: &[Event]) {
        self.heading("Timeline");
        let mut before = Before::default();
        let told: Vec<(String, String, &Event)> = (history.iter())
            .filter_map(|event| {
                let said = telling::fact(event, &before, &|at| self.moment(at), self.look);
                before.pass(&event.fact);
                Some((self.moment(event.at), said?, event))
            })
            .collect();
        let width = |text: &str| untrusted::width(text);
        let who = |event: &Event| untrusted::line(event.actor.as_str()).into_owned();
        let times = told.iter().map(|(at, ..)| width(at)).max().unwrap_or(0);
        let names = told.iter().map(|(.., event)| width(&who(event))).max();
        let names = names.unwrap_or(0).min(16);
        for (at, said, event) in &told {
            let name = who(event);
            let name = untrusted::cut(&name, names);
            let (at_gap, name_gap) = (times - width(at), names - width(&name));
            let (at_gap, name_gap) = (" ".repeat(at_gap), " ".repeat(name_gap));
            let lead = format!("  {at}{at_gap}  {name}{name_gap}  ");
            let public = telling::is_public(&event.fact);
            self.hang(&lead, said, if public { Tone::Strong } else { Tone::Plain });
            // The head has it already.
            if matches!(event.fact, Fact::Opened(_)) {
                continue;
            }
            for text in telling::texts(&event.fact) {
                let indent = times.min(12) + 4;
                self.words_of(indent, &text, Tone::Plain);
            }
        }
    }
}

/// The clock that says how a ticket stands, in a few words.
pub(super) fn standing(page: &TicketDetails, look: &RenderOptions<'_>) -> String {
    cell::clock(cell::telling(&page.summary, look), look).text
}
