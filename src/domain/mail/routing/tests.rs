//! One row for each rule, in their order, each beside what does not fulfil it.

use super::*;
use crate::domain::mail::message::DeliveryReport;

fn mailbox(address: &str) -> Mailbox {
    Mailbox {
        name: None,
        address: address.to_owned(),
    }
}

fn mail() -> MailMessage {
    MailMessage {
        from: vec![mailbox("mia@example.org")],
        ..MailMessage::default()
    }
}

/// Facts that every rule from this one on could use: the ticket of each rule has
/// its number.
fn facts() -> MailFacts {
    let candidate = |id| {
        Some(Candidate {
            ticket: TicketId(id),
            takes_part: true,
        })
    };
    MailFacts {
        store_id: "own".to_owned(),
        authenticated: true,
        by_token: Some(TicketId(5)),
        by_reference: candidate(6),
        by_subject: candidate(7),
        ..MailFacts::default()
    }
}

fn message(id: i64, by: Match) -> Destination {
    let ticket = TicketId(id);
    Destination::Message { ticket, by }
}

fn new(may_belong_to: Option<i64>) -> Destination {
    Destination::New {
        may_belong_to: may_belong_to.map(TicketId),
    }
}

fn with_headers(name: &str, value: &str, count: usize) -> MailMessage {
    MailMessage {
        headers: vec![(name.to_owned(), value.to_owned()); count],
        ..mail()
    }
}

fn report() -> MailMessage {
    MailMessage {
        delivery_report: Some(DeliveryReport {
            recipients: Vec::new(),
            original_ids: Vec::new(),
        }),
        ..mail()
    }
}

#[test]
fn the_same_mail_comes_before_everything() {
    let seen = MailFacts {
        same_as: Some(MailId(1)),
        own_id: true,
        automatic: Some("list".to_owned()),
        ..facts()
    };
    assert_eq!(route(&report(), &seen), Destination::Seen(MailId(1)));
    assert_eq!(route(&mail(), &facts()), message(5, Match::Token));
}

#[test]
fn a_mail_of_the_desk_itself_goes_nowhere() {
    let own = MailFacts {
        own_id: true,
        ..facts()
    };
    assert_eq!(route(&report(), &own), Destination::OwnMail);
    let looped = |id: &str| route(&with_headers("x-desk-loop", id, 1), &facts());
    assert_eq!(looped(" OWN "), Destination::OwnMail);
    assert_eq!(looped("other"), message(5, Match::Token));
    let hops = |count| route(&with_headers("received", "x", count), &facts());
    assert!(matches!(hops(51), Destination::Quarantine(_)));
    assert_eq!(hops(50), message(5, Match::Token));
}

#[test]
fn a_delivery_report_goes_to_the_ticket_of_the_mail_that_failed() {
    let reported = MailFacts {
        reported: Some(TicketId(3)),
        automatic: Some("delivery report".to_owned()),
        monitoring: true,
        ..facts()
    };
    let three = Destination::DeliveryReport(TicketId(3));
    assert_eq!(route(&report(), &reported), three);
    assert!(matches!(
        route(&report(), &facts()),
        Destination::Quarantine(_)
    ));
    // Without a report it is what it is.
    assert_ne!(route(&mail(), &reported), three);
}

#[test]
fn a_monitoring_system_gives_alarms() {
    let monitoring = MailFacts {
        monitoring: true,
        by_token: None,
        automatic: Some("precedence".to_owned()),
        ..facts()
    };
    assert_eq!(route(&mail(), &monitoring), Destination::Alarm);
    let other = MailFacts {
        monitoring: false,
        ..monitoring
    };
    assert_ne!(route(&mail(), &other), Destination::Alarm);
}

#[test]
fn an_automatic_mail_is_attached_or_held() {
    let reason = || "auto-submitted".to_owned();
    let mut automatic = MailFacts {
        automatic: Some(reason()),
        ..facts()
    };
    let attached = |id| Destination::Automatic {
        ticket: TicketId(id),
        reason: reason(),
    };
    assert_eq!(route(&mail(), &automatic), attached(5));
    automatic.by_token = None;
    assert_eq!(route(&mail(), &automatic), attached(6));
    // A number in the subject is not enough.
    automatic.by_reference = None;
    assert_eq!(
        route(&mail(), &automatic),
        Destination::Quarantine(reason())
    );
    automatic.automatic = None;
    assert_eq!(route(&mail(), &automatic), message(7, Match::Subject));
}

