//! Personal data: who a person is and which contacts are one person, which stored
//! pieces are about them, what of these is erased, held, kept or only stored, and
//! what of the tickets an agent sees.

pub(crate) mod decide;
pub(crate) mod erasure;
pub(crate) mod hold;
pub(crate) mod person;
pub(crate) mod person_data;
pub(crate) mod person_event;
pub(crate) mod person_files;
pub(crate) mod person_query;
pub(crate) mod person_register;
pub(crate) mod pieces;
pub(crate) mod read_models;
pub(crate) mod redaction;
pub(crate) mod retention;
pub(crate) mod spelling;
pub(crate) mod view;
