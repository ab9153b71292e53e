//! A second, naive calculation of the clocks: it walks through a history
//! minute by minute and counts. Its results must equal those of the clocks.
//! Whether a minute counts comes from the naive calendar calculation.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;

use super::super::calendar::ALWAYS;
use super::super::clock::{Clock, ClockState, DisplayState};
use super::super::target::SlaTarget;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::policy::BREACH;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::vocabulary::{ClockName, ClosureCode};

/// What both calculations must agree on, in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClockSnapshot {
    pub(crate) state: ClockState,
    pub(crate) display: DisplayState,
    pub(crate) used: i64,
    pub(crate) remaining: i64,
    pub(crate) paused: i64,
    pub(crate) due: Option<Timestamp>,
    pub(crate) warn: Option<Timestamp>,
    pub(crate) reclassified: bool,
}

/// The minutes from an instant on, each open or not.
#[derive(Debug)]
pub(crate) struct Minutes {
    pub(crate) start: Timestamp,
    pub(crate) open: Vec<bool>,
}

impl Minutes {
    fn is_open(&self, from: Timestamp) -> bool {
        let n = (from - self.start).num_minutes();
        self.open[usize::try_from(n).unwrap()]
    }
}

/// What a policy version says about time.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    /// The first warning level.
    pub(crate) warning: i64,
    pub(crate) calendars: BTreeMap<String, Arc<Minutes>>,
}

/// The policy versions, starting with the built-in one.
#[derive(Debug, Clone)]
pub(crate) struct PolicyVersions(pub(crate) Vec<Version>);

impl PolicyVersions {
    pub(crate) fn built_in() -> Self {
        Self(vec![Version {
            warning: 75,
            calendars: BTreeMap::new(),
        }])
    }

    fn version(&self, target: &SlaTarget) -> &Version {
        &self.0[target.policy_version as usize - 1]
    }

    /// Whether the minute that begins at an instant counts.
    fn is_open(&self, target: &SlaTarget, from: Timestamp) -> bool {
        target.calendar == ALWAYS || self.version(target).calendars[&target.calendar].is_open(from)
    }

    fn warning(&self, target: &SlaTarget, minutes: i64) -> i64 {
        minutes * self.version(target).warning / 100
    }

    /// When a number of further minutes will have counted.
    fn later(&self, target: &SlaTarget, from: Timestamp, minutes: i64) -> Timestamp {
        let (mut at, mut left) = (from, minutes);
        while left > 0 {
            left -= i64::from(self.is_open(target, at));
            at += TimeDelta::minutes(1);
        }
        at
    }
}

impl ClockSnapshot {
    /// The snapshot of a clock at an instant.
    pub(crate) fn new(clock: &Clock, at: Timestamp, policy: &PolicyHistory) -> Self {
        let reading = clock.read_at(at, policy);
        Self {
            state: reading.state,
            display: reading.display,
            used: reading.used.num_minutes(),
            remaining: reading.remaining.num_minutes(),
            paused: reading.paused.num_minutes(),
            due: reading.due,
            warn: clock.warn,
            reclassified: clock.reclassified,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Working,
    Paused,
    Resolved,
    Closed,
    Merged,
}

/// How a clock ended, if it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    None,
    Stopped(Timestamp),
    Cancelled,
}

/// Minutes counted one at a time.
#[derive(Debug, Clone, Default)]
struct Count {
    /// The end of each minute that was used.
    used: Vec<Timestamp>,
    paused: i64,
    /// Until when it ran, whether the time counted or not.
    ran: Option<Timestamp>,
    reclassified: bool,
    /// It was late under an earlier target.
    missed: bool,
}

impl Count {
    fn minute(&mut self, phase: Phase, ends: Timestamp, open: bool, off_when_resolved: bool) {
        match phase {
            Phase::Working => {
                self.ran = Some(ends);
                if open {
                    self.used.push(ends);
                }
            }
            Phase::Paused => self.paused += i64::from(open),
            Phase::Resolved | Phase::Closed if off_when_resolved => self.paused += i64::from(open),
            Phase::Resolved | Phase::Closed | Phase::Merged => {}
        }
    }

