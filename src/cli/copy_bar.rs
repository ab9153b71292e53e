//! How far a copy of the whole store is.

use super::context::CommandContext;
use super::progress::Progress;
use crate::domain::store_copy::CopyProgress;

/// A bar for a copy.
pub(crate) struct CopyBar(Progress);

impl CopyBar {
    pub(crate) fn new(ctx: &CommandContext<'_>) -> Self {
        Self(Progress::of_steps(!ctx.config.quiet))
    }

    /// Shows a step.
    pub(crate) fn show(&self, step: CopyProgress) {
        match step {
            CopyProgress::VerifyingSource => self.0.phase("verifying the store"),
            CopyProgress::Copying { done, all } => self.0.step(done, all),
            CopyProgress::VerifyingCopy => self.0.phase("verifying the copy"),
        }
    }

    /// Removes the bar.
    pub(crate) fn finish(&self) {
        self.0.finish();
    }
}
