//! The policy: everything that a desk decides for itself, such as priorities,
//! tiers, agents, categories, calendars, SLA targets and gates. A target names
//! the policy version that set it; [`versions`] holds all versions.

mod agents;
pub(crate) mod questions;
pub(crate) mod versions;

use std::collections::BTreeMap;
use std::fmt;

use chrono::TimeDelta;

use super::category::Category;
use super::people::Tier;
use super::priority::{Matrix, Priority};
use super::rejection::Rejection;
use super::sla::calendar::{ALWAYS, Calendar};
use super::sla::clock_map::ClockMap;
use super::sla::target::SlaTarget;
use super::vocabulary::{ClockName, ClosureCode, Gate, Kind, UnknownWord};
pub(crate) use agents::AgentEntry;
use questions::{FindingRule, Question};

/// The percentage at which a clock's target is used up.
pub(crate) const BREACH: u16 = 100;

/// A fault or a note about a place in a policy document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The key, such as `calendars.office.mon`; empty if there is none.
    pub(crate) key: String,
    /// The problem, and what is accepted instead.
    pub(crate) message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, key, message } = self;
        if key.is_empty() {
            write!(f, "line {line}: {message}")
        } else {
            write!(f, "line {line}: {key}: {message}")
        }
    }
}

/// One version of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Policy {
    /// The number of the version; 1 is the built-in policy.
    pub(crate) version: u32,
    pub(crate) matrix: Matrix,
    /// Support tiers, the first one first. There is at least one.
    pub(crate) tiers: Vec<Tier>,
    /// The agents; an empty list admits anybody.
    pub(crate) agents: Vec<AgentEntry>,
    /// The category tree; an empty one accepts any path.
    pub(crate) categories: Vec<CategoryNode>,
    /// Calendars by name, without [`ALWAYS`].
    pub(crate) calendars: BTreeMap<String, Calendar>,
    /// The rules for SLA targets; see [`Policy::target`].
    pub(crate) targets: Vec<TargetRule>,
    /// Percentages of a target at which a warning is due, ascending, each
    /// below [`BREACH`]. After the first one a clock is at risk.
    pub(crate) warnings: Vec<u16>,
    /// Escalations when a clock reaches a percentage.
    pub(crate) escalations: Vec<EscalationRule>,
    /// Priorities that are escalated to a tier at once.
    pub(crate) immediate_tiers: Vec<(Priority, Tier)>,
    /// The enabled gates.
    pub(crate) gates: Vec<Gate>,
    /// The delay after which the desk closes a resolved ticket.
    pub(crate) auto_close: Option<TimeDelta>,
    /// The closing codes that agents may give.
    pub(crate) closure_codes: Vec<ClosureCode>,
}

/// A category in the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CategoryNode {
    pub(crate) path: Category,
    /// A short description.
    pub(crate) title: Option<String>,
    /// Troubleshooting questions, in order.
    pub(crate) questions: Vec<Question>,
    /// What the answers point to, in order of precedence.
    pub(crate) findings: Vec<FindingRule>,
}

/// Escalates a ticket to another tier when a clock reaches a percentage of its
/// target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EscalationRule {
    pub(crate) clock: ClockName,
    /// The percentage of the target, from 1.
    pub(crate) percent: u16,
    pub(crate) from: Tier,
    pub(crate) to: Tier,
}

/// An SLA target for the tickets that meet all its conditions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TargetRule {
    pub(crate) priority: Option<Priority>,
    pub(crate) kind: Option<Kind>,
    /// This category or one below it.
    pub(crate) category: Option<Category>,
    /// Working time by clock.
    pub(crate) spans: ClockMap<TimeDelta>,
    /// How often the requester gets an update without asking; zero for never.
    pub(crate) cadence: Option<TimeDelta>,
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

static ALWAYS_OPEN: Calendar = Calendar::Always;

impl Policy {
    /// Returns the policy of a new store: first response in 1 to 3 hours,
    /// resolution in 24 hours, around the clock.
    pub(crate) fn built_in() -> Self {
        let names = |list: [&str; 3]| list.map(str::to_owned).to_vec();
        let target = |rank: Option<u8>, response, resolution| TargetRule {
            priority: rank.map(Priority::from_rank),
            spans: ClockMap::from([
                (ClockName::Response, TimeDelta::hours(response)),
                (ClockName::Resolution, TimeDelta::hours(resolution)),
            ]),
            ..TargetRule::default()
        };
        let tier = |name| Tier::from_stored(name);
        Self {
            version: 1,
            matrix: Matrix {
                impact: names(["high", "medium", "low"]),
                urgency: names(["high", "medium", "low"]),
                cells: vec![vec![1, 2, 3], vec![2, 3, 4], vec![3, 4, 4]],
            },
            tiers: vec![tier("L1"), tier("L2"), tier("L3")],
            agents: Vec::new(),
            categories: Vec::new(),
            calendars: BTreeMap::new(),
            targets: vec![
                target(None, 3, 24),
                TargetRule {
                    cadence: Some(TimeDelta::hours(1)),
                    ..target(Some(1), 1, 4)
                },
                target(Some(2), 2, 8),
            ],
            warnings: vec![75, 90],
            escalations: Vec::new(),
            immediate_tiers: vec![(Priority::from_rank(1), tier("L3"))],
            gates: Gate::ALL.to_vec(),
            auto_close: None,
            closure_codes: ClosureCode::ALL.to_vec(),
        }
    }

