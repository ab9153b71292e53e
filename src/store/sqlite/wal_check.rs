//! A check of the write-ahead log, frame by frame, by SQLite's file format.
//! SQLite silently ignores a log from its first bad frame on; this detects when
//! that is more than an interrupted last commit.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// How a log ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WalEnd {
    /// With its last commit, or with a transaction that was not committed.
    Clean,
    /// With one unreadable commit: interrupted by a crash, or damaged.
    Cut,
    /// With several unreadable commits: each was durable before the next began.
    Damaged { commits: u64 },
}

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// The magic number, without the bit for the byte order.
const MAGIC: u32 = 0x377F_0682;

/// Checks a log; a missing one is clean. The log may grow meanwhile, so that a
/// bad result is checked again.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn check(log: &Path) -> io::Result<WalEnd> {
    let mut end = once(log)?;
    for _ in 0..2 {
        if end == WalEnd::Clean {
            break;
        }
        end = once(log)?;
    }
    Ok(end)
}

/// Reads beside an open connection: SQLite locks the store and its index, not
/// the log, so that closing the log here drops no lock.
fn once(log: &Path) -> io::Result<WalEnd> {
    match File::open(log) {
        Ok(file) => read(&mut BufReader::new(file)),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(WalEnd::Clean),
        Err(fault) => Err(fault),
    }
}

fn read(log: &mut impl Read) -> io::Result<WalEnd> {
    let mut header = [0; HEADER];
    if !fill(log, &mut header)? {
        return Ok(WalEnd::Clean);
    }
    let magic = word(&header, 0);
    let mut sum = Sum {
        big_endian: magic & 1 == 1,
        pair: (0, 0),
    };
    sum.add(&header[..24]);
    let mut intact = magic & !1 == MAGIC & !1 && sum.pair == (word(&header, 24), word(&header, 28));
    let page = match usize::try_from(word(&header, 8)) {
        Ok(size) if size.is_power_of_two() && (512..=65_536).contains(&size) => size,
        Ok(_) | Err(_) => {
            intact = false;
            PAGE
        }
    };
    // Without a header the first frame says which generation this is.
    let mut salt = intact.then(|| salt_of(&header, 16));
    let mut lost = 0;
    let mut frame = vec![0; FRAME_HEADER + page];
    while fill(log, &mut frame)? {
        let current = *salt.get_or_insert_with(|| salt_of(&frame, 8));
        let found = salt_of(&frame, 8);
        if intact {
            sum.add(&frame[..8]);
            sum.add(&frame[FRAME_HEADER..]);
            intact = found == current
                && word(&frame, 0) != 0
                && sum.pair == (word(&frame, 16), word(&frame, 20));
        }
        // A frame of an older generation differs in both halves of the salt;
        // one that differs in one half is damaged.
        let same = found.0 == current.0 || found.1 == current.1;
        let commits = word(&frame, 4) != 0;
        if !intact && same && commits {
            lost += 1;
        }
    }
    Ok(match lost {
        0 => WalEnd::Clean,
        1 => WalEnd::Cut,
        commits => WalEnd::Damaged { commits },
    })
}

/// The page size that is assumed if the log's header is damaged.
const PAGE: usize = 4096;

/// Fills a buffer. Returns false if the file ends first.
fn fill(log: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match log.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(fault) if fault.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(fault) => Err(fault),
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    let four = bytes[at..at + 4].try_into();
    u32::from_be_bytes(four.expect("four bytes were taken"))
}

fn salt_of(bytes: &[u8], at: usize) -> (u32, u32) {
    (word(bytes, at), word(bytes, at + 4))
}

/// The running checksum of a log.
struct Sum {
    big_endian: bool,
    pair: (u32, u32),
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        let read = |four: &[u8]| {
            let four = four.try_into().expect("chunks of four bytes");
            if self.big_endian {
                u32::from_be_bytes(four)
            } else {
                u32::from_le_bytes(four)
            }
        };
        let (mut first, mut second) = self.pair;
        for eight in bytes.chunks_exact(8) {
            first = first.wrapping_add(read(&eight[..4])).wrapping_add(second);
            second = second.wrapping_add(read(&eight[4..])).wrapping_add(first);
        }
        self.pair = (first, second);
    }
}
