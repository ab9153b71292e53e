//! Who is told of what.

use super::{list, mailing, told, told_in, told_of_opening};
use crate::domain::decide::Command;
use crate::domain::event::{Correction, Note};
use crate::domain::mail::notices::{CallChange, Circumstances, Notice, is_told};
use crate::domain::mail::policy::{MailPolicy, SenderPattern};
use crate::domain::people::{Actor, Agent, Requester};
use crate::domain::vocabulary::{CallAnswer, CarbonCopy, Channel, Medium, NoticeKind};
use crate::testing::ticket_story::{
    TicketStory, agent, close_told, desk, escalate, hear, moment, note, reopen, reply, resolve,
};

fn opened() -> TicketStory {
    mailing().open_at(3)
}

fn assigned_to(name: &str) -> TicketStory {
    opened().run(Command::Assign {
        agent: Agent::parse(name).unwrap(),
    })
}

fn call() -> Command {
    Command::ArrangeCall {
        medium: Medium::Video,
        when: moment("Tue 10:00"),
        note: None,
    }
}

fn move_call(to: &str) -> Command {
    Command::MoveCall {
        call: None,
        known: None,
        when: moment(to),
        note: None,
    }
}

fn change(told: &[Notice]) -> CallChange {
    told[0].content.call.expect("it is about a call").change
}

fn answer(version: u32, answer: CallAnswer, person: Option<Requester>) -> Command {
    Command::AnswerCall {
        call: 1,
        version,
        answer,
        person,
        note: None,
    }
}

#[test]
fn the_agent_is_told_what_was_answered_and_who_declined_is_not_told_again() {
    let story = assigned_to("ben").run(call());
    for (said, words) in [
        (CallAnswer::Accepted, "accepted"),
        (CallAnswer::Tentative, "accepted tentatively"),
        (CallAnswer::Declined, "declined"),
    ] {
        let mails = told(&story, answer(0, said, None));
        assert_eq!(list(&mails), "requester-wrote -> ben@desk.example");
        let text = mails[0].content.text.as_deref().unwrap();
        assert_eq!(
            text,
            format!("Answer to the invitation (Tue 3 March 2026, 11:00 (Europe/Berlin)): {words}")
        );
    }
}

#[test]
fn the_requester_is_told_of_what_concerns_them() {
    let story = opened();
    let opening = told_of_opening(&story, Circumstances::default());
    assert_eq!(list(&opening), "acknowledged -> mia@example.org");
    let to_mia = |command| list(&told(&story, command));
    assert_eq!(to_mia(reply("soon")), "reply -> mia@example.org");
    assert_eq!(to_mia(call()), "call -> mia@example.org");
    let arranged = opened().run(call());
    let cancel = Command::EndCall {
        call: None,
        held: false,
        note: None,
    };
    let cancelled = told(&arranged, cancel);
    assert_eq!(list(&cancelled), "call -> mia@example.org");
    assert_eq!(change(&cancelled), CallChange::Cancelled);
    let moved = told(&arranged, move_call("Wed 11:00"));
    assert_eq!(list(&moved), "call -> mia@example.org");
    let from = moment("Tue 10:00");
    assert_eq!(change(&moved), CallChange::Moved { from });
    assert_eq!(moved[0].content.time, Some(moment("Wed 11:00")));
    let resolved = resolve(None);
    assert_eq!(list(&told(&story, resolved)), "resolved -> mia@example.org");
    let done = opened().run(resolve(None));
    assert_eq!(list(&told(&done, reopen())), "reopened -> mia@example.org");
    assert_eq!(
        list(&told(&done, close_told())),
        "reply -> mia@example.org, closed -> mia@example.org"
    );
}

#[test]
fn a_reply_with_the_resolution_is_part_of_its_notice() {
    let story = opened();
    let mut command = resolve(None);
    if let Command::Resolve { closing, .. } = &mut command {
        closing.message = Some("please try again".to_owned());
    }
    let mails = told(&story, command.clone());
    assert_eq!(list(&mails), "resolved -> mia@example.org");
    assert_eq!(mails[0].content.text.as_deref(), Some("please try again"));
    let without = story.policy(|policy| policy.mail.notices.retain(|k| *k != NoticeKind::Resolved));
    assert_eq!(list(&told(&without, command)), "reply -> mia@example.org");
}

