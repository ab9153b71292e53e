//! A due action is taken once, by whichever sweep comes first.

use super::TestStore;
use crate::domain::decide::{Command, PauseRequest};
use crate::domain::event::TicketId;
use crate::domain::vocabulary::{PauseReason, State};
use crate::error::Error;
use crate::testing::ticket_story::{kinds, moment};

/// Two tickets that are to wake at 10:00 and at 11:00.
fn paused() -> TestStore {
    let store = TestStore::new();
    for (id, until) in [(1, "10:00"), (2, "11:00")] {
        store.open("9:00", "VPN drops");
        let pause = Command::Pause(PauseRequest {
            reason: PauseReason::Vendor,
            until: Some(moment(until)),
            note: None,
            ask: None,
            force: None,
        });
        store.act("9:05", id, pause).unwrap();
    }
    store
}

/// What a sweep at that time does: `1 resumed`.
fn swept(store: &TestStore, time: &str) -> Vec<String> {
    let mut done = Vec::new();
    store
        .at(time, |desk| {
            desk.sweep(&mut |update| {
                done.push(format!("{} {}", update.after.id.0, kinds(&update.events)));
                Ok(())
            })
        })
        .unwrap();
    done
}

#[test]
fn a_sweep_does_what_is_due_and_no_more() {
    let store = paused();
    assert_eq!(swept(&store, "9:59"), Vec::<String>::new());
    assert_eq!(swept(&store, "10:00"), ["1 resumed"]);
    assert_eq!(store.page(1).summary.state, State::Active);
    assert_eq!(store.page(2).summary.state, State::Paused);
    assert_eq!(swept(&store, "10:00"), Vec::<String>::new());
    assert_eq!(swept(&store, "11:10"), ["2 resumed"]);
    // Dated when it was due, not when the sweep came.
    let event = store.page(2).history.pop().unwrap();
    assert_eq!(
        (event.at, event.recorded),
        (moment("11:00"), moment("11:10"))
    );
}

#[test]
fn a_rehearsal_shows_the_same_and_writes_nothing() {
    let store = paused();
    let histories = || [store.page(1).history, store.page(2).history];
    let before = histories();
    let mut shown = Vec::new();
    let rehearsed = store.at("11:10", |desk| {
        desk.preview_sweep(&mut |update| {
            shown.push(update.after.id);
            Ok(())
        })
    });
    rehearsed.unwrap();
    assert_eq!(shown, [TicketId(1), TicketId(2)]);
    assert_eq!(histories(), before);
}

#[test]
fn what_was_done_stays_done_when_its_report_cannot_be_written() {
    let store = paused();
    let swept = store.at("11:10", |desk| desk.sweep(&mut |_| Err(Error::Interrupted)));
    assert!(matches!(swept, Err(Error::Interrupted)));
    assert_eq!(store.page(1).summary.state, State::Active);
}

#[test]
fn a_sweep_without_a_store_creates_none() {
    let store = TestStore::new();
    assert_eq!(swept(&store, "9:00"), Vec::<String>::new());
    assert!(!store.exists());
}
