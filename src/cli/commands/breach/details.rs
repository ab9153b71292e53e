//! What the register says of a breach, as options.

use clap::Args;

use crate::cli::args::{body, line, lines, time, value_of};
use crate::cli::clap_errors::InvalidValue;
use crate::cli::completion::fixed;
use crate::cli::context::CommandContext;
use crate::domain::breach::details::{Details, NumberRange};
use crate::domain::time::parse_time::Prefer;
use crate::domain::vocabulary::Nature;
use crate::error::Error;

/// Parts of the register. A part that is given replaces what was known.
#[derive(Debug, Clone, Args)]
pub(super) struct DetailArgs {
    /// What happened
    #[arg(long, value_name = "TEXT", help_heading = "Register")]
    facts: Option<String>,
    /// The cause
    #[arg(long, value_name = "TEXT", help_heading = "Register")]
    cause: Option<String>,
    /// What the data lost: confidentiality, integrity, availability, or several
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = value_of(Nature::parse), add = fixed(Nature::WORDS), help_heading = "Register")]
    nature: Vec<Nature>,
    /// When the breach began
    #[arg(long, value_name = "TIME", help_heading = "Register")]
    happened: Option<String>,
    /// When it ended
    #[arg(long, value_name = "TIME", help_heading = "Register")]
    until: Option<String>,
    /// When the first sign of it was seen
    #[arg(long, value_name = "TIME", help_heading = "Register")]
    detected: Option<String>,
    /// A category of persons, such as customers; can be repeated
    #[arg(
        long = "person-category",
        value_name = "TEXT",
        help_heading = "Register"
    )]
    person_categories: Vec<String>,
    /// How many persons: 500, or 100-500
    #[arg(long, value_name = "NUMBER", value_parser = range, help_heading = "Register")]
    persons: Option<NumberRange>,
    /// A category of records, such as payment data; can be repeated
    #[arg(
        long = "record-category",
        value_name = "TEXT",
        help_heading = "Register"
    )]
    record_categories: Vec<String>,
    /// How many records: 500, or 100-500
    #[arg(long, value_name = "NUMBER", value_parser = range, help_heading = "Register")]
    records: Option<NumberRange>,
    /// A state whose persons are concerned; can be repeated
    #[arg(long = "state", value_name = "STATE", help_heading = "Register")]
    states: Vec<String>,
    /// The likely consequences
    #[arg(long, value_name = "TEXT", help_heading = "Register")]
    effects: Option<String>,
    /// What protected the data before
    #[arg(long, value_name = "TEXT", help_heading = "Register")]
    measures_before: Option<String>,
    /// What was or will be done about it
    #[arg(long, value_name = "TEXT", help_heading = "Register")]
    measures: Option<String>,
    /// Who can tell more: name and contact, such as the data protection officer
    #[arg(long, value_name = "WHO", help_heading = "Register")]
    contact: Option<String>,
    /// The controller, if you are the processor
    #[arg(long, value_name = "WHO", help_heading = "Register")]
    controller: Option<String>,
}

impl DetailArgs {
    /// The parts that were given.
    pub(super) fn details(&self, ctx: &CommandContext<'_>) -> Result<Details, Error> {
        let at = |typed: &Option<String>| {
            let typed = typed.as_deref();
            typed
                .map(|typed| time(ctx, typed, Prefer::Past))
                .transpose()
        };
        Ok(Details {
            facts: body("facts", self.facts.as_ref())?,
            cause: body("cause", self.cause.as_ref())?,
            natures: self.nature.clone(),
            happened_from: at(&self.happened)?,
            happened_to: at(&self.until)?,
            detected: at(&self.detected)?,
            person_categories: lines("category of persons", &self.person_categories)?,
            persons: self.persons,
            record_categories: lines("category of records", &self.record_categories)?,
            records: self.records,
            states: lines("state", &self.states)?,
            effects: body("effects", self.effects.as_ref())?,
            measures_before: body("measures", self.measures_before.as_ref())?,
            measures: body("measures", self.measures.as_ref())?,
            contact: line("contact", self.contact.as_ref())?,
            controller: line("controller", self.controller.as_ref())?,
        })
    }
}

fn range(typed: &str) -> Result<NumberRange, InvalidValue> {
    let found = NumberRange::parse(typed);
    found.ok_or_else(|| InvalidValue::new("not a number", "use one such as 500, or 100-500"))
}
