//! The document for the review after an incident, in Markdown. What people wrote is
//! escaped as in a handover, so that it can neither fake a heading nor act where the
//! document is pasted.

use std::fmt::Write as _;

use super::Output;
use super::handover::{item, plain, quote, quote_within};
use super::options::RenderOptions;
use super::printer::Printer;
use super::published::review as published;
use super::style::humanize;
use super::ticket_page::rating;
use super::timeline;
use crate::domain::event::{Event, Fact};
use crate::domain::people::{Actor, Agent};
use crate::domain::policy::BREACH;
use crate::domain::read_models::TicketDetails;
use crate::domain::review::{ReviewPart, TEMPLATE, fill};
use crate::domain::search::similar::SimilarTicket;
use crate::domain::sla::clock::ClockState;
use crate::domain::ticket::Verdict;
use crate::domain::vocabulary::ClockName;
use crate::error::Error;

/// The document about a ticket.
pub(crate) struct Review {
    pub(crate) page: TicketDetails,
    pub(crate) similar: Vec<SimilarTicket>,
    /// Who writes it.
    pub(crate) agent: Option<Agent>,
    /// The template of the policy, if it has one.
    pub(crate) template: Option<String>,
}

/// The document.
pub(crate) fn review_text(review: &Review, options: &RenderOptions<'_>) -> String {
    let template = review.template.as_deref().unwrap_or(TEMPLATE);
    let text = fill(template, |part| {
        let mut text = String::new();
        review
            .write(part, options, &mut text)
            .expect("strings can be written to");
        text.trim().to_owned()
    });
    text.trim_end().to_owned() + "\n"
}

impl Review {
    fn write(
        &self,
        part: ReviewPart,
        options: &RenderOptions<'_>,
        to: &mut String,
    ) -> std::fmt::Result {
        let ticket = &self.page.ticket;
        match part {
            ReviewPart::Ticket => write!(to, "{}", ticket.id.0),
            ReviewPart::Title => write!(to, "{}", plain(&ticket.title)),
            ReviewPart::Date => {
                let date = options.zone.local_time(options.now).date();
                write!(to, "{date}")
            }
            ReviewPart::Agent => {
                let agent = self.agent.as_ref().map_or("desk", |agent| agent.as_str());
                write!(to, "{}", plain(agent))
            }
            ReviewPart::Summary => self.summary(options, to),
            ReviewPart::Impact => self.impact(options, to),
            ReviewPart::Timeline => self.timeline(options, to),
            ReviewPart::Detection => self.detection(options, to),
            ReviewPart::Targets => self.targets(options, to),
            ReviewPart::Causes => self.causes(to),
            ReviewPart::Actions => self.actions(to),
            ReviewPart::Similar => self.similar(options, to),
        }
    }

    fn summary(&self, options: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
        let (ticket, row) = (&self.page.ticket, &self.page.summary);
        let time = |at| humanize::full_time(at, options.zone);
        if let Some(description) = &ticket.description {
            quote(to, description)?;
            writeln!(to)?;
        }
        let kind = ticket.kind.map_or("not identified", |kind| kind.as_str());
        item(to, "Kind", kind)?;
        let category = ticket.category.as_ref().map_or("none", |one| one.as_str());
        item(to, "Category", category)?;
        item(to, "Priority", rating(row).as_deref().unwrap_or("none"))?;
        item(
            to,
            "Opened",
            &format!("{} by {}", time(ticket.opened), ticket.opened_by),
        )?;
        match ticket.resolution() {
            Some(resolution) => {
                let text = format!("{} by {}", time(resolution.at), resolution.by);
                item(to, "Resolved", &format!("{text}, {}", resolution.code))?;
                quote_within(to, &resolution.text)
            }
            None => item(to, "Resolved", &format!("not yet; it is {}", row.state)),
        }
    }

    fn impact(&self, options: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
        let (ticket, row) = (&self.page.ticket, &self.page.summary);
        let time = |at| humanize::full_time(at, options.zone);
        if let Some(levels) = row.levels() {
            item(to, "Impact on users", levels.users.as_str())?;
            item(to, "Impact on business", levels.business.as_str())?;
            item(to, "Urgency", levels.urgency.as_str())?;
        }
        let began = ticket.began.unwrap_or(ticket.opened);
        let (end, words) = match ticket.resolution() {
            Some(resolution) => (resolution.at, "until it was resolved"),
            None => (options.now, "so far"),
        };
        let lasted = humanize::duration(end - began);
        let lasted = format!("{lasted} {words}, from {}", time(began));
        item(to, "Duration", &lasted)?;
        for affected in &ticket.affected {
            item(to, "Affected", affected)?;
        }
        for symptom in &ticket.symptoms {
            item(to, "Symptom", symptom)?;
        }
        if let Some(extent) = &ticket.extent {
            item(to, "Extent", extent)?;
        }
        let merged = ticket.merged_tickets.len() as u64;
        if merged > 0 {
            item(to, "Merged", &humanize::plural(merged, "ticket"))?;
        }
        if ticket.reopenings > 0 {
            item(
                to,
                "Reopened",
                &humanize::plural(ticket.reopenings.into(), "time"),
            )?;
        }
        Ok(())
    }

