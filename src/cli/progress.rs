//! How far something is that takes its time: a bar on stderr, on a terminal
//! only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar with rate and remaining time.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Begins with so many bytes to do; nothing is drawn where nobody looks.
    pub(crate) fn over(bytes: u64, shown: bool) -> Self {
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

    /// So many bytes are done.
    pub(crate) fn at(&self, bytes: u64) {
        self.0.set_position(bytes);
    }

    pub(crate) fn end(&self) {
        self.0.finish_and_clear();
    }
}
