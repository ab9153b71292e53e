//! The names that are in use: of agents, categories and requesters.

use std::collections::BTreeSet;

use super::super::codec;
use super::super::port::UsedNames;
use super::super::{NameKind, StoreError};
use super::driver::Executor;
use super::filter::not_hidden;
use super::{carried, statements};
use crate::domain::event::Fact;
use crate::domain::people::{Actor, Agent};
use crate::domain::privacy::view::View;

/// How many of the newest tickets have names that a new one is compared with.
const NEWEST: u32 = 1_000;

/// The distinct names, sorted. Reads every ticket.
pub(crate) fn all(
    db: &Executor<'_>,
    kind: NameKind,
    view: &View,
) -> Result<Vec<String>, StoreError> {
    let column = match kind {
        NameKind::Categories => "category",
        NameKind::Agents => "assignee",
    };
    let statement = statements::distinct_names(column, not_hidden("id", view).as_deref());
    db.all(&statement, &[], |row| row.text("name"))
}

/// The names that can be read without reading every ticket.
pub(crate) fn used(
    db: &Executor<'_>,
    which: UsedNames,
    view: &View,
) -> Result<Vec<String>, StoreError> {
    let newest = |column| {
        let statement = statements::newest_names(column, not_hidden("id", view).as_deref());
        db.all(&statement, &[NEWEST.into()], |row| row.text("name"))
    };
    let mut names = match which {
        UsedNames::Agents => db.all(statements::USED_AGENTS, &[], |row| row.text("name")),
        UsedNames::Categories => newest("category"),
        UsedNames::Contacts => newest("requester_contact"),
        UsedNames::Tags => tags(db, view),
    }?;
    names.retain(|name| name != Actor::DESK);
    Ok(names)
}

/// Every tag, sorted: an index has all tickets with tags.
fn tags(db: &Executor<'_>, view: &View) -> Result<Vec<String>, StoreError> {
    let statement = statements::distinct_names("tags", not_hidden("id", view).as_deref());
    let columns = db.all(&statement, &[], |row| row.text("name"))?;
    let tags = columns
        .iter()
        .flat_map(|column| carried::read_tags(Some(column)));
    let tags: BTreeSet<String> = tags.map(|tag| tag.as_str().to_owned()).collect();
    Ok(tags.into_iter().collect())
}

/// Whether a name is that of an agent, or any ticket has it.
pub(crate) fn is_used(db: &Executor<'_>, which: UsedNames, name: &str) -> Result<bool, StoreError> {
    let statement = match which {
        UsedNames::Agents => return is_known_agent(db, &Agent::from_stored(name)),
        UsedNames::Categories => statements::IS_CATEGORY,
        UsedNames::Contacts => statements::IS_CONTACT,
        // All of them are among the used names.
        UsedNames::Tags => {
            return Ok(used(db, which, &View::default())?
                .iter()
                .any(|tag| tag == name));
        }
    };
    let found = db.first(statement, &[name.into()], |_| Ok(()))?;
    Ok(found.is_some())
}

/// Whether an agent ever did anything or was ever assigned a ticket.
pub(crate) fn is_known_agent(db: &Executor<'_>, agent: &Agent) -> Result<bool, StoreError> {
    let assigned = Fact::Assigned {
        agent: agent.clone(),
    };
    let (body, _) = codec::draft_with_names(&assigned).seal(0, []);
    let values = [agent.as_str().into(), body.as_str().into()];
    let found = db.first(statements::IS_KNOWN_AGENT, &values, |_| Ok(()))?;
    Ok(found.is_some())
}
