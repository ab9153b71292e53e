//! The headers of mails, whatever names and titles say.

use proptest::prelude::*;

use super::{mailing, rendered, told, told_of_opening};
use crate::domain::mail::notices::Circumstances;
use crate::testing::ticket_story::reply;

#[test]
fn automatic_mail_is_marked_and_has_no_sender_for_bounces() {
    let story = mailing().open();
    let opening = told_of_opening(&story, Circumstances::default());
    let mail = rendered(&opening[0], &story, &[]);
    assert_eq!(mail.bounce_to, None);
    let lines = mail.headers.iter();
    let lines: Vec<String> = lines
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    Date: Mon, 02 Mar 2026 09:00:00 +0000
    From: Service desk <desk@example.org>
    To: Mia Roth <mia@example.org>
    Reply-To: Service desk <desk+1.abcdefghij@example.org>
    Message-ID: <desk.1.abcdefghij.acknowledged.random@example.org>
    Content-Language: en
    Auto-Submitted: auto-replied
    X-Auto-Response-Suppress: All
    X-Desk-Loop: storestorestores
    ");
}

#[test]
fn a_reply_is_no_automatic_mail_and_names_the_thread() {
    let story = mailing().open();
    let notice = told(&story, reply("soon")).remove(0);
    let thread: Vec<String> = (0..60).map(|n| format!("{n}@example.org")).collect();
    let mail = rendered(&notice, &story, &thread);
    assert_eq!(
        mail.bounce_to.as_deref(),
        Some("desk+1.abcdefghij@example.org")
    );
    let value = |name: &str| {
        let found = mail.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(value("Auto-Submitted"), None);
    assert_eq!(value("X-Desk-Loop"), Some("storestorestores"));
    assert_eq!(value("In-Reply-To"), Some("<59@example.org>"));
    let references: Vec<&str> = value("References").unwrap().split(' ').collect();
    assert_eq!(references.len(), 40);
    assert_eq!(references[19..21], ["<19@example.org>", "<40@example.org>"]);
}

#[test]
fn ids_that_could_end_a_header_are_left_out() {
    let story = mailing().open();
    let notice = told(&story, reply("soon")).remove(0);
    let thread = [
        "a@b\r\nBcc: x@y".to_owned(),
        "ok@b".to_owned(),
        "<c> <d>".to_owned(),
    ];
    let mail = rendered(&notice, &story, &thread);
    let named = mail.headers.iter().find(|(name, _)| name == "References");
    assert_eq!(named.unwrap().1, "<ok@b>");
}

proptest! {
    #[test]
    fn no_name_and_no_title_begins_a_header(name in any::<String>(), title in any::<String>()) {
        let story = mailing().with(|new| {
            new.title = title;
            new.requester.name = Some(name);
        });
        let story = story.open();
        let notice = told(&story, reply("soon")).remove(0);
        let mail = rendered(&notice, &story, &[]);
        for (_, value) in &mail.headers {
            prop_assert!(!value.chars().any(char::is_control), "{value:?}");
        }
        prop_assert!(!mail.subject.chars().any(char::is_control));
        let to = mail.headers.iter().find(|(name, _)| name == "To").unwrap();
        prop_assert_eq!(to.1.matches(['<', '>']).count() % 2, 0);
        prop_assert!(to.1.ends_with("mia@example.org>") || to.1 == "mia@example.org");
    }
}
