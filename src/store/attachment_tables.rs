//! The part of the storage port that keeps the content of attached files, under
//! its digest and in chunks. [`super::Transaction::save`] notes where it is used.

use std::fmt;

use super::StoreError;
use super::chain::{self, Hash};

/// The size of a chunk, in bytes; the last one of a file is shorter.
pub(crate) const CHUNK: usize = 256 * 1024;

/// The digest of a file's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ContentDigest(pub(in crate::store) Hash);

impl ContentDigest {
    /// Reads hexadecimal digits; `None` for anything else, such as an erased text.
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let mut hash = [0; chain::LENGTH];
        let digits = typed.as_bytes();
        if digits.len() != 2 * hash.len() {
            return None;
        }
        for (byte, pair) in hash.iter_mut().zip(digits.chunks(2)) {
            let pair = std::str::from_utf8(pair).ok()?;
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        Some(Self(hash))
    }
}

impl fmt::Display for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&chain::hex(&self.0))
    }
}

/// Computes the digest of a content that comes in pieces.
#[derive(Default)]
pub(crate) struct ContentHasher {
    hasher: chain::PlainHasher,
    size: u64,
}

impl ContentHasher {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.hasher.add(bytes);
        self.size += bytes.len() as u64;
    }

    /// The number of bytes so far.
    pub(crate) const fn size(&self) -> u64 {
        self.size
    }

    pub(crate) fn finish(self) -> ContentDigest {
        ContentDigest(self.hasher.finish())
    }
}

/// Reads and writes of the content of attached files.
pub(crate) trait AttachmentTables {
    /// Whether the content with this digest is stored.
    fn has_content(&self, digest: ContentDigest) -> Result<bool, StoreError>;

    /// Whether a file has the content with this digest.
    fn is_attached(&self, digest: ContentDigest) -> Result<bool, StoreError>;

    /// Adds a chunk, numbered from 0, of a content that is not stored yet.
    fn add_chunk(&mut self, digest: ContentDigest, n: u32, bytes: &[u8]) -> Result<(), StoreError>;

    /// A chunk; `None` behind the last one.
    fn chunk(&self, digest: ContentDigest, n: u32) -> Result<Option<Vec<u8>>, StoreError>;
}
