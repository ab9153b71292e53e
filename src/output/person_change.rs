//! What was recorded about a person.

use super::Output;
use super::printer::Printer;
use super::published::person_data as published;
use super::style::{humanize, untrusted};
use crate::domain::read_models::PersonChange;
use crate::error::Error;

/// What was recorded about a person.
pub(crate) struct PersonChanged(pub(crate) PersonChange);

impl Output for PersonChanged {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if to.options.quiet {
            return Ok(());
        }
        let people = self.0.people.iter();
        let people: Vec<String> = people
            .map(|one| untrusted::line(one).into_owned())
            .collect();
        to.text(&format!("{}: {}\n", humanize::list(&people), self.0.done))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::PersonChange::from(&self.0))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list([published::PersonChange::from(&self.0)])
    }
}
