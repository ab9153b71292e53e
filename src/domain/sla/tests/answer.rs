//! The update clock: unanswered messages and the cadence.

use crate::domain::people::Actor;
use crate::domain::vocabulary::{Channel, OnResolved, PauseReason};
use crate::testing::ticket_story::{TicketStory, close_forced, desk, pause, thanks};

#[test]
fn before_the_first_response_there_is_no_update_clock() {
    let desk = desk().open_at(3).at("10:00").hear();
    assert_eq!(desk.update("10:00"), "none");
    assert_eq!(
        desk.at("11:00").reply().update("20:00"),
        "none",
        "the first response answers earlier messages"
    );
}

#[test]
fn the_oldest_unanswered_message_starts_the_clock_and_a_public_message_stops_it() {
    let desk = desk().open_at(3).reply();
    let desk = desk.at("10:00").hear().at("11:00").hear();
    assert_eq!(desk.update("12:00"), "ok, used 2h, left 1h, due Mon 13:00");
    let desk = desk.at("12:30").reply();
    assert_eq!(
        desk.update("20:00"),
        "met, used 2h30m, left 30m, due Mon 13:00, stopped Mon 12:30"
    );
    let desk = desk.at("14:00").hear();
    assert_eq!(
        desk.update("18:00"),
        "overdue, used 4h, left -1h, due Mon 17:00"
    );
}

#[test]
fn after_a_live_opening_messages_start_the_clock() {
    let desk = desk().via(Channel::Phone).open_at(2).at("10:00").hear();
    assert_eq!(desk.update("11:00"), "ok, used 1h, left 1h, due Mon 12:00");
}

#[test]
fn an_automatic_message_does_not_stop_the_clock() {
    let desk = desk().open_at(3).reply().at("10:00").hear();
    let desk = desk.by(Actor::Desk).at("10:01").reply();
    assert_eq!(desk.update("11:00"), "ok, used 1h, left 2h, due Mon 13:00");
}

#[test]
fn a_new_priority_changes_the_target_of_an_unanswered_message() {
    let desk = desk().open_at(3).reply().at("10:00").hear();
    assert_eq!(
        desk.at("10:30").prioritize(2).update("11:00"),
        "ok, used 1h, left 1h, due Mon 12:00"
    );
}

#[test]
fn a_cadence_runs_from_each_public_message_to_the_next() {
    let desk = desk().open_at(1);
    assert_eq!(desk.update("9:30"), "none");
    let desk = desk.at("9:30").reply();
    assert_eq!(
        desk.update("10:00"),
        "ok, used 30m, left 30m, due Mon 10:30"
    );
    let desk = desk.at("10:20").reply();
    assert_eq!(
        desk.update("11:30"),
        "overdue, used 1h10m, left -10m, due Mon 11:20"
    );
}

#[test]
fn with_a_cadence_the_wait_that_is_due_first_counts() {
    let desk = desk().open_at(1).reply().at("9:40").hear();
    assert_eq!(desk.update("9:40"), "ok, used 40m, left 20m, due Mon 10:00");
}

#[test]
fn without_a_cadence_silence_does_not_count() {
    let desk = desk().open_at(2).reply();
    assert_eq!(desk.update("Tue 9:00"), "none");
}

#[test]
fn a_cadence_set_later_counts_from_the_last_public_message() {
    let desk = desk().open_at(3).reply().at("9:20").prioritize(1);
    assert_eq!(desk.update("9:30"), "ok, used 30m, left 30m, due Mon 10:00");
}

#[test]
fn a_cadence_that_is_late_at_once_is_reclassified_until_it_is_removed() {
    let desk = desk().open_at(3).reply().at("12:00").prioritize(1);
    assert_eq!(
        desk.update("12:00"),
        "overdue, used 3h, left -2h, due Mon 10:00, reclassified"
    );
    assert_eq!(desk.at("12:01").prioritize(3).update("13:00"), "none");
}

#[test]
fn a_pause_suspends_the_clock() {
    let desk = desk().open_at(1).reply().at("9:15").pause();
    assert_eq!(
        desk.update("11:00"),
        "paused, used 15m, left 45m, paused 1h45m"
    );
    assert_eq!(
        desk.at("11:00").resume().update("11:15"),
        "ok, used 30m, left 30m, due Mon 11:45, paused 1h45m"
    );
}

#[test]
fn a_pause_suspends_the_cadence_and_not_an_unanswered_message() {
    let desk = desk().open_at(1).reply().at("9:40").hear();
    assert_eq!(
        desk.at("9:50").pause().update("10:30"),
        "at-risk, used 50m, left 10m, due Mon 10:40",
        "an answer is owed whatever the status"
    );
}

#[test]
fn a_question_with_a_pause_starts_a_suspended_silence() {
    let desk = desk().open_at(1).at("9:30").reply();
    let desk = desk.run(pause(PauseReason::Requester));
    assert_eq!(
        desk.update("12:00"),
        "paused, used 0s, left 1h, paused 2h30m"
    );
    assert_eq!(
        desk.at("12:00").hear().update("12:30"),
        "ok, used 30m, left 30m, due Mon 13:00",
        "the new message is due as soon as the cadence"
    );
}

