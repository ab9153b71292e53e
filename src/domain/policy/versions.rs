//! The policy in force and its earlier versions. Tickets keep the targets of the
//! version that set them, so their clocks need that version.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, Range};

use super::Policy;
use crate::domain::Timestamp;
use crate::domain::people::Actor;
use crate::domain::sla::calendar::{ALWAYS, Calendar};
use crate::domain::sla::target::SlaTarget;
use crate::domain::time::working_span::WorkingSpan;

/// A stored version of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PolicyVersion {
    /// The number, from 2: version 1 is built in and not stored.
    pub(crate) version: u32,
    /// When it came into force, and when that was recorded.
    pub(crate) at: Timestamp,
    pub(crate) recorded: Timestamp,
    pub(crate) author: Actor,
    pub(crate) text: String,
    /// The names and logins of people in the text, as byte ranges in order.
    pub(crate) personal: Vec<Range<usize>>,
    /// The files that the policy names, with their texts at that time.
    pub(crate) files: BTreeMap<String, String>,
}

/// Parses a policy document; `None` for one that cannot be read any more.
pub(crate) type PolicyParser = fn(&PolicyVersion) -> Option<Policy>;

/// All versions of the policy. Dereferences to the one in force.
#[derive(Clone)]
pub(crate) struct PolicyHistory {
    pub(crate) current: Policy,
    past: Vec<PastVersion>,
}

#[derive(Clone)]
struct PastVersion {
    version: u32,
    document: Option<PolicyVersion>,
    read: PolicyParser,
    policy: OnceCell<Option<Policy>>,
}

impl fmt::Debug for PolicyHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Policies")
            .field(&self.current.version)
            .finish()
    }
}

impl Deref for PolicyHistory {
    type Target = Policy;

    fn deref(&self) -> &Policy {
        &self.current
    }
}

impl Default for PolicyHistory {
    fn default() -> Self {
        Self::built_in()
    }
}

impl PolicyHistory {
    /// Creates a history of a single policy.
    pub(crate) const fn only(current: Policy) -> Self {
        Self {
            current,
            past: Vec::new(),
        }
    }

    /// Creates the history of a new store.
    pub(crate) fn built_in() -> Self {
        Self::only(Policy::built_in())
    }

    /// Creates the history from all stored versions, in order; the last one is
    /// in force. Earlier ones are parsed when a target first needs them.
    ///
    /// # Errors
    /// The number of the version in force, if it cannot be parsed.
    pub(crate) fn from_versions(
        mut versions: Vec<PolicyVersion>,
        read: PolicyParser,
    ) -> Result<Self, u32> {
        let Some(last) = versions.pop() else {
            return Ok(Self::built_in());
        };
        let current = read(&last).ok_or(last.version)?;
        let first = PastVersion {
            version: 1,
            document: None,
            read,
            policy: OnceCell::new(),
        };
        let past = versions.into_iter().map(|version| PastVersion {
            version: version.version,
            document: Some(version),
            read,
            policy: OnceCell::new(),
        });
        Ok(Self {
            current,
            past: std::iter::once(first).chain(past).collect(),
        })
    }

    /// Returns the history with this policy as the next version.
    pub(crate) fn with_next(&self, policy: Policy) -> Self {
        let mut past = self.past.clone();
        past.push(PastVersion {
            version: self.current.version,
            document: None,
            read: |_| None,
            policy: OnceCell::from(Some(self.current.clone())),
        });
        Self {
            current: Policy {
                version: self.current.version + 1,
                ..policy
            },
            past,
        }
    }

    /// Returns the policy of that version, or the one in force if the version is
    /// unknown or cannot be parsed any more.
    pub(crate) fn version(&self, version: u32) -> &Policy {
        if version == self.current.version {
            return &self.current;
        }
        self.past
            .iter()
            .find(|past| past.version == version)
            .and_then(PastVersion::policy)
            .unwrap_or(&self.current)
    }

    /// Returns the calendar of that name in a version of the policy.
    pub(crate) fn calendar_of(&self, version: u32, name: &str) -> &Calendar {
        // The built-in calendar is the same in every version.
        if name == ALWAYS {
            return &Calendar::Always;
        }
        self.version(version).calendar(name)
    }
}

impl SlaTarget {
    /// Returns the calendar whose open time counts. The method lives here, so
    /// that a target can be recorded without knowing any policy.
    pub(crate) fn calendar<'a>(&self, policies: &'a PolicyHistory) -> &'a Calendar {
        policies.calendar_of(self.policy_version, &self.calendar)
    }

    /// Returns the target of a clock that starts at that time: business days
    /// come to different open times.
    pub(crate) fn starting_at(&self, start: Timestamp, policies: &PolicyHistory) -> Self {
        let time = |days: Option<u32>| {
            let days = WorkingSpan::Days(days?);
            let calendar = self.calendar(policies);
            Some(calendar.open_time(start, days, self.end_of_day))
        };
        Self {
            span: time(self.days).unwrap_or(self.span),
            cadence: time(self.cadence_days).or(self.cadence),
            ..self.clone()
        }
    }
}

impl PastVersion {
    fn policy(&self) -> Option<&Policy> {
        let read = || match &self.document {
            Some(version) => (self.read)(version),
            None => Some(Policy::built_in()),
        };
        self.policy.get_or_init(read).as_ref()
    }
}
