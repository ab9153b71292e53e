//! The actions of a sweep, printed as they are taken.

use super::Output;
use super::confirmation::confirmation;
use super::printer::Printer;
use super::published::sweep::SweepAction;
use super::published::value::CsvRecord;
use super::style::palette::Style;
use super::style::{humanize, untrusted};
use crate::domain::read_models::TicketUpdate;
use crate::error::Error;

/// Minimum width of a title, in columns.
const MIN_TITLE: usize = 12;

/// Receives updates one by one.
pub(crate) type UpdateSink<'s> = dyn FnMut(&TicketUpdate) -> Result<(), Error> + 's;

/// A sweep, run while it is printed; it passes each update to the sink.
pub(crate) struct Sweep<F>(pub(crate) F);

impl<F: Fn(&mut UpdateSink<'_>) -> Result<(), Error>> Sweep<F> {
    /// Prints each update at once.
    fn each(
        &self,
        to: &mut Printer<'_>,
        print: impl Fn(&TicketUpdate, &mut Printer<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        (self.0)(&mut |update| {
            print(update, to)?;
            Ok(std::io::Write::flush(to)?)
        })
    }
}

impl<F: Fn(&mut UpdateSink<'_>) -> Result<(), Error>> Output for Sweep<F> {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.each(to, |update, to| {
            let options = to.options;
            let at = update.events.first().map(|event| event.at);
            let at = at.map_or_else(String::new, |at| humanize::full_time(at, options.zone));
            let confirmation = confirmation(update, options);
            let title = untrusted::line(&update.after.title);
            let taken = untrusted::width(&at) + untrusted::width(&confirmation) + 4;
            let room = |width: usize| width.saturating_sub(taken).max(MIN_TITLE);
            let title = untrusted::cut(&title, options.width.map_or(usize::MAX, room));
            let title = Style::Dim.paint(&title, options.color);
            to.text(&format!("{at}  {confirmation}  {title}\n"))
        })
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.each(to, |update, to| to.object(&SweepAction::from(update)))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let first = std::cell::Cell::new(true);
        self.each(to, |update, to| {
            let headings = if first.take() {
                SweepAction::headings()
            } else {
                Vec::new()
            };
            to.records(&headings, [SweepAction::from(update).cells()])
        })
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.each(to, |update, to| to.ids([update.after.id]))
    }
}
