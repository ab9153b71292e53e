//! Mail that comes in: stored first, understood second, and where it goes.

mod erasure;
mod invitations;
mod shapes;

use super::TestStore;
use crate::app::MailOutcome;
use crate::domain::decide::{ClosingOptions, Command, NewTicket};
use crate::domain::event::TicketId;
use crate::domain::mail::incoming::MailId;
use crate::domain::people::Requester;
use crate::domain::vocabulary::{Channel, MailState, State};
use crate::policy_file;
use crate::store::AccessMode;
use crate::testing::ticket_story::{self, hear, note, reply};

const POLICY: &str = r#"
[mail]
addresses = ["desk@example.org"]
trust = "network"
monitoring = ["nagios@example.org"]

[agents]
anna = { email = "anna@example.org" }
ben = { email = "ben@example.org" }
"#;

fn set_policy(store: &TestStore, text: &str) {
    let parsed = policy_file::parse(text, 2, &|_| Err(String::new())).unwrap();
    store.run(Some("anna"), None, |desk| {
        desk.set_policy(text, &parsed, None).map(drop).unwrap();
    });
}

fn desk() -> TestStore {
    let store = TestStore::new();
    set_policy(&store, POLICY);
    store
}

fn receive(store: &TestStore, time: &str, raw: &str) -> MailOutcome {
    store.at(time, |_| ());
    // Nobody acts: mail comes from outside.
    store.run(None, None, |desk| {
        desk.receive_mail(raw.as_bytes()).unwrap()
    })
}

/// A message of somebody to the desk.
fn from(who: &str, subject: &str, more: &str, text: &str) -> String {
    format!("From: {who}\nTo: desk@example.org\nSubject: {subject}\n{more}\n{text}\n")
}

fn mia(subject: &str, more: &str, text: &str) -> String {
    from("Mia Roth <mia@example.org>", subject, more, text)
}

/// Where a mail went.
fn ticket(outcome: &MailOutcome) -> Option<i64> {
    assert!(outcome.fault.is_none(), "{:?}", outcome.fault);
    outcome.mail.ticket.map(|ticket| ticket.0)
}

fn mail(store: &TestStore, id: i64) -> crate::domain::mail::incoming::IncomingMail {
    store.run(None, None, |desk| {
        let txn = desk.read_everything().unwrap().unwrap();
        txn.mail(MailId(id)).unwrap().unwrap()
    })
}

fn token(store: &TestStore, id: i64) -> String {
    store.run(None, None, |desk| {
        let mut txn = desk.writer().unwrap().begin(AccessMode::Write).unwrap();
        let token = txn.mail_token(TicketId(id), super::clock()).unwrap();
        txn.commit().unwrap();
        format!("{id}.{token}")
    })
}

fn state(store: &TestStore, id: i64) -> State {
    store.page(id).summary.state
}

#[test]
fn a_message_opens_a_ticket_for_its_sender() {
    let store = desk();
    let raw = mia(
        "AW: Re: VPN drops",
        "Cc: Kim Lund <kim@example.org>, anna@example.org, DESK@example.org\n",
        "It drops.\nEvery ten minutes.",
    );
    let raw = raw.replace("AW: Re:", "Re:");
    let outcome = receive(&store, "9:00", &raw);
    assert_eq!(ticket(&outcome), Some(1));
    let page = store.page(1);
    assert_eq!(page.ticket.title, "VPN drops");
    assert_eq!(
        page.ticket.description.as_deref(),
        Some("It drops.\nEvery ten minutes.")
    );
    assert_eq!(
        page.ticket.requester.written(),
        "Mia Roth <mia@example.org>"
    );
    assert_eq!(page.ticket.requester.language.as_deref(), Some("en"));
    assert_eq!(page.ticket.channel, Channel::Email);
    // The desk and its agents are not participants.
    assert_eq!(
        store.kinds(1),
        "opened+promised+promised+promised+participant-added"
    );
    // It is dated by its receipt.
    assert_eq!(page.ticket.opened, ticket_story::moment("9:00"));
}

