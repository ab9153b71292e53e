//! Two tickets: merging, undoing a merge, linking.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::domain::decide::{Ancestry, link, merge, parent_in, unlink, unmerge};
use crate::domain::event::{Event, TicketId};
use crate::domain::rejection::Rejection;
use crate::domain::vocabulary::{ClosureCode, Relation, State};
use crate::testing::ticket_story::{TicketStory, desk, kinds};

fn both(pair: Result<(Vec<Event>, Vec<Event>), Rejection>) -> (String, String) {
    let (here, there) = pair.unwrap();
    (kinds(&here), kinds(&there))
}

/// Links two tickets that have no links above them.
fn link_pair(
    ticket: &TicketStory,
    relation: Relation,
    other: &TicketStory,
) -> Result<(Vec<Event>, Vec<Event>), Rejection> {
    let nothing_above = Ancestry::default();
    link(
        ticket.ticket(),
        relation,
        other.ticket(),
        &nothing_above,
        &ticket.ctx(),
    )
}

fn nothing() -> (String, String) {
    ("-".to_owned(), "-".to_owned())
}

/// Merges the first into the second.
fn merged(mut gone: TicketStory, mut stays: TicketStory) -> (TicketStory, TicketStory) {
    let (here, there) = merge(gone.ticket(), stays.ticket(), &gone.ctx()).unwrap();
    gone.take(here);
    stays.take(there);
    (gone, stays)
}

fn two() -> (TicketStory, TicketStory) {
    (desk().open_at(3), desk().number(2).open_at(3))
}

#[test]
fn merging_closes_one_as_a_duplicate_and_the_other_absorbs_it() {
    let (one, two) = two();
    assert_eq!(
        both(merge(one.ticket(), two.ticket(), &one.ctx())),
        ("merged".to_owned(), "absorbed".to_owned())
    );
    let (one, two) = merged(one, two);
    assert_eq!(one.ticket().status.state(), State::Closed);
    assert_eq!(one.ticket().merged_into(), Some(TicketId(2)));
    assert_eq!(two.ticket().merged_tickets, [TicketId(1)]);
    let row = one.summary();
    assert_eq!(row.code, Some(ClosureCode::Duplicate));
    assert_eq!(row.merged_into, Some(TicketId(2)));
    assert!(!row.is_open());
}

#[test]
fn a_ticket_cannot_be_merged_into_itself() {
    let (one, _) = two();
    let refusal = merge(one.ticket(), one.ticket(), &one.ctx()).unwrap_err();
    assert_eq!(refusal.to_string(), "#1 cannot be merged into itself");
}

#[test]
fn merging_again_into_the_same_ticket_changes_nothing() {
    let (one, two) = two();
    let (one, two) = merged(one, two);
    assert_eq!(
        both(merge(one.ticket(), two.ticket(), &one.ctx())),
        nothing()
    );
}

#[test]
fn a_merge_into_a_merged_ticket_names_the_next_of_the_chain() {
    let (one, two) = two();
    let (two, three) = merged(two, desk().number(3).open());
    let refusal = merge(one.ticket(), two.ticket(), &one.ctx()).unwrap_err();
    assert_eq!(refusal.to_string(), "#2 was merged into #3");
    let (one, _) = merged(one, three);
    assert_eq!(one.ticket().merged_into(), Some(TicketId(3)));
}

#[test]
fn a_merge_never_makes_a_cycle() {
    let (one, two) = two();
    let (one, two) = merged(one, two);
    let refusal = merge(two.ticket(), one.ticket(), &one.ctx()).unwrap_err();
    assert_eq!(refusal.to_string(), "#1 was merged into #2");
}

#[test]
fn a_closed_ticket_takes_no_part_in_a_merge() {
    let (one, two) = two();
    let one = one.resolve().close();
    for (gone, stays) in [(&one, &two), (&two, &one)] {
        let refusal = merge(gone.ticket(), stays.ticket(), &one.ctx()).unwrap_err();
        assert_eq!(
            refusal.to_string(),
            "#1 is closed: only open tickets can be merged"
        );
        assert_eq!(refusal.hint(), "desk reopen 1 REASON");
    }
}

#[test]
fn a_resolved_ticket_that_is_merged_keeps_its_met_target() {
    let (one, two) = two();
    let (one, _) = merged(one.at("10:00").resolve(), two);
    assert!(one.resolution("20:00").starts_with("met, used 1h"));
    assert_eq!(one.clocks().next_due(), None);
}

