//! Several tickets: merging, and undoing a merge.

mod carried;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::random_history::{self, Step};
use crate::domain::Timestamp;
use crate::domain::decide::{
    Ancestry, Command, EventsByTicket, Sender, Surroundings, follow_up, link, merge,
    needs_follow_up, parent_in, still_merged, undo_merge,
};
use crate::domain::event::TicketId;
use crate::domain::people::Requester;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{ClockName, ClosureCode, Relation, State};
use crate::testing::ticket_story::{TicketStory, desk, kinds, moment, reopen, reply};

/// Tickets by number, each with a requester of its own.
#[derive(Debug, Clone)]
struct Tickets(BTreeMap<TicketId, TicketStory>);

impl Tickets {
    /// Opens tickets #1 and so on at 9:00.
    fn new(count: i64) -> Self {
        let open = |id| {
            let story = desk().number(id).with(|new| {
                let person = format!("Person {id} <p{id}@example.org>");
                new.requester = Requester::parse(&person).unwrap();
            });
            (TicketId(id), story.open_at(3))
        };
        Self((1..=count).map(open).collect())
    }

    fn on(&self, id: i64) -> &TicketStory {
        &self.0[&TicketId(id)]
    }

    fn ticket(&self, id: TicketId) -> &Ticket {
        self.0[&id].ticket()
    }

    /// Sets the time of the next commands on every ticket.
    fn at(mut self, typed: &str) -> Self {
        for story in self.0.values_mut() {
            *story = story.clone().at(typed);
        }
        self
    }

    fn with(mut self, id: i64, change: impl FnOnce(TicketStory) -> TicketStory) -> Self {
        let story = self.on(id).clone();
        self.0.insert(TicketId(id), change(story));
        self
    }

    fn take(&mut self, events: EventsByTicket) {
        for (id, events) in events {
            self.0.get_mut(&id).unwrap().take(events);
        }
    }

    fn above(&self, id: TicketId) -> Ancestry {
        self.above_all(&[id])
    }

    fn above_all(&self, ids: &[TicketId]) -> Ancestry {
        let parents = |id: TicketId| {
            let links = self.ticket(id).links.iter();
            let parents = links.filter(|(relation, _)| *relation == Relation::Parent);
            Ok::<_, ()>(parents.map(|(_, parent)| *parent).collect())
        };
        Ancestry::above(ids, parents).unwrap()
    }

    /// The events of a link between tickets that are not merged.
    fn try_link(&self, id: i64, relation: Relation, other: i64) -> Option<EventsByTicket> {
        let (id, other) = (TicketId(id), TicketId(other));
        if [id, other]
            .iter()
            .any(|id| self.ticket(*id).merged_into().is_some())
        {
            return None;
        }
        let parent = parent_in(id, relation, other);
        let above = parent.map_or_else(Ancestry::default, |parent| self.above(parent));
        let ctx = self.0[&id].ctx();
        let linked = link(self.ticket(id), relation, self.ticket(other), &above, &ctx);
        let (here, there) = linked.ok()?;
        Some(vec![(id, here), (other, there)])
    }

    fn link(mut self, id: i64, relation: Relation, other: i64) -> Self {
        let events = self.try_link(id, relation, other).unwrap();
        self.take(events);
        self
    }

    fn decide_merge(&self, id: i64, into: i64) -> Result<EventsByTicket, Rejection> {
        let (id, into) = (TicketId(id), TicketId(into));
        let links = self.ticket(id).links.iter();
        let around = Surroundings {
            linked: links
                .map(|(_, other)| self.ticket(*other).clone())
                .collect(),
            above_merged: self.above(id),
            above_survivor: self.above(into),
            is_limited: false,
        };
        let ctx = self.0[&id].ctx();
        merge(self.ticket(id), self.ticket(into), &around, &ctx)
    }

    fn merge(mut self, id: i64, into: i64) -> Self {
        let events = self.decide_merge(id, into).unwrap();
        self.take(events);
        self
    }

