//! Fields of the filter language that the policy defines, and their values.

use chrono::{NaiveTime, TimeDelta};

use super::fields::full_name;
use super::parse::{FilterContext, FilterError, fault};
use super::time_span::{self, Direction};
use super::values::numbers;
use super::{DateRange, FieldTest, Test};
use crate::domain::custom_field::{LARGEST_NUMBER, canonical_name, number_key};
use crate::domain::query::TimeRange;
use crate::domain::vocabulary::FieldType;

/// A field with its type.
pub(super) struct CustomField {
    name: String,
    kind: FieldType,
    choices: Vec<String>,
}

/// The field of this name that the policy defines.
pub(super) fn defined(typed: &str, ctx: &FilterContext<'_>) -> Option<CustomField> {
    let name = canonical_name(typed);
    let field = ctx.fields.iter().find(|field| field.name == name)?;
    Some(CustomField {
        name,
        kind: field.kind,
        choices: field.choices.clone(),
    })
}

/// The field of this name, unless the language has one: that the policy defines, or
/// that it has defined, while tickets have values.
pub(super) fn find(typed: &str, ctx: &FilterContext<'_>) -> Option<CustomField> {
    if full_name(typed).is_some() {
        return None;
    }
    let retired = || {
        let name = canonical_name(typed);
        let kind = (ctx.retired)(&name)?;
        Some(CustomField {
            name,
            kind,
            choices: Vec::new(),
        })
    };
    defined(typed, ctx).or_else(retired)
}

/// What the values of a field ask of a ticket.
///
/// # Errors
/// [`FilterError`] that points at the word.
pub(super) fn read(
    word: &str,
    field: &CustomField,
    values: &str,
    ctx: &FilterContext<'_>,
) -> Result<Vec<Test>, FilterError> {
    let values = values.split(',').map(str::trim);
    values
        .map(|value| read_value(word, field, value, ctx))
        .collect()
}

fn read_value(
    word: &str,
    field: &CustomField,
    value: &str,
    ctx: &FilterContext<'_>,
) -> Result<Test, FilterError> {
    let CustomField {
        name,
        kind,
        choices,
    } = field;
    if value.is_empty() {
        let problem = format!("'{name}:' has no value");
        return Err(fault(word, problem, format!("give one: {}", forms(*kind))));
    }
    if value.eq_ignore_ascii_case("none") {
        return Ok(Test::LacksField(name.clone()));
    }
    if value.eq_ignore_ascii_case("any") {
        return Ok(Test::HasField(name.clone()));
    }
    let wrong = |what: &str| {
        let problem = format!("'{value}' is not {what}");
        fault(word, problem, format!("give one of: {}", forms(*kind)))
    };
    let test = match kind {
        FieldType::Text => FieldTest::Text(value.to_owned()),
        FieldType::Choice => {
            let is = |choice: &String| choice.to_lowercase() == value.to_lowercase();
            // Of a field that is not defined any more the choices are not known.
            if !choices.is_empty() && !choices.iter().any(is) {
                let problem = format!("'{value}' is not a value of {name}");
                let all = choices.join(", ");
                return Err(fault(word, problem, format!("give one of: {all}, none")));
            }
            FieldTest::Text(value.to_owned())
        }
        FieldType::Number => {
            let bounds = (-LARGEST_NUMBER, LARGEST_NUMBER);
            let range = numbers(value, bounds, number_key);
            FieldTest::Number(range.ok_or_else(|| wrong("a number"))?)
        }
        FieldType::Date => {
            let span = time_span::parse(value, Direction::Ahead, ctx.clock);
            let span = span.map_err(|bad| fault(word, bad.to_string(), bad.hint()))?;
            FieldTest::Date(dates(span, ctx))
        }
    };
    Ok(Test::Field(name.clone(), test))
}

const fn forms(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Text => "the whole text, or none",
        FieldType::Number => "12.5, >=100, 10..20, none",
        FieldType::Choice => "one of its choices, or none",
        FieldType::Date => "2026-11-28, <30d, this-month, >=2026-11, A..B, none",
    }
}

/// The dates that begin within a span.
fn dates(span: TimeRange, ctx: &FilterContext<'_>) -> DateRange {
    let zone = ctx.clock.zone;
    let from = span.from.map(|at| {
        let local = zone.local_time(at);
        let begins = local.time() == NaiveTime::MIN;
        match local.date().succ_opt().filter(|_| !begins) {
            Some(next) => next,
            None => local.date(),
        }
    });
    let last = |at| zone.local_time(at - TimeDelta::milliseconds(1)).date();
    DateRange {
        from,
        to: span.to.map(last),
    }
}
