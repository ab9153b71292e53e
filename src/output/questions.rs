//! The questions of the policy for a ticket.

use super::Output;
use super::printer::Printer;
use super::published::questionnaire as published;
use super::style::table_layout::{Cell, TableLayout, cut_last};
use crate::domain::questionnaire::Applicability;
use crate::domain::read_models::TicketQuestion;
use crate::error::Error;

/// The questions for a ticket, with its answers.
pub(crate) struct Questions(pub(crate) Vec<TicketQuestion>);

/// Whether a question is asked.
fn asked(one: &TicketQuestion) -> String {
    match one.applicability {
        Applicability::Asked => "yes".to_owned(),
        Applicability::Skipped => "no".to_owned(),
        Applicability::Undecided => format!("if {}", one.question.when),
    }
}

fn choices(one: &TicketQuestion) -> String {
    one.question.answer_type.choices().join(", ")
}

impl Output for Questions {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.0.is_empty() {
            return to.note("its category has no questions");
        }
        let row = |one: &TicketQuestion| {
            let answers = match choices(one) {
                choices if choices.is_empty() => one.question.answer_type.as_str().to_owned(),
                choices => choices,
            };
            vec![
                Cell::untrusted(&one.question.key),
                Cell::untrusted(&answers),
                Cell::untrusted(&asked(one)),
                Cell::untrusted(one.answer.as_deref().unwrap_or("-")),
                Cell::untrusted(&one.question.text),
            ]
        };
        let mut rows: Vec<Vec<Cell>> = self.0.iter().map(row).collect();
        let headings = ["KEY", "ANSWERS", "ASKED", "ANSWER", "QUESTION"];
        cut_last(&mut rows, &headings, to.options.width);
        to.rows(TableLayout::new(headings), &rows)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.0.iter().map(published::Question::from))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let record = |one: &TicketQuestion| {
            [
                one.question.key.clone(),
                one.question.answer_type.as_str().to_owned(),
                choices(one),
                asked(one),
                one.answer.clone().unwrap_or_default(),
                one.question.text.clone(),
            ]
        };
        let headings = ["key", "type", "choices", "asked", "answer", "question"];
        to.records(&headings, self.0.iter().map(record))
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut all = self.0.iter();
        all.try_for_each(|one| to.text(&format!("{}\n", one.question.key)))
    }
}