#[test]
fn what_was_only_stored_is_understood_by_redelivery_or_by_the_sweep() {
    let store = desk();
    for (time, raw) in [("9:00", mia("one", "", "a")), ("9:01", mia("two", "", "b"))] {
        store.at(time, |desk| desk.store_mail(raw.as_bytes()).unwrap());
    }
    assert_eq!(mail(&store, 1).state, MailState::Received);
    let again = receive(&store, "9:02", &mia("one", "", "a"));
    assert!(again.known);
    assert_eq!(ticket(&again), Some(1));
    let mut swept = Vec::new();
    store
        .at("9:03", |desk| {
            desk.sweep(&mut |update| {
                swept.push(update.after.id);
                Ok(())
            })
        })
        .unwrap();
    assert_eq!(swept, [TicketId(2)]);
    assert_eq!(store.page(2).ticket.opened, ticket_story::moment("9:01"));
    // Once more is nothing.
    let again = receive(&store, "9:04", &mia("two", "", "b"));
    assert!(again.known && again.update.is_none());
    assert_eq!(ticket(&again), Some(2));
    assert_eq!(mail(&store, 2).attempts, 2);
}

#[test]
fn a_mail_that_ends_the_process_twice_waits_for_somebody() {
    let store = desk();
    let raw = mia("poison", "", "a");
    store.at("9:00", |desk| desk.store_mail(raw.as_bytes()).unwrap());
    // The second attempt ended in the same way.
    store.at("9:01", |desk| {
        let mut txn = desk.writer().unwrap().begin(AccessMode::Write).unwrap();
        let mut mail = txn.mail(MailId(1)).unwrap().unwrap();
        (mail.attempts, mail.tried) = (2, Some(super::clock()));
        txn.update_mail(&mail).unwrap();
        txn.commit().unwrap();
    });
    let sweep = |time| {
        store.at(time, |desk| desk.sweep(&mut |_| Ok(()))).unwrap();
        mail(&store, 1).state
    };
    // It may be going on.
    assert_eq!(sweep("9:01"), MailState::Received);
    assert_eq!(sweep("9:03"), MailState::Quarantined);
    let held = mail(&store, 1);
    assert_eq!(
        held.reason.as_deref(),
        Some("it could not be understood 2 times")
    );
    let accepted = store.at("9:04", |desk| desk.accept_mail(MailId(1)).unwrap());
    assert_eq!(ticket(&accepted), Some(1));
}

#[test]
fn the_same_message_with_other_headers_changes_nothing() {
    let store = desk();
    let raw = mia("VPN", "Message-ID: <a@x>\n", "It drops.");
    assert_eq!(ticket(&receive(&store, "9:00", &raw)), Some(1));
    let seen = receive(&store, "9:01", &format!("Received: by other\n{raw}"));
    assert_eq!((seen.mail.state, ticket(&seen)), (MailState::Seen, Some(1)));
    assert!(seen.update.is_none());
    // The same id with another text is another message.
    let other = mia("VPN", "Message-ID: <a@x>\n", "It drops again.");
    assert_eq!(ticket(&receive(&store, "9:02", &other)), Some(2));
}

