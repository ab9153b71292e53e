//! A mail server on the loopback interface that fails as a test tells it to.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How the server fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    None,
    /// Answers a verb with this; `CONNECT` closes the line at once, and `END` is the
    /// end of the message.
    Refuse(&'static str, &'static str),
    /// Keeps the message, and closes the line without an answer.
    DropAfterEnd,
    /// Keeps the message, and answers after so many milliseconds.
    SlowEnd(u64),
    /// Keeps the message, and answers only when told to go on: the test is to kill
    /// the sender. Every so many messages.
    WaitAfterEnd(usize),
    /// As before, before the message: every so many recipients.
    WaitAtRecipient(usize),
}

/// A message that the server took.
#[derive(Debug, Clone)]
pub(super) struct Received {
    /// Empty for the null sender.
    pub(super) sender: String,
    pub(super) recipient: String,
    pub(super) text: String,
}

impl Received {
    /// The value of a header, on one line; empty if there is none.
    pub(super) fn header(&self, name: &str) -> String {
        let head = self.text.split("\n\n").next().unwrap();
        let head = head.replace("\n ", " ");
        let prefix = format!("{name}: ");
        let line = head.lines().find_map(|line| line.strip_prefix(&prefix));
        line.unwrap_or_default().to_owned()
    }
}

#[derive(Debug, Default)]
struct State {
    received: Vec<Received>,
    recipients: usize,
    waiting: bool,
}

pub(super) struct Sink {
    pub(super) port: u16,
    fault: Arc<Mutex<Fault>>,
    state: Arc<Mutex<State>>,
}

impl Sink {
    pub(super) fn new(fault: Fault) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let sink = Self {
            port: listener.local_addr().unwrap().port(),
            fault: Arc::new(Mutex::new(fault)),
            state: Arc::default(),
        };
        let (fault, state) = (Arc::clone(&sink.fault), Arc::clone(&sink.state));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (fault, state) = (Arc::clone(&fault), Arc::clone(&state));
                thread::spawn(move || {
                    let fault = *fault.lock().unwrap();
                    // A sender that is gone is part of the tests.
                    let _ = serve(&stream, fault, &state);
                });
            }
        });
        sink
    }

    pub(super) fn becomes(&self, fault: Fault) {
        *self.fault.lock().unwrap() = fault;
    }

    pub(super) fn received(&self) -> Vec<Received> {
        self.state.lock().unwrap().received.clone()
    }

    /// How many recipients senders have named.
    pub(super) fn recipients(&self) -> usize {
        self.state.lock().unwrap().recipients
    }

    /// Whether a sender waits to be killed; asking forgets it.
    pub(super) fn takes_waiting(&self) -> bool {
        std::mem::take(&mut self.state.lock().unwrap().waiting)
    }
}

fn serve(stream: &TcpStream, fault: Fault, state: &Mutex<State>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream);
    let mut out = stream;
    let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes());
    let refused = |verb: &str| {
        if let Fault::Refuse(at, answer) = fault
            && at == verb
        {
            Some(answer)
        } else {
            None
        }
    };
    if refused("CONNECT").is_some() {
        return Ok(());
    }
    say("220 sink")?;
    let (mut sender, mut recipient) = (String::new(), String::new());
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let verb = line.split([' ', ':', '\r']).next().unwrap().to_uppercase();
        let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        if let Some(answer) = refused(&verb) {
            say(answer)?;
            continue;
        }
        match verb.as_str() {
            "EHLO" => say("250-sink\r\n250 8BITMIME")?,
            "MAIL" => {
                sender = address();
                say("250 ok")?;
            }
            "RCPT" => {
                recipient = address();
                let mut state = state.lock().unwrap();
                state.recipients += 1;
                if let Fault::WaitAtRecipient(every) = fault {
                    state.waiting = state.recipients.is_multiple_of(every);
                    let waits = state.waiting;
                    drop(state);
                    wait(waits);
                }
                say("250 ok")?;
            }
            "DATA" => {
                say("354 go on")?;
                let mut text = String::new();
                loop {
                    let mut line = String::new();
                    if lines.read_line(&mut line)? == 0 {
                        return Ok(());
                    }
                    if line == ".\r\n" {
                        break;
                    }
                    text.push_str(line.strip_prefix('.').unwrap_or(&line));
                }
                if let Some(answer) = refused("END") {
                    say(answer)?;
                    continue;
                }
                let mut all = state.lock().unwrap();
                all.received.push(Received {
                    sender: sender.clone(),
                    recipient: recipient.clone(),
                    text: text.replace("\r\n", "\n"),
                });
                let waits = matches!(fault, Fault::WaitAfterEnd(every) if all.received.len().is_multiple_of(every));
                all.waiting |= waits;
                drop(all);
                match fault {
                    Fault::DropAfterEnd => return Ok(()),
                    Fault::SlowEnd(millis) => thread::sleep(Duration::from_millis(millis)),
                    Fault::None
                    | Fault::Refuse(..)
                    | Fault::WaitAfterEnd(_)
                    | Fault::WaitAtRecipient(_) => wait(waits),
                }
                say("250 kept")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
}

/// Waits until the sender is surely killed.
fn wait(waits: bool) {
    if waits {
        thread::sleep(Duration::from_secs(20));
    }
}
