//! Personal data: who a person is, which stored pieces are about them, what of
//! these is erased, and what a hold or a rule of retention says about it.

pub(crate) mod decide;
pub(crate) mod erasure;
pub(crate) mod hold;
pub(crate) mod person;
pub(crate) mod pieces;
pub(crate) mod read_models;
pub(crate) mod retention;
