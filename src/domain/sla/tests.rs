//! The clock table and the rules of the clocks, each with its times.

mod answer;
mod business_days;
mod hours;
pub(crate) mod oracle;
mod rules;

use crate::domain::people::Actor;
use crate::domain::vocabulary::{Channel, ClockName, PauseReason};
use crate::testing::ticket_story::{TicketStory, close_forced, desk, pause};

mod response {
    use super::*;

    #[test]
    fn the_clock_runs_from_the_report_to_the_first_public_message() {
        let desk = desk().open_at(3);
        assert_eq!(
            desk.response("10:00"),
            "ok, used 1h, left 2h, due Mon 12:00"
        );
        let desk = desk.at("11:00").reply().at("11:30").reply();
        assert_eq!(
            desk.response("15:00"),
            "met, used 2h, left 1h, due Mon 12:00, stopped Mon 11:00"
        );
    }

    #[test]
    fn the_clock_is_met_at_once_when_an_agent_opens_the_ticket_in_live_contact() {
        for channel in [Channel::Phone, Channel::WalkIn] {
            assert_eq!(
                desk().via(channel).open_at(1).response("20:00"),
                "met, used 0s, left 1h, due Mon 10:00, stopped Mon 9:00",
                "{channel}"
            );
        }
        for channel in [Channel::Chat, Channel::Portal, Channel::Monitoring] {
            let desk = desk().via(channel).open();
            assert!(desk.response("9:30").starts_with("ok"), "{channel}");
        }
    }

    #[test]
    fn a_ticket_opened_by_the_desk_itself_is_not_live_contact() {
        let desk = desk().by(Actor::Desk).via(Channel::Phone).open();
        assert_eq!(
            desk.response("10:00"),
            "ok, used 1h, left 2h, due Mon 12:00"
        );
    }

    #[test]
    fn an_automatic_message_is_not_contact_by_an_agent() {
        let desk = desk().open().by(Actor::Desk).at("9:01").reply();
        assert_eq!(
            desk.response("10:00"),
            "ok, used 1h, left 2h, due Mon 12:00"
        );
        assert_eq!(desk.ticket().messages.len(), 1);
    }

    #[test]
    fn a_live_ticket_stays_answered_when_it_is_prioritized_later() {
        let desk = desk().via(Channel::Phone).open().at("14:00").prioritize(1);
        assert_eq!(
            desk.response("15:00"),
            "met, used 0s, left 3h, due Mon 12:00, stopped Mon 9:00"
        );
    }

    #[test]
    fn the_target_before_prioritizing_is_three_hours() {
        for (priority, left) in [(1, "1h"), (2, "2h"), (3, "3h"), (4, "3h")] {
            let reading = |desk: TicketStory| desk.response("9:00");
            assert!(reading(desk().open()).contains("left 3h"));
            let expected = format!("left {left}");
            assert!(
                reading(desk().open_at(priority)).contains(&expected),
                "P{priority}"
            );
        }
    }

    #[test]
    fn a_pause_does_not_hold_the_clock() {
        let desk = desk().open_at(3).at("9:30").pause();
        assert_eq!(
            desk.response("12:01"),
            "overdue, used 3h1m, left -1m, due Mon 12:00"
        );
    }

    #[test]
    fn resolving_without_a_message_leaves_the_clock_running() {
        let desk = desk().open_at(3).at("10:00").resolve();
        assert_eq!(
            desk.response("11:30"),
            "at-risk, used 2h30m, left 30m, due Mon 12:00"
        );
    }

    #[test]
    fn closing_without_a_message_to_the_requester_cancels_or_misses_the_clock() {
        let early = desk().open_at(3).at("10:00").resolve().run(close_forced());
        assert_eq!(
            early.response("20:00"),
            "cancelled, used 1h, left 2h, stopped Mon 10:00"
        );
        let just = desk().open_at(3).at("12:00").resolve().run(close_forced());
        assert!(just.response("20:00").starts_with("cancelled, used 3h"));
        let late = desk().open_at(3).at("10:00").resolve();
        let late = late.at("13:00").run(close_forced());
        assert_eq!(
            late.response("20:00"),
            "missed, used 4h, left -1h, due Mon 12:00, stopped Mon 13:00"
        );
    }

    #[test]
    fn reopening_an_unanswered_ticket_restarts_the_clock() {
        let desk = desk().open_at(3).at("10:00").resolve().run(close_forced());
        let desk = desk.at("11:00").reopen();
        assert_eq!(
            desk.response("11:30"),
            "at-risk, used 2h30m, left 30m, due Mon 12:00"
        );
        let desk = desk.at("13:00").reply();
        assert_eq!(
            desk.response("20:00"),
            "missed, used 4h, left -1h, due Mon 12:00, stopped Mon 13:00"
        );
    }

    #[test]
    fn withdrawing_cancels_the_clock_and_reopening_continues_it() {
        let desk = desk().open_at(3).at("10:00").withdraw();
        assert_eq!(
            desk.response("20:00"),
            "cancelled, used 1h, left 2h, stopped Mon 10:00"
        );
        assert_eq!(
            desk.at("11:00").reopen().response("11:00"),
            "ok, used 2h, left 1h, due Mon 12:00"
        );
    }

