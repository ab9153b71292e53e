//! A connection that is cut after each of its messages: a change is there as a
//! whole and the answer was that it is, or that nobody knows; or it is not, and
//! the answer was that it is not.

use std::io::{self, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tempfile::TempDir;

use super::{desk, server};
use crate::env::Env;

/// The name of the socket of a server in its folder.
const SOCKET: &str = ".s.PGSQL.5432";

/// A proxy in front of a server, which cuts every connection once it has passed
/// on some messages.
struct Proxy {
    folder: TempDir,
    /// How many messages still pass.
    left: Arc<AtomicUsize>,
}

impl Proxy {
    fn new(server: &Path) -> Self {
        let folder = TempDir::new().unwrap();
        let listener = UnixListener::bind(folder.path().join(SOCKET)).unwrap();
        let left = Arc::new(AtomicUsize::new(usize::MAX));
        let (server, shared) = (server.join(SOCKET), Arc::clone(&left));
        thread::spawn(move || {
            for client in listener.incoming() {
                let _ = pass(&client.unwrap(), &server, &shared);
            }
        });
        Self { folder, left }
    }

    /// Lets this many messages through, and then cuts.
    fn cut_after(&self, messages: usize) {
        self.left.store(messages, Ordering::SeqCst);
    }

    /// How many messages passed since [`Self::cut_after`] with `usize::MAX`.
    fn passed(&self) -> usize {
        usize::MAX - self.left.load(Ordering::SeqCst)
    }
}

/// Passes messages on in both directions, until the connection is cut.
fn pass(client: &UnixStream, server: &Path, left: &Arc<AtomicUsize>) -> io::Result<()> {
    let server = UnixStream::connect(server)?;
    let copy = |from: &UnixStream, to: &UnixStream, is_client: bool| -> io::Result<_> {
        let (mut from, mut to) = (from.try_clone()?, to.try_clone()?);
        let left = Arc::clone(left);
        Ok(thread::spawn(move || {
            // The first message of a client has no type.
            let mut has_type = !is_client;
            while let Ok(message) = message(&mut from, has_type) {
                has_type = true;
                let cut = left
                    .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                        left.checked_sub(1)
                    })
                    .is_err();
                if cut || to.write_all(&message).is_err() {
                    break;
                }
            }
            let _ = from.shutdown(std::net::Shutdown::Both);
            let _ = to.shutdown(std::net::Shutdown::Both);
        }))
    };
    let (one, other) = (copy(client, &server, true)?, copy(&server, client, false)?);
    // The next connection comes after this one.
    let _ = (one.join(), other.join());
    Ok(())
}

/// Reads a message of the protocol, with its type and length.
fn message(from: &mut UnixStream, has_type: bool) -> io::Result<Vec<u8>> {
    let mut message = vec![0; if has_type { 5 } else { 4 }];
    from.read_exact(&mut message)?;
    let length = message[message.len() - 4..].try_into().expect("four bytes");
    let rest = u32::from_be_bytes(length) as usize - 4;
    let start = message.len();
    message.resize(start + rest, 0);
    from.read_exact(&mut message[start..])?;
    Ok(message)
}

/// What desk said about a change.
#[derive(Debug, PartialEq, Eq, Clone, Copy, PartialOrd, Ord)]
enum Answer {
    Done,
    Failed,
    Unknown,
}

/// Whether an answer is right about a change that is there this many times.
fn is_right(answer: Answer, there: i64) -> bool {
    match answer {
        Answer::Done => there == 1,
        Answer::Failed => there == 0,
        Answer::Unknown => (0..=1).contains(&there),
    }
}

#[test]
fn wrong_answers_would_be_seen() {
    assert!(!is_right(Answer::Done, 0) && !is_right(Answer::Done, 2));
    assert!(!is_right(Answer::Failed, 1) && !is_right(Answer::Unknown, 2));
    assert!(is_right(Answer::Unknown, 1) && is_right(Answer::Unknown, 0));
}

