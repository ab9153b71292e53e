//! Values by clock.

use super::definitions::DEFINITIONS;
use crate::domain::vocabulary::ClockName;

/// At most one value per clock, in the order of the clock definitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClockMap<T>([Option<T>; DEFINITIONS.len()]);

impl<T> Default for ClockMap<T> {
    fn default() -> Self {
        Self::from_fn(|_| None)
    }
}

impl<T, const N: usize> From<[(ClockName, T); N]> for ClockMap<T> {
    fn from(values: [(ClockName, T); N]) -> Self {
        let mut map = Self::default();
        for (name, value) in values {
            map.set(name, Some(value));
        }
        map
    }
}

impl<T> ClockMap<T> {
    pub(crate) fn from_fn(mut value: impl FnMut(ClockName) -> Option<T>) -> Self {
        Self(
            DEFINITIONS
                .each_ref()
                .map(|definition| value(definition.name)),
        )
    }

    pub(crate) const fn get(&self, name: ClockName) -> Option<&T> {
        self.0[name as usize].as_ref()
    }

    pub(crate) fn set(&mut self, name: ClockName, value: Option<T>) {
        self.0[name as usize] = value;
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flatten()
    }

    pub(crate) fn map<U>(self, change: impl FnMut(T) -> U) -> ClockMap<U> {
        let mut change = change;
        ClockMap(self.0.map(|value| value.map(&mut change)))
    }
}