#[test]
fn a_reply_goes_to_its_ticket_by_reference_or_token() {
    let store = desk();
    receive(
        &store,
        "9:00",
        &mia("VPN", "Message-ID: <a@x>\n", "It drops."),
    );
    store.act("9:05", 1, reply("since when?")).unwrap();
    let refers = "In-Reply-To: <a@x>\n";
    assert_eq!(
        ticket(&receive(
            &store,
            "9:10",
            &mia("other", refers, "since Monday")
        )),
        Some(1)
    );
    let token = token(&store, 1);
    let to = |who: &str, to: &str, text: &str| {
        format!("From: {who}\nTo: desk+{to}@example.org\nSubject: x\n\n{text}\n")
    };
    let by_token = to("Mia <mia@example.org>", &token, "and today");
    assert_eq!(ticket(&receive(&store, "9:11", &by_token)), Some(1));
    // Whoever got the token from the requester joins the conversation.
    let forwarded = to("Kim <kim@example.org>", &token, "me too");
    assert_eq!(ticket(&receive(&store, "9:12", &forwarded)), Some(1));
    let page = store.page(1);
    let messages: Vec<_> = page
        .ticket
        .messages
        .iter()
        .filter(|one| one.inbound)
        .collect();
    assert_eq!(messages.len(), 3);
    let kim = messages[2].sender.as_ref().unwrap();
    assert_eq!(kim.written(), "Kim <kim@example.org>");
    // A wrong token is none.
    let wrong = token.replace(|c: char| c.is_ascii_lowercase(), "a");
    assert_eq!(
        ticket(&receive(
            &store,
            "9:13",
            &to("Eve <eve@x.org>", &wrong, "hm")
        )),
        Some(2)
    );
}

#[test]
fn nobody_gets_into_a_ticket_by_its_number_or_a_reference_alone() {
    let store = desk();
    set_policy(&store, &POLICY.replace("trust = \"network\"", ""));
    receive(
        &store,
        "9:00",
        &mia("Salary of Kim", "Message-ID: <a@x>\n", "secret"),
    );
    let eve =
        |subject: &str, more: &str| from("Eve <eve@evil.example>", subject, more, "let me in");
    assert_eq!(
        ticket(&receive(&store, "9:01", &eve("[#1] hi", ""))),
        Some(2)
    );
    assert_eq!(
        ticket(&receive(&store, "9:02", &eve("hi", "References: <a@x>\n"))),
        Some(3)
    );
    // Also not in the name of the requester, who is not authenticated.
    assert_eq!(
        ticket(&receive(&store, "9:03", &mia("[#1] hi", "", "let me in"))),
        Some(4)
    );
    // By a reference she is let in.
    let refers = "References: <a@x>\n";
    assert_eq!(
        ticket(&receive(&store, "9:04", &mia("hi", refers, "it is me"))),
        Some(1)
    );
    for id in [2, 3, 4] {
        let page = store.page(id);
        assert_eq!(page.ticket.links.len(), 1);
        let notes = format!("{:?}", page.history);
        assert!(notes.contains("may belong to #1"), "{notes}");
        assert!(!notes.contains("Salary"), "{notes}");
    }
    assert_eq!(
        ticket(&receive(&store, "9:05", &eve("[#99] hi", ""))),
        Some(5)
    );
    assert_eq!(store.page(5).ticket.links, []);
}

#[test]
fn a_conversation_is_one_ticket_in_whatever_order_it_arrives() {
    let mail = |id: &str, who: &str, to: &str, refers: &str| {
        format!(
            "From: {who}@example.com\nTo: {to}@example.com, desk@example.org\n\
             Subject: Re: cups\nMessage-ID: <{id}@x>\n{refers}\nthis is {id}\n"
        )
    };
    let thread = [
        mail("a", "mia", "tom", ""),
        mail("b", "tom", "mia", "In-Reply-To: <a@x>\n"),
        mail("c", "mia", "tom", "References: <a@x> <b@x>\n"),
        mail("d", "tom", "mia", "References: <a@x>\n <b@x> <c@x>\n"),
    ];
    // Somebody who only knows an id stays outside, also where they came first.
    let stranger = mail("e", "eve", "kim", "References: <a@x> <d@x>\n");
    for (first, order) in orders(thread.len()).into_iter().enumerate() {
        let store = desk();
        let mut tickets = Vec::new();
        for (at, message) in order.iter().enumerate() {
            if first % thread.len() == at {
                receive(&store, &format!("9:0{at}"), &stranger);
            }
            let went = receive(&store, &format!("9:0{at}"), &thread[*message]);
            tickets.push(ticket(&went));
        }
        tickets.dedup();
        assert_eq!(tickets.len(), 1, "{order:?}: {tickets:?}");
    }
}

