//! Erasing a person: nothing of them is left in any byte, and everything else
//! stays.

use std::collections::BTreeSet;
use std::path::Path;

use super::TestStore;
use crate::app::TextSelection;
use crate::domain::decide::NewTicket;
use crate::domain::event::TicketId;
use crate::domain::people::Requester;
use crate::domain::privacy::hold::Held;
use crate::domain::privacy::read_models::{FoundPerson, PersonErasure};
use crate::domain::vocabulary::{Channel, TextChoice};
use crate::error::Error;
use crate::testing::ticket_story::{self, close_forced, hear, note, reply};

/// Words that stand nowhere else, as they are written.
const WORDS: &[&str] = &[
    "Quendolin",
    "Zwiebelfisch",
    "quendolin@zwiebelfisch.example",
    "Wanderratten",
];

fn person(typed: &str) -> Requester {
    Requester::parse(typed).unwrap()
}

fn quendolin() -> Requester {
    person("Quendolin Zwiebelfisch <quendolin@zwiebelfisch.example>")
}

fn open(store: &TestStore, time: &str, title: &str, requester: Requester) -> i64 {
    let new = NewTicket {
        title: title.to_owned(),
        description: Some(format!("{title}, said at length")),
        requester,
        channel: Channel::Email,
        ..ticket_story::new()
    };
    store
        .at(time, |desk| desk.open(&new, &[]).unwrap())
        .after
        .id
        .0
}

/// A desk with so many tickets that table and index have many pages, one of them
/// of a person whose words stand nowhere else.
fn lived() -> TestStore {
    let store = TestStore::new();
    for number in 0..120 {
        let who = person(&format!("Caller {number} <caller{number}@example.org>"));
        let id = open(
            &store,
            "9:00",
            &format!("printer word{number} broken{number}"),
            who,
        );
        store
            .act("9:01", id, note(&format!("tried toner{number}")))
            .unwrap();
        if number == 60 {
            let id = open(&store, "9:02", "cups missing", quendolin());
            store
                .act("9:03", id, hear("Zwiebelfisch here about the Wanderratten"))
                .unwrap();
            store
                .act("9:04", 30, note("quendolin@ZWIEBELFISCH.example asked too"))
                .unwrap();
        }
    }
    store
}

fn found(store: &TestStore, typed: &str) -> FoundPerson {
    store.run(None, None, |desk| {
        desk.find_person(&person(typed), &mut |_, _| {}).unwrap()
    })
}

fn erase(store: &TestStore, typed: &str, texts: TextChoice) -> Result<PersonErasure, Error> {
    let found = found(store, typed);
    store.at("10:00", |desk| {
        desk.check_erasure(&found)?;
        desk.erase_person(&found, &TextSelection::Choice(texts), "asked for")
    })
}

/// The words, and their forms in the index, that stand in a file.
fn left_in(path: &Path) -> BTreeSet<String> {
    use crate::domain::search::analysis::Analyzer;
    let Ok(bytes) = std::fs::read(path) else {
        return BTreeSet::new();
    };
    let text = String::from_utf8_lossy(&bytes);
    let mut forms: BTreeSet<String> = BTreeSet::new();
    for word in WORDS {
        forms.insert((*word).to_owned());
        forms.insert(word.to_lowercase());
        let analyzer = Analyzer::for_text(word);
        forms.extend(analyzer.terms(&word.to_lowercase()));
        forms.extend(analyzer.variants(&word.to_lowercase()));
    }
    forms.retain(|form| form.len() > 4 && form != "example" && text.contains(form.as_str()));
    forms
}

fn left(store: &TestStore) -> BTreeSet<String> {
    let files = [
        "desk.db",
        "desk.db-wal",
        "desk.db.redactions",
        "copy.db",
        "copy.db.redactions",
    ];
    let paths = files.iter().map(|file| store.folder.path().join(file));
    paths.flat_map(|path| left_in(&path)).collect()
}

fn verified(store: &TestStore) -> (Vec<String>, Vec<String>) {
    let verified = store.run(None, None, |desk| desk.verify(None).unwrap());
    (verified.faults, verified.notes)
}

