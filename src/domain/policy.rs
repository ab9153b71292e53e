//! The policy: everything that a desk decides for itself, such as priorities,
//! tiers, agents, categories, calendars, SLA targets and gates. A target names
//! the policy version that set it; [`versions`] holds all versions.

mod agents;
pub(crate) mod questions;
mod targets;
pub(crate) mod templates;
pub(crate) mod versions;

use std::collections::BTreeMap;
use std::fmt;

use chrono::TimeDelta;

use super::Timestamp;
use super::breach::severity;
use super::breach::terms::NotificationRule;
use super::category::Category;
use super::custom_field::FieldDefinition;
use super::mail::policy::MailPolicy;
use super::people::Tier;
use super::priority::{Matrix, Priority};
use super::privacy::retention::RetentionRule;
use super::questionnaire::Questionnaire;
use super::rejection::Rejection;
use super::sla::calendar::Calendar;
use super::sla::clock_map::ClockMap;
use super::sla::level::Level;
use super::time::working_span::WorkingSpan;
use super::vocabulary::{ClockName, ClosureCode, Gate, OnResolved, UnknownWord};
pub(crate) use agents::AgentEntry;
use questions::{FindingRule, Question};
pub(crate) use targets::{TargetRule, TicketFacts};
use templates::Template;

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
    /// Levels at which a warning is due; percentages are ascending, and each
    /// below [`BREACH`]. From the first one reached on a clock is at risk.
    pub(crate) warnings: Vec<Level>,
    /// Escalations when a clock reaches a level.
    pub(crate) escalations: Vec<EscalationRule>,
    /// Escalations of tickets that have had no assignee for too long.
    pub(crate) unassigned_rules: Vec<UnassignedRule>,
    /// Priorities that are escalated to a tier at once.
    pub(crate) immediate_tiers: Vec<(Priority, Tier)>,
    /// The enabled gates.
    pub(crate) gates: Vec<Gate>,
    /// The delay after which the desk closes a resolved ticket.
    pub(crate) auto_close: Option<TimeDelta>,
    /// What a message of the requester does to a ticket that is not open any more.
    pub(crate) messages: MessageRules,
    /// How long after it one's own last step can be taken back; `None` for never.
    pub(crate) undo_within: Option<TimeDelta>,
    /// The closing codes that agents may give.
    pub(crate) closure_codes: Vec<ClosureCode>,
    /// How long texts of closed tickets are kept.
    pub(crate) retention: Vec<RetentionRule>,
    /// Who must be told of a breach of personal data, and by when.
    pub(crate) notifications: Vec<NotificationRule>,
    /// The worksheet for the severity of a breach.
    pub(crate) worksheet: Questionnaire,
    pub(crate) mail: MailPolicy,
    /// Saved filters, by name.
    pub(crate) views: BTreeMap<String, String>,
    /// Templates of tickets, in the order of the document.
    pub(crate) templates: Vec<Template>,
    /// Fields of tickets, in the order of the file.
    pub(crate) fields: Vec<FieldDefinition>,
    /// The template of reviews, if it is not the built-in one.
    pub(crate) review: Option<String>,
}

/// What a message of the requester does to a ticket that is not open any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MessageRules {
    pub(crate) on_resolved: OnResolved,
    /// How long after closing a message reopens the ticket; later, or with none,
    /// it opens a follow-up ticket.
    pub(crate) reopen_within: Option<TimeDelta>,
}

/// How long after it a step can be taken back, unless the policy says otherwise.
pub(crate) const UNDO_WITHIN: TimeDelta = TimeDelta::hours(1);

impl Default for MessageRules {
    fn default() -> Self {
        Self {
            on_resolved: OnResolved::Reopen,
            reopen_within: Some(TimeDelta::days(14)),
        }
    }
}

impl MessageRules {
    /// Returns whether a message at `now` reopens a ticket that was closed then.
    pub(crate) fn reopens(&self, closed: Timestamp, now: Timestamp) -> bool {
        self.reopen_within
            .is_some_and(|within| now - closed <= within)
    }
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

/// Escalates a ticket to another tier when a clock reaches a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EscalationRule {
    pub(crate) clock: ClockName,
    pub(crate) level: Level,
    pub(crate) from: Tier,
    pub(crate) to: Tier,
}

/// Escalates a ticket that has had no assignee for some time to another tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnassignedRule {
    /// Working time of the calendar of the response target.
    pub(crate) after: WorkingSpan,
    /// The tier of the ticket; without it, every tier below `to`.
    pub(crate) from: Option<Tier>,
    pub(crate) to: Tier,
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
                (
                    ClockName::Response,
                    WorkingSpan::Time(TimeDelta::hours(response)),
                ),
                (
                    ClockName::Resolution,
                    WorkingSpan::Time(TimeDelta::hours(resolution)),
                ),
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
                    cadence: Some(WorkingSpan::Time(TimeDelta::hours(1))),
                    ..target(Some(1), 1, 4)
                },
                target(Some(2), 2, 8),
            ],
            warnings: [75, 90].map(Level::Percent).to_vec(),
            escalations: Vec::new(),
            unassigned_rules: Vec::new(),
            immediate_tiers: vec![(Priority::from_rank(1), tier("L3"))],
            gates: Gate::DEFAULT.to_vec(),
            auto_close: None,
            messages: MessageRules::default(),
            undo_within: Some(UNDO_WITHIN),
            closure_codes: ClosureCode::ALL.to_vec(),
            retention: Vec::new(),
            notifications: NotificationRule::built_in(),
            worksheet: severity::worksheet(),
            mail: MailPolicy::default(),
            views: BTreeMap::new(),
            templates: Vec::new(),
            fields: Vec::new(),
            review: None,
        }
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
        Tier::find(&self.tiers, typed)
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
        // A field that is required says so itself.
        gate == Gate::RequiredFields || self.gates.contains(&gate)
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

    /// Returns whether a rule applies to unassigned tickets at a tier.
    pub(crate) fn applies_at(&self, rule: &UnassignedRule, tier: &Tier) -> bool {
        match &rule.from {
            Some(from) => from == tier,
            None => self.tier_rank(tier) < self.tier_rank(&rule.to),
        }
    }

    /// Returns the levels of a clock at which the desk acts: warnings,
    /// escalations and the breach, each once, by [`Level::rank`].
    pub(crate) fn levels(&self, clock: ClockName) -> Vec<Level> {
        let rules = self.escalations.iter().filter(|rule| rule.clock == clock);
        let rules = rules.map(|rule| rule.level);
        let mut levels: Vec<Level> = Vec::new();
        for level in self
            .warnings
            .iter()
            .copied()
            .chain(rules)
            .chain([Level::BREACH])
        {
            if !levels.contains(&level) {
                levels.push(level);
            }
        }
        levels.sort_by_key(|level| level.rank());
        levels
    }
}
