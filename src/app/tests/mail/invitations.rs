//! What people answer to invitations, and what they propose instead.

use super::shapes::multipart;
use super::{TestStore, desk, mia, receive, ticket, token};
use crate::domain::decide::Command;
use crate::domain::event::Fact;
use crate::domain::mail::identifiers::TicketToken;
use crate::domain::ticket::{Call, CallState};
use crate::domain::vocabulary::{CallAnswer, Medium, NoticeKind};
use crate::testing::ticket_story::moment;

/// A desk with a ticket of Mia and a call on Tuesday at 10.
fn with_call() -> (TestStore, String) {
    let store = desk();
    let opening = mia("VPN", "Message-ID: <a@x>\n", "It drops.");
    receive(&store, "9:00", &opening);
    let call = Command::ArrangeCall {
        medium: Medium::Video,
        when: moment("Tue 10:00"),
        note: None,
    };
    store.act("9:05", 1, call).unwrap();
    let text = token(&store, 1);
    let (_, own) = text.split_once('.').unwrap();
    let about = TicketToken {
        ticket: crate::domain::event::TicketId(1),
        token: own.to_owned(),
    };
    let uid = about.message_id(NoticeKind::Call, "1", "desk@example.org");
    (store, uid)
}

fn move_to(store: &TestStore, time: &str, when: &str) {
    let command = Command::MoveCall {
        call: None,
        known: None,
        when: moment(when),
        note: None,
    };
    store.act(time, 1, command).unwrap();
}

/// Receives a calendar message, and returns the kind of the last event.
fn calendar(
    store: &TestStore,
    time: &str,
    who: &str,
    (method, lines): (&str, &str),
    text: &str,
) -> &'static str {
    let calendar = format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:{method}\nBEGIN:VEVENT\n\
         SUMMARY:Call\n{lines}\nEND:VEVENT\nEND:VCALENDAR"
    );
    let head = format!(
        "From: {who}\nTo: desk+{}@example.org\nSubject: Re: Call\n",
        token(store, 1)
    );
    let kind = format!("text/calendar; method={method}");
    let parts = [("text/plain", text), (kind.as_str(), &calendar)];
    let outcome = receive(store, time, &multipart(&head, &parts));
    assert_eq!(ticket(&outcome), Some(1));
    let history = store.page(1).history;
    let mut kinds = history.iter().map(|event| event.fact.kind());
    // A calendar that is a message is kept as a file too.
    kinds.rfind(|kind| *kind != "attached").unwrap()
}

const MIA: &str = "Mia <mia@example.org>";

fn answer(
    store: &TestStore,
    time: &str,
    (uid, sequence): (&str, u32),
    answer: &str,
) -> &'static str {
    let lines = format!(
        "UID:{uid}\nSEQUENCE:{sequence}\nDTSTART:20260303T110000Z\n\
         ATTENDEE;PARTSTAT={answer}:mailto:mia@example.org"
    );
    calendar(store, time, MIA, ("REPLY", &lines), answer)
}

fn call(store: &TestStore) -> Call {
    store.page(1).ticket.calls[0].clone()
}

#[test]
fn an_answer_to_an_invitation_is_kept_with_the_call_or_cancels_it() {
    let (store, uid) = with_call();
    let own = (uid.as_str(), 0);
    assert_eq!(answer(&store, "9:10", own, "TENTATIVE"), "call-answered");
    assert_eq!(call(&store).answer(), Some(CallAnswer::Tentative));
    assert_eq!(answer(&store, "9:10", own, "ACCEPTED"), "call-answered");
    assert_eq!(call(&store).answer(), Some(CallAnswer::Accepted));
    assert_eq!(call(&store).state, CallState::Arranged);
    let foreign = ("other@example.org", 0);
    assert_eq!(answer(&store, "9:11", foreign, "DECLINED"), "logged");
    assert_eq!(answer(&store, "9:11", own, "DELEGATED"), "logged");
    assert_eq!(answer(&store, "9:12", own, "DECLINED"), "call-cancelled");
    assert_eq!(call(&store).answer(), Some(CallAnswer::Declined));
    // Nothing of it is a message that is owed an answer, or a first response.
    let page = store.page(1);
    assert_eq!(
        page.ticket
            .messages
            .iter()
            .filter(|message| message.inbound)
            .count(),
        0
    );
}