/// Every order of so many things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    for next in 0..count {
        let longer = all.iter().flat_map(|known: &Vec<usize>| {
            (0..=known.len()).map(move |at| {
                let mut order = known.clone();
                order.insert(at, next);
                order
            })
        });
        all = longer.collect();
    }
    all
}

#[test]
fn a_number_in_the_subject_counts_for_an_authenticated_participant() {
    let store = desk();
    receive(&store, "9:00", &mia("VPN", "", "It drops."));
    assert_eq!(
        ticket(&receive(&store, "9:01", &mia("Re: [#1] VPN", "", "still"))),
        Some(1)
    );
    let eve = from("eve@evil.example", "Re: [#1] VPN", "", "still");
    assert_eq!(ticket(&receive(&store, "9:02", &eve)), Some(2));
}

#[test]
fn a_message_does_to_its_ticket_what_a_message_does() {
    let store = desk();
    set_policy(
        &store,
        &format!("{POLICY}\n[messages]\nreopen_within = \"1d\"\n"),
    );
    let wait = |id: i64| {
        let request = crate::domain::decide::PauseRequest {
            reason: crate::domain::vocabulary::PauseReason::Requester,
            until: None,
            note: None,
            ask: Some("which room?".to_owned()),
            force: None,
        };
        store.act("9:05", id, Command::Pause(request)).unwrap();
    };
    let write = |time, id: &str, who: &str| {
        let raw = from(
            who,
            "x",
            &format!("In-Reply-To: <{id}>\n"),
            &format!("at {time}"),
        );
        ticket(&receive(&store, time, &raw))
    };
    for (n, id) in ["a@x", "b@x", "c@x", "d@x"].iter().enumerate() {
        let head = format!("Message-ID: <{id}>\nCc: kim@example.org\n");
        receive(
            &store,
            "9:00",
            &mia(&format!("case {n}"), &head, &format!("text {n}")),
        );
    }
    let resolve = |id| {
        let closing = ClosingOptions {
            restored_by: Some("Mia".to_owned()),
            message: Some("done".to_owned()),
            force: Some("test".to_owned()),
        };
        let command = Command::Resolve {
            text: "restarted".to_owned(),
            code: None,
            known_error: None,
            closing,
        };
        store.act("9:05", id, command).unwrap();
    };
    let close = |id| {
        let command = Command::Close {
            satisfaction: None,
            comment: None,
            closing: ClosingOptions::default(),
        };
        store.act("9:06", id, command).unwrap();
    };
    wait(1);
    resolve(2);
    resolve(3);
    close(3);
    // Who is in copy reopens nothing.
    assert_eq!(write("9:08", "b@x", "kim@example.org"), Some(2));
    assert_eq!(state(&store, 2), State::Resolved);
    for (id, ticket) in [("a@x", 1), ("b@x", 2), ("c@x", 3)] {
        assert_eq!(write("9:10", id, "mia@example.org"), Some(ticket));
        assert_eq!(state(&store, ticket), State::Active);
    }
    // Long after closing, a linked ticket follows, and later messages go there.
    resolve(4);
    close(4);
    let later = |time: &str, text: &str| {
        let raw = mia("x", "In-Reply-To: <d@x>\n", text);
        ticket(&receive(&store, time, &raw))
    };
    assert_eq!(later("Thu 9:00", "again"), Some(5));
    assert_eq!(later("Thu 9:10", "and again"), Some(5));
    // What was merged is answered on the survivor.
    store.at("Fri 9:00", |desk| {
        desk.merge(TicketId(1), TicketId(2)).unwrap()
    });
    let raw = mia("x", "In-Reply-To: <a@x>\n", "where am I?");
    assert_eq!(ticket(&receive(&store, "Fri 9:00", &raw)), Some(2));
}