    fn reopen(mut self, id: i64) -> Self {
        let ticket = self.on(id).ticket();
        let mut chain = Vec::new();
        let mut next = ticket.merged_into();
        while let Some(into) = next {
            chain.push(self.ticket(into).clone());
            next = self.ticket(into).merged_into();
        }
        let survivor = |mut id: TicketId| {
            while let Some(into) = self.ticket(id).merged_into() {
                id = into;
            }
            self.ticket(id).clone()
        };
        let linked = ticket.moved_away.links.iter();
        let linked: Vec<_> = linked
            .map(|(_, other)| (*other, survivor(*other)))
            .collect();
        let reason = "another cause".to_owned();
        let ctx = self.on(id).ctx();
        let around = linked.iter().map(|(_, now)| now.id);
        let around: Vec<TicketId> = around.chain(chain.last().map(|last| last.id)).collect();
        let above = self.above_all(&around);
        let still = still_merged(ticket, &chain).into_iter();
        let still: Vec<Ticket> = still.map(|id| self.ticket(id).clone()).collect();
        let merges = (chain.as_slice(), still.as_slice());
        let events = undo_merge(ticket, reason, merges, &linked, above, &ctx).unwrap();
        self.take(events);
        self
    }

    /// The links of a ticket, such as `parent #2, related #3`.
    fn links(&self, id: i64) -> String {
        let mut links: Vec<String> = (self.on(id).ticket().links.iter())
            .map(|(relation, other)| format!("{relation} {other}"))
            .collect();
        links.sort();
        links.join(", ")
    }
}

fn both(events: Result<EventsByTicket, Rejection>) -> BTreeMap<i64, String> {
    let events = events.unwrap().into_iter();
    events.map(|(id, events)| (id.0, kinds(&events))).collect()
}

#[test]
fn merging_closes_one_as_a_duplicate_and_the_other_absorbs_it() {
    let two = Tickets::new(2);
    let decided = both(two.decide_merge(1, 2));
    let expected = [(1, "merged".to_owned()), (2, "absorbed".to_owned())];
    assert_eq!(decided, BTreeMap::from(expected));
    let two = two.merge(1, 2);
    let row = two.on(1).summary();
    assert_eq!(row.state, State::Closed);
    assert_eq!(row.code, Some(ClosureCode::Duplicate));
    assert_eq!(row.merged_into, Some(TicketId(2)));
    assert!(!row.is_open());
    assert!(two.on(2).ticket().merged_ticket(TicketId(1)).is_some());
}

#[test]
fn a_ticket_cannot_be_merged_into_itself() {
    let refusal = Tickets::new(1).decide_merge(1, 1).unwrap_err();
    assert_eq!(refusal.to_string(), "#1 cannot be merged into itself");
}

#[test]
fn merging_again_into_the_same_ticket_changes_nothing() {
    let two = Tickets::new(2).merge(1, 2);
    assert_eq!(both(two.decide_merge(1, 2)), BTreeMap::new());
}

#[test]
fn a_merge_never_makes_a_cycle() {
    let three = Tickets::new(3).merge(1, 2);
    let refusal = three.decide_merge(2, 1).unwrap_err();
    assert_eq!(refusal.to_string(), "#1 was merged into #2");
    let refusal = three.decide_merge(3, 1).unwrap_err();
    assert_eq!(refusal.to_string(), "#1 was merged into #2");
    let three = three.merge(3, 2);
    assert_eq!(three.on(3).ticket().merged_into(), Some(TicketId(2)));
}

#[test]
fn a_closed_ticket_takes_no_part_in_a_merge() {
    let two = Tickets::new(2).with(1, |one| one.resolve().close());
    for (gone, stays) in [(1, 2), (2, 1)] {
        let refusal = two.decide_merge(gone, stays).unwrap_err();
        assert_eq!(
            refusal.to_string(),
            "#1 is closed: only open tickets can be merged"
        );
        assert_eq!(refusal.hint(), "desk reopen 1 REASON");
    }
}

#[test]
fn a_resolved_ticket_that_is_merged_keeps_its_met_target() {
    let two = Tickets::new(2).at("10:00").with(1, TicketStory::resolve);
    let two = two.merge(1, 2);
    assert!(two.on(1).resolution("20:00").starts_with("met, used 1h"));
    assert_eq!(two.on(1).clocks().next_due(), None);
}

