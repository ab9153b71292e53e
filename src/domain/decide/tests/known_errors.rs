//! Known errors.

use super::diagnose::story;
use crate::domain::decide::{Command, KnownErrorInput};
use crate::domain::vocabulary::State;
use crate::testing::ticket_story::{TicketStory, reopen};

#[test]
fn a_known_error_stays_marked_until_it_is_withdrawn() {
    let marked = |desk: &TicketStory| desk.summary().is_known_error;
    let desk = story()
        .resolve()
        .run(Command::MarkKnownError(KnownErrorInput::default()));
    let known = desk.ticket().known_error.clone().unwrap();
    assert_eq!(known.workaround, desk.ticket().resolution().unwrap().text);
    assert_eq!(known.cause, None);
    let desk = desk.run(reopen());
    assert_eq!(desk.ticket().status.state(), State::Active);
    assert!(marked(&desk));
    let withdraw = Command::WithdrawKnownError {
        reason: "fixed".to_owned(),
    };
    let desk = desk.run(withdraw.clone());
    assert!(!marked(&desk));
    let (refusal, _) = desk.refuses(withdraw);
    assert_eq!(refusal, "#1 is not a known error");
}
