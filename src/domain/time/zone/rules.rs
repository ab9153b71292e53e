//! The UTC offsets of a time zone: transitions, then a yearly rule.

use tz::TimeZone;
use tz::timezone::TransitionRule;

use super::{MAX_OFFSET_S, ZoneError};

/// The step in which the yearly rule is searched. Its transitions are months
/// apart.
const WEEK_S: i64 = 7 * 86_400;

#[derive(PartialEq, Eq)]
pub(super) struct Rules {
    pub(super) name: String,
    /// The offset before the first transition.
    pub(super) initial_offset_s: i32,
    /// In chronological order.
    pub(super) transitions: Vec<Transition>,
    /// The yearly rule after the last transition, if any.
    pub(super) yearly: Option<TimeZone>,
}

/// An instant (Unix seconds) from which another offset applies.
#[derive(PartialEq, Eq)]
pub(super) struct Transition {
    pub(super) at: i64,
    offset_s: i32,
}

/// A half-open period with one offset.
pub(super) struct OffsetSpan {
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) offset_s: i32,
}

impl Rules {
    /// Decodes TZif bytes (RFC 8536).
    pub(super) fn from_tzif(name: &str, bytes: &[u8]) -> Result<Self, ZoneError> {
        let unreadable = |reason: String| ZoneError::Unreadable {
            name: name.to_owned(),
            reason,
        };
        let decoded = TimeZone::from_tz_data(bytes).map_err(|e| unreadable(e.to_string()))?;
        let decoded = decoded.as_ref();
        let types = decoded.local_time_types();
        let rule_offsets = match decoded.extra_rule() {
            None => vec![],
            Some(TransitionRule::Fixed(only)) => vec![only.ut_offset()],
            Some(TransitionRule::Alternate(two)) => {
                vec![two.std().ut_offset(), two.dst().ut_offset()]
            }
        };
        let mut offsets = types.iter().map(|t| t.ut_offset()).chain(rule_offsets);
        if offsets.any(|offset_s| offset_s <= -MAX_OFFSET_S || offset_s >= MAX_OFFSET_S) {
            return Err(unreadable(
                "an offset is more than a day from UTC".to_owned(),
            ));
        }
        let changes: Vec<Transition> = decoded
            .transitions()
            .iter()
            .map(|transition| Transition {
                at: without_leap_seconds(transition.unix_leap_time(), decoded.leap_seconds()),
                offset_s: types[transition.local_time_type_index()].ut_offset(),
            })
            .collect();
        let mut first_s = types.first().map_or(0, |t| t.ut_offset());
        let yearly = match decoded.extra_rule() {
            None => None,
            // The decoder has checked that this rule matches the last transition,
            // if there is one.
            Some(TransitionRule::Fixed(only)) => {
                if changes.is_empty() {
                    first_s = only.ut_offset();
                }
                None
            }
            Some(rule @ TransitionRule::Alternate(_)) => {
                let alone = TimeZone::new(vec![], types.to_vec(), vec![], Some(*rule));
                Some(alone.map_err(|e| unreadable(e.to_string()))?)
            }
        };
        Ok(Self {
            name: name.to_owned(),
            initial_offset_s: first_s,
            transitions: changes,
            yearly,
        })
    }

    /// Creates rules from an offset and its later changes, in any order.
    pub(super) fn from_transitions(
        name: &str,
        initial_offset_s: i32,
        mut transitions: Vec<(i64, i32)>,
    ) -> Option<Self> {
        let in_range = |offset_s: i32| offset_s.abs() < MAX_OFFSET_S;
        if !in_range(initial_offset_s) || !transitions.iter().all(|(_, offset)| in_range(*offset)) {
            return None;
        }
        transitions.sort_unstable();
        let transitions = transitions.into_iter();
        Some(Self {
            name: name.to_owned(),
            initial_offset_s,
            transitions: transitions
                .map(|(at, offset_s)| Transition { at, offset_s })
                .collect(),
            yearly: None,
        })
    }

    pub(super) fn offset_at(&self, at: i64) -> i32 {
        let past = self
            .transitions
            .partition_point(|transition| transition.at <= at);
        if past == self.transitions.len()
            && let Some(yearly) = &self.yearly
            && let Ok(now) = yearly.find_local_time_type(at)
        {
            return now.ut_offset();
        }
        match past.checked_sub(1) {
            None => self.initial_offset_s,
            Some(i) => self.transitions[i].offset_s,
        }
    }

    /// Splits a period of a few days where the offset changes.
    pub(super) fn offset_spans(&self, from: i64, to: i64) -> Vec<OffsetSpan> {
        let past = self
            .transitions
            .partition_point(|transition| transition.at <= from);
        let mut transitions: Vec<i64> = self.transitions[past..]
            .iter()
            .map(|transition| transition.at)
            .take_while(|&at| at < to)
            .collect();
        if past + transitions.len() == self.transitions.len() && self.yearly.is_some() {
            transitions
                .extend(self.yearly_transition(transitions.last().map_or(from, |&at| at), to));
        }
        let starts = std::iter::once(from).chain(transitions.iter().copied());
        let ends = transitions.iter().copied().chain(std::iter::once(to));
        let span = |(from, to)| OffsetSpan {
            from,
            to,
            offset_s: self.offset_at(from),
        };
        starts.zip(ends).map(span).collect()
    }

    pub(super) fn next_transition(&self, from: i64, to: i64) -> Option<i64> {
        let past = self
            .transitions
            .partition_point(|transition| transition.at <= from);
        if let Some(next) = self.transitions.get(past) {
            return (next.at <= to).then_some(next.at);
        }
        self.yearly.as_ref()?;
        let mut from = from;
        while from < to {
            let end = to.min(from + WEEK_S);
            if let Some(at) = self.yearly_transition(from, end) {
                return Some(at);
            }
            from = end;
        }
        None
    }

    /// Finds the transition of the yearly rule in a period of a few days.
    fn yearly_transition(&self, from: i64, to: i64) -> Option<i64> {
        let before_s = self.offset_at(from);
        if self.offset_at(to) == before_s {
            return None;
        }
        let (mut before, mut after) = (from, to);
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            if self.offset_at(middle) == before_s {
                before = middle;
            } else {
                after = middle;
            }
        }
        Some(after)
    }
}

/// Converts the time of a transition to Unix time, for the rare files that count
/// leap seconds (RFC 8536, section 3.2).
fn without_leap_seconds(at: i64, leaps: &[tz::timezone::LeapSecond]) -> i64 {
    let so_far = leaps.iter().take_while(|leap| leap.unix_leap_time() <= at);
    at.saturating_sub(so_far.last().map_or(0, |leap| leap.correction().into()))
}
