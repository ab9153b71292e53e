//! Reads the agents whom a fact is about from its body.

use super::super::StoreError;
use super::PeopleByNumber;
use super::body::Body;
use super::canonical::Json;
use super::fact::{AGENT, AGENT_NAME, AGENT_NAMES, AGENTS};
use crate::domain::people::{Actor, Agent};

/// The agent of that number.
fn agent_of_number(number: i64, people: PeopleByNumber<'_>) -> Result<Agent, StoreError> {
    match people(number)? {
        Actor::Agent { name, .. } => Ok(name),
        Actor::Desk => Err(StoreError::damaged("desk itself is not an agent")),
    }
}

/// The agents of a body: numbers, or names in an export.
pub(super) fn agents(from: &Body, people: PeopleByNumber<'_>) -> Result<Vec<Agent>, StoreError> {
    let missing = || StoreError::damaged("an event has no agents");
    let list = from
        .entry(AGENTS)
        .and_then(Json::as_list)
        .ok_or_else(missing)?;
    let names = from.entry(AGENT_NAMES).and_then(Json::as_list);
    let names = names.unwrap_or_default().iter().map(Json::as_text);
    let names = names.chain(std::iter::repeat(None));
    let agent = |(agent, display): (&Json, Option<&str>)| match agent.as_int() {
        Some(number) => agent_of_number(number, people),
        None => {
            let agent = Agent::from_stored(agent.as_text().ok_or_else(missing)?);
            Ok(agent.with_display_name(display.map(str::to_owned)))
        }
    };
    list.iter().zip(names).map(agent).collect()
}

/// The agent of a body: a number, or a name in one of an earlier version.
pub(super) fn agent(from: &Body, people: PeopleByNumber<'_>) -> Result<Agent, StoreError> {
    match from.maybe_int(AGENT) {
        Some(number) => agent_of_number(number, people),
        None => {
            let display = from.entry(AGENT_NAME).and_then(Json::as_text);
            let agent = Agent::from_stored(from.name(AGENT)?);
            Ok(agent.with_display_name(display.map(str::to_owned)))
        }
    }
}
