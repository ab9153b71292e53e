//! The `[mail]` section.

use super::{faults, lines, parsed};
use crate::domain::mail::policy::{MailPolicy, SenderTrust};
use crate::domain::policy::Policy;
use crate::domain::vocabulary::{CarbonCopy, Deliver, NoticeKind, NoticeLanguage, UnknownDelivery};

#[test]
fn without_a_section_no_mail_is_sent() {
    let policy = parsed("").policy;
    assert_eq!(policy.mail, MailPolicy::default());
    assert!(!policy.mail.sends(NoticeKind::Reply));
    assert_eq!(policy.mail, Policy::built_in().mail);
}

#[test]
fn every_key_is_read() {
    let read = parsed(
        r#"
[mail]
addresses = ["desk@example.org", " help@example.org "]
name = "Servicedesk"
language = "de"
timezone = "Europe/Helsinki"
authentication_server = "mx.example.org"
cc = "copy"
deliver = "sweep"
unknown = "retry"
monitoring = ["nagios@example.org", "@alerts.example.org"]
recovery = ["FINE"]
quiet_for = "2d"
attachment_limit = "10 mib"
[mail.notices]
closed = true
reply = false
[mail.tiers]
l2 = "second@example.org"
[mail.templates.de.closed]
subject = "{{ticket}}"
"#,
    );
    assert_eq!(lines(&read.notes), "");
    let mail = read.policy.mail;
    assert_eq!(mail.sender(), Some("desk@example.org"));
    assert!(mail.is_own("HELP@example.org"));
    assert_eq!(mail.language, NoticeLanguage::German);
    assert_eq!(mail.zone.name(), "Europe/Helsinki");
    assert_eq!(mail.trust, SenderTrust::Server("mx.example.org".into()));
    assert_eq!(
        (mail.copies, mail.deliver, mail.unknown),
        (CarbonCopy::Copy, Deliver::Sweep, UnknownDelivery::Retry)
    );
    assert!(mail.is_monitoring("x@alerts.example.org"));
    assert_eq!(mail.recovery, ["FINE"]);
    assert_eq!(mail.attachment_limit, 10 * 1024 * 1024);
    assert!(mail.sends(NoticeKind::Closed));
    assert!(!mail.sends(NoticeKind::Reply));
    assert_eq!(
        mail.tiers.values().collect::<Vec<_>>(),
        ["second@example.org"]
    );
    assert_eq!(mail.templates.len(), 1);
}

#[test]
fn times_are_in_the_zone_of_the_calendars() {
    let text = "[mail]\naddresses = ['a@b.c']\n[calendars.office]\ntimezone = 'Europe/Berlin'\nmon = ['9:00-17:00']";
    assert_eq!(parsed(text).policy.mail.zone.name(), "Europe/Berlin");
}

#[test]
fn faults_are_reported() {
    insta::assert_snapshot!(faults(r#"
[mail]
addresses = ["desk@example.org", "DESK@example.org", "desk+x@example.org", "desk"]
trust = "everybody"
authentication_server = "mx example"
language = "fr"
deliver = "later"
monitoring = ["@", "nagios"]
attachment_limit = "25 MB"
quiet_for = "0d"
password = "secret"
adresses = []
[mail.notices]
repply = true
closed = "yes"
[mail.tiers]
L9 = "x@example.org"
[mail.templates.xx]
[mail.templates.de.closed]
subject = "{{text}}"
body = "{{ticket"
footer = ""
"#), @r#"
    line 3: mail.addresses: 'DESK@example.org' is listed twice
    line 3: mail.addresses: it has a '+', which separates the ticket from the address in answers; write the address without it
    line 3: mail.addresses: 'desk' is not a mail address; write a mail address such as "desk@example.org"
    line 4: mail.trust: unknown word 'everybody'; write "network" if the mail system lets no forged sender in, or authentication_server = "mx.example.org"
    line 5: mail.authentication_server: 'mx example' is not the name of a server; write the name of a server such as "mx.example.org"
    line 6: mail.language: unknown language of a notice 'fr': did you mean 'fi'? accepted: en, de, fi, nl, it, id
    line 7: mail.deliver: unknown time of delivery 'later': accepted: now, sweep
    line 8: mail.monitoring: '@' is neither an address nor a domain; write a list such as ["nagios@example.org", "@alerts.example.org"]
    line 8: mail.monitoring: 'nagios' is neither an address nor a domain; write a list such as ["nagios@example.org", "@alerts.example.org"]
    line 9: mail.attachment_limit: '25 MB' is not a size up to 1 GiB; write a size such as "25 MiB"
    line 10: mail.quiet_for: '0d' is zero; write a duration such as "1d", or "off"
    line 11: mail.password: how mail is handed over, and its secrets, belong into [mail.transport] of the settings file, which desk config names
    line 12: mail.adresses: unknown key 'adresses': did you mean 'addresses'? accepted: addresses, name, language, timezone, trust, authentication_server, cc, deliver, unknown, monitoring, recovery, quiet_for, attachment_limit, notices, templates, tiers
    line 14: mail.notices.repply: unknown notice 'repply': did you mean 'reply'? accepted: acknowledged, reply, resolved, closed, reopened, call, assigned, requester-wrote, warning, breach, escalated, manager
    line 15: mail.notices.closed: it is a string; write true or false
    line 17: mail.tiers.L9: unknown tier 'L9': did you mean 'L1'? accepted: L1, L2, L3
    line 18: mail.templates.xx: unknown language of a notice 'xx': accepted: en, de, fi, nl, it, id
    line 20: mail.templates.de.closed.subject: unknown placeholder 'text'; accepted: ticket, title, name, desk
    line 21: mail.templates.de.closed.body: a '{{' has no '}}'
    line 22: mail.templates.de.closed.footer: unknown key 'footer': accepted: subject, body
    "#);
}

#[test]
fn a_section_without_addresses_is_suspicious() {
    insta::assert_snapshot!(lines(&parsed("[mail]\nlanguage = 'de'").notes), @"line 1: mail: without addresses = [\"desk@example.org\"] no mail is sent");
}
