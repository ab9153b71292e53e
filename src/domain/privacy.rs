//! Personal data: who a person is, which contacts are one person, whose data may
//! only be stored, and what of the tickets an agent sees.

pub(crate) mod person_data;
pub(crate) mod person_event;
pub(crate) mod person_query;
pub(crate) mod person_register;
pub(crate) mod redaction;
pub(crate) mod view;
