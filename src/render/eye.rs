//! How a test looks at a view: the moment, the terminal, both streams.

use super::sample::later;
use super::{Format, RenderOptions, View, emit};
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::time::zone::Zone;

/// How a test looks at things.
pub(super) struct Eye {
    pub(super) policy: PolicyHistory,
    pub(super) zone: Zone,
    pub(super) now: Timestamp,
    pub(super) format: Format,
    pub(super) color: bool,
    pub(super) width: Option<usize>,
    pub(super) terminal: bool,
    pub(super) quiet: bool,
}

impl Eye {
    pub(super) fn new(format: Format, width: Option<usize>, minutes: i64) -> Self {
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

    pub(super) fn look(&self) -> RenderOptions<'_> {
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

    /// Both streams, the second after a line of its own.
    pub(super) fn sees(&self, view: View<'_>) -> String {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        emit(view, &self.look(), &mut out, &mut err).unwrap();
        let mut text = String::from_utf8(out).unwrap();
        if !err.is_empty() {
            text += "--- stderr\n";
            text += &String::from_utf8(err).unwrap();
        }
        text
    }
}
