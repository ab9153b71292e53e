//! The ways of handing over: a program, a server, and whose settings count.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::sink::{Fault, Sink};
use super::{OPEN, hand_over_to, mailing, states, transport};
use crate::env::Env;

/// A program that keeps what it gets, and ends with this code.
fn program(env: &Env, code: i32) -> PathBuf {
    let path = env.dir().join("sendmail");
    let text = format!(
        "#!/bin/sh\nfor arg; do printf '%s\\n' \"$arg\" >> args; done\n/bin/cat >> message\n\
         echo 'said why' >&2\nexit {code}\n"
    );
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn read(env: &Env, name: &str) -> String {
    fs::read_to_string(env.dir().join(name)).unwrap_or_default()
}

#[test]
fn a_program_gets_addresses_as_arguments_and_the_mail_on_its_input() {
    let mut env = mailing("[mail.notices]\nacknowledged = false");
    let path = program(&env, 0);
    transport(
        &env,
        &format!("sendmail = [\"{}\", \"-a\", \"desk\"]", path.display()),
    );
    env.does(&format!(
        "{OPEN}\ndesk reply 1 '; rm -rf $HOME'\ndesk assign 1 ben"
    ));
    assert_eq!(states(&mut env), "reply sent, assigned sent");
    let args = read(&env, "args");
    let args: Vec<&str> = args.lines().collect();
    assert_eq!(args[..4], ["-a", "desk", "-i", "-f"]);
    assert!(args[4].starts_with("desk+1.") && args[4].ends_with("@example.org"));
    assert_eq!(args[5..7], ["--", "mia@example.org"]);
    assert_eq!(
        args[7..],
        ["-a", "desk", "-i", "-f", "<>", "--", "ben@desk.example"]
    );
    assert!(read(&env, "message").contains("; rm -rf $HOME"));
}

#[test]
fn the_exit_code_of_the_program_says_whether_to_try_again() {
    for (code, state) in [
        (75, "queued"),
        (1, "queued"),
        (67, "failed"),
        (64, "failed"),
    ] {
        let mut env = mailing("");
        let path = program(&env, code);
        transport(&env, &format!("sendmail = \"{}\"", path.display()));
        env.does(OPEN);
        assert_eq!(states(&mut env), format!("acknowledged {state}"), "{code}");
        let told = env.says("desk outbox");
        assert!(told.contains("said why"), "{told}");
    }
    let mut env = mailing("");
    transport(&env, "sendmail = \"/no/such/program\"");
    env.does(OPEN);
    assert_eq!(states(&mut env), "acknowledged queued");
}

#[test]
fn without_tls_mail_stays_on_this_machine() {
    let sink = Sink::new(Fault::None);
    let mut env = mailing("");
    // The server has no STARTTLS.
    transport(&env, &format!("smtp = \"127.0.0.1\"\nport = {}", sink.port));
    env.does(OPEN);
    let told = env.says("desk outbox");
    assert!(told.contains("STARTTLS"), "{told}");
    transport(&env, "smtp = \"mail.example.org\"\ntls = \"none\"");
    env.pass(5).does("desk outbox send");
    let told = env.says("desk outbox");
    assert!(told.contains("within this machine only"), "{told}");
    assert_eq!(sink.received().len(), 0);
}

#[test]
fn the_settings_of_the_machine_count_where_the_user_has_none() {
    let sink = Sink::new(Fault::None);
    let mut env = mailing("");
    let file = env.dir().join("system.toml");
    let port = sink.port;
    fs::write(
        &file,
        format!("[mail.transport]\nsmtp = \"localhost\"\nport = {port}\ntls = \"none\"\n"),
    )
    .unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    env.does(&format!("DESK_TEST_SYSTEM_FILE=DIR/system.toml {OPEN}"));
    assert_eq!(sink.received().len(), 1);
    let told = env.says("DESK_TEST_SYSTEM_FILE=DIR/system.toml desk config");
    assert!(told.contains("system file"), "{told}");
    // What everybody can write names no programs.
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
    let told = env.says("DESK_TEST_SYSTEM_FILE=DIR/system.toml desk list");
    assert!(told.contains("is not trusted"), "{told}");
    let other = Sink::new(Fault::None);
    hand_over_to(&env, &other);
    env.does(&format!("{OPEN} -m again"));
    assert_eq!((sink.received().len(), other.received().len()), (1, 1));
}

#[test]
fn wrong_settings_are_named() {
    let mut env = mailing("");
    transport(&env, "smtp = \"mail.example.org\"\npassword = \"secret\"");
    let told = env.says("desk list");
    assert!(
        told.contains("unknown field") && !told.contains("secret"),
        "{told}"
    );
    transport(&env, "smtp = \"mail.example.org\"\nuser = \"desk\"");
    let told = env.says("desk list");
    assert!(told.contains("[mail.transport]"), "{told}");
}
