//! An export of the whole store: JSON Lines in every format.

use super::Output;
use super::json;
use super::printer::Printer;
use crate::error::Error;

/// Receives lines of JSON, without line breaks.
pub(crate) type LineSink<'s> = dyn FnMut(&str) -> Result<(), Error> + 's;

/// An export, written while it is read; it passes each line to the sink.
pub(crate) struct Export<F>(pub(crate) F);

impl<F: Fn(&mut LineSink<'_>) -> Result<(), Error>> Output for Export<F> {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.json(to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let terminal = to.options.terminal;
        (self.0)(&mut |line| Ok(json::write_serialized(line, terminal, to)?))
    }
}
