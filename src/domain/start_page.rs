//! The start screen: what needs attention next, in sections.

use std::collections::BTreeSet;

use super::event::TicketId;
use super::filter::{Condition, OptionalField, Test};
use super::group_counts::GroupCounts;
use super::people::Agent;
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
            Self::Open => open,
        }
    }
}

/// The tickets of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StartTickets {
    pub(crate) section: StartSection,
    /// The first ones that no section before has.
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

impl StartPage {
    /// Removes tickets that a section before has.
    pub(crate) fn new(mut sections: Vec<StartTickets>, counts: GroupCounts) -> Self {
        let mut shown: BTreeSet<TicketId> = BTreeSet::new();
        for section in &mut sections {
            section.rows.retain(|row| shown.insert(row.id));
        }
        Self { sections, counts }
    }

    /// Keeps as many rows as fit into `lines`, where each section that is shown has
    /// `extra` more lines. The sections take turns, so that none is crowded out by
    /// a long one before it.
    pub(crate) fn fit(&mut self, lines: usize, extra: usize) {
        let filled = self.sections.iter().filter(|one| !one.rows.is_empty());
        let mut left = lines.saturating_sub(filled.count() * extra);
        let mut kept = vec![0; self.sections.len()];
        loop {
            let before = left;
            for (kept, section) in kept.iter_mut().zip(&self.sections) {
                // Each keeps one, however small the screen is.
                if *kept < section.rows.len() && (left > 0 || *kept == 0) {
                    *kept += 1;
                    left = left.saturating_sub(1);
                }
            }
            if left == before || left == 0 {
                break;
            }
        }
        for (section, kept) in self.sections.iter_mut().zip(kept) {
            section.rows.truncate(kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vocabulary::Grouping;
    use crate::testing::store::fixtures;

    fn summary(id: i64) -> Summary {
        fixtures::summary(&fixtures::opening(id, "VPN drops"))
    }

    fn page(lengths: &[usize]) -> StartPage {
        let sections = lengths.iter().enumerate().map(|(at, length)| {
            let first = at as i64 * 100;
            StartTickets {
                section: StartSection::Open,
                rows: (1..=*length as i64).map(|n| summary(first + n)).collect(),
                total: *length as u64,
            }
        });
        let counts = GroupCounts {
            by: Grouping::Priority,
            groups: Vec::new(),
        };
        StartPage::new(sections.collect(), counts)
    }

    fn kept(lengths: &[usize], lines: usize) -> Vec<usize> {
        let mut page = page(lengths);
        page.fit(lines, 2);
        page.sections.iter().map(|one| one.rows.len()).collect()
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
    fn a_ticket_is_shown_once() {
        let row = summary(7);
        let section = |rows: &[&Summary]| StartTickets {
            section: StartSection::Open,
            rows: rows.iter().map(|row| (*row).clone()).collect(),
            total: rows.len() as u64,
        };
        let other = summary(8);
        let page = StartPage::new(
            vec![section(&[&row]), section(&[&row, &other])],
            page(&[]).counts,
        );
        let ids = |at: usize| page.sections[at].rows.iter().map(|row| row.id.0).collect();
        let ids: [Vec<i64>; 2] = [ids(0), ids(1)];
        assert_eq!(ids, [vec![7], vec![8]]);
        assert_eq!(page.sections[1].total, 2);
    }
}
