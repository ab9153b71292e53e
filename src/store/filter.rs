//! A query as conditions and an order in SQL. Everything that was typed is
//! bound, never spliced; that it answers as [`Query::matches`] and
//! [`Query::order`] do is proved by the conformance suite.

use super::driver::Value;
use super::sql;
use crate::domain::Timestamp;
use crate::domain::query::{Query, SortKey, TimeRange};
use crate::domain::vocabulary::{Grouping, State};

/// The longest part of a text that is looked for; a longer one is in no row.
const LONGEST_PART: usize = 40_000;

/// What follows `FROM ticket`, with its values.
#[derive(Debug, Default)]
pub(super) struct Filter {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Filter {
    pub(super) fn of(query: &Query, now: Timestamp) -> Self {
        let mut filter = Self::default();
        filter.states(query);
        filter.one_of("kind", query.kinds.iter().map(|k| k.as_str()));
        filter.one_of("channel", query.channels.iter().map(|c| c.as_str()));
        filter.one_of("tier", query.tiers.iter().map(|t| t.as_str()));
        filter.one_of("assignee", query.assignees.iter().map(|a| a.as_str()));
        if query.unassigned {
            filter.push("assignee IS NULL".into());
        }
        if query.known_errors {
            filter.push("known = 1".into());
        }
        filter.categories(query);
        let ranks = query.priorities.iter().map(|p| i64::from(p.rank()));
        filter.one_of("priority", ranks);
        filter.part("requester_lc", query.requester.as_deref());
        filter.part("title_lc", query.title.as_deref());
        filter.range("opened", query.opened);
        filter.range("resolved", query.resolved);
        filter.clocks(query, now);
        filter
    }

    /// Those on which it is written too, in the words of the index.
    pub(super) fn searching(self, search: &str) -> Search {
        let narrowed = !self.conditions.is_empty();
        let mut filter = self;
        let place = filter.bind(search);
        filter.push(format!("prose MATCH {place}"));
        Search { filter, narrowed }
    }

    /// The words and values for counting.
    pub(super) fn counted(self) -> (String, Vec<Value>) {
        (self.wheres(), self.values)
    }

    /// The statement and values for counting the open ones by what they have
    /// in common.
    pub(super) fn tallied(
        mut self,
        query: &Query,
        by: Grouping,
        now: Timestamp,
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
        let now = self.bind(now);
        (sql::tally(column, &now, &self.wheres()), self.values)
    }

    /// The words and values for reading in order.
    pub(super) fn ordered(mut self, query: &Query) -> (String, Vec<Value>) {
        let way = if query.reverse { " DESC" } else { "" };
        let order = match query.sort {
            SortKey::Due => format!("next_due{way} NULLS LAST, id{way}"),
            SortKey::Id => format!("id{way}"),
            SortKey::Priority => format!("priority{way} NULLS LAST, id{way}"),
            SortKey::Opened => format!("opened{way}, id{way}"),
            SortKey::Updated => format!("updated{way}, id{way}"),
            SortKey::Resolved => format!("resolved{way} NULLS LAST, id{way}"),
        };
        let mut words = format!("{} ORDER BY {order}", self.wheres());
        if let Some(limit) = query.limit {
            let place = self.bind(limit);
            words = format!("{words} LIMIT {place}");
        }
        (words, self.values)
    }

    fn wheres(&self) -> String {
        if self.conditions.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", self.conditions.join(" AND "))
        }
    }

    fn push(&mut self, condition: String) {
        self.conditions.push(condition);
    }

    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// `open = 1` is spelled as the partial indexes spell it.
    fn states(&mut self, query: &Query) {
        if query.only_open() {
            self.push("open = 1".into());
        }
        let wanted = |state: &State| query.states.contains(state);
        let every_open = State::ALL
            .iter()
            .all(|state| wanted(state) != (*state == State::Closed));
        if !every_open {
            self.one_of("state", query.states.iter().map(|s| s.as_str()));
        }
    }