fn sweep(store: &TestStore) {
    store
        .at("10:30", |desk| desk.sweep(&mut |_| Ok(())))
        .unwrap();
}

#[test]
fn nothing_of_an_erased_person_is_left_in_any_byte() {
    let store = lived();
    assert!(left(&store).len() > 6, "{:?}", left(&store));
    let pieces = found(&store, "quendolin@zwiebelfisch.example").pieces.len();
    // Name, contact, description, message, title, and the note elsewhere.
    assert_eq!(pieces, 5);
    let done = erase(&store, "quendolin zwiebelfisch", TextChoice::Possible).unwrap();
    assert_eq!((done.erased, done.kept, done.scrub_pending), (5, 0, false));
    assert_eq!(done.tickets, [TicketId(30), TicketId(62)]);
    assert_eq!(left(&store), BTreeSet::new());
    assert_eq!(verified(&store), (vec![], vec![]));
    let page = store.page(62);
    assert_eq!(page.ticket.requester.name.as_deref(), Some("[erased]"));
    // Nobody is left to be found, and the row is not found by its new name.
    let again = store.run(None, None, |desk| {
        desk.find_person(&person("Quendolin Zwiebelfisch"), &mut |_, _| {})
    });
    assert_eq!(again.unwrap().pieces, vec![]);
    // A backup that is made later has nothing either.
    let copy = store.folder.path().join("copy.db");
    store.at("10:05", |desk| desk.backup(&copy).unwrap());
    assert_eq!(left_in(&copy), BTreeSet::new());
    assert!(store.folder.path().join("copy.db.redactions").exists());
}

#[test]
fn clocks_and_times_stay_and_what_is_owed_is_cancelled() {
    let store = TestStore::new();
    let id = open(&store, "9:00", "VPN", quendolin());
    let other = open(&store, "9:00", "Mail", person("Ben Ode <ben@example.org>"));
    store.act("9:10", id, reply("on it")).unwrap();
    store.act("9:20", id, hear("and now?")).unwrap();
    assert!(store.page(id).ticket.unanswered_since.is_some());
    let before = store.page(id).summary;
    let done = erase(
        &store,
        "quendolin@zwiebelfisch.example",
        TextChoice::Certain,
    )
    .unwrap();
    assert_eq!(done.cancelled, 1);
    let page = store.page(id);
    assert_eq!(page.ticket.unanswered_since, None);
    let after = page.summary;
    assert_eq!(
        (after.updated, after.opened, after.state, after.since),
        (before.updated, before.opened, before.state, before.since)
    );
    let clock = |name| {
        (
            before.clocks.get(name).cloned(),
            after.clocks.get(name).cloned(),
        )
    };
    let (was, is) = clock(crate::domain::vocabulary::ClockName::Response);
    assert_eq!(was, is);
    let (was, is) = clock(crate::domain::vocabulary::ClockName::Resolution);
    assert_eq!(was, is);
    let (was, is) = clock(crate::domain::vocabulary::ClockName::Update);
    assert!(was.is_some() && was != is);
    assert!(store.page(other).ticket.clock_events.owe_first_response());
}

#[test]
fn a_message_of_somebody_else_is_still_owed_its_answer() {
    let store = TestStore::new();
    let id = open(&store, "9:00", "VPN", quendolin());
    let add = crate::domain::decide::Command::AddParticipant {
        person: person("Kim Lund <kim@example.org>"),
    };
    store.act("9:05", id, add).unwrap();
    store.act("9:10", id, reply("on it")).unwrap();
    let from = crate::domain::decide::Command::RecordMessage {
        text: "me too".into(),
        via: None,
        thanks: false,
        sender: Some("kim@example.org".into()),
        written_to: None,
    };
    store.act("9:20", id, from).unwrap();
    let done = erase(
        &store,
        "quendolin@zwiebelfisch.example",
        TextChoice::Certain,
    )
    .unwrap();
    assert_eq!(done.cancelled, 0);
    assert!(store.page(id).ticket.unanswered_since.is_some());
}

