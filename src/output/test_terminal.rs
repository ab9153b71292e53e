//! A terminal for tests: prints outputs at a given time and captures both
//! streams.

use super::{Output, OutputFormat, RenderOptions, emit};
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::time::zone::Zone;
use crate::testing::sample_tickets::later;

/// A terminal with fixed options.
pub(super) struct TestTerminal {
    pub(super) policy: PolicyHistory,
    pub(super) zone: Zone,
    pub(super) now: Timestamp,
    pub(super) format: OutputFormat,
    pub(super) color: bool,
    pub(super) width: Option<usize>,
    pub(super) terminal: bool,
    pub(super) quiet: bool,
}

impl TestTerminal {
    pub(super) fn new(format: OutputFormat, width: Option<usize>, minutes: i64) -> Self {
        Self {
            policy: PolicyHistory::built_in(),
            zone: Zone::utc(),
            now: later(minutes),
            format,
            color: false,
            width,
            terminal: width.is_some(),
            quiet: false,
        }
    }

    pub(super) fn options(&self) -> RenderOptions<'_> {
        RenderOptions {
            format: self.format,
            now: self.now,
            zone: &self.zone,
            policy: &self.policy,
            color: self.color,
            width: self.width,
            terminal: self.terminal,
            several: false,
            quiet: self.quiet,
        }
    }

    /// Prints an output and returns both streams, stderr after a marker line.
    pub(super) fn shows(&self, output: &dyn Output) -> String {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        emit(output, &self.options(), &mut out, &mut err).unwrap();
        let mut text = String::from_utf8(out).unwrap();
        if !err.is_empty() {
            text += "--- stderr\n";
            text += &String::from_utf8(err).unwrap();
        }
        text
    }
}