    #[test]
    fn a_message_after_the_withdrawal_counts_once_the_ticket_is_reopened() {
        let desk = desk().open_at(3).at("10:00").withdraw().reply();
        assert_eq!(
            desk.at("Tue 10:00").reopen().response("Tue 20:00"),
            "met, used 1h, left 2h, due Mon 12:00, stopped Mon 10:00"
        );
    }
}

mod resolution {
    use super::*;

    #[test]
    fn the_clock_runs_from_the_report_to_the_resolution() {
        let desk = desk().open_at(2);
        assert_eq!(
            desk.resolution("12:00"),
            "ok, used 3h, left 5h, due Mon 17:00"
        );
        assert_eq!(
            desk.at("16:00")
                .resolve()
                .at("18:00")
                .close()
                .resolution("20:00"),
            "met, used 7h, left 1h, due Mon 17:00, stopped Mon 16:00"
        );
    }

    #[test]
    fn each_priority_has_its_target() {
        let left = |desk: TicketStory| desk.resolution("9:00");
        assert!(left(desk().open()).contains("left 1d"));
        for (priority, hours) in [(1, "4h"), (2, "8h"), (3, "1d"), (4, "1d")] {
            let expected = format!("left {hours}");
            assert!(
                left(desk().open_at(priority)).contains(&expected),
                "P{priority}"
            );
        }
    }

    #[test]
    fn a_pause_holds_the_clock_and_shows_the_remaining_time() {
        let desk = desk().open_at(2).at("10:00").pause();
        assert_eq!(
            desk.resolution("15:00"),
            "paused, used 1h, left 7h, paused 5h"
        );
        let desk = desk.at("15:00").resume();
        assert_eq!(
            desk.resolution("16:00"),
            "ok, used 2h, left 6h, due Mon 22:00, paused 5h"
        );
    }

    #[test]
    fn pausing_again_for_another_reason_is_one_pause() {
        let desk = desk().open_at(2).at("10:00").pause();
        let desk = desk.at("11:00").run(pause(PauseReason::Change));
        assert_eq!(
            desk.at("12:00").resume().resolution("12:00"),
            "ok, used 1h, left 7h, due Mon 19:00, paused 2h"
        );
    }

    #[test]
    fn a_message_from_the_requester_ends_the_pause() {
        let desk = desk().open_at(2).reply().at("10:00").pause();
        let desk = desk.at("12:00").hear();
        assert_eq!(
            desk.resolution("13:00"),
            "ok, used 2h, left 6h, due Mon 19:00, paused 2h"
        );
    }

    #[test]
    fn a_pause_that_began_after_the_due_time_shows_how_late_it_is() {
        let desk = desk().open_at(1).at("14:00").pause();
        assert_eq!(
            desk.resolution("16:00"),
            "overdue, used 5h, left -1h, due Mon 13:00, paused 2h"
        );
        assert_eq!(
            desk.clock(ClockName::Resolution).unwrap().next_due(),
            Some(crate::testing::ticket_story::moment("13:00")),
            "a pause does not hide a breach"
        );
        let used_up = crate::testing::ticket_story::desk()
            .open_at(1)
            .at("13:00")
            .pause();
        assert_eq!(
            used_up.clock(ClockName::Resolution).unwrap().next_due(),
            None
        );
    }

    #[test]
    fn resolving_out_of_a_pause_is_met_by_the_time_used() {
        let desk = desk().open_at(1).at("10:00").pause();
        assert_eq!(
            desk.at("20:00").resolve().resolution("23:00"),
            "met, used 1h, left 3h, due Mon 23:00, stopped Mon 20:00, paused 10h"
        );
    }

    #[test]
    fn the_time_between_resolving_and_reopening_is_left_out() {
        let desk = desk().open_at(2).at("10:00").resolve().at("15:00").reopen();
        assert_eq!(
            desk.resolution("16:00"),
            "ok, used 2h, left 6h, due Mon 22:00"
        );
        let desk = desk.at("17:00").reply().resolve().close();
        let desk = desk.at("Tue 9:00").reopen();
        assert_eq!(
            desk.resolution("Tue 9:00"),
            "ok, used 3h, left 5h, due Tue 14:00"
        );
        assert_eq!(desk.ticket().reopenings, 2);
    }

    #[test]
    fn withdrawing_cancels_the_clock_and_reopening_continues_it() {
        let desk = desk().open_at(2).at("10:00").withdraw();
        assert_eq!(
            desk.resolution("20:00"),
            "cancelled, used 1h, left 7h, stopped Mon 10:00"
        );
        assert_eq!(
            desk.at("12:00").reopen().resolution("13:00"),
            "ok, used 2h, left 6h, due Mon 19:00"
        );
    }

    #[test]
    fn reopening_a_merged_ticket_continues_the_clock() {
        let desk = desk().open_at(2).at("10:00").pause().at("11:00").merge();
        assert_eq!(
            desk.resolution("20:00"),
            "cancelled, used 1h, left 7h, stopped Mon 11:00, paused 1h"
        );
        assert_eq!(
            desk.at("13:00").reopen().resolution("14:00"),
            "ok, used 2h, left 6h, due Mon 20:00, paused 1h"
        );
    }
}
