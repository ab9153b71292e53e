//! The published form of output: serde types of their own, so that what
//! programs rely on does not change when the desk is rebuilt inside. Fields
//! are only ever added.

/// Defines a published type and how it is made from a type of the domain: each
/// field with its type and its value.
macro_rules! published {
    ($(#[$attribute:meta])* $name:ident $(<$lifetime:lifetime>)? from $source:ident: $from:ty => {
        $( $(#[$field_attribute:meta])* $visibility:vis $field:ident: $type:ty = $value:expr, )+
    }) => {
        $(#[$attribute])*
        #[derive(Debug, Serialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        pub(crate) struct $name $(<$lifetime>)? {
            $( $(#[$field_attribute])* $visibility $field: $type, )+
        }

        impl<'a> From<&'a $from> for $name $(<$lifetime>)? {
            fn from($source: &'a $from) -> Self {
                Self { $( $field: $value, )+ }
            }
        }
    };
}

/// Defines the CSV columns of a published type: these fields, in this order,
/// under their names.
macro_rules! csv_columns {
    ($type:ty: $($field:ident),+) => {
        impl CsvRecord for $type {
            const HEADINGS: &'static str = concat!($(stringify!($field), ","),+);
        }

        impl CsvValue for $type {
            fn csv(&self, to: &mut Vec<String>) {
                $( self.$field.csv(to); )+
            }
        }
    };
}

mod advice;
mod answer;
pub(super) mod attachment;
pub(super) mod breach;
pub(super) mod breach_event;
pub(super) mod calendar;
pub(super) mod chain_event;
pub(super) mod checklist;
pub(super) mod clock;
mod correction;
pub(super) mod draft;
pub(super) mod error;
pub(super) mod event;
mod event_parts;
mod facts_macro;
pub(super) mod feed;
pub(super) mod fields;
pub(super) mod group_counts;
pub(super) mod health;
pub(super) mod hook;
pub(super) mod import_report;
mod login;
pub(super) mod mail;
pub(super) mod metrics;
pub(super) mod monitoring_check;
pub(super) mod occurrences;
pub(super) mod outbox;
pub(super) mod person;
pub(super) mod person_data;
pub(super) mod policy;
pub(super) mod questionnaire;
pub(super) mod report;
pub(super) mod requester;
pub(super) mod review;
pub(super) mod search;
pub(super) mod sla_changes;
pub(super) mod sla_explanation;
pub(super) mod store;
pub(super) mod sweep;
pub(super) mod team;
pub(super) mod ticket_page;
pub(super) mod ticket_update;
mod time_spent;
mod timeline_mark;
pub(super) mod value;
