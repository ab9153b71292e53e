//! The filter language: words that each name a field and its values. All words must
//! be met; of several values of one word, separated by commas, one must be; `-`
//! before a word turns it round.

use super::time_span::{self, Clock, Direction};
use super::{Condition, NumberRange, OptionalField, Test, TimeField};
use crate::domain::category::Category;
use crate::domain::did_you_mean::nearest;
use crate::domain::people::{Agent, Tier};
use crate::domain::priority::Priority;
use crate::domain::vocabulary::{
    Channel, ClosureCode, Kind, Occurrence, PauseReason, State, UnknownWord,
};

/// The most bytes in a word.
const LONGEST_WORD: usize = 1_000;
/// The most values in all words together; engines limit what a statement may have.
const MOST_TESTS: usize = 200;

/// Why a filter is not understood: the word, what is wrong with it, and what to
/// type instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("in the filter word '{word}': {problem}")]
pub(crate) struct FilterError {
    pub(crate) word: String,
    pub(crate) problem: String,
    pub(crate) hint: String,
}

/// What words mean besides themselves.
pub(crate) struct FilterContext<'a> {
    pub(crate) clock: Clock<'a>,
    /// The acting agent, whom `@me` stands for.
    pub(crate) me: &'a dyn Fn() -> Option<Agent>,
    pub(crate) tiers: &'a [Tier],
    /// The rank of the lowest priority of the policy.
    pub(crate) lowest_priority: u8,
}

/// A field of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Text,
    Title,
    Requester,
    Status,
    Is,
    Kind,
    Onset,
    Channel,
    Tier,
    Assignee,
    Category,
    Priority,
    Satisfaction,
    Id,
    Key,
    Source,
    Number,
    Code,
    Reason,
    Time(TimeField),
}

/// A field as it is typed and explained.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldHelp {
    pub(crate) name: &'static str,
    /// A shorter name, if there is one.
    pub(crate) short: Option<&'static str>,
    pub(crate) values: &'static str,
    field: Field,
}

const fn field(
    name: &'static str,
    short: Option<&'static str>,
    field: Field,
    values: &'static str,
) -> FieldHelp {
    FieldHelp {
        name,
        short,
        values,
        field,
    }
}

const TIME: &str = "<2h, >3d, today, monday, last-week, 2026-11, >=2026-11-24, A..B";

/// Every field, in the order of the help.
pub(crate) const FIELDS: &[FieldHelp] = &[
    field("text", None, Field::Text, "part of the title or the requester; `text:` can be left out"),
    field("title", None, Field::Title, "part of the title"),
    field("requester", Some("r"), Field::Requester, "part of the name or contact, or none"),
    field("status", Some("s"), Field::Status, "new, active, paused, resolved, closed, open"),
    field("is", None, Field::Is, IS),
    field("kind", Some("k"), Field::Kind, "incident, request, none"),
    field("onset", None, Field::Onset, "occurred, anticipated"),
    field("channel", None, Field::Channel, "phone, walk-in, email, chat, portal, monitoring, other"),
    field("tier", Some("t"), Field::Tier, "a tier of the policy, such as L1"),
    field("assignee", Some("a"), Field::Assignee, "an agent, @me, none"),
    field("category", Some("c"), Field::Category, "a category with everything below it, or none"),
    field("priority", Some("p"), Field::Priority, "P1, P1..P2, <=P2, none"),
    field("satisfaction", None, Field::Satisfaction, "1 to 5, >=4, none"),
    field("id", None, Field::Id, "42, 40..45, >100"),
    field("key", None, Field::Key, "the whole key of `open --key`, or none"),
    field("source", None, Field::Source, "the system it was imported from, or none"),
    field("number", None, Field::Number, "its whole number in that system"),
    field("code", None, Field::Code, "the closing code, or none"),
    field("reason", None, Field::Reason, "what a pause waits for, or none"),
    field("opened", None, Field::Time(TimeField::Opened), TIME),
    field("updated", Some("u"), Field::Time(TimeField::Updated), TIME),
    field("resolved", None, Field::Time(TimeField::Resolved), TIME),
    field("closed", None, Field::Time(TimeField::Closed), TIME),
    field("due", Some("d"), Field::Time(TimeField::Due), "as times; 2h is within two hours from now"),
];

const IS: &str = "open, closed, new, active, paused, resolved, overdue, at-risk, mine, unassigned, \
     known-error, merged, reopened, escalated, restricted, imported";

