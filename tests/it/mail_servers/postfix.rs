//! A postfix of its own: configuration, queue, data and log are in a directory.

use std::fs;
use std::os::unix::fs::chown;
use std::path::PathBuf;
use std::process::Command;

use super::machine::{self, Machine, USER, free_port, run, say, wait_for};

/// The daemons that it needs, without the port on which it listens.
const SERVICES: &str = "\
postlog   unix-dgram n  -       n       -       1       postlogd
pickup    unix  n       -       n       1       1       pickup
cleanup   unix  n       -       n       -       0       cleanup
qmgr      unix  n       -       n       300     1       qmgr
tlsmgr    unix  -       -       n       1000?   1       tlsmgr
rewrite   unix  -       -       n       -       -       trivial-rewrite
bounce    unix  -       -       n       -       0       bounce
defer     unix  -       -       n       -       0       bounce
trace     unix  -       -       n       -       0       bounce
flush     unix  n       -       n       1000?   0       flush
proxymap  unix  -       -       n       -       -       proxymap
smtp      unix  -       -       n       -       -       smtp
showq     unix  n       -       n       -       -       showq
error     unix  -       -       n       -       -       error
retry     unix  -       -       n       -       -       error
local     unix  -       n       n       -       -       local
virtual   unix  -       n       n       -       -       virtual
anvil     unix  -       -       n       -       1       anvil
scache    unix  -       -       n       -       1       scache
";

pub(super) const VERSION: (&str, &[&str]) = ("postconf", &["mail_version"]);

/// A running postfix, which takes mail for example.org, and for the requesters at
/// customers.example, whose mailboxes are below `boxes`.
pub(super) struct Postfix {
    place: PathBuf,
    pub(super) port: u16,
}

impl Postfix {
    /// Starts it with further lines in `main.cf` and `master.cf`.
    pub(super) fn start(machine: &Machine, main: &str, master: &str) -> Self {
        let place = machine.path("postfix");
        for part in ["etc", "queue", "data"] {
            fs::create_dir_all(place.join(part)).unwrap();
        }
        let owner = run_line("id", &["-u", "postfix"]).trim().parse().unwrap();
        chown(place.join("data"), Some(owner), None).unwrap();
        let boxes = machine.own_directory("boxes");
        let port = free_port();
        let (at, user) = (place.display(), USER.1);
        let text = format!(
            "compatibility_level = 3.6\n\
             queue_directory = {at}/queue\n\
             data_directory = {at}/data\n\
             maillog_file = {at}/log\n\
             maillog_file_prefixes = {at}\n\
             mail_owner = postfix\n\
             setgid_group = postdrop\n\
             inet_interfaces = 127.0.0.1\n\
             inet_protocols = ipv4\n\
             disable_dns_lookups = yes\n\
             smtpd_peername_lookup = no\n\
             smtpd_reject_unlisted_recipient = no\n\
             myhostname = mx.example.org\n\
             mydestination = example.org\n\
             mynetworks = 127.0.0.0/8\n\
             local_recipient_maps =\n\
             alias_database =\n\
             virtual_mailbox_domains = customers.example\n\
             virtual_mailbox_base = {}\n\
             virtual_mailbox_maps = inline:{{mia@customers.example=mia/}}\n\
             virtual_uid_maps = static:{user}\n\
             virtual_gid_maps = static:{user}\n\
             {main}",
            boxes.display()
        );
        let without_alias = if main.contains("alias_maps") {
            ""
        } else {
            "alias_maps =\n"
        };
        fs::write(place.join("etc/main.cf"), text + without_alias).unwrap();
        let smtpd = format!("{port}  inet  n  -  n  -  -  smtpd\n");
        let services = format!("{smtpd}{SERVICES}{master}");
        fs::write(place.join("etc/master.cf"), services).unwrap();
        let postfix = Self { place, port };
        postfix.control("start");
        say(&format!("postfix listens on 127.0.0.1:{port}"));
        wait_for("postfix listens", || {
            std::net::TcpStream::connect(("127.0.0.1", port)).ok()
        });
        postfix
    }

    pub(super) fn configuration(&self) -> PathBuf {
        self.place.join("etc")
    }

    fn control(&self, verb: &str) {
        let mut command = Command::new("postfix");
        command.arg("-c").arg(self.configuration()).arg(verb);
        let done = machine::control(command);
        assert!(
            done || verb == "stop",
            "postfix {verb} fails:\n{}",
            self.log()
        );
    }

    /// Hands a message over as a user of the machine.
    #[track_caller]
    pub(super) fn takes(&self, from: &str, to: &str, message: &str) {
        let mut command = Command::new("sendmail");
        command
            .arg("-C")
            .arg(self.configuration())
            .args(["-i", "-f", from, "--", to]);
        let _taken = run(command, message.as_bytes()).ok();
    }

    /// Tries at once to deliver what is in the queue.
    pub(super) fn flush(&self) {
        let mut command = Command::new("postqueue");
        command.arg("-c").arg(self.configuration()).arg("-f");
        let _flushed = run(command, b"").ok();
    }

    /// How many messages are in the queue.
    pub(super) fn queued(&self) -> usize {
        let mut command = Command::new("postqueue");
        command.arg("-c").arg(self.configuration()).arg("-j");
        run(command, b"").ok().stdout.lines().count()
    }

    pub(super) fn log(&self) -> String {
        fs::read_to_string(self.place.join("log")).unwrap_or_default()
    }

    /// The lines of the log about deliveries to an address.
    pub(super) fn deliveries(&self, to: &str) -> Vec<String> {
        let log = self.log();
        let lines = log.lines().filter(|line| line.contains(" status="));
        let of = format!("to=<{to}>");
        lines
            .filter(|line| line.contains(&of))
            .map(str::to_owned)
            .collect()
    }

    /// Waits for so many deliveries with a status.
    #[track_caller]
    pub(super) fn waits_for(&self, to: &str, status: &str, count: usize) -> Vec<String> {
        let what = format!("{count} with status={status} to {to}");
        let wanted = format!(" status={status} ");
        let found = || {
            let mut lines = self.deliveries(to);
            lines.retain(|line| line.contains(&wanted));
            (lines.len() >= count).then_some(lines)
        };
        let begin = std::time::Instant::now();
        while begin.elapsed() < std::time::Duration::from_secs(30) {
            if let Some(lines) = found() {
                return lines;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("waited in vain for {what}:\n{}", self.log());
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        self.control("stop");
    }
}

fn run_line(program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(program);
    command.args(arguments);
    run(command, b"").ok().stdout
}
