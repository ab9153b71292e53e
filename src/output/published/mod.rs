//! The published form of output: serde types of their own, so that what
//! programs rely on does not change when the desk is rebuilt inside. Fields
//! are only ever added.

pub(super) mod calendar;
pub(super) mod clock;
pub(super) mod error;
pub(super) mod event;
pub(super) mod group_counts;
pub(super) mod import_report;
pub(super) mod monitoring_check;
pub(super) mod policy;
pub(super) mod questionnaire;
pub(super) mod report;
pub(super) mod requester;
pub(super) mod search;
pub(super) mod sla_changes;
pub(super) mod sla_explanation;
pub(super) mod store;
pub(super) mod sweep;
pub(super) mod ticket_page;
pub(super) mod ticket_update;
pub(super) mod value;