#[test]
fn agents_are_told_of_their_tickets() {
    let story = opened();
    let assign = |name| Command::Assign {
        agent: Agent::parse(name).unwrap(),
    };
    assert_eq!(
        list(&told(&story, assign("ben"))),
        "assigned -> ben@desk.example"
    );
    // Anna acts.
    assert_eq!(list(&told(&story, assign("anna"))), "nobody");
    let of_ben = assigned_to("ben");
    assert_eq!(
        list(&told(&of_ben, hear("news?"))),
        "requester-wrote -> ben@desk.example"
    );
    let ben_notes = of_ben.by(agent("ben"));
    assert_eq!(list(&told(&ben_notes, hear("news?"))), "nobody");
    assert_eq!(list(&told(&opened(), hear("news?"))), "nobody");
    let up = told(&opened(), escalate(Some("L2")));
    assert_eq!(list(&up), "escalated -> second@desk.example");
    let manager = |manager: &str| Command::InformManager {
        manager: manager.to_owned(),
        reason: "third time".to_owned(),
    };
    assert_eq!(list(&told(&story, manager("Kim"))), "nobody");
    let kim = told(&story, manager("Kim <kim@example.org>"));
    assert_eq!(list(&kim), "manager -> kim@example.org");
    assert_eq!(
        list(&told(&story, manager("ben"))),
        "manager -> ben@desk.example"
    );
}

#[test]
fn warnings_go_to_the_agent_of_the_ticket_while_they_are_news() {
    let swept = |time: &str| {
        let mut story = assigned_to("ben").by(Actor::Desk).at(time);
        let before = story.history().len();
        story.sweep();
        let new = story.history()[before..].to_vec();
        let all = crate::domain::mail::notices::notices(
            &new,
            story.ticket(),
            &story.policy,
            Circumstances::default(),
        );
        let mut kinds: Vec<&str> = all.iter().map(|one| one.kind.as_str()).collect();
        kinds.dedup();
        assert!(all.iter().all(|one| one.address == "ben@desk.example"));
        kinds.join(" ")
    };
    assert_eq!(swept("11:20"), "warning");
    assert_eq!(swept("12:30"), "warning breach");
    assert_eq!(swept("Tue 9:00"), "warning breach warning");
    assert_eq!(swept("Wed 12:30"), "");
}

#[test]
fn some_are_never_told() {
    let story = opened();
    let log = Command::Log {
        note: Note {
            text: Some("internal".to_owned()),
            ..Note::default()
        },
        correction: Correction::default(),
    };
    assert_eq!(list(&told(&story, log)), "nobody");
    assert_eq!(list(&told(&story, note("internal"))), "nobody");
    let from = |contact: &str| {
        let story = mailing().with(|new| new.requester.contact = Some(contact.to_owned()));
        let story = story.policy(|policy| {
            policy.mail.monitoring = vec![SenderPattern::Domain("alerts.example.org".to_owned())];
        });
        list(&told_of_opening(&story.open(), Circumstances::default()))
    };
    assert_eq!(from("mia@example.org"), "acknowledged -> mia@example.org");
    for nobody in [
        "+49 30 1234",
        "desk@example.org",
        "Desk+42.abcdefghij@example.org",
        "any@alerts.example.org",
        "mailer-daemon@example.org",
        "noreply@example.org",
        "MIA",
        "-mia@example.org",
        "mia@example.org, ben@example.org",
        "anna@desk.example",
    ] {
        assert_eq!(from(nobody), "nobody", "{nobody}");
    }
    let alarm = mailing().via(Channel::Monitoring).open();
    assert_eq!(
        list(&told_of_opening(&alarm, Circumstances::default())),
        "nobody"
    );
}

#[test]
fn without_an_address_of_the_desk_nobody_is_told() {
    let story = desk().open_at(3);
    assert_eq!(
        list(&told_of_opening(&story, Circumstances::default())),
        "nobody"
    );
    assert_eq!(list(&told(&story, reply("soon"))), "nobody");
}

#[test]
fn each_mail_has_a_switch() {
    let story = opened().policy(|policy| policy.mail.notices = vec![NoticeKind::Call]);
    assert_eq!(list(&told(&story, reply("soon"))), "nobody");
    assert_eq!(list(&told(&story, call())), "call -> mia@example.org");
}