#[test]
fn a_reader_delays_the_scrubbing_until_the_next_sweep() {
    let store = lived();
    let path = store.folder.path().join("desk.db");
    let reader = rusqlite::Connection::open(&path).unwrap();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM ticket;")
        .unwrap();
    let done = erase(
        &store,
        "quendolin@zwiebelfisch.example",
        TextChoice::Possible,
    )
    .unwrap();
    assert!(done.scrub_pending);
    assert!(left(&store).len() > 4);
    let (faults, notes) = verified(&store);
    assert_eq!(faults, Vec::<String>::new());
    assert!(notes[0].contains("desk sweep"), "{notes:?}");
    let warns = || {
        let health = store.run(None, None, |desk| desk.health());
        health.checks.iter().any(|check| check.area == "erasure")
    };
    assert!(warns());
    sweep(&store);
    assert!(left(&store).len() > 4);
    // A backup meanwhile is clean.
    let copy = store.folder.path().join("copy.db");
    store.at("10:05", |desk| desk.backup(&copy).unwrap());
    assert_eq!(left_in(&copy), BTreeSet::new());
    reader.execute_batch("COMMIT").unwrap();
    drop(reader);
    sweep(&store);
    assert_eq!(left(&store), BTreeSet::new());
    assert_eq!(verified(&store), (vec![], vec![]));
    assert!(!warns());
}

#[test]
fn what_was_chosen_goes_and_the_rest_stays() {
    let store = lived();
    let all = found(&store, "quendolin@zwiebelfisch.example");
    let note = all
        .pieces
        .iter()
        .find(|piece| piece.text.contains("asked too"))
        .unwrap();
    let chosen = TextSelection::Chosen(BTreeSet::from([note.place.clone()]));
    let done = store
        .at("10:00", |desk| {
            desk.erase_person(&all, &chosen, "asked for")
        })
        .unwrap();
    assert_eq!((done.erased, done.kept), (3, 2));
    let page = store.page(62);
    assert!(page.ticket.description.unwrap().contains("cups missing"));
    assert_eq!(verified(&store), (vec![], vec![]));
}

#[test]
fn what_was_written_since_the_search_is_erased_too() {
    let store = lived();
    let all = found(&store, "quendolin@zwiebelfisch.example");
    let later = open(&store, "9:30", "again", quendolin());
    let none = TextSelection::Choice(TextChoice::None);
    let done = store.at("10:00", |desk| desk.erase_person(&all, &none, "asked for"));
    assert!(done.unwrap().tickets.contains(&TicketId(later)));
    let name = store.page(later).ticket.requester.name;
    assert_eq!(name.as_deref(), Some("[erased]"));
}

#[test]
fn a_second_erasure_finds_nothing_and_writes_nothing() {
    let store = lived();
    erase(
        &store,
        "quendolin@zwiebelfisch.example",
        TextChoice::Possible,
    )
    .unwrap();
    let events = store.page(62).history.len();
    let again = erase(
        &store,
        "quendolin@zwiebelfisch.example",
        TextChoice::Possible,
    )
    .unwrap();
    assert_eq!((again.erased, again.tickets.len()), (0, 0));
    assert_eq!(store.page(62).history.len(), events);
}

#[test]
fn a_hold_of_the_person_or_of_a_ticket_forbids_it_until_it_is_lifted() {
    let store = lived();
    for held in [
        Held::Person(person("QUENDOLIN@zwiebelfisch.example")),
        Held::Person(person("quendolin  zwiebelfisch")),
        Held::Ticket(TicketId(62)),
    ] {
        let (hold, is_new) = store
            .at("9:50", |desk| desk.place_hold(&held.clone(), "case 7"))
            .unwrap();
        assert!(is_new);
        let again = store.at("9:51", |desk| desk.place_hold(&held.clone(), "case 8"));
        assert_eq!(again.unwrap(), (hold.clone(), false));
        let refused = erase(&store, "quendolin@zwiebelfisch.example", TextChoice::None);
        let refused = refused.unwrap_err().to_string();
        assert_eq!(refused, format!("hold {} forbids it: case 7", hold.number));
        // Also if it was placed after the search.
        let all = found(&store, "quendolin@zwiebelfisch.example");
        let none = TextSelection::Choice(TextChoice::None);
        let refused = store.at("10:00", |desk| desk.erase_person(&all, &none, "x"));
        assert!(refused.unwrap_err().to_string().contains("forbids"));
        store
            .at("10:01", |desk| desk.lift_holds(&held, "settled"))
            .unwrap();
        assert!(
            store
                .at("10:02", |desk| desk.lift_holds(&held, "twice"))
                .is_err()
        );
    }
    let all = store.run(None, None, |desk| desk.holds().unwrap());
    assert!(all.len() == 3 && all.iter().all(|hold| hold.lifted.is_some()));
    erase(
        &store,
        "quendolin@zwiebelfisch.example",
        TextChoice::Possible,
    )
    .unwrap();
    // The holds named the person as well.
    assert_eq!(left(&store), BTreeSet::new());
    assert_eq!(verified(&store), (vec![], vec![]));
}

