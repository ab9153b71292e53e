//! Measures search quality: queries with known answers, and the metrics hit@1,
//! hit@5 and MRR@10.

use crate::domain::event::TicketId;

/// Number of results that the metrics look at.
pub(crate) const CUTOFF: usize = 10;

/// A query with its relevance judgments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EvaluationQuery {
    pub(crate) text: String,
    /// The relevant answers: ticket numbers of this store or of the system
    /// that the tickets were imported from, or the correct category.
    pub(crate) relevant: Vec<String>,
}

/// Search quality over a set of queries.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Metrics {
    pub(crate) queries: u32,
    /// Queries whose first result is relevant.
    pub(crate) hits_at_1: u32,
    /// Queries with a relevant result among the first five.
    pub(crate) hits_at_5: u32,
    /// Sum of the reciprocal ranks of the first relevant result of each query,
    /// 0 if it is not among the first [`CUTOFF`].
    pub(crate) reciprocal_ranks: f64,
}

impl Metrics {
    /// Adds the results of a query, best first.
    pub(crate) fn add<T: PartialEq>(&mut self, results: &[T], relevant: &[T]) {
        self.queries += 1;
        let mut rank = 0.0;
        for (index, result) in results.iter().take(CUTOFF).enumerate() {
            rank += 1.0;
            if relevant.contains(result) {
                self.hits_at_1 += u32::from(index == 0);
                self.hits_at_5 += u32::from(index < 5);
                self.reciprocal_ranks += 1.0 / rank;
                return;
            }
        }
    }

    /// Share of queries whose first result is relevant.
    pub(crate) fn hit_1(&self) -> f64 {
        self.mean(f64::from(self.hits_at_1))
    }

    /// Share of queries with a relevant result among the first five.
    pub(crate) fn hit_5(&self) -> f64 {
        self.mean(f64::from(self.hits_at_5))
    }

    /// Mean reciprocal rank within the first ten results.
    pub(crate) fn mrr_10(&self) -> f64 {
        self.mean(self.reciprocal_ranks)
    }

    fn mean(&self, sum: f64) -> f64 {
        sum / f64::from(self.queries.max(1))
    }
}

/// The result of an evaluation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Evaluation {
    /// What was evaluated: `tickets` or `categories`.
    pub(crate) target: &'static str,
    pub(crate) metrics: Metrics,
}

/// Parses the number of a ticket of this store, with or without `#`.
pub(crate) fn parse_ticket_id(answer: &str) -> Option<TicketId> {
    let digits = answer.trim().trim_start_matches('#');
    digits.parse().ok().map(TicketId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_count_the_rank_of_the_first_relevant_result() {
        let mut metrics = Metrics::default();
        metrics.add(&[7, 8, 9], &[7]);
        metrics.add(&[7, 8, 9, 1], &[1, 2]);
        metrics.add(&[1, 2, 3, 4, 5, 6], &[6]);
        metrics.add(&[1, 2], &[3]);
        let long: Vec<i32> = (0..20).collect();
        metrics.add(&long, &[15]);
        let hits = (metrics.queries, metrics.hits_at_1, metrics.hits_at_5);
        assert_eq!(hits, (5, 1, 2));
        assert!((metrics.mrr_10() - (1.0 + 0.25 + 1.0 / 6.0) / 5.0).abs() < 1e-12);
        assert!((metrics.hit_5() - 0.4).abs() < 1e-12);
        assert!((metrics.hit_1() - 0.2).abs() < 1e-12);
    }

    #[test]
    fn without_queries_the_metrics_are_zero() {
        assert!(Metrics::default().mrr_10().abs() < 1e-12);
    }
}
