//! The options of printing, apart from the output itself.

use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::time::zone::Zone;
use crate::output_format::OutputFormat;

/// How output is rendered.
pub(crate) struct RenderOptions<'a> {
    pub(crate) format: OutputFormat,
    /// The time at which clocks are read.
    pub(crate) now: Timestamp,
    /// The display zone.
    pub(crate) zone: &'a Zone,
    pub(crate) policy: &'a PolicyHistory,
    /// Whether stdout may be coloured.
    pub(crate) color: bool,
    /// The terminal width in columns; `None` leaves lines uncut.
    pub(crate) width: Option<usize>,
    /// Whether stdout is a terminal, where hidden characters are escaped in JSON too.
    pub(crate) terminal: bool,
    /// Whether several tickets were named, so that a single result is still a list.
    pub(crate) several: bool,
    /// Suppresses confirmations and notes.
    pub(crate) quiet: bool,
}
