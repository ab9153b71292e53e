//! The values of a field of the filter language.

use super::fields::{Field, FieldHelp, IS, optional};
use super::parse::{FilterContext, FilterError, fault};
use super::time_span::{self, Direction};
use super::{NumberRange, OptionalField, Test, TimeField};
use crate::domain::category::Category;
use crate::domain::people::{Agent, Tier};
use crate::domain::priority::Priority;
use crate::domain::tag::Tag;
use crate::domain::time::parse_duration;
use crate::domain::vocabulary::{
    Channel, ClosureCode, Kind, Occurrence, PauseReason, State, UnknownWord,
};

/// What one value of a field asks of a ticket.
///
/// # Errors
/// [`FilterError`] that points at the word.
pub(super) fn read_value(
    word: &str,
    help: &FieldHelp,
    value: &str,
    ctx: &FilterContext<'_>,
) -> Result<Test, FilterError> {
    let unknown = |unknown: UnknownWord| fault(word, unknown.to_string(), unknown.hint());
    let wrong = |what: &str| {
        let problem = format!("'{value}' is not {what}");
        fault(word, problem, format!("give one of: {}", help.values))
    };
    if let Some(field) = optional(help.field) {
        if value.eq_ignore_ascii_case("none") {
            return Ok(Test::Lacks(field));
        }
        if value.eq_ignore_ascii_case("any") {
            return Ok(Test::Has(field));
        }
    }
    Ok(match help.field {
        Field::Text => Test::Text(value.to_owned()),
        Field::Title => Test::Title(value.to_owned()),
        Field::Requester => Test::Requester(value.to_owned()),
        Field::Status if value.eq_ignore_ascii_case("open") => Test::Open,
        Field::Status if value.eq_ignore_ascii_case("void") => Test::Void,
        Field::Status => {
            let mut state = State::parse(value);
            if let Err(unknown) = &mut state {
                unknown.choices.extend(["open", "void"].map(str::to_owned));
            }
            Test::State(state.map_err(unknown)?)
        }
        Field::Is => is(word, value, ctx)?,
        Field::Kind => Test::Kind(Kind::parse(value).map_err(unknown)?),
        Field::Onset => Test::Onset(Occurrence::parse(value).map_err(unknown)?),
        Field::Channel => Test::Channel(Channel::parse(value).map_err(unknown)?),
        Field::Tier => Test::Tier(Tier::find(ctx.tiers, value).cloned().map_err(unknown)?),
        Field::Assignee => Test::Assignee(agent(word, value, ctx)?),
        Field::Category => Test::Category(
            Category::parse(value).map_err(|bad| fault(word, bad.to_string(), help.values))?,
        ),
        Field::Priority => {
            let rank = |text: &str| {
                let priority = Priority::parse(text).ok()?;
                (priority.rank() <= ctx.lowest_priority).then(|| priority.rank().into())
            };
            let bounds = (1, ctx.lowest_priority.into());
            // `<=P2` is P2 and whatever is more urgent, which has the lower number.
            Test::Priority(numbers(value, bounds, rank).ok_or_else(|| wrong("a priority"))?)
        }
        Field::Satisfaction => {
            let rating = |text: &str| text.parse().ok().filter(|rating| (1..=5).contains(rating));
            Test::Satisfaction(numbers(value, (1, 5), rating).ok_or_else(|| wrong("a rating"))?)
        }
        Field::Spent => {
            let seconds = |text: &str| Some(parse_duration::parse(text).ok()?.num_seconds());
            let spent = numbers(value, (0, i64::MAX), seconds);
            Test::Spent(spent.ok_or_else(|| wrong("a time spent"))?)
        }
        Field::Id => {
            let id = |text: &str| {
                text.trim_start_matches('#')
                    .parse()
                    .ok()
                    .filter(|id| *id > 0)
            };
            let wrong = || wrong("a ticket number");
            Test::Id(numbers(value, (1, i64::MAX), id).ok_or_else(wrong)?)
        }
        Field::Key => Test::Key(value.to_owned()),
        Field::Source => Test::Source(value.to_owned()),
        Field::Number => Test::Number(value.to_owned()),
        Field::Code => Test::Code(ClosureCode::parse(value).map_err(unknown)?),
        Field::Tag => {
            Test::Tag(Tag::parse(value).map_err(|bad| fault(word, bad.to_string(), bad.hint()))?)
        }
        Field::Checklist => match value.to_ascii_lowercase().as_str() {
            "open" => Test::ChecklistOpen,
            "done" => Test::ChecklistDone,
            _ => return Err(wrong("a state of a checklist")),
        },
        Field::Reason => Test::PauseReason(PauseReason::parse(value).map_err(unknown)?),
        Field::Time(field) => {
            let direction = match field {
                TimeField::Due => Direction::Ahead,
                TimeField::Opened
                | TimeField::Updated
                | TimeField::Resolved
                | TimeField::Closed
                | TimeField::Unanswered => Direction::Back,
            };
            let span = time_span::parse(value, direction, ctx.clock);
            Test::Time(
                field,
                span.map_err(|bad| fault(word, bad.to_string(), bad.hint()))?,
            )
        }
    })
}