#[test]
fn an_unanswered_message_is_owed_on_the_survivor_with_its_own_time() {
    let two = Tickets::new(2).with(1, TicketStory::reply);
    let two = two.with(2, TicketStory::reply);
    let two = two.at("10:00").with(1, TicketStory::hear);
    let two = two.at("11:00").merge(1, 2);
    assert_eq!(two.on(1).clocks().next_due(), None);
    let due = "overdue, used 4h, left -1h, due Mon 13:00";
    assert_eq!(two.on(2).update("14:00"), due);
    // A question of its own that is younger waits for the same answer.
    let two = two.at("12:00").with(2, TicketStory::hear);
    assert_eq!(two.on(2).update("14:00"), due);
    let back = two.clone().at("14:00").reopen(1);
    assert_eq!(back.on(1).update("14:00"), due);
    assert_eq!(
        back.on(2).update("14:00"),
        "ok, used 2h, left 1h, due Mon 15:00"
    );
    let two = two.at("14:00").with(2, TicketStory::reply);
    let missed = "missed, used 4h, left -1h, due Mon 13:00, stopped Mon 14:00";
    assert_eq!(two.on(2).update("20:00"), missed);
    let back = two.at("15:00").reopen(1);
    assert_eq!(back.on(1).update("20:00"), missed, "it was answered there");
    assert_eq!(back.on(1).ticket().owed_since(), None);
}

#[test]
fn an_opening_without_contact_is_owed_on_the_survivor_since_then() {
    let two = Tickets::new(2).with(2, TicketStory::reply);
    let two = two.at("10:00").merge(1, 2);
    assert_eq!(
        two.on(2).update("12:30"),
        "overdue, used 3h30m, left -30m, due Mon 12:00"
    );
    let answered = two.clone().at("11:00").with(2, TicketStory::reply);
    let answered = answered.at("12:00").reopen(1);
    assert_eq!(
        answered.on(1).response("12:30"),
        "met, used 2h, left 1h, due Mon 12:00, stopped Mon 11:00"
    );
    let open = two.at("12:00").reopen(1);
    assert_eq!(open.on(2).update("12:30"), "none");
    assert_eq!(
        open.on(1).response("12:30"),
        "overdue, used 3h30m, left -30m, due Mon 12:00"
    );
}

#[test]
fn what_was_withdrawn_or_answered_is_not_owed_on_the_survivor() {
    let two = Tickets::new(2).with(2, TicketStory::reply);
    for change in [TicketStory::withdraw, TicketStory::reply] {
        let two = two.clone().with(1, change).merge(1, 2);
        assert_eq!(two.on(2).update("20:00"), "none");
        assert_eq!(two.on(2).ticket().owed_since(), None);
    }
}

#[test]
fn merges_of_merges_move_everything_and_can_be_undone_one_by_one() {
    let three = Tickets::new(3).with(3, TicketStory::reply);
    let three = three.at("10:00").merge(1, 2);
    let three = three.at("10:30").merge(2, 3);
    let merged = |tickets: &Tickets, id: i64| -> Vec<i64> {
        let merged = tickets.on(id).ticket().merged_tickets.iter();
        merged.map(|merged| merged.id.0).collect()
    };
    assert_eq!(merged(&three, 3), [2, 1]);
    assert!(three.on(3).update("13:00").ends_with("due Mon 12:00"));
    // Without the first one, the second one is still merged.
    let first = three.clone().at("11:00").reopen(1);
    assert_eq!(merged(&first, 3), [2]);
    assert_eq!(merged(&first, 2), Vec::<i64>::new());
    assert!(first.on(1).response("13:00").ends_with("due Mon 12:00"));
    // Without the second one, the first one is still merged into it.
    let second = three.at("11:00").reopen(2);
    assert_eq!(merged(&second, 3), Vec::<i64>::new());
    assert_eq!(merged(&second, 2), [1]);
    assert_eq!(second.on(3).ticket().owed_since(), None);
    assert_eq!(second.on(2).ticket().owed_since(), Some(moment("9:00")));
}