#[test]
fn a_backdated_command_tells_nobody_unless_it_is_to() {
    let story = opened().at("10:00").recorded("11:00");
    assert_eq!(list(&told(&story, reply("soon"))), "nobody");
    let notify = Circumstances {
        notify_backdated: true,
        ..Circumstances::default()
    };
    assert_eq!(
        list(&told_in(&story, reply("soon"), notify)),
        "reply -> mia@example.org"
    );
}

#[test]
fn a_reply_that_was_spoken_is_not_mailed() {
    let story = opened();
    let spoken = |via| Command::Reply {
        text: "soon".to_owned(),
        via: Some(via),
    };
    assert_eq!(list(&told(&story, spoken(Channel::Phone))), "nobody");
    assert_eq!(list(&told(&story, spoken(Channel::Chat))), "nobody");
    assert_eq!(
        list(&told(&story, spoken(Channel::Portal))),
        "reply -> mia@example.org"
    );
}

#[test]
fn those_in_copy_get_replies_if_the_policy_says_so() {
    let kim = Requester::parse("Kim <kim@example.org>").unwrap();
    let story = opened().run(Command::AddParticipant { person: kim });
    assert_eq!(
        list(&told(&story, reply("soon"))),
        "reply -> mia@example.org"
    );
    let copied = story.policy(|policy| policy.mail.copies = CarbonCopy::Copy);
    assert_eq!(
        list(&told(&copied, reply("soon"))),
        "reply -> mia@example.org, reply -> kim@example.org"
    );
    assert_eq!(
        list(&told(&copied, resolve(None))),
        "resolved -> mia@example.org"
    );
}

#[test]
fn a_restricted_ticket_is_not_shown_to_a_list() {
    let restricted = opened().run(Command::Restrict {
        to: vec![Agent::parse("anna").unwrap()],
        reason: None,
    });
    assert_eq!(list(&told(&restricted, escalate(Some("L2")))), "nobody");
}

#[test]
fn a_stranger_gets_nothing_of_what_the_mail_said() {
    let by_mail = |authenticated| {
        let story = mailing().by(Actor::Desk).open();
        let circumstances = Circumstances {
            authenticated,
            ..Circumstances::default()
        };
        told_of_opening(&story, circumstances)[0].hides_title
    };
    assert!(by_mail(false));
    assert!(!by_mail(true));
    let by_agent = mailing().open();
    assert!(!told_of_opening(&by_agent, Circumstances::default())[0].hides_title);
}

#[test]
fn addresses_of_machines_are_known() {
    let mail = MailPolicy::default();
    assert!(is_told("mia@example.org", &mail));
    assert!(is_told("postman@example.org", &mail));
    for machine in [
        "postmaster@x.org",
        "No-Reply@x.org",
        "bounces+7@x.org",
        "noreply@x.org",
    ] {
        assert!(!is_told(machine, &mail), "{machine}");
    }
}

#[test]
fn a_resolution_that_is_mailed_answers_the_requester() {
    use crate::testing::ticket_story::hear;
    let asked = |story: TicketStory| story.run(reply("we look")).at("10:00").run(hear("and?"));
    let owed = |story: &TicketStory| story.ticket().owed_since().is_some();
    let story = asked(opened());
    assert!(owed(&story));
    assert_eq!(story.gives(resolve(None)), "resolved+replied");
    let done = story.clone().run(resolve(None));
    assert!(!owed(&done));
    assert!(done.ticket().is_requester_informed());
    assert_eq!(
        list(&told(&story, resolve(None))),
        "resolved -> mia@example.org"
    );
    // Nobody is told where the notice is switched off, or without an address.
    let silent = asked(opened()).policy(|policy| {
        policy
            .mail
            .notices
            .retain(|kind| *kind != NoticeKind::Resolved);
    });
    assert_eq!(silent.gives(resolve(None)), "resolved");
    assert!(owed(&silent.run(resolve(None))));
    let no_desk = asked(opened()).policy(|policy| policy.mail.addresses.clear());
    assert_eq!(no_desk.gives(resolve(None)), "resolved");
}
