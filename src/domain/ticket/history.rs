//! The order in which the events of a ticket count.
//!
//! Events are kept in the order in which they were recorded. They count in the
//! order in which they happened and, at the same moment, in the order of
//! recording. What the desk did by itself and what proved unfounded later is
//! told apart here.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::TimeDelta;

use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::sla::level::Level;

/// How far the clocks of two agents' machines may differ. A time that lies
/// further ahead of one recorded later came from a clock that was wrong.
pub(crate) const CLOCK_SLACK: TimeDelta = TimeDelta::minutes(2);

/// An event with the time at which it counts.
#[derive(Debug, Clone)]
pub(super) struct CountedEvent<'a> {
    /// Its place in the order of recording.
    place: usize,
    /// When it counts, which orders the events.
    pub(super) from: Timestamp,
    /// Whether the desk did it by itself, and not because of what somebody did.
    pub(super) is_automatic: bool,
    /// The event; if its clock was ahead, at the time at which it counts.
    pub(super) event: Cow<'a, Event>,
}

/// Returns the events in the order in which they count, by a clock that shows
/// `now` if the next event is to be recorded then.
pub(super) fn counted(history: &[Event], now: Option<Timestamp>) -> Vec<CountedEvent<'_>> {
    let automatic = automatic_acts(history);
    let mut events: Vec<CountedEvent<'_>> = history
        .iter()
        .zip(latest_possible(history, now))
        .zip(automatic)
        .enumerate()
        .map(|(place, ((event, latest), act))| {
            // A time ahead of the clock that recorded the next event was wrong.
            let was_ahead = act.is_none() && is_ahead(event.at, latest);
            let event = if was_ahead {
                let at = latest;
                Cow::Owned(Event {
                    at,
                    ..event.clone()
                })
            } else {
                Cow::Borrowed(event)
            };
            CountedEvent {
                place,
                from: counts_from(&event, act),
                is_automatic: act.is_some(),
                event,
            }
        })
        .collect();
    if let Some((_opening, rest)) = events.split_first_mut()
        && !rest.is_sorted_by_key(|counted| counted.from)
    {
        rest.sort_by_key(|counted| counted.from);
    }
    events
}

/// Returns whether a time lies so far after `now` that the clock was wrong.
fn is_ahead(at: Timestamp, now: Timestamp) -> bool {
    at.signed_duration_since(now) > CLOCK_SLACK
}

/// A target is missed only after its due time, so a breach counts one
/// millisecond later, with the escalation that follows from it.
fn counts_from(event: &Event, act: Option<AutomaticAct>) -> Timestamp {
    let late = TimeDelta::milliseconds(i64::from(act == Some(AutomaticAct::Breach)));
    event.at.checked_add_signed(late).unwrap_or(event.at)
}

/// What the desk did by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AutomaticAct {
    /// It warned of a breach, or escalated because of it.
    Breach,
    Other,
}

/// Returns for each event which automatic act it belongs to, if any. An act is
/// a row of the desk's own events of one time. The desk's events that follow an
/// agent's at once belong to what the agent did.
fn automatic_acts(history: &[Event]) -> Vec<Option<AutomaticAct>> {
    let mut acts: Vec<Option<AutomaticAct>> = Vec::with_capacity(history.len());
    let mut previous: Option<&Event> = None;
    for event in history {
        let together = previous.is_some_and(|last| last.is_together_with(event));
        let before = acts.last().copied().flatten();
        let act = if event.actor != Actor::Desk || (together && before.is_none()) {
            None
        } else if let Fact::Warned {
            percent, offset, ..
        } = &event.fact
        {
            let level = Level::of_warning(*percent, *offset);
            Some(if level == Level::BREACH {
                AutomaticAct::Breach
            } else {
                AutomaticAct::Other
            })
        } else if let (Fact::Escalated { .. }, true) = (&event.fact, together) {
            before
        } else {
            let ends_or_moves = matches!(
                event.fact,
                Fact::Escalated { .. }
                    | Fact::Resumed { .. }
                    | Fact::GatePassed { .. }
                    | Fact::Closed { .. }
            );
            ends_or_moves.then_some(AutomaticAct::Other)
        };
        acts.push(act);
        previous = Some(event);
    }
    acts
}

