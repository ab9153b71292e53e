//! The rules of the desk, without input, output, clock or environment.

pub(crate) mod nearest;
pub(crate) mod span;
pub(crate) mod when;
pub(crate) mod zone;
