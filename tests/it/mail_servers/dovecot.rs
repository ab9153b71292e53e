//! A dovecot of its own, which has one mailbox, whose password is `secret`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::machine::{Machine, USER, control, free_port, say, wait_for};

pub(super) const VERSION: (&str, &[&str]) = ("dovecot", &["--version"]);

/// A running dovecot with one mailbox.
pub(super) struct Dovecot {
    place: PathBuf,
    pub(super) port: u16,
    /// Where a mail system asks whether a password is right.
    pub(super) auth_port: u16,
}

impl Dovecot {
    pub(super) fn start(machine: &Machine) -> Self {
        let place = machine.own_directory("imap");
        for part in ["", "/new", "/cur", "/tmp"] {
            let _path = machine.own_directory(&format!("imap/box{part}"));
        }
        let (port, auth_port) = (free_port(), free_port());
        let (path, user) = (place.display(), USER.1);
        let text = format!(
            "base_dir = {path}/run\n\
             state_dir = {path}/run\n\
             log_path = {path}/log\n\
             protocols = imap\n\
             listen = 127.0.0.1\n\
             ssl = no\n\
             disable_plaintext_auth = no\n\
             auth_failure_delay = 0 secs\n\
             first_valid_uid = {user}\n\
             first_valid_gid = {user}\n\
             mail_location = maildir:{path}/box\n\
             passdb {{\n  driver = static\n  args = password=secret\n}}\n\
             userdb {{\n  driver = static\n  args = uid={user} gid={user} home={path}\n}}\n\
             service imap-login {{\n  inet_listener imap {{\n    port = {port}\n  }}\n\
             \x20 inet_listener imaps {{\n    port = 0\n  }}\n}}\n\
             service auth {{\n  inet_listener {{\n    port = {auth_port}\n  }}\n}}\n\
             namespace inbox {{\n  inbox = yes\n}}\n"
        );
        fs::write(place.join("dovecot.conf"), text).unwrap();
        let dovecot = Self {
            place,
            port,
            auth_port,
        };
        assert!(
            control(dovecot.command("dovecot")),
            "dovecot does not start"
        );
        wait_for("dovecot listens", || {
            std::net::TcpStream::connect(("127.0.0.1", port)).ok()
        });
        say(&format!("dovecot listens on 127.0.0.1:{port}"));
        dovecot
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.arg("-c").arg(self.place.join("dovecot.conf"));
        command
    }

    /// Puts a message into the mailbox, as the server's delivery does.
    pub(super) fn has(&self, machine: &Machine, subject: &str) {
        let text = format!(
            "From: Mia Roth <mia@customers.example>\nTo: desk@example.org\nSubject: {subject}\n\
             Message-ID: <{subject}@customers.example>\n\nIt drops.\n"
        );
        let _path = machine.own_file(&format!("imap/box/new/1700000000.{subject}.x"), &text);
    }

    /// How many messages the mailbox has.
    pub(super) fn messages(&self) -> usize {
        ["new", "cur"]
            .iter()
            .map(|part| {
                fs::read_dir(self.place.join("box").join(part))
                    .unwrap()
                    .count()
            })
            .sum()
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        let mut command = self.command("dovecot");
        command.arg("stop");
        let _stopped = control(command);
    }
}
