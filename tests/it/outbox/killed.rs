//! Senders that are killed, and two at once: nothing is lost where the policy
//! tries again, and nothing arrives twice where it holds; each is the control of
//! the other.

use std::collections::BTreeMap;
use std::process::Child;
use std::thread;
use std::time::Duration;

use super::sink::{Fault, Sink};
use super::{OPEN, hand_over_to, mailing, states};
use crate::env::Env;

const MAILS: usize = 12;

/// A desk with so many replies that wait to be sent.
fn waiting(policy: &str, sink: &Sink) -> Env {
    waiting_mails(policy, sink, MAILS)
}

fn waiting_mails(policy: &str, sink: &Sink, mails: usize) -> Env {
    let mut env = mailing(&format!(
        "deliver = \"sweep\"\nunknown = \"{policy}\"\n[mail.notices]\nacknowledged = false"
    ));
    hand_over_to(&env, sink);
    env.does(OPEN);
    for n in 0..mails {
        // So that no cap holds them.
        env.pass(120);
        let _ = env.run(&["reply", "1", &format!("answer {n}")]).ok();
    }
    env
}

fn send(env: &Env) -> Child {
    env.command(&["outbox", "send"]).spawn().unwrap()
}

/// Sends until nothing is left, and kills each sender that the server lets wait.
fn send_with_kills(env: &mut Env, sink: &Sink) -> usize {
    let mut kills = 0;
    for _ in 0..100 {
        // What a killed sender had is free again.
        env.pass(20);
        let mut sender = send(env);
        let ended = loop {
            if sender.try_wait().unwrap().is_some() {
                break true;
            }
            if sink.takes_waiting() {
                sender.kill().unwrap();
                sender.wait().unwrap();
                break false;
            }
            thread::sleep(Duration::from_millis(2));
        };
        if ended {
            let all = states(env);
            if !all.contains("queued") && !all.contains("handing") && !all.contains("claimed") {
                return kills;
            }
        } else {
            kills += 1;
        }
    }
    panic!("it never ends: {}", states(env));
}

/// How often each mail arrived.
fn arrived(sink: &Sink) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    for mail in sink.received() {
        *times.entry(mail.header("Message-ID")).or_default() += 1;
    }
    times
}

#[test]
fn a_killed_sender_loses_nothing_or_sends_nothing_twice() {
    for policy in ["hold", "retry"] {
        let sink = Sink::new(Fault::WaitAfterEnd(4));
        let mut env = waiting(policy, &sink);
        let kills = send_with_kills(&mut env, &sink);
        assert!(kills > 1, "{kills}");
        let arrived = arrived(&sink);
        let twice = arrived.values().filter(|times| **times > 1).count();
        let unknown = states(&mut env).matches("unknown").count();
        // The server had each before the sender was killed.
        assert_eq!(arrived.len(), MAILS, "{policy}");
        if policy == "hold" {
            assert_eq!((twice, unknown), (0, kills));
        } else {
            assert_eq!(unknown, 0);
            assert!(twice > 0, "the control of the other policy");
        }
        env.does("desk verify");
    }
}

#[test]
fn a_sender_that_is_killed_before_the_message_has_sent_nothing() {
    let sink = Sink::new(Fault::WaitAtRecipient(4));
    let mut env = waiting("hold", &sink);
    assert!(send_with_kills(&mut env, &sink) > 1);
    let arrived = arrived(&sink);
    assert_eq!(arrived.len(), MAILS);
    assert!(arrived.values().all(|times| *times == 1), "{arrived:?}");
    assert_eq!(states(&mut env).matches("sent").count(), MAILS);
}

#[test]
fn two_senders_at_once_send_nothing_twice() {
    let sink = Sink::new(Fault::SlowEnd(20));
    let mut env = waiting("hold", &sink);
    env.pass(5);
    let mut senders: Vec<Child> = (0..3).map(|_| send(&env)).collect();
    for sender in &mut senders {
        assert!(sender.wait().unwrap().success());
    }
    let arrived = arrived(&sink);
    assert_eq!(arrived.len(), MAILS);
    assert!(arrived.values().all(|times| *times == 1), "{arrived:?}");
    assert_eq!(states(&mut env).matches("sent").count(), MAILS);
}

/// Kills senders at any moment while they send, at most so many, and then lets one
/// finish. Returns how many were killed.
fn send_with_random_kills(env: &mut Env, sink: &Sink, most: usize) -> usize {
    let mut random = 0x9e37_79b9_u64;
    let mut next = |below: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (random >> 33) % below
    };
    let mut kills = 0;
    while kills < most {
        env.pass(15);
        let before = sink.recipients();
        let mut sender = send(env);
        let mut ended = false;
        // In the middle of a mail: before, at or after its end.
        while sink.recipients() == before && !ended {
            ended = sender.try_wait().unwrap().is_some();
            thread::sleep(Duration::from_micros(200));
        }
        thread::sleep(Duration::from_micros(next(9_000)));
        if ended || sender.try_wait().unwrap().is_some() {
            break;
        }
        sender.kill().unwrap();
        sender.wait().unwrap();
        kills += 1;
    }
    for _ in 0..10 {
        env.pass(60);
        assert!(send(env).wait().unwrap().success());
    }
    kills
}

#[test]
#[ignore = "takes minutes: 100 kills while 150 mails are sent, twice"]
#[expect(clippy::print_stderr, reason = "the figures are what is wanted")]
fn a_hundred_kills_lose_nothing_or_send_nothing_twice() {
    const MANY: usize = 150;
    for policy in ["hold", "retry"] {
        let sink = Sink::new(Fault::SlowEnd(4));
        let mut env = waiting_mails(policy, &sink, MANY);
        let kills = send_with_random_kills(&mut env, &sink, 100);
        let arrived = arrived(&sink);
        let twice = arrived.values().filter(|times| **times > 1).count();
        let all = states(&mut env);
        let unknown = all.matches("unknown").count();
        let sent = all.matches("sent").count();
        eprintln!(
            "{policy}: {kills} kills, {} of {MANY} arrived, {twice} twice, {sent} sent, {unknown} unknown",
            arrived.len()
        );
        assert_eq!(kills, 100, "{policy}");
        // Nothing is in a state that nobody would ever end.
        assert_eq!(sent + unknown, MANY, "{policy}: {all}");
        if policy == "hold" {
            assert_eq!(twice, 0, "nothing is sent twice");
            assert!(
                arrived.len() + unknown >= MANY,
                "what did not arrive is listed"
            );
            assert!(unknown > 0, "{all}");
        } else {
            assert_eq!((arrived.len(), unknown), (MANY, 0), "nothing is lost");
            assert!(twice > 0, "the control of the other policy");
        }
        env.does("desk verify");
    }
}
