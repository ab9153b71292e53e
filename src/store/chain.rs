//! The hash chain over events and policy versions. Every input is tagged and
//! length-prefixed, so that no two inputs collide by concatenation. Stores
//! nothing.

use sha2::{Digest, Sha256};

use super::StoreError;

/// The length of a hash and of a salt, in bytes.
pub(super) const LENGTH: usize = 32;

pub(super) type Hash = [u8; LENGTH];

/// The input of a hash, as tagged and length-prefixed parts.
struct HashInput(Sha256);

impl HashInput {
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

    fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

/// The plain SHA-256 of a content that comes in pieces.
#[derive(Default)]
pub(super) struct PlainHasher(Sha256);

impl PlainHasher {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(super) fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

/// The identity of a store, which every hash of its chain covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ChainIdentity {
    /// 16 random bytes in hexadecimal.
    pub(super) store: String,
    pub(super) created_ms: i64,
}

impl ChainIdentity {
    /// The hash that precedes the first event.
    pub(super) fn genesis(&self) -> Hash {
        HashInput::new("desk genesis 1")
            .bytes(self.store.as_bytes())
            .number(self.created_ms)
            .finish()
    }

    /// The hash of an event that follows the hash `prev`.
    pub(super) fn hash(&self, prev: &[u8], event: &ChainedEvent<'_>) -> Hash {
        let form = match event.actor {
            StoredActor::Name(_) => "desk event 1",
            StoredActor::Number(_) => "desk event 2",
        };
        let input = HashInput::new(form)
            .bytes(self.store.as_bytes())
            .bytes(prev)
            .number(event.seq)
            .number(event.at_ms)
            .number(event.recorded_ms);
        let input = match event.actor {
            StoredActor::Name(name) => input.bytes(name.as_bytes()),
            StoredActor::Number(number) => input.number(*number),
        };
        input
            .bytes(event.kind.as_bytes())
            .number(event.ticket)
            .number(event.n)
            .bytes(event.body.as_bytes())
            .finish()
    }
}

/// Who caused an event, as it is stored and hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StoredActor {
    /// The number of a person; 0 is desk itself.
    Number(i64),
    /// The name, in events of versions before 0.3.
    Name(String),
}

/// The parts of an event that are hashed.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChainedEvent<'a> {
    pub(super) seq: i64,
    /// 0 for an event of the desk itself.
    pub(super) ticket: i64,
    pub(super) n: i64,
    pub(super) at_ms: i64,
    pub(super) recorded_ms: i64,
    pub(super) actor: &'a StoredActor,
    pub(super) kind: &'a str,
    pub(super) body: &'a str,
}

/// A salted commitment to a text, stored in the event's body instead of it:
/// verifies the text, and reveals nothing once salt and text are erased.
pub(super) fn commitment(salt: &[u8], seq: i64, path: &str, value: &str) -> String {
    let hash = HashInput::new("desk field 1")
        .bytes(salt)
        .number(seq)
        .bytes(path.as_bytes())
        .bytes(value.as_bytes())
        .finish();
    hex(&hash)
}

/// Identifies a row of an import by its digest, under a secret key: without the
/// key, nobody can tell whether a row that they know was imported.
pub(super) fn row_fingerprint(key: &str, digest: &str) -> String {
    let hash = HashInput::new("desk row 1")
        .bytes(key.as_bytes())
        .bytes(digest.as_bytes())
        .finish();
    hex(&hash[..8])
}

/// What shows that a mail belongs to a ticket: without the key, nobody can name
/// it.
pub(super) fn mail_token(key: &str, ticket: i64) -> String {
    let hash = HashInput::new("desk mail token")
        .bytes(key.as_bytes())
        .number(ticket)
        .finish();
    base32(&hash, 10)
}

/// What shows that a mail is from a store, also from one with a copied key.
pub(super) fn mail_store_id(key: &str, store: &str) -> String {
    let hash = HashInput::new("desk mail store")
        .bytes(key.as_bytes())
        .bytes(store.as_bytes())
        .finish();
    base32(&hash, 16)
}

/// The first characters of bytes in base 32, lower case, `a` to `z` and `2` to
/// `7`.
pub(super) fn base32(bytes: &[u8], length: usize) -> String {
    const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bit = |n: usize| usize::from(bytes[n / 8] >> (7 - n % 8) & 1);
    let digit = |n: usize| (0..5).fold(0, |value, b| value << 1 | bit(5 * n + b));
    (0..length).map(|n| char::from(DIGITS[digit(n)])).collect()
}

