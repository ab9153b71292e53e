//! The page of a ticket: everything an agent needs at a glance, from the
//! status to the timeline.

mod clocks;
mod ending;
mod fields;
mod tried;

use clocks::clocks;
use ending::{known_error, links, resolution};
pub(super) use tried::hypothesis;

use chrono::TimeDelta;

use super::Output;
use super::alarms::{self, PageTexts};
use super::attachments;
use super::checklist;
use super::columns::sla_cell;
use super::columns::{Column, Ticket as PublishedTicket, csv_cells, csv_headings};
use super::fact_texts;
use super::folded_text;
use super::options::RenderOptions;
use super::outbox;
use super::participants;
use super::printer::Printer;
use super::published::ticket_page as published;
use super::style::page_writer::PageWriter;
use super::style::palette::Style;
use super::style::table_layout::{Cell, TableLayout};
use super::style::{humanize, untrusted};
use super::ticket_privacy;
use super::timeline;
use crate::domain::people::Agent;
use crate::domain::read_models::TicketDetails;
use crate::domain::summary::Summary;
use crate::domain::tag::Tag;
use crate::domain::ticket::{Closure, Status, Ticket};
use crate::domain::vocabulary::Channel;
use crate::error::Error;

/// Tickets, a page each.
pub(crate) struct TicketPages(pub(crate) Vec<TicketDetails>);

impl Output for TicketPages {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let last = PageTexts::Short;
        to.paragraphs(self.0.iter().map(|page| render(page, last, to.options)))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let options = to.options;
        let pages = self.0.iter();
        to.one_or_list(pages.map(|page| published::TicketPage::new(page, options)))
    }

    /// Prints the columns of the tickets, without their timelines.
    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let options = to.options;
        let mut csv = to.csv();
        csv.row(csv_headings(Column::CSV))?;
        for page in &self.0 {
            let ticket = PublishedTicket::new(&page.summary, options);
            csv.row(csv_cells(Column::CSV, &ticket))?;
        }
        csv.end()
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids(self.0.iter().map(|page| page.ticket.id))
    }
}

pub(super) fn render(
    page: &TicketDetails,
    texts: PageTexts,
    options: &RenderOptions<'_>,
) -> String {
    let mut to = PageWriter::new(options);
    let ticket = &page.ticket;
    header(page, &mut to);
    ticket_privacy::write(page, &mut to);
    clocks(page, &mut to);
    time_spent(page, &mut to);
    requester(page, &mut to);
    participants::section(ticket, &mut to);
    attachments::section(ticket, &mut to);
    outbox::section(page, &mut to);
    known(page, texts, &mut to);
    fields::section(page, &mut to);
    checklist::section(ticket, &mut to);
    alarms::section(page, texts, &mut to);
    tried::tried(ticket, &mut to);
    resolution(ticket, &mut to);
    known_error(ticket, &mut to);
    links(ticket, &mut to);
    timeline::write(page, texts, &mut to);
    to.text
}

/// The state of the most urgent clock in a few words.
pub(super) fn sla_state(page: &TicketDetails, options: &RenderOptions<'_>) -> String {
    sla_cell(&page.summary, options).text
}

/// The priority and the ratings that give it, as untrusted text.
pub(super) fn rating(row: &Summary) -> Option<String> {
    let rating = row.rating.as_ref()?;
    let priority = rating.priority;
    let Some(levels) = &rating.levels else {
        let source = row.origin.as_ref().map(|origin| origin.source.as_str());
        return Some(format!(
            "{priority} (given by {})",
            source.unwrap_or("another system")
        ));
    };
    Some(format!(
        "{priority} (users {}, business {}, urgency {})",
        levels.users, levels.business, levels.urgency
    ))
}

/// Whether nothing is known about the trouble beyond the title.
pub(super) fn is_unexplored(ticket: &Ticket) -> bool {
    ticket.description.is_none()
        && ticket.symptoms.is_empty()
        && ticket.affected.is_empty()
        && ticket.began.is_none()
        && ticket.extent.is_none()
        && ticket.answers.is_empty()
}

