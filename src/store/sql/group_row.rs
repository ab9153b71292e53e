//! The rows of [`super::statements::group_counts`].

use super::super::StoreError;
use super::driver::Row;
use crate::domain::group_counts::{GroupCount, GroupKey};
use crate::domain::priority::Priority;
use crate::domain::vocabulary::Grouping;

/// The group of a row, and its counts.
pub(crate) fn read(by: Grouping, row: &Row<'_>) -> Result<(GroupKey, GroupCount), StoreError> {
    let count = GroupCount {
        open: row.number("open")?,
        overdue: row.number("overdue")?,
        at_risk: row.number("at_risk")?,
        paused: row.number("paused")?,
        resolved: row.number("resolved")?,
        unassigned: row.number("unassigned")?,
        first_due: row.maybe_timestamp("first_due")?,
    };
    Ok((group(by, row)?, count))
}

fn group(by: Grouping, row: &Row<'_>) -> Result<GroupKey, StoreError> {
    match by {
        Grouping::Priority => {
            let rank = row.maybe_int("grouped_by")?.map(u8::try_from).transpose();
            let rank = rank.map_err(|_| StoreError::damaged("a priority is out of range"))?;
            Ok(rank.map_or(GroupKey::None, |rank| {
                GroupKey::Priority(Priority::from_rank(rank))
            }))
        }
        Grouping::Tier | Grouping::Assignee | Grouping::Category => {
            let name = row.maybe_text("grouped_by")?;
            Ok(name.map_or(GroupKey::None, GroupKey::Named))
        }
    }
}
