//! How much work a file may cause.

/// The number of days that may still be examined: limits the work that a file
/// can cause.
pub(in crate::policy_file) struct DayBudget(u64);

impl DayBudget {
    pub(in crate::policy_file) fn new() -> Self {
        Self(20_000_000)
    }

    /// # Errors
    /// If it is used up; it then stays so.
    pub(in crate::policy_file) fn spend(&mut self, days: u64) -> Result<(), String> {
        let left = self.0.checked_sub(days);
        self.0 = left.ok_or("its recurrence takes too long to compute")?;
        Ok(())
    }
}
