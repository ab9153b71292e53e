//! How strongly a word predicts a category, compared with the category
//! distribution of all tickets.

use std::collections::BTreeMap;

/// Number of tickets in each category.
pub(crate) type Histogram = BTreeMap<String, u64>;

/// Category histograms of the latest tickets: of all, and of those that contain
/// each group of a query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct CategoryAffinity {
    pub(crate) background: Histogram,
    pub(crate) groups: Vec<Histogram>,
}

/// Strength of the prior: every histogram is smoothed with this many tickets
/// distributed like the background, so that a few tickets prove little.
const PRIOR_TICKETS: f64 = 8.0;
/// Minimum affinity, for words that are distributed like the background.
const MIN_AFFINITY: f64 = 0.01;

impl CategoryAffinity {
    /// The affinity of each group, at least [`MIN_AFFINITY`]: the
    /// Kullback-Leibler divergence `Σ p · ln(p / q)` of its smoothed category
    /// distribution `p` from the background `q`, to which one ticket is added
    /// per category (Laplace smoothing).
    pub(crate) fn group_weights(&self) -> Vec<f64> {
        let all = count(self.background.values().sum::<u64>() + 1);
        let categories = count(self.background.len() as u64);
        let background_share = |category: &str| {
            let tickets = self.background.get(category).copied().unwrap_or(0);
            (count(tickets) + 1.0) / (all + categories)
        };
        let affinity = |histogram: &Histogram| {
            let sample = count(histogram.values().sum());
            let mut divergence = 0.0;
            let known = self.background.keys();
            for category in known.chain(only_in(histogram, &self.background)) {
                let expected = background_share(category);
                let tickets = histogram.get(category).copied().unwrap_or(0);
                let share = (count(tickets) + PRIOR_TICKETS * expected) / (sample + PRIOR_TICKETS);
                divergence += share * (share / expected).ln();
            }
            divergence.max(MIN_AFFINITY)
        };
        self.groups.iter().map(affinity).collect()
    }
}

/// The categories of a histogram that the background does not contain.
fn only_in<'a>(
    histogram: &'a Histogram,
    background: &'a Histogram,
) -> impl Iterator<Item = &'a String> {
    let categories = histogram.keys();
    categories.filter(|category| !background.contains_key(*category))
}

#[expect(clippy::cast_precision_loss, reason = "samples of some thousand")]
fn count(tickets: u64) -> f64 {
    tickets as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(counts: &[(&str, u64)]) -> Histogram {
        let counts = counts.iter();
        counts
            .map(|(name, tickets)| ((*name).to_owned(), *tickets))
            .collect()
    }

    #[test]
    fn a_word_that_is_in_every_category_predicts_none() {
        let affinity = CategoryAffinity {
            background: histogram(&[("network", 500), ("mail", 500)]),
            groups: vec![
                histogram(&[("network", 50), ("mail", 50)]),
                histogram(&[("network", 90), ("mail", 10)]),
                histogram(&[("network", 100)]),
                histogram(&[("network", 1)]),
                histogram(&[("printer", 40)]),
                histogram(&[]),
            ],
        };
        let weights = affinity.group_weights();
        assert!(weights[0] < 0.05, "{weights:?}");
        assert!(
            weights[0] < weights[1] && weights[1] < weights[2],
            "{weights:?}"
        );
        // A single ticket proves little.
        assert!(weights[3] < weights[1], "{weights:?}");
        assert!(weights[4] > weights[2], "{weights:?}");
        assert!((weights[5] - MIN_AFFINITY).abs() < 1e-12, "{weights:?}");
    }

    #[test]
    fn without_groups_there_are_no_weights() {
        let weights = CategoryAffinity::default().group_weights();
        assert_eq!(weights, Vec::<f64>::new());
    }
}
