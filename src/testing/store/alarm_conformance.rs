//! The conformance suite of repeated alarms. Its tests use the port only, and
//! run on every engine of `fixtures`.

use super::fixtures::{at, faults, keyed, on_each_engine, opening, save};
use crate::domain::alarms::{AlarmCount, AlarmText};
use crate::domain::event::{Event, TicketId};
use crate::store::{AccessMode, Store};

const ID: TicketId = TicketId(1);

fn times(count: u64, first: i64, last: i64) -> AlarmCount {
    AlarmCount {
        count,
        first: at(first),
        last: at(last),
    }
}

fn text(text: &str, times: AlarmCount) -> AlarmText {
    AlarmText {
        text: text.to_owned(),
        times,
    }
}

fn put(store: &dyn Store, total: AlarmCount, texts: &[AlarmText]) {
    let mut txn = store.begin(AccessMode::Write).unwrap();
    txn.put_alarms(ID, total, texts).unwrap();
    txn.commit().unwrap();
}

/// The faults of a store in which a ticket has these alarms; every engine finds the
/// same.
fn faults_of(ticket: &[Event], total: AlarmCount, texts: &[AlarmText]) -> Vec<String> {
    let found = std::cell::OnceCell::new();
    on_each_engine(|store| {
        save(store, ticket);
        put(store, total, texts);
        let faults = faults(store);
        assert_eq!(*found.get_or_init(|| faults.clone()), faults);
    });
    found.into_inner().unwrap()
}

#[test]
fn alarms_are_counted_as_a_whole_and_by_their_text() {
    on_each_engine(|store| {
        save(store, &keyed(1));
        save(store, &keyed(2));
        let read = |id, only: Option<&str>| {
            let txn = store.begin(AccessMode::Read).unwrap();
            let id = TicketId(id);
            (
                txn.alarm_count(id).unwrap(),
                txn.alarm_texts(id, only).unwrap(),
            )
        };
        assert_eq!(read(1, None), (None, Vec::new()));
        let (full, error) = (
            text("disk full", times(1, 0, 0)),
            text("I/O", times(1, 5, 5)),
        );
        put(store, times(1, 0, 0), std::slice::from_ref(&full));
        put(store, times(2, 0, 5), std::slice::from_ref(&error));
        let again = text("disk full", times(2, 0, 9));
        put(store, times(3, 0, 9), std::slice::from_ref(&again));
        let (total, mut texts) = read(1, None);
        texts.sort_by_key(|text| text.times.first);
        assert_eq!(
            (total, texts),
            (Some(times(3, 0, 9)), vec![again, error.clone()])
        );
        assert_eq!(read(1, Some("I/O")).1, [error]);
        assert_eq!(read(1, Some("i/o")).1, []);
        assert_eq!(read(2, None), (None, Vec::new()));
        assert_eq!(faults(store), Vec::<String>::new());
    });
}

#[test]
fn fewer_texts_than_alarms_are_sound_because_texts_can_be_erased() {
    let some = [text("disk full", times(2, 0, 5))];
    assert_eq!(
        faults_of(&keyed(1), times(3, 0, 9), &some),
        Vec::<String>::new()
    );
    assert_eq!(
        faults_of(&keyed(1), times(3, 0, 9), &[]),
        Vec::<String>::new()
    );
}

#[test]
fn counts_that_contradict_each_other_are_found() {
    let fault = ["#1: the count of its alarms is not consistent"];
    let once = times(1, 3, 3);
    let text = |times| [text("disk full", times)];
    assert_eq!(faults_of(&keyed(1), once, &text(times(2, 3, 3))), fault);
    assert_eq!(faults_of(&keyed(1), once, &text(times(1, 2, 3))), fault);
    assert_eq!(faults_of(&keyed(1), once, &text(times(1, 3, 4))), fault);
    assert_eq!(
        faults_of(&keyed(1), times(2, 3, 3), &text(times(0, 3, 3))),
        fault
    );
    assert_eq!(faults_of(&keyed(1), times(0, 3, 3), &[]), fault);
    assert_eq!(faults_of(&keyed(1), times(2, 4, 3), &[]), fault);
    assert_eq!(faults_of(&opening(1, "without a key"), once, &[]), fault);
}
