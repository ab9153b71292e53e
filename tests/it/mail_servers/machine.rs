//! A machine with a desk, which belongs to a user without rights, and the mailboxes
//! of requesters.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use mail_parser::{Message, MessageParser};
use serde_json::Value;
use tempfile::TempDir;

use crate::env::Output;

/// The user `nobody`, whom every Linux system has.
pub(super) const USER: (&str, u32) = ("nobody", 65_534);

/// How long something may take that a server does by itself.
const PATIENCE: Duration = Duration::from_secs(60);

/// A directory that every user may enter.
pub(super) struct Machine(TempDir);

impl Machine {
    /// Creates it, and prints what the test runs.
    pub(super) fn new(programs: &[(&str, &[&str])]) -> Self {
        let root = rustix::process::geteuid().is_root();
        assert!(
            root,
            "this test needs root, for mail servers: it was not run"
        );
        for (program, version) in programs {
            say(&format!("{program}: {}", first_line(program, version)));
        }
        let directory = TempDir::new().unwrap();
        fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).unwrap();
        Self(directory)
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Creates a directory that belongs to the user.
    pub(super) fn own_directory(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(&path).unwrap();
        chown(&path, Some(USER.1), Some(USER.1)).unwrap();
        path
    }

    /// Writes a file that only the user may read.
    pub(super) fn own_file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        chown(&path, Some(USER.1), Some(USER.1)).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        path
    }

    /// A mailbox, a Maildir of the user.
    pub(super) fn mailbox(&self, name: &str) -> Mailbox {
        for part in ["", "/new", "/cur", "/tmp"] {
            let _path = self.own_directory(&format!("boxes/{name}{part}"));
        }
        Mailbox(self.path("boxes").join(name))
    }
}

/// Prints a line of what a test does, for whoever reads its log.
#[expect(clippy::print_stdout, reason = "the log of the test says what was run")]
pub(super) fn say(line: &str) {
    println!("mail servers: {line}");
}

