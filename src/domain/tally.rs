//! How the open tickets stand, counted by priority.

use super::priority::Priority;

/// The standing of the open tickets of one priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) priority: Option<Priority>,
    pub(crate) open: u64,
    pub(crate) overdue: u64,
    pub(crate) at_risk: u64,
    pub(crate) paused: u64,
    pub(crate) resolved: u64,
    pub(crate) unassigned: u64,
}
