//! A ticket's summary as the columns of its row, and back.

use std::collections::BTreeSet;

use super::super::StoreError;
use super::super::codec;
use super::driver::{Executor, Row, Value};
use super::{carried, statements};
use crate::domain::category::Category;
use crate::domain::checklist::ChecklistProgress;
use crate::domain::event::TicketId;
use crate::domain::external_record::ExternalReference;
use crate::domain::people::{Agent, Requester, Tier};
use crate::domain::priority::{Level, Priority, RatedLevels, Rating};
use crate::domain::summary::Summary;
use crate::domain::vocabulary::{
    Channel, ClosureCode, Kind, Occurrence, PauseReason, RetentionScope, State, UnknownWord,
};

/// The columns of a ticket's row, as SQL lists them.
pub(crate) const COLUMNS: &str = "\
     id, n, open, state, next_due, next_warn, priority, assignee, tier, kind, onset, \
     channel, category, opened, updated, since, pause_reason, wake_at, resolved, closed, \
     code, satisfaction, reopenings, escalations, merged_into, users, business, urgency, \
     key, title, title_lc, requester_name, requester_contact, requester_language, \
     requester_lc, clocks, next_action_at, source, number, known_error, undone, \
     erased, tags, fields, checklist_done, checklist_total, restricted_to";

/// The names in [`COLUMNS`].
pub(crate) fn column_names() -> impl Iterator<Item = &'static str> {
    COLUMNS.split(", ")
}

/// The values of a row, in the order of [`COLUMNS`].
pub(crate) fn values(summary: &Summary) -> Vec<Value> {
    let Summary {
        id,
        n,
        title,
        state,
        since,
        pause_reason,
        wake_at,
        kind,
        onset,
        channel,
        requester,
        category,
        rating,
        tier,
        assignee,
        opened,
        updated,
        resolved,
        closed,
        code,
        satisfaction,
        reopenings,
        escalations,
        merged_into,
        key,
        clocks,
        origin,
        next_action_at,
        is_known_error,
        is_undone,
        erased_scopes,
        tags,
        fields,
        checklist,
        restricted_to,
    } = summary;
    let Requester {
        name,
        contact,
        language,
    } = requester;
    let rating = rating.as_ref();
    let levels = rating.and_then(|rating| rating.levels.as_ref());
    vec![
        id.0.into(),
        (*n).into(),
        summary.is_open().into(),
        state.as_str().into(),
        clocks.next_due().into(),
        clocks.next_warn().into(),
        rating.map(|r| i64::from(r.priority.rank())).into(),
        assignee.as_ref().map(Agent::as_str).into(),
        tier.as_str().into(),
        kind.map(Kind::as_str).into(),
        onset.as_str().into(),
        channel.as_str().into(),
        category.as_ref().map(Category::as_str).into(),
        (*opened).into(),
        (*updated).into(),
        (*since).into(),
        pause_reason.map(PauseReason::as_str).into(),
        (*wake_at).into(),
        (*resolved).into(),
        (*closed).into(),
        code.map(ClosureCode::as_str).into(),
        satisfaction.map(i64::from).into(),
        (*reopenings).into(),
        (*escalations).into(),
        merged_into.map(|id| id.0).into(),
        levels.map(|l| l.users.as_str()).into(),
        levels.map(|l| l.business.as_str()).into(),
        levels.map(|l| l.urgency.as_str()).into(),
        key.as_deref().into(),
        title.as_str().into(),
        title.to_lowercase().into(),
        name.as_deref().into(),
        contact.as_deref().into(),
        language.as_deref().into(),
        summary.requester_text().to_lowercase().into(),
        codec::write_clocks(clocks).into(),
        (*next_action_at).into(),
        origin.as_ref().map(|o| o.source.as_str()).into(),
        origin.as_ref().map(|o| o.number.as_str()).into(),
        (*is_known_error).into(),
        (*is_undone).into(),
        erased_bits(erased_scopes).into(),
        carried::write_tags(tags).into(),
        carried::write_fields(fields).into(),
        checklist.done.into(),
        checklist.total.into(),
        restriction(restricted_to).into(),
    ]
}

/// What separates the agents of a restriction: no name has it.
const SEPARATOR: &str = " ";

fn restriction(to: &[Agent]) -> Option<String> {
    let names: Vec<&str> = to.iter().map(Agent::as_str).collect();
    (!names.is_empty()).then(|| names.join(SEPARATOR))
}

/// The agents who see a ticket; none if it is not restricted.
pub(crate) fn restricted_to(row: &Row<'_>) -> Result<Vec<Agent>, StoreError> {
    let names = row.maybe_str("restricted_to")?.unwrap_or_default();
    let names = names.split(SEPARATOR).filter(|name| !name.is_empty());
    Ok(names.map(Agent::from_stored).collect())
}

