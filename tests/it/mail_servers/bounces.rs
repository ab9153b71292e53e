//! Mail that comes back, and desks that write to each other.

use super::machine::{Desk, Machine, say, wait_for};
use super::postfix::{self, Postfix};
use super::recipes::with;

/// The settings with which a desk hands mail over to this postfix.
pub(super) fn settings(postfix: &Postfix) -> String {
    format!(
        "[mail.transport]\nsmtp = \"127.0.0.1\"\nport = {}\ntls = \"none\"\n",
        postfix.port
    )
}

/// The policy of a desk that trusts its network.
pub(super) fn policy(address: &str) -> String {
    format!("[mail]\naddresses = [\"{address}\"]\nname = \"Service Desk\"\ntrust = \"network\"\n")
}

/// A desk with the recipe of the page, and the postfix of it.
pub(super) fn behind_postfix(machine: &Machine) -> (Desk, Postfix) {
    let desk = Desk::new(machine, "desk", &policy("desk@example.org"), "");
    let main = desk.recipe("/etc/postfix/main.cf");
    let postfix = Postfix::start(machine, &main, &desk.recipe("/etc/postfix/master.cf"));
    desk.set_settings(&settings(&postfix));
    (desk, postfix)
}

#[test]
#[ignore = "needs root and mail servers"]
fn a_bounce_reaches_the_ticket() {
    let machine = Machine::new(&[postfix::VERSION]);
    let (desk, postfix) = behind_postfix(&machine);
    let requester = "Ben Weiss <gone@customers.example>";
    let open = [
        "open",
        "VPN drops",
        "--channel",
        "email",
        "--requester",
        requester,
    ];
    let _opened = desk.runs(&open).ok();
    let said = desk.runs(&["reply", "1", "Please restart it."]).ok();
    assert!(said.stdout.contains("replied by email"), "{said}");
    // Postfix took it, finds nobody of that name, and tells the sender.
    let refused = postfix.waits_for("gone@customers.example", "bounced", 1);
    say(refused[0].split(": to=").last().unwrap());
    let ticket = wait_for("the report on the ticket", || {
        let ticket = desk.json(&["show", "1"]);
        let has_it = ticket.to_string().contains("unknown user");
        has_it.then_some(ticket)
    });
    // It is no word of the requester, and changes nothing else.
    let messages = ticket["messages"].as_array().unwrap();
    assert!(
        messages.iter().all(|message| message["direction"] == "out"),
        "{ticket}"
    );
    let page = desk.runs(&["show", "1"]).ok().stdout;
    say(&page.replace('\n', " | "));
    assert!(
        page.contains("not delivered") || page.contains("undeliverable"),
        "{page}"
    );
    assert_eq!(desk.tickets(), 1);
    // Only the reply came back: the acknowledgement has no sender.
    assert!(
        page.contains("reply to gone@customers.example, bounced: 5.1.1"),
        "{page}"
    );
    assert!(!page.contains("acknowledged to"), "{page}");
    // The report had no sender, so that nothing answers it.
    let log = postfix.log();
    assert_eq!(
        log.matches("status=bounced").count(),
        refused.len(),
        "{log}"
    );
}

#[test]
#[ignore = "needs root and mail servers"]
fn two_desks_that_write_to_each_other_stop() {
    let machine = Machine::new(&[postfix::VERSION]);
    let desk = Desk::new(&machine, "desk", &policy("desk@example.org"), "");
    let other = Desk::new(&machine, "other", &policy("help@example.org"), "");
    let main = desk.recipe("/etc/postfix/main.cf");
    let main = with(&main, "=desk:}", "=desk:, help@example.org=other:}");
    let master = desk.recipe("/etc/postfix/master.cf");
    let of_other = with(
        &other.recipe("/etc/postfix/master.cf"),
        "desk      unix",
        "other     unix",
    );
    let postfix = Postfix::start(&machine, &main, &(master + &of_other));
    desk.set_settings(&settings(&postfix));
    other.set_settings(&settings(&postfix));
    // Somebody made one desk the requester of the other.
    let open = [
        "open",
        "VPN drops",
        "--channel",
        "email",
        "--requester",
        "help@example.org",
    ];
    let _opened = desk.runs(&open).ok();
    let _replied = desk.runs(&["reply", "1", "Please restart it."]).ok();
    // The other acknowledges it once, and nobody answers that.
    wait_for("the answer", || {
        let said = desk.runs(&["show", "1"]).ok().stdout;
        said.contains("Auto-Submitted").then_some(())
    });
    let exchanged = || postfix.log().matches(" status=sent ").count();
    let settled = wait_for("the end of the exchange", || {
        let before = exchanged();
        std::thread::sleep(std::time::Duration::from_secs(3));
        (postfix.queued() == 0 && exchanged() == before).then_some(before)
    });
    for line in postfix
        .log()
        .lines()
        .filter(|line| line.contains(" status="))
    {
        say(line.split(": to=").last().unwrap());
    }
    // An acknowledgement and a reply, and the acknowledgement of the reply.
    assert_eq!(settled, 3, "{}", postfix.log());
    assert_eq!((desk.tickets(), other.tickets()), (1, 1));
}
