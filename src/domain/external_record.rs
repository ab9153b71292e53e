//! What a row of another system's log says of a ticket, in the words of the
//! desk. Where it came from, and how it was written there, is not known here.

use super::Timestamp;
use super::category::Category;
use super::import_report::ImportFinding;
use super::people::{Agent, Requester, Tier};
use super::priority::Priority;
use super::vocabulary::{Channel, ClosureCode, Kind, PauseReason};

/// Where a ticket came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The other system.
    pub(crate) source: String,
    /// Its number there.
    pub(crate) number: String,
    /// The time of the last row that was taken in.
    pub(crate) last_row_at: Timestamp,
    /// The rows that were taken in, by their digests.
    pub(crate) row_digests: Vec<String>,
}

/// A ticket of another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExternalReference {
    pub(crate) source: String,
    pub(crate) number: String,
}

/// A status of another system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ImportedStatus {
    New,
    Active,
    Paused(PauseReason),
    Resolved,
    Closed,
}

impl ImportedStatus {
    pub(crate) const WORDS: [&'static str; 9] = [
        "new",
        "active",
        "paused for requester",
        "paused for vendor",
        "paused for change",
        "paused for evidence",
        "paused for other",
        "resolved",
        "closed",
    ];

    /// Reads `paused for requester` and the like, in any case.
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let word = typed.trim().to_lowercase();
        match word.as_str() {
            "new" => Some(Self::New),
            "active" => Some(Self::Active),
            "paused" => Some(Self::Paused(PauseReason::Other)),
            "resolved" => Some(Self::Resolved),
            "closed" => Some(Self::Closed),
            other => {
                let awaited = other.strip_prefix("paused for ")?;
                PauseReason::parse(awaited).ok().map(Self::Paused)
            }
        }
    }
}

/// A row in the words of the desk. What is `None` is not said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportRow {
    pub(crate) line: u64,
    pub(crate) number: String,
    /// Tells the row from every other one.
    pub(crate) digest: String,
    /// When it became so.
    pub(crate) at: Option<Timestamp>,
    pub(crate) by: Option<Agent>,
    pub(crate) opened: Option<Timestamp>,
    pub(crate) opened_by: Option<Agent>,
    pub(crate) resolved: Option<Timestamp>,
    pub(crate) resolved_by: Option<Agent>,
    pub(crate) closed: Option<Timestamp>,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) requester: Requester,
    pub(crate) channel: Option<Channel>,
    pub(crate) kind: Option<Kind>,
    pub(crate) status: Option<ImportedStatus>,
    pub(crate) impact: Option<String>,
    pub(crate) urgency: Option<String>,
    pub(crate) priority: Option<Priority>,
    pub(crate) category: Option<Category>,
    pub(crate) tier: Option<Tier>,
    pub(crate) assignee: Option<Agent>,
    pub(crate) symptoms: Vec<String>,
    pub(crate) affected: Vec<String>,
    pub(crate) note: Option<String>,
    pub(crate) resolution: Option<String>,
    pub(crate) code: Option<ClosureCode>,
    pub(crate) satisfaction: Option<u8>,
    /// What has no word here, by its label; empty where the row has none.
    pub(crate) extra_fields: Vec<(String, String)>,
    pub(crate) findings: Vec<ImportFinding>,
}

/// What holds for all rows of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportOptions {
    pub(crate) source: String,
    /// A row is all there is about a ticket; else it is a step of its history.
    pub(crate) one_row_per_ticket: bool,
    /// Where a row names none.
    pub(crate) channel: Channel,
    pub(crate) kind: Option<Kind>,
    /// Whether the log says when tickets were resolved: one closed without is
    /// closed without a resolution.
    pub(crate) has_resolved_column: bool,
    /// Whether the log says who has a ticket: none is then nobody.
    pub(crate) has_assignee_column: bool,
}
