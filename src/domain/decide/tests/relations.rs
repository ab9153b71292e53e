//! Two tickets: linking.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::domain::decide::{Ancestry, link, parent_in, unlink};
use crate::domain::event::{Event, TicketId};
use crate::domain::rejection::Rejection;
use crate::domain::vocabulary::{Relation, State};
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

fn two() -> (TicketStory, TicketStory) {
    (desk().open_at(3), desk().number(2).open_at(3))
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
        Ancestry::above(&[id], |id| Ok::<_, ()>(self.parents(id))).unwrap()
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
}

#[test]
fn the_oracle_sees_a_cycle() {
    let chain = BTreeSet::from([(1, 2), (2, 3)]);
    assert!(reachable(&chain, 1, 3) && !reachable(&chain, 3, 1));
    let cycle = BTreeSet::from([(1, 2), (2, 3), (3, 1)]);
    assert!(reachable(&cycle, 1, 1));
}
