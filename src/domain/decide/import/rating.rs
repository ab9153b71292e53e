//! Impact, urgency and priority of another system as a rating of this desk.
//! Nothing is invented: a priority without ratings stays a priority that was
//! given from outside, and an impact without an urgency stays an impact.

use super::ImportDecision;
use crate::domain::external_record::ImportRow;
use crate::domain::priority::Rating;

impl ImportDecision<'_> {
    /// Returns the rating of a row: that of its impact and urgency, or only
    /// its priority. What is not part of it becomes a fact.
    pub(super) fn rating(&mut self, row: &mut ImportRow) -> Option<Rating> {
        let matrix = &self.ctx.policy.matrix;
        let given = row.priority.map(|priority| Rating {
            levels: None,
            priority,
        });
        match (row.impact.clone(), row.urgency.clone()) {
            (None, None) => given,
            (Some(impact), Some(urgency)) => {
                let Ok(mut rating) = matrix.rate(&impact, &impact, &urgency) else {
                    let levels = format!("{impact}, {urgency}");
                    let reason = "impact and urgency do not fit the matrix of the policy";
                    self.report(row, reason, Some(levels));
                    self.keep_level(row, "impact", impact);
                    self.keep_level(row, "urgency", urgency);
                    return given;
                };
                if let Some(priority) = row.priority.filter(|given| *given != rating.priority) {
                    let value = Some(format!("{priority} instead of {}", rating.priority));
                    self.report(
                        row,
                        "the priority differs from the one computed from impact and urgency",
                        value,
                    );
                    rating.priority = priority;
                }
                Some(rating)
            }
            (Some(impact), None) => {
                self.keep_level(row, "impact", impact);
                given
            }
            (None, Some(urgency)) => {
                self.keep_level(row, "urgency", urgency);
                given
            }
        }
    }

    /// Keeps one level that gives no priority by itself.
    fn keep_level(&self, row: &mut ImportRow, field: &str, level: String) {
        let label = self.options.label(field);
        row.extra_fields.push((label, level));
    }
}
