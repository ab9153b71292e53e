//! What stands below a question of the form while one types.

use std::cell::RefCell;

use super::field::Field;
use super::{EDITOR, SHOWN};
use crate::cli::commands::categorize::label;
use crate::cli::context::CommandContext;
use crate::domain::search::similar::{CategorySuggestion, SimilarityQuery};
use crate::output::safe_line;

/// From how many characters on a title suggests categories.
const MIN_TITLE: usize = 4;

/// What stands below a question while one types.
pub(super) struct Hints<'a> {
    pub(super) ctx: &'a CommandContext<'a>,
    pub(super) field: Field,
    pub(super) known: &'a [String],
    pub(super) suggestions: &'a [CategorySuggestion],
    /// The last title, and what it suggested.
    pub(super) last: RefCell<(String, Vec<String>)>,
}

impl Hints<'_> {
    pub(super) fn lines(&self, typed: &str) -> Vec<String> {
        let typed = typed.trim();
        match self.field {
            Field::Title => self.for_title(typed),
            Field::Category if typed.is_empty() => {
                let numbered = self.suggestions.iter().zip(1..);
                let line = |(one, n): (&CategorySuggestion, usize)| {
                    format!("  {n} {}", label(one, self.ctx))
                };
                numbered.map(line).collect()
            }
            Field::Category | Field::Requester | Field::Assignee if !typed.is_empty() => {
                let begun = typed.to_lowercase();
                let known = self.known.iter();
                let matching = known.filter(|name| name.to_lowercase().contains(&begun));
                matching
                    .take(SHOWN)
                    .map(|name| format!("  {}", safe_line(name)))
                    .collect()
            }
            Field::Description => vec![format!("  one line, or {EDITOR} for the editor")],
            Field::Category
            | Field::Requester
            | Field::Assignee
            | Field::Channel
            | Field::Kind
            | Field::Users
            | Field::Business
            | Field::Urgency => Vec::new(),
        }
    }

    fn for_title(&self, typed: &str) -> Vec<String> {
        if typed.chars().count() < MIN_TITLE {
            return Vec::new();
        }
        let mut last = self.last.borrow_mut();
        if last.0 != typed {
            // Typing goes on if they cannot be looked up.
            let found = self.ctx.desk.suggestions(&SimilarityQuery::from(typed));
            let found = found.unwrap_or_default().into_iter().take(3);
            let line = |one: CategorySuggestion| format!("  category? {}", label(&one, self.ctx));
            *last = (typed.to_owned(), found.map(line).collect());
        }
        last.1.clone()
    }
}