    fn minutes(&self) -> i64 {
        i64::try_from(self.used.len()).unwrap()
    }

    /// The count as of an earlier instant. Until then it must not have paused.
    fn until(mut self, at: Timestamp) -> Self {
        self.used.retain(|ends| *ends <= at);
        self.ran = self.ran.map(|ran| ran.min(at));
        self
    }

    /// When the target is used up, if it is already.
    fn used_up_at(&self, target: i64) -> Option<Timestamp> {
        let last = usize::try_from(target - 1).unwrap();
        self.used.get(last).copied()
    }

    /// Whether it kept running after its target was used up.
    fn is_late(&self, target: i64) -> bool {
        self.used_up_at(target)
            .is_some_and(|hit| self.ran > Some(hit))
    }

    /// Another target takes effect.
    fn revise(&mut self, old: i64, new: i64) {
        let was_late = self.is_late(old);
        self.missed |= was_late && !self.is_late(new) && !self.reclassified;
        self.reclassified = self.is_late(new) && (self.reclassified || !was_late);
    }
}

/// Turns a count into a snapshot.
struct Snapshots<'a> {
    policies: &'a PolicyVersions,
    target: &'a SlaTarget,
    minutes: i64,
    end: End,
    phase: Phase,
    now: Timestamp,
    /// When the pause ends by itself.
    wakes: Option<Timestamp>,
}

impl Snapshots<'_> {
    fn snapshot(&self, count: &Count) -> ClockSnapshot {
        let Self {
            minutes: target,
            now,
            ..
        } = *self;
        let used = count.minutes();
        let late = count.is_late(target);
        let later = |from, span| self.policies.later(self.target, from, span - used);
        let hit = |span| count.used_up_at(span);
        let first = self.policies.warning(self.target, target);
        let (state, due, warn) = match self.end {
            End::Stopped(at) => {
                let state = if late || count.missed {
                    ClockState::Missed
                } else {
                    ClockState::Met
                };
                let due = hit(target).filter(|_| late);
                let due = due.unwrap_or_else(|| later(at, target));
                let warn = hit(first).unwrap_or_else(|| later(at, first));
                (state, Some(due), Some(warn))
            }
            End::Cancelled => (ClockState::Cancelled, None, None),
            End::None if self.phase == Phase::Working => {
                let reach = |span| hit(span).unwrap_or_else(|| later(now, span));
                (ClockState::Running, Some(reach(target)), Some(reach(first)))
            }
            End::None => {
                let expected = |span| self.wakes.map(|wakes| later(wakes, span));
                let due = match expected(target) {
                    Some(expected) => Some(hit(target).unwrap_or(expected)),
                    None => hit(target).filter(|_| late),
                };
                (
                    ClockState::Paused,
                    due,
                    hit(first).or_else(|| expected(first)),
                )
            }
        };
        let shown = match state {
            ClockState::Running if late => DisplayState::Overdue,
            ClockState::Running if warn <= Some(now) => DisplayState::AtRisk,
            ClockState::Running => DisplayState::Ok,
            ClockState::Paused if late => DisplayState::Overdue,
            ClockState::Paused => DisplayState::Paused,
            ClockState::Met => DisplayState::Met,
            ClockState::Missed => DisplayState::Missed,
            ClockState::Cancelled => DisplayState::Cancelled,
            ClockState::None => DisplayState::None,
        };
        ClockSnapshot {
            state,
            display: shown,
            used,
            remaining: target - used,
            paused: count.paused,
            due,
            warn,
            reclassified: count.reclassified,
        }
    }
}

