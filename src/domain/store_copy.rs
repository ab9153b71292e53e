//! Copies of a whole store: what for, how far they are, and what came of them.

/// What a copy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CopyKind {
    /// The copy takes the place of the store, which is marked as moved.
    Move,
    /// The store goes on, and the copy stands beside it: it sends no mail that
    /// nobody releases.
    Beside,
    /// A backup, as it is.
    Backup,
}

impl CopyKind {
    /// Whether the copy takes the place of the store.
    pub(crate) const fn moves(self) -> bool {
        match self {
            Self::Move => true,
            Self::Beside | Self::Backup => false,
        }
    }
}

/// How far a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CopyProgress {
    /// The store is verified.
    VerifyingSource,
    /// So many rows and tickets of so many were written.
    Copying { done: u64, all: u64 },
    /// The copy is verified.
    VerifyingCopy,
}

/// A finished copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CopyReport {
    /// Where the copy is.
    pub(crate) to: String,
    pub(crate) kind: CopyKind,
    pub(crate) store_id: String,
    pub(crate) events: u64,
    pub(crate) tickets: u64,
    /// The head of both chains as `seq:hash`.
    pub(crate) head: String,
    /// How many mails that were to be sent are on hold in the copy.
    pub(crate) held_mails: u64,
    /// Whether an earlier copy was complete but for its last step, which was done
    /// now.
    pub(crate) resumed: bool,
}
