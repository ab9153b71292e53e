//! Literal views in every shape, as people and programs see them.