#[test]
fn a_message_to_a_ticket_that_stays_resolved_is_owed_an_answer() {
    let desk = keeps_resolved().open_at(3).reply().at("10:00").resolve();
    let desk = desk.at("11:00").hear();
    assert_eq!(
        desk.update("15:00"),
        "overdue, used 4h, left -1h, due Mon 14:00"
    );
    assert_eq!(
        desk.at("15:00").reopen().update("16:00"),
        "overdue, used 5h, left -2h, due Mon 14:00"
    );
}

#[test]
fn an_answer_while_resolved_stops_the_clock() {
    let desk = keeps_resolved().open_at(3).reply().at("10:00").resolve();
    let desk = desk.at("11:00").hear().at("12:00").reply();
    assert_eq!(
        desk.update("20:00"),
        "met, used 1h, left 2h, due Mon 14:00, stopped Mon 12:00"
    );
}

#[test]
fn suspended_time_is_the_same_while_resolved_and_after_reopening() {
    let desk = desk().open_at(1).reply().at("9:10").resolve();
    assert_eq!(
        desk.update("9:40"),
        "paused, used 10m, left 50m, paused 30m"
    );
    assert_eq!(
        desk.at("9:40").reopen().update("9:40"),
        "ok, used 10m, left 50m, due Mon 10:30, paused 30m"
    );
}

#[test]
fn after_closing_the_last_wait_is_shown() {
    let desk = desk().open_at(3).reply().at("10:00").hear();
    let desk = desk.at("11:00").reply().resolve().close();
    assert_eq!(
        desk.update("20:00"),
        "met, used 1h, left 2h, due Mon 13:00, stopped Mon 11:00"
    );
}

#[test]
fn reopening_a_closed_ticket_restarts_the_cadence() {
    let desk = desk().open_at(1).at("9:10").resolve().close();
    assert_eq!(desk.update("9:50"), "none");
    assert_eq!(
        desk.at("Tue 9:00").reopen().update("Tue 9:30"),
        "ok, used 30m, left 30m, due Tue 10:00, paused 23h50m"
    );
}

#[test]
fn a_message_unanswered_at_closing_is_due_again_after_reopening() {
    let desk = desk().open_at(3).reply().at("10:00").hear();
    let desk = desk.at("11:00").resolve().run(close_forced());
    assert_eq!(
        desk.update("20:00"),
        "cancelled, used 1h, left 2h, stopped Mon 11:00"
    );
    assert_eq!(
        desk.at("12:00").reopen().update("12:30"),
        "at-risk, used 2h30m, left 30m, due Mon 13:00"
    );
}

#[test]
fn a_message_that_is_late_at_closing_is_missed() {
    let desk = desk().open_at(3).reply().at("10:00").hear();
    let desk = desk.at("13:30").resolve().run(close_forced());
    assert_eq!(
        desk.update("20:00"),
        "missed, used 3h30m, left -30m, due Mon 13:00, stopped Mon 13:30"
    );
}

#[test]
fn a_message_that_was_late_before_a_pause_stays_late() {
    let desk = desk().open_at(1).reply().at("9:40").hear();
    let desk = desk.run(pause(PauseReason::Vendor));
    let desk = desk.at("11:00").pause();
    assert_eq!(
        desk.update("11:30"),
        "overdue, used 1h50m, left -50m, due Mon 10:40"
    );
}

#[test]
fn a_cadence_that_was_late_before_a_pause_stays_late() {
    let desk = desk().open_at(1).reply().at("10:30").pause();
    assert_eq!(
        desk.update("12:00"),
        "overdue, used 1h30m, left -30m, due Mon 10:00, paused 1h30m"
    );
}

#[test]
fn only_what_is_asked_after_a_withdrawal_is_owed_an_answer() {
    let desk = keeps_resolved().open_at(3).reply().at("10:00").hear();
    let desk = desk.at("10:30").withdraw();
    assert_eq!(
        desk.update("12:00"),
        "cancelled, used 30m, left 2h30m, stopped Mon 10:30"
    );
    let desk = desk.at("11:00").hear();
    assert_eq!(desk.update("12:00"), "ok, used 1h, left 2h, due Mon 14:00");
    assert_eq!(
        desk.clone().at("12:00").reopen().update("12:00"),
        "ok, used 2h, left 1h, due Mon 13:00",
        "both are owed again"
    );
    assert_eq!(
        desk.at("12:00").reply().update("12:00"),
        "met, used 2h, left 1h, due Mon 13:00, stopped Mon 12:00"
    );
}

#[test]
fn thanks_are_owed_no_answer() {
    let desk = desk().open_at(3).reply().at("10:00").run(thanks());
    assert_eq!(desk.update("12:00"), "none");
}

/// A desk whose tickets stay resolved when the requester writes.
fn keeps_resolved() -> TicketStory {
    desk().policy(|policy| policy.messages.on_resolved = OnResolved::Keep)
}

#[test]
fn merging_cancels_the_clock_and_reopening_continues_it() {
    let desk = desk().open_at(3).reply().at("10:00").hear();
    let desk = desk.at("11:00").merge();
    assert_eq!(
        desk.update("20:00"),
        "cancelled, used 1h, left 2h, stopped Mon 11:00"
    );
    assert_eq!(
        desk.at("15:00").reopen().update("16:00"),
        "overdue, used 6h, left -3h, due Mon 13:00",
        "an answer is owed since the requester wrote"
    );
}
