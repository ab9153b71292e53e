//! The checklist of a ticket: what is to be done, item by item.

use super::vocabulary::ChecklistMark;

/// How many items a ticket gets at most, dropped ones included.
pub(crate) const MAX_ITEMS: usize = 200;

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChecklistItem {
    /// Counted from 1 within the ticket; a number is never given again.
    pub(crate) number: u32,
    pub(crate) text: String,
    pub(crate) done: bool,
}

/// How much of a checklist is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ChecklistProgress {
    pub(crate) done: u32,
    pub(crate) total: u32,
}

impl ChecklistProgress {
    /// Returns whether there are items, and any of them is not done.
    pub(crate) const fn is_open(self) -> bool {
        self.done < self.total
    }

    /// Returns whether there are items, and all of them are done.
    pub(crate) const fn is_done(self) -> bool {
        self.total > 0 && self.done == self.total
    }
}

/// The items of a ticket, without those that were dropped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Checklist {
    pub(crate) items: Vec<ChecklistItem>,
    /// The number of the last item that was ever added.
    pub(crate) last: u32,
}

impl Checklist {
    pub(crate) fn progress(&self) -> ChecklistProgress {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        ChecklistProgress {
            done: count(self.items.iter().filter(|item| item.done).count()),
            total: count(self.items.len()),
        }
    }

    /// Adds items, numbered from `first`.
    pub(crate) fn add(&mut self, first: u32, texts: &[String]) {
        for (number, text) in (first..).zip(texts) {
            self.items.push(ChecklistItem {
                number,
                text: text.clone(),
                done: false,
            });
            self.last = self.last.max(number);
        }
    }

    /// Marks items; numbers that there are not are ignored.
    pub(crate) fn mark(&mut self, numbers: &[u32], mark: ChecklistMark) {
        match mark {
            ChecklistMark::Dropped => self.items.retain(|item| !numbers.contains(&item.number)),
            ChecklistMark::Done | ChecklistMark::Open => {
                let marked = self.items.iter_mut();
                for item in marked.filter(|item| numbers.contains(&item.number)) {
                    item.done = mark == ChecklistMark::Done;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_keep_their_numbers() {
        let mut list = Checklist::default();
        assert!(!list.progress().is_open() && !list.progress().is_done());
        list.add(1, &["wipe".to_owned(), "label".to_owned()]);
        list.mark(&[1, 9], ChecklistMark::Dropped);
        list.add(list.last + 1, &["ship".to_owned()]);
        list.mark(&[2, 3], ChecklistMark::Done);
        list.mark(&[3], ChecklistMark::Open);
        let items: Vec<(u32, bool)> = list.items.iter().map(|i| (i.number, i.done)).collect();
        assert_eq!(items, [(2, true), (3, false)]);
        assert!(list.progress().is_open());
        list.mark(&[3], ChecklistMark::Done);
        assert!(list.progress().is_done());
    }
}
