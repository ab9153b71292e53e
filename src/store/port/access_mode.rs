//! What a store or a transaction is used for.

/// What a store or a transaction is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccessMode {
    Read,
    /// A transaction excludes every other writer from its beginning, so that what
    /// it reads stays true until the commit.
    Write,
    /// A transaction that only reads and changes tickets whose histories it loads,
    /// the desk's settings and new tickets. On a server such transactions run side
    /// by side: each ticket is locked before its history is read, and a commit can
    /// fail with [`super::super::StoreError::Contended`]. On a file it is the same as
    /// [`Self::Write`].
    WriteTickets,
}

impl AccessMode {
    pub(crate) const fn writes(self) -> bool {
        match self {
            Self::Read => false,
            Self::Write | Self::WriteTickets => true,
        }
    }
}
