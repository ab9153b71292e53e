//! What a merged ticket carries: tags, fields, and what is left of its checklist.

use proptest::prelude::*;

use super::{Tickets, both};
use crate::domain::custom_field::TypedField;
use crate::domain::decide::{Command, undo};
use crate::domain::event::TicketId;
use crate::domain::people::Agent;
use crate::domain::tag::{MAX_TAGS, Tag};
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::ChecklistMark;
use crate::testing::sample_fields::asset_and_cost;
use crate::testing::ticket_story::TicketStory;

fn open(count: i64) -> Tickets {
    let fields = asset_and_cost();
    let mut tickets = Tickets::new(count);
    for id in 1..=count {
        let fields = fields.clone();
        tickets = tickets.with(id, |story| story.policy(|policy| policy.fields = fields));
    }
    tickets.at("9:10")
}

fn tag(add: &[&str], remove: &[&str]) -> Command {
    let all = |tags: &[&str]| tags.iter().map(|tag| Tag::parse(tag).unwrap()).collect();
    Command::Tag {
        add: all(add),
        remove: all(remove),
    }
}

fn set(typed: &[&str]) -> Command {
    let fields = typed.iter().map(|typed| TypedField::parse(typed).unwrap());
    Command::SetFields {
        fields: fields.collect(),
    }
}

fn add(items: &[&str]) -> Command {
    Command::AddToChecklist {
        items: items.iter().map(|item| (*item).to_owned()).collect(),
    }
}

fn mark(number: u32, mark: ChecklistMark) -> Command {
    Command::MarkChecklist {
        items: vec![number],
        mark,
    }
}

impl Tickets {
    fn does(self, id: i64, commands: impl IntoIterator<Item = Command>) -> Self {
        let run = |story: TicketStory| commands.into_iter().fold(story, TicketStory::run);
        self.with(id, run)
    }

    /// Takes back the last step on a ticket, here and where it concerned others.
    fn undo(mut self, id: i64) -> Self {
        let others: Vec<Ticket> = self.0.values().map(|one| one.ticket().clone()).collect();
        let events = undo(self.on(id).ticket(), &others, &self.on(id).ctx()).unwrap();
        self.take(events);
        self
    }
}

/// What a ticket carries, such as `a b | asset=L-1 | x, 2 y`: done items are in
/// brackets.
fn carries(tickets: &Tickets, id: i64) -> String {
    let ticket = tickets.on(id).ticket();
    // What the row says follows.
    let row = tickets.on(id).summary();
    assert_eq!((&row.tags, &row.fields), (&ticket.tags, &ticket.fields));
    assert_eq!(row.checklist, ticket.checklist.progress());
    let replayed = Ticket::replay(tickets.on(id).history()).unwrap();
    assert_eq!(&replayed, ticket, "a ticket is the replay of its events");
    let tags: Vec<&str> = ticket.tags.iter().map(Tag::as_str).collect();
    let fields = ticket.fields.iter();
    let fields: Vec<String> = fields.map(|f| format!("{}={}", f.name, f.value)).collect();
    let items = ticket.checklist.items.iter();
    let items: Vec<String> = items
        .map(|item| match item.done {
            true => format!("({} {})", item.number, item.text),
            false => format!("{} {}", item.number, item.text),
        })
        .collect();
    [tags.join(" "), fields.join(" "), items.join(", ")].join(" | ")
}

#[test]
fn the_survivor_gets_what_it_does_not_have_and_keeps_what_it_has() {
    let two = open(2)
        .does(
            1,
            [
                tag(&["vpn", "zeta"], &[]),
                set(&["asset=L-1", "cost=5"]),
                add(&["Call back", "wipe", "label"]),
                mark(2, ChecklistMark::Done),
            ],
        )
        .does(
            2,
            [
                tag(&["vpn", "abc"], &[]),
                set(&["asset=L-2"]),
                add(&["print", "call back"]),
            ],
        );
    let decided = both(two.decide_merge(1, 2));
    assert_eq!(decided[&2], "tagged+fields-set+checklist-added+absorbed");
    let before = two.clone();
    let two = two.at("9:15").merge(1, 2);
    // What was done stays where it was done.
    assert_eq!(
        carries(&two, 2),
        "abc vpn zeta | asset=L-2 cost=5 | 1 print, 2 call back, 3 label"
    );
    // The merged ticket keeps all of it.
    assert_eq!(carries(&two, 1), carries(&before, 1));
    for back in [
        two.clone().at("9:20").undo(1),
        two.clone().at("9:20").undo(2),
    ] {
        assert_eq!(carries(&back, 1), carries(&before, 1));
        assert_eq!(carries(&back, 2), carries(&before, 2));
    }
    let back = two.at("10:00").reopen(1);
    assert_eq!(carries(&back, 1), carries(&before, 1));
    assert_eq!(carries(&back, 2), carries(&before, 2));
}

