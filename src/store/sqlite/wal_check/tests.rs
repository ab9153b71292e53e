//! Kinds of damage at every place of a log, and what is no damage.

use std::fs;
use std::io::Cursor;

use super::*;
use crate::store::sqlite::filesystem::wal_path;
use crate::testing::store::fixtures::{TestRng, fresh, opening, save};

const FRAME: usize = FRAME_HEADER + PAGE;

/// A log of five commits, and after which frame each of them ends.
struct Log {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

fn log() -> Log {
    let (home, store) = fresh();
    for id in 1..=5 {
        save(&store, &opening(id, "logged"));
    }
    drop(store);
    let bytes = fs::read(wal_path(&home.path().join("desk.db"))).unwrap();
    let frames = (bytes.len() - HEADER) / FRAME;
    let marked = |n: &usize| word(&bytes, HEADER + n * FRAME + 4) != 0;
    let ends: Vec<usize> = (0..frames).filter(marked).collect();
    assert_eq!((ends.len(), ends.last()), (5, Some(&(frames - 1))));
    Log { bytes, ends }
}

fn end(bytes: &[u8]) -> WalEnd {
    read(&mut Cursor::new(bytes)).unwrap().end
}

/// Where a frame begins.
const fn frame(number: usize) -> usize {
    HEADER + number * FRAME
}

fn rewritten(bytes: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> WalEnd {
    let mut bytes = bytes.to_vec();
    change(&mut bytes);
    end(&bytes)
}

type Damage = fn(&mut Vec<u8>, usize);

/// Each changes one frame.
const DAMAGES: &[(&str, Damage)] = &[
    ("page number", |log, at| log[at + 3] ^= 1),
    ("page number to zero", |log, at| log[at..at + 4].fill(0)),
    ("commit mark", |log, at| log[at + 5] ^= 0x10),
    ("first salt", |log, at| log[at + 8] ^= 0x80),
    ("second salt", |log, at| log[at + 15] ^= 1),
    ("first checksum", |log, at| log[at + 16] ^= 0x80),
    ("second checksum", |log, at| log[at + 23] ^= 1),
    ("page", |log, at| log[at + FRAME_HEADER + 4000] ^= 0x20),
    ("a zeroed sector", |log, at| {
        log[at + 512..at + 1024].fill(0);
    }),
    ("a zeroed frame", |log, at| log[at..at + FRAME].fill(0)),
    ("noise", |log, at| {
        let mut rng = TestRng(5);
        let noise = std::iter::repeat_with(|| rng.below(256).to_le_bytes()[0]);
        log.splice(at..at + FRAME, noise.take(FRAME));
    }),
];

#[test]
fn damage_before_the_last_commit_is_seen_wherever_and_whatever_it_is() {
    let Log { bytes, ends } = log();
    assert_eq!(end(&bytes), WalEnd::Clean);
    let second_last = ends[3];
    for (name, damage) in DAMAGES {
        for number in 0..=second_last {
            let mut damaged = bytes.clone();
            damage(&mut damaged, frame(number));
            // A sector may be all zeros.
            if damaged == bytes {
                continue;
            }
            let found = end(&damaged);
            let lost = ends.iter().filter(|end| **end >= number).count() as u64;
            let WalEnd::Damaged { commits } = found else {
                // All that is left of two commits is the frames of the last.
                let whole = matches!(*name, "a zeroed frame" | "noise");
                assert!(
                    whole && number == second_last,
                    "{name} in {number}: {found:?}"
                );
                continue;
            };
            // A frame may have lost its mark, or got one.
            assert!(
                commits.abs_diff(lost) <= 1,
                "{name} in {number}: {commits} of {lost}"
            );
        }
    }
}

#[test]
fn damage_in_the_last_commit_alone_looks_like_an_interrupted_one() {
    let Log { bytes, ends } = log();
    for (name, damage) in DAMAGES {
        for number in ends[3] + 1..=ends[4] {
            let found = rewritten(&bytes, |log| damage(log, frame(number)));
            // A mark in the middle of a transaction makes it two.
            let one = matches!(found, WalEnd::Cut | WalEnd::Clean);
            assert!(
                one || *name == "commit mark",
                "{name} in {number}: {found:?}"
            );
        }
    }
}

#[test]
fn damage_to_the_header_is_seen_in_every_byte() {
    let Log { bytes, .. } = log();
    let all = WalEnd::Damaged { commits: 5 };
    for byte in 0..HEADER {
        for bit in 0..8 {
            let found = rewritten(&bytes, |log| log[byte] ^= 1 << bit);
            assert_eq!(found, all, "bit {bit} of byte {byte}");
        }
    }
    assert_eq!(rewritten(&bytes, |log| log[..HEADER].fill(0)), all);
    assert_eq!(rewritten(&bytes, |log| log[..HEADER].fill(0xFF)), all);
    let WalEnd::Damaged { commits } = rewritten(&bytes, |log| log[..frame(2)].fill(0)) else {
        panic!("header and frames are gone");
    };
    assert!(commits >= 4);
}

#[test]
fn a_log_that_a_crash_cut_anywhere_is_not_damaged() {
    let Log { bytes, ends } = log();
    for length in (0..bytes.len()).step_by(331) {
        let found = end(&bytes[..length]);
        assert_eq!(found, WalEnd::Clean, "{length}");
    }
    // A file system may have made room for what it had not yet written.
    for from in frame(ends[3] + 1)..bytes.len() {
        if from % 331 == 0 {
            let found = rewritten(&bytes, |log| log[from..].fill(0));
            assert!(matches!(found, WalEnd::Clean | WalEnd::Cut), "{from}");
        }
    }
}

/// A log of these frames, each with a page that holds its number, a commit
/// mark and a generation. `after` says after which frame it was written, if
/// that is not the one before.
fn written(order: ByteOrder, frames: &[(u32, bool, u32, Option<usize>)]) -> Vec<u8> {
    let mut log = Vec::new();
    let magic = MAGIC | u32::from(matches!(order, ByteOrder::Big));
    let (salt, other_salt) = (frames[0].2, frames[0].2.wrapping_mul(77));
    for word in [magic, 3_007_000, 4096, 0, salt, other_salt] {
        log.extend(word.to_be_bytes());
    }
    let start = order.sum((0, 0), &log);
    log.extend(start.0.to_be_bytes());
    log.extend(start.1.to_be_bytes());
    let mut sums: Vec<Sum> = Vec::new();
    for (content, commits, salt, after) in frames {
        let page = vec![content.to_le_bytes()[0]; PAGE];
        let mut bytes = Vec::new();
        for word in [
            *content,
            u32::from(*commits) * 9,
            *salt,
            salt.wrapping_mul(77),
        ] {
            bytes.extend(word.to_be_bytes());
        }
        let before = match after {
            Some(number) => sums[*number],
            None => sums.last().copied().unwrap_or(start),
        };
        let sum = order.sum(order.sum(before, &bytes[..8]), &page);
        bytes.extend(sum.0.to_be_bytes());
        bytes.extend(sum.1.to_be_bytes());
        bytes.extend(page);
        sums.push(sum);
        log.extend(bytes);
    }
    log
}

#[test]
fn both_byte_orders_are_read() {
    for order in [ByteOrder::Big, ByteOrder::Little] {
        let frames: Vec<_> = (1..=6).map(|n| (n, n % 2 == 0, 8, None)).collect();
        let log = written(order, &frames);
        assert_eq!(end(&log), WalEnd::Clean);
        let damaged = WalEnd::Damaged { commits: 3 };
        assert_eq!(rewritten(&log, |log| log[frame(1) + 99] ^= 1), damaged);
        assert_eq!(rewritten(&log, |log| log[3] ^= 1), damaged);
    }
}

#[test]
fn what_an_older_generation_or_a_killed_writer_left_behind_the_end_is_not_damage() {
    let new = |n: u32, commits: bool| (n, commits, 8, None);
    let old = |n: u32| (n, true, 7, None);
    let left = |n: u32, commits: bool, after: usize| (n, commits, 8, Some(after));
    let order = ByteOrder::Little;
    let older = [new(1, false), new(2, true), old(3), old(4), old(5)];
    assert_eq!(end(&written(order, &older)), WalEnd::Clean);
    // One writer was killed when it had written frames 3 to 6 and had told
    // nobody, and another when it had overwritten 3 and 4; then 3 was written.
    let killed = [
        new(1, true),
        new(2, true),
        left(3, false, 1),
        left(14, true, 0),
        left(25, false, 1),
        left(26, true, 4),
    ];
    let mut log = written(order, &killed);
    assert_eq!(end(&log), WalEnd::Cut);
    // The control: the same frames, one after the other.
    let durable = killed.map(|(n, commits, salt, _)| (n, commits, salt, None));
    log = written(order, &durable);
    assert_eq!(end(&log), WalEnd::Clean);
    log[frame(2) + 50] ^= 1;
    assert_eq!(end(&log), WalEnd::Damaged { commits: 2 });
}

#[test]
fn a_flipped_bit_that_takes_a_commit_mark_is_seen() {
    let frames = [(1, true), (2, false), (3, true), (4, false), (5, true)];
    let frames = frames.map(|(n, commits)| (n, commits, 8, None));
    let mut log = written(ByteOrder::Little, &frames);
    // The mark is 9 pages; of 8 pages it is a single bit.
    let at = frame(2);
    log[at + 7] = 8;
    let mut before = (word(&log, frame(1) + 16), word(&log, frame(1) + 20));
    for number in 2..5 {
        let at = frame(number);
        before = ByteOrder::Little.sum_of_frame(before, &log[at..at + FRAME]);
        log[at + 16..at + 20].copy_from_slice(&before.0.to_be_bytes());
        log[at + 20..at + 24].copy_from_slice(&before.1.to_be_bytes());
    }
    assert_eq!(end(&log), WalEnd::Clean);
    let found = rewritten(&log, |log| log[at + 7] = 0);
    assert_eq!(found, WalEnd::Damaged { commits: 2 });
}

#[test]
fn a_log_that_changes_between_two_looks_is_not_called_damaged() {
    let look = |header: u8, bad: u64, settled: bool, commits: u64| Look {
        header: [header; HEADER],
        settled,
        bad: Some(bad),
        end: WalEnd::Damaged { commits },
    };
    let first = look(1, 5, true, 3);
    assert!(look(1, 5, true, 4).confirms(&first));
    assert!(!look(1, 6, true, 3).confirms(&first));
    assert!(!look(2, 5, true, 3).confirms(&first));
    assert!(!look(1, 5, false, 3).confirms(&first));
    let clean = Look {
        end: WalEnd::Cut,
        ..look(1, 5, true, 3)
    };
    assert!(!clean.confirms(&first));
    assert!(!first.confirms(&clean));
}