fn is(word: &str, value: &str, ctx: &FilterContext<'_>) -> Result<Test, FilterError> {
    Ok(match value.to_ascii_lowercase().as_str() {
        "open" => Test::Open,
        "void" => Test::Void,
        "overdue" => Test::Overdue,
        "at-risk" => Test::AtRisk,
        "mine" => Test::Assignee(agent(word, "@me", ctx)?),
        "unassigned" => Test::Lacks(OptionalField::Assignee),
        "unanswered" => Test::Has(OptionalField::Unanswered),
        "known-error" => Test::KnownError,
        "merged" => Test::Merged,
        "reopened" => Test::Reopened,
        "escalated" => Test::Escalated,
        "restricted" => Test::Restricted,
        "promised" => Test::Promised,
        "imported" => Test::Has(OptionalField::Source),
        state => match State::parse(state) {
            Ok(state) => Test::State(state),
            Err(_) => {
                let unknown = UnknownWord::new("property", value, IS.split(", "));
                return Err(fault(word, unknown.to_string(), unknown.hint()));
            }
        },
    })
}

fn agent(word: &str, value: &str, ctx: &FilterContext<'_>) -> Result<Agent, FilterError> {
    if value.eq_ignore_ascii_case("@me") {
        let nobody = || {
            let problem = "who @me is is not known".to_owned();
            fault(word, problem, "give --as AGENT, or set DESK_AGENT")
        };
        return (ctx.me)().ok_or_else(nobody);
    }
    Agent::parse(value).map_err(|bad| fault(word, bad.to_string(), "give an agent, @me or none"))
}

/// `2`, `>2`, `>=2`, `<2`, `<=2` or `1..2`, within bounds.
pub(super) fn numbers(
    typed: &str,
    (lowest, highest): (i64, i64),
    read: impl Fn(&str) -> Option<i64>,
) -> Option<NumberRange> {
    let range = |from, to| Some(NumberRange { from, to });
    if let Some((from, to)) = typed.split_once("..") {
        let end = |text: &str, open| match text.is_empty() {
            true => Some(open),
            false => read(text),
        };
        let (from, to) = (end(from, lowest)?, end(to, highest)?);
        return (from <= to).then_some(NumberRange { from, to });
    }
    if let Some(rest) = typed.strip_prefix("<=") {
        return range(lowest, read(rest)?);
    }
    if let Some(rest) = typed.strip_prefix(">=") {
        return range(read(rest)?, highest);
    }
    if let Some(rest) = typed.strip_prefix('<') {
        return range(lowest, read(rest)? - 1);
    }
    if let Some(rest) = typed.strip_prefix('>') {
        return range(read(rest)?.checked_add(1)?, highest);
    }
    let number = read(typed)?;
    range(number, number)
}