#[test]
fn a_hold_of_another_ticket_or_person_forbids_nothing() {
    let store = lived();
    for held in [
        Held::Ticket(TicketId(1)),
        Held::Person(person("ben@example.org")),
    ] {
        store
            .at("9:50", |desk| desk.place_hold(&held, "case 7"))
            .unwrap();
    }
    erase(
        &store,
        "quendolin@zwiebelfisch.example",
        TextChoice::Certain,
    )
    .unwrap();
    let missing = store.at("9:50", |desk| {
        desk.place_hold(&Held::Ticket(TicketId(999)), "x")
    });
    assert!(matches!(missing, Err(Error::NotFound(TicketId(999)))));
}

#[test]
fn an_agent_is_erased_once_nothing_is_assigned_any_more() {
    let store = TestStore::new();
    let new = NewTicket {
        kind: Some(crate::domain::vocabulary::Kind::Incident),
        category: Some(crate::domain::category::Category::parse("network").unwrap()),
        ratings: ticket_story::ratings(3),
        ..ticket_story::new()
    };
    let id = store
        .at("9:00", |desk| desk.open(&new, &[]).unwrap())
        .after
        .id
        .0;
    let agent = crate::domain::people::Agent::parse("Wanderratten").unwrap();
    let take = crate::domain::decide::Command::Take { agent };
    store
        .run(Some("Wanderratten"), None, |desk| {
            desk.execute(TicketId(id), &take)
        })
        .unwrap();
    let refused = erase(&store, "wanderratten", TextChoice::None).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "Wanderratten is still an agent, and has an open ticket"
    );
    store.act("9:30", id, ticket_story::resolve(None)).unwrap();
    store.act("9:31", id, close_forced()).unwrap();
    assert!(left(&store).contains("Wanderratten"));
    let done = erase(&store, "wanderratten", TextChoice::None).unwrap();
    assert!(done.erased > 0);
    assert_eq!(left(&store), BTreeSet::new());
    let page = store.page(id);
    let assignee = page.summary.assignee.unwrap();
    assert!(assignee.as_str().starts_with("erased-"), "{assignee}");
    assert_eq!(verified(&store), (vec![], vec![]));
}

#[test]
fn a_restore_erases_again_what_an_older_backup_still_has() {
    let store = lived();
    let copy = store.folder.path().join("older.db");
    store.at("9:40", |desk| desk.backup(&copy).unwrap());
    assert!(left_in(&copy).len() > 6);
    erase(
        &store,
        "quendolin@zwiebelfisch.example",
        TextChoice::Possible,
    )
    .unwrap();
    let list = store.folder.path().join("desk.db.redactions");
    let aside = store.folder.path().join("aside");
    std::fs::rename(&list, &aside).unwrap();
    let refused = store.at("10:10", |desk| desk.restore(&copy)).unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("texts were erased from the store"),
        "{refused}"
    );
    std::fs::rename(&aside, &list).unwrap();
    let restored = store.at("10:10", |desk| desk.restore(&copy)).unwrap();
    assert_eq!(restored.erased, 5);
    assert_eq!(left(&store), BTreeSet::new());
    assert_eq!(verified(&store), (vec![], vec![]));
    let last = store.page(62).history.pop().unwrap();
    assert_eq!(last.fact.kind(), "erased");
    // The list still says what only the replaced store had.
    let restored = store.at("10:20", |desk| desk.restore(&copy)).unwrap();
    assert_eq!(restored.erased, 5);
    assert_eq!(verified(&store), (vec![], vec![]));
}