fn header(page: &TicketDetails, to: &mut PageWriter<'_, '_>) {
    let (ticket, row) = (&page.ticket, &page.summary);
    let title = untrusted::line(&ticket.title);
    to.hanging(&format!("{} ", ticket.id), &title, Style::Bold);
    let since = to.time(ticket.since);
    let status = match &ticket.status {
        Status::Paused { reason, until, .. } => match until {
            Some(until) => format!(
                "paused since {since}, waiting for {reason} until {}",
                to.time(*until)
            ),
            None => format!("paused since {since}, waiting for {reason}"),
        },
        Status::Closed(Closure::Merged { into }) => {
            format!("closed since {since}, merged into {into}")
        }
        Status::Closed(Closure::Undone) => format!("import undone {since}"),
        Status::Closed(Closure::Void { reason }) => {
            format!("void since {since}: {}", untrusted::line(reason))
        }
        Status::New | Status::Active | Status::Resolved(_) | Status::Closed(_) => {
            let grade = row.satisfaction.map(|n| format!(", satisfaction {n}"));
            format!("{} since {since}{}", row.state, grade.unwrap_or_default())
        }
    };
    let rating = rating(row).unwrap_or_else(|| "no priority".to_owned());
    let rating = untrusted::line(&rating);
    let kind = match (ticket.kind, ticket.onset.as_str()) {
        (Some(kind), onset) => format!("{kind}, {onset}"),
        (None, _) => "not identified".to_owned(),
    };
    let category = ticket
        .category
        .as_ref()
        .map_or("no category", |c| c.as_str());
    let assignee = page.summary.assignee.as_ref();
    let assignee = assignee.map_or_else(|| "unassigned".to_owned(), Agent::label);
    let place = [category, ticket.tier.as_str(), assignee.as_str()].join(" · ");
    to.hanging("  ", &format!("{status} · {rating}"), Style::Plain);
    to.hanging(
        "  ",
        &format!("{kind} · {}", untrusted::line(&place)),
        Style::Plain,
    );
    let mut opened = format!(
        "opened {} by {}",
        to.time(ticket.opened),
        untrusted::line(ticket.opened_by.as_str()),
    );
    if ticket.channel != Channel::Other {
        opened += &format!(", came{}", humanize::by_channel(ticket.channel));
    }
    if ticket.reopenings > 0 {
        opened += &format!(
            ", {}",
            humanize::plural(u64::from(ticket.reopenings), "reopening")
        );
    }
    to.hanging("  ", &opened, Style::Dim);
    if !ticket.tags.is_empty() {
        let tags: Vec<&str> = ticket.tags.iter().map(Tag::as_str).collect();
        let tags = format!("tags: {}", untrusted::line(&tags.join(" ")));
        to.hanging("  ", &tags, Style::Plain);
    }
    if let Some(breach) = &ticket.breach {
        let state = if breach.is_open() { "open" } else { "closed" };
        to.line(&format!(
            "  breach of personal data, {state}; see: desk breach show {}",
            ticket.id.0
        ));
    }
    if let Status::Paused {
        note: Some(note), ..
    } = &ticket.status
    {
        to.quote(2, note);
    }
}

/// The time that each agent spent, that on each merged ticket, and the sum.
fn time_spent(page: &TicketDetails, to: &mut PageWriter<'_, '_>) {
    let spent = page.ticket.time_spent.iter();
    let spent = spent.filter(|(_, time)| !time.is_zero());
    let own = spent.map(|(agent, time)| (untrusted::line(&agent.label()).into_owned(), *time));
    let merged = page.merged_time.iter();
    let merged = merged.map(|(from, time)| (format!("on {from}"), *time));
    let rows: Vec<(String, TimeDelta)> = own.chain(merged).collect();
    if rows.is_empty() {
        return;
    }
    let sum = page.whole_time_spent();
    let all = (rows.len() > 1).then(|| ("all".to_owned(), sum));
    let cells = rows.into_iter().chain(all).map(|(who, time)| {
        let time = Cell::plain(humanize::exact_duration(time));
        vec![Cell::plain(who), time]
    });
    to.heading("Time spent");
    let layout = TableLayout::default().right(1..2).indent("  ");
    to.table(layout, &cells.collect::<Vec<_>>());
}

fn requester(page: &TicketDetails, to: &mut PageWriter<'_, '_>) {
    let who = &page.ticket.requester;
    if who.label().is_none() {
        return;
    }
    to.heading("Requester");
    to.field("name", who.name.as_deref());
    to.field("contact", who.contact.as_deref());
    to.field("language", who.language.as_deref());
    if let Some(about) = &page.undeliverable {
        let since = humanize::full_time(about.since, to.options.zone);
        let reason = about.reason.as_deref().unwrap_or("no reason given");
        let text = format!("mail is not delivered since {since}: {reason}");
        to.field("mail", Some(&text));
    }
}

fn known(page: &TicketDetails, texts: PageTexts, to: &mut PageWriter<'_, '_>) {
    let ticket = &page.ticket;
    if is_unexplored(ticket) {
        return;
    }
    to.heading("Known");
    if let Some(description) = &ticket.description {
        folded_text::write(description, 2, texts, to);
    }
    for symptom in &ticket.symptoms {
        to.field("symptom", Some(symptom));
    }
    for affected in &ticket.affected {
        to.field("affected", Some(affected));
    }
    let began = ticket.began.map(|at| to.time(at));
    to.field("began", began.as_deref());
    to.field("extent", ticket.extent.as_deref());
    for answer in page
        .questionnaire(to.options.policy)
        .ordered_answers(&ticket.answers)
    {
        let question = untrusted::line(&answer.question).into_owned();
        to.hanging("  ", &question, Style::Dim);
        to.quote(4, &answer.answer);
    }
    for advice in ticket
        .questionnaire
        .iter()
        .flat_map(|result| &result.advice)
    {
        for (name, text) in fact_texts::advice_parts(advice, &str::to_owned) {
            to.hanging(
                &format!("  {name}: "),
                &untrusted::line(&text),
                Style::Plain,
            );
        }
    }
}
