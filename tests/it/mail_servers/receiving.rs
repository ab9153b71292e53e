//! Postfix and procmail deliver to desk: whatever is wrong with the store, the
//! mail stays in the queue, and arrives once the store is repaired.

use super::machine::{Desk, Machine, USER, as_user, run, say};
use super::postfix::{self, Postfix};
use super::recipes::with;

const DESK: &str = "desk@example.org";

const POLICY: &str = "[mail]\naddresses = [\"desk@example.org\"]\ntrust = \"network\"\n";

fn message(subject: &str) -> String {
    format!(
        "From: Mia Roth <mia@customers.example>\nTo: {DESK}\nSubject: {subject}\n\
         Message-ID: <{subject}@customers.example>\n\nIt drops.\n"
    )
}

/// Breaks the store in two ways; each time mail waits in the queue.
fn nothing_is_lost(machine: &Machine, postfix: &Postfix, desk: &Desk) {
    let mia = machine.mailbox("mia");
    postfix.takes("mia@customers.example", DESK, &message("whole"));
    let sent = postfix.waits_for(DESK, "sent", 1);
    say(sent[0].split(": ").last().unwrap());
    desk.breaks();
    postfix.takes("mia@customers.example", DESK, &message("readonly"));
    let deferred = postfix.waits_for(DESK, "deferred", 1);
    say(deferred[0].split(": to=").last().unwrap());
    desk.is_repaired();
    let busy = desk.is_busy();
    postfix.takes("mia@customers.example", DESK, &message("busy"));
    let _deferred = postfix.waits_for(DESK, "deferred", 2);
    assert_eq!(postfix.queued(), 2);
    assert_eq!(desk.tickets(), 1);
    drop(busy);
    postfix.flush();
    let _sent = postfix.waits_for(DESK, "sent", 3);
    assert_eq!((postfix.queued(), desk.tickets()), (0, 3));
    assert_eq!(postfix.waits_for(DESK, "bounced", 0).len(), 0);
    let _whole = desk.runs(&["verify"]).ok();
    // Nobody was told of anything that failed; nothing else can be sent here.
    assert!(mia.is_empty());
}

/// The control: a command that ends with another code gives the mail back.
fn others_bounce(machine: &Machine, postfix: &Postfix) {
    let mia = machine.mailbox("mia");
    let other = "other@example.org";
    postfix.takes("mia@customers.example", other, &message("other"));
    let _bounced = postfix.waits_for(other, "bounced", 1);
    assert!(mia.takes_one().subject().starts_with("Undelivered Mail"));
}

#[test]
#[ignore = "needs root and mail servers"]
fn postfix_keeps_what_desk_cannot_take_by_its_pipe() {
    let machine = Machine::new(&[postfix::VERSION]);
    let desk = Desk::new(&machine, "desk", POLICY, "");
    let main = desk.recipe("/etc/postfix/main.cf");
    let main = with(&main, "=desk:}", "=desk:, other@example.org=other:}");
    let master = desk.recipe("/etc/postfix/master.cf");
    let other = format!(
        "other unix - n n - 1 pipe\n  flags=Rq user={} argv=/bin/false\n",
        USER.0
    );
    let postfix = Postfix::start(&machine, &main, &(master + &other));
    nothing_is_lost(&machine, &postfix, &desk);
    others_bounce(&machine, &postfix);
}

#[test]
#[ignore = "needs root and mail servers"]
fn postfix_keeps_what_desk_cannot_take_by_an_alias() {
    let machine = Machine::new(&[postfix::VERSION]);
    let desk = Desk::new(&machine, "desk", POLICY, "");
    let recipe = desk.recipe("/var/lib/desk/aliases") + "other: \"|/bin/false\"\n";
    let aliases = machine.own_file("desk/home/aliases", &recipe);
    let main = format!(
        "recipient_delimiter = +\nalias_maps = hash:{}\n",
        aliases.display()
    );
    let postfix = Postfix::start(&machine, &main, "");
    let mut command = as_user("/usr/sbin/postalias".as_ref(), &desk.home());
    command.arg("-c").arg(postfix.configuration()).arg(&aliases);
    let _made = run(command, b"").ok();
    nothing_is_lost(&machine, &postfix, &desk);
    // What the alias runs is the user's.
    assert_eq!(desk.json(&["show", "1"])["channel"], "email");
    others_bounce(&machine, &postfix);
}

#[test]
#[ignore = "needs root and mail servers"]
fn procmail_gives_back_what_desk_cannot_take() {
    let machine = Machine::new(&[("procmail", &["-v"])]);
    let desk = Desk::new(&machine, "desk", POLICY, "");
    let recipe = desk.recipe("~/.procmailrc");
    let mailbox = desk.home().join("mailbox");
    let deliver = |recipe: &str, subject: &str| {
        let set = format!("DEFAULT={}\nLOGFILE=log\n{recipe}", mailbox.display());
        let path = machine.own_file("desk/home/procmailrc", &set);
        let mut command = as_user("/usr/bin/procmail".as_ref(), &desk.home());
        command.arg(path);
        run(command, message(subject).as_bytes()).code
    };
    assert_eq!(deliver(&recipe, "whole"), Some(0));
    assert_eq!(desk.tickets(), 1);
    desk.breaks();
    assert_eq!(deliver(&recipe, "kept"), Some(75));
    assert!(!mailbox.exists());
    // The control: what the recipe is without each of its parts.
    let without_w = with(&recipe, ":0 w", ":0");
    assert_eq!(deliver(&without_w, "lost"), Some(0));
    assert!(!mailbox.exists());
    let without_end = with(&recipe, "EXITCODE=75\nHOST=\n", "");
    assert_eq!(deliver(&without_end, "elsewhere"), Some(0));
    assert!(mailbox.exists());
    desk.is_repaired();
    assert_eq!(deliver(&recipe, "kept"), Some(0));
    assert_eq!(desk.tickets(), 2);
}
