//! How the spans of clocks are cut to whole seconds, the unit that is
//! published. Spans that add up exactly still add up after the cut, because a
//! sum is cut, and each part is what it adds to the cut sum.

use chrono::TimeDelta;

/// Cuts a span to whole seconds, towards zero.
pub(super) const fn whole_seconds(span: TimeDelta) -> TimeDelta {
    TimeDelta::seconds(span.num_seconds())
}

/// A running sum of spans, in whole seconds.
pub(super) struct SecondsTotal(TimeDelta);

impl SecondsTotal {
    pub(super) const fn zero() -> Self {
        Self(TimeDelta::zero())
    }

    /// Adds a span; returns the whole seconds by which the sum grows.
    pub(super) fn add(&mut self, span: TimeDelta) -> TimeDelta {
        let before = self.get();
        self.0 += span;
        self.get() - before
    }

    /// Returns the sum in whole seconds.
    pub(super) const fn get(&self) -> TimeDelta {
        whole_seconds(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_half_seconds_add_up_to_the_cut_sum() {
        let mut total = SecondsTotal::zero();
        let parts = [1_500, 700, 0, 800, 999, 2].map(|millis| {
            let part = total.add(TimeDelta::milliseconds(millis));
            part.num_seconds()
        });
        assert_eq!(parts, [1, 1, 0, 1, 0, 1]);
        assert_eq!(total.get(), TimeDelta::seconds(4));
    }

    #[test]
    fn parts_cut_one_by_one_would_not_add_up() {
        let parts = [1_500, 700, 800].map(TimeDelta::milliseconds);
        let one_by_one: TimeDelta = parts.into_iter().map(whole_seconds).sum();
        assert_ne!(one_by_one, whole_seconds(parts.into_iter().sum()));
    }
}
