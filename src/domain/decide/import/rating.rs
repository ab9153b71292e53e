//! Impact, urgency and priority of another system as a rating of this desk.

use super::ImportDecision;
use crate::domain::external_record::ImportRow;
use crate::domain::priority::{Level, Rating};

impl ImportDecision<'_> {
    /// Returns the rating of a row: the one of its impact and urgency, or the
    /// mildest one that gives its priority.
    pub(super) fn rating(&mut self, row: &mut ImportRow) -> Option<Rating> {
        let matrix = &self.ctx.policy.matrix;
        let rated = match (&row.impact, &row.urgency, row.priority) {
            (None, None, None) => return None,
            (Some(impact), Some(urgency), priority) => matrix
                .rate(impact, impact, urgency)
                .ok()
                .map(|rating| (rating, priority)),
            // The levels that give this priority, the mildest impact first.
            (impact, urgency, Some(priority)) => {
                let fits = |given: &Option<String>, name: &String| {
                    given
                        .as_ref()
                        .is_none_or(|given| given.eq_ignore_ascii_case(name))
                };
                let cells = matrix.impact.iter().zip(&matrix.cells).rev();
                let mut cells = cells.flat_map(|(i, cells)| {
                    matrix
                        .urgency
                        .iter()
                        .zip(cells)
                        .map(move |(u, cell)| (i, u, *cell))
                });
                cells
                    .find(|(i, u, cell)| {
                        *cell == priority.rank() && fits(impact, i) && fits(urgency, u)
                    })
                    .map(|(i, u, _)| {
                        let rating = Rating {
                            users: Level::from_stored(i),
                            business: Level::from_stored(i),
                            urgency: Level::from_stored(u),
                            priority,
                        };
                        (rating, Some(priority))
                    })
            }
            (Some(_), None, None) | (None, Some(_), None) => None,
        };
        if let Some((mut rating, priority)) = rated {
            if let Some(priority) = priority.filter(|priority| *priority != rating.priority) {
                let value = Some(format!("{priority} instead of {}", rating.priority));
                self.report(
                    row,
                    "the priority differs from the one computed from impact and urgency",
                    value,
                );
                rating.priority = priority;
            }
            return Some(rating);
        }
        let parts = [
            ("impact", row.impact.clone()),
            ("urgency", row.urgency.clone()),
            (
                "priority",
                row.priority.map(|priority| priority.to_string()),
            ),
        ];
        let parts = parts.into_iter();
        let parts: Vec<_> = parts
            .filter_map(|(label, value)| Some((label.to_owned(), value?)))
            .collect();
        let value: Vec<&str> = parts.iter().map(|(_, value)| value.as_str()).collect();
        let value = value.join(", ");
        self.report(
            row,
            "impact, urgency and priority do not fit the matrix of the policy",
            Some(value),
        );
        row.extra_fields.extend(parts);
        None
    }
}
