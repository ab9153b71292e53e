//! Marks of copies, kept outside the chain: that a store was moved, that it is an
//! unfinished copy, or a copy beside the store that is in use.

use super::super::StoreError;
use super::super::port::StoreWarning;
use super::chain_head;
use super::driver::Executor;
use super::statements;

/// Where the store is now. Nothing is written to it any more.
pub(crate) const MOVED: &str = "moved";
/// The store of which this one is a copy that may not be used yet.
pub(crate) const UNFINISHED: &str = "unfinished";
/// The store of which this one is a copy, while that one goes on.
pub(crate) const COPY: &str = "copy";

/// The marks that keep a store from being used like any other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Marks {
    pub(crate) moved: Option<String>,
    pub(crate) unfinished: Option<String>,
}

/// Reads the marks of a store.
///
/// # Errors
/// Any error of the engine.
pub(crate) fn read(db: &Executor<'_>) -> Result<Marks, StoreError> {
    let mut entries = chain_head::meta(db)?;
    Ok(Marks {
        moved: entries.remove(MOVED),
        unfinished: entries.remove(UNFINISHED),
    })
}

/// Whether the store is a copy beside the one that is in use.
pub(crate) fn is_copy(db: &Executor<'_>) -> Result<bool, StoreError> {
    let found = db.first(statements::META_ENTRY, &[COPY.into()], |_| Ok(()))?;
    Ok(found.is_some())
}

/// Sets a mark.
pub(crate) fn set(db: &Executor<'_>, mark: &str, value: &str) -> Result<(), StoreError> {
    db.execute(statements::KEEP_META, &[mark.into(), value.into()])
}

/// Takes a mark away.
pub(crate) fn clear(db: &Executor<'_>, mark: &str) -> Result<(), StoreError> {
    db.execute(statements::DELETE_META, &[mark.into()])
}

impl Marks {
    /// Refuses to write to a store that was moved.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub(crate) fn refuse_moved(&self) -> Result<(), StoreError> {
        match &self.moved {
            Some(to) => Err(moved(to)),
            None => Ok(()),
        }
    }

    /// Refuses to use a copy that was not finished; `here` is its location.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub(crate) fn refuse_unfinished(&self, here: &str) -> Result<(), StoreError> {
        let Some(source) = &self.unfinished else {
            return Ok(());
        };
        Err(StoreError::Refused {
            exit_code: 5,
            code: "store_unfinished",
            message: format!("{here} is a copy of {source} that was not finished"),
            hint: format!("finish it with: desk store copy --db {source} --to {here}"),
        })
    }
}

/// What is said of a store that is read after it was moved.
pub(crate) fn moved_warning(from: &str, to: &str) -> StoreWarning {
    StoreWarning {
        message: format!("{from} was moved to {to}; this is what it was then"),
        hint: "use it there, with --db or DESK_DB",
    }
}

/// The refusal of a store that was moved to a location.
pub(crate) fn moved(to: &str) -> StoreError {
    StoreError::Refused {
        exit_code: 5,
        code: "store_moved",
        message: format!("the store was moved to {to}; nothing was written here"),
        hint: format!("use it there, with --db {to} or DESK_DB"),
    }
}
