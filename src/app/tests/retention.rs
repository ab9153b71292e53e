//! Retention: each ticket is erased once, when it is due, and not under a hold.

use super::TestStore;
use crate::app::attachments::NewFile;
use crate::domain::decide::NewTicket;
use crate::domain::event::TicketId;
use crate::domain::mail::message::MailAttachment;
use crate::domain::people::Requester;
use crate::domain::privacy::hold::Held;
use crate::domain::vocabulary::{Channel, Kind};
use crate::policy_file;
use crate::testing::ticket_story::{self, close_forced, hear, kinds, note, reopen, resolve};

const RULES: &str = r#"
[[retention]]
kind = "incident"
closed_for = "1 day"
erase = ["contact", "messages"]

[[retention]]
category = "network"
closed_for = "2 days"
erase = ["texts"]
"#;

fn set_policy(store: &TestStore, text: &str) {
    let parsed = policy_file::parse(text, 2, &|_| Err(String::new())).unwrap();
    store
        .at("9:00", |desk| desk.set_policy(text, &parsed, None))
        .unwrap();
}

/// A ticket that can be resolved.
fn classified(who: &str, kind: Kind) -> NewTicket {
    NewTicket {
        title: "VPN drops".to_owned(),
        description: Some("since monday".to_owned()),
        requester: Requester::parse(who).unwrap(),
        channel: Channel::Email,
        kind: Some(kind),
        ratings: ticket_story::ratings(3),
        category: Some(crate::domain::category::Category::parse("network/vpn").unwrap()),
        ..ticket_story::new()
    }
}

/// Opens and closes a ticket.
fn closed(store: &TestStore, time: &str, who: &str, kind: Kind) -> i64 {
    let new = classified(who, kind);
    let id = store
        .at(time, |desk| desk.open(&new, &[]).unwrap())
        .after
        .id
        .0;
    store.act(time, id, hear("and now?")).unwrap();
    store.act(time, id, note("restarted it")).unwrap();
    store.act(time, id, resolve(None)).unwrap();
    store.act(time, id, close_forced()).unwrap();
    id
}

/// What a sweep at that time erases: `1 erased`.
fn swept(store: &TestStore, time: &str) -> Vec<String> {
    let mut done = Vec::new();
    store
        .at(time, |desk| {
            desk.sweep(&mut |update| {
                let kinds = kinds(&update.events);
                if kinds == "erased" {
                    done.push(format!("{} {kinds}", update.after.id.0));
                }
                Ok(())
            })
        })
        .unwrap();
    done
}

fn previewed(store: &TestStore, time: &str) -> Vec<i64> {
    let mut ids = Vec::new();
    store
        .at(time, |desk| {
            desk.preview_sweep(&mut |update| {
                ids.push(update.after.id.0);
                Ok(())
            })
        })
        .unwrap();
    ids
}

/// What the rules reach: tickets, persons, held tickets.
fn due(store: &TestStore, time: &str) -> Vec<(u64, u64, u64)> {
    let due = store.at(time, |desk| desk.retention_due(None).unwrap());
    due.iter()
        .map(|due| (due.tickets, due.persons, due.held))
        .collect()
}

fn is_sound(store: &TestStore) {
    let verified = store.run(None, None, |desk| desk.verify(None).unwrap());
    assert_eq!((verified.faults, verified.notes), (vec![], vec![]));
}

#[test]
fn each_rule_erases_what_it_says_when_it_is_due_and_once() {
    let store = TestStore::new();
    set_policy(&store, RULES);
    for who in [
        "Mia Roth <mia@example.org>",
        "MIA <Mia@example.org>",
        "Ben <ben@example.org>",
    ] {
        closed(&store, "9:10", who, Kind::Incident);
    }
    closed(&store, "9:10", "Kim <kim@example.org>", Kind::Request);
    assert_eq!(due(&store, "Tue 9:09"), [(0, 0, 0), (0, 0, 0)]);
    assert_eq!(swept(&store, "Tue 9:09"), Vec::<String>::new());
    assert_eq!(due(&store, "Tue 9:10"), [(3, 2, 0), (0, 0, 0)]);
    assert_eq!(previewed(&store, "Tue 9:10"), [1, 2, 3]);
    assert_eq!(
        swept(&store, "Tue 9:10"),
        ["1 erased", "2 erased", "3 erased"]
    );
    assert_eq!(swept(&store, "Tue 9:11"), Vec::<String>::new());
    is_sound(&store);
    let page = store.page(1);
    assert_eq!(page.ticket.requester.contact.as_deref(), Some("[erased]"));
    assert_eq!(page.ticket.description.as_deref(), Some("[erased]"));
    assert_eq!(page.ticket.messages[0].text, "[erased]");
    assert_eq!(page.ticket.title, "VPN drops");
    assert!(!page.ticket.resolution().unwrap().text.contains("erased"));
    let kim = store.page(4).ticket.requester.contact;
    assert_eq!(kim.as_deref(), Some("kim@example.org"));
    // The other rule comes later, and leaves the request its contact.
    assert_eq!(swept(&store, "Wed 9:10").len(), 4);
    let page = store.page(4);
    assert_eq!(page.ticket.title, "[erased]");
    assert_eq!(
        page.ticket.requester.contact.as_deref(),
        Some("kim@example.org")
    );
    assert_eq!(swept(&store, "Wed 9:11"), Vec::<String>::new());
    is_sound(&store);
}

