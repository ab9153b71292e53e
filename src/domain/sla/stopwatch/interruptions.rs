//! Interruptions of a clock: pauses, suspensions, and what ends them.

use std::borrow::Cow;

use super::{ClockRun, PauseKind};
use crate::domain::Timestamp;

impl ClockRun {
    /// Pauses the clock, unless it is interrupted already, until that time if
    /// there is one.
    pub(crate) fn pause(&mut self, at: Timestamp, until: Option<Timestamp>) {
        self.interrupt(at, until, PauseKind::Paused);
    }

    /// Suspends the clock as [`Self::pause`] does.
    pub(crate) fn suspend(&mut self, at: Timestamp, until: Option<Timestamp>) {
        self.interrupt(at, until, PauseKind::Suspended);
    }

    /// Leaves the time from then on out, until the clock resumes.
    pub(crate) fn leave_out(&mut self, at: Timestamp) {
        if self.end.is_none() {
            self.resumes_at = None;
            self.begin(at, Some(PauseKind::Stopped));
        }
    }

    fn interrupt(&mut self, at: Timestamp, until: Option<Timestamp>, pause: PauseKind) {
        if self.end.is_none() {
            self.resumes_at = until;
            if !self.is_interrupted() {
                self.begin(at, Some(pause));
            }
        }
    }

    pub(crate) fn resume(&mut self, at: Timestamp) {
        if self.end.is_none() && self.is_interrupted() {
            self.resumes_at = None;
            self.begin(at, None);
        }
    }

    /// Returns the run after an interruption that ends by itself, if nothing
    /// happens before.
    /// While a due time is promised, nothing interrupts the clock.
    pub(crate) fn expected(&self) -> Cow<'_, Self> {
        if let Some(run) = self.promised_run() {
            return Cow::Owned(run);
        }
        match self.resumes_at {
            Some(at) if self.end.is_none() && self.is_interrupted() => {
                let mut run = self.clone();
                run.resume(at);
                Cow::Owned(run)
            }
            Some(_) | None => Cow::Borrowed(self),
        }
    }

    pub(super) fn is_interrupted(&self) -> bool {
        self.intervals.last().is_some_and(|s| s.pause.is_some())
    }
}
