//! A row of another system's log, mapped to the vocabulary of the desk. Formats
//! and files are not known here.

use std::collections::BTreeMap;
use std::fmt;

use super::Timestamp;
use super::category::Category;
use super::custom_field::TypedField;
use super::event::TicketId;
use super::import_report::ImportFinding;
use super::people::{Agent, Requester, Tier};
use super::priority::Priority;
use super::tag::Tag;
use super::vocabulary::{Channel, ClosureCode, Kind, PauseReason};

/// Where a ticket was imported from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The other system.
    pub(crate) source: String,
    /// The number of the ticket there.
    pub(crate) number: String,
    /// The time of the last imported row.
    pub(crate) last_row_at: Timestamp,
    /// The digests of the imported rows.
    pub(crate) row_digests: Vec<String>,
}

/// A reference to a ticket of another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExternalReference {
    pub(crate) source: String,
    pub(crate) number: String,
}

impl fmt::Display for ExternalReference {
    /// As one types it: `zammad:10045`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source, self.number)
    }
}

/// An event that imported rows of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportedRows {
    pub(crate) ticket: TicketId,
    pub(crate) recorded: Timestamp,
    pub(crate) source: String,
}

/// One run of an import: what was recorded at one time from one system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportRun {
    /// Numbered from 1, in order.
    pub(crate) number: u32,
    pub(crate) source: String,
    pub(crate) recorded: Timestamp,
    /// The tickets to which it added, in order.
    pub(crate) tickets: Vec<TicketId>,
}

/// What undoing a run did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UndoneRun {
    pub(crate) run: ImportRun,
    /// The number of tickets that it had opened, and that it had extended.
    pub(crate) removed: u64,
    pub(crate) restored: u64,
}

impl ImportRun {
    /// Groups the events of all imports into runs.
    pub(crate) fn all(events: impl IntoIterator<Item = ImportedRows>) -> Vec<Self> {
        let mut runs: Vec<Self> = Vec::new();
        for ImportedRows {
            ticket,
            recorded,
            source,
        } in events
        {
            let is_run = |run: &&mut Self| run.recorded == recorded && run.source == source;
            match runs.iter_mut().rev().find(is_run) {
                Some(run) if run.tickets.last() == Some(&ticket) => {}
                Some(run) => run.tickets.push(ticket),
                None => {
                    let number = u32::try_from(runs.len()).unwrap_or(u32::MAX - 1) + 1;
                    runs.push(Self {
                        number,
                        source,
                        recorded,
                        tickets: vec![ticket],
                    });
                }
            }
        }
        for run in &mut runs {
            run.tickets.sort();
            run.tickets.dedup();
        }
        runs
    }
}

/// What the log of another system says about contacts with the requester.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LoggedContact {
    /// The log keeps first responses, and there was none yet.
    NoResponseYet,
    FirstResponse(Timestamp),
    /// The last message to the requester.
    LastMessage(Timestamp),
}

impl LoggedContact {
    /// Returns when the requester was contacted.
    pub(crate) const fn at(self) -> Option<Timestamp> {
        match self {
            Self::NoResponseYet => None,
            Self::FirstResponse(at) | Self::LastMessage(at) => Some(at),
        }
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::NoResponseYet => "no-response-yet",
            Self::FirstResponse(_) => "first-response",
            Self::LastMessage(_) => "last-message",
        }
    }
}

/// A status in an imported row.
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

    /// Parses a word of [`Self::WORDS`], or `paused`, in any letter case.
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let word = typed.trim().to_lowercase();
        match word.as_str() {
            "new" => Some(Self::New),
            "active" => Some(Self::Active),
            "paused" => Some(Self::Paused(PauseReason::Other)),
            "resolved" => Some(Self::Resolved),
            "closed" => Some(Self::Closed),
            other => {
                let reason = other.strip_prefix("paused for ")?;
                PauseReason::parse(reason).ok().map(Self::Paused)
            }
        }
    }
}

/// An imported row. What is `None` is not in the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportRow {
    pub(crate) line: u64,
    pub(crate) number: String,
    /// Identifies the row by its content.
    pub(crate) digest: String,
    /// The time of the row.
    pub(crate) at: Option<Timestamp>,
    pub(crate) by: Option<Agent>,
    pub(crate) opened: Option<Timestamp>,
    pub(crate) opened_by: Option<Agent>,
    pub(crate) resolved: Option<Timestamp>,
    pub(crate) resolved_by: Option<Agent>,
    pub(crate) closed: Option<Timestamp>,
    pub(crate) first_response: Option<Timestamp>,
    /// The log has a column for the first response, and it is empty.
    pub(crate) is_unanswered: bool,
    pub(crate) last_message: Option<Timestamp>,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) requester: Requester,
    pub(crate) channel: Option<Channel>,
    pub(crate) kind: Option<Kind>,
    pub(crate) status: Option<ImportedStatus>,
    /// Whether the row says something about the status, even if it was not
    /// understood.
    pub(crate) has_status: bool,
    pub(crate) impact: Option<String>,
    pub(crate) urgency: Option<String>,
    pub(crate) priority: Option<Priority>,
    pub(crate) category: Option<Category>,
    pub(crate) tier: Option<Tier>,
    pub(crate) assignee: Option<Agent>,
    pub(crate) symptoms: Vec<String>,
    pub(crate) affected: Vec<String>,
    pub(crate) tags: Vec<Tag>,
    /// The values of fields that the policy defines, not checked yet.
    pub(crate) fields: Vec<TypedField>,
    pub(crate) note: Option<String>,
    pub(crate) resolution: Option<String>,
    pub(crate) code: Option<ClosureCode>,
    pub(crate) satisfaction: Option<u8>,
    /// Fields without a counterpart here, by label; empty if the row has none.
    pub(crate) extra_fields: Vec<(String, String)>,
    pub(crate) findings: Vec<ImportFinding>,
}

/// The options of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportOptions {
    pub(crate) source: String,
    /// Whether each ticket has a single row; otherwise a row is one step of its
    /// history.
    pub(crate) one_row_per_ticket: bool,
    /// The channel of rows without one.
    pub(crate) channel: Channel,
    pub(crate) kind: Option<Kind>,
    /// Whether the log has a column for the resolution time. If so, a ticket
    /// closed without one has no resolution.
    pub(crate) has_resolved_column: bool,
    /// Whether the log has a column for the assignee. If so, an empty one means
    /// unassigned.
    pub(crate) has_assignee_column: bool,
    /// The name of the column of each field.
    pub(crate) columns: BTreeMap<&'static str, String>,
}

impl ImportOptions {
    /// The name under which a value of this field is kept as a fact: that of
    /// its column.
    pub(crate) fn label(&self, field: &str) -> String {
        let column = self.columns.get(field);
        column.map_or(field, String::as_str).to_owned()
    }
}
