//! The conformance suite of received mail. Its tests use the port only, and run
//! on every engine of `fixtures`.

use super::fixtures::{at, faults, on_each_engine, opening, save};
use crate::domain::event::TicketId;
use crate::domain::mail::incoming::{IncomingMail, KnownMessage, MailId, Undeliverable};
use crate::domain::vocabulary::MailState;
use crate::store::{AccessMode, Store};

const RAW: &[u8] = b"Subject: cups\r\n\r\nmissing\0\xff\r\n";

fn add(store: &dyn Store, raw: &[u8]) -> (IncomingMail, bool) {
    let mut txn = store.begin(AccessMode::Write).unwrap();
    let added = txn.add_mail(raw, at(1)).unwrap();
    txn.commit().unwrap();
    (added.mail, added.known)
}

fn read(store: &dyn Store, id: MailId) -> Option<Vec<u8>> {
    let txn = store.begin(AccessMode::Read).unwrap();
    txn.raw_mail(id).unwrap()
}

#[test]
fn a_mail_is_kept_byte_by_byte_and_recognized_by_them() {
    on_each_engine(|store| {
        let large: Vec<u8> = (0..700_000_u32).map(|n| n.to_le_bytes()[1]).collect();
        let (mail, known) = add(store, RAW);
        assert_eq!(
            (mail.id, mail.size, known),
            (MailId(1), RAW.len() as u64, false)
        );
        assert_eq!(add(store, &large).0.id, MailId(2));
        assert_eq!(add(store, RAW), (mail, true));
        // The line before the headers names the delivery only.
        let delivered = [b"From anna Mon Mar  2 09:00:00 2026\n", RAW].concat();
        assert_eq!(add(store, &delivered).0.id, MailId(1));
        assert_eq!(read(store, MailId(1)).unwrap(), RAW);
        assert_eq!(read(store, MailId(2)).unwrap(), large);
        assert_eq!(read(store, MailId(3)), None);
        assert_eq!(faults(store), Vec::<String>::new());
    });
}

#[test]
fn a_mail_is_found_by_its_state_its_ticket_and_its_ids() {
    on_each_engine(|store| {
        save(store, &opening(1, "cups"));
        let (mail, _) = add(store, RAW);
        let mut txn = store.begin(AccessMode::Write).unwrap();
        assert_eq!(txn.received_mails().unwrap(), std::slice::from_ref(&mail));
        let done = IncomingMail {
            state: MailState::Quarantined,
            attempts: 1,
            tried: Some(at(2)),
            ticket: Some(TicketId(1)),
            sender: Some("mia@example.org".to_owned()),
            subject: Some("cups".to_owned()),
            language: Some("de".to_owned()),
            reason: Some("why".to_owned()),
            ..mail
        };
        txn.update_mail(&done).unwrap();
        txn.add_message_ids(done.id, &["a@b".to_owned()], &[b"x", b"yz"])
            .unwrap();
        assert_eq!(txn.received_mails().unwrap(), []);
        assert_eq!(
            txn.quarantined_mails().unwrap(),
            std::slice::from_ref(&done)
        );
        assert_eq!(txn.mails_of(TicketId(1)).unwrap(), [done]);
        assert_eq!(txn.mail_tickets().unwrap(), [TicketId(1)]);
        assert_eq!(txn.count_quarantined().unwrap(), 1);
        assert_eq!(txn.last_mail().unwrap(), Some(at(1)));
        let found = |says: &[&[u8]]| txn.messages_with_id("a@b", says).unwrap();
        let known = |same_body| KnownMessage {
            mail: MailId(1),
            same_body,
            ticket: Some(TicketId(1)),
        };
        assert_eq!(found(&[b"x", b"yz"]), [known(true)]);
        assert_eq!(found(&[b"xy", b"z"]), [known(false)]);
        assert_eq!(txn.messages_with_id("A@b", &[]).unwrap(), []);
    });
}

#[test]
fn an_erased_mail_leaves_its_row() {
    on_each_engine(|store| {
        let (mail, _) = add(store, RAW);
        let mut txn = store.begin(AccessMode::Write).unwrap();
        txn.add_message_ids(mail.id, &["a@b".to_owned()], &[])
            .unwrap();
        txn.erase_mail(mail.id).unwrap();
        txn.commit().unwrap();
        let txn = store.begin(AccessMode::Read).unwrap();
        assert!(txn.mail(mail.id).unwrap().unwrap().erased);
        assert_eq!(txn.raw_mail(mail.id).unwrap(), None);
        assert_eq!(txn.messages_with_id("a@b", &[]).unwrap(), []);
        assert_eq!(txn.mails_without_ticket().unwrap(), []);
        drop(txn);
        assert_eq!(faults(store), Vec::<String>::new());
        // It would be a new one.
        assert_eq!(add(store, RAW).0.id, MailId(2));
    });
}

#[test]
fn an_address_is_undeliverable_until_that_is_cleared() {
    on_each_engine(|store| {
        let about = |minute| Undeliverable {
            since: at(minute),
            reason: None,
        };
        let mut txn = store.begin(AccessMode::Write).unwrap();
        txn.put_undeliverable("mia@example.org", &about(1)).unwrap();
        txn.put_undeliverable("mia@example.org", &about(2)).unwrap();
        assert_eq!(
            txn.undeliverable("mia@example.org").unwrap(),
            Some(about(1))
        );
        txn.clear_undeliverable("mia@example.org").unwrap();
        assert_eq!(txn.undeliverable("mia@example.org").unwrap(), None);
    });
}
