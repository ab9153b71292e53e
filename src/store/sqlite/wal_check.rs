//! A check of the write-ahead log, frame by frame, by SQLite's file format.
//! SQLite silently ignores a log from its first bad frame on, and the next
//! write overwrites the rest; this detects when that is more than an
//! interrupted last commit. Takes no locks.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
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
/// The page size that is assumed if the log's header is damaged: that of every
/// store.
const PAGE: usize = 4096;

/// Checks a log; a missing one is clean.
///
/// Others may write meanwhile, so that damage counts only when it is seen
/// twice, at the same frame and under the same header. What is behind a frame
/// was written after it, and a frame is not written again before the header
/// changes: the second look at a frame that was still being written finds it
/// complete.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn check(log: &Path) -> io::Result<WalEnd> {
    let mut last = look(log)?;
    for _ in 0..LOOKS {
        match last.end {
            WalEnd::Clean | WalEnd::Cut => return Ok(last.end),
            WalEnd::Damaged { .. } => {}
        }
        let next = look(log)?;
        if next.confirms(&last) {
            return Ok(next.end);
        }
        last = next;
    }
    // What was never the same twice is in use, and in order.
    Ok(WalEnd::Clean)
}

/// How often a log that others write to is looked at again.
const LOOKS: usize = 10;

/// What one look at a log found.
#[derive(Debug)]
struct Look {
    header: [u8; HEADER],
    /// Whether the header was the same before and after.
    settled: bool,
    /// The first frame that SQLite does not read.
    bad: Option<u64>,
    end: WalEnd,
}

impl Look {
    fn confirms(&self, earlier: &Self) -> bool {
        let damaged = |look: &Self| matches!(look.end, WalEnd::Damaged { .. });
        let same = self.header == earlier.header && self.bad == earlier.bad;
        self.settled && same && damaged(self) && damaged(earlier)
    }

    const fn at_nothing() -> Self {
        Self {
            header: [0; HEADER],
            settled: true,
            bad: None,
            end: WalEnd::Clean,
        }
    }
}

/// Reads beside an open connection: SQLite locks the store and its index, not
/// the log, so that closing the log here drops no lock.
fn look(log: &Path) -> io::Result<Look> {
    match File::open(log) {
        Ok(file) => read(&mut BufReader::with_capacity(1 << 16, file)),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(Look::at_nothing()),
        Err(fault) => Err(fault),
    }
}

fn read(log: &mut (impl Read + Seek)) -> io::Result<Look> {
    let mut header = [0; HEADER];
    if !fill(log, &mut header)? {
        return Ok(Look::at_nothing());
    }
    let mut scan = Scan::new(&header);
    scan.read(log)?;
    if !scan.header_is_intact && !matches!(scan.end(), WalEnd::Damaged { .. }) {
        // The byte order may be what is damaged.
        let mut other = Scan::new(&header);
        other.order = other.order.other();
        log.seek(io::SeekFrom::Start(HEADER as u64))?;
        other.read(log)?;
        if matches!(other.end(), WalEnd::Damaged { .. }) {
            scan = other;
        }
    }
    let mut after = [0; HEADER];
    log.seek(io::SeekFrom::Start(0))?;
    let settled = fill(log, &mut after)? && after == header;
    Ok(Look {
        header,
        settled,
        bad: scan.bad,
        end: scan.end(),
    })
}

/// One pass over the frames of a log.
struct Scan {
    order: ByteOrder,
    page: usize,
    header_is_intact: bool,
    /// The salt of the frames of this generation of the log. Without a header,
    /// the frames say which generation it is.
    salt: Option<Salt>,
    frame: u64,
    /// The first frame that SQLite does not read.
    bad: Option<u64>,
    /// The checksums that the next frame may continue: as stored in the last
    /// frame, and as calculated over it.
    before: [Sum; 2],
    /// The unreadable commits in an unbroken run of frames. A process that is
    /// killed between writing its last frame and publishing it leaves one
    /// commit that nobody was told of, and a shorter transaction may overwrite
    /// its head only. Two commits in one run were published.
    in_run: u64,
    lost: u64,
    damaged: bool,
}

