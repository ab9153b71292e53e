//! The policy in force and the ones before it: tickets keep the promises of
//! their day, so their clocks ask the version that made them.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use super::Policy;
use crate::domain::Timestamp;
use crate::domain::people::Actor;
use crate::domain::sla::calendar::{ALWAYS, Calendar};
use crate::domain::sla::target::SlaTarget;

/// A version of the policy as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PolicyVersion {
    /// From 2: the built-in one is 1 and is not kept.
    pub(crate) version: u32,
    /// When it came into force, and when that was recorded.
    pub(crate) at: Timestamp,
    pub(crate) recorded: Timestamp,
    pub(crate) author: Actor,
    pub(crate) text: String,
    /// The files it names, with their texts as they were then.
    pub(crate) files: BTreeMap<String, String>,
}

/// Reads an edition; `None` for one that cannot be read any more.
pub(crate) type PolicyParser = fn(&PolicyVersion) -> Option<Policy>;

/// All versions of the policy. Reads as the one in force.
#[derive(Clone)]
pub(crate) struct PolicyHistory {
    pub(crate) current: Policy,
    past: Vec<PastVersion>,
}

#[derive(Clone)]
struct PastVersion {
    version: u32,
    edition: Option<PolicyVersion>,
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
    /// Only this policy.
    pub(crate) const fn only(current: Policy) -> Self {
        Self {
            current,
            past: Vec::new(),
        }
    }

    /// The policy of a fresh desk.
    pub(crate) fn built_in() -> Self {
        Self::only(Policy::built_in())
    }

    /// All that were ever in force, the last one in force now. The others are
    /// read when a promise asks for them.
    ///
    /// # Errors
    /// The version in force, when it cannot be read.
    pub(crate) fn from_versions(
        mut editions: Vec<PolicyVersion>,
        read: PolicyParser,
    ) -> Result<Self, u32> {
        let Some(last) = editions.pop() else {
            return Ok(Self::built_in());
        };
        let current = read(&last).ok_or(last.version)?;
        let first = PastVersion {
            version: 1,
            edition: None,
            read,
            policy: OnceCell::new(),
        };
        let past = editions.into_iter().map(|edition| PastVersion {
            version: edition.version,
            edition: Some(edition),
            read,
            policy: OnceCell::new(),
        });
        Ok(Self {
            current,
            past: std::iter::once(first).chain(past).collect(),
        })
    }

    /// As it would be if this policy came into force now.
    pub(crate) fn with_next(&self, policy: Policy) -> Self {
        let mut past = self.past.clone();
        past.push(PastVersion {
            version: self.current.version,
            edition: None,
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

    /// The policy of that version; the one in force for a version that is
    /// gone.
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

    /// The calendar of that name as a version of the policy had it.
    pub(crate) fn calendar_of(&self, version: u32, name: &str) -> &Calendar {
        // What is always open is so in every version: nothing to look up.
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
}

impl PastVersion {
    fn policy(&self) -> Option<&Policy> {
        let read = || match &self.edition {
            Some(edition) => (self.read)(edition),
            None => Some(Policy::built_in()),
        };
        self.policy.get_or_init(read).as_ref()
    }
}
