//! Messages of particular shapes: delivery reports, forwarded messages, files and
//! other languages.

use super::{desk, from, mail, mia, receive, ticket, token};
use crate::domain::mail::identifiers::TicketToken;
use crate::domain::vocabulary::{MailState, NoticeKind};

pub(super) fn multipart(head: &str, parts: &[(&str, &str)]) -> String {
    let mut raw = format!("{head}MIME-Version: 1.0\n");
    let kind = if head.contains("Content-Type") {
        ""
    } else {
        "Content-Type: multipart/mixed; boundary=b\n"
    };
    raw += kind;
    for (kind, text) in parts {
        raw += &format!("\n--b\nContent-Type: {kind}\n\n{text}\n");
    }
    raw + "\n--b--\n"
}

fn report(to: &str, action: &str, status: &str, id: &str) -> String {
    let head = format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.org\nTo: {to}\nSubject: Undelivered\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\n"
    );
    let about = format!(
        "Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; mia@example.org\n\
         Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 no such user\n"
    );
    let original = format!("Message-ID: <{id}>\nSubject: [#1] VPN\n");
    multipart(
        &head,
        &[
            ("text/plain", "I am sorry."),
            ("message/delivery-status", &about),
            ("text/rfc822-headers", &original),
        ],
    )
}

/// The id of a mail of the desk about #1.
fn own_id(token: &str, kind: NoticeKind, random: &str) -> String {
    let (number, token) = token.split_once('.').unwrap();
    let ticket = crate::domain::event::TicketId(number.parse().unwrap());
    let token = token.to_owned();
    TicketToken { ticket, token }.message_id(kind, random, "desk@example.org")
}

#[test]
fn a_delivery_report_is_a_note_on_the_ticket_of_the_mail() {
    let store = desk();
    receive(&store, "9:00", &mia("VPN", "", "It drops."));
    let id = own_id(&token(&store, 1), NoticeKind::Reply, "x");
    let undeliverable = || {
        store.run(None, None, |desk| {
            let txn = desk.read_everything().unwrap().unwrap();
            txn.undeliverable("mia@example.org").unwrap().is_some()
        })
    };
    let delayed = report("desk@example.org", "delayed", "4.4.1", &id);
    assert_eq!(ticket(&receive(&store, "9:01", &delayed)), Some(1));
    assert!(!undeliverable());
    let failed = report("desk@example.org", "failed", "5.1.1", &id);
    assert_eq!(ticket(&receive(&store, "9:02", &failed)), Some(1));
    assert!(undeliverable());
    let page = store.page(1);
    let note = format!("{:?}", page.history.last().unwrap());
    assert!(
        note.contains("mail could not be delivered: mia@example.org: 5.1.1"),
        "{note}"
    );
    assert_eq!(page.ticket.messages, []);
    // Whoever writes can be reached.
    receive(&store, "9:03", &mia("Re: [#1] VPN", "", "I am here"));
    assert!(!undeliverable());
    // A report about a mail of somebody else waits.
    let other = report("desk@example.org", "failed", "5.1.1", "else@example.org");
    assert_eq!(
        receive(&store, "9:04", &other).mail.state,
        MailState::Quarantined
    );
    // The bounce of a bounce, and what comes back to the desk, do nothing.
    let own = mia(
        "Re: VPN",
        &format!("Message-ID: <{id}>\n"),
        "round and round",
    );
    let own = receive(&store, "9:05", &own);
    assert_eq!(
        (own.mail.state, own.update.is_none()),
        (MailState::Done, true)
    );
}

#[test]
fn what_an_agent_forwards_as_an_attachment_is_from_its_sender() {
    let store = desk();
    let inner = "From: Kim Lund <kim@example.org>\nTo: anna@example.org\n\
                 Subject: Drucker kaputt\nMessage-ID: <k@x>\n\n\
                 Der Drucker im zweiten Stock druckt seit heute Morgen nicht mehr.\n";
    let forward = |who: &str| {
        let head = format!("From: {who}\nTo: desk@example.org\nSubject: Fwd: Drucker kaputt\n");
        multipart(
            &head,
            &[("text/plain", "please help"), ("message/rfc822", inner)],
        )
    };
    assert_eq!(
        ticket(&receive(&store, "9:00", &forward("anna@example.org"))),
        Some(1)
    );
    let page = store.page(1);
    assert_eq!(
        page.ticket.requester.written(),
        "Kim Lund <kim@example.org>"
    );
    assert_eq!(page.ticket.requester.language.as_deref(), Some("de"));
    assert_eq!(page.ticket.title, "Drucker kaputt");
    assert!(format!("{:?}", page.history).contains("forwarded by anna"));
    // From anybody else it is an attachment.
    assert_eq!(
        ticket(&receive(&store, "9:01", &forward("Eve <eve@evil.example>"))),
        Some(2)
    );
    assert_eq!(
        store.page(2).ticket.requester.written(),
        "Eve <eve@evil.example>"
    );
    // What is forwarded in the text is not guessed.
    let inline = from(
        "anna@example.org",
        "Fwd: chair",
        "",
        "> From: Kim Lund <kim@example.org>",
    );
    assert_eq!(ticket(&receive(&store, "9:02", &inline)), Some(3));
    let page = store.page(3);
    assert_eq!(page.ticket.requester.written(), "anna@example.org");
    assert!(format!("{:?}", page.history).contains("desk log 3 --requester"));
}

#[test]
fn the_language_of_a_requester_is_read_or_recognized() {
    let store = desk();
    let cases = [
        ("Content-Language: nl\n", "short", "nl"),
        (
            "",
            "Tulostin ei toimi, ja minun pitäisi saada raportti valmiiksi tänään.",
            "fi",
        ),
        (
            "",
            "La stampante del secondo piano non funziona da questa mattina.",
            "it",
        ),
        ("", "hm", "en"),
    ];
    for (n, (more, text, language)) in cases.iter().enumerate() {
        let id = i64::try_from(n).unwrap() + 1;
        let subject = format!("case {n}");
        assert_eq!(
            ticket(&receive(&store, "9:00", &mia(&subject, more, text))),
            Some(id)
        );
        assert_eq!(
            store.page(id).ticket.requester.language.as_deref(),
            Some(*language)
        );
        assert_eq!(mail(&store, id).language.as_deref(), Some(*language));
    }
}

#[test]
fn the_files_of_a_message_are_kept_with_it() {
    let store = desk();
    let more = "Content-Type: multipart/mixed; boundary=b\n";
    let head = format!("From: Mia <mia@example.org>\nTo: desk@example.org\nSubject: VPN\n{more}");
    let parts = [
        ("text/plain", "see the log"),
        (
            "text/x-log; name=\"../../etc/passwd\"\nContent-Disposition: attachment",
            "line",
        ),
    ];
    let raw = multipart(&head, &parts);
    assert_eq!(ticket(&receive(&store, "9:00", &raw)), Some(1));
    let page = store.page(1);
    let names: Vec<&str> = page
        .ticket
        .attachments
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    assert_eq!(names, ["passwd"]);
    let large = desk();
    super::set_policy(
        &large,
        &super::POLICY.replace("[mail]", "[mail]\nattachment_limit = \"1 B\""),
    );
    assert_eq!(ticket(&receive(&large, "9:00", &raw)), Some(1));
    let page = large.page(1);
    assert_eq!(page.ticket.attachments.len(), 0);
    assert!(format!("{:?}", page.history).contains("desk mail --raw 1"));
}
