//! The statuses that `--status` takes: those of tickets, `open` and `void`.

use crate::domain::filter::{Condition, Test};
use crate::domain::query::Query;
use crate::domain::vocabulary::{State, UnknownWord};

/// A status to filter by. Void tickets are closed, but listed only where they are asked
/// for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusFilter {
    State(State),
    /// All but closed and void ones.
    Open,
    Void,
}

impl StatusFilter {
    pub(crate) const WORDS: &'static [&'static str] = &[
        "new", "active", "paused", "resolved", "closed", "open", "void",
    ];

    /// Parses a status, `open` or `void`.
    ///
    /// # Errors
    /// [`UnknownWord`] for anything else.
    pub(crate) fn parse(typed: &str) -> Result<Self, UnknownWord> {
        if typed.trim().eq_ignore_ascii_case("void") {
            return Ok(Self::Void);
        }
        if typed.trim().eq_ignore_ascii_case("open") {
            return Ok(Self::Open);
        }
        let state = State::parse(typed).map(Self::State);
        state.map_err(|_| UnknownWord::new("status", typed, Self::WORDS.iter().copied()))
    }

    /// The query for any of some statuses: a list of them, or a condition if void
    /// tickets are among them.
    pub(crate) fn query(all: &[Self]) -> (Vec<State>, Option<Condition>) {
        let states = all.iter().flat_map(|one| match one {
            Self::State(state) => vec![*state],
            Self::Open => Query::open().states,
            Self::Void => Vec::new(),
        });
        if !all.contains(&Self::Void) {
            return (states.collect(), None);
        }
        let tests = states.map(Test::State).chain([Test::Void]).collect();
        let negated = false;
        (Vec::new(), Some(Condition { negated, tests }))
    }
}