/// Returns the numbers of the events that have no effect: those that proved
/// unfounded, and those that were taken back. What was taken back makes nothing
/// unfounded either.
pub(crate) fn without_effect(history: &[Event]) -> BTreeSet<u32> {
    let (mut all, taken_back) = without_effect_by_cause(history);
    all.extend(taken_back);
    all
}

/// Returns the numbers of the events that were taken back.
pub(crate) fn undone(history: &[Event]) -> BTreeSet<u32> {
    without_effect_by_cause(history).1
}

/// Returns the numbers of the events that proved unfounded, and of those that were
/// taken back.
fn without_effect_by_cause(history: &[Event]) -> (BTreeSet<u32>, BTreeSet<u32>) {
    let (mut unfounded, mut undone) = (BTreeSet::new(), BTreeSet::new());
    // What takes effects away comes after what it takes them from.
    for event in history.iter().rev() {
        if undone.contains(&event.n) || unfounded.contains(&event.n) {
            continue;
        }
        if let Fact::Unfounded { events } = &event.fact {
            unfounded.extend(events);
        } else if let Fact::Undone { events } = &event.fact {
            undone.extend(events);
        }
    }
    (unfounded, undone)
}

/// What a reader has to know about an event of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimelineMark {
    /// The desk did it by itself, and it proved unfounded.
    Unfounded,
    /// An agent took it back.
    Undone,
    /// It is dated by a clock that was ahead, and counts when the next event was
    /// recorded.
    ClockAhead,
    /// It was recorded after such an event.
    AfterClockAhead,
}

/// An event of a timeline.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimelineEntry<'a> {
    pub(crate) event: &'a Event,
    pub(crate) mark: Option<TimelineMark>,
}

/// Returns the events in the order in which they count, with marks.
pub(crate) fn timeline(history: &[Event]) -> Vec<TimelineEntry<'_>> {
    let (unfounded, undone) = without_effect_by_cause(history);
    let mut was_ahead = false;
    let mut marks: Vec<Option<TimelineMark>> = Vec::with_capacity(history.len());
    let latest = latest_possible(history, None);
    for (event, latest) in history.iter().zip(latest) {
        let is_ahead = event.actor != Actor::Desk && is_ahead(event.at, latest);
        marks.push(if undone.contains(&event.n) {
            Some(TimelineMark::Undone)
        } else if unfounded.contains(&event.n) {
            Some(TimelineMark::Unfounded)
        } else if is_ahead {
            Some(TimelineMark::ClockAhead)
        } else if was_ahead {
            Some(TimelineMark::AfterClockAhead)
        } else {
            None
        });
        was_ahead = is_ahead;
    }
    let entry = |counted: CountedEvent<'_>| TimelineEntry {
        event: &history[counted.place],
        mark: marks[counted.place],
    };
    counted(history, None).into_iter().map(entry).collect()
}

/// Returns for each event the latest time at which it can have been recorded:
/// when the next one was, or `now`.
fn latest_possible(history: &[Event], now: Option<Timestamp>) -> Vec<Timestamp> {
    let mut earliest_recorded_later = now.unwrap_or(Timestamp::MAX_UTC);
    let mut latest_possible: Vec<Timestamp> = history
        .iter()
        .rev()
        .map(|event| {
            let latest = earliest_recorded_later;
            earliest_recorded_later = latest.min(event.recorded);
            latest
        })
        .collect();
    latest_possible.reverse();
    latest_possible
}

/// Returns the events that count at a moment of the past, in the order of
/// recording.
pub(crate) fn until(history: Vec<Event>, moment: Timestamp) -> Vec<Event> {
    let counts: BTreeSet<u32> = counted(&history, None)
        .into_iter()
        .filter(|counted| counted.from <= moment)
        .map(|counted| counted.event.n)
        .collect();
    let mut history = history;
    history.retain(|event| counts.contains(&event.n));
    history
}