#[test]
fn a_merge_of_tickets_that_carry_nothing_new_records_nothing_of_it() {
    let two = open(2).does(2, [tag(&["vpn"], &[]), set(&["asset=L-1"])]);
    assert_eq!(both(two.decide_merge(1, 2))[&2], "absorbed");
    let two = two.does(1, [tag(&["vpn"], &[]), set(&["asset=L-1"])]);
    assert_eq!(both(two.decide_merge(1, 2))[&2], "absorbed");
}

#[test]
fn what_was_changed_by_hand_since_stays_when_the_merge_is_undone() {
    let two = open(2)
        .does(
            1,
            [
                tag(&["a", "b", "c"], &[]),
                set(&["asset=L-1", "cost=5"]),
                add(&["one", "two", "three"]),
            ],
        )
        .merge(1, 2)
        .at("9:30")
        .does(
            2,
            [
                tag(&[], &["a", "b"]),
                tag(&["b"], &[]),
                set(&["asset=L-9"]),
                set(&["asset=L-1"]),
                mark(1, ChecklistMark::Done),
                mark(2, ChecklistMark::Dropped),
            ],
        );
    let two = two.at("10:00").reopen(1);
    assert_eq!(carries(&two, 2), "b | asset=L-1 | (1 one)");
    // The ticket knows what became of its items meanwhile.
    assert_eq!(
        carries(&two, 1),
        "a b c | asset=L-1 cost=5 | (1 one), 3 three"
    );
}

#[test]
fn a_chain_of_merges_is_undone_in_any_order() {
    let three = open(3)
        .does(1, [tag(&["a", "x"], &[]), set(&["cost=1"]), add(&["one"])])
        .does(
            2,
            [tag(&["b", "x"], &[]), set(&["asset=L-2"]), add(&["two"])],
        )
        .does(3, [tag(&["c"], &[])]);
    let before = three.clone();
    let three = three.merge(1, 2).at("9:20").merge(2, 3).at("9:30");
    assert_eq!(
        carries(&three, 3),
        "a b c x | asset=L-2 cost=1 | 1 two, 2 one"
    );
    let first = three.clone().reopen(1);
    assert_eq!(carries(&first, 1), carries(&before, 1));
    assert_eq!(carries(&first, 3), "b c x | asset=L-2 | 1 two");
    let both = first.at("9:40").reopen(2);
    let second = three.reopen(2);
    assert_eq!(carries(&second, 3), carries(&before, 3));
    assert_eq!(
        carries(&second, 2),
        "a b x | asset=L-2 cost=1 | 1 two, 2 one"
    );
    let all = second.at("9:40").reopen(1);
    for done in [both, all] {
        for id in 1..=3 {
            assert_eq!(carries(&done, id), carries(&before, id), "#{id}");
        }
    }
}

#[test]
fn what_another_merged_ticket_has_too_stays() {
    let three = open(3)
        .does(1, [tag(&["x"], &[]), set(&["cost=1"]), add(&["one"])])
        .does(3, [tag(&["x"], &[]), set(&["cost=1"]), add(&["ONE"])]);
    let before = three.clone();
    let three = three
        .merge(1, 2)
        .at("9:20")
        .merge(3, 2)
        .at("9:30")
        .reopen(1);
    assert_eq!(carries(&three, 2), "x | cost=1 | 1 one");
    assert_eq!(carries(&three, 1), carries(&before, 1));
    let three = three.at("9:40").reopen(3);
    for id in 1..=3 {
        assert_eq!(carries(&three, id), carries(&before, id), "#{id}");
    }
}

