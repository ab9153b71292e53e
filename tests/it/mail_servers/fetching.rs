//! Mail that lies on an IMAP server: fetchmail and mbsync bring it to desk.

use std::fs;

use super::dovecot::{self, Dovecot};
use super::machine::{Desk, Machine, as_user, run, say};
use super::recipes::{at, with};

const POLICY: &str = "[mail]\naddresses = [\"desk@example.org\"]\ntrust = \"network\"\n";

#[test]
#[ignore = "needs root and mail servers"]
fn fetchmail_leaves_on_the_server_what_desk_cannot_take() {
    let machine = Machine::new(&[dovecot::VERSION, ("fetchmail", &["--version"])]);
    let desk = Desk::new(&machine, "desk", POLICY, "");
    let dovecot = Dovecot::start(&machine);
    let recipe = desk.recipe("~/.fetchmailrc");
    let here = format!("127.0.0.1 service {}", dovecot.port);
    let recipe = with(&recipe, "imap.example.org", &here);
    // The server of the test has no TLS.
    let recipe = with(&recipe, "\"secret\" ssl", "\"secret\" sslproto \"\"");
    let rc = machine.own_file("desk/home/fetchmailrc", &recipe);
    let fetch = || {
        let mut command = as_user("/usr/bin/fetchmail".as_ref(), &desk.home());
        command.args(["--nodetach", "-f"]).arg(&rc);
        let said = run(command, b"");
        say(&said.to_string().replace('\n', " | "));
        said
    };
    dovecot.has(&machine, "whole");
    let _fetched = fetch().ok();
    assert_eq!((dovecot.messages(), desk.tickets()), (0, 1));
    dovecot.has(&machine, "kept");
    dovecot.has(&machine, "too");
    desk.breaks();
    let _kept = fetch();
    assert_eq!((dovecot.messages(), desk.tickets()), (2, 1));
    desk.is_repaired();
    let _fetched = fetch().ok();
    assert_eq!((dovecot.messages(), desk.tickets()), (0, 3));
    // Nothing is left to fetch.
    assert_eq!(fetch().code, Some(1));
    assert_eq!(desk.tickets(), 3);
}

#[test]
#[ignore = "needs root and mail servers"]
fn mbsync_fills_a_maildir_which_keeps_what_desk_cannot_take() {
    let machine = Machine::new(&[dovecot::VERSION, ("mbsync", &["--version"])]);
    let desk = Desk::new(&machine, "desk", POLICY, "");
    let dovecot = Dovecot::start(&machine);
    let recipe = desk.recipe("~/.mbsyncrc");
    let here = format!("127.0.0.1\nPort {}\nAuthMechs LOGIN", dovecot.port);
    let recipe = with(&recipe, "imap.example.org", &here);
    let recipe = with(&recipe, "SSLType IMAPS", "SSLType None");
    let _rc = machine.own_file("desk/home/.mbsyncrc", &recipe);
    let _password = machine.own_file("desk/home/.imap-password", "secret\n");
    let maildir = at(&desk.home().join("Maildir"));
    let steps = super::recipes::commands("/etc/systemd/system/desk-mail.service");
    assert_eq!(steps.len(), 2, "{steps:?}");
    // As systemd does: a step that fails is the last one.
    let service = || {
        let mut codes = Vec::new();
        for step in &steps {
            let step = step
                .replace("/usr/local/bin/desk", &at(&desk.program()))
                .replace("/var/lib/desk/desk.db", &at(&desk.db()))
                .replace("/var/lib/desk/Maildir", &maildir);
            let words: Vec<&str> = step.split_whitespace().collect();
            let mut command = as_user(words[0].as_ref(), &desk.home());
            command.args(&words[1..]);
            let said = run(command, b"");
            say(&format!(
                "{}: {}",
                words[0],
                said.to_string().replace('\n', " | ")
            ));
            codes.push(said.code);
            if said.code != Some(0) {
                break;
            }
        }
        codes
    };
    let in_new = || {
        fs::read_dir(desk.home().join("Maildir/new"))
            .unwrap()
            .count()
    };
    dovecot.has(&machine, "whole");
    assert_eq!(service(), [Some(0), Some(0)]);
    assert_eq!((in_new(), desk.tickets()), (0, 1));
    dovecot.has(&machine, "kept");
    desk.breaks();
    assert_eq!(service(), [Some(0), Some(75)]);
    assert_eq!((in_new(), desk.tickets()), (1, 1));
    desk.is_repaired();
    assert_eq!(service(), [Some(0), Some(0)]);
    assert_eq!(service(), [Some(0), Some(0)]);
    assert_eq!((in_new(), desk.tickets()), (0, 2));
    // They stay on the server too.
    assert_eq!(dovecot.messages(), 2);
}
