//! How much the tickets on which a word is written lean to some categories
//! more than tickets do: a word that is everywhere tells no category.

use std::collections::BTreeMap;

/// How many tickets of a sample are in each category.
pub(crate) type Spread = BTreeMap<String, u64>;

/// Samples of the latest tickets: of all, and of those that hold each group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct CategoryAffinity {
    pub(crate) usual: Spread,
    pub(crate) groups: Vec<Spread>,
}

/// How many tickets of the usual spread are taken to have been in each sample:
/// a few tickets tell little.
const DOUBT: f64 = 8.0;
/// What even a word without any leaning tells.
const LEAST: f64 = 0.01;

impl CategoryAffinity {
    /// The leaning of each group, from [`LEAST`] up.
    pub(crate) fn of_groups(&self) -> Vec<f64> {
        let all = count(self.usual.values().sum::<u64>() + 1);
        let categories = count(self.usual.len() as u64);
        let usual = |category: &str| {
            let seen = self.usual.get(category).copied().unwrap_or(0);
            (count(seen) + 1.0) / (all + categories)
        };
        let leaning = |spread: &Spread| {
            let seen = count(spread.values().sum());
            let mut leaning = 0.0;
            for category in self.usual.keys().chain(rare(spread, &self.usual)) {
                let usual = usual(category);
                let held = spread.get(category).copied().unwrap_or(0);
                let share = (count(held) + DOUBT * usual) / (seen + DOUBT);
                leaning += share * (share / usual).ln();
            }
            leaning.max(LEAST)
        };
        self.groups.iter().map(leaning).collect()
    }
}

/// The categories that the usual sample does not know.
fn rare<'a>(spread: &'a Spread, usual: &Spread) -> impl Iterator<Item = &'a String> {
    let unknown = spread
        .keys()
        .filter(|category| !usual.contains_key(*category));
    unknown.collect::<Vec<_>>().into_iter()
}

#[expect(clippy::cast_precision_loss, reason = "samples of some thousand")]
fn count(of: u64) -> f64 {
    of as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(of: &[(&str, u64)]) -> Spread {
        of.iter()
            .map(|(name, n)| ((*name).to_owned(), *n))
            .collect()
    }

    #[test]
    fn what_is_everywhere_leans_nowhere() {
        let leanings = CategoryAffinity {
            usual: spread(&[("network", 500), ("mail", 500)]),
            groups: vec![
                spread(&[("network", 50), ("mail", 50)]),
                spread(&[("network", 90), ("mail", 10)]),
                spread(&[("network", 100)]),
                spread(&[("network", 1)]),
                spread(&[("printer", 40)]),
                spread(&[]),
            ],
        };
        let lean = leanings.of_groups();
        assert!(lean[0] < 0.05, "{lean:?}");
        assert!(lean[0] < lean[1] && lean[1] < lean[2], "{lean:?}");
        // A single ticket tells little.
        assert!(lean[3] < lean[1], "{lean:?}");
        assert!(lean[4] > lean[2], "{lean:?}");
        assert!((lean[5] - LEAST).abs() < 1e-12, "{lean:?}");
    }

    #[test]
    fn without_tickets_there_is_no_leaning() {
        assert_eq!(CategoryAffinity::default().of_groups(), Vec::<f64>::new());
    }
}
