//! The start screen: what needs attention next, in sections.

use std::collections::BTreeSet;

use super::event::TicketId;
use super::filter::{Condition, OptionalField, Test};
use super::group_counts::GroupCounts;
use super::people::Agent;
use super::privacy::view::RestrictedTickets;
use super::query::{Query, SortKey};
use super::summary::Summary;

/// A section of the start screen, in the order in which they are shown. A ticket
/// is shown in the first one that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StartSection {
    /// The open tickets of an agent.
    Mine(Agent),
    /// Open tickets with somebody who is waiting for an answer, the longest first.
    Unanswered,
    /// Open tickets that nobody has.
    Unassigned,
    /// All open tickets.
    Open,
}

impl StartSection {
    /// Returns the sections for an agent, or for somebody who is none.
    pub(crate) fn all(agent: Option<Agent>) -> Vec<Self> {
        let mine = agent.map(Self::Mine);
        let others = [Self::Unanswered, Self::Unassigned, Self::Open];
        mine.into_iter().chain(others).collect()
    }

    /// Returns the query for its tickets.
    pub(crate) fn query(&self) -> Query {
        let open = Query::open();
        match self {
            Self::Mine(agent) => Query {
                assignees: vec![agent.clone()],
                ..open
            },
            Self::Unanswered => Query {
                conditions: vec![Condition {
                    negated: false,
                    tests: vec![Test::Has(OptionalField::Unanswered)],
                }],
                sort: SortKey::Unanswered,
                ..open
            },
            Self::Unassigned => Query {
                unassigned: true,
                ..open
            },
            // With the numbers of tickets that are restricted to others.
            Self::Open => Query {
                restricted: RestrictedTickets::NumberOnly,
                ..open
            },
        }
    }
}

/// The room that there is for the sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StartRoom {
    /// So many lines, of which each section that is shown takes `extra` besides those
    /// of its tickets.
    Lines { lines: usize, extra: usize },
    /// So many tickets of each section.
    Tickets(u32),
}

impl StartRoom {
    /// Returns how many tickets of one section can be shown at most.
    pub(crate) fn most(self) -> u32 {
        match self {
            Self::Lines { lines, .. } => u32::try_from(lines).unwrap_or(u32::MAX).max(1),
            Self::Tickets(most) => most,
        }
    }

    /// Keeps each ticket in the first section that has it, and as many of each section
    /// as there is room for.
    pub(crate) fn arrange(self, mut sections: Vec<Vec<TicketId>>) -> Vec<Vec<TicketId>> {
        let most = self.most() as usize;
        let mut shown: BTreeSet<TicketId> = BTreeSet::new();
        for section in &mut sections {
            section.retain(|id| !shown.contains(id));
            section.truncate(most);
            shown.extend(section.iter());
        }
        match self {
            Self::Lines { lines, extra } => fit(&mut sections, lines, extra),
            Self::Tickets(_) => {}
        }
        sections
    }
}

/// Keeps as many tickets as fit into `lines`, where each section that is shown has
/// `extra` more lines. The sections take turns, so that none is crowded out by a long
/// one before it.
fn fit(sections: &mut [Vec<TicketId>], lines: usize, extra: usize) {
    let filled = sections.iter().filter(|section| !section.is_empty());
    let mut left = lines.saturating_sub(filled.count() * extra);
    let mut kept = vec![0; sections.len()];
    loop {
        let before = left;
        for (kept, section) in kept.iter_mut().zip(&*sections) {
            // Each keeps one, however small the screen is.
            if *kept < section.len() && (left > 0 || *kept == 0) {
                *kept += 1;
                left = left.saturating_sub(1);
            }
        }
        if left == before || left == 0 {
            break;
        }
    }
    for (section, kept) in sections.iter_mut().zip(kept) {
        section.truncate(kept);
    }
}

/// The tickets of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StartTickets {
    pub(crate) section: StartSection,
    /// Those for which there is room, and that no section before has.
    pub(crate) rows: Vec<Summary>,
    /// How many there are, in other sections too.
    pub(crate) total: u64,
}

/// The start screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StartPage {
    pub(crate) sections: Vec<StartTickets>,
    /// All open tickets by priority.
    pub(crate) counts: GroupCounts,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sections of so many tickets each, no ticket in two.
    fn sections(lengths: &[i64]) -> Vec<Vec<TicketId>> {
        let sections = lengths.iter().zip(1..);
        let ids = |(length, at): (&i64, i64)| {
            (1..=*length).map(move |n| TicketId(100 * at + n)).collect()
        };
        sections.map(ids).collect()
    }

    fn kept(lengths: &[i64], lines: usize) -> Vec<usize> {
        let room = StartRoom::Lines { lines, extra: 2 };
        let kept = room.arrange(sections(lengths));
        kept.iter().map(Vec::len).collect()
    }

    #[test]
    fn sections_share_the_lines_of_the_screen() {
        assert_eq!(kept(&[9, 9, 9], 18), [4, 4, 4]);
        assert_eq!(kept(&[9, 1, 9], 18), [6, 1, 5]);
        assert_eq!(kept(&[1, 0, 2], 18), [1, 0, 2]);
        assert_eq!(kept(&[0, 0, 30], 18), [0, 0, 16]);
    }

    #[test]
    fn a_small_screen_shows_one_ticket_of_each() {
        assert_eq!(kept(&[9, 9, 9], 0), [1, 1, 1]);
        assert_eq!(kept(&[], 0), [0; 0]);
    }

    #[test]
    fn without_a_screen_each_section_shows_as_many() {
        let kept = StartRoom::Tickets(3).arrange(sections(&[9, 2, 30]));
        let lengths: Vec<usize> = kept.iter().map(Vec::len).collect();
        assert_eq!(lengths, [3, 2, 3]);
    }

    #[test]
    fn a_ticket_without_room_in_one_section_is_shown_in_the_next() {
        let ids = |ids: &[i64]| ids.iter().map(|id| TicketId(*id)).collect::<Vec<_>>();
        let found = vec![ids(&[1, 2, 3]), ids(&[1, 2, 3, 4, 5, 6])];
        let kept = StartRoom::Tickets(2).arrange(found.clone());
        // The third has no room in the first section.
        assert_eq!(kept, [ids(&[1, 2]), ids(&[3, 4])]);
        let room = StartRoom::Lines {
            lines: 10,
            extra: 2,
        };
        assert_eq!(room.arrange(found), [ids(&[1, 2, 3]), ids(&[4, 5, 6])]);
    }
}
