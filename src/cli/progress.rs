//! A progress bar for long operations, on stderr and only on a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const STEPS: &str = "{wide_bar} {percent:>3} %, {eta} left";

/// A bar with the remaining time.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Starts a bar for this many bytes, with their rate. Draws nothing if `shown`
    /// is false or stderr is not a terminal.
    pub(crate) fn new(bytes: u64, shown: bool) -> Self {
        Self::with_form(
            bytes,
            shown,
            "{wide_bar} {percent:>3} % {bytes_per_sec}, {eta} left",
        )
    }

    /// Starts a bar for steps, whose number the first [`Self::step`] tells.
    pub(crate) fn of_steps(shown: bool) -> Self {
        Self::with_form(0, shown, STEPS)
    }

    fn with_form(length: u64, shown: bool, form: &str) -> Self {
        let target = if shown {
            ProgressDrawTarget::stderr_with_hz(8)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(length), target);
        match ProgressStyle::with_template(form) {
            Ok(style) => Self(bar.with_style(style)),
            Err(_) => Self(bar),
        }
    }

    /// Sets the number of processed bytes.
    pub(crate) fn set(&self, bytes: u64) {
        self.0.set_position(bytes);
    }

    /// Sets how many steps of how many are done.
    pub(crate) fn step(&self, done: u64, all: u64) {
        if self.0.length() == Some(0)
            && let Ok(style) = ProgressStyle::with_template(STEPS)
        {
            // After a phase.
            self.0.disable_steady_tick();
            self.0.set_style(style);
            self.0.reset_eta();
        }
        self.0.set_length(all);
        self.0.set_position(done);
    }

    /// Shows what is being done, while nobody knows how long that takes.
    pub(crate) fn phase(&self, text: &'static str) {
        self.0.set_length(0);
        self.0.set_message(text);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}, {elapsed}") {
            self.0.set_style(style);
        }
        self.0.enable_steady_tick(Duration::from_secs(1));
    }

    /// Removes the bar.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
