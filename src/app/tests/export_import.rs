//! Exporting a store and importing it into another one.

use super::{TestStore, titled};
use crate::domain::Timestamp;
use crate::domain::decide::NewTicket;
use crate::domain::event::Fact;
use crate::domain::import_report::ImportReport;
use crate::domain::people::Actor;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::error::Error;
use crate::testing::ticket_story::{note, reply};

fn exported(store: &TestStore) -> Vec<String> {
    let mut lines = Vec::new();
    let export = store.run(None, None, |desk| {
        desk.export(&mut |line| {
            lines.push(line.to_owned());
            Ok(())
        })
    });
    export.unwrap();
    lines
}

fn imported(store: &TestStore, lines: &[String], strict: bool) -> Result<ImportReport, Error> {
    let mut lines = lines.iter().cloned().map(Ok);
    store.at("12:00", |desk| desk.import_store(&mut lines, strict))
}

/// A ticket and its events without the recording times, which an import
/// replaces.
fn essence(store: &TestStore, id: i64) -> (Ticket, Summary, Vec<(Timestamp, Actor, Fact)>) {
    let page = store.page(id);
    let events = page.history.into_iter();
    let events = events.map(|event| (event.at, event.actor, event.fact));
    (page.ticket, page.summary, events.collect())
}

fn lived() -> TestStore {
    let store = TestStore::new();
    store.open("9:00", "VPN drops");
    store.open("9:01", "Printer");
    store.act("9:05", 1, reply("we are on it")).unwrap();
    store
}

#[test]
fn an_exported_store_is_imported_as_it_was() {
    let (from, to) = (lived(), TestStore::new());
    let report = imported(&to, &exported(&from), true).unwrap();
    assert_eq!(report.tickets.new, 2);
    for id in [1, 2] {
        assert_eq!(essence(&to, id), essence(&from, id));
    }
}

#[test]
fn a_later_export_adds_only_what_is_new() {
    let (from, to) = (lived(), TestStore::new());
    imported(&to, &exported(&from), true).unwrap();
    from.act("9:30", 2, note("toner ordered")).unwrap();
    let report = imported(&to, &exported(&from), true).unwrap();
    assert_eq!((report.tickets.extended, report.tickets.unchanged), (1, 1));
    assert_eq!(report.events, 1);
    assert_eq!(essence(&to, 2), essence(&from, 2));
}

#[test]
fn a_strict_import_takes_everything_or_nothing() {
    let (from, to) = (lived(), TestStore::new());
    let mut lines = exported(&from);
    lines.push("no line of an export".to_owned());
    assert!(imported(&to, &lines, true).is_err());
    assert_eq!(exported(&to).len(), 1);
    let report = imported(&to, &lines, false).unwrap();
    assert_eq!((report.tickets.new, report.rows.refused), (2, 1));
}

#[test]
fn an_export_is_as_it_was_at_its_beginning_whatever_is_written_meanwhile() {
    let store = TestStore::new();
    for number in 0..23 {
        store.open("9:00", &format!("ticket {number}"));
    }
    let before = exported(&store);
    let mut lines = Vec::new();
    store.run(None, None, |desk| {
        desk.export(&mut |line| {
            if lines.len() == 3 {
                store.open("9:30", "opened meanwhile");
                for id in [23, 12, 2, 1] {
                    store.act("9:31", id, note("changed meanwhile")).unwrap();
                }
            }
            lines.push(line.to_owned());
            Ok(())
        })
        .unwrap();
    });
    assert!(lines == before);
    // The control: an export that begins later has it all.
    let after = exported(&store);
    let changed = after.iter().filter(|line| !before.contains(line));
    assert_eq!(changed.count(), 5);
    imported(&TestStore::new(), &lines, true).unwrap();
}

#[test]
fn repeated_alarms_are_exported_and_counted_once() {
    let (from, to) = (TestStore::new(), TestStore::new());
    let raise = |time: &str, title: &str| {
        let key = Some("disk-db3".to_owned());
        let new = NewTicket {
            key,
            ..titled(title)
        };
        from.at(time, |desk| desk.open(&new, &[]).map(drop))
            .unwrap();
    };
    raise("9:00", "disk full");
    raise("9:30", "disk full");
    let outcomes = |report: ImportReport| {
        let tickets = report.tickets;
        [tickets.new, tickets.extended, tickets.unchanged]
    };
    let import = || outcomes(imported(&to, &exported(&from), true).unwrap());
    assert_eq!([import(), import()], [[1, 0, 0], [0, 0, 1]]);
    raise("10:00", "I/O errors");
    assert_eq!([import(), import()], [[0, 1, 0], [0, 0, 1]]);
    assert_eq!(to.page(1).alarms.unwrap().total.count, 3);
    assert_eq!(to.page(1).alarms, from.page(1).alarms);
}

