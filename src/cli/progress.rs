//! A progress bar for long operations, on stderr and only on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar with rate and remaining time.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Starts a bar for this many bytes. Draws nothing if `shown` is false or
    /// stderr is not a terminal.
    pub(crate) fn new(bytes: u64, shown: bool) -> Self {
        let target = if shown {
            ProgressDrawTarget::stderr_with_hz(8)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(bytes), target);
        let form = "{wide_bar} {percent:>3} % {bytes_per_sec}, {eta} left";
        match ProgressStyle::with_template(form) {
            Ok(style) => Self(bar.with_style(style)),
            Err(_) => Self(bar),
        }
    }

    /// Sets the number of processed bytes.
    pub(crate) fn set(&self, bytes: u64) {
        self.0.set_position(bytes);
    }

    /// Removes the bar.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
