//! Alarms that are given again: what becomes of the ticket that has the key.

use chrono::TimeDelta;

use crate::domain::Timestamp;
use crate::domain::alarms::AlarmCount;
use crate::domain::category::Category;
use crate::domain::custom_field::TypedField;
use crate::domain::decide::{
    Ctx, Diagnosis, GivenAnswer, NewTicket, RepeatedAlarm, reopen_for_alarm, repeat_alarm,
};
use crate::domain::event::{Fact, Note};
use crate::domain::people::{Actor, Agent, Requester};
use crate::domain::tag::Tag;
use crate::domain::vocabulary::{Channel, Kind, Occurrence, PauseReason};
use crate::testing::ticket_story::{
    TicketStory, close_forced, desk, kinds, moment, new, pause, ratings,
};

/// What an alarm does at a time, if it was given before in the same words then.
fn repeated(desk: &TicketStory, same: Option<&str>, at: Timestamp) -> RepeatedAlarm {
    let same = same.map(|typed| AlarmCount::once(moment(typed)));
    let ctx = Ctx { at, ..desk.ctx() };
    repeat_alarm(&desk.summary(), same, &ctx)
}

#[test]
fn an_open_ticket_counts_each_alarm_but_a_retry() {
    let new = desk().open_at(3);
    let paused = new.clone().run(pause(PauseReason::Vendor));
    for desk in [new.clone(), new.reply(), paused] {
        let does = |same, at| repeated(&desk, same, moment(at));
        assert_eq!(does(None, "9:01"), RepeatedAlarm::Count);
        assert_eq!(does(Some("9:00"), "9:10"), RepeatedAlarm::Retry);
        assert_eq!(does(Some("9:00"), "9:11"), RepeatedAlarm::Count);
    }
}

#[test]
fn nothing_is_a_retry_where_nothing_is_left_to_work_on() {
    let resolved = desk().open_at(3).reply().at("9:05").resolve();
    let closed = resolved.clone().run(close_forced());
    for desk in [resolved, closed] {
        let does = repeated(&desk, Some("9:05"), moment("9:06"));
        assert_eq!(does, RepeatedAlarm::Reopen);
    }
}

#[test]
fn a_ticket_that_was_closed_long_ago_is_followed_by_a_new_one() {
    let resolved = desk().open_at(3).reply().at("10:00").resolve();
    let closed = resolved.clone().run(close_forced());
    let limit = moment("10:00") + TimeDelta::days(14);
    let later = limit + TimeDelta::milliseconds(1);
    assert_eq!(repeated(&closed, None, limit), RepeatedAlarm::Reopen);
    assert_eq!(repeated(&closed, None, later), RepeatedAlarm::FollowUp);
    assert_eq!(repeated(&resolved, None, later), RepeatedAlarm::Reopen);
    let never = closed.policy(|policy| policy.messages.reopen_within = None);
    let soon = repeated(&never, None, moment("10:01"));
    assert_eq!(soon, RepeatedAlarm::FollowUp);
}

#[test]
fn the_desk_reopens_the_ticket_and_says_why() {
    let desk = desk().open_at(3).reply().at("10:00").resolve().at("11:00");
    let events = reopen_for_alarm(desk.ticket(), "disk-db3", &desk.ctx()).unwrap();
    assert!(kinds(&events).starts_with("reopened"), "{}", kinds(&events));
    assert!(events.iter().all(|event| event.actor == Actor::Desk));
    let reason = "the alarm 'disk-db3' was raised again".to_owned();
    assert_eq!(events[0].fact, Fact::Reopened { reason });
}

#[test]
fn nothing_typed_is_missing_in_the_text_of_an_alarm() {
    let text = |text: &str| Some(format!("only {text}"));
    let mut new = NewTicket {
        title: "only title".to_owned(),
        description: text("description\nin two lines"),
        requester: Requester {
            name: text("name"),
            contact: text("contact"),
            language: text("language"),
        },
        channel: Channel::Monitoring,
        key: text("key"),
        kind: Some(Kind::Incident),
        onset: Some(Occurrence::Anticipated),
        note: Note {
            text: text("note"),
            symptoms: vec!["only symptom".to_owned(), "another symptom".to_owned()],
            affected: vec!["only element".to_owned()],
            began: Some(moment("8:00")),
        },
        category: Category::parse("only/category").ok(),
        ratings: ratings(1),
        diagnosis: Diagnosis {
            answers: vec![GivenAnswer {
                key: "only key".to_owned(),
                answer: "only answer".to_owned(),
                strict: false,
            }],
            ..Diagnosis::default()
        },
        tier: text("tier").map(|tier| (tier, "a reason".to_owned())),
        assignee: Agent::parse("only-agent").ok(),
        tags: vec![Tag::from_stored("only-tag")],
        fields: vec![TypedField::parse("asset=only asset").unwrap()],
        checklist: vec!["only item".to_owned()],
        resolution: None,
    };
    insta::assert_snapshot!(new.alarm_text(), @"
    only title
    only description
    in two lines
    only note
    symptom: only symptom
    symptom: another symptom
    affected: only element
    began: 2026-03-02T08:00:00Z
    requester: only name
    contact: only contact
    language: only language
    channel: monitoring
    kind: incident
    onset: anticipated
    category: only/category
    impact on users: high
    impact on business: low
    urgency: high
    only key: only answer
    tier: only tier
    assignee: only-agent
    tag: only-tag
    asset: only asset
    to do: only item
    ");
    new.key = None;
    let keyless = new.alarm_text();
    new.key = text("another key");
    assert_eq!(
        new.alarm_text(),
        keyless,
        "the key is the same in every alarm"
    );
}

#[test]
fn the_text_of_a_short_alarm_is_its_title() {
    let plain = NewTicket {
        title: "disk full".to_owned(),
        requester: Requester::default(),
        channel: Channel::Other,
        ..new()
    };
    assert_eq!(plain.alarm_text(), "disk full");
}
