//! Looks whether somebody has changed a store. Of a team store at the end of its
//! chain, on a connection that is kept, and without a transaction in between; so it
//! also works through a pooler. Of a file at the file itself, which is not opened:
//! so it can be replaced meanwhile, and that is a change too.

use super::watch::Seen;
use crate::store::{AccessMode, ChangeMark, Store, StoreError, StoreProvider};

/// The end of the chain of a store, as it was seen last.
pub(crate) struct HeadWatch {
    provider: Box<dyn StoreProvider>,
    /// Absent until the first look, and after the connection was lost.
    store: Option<Box<dyn Store>>,
    last: Option<i64>,
    mark: Option<ChangeMark>,
}

impl HeadWatch {
    pub(crate) const fn new(provider: Box<dyn StoreProvider>) -> Self {
        Self {
            provider,
            store: None,
            last: None,
            mark: None,
        }
    }

    /// Looks at the store. What the first look sees is not a change.
    pub(crate) fn look(&mut self) -> Seen {
        if let Some(file) = self.provider.file_restore() {
            let mark = file.change_mark();
            let changed = self.mark.as_ref().is_some_and(|before| *before != mark);
            self.mark = Some(mark);
            return match changed {
                true => Seen::Changed,
                false => Seen::Unchanged,
            };
        }
        let Ok(head) = self.head() else {
            self.store = None;
            return Seen::Unreachable;
        };
        let before = self.last.replace(head);
        match before {
            Some(before) if before != head => Seen::Changed,
            Some(_) | None => Seen::Unchanged,
        }
    }

    fn head(&mut self) -> Result<i64, StoreError> {
        if self.store.is_none() {
            self.store = self.provider.open(AccessMode::Read)?;
        }
        match &self.store {
            Some(store) => store.begin(AccessMode::Read)?.last_link(),
            None => Ok(0),
        }
    }
}