impl Scan {
    fn new(header: &[u8; HEADER]) -> Self {
        let magic = word(header, 0);
        let order = if magic & 1 == 1 {
            ByteOrder::Big
        } else {
            ByteOrder::Little
        };
        let stored = (word(header, 24), word(header, 28));
        let computed = order.sum((0, 0), &header[..24]);
        let size = usize::try_from(word(header, 8)).unwrap_or(0);
        let usual = size.is_power_of_two() && (512..=65_536).contains(&size);
        let intact = magic & !1 == MAGIC && stored == computed && usual;
        Self {
            order,
            page: if intact { size } else { PAGE },
            header_is_intact: intact,
            salt: intact.then(|| salt_of(header, 16)),
            frame: 0,
            bad: (!intact).then_some(0),
            before: [stored, computed],
            in_run: 0,
            lost: 0,
            damaged: false,
        }
    }

    fn read(&mut self, log: &mut impl Read) -> io::Result<()> {
        let mut frame = vec![0; FRAME_HEADER + self.page];
        while fill(log, &mut frame)? {
            if self.bad.is_none() {
                self.take_readable(&frame);
            }
            if self.bad.is_some() {
                self.take_unreadable(&frame);
            }
            self.frame += 1;
        }
        Ok(())
    }

    /// Takes a frame as SQLite does, as long as it reads the log.
    fn take_readable(&mut self, frame: &[u8]) {
        let stored = stored_sum(frame);
        let same = self.salt == Some(salt_of(frame, 8));
        let computed = self.order.sum_of_frame(self.before[0], frame);
        if same && word(frame, 0) != 0 && stored == computed {
            self.before = [stored, stored];
        } else {
            self.bad = Some(self.frame);
        }
    }

    /// Counts the commits that SQLite does not read.
    fn take_unreadable(&mut self, frame: &[u8]) {
        let found = salt_of(frame, 8);
        let salt = *self.salt.get_or_insert(found);
        // A frame of an older generation differs in both halves of the salt;
        // one that differs in one half is damaged.
        if found.0 != salt.0 && found.1 != salt.1 {
            self.in_run = 0;
            if !self.header_is_intact && !self.damaged {
                self.salt = Some(found);
            }
            if self.header_is_intact {
                return;
            }
        }
        let stored = stored_sum(frame);
        let computed = self.before.map(|sum| self.order.sum_of_frame(sum, frame));
        let first = self.bad == Some(self.frame);
        if !computed.contains(&stored) {
            self.in_run = 0;
        }
        if word(frame, 4) != 0 || (first && self.lost_its_mark(frame)) {
            self.in_run += 1;
            self.lost += 1;
            self.damaged |= self.in_run > 1;
        }
        self.before = [stored, computed[0]];
    }

    /// Whether a single flipped bit took the commit mark of a frame.
    fn lost_its_mark(&self, frame: &[u8]) -> bool {
        let mut marked = frame.to_vec();
        (0..32).any(|bit| {
            marked[4..8].copy_from_slice(&(1_u32 << bit).to_be_bytes());
            self.order.sum_of_frame(self.before[0], &marked) == stored_sum(frame)
        })
    }

    const fn end(&self) -> WalEnd {
        match self.lost {
            0 => WalEnd::Clean,
            commits if self.damaged => WalEnd::Damaged { commits },
            _ => WalEnd::Cut,
        }
    }
}

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

type Salt = (u32, u32);

fn salt_of(bytes: &[u8], at: usize) -> Salt {
    (word(bytes, at), word(bytes, at + 4))
}

/// The running checksum of a log.
type Sum = (u32, u32);

fn stored_sum(frame: &[u8]) -> Sum {
    (word(frame, 16), word(frame, 20))
}

/// The byte order in which checksums are calculated.
#[derive(Debug, Clone, Copy)]
enum ByteOrder {
    Big,
    Little,
}

impl ByteOrder {
    const fn other(self) -> Self {
        match self {
            Self::Big => Self::Little,
            Self::Little => Self::Big,
        }
    }

    fn sum_of_frame(self, before: Sum, frame: &[u8]) -> Sum {
        let sum = self.sum(before, &frame[..8]);
        self.sum(sum, &frame[FRAME_HEADER..])
    }

    fn sum(self, before: Sum, bytes: &[u8]) -> Sum {
        let (mut first, mut second) = before;
        let (words, _) = bytes.as_chunks::<4>();
        let (pairs, _) = words.as_chunks::<2>();
        for [a, b] in pairs {
            let (a, b) = match self {
                Self::Big => (u32::from_be_bytes(*a), u32::from_be_bytes(*b)),
                Self::Little => (u32::from_le_bytes(*a), u32::from_le_bytes(*b)),
            };
            first = first.wrapping_add(a).wrapping_add(second);
            second = second.wrapping_add(b).wrapping_add(first);
        }
        (first, second)
    }
}

#[cfg(test)]
mod tests;