#[test]
fn an_agent_replies_to_the_requester_or_writes_a_note() {
    let store = desk();
    receive(
        &store,
        "9:00",
        &mia("VPN", "Message-ID: <a@x>\n", "It drops."),
    );
    let write = |time: &str, more: &str| {
        let raw = from(
            "Anna <anna@example.org>",
            "Re: VPN",
            &format!("In-Reply-To: <a@x>\n{more}"),
            time,
        );
        assert_eq!(ticket(&receive(&store, time, &raw)), Some(1));
        store.page(1).history.last().unwrap().clone()
    };
    let note = write("9:10", "");
    assert_eq!((note.fact.kind(), note.actor.as_str()), ("logged", "anna"));
    let public = write("9:11", "Cc: Mia <mia@example.org>\n");
    assert_eq!(
        (public.fact.kind(), public.actor.as_str()),
        ("replied", "anna")
    );
    // Whoever only says to be anna is not believed.
    set_policy(&store, &POLICY.replace("trust = \"network\"", ""));
    let forged = write("9:12", "Cc: Mia <mia@example.org>\n");
    assert_eq!(
        (forged.fact.kind(), forged.actor.as_str()),
        ("logged", "desk")
    );
    assert!(format!("{forged:?}").contains("not authenticated"));
}

#[test]
fn an_agent_is_an_ordinary_requester_of_an_own_ticket() {
    let store = desk();
    let anna = |more: &str, text: &str| from("anna@example.org", "my chair", more, text);
    receive(&store, "9:00", &anna("Message-ID: <a@x>\n", "squeaks"));
    assert_eq!(store.page(1).ticket.requester.written(), "anna@example.org");
    receive(&store, "9:01", &anna("In-Reply-To: <a@x>\n", "and wobbles"));
    assert_eq!(store.page(1).history.last().unwrap().fact.kind(), "heard");
}

#[test]
fn automatic_mail_is_attached_without_effect_or_waits() {
    let store = desk();
    receive(
        &store,
        "9:00",
        &mia("VPN", "Message-ID: <a@x>\n", "It drops."),
    );
    let auto = "Auto-Submitted: auto-replied\n";
    let attached = mia(
        "Out of office",
        &format!("In-Reply-To: <a@x>\n{auto}"),
        "back on Monday",
    );
    assert_eq!(ticket(&receive(&store, "9:01", &attached)), Some(1));
    let page = store.page(1);
    assert_eq!(page.history.last().unwrap().fact.kind(), "logged");
    assert_eq!(
        (page.ticket.messages.len(), page.summary.state),
        (0, State::New)
    );
    let held = receive(&store, "9:02", &mia("Out of office", auto, "nobody asked"));
    assert_eq!(held.mail.state, MailState::Quarantined);
    let listed = store.at("9:03", |desk| desk.quarantined_mails().unwrap());
    assert_eq!(listed.iter().map(|mail| mail.id.0).collect::<Vec<_>>(), [3]);
    let dropped = store.at("9:04", |desk| desk.drop_received(MailId(3)).unwrap());
    assert_eq!(dropped.mail.state, MailState::Dropped);
    assert!(store.at("9:05", |desk| desk.raw_mail(MailId(3))).is_err());
    assert!(
        store
            .at("9:05", |desk| desk.accept_mail(MailId(3)))
            .is_err()
    );
    let own = from("desk@example.org", "hi", "", "me");
    assert_eq!(
        receive(&store, "9:06", &own).mail.state,
        MailState::Quarantined
    );
}