    /// The target of a clock. Each part comes from the most specific rule that
    /// has it, the first of equals; `None` if no rule has a span for the clock.
    pub(crate) fn find_target(
        &self,
        clock: ClockName,
        ticket: &TicketFacts<'_>,
    ) -> Option<SlaTarget> {
        let (_, span) = self.span(clock, ticket)?;
        let cadence = self
            .most_specific(ticket, |rule| rule.cadence)
            .map(|(_, cadence)| cadence)
            .filter(|cadence| clock.definition().has_cadence && *cadence > TimeDelta::zero());
        let calendar = self.most_specific(ticket, |rule| rule.calendar.as_deref());
        Some(SlaTarget {
            span,
            cadence,
            calendar: calendar.map_or(ALWAYS, |(_, name)| name).to_owned(),
            policy_version: self.version,
        })
    }

    /// The target of a clock.
    pub(crate) fn target(&self, clock: ClockName, ticket: &TicketFacts<'_>) -> SlaTarget {
        self.find_target(clock, ticket)
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

    fn span(&self, clock: ClockName, ticket: &TicketFacts<'_>) -> Option<(&TargetRule, TimeDelta)> {
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

    /// Returns the calendar of that name. One that no longer exists is always
    /// open.
    pub(crate) fn calendar(&self, name: &str) -> &Calendar {
        self.calendars.get(name).unwrap_or(&ALWAYS_OPEN)
    }

    /// Returns whether a path is in the category tree, itself or as an ancestor,
    /// or the tree is empty.
    pub(crate) fn has_category(&self, path: &Category) -> bool {
        self.categories.is_empty() || self.categories.iter().any(|node| node.path.is_within(path))
    }

    /// Finds a tier by its name in any letter case.
    ///
    /// # Errors
    /// [`UnknownWord`] with the tiers of the policy.
    pub(crate) fn find_tier(&self, typed: &str) -> Result<&Tier, UnknownWord> {
        let mut tiers = self.tiers.iter();
        tiers
            .find(|tier| tier.as_str().eq_ignore_ascii_case(typed))
            .ok_or_else(|| UnknownWord::new("tier", typed, self.tiers.iter().map(Tier::as_str)))
    }

    /// Refuses a category that is not in the tree, or, if there is none, one whose
    /// names could pass for others.
    ///
    /// # Errors
    /// [`Rejection::Unknown`] with the categories of the tree;
    /// [`Rejection::Text`].
    pub(crate) fn check_category(&self, path: &Category) -> Result<(), Rejection> {
        if self.categories.is_empty() {
            return Ok(path.check_scripts()?);
        }
        if self.has_category(path) {
            return Ok(());
        }
        let tree = self.categories.iter().map(|node| node.path.as_str());
        Err(UnknownWord::new("category", path.as_str(), tree).into())
    }

    pub(crate) fn requires(&self, gate: Gate) -> bool {
        self.gates.contains(&gate)
    }

    /// Returns the tier of new tickets.
    pub(crate) fn first_tier(&self) -> &Tier {
        &self.tiers[0]
    }

    /// Returns the position of a tier, from 0. An unknown tier counts as the
    /// first one.
    pub(crate) fn tier_rank(&self, tier: &Tier) -> usize {
        self.tiers.iter().position(|t| t == tier).unwrap_or(0)
    }

    /// Returns the tier that tickets of this priority are escalated to at once.
    pub(crate) fn immediate_tier(&self, priority: Priority) -> Option<&Tier> {
        self.immediate_tiers
            .iter()
            .find(|(p, _)| *p == priority)
            .map(|(_, tier)| tier)
    }

    /// Returns the percentages of a clock's target at which the desk acts:
    /// warnings, escalations and the breach, ascending, without duplicates.
    pub(crate) fn levels(&self, clock: ClockName) -> Vec<u16> {
        let rules = self.escalations.iter().filter(|rule| rule.clock == clock);
        let mut levels: Vec<u16> = self.warnings.clone();
        levels.extend(rules.map(|rule| rule.percent));
        levels.push(BREACH);
        levels.sort_unstable();
        levels.dedup();
        levels
    }
}
