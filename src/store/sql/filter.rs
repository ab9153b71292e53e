//! A query as conditions and an order in SQL. Everything that was typed is
//! bound as a parameter. The conformance suite compares the result with
//! [`Query::matches`] and [`Query::compare`].

mod conditions;

#[cfg(doc)]
use super::driver::Executor;
use super::driver::Value;
use super::statements;
use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::privacy::view::{RestrictedTickets, View};
use crate::domain::query::{Query, SortKey, TimeRange};
use crate::domain::vocabulary::{Grouping, State};

/// The longest substring that is searched for, in bytes; no row has a longer
/// text.
const LONGEST_SUBSTRING: usize = 40_000;

/// The condition that a ticket was not taken back, as the indexes have it.
pub(crate) const NOT_UNDONE: &str = "undone = 0";

/// Conditions on the columns of `ticket`, with the values of their parameters.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub(crate) conditions: Vec<String>,
    pub(crate) values: Vec<Value>,
    /// See [`Executor::position_function`].
    position: &'static str,
}

/// The condition that a column names no ticket that a view hides; `None` if it
/// hides none.
pub(crate) fn not_hidden(column: &str, view: &View) -> Option<String> {
    let hidden: Vec<String> = view.hidden().map(|id| id.0.to_string()).collect();
    (!hidden.is_empty()).then(|| format!("{column} NOT IN ({})", hidden.join(", ")))
}

impl Filter {
    /// `position` is [`Executor::position_function`].
    pub(crate) fn new(query: &Query, now: Timestamp, view: &View, position: &'static str) -> Self {
        let mut filter = Self {
            position,
            ..Self::default()
        };
        if query.restricted_tickets() == RestrictedTickets::LeaveOut {
            filter.conditions.extend(not_hidden("id", view));
        }
        filter.states(query, now);
        filter.one_of("kind", query.kinds.iter().map(|k| k.as_str()));
        filter.one_of("channel", query.channels.iter().map(|c| c.as_str()));
        filter.one_of("tier", query.tiers.iter().map(|t| t.as_str()));
        filter.one_of("assignee", query.assignees.iter().map(|a| a.as_str()));
        if query.unassigned {
            filter.push("assignee IS NULL".into());
        }
        if query.known_errors {
            filter.push("known_error = 1".into());
        }
        filter.categories(query);
        filter.priorities(query);
        filter.contains("requester_lc", query.requester.as_deref());
        filter.contains("title_lc", query.title.as_deref());
        filter.range("opened", query.opened);
        filter.range("updated", query.updated);
        filter.range("resolved", query.resolved);
        filter.clocks(query, now);
        for condition in &query.conditions {
            filter.condition(condition, now);
        }
        filter
    }

    /// The WHERE clause and its values.
    pub(crate) fn counted(self) -> (String, Vec<Value>) {
        (self.where_clause(), self.values)
    }

    /// The statement that counts the open tickets by group, and its values.
    pub(crate) fn grouped(
        mut self,
        query: &Query,
        by: Grouping,
        now: Timestamp,
        view: &View,
    ) -> (String, Vec<Value>) {
        if !query.only_open() {
            self.push("open = 1".into());
        }
        let column = match by {
            Grouping::Priority => "priority",
            Grouping::Tier => "tier",
            Grouping::Assignee => "assignee",
            Grouping::Category => "category",
        };
        // As on the rows of tickets of which only the number is shown.
        let hides = matches!(by, Grouping::Assignee | Grouping::Category);
        let column = match not_hidden("id", view).filter(|_| hides) {
            Some(shown) => format!("CASE WHEN {shown} THEN {column} END"),
            None => column.to_owned(),
        };
        let now = self.bind(now);
        (
            statements::group_counts(&column, &now, &self.where_clause()),
            self.values,
        )
    }

    /// The WHERE, ORDER BY and LIMIT clauses, and their values.
    pub(crate) fn ordered(mut self, query: &Query) -> (String, Vec<Value>) {
        let direction = if query.reverse { " DESC" } else { "" };
        let order = match query.sort {
            SortKey::Due => format!("next_due{direction} NULLS LAST, id{direction}"),
            SortKey::Id => format!("id{direction}"),
            SortKey::Priority => format!("priority{direction} NULLS LAST, id{direction}"),
            SortKey::Opened => format!("opened{direction}, id{direction}"),
            SortKey::Updated => format!("updated{direction}, id{direction}"),
            SortKey::Resolved => format!("resolved{direction} NULLS LAST, id{direction}"),
        };
        let mut clauses = format!("{} ORDER BY {order}", self.where_clause());
        if let Some(limit) = query.limit {
            let parameter = self.bind(limit);
            clauses = format!("{clauses} LIMIT {parameter}");
        }
        (clauses, self.values)
    }

