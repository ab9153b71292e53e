//! Text that is printed unchanged in every format, such as a script or a
//! manual page.

use std::io::Write;

use super::Output;
use super::printer::Printer;
use crate::error::Error;

/// Text to print unchanged.
pub(crate) struct RawText(pub(crate) Vec<u8>);

impl Output for RawText {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        Ok(to.write_all(&self.0)?)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.table(to)
    }
}