#[test]
fn an_answer_on_the_last_survivor_counts_for_every_merged_ticket() {
    let three = Tickets::new(3).at("9:30").merge(1, 2);
    let three = three.at("10:00").with(2, TicketStory::reply);
    let three = three.at("10:30").merge(2, 3);
    let three = three.at("11:00").with(3, TicketStory::reply);
    let three = three.at("11:30").reopen(1);
    assert!(three.on(1).response("13:00").ends_with("stopped Mon 10:00"));
}

#[test]
fn links_move_to_the_survivor_and_back() {
    let five = Tickets::new(5)
        .link(1, Relation::Related, 3)
        .link(1, Relation::Child, 4)
        .link(1, Relation::Parent, 5)
        .link(2, Relation::Related, 3);
    let before = five.clone();
    let five = five.at("10:00").merge(1, 2);
    assert_eq!(five.links(1), "");
    assert_eq!(five.links(2), "child #4, parent #5, related #3");
    assert_eq!(five.links(3), "related #2");
    assert_eq!(five.links(4), "parent #2");
    assert_eq!(five.links(5), "child #2");
    let back = five.clone().at("11:00").reopen(1);
    for id in 1..=5 {
        assert_eq!(back.links(id), before.links(id), "#{id}");
    }
    // What moved again with the survivor comes back too.
    let six = Tickets(
        five.0
            .into_iter()
            .chain(Tickets::new(6).0.split_off(&TicketId(6)))
            .collect(),
    );
    let back = six.at("10:30").merge(2, 6).at("11:00").reopen(1);
    assert_eq!(back.links(1), before.links(1));
    assert_eq!(back.links(6), "related #3");
    let back = back.at("12:00").reopen(2);
    for id in 1..=5 {
        assert_eq!(back.links(id), before.links(id), "#{id}");
    }
    assert_eq!(back.links(6), "");
}

#[test]
fn a_link_that_was_removed_from_the_survivor_does_not_come_back() {
    let three = Tickets::new(3).link(1, Relation::Related, 3).merge(1, 2);
    let (here, there) = crate::domain::decide::unlink(
        three.on(2).ticket(),
        Relation::Related,
        three.on(3).ticket(),
        &three.on(2).ctx(),
    )
    .unwrap();
    let mut three = three;
    three.take(vec![(TicketId(2), here), (TicketId(3), there)]);
    let three = three.reopen(1);
    assert_eq!([three.links(1), three.links(3)], ["", ""]);
}

#[test]
fn no_ticket_becomes_its_own_parent() {
    // #3 is a child of #2, which is a child of #1.
    let line = Tickets::new(3)
        .link(2, Relation::Parent, 1)
        .link(3, Relation::Parent, 2);
    for (gone, stays) in [(1, 2), (2, 1), (2, 3), (3, 2), (1, 3), (3, 1)] {
        let merged = line.clone().at("10:00").merge(gone, stays);
        let above = merged.above(TicketId(stays));
        let own = above.path(TicketId(stays), TicketId(stays));
        assert_eq!(own.map(|path| path.len()), Some(1), "{gone} into {stays}");
        assert!(!merged.links(stays).contains(&format!("#{stays}")));
        for id in 1..=3 {
            let parents = merged.on(id).ticket().links.iter();
            for (_, parent) in parents.filter(|(relation, _)| *relation == Relation::Parent) {
                let above = merged.above(*parent);
                assert_eq!(
                    above.path(*parent, TicketId(id)),
                    None,
                    "{gone} into {stays}"
                );
            }
        }
        let back = merged.at("11:00").reopen(gone);
        for id in 1..=3 {
            assert_eq!(back.links(id), line.links(id), "{gone} into {stays}: #{id}");
        }
    }
}

#[test]
fn the_mark_of_a_known_error_moves_and_comes_back() {
    let mark = |story: TicketStory| {
        let known = crate::domain::decide::KnownErrorInput::default();
        story.resolve().run(Command::MarkKnownError(known))
    };
    let known = |tickets: &Tickets| [1, 2].map(|id| tickets.on(id).summary().is_known_error);
    let two = Tickets::new(2).with(1, mark).at("10:00").merge(1, 2);
    assert_eq!(known(&two), [false, true]);
    assert_eq!(known(&two.at("11:00").reopen(1)), [true, false]);
    // The survivor keeps a mark of its own.
    let two = Tickets::new(2).with(1, mark).with(2, mark).merge(1, 2);
    assert_eq!(known(&two), [false, true]);
    assert_eq!(known(&two.at("11:00").reopen(1)), [true, true]);
}

