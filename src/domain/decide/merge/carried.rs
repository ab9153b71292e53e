//! What a merged ticket carries: its tags, its fields and what is left of its
//! checklist go to the surviving ticket, and come back when the merge is undone.

use super::Decisions;
use crate::domain::checklist::{ChecklistItem, MAX_ITEMS};
use crate::domain::custom_field::FieldValue;
use crate::domain::decide::decision::Decision;
use crate::domain::event::{BroughtAlong, Event, Fact, TicketId};
use crate::domain::rejection::Rejection;
use crate::domain::tag::{MAX_TAGS, Tag};
use crate::domain::text::ERASED;
use crate::domain::ticket::{Ticket, without_effect};
use crate::domain::vocabulary::ChecklistMark;

/// Takes over what the surviving ticket does not have itself. What is more than a
/// ticket can have stays on the merged one.
pub(super) fn take_over(remaining: &mut Decision<'_>, ticket: &Ticket) -> BroughtAlong {
    let mut brought = BroughtAlong::default();
    if !may_be_seen(ticket, &remaining.ticket) {
        return brought;
    }
    let first = remaining.ticket.n + 1;
    let known = &remaining.ticket.tags;
    let room = MAX_TAGS.saturating_sub(known.len());
    let tags = ticket.tags.iter().filter(|tag| !known.contains(tag));
    let added: Vec<Tag> = tags.take(room).cloned().collect();
    if !added.is_empty() {
        let removed = Vec::new();
        remaining.record(Fact::Tagged { added, removed });
    }
    let missing = ticket
        .fields
        .iter()
        .filter(|field| field.value != ERASED && remaining.ticket.field(&field.name).is_none());
    let values: Vec<FieldValue> = missing.cloned().collect();
    if !values.is_empty() {
        let cleared = Vec::new();
        remaining.record(Fact::FieldsSet { values, cleared });
    }
    let last = remaining.ticket.checklist.last;
    let room = MAX_ITEMS.saturating_sub(usize::try_from(last).unwrap_or(MAX_ITEMS));
    let known = &remaining.ticket.checklist.items;
    let left = ticket.checklist.items.iter().filter(|item| {
        !item.done && item.text != ERASED && !known.iter().any(|one| is_same(one, item))
    });
    let (numbers, items): (Vec<u32>, Vec<String>) = left
        .take(room)
        .map(|item| (item.number, item.text.clone()))
        .unzip();
    if !items.is_empty() {
        let first = last + 1;
        remaining.record(Fact::ChecklistAdded { first, items });
    }
    brought.carried = (first..=remaining.ticket.n).collect();
    brought.items = numbers;
    brought
}

/// Whether everybody who sees the surviving ticket also sees the merged one: else
/// what that one carries stays there.
fn may_be_seen(ticket: &Ticket, survivor: &Ticket) -> bool {
    let (few, many) = (&ticket.restricted_to, &survivor.restricted_to);
    few.is_empty() || (!many.is_empty() && many.iter().all(|agent| few.contains(agent)))
}

fn is_same(one: &ChecklistItem, other: &ChecklistItem) -> bool {
    one.text.trim().to_lowercase() == other.text.trim().to_lowercase()
}

/// What a ticket has from those that were merged into it, as far as it was not
/// changed by hand since.
#[derive(Default)]
struct FromMerges {
    tags: Vec<Tag>,
    fields: Vec<FieldValue>,
    /// The numbers of items.
    items: Vec<u32>,
}

impl FromMerges {
    fn of(ticket: &Ticket) -> Self {
        let nothing = without_effect(ticket.history());
        let effective = ticket.history().iter();
        let effective = effective.filter(|event| !nothing.contains(&event.n));
        let mut carrying: Vec<u32> = Vec::new();
        for event in effective.clone() {
            if let Fact::MergedFrom { brought, .. } = &event.fact {
                carrying.extend(&brought.carried);
            }
        }
        let mut all = Self::default();
        for Event { n, fact, .. } in effective {
            let is_carrying = carrying.contains(n);
            if let Fact::Tagged { added, removed } = fact {
                all.tags.retain(|tag| !removed.contains(tag));
                all.tags
                    .extend(added.iter().filter(|_| is_carrying).cloned());
            } else if let Fact::FieldsSet { values, cleared } = fact {
                all.fields.retain(|known| {
                    let is_set = values.iter().any(|value| value.name == known.name);
                    !is_set && !cleared.contains(&known.name)
                });
                let brought = values.iter().filter(|_| is_carrying);
                all.fields.extend(brought.cloned());
            } else if let (Fact::ChecklistAdded { first, items }, true) = (fact, is_carrying) {
                all.items.extend((*first..).take(items.len()));
            }
        }
        all
    }

