//! Notes and corrections.

use crate::domain::decide::Command;
use crate::domain::event::{Correction, Note};
use crate::domain::vocabulary::State;
use crate::testing::ticket_story::{desk, moment, note};

#[test]
fn notes_collect_symptoms_and_affected_items_without_duplicates() {
    let seen = |symptom: &str, hour: Option<&str>| Command::Log {
        note: Note {
            text: None,
            symptoms: vec![symptom.to_owned()],
            affected: vec!["gateway".to_owned()],
            began: hour.map(moment),
        },
        correction: Correction::default(),
    };
    let desk = desk().open();
    let desk = desk
        .run(seen("drops", Some("8:00")))
        .run(seen("slow", None));
    let desk = desk.run(seen("drops", None));
    assert_eq!(desk.ticket().symptoms, ["drops", "slow"]);
    assert_eq!(desk.ticket().affected, ["gateway"]);
    assert_eq!(desk.ticket().began, Some(moment("8:00")));
    let desk = desk.run(seen("drops", Some("7:30")));
    assert_eq!(desk.ticket().began, Some(moment("7:30")), "the latest word");
    assert_eq!(desk.ticket().status.state(), State::New);
}

#[test]
fn a_correction_changes_only_the_fields_it_names() {
    let correct = |title: Option<&str>, language: Option<&str>| Command::Log {
        note: Note::default(),
        correction: Correction {
            title: title.map(str::to_owned),
            language: language.map(str::to_owned),
            ..Correction::default()
        },
    };
    let desk = desk().open().run(correct(None, Some("de")));
    let desk = desk.run(correct(Some("VPN drops hourly"), None));
    assert_eq!(desk.ticket().title, "VPN drops hourly");
    assert_eq!(desk.ticket().requester.language.as_deref(), Some("de"));
    assert_eq!(
        desk.ticket().requester.contact.as_deref(),
        Some("mia@example.org")
    );
    assert_eq!(desk.gives(correct(None, Some("de"))), "-");
}

#[test]
fn a_note_without_a_correction_is_only_logged() {
    let desk = desk().open();
    assert_eq!(desk.gives(note("called back")), "logged");
}