#[test]
fn a_ticket_with_a_long_key_is_refused() {
    let from = TestStore::new();
    let new = NewTicket {
        key: Some("k".repeat(201)),
        ..titled("disk full")
    };
    from.at("9:00", |desk| desk.open(&new, &[]).map(drop))
        .unwrap();
    let report = imported(&TestStore::new(), &exported(&from), false).unwrap();
    let refused: Vec<(u64, &str)> = report
        .findings
        .iter()
        .map(|one| (one.line, one.reason.as_str()))
        .collect();
    let reason = "the key has 201 bytes, at most 200 are allowed";
    assert_eq!(refused, [(2, reason)]);
}

#[test]
fn the_opening_of_a_ticket_whose_alarms_were_never_counted_is_the_first_one() {
    let (from, to) = (TestStore::new(), TestStore::new());
    let raise = |store: &TestStore, time: &str| {
        let key = Some("disk-db3".to_owned());
        let new = NewTicket {
            key,
            ..titled("disk full")
        };
        store
            .at(time, |desk| desk.open(&new, &[]).map(drop))
            .unwrap();
    };
    raise(&from, "9:00");
    let mut lines = exported(&from);
    // As versions that did not count have written it.
    for line in &mut lines {
        let mut json: serde_json::Value = serde_json::from_str(line).unwrap();
        json.as_object_mut().unwrap().remove("occurrences");
        *line = json.to_string();
    }
    imported(&to, &lines, true).unwrap();
    assert_eq!(to.page(1).alarms.unwrap().total.count, 1);
    raise(&to, "13:00");
    let alarms = to.page(1).alarms.unwrap();
    assert_eq!((alarms.total.count, alarms.texts.len()), (2, 1));
    assert_eq!(alarms.total.first, to.page(1).ticket.opened);
}

/// Erases the texts of ticket 1 that mention mail addresses of the requester.
fn erased(store: &TestStore) {
    let mia = crate::domain::people::Requester::parse("mia@example.org").unwrap();
    let found = store.run(None, None, |desk| {
        desk.find_person(&mia, &mut |_, _| {}).unwrap()
    });
    let texts = crate::app::TextSelection::Choice(crate::domain::vocabulary::TextChoice::Certain);
    let done = store.at("11:00", |desk| {
        desk.erase_person(&found, &texts, "asked for")
    });
    assert!(done.unwrap().erased > 1);
}

fn with_mia() -> TestStore {
    let store = TestStore::new();
    let new = NewTicket {
        requester: crate::domain::people::Requester::parse("Mia <mia@example.org>").unwrap(),
        ..titled("VPN drops")
    };
    store.at("9:00", |desk| desk.open(&new, &[]).unwrap());
    store
        .act("9:05", 1, note("mia@example.org called"))
        .unwrap();
    store
}

fn is_sound(store: &TestStore) {
    let verified = store.run(None, None, |desk| desk.verify(None).unwrap());
    assert_eq!((verified.faults, verified.notes), (vec![], vec![]));
}

#[test]
fn an_export_with_erased_texts_is_imported_as_it_is() {
    let (from, to) = (with_mia(), TestStore::new());
    erased(&from);
    let lines = exported(&from);
    assert!(!lines.concat().contains("mia@"));
    imported(&to, &lines, true).unwrap();
    assert_eq!(essence(&to, 1), essence(&from, 1));
    to.at("12:10", |desk| desk.sweep(&mut |_| Ok(()))).unwrap();
    is_sound(&to);
}

#[test]
fn an_export_from_before_an_erasure_does_not_bring_the_texts_back() {
    let store = with_mia();
    let before = exported(&store);
    assert!(before.concat().contains("mia@"));
    erased(&store);
    let ticket = essence(&store, 1);
    let report = imported(&store, &before, true).unwrap();
    assert_eq!((report.tickets.unchanged, report.tickets.new), (1, 0));
    assert_eq!(essence(&store, 1), ticket);
    is_sound(&store);
}

#[test]
fn an_erasure_goes_along_to_a_store_that_still_has_the_texts() {
    let (from, to) = (with_mia(), TestStore::new());
    imported(&to, &exported(&from), true).unwrap();
    erased(&from);
    let report = imported(&to, &exported(&from), true).unwrap();
    assert_eq!(report.tickets.extended, 1);
    assert_eq!(essence(&to, 1), essence(&from, 1));
    to.at("12:10", |desk| desk.sweep(&mut |_| Ok(()))).unwrap();
    is_sound(&to);
    let bytes = std::fs::read(to.folder.path().join("desk.db")).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("mia@"));
}

#[test]
fn another_text_is_still_another_ticket() {
    let (from, to) = (with_mia(), with_mia());
    from.act("9:10", 1, note("one thing")).unwrap();
    to.act("9:10", 1, note("another thing")).unwrap();
    let refused = imported(&to, &exported(&from), true).unwrap_err();
    assert!(
        refused.to_string().contains("different ticket"),
        "{refused}"
    );
}
