//! desk hands mail over to real mail systems, in each of the ways that it has.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::dovecot::{self, Dovecot};
use super::machine::{Desk, Letter, Machine, as_user, run, say};
use super::postfix::{self, Postfix};
use super::recipes::{at, block_with, recipe, with};

const POLICY: &str = "[mail]\naddresses = [\"desk@example.org\"]\nname = \"Service Desk\"\n";
const OPENSSL: (&str, &[&str]) = ("openssl", &["version"]);

/// The files of a certificate of `localhost` by a certificate authority.
struct Certificate {
    authority: PathBuf,
    certificate: PathBuf,
    key: PathBuf,
}

/// Creates an authority and a certificate of it.
fn certificate(machine: &Machine, name: &str) -> Certificate {
    let place = machine.own_directory(name);
    let openssl = |line: &str| {
        let mut command = Command::new("openssl");
        command.args(line.split_whitespace()).current_dir(&place);
        let _made = run(command, b"").ok();
    };
    openssl(&format!(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={name} -keyout ca.key -out ca.pem \
         -addext basicConstraints=critical,CA:TRUE"
    ));
    openssl("req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout key.pem -out request.pem");
    fs::write(
        place.join("extensions"),
        "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n",
    )
    .unwrap();
    openssl(
        "x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
         -extfile extensions -out certificate.pem",
    );
    Certificate {
        authority: place.join("ca.pem"),
        certificate: place.join("certificate.pem"),
        key: place.join("key.pem"),
    }
}

/// The lines of `main.cf` for TLS, which is the only way in.
fn with_tls(certificate: &Certificate) -> String {
    format!(
        "smtpd_tls_security_level = encrypt\nsmtpd_tls_cert_file = {}\nsmtpd_tls_key_file = {}\n",
        certificate.certificate.display(),
        certificate.key.display()
    )
}

/// Opens a ticket and replies to it; returns what the reply says.
fn replies(desk: &Desk, title: &str) -> String {
    let requester = "Mia Roth <mia@customers.example>";
    let opened = desk.runs(&[
        "open",
        title,
        "--requester",
        requester,
        "--channel",
        "email",
        "--json",
    ]);
    let ticket: serde_json::Value = serde_json::from_str(&opened.ok().stdout).unwrap();
    let number = ticket["id"].to_string();
    let said = desk.runs(&["reply", &number, "Please restart it."]).ok();
    said.to_string()
}

/// The reply to a ticket, after the acknowledgement.
#[track_caller]
fn reply(machine: &Machine) -> Letter {
    let mia = machine.mailbox("mia");
    let mut letter = mia.takes_one();
    if letter.id().contains(".acknowledged.") {
        letter = mia.takes_one();
    }
    assert!(
        letter.text().starts_with("Please restart it.\n"),
        "{letter:?}"
    );
    letter
}

#[test]
#[ignore = "needs root and mail servers"]
fn a_reply_is_handed_over_without_tls_within_the_machine() {
    let machine = Machine::new(&[postfix::VERSION]);
    let postfix = Postfix::start(&machine, "", "");
    let settings = format!(
        "[mail.transport]\nsmtp = \"127.0.0.1\"\nport = {}\ntls = \"none\"\n",
        postfix.port
    );
    let desk = Desk::new(&machine, "desk", POLICY, &settings);
    let said = replies(&desk, "VPN drops");
    assert!(said.ends_with("replied by email\n[exit 0]"), "{said}");
    let letter = reply(&machine);
    assert_eq!(letter.subject(), "[#1] VPN drops");
    // A bounce of it would come to the ticket.
    assert_eq!(
        letter.header("Return-Path").unwrap(),
        format!("<{}>", letter.answers_go_to())
    );
}

