//! The SLA targets of a policy: which rule sets which target of a ticket.

use super::Policy;
use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::priority::Priority;
use crate::domain::sla::calendar::ALWAYS;
use crate::domain::sla::clock_map::ClockMap;
use crate::domain::sla::target::SlaTarget;
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::vocabulary::{ClockName, Kind};

/// An SLA target for the tickets that meet all its conditions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TargetRule {
    pub(crate) priority: Option<Priority>,
    pub(crate) kind: Option<Kind>,
    /// This category or one below it.
    pub(crate) category: Option<Category>,
    /// Working time by clock.
    pub(crate) spans: ClockMap<WorkingSpan>,
    /// How often the requester gets an update without asking; zero for never.
    pub(crate) cadence: Option<WorkingSpan>,
    /// Whether spans in business days end at the last closing of the day.
    pub(crate) end_of_day: Option<bool>,
    /// The name of a calendar.
    pub(crate) calendar: Option<String>,
}

/// The facts of a ticket that its SLA targets depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TicketFacts<'a> {
    pub(crate) priority: Option<Priority>,
    pub(crate) kind: Option<Kind>,
    pub(crate) category: Option<&'a Category>,
}

impl TargetRule {
    /// Returns the facts of a ticket that meets these conditions and no others.
    pub(crate) fn facts(&self) -> TicketFacts<'_> {
        TicketFacts {
            priority: self.priority,
            kind: self.kind,
            category: self.category.as_ref(),
        }
    }

    fn matches(&self, ticket: &TicketFacts<'_>) -> bool {
        self.priority.is_none_or(|p| ticket.priority == Some(p))
            && self.kind.is_none_or(|k| ticket.kind == Some(k))
            && self
                .category
                .as_ref()
                .is_none_or(|root| ticket.category.is_some_and(|c| c.is_within(root)))
    }

    /// The precedence among matching rules: the number of conditions, then a
    /// priority before a category before a kind, and a deeper category before
    /// a shallower one.
    fn specificity(&self) -> (usize, bool, usize, bool) {
        let (priority, kind) = (self.priority.is_some(), self.kind.is_some());
        let depth = self
            .category
            .as_ref()
            .map_or(0, |c| c.as_str().split('/').count());
        let conditions = usize::from(priority) + usize::from(kind) + usize::from(depth > 0);
        (conditions, priority, depth, kind)
    }

    /// The conditions as text, such as `P1, incident, network`.
    pub(crate) fn conditions(&self) -> String {
        let parts = [
            self.priority.map(|p| p.to_string()),
            self.kind.map(|k| k.to_string()),
            self.category.as_ref().map(|c| c.as_str().to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            "every ticket".to_owned()
        } else {
            parts.join(", ")
        }
    }
}

impl Policy {
    /// The target of a clock that starts at that time. Each part comes from the
    /// most specific rule that has it, the first of equals; `None` if no rule
    /// has a span for the clock.
    pub(crate) fn find_target(
        &self,
        clock: ClockName,
        ticket: &TicketFacts<'_>,
        start: Timestamp,
    ) -> Option<SlaTarget> {
        let (_, span) = self.span(clock, ticket)?;
        let cadence = self
            .most_specific(ticket, |rule| rule.cadence)
            .map(|(_, cadence)| cadence)
            .filter(|cadence| clock.definition().has_cadence && !cadence.is_zero());
        let days = |span| match span {
            WorkingSpan::Time(_) => None,
            WorkingSpan::Days(days) => Some(days),
        };
        let (span_days, cadence_days) = (days(span), cadence.and_then(days));
        let end_of_day = self.most_specific(ticket, |rule| rule.end_of_day);
        let end_of_day = end_of_day.is_some_and(|(_, yes)| yes)
            && (span_days.is_some() || cadence_days.is_some());
        let name = self.calendar_for(ticket);
        let time = |span| self.calendar(name).open_time(start, span, end_of_day);
        Some(SlaTarget {
            span: time(span),
            days: span_days,
            cadence: cadence.map(time),
            cadence_days,
            end_of_day,
            calendar: name.to_owned(),
            policy_version: self.version,
        })
    }

    /// The name of the calendar that counts for a ticket.
    pub(crate) fn calendar_for(&self, ticket: &TicketFacts<'_>) -> &str {
        let calendar = self.most_specific(ticket, |rule| rule.calendar.as_deref());
        calendar.map_or(ALWAYS, |(_, name)| name)
    }

    /// The target of a clock that starts at that time.
    pub(crate) fn target(
        &self,
        clock: ClockName,
        ticket: &TicketFacts<'_>,
        start: Timestamp,
    ) -> SlaTarget {
        self.find_target(clock, ticket, start)
            .expect("a valid policy has a target for every ticket")
    }

    /// The rule that sets the span of a clock.
    pub(crate) fn target_rule(
        &self,
        clock: ClockName,
        ticket: &TicketFacts<'_>,
    ) -> Option<&TargetRule> {
        Some(self.span(clock, ticket)?.0)
    }

    pub(crate) fn span(
        &self,
        clock: ClockName,
        ticket: &TicketFacts<'_>,
    ) -> Option<(&TargetRule, WorkingSpan)> {
        self.most_specific(ticket, |rule| rule.spans.get(clock).copied())
            .or_else(|| self.span(clock.definition().target_fallback?, ticket))
    }

    /// The most specific rule with a part, and that part.
    fn most_specific<'a, T>(
        &'a self,
        ticket: &TicketFacts<'_>,
        part: impl Fn(&'a TargetRule) -> Option<T>,
    ) -> Option<(&'a TargetRule, T)> {
        let matching = self.targets.iter().filter(|rule| rule.matches(ticket));
        // `max_by_key` returns the last of equals: the first rule, reversed.
        matching
            .filter_map(|rule| Some((rule, part(rule)?)))
            .rev()
            .max_by_key(|(rule, _)| rule.specificity())
    }
}