    /// Removes what none of the tickets that are still merged has.
    fn give_up(&self, others: &[Ticket], remaining: &mut Decision<'_>) {
        let known = &remaining.ticket;
        let tags = self.tags.iter().filter(|tag| {
            known.tags.contains(tag) && !others.iter().any(|other| other.tags.contains(tag))
        });
        let removed: Vec<Tag> = tags.cloned().collect();
        let fields = self.fields.iter().filter(|field| {
            let has = |ticket: &Ticket| ticket.field(&field.name) == Some(field);
            has(known) && !others.iter().any(has)
        });
        let cleared: Vec<String> = fields.map(|field| field.name.clone()).collect();
        let open = known.checklist.items.iter().filter(|item| {
            let has = |other: &Ticket| {
                let mut items = other.checklist.items.iter();
                items.any(|one| !one.done && is_same(one, item))
            };
            !item.done && self.items.contains(&item.number) && !others.iter().any(has)
        });
        let items: Vec<u32> = open.map(|item| item.number).collect();
        if !removed.is_empty() {
            let added = Vec::new();
            remaining.record_by_desk(Fact::Tagged { added, removed });
        }
        if !cleared.is_empty() {
            let values = Vec::new();
            remaining.record_by_desk(Fact::FieldsSet { values, cleared });
        }
        if !items.is_empty() {
            let mark = ChecklistMark::Dropped;
            remaining.record_by_desk(Fact::ChecklistMarked { items, mark });
        }
    }
}

/// Returns what a merged ticket carried: the survivors give up what none of the
/// tickets has that are still merged. Of its checklist, what was done or dropped on
/// the last of them is so on the ticket as well.
pub(super) fn give_back(
    ticket: &Ticket,
    (chain, still_merged): (&[Ticket], &[Ticket]),
    decisions: &mut Decisions<'_>,
) -> Result<(), Rejection> {
    if let Some(last) = chain.last() {
        let items = standing_for(ticket, chain);
        let there = decisions.on(last)?.ticket.checklist.items.clone();
        mark_as_there(&items, &there, decisions.on(ticket)?);
    }
    let mut before: Vec<Ticket> = Vec::new();
    for holder in chain {
        let others = still_merged
            .iter()
            .chain(&before)
            .filter(|other| holder.merged_ticket(other.id).is_some() && may_be_seen(other, holder));
        let others: Vec<Ticket> = others.cloned().collect();
        let remaining = decisions.on(holder)?;
        FromMerges::of(holder).give_up(&others, remaining);
        before.push(remaining.ticket.clone());
    }
    Ok(())
}

/// The numbers of the items that a merged ticket brought, each with the number of
/// the one that stands for it on the last ticket of the chain.
fn standing_for(ticket: &Ticket, chain: &[Ticket]) -> Vec<(u32, u32)> {
    let numbers = ticket.checklist.items.iter().map(|item| item.number);
    let mut items: Vec<(u32, u32)> = numbers.map(|number| (number, number)).collect();
    let mut from = ticket.id;
    for holder in chain {
        let there = brought_items(holder, from);
        let next = items.iter().filter_map(|(own, before)| {
            let mut there = there.iter();
            let (_, here) = there.find(|(number, _)| number == before)?;
            Some((*own, *here))
        });
        items = next.collect();
        from = holder.id;
    }
    items
}

/// The numbers of the items that came with a ticket, there and here.
fn brought_items(holder: &Ticket, from: TicketId) -> Vec<(u32, u32)> {
    let Some(merged) = holder.merged_ticket(from) else {
        return Vec::new();
    };
    let BroughtAlong { carried, items, .. } = &merged.brought;
    let events = holder.history().iter();
    let mut added = events.filter(|event| carried.contains(&event.n));
    let first = added.find_map(|event| {
        if let Fact::ChecklistAdded { first, .. } = event.fact {
            Some(first)
        } else {
            None
        }
    });
    let here = first.into_iter().flat_map(|first| first..);
    items.iter().copied().zip(here).collect()
}

/// Marks the items of a ticket as those were marked that stood for them on the
/// surviving one.
fn mark_as_there(items: &[(u32, u32)], there: &[ChecklistItem], ticket: &mut Decision<'_>) {
    let (mut done, mut dropped) = (Vec::new(), Vec::new());
    for (own, here) in items {
        let is_open = |item: &&ChecklistItem| item.number == *own && !item.done;
        if !ticket
            .ticket
            .checklist
            .items
            .iter()
            .any(|item| is_open(&item))
        {
            continue;
        }
        match there.iter().find(|item| item.number == *here) {
            Some(item) if item.done => done.push(*own),
            Some(_) => {}
            None => dropped.push(*own),
        }
    }
    for (items, mark) in [
        (done, ChecklistMark::Done),
        (dropped, ChecklistMark::Dropped),
    ] {
        if !items.is_empty() {
            ticket.record_by_desk(Fact::ChecklistMarked { items, mark });
        }
    }
}
