//! The stored and published name of each kind of fact.

use super::Fact;

impl Fact {
    /// Returns the stored and published name of the kind. These names never
    /// change, some are older than the variants.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::Identified { .. } => "identified",
            Self::Logged(_) => "logged",
            Self::Corrected(_) => "corrected",
            Self::Categorized { .. } => "categorized",
            Self::Prioritized(_) => "prioritized",
            Self::TargetSet { .. } => "promised",
            Self::Diagnosed { .. } => "diagnosed",
            Self::Assigned { .. } => "assigned",
            Self::Unassigned { .. } => "unassigned",
            Self::Escalated { .. } => "escalated",
            Self::ManagerInformed { .. } => "manager-told",
            Self::Proposed { .. } => "proposed",
            Self::Confirmed { .. } => "confirmed",
            Self::Refuted { .. } => "refuted",
            Self::CallArranged { .. } => "call-arranged",
            Self::CallMoved { .. } => "call-moved",
            Self::CallAnswered { .. } => "call-answered",
            Self::CallHeld { .. } => "call-held",
            Self::CallCancelled { .. } => "call-cancelled",
            Self::Paused { .. } => "paused",
            Self::Resumed { .. } => "resumed",
            Self::WorkStarted => "work-started",
            Self::Replied { .. } => "replied",
            Self::MessageReceived { .. } => "heard",
            Self::Resolved { .. } => "resolved",
            Self::KnownErrorMarked { .. } => "known-error-marked",
            Self::KnownErrorWithdrawn { .. } => "known-error-withdrawn",
            Self::Restored { .. } => "restored",
            Self::Closed { .. } => "closed",
            Self::Reopened { .. } => "reopened",
            Self::Merged { .. } => "merged",
            Self::MergedFrom { .. } => "absorbed",
            Self::Unmerged { .. } => "parted",
            Self::AnsweredElsewhere { .. } => "answered-elsewhere",
            Self::ParticipantAdded { .. } => "participant-added",
            Self::ParticipantRemoved { .. } => "participant-removed",
            Self::Linked { .. } => "linked",
            Self::Unlinked { .. } => "unlinked",
            Self::Warned { .. } => "warned",
            Self::Unfounded { .. } => "unfounded",
            Self::Undone { .. } => "undone",
            Self::Voided { .. } => "voided",
            Self::GatePassed { .. } => "gate-passed",
            Self::Restricted { .. } => "restricted",
            Self::RestrictionLifted { .. } => "restriction-lifted",
            Self::ContactLogged(_) => "contact-logged",
            Self::Imported { .. } => "imported",
            Self::ImportUndone { .. } => "import-undone",
            Self::Erased(_) => "erased",
            Self::Attached(_) => "attached",
            Self::Breach(fact) => fact.kind(),
        }
    }
}