#[test]
fn alarms_are_counted_and_their_ends_are_noted() {
    let store = desk();
    let alarm = |time: &str, subject: &str| {
        let raw = from(
            "nagios@example.org",
            subject,
            "Auto-Submitted: auto-generated\n",
            time,
        );
        ticket(&receive(&store, time, &raw))
    };
    let problem = "** PROBLEM: web1/HTTP is CRITICAL **";
    assert_eq!(alarm("9:00", problem), Some(1));
    assert_eq!(alarm("9:20", problem), Some(1));
    assert_eq!(
        alarm("9:21", "** PROBLEM: web2/HTTP is CRITICAL **"),
        Some(2)
    );
    assert_eq!(alarm("9:30", "** RECOVERY: web1/HTTP is OK **"), Some(1));
    assert_eq!(alarm("9:31", "** RECOVERY: web9/HTTP is OK **"), None);
    let page = store.page(1);
    assert_eq!(page.alarms.unwrap().total.count, 2);
    assert_eq!(page.ticket.channel, Channel::Monitoring);
    assert_eq!(page.history.last().unwrap().fact.kind(), "logged");
}

#[test]
fn an_answer_to_the_resolution_confirms_reopens_or_rates() {
    let answered = |text: &str| {
        let store = desk();
        receive(
            &store,
            "9:00",
            &mia("VPN", "Message-ID: <a@x>\n", "It drops."),
        );
        let command = Command::Resolve {
            text: "restarted".to_owned(),
            code: None,
            known_error: None,
            closing: ClosingOptions {
                force: Some("test".to_owned()),
                ..ClosingOptions::default()
            },
        };
        store.act("9:05", 1, command).unwrap();
        let raw = mia("Re: VPN", "In-Reply-To: <a@x>\n", text);
        assert_eq!(ticket(&receive(&store, "9:10", &raw)), Some(1));
        let page = store.page(1);
        let confirmed = page
            .ticket
            .resolution()
            .is_some_and(|done| done.restored.is_some());
        (page.summary.state, confirmed, page.summary.satisfaction)
    };
    assert_eq!(answered("Yes"), (State::Resolved, true, None));
    assert_eq!(answered("no"), (State::Active, false, None));
    assert_eq!(answered("yes 5"), (State::Closed, true, Some(5)));
    assert_eq!(answered("4"), (State::Closed, false, Some(4)));
    assert_eq!(
        answered("yes, but the printer too"),
        (State::Active, false, None)
    );
}

#[test]
fn a_participant_under_two_names_is_heard() {
    let store = desk();
    receive(
        &store,
        "9:00",
        &mia("VPN", "Message-ID: <a@x>\n", "It drops."),
    );
    for name in ["Kim", "Kim Lund"] {
        let person = Requester::parse(&format!("{name} <kim@example.org>")).unwrap();
        store
            .act("9:01", 1, Command::AddParticipant { person })
            .unwrap();
    }
    let raw = from("kim@example.org", "x", "In-Reply-To: <a@x>\n", "me too");
    assert_eq!(ticket(&receive(&store, "9:02", &raw)), Some(1));
    assert_eq!(store.page(1).history.last().unwrap().fact.kind(), "heard");
}

#[test]
fn a_mail_that_was_erased_before_it_was_understood_opens_nothing() {
    let store = desk();
    let raw = mia("VPN", "", "It drops.");
    store.at("9:00", |desk| desk.store_mail(raw.as_bytes()).unwrap());
    store.at("9:01", |desk| {
        let mut txn = desk.writer().unwrap().begin(AccessMode::Write).unwrap();
        txn.erase_mail(MailId(1)).unwrap();
        txn.commit().unwrap();
        desk.sweep(&mut |_| Ok(())).unwrap();
    });
    let left = mail(&store, 1);
    assert_eq!((left.state, left.ticket), (MailState::Done, None));
}

#[test]
fn thousands_of_recipients_are_cut_off_with_a_note() {
    let store = desk();
    let all: Vec<String> = (0..10_000).map(|n| format!("u{n}@example.org")).collect();
    let raw = mia("party", &format!("Cc: {}\n", all.join(",")), "all invited");
    assert_eq!(ticket(&receive(&store, "9:00", &raw)), Some(1));
    let page = store.page(1);
    assert_eq!(page.ticket.participants.len(), 25);
    assert!(format!("{:?}", page.history.last()).contains("9975 more recipients of mail 1"));
}

