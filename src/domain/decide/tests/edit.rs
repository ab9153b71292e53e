//! Corrections of what was typed.

use super::super::{Command, Edit, EditedField, NewRequester, Ratings, Seen, seen, undo};
use crate::domain::custom_field::TypedField;
use crate::domain::event::{Correction, Event, Fact, Note};
use crate::domain::people::Requester;
use crate::domain::rejection::Rejection;
use crate::domain::tag::Tag;
use crate::domain::vocabulary::{Channel, ClearedField, Kind, Occurrence};
use crate::testing::sample_fields::asset_and_cost;
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

/// A ticket with the tag `old`, at a desk with two fields.
fn carrying() -> TicketStory {
    let fields = asset_and_cost();
    let story = desk().policy(|policy| policy.fields = fields).open_at(3);
    story.run(carry("old", "", "asset=SRV-1"))
}

/// Puts a tag on the ticket, removes one, and sets a field; empty for none.
fn carry(tag: &str, no_tag: &str, field: &str) -> Command {
    let tags = |tag: &str| match tag {
        "" => Vec::new(),
        tag => vec![Tag::parse(tag).unwrap()],
    };
    edit(|edit| {
        edit.tags = tags(tag);
        edit.no_tags = tags(no_tag);
        let field = (!field.is_empty()).then(|| TypedField::parse(field).unwrap());
        edit.fields = field.into_iter().collect();
    })
}

/// The tags and the values of fields.
fn carried(story: &TicketStory) -> (String, String) {
    let ticket = story.ticket();
    let fields = ticket.fields.iter();
    let fields: Vec<String> = fields
        .map(|field| format!("{}={}", field.name, field.value))
        .collect();
    (seen(ticket, &EditedField::Tags), fields.join(", "))
}

#[test]
fn tags_and_fields_are_corrected_by_their_own_rules() {
    let all = carry("VIP", "old", "cost=012.50");
    let story = carrying();
    assert_eq!(story.gives(all.clone()), "fields-set+tagged");
    let story = story.run(all.clone());
    assert_eq!(
        carried(&story),
        ("vip".to_owned(), "asset=SRV-1, cost=12.5".to_owned())
    );
    assert_eq!(story.gives(all), "-");
    assert_eq!(
        carried(&story.clone().run(carry("", "", "asset="))).1,
        "cost=12.5"
    );
    for (command, refused) in [
        (
            carry("a", "a", ""),
            "'a' cannot be added and removed at once",
        ),
        (carry("", "", "cost=much"), "'much' is not a value of cost"),
        (carry("", "", "asse=1"), "the policy has no field 'asse'"),
    ] {
        assert_eq!(story.refuses(command).0, refused);
    }
    // A value that does not fit refuses the tags too.
    let both = carry("new", "", "cost=much");
    assert_eq!(story.refuses(both).0, "'much' is not a value of cost");
    let gone = story.enact(|policy| policy.fields.clear());
    let (refused, _) = gone.refuses(carry("", "", "cost=7"));
    assert!(refused.starts_with("the policy has no field 'cost' any more"));
    assert_eq!(carried(&gone.run(carry("", "", "cost="))).1, "asset=SRV-1");
}

#[test]
fn tags_and_fields_that_somebody_else_changed_are_conflicts() {
    let mine = |field: EditedField, before: &str, after: &str| {
        let mut all = Edit {
            seen: vec![Seen {
                field: field.clone(),
                before: before.to_owned(),
                after: after.to_owned(),
            }],
            ..Edit::default()
        };
        if let EditedField::Carried(name) = field {
            let value = after.to_owned();
            all.fields = vec![TypedField { name, value }];
        } else {
            all.tags = vec![Tag::parse(after).unwrap()];
        }
        all
    };
    let command = |edit: &Edit| Command::Edit(Box::new(edit.clone()));
    let asset = || EditedField::Carried("asset".to_owned());
    for (edit, theirs, names) in [
        (
            mine(EditedField::Tags, "old", "vip"),
            carry("new", "", ""),
            "tags",
        ),
        (
            mine(asset(), "SRV-1", "SRV-2"),
            carry("", "", "asset=SRV-3"),
            "asset",
        ),
        // It was removed meanwhile.
        (
            mine(asset(), "SRV-1", "SRV-2"),
            carry("", "", "asset="),
            "asset",
        ),
    ] {
        // The control: nobody changed it.
        assert_ne!(carrying().gives(command(&edit)), "-");
        let story = carrying().run(theirs);
        let Err(Rejection::EditConflict { conflicts, .. }) = story.decides(command(&edit)) else {
            panic!("there is a conflict of {names}");
        };
        assert_eq!(
            story.refuses(command(&edit)).0,
            format!("#1 was changed in the meantime: {names}")
        );
        let mut rest = edit.clone();
        rest.leave_out(&conflicts);
        assert_eq!(rest, Edit::default());
    }
    // Who wants the same has no conflict, and other tags and fields are none.
    let same = carrying().run(carry("", "", "asset=SRV-2"));
    assert_eq!(same.gives(command(&mine(asset(), "SRV-1", "SRV-2"))), "-");
    let other = carrying().run(carry("new", "", "cost=7"));
    assert_eq!(
        other.gives(command(&mine(asset(), "SRV-1", "SRV-2"))),
        "fields-set"
    );
}

#[test]
fn an_edit_of_tags_and_fields_is_taken_back_as_a_whole() {
    let before = carrying();
    let mut story = before
        .clone()
        .at("9:30")
        .run(carry("vip", "old", "asset=SRV-2"));
    assert_ne!(carried(&story), carried(&before));
    let events = undo(story.ticket(), &[], &story.ctx()).unwrap();
    story.take(events.into_iter().flat_map(|(_, events)| events).collect());
    assert_eq!(carried(&story), carried(&before));
}
