//! Whole messages: ordinary, broken and hostile.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Unreadable, parse};
use crate::domain::mail::message::{MailMessage, Mailbox};
use crate::testing::cases;

fn read(text: &str) -> MailMessage {
    parse(text.replace('\n', "\r\n").as_bytes()).expect("a readable message")
}

fn names(message: &MailMessage) -> Vec<(&str, &str)> {
    let files = message.attachments.iter();
    files
        .map(|file| {
            (
                file.name.as_deref().unwrap_or_default(),
                file.media_type.as_str(),
            )
        })
        .collect()
}

#[test]
fn an_ordinary_message_is_read() {
    let message = read(
        "Return-Path: <anna@example.org>\nDelivered-To: desk@example.org\n\
         Received: from x by y; Mon, 5 Jan 2026 10:00:01 +0200\nMessage-ID: <1@x>\n\
         Message-Id: <2@x>\nIn-Reply-To: <0@x>\nReferences: <a@x>\n <b@x>\n\
         From: =?utf-8?Q?J=C3=B6rg_Berg?= <joerg@example.org>\nTo: Desk <desk@example.org>,\n\
         \tteam: b@example.org;\nCc: \"Berg, Anna\" <anna@example.org>\n\
         Subject: =?utf-8?Q?Drucker_br?=\n =?utf-8?Q?ennt?=\nDate: Mon, 5 Jan 2026 10:00:00 +0200\n\
         Content-Type: text/plain; charset=utf-8\nContent-Language: de\n\nHallo,\n\nes brennt.\n",
    );
    assert_eq!(message.message_ids, ["1@x", "2@x"]);
    assert_eq!(message.in_reply_to, ["0@x"]);
    assert_eq!(message.references, ["a@x", "b@x"]);
    assert_eq!(
        message.from,
        [Mailbox {
            name: Some("Jörg Berg".to_owned()),
            address: "joerg@example.org".to_owned()
        }]
    );
    assert_eq!(message.to.len(), 2);
    assert_eq!(message.cc[0].name.as_deref(), Some("Berg, Anna"));
    assert_eq!(message.delivered_to, ["desk@example.org"]);
    assert_eq!(message.return_path.as_deref(), Some("anna@example.org"));
    assert_eq!(message.subject, "Drucker brennt");
    assert_eq!(
        message.date.expect("a date").to_rfc3339(),
        "2026-01-05T08:00:00+00:00"
    );
    assert_eq!(message.text, "Hallo,\n\nes brennt.");
    assert_eq!(message.content_language.as_deref(), Some("de"));
    assert!(message.attachments.is_empty());
}

#[test]
fn the_null_sender_is_an_empty_return_path() {
    assert_eq!(
        read("Return-Path: <>\nFrom: a@x\n\n")
            .return_path
            .as_deref(),
        Some("")
    );
    assert_eq!(read("From: a@x\n\n").return_path, None);
}

#[test]
fn plain_text_is_preferred_and_files_of_every_branch_are_kept() {
    let message = read(
        "From: a@x\nContent-Type: multipart/alternative; boundary=A\n\n--A\n\nplain\n--A\n\
         Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n<p>html</p>\n\
         --B\nContent-Type: image/png; name=a.png\nContent-ID: <a@x>\nContent-Transfer-Encoding: base64\n\n\
         AAEC\n--B--\n--A\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n\
         UID:1\nEND:VEVENT\nEND:VCALENDAR\n--A--\n",
    );
    assert_eq!(message.text, "plain");
    assert_eq!(
        names(&message),
        [("a.png", "image/png"), ("", "text/calendar")]
    );
    assert_eq!(message.attachments[0].bytes, [0, 1, 2]);
    assert_eq!(message.attachments[0].content_id.as_deref(), Some("a@x"));
    assert_eq!(message.invitation.expect("an invitation").method, "REQUEST");
}

#[test]
fn html_is_read_where_the_plain_part_is_blank() {
    let message = read(
        "From: a@x\nContent-Type: multipart/alternative; boundary=A\n\n--A\n\n \n--A\n\
         Content-Type: text/html; charset=utf-8\n\n<p>Hello</p>\n--A--\n",
    );
    assert_eq!(message.text, "Hello");
}

