//! Transactions, statements and rows in the SQL that engines share. Knows no
//! engine: no pragma, no table definition and no full-text syntax.

mod alarms;
pub(super) mod append;
pub(super) mod attachments;
pub(super) mod breaches;
pub(super) mod carried;
mod chain_events;
pub(super) mod chain_head;
mod chain_link;
pub(super) mod driver;
pub(super) mod erasure;
pub(super) mod filter;
pub(super) mod group_row;
pub(super) mod history;
pub(super) mod holds;
pub(super) mod hooks;
pub(super) mod import_keys;
pub(super) mod incoming_mail;
pub(super) mod mail_statements;
pub(super) mod marks;
pub(super) mod names;
pub(super) mod outbox;
pub(super) mod outbox_statements;
pub(super) mod people;
pub(super) mod person_events;
mod personal_data;
pub(super) mod policy_versions;
mod queued_events;
mod report_events;
pub(super) mod retention;
pub(super) mod rows;
pub(super) mod search;
pub(super) mod search_index;
pub(super) mod statements;
pub(super) mod ticket_row;
pub(super) mod transaction;
