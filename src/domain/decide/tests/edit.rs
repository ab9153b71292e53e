//! Corrections of what was typed.

use super::super::{Command, Edit, EditedField, NewRequester, Ratings, Seen};
use crate::domain::event::{Correction, Event, Fact, Note};
use crate::domain::people::Requester;
use crate::domain::vocabulary::{Channel, ClearedField, Kind, Occurrence};
use crate::testing::ticket_story::{TicketStory, desk, reply, retitle};

fn edit(change: impl FnOnce(&mut Edit)) -> Command {
    let mut edit = Edit::default();
    change(&mut edit);
    Command::Edit(Box::new(edit))
}

fn requester(typed: &str) -> Command {
    edit(|edit| {
        edit.requester = Some(NewRequester {
            person: Requester::parse(typed).unwrap(),
            is_complete: false,
        });
    })
}

fn corrected(events: &[Event]) -> &Correction {
    let mut all = events.iter().filter_map(|event| {
        if let Fact::Corrected(correction) = &event.fact {
            Some(correction)
        } else {
            None
        }
    });
    all.next().expect("something was corrected")
}

fn story() -> TicketStory {
    desk().open_at(3)
}

#[test]
fn a_correction_says_what_stood_there_before() {
    let events = story().decides(retitle("VPN down in Kiel")).unwrap();
    let correction = corrected(&events);
    assert_eq!(correction.title.as_deref(), Some("VPN down in Kiel"));
    assert_eq!(correction.replaced.title.as_deref(), Some("VPN drops"));
    assert_eq!(story().gives(retitle("VPN drops")), "-");
}

#[test]
fn one_command_corrects_everything_and_targets_follow() {
    let all = edit(|edit| {
        edit.correction.description = Some("since the update".to_owned());
        edit.kind = Some(Kind::Request);
        edit.onset = Some(Occurrence::Anticipated);
        edit.ratings = Ratings {
            users: Some("high".to_owned()),
            business: Some("high".to_owned()),
            urgency: Some("medium".to_owned()),
        };
        edit.added = Note {
            symptoms: vec!["error 691".to_owned()],
            ..Note::default()
        };
    });
    let story = story().at("9:30");
    assert_eq!(
        story.gives(all.clone()),
        "logged+corrected+identified+prioritized+promised+promised+promised"
    );
    let story = story.run(all.clone());
    assert_eq!(
        story.ticket().description.as_deref(),
        Some("since the update")
    );
    assert_eq!(story.gives(all), "-");
}

#[test]
fn nobody_keeps_the_address_of_somebody_else() {
    let known = story().run(requester("Mia Roth <mia@example.org>"));
    let now = |story: TicketStory| story.ticket().requester.written();
    // The same person, spelled anew.
    assert_eq!(
        now(known.clone().run(requester("Mia Rothe"))),
        "Mia Rothe <mia@example.org>"
    );
    assert_eq!(now(known.clone().run(requester("Tom Abel"))), "Tom Abel");
    assert_eq!(
        now(known.clone().run(requester("tom@example.org"))),
        "tom@example.org"
    );
    let contact = edit(|edit| edit.correction.contact = Some("mia@example.net".to_owned()));
    assert_eq!(now(known.run(contact)), "Mia Roth <mia@example.net>");
}

#[test]
fn who_becomes_the_requester_is_not_in_copy_too_and_is_owed_the_answer() {
    let person = Requester::parse("Kim Lund <kim@example.org>").unwrap();
    let story = story().run(reply("we look")).hear();
    let story = story.run(Command::AddParticipant { person });
    let owed = story.ticket().unanswered_since;
    let story = story.run(requester("Kim Lund <kim@example.org>"));
    assert_eq!(story.ticket().participants, []);
    assert_eq!(story.ticket().requester.name.as_deref(), Some("Kim Lund"));
    assert!(owed.is_some());
    assert_eq!(story.ticket().unanswered_since, owed);
}

#[test]
fn a_channel_is_corrected_as_a_fact() {
    let channel = |new| edit(|edit| edit.correction.channel = Some(new));
    let story = desk().via(Channel::Phone).open_at(3).at("10:00");
    assert_eq!(
        story.response("10:00"),
        desk().via(Channel::Phone).open_at(3).response("10:00")
    );
    let by_mail = story.clone().run(channel(Channel::Email));
    let really = desk().via(Channel::Email).open_at(3);
    assert_eq!(by_mail.response("10:00"), really.response("10:00"));
    assert_ne!(by_mail.response("10:00"), story.response("10:00"));
    let back = by_mail.run(channel(Channel::Phone));
    assert_eq!(back.response("10:00"), story.response("10:00"));
}

#[test]
fn what_is_removed_must_be_there() {
    let symptom = |text: &str| {
        let text = text.to_owned();
        edit(|edit| edit.correction.no_symptoms = vec![text])
    };
    let added = edit(|edit| edit.added.symptoms = vec!["error 691".to_owned()]);
    let story = story().run(added.clone());
    assert_eq!(story.gives(added), "-");
    let (refusal, hint) = story.refuses(symptom("error 619"));
    assert_eq!(refusal, "unknown symptom 'error 619'");
    assert_eq!(hint, "did you mean 'error 691'? accepted: error 691");
    let story = story.run(symptom("error 691"));
    assert_eq!(story.ticket().symptoms, Vec::<String>::new());
    let cleared = edit(|edit| edit.correction.cleared = vec![ClearedField::Description]);
    assert_eq!(story.gives(cleared), "-");
}

#[test]
fn what_somebody_else_changed_meanwhile_is_a_conflict_and_nothing_is_stored() {
    let mine = |before: &str| {
        let before = before.to_owned();
        edit(|edit| {
            edit.correction.title = Some("mine".to_owned());
            edit.correction.description = Some("my description".to_owned());
            edit.seen = vec![
                Seen {
                    field: EditedField::Title,
                    before,
                    after: "mine".to_owned(),
                },
                Seen {
                    field: EditedField::Description,
                    before: String::new(),
                    after: "my description".to_owned(),
                },
            ];
        })
    };
    let story = story().run(retitle("theirs"));
    let (refusal, _) = story.refuses(mine("VPN drops"));
    assert_eq!(refusal, "#1 was changed in the meantime: title");
    // Who has seen it may change it, and who wants the same has no conflict.
    assert_eq!(story.gives(mine("theirs")), "corrected");
    assert_eq!(
        story.run(retitle("mine")).gives(mine("VPN drops")),
        "corrected"
    );
}