/// The columns in which the row of a ticket differs from these values; `None` if
/// it has no row.
pub(crate) fn differences(
    db: &Executor<'_>,
    id: TicketId,
    values: &[Value],
) -> Result<Option<Vec<&'static str>>, StoreError> {
    let statement = statements::select_tickets("WHERE id = $1");
    db.first(&statement, &[id.0.into()], |row| {
        let mut names = Vec::new();
        for (name, expected) in column_names().zip(values) {
            if Value::from(row.value(name)?) != *expected {
                names.push(name);
            }
        }
        Ok(names)
    })
}

/// The column with the time of the next automatic action.
pub(crate) const NEXT_ACTION: &str = "next_action_at";

/// Reads the row of a ticket.
///
/// # Errors
/// [`StoreError::Damaged`] if a column holds what is never written there.
pub(crate) fn summary(row: &Row<'_>) -> Result<Summary, StoreError> {
    let id = TicketId(row.int("id")?);
    let n = row.number("n")?;
    let state = codec::word(row.str("state")?, State::parse)?;
    let priority = row.maybe_int("priority")?;
    Ok(Summary {
        id,
        n,
        state,
        assignee: row.maybe_str("assignee")?.map(Agent::from_stored),
        tier: Tier::from_stored(row.str("tier")?),
        kind: maybe_word(row.maybe_str("kind")?, Kind::parse)?,
        onset: codec::word(row.str("onset")?, Occurrence::parse)?,
        channel: codec::word(row.str("channel")?, Channel::parse)?,
        category: row.maybe_str("category")?.map(Category::from_stored),
        opened: row.timestamp("opened")?,
        updated: row.timestamp("updated")?,
        since: row.timestamp("since")?,
        pause_reason: maybe_word(row.maybe_str("pause_reason")?, PauseReason::parse)?,
        wake_at: row.maybe_timestamp("wake_at")?,
        resolved: row.maybe_timestamp("resolved")?,
        closed: row.maybe_timestamp("closed")?,
        code: maybe_word(row.maybe_str("code")?, ClosureCode::parse)?,
        satisfaction: row.maybe_int("satisfaction")?.map(rank).transpose()?,
        reopenings: row.number("reopenings")?,
        escalations: row.number("escalations")?,
        merged_into: row.maybe_int("merged_into")?.map(TicketId),
        rating: rating(row, priority)?,
        key: row.maybe_text("key")?,
        title: row.text("title")?,
        requester: Requester {
            name: row.maybe_text("requester_name")?,
            contact: row.maybe_text("requester_contact")?,
            language: row.maybe_text("requester_language")?,
        },
        clocks: codec::read_clocks(row.str("clocks")?)?,
        next_action_at: row.maybe_timestamp("next_action_at")?,
        origin: match (row.maybe_text("source")?, row.maybe_text("number")?) {
            (Some(source), Some(number)) => Some(ExternalReference { source, number }),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => {
                return Err(StoreError::damaged(
                    "a row has only one of source and number",
                ));
            }
        },
        is_known_error: row.flag("known_error")?,
        is_undone: row.flag("undone")?,
        erased_scopes: erased_scopes(row.int("erased")?),
        tags: carried::read_tags(row.maybe_str("tags")?),
        fields: carried::read_fields(row.maybe_str("fields")?)?,
        checklist: ChecklistProgress {
            done: row.number("checklist_done")?,
            total: row.number("checklist_total")?,
        },
        restricted_to: restricted_to(row)?,
    })
}

/// Scopes of retention as a number, a bit for each.
pub(crate) fn erased_bits<'a>(scopes: impl IntoIterator<Item = &'a RetentionScope>) -> i64 {
    let bits = scopes.into_iter().map(|scope| 1_i64 << *scope as u8);
    bits.fold(0, |all, bit| all | bit)
}

fn erased_scopes(bits: i64) -> BTreeSet<RetentionScope> {
    let all = RetentionScope::ALL.iter().copied();
    all.filter(|scope| bits & (1 << *scope as u8) != 0)
        .collect()
}

fn rating(row: &Row<'_>, priority: Option<i64>) -> Result<Option<Rating>, StoreError> {
    let levels = ["users", "business", "urgency"].map(|name| row.maybe_str(name));
    let [users, business, urgency] = levels;
    match (users?, business?, urgency?, priority) {
        (None, None, None, None) => Ok(None),
        (None, None, None, Some(priority)) => Ok(Some(Rating {
            levels: None,
            priority: Priority::from_rank(rank(priority)?),
        })),
        (Some(users), Some(business), Some(urgency), Some(priority)) => Ok(Some(Rating {
            levels: Some(RatedLevels {
                users: Level::from_stored(users),
                business: Level::from_stored(business),
                urgency: Level::from_stored(urgency),
            }),
            priority: Priority::from_rank(rank(priority)?),
        })),
        (_, _, _, Some(_) | None) => Err(StoreError::damaged("a row has an incomplete rating")),
    }
}

fn rank(number: i64) -> Result<u8, StoreError> {
    u8::try_from(number).map_err(|_| StoreError::damaged(format!("{number} is not a rank")))
}

fn maybe_word<W>(
    found: Option<&str>,
    parse: fn(&str) -> Result<W, UnknownWord>,
) -> Result<Option<W>, StoreError> {
    found.map(|found| codec::word(found, parse)).transpose()
}