#[test]
fn a_reply_is_to_the_requesters_of_all_merged_tickets() {
    let three = Tickets::new(3).merge(1, 2).merge(2, 3);
    let events = three.on(3).decides(reply("we are on it")).unwrap();
    let crate::domain::event::Fact::Replied { also, .. } = &events[0].fact else {
        panic!("{events:?}");
    };
    let people = three.on(3).ticket().addressed(also);
    let named: Vec<_> = people.iter().map(|(id, who)| (id.0, who.label())).collect();
    let person = |id, name| (id, Some(name));
    let expected = [
        person(3, "Person 3"),
        person(2, "Person 2"),
        person(1, "Person 1"),
    ];
    assert_eq!(named, expected);
}

#[test]
fn what_a_requester_of_a_merged_ticket_writes_reopens_and_follows_up() {
    let from = |typed: &str| Command::RecordMessage {
        text: "it is back".to_owned(),
        via: None,
        thanks: false,
        sender: Some(typed.to_owned()),
        written_to: None,
    };
    let two = Tickets::new(2).merge(1, 2);
    let two = two.with(2, |story| story.resolve().close());
    assert_eq!(two.on(2).gives(from("p1@example.org")), "heard+reopened");
    let two = two.with(2, |story| {
        story.policy(|policy| policy.messages.reopen_within = None)
    });
    let closed = two.on(2);
    let needs = |typed: &str| needs_follow_up(closed.ticket(), &from(typed), &closed.ctx());
    assert!(needs("p1@example.org"));
    let text = "it is back".to_owned();
    let next = |typed| {
        let text = text.clone();
        let sender = Sender {
            typed,
            written_to: None,
        };
        let opened = follow_up(
            TicketId(3),
            closed.ticket(),
            text,
            None,
            sender,
            &closed.ctx(),
        );
        Ticket::replay(&opened.unwrap().0).unwrap()
    };
    for (typed, requester, other) in [
        (Some("Person 1"), "Person 1", "Person 2"),
        (None, "Person 2", "Person 1"),
    ] {
        let next = next(typed);
        assert_eq!(next.requester.label(), Some(requester));
        let people = next.addressed(&[]);
        let people: Vec<_> = people.iter().map(|(_, who)| who.label()).collect();
        assert_eq!(people, [Some(requester), Some(other)]);
    }
}

#[test]
fn a_merge_by_an_earlier_version_is_undone_as_before() {
    use crate::domain::event::{BroughtAlong, Fact};
    let mut two = Tickets::new(2).link(1, Relation::Related, 2);
    let event = |tickets: &Tickets, id: i64, fact: Fact| {
        let last = tickets.on(id).history().last().unwrap().clone();
        let n = last.n + 1;
        (
            TicketId(id),
            vec![crate::domain::event::Event { n, fact, ..last }],
        )
    };
    let merged = Fact::Merged {
        into: TicketId(2),
        moved: false,
    };
    let absorbed = Fact::MergedFrom {
        from: TicketId(1),
        brought: BroughtAlong::default(),
    };
    let events = vec![event(&two, 1, merged), event(&two, 2, absorbed)];
    two.take(events);
    assert_eq!(two.links(1), "related #2");
    let two = two.at("10:00").reopen(1);
    assert_eq!([two.links(1), two.links(2)], ["related #2", "related #1"]);
    assert!(two.on(2).ticket().merged_tickets.is_empty());
    assert_eq!(two.on(1).ticket().status.state(), State::Active);
}

/// What is open on a ticket: since when an answer is owed, and when clocks of
/// answers are due.
fn obligations(story: &TicketStory) -> (Option<Timestamp>, Vec<Option<Timestamp>>) {
    let clocks = story.clocks();
    let due = [ClockName::Response, ClockName::Update]
        .map(|name| clocks.get(name).and_then(|clock| clock.next_due()));
    (story.ticket().owed_since(), due.to_vec())
}