/// The naive calculation of all clocks of a ticket.
#[derive(Debug, Clone)]
pub(crate) struct Oracle {
    policies: PolicyVersions,
    now: Timestamp,
    phase: Phase,
    /// When the pause ends by itself.
    wakes: Option<Timestamp>,
    targets: Vec<(ClockName, SlaTarget)>,
    contact: Option<Timestamp>,
    response: (Count, End),
    /// When the response clock ended.
    responded: Timestamp,
    resolution: (Count, End),
    /// When the resolution clock ended.
    ended_at: Timestamp,
    opened: Timestamp,
    /// The due times that are promised by hand, of the response and the resolution.
    promises: BTreeMap<&'static str, Timestamp>,
    /// Since when the target or the promise of a clock has been in force.
    terms_since: BTreeMap<&'static str, Timestamp>,
    /// What was awaited when the ticket was withdrawn.
    withdrawn: Option<Waits>,
    /// The answer that was owed then: it is owed again after a reopening.
    withdrawn_answer: Option<Count>,
    /// What was awaited when the ticket was closed or merged, and when that was.
    ended: Option<(Timestamp, Waits)>,
    waits: Waits,
    last_wait: Option<ClockSnapshot>,
}

/// What the update clock waits for.
#[derive(Debug, Clone, Default)]
struct Waits {
    answer: Option<Count>,
    silence: Option<Count>,
}

impl Oracle {
    /// Applies a history under the built-in policy and waits until an instant,
    /// in whole minutes.
    pub(crate) fn after(history: &[Event], until: Timestamp) -> Self {
        let mut oracle = Self::new(PolicyVersions::built_in(), history[0].at);
        oracle.retell(history);
        oracle.wait_until(until);
        oracle
    }

    /// Starts at the opening of a ticket.
    pub(crate) fn new(policies: PolicyVersions, opened: Timestamp) -> Self {
        Self {
            policies,
            now: opened,
            phase: Phase::Working,
            wakes: None,
            targets: Vec::new(),
            contact: None,
            response: (Count::default(), End::None),
            responded: opened,
            resolution: (Count::default(), End::None),
            ended_at: opened,
            opened,
            promises: BTreeMap::new(),
            terms_since: BTreeMap::new(),
            withdrawn: None,
            withdrawn_answer: None,
            ended: None,
            waits: Waits::default(),
            last_wait: None,
        }
    }

    /// Puts another policy version in force.
    pub(crate) fn add_policy_version(&mut self, version: Version) {
        self.policies.0.push(version);
    }