#[test]
fn a_reopened_ticket_parts_from_its_survivor_once() {
    let (one, two) = two();
    let (one, mut two) = merged(one, two);
    let one = one.at("11:00").reopen();
    assert_eq!(one.ticket().status.state(), State::Active);
    assert_eq!(one.ticket().merged_into(), None);
    let ctx = one.ctx();
    let events = unmerge(two.ticket(), TicketId(1), &ctx).unwrap();
    assert_eq!(kinds(&events), "parted");
    two.take(events);
    assert!(two.ticket().merged_tickets.is_empty());
    assert_eq!(unmerge(two.ticket(), TicketId(1), &ctx), Ok(Vec::new()));
}

#[test]
fn a_merge_into_a_ticket_that_was_then_merged_can_be_undone() {
    let (one, two) = two();
    let (one, two) = merged(one, two);
    let (two, _) = merged(two, desk().number(3).open());
    let events = unmerge(two.ticket(), TicketId(1), &one.ctx()).unwrap();
    assert_eq!(kinds(&events), "parted");
}

#[test]
fn a_link_is_on_both_tickets_each_from_its_side() {
    let (mut one, mut two) = two();
    let (here, there) = link_pair(&one, Relation::Parent, &two).unwrap();
    one.take(here);
    two.take(there);
    assert_eq!(one.ticket().links, [(Relation::Parent, TicketId(2))]);
    assert_eq!(two.ticket().links, [(Relation::Child, TicketId(1))]);
    assert_eq!(both(link_pair(&one, Relation::Parent, &two)), nothing());
    assert_eq!(
        both(unlink(
            one.ticket(),
            Relation::Related,
            two.ticket(),
            &one.ctx()
        )),
        nothing()
    );
    let (here, there) = unlink(two.ticket(), Relation::Child, one.ticket(), &one.ctx()).unwrap();
    two.take(here);
    one.take(there);
    assert!(one.ticket().links.is_empty() && two.ticket().links.is_empty());
}

#[test]
fn a_ticket_cannot_be_linked_to_itself() {
    let (one, _) = two();
    for relation in [Relation::Parent, Relation::Child, Relation::Related] {
        let linked = link_pair(&one, relation, &one);
        let unlinked = unlink(one.ticket(), relation, one.ticket(), &one.ctx());
        for refused in [linked, unlinked] {
            let refusal = refused.unwrap_err();
            assert_eq!(refusal.to_string(), "#1 cannot be linked to itself");
        }
    }
}

#[test]
fn linking_is_no_step_of_work() {
    let (mut one, two) = two();
    let (here, _) = link_pair(&one, Relation::Related, &two).unwrap();
    one.take(here);
    assert_eq!(one.ticket().status.state(), State::New);
}

/// Tickets #1 to #5 and their links.
struct Family(Vec<TicketStory>);

impl Family {
    fn new() -> Self {
        Self((1..=5).map(|id| desk().number(id).open()).collect())
    }

    fn story(&mut self, id: i64) -> &mut TicketStory {
        &mut self.0[usize::try_from(id - 1).unwrap()]
    }

    fn parents(&self, id: TicketId) -> Vec<TicketId> {
        let story = self.0.iter().find(|story| story.ticket().id == id).unwrap();
        let links = story.ticket().links.iter();
        let parents = links.filter(|(relation, _)| *relation == Relation::Parent);
        parents.map(|(_, parent)| *parent).collect()
    }

    fn ancestry(&self, id: TicketId) -> Ancestry {
        Ancestry::above(id, |id| Ok::<_, ()>(self.parents(id))).unwrap()
    }

    /// Links two tickets, or removes the link, and records the events.
    fn relate(
        &mut self,
        id: i64,
        relation: Relation,
        other: i64,
        remove: bool,
    ) -> Result<(), Rejection> {
        let parent = parent_in(TicketId(id), relation, TicketId(other));
        let ancestry = parent.map_or_else(Ancestry::default, |parent| self.ancestry(parent));
        let (here, there) = (self.story(id).clone(), self.story(other).clone());
        let (ticket, against) = (here.ticket(), there.ticket());
        let (ours, theirs) = if remove {
            unlink(ticket, relation, against, &here.ctx())?
        } else {
            link(ticket, relation, against, &ancestry, &here.ctx())?
        };
        self.story(id).take(ours);
        self.story(other).take(theirs);
        Ok(())
    }

    fn parent(&mut self, child: i64, parent: i64) -> Result<(), Rejection> {
        self.relate(child, Relation::Parent, parent, false)
    }

    /// Links without asking whether the link is allowed, as older versions did.
    fn force_parent(&mut self, child: i64, parent: i64) {
        let (here, there) = (self.story(child).clone(), self.story(parent).clone());
        let linked = link_pair(&here, Relation::Parent, &there).unwrap();
        self.story(child).take(linked.0);
        self.story(parent).take(linked.1);
    }
}