#[test]
fn a_hold_stops_it_and_a_lifted_one_does_not() {
    let store = TestStore::new();
    set_policy(&store, RULES);
    for who in [
        "Mia Roth <mia@example.org>",
        "Ben <ben@example.org>",
        "Kim <kim@example.org>",
    ] {
        closed(&store, "9:10", who, Kind::Incident);
    }
    let mia = Held::Person(Requester::parse("mia@EXAMPLE.org").unwrap());
    for held in [mia.clone(), Held::Ticket(TicketId(2))] {
        store
            .at("9:20", |desk| desk.place_hold(&held, "case 7"))
            .unwrap();
    }
    assert_eq!(due(&store, "Tue 9:10")[0], (1, 1, 2));
    assert_eq!(previewed(&store, "Tue 9:10"), [3]);
    assert_eq!(swept(&store, "Tue 9:10"), ["3 erased"]);
    assert_eq!(swept(&store, "Tue 9:11"), Vec::<String>::new());
    store
        .at("Tue 9:20", |desk| desk.lift_holds(&mia, "settled"))
        .unwrap();
    assert_eq!(swept(&store, "Tue 9:30"), ["1 erased"]);
    is_sound(&store);
}

#[test]
fn a_ticket_that_was_reopened_counts_from_its_new_end() {
    let store = TestStore::new();
    set_policy(&store, RULES);
    closed(&store, "9:10", "Mia <mia@example.org>", Kind::Incident);
    assert_eq!(swept(&store, "Tue 9:10"), ["1 erased"]);
    store.act("Tue 10:00", 1, reopen()).unwrap();
    store.act("Tue 10:01", 1, hear("again, says Mia")).unwrap();
    store.act("Tue 10:02", 1, resolve(None)).unwrap();
    store.act("Tue 10:03", 1, close_forced()).unwrap();
    assert_eq!(swept(&store, "Wed 10:02"), Vec::<String>::new());
    assert_eq!(swept(&store, "Wed 10:03").len(), 1);
    assert_eq!(store.page(1).ticket.messages[1].text, "[erased]");
    is_sound(&store);
}

#[test]
fn more_tickets_than_fit_into_a_batch_are_all_reached() {
    let store = TestStore::new();
    set_policy(&store, RULES);
    for number in 0..405 {
        closed(
            &store,
            "9:10",
            &format!("c{number}@example.org"),
            Kind::Incident,
        );
    }
    store
        .at("9:20", |desk| {
            desk.place_hold(&Held::Ticket(TicketId(7)), "case 7")
        })
        .unwrap();
    assert_eq!(due(&store, "Tue 9:10")[0], (404, 404, 1));
    assert_eq!(swept(&store, "Tue 9:10").len(), 404);
    assert_eq!(due(&store, "Tue 9:11")[0], (0, 0, 1));
    is_sound(&store);
}

#[test]
fn files_go_by_a_rule_of_their_own_with_every_byte() {
    const CONTENT: &[u8] = b"a picture of the screen, as bytes";
    let is_stored = |store: &TestStore| {
        let folder = std::fs::read_dir(store.folder.path()).unwrap();
        let files = folder.map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
        let mut found = files.map(|bytes| bytes.windows(CONTENT.len()).any(|part| part == CONTENT));
        found.any(|found| found)
    };
    let store = TestStore::new();
    let rule =
        |erase: &str| format!("[[retention]]\nclosed_for = \"1 day\"\nerase = [\"{erase}\"]");
    set_policy(&store, &rule("contact"));
    let files: [Box<dyn NewFile>; 1] = [Box::new(MailAttachment {
        name: Some("screen.png".to_owned()),
        media_type: "image/png".to_owned(),
        content_id: None,
        bytes: CONTENT.to_vec(),
    })];
    let id = store.at("9:10", |desk| {
        let files = desk.measure(&files).unwrap();
        let new = classified("Mia <mia@example.org>", Kind::Incident);
        desk.open(&new, &files).unwrap().after.id.0
    });
    store.act("9:20", id, resolve(None)).unwrap();
    store.act("9:20", id, close_forced()).unwrap();
    // Another rule leaves them.
    assert_eq!(swept(&store, "Tue 10:00"), ["1 erased"]);
    assert!(is_stored(&store));
    set_policy(&store, &rule("attachments"));
    assert_eq!(swept(&store, "Tue 11:00"), ["1 erased"]);
    assert!(!is_stored(&store));
    is_sound(&store);
}
