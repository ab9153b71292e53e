//! Impact, urgency, and the priority that the matrix of the policy computes
//! from them. A priority is never typed in.

use std::fmt;

use super::text::name_type;
use super::vocabulary::UnknownWord;

name_type! {
    /// A level of impact or urgency, by its name in the policy.
    Level
}

/// The priority of a ticket. 1 is the highest and prints as `P1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Priority(u8);

impl Priority {
    /// The lowest priority that a matrix of at most 5 x 5 levels can have.
    pub(crate) const LOWEST: u8 = 9;

    pub(crate) const fn from_rank(rank: u8) -> Self {
        Self(rank)
    }

    pub(crate) const fn rank(self) -> u8 {
        self.0
    }

    /// Parses `P2`, `p2` or `2`.
    ///
    /// # Errors
    /// [`UnknownWord`] for anything else.
    pub(crate) fn parse(typed: &str) -> Result<Self, UnknownWord> {
        let digits = typed.trim().trim_start_matches(['P', 'p']);
        match digits.parse::<u8>() {
            Ok(rank) if (1..=Self::LOWEST).contains(&rank) => Ok(Self(rank)),
            Ok(_) | Err(_) => Err(UnknownWord::new(
                "priority",
                typed,
                ["P1", "P2", "P3", "P4"],
            )),
        }
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("P{}", self.0))
    }
}

/// The priority of a ticket, and the levels that give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rating {
    /// The levels that an agent chose; absent if another system gave nothing
    /// but the priority.
    pub(crate) levels: Option<RatedLevels>,
    /// The priority from the matrix at that time, or the given one.
    pub(crate) priority: Priority,
}

/// The levels of impact and urgency that an agent chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RatedLevels {
    /// Impact on the users.
    pub(crate) users: Level,
    /// Impact on the business.
    pub(crate) business: Level,
    /// How soon the ticket must be handled.
    pub(crate) urgency: Level,
}

/// The scales of impact and urgency, and the table of priorities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Matrix {
    /// The impact levels, the greatest first: the rows.
    pub(crate) impact: Vec<String>,
    /// The urgency levels, the most urgent first: the columns.
    pub(crate) urgency: Vec<String>,
    /// The priorities, one row for each impact level.
    pub(crate) cells: Vec<Vec<u8>>,
}

impl Matrix {
    /// The rank of the lowest priority that it gives.
    pub(crate) fn lowest_rank(&self) -> u8 {
        self.cells
            .iter()
            .flatten()
            .max()
            .copied()
            .unwrap_or_default()
    }

    /// Computes a rating. The greater of the two impacts counts.
    ///
    /// # Errors
    /// [`UnknownWord`] for a level that is not on its scale.
    pub(crate) fn rate(
        &self,
        users: &str,
        business: &str,
        urgency: &str,
    ) -> Result<Rating, UnknownWord> {
        let on_users = Self::rank("impact level", &self.impact, users)?;
        let on_business = Self::rank("impact level", &self.impact, business)?;
        let soon = Self::rank("urgency level", &self.urgency, urgency)?;
        let priority = self.cells[on_users.min(on_business)][soon];
        Ok(Rating {
            levels: Some(RatedLevels {
                users: Level::from_stored(&self.impact[on_users]),
                business: Level::from_stored(&self.impact[on_business]),
                urgency: Level::from_stored(&self.urgency[soon]),
            }),
            priority: Priority::from_rank(priority),
        })
    }

    /// Returns the greater of the two impacts. A level that is no longer on the
    /// scale counts as the smallest.
    pub(crate) fn effective_impact<'a>(&self, levels: &'a RatedLevels) -> &'a Level {
        let rank = |level: &Level| {
            self.impact
                .iter()
                .position(|name| name == level.as_str())
                .unwrap_or(usize::MAX)
        };
        if rank(&levels.business) < rank(&levels.users) {
            &levels.business
        } else {
            &levels.users
        }
    }

    /// Finds a level by its name, a unique prefix, or its position on the scale,
    /// where 1 is the greatest.
    fn rank(what: &'static str, scale: &[String], typed: &str) -> Result<usize, UnknownWord> {
        let word = typed.trim().to_lowercase();
        let unknown = || UnknownWord::new(what, typed, scale.iter().cloned());
        if let Some(at) = scale.iter().position(|name| *name == word) {
            return Ok(at);
        }
        if let Ok(place) = word.parse::<usize>() {
            return if (1..=scale.len()).contains(&place) {
                Ok(place - 1)
            } else {
                Err(unknown())
            };
        }
        let mut matching = scale
            .iter()
            .enumerate()
            .filter(|(_, name)| !word.is_empty() && name.starts_with(&word));
        match (matching.next(), matching.next()) {
            (Some((at, _)), None) => Ok(at),
            (Some(_), Some(_)) | (None, _) => Err(unknown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::policy::Policy;

    #[test]
    fn the_default_matrix_is_the_published_one() {
        let matrix = Policy::built_in().matrix;
        let mut seen = Vec::new();
        for impact in ["high", "medium", "low"] {
            for urgency in ["high", "medium", "low"] {
                let rating = matrix.rate(impact, "low", urgency).unwrap();
                seen.push(rating.priority.rank());
            }
        }
        assert_eq!(seen, [1, 2, 3, 2, 3, 4, 3, 4, 4]);
    }

    #[test]
    fn the_greater_of_the_two_impacts_counts() {
        let matrix = Policy::built_in().matrix;
        let rating = matrix.rate("low", "high", "medium").unwrap();
        assert_eq!(rating.priority.to_string(), "P2");
        assert_eq!(
            matrix.effective_impact(&rating.levels.unwrap()).as_str(),
            "high"
        );
    }

    #[test]
    fn a_level_can_be_typed_as_a_prefix_or_a_position() {
        let matrix = Policy::built_in().matrix;
        assert_eq!(
            matrix.rate("h", "3", "MED").unwrap(),
            matrix.rate("high", "low", "medium").unwrap()
        );
        let fault = matrix.rate("hihg", "low", "low").unwrap_err();
        assert_eq!(fault.to_string(), "unknown impact level 'hihg'");
        assert_eq!(
            fault.hint(),
            "did you mean 'high'? accepted: high, medium, low"
        );
        assert!(matrix.rate("0", "low", "low").is_err());
        assert!(matrix.rate("", "low", "low").is_err());
    }
}
