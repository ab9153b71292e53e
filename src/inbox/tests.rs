//! The inbox as keys and a screen, without a store.
