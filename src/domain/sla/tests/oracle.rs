//! A second, naive reckoning of the clocks: it walks through a history minute
//! by minute and counts. What it says must be what the clocks say. When a
//! minute counts it is told by the second reckoning of the calendars.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;

use super::super::calendar::ALWAYS;
use super::super::clock::{Clock, ClockState, DisplayState};
use super::super::target::SlaTarget;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::vocabulary::{ClockName, ClosureCode};

/// What both reckonings must agree on, in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) state: ClockState,
    pub(crate) shown: DisplayState,
    pub(crate) used: i64,
    pub(crate) left: i64,
    pub(crate) paused: i64,
    pub(crate) due: Option<Timestamp>,
    pub(crate) warn: Option<Timestamp>,
    pub(crate) reclassified: bool,
}

/// The minutes from a moment on, each open or not.
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

/// What a version of the policy says about time.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    /// The first warning level.
    pub(crate) warning: i64,
    pub(crate) calendars: BTreeMap<String, Arc<Minutes>>,
}

/// The versions of the policy, from the built-in one.
#[derive(Debug, Clone)]
pub(crate) struct Book(pub(crate) Vec<Version>);

impl Book {
    pub(crate) fn built_in() -> Self {
        Self(vec![Version {
            warning: 75,
            calendars: BTreeMap::new(),
        }])
    }

    fn version(&self, promise: &SlaTarget) -> &Version {
        &self.0[promise.policy_version as usize - 1]
    }

    /// Whether the minute that begins then counts.
    fn is_open(&self, promise: &SlaTarget, from: Timestamp) -> bool {
        promise.calendar == ALWAYS
            || self.version(promise).calendars[&promise.calendar].is_open(from)
    }

    fn warning(&self, promise: &SlaTarget, target: i64) -> i64 {
        target * self.version(promise).warning / 100
    }

    /// When so many more minutes have counted.
    fn later(&self, promise: &SlaTarget, from: Timestamp, minutes: i64) -> Timestamp {
        let (mut at, mut left) = (from, minutes);
        while left > 0 {
            left -= i64::from(self.is_open(promise, at));
            at += TimeDelta::minutes(1);
        }
        at
    }
}

impl Told {
    /// What a clock says at a moment.
    pub(crate) fn by(clock: &Clock, at: Timestamp, policy: &PolicyHistory) -> Self {
        let reading = clock.read_at(at, policy);
        Self {
            state: reading.state,
            shown: reading.display,
            used: reading.used.num_minutes(),
            left: reading.remaining.num_minutes(),
            paused: reading.paused.num_minutes(),
            due: reading.due,
            warn: clock.warn,
            reclassified: clock.reclassified,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Working,
    Paused,
    Resolved,
    Closed,
    Merged,
}

/// How a clock came to its end, if it did.
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
    /// Until when it ran, whether that counted or not.
    ran: Option<Timestamp>,
    reclassified: bool,
}

impl Count {
    fn minute(&mut self, place: Place, ends: Timestamp, open: bool, off_when_resolved: bool) {
        match place {
            Place::Working => {
                self.ran = Some(ends);
                if open {
                    self.used.push(ends);
                }
            }
            Place::Paused => self.paused += i64::from(open),
            Place::Resolved | Place::Closed if off_when_resolved => self.paused += i64::from(open),
            Place::Resolved | Place::Closed | Place::Merged => {}
        }
    }

    fn minutes(&self) -> i64 {
        i64::try_from(self.used.len()).unwrap()
    }

    /// As it was at a moment before which it never stood still.
    fn until(mut self, at: Timestamp) -> Self {
        self.used.retain(|ends| *ends <= at);
        self.ran = self.ran.map(|ran| ran.min(at));
        self
    }

    /// When the target is used up, if it is already.
    fn hit(&self, target: i64) -> Option<Timestamp> {
        let last = usize::try_from(target - 1).unwrap();
        self.used.get(last).copied()
    }

