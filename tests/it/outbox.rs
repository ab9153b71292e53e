//! Mail that is sent: `desk outbox`, handing over after a command, and what
//! becomes of a mail when the mail system, or desk, fails at any point.

mod certificates;
mod killed;
mod sink;
mod transports;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::env::Env;
use sink::{Fault, Sink};

/// A desk that sends mail, and the settings of its mail.
fn mailing(policy: &str) -> Env {
    let mut env = Env::new();
    let text = format!(
        "[mail]\naddresses = [\"desk@example.org\"]\nname = \"Service desk\"\n{policy}\n\
         [agents]\nanna = {{ email = \"anna@desk.example\" }}\nben = {{ email = \"ben@desk.example\" }}\n"
    );
    fs::write(env.dir().join("policy.toml"), text).unwrap();
    env.does("desk policy set policy.toml");
    env
}

/// Hands mail over to this server from now on.
fn hand_over_to(env: &Env, sink: &Sink) {
    transport(
        env,
        &format!("smtp = \"127.0.0.1\"\nport = {}\ntls = \"none\"", sink.port),
    );
}

fn transport(env: &Env, settings: &str) {
    let directory = env.dir().join(".config/desk");
    fs::create_dir_all(&directory).unwrap();
    let file = directory.join("config.toml");
    fs::write(&file, format!("[mail.transport]\n{settings}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
}

/// A ticket of Mia's that came by mail.
const OPEN: &str =
    r#"desk open "VPN drops" --requester "Mia Roth <mia@example.org>" --channel email"#;

/// The states of the mails in the outbox.
fn states(env: &mut Env) -> String {
    let all = env.json(&["outbox", "--all"]);
    let mails = all.as_array().unwrap().iter();
    let words = mails.map(|mail| {
        let word = |name: &str| mail[name].as_str().unwrap().to_owned();
        format!("{} {}", word("kind"), word("state"))
    });
    words.collect::<Vec<_>>().join(", ")
}

#[test]
fn what_is_said_is_sent_after_the_commit() {
    let sink = Sink::new(Fault::None);
    let mut env = mailing("");
    hand_over_to(&env, &sink);
    assert_snapshot!(env.says(&format!(
        r#"
        {OPEN}
        desk reply 1 "We are on it."
        desk assign 1 ben
        desk outbox
        desk outbox --all
        "#
    )), @r#"
    $ desk open "VPN drops" --requester "Mia Roth <mia@example.org>" --channel email
    #1 opened, first response due in 3h (12:01), resolution due in 1d (Tue 09:01)

    $ desk reply 1 "We are on it."
    #1 replied by email

    $ desk assign 1 ben
    #1 assigned to ben

    $ desk outbox
    ! no mails are waiting; see those that were sent with: desk outbox --all

    $ desk outbox --all
    MAIL  TICKET  ABOUT         TO                STATE  WHY
       1      #1  acknowledged  mia@example.org   sent
       2      #1  reply         mia@example.org   sent
       3      #1  assigned      ben@desk.example  sent
    "#);
    let received = sink.received();
    let to: Vec<&str> = received
        .iter()
        .map(|mail| mail.recipient.as_str())
        .collect();
    assert_eq!(
        to,
        ["mia@example.org", "mia@example.org", "ben@desk.example"]
    );
    let senders: Vec<&str> = received.iter().map(|mail| mail.sender.as_str()).collect();
    assert_eq!(senders[0], "");
    assert!(senders[1].starts_with("desk+1."), "{}", senders[1]);
    let reply = &received[1].text;
    for line in [
        "From: \"Service desk\" <desk@example.org>\n",
        "To: \"Mia Roth\" <mia@example.org>\n",
        "Subject: [#1] VPN drops\n",
        "\nWe are on it.\n",
    ] {
        assert!(reply.contains(line), "{reply}");
    }
    // The reply is in the thread of the acknowledgement.
    let id = received[0].header("Message-ID");
    assert_eq!(received[1].header("In-Reply-To"), id);
    assert_eq!(received[1].header("Auto-Submitted"), "");
    assert_eq!(received[0].header("Auto-Submitted"), "auto-replied");
}

#[test]
fn without_a_transport_nothing_claims_to_be_sent() {
    let mut env = Env::new();
    assert_snapshot!(env.says(&format!(
        r#"
        {OPEN}
        desk reply 1 "We are on it."
        desk outbox
        desk outbox send
        "#
    )), @r#"
    $ desk open "VPN drops" --requester "Mia Roth <mia@example.org>" --channel email
    #1 opened, first response due in 3h (12:00), resolution due in 1d (Tue 09:00)

    $ desk reply 1 "We are on it."
    #1 reply recorded, not sent (no mail transport configured)

    $ desk outbox
    ! no mails are waiting; see those that were sent with: desk outbox --all

    $ desk outbox send
    ! desk: no mail transport is configured, so nothing can be sent
    !   hint: write [mail.transport] into the settings; see desk help mail-guide
    [exit 2]
    "#);
    let mut env = mailing("");
    assert_snapshot!(env.says(&format!(
        r#"
        {OPEN}
        desk reply 1 "We are on it."
        desk outbox
        desk outbox drop 1
        desk outbox drop 1
        desk outbox retry 9
        desk outbox show 9
        "#
    )), @r#"
    $ desk open "VPN drops" --requester "Mia Roth <mia@example.org>" --channel email
    #1 opened, first response due in 3h (12:01), resolution due in 1d (Tue 09:01); mail 1 to mia@example.org is queued: no mail transport configured

    $ desk reply 1 "We are on it."
    #1 reply recorded, not sent (no mail transport configured), mail 2 queued

    $ desk outbox
    MAIL  TICKET  ABOUT         TO               STATE   WHY
       1      #1  acknowledged  mia@example.org  queued
       2      #1  reply         mia@example.org  queued

    $ desk outbox drop 1
    MAIL  TICKET  ABOUT         TO               STATE      WHY
       1      #1  acknowledged  mia@example.org  cancelled

    $ desk outbox drop 1
    ! desk: mail 1 is cancelled, so it cannot be changed
    !   hint: see it with: desk outbox show 1
    [exit 2]

    $ desk outbox retry 9
    ! desk: there is no mail 9 in the outbox
    !   hint: list them with: desk outbox --all
    [exit 2]

    $ desk outbox show 9
    ! desk: there is no mail 9 in the outbox
    !   hint: list them with: desk outbox --all
    [exit 2]
    "#);
}

#[test]
fn a_refusal_for_now_is_tried_again_whatever_the_verb() {
    for verb in ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "END"] {
        let sink = Sink::new(Fault::Refuse(verb, "451 try later"));
        let mut env = mailing("");
        hand_over_to(&env, &sink);
        env.does(OPEN);
        assert_eq!(states(&mut env), "acknowledged queued", "{verb}");
        let told = env.says("desk outbox");
        assert!(told.contains("451") || verb == "CONNECT", "{verb}: {told}");
        assert_eq!(sink.received().len(), 0, "{verb}");
        // Not before its time.
        sink.becomes(Fault::None);
        let early = env.at("2026-03-02T09:01:30Z").says("desk outbox send");
        assert!(early.contains("nothing is due"), "{verb}: {early}");
        env.at("2026-03-02T09:10:00Z").does("desk sweep");
        assert_eq!(states(&mut env), "acknowledged sent", "{verb}");
        assert_eq!(sink.received().len(), 1, "{verb}");
    }
}

#[test]
fn a_refusal_for_ever_is_noted_on_the_ticket() {
    let sink = Sink::new(Fault::Refuse("RCPT", "550 5.1.1 nobody here"));
    let mut env = mailing("[mail.notices]\nacknowledged = false");
    hand_over_to(&env, &sink);
    assert_snapshot!(env.says(&format!(
        r#"
        {OPEN}
        desk reply 1 "We are on it."
        desk outbox
        "#
    )), @r#"
    $ desk open "VPN drops" --requester "Mia Roth <mia@example.org>" --channel email
    #1 opened, first response due in 3h (12:01), resolution due in 1d (Tue 09:01)

    $ desk reply 1 "We are on it."
    #1 reply recorded, not sent (permanent error (550): 5.1.1 nobody here), mail 1 failed

    $ desk outbox
    MAIL  TICKET  ABOUT  TO               STATE   WHY
       1      #1  reply  mia@example.org  failed  permanent error (550): 5.1.1 nobody here
    "#);
    let page = env.says("desk show 1");
    assert!(page.contains("Not delivered"), "{page}");
    assert!(
        page.contains("mail 1 (reply) to mia@example.org could not be delivered"),
        "{page}"
    );
    let shown = env.json(&["show", "1"]);
    assert_eq!(shown["undelivered"][0]["state"], "failed");
}

#[test]
fn a_line_lost_after_the_end_leaves_a_reply_unknown() {
    for (policy, reply, copies) in [("hold", "unknown", 1), ("retry", "sent", 2)] {
        let sink = Sink::new(Fault::DropAfterEnd);
        let mut env = mailing(&format!("unknown = \"{policy}\""));
        hand_over_to(&env, &sink);
        env.does(&format!("{OPEN}\ndesk reply 1 'We are on it.'"));
        sink.becomes(Fault::None);
        env.at("2026-03-02T10:00:00Z").does("desk outbox send");
        // Automatic mail is sent again under the same Message-ID.
        assert_eq!(
            states(&mut env),
            format!("acknowledged sent, reply {reply}")
        );
        let received = sink.received();
        let of = |kind: &str| {
            let mut ids: Vec<String> = received.iter().map(|m| m.header("Message-ID")).collect();
            ids.retain(|id| id.contains(kind));
            ids
        };
        assert_eq!(of("acknowledged").len(), 2);
        assert_eq!(of("acknowledged")[0], of("acknowledged")[1]);
        assert_eq!(of("reply").len(), copies, "{policy}");
        if policy == "hold" {
            let told = env.says("desk outbox");
            assert!(told.contains("unknown"), "{told}");
            let aged = env.run(&["check", "--metric", "outbox-age", "--warning", "30m"]);
            assert_eq!(aged.code, Some(1), "{aged}");
            env.does("desk outbox retry 2\ndesk outbox send");
            assert_eq!(states(&mut env), "acknowledged sent, reply sent");
        }
    }
}

#[test]
fn nobody_waits_longer_than_five_seconds() {
    let sink = Sink::new(Fault::SlowEnd(30_000));
    let mut env = mailing("");
    hand_over_to(&env, &sink);
    let begun = std::time::Instant::now();
    env.does(OPEN);
    assert!(begun.elapsed().as_secs() < 9, "{:?}", begun.elapsed());
    assert_eq!(states(&mut env), "acknowledged queued");
}

#[test]
fn too_many_mails_to_one_address_are_held() {
    let sink = Sink::new(Fault::None);
    let mut env = mailing("");
    hand_over_to(&env, &sink);
    env.does(OPEN);
    for n in 0..10 {
        env.at("2026-03-02T09:05:00Z");
        let _ = env.run(&["reply", "1", &format!("answer {n}")]).ok();
    }
    assert_eq!(sink.received().len(), 10);
    let told = env.says("desk outbox");
    assert!(told.contains("held"), "{told}");
    env.does("desk outbox retry 11\ndesk outbox send");
    assert_eq!(sink.received().len(), 11);
}

#[test]
fn an_erased_person_is_in_no_mail() {
    let mut env = mailing("deliver = \"sweep\"");
    env.does(&format!(
        "{OPEN}\ndesk reply 1 'Dear Mia, the secret word is tulip.'"
    ));
    let has = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|w| w == text.as_bytes());
    assert!(has(&env.bytes(), "tulip"));
    env.does("desk person erase mia@example.org --texts possible --reason 'asked for it' --yes");
    assert_eq!(states(&mut env), "acknowledged cancelled, reply cancelled");
    let left = env.bytes();
    for text in ["tulip", "mia@example.org", "Mia Roth"] {
        assert!(!has(&left, text), "{text}");
    }
    let _ = env.run(&["outbox", "retry", "2"]).code(2);
    env.does("desk verify");
}

#[test]
fn a_backdated_command_tells_nobody_unless_it_is_to() {
    let sink = Sink::new(Fault::None);
    let mut env = mailing("[mail.notices]\nacknowledged = false");
    hand_over_to(&env, &sink);
    env.does(OPEN).pass(60);
    env.does("desk reply 1 'said at nine' --at 09:30");
    assert_eq!(sink.received().len(), 0);
    env.does("desk reply 1 'said at half past' --at 09:45 --notify");
    assert_eq!(sink.received().len(), 1);
}

#[test]
fn mails_are_seen_before_they_are_sent() {
    let sink = Sink::new(Fault::None);
    let mut env = mailing("[mail.notices]\nacknowledged = false");
    hand_over_to(&env, &sink);
    env.does(OPEN);
    assert_snapshot!(env.says("desk reply 1 --preview 'We are on it.'"), @"
    $ desk reply 1 --preview 'We are on it.'
    [#1] VPN drops
      to          mia@example.org
      language    en
      │ We are on it.
      │
      │ anna
      │ Service desk
      │
      │ This is about ticket #1: VPN drops. To answer, simply reply to this mail.
      │
    ");
    assert_eq!(states(&mut env), "");
    let told = env.says("desk mail test --to anna@desk.example --lang all");
    assert_eq!(sink.received().len(), 6 * 12, "{told}");
    let one = env.json(&[
        "mail",
        "test",
        "--to",
        "a@b.example",
        "--lang",
        "fi",
        "--dry-run",
    ]);
    assert_eq!(one.as_array().unwrap().len(), 12);
    let _ = env.run(&["mail", "test", "--to", "nobody"]).code(2);
}

#[test]
fn a_call_is_in_the_calendar() {
    let sink = Sink::new(Fault::None);
    let mut env = mailing("[mail.notices]\nacknowledged = false");
    hand_over_to(&env, &sink);
    env.does(&format!(
        "{OPEN}\ndesk call 1 --when '2026-03-03 10:00' --by video 'bring the laptop' --ics call.ics"
    ));
    let file = fs::read_to_string(env.dir().join("call.ics")).unwrap();
    assert!(file.contains("\r\nDTSTART:20260303T100000Z\r\n"), "{file}");
    let _ = env.run(&["call", "1", "--ics", "call.ics"]).code(2);
    env.does("desk call 1 --ics again.ics\ndesk call 1 --cancelled");
    let uid = |text: &str| {
        let line = text.lines().find(|line| line.contains("UID:"));
        line.unwrap_or_default().trim().to_owned()
    };
    let received = sink.received();
    assert!(received[0].text.contains("method=REQUEST"));
    assert!(received[1].text.contains("METHOD:CANCEL"));
    assert_eq!(uid(&received[0].text), uid(&file));
    assert_eq!(uid(&received[1].text), uid(&file));
    let _ = env.run(&["call", "1", "--ics", "none.ics"]).code(2);
}