#[test]
fn a_cycle_of_parents_is_refused_with_its_path() {
    let mut family = Family::new();
    family.parent(1, 2).unwrap();
    family.parent(2, 3).unwrap();
    let from_below = family.parent(3, 1).unwrap_err();
    let from_above = family.relate(1, Relation::Child, 3, false).unwrap_err();
    assert_eq!(from_below, from_above);
    assert_eq!(
        from_below.to_string(),
        "#1 cannot be the parent of #3, which is above it: #1 > #2 > #3"
    );
    assert_eq!(
        from_below.hint(),
        "remove a link of that path first, such as: desk link 1 --parent 2 --remove"
    );
    // A second way up is no cycle.
    family.parent(1, 3).unwrap();
    family.relate(1, Relation::Related, 3, false).unwrap();
}

#[test]
fn a_cycle_that_exists_already_can_be_removed() {
    let mut family = Family::new();
    for (child, parent) in [(1, 2), (2, 3), (3, 1)] {
        family.force_parent(child, parent);
    }
    // Nothing loops, and what is linked already stays unchanged.
    family.parent(3, 1).unwrap();
    family.parent(4, 1).unwrap();
    assert!(family.parent(2, 4).is_err());
    family.relate(3, Relation::Parent, 1, true).unwrap();
    assert_eq!(
        family.ancestry(TicketId(1)).path(TicketId(1), TicketId(1)),
        Some(vec![TicketId(1)])
    );
    assert!(family.parent(3, 1).is_err());
}

/// Whether a ticket is above another one, by multiplying out all links.
fn reachable(edges: &BTreeSet<(i64, i64)>, from: i64, to: i64) -> bool {
    let mut reached = edges.clone();
    for _ in 1..=5 {
        let longer: Vec<_> = reached
            .iter()
            .flat_map(|(a, b)| {
                edges
                    .iter()
                    .filter(move |(c, _)| b == c)
                    .map(move |(_, d)| (*a, *d))
            })
            .collect();
        reached.extend(longer);
    }
    reached.contains(&(from, to))
}

proptest! {
    #[test]
    fn links_never_form_a_cycle_of_parents(
        steps in prop::collection::vec((1..=5_i64, 0..3_usize, 1..=5_i64, prop::bool::weighted(0.2)), 1..40),
    ) {
        let mut family = Family::new();
        let mut edges = BTreeSet::new();
        for (id, relation, other, remove) in steps {
            let relation = [Relation::Parent, Relation::Child, Relation::Related][relation];
            let decided = family.relate(id, relation, other, remove);
            let edge = match relation {
                Relation::Parent => Some((id, other)),
                Relation::Child => Some((other, id)),
                Relation::Related | Relation::FollowUp | Relation::Previous => None,
            };
            let closes = !remove && edge.is_some_and(|(child, parent)| reachable(&edges, parent, child));
            prop_assert_eq!(decided.is_err(), id == other || closes, "{:?}", decided);
            if let (Some(edge), Ok(())) = (edge, &decided) {
                if remove {
                    edges.remove(&edge);
                } else {
                    edges.insert(edge);
                }
            }
            for ticket in 1..=5 {
                prop_assert!(!reachable(&edges, ticket, ticket));
                let parents: BTreeSet<_> = family.parents(TicketId(ticket)).into_iter().collect();
                let expected = edges.iter().filter(|(child, _)| *child == ticket);
                prop_assert_eq!(parents, expected.map(|(_, parent)| TicketId(*parent)).collect());
            }
        }
    }

    #[test]
    fn merges_never_form_a_cycle(steps in prop::collection::vec((1..=4_i64, 1..=4_i64, any::<bool>()), 1..30)) {
        let mut family = Family::new();
        for (id, into, undo) in steps {
            let (gone, stays) = (family.story(id).clone(), family.story(into).clone());
            if undo {
                *family.story(id) = gone.reopen();
            } else if let Ok((here, there)) = merge(gone.ticket(), stays.ticket(), &gone.ctx()) {
                family.story(id).take(here);
                family.story(into).take(there);
            }
            for start in 1..=4 {
                let mut at = TicketId(start);
                let mut hops = 0;
                while let Some(next) = family.story(at.0).ticket().merged_into() {
                    at = next;
                    hops += 1;
                    prop_assert!(hops < 5, "the merges from #{start} form a cycle");
                }
            }
        }
    }
}

#[test]
fn the_oracle_sees_a_cycle() {
    let chain = BTreeSet::from([(1, 2), (2, 3)]);
    assert!(reachable(&chain, 1, 3) && !reachable(&chain, 3, 1));
    let cycle = BTreeSet::from([(1, 2), (2, 3), (3, 1)]);
    assert!(reachable(&cycle, 1, 1));
}
