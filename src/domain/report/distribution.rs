//! The distribution of durations: count, mean and quantiles, in whole
//! milliseconds.

use chrono::TimeDelta;

/// A collection of durations. Quantiles need [`Self::sort`] first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Distribution {
    millis: Vec<i64>,
}

impl Distribution {
    pub(super) fn add(&mut self, span: TimeDelta) {
        self.millis.push(span.num_milliseconds());
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.millis.extend(&other.millis);
    }

    /// Sorts the durations.
    pub(super) fn sort(&mut self) {
        self.millis.sort_unstable();
    }

    pub(crate) fn count(&self) -> u64 {
        self.millis.len() as u64
    }

    /// Returns the mean, rounded towards zero; `None` if there are no durations.
    pub(crate) fn mean(&self) -> Option<TimeDelta> {
        let count = i128::try_from(self.millis.len()).ok()?;
        let sum: i128 = self.millis.iter().copied().map(i128::from).sum();
        let mean = sum.checked_div(count)?;
        i64::try_from(mean).ok().map(TimeDelta::milliseconds)
    }

    pub(crate) fn median(&self) -> Option<TimeDelta> {
        self.quantile(50)
    }

    pub(crate) fn p90(&self) -> Option<TimeDelta> {
        self.quantile(90)
    }

    pub(crate) fn longest(&self) -> Option<TimeDelta> {
        self.quantile(100)
    }

    /// Returns the quantile at a percentage, by linear interpolation between the two
    /// nearest values: type 7 of Hyndman and Fan, "Sample Quantiles in
    /// Statistical Packages" (1996), the default of R and NumPy. With n values
    /// in order, it lies at position (n - 1) p, counted from 0.
    fn quantile(&self, percent: usize) -> Option<TimeDelta> {
        let position = self.millis.len().checked_sub(1)? * percent;
        let below = *self.millis.get(position / 100)?;
        let above = self
            .millis
            .get(position / 100 + 1)
            .copied()
            .unwrap_or(below);
        let part = i128::try_from(position % 100).ok()?;
        let step = (i128::from(above) - i128::from(below)) * part / 100;
        let value = i128::from(below) + step;
        i64::try_from(value).ok().map(TimeDelta::milliseconds)
    }

    /// Returns the number of durations that are not longer than this.
    pub(crate) fn within(&self, most: TimeDelta) -> u64 {
        let most = most.num_milliseconds();
        self.millis.iter().filter(|span| **span <= most).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn distribution(hours: &[i64]) -> Distribution {
        let mut distribution = Distribution::default();
        for hour in hours {
            distribution.add(TimeDelta::hours(*hour));
        }
        distribution.sort();
        distribution
    }

    fn minutes(span: Option<TimeDelta>) -> Option<i64> {
        span.map(|span| span.num_minutes())
    }

    #[test]
    fn nothing_has_no_mean_and_no_quantile() {
        let none = distribution(&[]);
        assert_eq!((none.mean(), none.median(), none.p90()), (None, None, None));
    }

    #[test]
    fn one_value_is_its_own_mean_and_every_quantile() {
        let one = distribution(&[7]);
        for span in [one.mean(), one.median(), one.p90(), one.longest()] {
            assert_eq!(minutes(span), Some(420));
        }
    }

    /// Checked with `quantile(c(1, 2, 3, 4, 10), c(.5, .9), type = 7)` in R: 3.0 and 7.6.
    #[test]
    fn quantiles_lie_between_the_nearest_values() {
        let five = distribution(&[10, 1, 3, 2, 4]);
        assert_eq!(minutes(five.mean()), Some(240));
        assert_eq!(minutes(five.median()), Some(180));
        assert_eq!(minutes(five.p90()), Some(7 * 60 + 36));
        assert_eq!(minutes(distribution(&[1, 2]).median()), Some(90));
        assert_eq!(five.within(TimeDelta::hours(3)), 3);
    }

    proptest! {
        #[test]
        fn quantiles_rise_and_stay_among_the_values(hours in prop::collection::vec(0i64..1000, 1..50)) {
            let some = distribution(&hours);
            let mut last = some.quantile(0);
            prop_assert_eq!(last, hours.iter().min().map(|h| TimeDelta::hours(*h)));
            for percent in 1..=100 {
                let next = some.quantile(percent);
                prop_assert!(next >= last);
                last = next;
            }
            prop_assert_eq!(last, hours.iter().max().map(|h| TimeDelta::hours(*h)));
        }
    }
}