/// Reads words as they are typed, one argument each.
///
/// # Errors
/// [`FilterError`] for the first word that is not understood.
pub(crate) fn parse(
    words: &[String],
    ctx: &FilterContext<'_>,
) -> Result<Vec<Condition>, FilterError> {
    let mut conditions = Vec::new();
    let mut tests = 0;
    for word in words {
        let condition = read_word(word, ctx)?;
        tests += condition.tests.len();
        if tests > MOST_TESTS {
            return Err(fault(
                word,
                format!("there are more than {MOST_TESTS} values"),
                "give fewer, or a category or a time span that includes them",
            ));
        }
        conditions.push(condition);
    }
    Ok(conditions)
}

/// Splits a text of several words: blanks separate, double quotes keep together.
///
/// # Errors
/// [`FilterError`] if a quote is not closed.
pub(crate) fn split(text: &str) -> Result<Vec<String>, FilterError> {
    let (mut words, mut word) = (Vec::new(), None::<String>);
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    if quoted {
        return Err(fault(
            &word.unwrap_or_default(),
            "a quote is not closed".to_owned(),
            "close it with \"",
        ));
    }
    words.extend(word);
    Ok(words)
}

pub(super) fn fault(word: &str, problem: String, hint: impl Into<String>) -> FilterError {
    const SHOWN: usize = 60;
    let word = match word.strip_prefix("not:") {
        Some(rest) => &format!("-{rest}"),
        None => word,
    };
    let shown = match word.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    };
    FilterError {
        word: shown,
        problem,
        hint: hint.into(),
    }
}

fn read_word(word: &str, ctx: &FilterContext<'_>) -> Result<Condition, FilterError> {
    if word.len() > LONGEST_WORD {
        let problem = format!("it is longer than {LONGEST_WORD} bytes");
        return Err(fault(word, problem, "give fewer values, or a part of the text"));
    }
    let (negated, rest) = match word.strip_prefix('-').or_else(|| word.strip_prefix("not:")) {
        Some(rest) => (true, rest),
        None => (false, word),
    };
    if rest.trim().is_empty() {
        let hint = "give a text or FIELD:VALUE; desk help filters lists the fields";
        return Err(fault(word, "it is empty".to_owned(), hint));
    }
    // Only letters name a field: 10:30 and C:\temp are texts.
    let named = rest.split_once(':').filter(|(name, _)| {
        name.len() > 1 && name.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
            || FIELDS.iter().any(|field| field.short == Some(*name))
    });
    let tests = match named {
        None => vec![Test::Text(rest.to_owned())],
        Some((name, values)) => {
            let help = find_field(word, name)?;
            values_of(word, help, values, ctx)?
        }
    };
    Ok(Condition { negated, tests })
}

/// Whether a word, without a sign before it, begins with the name of a field.
pub(crate) fn names_field(word: &str) -> bool {
    let name = word.split_once(':').map(|(name, _)| name);
    name.is_some_and(|name| full_name(name).is_some())
}

/// The name of a field that was typed in full or by its short name.
pub(crate) fn full_name(typed: &str) -> Option<&'static str> {
    let name = typed.to_ascii_lowercase();
    let is = |field: &&FieldHelp| field.name == name || field.short == Some(&name);
    FIELDS.iter().find(is).map(|field| field.name)
}

/// The field of a name, of its short name, or of the beginning of one name only.
fn find_field(word: &str, name: &str) -> Result<&'static FieldHelp, FilterError> {
    let name = name.to_ascii_lowercase();
    let exact = |field: &&FieldHelp| field.name == name || field.short == Some(&name);
    if let Some(field) = FIELDS.iter().find(exact) {
        return Ok(field);
    }
    let begins = FIELDS.iter().filter(|field| field.name.starts_with(&name));
    let begins: Vec<&FieldHelp> = begins.collect();
    let list = |fields: &[&FieldHelp]| {
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        names.join(", ")
    };
    match begins.as_slice() {
        [field] => Ok(field),
        [] => {
            let names = FIELDS.iter().map(|field| field.name);
            let hint = match nearest(&name, names).first() {
                Some(meant) => format!("did you mean '{meant}:'? desk help filters lists all"),
                None => "desk help filters lists the fields; for a text with a colon: text:…".into(),
            };
            Err(fault(word, format!("there is no field '{name}'"), hint))
        }
        several => Err(fault(
            word,
            format!("'{name}' can be {}", list(several)),
            "write the whole name of the field",
        )),
    }
}

