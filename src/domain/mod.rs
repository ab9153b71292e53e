//! The rules of the desk: pure functions of tickets, events and time. The module
//! does no input or output, and reads no clock, environment or store.

pub(crate) mod alarms;
pub(crate) mod automation;
pub(crate) mod base64;
pub(crate) mod breach;
pub(crate) mod category;
pub(crate) mod characters;
pub(crate) mod checklist;
pub(crate) mod custom_field;
pub(crate) mod decide;
pub(crate) mod did_you_mean;
pub(crate) mod event;
pub(crate) mod external_record;
pub(crate) mod filter;
pub(crate) mod group_counts;
pub(crate) mod health;
pub(crate) mod import_report;
pub(crate) mod mail;
pub(crate) mod media_type;
pub(crate) mod monitoring_check;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod priority;
pub(crate) mod privacy;
pub(crate) mod query;
pub(crate) mod questionnaire;
pub(crate) mod read_models;
pub(crate) mod rejection;
pub(crate) mod report;
pub(crate) mod scripts;
pub(crate) mod search;
pub(crate) mod sla;
pub(crate) mod store_copy;
pub(crate) mod summary;
pub(crate) mod tag;
pub(crate) mod team;
pub(crate) mod text;
pub(crate) mod ticket;
pub(crate) mod time;
pub(crate) mod vocabulary;

/// An instant in UTC, in whole milliseconds.
pub(crate) type Timestamp = chrono::DateTime<chrono::Utc>;
