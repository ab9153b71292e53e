//! What a query matches, and in which order.

use super::super::decide::Command;
use super::super::vocabulary::{ClockName, ClosureCode};
use super::*;
use crate::testing::ticket_story::{TicketStory, close_told, desk, escalate, moment};

fn agent(name: &str) -> Agent {
    Agent::parse(name).unwrap()
}

fn category(path: &str) -> Category {
    Category::parse(path).unwrap()
}

fn assign(name: &str) -> Command {
    Command::Assign { agent: agent(name) }
}

/// Six tickets, each opened an hour after the one before.
fn rows() -> Vec<Summary> {
    let stories: [fn(TicketStory) -> TicketStory; 6] = [
        |desk| desk.open(),
        |desk| desk.via(Channel::Phone).open_at(1),
        |desk| desk.open_at(2).pause(),
        |desk| desk.open_at(3).resolve(),
        |desk| desk.open_at(4).resolve().run(close_told()),
        |desk| desk.open_at(3).merge(),
    ];
    let times = ["9:00", "10:00", "11:00", "12:00", "13:00", "14:00"];
    (1..)
        .zip(stories)
        .zip(times)
        .map(|((id, story), time)| {
            let desk = desk().number(id).at(time);
            let desk = desk.with(|new| new.title = format!("Ticket {time}"));
            story(desk).summary()
        })
        .collect()
}

fn ids_at(query: &Query, time: &str) -> Vec<i64> {
    let mut rows: Vec<Summary> = rows()
        .into_iter()
        .filter(|row| query.matches(row, moment(time)))
        .collect();
    rows.sort_by(|a, b| query.compare(a, b));
    rows.iter().map(|row| row.id.0).collect()
}

fn ids(query: &Query) -> Vec<i64> {
    ids_at(query, "14:00")
}

fn by_id() -> Query {
    Query {
        sort: SortKey::Id,
        ..Query::all()
    }
}