#[test]
fn texts_are_joined_and_files_are_not_text() {
    let message = read(
        "From: a@x\nContent-Type: multipart/mixed; boundary=A\n\nno MIME here\n--A\n\none\n--A\n\
         Content-Disposition: attachment; filename=\"two.txt\"\n\nfile\n--A\n\
         Content-Type: text/html\n\n<b>three</b>\n--A\nContent-Type: application/ms-tnef; name=winmail.dat\n\n\
         x\n--A--\nfooter\n",
    );
    assert_eq!(message.text, "one\n\nthree\n\nfooter");
    assert_eq!(
        names(&message),
        [
            ("two.txt", "text/plain"),
            ("winmail.dat", "application/ms-tnef")
        ]
    );
    assert_eq!(message.attachments[0].bytes, b"file");
}

#[test]
fn signed_and_encrypted_parts_are_kept() {
    let message = read(
        "From: a@x\nContent-Type: multipart/signed; boundary=A; protocol=\"application/pgp-signature\"\n\n\
         --A\n\ntext\n--A\nContent-Type: application/pgp-signature; name=signature.asc\n\nsig\n--A--\n",
    );
    assert_eq!(message.text, "text");
    assert_eq!(
        names(&message),
        [("signature.asc", "application/pgp-signature")]
    );
    let message = read("From: a@x\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nx\n");
    assert_eq!(names(&message), [("smime.p7m", "application/pkcs7-mime")]);
}

#[test]
fn a_forwarded_message_is_read_and_kept() {
    let message = read(
        "From: agent@x\nContent-Type: multipart/mixed; boundary=A\n\n--A\n\nfyi\n--A\n\
         Content-Type: message/rfc822\n\nFrom: Anna <anna@example.org>\nSubject: help\n\
         Content-Type: multipart/mixed; boundary=B\n\n--B\n\ninner\n--B\nContent-Type: image/png\n\nx\n--B--\n--A--\n",
    );
    assert_eq!(message.text, "fyi");
    assert_eq!(names(&message), [("", "message/rfc822")]);
    let inner = &message.forwarded[0];
    assert_eq!(inner.from[0].address, "anna@example.org");
    assert_eq!(inner.text, "inner");
    assert_eq!(inner.attachments.len(), 1);
    assert!(message.attachments[0].bytes.starts_with(b"From: Anna"));
    assert!(message.attachments[0].bytes.ends_with(b"--B--"));
}

#[test]
fn reports_of_mail_systems_are_read() {
    let message = read(
        "From: MAILER-DAEMON@mx.example.org\nContent-Type: multipart/report; boundary=A; report-type=delivery-status\n\n\
         --A\n\nSorry.\n--A\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n\
         Final-Recipient: rfc822; anna@example.org\nAction: failed\nStatus: 5.1.1\n\
         Diagnostic-Code: smtp; 550 5.1.1 no such\n user\n--A\nContent-Type: text/rfc822-headers\n\n\
         Message-ID: <desk.1@x>\nIn-Reply-To: <0@x>\n--A--\n",
    );
    let report = message.delivery_report.expect("a report");
    assert_eq!(report.original_ids, ["desk.1@x", "0@x"]);
    let failed = &report.recipients[0];
    assert_eq!(failed.address, "anna@example.org");
    assert_eq!(failed.action, "failed");
    assert_eq!(failed.status.as_deref(), Some("5.1.1"));
    assert_eq!(failed.diagnostic.as_deref(), Some("550 5.1.1 no such user"));
}

#[test]
fn reports_in_words_are_read() {
    for (text, status) in [
        (
            "From: MAILER-DAEMON@x.org\nSubject: failure notice\n\nHi. This is the qmail-send program at x.org.\n\
             I'm afraid I wasn't able to deliver your message.\n\n<anna@example.org>:\n\
             Sorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n\
             Return-Path: <desk@y.org>\nMessage-ID: <desk.1@x>\n\nHello\n",
            Some("5.1.1"),
        ),
        (
            "From: Mail Delivery System <Mailer-Daemon@x.org>\nX-Failed-Recipients: anna@example.org\n\
             Subject: Mail delivery failed\n\nThis message was created automatically by mail delivery software.\n\n\
             A message could not be delivered to:\n\n  anna@example.org\n    SMTP error: 550 unknown user\n\n\
             ------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: <desk.1@x>\n\nHello\n",
            Some("5.0.0"),
        ),
        (
            "From: postmaster@x.org\nSubject: Undeliverable: printer\n\nDelivery has failed to these recipients or groups:\n\n\
             anna@example.org\nThe address couldn't be found. 550 5.1.10 RESOLVER.ADR.RecipientNotFound\n\n\
             Original message headers:\n\nMessage-ID: <desk.1@x>\n",
            Some("5.1.10"),
        ),
    ] {
        let report = read(text).delivery_report.expect(text);
        assert_eq!(report.recipients.len(), 1, "{text}");
        assert_eq!(report.recipients[0].address, "anna@example.org");
        assert_eq!(report.recipients[0].action, "failed");
        assert_eq!(report.recipients[0].status.as_deref(), status);
        assert_eq!(report.original_ids, ["desk.1@x"]);
    }
    let talk =
        "From: anna@example.org\nSubject: Undeliverable\n\nanna@example.org\nhas a problem\n";
    assert!(read(talk).delivery_report.is_none());
}

