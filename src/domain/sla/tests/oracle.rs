//! A second, naive reckoning of the clocks: it walks through a history minute
//! by minute and counts. What it says must be what the clocks say.

use chrono::TimeDelta;

use super::super::clock::{Clock, ClockState};
use super::super::promise::Promise;
use crate::domain::Moment;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Actor;
use crate::domain::policy::editions::Policies;
use crate::domain::word::{ClockName, Code};

/// What both reckonings must agree on, in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) state: ClockState,
    pub(crate) used: i64,
    pub(crate) left: i64,
    pub(crate) paused: i64,
    pub(crate) due: Option<Moment>,
    pub(crate) warn: Option<Moment>,
}

/// The first warning level of the built-in policy.
const fn warning(target: i64) -> i64 {
    target * 75 / 100
}

impl Told {
    /// What a clock says at a moment.
    pub(crate) fn by(clock: &Clock, at: Moment, policy: &Policies) -> Self {
        let reading = clock.at(at, policy);
        Self {
            state: reading.state,
            used: reading.used.num_minutes(),
            left: reading.left.num_minutes(),
            paused: reading.paused.num_minutes(),
            due: reading.due,
            warn: clock.warn,
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
    Stopped(Moment),
    Cancelled,
}

/// Minutes counted one at a time.
#[derive(Debug, Clone, Default)]
struct Count {
    /// The end of each minute that was used.
    used: Vec<Moment>,
    paused: i64,
}

impl Count {
    fn minute(&mut self, place: Place, ends: Moment, off_when_resolved: bool) {
        match place {
            Place::Working => self.used.push(ends),
            Place::Paused => self.paused += 1,
            Place::Resolved | Place::Closed if off_when_resolved => self.paused += 1,
            Place::Resolved | Place::Closed | Place::Merged => {}
        }
    }

    fn minutes(&self) -> i64 {
        i64::try_from(self.used.len()).unwrap()
    }

    /// When the target is used up, if it is already.
    fn hit(&self, target: i64) -> Option<Moment> {
        let last = usize::try_from(target - 1).unwrap();
        self.used.get(last).copied()
    }

    fn told(&self, target: i64, end: End, place: Place, now: Moment) -> Told {
        let used = self.minutes();
        // Where time went on from the end, or goes on now.
        let (state, goes_on) = match end {
            End::Stopped(at) if used > target => (ClockState::Missed, Some(at)),
            End::Stopped(at) => (ClockState::Met, Some(at)),
            End::Cancelled => (ClockState::Cancelled, None),
            End::None if place == Place::Working => (ClockState::Running, Some(now)),
            End::None => (ClockState::Paused, None),
        };
        let reached = |span| {
            let later = |from| from + TimeDelta::minutes(span - used);
            let known = self.hit(span).or_else(|| goes_on.map(later));
            known.filter(|_| end != End::Cancelled)
        };
        Told {
            state,
            used,
            left: target - used,
            paused: self.paused,
            due: reached(target),
            warn: reached(warning(target)),
        }
    }
}

/// The reckoning of all three clocks.
#[derive(Debug)]
pub(crate) struct Oracle {
    opened: Moment,
    now: Moment,
    place: Place,
    promises: Vec<(ClockName, Promise)>,
    contact: Option<Moment>,
    response: End,
    /// When the response clock came to its end.
    responded: Moment,
    resolution: (Count, End),
    withdrawn: bool,
    /// Minutes since the withdrawal.
    gone: i64,
    answer: Option<Count>,
    silence: Option<Count>,
    last_wait: Option<Told>,
}

impl Oracle {
    /// Walks through a history up to a moment, in whole minutes.
    pub(crate) fn of(history: &[Event], until: Moment) -> Self {
        let opened = history[0].at;
        let mut oracle = Self {
            opened,
            now: opened,
            place: Place::Working,
            promises: Vec::new(),
            contact: None,
            response: End::None,
            responded: opened,
            resolution: (Count::default(), End::None),
            withdrawn: false,
            gone: 0,
            answer: None,
            silence: None,
            last_wait: None,
        };
        let mut ahead = history.iter().peekable();
        loop {
            while let Some(event) = ahead.next_if(|event| event.at <= oracle.now) {
                oracle.event(event);
            }
            if oracle.now >= until {
                return oracle;
            }
            oracle.minute();
        }
    }

    fn minute(&mut self) {
        self.now += TimeDelta::minutes(1);
        self.gone += 1;
        let (place, ends) = (self.place, self.now);
        let (count, end) = &mut self.resolution;
        if *end == End::None {
            count.minute(place, ends, false);
        }
        for wait in [&mut self.answer, &mut self.silence].into_iter().flatten() {
            wait.minute(place, ends, true);
        }
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
            Fact::Promised { clock, promise } => self.promises.push((*clock, promise.clone())),
            Fact::Replied { .. } if by_agent => self.contacted(),
            Fact::CallHeld { .. } => self.contacted(),
            Fact::Heard { .. } if self.contact.is_some() => {
                self.answer.get_or_insert_default();
            }
            Fact::Paused { .. } => self.place = Place::Paused,
            Fact::Resumed { .. } => self.place = Place::Working,
            Fact::Resolved { code, .. } => {
                self.place = Place::Resolved;
                let withdrawn = *code == Code::Withdrawn;
                self.resolution.1 = if withdrawn {
                    End::Cancelled
                } else {
                    End::Stopped(self.now)
                };
                self.withdrawn = withdrawn;
                self.gone = 0;
                if withdrawn {
                    self.unanswered(End::Cancelled);
                }
            }
            Fact::Closed { .. } => {
                self.place = Place::Closed;
                let used = (self.now - self.opened).num_minutes();
                let late = used > self.target(ClockName::Response);
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
                self.resolution.1 = End::None;
                self.response = End::None;
                if let Some(contact) = self.contact {
                    (self.response, self.responded) = (End::Stopped(contact), contact);
                }
            }
            _ => {}
        }
    }

    /// Ends the response clock unless it has ended.
    fn unanswered(&mut self, end: End) {
        if self.response == End::None {
            (self.response, self.responded) = (end, self.now);
        }
    }

    fn contacted(&mut self) {
        self.unanswered(End::Stopped(self.now));
        self.contact.get_or_insert(self.now);
        if let Some(told) = self.wait(End::Stopped(self.now)) {
            self.last_wait = Some(told);
        }
        self.answer = None;
        self.silence = Some(Count::default());
    }

    fn promise(&self, name: ClockName) -> Option<&Promise> {
        let of = |(clock, _): &&(ClockName, Promise)| *clock == name;
        Some(&self.promises.iter().rfind(of)?.1)
    }

    fn target(&self, name: ClockName) -> i64 {
        self.promise(name).unwrap().target.num_minutes()
    }

    pub(crate) fn resolution(&self) -> Told {
        let (count, end) = &self.resolution;
        count.told(
            self.target(ClockName::Resolution),
            *end,
            self.place,
            self.now,
        )
    }

    pub(crate) fn response(&self) -> Told {
        let end = match self.response {
            End::None => self.now,
            End::Stopped(_) | End::Cancelled => self.responded,
        };
        let target = self.target(ClockName::Response);
        let used = (end - self.opened).num_minutes();
        let after = |minutes| self.opened + TimeDelta::minutes(minutes);
        let due = after(target);
        let (state, due) = match self.response {
            End::None => (ClockState::Running, Some(due)),
            End::Stopped(at) if at <= due => (ClockState::Met, Some(due)),
            End::Stopped(_) => (ClockState::Missed, Some(due)),
            End::Cancelled => (ClockState::Cancelled, None),
        };
        Told {
            state,
            used,
            left: target - used,
            paused: 0,
            due,
            warn: due.map(|_| after(warning(target))),
        }
    }

    /// The wait that is due first: an answer, or the end of a silence where
    /// there is a cadence.
    fn wait(&self, end: End) -> Option<Told> {
        let promise = self.promise(ClockName::Update)?;
        let told = |wait: &Option<Count>, target: Option<TimeDelta>| {
            let target = target?.num_minutes();
            Some(wait.as_ref()?.told(target, end, self.place, self.now))
        };
        let answer = told(&self.answer, Some(promise.target));
        let silence = told(&self.silence, promise.cadence);
        match (answer, silence) {
            (Some(answer), Some(silence)) if silence.left < answer.left => Some(silence),
            (answer, silence) => answer.or(silence),
        }
    }

    pub(crate) fn update(&self) -> Option<Told> {
        let waiting = match self.place {
            Place::Closed => None,
            Place::Merged => self.wait(End::Cancelled),
            // What was awaited ended when it was withdrawn.
            Place::Resolved if self.withdrawn => self.wait(End::Cancelled).map(|told| Told {
                paused: (told.paused - self.gone).max(0),
                ..told
            }),
            Place::Working | Place::Paused | Place::Resolved => self.wait(End::None),
        };
        waiting.or_else(|| self.last_wait.clone())
    }
}