    fn timeline(&self, options: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
        let time = |at| humanize::full_time(at, options.zone);
        for line in timeline::lines(&self.page, &time, options) {
            let who = format!("{} {}", time(line.event.at), line.event.actor);
            item(to, &who, &line.text)?;
            for text in line.quotes {
                quote_within(to, &text)?;
            }
        }
        Ok(())
    }

    fn detection(&self, options: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
        let ticket = &self.page.ticket;
        let time = |at| humanize::full_time(at, options.zone);
        let channel = humanize::by_channel(ticket.channel);
        item(
            to,
            "Reported",
            &format!("{channel}, at {}", time(ticket.opened)),
        )?;
        item(to, "Onset", ticket.onset.as_str())?;
        if let Some(began) = ticket.began {
            let after = humanize::duration(ticket.opened - began);
            let text = format!("{}, {after} before it was reported", time(began));
            item(to, "Began", &text)?;
        }
        if let Some(label) = ticket.requester.label() {
            item(to, "Requester", label)?;
        }
        if let Some(alarms) = self.page.alarms.as_ref().filter(|all| all.total.count > 1) {
            item(to, "Repeated", &super::alarms::seen(alarms.total, &time))?;
        }
        let by_agent = |event: &&Event| {
            let is_work = !matches!(event.fact, Fact::Opened(_) | Fact::TargetSet { .. });
            is_work && matches!(event.actor, Actor::Agent { .. })
        };
        if let Some(first) = self.page.history.iter().find(by_agent) {
            let after = humanize::duration(first.at - ticket.opened);
            item(
                to,
                "First work",
                &format!("{after} later, by {}", first.actor),
            )?;
        }
        Ok(())
    }

    fn targets(&self, options: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
        let mut any = false;
        for name in ClockName::ALL {
            let Some(clock) = self.page.summary.clocks.get(*name) else {
                continue;
            };
            any = true;
            let reading = clock.read_at(options.now, options.policy);
            let target = humanize::target(&clock.target);
            let used = humanize::working_time(reading.used, &clock.target);
            let due = reading
                .due
                .map(|due| humanize::full_time(due, options.zone));
            let due = due.map_or_else(String::new, |due| format!(", due {due}"));
            let state = match reading.state {
                ClockState::Running if reading.is_late() => "overdue",
                ClockState::None
                | ClockState::Running
                | ClockState::Paused
                | ClockState::Met
                | ClockState::Missed
                | ClockState::Cancelled => reading.state.as_str(),
            };
            let text = format!("{state}: {used} of {target}{due}");
            item(to, name.as_str(), &text)?;
        }
        let is_breach = |event: &&Event| matches!(event.fact, Fact::Warned { percent, .. } if percent == BREACH);
        let breaches = self.page.history.iter().filter(is_breach).count() as u64;
        if breaches > 0 {
            item(to, "Breaches reported", &breaches.to_string())?;
        }
        match any {
            true => Ok(()),
            false => writeln!(to, "It had no targets."),
        }
    }

    fn causes(&self, to: &mut String) -> std::fmt::Result {
        let ticket = &self.page.ticket;
        let known = ticket.known_error.as_ref();
        if let Some(cause) = known.and_then(|known| known.cause.as_ref()) {
            item(to, "Known error", cause)?;
        }
        for hypothesis in &ticket.hypotheses {
            let verdict: &Verdict = &hypothesis.verdict;
            let name = format!("Hypothesis {}, {}", hypothesis.number, verdict.as_str());
            item(
                to,
                &name,
                &format!("{} ({})", hypothesis.text, hypothesis.by),
            )?;
            if let Some(evidence) = verdict.evidence() {
                quote_within(to, evidence)?;
            }
        }
        match to.is_empty() {
            true => writeln!(to, "No hypothesis was recorded."),
            false => Ok(()),
        }
    }

    /// What is left to do, as far as the ticket says, and a line to fill in.
    fn actions(&self, to: &mut String) -> std::fmt::Result {
        let ticket = &self.page.ticket;
        if ticket.known_error.is_some() {
            writeln!(to, "- [ ] Remove the cause of the known error")?;
        }
        let is_open =
            |one: &&crate::domain::ticket::Hypothesis| matches!(one.verdict, Verdict::Open);
        for hypothesis in ticket.hypotheses.iter().filter(is_open) {
            let number = hypothesis.number;
            let text = plain(&hypothesis.text);
            writeln!(to, "- [ ] Confirm or refute hypothesis {number}: {text}")?;
        }
        writeln!(to, "- [ ] …, by …, until …")
    }

    fn similar(&self, options: &RenderOptions<'_>, to: &mut String) -> std::fmt::Result {
        if self.similar.is_empty() {
            return writeln!(to, "None was found.");
        }
        for one in &self.similar {
            let row = &one.summary;
            let opened = options.zone.local_time(row.opened).date();
            let text = format!("{}, opened {opened}, {}", row.title, row.state);
            item(to, &format!("Ticket {}", row.id.0), &text)?;
            if let Some(resolution) = &one.resolution {
                quote_within(to, &resolution.text)?;
            }
        }
        Ok(())
    }
}

impl Output for Review {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let text = review_text(self, to.options);
        to.text(&text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let text = review_text(self, to.options);
        to.object(&published::Review {
            ticket: self.page.ticket.id.0,
            text: &text,
        })
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids([self.page.ticket.id])
    }
}
