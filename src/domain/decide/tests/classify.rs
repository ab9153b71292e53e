//! Opening, identification, categorisation, prioritisation.

use super::super::{Command, Ratings, open};
use crate::domain::category::Category;
use crate::domain::event::{Correction, Fact, Note, TicketId};
use crate::domain::people::{Actor, Agent, Tier};
use crate::domain::vocabulary::{Kind, Occurrence, State};
use crate::testing::ticket_story::{
    TicketStory, desk, escalate, kinds, moment, new, note, ratings,
};

fn opened(desk: &TicketStory) -> String {
    kinds(desk.history())
}

#[test]
fn opening_records_what_was_submitted_and_promises_at_once() {
    let desk = desk().open();
    assert_eq!(opened(&desk), "opened+promised+promised+promised");
    let ticket = desk.ticket();
    assert_eq!(ticket.title, "VPN drops");
    assert_eq!(ticket.requester.name.as_deref(), Some("Mia Roth"));
    assert_eq!((ticket.kind, ticket.onset), (None, Occurrence::Occurred));
    assert_eq!(ticket.tier, Tier::from_stored("L1"));
    assert_eq!(ticket.status.state(), State::New);
}

#[test]
fn opening_takes_the_first_steps_that_are_known() {
    let desk = desk()
        .with(|new| {
            new.kind = Some(Kind::Request);
            new.category = Category::parse("account").ok();
            new.ratings = ratings(4);
            new.note.symptoms = vec!["no login".to_owned()];
            new.assignee = Agent::parse("ben").ok();
        })
        .open();
    assert_eq!(
        opened(&desk),
        "opened+identified+logged+categorized+prioritized+promised+promised+promised+assigned"
    );
    assert_eq!(desk.ticket().status.state(), State::Active);
}

#[test]
fn a_sign_of_a_coming_disruption_is_an_incident() {
    let desk = desk()
        .with(|new| new.onset = Some(Occurrence::Anticipated))
        .open();
    assert_eq!(desk.ticket().kind, Some(Kind::Incident));
    assert_eq!(desk.ticket().onset, Occurrence::Anticipated);
}

#[test]
fn opening_with_half_a_rating_is_refused() {
    let desk = desk();
    let mut new = new();
    new.ratings.urgency = Some("high".to_owned());
    let refusal = open(TicketId(7), new, &desk.ctx()).unwrap_err();
    assert_eq!(
        refusal.hint(),
        "desk prioritize 7 --users LEVEL --business LEVEL --urgency LEVEL"
    );
}

#[test]
fn identifying_says_what_it_is_and_may_be_corrected() {
    let identify = |kind, onset| Command::Identify { kind, onset };
    let desk = desk().open();
    let desk = desk.run(identify(Kind::Incident, Some(Occurrence::Anticipated)));
    assert_eq!(desk.gives(identify(Kind::Incident, None)), "-");
    let desk = desk.run(identify(Kind::Request, None));
    assert_eq!(desk.ticket().kind, Some(Kind::Request));
    assert_eq!(
        desk.ticket().onset,
        Occurrence::Anticipated,
        "what is not said stays"
    );
}

#[test]
fn logging_gathers_symptoms_and_affected_elements_once_each() {
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
fn a_correction_changes_what_it_names_and_nothing_else() {
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
fn a_note_with_nothing_new_to_correct_is_only_a_note() {
    let desk = desk().open();
    assert_eq!(desk.gives(note("called back")), "logged");
}

#[test]
fn prioritising_computes_the_priority_and_renews_the_promises() {
    let desk = desk().open().at("10:00");
    assert_eq!(
        desk.gives(Command::Prioritize(ratings(2))),
        "prioritized+promised+promised+promised"
    );
    assert_eq!(
        desk.gives(Command::Prioritize(ratings(3))),
        "prioritized",
        "the targets are those of a ticket without a priority"
    );
}

#[test]
fn what_is_not_rated_again_stays() {
    let urgent = Ratings {
        urgency: Some("high".to_owned()),
        ..Ratings::default()
    };
    let bare = desk().open();
    let desk = desk().open_at(3).run(Command::Prioritize(urgent.clone()));
    let rating = desk.ticket().rating.clone().unwrap();
    assert_eq!(rating.users.as_str(), "medium");
    assert_eq!(rating.priority.rank(), 2);
    assert_eq!(
        bare.refuses(Command::Prioritize(urgent)).0,
        "#1 has no priority yet, so all three ratings are needed"
    );
}

#[test]
fn a_rating_with_an_unknown_level_is_refused_with_the_levels() {
    let mut wrong = ratings(2);
    wrong.users = Some("hgih".to_owned());
    assert_eq!(
        desk().open().refuses(Command::Prioritize(wrong)),
        (
            "unknown impact level 'hgih'".to_owned(),
            "did you mean 'high'? accepted: high, medium, low".to_owned()
        )
    );
}

#[test]
fn the_highest_priority_goes_to_the_third_line_at_once_by_rule() {
    let desk = desk().open().prioritize(1);
    let last = desk.history().last().unwrap();
    assert_eq!(last.actor, Actor::Desk);
    assert_eq!(
        last.fact,
        Fact::Escalated {
            to: Tier::from_stored("L3"),
            up: true,
            reason: "P1 goes to L3 at once".to_owned(),
        }
    );
}

#[test]
fn a_ticket_handed_back_from_the_third_line_stays_until_its_priority_moves() {
    let desk = desk().open_at(1).run(escalate(Some("L2")));
    let mut same = ratings(1);
    same.business = Some("high".to_owned());
    let desk = desk.run(Command::Prioritize(same));
    assert_eq!(desk.ticket().tier, Tier::from_stored("L2"));
    let desk = desk.prioritize(2).prioritize(1);
    assert_eq!(desk.ticket().tier, Tier::from_stored("L3"));
}

#[test]
fn rating_a_resolved_ticket_escalates_nothing() {
    let desk = desk().open_at(3).resolve().prioritize(1);
    assert_eq!(desk.ticket().tier, Tier::from_stored("L1"));
    assert_eq!(desk.ticket().status.state(), State::Resolved);
}