#[test]
fn broken_messages_are_text() {
    for (raw, text) in [
        (&b""[..], ""),
        (b"\n\n\n", ""),
        (b"just text", "just text"),
        (b"Dear desk: it burns\nplease help", "Dear desk: it burns\nplease help"),
        (b"From: a@x\r\rmac lines\r\rtwo", "mac lines\n\ntwo"),
        (b"From a@x Mon Jan  5 10:00:00 2026\nFrom: a@x\n\ntext", "text"),
        (b"\xef\xbb\xbfFrom: a@x\n\ntext", "text"),
        (b"\n\nFrom: a@x\n\ntext", "text"),
        (b"From: a@x\nno header any more\nmore", "no header any more\nmore"),
        (b"From: a@x\nContent-Type: text/plain; charset=utf-8\n\ncaf\xe9", "caf\u{e9}"),
        (b"From: a@x\nContent-Type: multipart/mixed; boundary=A\n\nnowhere", "nowhere"),
        (b"From: a@x\nContent-Type: multipart/mixed\n\nno boundary", "no boundary"),
        (b"From: a@x\nContent-Type: multipart/mixed; boundary=A\n\n--A\n\nopen", "open"),
        (b"From: a@x\nContent-Type: multipart/mixed; boundary=A\n\n--A\n\none\n--A--\n--A\n\ntwo\n--A--", "one\n\ntwo"),
        (b"From: a@x\nContent-Type: nonsense\n\ntext", "text"),
        (b"From: a@x\n\nbegin 644 a\n#0V%T\n`\nend\nrest", "rest"),
        (b"From: a@x\nContent-Type: text/plain; format=flowed\n\none \ntwo", "one two"),
        (b"From: a@x\n\nnul\0 here", "nul here"),
    ] {
        let message = parse(raw).expect("readable");
        assert_eq!(message.text, text, "{}", String::from_utf8_lossy(raw));
    }
}