    pub(crate) fn where_clause(&self) -> String {
        if self.conditions.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", self.conditions.join(" AND "))
        }
    }

    pub(crate) fn push(&mut self, condition: String) {
        self.conditions.push(condition);
    }

    /// Adds the value of a parameter and returns its placeholder.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// Writes `open = 1` exactly as the partial indexes do.
    fn states(&mut self, query: &Query, now: Timestamp) {
        if query.only_open() {
            self.push("open = 1".into());
        } else {
            self.push(NOT_UNDONE.into());
        }
        let wanted = |state: &State| query.states.contains(state);
        let every_open = State::ALL
            .iter()
            .all(|state| wanted(state) != (*state == State::Closed));
        let words = query.states.iter().map(|state| state.as_str());
        if every_open {
            // Every ticket of the index matches.
        } else if wanted(&State::Paused) == wanted(&State::Active) {
            self.one_of("state", words);
        } else {
            let state = self.state_at(now);
            self.one_of(&state, words);
        }
    }

    /// The state as it is now: a pause whose end has come is over.
    fn state_at(&mut self, now: Timestamp) -> String {
        let now = self.bind(now);
        format!(
            "CASE WHEN state = '{}' AND wake_at <= {now} THEN '{}' ELSE state END",
            State::Paused.as_str(),
            State::Active.as_str()
        )
    }

    fn one_of<V: Into<Value>>(&mut self, column: &str, wanted: impl Iterator<Item = V>) {
        let parameters: Vec<String> = wanted.map(|value| self.bind(value)).collect();
        match parameters.as_slice() {
            [] => {}
            [parameter] => self.push(format!("{column} = {parameter}")),
            parameters => self.push(format!("{column} IN ({})", parameters.join(", "))),
        }
    }

    fn priorities(&mut self, query: &Query) {
        let ranks = query.priorities.iter().map(|p| i64::from(p.rank()));
        let known = self.conditions.len();
        self.one_of("priority", ranks);
        if query.without_priority {
            let rated = self.conditions.drain(known..);
            let any: Vec<String> = rated.chain(["priority IS NULL".to_owned()]).collect();
            self.push(format!("({})", any.join(" OR ")));
        }
    }

    fn categories(&mut self, query: &Query) {
        let roots = query.categories.iter();
        let any: Vec<String> = roots.map(|root| self.within(root)).collect();
        if !any.is_empty() {
            self.push(format!("({})", any.join(" OR ")));
        }
    }

    /// A category and everything below it: a range of bytes, because LIKE ignores
    /// case.
    fn within(&mut self, root: &Category) -> String {
        let root = root.as_str();
        let same = self.bind(root);
        // '0' is the character after '/'.
        let (from, to) = (self.bind(format!("{root}/")), self.bind(format!("{root}0")));
        format!("category = {same} OR (category >= {from} AND category < {to})")
    }

    fn contains(&mut self, column: &str, part: Option<&str>) {
        if let Some(part) = part {
            let condition = self.has_part(column, part);
            self.push(condition);
        }
    }

    /// The condition that a column of lower-case letters contains a text.
    fn has_part(&mut self, column: &str, part: &str) -> String {
        if part.len() > LONGEST_SUBSTRING || part.contains('\0') {
            return "1 = 0".to_owned();
        }
        self.has_exactly(column, &part.to_lowercase())
    }

    /// The condition that a column contains a text as it is.
    fn has_exactly(&mut self, column: &str, part: &str) -> String {
        let mut pattern = String::from("%");
        for c in part.chars() {
            if matches!(c, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern.push('%');
        let parameter = self.bind(pattern);
        format!("{column} LIKE {parameter} ESCAPE '\\'")
    }

    fn range(&mut self, column: &str, range: TimeRange) {
        let ends = self.ends(column, range);
        self.conditions.extend(ends);
    }

    /// The conditions that a moment is not outside a range.
    fn ends(&mut self, column: &str, range: TimeRange) -> Vec<String> {
        let TimeRange { from, to } = range;
        let from = from.map(|from| format!("{column} >= {}", self.bind(from)));
        let to = to.map(|to| format!("{column} < {}", self.bind(to)));
        from.into_iter().chain(to).collect()
    }

    fn clocks(&mut self, query: &Query, now: Timestamp) {
        if query.overdue {
            let overdue = self.overdue(now);
            self.push(overdue);
        }
        if query.at_risk {
            let at_risk = self.at_risk(now);
            self.push(at_risk);
        }
        if let Some(end) = query.due_before {
            let end = self.bind(end);
            self.push(format!("next_due < {end}"));
        }
    }

    fn overdue(&mut self, now: Timestamp) -> String {
        format!("next_due < {}", self.bind(now))
    }

    fn at_risk(&mut self, now: Timestamp) -> String {
        let now = self.bind(now);
        format!("next_warn <= {now} AND (next_due IS NULL OR next_due >= {now})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_is_bound_and_wildcards_are_ordinary_characters() {
        let query = Query {
            title: Some("100%_\\ '; DROP".into()),
            limit: Some(50),
            ..Query::open()
        };
        let (clauses, values) =
            Filter::new(&query, Timestamp::UNIX_EPOCH, &View::default(), "instr").ordered(&query);
        assert_eq!(
            clauses,
            "WHERE open = 1 AND title_lc LIKE $1 ESCAPE '\\' \
             ORDER BY next_due NULLS LAST, id LIMIT $2"
        );
        let pattern = Value::from("%100\\%\\_\\\\ '; drop%");
        assert_eq!(values, [pattern, Value::Int(50)]);
    }
}
