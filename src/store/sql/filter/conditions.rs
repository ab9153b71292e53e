//! Conditions of the filter language in SQL.

use super::super::super::codec;
use super::super::carried;
use super::super::ticket_row::VOID;
use super::Filter;
use crate::domain::Timestamp;
use crate::domain::filter::{
    Condition, DateRange, FieldTest, NumberRange, OptionalField, Test, TimeField,
};
use crate::domain::vocabulary::{FieldType, State};

impl Filter {
    /// Adds a condition. What is absent meets no test, so that `IS NOT TRUE` turns
    /// it round.
    pub(super) fn condition(&mut self, condition: &Condition, now: Timestamp) {
        let tests = condition.tests.iter();
        let tests: Vec<String> = tests
            .map(|test| format!("({})", self.test(test, now)))
            .collect();
        let any = format!("({})", tests.join(" OR "));
        self.push(match condition.negated {
            true => format!("{any} IS NOT TRUE"),
            false => any,
        });
    }

    fn test(&mut self, test: &Test, now: Timestamp) -> String {
        match test {
            Test::Text(part) => {
                let title = self.has_part("title_lc", part);
                let requester = self.has_part("requester_lc", part);
                format!("{title} OR {requester}")
            }
            Test::Title(part) => self.has_part("title_lc", part),
            Test::Requester(part) => self.has_part("requester_lc", part),
            Test::State(State::Closed) => "open = 0".to_owned(),
            Test::State(state) => {
                let column = self.state_at(now);
                self.equals(&column, state.as_str())
            }
            Test::Open => "open = 1".to_owned(),
            Test::Void => format!("undone = {VOID}"),
            Test::Kind(kind) => self.equals("kind", kind.as_str()),
            Test::Onset(onset) => self.equals("onset", onset.as_str()),
            Test::Channel(channel) => self.equals("channel", channel.as_str()),
            Test::Tier(tier) => self.equals("tier", tier.as_str()),
            Test::Assignee(agent) => self.equals("assignee", agent.as_str()),
            Test::Category(root) => self.within(root),
            Test::Priority(range) => self.numbers("priority", *range),
            Test::Satisfaction(range) => self.numbers("satisfaction", *range),
            Test::Spent(range) => self.numbers("spent_s", *range),
            Test::Id(range) => self.numbers("id", *range),
            Test::Key(key) => self.equals("key", key),
            Test::Source(source) => self.equals("source", source),
            Test::Number(number) => self.equals("number", number),
            Test::Code(code) => self.equals("code", code.as_str()),
            Test::PauseReason(reason) => {
                let paused = self.paused(now);
                let reason = self.equals("pause_reason", reason.as_str());
                format!("{paused} AND {reason}")
            }
            Test::Time(field, range) => {
                let column = column_of_time(*field);
                let mut all = vec![format!("{column} IS NOT NULL")];
                all.extend(self.ends(column, *range));
                all.join(" AND ")
            }
            Test::Has(field) => self.present(*field, now),
            Test::Lacks(field) => format!("({}) IS NOT TRUE", self.present(*field, now)),
            Test::Overdue => self.overdue(now),
            Test::AtRisk => self.at_risk(now),
            Test::KnownError => "known_error = 1".to_owned(),
            Test::Merged => "merged_into IS NOT NULL".to_owned(),
            Test::Reopened => "reopenings > 0".to_owned(),
            Test::Escalated => "escalations > 0".to_owned(),
            Test::Restricted => "restricted_to IS NOT NULL".to_owned(),
            Test::Promised => self.has_exactly("clocks", codec::PROMISED),
            Test::Tag(tag) => {
                let has = self.has_exactly("tags", &format!(" {} ", tag.as_str()));
                format!("tags IS NOT NULL AND {has}")
            }
            Test::ChecklistOpen => "checklist_done < checklist_total".to_owned(),
            Test::ChecklistDone => {
                "checklist_total > 0 AND checklist_done = checklist_total".to_owned()
            }
            Test::Field(name, test) => self.field(name, test),
            Test::HasField(name) => self.has_field(name),
            Test::LacksField(name) => format!("({}) IS NOT TRUE", self.has_field(name)),
        }
    }

    fn has_field(&mut self, name: &str) -> String {
        let has = self.has_exactly("fields", &carried::before_key(name));
        format!("fields IS NOT NULL AND {has}")
    }

    fn field(&mut self, name: &str, test: &FieldTest) -> String {
        let (kind, length, ends) = match test {
            FieldTest::Text(text) => {
                let field = carried::with_key(name, &carried::text_key(text));
                let has = self.has_exactly("fields", &field);
                return format!("fields IS NOT NULL AND {has}");
            }
            FieldTest::Number(NumberRange { from, to }) => {
                let ends = [Some(*from), Some(*to)].map(|end| end.map(carried::number_key));
                (FieldType::Number, carried::NUMBER, ends)
            }
            FieldTest::Date(DateRange { from, to }) => {
                let ends = [*from, *to].map(|end| end.map(carried::date_key));
                (FieldType::Date, carried::DATE, ends)
            }
        };
        let has = self.has_field(name);
        let before = self.bind(carried::before_key(name));
        let from_key = format!(
            "substr(fields, {}(fields, {before}) + length({before})",
            self.position
        );
        let key = format!("{from_key}, {length})");
        let kind = carried::after_key(kind);
        let after = format!(
            "{from_key} + {length}, {}) = {}",
            kind.len(),
            self.bind(kind.as_str())
        );
        let mut all = vec![has, after];
        for (end, sign) in ends.into_iter().zip([">=", "<="]) {
            if let Some(end) = end {
                all.push(format!("{key} {sign} {}", self.bind(end)));
            }
        }
        all.join(" AND ")
    }

    fn equals(&mut self, column: &str, value: &str) -> String {
        format!("{column} = {}", self.bind(value))
    }

    fn numbers(&mut self, column: &str, range: NumberRange) -> String {
        let NumberRange { from, to } = range;
        let (from, to) = (self.bind(from), self.bind(to));
        format!("{column} BETWEEN {from} AND {to}")
    }

    fn paused(&mut self, now: Timestamp) -> String {
        let now = self.bind(now);
        let paused = State::Paused.as_str();
        format!("state = '{paused}' AND (wake_at IS NULL OR wake_at > {now})")
    }

    fn present(&mut self, field: OptionalField, now: Timestamp) -> String {
        let column = match field {
            OptionalField::Requester => {
                return "requester_name IS NOT NULL OR requester_contact IS NOT NULL".to_owned();
            }
            OptionalField::PauseReason => return self.paused(now),
            OptionalField::Spent => return "spent_s > 0".to_owned(),
            OptionalField::Kind => "kind",
            OptionalField::Assignee => "assignee",
            OptionalField::Category => "category",
            OptionalField::Priority => "priority",
            OptionalField::Satisfaction => "satisfaction",
            OptionalField::Key => "key",
            OptionalField::Source => "source",
            OptionalField::Code => "code",
            OptionalField::Resolved => "resolved",
            OptionalField::Closed => "closed",
            OptionalField::Due => "next_due",
            OptionalField::Unanswered => "unanswered_since",
            OptionalField::Tag => "tags",
            OptionalField::Checklist => return "checklist_total > 0".to_owned(),
        };
        format!("{column} IS NOT NULL")
    }
}

const fn column_of_time(field: TimeField) -> &'static str {
    match field {
        TimeField::Opened => "opened",
        TimeField::Updated => "updated",
        TimeField::Resolved => "resolved",
        TimeField::Closed => "closed",
        TimeField::Due => "next_due",
        TimeField::Unanswered => "unanswered_since",
    }
}