/// Steps of one ticket that leave it open or resolved.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    random_history::prompt_steps()
}

/// Whether a ticket is above itself.
fn is_above_itself(tickets: &Tickets, id: TicketId) -> bool {
    let parents = tickets.ticket(id).links.iter();
    let mut parents = parents.filter(|(relation, _)| *relation == Relation::Parent);
    parents.any(|(_, parent)| *parent == id || tickets.above(*parent).path(*parent, id).is_some())
}

proptest! {
    #[test]
    fn merges_and_parents_never_form_a_cycle(
        steps in prop::collection::vec((0..5_u8, 1..=5_i64, 1..=5_i64), 1..30),
    ) {
        let mut tickets = Tickets::new(5);
        for (step, id, other) in steps {
            let is_merged = tickets.on(id).ticket().merged_into().is_some();
            match step {
                0 if tickets.try_link(id, Relation::Parent, other).is_some() => {
                    tickets = tickets.link(id, Relation::Parent, other);
                }
                1 if tickets.try_link(id, Relation::Related, other).is_some() => {
                    tickets = tickets.link(id, Relation::Related, other);
                }
                2 | 3 if !is_merged => {
                    if let Ok(events) = tickets.decide_merge(id, other) {
                        tickets.take(events);
                    }
                }
                4 if is_merged => tickets = tickets.reopen(id),
                _ => {}
            }
            for id in (1..=5).map(TicketId) {
                prop_assert!(!is_above_itself(&tickets, id), "{id}");
                for (relation, other) in &tickets.ticket(id).links {
                    let inverse = (relation.inverse(), id);
                    prop_assert!(tickets.ticket(*other).links.contains(&inverse), "{id} {relation} {other}");
                    prop_assert!(tickets.ticket(*other).merged_into().is_none(), "{id} {relation} {other}");
                }
                let mut last = id;
                for _ in 0..5 {
                    last = tickets.ticket(last).merged_into().unwrap_or(last);
                }
                prop_assert_eq!(tickets.ticket(last).merged_into(), None);
            }
        }
    }

    #[test]
    fn merging_and_reopening_restores_what_both_tickets_owe(
        (first, second) in (steps(), steps()),
        wait in 1..600_i64,
    ) {
        let mut two = Tickets::new(2);
        let mut now = two.on(1).at;
        for (id, steps) in [(1, first), (2, second)] {
            let mut story = two.on(id).clone();
            now = now.max(random_history::live(&mut story, &steps, |_, _| Ok(()))?);
            two.0.insert(TicketId(id), story);
        }
        for story in two.0.values_mut() {
            story.stand(now, now);
        }
        // A resolved ticket is reopened first, for merging and reopening reopens it.
        for id in [1, 2] {
            if two.on(id).ticket().status.state() != State::New {
                two = two.with(id, |story| story.run(reopen()));
            }
        }
        let paused = |story: &TicketStory| story.ticket().status.state() == State::Paused;
        if two.decide_merge(1, 2).is_err() || paused(two.on(1)) {
            return Ok(());
        }
        let before = [1, 2].map(|id| obligations(two.on(id)));
        let owed = before.iter().filter_map(|(since, _)| *since).min();
        let opening = two.on(1).ticket().requester_owed_since();
        two = two.merge(1, 2);
        prop_assert_eq!(obligations(two.on(1)).1, vec![None, None]);
        let merged = two.on(2).ticket().owed_since();
        prop_assert_eq!(merged, owed.into_iter().chain(opening).min());
        now += chrono::TimeDelta::minutes(wait);
        for story in two.0.values_mut() {
            story.stand(now, now);
        }
        two = two.reopen(1);
        let cadence = |story: &TicketStory| {
            story.ticket().rating.as_ref().is_some_and(|rating| rating.priority.rank() == 1)
        };
        for (id, before) in [(1, &before[0]), (2, &before[1])] {
            if id == 1 && cadence(two.on(id)) {
                // The time as a merged ticket is left out of its cadence.
                prop_assert_eq!(obligations(two.on(id)).0, before.0);
                continue;
            }
            prop_assert_eq!(&obligations(two.on(id)), before, "#{}", id);
        }
    }
}
