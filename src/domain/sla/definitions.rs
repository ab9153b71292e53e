//! The clocks of a ticket, as a table: what starts, stops and pauses each one,
//! and where its target comes from.
//!
//! | clock | starts | stops | pauses |
//! |---|---|---|---|
//! | response | reported | first public contact by an agent | never |
//! | update | oldest unanswered message, or last public one with a cadence | public message | never; the cadence while paused or resolved |
//! | resolution | reported | resolved | while paused; resolved to reopened is left out |

use crate::domain::vocabulary::ClockName;

/// What starts a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StartsAt {
    /// The report of the ticket.
    Report,
    /// The oldest unanswered message after the first response or, with a
    /// cadence, the last public message. Such a clock starts again after each
    /// stop.
    UnansweredMessage,
}

/// What stops a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StopsAt {
    /// A public message or another public contact by an agent.
    PublicContact,
    Resolution,
}

/// What pauses a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PausesOn {
    Nothing,
    Pause,
    /// Only the cadence: an unanswered message is owed an answer in every status.
    PauseOrResolution,
}

/// One clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClockDefinition {
    pub(crate) name: ClockName,
    pub(crate) starts_at: StartsAt,
    pub(crate) stops_at: StopsAt,
    pub(crate) pauses_on: PausesOn,
    /// The clock whose span applies where the policy has none for this one.
    pub(crate) target_fallback: Option<ClockName>,
    /// Whether the target includes the cadence.
    pub(crate) has_cadence: bool,
}

/// All clocks, in the order of [`ClockName::ALL`].
pub(crate) static DEFINITIONS: [ClockDefinition; ClockName::ALL.len()] = [
    ClockDefinition {
        name: ClockName::Response,
        starts_at: StartsAt::Report,
        stops_at: StopsAt::PublicContact,
        pauses_on: PausesOn::Nothing,
        target_fallback: None,
        has_cadence: false,
    },
    ClockDefinition {
        name: ClockName::Update,
        starts_at: StartsAt::UnansweredMessage,
        stops_at: StopsAt::PublicContact,
        pauses_on: PausesOn::PauseOrResolution,
        target_fallback: Some(ClockName::Response),
        has_cadence: true,
    },
    ClockDefinition {
        name: ClockName::Resolution,
        starts_at: StartsAt::Report,
        stops_at: StopsAt::Resolution,
        pauses_on: PausesOn::Pause,
        target_fallback: None,
        has_cadence: false,
    },
];

impl ClockName {
    pub(crate) const fn definition(self) -> &'static ClockDefinition {
        &DEFINITIONS[self as usize]
    }
}

impl ClockDefinition {
    /// Whether the clock starts again after it has stopped.
    pub(crate) fn is_repeating(&self) -> bool {
        self.starts_at == StartsAt::UnansweredMessage
    }

    /// Whether every policy must have a target for this clock, whatever the
    /// ticket.
    pub(crate) const fn is_required(&self) -> bool {
        self.target_fallback.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_clock_has_its_definition_at_its_place() {
        let names = DEFINITIONS.each_ref().map(|definition| definition.name);
        assert_eq!(names, ClockName::ALL);
        for name in ClockName::ALL {
            assert_eq!(name.definition().name, *name);
        }
    }
}