#[test]
fn what_is_more_than_a_ticket_can_have_stays_on_the_merged_one() {
    let names = |from: usize, to: usize| -> Vec<String> {
        (from..to).map(|n| format!("tag-{n:02}")).collect()
    };
    let tagged = |tickets: Tickets, id, names: Vec<String>| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        tickets.does(id, [tag(&names, &[])])
    };
    let items: Vec<String> = (0..200).map(|n| format!("item {n}")).collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let two = tagged(open(2), 1, names(0, 10));
    let two = tagged(two, 2, names(8, 8 + MAX_TAGS - 3));
    let two = two
        .does(1, [add(&["one", "two"])])
        .does(2, [add(&items[..199])]);
    let two = two.merge(1, 2);
    let survivor = two.on(2).ticket();
    assert_eq!(survivor.tags.len(), MAX_TAGS);
    assert_eq!(survivor.checklist.items.len(), 200);
    assert_eq!(survivor.checklist.items[199].text, "one");
    let two = two.at("9:30").reopen(1);
    assert_eq!(two.on(2).ticket().tags.len(), MAX_TAGS - 3);
    assert_eq!(two.on(2).ticket().checklist.items.len(), 199);
    assert!(carries(&two, 1).ends_with("1 one, 2 two"));
}

#[test]
fn nothing_moves_to_where_more_agents_see_it() {
    let restrict = |names: &[&str]| Command::Restrict {
        to: names
            .iter()
            .map(|name| Agent::parse(name).unwrap())
            .collect(),
        reason: None,
    };
    let carrying =
        |tickets: Tickets| tickets.does(1, [tag(&["a"], &[]), set(&["cost=1"]), add(&["one"])]);
    for (merged, survivor, moves) in [
        (&["anna"][..], &[][..], false),
        (&["anna"], &["anna", "ben"], false),
        (&["anna", "ben"], &["anna"], true),
        (&[], &["anna"], true),
    ] {
        let mut two = carrying(open(2));
        for (id, names) in [(1, merged), (2, survivor)] {
            if !names.is_empty() {
                two = two.does(id, [restrict(names)]);
            }
        }
        let two = two.merge(1, 2);
        let expected = if moves {
            "a | cost=1 | 1 one"
        } else {
            " |  | "
        };
        assert_eq!(carries(&two, 2), expected, "{merged:?} into {survivor:?}");
    }
}

#[test]
fn what_may_only_be_stored_does_not_move() {
    let two = open(2).does(1, [tag(&["a"], &[]), add(&["one"])]);
    let around = super::Surroundings {
        is_limited: true,
        ..super::Surroundings::default()
    };
    let ctx = two.on(1).ctx();
    let (one, other) = (two.ticket(TicketId(1)), two.ticket(TicketId(2)));
    let events = super::merge(one, other, &around, &ctx);
    assert_eq!(both(events)[&2], "absorbed");
}

/// Something that changes what a ticket carries.
fn step() -> impl Strategy<Value = (i64, Command)> {
    let words = &["a", "b", "c", "d"];
    let word = prop::sample::select(words);
    let value = prop::sample::select(&["asset=1", "asset=2", "cost=1", "cost=2"]);
    let command = prop_oneof![
        word.clone().prop_map(|word| tag(&[word], &[])),
        value.prop_map(|typed| set(&[typed])),
        word.prop_map(|word| add(&[word])),
    ];
    (1..=4_i64, command)
}

proptest! {
    #[test]
    fn merging_and_undoing_every_merge_leaves_what_each_ticket_carried(
        steps in prop::collection::vec(step(), 0..20),
        merges in prop::collection::vec((1..=4_i64, 1..=4_i64), 1..5),
        order in Just(vec![1_i64, 2, 3, 4]).prop_shuffle(),
    ) {
        let mut four = open(4);
        for (id, command) in steps {
            four = four.does(id, [command]);
        }
        let before = four.clone();
        for (id, into) in merges {
            if four.on(id).ticket().merged_into().is_none()
                && let Ok(events) = four.decide_merge(id, into)
            {
                four.take(events);
            }
        }
        for id in &order {
            if four.on(*id).ticket().merged_into().is_some() {
                four = four.reopen(*id);
            }
        }
        for id in 1..=4 {
            prop_assert_eq!(carries(&four, id), carries(&before, id), "#{}", id);
        }
    }
}
