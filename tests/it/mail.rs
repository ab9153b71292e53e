//! Taking mail: `desk mail`. No mail is lost, and none is taken twice.

mod maildir;

use std::process::{Command, Stdio};

use crate::concurrency::{at_once, dump};
use crate::env::{Env, Output};
use crate::full_disk::staged;

fn message(subject: &str, text: &str) -> String {
    format!(
        "From: Mia Roth <mia@example.org>\nTo: desk@example.org\nSubject: {subject}\n\
         Message-ID: <{subject}@example.org>\n\n{text}\n"
    )
}

/// How many tickets and mails a store has, read directly.
fn counts(env: &Env) -> (i64, i64) {
    let count = |table: &str| env.number(&format!("SELECT count(*) FROM {table}"));
    (count("ticket"), count("incoming_mail"))
}

/// Gives a message to desk as a mail system does: nobody is named.
fn deliver(env: &mut Env, raw: &str) -> Output {
    env.run_with(&["mail"], raw)
}

#[test]
fn a_message_is_stored_and_opens_a_ticket() {
    let mut env = Env::new();
    let said = deliver(&mut env, &message("VPN", "It drops.")).ok();
    assert_eq!(
        (said.stdout.as_str(), said.stderr.as_str()),
        ("mail 1 opened #1\n", "")
    );
    let said = deliver(&mut env, &message("VPN", "It drops.")).ok();
    assert_eq!(said.stdout, "mail 1 was received before: #1\n");
    let json = env
        .run_with(&["mail", "--json"], message("Mail", "bounces"))
        .ok();
    insta::assert_snapshot!(json.stdout, @r#"{"mail":2,"state":"done","ticket":2,"opened":true,"known":false,"reason":null}"#);
    let raw = env.run(&["mail", "--raw", "1"]).ok();
    assert_eq!(raw.stdout, message("VPN", "It drops."));
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn nobody_has_to_act_and_no_store_is_created() {
    let mut env = Env::bare();
    for remove in ["DESK_AGENT", "DESK_DB"] {
        let mut command = env.command(&["mail"]);
        command.env_remove(remove);
        let said = env.finish(command, Some(message("VPN", "It drops.").into_bytes()));
        assert_eq!(said.code, Some(75));
        assert!(!env.has_store());
    }
    let _ = env.run(&["init"]).ok();
    let mut command = env.command(&["mail"]);
    command.env_remove("DESK_AGENT");
    let said = env.finish(command, Some(message("VPN", "It drops.").into_bytes()));
    assert_eq!(
        (said.code, said.stdout.as_str()),
        (Some(0), "mail 1 opened #1\n")
    );
}

#[test]
fn whatever_goes_wrong_the_mail_system_keeps_the_message() {
    let mut env = Env::new();
    let raw = message("VPN", "It drops.");
    let wrong: &[&[&str]] = &[
        &["mail", "--oops"],
        &["mail", "stray"],
        &["--oops", "mail"],
        &["mail", "--maildir"],
        &["mail", "--format", "none"],
        &["mail", "--at", "2026-03-01"],
        &["--db", "none.db", "mail"],
        &["--tz", "Nowhere/Else", "mail"],
        &["mail", "--maildir", "none"],
    ];
    for args in wrong {
        let said = env.run_with(args, &raw);
        assert_eq!(said.code, Some(75), "{args:?}: {said}");
    }
    assert_eq!(env.run_with(&["mail"], "").code, Some(75));
    assert_eq!(counts(&env), (0, 0));
    // An agent gets the usual codes, and another command too.
    assert_eq!(env.run(&["mail", "--accept", "9"]).code, Some(2));
    assert_eq!(env.run(&["mail", "--quarantine"]).code, Some(0));
    assert_eq!(env.run(&["mail", "--help"]).code, Some(0));
    assert_eq!(env.run(&["show", "mail", "--oops"]).code, Some(2));
}

#[test]
fn a_store_that_cannot_be_written_keeps_nothing_back() {
    let env = Env::file("a damaged file");
    let said = mail_of(&env, "printf x > desk.db; rm -f desk.db-*;", "VPN");
    assert_eq!(said.code, Some(75), "{said}");
    let mut env = Env::new();
    let holder = env.hold();
    let mut command = env.command(&["mail"]);
    command.env("DESK_TEST_PATIENCE_MS", "50");
    let said = env.finish(command, Some(message("VPN", "It drops.").into_bytes()));
    assert_eq!(said.code, Some(75), "{said}");
    holder.release();
    let _ = deliver(&mut env, &message("VPN", "It drops.")).ok();
    assert_eq!(counts(&env), (1, 1));
}

/// Delivers a message from a shell, after some setup.
fn mail_of(env: &Env, stage: &str, subject: &str) -> Output {
    std::fs::write(
        env.dir().join("message"),
        message(subject, &"x".repeat(100_000)),
    )
    .unwrap();
    staged(env, &format!("{stage} exec < message;"), &["mail"])
}

#[test]
fn a_full_disk_loses_no_mail() {
    let mut codes = Vec::new();
    for blocks in [0, 10, 60, 300, 500, 700, 900] {
        let env = Env::file("the disk of a file is full");
        let _ = dump(&env.db());
        let said = mail_of(&env, &format!("trap '' XFSZ; ulimit -f {blocks};"), "VPN");
        let (_, mails) = counts(&env);
        let stored = said.code == Some(0);
        assert_eq!(mails == 1, stored, "{blocks}: {said}");
        assert!(stored || said.code == Some(75), "{blocks}: {said}");
        codes.push(said.code);
        // Later it is taken, or understood, once.
        let mut env = env;
        let raw = std::fs::read(env.dir().join("message")).unwrap();
        let _ = env.run_with(&["mail"], raw).ok();
        let _ = env.run(&["sweep"]).ok();
        assert_eq!(counts(&env), (1, 1));
        let _ = env.run(&["verify"]).ok();
    }
    // The control: some did not fit.
    assert!(
        codes.contains(&Some(75)) && codes.contains(&Some(0)),
        "{codes:?}"
    );
}

#[test]
fn output_that_nobody_can_read_does_not_bring_the_mail_back() {
    let env = Env::new();
    let stage = "exec < message > /dev/full;";
    std::fs::write(env.dir().join("message"), message("VPN", "It drops.")).unwrap();
    assert_eq!(staged(&env, stage, &["mail"]).code, Some(0));
    assert_eq!(counts(&env), (1, 1));
}

#[test]
fn a_message_that_is_delivered_twice_at_once_is_taken_once() {
    let env = Env::new();
    for round in 0..5 {
        let raw = message(&format!("round{round}"), "It drops.");
        std::fs::write(env.dir().join("message"), raw).unwrap();
        let command = || {
            let mut command: Command = env.command(&["mail"]);
            let file = std::fs::File::open(env.dir().join("message")).unwrap();
            command.stdin(Stdio::from(file));
            command
        };
        let said = at_once(&env, vec![command(), command(), command()]);
        assert!(said.iter().all(|said| said.code == Some(0)), "{said:?}");
        assert_eq!(counts(&env), (round + 1, round + 1));
    }
    // The control: other words are another message.
    let mut env = env;
    let _ = deliver(&mut env, &message("round0", "It drops again.")).ok();
    assert_eq!(counts(&env), (6, 6));
}

#[test]
fn what_is_too_large_is_stored_and_waits() {
    let mut env = Env::new();
    let raw = message("big", &"x".repeat(26 * 1024 * 1024));
    let said = env.run_with(&["mail"], &raw).ok();
    assert!(
        said.stdout.starts_with("mail 1 waits for a decision: "),
        "{said}"
    );
    let accepted = env.run(&["mail", "--accept", "1"]).ok();
    assert_eq!(accepted.stdout, "mail 1 opened #1\n");
    assert!(
        env.run(&["show", "1"])
            .ok()
            .stdout
            .contains("desk mail --raw 1")
    );
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn what_waits_is_listed_then_let_in_or_dropped() {
    let mut env = Env::new();
    for subject in ["away", "back"] {
        let raw = message(subject, "no reply").replace("To:", "Auto-Submitted: auto-replied\nTo:");
        let _ = deliver(&mut env, &raw).ok();
    }
    let said = env.says(
        "desk mail --quarantine
        desk mail --accept 1
        desk mail --drop 2
        desk mail --drop 2
        desk mail --quarantine
        desk mail --raw 2",
    );
    insta::assert_snapshot!(said, @r"
    $ desk mail --quarantine
    MAIL  RECEIVED          FROM             SUBJECT  REASON
       1  2026-03-02 09:00  mia@example.org  away     Auto-Submitted
       2  2026-03-02 09:01  mia@example.org  back     Auto-Submitted

    $ desk mail --accept 1
    mail 1 opened #1

    $ desk mail --drop 2
    mail 2 was dropped

    $ desk mail --drop 2
    ! desk: mail 2 is not in the quarantine, but dropped
    !   hint: list what is with: desk mail --quarantine
    [exit 2]

    $ desk mail --quarantine
    ! no mail waits for a decision

    $ desk mail --raw 2
    ! desk: the text of mail 2 was erased
    !   hint: see what is left with: desk show ID
    [exit 2]
    ");
    assert_eq!(
        env.run(&["mail", "--quarantine", "--json"]).ok().stdout,
        "[]\n"
    );
    assert!(!String::from_utf8_lossy(&env.bytes()).contains("back@example.org"));
}

#[test]
fn a_monitoring_system_sees_how_old_the_last_mail_is() {
    let mut env = Env::new();
    let raw = message("away", "x").replace("To:", "Auto-Submitted: auto-replied\nTo:");
    let _ = deliver(&mut env, &raw).ok();
    env.pass(119);
    let said = env.says(
        "desk check --metric mail-age --warning 1h --critical 3h
        desk check --metric quarantined --critical 0
        desk check --metric quarantined --critical 1",
    );
    insta::assert_snapshot!(said, @r"
    $ desk check --metric mail-age --warning 1h --critical 3h
    DESK WARNING - 0 open, 0 overdue, 0 at risk, last mail 2h ago | overdue=0;;;0 at_risk=0;;;0 open=0;;;0 unassigned=0;;;0 oldest_overdue=0s;;;0 mail_age=7200s;3600;10800;0 quarantined=1;;;0
    [exit 1]

    $ desk check --metric quarantined --critical 0
    DESK CRITICAL - 0 open, 0 overdue, 0 at risk, 1 mail waiting | overdue=0;;;0 at_risk=0;;;0 open=0;;;0 unassigned=0;;;0 oldest_overdue=0s;;;0 mail_age=7260s;;;0 quarantined=1;;0;0
    [exit 2]

    $ desk check --metric quarantined --critical 1
    DESK OK - 0 open, 0 overdue, 0 at risk, 1 mail waiting | overdue=0;;;0 at_risk=0;;;0 open=0;;;0 unassigned=0;;;0 oldest_overdue=0s;;;0 mail_age=7320s;;;0 quarantined=1;;1;0
    ");
}
