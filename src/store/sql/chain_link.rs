//! Events of the chain on their way into the store.

/// A sealed event of the chain, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChainLink {
    pub(crate) seq: i64,
    pub(crate) ticket: Option<i64>,
    pub(crate) n: i64,
    pub(crate) at_ms: i64,
    pub(crate) recorded_ms: i64,
    pub(crate) actor: i64,
    pub(crate) kind: String,
    pub(crate) body: String,
    pub(crate) prev: Vec<u8>,
    pub(crate) hash: Vec<u8>,
    pub(crate) fields: Vec<LinkText>,
}

/// A text of an event, which is stored beside the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinkText {
    pub(crate) path: String,
    pub(crate) salt: Vec<u8>,
    pub(crate) value: String,
}