    fn one_of<V: Into<Value>>(&mut self, column: &str, wanted: impl Iterator<Item = V>) {
        let places: Vec<String> = wanted.map(|value| self.bind(value)).collect();
        match places.as_slice() {
            [] => {}
            [place] => self.push(format!("{column} = {place}")),
            places => self.push(format!("{column} IN ({})", places.join(", "))),
        }
    }

    /// Each category, or a path below it. Cut and compared, because LIKE does
    /// not mind letter case.
    fn categories(&mut self, query: &Query) {
        let mut any = Vec::new();
        for root in &query.categories {
            let root = root.as_str();
            let below = format!("{root}/");
            let length = i64::try_from(below.chars().count()).unwrap_or(i64::MAX);
            let same = self.bind(root);
            let (length, below) = (self.bind(length), self.bind(below));
            any.push(format!(
                "category = {same} OR substr(category, 1, {length}) = {below}"
            ));
        }
        if !any.is_empty() {
            self.push(format!("({})", any.join(" OR ")));
        }
    }

    fn part(&mut self, column: &str, part: Option<&str>) {
        let Some(part) = part else { return };
        if part.len() > LONGEST_PART || part.contains('\0') {
            self.push("1 = 0".into());
            return;
        }
        let mut pattern = String::from("%");
        for c in part.to_lowercase().chars() {
            if matches!(c, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern.push('%');
        let place = self.bind(pattern);
        self.push(format!("{column} LIKE {place} ESCAPE '\\'"));
    }

    fn range(&mut self, column: &str, range: TimeRange) {
        let TimeRange { from, to } = range;
        if let Some(from) = from {
            let place = self.bind(from);
            self.push(format!("{column} >= {place}"));
        }
        if let Some(to) = to {
            let place = self.bind(to);
            self.push(format!("{column} < {place}"));
        }
    }

    fn clocks(&mut self, query: &Query, now: Timestamp) {
        if query.overdue {
            let now = self.bind(now);
            self.push(format!("next_due < {now}"));
        }
        if query.at_risk {
            let now = self.bind(now);
            self.push(format!(
                "next_warn <= {now} AND (next_due IS NULL OR next_due >= {now})"
            ));
        }
        if let Some(end) = query.due_before {
            let end = self.bind(end);
            self.push(format!("next_due < {end}"));
        }
    }
}

/// A search of the index of what is written, among the tickets asked for.
pub(super) struct Search {
    filter: Filter,
    /// Whether the rows of tickets are asked too.
    narrowed: bool,
}

impl Search {
    /// The statement and values for counting.
    pub(super) fn found(self) -> (String, Vec<Value>) {
        let statement = sql::count_matching(self.narrowed, &self.filter.wheres());
        (statement, self.filter.values)
    }

    /// The statement and values for the closest, or the latest where their
    /// closeness would take too long to tell.
    pub(super) fn closest(mut self, most: Option<u32>, ranked: bool) -> (String, Vec<Value>) {
        let mut rest = self.filter.wheres();
        rest += if ranked { sql::CLOSEST } else { sql::LATEST };
        if let Some(most) = most {
            let place = self.filter.bind(most);
            rest = format!("{rest} LIMIT {place}");
        }
        (sql::matching(self.narrowed, &rest), self.filter.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_bound_and_wildcards_are_plain_letters() {
        let query = Query {
            title: Some("100%_\\ '; DROP".into()),
            limit: Some(50),
            ..Query::open()
        };
        let (words, values) = Filter::of(&query, Timestamp::UNIX_EPOCH).ordered(&query);
        assert_eq!(
            words,
            "WHERE open = 1 AND title_lc LIKE $1 ESCAPE '\\' \
             ORDER BY next_due NULLS LAST, id LIMIT $2"
        );
        let pattern = Value::from("%100\\%\\_\\\\ '; drop%");
        assert_eq!(values, [pattern, Value::Int(50)]);
    }
}