#[test]
fn a_query_without_filters_matches_everything() {
    assert_eq!(ids(&by_id()), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn what_is_open_is_everything_but_the_closed_by_next_due_time() {
    assert_eq!(ids(&Query::open()), [2, 1, 3, 4]);
    assert!(Query::open().only_open());
}

#[test]
fn values_of_a_filter_are_joined_by_or_and_filters_by_and() {
    let states = |states: &[State]| Query {
        states: states.to_vec(),
        ..by_id()
    };
    assert_eq!(ids(&states(&[State::New])), [1]);
    assert_eq!(ids(&states(&[State::Paused, State::Resolved])), [3, 4]);
    assert_eq!(ids(&states(&[State::Closed])), [5, 6]);
    let both = Query {
        kinds: vec![Kind::Incident],
        ..states(&[State::New, State::Active])
    };
    assert_eq!(ids(&both), [2], "an unidentified ticket has no kind");
    let requests = Query {
        kinds: vec![Kind::Request],
        ..by_id()
    };
    assert_eq!(ids(&requests), [0_i64; 0]);
}

#[test]
fn a_ticket_is_found_by_channel_tier_and_priority() {
    let phone = Query {
        channels: vec![Channel::Phone],
        ..by_id()
    };
    assert_eq!(ids(&phone), [2]);
    let third = Query {
        tiers: vec![Tier::from_stored("L3")],
        ..by_id()
    };
    assert_eq!(ids(&third), [2], "the highest priority went there at once");
    let middle = Query {
        priorities: vec![Priority::from_rank(3), Priority::from_rank(2)],
        ..by_id()
    };
    assert_eq!(ids(&middle), [3, 4, 6]);
    let unrated = Query {
        without_priority: true,
        ..by_id()
    };
    assert_eq!(ids(&unrated), [1]);
    let either = Query {
        without_priority: true,
        ..middle
    };
    assert_eq!(ids(&either), [1, 3, 4, 6]);
}

#[test]
fn a_ticket_is_found_by_who_has_it_or_that_nobody_has() {
    let taken = desk().open().run(assign("ben")).summary();
    let freed = desk()
        .open()
        .run(assign("ben"))
        .run(escalate(None))
        .summary();
    let bens = Query {
        assignees: vec![agent("anna"), agent("ben")],
        ..Query::all()
    };
    let nobodys = Query {
        unassigned: true,
        ..Query::all()
    };
    let now = moment("10:00");
    assert!(bens.matches(&taken, now) && !bens.matches(&freed, now));
    assert!(nobodys.matches(&freed, now) && !nobodys.matches(&taken, now));
}

#[test]
fn a_category_stands_for_all_below_it() {
    let under = |path: &str| Query {
        categories: vec![category(path)],
        ..by_id()
    };
    assert_eq!(ids(&under("network")), [2, 3, 4, 5, 6]);
    assert_eq!(ids(&under("network/vpn")), [2, 3, 4, 5, 6]);
    assert_eq!(ids(&under("net")), [0_i64; 0]);
}

#[test]
fn texts_are_found_in_any_case() {
    let titled = |part: &str| Query {
        title: Some(part.to_owned()),
        ..by_id()
    };
    assert_eq!(ids(&titled("TICKET 9")), [1]);
    assert_eq!(ids(&titled("ticket 1")), [2, 3, 4, 5, 6]);
    let from = |part: &str| Query {
        requester: Some(part.to_owned()),
        ..by_id()
    };
    assert_eq!(ids(&from("mia roth")).len(), 6);
    assert_eq!(ids(&from("EXAMPLE.org")).len(), 6);
    assert_eq!(ids(&from("ole")), [0_i64; 0]);
}

#[test]
fn a_range_holds_its_beginning_and_not_its_end() {
    let opened = |from: &str, to: &str| Query {
        opened: TimeRange {
            from: Some(moment(from)),
            to: Some(moment(to)),
        },
        ..by_id()
    };
    assert_eq!(ids(&opened("10:00", "12:00")), [2, 3]);
    assert_eq!(ids(&opened("10:00", "10:00")), [0_i64; 0]);
    let updated = |from: &str, to: &str| Query {
        updated: TimeRange {
            from: Some(moment(from)),
            to: Some(moment(to)),
        },
        ..by_id()
    };
    assert_eq!(ids(&updated("10:00", "12:00")), [2, 3]);
    let resolved = Query {
        resolved: TimeRange {
            from: None,
            to: Some(moment("13:00")),
        },
        ..by_id()
    };
    assert_eq!(ids(&resolved), [4], "what is not resolved is in no range");
}

#[test]
fn overdue_at_risk_and_fine_are_three_different_things() {
    let overdue = Query {
        overdue: true,
        ..by_id()
    };
    let at_risk = Query {
        at_risk: true,
        ..by_id()
    };
    assert_eq!(ids_at(&overdue, "11:00"), [0_i64; 0], "due is not overdue");
    assert_eq!(ids_at(&at_risk, "11:00"), [2]);
    assert_eq!(ids_at(&overdue, "12:00"), [2]);
    assert_eq!(ids_at(&at_risk, "12:00"), [1]);
    assert_eq!(ids_at(&overdue, "14:00"), [1, 2, 3]);
    assert_eq!(ids_at(&at_risk, "14:30"), [4]);
    assert_eq!(ids_at(&overdue, "Sun 9:00"), [1, 2, 3, 4]);
    assert!(overdue.only_open() && at_risk.only_open());
}

#[test]
fn due_before_an_instant_leaves_that_instant_out() {
    let before = |time: &str| Query {
        due_before: Some(moment(time)),
        ..by_id()
    };
    assert_eq!(ids(&before("12:00")), [2]);
    assert_eq!(ids(&before("12:00:01")), [1, 2]);
    assert_eq!(ids(&before("13:00:01")), [1, 2, 3]);
    assert!(before("12:00").only_open());
}

#[test]
fn only_open_says_whether_closed_tickets_can_match() {
    assert!(!Query::all().only_open());
    let with = |states: &[State]| Query {
        states: states.to_vec(),
        ..Query::all()
    };
    assert!(with(&[State::Active, State::Resolved]).only_open());
    assert!(!with(&[State::Active, State::Closed]).only_open());
}

#[test]
fn each_order_has_its_key_with_the_keyless_last_either_way() {
    let sorted = |sort, reverse| {
        ids(&Query {
            sort,
            reverse,
            ..Query::all()
        })
    };
    assert_eq!(sorted(SortKey::Id, true), [6, 5, 4, 3, 2, 1]);
    assert_eq!(sorted(SortKey::Opened, false), [1, 2, 3, 4, 5, 6]);
    assert_eq!(sorted(SortKey::Updated, true), [6, 5, 4, 3, 2, 1]);
    assert_eq!(sorted(SortKey::Priority, false), [2, 3, 4, 6, 5, 1]);
    assert_eq!(sorted(SortKey::Priority, true), [5, 6, 4, 3, 2, 1]);
    assert_eq!(sorted(SortKey::Due, false), [2, 1, 3, 4, 5, 6]);
    assert_eq!(sorted(SortKey::Due, true), [4, 3, 1, 2, 6, 5]);
    assert_eq!(sorted(SortKey::Resolved, false), [4, 5, 1, 2, 3, 6]);
    assert_eq!(sorted(SortKey::Resolved, true), [5, 4, 6, 3, 2, 1]);
}

#[test]
fn a_row_says_how_its_ticket_stands_at_worst() {
    let desk = desk().open_at(1);
    let row = desk.summary();
    let standing = |time: &str| row.worst_clock(moment(time)).map(|s| s.as_str());
    assert_eq!(standing("9:30"), Some("ok"));
    assert_eq!(standing("9:45"), Some("at-risk"));
    assert_eq!(standing("10:01"), Some("overdue"));
    let paused = desk.reply().pause();
    let row = paused.summary();
    assert_eq!(row.worst_clock(moment("20:00")), None);
}

#[test]
fn a_row_of_a_merged_ticket_is_closed_as_a_duplicate() {
    let row = desk().open_at(3).at("10:00").merge().summary();
    assert_eq!(
        (row.state, row.code),
        (State::Closed, Some(ClosureCode::Duplicate))
    );
    assert_eq!((row.resolved, row.closed), (None, Some(moment("10:00"))));
    let promised = desk()
        .open()
        .ticket()
        .clock_events
        .target(ClockName::Update)
        .cloned();
    assert_eq!(promised.unwrap().cadence, None);
}
