//! The chain of evidence: what is hashed, and how. Every part is tagged and
//! carries its length, so that no two inputs read the same. Stores nothing.

use sha2::{Digest, Sha256};

/// The length of a link and of a salt, in bytes.
pub(super) const LENGTH: usize = 32;

pub(super) type Hash = [u8; LENGTH];

/// A hash under construction over unambiguous parts.
struct Parts(Sha256);

impl Parts {
    fn new(tag: &str) -> Self {
        Self(Sha256::new()).bytes(tag.as_bytes())
    }

    fn bytes(mut self, part: &[u8]) -> Self {
        let length = u64::try_from(part.len()).expect("no slice is longer than 2^64 bytes");
        self.0.update(length.to_be_bytes());
        self.0.update(part);
        self
    }

    fn number(mut self, number: i64) -> Self {
        self.0.update(number.to_be_bytes());
        self
    }

    fn end(self) -> Hash {
        self.0.finalize().into()
    }
}

/// The identity of a store, on which its chain is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Root {
    /// 16 random bytes in hexadecimal.
    pub(super) store: String,
    pub(super) created_ms: i64,
}

impl Root {
    /// What the first event is linked to.
    pub(super) fn genesis(&self) -> Hash {
        Parts::new("desk genesis 1")
            .bytes(self.store.as_bytes())
            .number(self.created_ms)
            .end()
    }

    /// The link that an event adds after `prev`.
    pub(super) fn link(&self, prev: &[u8], link: &Link<'_>) -> Hash {
        Parts::new("desk event 1")
            .bytes(self.store.as_bytes())
            .bytes(prev)
            .number(link.seq)
            .number(link.at_ms)
            .number(link.recorded_ms)
            .bytes(link.actor.as_bytes())
            .bytes(link.kind.as_bytes())
            .number(link.ticket)
            .number(link.n)
            .bytes(link.body.as_bytes())
            .end()
    }
}

/// An event as it is hashed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link<'a> {
    pub(super) seq: i64,
    pub(super) ticket: i64,
    pub(super) n: i64,
    pub(super) at_ms: i64,
    pub(super) recorded_ms: i64,
    pub(super) actor: &'a str,
    pub(super) kind: &'a str,
    pub(super) body: &'a str,
}

/// What an event's body holds instead of a text: it proves the text while
/// that is there, and tells nothing of it once the salt is gone.
pub(super) fn commitment(salt: &[u8], seq: i64, path: &str, value: &str) -> String {
    let hash = Parts::new("desk field 1")
        .bytes(salt)
        .number(seq)
        .bytes(path.as_bytes())
        .bytes(value.as_bytes())
        .end();
    hex(&hash)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> Root {
        Root {
            store: "00112233445566778899aabbccddeeff".into(),
            created_ms: 1_767_225_600_000,
        }
    }

    const LINK: Link<'static> = Link {
        seq: 1,
        ticket: 1,
        n: 1,
        at_ms: 5,
        recorded_ms: 6,
        actor: "anna",
        kind: "resumed",
        body: "{}",
    };

    #[test]
    fn the_hashes_are_frozen() {
        insta::assert_snapshot!(hex(&root().genesis()), @"dca7b47c5756896fea1724287e3cabc2921c33e34cd700194f292b4708d3f538");
        insta::assert_snapshot!(hex(&root().link(&root().genesis(), &LINK)), @"99d24c49c04cc4b34b5df1e96f1737e0849aafa4f8dfffeb316e7ae62fba8d4a");
        insta::assert_snapshot!(commitment(&[7; 32], 3, "title", "VPN drops"), @"3ab9d850e69d7c82ece64b4af0ead4a8fed37d157b197ebfc4eae4f8d30c0c09");
    }

    #[test]
    fn every_part_matters_and_no_part_runs_into_the_next() {
        let genesis = root().genesis();
        let link = |change: &dyn Fn(&mut Link<'static>)| {
            let mut link = LINK;
            change(&mut link);
            root().link(&genesis, &link)
        };
        let changed = [
            link(&|_| ()),
            link(&|l| l.seq = 2),
            link(&|l| l.ticket = 2),
            link(&|l| l.n = 2),
            link(&|l| l.at_ms = 6),
            link(&|l| l.recorded_ms = 5),
            link(&|l| l.actor = "annar"),
            link(&|l| l.kind = "paused"),
            link(&|l| {
                l.actor = "annar";
                l.kind = "esumed";
            }),
            link(&|l| l.body = "{\"a\":1}"),
            root().link(&[1; 32], &LINK),
        ];
        let different: std::collections::BTreeSet<_> = changed.iter().collect();
        assert_eq!(different.len(), changed.len());
        let texts = [
            commitment(&[7; 32], 3, "title", "a"),
            commitment(&[8; 32], 3, "title", "a"),
            commitment(&[7; 32], 4, "title", "a"),
            commitment(&[7; 32], 3, "titlea", ""),
            commitment(&[7; 32], 3, "titl", "ea"),
        ];
        let different: std::collections::BTreeSet<_> = texts.iter().collect();
        assert_eq!(different.len(), texts.len());
    }
}
