//! When things happen: the agent's time, the machine's clock, and their order.

use super::super::open;
use crate::domain::event::TicketId;
use crate::domain::ticket::{TimelineMark, timeline};
use crate::testing::ticket_story::{desk, moment, new, note, reply};

#[test]
fn an_event_has_the_time_it_happened_and_the_time_it_was_recorded() {
    let desk = desk().open().at("10:00").recorded("10:30").reply();
    let last = desk.history().last().unwrap();
    assert_eq!((last.at, last.recorded), (moment("10:00"), moment("10:30")));
}

#[test]
fn nothing_happens_in_the_future() {
    let desk = desk().open().at("10:00").recorded("9:59");
    assert_eq!(
        desk.refuses(reply("soon")).0,
        "the time 2026-03-02 10:00:00 UTC is in the future; it is 2026-03-02 09:59:00 UTC now"
    );
    let refusal = open(TicketId(2), new(), &desk.ctx()).unwrap_err();
    assert!(refusal.hint().contains("--at '2h ago'"));
}

#[test]
fn nothing_happens_before_the_last_event() {
    let desk = desk().open().at("10:00").reply();
    let early = desk.clone().at("9:59").recorded("11:00");
    let (refusal, hint) = early.refuses(note("earlier"));
    assert_eq!(
        refusal,
        "the time 2026-03-02 09:59:00 UTC is before the last thing that an agent did on #1, at 2026-03-02 10:00:00 UTC"
    );
    assert!(hint.ends_with("desk show 1"), "{hint}");
    let tie = desk.at("10:00").recorded("11:00");
    assert_eq!(tie.gives(note("at once")), "logged");
}

#[test]
fn a_ticket_may_be_opened_as_of_when_it_was_reported() {
    let desk = desk().recorded("16:00").open_at(2);
    assert_eq!(desk.ticket().opened, moment("9:00"));
    assert_eq!(
        desk.resolution("16:00"),
        "at-risk, used 7h, left 1h, due Mon 17:00"
    );
    assert!(desk.history().iter().all(|e| e.recorded == moment("16:00")));
}

#[test]
fn a_machine_clock_a_little_behind_is_a_tie() {
    let desk = desk().open().at("10:00").reply();
    let behind = desk.at("9:58").run(note("from another machine"));
    assert_eq!(behind.history().last().unwrap().at, moment("10:00"));
    assert_eq!(behind.history().last().unwrap().recorded, moment("9:58"));
}

#[test]
fn an_event_of_a_clock_that_was_ahead_counts_when_the_next_one_is_recorded() {
    let ahead = desk().open().at("Fri 10:00").reply();
    assert_eq!(
        ahead.response("Fri 10:00"),
        "missed, used 4d1h, left -3d22h, due Mon 12:00, stopped Fri 10:00"
    );
    let right = ahead.at("10:00").run(note("the clock is right again"));
    assert_eq!(
        right.response("10:00"),
        "met, used 1h, left 2h, due Mon 12:00, stopped Mon 10:00"
    );
    let (reply, last) = (
        &right.history()[right.history().len() - 2],
        right.history().last().unwrap(),
    );
    assert_eq!((reply.at, last.at), (moment("Fri 10:00"), moment("10:00")));
    let marks = timeline(right.history());
    let marks: Vec<_> = marks.iter().rev().take(2).map(|entry| entry.mark).collect();
    assert_eq!(
        marks,
        [
            Some(TimelineMark::AfterClockAhead),
            Some(TimelineMark::ClockAhead)
        ]
    );
    assert_eq!(right.at("10:05").gives(note("and goes on")), "logged");
}

#[test]
fn events_of_one_decision_are_numbered_in_a_row_at_one_time() {
    let desk = desk().open_at(1);
    let numbers: Vec<u32> = desk.history().iter().map(|e| e.n).collect();
    assert_eq!(numbers, (1..=8).collect::<Vec<u32>>());
    assert!(desk.history().iter().all(|e| e.at == moment("9:00")));
}