    /// Whether it ran on after its target was used up.
    fn is_late(&self, target: i64) -> bool {
        self.hit(target).is_some_and(|hit| self.ran > Some(hit))
    }

    /// Another target takes effect.
    fn revise(&mut self, old: i64, new: i64) {
        let was_late = self.is_late(old);
        self.reclassified = self.is_late(new) && (self.reclassified || !was_late);
    }
}

/// A count is told by what was promised and where the ticket stands.
struct Teller<'a> {
    book: &'a Book,
    promise: &'a SlaTarget,
    target: i64,
    end: End,
    place: Place,
    now: Timestamp,
    /// What holds it hides that it is late.
    off: bool,
}

impl Teller<'_> {
    fn tell(&self, count: &Count) -> Told {
        let Self { target, now, .. } = *self;
        let used = count.minutes();
        let late = count.is_late(target);
        let later = |from, span| self.book.later(self.promise, from, span - used);
        let hit = |span| count.hit(span);
        let first = self.book.warning(self.promise, target);
        let (state, due, warn) = match self.end {
            End::Stopped(at) => {
                let state = if late {
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
            End::None if self.place == Place::Working => {
                let reach = |span| hit(span).unwrap_or_else(|| later(now, span));
                (ClockState::Running, Some(reach(target)), Some(reach(first)))
            }
            End::None => (ClockState::Paused, hit(target).filter(|_| late), hit(first)),
        };
        let shown = match state {
            ClockState::Running if due < Some(now) => DisplayState::Overdue,
            ClockState::Running if warn <= Some(now) => DisplayState::AtRisk,
            ClockState::Running => DisplayState::Ok,
            ClockState::Paused if late && !self.off => DisplayState::Overdue,
            ClockState::Paused => DisplayState::Paused,
            ClockState::Met => DisplayState::Met,
            ClockState::Missed => DisplayState::Missed,
            ClockState::Cancelled => DisplayState::Cancelled,
            ClockState::None => DisplayState::None,
        };
        Told {
            state,
            shown,
            used,
            left: target - used,
            paused: count.paused,
            due,
            warn,
            reclassified: count.reclassified,
        }
    }
}

/// The reckoning of all three clocks.
#[derive(Debug, Clone)]
pub(crate) struct Oracle {
    book: Book,
    now: Timestamp,
    place: Place,
    promises: Vec<(ClockName, SlaTarget)>,
    contact: Option<Timestamp>,
    response: (Count, End),
    /// When the response clock came to its end.
    responded: Timestamp,
    resolution: (Count, End),
    /// What was awaited when the ticket was withdrawn.
    withdrawn: Option<Waits>,
    waits: Waits,
    last_wait: Option<Told>,
}

/// What the update clock waits for.
#[derive(Debug, Clone, Default)]
struct Waits {
    answer: Option<Count>,
    silence: Option<Count>,
}

impl Oracle {
    /// Walks through a history under the built-in policy up to a moment, in
    /// whole minutes.
    pub(crate) fn of(history: &[Event], until: Timestamp) -> Self {
        let mut oracle = Self::under(Book::built_in(), history[0].at);
        oracle.hear(history);
        oracle.wait_until(until);
        oracle
    }

    /// Stands at the opening of a ticket.
    pub(crate) fn under(book: Book, opened: Timestamp) -> Self {
        Self {
            book,
            now: opened,
            place: Place::Working,
            promises: Vec::new(),
            contact: None,
            response: (Count::default(), End::None),
            responded: opened,
            resolution: (Count::default(), End::None),
            withdrawn: None,
            waits: Waits::default(),
            last_wait: None,
        }
    }

    /// Another version of the policy comes into force.
    pub(crate) fn enact(&mut self, version: Version) {
        self.book.0.push(version);
    }

    /// Walks through what happened next.
    pub(crate) fn hear(&mut self, events: &[Event]) {
        for event in events {
            self.wait_until(event.at);
            self.event(event);
        }
    }

    pub(crate) fn wait_until(&mut self, at: Timestamp) {
        while self.now < at {
            self.minute();
        }
    }

    fn minute(&mut self) {
        let begins = self.now;
        self.now += TimeDelta::minutes(1);
        let (place, ends) = (self.place, self.now);
        let open = |name| {
            let promise = self.promise(name);
            promise.is_some_and(|promise| self.book.is_open(promise, begins))
        };
        let [response, update, resolution] = [
            ClockName::Response,
            ClockName::Update,
            ClockName::Resolution,
        ]
        .map(open);
        // Nothing holds it; where it ended is asked when it is told.
        let (count, _) = &mut self.response;
        count.minute(Place::Working, ends, response, false);
        let (count, end) = &mut self.resolution;
        if *end == End::None {
            count.minute(place, ends, resolution, false);
        }
        let waits = &mut self.waits;
        for wait in [&mut waits.answer, &mut waits.silence]
            .into_iter()
            .flatten()
        {
            wait.minute(place, ends, update, true);
        }
    }

    /// A promise takes effect, from now on.
    fn promised(&mut self, name: ClockName, promise: &SlaTarget) {
        let minutes = |span: TimeDelta| span.num_minutes();
        let never = minutes(TimeDelta::days(36_500));
        let cadence = |promise: &SlaTarget| promise.cadence.map_or(never, minutes);
        if let Some(old) = self.promise(name).cloned() {
            let (from, to) = (minutes(old.span), minutes(promise.span));
            match name {
                ClockName::Response => self.response.0.revise(from, to),
                ClockName::Resolution => self.resolution.0.revise(from, to),
                ClockName::Update => {
                    let waits = self.withdrawn.iter_mut().chain([&mut self.waits]);
                    for wait in waits {
                        if let Some(count) = &mut wait.answer {
                            count.revise(from, to);
                        }
                        if let Some(count) = &mut wait.silence {
                            count.revise(cadence(&old), cadence(promise));
                        }
                    }
                }
            }
        }
        self.promises.push((name, promise.clone()));
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
            Fact::TargetSet {
                clock,
                target: promise,
            } => self.promised(*clock, promise),
            Fact::Replied { .. } if by_agent => self.contacted(),
            Fact::CallHeld { .. } => self.contacted(),
            Fact::MessageReceived { .. } if self.contact.is_some() => {
                self.waits.answer.get_or_insert_default();
                if let Some(withdrawn) = &mut self.withdrawn {
                    withdrawn.answer.get_or_insert_default();
                }
            }
            Fact::Paused { .. } => self.place = Place::Paused,
            Fact::Resumed { .. } => self.place = Place::Working,
            Fact::Resolved { code, .. } => {
                self.place = Place::Resolved;
                let withdrawn = *code == ClosureCode::Withdrawn;
                self.resolution.1 = if withdrawn {
                    End::Cancelled
                } else {
                    End::Stopped(self.now)
                };
                self.withdrawn = withdrawn.then(|| self.waits.clone());
                if withdrawn {
                    self.unanswered(End::Cancelled);
                }
            }
            Fact::Closed { .. } => {
                self.place = Place::Closed;
                let late = self.response.0.is_late(self.target(ClockName::Response));
                self.unanswered(if late {
                    End::Stopped(self.now)
                } else {
                    End::Cancelled
                });
            }
            Fact::Merged { .. } => {
                self.place = Place::Merged;
                self.unanswered(End::Cancelled);
                if self.resolution.1 == End::None {
                    self.resolution.1 = End::Cancelled;
                }
            }
            Fact::Reopened { .. } => {
                self.place = Place::Working;
                self.withdrawn = None;
                self.resolution.1 = End::None;
                self.response.1 = End::None;
                if let Some(contact) = self.contact {
                    (self.response.1, self.responded) = (End::Stopped(contact), contact);
                }
            }
            _ => {}
        }
    }

    /// Ends the response clock unless it has ended.
    fn unanswered(&mut self, end: End) {
        if self.response.1 == End::None {
            (self.response.1, self.responded) = (end, self.now);
        }
    }

    fn contacted(&mut self) {
        self.unanswered(End::Stopped(self.now));
        self.contact.get_or_insert(self.now);
        if let Some(told) = self.wait(End::Stopped(self.now)) {
            self.last_wait = Some(told);
        }
        self.waits = Waits {
            answer: None,
            silence: Some(Count::default()),
        };
        if self.withdrawn.is_some() {
            self.withdrawn = Some(self.waits.clone());
        }
    }

    fn promise(&self, name: ClockName) -> Option<&SlaTarget> {
        let of = |(clock, _): &&(ClockName, SlaTarget)| *clock == name;
        Some(&self.promises.iter().rfind(of)?.1)
    }

    fn target(&self, name: ClockName) -> i64 {
        self.promise(name).unwrap().span.num_minutes()
    }

    /// When a running clock reaches that percentage of its target.
    pub(crate) fn reaches(&self, name: ClockName, percent: u16) -> Option<Timestamp> {
        let mut other = self.clone();
        for version in &mut other.book.0 {
            version.warning = percent.into();
        }
        let told = match name {
            ClockName::Response => Some(other.response()),
            ClockName::Update => other.update(),
            ClockName::Resolution => Some(other.resolution()),
        };
        let told = told.filter(|told| told.state == ClockState::Running);
        told.and_then(|told| told.warn)
    }

    fn teller<'a>(&'a self, promise: &'a SlaTarget, target: i64, end: End) -> Teller<'a> {
        Teller {
            book: &self.book,
            promise,
            target,
            end,
            place: self.place,
            now: self.now,
            off: false,
        }
    }

    pub(crate) fn resolution(&self) -> Told {
        let name = ClockName::Resolution;
        let (count, end) = &self.resolution;
        let teller = self.teller(self.promise(name).unwrap(), self.target(name), *end);
        teller.tell(count)
    }

    pub(crate) fn response(&self) -> Told {
        let name = ClockName::Response;
        let (count, end) = &self.response;
        let teller = self.teller(self.promise(name).unwrap(), self.target(name), *end);
        let until = match end {
            End::None => self.now,
            End::Stopped(_) | End::Cancelled => self.responded,
        };
        let place = Place::Working;
        Teller { place, ..teller }.tell(&count.clone().until(until))
    }

    /// The wait that is due first: an answer, or the end of a silence where
    /// there is a cadence.
    fn soonest(&self, waits: &Waits, end: End) -> Option<Told> {
        let promise = self.promise(ClockName::Update)?;
        let told = |wait: &Option<Count>, target: Option<TimeDelta>| {
            let teller = self.teller(promise, target?.num_minutes(), end);
            let off = true;
            Some(Teller { off, ..teller }.tell(wait.as_ref()?))
        };
        let answer = told(&waits.answer, Some(promise.span));
        let silence = told(&waits.silence, promise.cadence);
        match (answer, silence) {
            (Some(answer), Some(silence)) if silence.left < answer.left => Some(silence),
            (answer, silence) => answer.or(silence),
        }
    }

    fn wait(&self, end: End) -> Option<Told> {
        self.soonest(&self.waits, end)
    }

    pub(crate) fn update(&self) -> Option<Told> {
        let waiting = match (self.place, &self.withdrawn) {
            (Place::Closed, _) => None,
            (Place::Merged, None) => self.wait(End::Cancelled),
            // What was awaited ended when it was withdrawn.
            (Place::Resolved | Place::Merged, Some(waits)) => self.soonest(waits, End::Cancelled),
            (Place::Working | Place::Paused | Place::Resolved, _) => self.wait(End::None),
        };
        waiting.or_else(|| self.last_wait.clone())
    }
}
