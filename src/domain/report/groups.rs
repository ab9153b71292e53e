//! The groups that a ticket is counted in.

use super::credits::Credits;
use crate::domain::group_counts::GroupKey;
use crate::domain::people::Agent;
use crate::domain::priority::Rating;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::{Breakdown, Kind};

pub(super) fn month_key((year, month): (i32, u32)) -> GroupKey {
    GroupKey::Named(format!("{year:04}-{month:02}"))
}

/// Returns the keys of a ticket: one of each but tags; by month there is none.
pub(super) fn group_keys(row: &Summary, by: Breakdown, credits: &Credits) -> Vec<GroupKey> {
    let named = match by {
        Breakdown::Priority => {
            let rating = row.rating.as_ref();
            let priority = |rating: &Rating| GroupKey::Priority(rating.priority);
            return vec![rating.map_or(GroupKey::None, priority)];
        }
        Breakdown::Tag if !row.tags.is_empty() => {
            let tags = row.tags.iter();
            return tags.map(|tag| GroupKey::Named(tag.to_string())).collect();
        }
        Breakdown::Tag => None,
        Breakdown::Month => None,
        Breakdown::Tier => Some(row.tier.as_str()),
        Breakdown::Assignee => row.assignee.as_ref().map(Agent::as_str),
        Breakdown::Category => row.category.as_ref().map(|category| category.as_str()),
        Breakdown::Channel => Some(row.channel.as_str()),
        Breakdown::Kind => row.kind.map(Kind::as_str),
        Breakdown::Responder => credits.responder(row).map(Agent::as_str),
        Breakdown::Resolver => credits.resolver(row).map(Agent::as_str),
    };
    vec![named.map_or(GroupKey::None, |name| GroupKey::Named(name.to_owned()))]
}