/// Cuts a command after each of its messages, and checks what it said. `change`
/// names the command for a ticket and a number, and the query that counts what it
/// changed.
fn cut_everywhere(change: impl Fn(&str, usize) -> (Vec<String>, String)) {
    let Some(server) = server() else { return };
    let database = server.database(None);
    let mut env = desk(&database);
    env.does("desk open VPN");
    let proxy = Proxy::new(server.folder());
    let url = database.url();
    let (login, _) = url.split_once('?').unwrap();
    let behind = format!("{login}?host={}", proxy.folder.path().display());
    let run = |env: &mut Env, args: &[String]| {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let mut command = env.command(&args);
        command.env("DESK_DB", &behind);
        env.finish(command, None)
    };
    // Without a cut it works, and tells how many messages there are.
    proxy.cut_after(usize::MAX);
    let _ = run(&mut env, &change("1", 0).0).ok();
    let all = proxy.passed();
    assert!(all > 20, "{all} messages");

    let mut answers = Vec::new();
    // A ticket with as short a history every time, so that there are as many
    // messages.
    let new_ticket = |env: &mut Env| env.json(&["open", "VPN"])["id"].to_string();
    let mut ticket = new_ticket(&mut env);
    for messages in 0..all + 20 {
        let (args, count) = change(&ticket, messages + 1);
        proxy.cut_after(messages);
        let said = run(&mut env, &args);
        let unknown = said.stderr.contains("may or may not be saved");
        let answer = match said.code {
            Some(0) => Answer::Done,
            Some(5) if unknown => Answer::Unknown,
            Some(4 | 5) => Answer::Failed,
            _ => panic!("after {messages} messages: {said}"),
        };
        let first = said
            .stderr
            .lines()
            .filter(|line| line.starts_with("desk: "));
        assert_eq!(first.count(), usize::from(answer != Answer::Done), "{said}");
        // What the server still does for it, it has done.
        let busy = "SELECT count(*) FROM pg_stat_activity \
                    WHERE datname = current_database() AND pid <> pg_backend_pid()";
        while database.sql(busy).trim() != "0" {
            thread::yield_now();
        }
        let there: i64 = database.sql(&count).trim().parse().unwrap();
        assert!(
            is_right(answer, there),
            "after {messages} of {all} messages: {there} times: {said}"
        );
        if there == 1 {
            ticket = new_ticket(&mut env);
        }
        answers.push(answer);
        if answers.ends_with(&[Answer::Done; 3]) {
            break;
        }
        if messages % 8 == 0 {
            let _ = env.run(&["verify"]).ok();
        }
    }
    let _ = env.run(&["verify"]).ok();
    // Each happened, in this order: what is not sent fails, then nobody knows.
    let mut kinds = answers.clone();
    kinds.dedup();
    assert_eq!(kinds, [Answer::Failed, Answer::Unknown, Answer::Done]);
}

#[test]
fn a_log_that_is_cut_anywhere_is_there_or_not_as_it_was_said() {
    cut_everywhere(|ticket, number| {
        let text = format!("text number {number}.");
        let count = format!("SELECT count(*) FROM field WHERE value = '{text}'");
        (["log", ticket, &text].map(str::to_owned).to_vec(), count)
    });
}

#[test]
fn an_opening_that_is_cut_anywhere_is_there_or_not_as_it_was_said() {
    cut_everywhere(|_, number| {
        let title = format!("title number {number}.");
        let count = format!("SELECT count(*) FROM ticket WHERE title = '{title}'");
        let words = ["open", &title, "--kind", "incident", "--assign", "ben"];
        (words.map(str::to_owned).to_vec(), count)
    });
}

#[test]
fn a_key_makes_the_repeat_safe_after_an_unknown_outcome() {
    let Some(server) = server() else { return };
    let database = server.database(None);
    let mut env = desk(&database);
    let proxy = Proxy::new(server.folder());
    let url = database.url();
    let behind = url.split_once('?').unwrap().0;
    let behind = format!("{behind}?host={}", proxy.folder.path().display());
    let all = {
        proxy.cut_after(usize::MAX);
        let mut command = env.command(&["open", "VPN", "--key", "first"]);
        command.env("DESK_DB", &behind);
        let _ = env.finish(command, None).ok();
        proxy.passed()
    };
    // The last messages are those of the commit.
    for messages in (0..all - 40).step_by(25).chain(all - 40..all + 10) {
        let key = format!("key-{messages}");
        let mut ended = false;
        for cut in [messages, usize::MAX] {
            proxy.cut_after(cut);
            let mut command = env.command(&["open", "VPN", "--key", &key]);
            command.env("DESK_DB", &behind);
            let said = env.finish(command, None);
            ended = cut == messages && said.code == Some(0);
            if cut == usize::MAX {
                let _ = said.ok();
            }
            if ended {
                break;
            }
        }
        let found = format!("SELECT count(*) FROM ticket WHERE key = '{key}'");
        assert_eq!(database.sql(&found), "1\n", "{key}");
        if ended {
            let _ = env.run(&["verify"]).ok();
            return;
        }
    }
    panic!("it is cut forever");
}
