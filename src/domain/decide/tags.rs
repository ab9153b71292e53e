//! Tags.

use super::decision::Decision;
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::tag::{MAX_TAGS, Tag};

/// Puts tags on the ticket that it does not have, and removes those that it has.
///
/// # Errors
/// [`Rejection::TooMany`] if it would have more than [`MAX_TAGS`], and
/// [`Rejection::TagBothWays`] for a tag that is to be added and removed.
pub(super) fn tag(
    decision: &mut Decision<'_>,
    mut add: Vec<Tag>,
    mut remove: Vec<Tag>,
) -> Result<(), Rejection> {
    let known = &decision.ticket.tags;
    if let Some(tag) = add.iter().find(|tag| remove.contains(tag)) {
        let tag = tag.clone();
        return Err(Rejection::TagBothWays { tag });
    }
    add.retain(|tag| !known.contains(tag));
    remove.retain(|tag| known.contains(tag));
    for tags in [&mut add, &mut remove] {
        tags.sort();
        tags.dedup();
    }
    if add.is_empty() && remove.is_empty() {
        return Ok(());
    }
    if !add.is_empty() && known.len() + add.len() - remove.len() > MAX_TAGS {
        return Err(Rejection::TooMany {
            id: decision.ticket.id,
            what: "tags",
            most: MAX_TAGS,
        });
    }
    decision.record(Fact::Tagged {
        added: add,
        removed: remove,
    });
    Ok(())
}