#[test]
#[ignore = "needs root and mail servers"]
fn a_reply_is_handed_over_with_tls_to_a_server_that_is_known() {
    let machine = Machine::new(&[postfix::VERSION, OPENSSL]);
    let certificate_of_server = certificate(&machine, "authority");
    let other = certificate(&machine, "other");
    let postfix = Postfix::start(&machine, &with_tls(&certificate_of_server), "");
    let page = block_with("smtp = \"mail.example.org\"");
    let settings = |authority: &Certificate| {
        let text = with(&page, "mail.example.org", "localhost");
        let text = with(
            &text,
            "tls = \"starttls\"",
            &format!("port = {}\n#", postfix.port),
        );
        let text = with(&text, "user = ", "# user = ");
        let text = with(&text, "password_file = ", "# password_file = ");
        let text = with(&text, "# ca_file = ", "ca_file = ");
        with(&text, "/etc/ssl/example-ca.pem", &at(&authority.authority))
    };
    let desk = Desk::new(&machine, "desk", POLICY, &settings(&other));
    let said = replies(&desk, "VPN drops");
    say(&said.replace('\n', " | "));
    assert!(said.contains("certificate"), "{said}");
    assert!(machine.mailbox("mia").is_empty());
    let waiting = desk.json(&["outbox"]);
    assert_eq!(waiting.as_array().unwrap().len(), 2, "{waiting}");
    desk.set_settings(&settings(&certificate_of_server));
    for mail in waiting.as_array().unwrap() {
        assert_eq!(mail["state"], "queued", "{mail}");
        let _due = desk
            .runs(&["outbox", "retry", &mail["mail"].to_string()])
            .ok();
    }
    let _sent = desk.runs(&["outbox", "send"]).ok();
    let letter = reply(&machine);
    assert!(letter.received_with_tls(), "{letter:?}");
}

#[test]
#[ignore = "needs root and mail servers"]
fn a_server_that_wants_a_password_gets_it_over_tls_only() {
    let machine = Machine::new(&[postfix::VERSION, dovecot::VERSION, OPENSSL]);
    let certificate = certificate(&machine, "authority");
    let dovecot = Dovecot::start(&machine);
    let main = with_tls(&certificate)
        + &format!(
            "smtpd_tls_auth_only = yes\nsmtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\n\
             smtpd_sasl_path = inet:127.0.0.1:{}\n\
             smtpd_recipient_restrictions = permit_sasl_authenticated, reject\n",
            dovecot.auth_port
        );
    let postfix = Postfix::start(&machine, &main, "");
    let password = machine.own_file("password", "wrong\n");
    let page = block_with("smtp = \"mail.example.org\"");
    let text = with(&page, "mail.example.org", "localhost");
    let port = format!("port = {}\n#", postfix.port);
    let text = with(&text, "tls = \"starttls\"", &port);
    let text = with(&text, "/etc/desk/mail-password", &at(&password));
    let text = with(&text, "# ca_file = ", "ca_file = ");
    let text = with(
        &text,
        "/etc/ssl/example-ca.pem",
        &at(&certificate.authority),
    );
    let desk = Desk::new(&machine, "desk", POLICY, &text);
    let said = replies(&desk, "VPN drops");
    say(&said.replace('\n', " | "));
    assert!(
        said.contains("sign-in failed") && said.contains("535"),
        "{said}"
    );
    assert!(!said.contains("wrong"), "{said}");
    let _password = machine.own_file("password", "secret\n");
    let said = replies(&desk, "Mail drops");
    assert!(said.contains("replied by email"), "{said}");
    let letter = reply(&machine);
    assert_eq!(letter.subject(), "[#2] Mail drops");
    assert!(letter.received_with_tls(), "{letter:?}");
    let log = postfix.log();
    assert!(log.contains("sasl_username=desk"), "{log}");
}

