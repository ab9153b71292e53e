//! A ticket as it is published. Fields are only ever added.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::super::column::Column;
use super::value::{
    At, Channel, ClosureCode, Kind, Occurrence, PauseReason, Phase, Seconds, Shows, State,
};
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::sla::{clock, definitions::DEFINITIONS};
use crate::domain::summary::Summary;
use crate::domain::vocabulary::ClockName;

/// A ticket as lists show it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Ticket<'a> {
    pub(in crate::render) id: i64,
    pub(in crate::render) title: &'a str,
    pub(in crate::render) status: State,
    /// When it came into its status.
    pub(in crate::render) since: At,
    /// What a paused ticket waits for.
    pub(in crate::render) awaited: Option<PauseReason>,
    pub(in crate::render) wake_at: Option<At>,
    pub(in crate::render) kind: Option<Kind>,
    pub(in crate::render) onset: Occurrence,
    pub(in crate::render) channel: Channel,
    pub(in crate::render) requester: Requester<'a>,
    pub(in crate::render) category: Option<&'a str>,
    /// The impact on the users.
    pub(in crate::render) users: Option<&'a str>,
    /// The impact on the business.
    pub(in crate::render) business: Option<&'a str>,
    /// The greater of the two impacts.
    pub(in crate::render) impact: Option<&'a str>,
    pub(in crate::render) urgency: Option<&'a str>,
    /// `P1` is the highest.
    pub(in crate::render) priority: Option<String>,
    pub(in crate::render) tier: &'a str,
    pub(in crate::render) assignee: Option<&'a str>,
    pub(in crate::render) opened_at: At,
    pub(in crate::render) updated_at: At,
    pub(in crate::render) resolved_at: Option<At>,
    pub(in crate::render) closed_at: Option<At>,
    pub(in crate::render) code: Option<ClosureCode>,
    /// The requester's grade, 1 to 5.
    pub(in crate::render) satisfaction: Option<u8>,
    pub(in crate::render) reopenings: u32,
    pub(in crate::render) escalations: u32,
    pub(in crate::render) merged_into: Option<i64>,
    /// The name a script gave it.
    pub(in crate::render) key: Option<&'a str>,
    pub(in crate::render) clocks: Clocks<'a>,
    /// When the next clock breaches if nothing happens.
    pub(in crate::render) next_due: Option<At>,
    /// The worst that a running clock shows.
    pub(in crate::render) sla: Option<Shows>,
    /// The other system that it was imported from.
    pub(in crate::render) source: Option<&'a str>,
    /// Its number there.
    pub(in crate::render) number: Option<&'a str>,
    /// Whether it is marked as a known error.
    pub(in crate::render) known_error: bool,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Requester<'a> {
    pub(in crate::render) name: Option<&'a str>,
    /// A mail address or a phone number.
    pub(in crate::render) contact: Option<&'a str>,
    /// A language tag.
    pub(in crate::render) language: Option<&'a str>,
}

/// Every clock under its name.
#[derive(Debug)]
pub(in crate::render) struct Clocks<'a>([Clock<'a>; DEFINITIONS.len()]);

impl<'a> Clocks<'a> {
    pub(in crate::render) const fn get(&self, name: ClockName) -> &Clock<'a> {
        &self.0[name as usize]
    }
}

impl Serialize for Clocks<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(ClockName::WORDS.iter().zip(&self.0))
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

/// A clock read at the moment asked about.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Clock<'a> {
    /// `none` where nothing is promised.
    pub(in crate::render) state: Phase,
    /// As the state, with a running clock told apart by how near its end is.
    pub(in crate::render) shows: Shows,
    /// Working time from start to due.
    pub(in crate::render) target_s: Option<Seconds>,
    /// How often the requester hears from the desk even without asking.
    pub(in crate::render) cadence_s: Option<Seconds>,
    /// The calendar whose open time counts.
    pub(in crate::render) calendar: Option<&'a str>,
    /// The policy that set the target.
    pub(in crate::render) policy_version: Option<u32>,
    pub(in crate::render) started_at: Option<At>,
    pub(in crate::render) due: Option<At>,
    pub(in crate::render) used_s: Option<Seconds>,
    /// Negative once the target is used up.
    pub(in crate::render) left_s: Option<Seconds>,
    /// When it was met, missed or cancelled.
    pub(in crate::render) stopped_at: Option<At>,
    pub(in crate::render) paused_s: Option<Seconds>,
    /// A lower target made it late at once.
    pub(in crate::render) reclassified: Option<bool>,
}

