//! Erasure and retention of mails as they were received.

use super::{TestStore, desk, mail, mia, receive, set_policy};
use crate::app::TextSelection;
use crate::domain::decide::{ClosingOptions, Command};
use crate::domain::event::TicketId;
use crate::domain::mail::incoming::MailId;
use crate::domain::people::Requester;
use crate::domain::vocabulary::{MailState, TextChoice};
use crate::testing::ticket_story::close_forced;

/// A word that stands nowhere else.
const WORD: &str = "Zwiebelfisch";

/// Whether the word is in any file of the store, also as it is compressed or in
/// any case.
fn is_left(store: &TestStore) -> bool {
    let folder = std::fs::read_dir(store.folder.path()).unwrap();
    folder.into_iter().any(|entry| {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let is_backup = path.extension().is_some_and(|ending| ending == "copy");
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        !is_backup && text.contains(&WORD.to_lowercase())
    })
}

fn quendolin(subject: &str, more: &str) -> String {
    let raw = mia(subject, more, "my cups are missing");
    raw.replace(
        "Mia Roth <mia@example.org>",
        "Quendolin Zwiebelfisch <q@zwiebelfisch.example>",
    )
}

fn erase(store: &TestStore) -> u64 {
    let who = Requester::parse("q@zwiebelfisch.example").unwrap();
    let found = store.run(None, None, |desk| {
        desk.find_person(&who, &mut |_, _| {}).unwrap()
    });
    let texts = TextSelection::Choice(TextChoice::Certain);
    store.at("10:00", |desk| {
        desk.check_erasure(&found).unwrap();
        desk.erase_person(&found, &texts, "asked for")
            .unwrap()
            .erased
    })
}

fn faults(store: &TestStore) -> Vec<String> {
    store
        .run(None, None, |desk| desk.verify(None).unwrap())
        .faults
}

#[test]
fn nothing_of_an_erased_person_is_left_in_any_mail() {
    let store = desk();
    receive(
        &store,
        "9:00",
        &quendolin("cups", "Message-ID: <id@zwiebelfisch.example>\n"),
    );
    let held = receive(
        &store,
        "9:01",
        &quendolin("away", "Auto-Submitted: auto-replied\n"),
    );
    assert_eq!(held.mail.state, MailState::Quarantined);
    receive(&store, "9:02", &mia("other", "", "kept"));
    assert!(is_left(&store));
    // Name, contact, language, description, and both mails.
    assert_eq!(erase(&store), 6);
    assert!(!is_left(&store));
    assert_eq!(faults(&store), Vec::<String>::new());
    assert!(mail(&store, 1).erased && mail(&store, 2).erased && !mail(&store, 3).erased);
    assert_eq!(mail(&store, 1).ticket, Some(TicketId(1)));
    assert!(store.at("10:01", |desk| desk.raw_mail(MailId(1))).is_err());
}

#[test]
fn a_restored_backup_has_no_erased_mail() {
    let store = desk();
    receive(&store, "9:00", &quendolin("cups", ""));
    let copy = store.folder.path().join("desk.copy");
    store.at("9:30", |desk| desk.backup(&copy).unwrap());
    erase(&store);
    assert!(!is_left(&store));
    store.at("10:10", |desk| desk.restore(&copy).unwrap());
    assert!(mail(&store, 1).erased);
    assert_eq!(faults(&store), Vec::<String>::new());
    std::fs::remove_file(&copy).unwrap();
    for entry in std::fs::read_dir(store.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains("before-") {
            std::fs::remove_file(path).unwrap();
        }
    }
    assert!(!is_left(&store));
}

#[test]
fn retention_reaches_mails_where_its_rule_says_so() {
    let store = desk();
    receive(&store, "9:00", &quendolin("cups", ""));
    let resolved = Command::Resolve {
        text: "found".to_owned(),
        code: None,
        known_error: None,
        closing: ClosingOptions {
            force: Some("test".to_owned()),
            ..ClosingOptions::default()
        },
    };
    store.act("9:10", 1, resolved).unwrap();
    store.act("9:11", 1, close_forced()).unwrap();
    let rule = |scope: &str| {
        let text = format!(
            "{}\n[[retention]]\nclosed_for = \"1 day\"\nerase = [\"{scope}\"]\n",
            super::POLICY
        );
        set_policy(&store, &text);
        store
            .at("Thu 9:00", |desk| desk.sweep(&mut |_| Ok(())))
            .unwrap();
        mail(&store, 1).erased
    };
    assert!(!rule("messages"));
    assert!(rule("raw-mail"));
    assert!(is_left(&store), "the contact stays");
    assert_eq!(faults(&store), Vec::<String>::new());
}
