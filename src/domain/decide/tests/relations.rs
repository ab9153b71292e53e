//! Two tickets: merging, undoing a merge, linking.

use crate::domain::decide::{link, merge, unlink, unmerge};
use crate::domain::event::{Event, TicketId};
use crate::domain::rejection::Rejection;
use crate::domain::vocabulary::{ClosureCode, Relation, State};
use crate::testing::ticket_story::{TicketStory, desk, kinds};

fn both(pair: Result<(Vec<Event>, Vec<Event>), Rejection>) -> (String, String) {
    let (here, there) = pair.unwrap();
    (kinds(&here), kinds(&there))
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
    let (here, there) = link(one.ticket(), Relation::Parent, two.ticket(), &one.ctx()).unwrap();
    one.take(here);
    two.take(there);
    assert_eq!(one.ticket().links, [(Relation::Parent, TicketId(2))]);
    assert_eq!(two.ticket().links, [(Relation::Child, TicketId(1))]);
    assert_eq!(
        both(link(
            one.ticket(),
            Relation::Parent,
            two.ticket(),
            &one.ctx()
        )),
        nothing()
    );
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
    for linking in [link, unlink] {
        let refusal =
            linking(one.ticket(), Relation::Related, one.ticket(), &one.ctx()).unwrap_err();
        assert_eq!(refusal.to_string(), "#1 cannot be linked to itself");
    }
}

#[test]
fn linking_is_no_step_of_work() {
    let (mut one, two) = two();
    let (here, _) = link(one.ticket(), Relation::Related, two.ticket(), &one.ctx()).unwrap();
    one.take(here);
    assert_eq!(one.ticket().status.state(), State::New);
}