/// The digest by which the text of a repeated alarm is found. Nothing is chained
/// to it, so that it goes when the text is erased.
pub(super) fn alarm_digest(text: &str) -> Hash {
    HashInput::new("desk alarm 1")
        .bytes(text.as_bytes())
        .finish()
}

/// The digest by which a received mail is recognized.
pub(super) fn mail_digest(bytes: &[u8]) -> Hash {
    HashInput::new("desk mail 1").bytes(bytes).finish()
}

/// The digest by which messages that say the same are recognized.
pub(super) fn message_digest(says: &[&[u8]]) -> Hash {
    let input = HashInput::new("desk message 1");
    let input = says.iter().fold(input, |input, part| input.bytes(part));
    input.finish()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)]);
        text.push(DIGITS[usize::from(byte & 15)]);
    }
    text
}

/// Fills a buffer with random bytes.
///
/// # Errors
/// [`StoreError::Failed`] if the operating system has none.
pub(super) fn fill_random(bytes: &mut [u8]) -> Result<(), StoreError> {
    getrandom::fill(bytes).map_err(|fault| StoreError::Failed {
        detail: format!("no random numbers: {fault}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> ChainIdentity {
        ChainIdentity {
            store: "00112233445566778899aabbccddeeff".into(),
            created_ms: 1_767_225_600_000,
        }
    }

    const ANNA: StoredActor = StoredActor::Number(1);
    const BEN: StoredActor = StoredActor::Number(2);

    const EVENT: ChainedEvent<'static> = ChainedEvent {
        seq: 1,
        ticket: 1,
        n: 1,
        at_ms: 5,
        recorded_ms: 6,
        actor: &ANNA,
        kind: "resumed",
        body: "{}",
    };

    fn named(name: &str) -> &'static StoredActor {
        Box::leak(Box::new(StoredActor::Name(name.to_owned())))
    }

    #[test]
    fn the_hashes_are_frozen() {
        insta::assert_snapshot!(hex(&identity().genesis()), @"dca7b47c5756896fea1724287e3cabc2921c33e34cd700194f292b4708d3f538");
        let old = ChainedEvent {
            actor: named("anna"),
            ..EVENT
        };
        insta::assert_snapshot!(hex(&identity().hash(&identity().genesis(), &EVENT)), @"81ad35b1842962e75231d87d503b9364701485b4308281cec050a99b5bb26bde");
        insta::assert_snapshot!(row_fingerprint(&"07".repeat(32), "00ff00ff00ff00ff"), @"e8ee656c25528901");
        insta::assert_snapshot!(mail_token(&"07".repeat(32), 42), @"7odw3mtz4q");
        insta::assert_snapshot!(mail_store_id(&"07".repeat(32), "0011"), @"znzcdavmvnov6zbq");
        insta::assert_snapshot!(hex(&identity().hash(&identity().genesis(), &old)), @"99d24c49c04cc4b34b5df1e96f1737e0849aafa4f8dfffeb316e7ae62fba8d4a");
        insta::assert_snapshot!(commitment(&[7; 32], 3, "title", "VPN drops"), @"3ab9d850e69d7c82ece64b4af0ead4a8fed37d157b197ebfc4eae4f8d30c0c09");
    }

    #[test]
    fn base_32_is_that_of_rfc_4648() {
        assert_eq!(base32(b"foobar", 9), "mzxw6ytbo");
    }

    #[test]
    fn every_part_is_hashed_and_parts_are_separated() {
        let genesis = identity().genesis();
        let hash = |change: &dyn Fn(&mut ChainedEvent<'static>)| {
            let mut event = EVENT;
            change(&mut event);
            identity().hash(&genesis, &event)
        };
        let changed = [
            hash(&|_| ()),
            hash(&|e| e.seq = 2),
            hash(&|e| e.ticket = 2),
            hash(&|e| e.n = 2),
            hash(&|e| e.at_ms = 6),
            hash(&|e| e.recorded_ms = 5),
            hash(&|e| e.actor = &BEN),
            hash(&|e| e.kind = "paused"),
            hash(&|e| e.actor = named("anna")),
            hash(&|e| {
                e.actor = named("annar");
                e.kind = "esumed";
            }),
            hash(&|e| e.body = "{\"a\":1}"),
            identity().hash(&[1; 32], &EVENT),
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