#[test]
#[ignore = "needs root and mail servers"]
fn msmtp_hands_over_what_desk_gives_it() {
    let machine = Machine::new(&[postfix::VERSION, OPENSSL, ("msmtp", &["--version"])]);
    let certificate = certificate(&machine, "authority");
    let postfix = Postfix::start(&machine, &with_tls(&certificate), "");
    let rc = with(&recipe("/etc/msmtprc"), "smtp.example.org", "localhost");
    let rc = with(&rc, "587", &postfix.port.to_string());
    let rc = with(
        &rc,
        "/etc/ssl/certs/ca-certificates.crt",
        &at(&certificate.authority),
    );
    // The server of the test knows no passwords.
    let rc = with(
        &rc,
        "auth on\nuser desk\npasswordeval cat /etc/desk/smtp-password\n",
        "",
    );
    let settings = recipe("~/.config/desk/config.toml");
    let desk = Desk::new(&machine, "desk", POLICY, &settings);
    // Where msmtp looks by itself, without the file in /etc.
    let _rc = machine.own_file("desk/home/.msmtprc", &rc);
    let said = replies(&desk, "VPN drops");
    assert!(said.contains("replied by email"), "{said}");
    let letter = reply(&machine);
    assert!(letter.received_with_tls(), "{letter:?}");
    assert_eq!(
        letter.header("Return-Path").unwrap(),
        format!("<{}>", letter.answers_go_to())
    );
    // A server that is gone is no loss.
    drop(postfix);
    let said = replies(&desk, "Mail drops");
    say(&said.replace('\n', " | "));
    assert!(!said.contains("replied by email"), "{said}");
    let waiting = desk.json(&["outbox"]);
    assert_eq!(waiting[0]["state"], "queued", "{waiting}");
}

#[test]
#[ignore = "needs root and mail servers"]
fn the_sendmail_of_postfix_takes_what_desk_gives_it() {
    let machine = Machine::new(&[postfix::VERSION]);
    let postfix = Postfix::start(&machine, "", "");
    // Postfix lets only root choose another configuration, so root is who runs desk.
    let settings = format!(
        "[mail.transport]\nsendmail = [\"/usr/sbin/sendmail\", \"-C\", \"{}\"]\n",
        postfix.configuration().display()
    );
    let desk = Desk::new(&machine, "desk", POLICY, &settings);
    let requester = "Mia Roth <mia@customers.example>";
    let command = |args: &[&str]| {
        let mut command = Command::new(desk.program());
        command
            .args(args)
            .env_clear()
            .env("HOME", machine.path("desk"))
            .env("DESK_DB", desk.db())
            .env("DESK_AGENT", "anna");
        run(command, b"").ok()
    };
    let _opened = command(&[
        "open",
        "VPN drops",
        "--requester",
        requester,
        "--channel",
        "email",
    ]);
    let said = command(&["reply", "1", "Please restart it."]);
    assert!(said.stdout.contains("replied by email"), "{said}");
    let letter = reply(&machine);
    assert_eq!(letter.subject(), "[#1] VPN drops");
}

#[test]
#[ignore = "needs root and mail servers"]
fn the_units_of_the_page_are_valid() {
    let analyze = Command::new("systemd-analyze").arg("--version").output();
    if analyze.is_err() {
        say("systemd-analyze is missing: the units of the page are not checked");
        return;
    }
    let machine = Machine::new(&[("systemd-analyze", &["--version"])]);
    let desk = Desk::new(&machine, "desk", POLICY, "");
    let units = machine.own_directory("units");
    let mut command = as_user("/usr/bin/systemd-analyze".as_ref(), &desk.home());
    command.arg("verify").arg("--man=no");
    for unit in ["desk-mail.service", "desk-mail.timer"] {
        let text = desk.recipe(&format!("/etc/systemd/system/{unit}"));
        fs::write(units.join(unit), text).unwrap();
        command.arg(units.join(unit));
    }
    let said = run(command, b"");
    assert_eq!(
        (said.code, said.stderr.contains("desk-mail")),
        (Some(0), false),
        "{said}"
    );
}