#[test]
fn an_address_of_the_desk_is_no_requester() {
    let own = MailFacts {
        from_desk: true,
        ..facts()
    };
    assert!(matches!(route(&mail(), &own), Destination::Quarantine(_)));
}

#[test]
fn a_token_lets_anybody_in() {
    let forwarded = MailFacts {
        authenticated: false,
        by_reference: None,
        by_subject: None,
        ..facts()
    };
    assert_eq!(route(&mail(), &forwarded), message(5, Match::Token));
}

#[test]
fn a_reference_lets_those_in_who_take_part() {
    let mut referring = MailFacts {
        by_token: None,
        authenticated: false,
        ..facts()
    };
    assert_eq!(route(&mail(), &referring), message(6, Match::Reference));
    referring.by_reference = Some(Candidate {
        ticket: TicketId(6),
        takes_part: false,
    });
    assert_eq!(route(&mail(), &referring), new(Some(6)));
    // The number in the subject is asked next.
    referring.authenticated = true;
    assert_eq!(route(&mail(), &referring), message(7, Match::Subject));
}

#[test]
fn a_number_in_the_subject_lets_in_who_takes_part_and_is_authenticated() {
    let by_subject = |takes_part, authenticated| {
        let facts = MailFacts {
            by_token: None,
            by_reference: None,
            by_subject: Some(Candidate {
                ticket: TicketId(7),
                takes_part,
            }),
            authenticated,
            ..facts()
        };
        route(&mail(), &facts)
    };
    assert_eq!(by_subject(true, true), message(7, Match::Subject));
    assert_eq!(by_subject(true, false), new(Some(7)));
    assert_eq!(by_subject(false, true), new(Some(7)));
}

#[test]
fn everything_else_is_a_new_ticket() {
    let unknown = MailFacts::default();
    assert_eq!(route(&mail(), &unknown), new(None));
    assert_eq!(route(&MailMessage::default(), &unknown), new(None));
}

#[test]
fn tokens_are_read_from_where_it_was_delivered_first() {
    let id = |number: i64| format!("desk.{number}.k3f7abcdef.reply.x@example.org");
    let mail = MailMessage {
        delivered_to: vec!["desk+1.k3f7abcdef@example.org".to_owned()],
        to: vec![
            mailbox("desk@example.org"),
            mailbox("desk+2.k3f7abcdef@example.org"),
        ],
        cc: vec![mailbox("desk+1.k3f7abcdef@example.org")],
        in_reply_to: vec![id(3)],
        references: vec![id(5), "else@example.org".to_owned(), id(4), id(3)],
        message_ids: vec![id(9)],
        ..mail()
    };
    let numbers = |tokens: Vec<TicketToken>| -> Vec<i64> {
        tokens.iter().map(|token| token.ticket.0).collect()
    };
    assert_eq!(numbers(tokens(&mail)), [1, 2, 3, 4, 5]);
    assert_eq!(numbers(own_tokens(&mail)), [9]);
    let mut bounce = MailMessage {
        message_ids: Vec::new(),
        ..mail
    };
    bounce.delivery_report = Some(DeliveryReport {
        recipients: Vec::new(),
        original_ids: vec![id(8)],
    });
    assert_eq!(numbers(reported_tokens(&bounce)), [8, 1, 2, 3, 4, 5]);
}

#[test]
fn the_sender_is_the_first_who_has_an_address() {
    let of = |from: &[&str], sender: Option<&str>| {
        let mail = MailMessage {
            from: from.iter().map(|address| mailbox(address)).collect(),
            sender: sender.map(mailbox),
            ..MailMessage::default()
        };
        super::sender(&mail).map(|mailbox| mailbox.address.clone())
    };
    assert_eq!(of(&["", "b@x", "c@x"], None).as_deref(), Some("b@x"));
    assert_eq!(of(&[""], Some("s@x")).as_deref(), Some("s@x"));
    assert_eq!(of(&[""], None).as_deref(), Some(""));
    assert_eq!(of(&[], None), None);
}