/// The first line of what a program says about its version.
fn first_line(program: &str, arguments: &[&str]) -> String {
    let said = Command::new(program).args(arguments).output();
    let said = said.unwrap_or_else(|fault| panic!("{program} is not installed: {fault}"));
    let text = [said.stdout, said.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    let mut lines = text.lines().map(str::trim);
    lines.find(|line| !line.is_empty()).unwrap().to_owned()
}

/// A port that nobody listens on.
pub(super) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Waits until something that a server does is there.
#[track_caller]
pub(super) fn wait_for<T>(what: &str, mut find: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = find() {
            return found;
        }
        assert!(begin.elapsed() < PATIENCE, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// A program as the user, with little else in its environment.
pub(super) fn as_user(program: &Path, home: &Path) -> Command {
    let mut command = Command::new("setpriv");
    let uid = USER.1.to_string();
    command
        .args(["--reuid", &uid, "--regid", &uid, "--clear-groups"])
        .arg(program)
        .env_clear()
        .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
        .env("HOME", home)
        .env("TZ", "UTC")
        .current_dir(home);
    command
}

/// Runs a program to its end.
pub(super) fn run(mut command: Command, stdin: &[u8]) -> Output {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // It may end before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let done = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Output {
        code: done.status.code(),
        stdout: text(done.stdout),
        stderr: text(done.stderr),
    }
}

/// Starts or stops a server, which may keep the streams of this process.
pub(super) fn control(mut command: Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().unwrap().success()
}

/// A desk: its program, store and settings.
pub(super) struct Desk(PathBuf);

impl Desk {
    /// Creates a desk with this `[mail]` section in its policy, and these settings.
    pub(super) fn new(machine: &Machine, name: &str, policy: &str, settings: &str) -> Self {
        let place = machine.path(name);
        fs::create_dir(&place).unwrap();
        for part in ["home", "store"] {
            let _path = machine.own_directory(&format!("{name}/{part}"));
        }
        // Where this checkout is may be closed to the user.
        fs::copy(env!("CARGO_BIN_EXE_desk"), place.join("desk.program")).unwrap();
        let desk = Self(place.clone());
        fs::write(place.join("settings.toml"), settings).unwrap();
        // Mail systems clear the environment.
        let place = place.display();
        let script = format!(
            "#!/bin/sh\nexport DESK_TEST_SYSTEM_FILE={place}/settings.toml\n\
             [ -e {place}/impatient ] && export DESK_TEST_PATIENCE_MS=200\n\
             exec {place}/desk.program \"$@\"\n"
        );
        fs::write(desk.program(), script).unwrap();
        fs::set_permissions(desk.program(), fs::Permissions::from_mode(0o755)).unwrap();
        let _made = desk.runs(&["init"]).ok();
        desk.set_policy(policy);
        desk
    }

    pub(super) fn set_settings(&self, settings: &str) {
        fs::write(self.0.join("settings.toml"), settings).unwrap();
    }

    pub(super) fn set_policy(&self, policy: &str) {
        let path = self.0.join("policy.toml");
        fs::write(&path, policy).unwrap();
        let _set = self.runs(&["policy", "set", path.to_str().unwrap()]).ok();
    }

    pub(super) fn program(&self) -> PathBuf {
        self.0.join("desk")
    }

    pub(super) fn home(&self) -> PathBuf {
        self.0.join("home")
    }

    pub(super) fn db(&self) -> PathBuf {
        self.0.join("store/desk.db")
    }

    /// Runs desk as the agent anna, with this on stdin.
    pub(super) fn runs_with(&self, args: &[&str], stdin: &str) -> Output {
        let mut command = as_user(&self.program(), &self.home());
        command
            .args(args)
            .env("DESK_DB", self.db())
            .env("DESK_AGENT", "anna");
        run(command, stdin.as_bytes())
    }

    pub(super) fn runs(&self, args: &[&str]) -> Output {
        self.runs_with(args, "")
    }

    /// Runs commands, a line each, that must succeed.
    #[track_caller]
    pub(super) fn does(&self, script: &str) {
        for line in script.lines().map(str::trim).filter(|l| !l.is_empty()) {
            let args: Vec<&str> = line.split_whitespace().collect();
            let _done = self.runs(&args).ok();
        }
    }

    #[track_caller]
    pub(super) fn json(&self, args: &[&str]) -> Value {
        let output = self.runs(&[args, &["--json"]].concat()).ok();
        serde_json::from_str(&output.stdout).unwrap()
    }

    /// How many tickets there are.
    pub(super) fn tickets(&self) -> usize {
        self.json(&["list", "--all"]).as_array().unwrap().len()
    }

    /// A recipe of the page about mail, for this desk.
    pub(super) fn recipe(&self, file: &str) -> String {
        let program = self.program().display().to_string();
        let db = self.db().display().to_string();
        super::recipes::recipe(file)
            .replace("/usr/local/bin/desk", &program)
            .replace("/var/lib/desk/desk.db", &db)
            .replace("user=desk", &format!("user={}", USER.0))
    }

    /// Takes away the right to write to the store.
    pub(super) fn breaks(&self) {
        fs::set_permissions(self.db(), fs::Permissions::from_mode(0o400)).unwrap();
    }

    pub(super) fn is_repaired(&self) {
        fs::set_permissions(self.db(), fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// Keeps the store busy until the connection is dropped; nobody waits long for it.
    pub(super) fn is_busy(&self) -> rusqlite::Connection {
        fs::write(self.0.join("impatient"), "").unwrap();
        let conn = rusqlite::Connection::open(self.db()).unwrap();
        conn.execute_batch("BEGIN IMMEDIATE").unwrap();
        conn
    }
}

/// The Maildir of a requester.
pub(super) struct Mailbox(PathBuf);

impl Mailbox {
    fn new_messages(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.0.join("new")).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    }

    pub(super) fn is_empty(&self) -> bool {
        self.new_messages().is_empty()
    }

    /// Waits for one message, takes it out of the mailbox and prints it.
    #[track_caller]
    pub(super) fn takes_one(&self) -> Letter {
        let path = wait_for("a message", || self.new_messages().into_iter().next());
        let raw = fs::read(&path).unwrap();
        fs::rename(&path, self.0.join("cur").join(path.file_name().unwrap())).unwrap();
        Letter::read(&raw)
    }
}

/// What a mail program shows of a message.
#[derive(Debug)]
pub(super) struct Letter(Message<'static>);

impl Letter {
    fn read(raw: &[u8]) -> Self {
        Self(MessageParser::default().parse(raw).unwrap().into_owned())
    }

    pub(super) fn subject(&self) -> &str {
        self.0.subject().unwrap_or_default()
    }

    pub(super) fn text(&self) -> String {
        self.0.body_text(0).unwrap_or_default().replace('\r', "")
    }

    /// The value of a header as it was sent, without its folds.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let raw = self.0.header_raw(name)?;
        Some(raw.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    pub(super) fn id(&self) -> String {
        self.header("Message-ID").unwrap()
    }

    /// Whether the server of the recipient says that it came over TLS.
    pub(super) fn received_with_tls(&self) -> bool {
        let received = self.header("Received").unwrap_or_default();
        received.contains("with ESMTPS")
    }

    /// The address to which an answer goes.
    pub(super) fn answers_go_to(&self) -> String {
        let header = self.header("Reply-To").unwrap();
        let (_, address) = header.rsplit_once('<').unwrap();
        address.trim_end_matches('>').to_owned()
    }

    /// The ids in References.
    pub(super) fn references(&self) -> Vec<String> {
        let header = self.header("References").unwrap_or_default();
        header.split_whitespace().map(str::to_owned).collect()
    }
}