    /// Applies the next events.
    pub(crate) fn apply(&mut self, events: &[Event]) {
        for event in events {
            self.wait_until(event.at);
            self.event(event);
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "only one fact names others")]
    /// Applies a history from the beginning, in the order of time and, at the same
    /// time, in that of recording; what is unfounded is left out.
    pub(crate) fn retell(&mut self, history: &[Event]) {
        let unfounded: Vec<u32> = history
            .iter()
            .filter_map(|event| match &event.fact {
                Fact::Unfounded { events } => Some(events.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        let mut events: Vec<Event> = history.to_vec();
        events.retain(|event| !unfounded.contains(&event.n));
        events.sort_by_key(|event| (event.at, event.n));
        *self = Self::new(self.policies.clone(), history[0].at);
        self.apply(&events);
    }

    pub(crate) fn wait_until(&mut self, at: Timestamp) {
        self.wake();
        while self.now < at {
            self.minute();
            self.wake();
        }
    }

    /// Ends a pause whose end has come.
    fn wake(&mut self) {
        if self.phase == Phase::Paused && self.wakes.is_some_and(|wakes| wakes <= self.now) {
            self.phase = Phase::Working;
            self.wakes = None;
        }
    }

    fn minute(&mut self) {
        let begins = self.now;
        self.now += TimeDelta::minutes(1);
        let (phase, ends) = (self.phase, self.now);
        let open = |name| {
            let target = self.target(name);
            target.is_some_and(|target| self.policies.is_open(target, begins))
        };
        let [response, update, resolution] = [
            ClockName::Response,
            ClockName::Update,
            ClockName::Resolution,
        ]
        .map(open);
        // The response clock never pauses; its end is applied in `response`.
        let (count, _) = &mut self.response;
        count.minute(Phase::Working, ends, response, false);
        let (count, end) = &mut self.resolution;
        if *end == End::None {
            count.minute(phase, ends, resolution, false);
        }
        // An answer is owed whatever the status.
        for answer in [&mut self.waits.answer, &mut self.withdrawn_answer]
            .into_iter()
            .flatten()
        {
            answer.minute(Phase::Working, ends, update, true);
        }
        if let Some(silence) = &mut self.waits.silence {
            silence.minute(phase, ends, update, true);
        }
    }

    /// Sets a target from now on.
    fn set_target(&mut self, name: ClockName, target: &SlaTarget) {
        let minutes = |span: TimeDelta| span.num_minutes();
        let never = minutes(TimeDelta::days(36_500));
        let cadence = |target: &SlaTarget| target.cadence.map_or(never, minutes);
        if let Some(old) = self.target(name).cloned() {
            let (from, to) = (minutes(old.span), minutes(target.span));
            match name {
                // What was promised goes before.
                _ if self.promises.contains_key(name.as_str()) => {}
                ClockName::Response => self.response.0.revise(from, to),
                ClockName::Resolution => self.resolution.0.revise(from, to),
                ClockName::Update => {
                    if let Some(count) = &mut self.withdrawn_answer {
                        count.revise(from, to);
                    }
                    let waits = self.withdrawn.iter_mut().chain([&mut self.waits]);
                    for wait in waits {
                        if let Some(count) = &mut wait.answer {
                            count.revise(from, to);
                        }
                        if let Some(count) = &mut wait.silence {
                            count.revise(cadence(&old), cadence(target));
                        }
                    }
                }
            }
        }
        if !self.promises.contains_key(name.as_str()) {
            self.terms_since.insert(name.as_str(), self.now);
        }
        self.targets.push((name, target.clone()));
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what is not named here moves no clock"
    )]
    fn event(&mut self, event: &Event) {
        let by_agent = event.actor != Actor::Desk;
        match &event.fact {
            Fact::Opened(submission) if by_agent && submission.channel.is_live() => {
                self.contacted();
            }
            Fact::TargetSet { clock, target } => self.set_target(*clock, target),
            Fact::DuePromised { clock, due, .. } => self.promise(*clock, Some(*due)),
            Fact::PromiseWithdrawn { clock, .. } => self.promise(*clock, None),
            Fact::Replied { .. } if by_agent => self.contacted(),
            Fact::CallHeld { .. } => self.contacted(),
            Fact::MessageReceived { thanks: false, .. } if self.contact.is_some() => {
                self.waits.answer.get_or_insert_default();
            }
            Fact::Paused { until, .. } => (self.phase, self.wakes) = (Phase::Paused, *until),
            Fact::Resumed { .. } => self.phase = Phase::Working,
            Fact::Resolved {
                code: ClosureCode::Withdrawn,
                ..
            }
            | Fact::Voided { .. } => self.withdrawn(),
            Fact::Resolved { .. } => {
                self.wakes = None;
                self.phase = Phase::Resolved;
                self.ended_at = self.now;
                self.resolution.1 = End::Stopped(self.now);
                self.withdrawn = None;
            }
            Fact::Closed { .. } => {
                self.phase = Phase::Closed;
                self.ended = Some((self.now, self.waits.clone()));
                let promised = self.promises.get(ClockName::Response.as_str());
                let minutes = self.target_minutes(ClockName::Response);
                let (count, _) = &self.response;
                let late = promised.map_or(count.is_late(minutes), |due| self.now > *due);
                let late = late || count.missed;
                self.end_response(if late {
                    End::Stopped(self.now)
                } else {
                    End::Cancelled
                });
            }
            Fact::Merged { .. } => {
                self.phase = Phase::Merged;
                self.ended = Some((self.now, self.waits.clone()));
                self.end_response(End::Cancelled);
                if self.resolution.1 == End::None {
                    self.resolution.1 = End::Cancelled;
                    self.ended_at = self.now;
                }
            }
            Fact::Reopened { .. } => {
                self.phase = Phase::Working;
                self.withdrawn = None;
                self.ended = None;
                if let Some(answer) = self.withdrawn_answer.take() {
                    self.waits.answer = Some(answer);
                }
                self.end_kept_promise();
                self.resolution.1 = End::None;
                self.response.1 = End::None;
                if let Some(contact) = self.contact {
                    (self.response.1, self.responded) = (End::Stopped(contact), contact);
                }
            }
            _ => {}
        }
    }

    fn withdrawn(&mut self) {
        let was_closed = self.phase == Phase::Closed;
        self.wakes = None;
        self.phase = Phase::Resolved;
        if self.resolution.1 == End::None {
            self.ended_at = self.now;
        }
        self.resolution.1 = End::Cancelled;
        if let Some(answer) = self.withdrawn_answer.take() {
            self.waits.answer = Some(answer);
        }
        self.withdrawn = Some(Waits {
            answer: self.waits.answer.clone(),
            silence: self.waits.silence.clone().filter(|_| !was_closed),
        });
        self.withdrawn_answer = self.waits.answer.take();
        self.end_response(End::Cancelled);
    }

    /// Promises a due time, or withdraws the promise, unless the clock has ended.
    fn promise(&mut self, name: ClockName, due: Option<Timestamp>) {
        let minutes = self.target_minutes(name);
        let known = self.promises.get(name.as_str()).copied();
        let (count, end) = match name {
            ClockName::Response => &mut self.response,
            ClockName::Resolution => &mut self.resolution,
            ClockName::Update => return,
        };
        if *end != End::None {
            return;
        }
        let was_late = known.map_or(count.is_late(minutes), |due| self.now > due);
        let is_late = due.map_or(count.is_late(minutes), |due| self.now > due);
        count.missed |= was_late && !is_late && !count.reclassified;
        count.reclassified = is_late && (count.reclassified || !was_late);
        self.terms_since.insert(name.as_str(), self.now);
        match due {
            Some(due) => self.promises.insert(name.as_str(), due),
            None => self.promises.remove(name.as_str()),
        };
    }

    /// Since when the target or the promise of a clock has been in force.
    pub(crate) fn terms_since(&self, name: ClockName) -> Option<Timestamp> {
        self.terms_since.get(name.as_str()).copied()
    }

    /// A promise that was kept is over when a ticket is reopened after it.
    fn end_kept_promise(&mut self) {
        let name = ClockName::Resolution;
        let minutes = self.target_minutes(name);
        let Some(due) = self.promises.get(name.as_str()).copied() else {
            return;
        };
        let (count, end) = &mut self.resolution;
        if *end != End::None && self.ended_at <= due && due <= self.now {
            self.promises.remove(name.as_str());
            self.terms_since.insert(name.as_str(), self.now);
            count.reclassified = count.is_late(minutes);
        }
    }

    /// A clock whose due time is promised: every minute since the opening counts.
    fn promised(
        &self,
        name: ClockName,
        count: &Count,
        end: End,
        ended: Timestamp,
    ) -> ClockSnapshot {
        let due = self.promises[name.as_str()];
        let until = match end {
            End::None => self.now,
            End::Stopped(at) => at,
            End::Cancelled => ended,
        };
        let version = self.policies.version(self.target(name).unwrap());
        let share = i32::try_from(version.warning).unwrap();
        let warn = self.opened + (due - self.opened) * share / 100;
        let late = until > due;
        let state = match end {
            End::None => ClockState::Running,
            End::Stopped(_) if late || count.missed => ClockState::Missed,
            End::Stopped(_) => ClockState::Met,
            End::Cancelled => ClockState::Cancelled,
        };
        let display = match state {
            ClockState::Running if late => DisplayState::Overdue,
            ClockState::Running if warn <= self.now => DisplayState::AtRisk,
            ClockState::Running => DisplayState::Ok,
            ClockState::Met => DisplayState::Met,
            ClockState::Missed => DisplayState::Missed,
            ClockState::Cancelled => DisplayState::Cancelled,
            ClockState::Paused | ClockState::None => unreachable!(),
        };
        let goes_on = state != ClockState::Cancelled;
        let used = (until - self.opened).num_minutes();
        ClockSnapshot {
            state,
            display,
            used,
            remaining: (due - self.opened).num_minutes() - used,
            paused: 0,
            due: goes_on.then_some(due),
            warn: goes_on.then_some(warn),
            reclassified: count.reclassified,
        }
    }

    /// Ends the response clock unless it has ended.
    fn end_response(&mut self, end: End) {
        if self.response.1 == End::None {
            (self.response.1, self.responded) = (end, self.now);
        }
    }

    fn contacted(&mut self) {
        self.end_response(End::Stopped(self.now));
        self.contact.get_or_insert(self.now);
        if let Some(answer) = self.withdrawn_answer.take() {
            self.waits.answer = Some(answer);
        }
        if let Some(snapshot) = self.first_due(&self.waits, End::Stopped(self.now)) {
            self.last_wait = Some(snapshot);
        }
        self.waits = Waits {
            answer: None,
            silence: Some(Count::default()),
        };
        if self.withdrawn.is_some() {
            self.withdrawn = Some(self.waits.clone());
        }
    }

    fn target(&self, name: ClockName) -> Option<&SlaTarget> {
        let of = |(clock, _): &&(ClockName, SlaTarget)| *clock == name;
        Some(&self.targets.iter().rfind(of)?.1)
    }

    fn target_minutes(&self, name: ClockName) -> i64 {
        self.target(name).unwrap().span.num_minutes()
    }

    /// When a running clock reaches a percentage of its target.
    pub(crate) fn percent_used_at(&self, name: ClockName, percent: u16) -> Option<Timestamp> {
        let mut other = self.clone();
        for version in &mut other.policies.0 {
            version.warning = percent.into();
        }
        let snapshot = other.clock(name);
        let snapshot = snapshot.filter(|snapshot| snapshot.state == ClockState::Running);
        snapshot.and_then(|snapshot| snapshot.warn)
    }

    /// The percentages of its target that a paused clock has used up.
    pub(crate) fn percents_passed_while_paused(
        &self,
        name: ClockName,
        percents: &[u16],
    ) -> Vec<u16> {
        let paused = |snapshot: &ClockSnapshot| snapshot.state == ClockState::Paused;
        let Some(snapshot) = self.clock(name).filter(paused) else {
            return Vec::new();
        };
        let is_passed = |percent: &u16| {
            let used = snapshot.used * 100;
            let level = self.target_minutes(name) * i64::from(*percent);
            used > level || (used == level && *percent < BREACH)
        };
        percents.iter().copied().filter(is_passed).collect()
    }

    pub(crate) fn is_running(&self, name: ClockName) -> bool {
        let clock = self.clock(name);
        clock.is_some_and(|snapshot| snapshot.state == ClockState::Running)
    }

    fn clock(&self, name: ClockName) -> Option<ClockSnapshot> {
        match name {
            ClockName::Response => Some(self.response()),
            ClockName::Update => self.update(),
            ClockName::Resolution => Some(self.resolution()),
        }
    }

    fn snapshots<'a>(&'a self, target: &'a SlaTarget, minutes: i64, end: End) -> Snapshots<'a> {
        Snapshots {
            policies: &self.policies,
            target,
            minutes,
            end,
            phase: self.phase,
            now: self.now,
            wakes: self.wakes,
        }
    }

    pub(crate) fn resolution(&self) -> ClockSnapshot {
        let name = ClockName::Resolution;
        let (count, end) = &self.resolution;
        if self.promises.contains_key(name.as_str()) {
            return self.promised(name, count, *end, self.ended_at);
        }
        let snapshots = self.snapshots(self.target(name).unwrap(), self.target_minutes(name), *end);
        snapshots.snapshot(count)
    }

    pub(crate) fn response(&self) -> ClockSnapshot {
        let name = ClockName::Response;
        let (count, end) = &self.response;
        if self.promises.contains_key(name.as_str()) {
            return self.promised(name, count, *end, self.responded);
        }
        let snapshots = self.snapshots(self.target(name).unwrap(), self.target_minutes(name), *end);
        let until = match end {
            End::None => self.now,
            End::Stopped(_) | End::Cancelled => self.responded,
        };
        let phase = Phase::Working;
        Snapshots { phase, ..snapshots }.snapshot(&count.clone().until(until))
    }

    fn answer(&self, waits: &Waits, end: End) -> Option<ClockSnapshot> {
        let target = self.target(ClockName::Update)?;
        let snapshots = self.snapshots(target, target.span.num_minutes(), end);
        let phase = Phase::Working;
        let snapshots = Snapshots { phase, ..snapshots };
        Some(snapshots.snapshot(waits.answer.as_ref()?))
    }

    fn silence(&self, waits: &Waits, end: End) -> Option<ClockSnapshot> {
        let target = self.target(ClockName::Update)?;
        let snapshots = self.snapshots(target, target.cadence?.num_minutes(), end);
        Some(snapshots.snapshot(waits.silence.as_ref()?))
    }

    /// The wait that is due first: an answer or, with a cadence, the next
    /// update. One that is suspended is not due.
    fn first_due(&self, waits: &Waits, end: End) -> Option<ClockSnapshot> {
        let due = |wait: &ClockSnapshot| {
            let left = wait.due.map_or(wait.remaining, |_| 0);
            let due = wait.due.unwrap_or(Timestamp::MAX_UTC);
            (due, wait.state == ClockState::Paused, left)
        };
        match (self.answer(waits, end), self.silence(waits, end)) {
            (Some(answer), Some(silence)) if due(&silence) < due(&answer) => Some(silence),
            (answer, silence) => answer.or(silence),
        }
    }

    pub(crate) fn update(&self) -> Option<ClockSnapshot> {
        let withdrawn = self.withdrawn.clone().unwrap_or_default();
        let waiting = match (self.phase, &self.ended) {
            // What is still owed at closing is missed if it is late, else cancelled.
            (Phase::Closed, Some((at, waits))) => {
                let late = waits.answer.as_ref().is_some_and(|count| {
                    let target = self.target_minutes(ClockName::Update);
                    count.is_late(target)
                });
                let end = if late {
                    End::Stopped(*at)
                } else {
                    End::Cancelled
                };
                let answer = self.answer(waits, end);
                answer.or_else(|| self.answer(&withdrawn, End::Cancelled))
            }
            (Phase::Merged, Some((_, waits))) => {
                let waits = Waits {
                    answer: waits.answer.clone().or(withdrawn.answer),
                    silence: withdrawn.silence.or(waits.silence.clone()),
                };
                self.first_due(&waits, End::Cancelled)
            }
            _ if self.withdrawn.is_none() => self.first_due(&self.waits, End::None),
            // Only what was asked since is still owed.
            _ => {
                let answer = self.answer(&self.waits, End::None);
                answer.or_else(|| self.first_due(&withdrawn, End::Cancelled))
            }
        };
        waiting.or_else(|| self.last_wait.clone())
    }
}
