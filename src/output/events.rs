//! Events of all tickets, one line each, printed as they are read.

use super::Output;
use super::event_text::{self, EventContext};
use super::printer::{JsonList, Printer};
use super::published::chain_event as published;
use super::published::value::CsvRecord;
use super::style::{humanize, untrusted};
use crate::domain::event::{Event, Fact};
use crate::error::Error;
use crate::output_format::OutputFormat;

/// A fact that has no line in a timeline.
fn untold(fact: &Fact) -> String {
    if let Fact::TargetSet { clock, target } = fact {
        return format!("{} target {}", clock.as_str(), humanize::target(target));
    }
    fact.kind().to_owned()
}

/// Receives events one by one, each with its number in the chain.
pub(crate) type EventSink<'s> = dyn FnMut(i64, &Event) -> Result<(), Error> + 's;

/// Events, read while they are printed.
pub(crate) struct EventLines<F> {
    pub(crate) read: F,
    /// Whether others follow, so that an end is not noted.
    pub(crate) follow: bool,
}

impl<F: Fn(&mut EventSink<'_>) -> Result<(), Error>> Output for EventLines<F> {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut any = false;
        (self.read)(&mut |seq, event| {
            any = true;
            let options = to.options;
            let time = |at| humanize::full_time(at, options.zone);
            let before = EventContext::default();
            let text = event_text::headline(event, None, &before, &time, options);
            let text = text.unwrap_or_else(|| untold(&event.fact));
            let at = time(event.at);
            let actor = untrusted::line(event.actor.as_str()).into_owned();
            let ticket = event.ticket.to_string();
            let line = format!("{seq:>6}  {at}  {ticket:>6}  {actor}  {text}");
            let line = match options.width {
                Some(width) => untrusted::cut(&line, width).into_owned(),
                None => line,
            };
            to.text(&format!("{line}\n"))
        })?;
        match any || self.follow {
            true => Ok(()),
            false => to.note("no events"),
        }
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut list = JsonList::default();
        (self.read)(&mut |seq, event| list.push(&published::ChainEvent::new(seq, event), to))?;
        match to.options.format == OutputFormat::Jsonl {
            true => Ok(()),
            false => list.end(to),
        }
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut csv = to.csv();
        if !self.follow {
            csv.row(&published::ChainEventRecord::headings())?;
        }
        (self.read)(&mut |seq, event| {
            csv.record(published::ChainEventRecord::new(seq, event).cells())
        })?;
        csv.end()
    }

    /// Prints the ticket of each event.
    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        (self.read)(&mut |_, event| to.ids([event.ticket]))
    }
}