impl<'a> Ticket<'a> {
    pub(in crate::render) fn of(
        row: &'a Summary,
        now: Timestamp,
        policy: &'a PolicyHistory,
    ) -> Self {
        let rating = row.rating.as_ref();
        Self {
            id: row.id.0,
            title: &row.title,
            status: row.state.into(),
            since: At(row.since),
            awaited: row.pause_reason.map(Into::into),
            wake_at: row.wake_at.map(At),
            kind: row.kind.map(Into::into),
            onset: row.onset.into(),
            channel: row.channel.into(),
            requester: Requester {
                name: row.requester.name.as_deref(),
                contact: row.requester.contact.as_deref(),
                language: row.requester.language.as_deref(),
            },
            category: row.category.as_ref().map(|c| c.as_str()),
            users: rating.map(|r| r.users.as_str()),
            business: rating.map(|r| r.business.as_str()),
            impact: rating.map(|r| policy.matrix.effective_impact(r).as_str()),
            urgency: rating.map(|r| r.urgency.as_str()),
            priority: rating.map(|r| r.priority.to_string()),
            tier: row.tier.as_str(),
            assignee: row.assignee.as_ref().map(|a| a.as_str()),
            opened_at: At(row.opened),
            updated_at: At(row.updated),
            resolved_at: row.resolved.map(At),
            closed_at: row.closed.map(At),
            code: row.code.map(Into::into),
            satisfaction: row.satisfaction,
            reopenings: row.reopenings,
            escalations: row.escalations,
            merged_into: row.merged_into.map(|id| id.0),
            key: row.key.as_deref(),
            clocks: Clocks(
                DEFINITIONS
                    .each_ref()
                    .map(|clock| Clock::of(row.clocks.get(clock.name), now, policy)),
            ),
            next_due: row.clocks.next_due().map(At),
            sla: row.worst_clock(now).map(Into::into),
            source: row.origin.as_ref().map(|origin| origin.source.as_str()),
            number: row.origin.as_ref().map(|origin| origin.number.as_str()),
            known_error: row.is_known_error,
        }
    }
}

impl<'a> Clock<'a> {
    pub(in crate::render) fn of(
        clock: Option<&'a clock::Clock>,
        now: Timestamp,
        policy: &PolicyHistory,
    ) -> Self {
        let reading = clock.map(|clock| clock.read_at(now, policy));
        let promise = clock.map(|clock| &clock.target);
        Self {
            state: reading.map_or(clock::ClockState::None, |r| r.state).into(),
            shows: reading
                .map_or(clock::DisplayState::None, |r| r.display)
                .into(),
            target_s: promise.map(|p| Seconds::of(p.span)),
            cadence_s: promise.and_then(|p| p.cadence).map(Seconds::of),
            calendar: promise.map(|p| p.calendar.as_str()),
            policy_version: promise.map(|p| p.policy_version),
            started_at: clock.map(|c| At(c.started)),
            due: reading.and_then(|r| r.due).map(At),
            used_s: reading.map(|r| Seconds::of(r.used)),
            left_s: reading.map(|r| Seconds::of(r.remaining)),
            stopped_at: reading.and_then(|r| r.stopped).map(At),
            paused_s: reading.map(|r| Seconds::of(r.paused)),
            reclassified: clock.map(|c| c.reclassified),
        }
    }
}

/// A ticket of which only some fields are asked for, in that order.
pub(in crate::render) struct Picked<'a> {
    pub(in crate::render) ticket: &'a Ticket<'a>,
    pub(in crate::render) columns: &'a [Column],
}

impl Serialize for Picked<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let t = self.ticket;
        let mut map = to.serialize_map(Some(self.columns.len()))?;
        for column in self.columns {
            map.serialize_key(column.as_str())?;
            match column {
                Column::Id => map.serialize_value(&t.id),
                Column::Title => map.serialize_value(t.title),
                Column::Status => map.serialize_value(&t.status),
                Column::Since => map.serialize_value(&t.since),
                Column::PauseReason => map.serialize_value(&t.awaited),
                Column::WakeAt => map.serialize_value(&t.wake_at),
                Column::Kind => map.serialize_value(&t.kind),
                Column::Occurrence => map.serialize_value(&t.onset),
                Column::Channel => map.serialize_value(&t.channel),
                Column::Requester => map.serialize_value(&t.requester),
                Column::Contact => map.serialize_value(&t.requester.contact),
                Column::Category => map.serialize_value(&t.category),
                Column::Users => map.serialize_value(&t.users),
                Column::Business => map.serialize_value(&t.business),
                Column::Impact => map.serialize_value(&t.impact),
                Column::Urgency => map.serialize_value(&t.urgency),
                Column::Priority => map.serialize_value(&t.priority),
                Column::Tier => map.serialize_value(t.tier),
                Column::Assignee => map.serialize_value(&t.assignee),
                Column::OpenedAt => map.serialize_value(&t.opened_at),
                Column::UpdatedAt => map.serialize_value(&t.updated_at),
                Column::ResolvedAt => map.serialize_value(&t.resolved_at),
                Column::ClosedAt => map.serialize_value(&t.closed_at),
                Column::ClosureCode => map.serialize_value(&t.code),
                Column::Satisfaction => map.serialize_value(&t.satisfaction),
                Column::Reopenings => map.serialize_value(&t.reopenings),
                Column::Escalations => map.serialize_value(&t.escalations),
                Column::MergedInto => map.serialize_value(&t.merged_into),
                Column::Key => map.serialize_value(&t.key),
                Column::Response => map.serialize_value(t.clocks.get(ClockName::Response)),
                Column::Update => map.serialize_value(t.clocks.get(ClockName::Update)),
                Column::Resolution => map.serialize_value(t.clocks.get(ClockName::Resolution)),
                Column::NextDue => map.serialize_value(&t.next_due),
                Column::Sla => map.serialize_value(&t.sla),
                Column::Source => map.serialize_value(&t.source),
                Column::Number => map.serialize_value(&t.number),
                Column::KnownError => map.serialize_value(&t.known_error),
            }?;
        }
        map.end()
    }
}