#[test]
fn hostile_texts_are_kept_and_nothing_is_lost() {
    let store = desk();
    let long = "x".repeat(5 * 1024 * 1024);
    let cases = [
        (
            mia(&"s".repeat(4_000), "", "long subject"),
            "s".repeat(249) + "…",
        ),
        (
            mia("", "", "\n\n  first line\nsecond"),
            "first line".to_owned(),
        ),
        (mia("", "", ""), "(no subject)".to_owned()),
        (mia("nul\0here", "", "a\0b"), "nul".to_owned()),
        (mia("big", "", &long), "big".to_owned()),
        ("just a text\n".to_owned(), "just a text".to_owned()),
        (
            from("\"a@b\" <<x@y> <\u{202e}@evil>", "odd sender", "", "x"),
            "odd sender".to_owned(),
        ),
    ];
    for (n, (raw, title)) in cases.iter().enumerate() {
        let outcome = receive(&store, "9:00", raw);
        assert_eq!(ticket(&outcome), Some(n as i64 + 1), "{title}");
        assert_eq!(store.page(n as i64 + 1).ticket.title, *title);
    }
    assert!(
        store
            .page(5)
            .ticket
            .description
            .unwrap()
            .contains("desk mail --raw 5")
    );
    let raw = store.at("9:01", |desk| desk.raw_mail(MailId(5)).unwrap());
    assert!(raw.len() > long.len());
    let found = store.run(None, None, |desk| desk.verify(None).unwrap());
    assert_eq!(found.faults, Vec::<String>::new());
}

#[test]
fn a_restricted_ticket_takes_a_reply_and_shows_nothing() {
    let store = desk();
    receive(
        &store,
        "9:00",
        &mia("Salary", "Message-ID: <a@x>\n", "secret"),
    );
    let restrict = Command::Restrict {
        to: vec![crate::domain::people::Agent::parse("anna").unwrap()],
        reason: None,
    };
    store.act("9:01", 1, restrict).unwrap();
    let reply = mia("Re: Salary", "In-Reply-To: <a@x>\n", "more secret");
    assert_eq!(ticket(&receive(&store, "9:02", &reply)), Some(1));
    let raw = |agent| store.run(Some(agent), None, |desk| desk.raw_mail(MailId(2)));
    assert!(raw("anna").is_ok());
    assert!(raw("ben").is_err());
}

#[test]
fn mail_creates_no_store() {
    let store = TestStore::new();
    let received = store.run(None, None, |desk| desk.receive_mail(b"hi\n").map(drop));
    assert!(received.is_err() && !store.exists());
}

fn opened_for(store: &TestStore, who: &str) -> i64 {
    let new = NewTicket {
        title: "cups".to_owned(),
        requester: Requester::parse(who).unwrap(),
        ..ticket_story::new()
    };
    store
        .at("9:00", |desk| desk.open(&new, &[]).unwrap())
        .after
        .id
        .0
}

#[test]
fn what_is_written_to_an_erased_or_closed_ticket_is_never_overlooked() {
    let store = desk();
    let id = opened_for(&store, "Mia Roth <mia@example.org>");
    store.act("9:01", id, note("x")).unwrap();
    store.act("9:01", id, hear("y")).unwrap();
    let token = token(&store, id);
    let found = store.run(None, None, |desk| {
        desk.find_person(
            &Requester::parse("mia@example.org").unwrap(),
            &mut |_, _| {},
        )
        .unwrap()
    });
    let all = crate::app::TextSelection::Choice(crate::domain::vocabulary::TextChoice::Certain);
    store
        .at("9:02", |desk| desk.erase_person(&found, &all, "asked for"))
        .unwrap();
    let raw =
        format!("From: mia@example.org\nTo: desk+{token}@example.org\nSubject: x\n\nhello?\n");
    let outcome = receive(&store, "9:03", &raw);
    assert_eq!(ticket(&outcome), Some(2));
    assert_eq!(store.page(2).ticket.links.len(), 1);
}
