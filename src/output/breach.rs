//! Breaches of personal data: the page of one, the list, and the register for
//! programs.

use super::Output;
use super::breach_page;
use super::printer::Printer;
use super::published::breach::Breach;
use super::style::palette::Style;
use super::style::table_layout::{Cell, TableLayout, cut_last};
use super::style::{humanize, palette, untrusted};
use crate::domain::Timestamp;
use crate::domain::breach::OpenNotification;
use crate::domain::read_models::BreachEntry;
use crate::domain::sla::clock::DisplayState;
use crate::domain::time::zone::Zone;
use crate::error::Error;

/// Pages of breaches.
pub(crate) struct BreachPages(pub(crate) Vec<BreachEntry>);

/// The register as a list; in other formats it is the register.
pub(crate) struct BreachList(pub(crate) BreachRegister);

/// The register for other programs: as JSON, unless CSV is wanted.
pub(crate) struct BreachRegister(pub(crate) Vec<BreachEntry>);

impl Output for BreachPages {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.paragraphs(
            self.0
                .iter()
                .map(|one| breach_page::render(one, to.options)),
        )
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.one_or_list(self.0.iter().map(Breach::from))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.0.iter().map(Breach::from))
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids(self.0.iter().map(|one| one.summary.id))
    }
}

impl Output for BreachList {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let BreachRegister(all) = &self.0;
        if all.is_empty() {
            return to
                .note("no breaches on record; put one on record with: desk breach open TITLE");
        }
        let options = to.options;
        let row = |one: &BreachEntry| {
            let breach = &one.breach;
            let aware = breach.aware.as_ref();
            let aware =
                aware.map(|(decided, _)| humanize::time(decided.at, options.now, options.zone));
            let next = one.open_notifications().min_by_key(|next| next.due);
            let next = next.map_or_else(Cell::none, |next| {
                let (state, style) = urgency(&next, options.now);
                let due = humanize::time(next.due, options.now, options.zone);
                Cell::new(
                    format!("{state} {} {due}", untrusted::line(&next.name)),
                    style,
                )
            });
            let state = if breach.is_open() { "open" } else { "closed" };
            let risk = breach.risk().map_or("", |risk| risk.as_str());
            let persons = breach.details.persons;
            vec![
                Cell::new(one.summary.id.0.to_string(), Style::Bold),
                Cell::plain(state),
                Cell::plain(aware.unwrap_or_else(|| "not decided".to_owned())),
                Cell::plain(risk),
                Cell::plain(persons.map_or_else(String::new, |range| range.to_string())),
                next,
                Cell::untrusted(&one.summary.title),
            ]
        };
        let mut rows: Vec<Vec<Cell>> = all.iter().map(row).collect();
        let headings = ["ID", "STATE", "AWARE", "RISK", "PERSONS", "NEXT", "TITLE"];
        cut_last(&mut rows, &headings, options.width);
        to.rows(TableLayout::new(headings).right([4]), &rows)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.0.json(to)
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.0.csv(to)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.0.ids(to)
    }
}

impl Output for BreachRegister {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.json(to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.0.iter().map(Breach::from))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.0.iter().map(Breach::from))
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids(self.0.iter().map(|one| one.summary.id))
    }
}

/// The symbol of a notification that is to be sent, and its style.
pub(super) fn urgency(one: &OpenNotification, now: Timestamp) -> (char, Style) {
    let shown = if now > one.due {
        DisplayState::Overdue
    } else if one.warn.is_some_and(|warn| now >= warn) {
        DisplayState::AtRisk
    } else {
        DisplayState::Ok
    };
    (palette::symbol(shown), palette::clock_style(shown))
}

/// A notification that is to be sent in one line, safe to print.
pub(crate) fn notification_line(one: &OpenNotification, now: Timestamp, zone: &Zone) -> String {
    let verb = if now > one.due { "was due" } else { "is due" };
    let due = humanize::time_with_day(one.due, now, zone);
    format!(
        "{}: notification {} {verb} {due}",
        one.ticket,
        untrusted::line(&one.name)
    )
}