#[test]
fn an_answer_to_an_earlier_time_is_not_applied_to_the_new_one() {
    let (store, uid) = with_call();
    move_to(&store, "9:06", "Tue 15:00");
    assert_eq!(
        answer(&store, "9:10", (&uid, 0), "DECLINED"),
        "call-answered"
    );
    let late = call(&store);
    assert_eq!((late.answer(), late.state), (None, CallState::Arranged));
    let last = store.page(1).history.last().unwrap().fact.clone();
    let Fact::CallAnswered {
        when,
        version,
        note,
        ..
    } = last
    else {
        panic!("{last:?}");
    };
    assert_eq!((when, version), (moment("Tue 10:00"), 0));
    assert_eq!(note.as_deref(), Some("DECLINED"));
    assert_eq!(
        answer(&store, "9:11", (&uid, 1), "ACCEPTED"),
        "call-answered"
    );
    assert_eq!(call(&store).answer(), Some(CallAnswer::Accepted));
    // A version that was never sent is the newest one.
    assert_eq!(
        answer(&store, "9:12", (&uid, 77), "DECLINED"),
        "call-cancelled"
    );
}

#[test]
fn a_calendar_without_a_sequence_answers_the_time_that_it_names() {
    let (store, uid) = with_call();
    move_to(&store, "9:06", "Tue 15:00");
    let lines = |start: &str| {
        format!("UID:{uid}\nDTSTART:{start}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:mia@example.org")
    };
    let reply = |time: &str, start: &str| {
        let lines = lines(start);
        calendar(&store, time, MIA, ("REPLY", &lines), "");
        call(&store).answer()
    };
    assert_eq!(reply("9:10", "20260303T100000Z"), None);
    assert_eq!(
        reply("9:11", "20260303T150000Z"),
        Some(CallAnswer::Accepted)
    );
}

#[test]
fn another_person_answers_for_themselves_only() {
    let (store, uid) = with_call();
    let lines = format!(
        "UID:{uid}\nSEQUENCE:0\nCOMMENT:I am away\n\
         ATTENDEE;PARTSTAT=DECLINED:mailto:kim@example.org"
    );
    let kim = "Kim Lund <kim@example.org>";
    let kind = calendar(&store, "9:10", kim, ("REPLY", &lines), "");
    assert_eq!(kind, "call-answered");
    let call = call(&store);
    assert_eq!((call.answer(), &call.state), (None, &CallState::Arranged));
    let person = call.answers[0].person.as_ref().unwrap();
    assert_eq!(person.written(), "Kim Lund <kim@example.org>");
    assert!(format!("{:?}", store.page(1).history).contains("I am away"));
}

#[test]
fn a_proposed_time_is_a_message() {
    let (store, uid) = with_call();
    let lines = format!(
        "UID:{uid}\nSEQUENCE:0\nDTSTART:20260304T083000Z\nCOMMENT:Tuesday is full\n\
         ATTENDEE;PARTSTAT=TENTATIVE:mailto:mia@example.org"
    );
    assert_eq!(
        calendar(&store, "9:10", MIA, ("COUNTER", &lines), "Could we?"),
        "heard"
    );
    let page = store.page(1);
    let text = &page.ticket.messages.last().unwrap().text;
    assert_eq!(
        text,
        "proposes another time for call 1: 2026-03-04 08:30 UTC\n\nTuesday is full\n\nCould we?"
    );
    assert_eq!(call(&store).when, moment("Tue 10:00"));
}