#[test]
fn a_header_ends_at_a_line_end_within_it() {
    let message = parse(
        b"From: a@x\nSubject: one\rBcc: evil@x\nX-A: a\0b\nX-B: =?utf-8?Q?c=0D=0ABcc:_d?=\n\ntext",
    )
    .expect("readable");
    assert_eq!(message.subject, "one");
    let value = |name: &str| {
        let found = message.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(value("X-A"), Some("a"));
    assert_eq!(value("X-B"), Some("c"));
    assert_eq!(value("Bcc"), None);
}

#[test]
fn bytes_in_a_header_are_read_in_the_charset_of_the_body() {
    let raw = |subject: &[u8], charset: &str| {
        let mut raw = b"From: a@x\nSubject: ".to_vec();
        raw.extend_from_slice(subject);
        raw.extend_from_slice(
            format!("\nContent-Type: text/plain; charset={charset}\n\nx").as_bytes(),
        );
        parse(&raw).expect("readable").subject
    };
    assert_eq!(raw(b"caf\xe9", "iso-8859-1"), "café");
    assert_eq!(raw(b"\xcf\xd0\xc8\xc2\xc5\xd2", "windows-1251"), "ПРИВЕТ");
    assert_eq!(raw("café".as_bytes(), "iso-8859-1"), "café");
    assert_eq!(raw(b"caf\xe9", "utf-8"), "café");
}

#[test]
fn what_is_over_the_limits_is_refused() {
    let nested = |levels: usize| {
        let mut text = String::from("From: a@x\n");
        for level in 0..levels {
            text += &format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
        }
        text
    };
    assert_eq!(parse(nested(90).as_bytes()).map(|_| ()), Ok(()));
    assert_eq!(
        parse(nested(200).as_bytes()).map(|_| ()),
        Err(Unreadable::TooDeep)
    );
    let forwarded = format!(
        "From: a@x\n{}",
        "Content-Type: message/rfc822\n\n".repeat(100_000)
    );
    assert_eq!(
        parse(forwarded.as_bytes()).map(|_| ()),
        Err(Unreadable::TooDeep)
    );
    let wide = format!(
        "Content-Type: multipart/mixed; boundary=b\n\n{}",
        "--b\n\nx\n".repeat(1_001)
    );
    assert_eq!(
        parse(wide.as_bytes()).map(|_| ()),
        Err(Unreadable::TooManyParts)
    );
    let long = format!("From: a@x\nX-Long: {}\n\ntext", "x".repeat(10 << 20));
    assert_eq!(
        parse(long.as_bytes()).map(|_| ()),
        Err(Unreadable::HeadersTooLong)
    );
    let large = vec![b'x'; super::MAX_BYTES + 1];
    assert_eq!(parse(&large).map(|_| ()), Err(Unreadable::TooLarge));
}

#[test]
fn hostile_messages_end_quickly() {
    let megabytes = |piece: &str| piece.repeat((2 << 20) / piece.len());
    let html = |body: &str| format!("From: a@x\nContent-Type: text/html\n\n{body}");
    let header = |value: &str| format!("From: {value}\nSubject: {value}\n\ntext");
    let mut all = vec![
        html(&megabytes("<a \"")),
        html(&megabytes("<a \"'>")),
        html(&megabytes("<a b=\"'>")),
        html(&megabytes("<!--")),
        html(&megabytes("<style>")),
        html(&megabytes("<div>")),
        html(&megabytes("<blockquote>x")),
        html(&megabytes("<ul><li>x")),
        html(&megabytes("<a href=http://x>")),
        html(&megabytes("&#")),
        html(&megabytes("&amp")),
        html(&megabytes("<")),
        format!("From: a@x\n\n{}", megabytes("begin 644 a\n")),
        format!("From: a@x\n\n{}", megabytes("> x\nOn 1 wrote\n")),
        format!("From: a@x\n\n{}", megabytes("From: a\nTo: b\n")),
        format!(
            "From: a@x\nContent-Type: multipart/mixed; boundary=A\n\n{}",
            megabytes("--\n")
        ),
        format!(
            "From: a@x\nContent-Type: multipart/mixed; boundary=A\n\n{}",
            megabytes("--A--\n")
        ),
        format!(
            "From: a@x\nContent-Type: text/calendar\n\n{}",
            megabytes("BEGIN:VEVENT\n")
        ),
        format!(
            "From: mailer-daemon@x\nSubject: undeliverable\n\n{}",
            megabytes("a@x.y\n")
        ),
        format!(
            "From: a@x\nContent-Type: text/plain; charset=utf-7\n\n{}",
            megabytes("+AD4-+")
        ),
    ];
    let short = |piece: &str| piece.repeat((200 << 10) / piece.len());
    for piece in [
        "=?utf-8?Q?",
        "=?",
        "(",
        "\"",
        "<",
        ",",
        "a b,",
        "a:",
        "a@x,",
        "=?utf-8?B?AA",
        "\\",
    ] {
        all.push(header(&short(piece)));
    }
    all.push(format!(
        "From: a@x\nContent-Type: text/plain; {}\n\nx",
        short("a*1=b;")
    ));
    all.push(format!("From: a@x\nReferences: {}\n\nx", short("<a@x>")));
    for raw in all {
        let start = Instant::now();
        let message = parse(raw.as_bytes());
        let spent = start.elapsed();
        let head: String = raw.chars().take(80).collect();
        assert!(spent < Duration::from_secs(10), "{spent:?} for {head:?}");
        drop(message);
    }
}

/// A word that no other part of a message has.
fn words() -> impl Strategy<Value = String> {
    "[a-zäöüéñß€]{3,9}( [a-zäöüéñß€]{1,9}){0,6}"
}

fn encoded(text: &str, way: u8) -> String {
    let quoted = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| format!("={byte:02X}"))
            .collect::<String>()
    };
    let html = |text: &str| {
        let references = text.chars().map(|c| format!("&#{};", u32::from(c)));
        references.collect::<String>().replace("&#32;", " ")
    };
    match way {
        0 => format!("Content-Type: text/plain; charset=utf-8\n\n{text}\n"),
        1 => format!(
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{}\n",
            quoted(text.as_bytes())
        ),
        2 => format!(
            "Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\n{}\n",
            quoted(&encoding_rs::WINDOWS_1252.encode(text).0)
        ),
        3 => format!(
            "Content-Type: text/html\n\n<html><div><p>{}</div></html>\n",
            html(text)
        ),
        4 => format!("Content-Type: text/plain; charset=us-ascii\n\n{text}\n"),
        _ => format!("\n{text}\n"),
    }
}

