//! What lies ahead, as an iCalendar document or as a list.

use super::Output;
use super::printer::Printer;
use super::published::feed as published;
use crate::domain::calendar_feed::{FeedEntry, document};
use crate::error::Error;

/// What lies ahead on open tickets.
pub(crate) struct CalendarFeed {
    pub(crate) entries: Vec<FeedEntry>,
    /// The id of the store.
    pub(crate) store: String,
}

/// The document.
pub(crate) fn feed_text(feed: &CalendarFeed) -> String {
    document(&feed.entries, &feed.store)
}

impl CalendarFeed {
    fn published(&self) -> impl Iterator<Item = published::FeedEntry<'_>> {
        let entries = self.entries.iter();
        entries.map(|entry| published::FeedEntry::new(entry, &self.store))
    }
}

impl Output for CalendarFeed {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.text(&feed_text(self))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids(self.entries.iter().map(|entry| entry.ticket))
    }
}
