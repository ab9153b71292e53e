//! How well questions with known answers are answered.

use crate::domain::event::TicketId;

/// How many tickets are looked at for an answer.
pub(crate) const LOOKED_AT: usize = 10;

/// A question whose answer is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) text: String,
    /// What answers it: numbers of tickets, of this store or of the system
    /// that they were taken in from; or the category that is right.
    pub(crate) answers: Vec<String>,
}

/// How well questions were answered.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Trial {
    pub(crate) questions: u32,
    /// How many had an answer in the first place.
    pub(crate) first: u32,
    /// And within the first five.
    pub(crate) five: u32,
    /// The sum of one over the place of the first answer within ten.
    pub(crate) places: f64,
}

impl Trial {
    /// Counts what was found for a question, in order.
    pub(crate) fn count<T: PartialEq>(&mut self, found: &[T], answers: &[T]) {
        self.questions += 1;
        let mut place = 0.0;
        for (at, one) in found.iter().take(LOOKED_AT).enumerate() {
            place += 1.0;
            if answers.contains(one) {
                self.first += u32::from(at == 0);
                self.five += u32::from(at < 5);
                self.places += 1.0 / place;
                return;
            }
        }
    }

    /// The share of questions with an answer in the first place.
    pub(crate) fn hit_1(&self) -> f64 {
        self.share(f64::from(self.first))
    }

    /// The share with an answer within the first five.
    pub(crate) fn hit_5(&self) -> f64 {
        self.share(f64::from(self.five))
    }

    /// The mean reciprocal rank within the first ten.
    pub(crate) fn mrr_10(&self) -> f64 {
        self.share(self.places)
    }

    fn share(&self, of: f64) -> f64 {
        of / f64::from(self.questions.max(1))
    }
}

/// What is tried, and how it went.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tried {
    /// `tickets` or `categories`.
    pub(crate) what: &'static str,
    pub(crate) trial: Trial,
}

/// The number of a ticket of this store.
pub(crate) fn own_number(answer: &str) -> Option<TicketId> {
    let digits = answer.trim().trim_start_matches('#');
    digits.parse().ok().map(TicketId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted() {
        let mut trial = Trial::default();
        trial.count(&[7, 8, 9], &[7]);
        trial.count(&[7, 8, 9, 1], &[1, 2]);
        trial.count(&[1, 2, 3, 4, 5, 6], &[6]);
        trial.count(&[1, 2], &[3]);
        let late: Vec<i32> = (0..20).collect();
        trial.count(&late, &[15]);
        assert_eq!((trial.questions, trial.first, trial.five), (5, 1, 2));
        assert!((trial.mrr_10() - (1.0 + 0.25 + 1.0 / 6.0) / 5.0).abs() < 1e-12);
        assert!((trial.hit_5() - 0.4).abs() < 1e-12);
        assert!((trial.hit_1() - 0.2).abs() < 1e-12);
    }

    #[test]
    fn nothing_asked_is_nothing_hit() {
        assert!(Trial::default().mrr_10().abs() < 1e-12);
    }
}
