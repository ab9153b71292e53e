//! The clocks of a ticket.

use serde::{Serialize, Serializer};

use super::value::{At, ClockState, CsvRecord, CsvValue, Phase, Seconds};
use crate::domain::breach::obligation::NotificationClock;
use crate::domain::sla::{clock, definitions::DEFINITIONS};
use crate::domain::summary::Summary;
use crate::domain::vocabulary::ClockName;
use crate::output::options::RenderOptions;

/// Every clock under its name.
#[derive(Debug)]
pub(crate) struct Clocks<'a> {
    all: [Clock<'a>; DEFINITIONS.len()],
    /// The names of those that are due as somebody promised by hand.
    pub(crate) promised: Vec<&'static str>,
}

impl<'a> Clocks<'a> {
    pub(crate) fn new(row: &'a Summary, options: &RenderOptions<'_>) -> Self {
        let clocks = DEFINITIONS.each_ref();
        Self {
            all: clocks.map(|clock| Clock::new(row.clocks.get(clock.name), options)),
            promised: promised(row).collect(),
        }
    }

    pub(crate) const fn get(&self, name: ClockName) -> &Clock<'a> {
        &self.all[name as usize]
    }
}

/// The names of the clocks of a row that are due as somebody promised by hand.
pub(crate) fn promised(row: &Summary) -> impl Iterator<Item = &'static str> {
    let names = ClockName::ALL.iter().filter(|name| {
        let clock = row.clocks.get(**name);
        clock.is_some_and(|clock| clock.promised)
    });
    names.map(|name| name.as_str())
}

impl Serialize for Clocks<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(ClockName::WORDS.iter().zip(&self.all))
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Clocks<'_> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Clocks".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let clock = generator.subschema_for::<Clock<'_>>();
        let clock = |name: &&str| ((*name).to_owned(), clock.clone().into());
        let properties: serde_json::Map<_, _> = ClockName::WORDS.iter().map(clock).collect();
        schemars::json_schema!({
            "type": "object",
            "properties": properties,
            "required": ClockName::WORDS,
        })
    }
}

/// A clock, read at the time of the command.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Clock<'a> {
    /// `none` where there is no target.
    state: Phase,
    /// As `state`, but a running clock is `ok`, `at-risk` or `overdue`.
    pub(crate) shows: ClockState,
    /// Working time from start to due.
    pub(crate) target_s: Option<Seconds>,
    /// The target in business days, if the policy gives it so; then `target_s` is
    /// what it comes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    business_days: Option<u32>,
    /// How often the requester gets an update without asking.
    cadence_s: Option<Seconds>,
    /// The calendar whose open time counts.
    calendar: Option<&'a str>,
    /// The policy version that set the target.
    policy_version: Option<u32>,
    started_at: Option<At>,
    pub(crate) due: Option<At>,
    used_s: Option<Seconds>,
    /// Negative once the target is used up.
    left_s: Option<Seconds>,
    /// When it was met, missed or cancelled.
    stopped_at: Option<At>,
    paused_s: Option<Seconds>,
    /// Whether a lower target made it late at once.
    reclassified: Option<bool>,
    /// Whether it was missed before a longer target was set; it stays missed.
    relaxed: Option<bool>,
    /// Whether the due time was promised by hand; absent if not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    promised: bool,
}

impl<'a> Clock<'a> {
    pub(crate) fn new(clock: Option<&'a clock::Clock>, options: &RenderOptions<'_>) -> Self {
        let reading = clock.map(|clock| clock.read_at(options.now, options.policy));
        let target = clock.map(|clock| &clock.target);
        Self {
            state: reading.map_or(clock::ClockState::None, |r| r.state).into(),
            shows: reading
                .map_or(clock::DisplayState::None, |r| r.display)
                .into(),
            target_s: target.map(|t| t.span.into()),
            business_days: target.and_then(|t| t.days),
            cadence_s: target.and_then(|t| t.cadence).map(Into::into),
            calendar: target.map(|t| t.calendar.as_str()),
            policy_version: target.map(|t| t.policy_version),
            started_at: clock.map(|c| At(c.started)),
            due: reading.and_then(|r| r.due).map(At),
            used_s: reading.map(|r| r.used.into()),
            left_s: reading.map(|r| r.remaining.into()),
            stopped_at: reading.and_then(|r| r.stopped).map(At),
            paused_s: reading.map(|r| r.paused.into()),
            reclassified: clock.map(|c| c.reclassified),
            relaxed: clock.map(|c| c.relaxed.is_some()),
            promised: clock.is_some_and(|c| c.promised),
        }
    }
}

csv_columns!(Clock<'_>: state, shows, target_s, due, used_s, left_s, stopped_at, paused_s, reclassified);

/// The clock of a notification.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Notification<'a> {
    /// The number of the obligation within the breach.
    number: u32,
    /// The regime and the stage, such as `gdpr/authority`.
    name: &'a str,
    #[serde(flatten)]
    clock: Clock<'a>,
}

/// The clocks of the notifications of a breach whose time has begun.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(crate) struct Notifications<'a>(Vec<Notification<'a>>);

impl<'a> Notifications<'a> {
    pub(crate) fn new(row: &'a Summary, options: &RenderOptions<'_>) -> Self {
        let clocks = row.clocks.notifications.iter();
        let notification = |one: &'a NotificationClock| Notification {
            number: one.number,
            name: &one.name,
            clock: Clock::new(Some(&one.clock), options),
        };
        Self(clocks.map(notification).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Each with its state and due time, one per line of the cell.
impl CsvValue for Notifications<'_> {
    fn csv(&self, to: &mut Vec<String>) {
        let line = |one: &Notification<'_>| {
            let mut shows = Vec::new();
            one.clock.shows.csv(&mut shows);
            let due = one
                .clock
                .due
                .map_or_else(String::new, |due| format!(" due {due}"));
            format!("{} {}{due}", one.name, shows.concat())
        };
        let lines: Vec<String> = self.0.iter().map(line).collect();
        lines.as_slice().csv(to);
    }
}
