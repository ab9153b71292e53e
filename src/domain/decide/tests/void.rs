//! Tickets that were mistakes.

use super::super::{RepeatedAlarm, needs_follow_up, repeat_alarm};
use crate::domain::sla::clock::ClockState;
use crate::domain::ticket::Status;
use crate::domain::vocabulary::State;
use crate::testing::ticket_story::{desk, hear, reopen, reply, thanks, void};

#[test]
fn a_void_ticket_is_closed_counts_nowhere_and_has_no_clock() {
    let story = desk().open_at(2).run(hear("anyone?")).at("10:00");
    assert!(story.ticket().unanswered_since.is_some());
    let story = story.run(void("opened by a slip"));
    let row = story.summary();
    assert_eq!((row.state, row.state_shown()), (State::Closed, "void"));
    assert!(row.is_void && !row.is_undone);
    assert_eq!(row.next_action_at, None);
    for clock in row.clocks.values() {
        let state = clock.read_at(story.at, &story.policy).state;
        assert!(
            matches!(state, ClockState::Cancelled | ClockState::Met),
            "{state:?}"
        );
    }
    assert_eq!(story.ticket().owed_since(), None);
    assert_eq!(story.gives(void("opened by a slip")), "-");
    let (refusal, hint) = story.refuses(void("another reason"));
    assert_eq!(
        refusal,
        "#1 is closed: it is void already, for another reason"
    );
    assert_eq!(hint, "desk reopen 1 REASON, then desk void it again");
}

#[test]
fn it_is_taken_up_again_as_it_was_and_that_is_no_reopening() {
    let story = desk()
        .open_at(2)
        .run(reply("we look"))
        .run(hear("thanks, when?"));
    let owed = story.ticket().unanswered_since;
    let story = story
        .at("10:00")
        .run(void("a slip"))
        .at("11:00")
        .run(reopen());
    let ticket = story.ticket();
    assert_eq!(ticket.status, Status::Active);
    assert_eq!((ticket.reopenings, ticket.unanswered_since), (0, owed));
    assert!(
        story
            .clocks()
            .values()
            .any(|clock| { clock.read_at(story.at, &story.policy).state == ClockState::Running })
    );
}

#[test]
fn a_message_to_it_opens_another_ticket_and_an_alarm_takes_the_key() {
    let story = desk().with(|new| new.key = Some("disk".to_owned())).open();
    let story = story.run(void("a test"));
    assert!(needs_follow_up(
        story.ticket(),
        &hear("hello?"),
        &story.ctx()
    ));
    assert!(!needs_follow_up(story.ticket(), &thanks(), &story.ctx()));
    let alarm = repeat_alarm(&story.summary(), None, &story.ctx());
    assert_eq!(alarm, RepeatedAlarm::FollowUp);
    // Just closed, it would be reopened.
    let closed = desk().open_at(3).resolve().close();
    assert!(!needs_follow_up(
        closed.ticket(),
        &hear("hello?"),
        &closed.ctx()
    ));
    let alarm = repeat_alarm(&closed.summary(), None, &closed.ctx());
    assert_eq!(alarm, RepeatedAlarm::Reopen);
}
