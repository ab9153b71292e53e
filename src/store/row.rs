//! A ticket's summary as the columns of its row, and back. Knows no statement
//! but the order of their columns.

use super::StoreError;
use super::codec;
use super::driver::{Row, Value, damaged};
use crate::domain::category::Category;
use crate::domain::event::TicketId;
use crate::domain::external_record::ExternalReference;
use crate::domain::people::{Agent, Requester, Tier};
use crate::domain::priority::{Level, Priority, Rating};
use crate::domain::summary::Summary;
use crate::domain::vocabulary::{
    Channel, ClosureCode, Kind, Occurrence, PauseReason, State, UnknownWord,
};

/// The row of a ticket, in the order of [`super::sql::COLUMNS`].
pub(super) fn values(summary: &Summary) -> Vec<Value> {
    let Summary {
        id,
        n,
        title,
        state,
        since,
        pause_reason: awaited,
        wake_at: wake,
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
        next_action_at: act,
        is_known_error: known,
    } = summary;
    let Requester {
        name,
        contact,
        language,
    } = requester;
    let rating = rating.as_ref();
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
        awaited.map(PauseReason::as_str).into(),
        (*wake).into(),
        (*resolved).into(),
        (*closed).into(),
        code.map(ClosureCode::as_str).into(),
        satisfaction.map(i64::from).into(),
        (*reopenings).into(),
        (*escalations).into(),
        merged_into.map(|id| id.0).into(),
        rating.map(|r| r.users.as_str()).into(),
        rating.map(|r| r.business.as_str()).into(),
        rating.map(|r| r.urgency.as_str()).into(),
        key.as_deref().into(),
        title.as_str().into(),
        title.to_lowercase().into(),
        name.as_deref().into(),
        contact.as_deref().into(),
        language.as_deref().into(),
        summary.requester_text().to_lowercase().into(),
        codec::write_clocks(clocks).into(),
        (*act).into(),
        origin.as_ref().map(|o| o.source.as_str()).into(),
        origin.as_ref().map(|o| o.number.as_str()).into(),
        (*known).into(),
    ]
}

/// Reads the row of a ticket.
///
/// # Errors
/// [`StoreError::Damaged`] when a column holds what is never written there.
pub(super) fn summary(mut row: Row) -> Result<Summary, StoreError> {
    let id = TicketId(row.int()?);
    let n = row.small()?;
    row.int()?;
    let state = word(&row.text()?, State::parse)?;
    row.maybe_int()?;
    row.maybe_int()?;
    let priority = row.maybe_int()?;
    let assignee = row.maybe_text()?.map(|name| Agent::from_stored(&name));
    let tier = Tier::from_stored(&row.text()?);
    let kind = maybe_word(&mut row, Kind::parse)?;
    let onset = word(&row.text()?, Occurrence::parse)?;
    let channel = word(&row.text()?, Channel::parse)?;
    let category = row.maybe_text()?.map(|path| Category::from_stored(&path));
    let opened = row.moment()?;
    let updated = row.moment()?;
    let since = row.moment()?;
    let awaited = maybe_word(&mut row, PauseReason::parse)?;
    let wake = row.maybe_moment()?;
    let resolved = row.maybe_moment()?;
    let closed = row.maybe_moment()?;
    let code = maybe_word(&mut row, ClosureCode::parse)?;
    let satisfaction = row.maybe_int()?.map(rank).transpose()?;
    let reopenings = row.small()?;
    let escalations = row.small()?;
    let merged_into = row.maybe_int()?.map(TicketId);
    let levels = [row.maybe_text()?, row.maybe_text()?, row.maybe_text()?];
    let key = row.maybe_text()?;
    let title = row.text()?;
    row.text()?;
    let requester = Requester {
        name: row.maybe_text()?,
        contact: row.maybe_text()?,
        language: row.maybe_text()?,
    };
    row.text()?;
    let clocks = codec::read_clocks(&row.text()?)?;
    let act = row.maybe_moment()?;
    let origin = match (row.maybe_text()?, row.maybe_text()?) {
        (Some(source), Some(number)) => Some(ExternalReference { source, number }),
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => return Err(damaged("a row has half an origin")),
    };
    let known = row.int()? != 0;
    Ok(Summary {
        id,
        n,
        title,
        state,
        since,
        pause_reason: awaited,
        wake_at: wake,
        kind,
        onset,
        channel,
        requester,
        category,
        rating: rating(levels, priority)?,
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
        next_action_at: act,
        is_known_error: known,
    })
}

fn rating(
    levels: [Option<String>; 3],
    priority: Option<i64>,
) -> Result<Option<Rating>, StoreError> {
    match (levels, priority) {
        ([None, None, None], None) => Ok(None),
        ([Some(users), Some(business), Some(urgency)], Some(priority)) => Ok(Some(Rating {
            users: Level::new(&users),
            business: Level::new(&business),
            urgency: Level::new(&urgency),
            priority: Priority::from_rank(rank(priority)?),
        })),
        (_, Some(_) | None) => Err(damaged("a row has half a rating")),
    }
}

fn rank(number: i64) -> Result<u8, StoreError> {
    u8::try_from(number).map_err(|_| damaged(format!("{number} is no rank")))
}

fn word<W>(found: &str, parse: fn(&str) -> Result<W, UnknownWord>) -> Result<W, StoreError> {
    parse(found).map_err(|fault| damaged(fault.to_string()))
}

fn maybe_word<W>(
    row: &mut Row,
    parse: fn(&str) -> Result<W, UnknownWord>,
) -> Result<Option<W>, StoreError> {
    row.maybe_text()?
        .map(|found| word(&found, parse))
        .transpose()
}