#[test]
fn a_text_with_a_name_is_a_file_after_another_text() {
    let part = |name: &str, text: &str| format!("--b\nContent-Type: text/plain{name}\n\n{text}\n");
    let named = "; name=\"log.txt\"";
    let mixed = |parts: &str| {
        read(&format!(
            "From: a@x\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n"
        ))
    };
    let both = mixed(&(part("", "see below") + &part(named, "line 1")));
    assert_eq!(both.text.trim(), "see below");
    assert_eq!(both.attachments[0].name.as_deref(), Some("log.txt"));
    assert_eq!(both.attachments[0].bytes, b"line 1");
    let alone = mixed(&part(named, "line 1"));
    assert_eq!(alone.text.trim(), "line 1");
    assert_eq!(alone.attachments, []);
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn no_text_is_lost(
        parts in prop::collection::vec((words(), 0..6_u8), 1..6),
        depth in 0..4_usize,
        closes in any::<bool>(),
    ) {
        // What is UTF-8 is read as UTF-8, whatever the header says.
        let windows = |text| encoding_rs::WINDOWS_1252.encode(text).0;
        prop_assume!(parts.iter().all(|(text, way)| {
            *way != 2 || text.is_ascii() || std::str::from_utf8(&windows(text)).is_err()
        }));
        let mut body = String::new();
        for level in 0..depth {
            body += &format!("Content-Type: multipart/mixed; boundary=\"b{level}\"\n\n--b{level}\n");
        }
        body += "Content-Type: multipart/mixed; boundary=inner\n\n";
        for (text, way) in &parts {
            body += &format!("--inner\n{}", encoded(text, *way));
        }
        if closes {
            body += "--inner--\n";
        }
        let message = read(&format!("From: a@x\n{body}"));
        let wanted: Vec<&str> = parts.iter().flat_map(|(text, _)| text.split(' ')).collect();
        let found: Vec<&str> = message.text.split_whitespace().collect();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn any_bytes_are_read(raw in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(parse(&raw).is_ok());
    }

    #[test]
    fn any_cut_of_a_message_is_read(cut in 0..700_usize, byte in any::<u8>()) {
        let mut raw = b"From: =?utf-8?B?SsO2cmc=?= <a@x>, (c \"q\" <b@x>\nTo: g: a, \"b;\nSubject: =?utf-8?Q?a=\n ?=\n\
            Content-Type: multipart/mixed; boundary=\"A\"; x*0*=utf-8''%C3; x*1=\"\\\n\n--A\nContent-Type: text/html\n\n\
            <p style='a:b'>x &eacute; <a href=\"http://x\">y</a><!-- z --></p>\n--A\nContent-Type: message/rfc822\n\n\
            Subject: b\n\nbegin 644 c\n#0V%T\n`\nend\n--A\nContent-Type: message/delivery-status\n\nFinal-Recipient: x; y\n\n\
            --A\nContent-Type: text/calendar\n\nBEGIN:VEVENT\nDTSTART;TZID=\"x:20260101T000000\nATTENDEE:MAILTO:\xe9\nEND:VEVENT\n\
            --A\nContent-Type: text/plain; format=flowed; charset=utf-7\nContent-Transfer-Encoding: quoted-printable\n\n+AOk =\n>a =E9\n--A--\n"
            .to_vec();
        let at = cut.min(raw.len() - 1);
        raw[at] = byte;
        prop_assert!(parse(&raw).is_ok());
        raw.truncate(at);
        prop_assert!(parse(&raw).is_ok());
    }
}