fn values_of(
    word: &str,
    help: &FieldHelp,
    values: &str,
    ctx: &FilterContext<'_>,
) -> Result<Vec<Test>, FilterError> {
    let empty = || {
        let problem = format!("'{}:' has no value", help.name);
        fault(word, problem, format!("give one: {}", help.values))
    };
    // A text may have commas of its own.
    if matches!(help.field, Field::Text | Field::Title) {
        let text = values.trim();
        return match (help.field, text.is_empty()) {
            (_, true) => Err(empty()),
            (Field::Text, false) => Ok(vec![Test::Text(text.to_owned())]),
            (_, false) => Ok(vec![Test::Title(text.to_owned())]),
        };
    }
    let values = values.split(',').map(str::trim);
    let tests = values.map(|value| match value.is_empty() {
        true => Err(empty()),
        false => read_value(word, help, value, ctx),
    });
    tests.collect()
}

/// What `none` and `any` ask of a field, if it can be absent.
const fn optional(field: Field) -> Option<OptionalField> {
    Some(match field {
        Field::Requester => OptionalField::Requester,
        Field::Kind => OptionalField::Kind,
        Field::Assignee => OptionalField::Assignee,
        Field::Category => OptionalField::Category,
        Field::Priority => OptionalField::Priority,
        Field::Satisfaction => OptionalField::Satisfaction,
        Field::Key => OptionalField::Key,
        Field::Source | Field::Number => OptionalField::Source,
        Field::Code => OptionalField::Code,
        Field::Reason => OptionalField::PauseReason,
        Field::Time(TimeField::Resolved) => OptionalField::Resolved,
        Field::Time(TimeField::Closed) => OptionalField::Closed,
        Field::Time(TimeField::Due) => OptionalField::Due,
        Field::Text
        | Field::Title
        | Field::Status
        | Field::Is
        | Field::Onset
        | Field::Channel
        | Field::Tier
        | Field::Id
        | Field::Time(TimeField::Opened | TimeField::Updated) => return None,
    })
}

fn read_value(
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
        Field::Status => {
            let mut state = State::parse(value);
            if let Err(unknown) = &mut state {
                unknown.choices.push("open".to_owned());
            }
            Test::State(state.map_err(unknown)?)
        }
        Field::Is => is(word, value, ctx)?,
        Field::Kind => Test::Kind(Kind::parse(value).map_err(unknown)?),
        Field::Onset => Test::Onset(Occurrence::parse(value).map_err(unknown)?),
        Field::Channel => Test::Channel(Channel::parse(value).map_err(unknown)?),
        Field::Tier => Test::Tier(tier(value, ctx).map_err(unknown)?),
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
        Field::Id => {
            let id = |text: &str| text.trim_start_matches('#').parse().ok().filter(|id| *id > 0);
            let wrong = || wrong("a ticket number");
            Test::Id(numbers(value, (1, i64::MAX), id).ok_or_else(wrong)?)
        }
        Field::Key => Test::Key(value.to_owned()),
        Field::Source => Test::Source(value.to_owned()),
        Field::Number => Test::Number(value.to_owned()),
        Field::Code => Test::Code(ClosureCode::parse(value).map_err(unknown)?),
        Field::Reason => Test::PauseReason(PauseReason::parse(value).map_err(unknown)?),
        Field::Time(field) => {
            let direction = match field {
                TimeField::Due => Direction::Ahead,
                TimeField::Opened
                | TimeField::Updated
                | TimeField::Resolved
                | TimeField::Closed => Direction::Back,
            };
            let span = time_span::parse(value, direction, ctx.clock);
            Test::Time(field, span.map_err(|bad| fault(word, bad.to_string(), bad.hint()))?)
        }
    })
}

fn is(word: &str, value: &str, ctx: &FilterContext<'_>) -> Result<Test, FilterError> {
    Ok(match value.to_ascii_lowercase().as_str() {
        "open" => Test::Open,
        "overdue" => Test::Overdue,
        "at-risk" => Test::AtRisk,
        "mine" => Test::Assignee(agent(word, "@me", ctx)?),
        "unassigned" => Test::Lacks(OptionalField::Assignee),
        "known-error" => Test::KnownError,
        "merged" => Test::Merged,
        "reopened" => Test::Reopened,
        "escalated" => Test::Escalated,
        "restricted" => Test::Restricted,
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

fn tier(value: &str, ctx: &FilterContext<'_>) -> Result<Tier, UnknownWord> {
    let mut tiers = ctx.tiers.iter();
    let found = tiers.find(|tier| tier.as_str().eq_ignore_ascii_case(value));
    found
        .cloned()
        .ok_or_else(|| UnknownWord::new("tier", value, ctx.tiers.iter().map(Tier::as_str)))
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
fn numbers(
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

#[cfg(test)]
mod tests;
