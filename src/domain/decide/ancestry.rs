//! The tickets above a ticket: its parents, their parents, and so on.

use std::collections::BTreeMap;

use crate::domain::event::TicketId;

/// The parents of every ticket in and above a ticket, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Ancestry {
    parents: BTreeMap<TicketId, Vec<TicketId>>,
}

impl Ancestry {
    /// Follows the parents upwards from some tickets. Each ticket is asked once,
    /// so this ends even if parents already form a cycle.
    ///
    /// # Errors
    /// What `parents_of` returns.
    pub(crate) fn above<E>(
        starts: &[TicketId],
        mut parents_of: impl FnMut(TicketId) -> Result<Vec<TicketId>, E>,
    ) -> Result<Self, E> {
        let mut parents = BTreeMap::new();
        let mut open = starts.to_vec();
        while let Some(id) = open.pop() {
            if parents.contains_key(&id) {
                continue;
            }
            let above = parents_of(id)?;
            open.extend(&above);
            parents.insert(id, above);
        }
        Ok(Self { parents })
    }

    /// Adds a parent.
    pub(super) fn add(&mut self, child: TicketId, parent: TicketId) {
        self.parents.entry(child).or_default().push(parent);
    }

    /// Removes a parent.
    pub(super) fn remove(&mut self, child: TicketId, parent: TicketId) {
        if let Some(parents) = self.parents.get_mut(&child) {
            parents.retain(|known| *known != parent);
        }
    }

    /// A shortest path of parents from one ticket up to another one, both
    /// included.
    pub(crate) fn path(&self, from: TicketId, to: TicketId) -> Option<Vec<TicketId>> {
        let mut below = BTreeMap::new();
        let mut level = vec![from];
        while !level.is_empty() && !below.contains_key(&to) {
            let mut next = Vec::new();
            for id in level {
                for parent in self.parents.get(&id).into_iter().flatten() {
                    if *parent != from && !below.contains_key(parent) {
                        below.insert(*parent, id);
                        next.push(*parent);
                    }
                }
            }
            level = next;
        }
        let mut path = vec![to];
        let mut last = to;
        while last != from {
            last = *below.get(&last)?;
            path.push(last);
        }
        path.reverse();
        Some(path)
    }
}
