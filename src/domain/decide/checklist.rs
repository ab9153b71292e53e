//! The checklist of a ticket.

use super::decision::Decision;
use crate::domain::checklist::MAX_ITEMS;
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::vocabulary::ChecklistMark;

/// Adds items, which are not done.
///
/// # Errors
/// [`Rejection::TooMany`] if the ticket would get more than [`MAX_ITEMS`].
pub(super) fn add(decision: &mut Decision<'_>, items: Vec<String>) -> Result<(), Rejection> {
    if items.is_empty() {
        return Ok(());
    }
    let last = decision.ticket.checklist.last;
    let known = usize::try_from(last).unwrap_or(usize::MAX);
    if known.saturating_add(items.len()) > MAX_ITEMS {
        return Err(Rejection::TooMany {
            id: decision.ticket.id,
            what: "items of a checklist",
            most: MAX_ITEMS,
        });
    }
    let first = last + 1;
    decision.record(Fact::ChecklistAdded { first, items });
    Ok(())
}

/// Marks items that are not marked so.
///
/// # Errors
/// [`Rejection::NoSuch`] for a number that there is not.
pub(super) fn mark(
    decision: &mut Decision<'_>,
    numbers: &[u32],
    mark: ChecklistMark,
) -> Result<(), Rejection> {
    let mut marked = Vec::new();
    for number in numbers {
        let mut items = decision.ticket.checklist.items.iter();
        let item = items.find(|item| item.number == *number);
        let item = item.ok_or(Rejection::NoSuch {
            id: decision.ticket.id,
            what: "item",
            number: *number,
        })?;
        let is_so = match mark {
            ChecklistMark::Done => item.done,
            ChecklistMark::Open => !item.done,
            ChecklistMark::Dropped => false,
        };
        if !is_so && !marked.contains(number) {
            marked.push(*number);
        }
    }
    if !marked.is_empty() {
        decision.record(Fact::ChecklistMarked {
            items: marked,
            mark,
        });
    }
    Ok(())
}
