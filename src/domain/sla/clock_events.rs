//! A history reduced to what clocks care about, and the rules that start,
//! hold, stop and cancel each clock.
//!
//! | clock | starts | stops | held |
//! |---|---|---|---|
//! | response | reported | first public contact by an agent | never |
//! | update | oldest unanswered message, or last public one with a cadence | public message | while paused or resolved |
//! | resolution | reported | resolved | while paused; resolved to reopened is left out |

use chrono::TimeDelta;

use super::clock::Clocks;
use super::stopwatch::ClockRun;
use super::target::SlaTarget;
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::vocabulary::ClockName;

/// A thing that moves a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClockEvent {
    /// The ticket was reported; `live` if an agent spoke to the requester.
    Reported {
        live: bool,
    },
    TargetSet(ClockName, SlaTarget),
    /// An agent made public contact.
    PublicContact,
    /// The requester wrote.
    RequesterMessage,
    Paused,
    Resumed,
    Resolved {
        withdrawn: bool,
    },
    Reopened,
    Closed,
    Merged,
}

/// All marks of a ticket, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ClockEvents(Vec<(Timestamp, ClockEvent)>);

impl ClockEvents {
    pub(crate) fn push(&mut self, at: Timestamp, mark: ClockEvent) {
        self.0.push((at, mark));
    }

    /// The last promise made for a clock.
    pub(crate) fn target(&self, clock: ClockName) -> Option<&SlaTarget> {
        self.0.iter().rev().find_map(|(_, mark)| match mark {
            ClockEvent::TargetSet(name, promise) if *name == clock => Some(promise),
            ClockEvent::TargetSet(..)
            | ClockEvent::Reported { .. }
            | ClockEvent::PublicContact
            | ClockEvent::RequesterMessage
            | ClockEvent::Paused
            | ClockEvent::Resumed
            | ClockEvent::Resolved { .. }
            | ClockEvent::Reopened
            | ClockEvent::Closed
            | ClockEvent::Merged => None,
        })
    }

    /// Runs the marks through the clocks.
    pub(crate) fn clocks(&self, policy: &PolicyHistory) -> Clocks {
        self.face(policy).read()
    }

    /// The clocks whose time counts at present.
    pub(crate) fn running(&self, policy: &PolicyHistory) -> Vec<(ClockName, ClockRun)> {
        let face = self.face(policy);
        let runs = [
            (ClockName::Response, face.response),
            (ClockName::Update, face.update.showing(policy)),
            (ClockName::Resolution, face.resolution),
        ];
        let running =
            |(name, run): (_, Option<ClockRun>)| Some((name, run.filter(ClockRun::is_running)?));
        runs.into_iter().filter_map(running).collect()
    }

    /// A clock with the stretches of time it went through.
    pub(crate) fn run(&self, clock: ClockName, policy: &PolicyHistory) -> Option<ClockRun> {
        let face = self.face(policy);
        match clock {
            ClockName::Response => face.response,
            ClockName::Update => face.update.showing(policy),
            ClockName::Resolution => face.resolution,
        }
    }

    fn face<'a>(&self, policy: &'a PolicyHistory) -> ClockSet<'a> {
        let mut face = ClockSet::new(policy);
        for (at, mark) in &self.0 {
            face.take(*at, mark);
        }
        face
    }
}

/// The clocks while marks run through them.
struct ClockSet<'a> {
    policy: &'a PolicyHistory,
    reported: Option<Timestamp>,
    /// The last public contact by an agent.
    contact: Option<Timestamp>,
    /// The first one.
    first_contact: Option<Timestamp>,
    /// The ticket is paused or resolved.
    held: bool,
    response: Option<ClockRun>,
    resolution: Option<ClockRun>,
    update: Update,
}

/// The update clock: an answer that is owed, the silence since the last public
/// message, and how the last such wait ended.
#[derive(Default)]
struct Update {
    promise: Option<SlaTarget>,
    answer: Option<ClockRun>,
    silence: Option<ClockRun>,
    ended: Option<ClockRun>,
    /// The ticket is closed: nothing is awaited unless it is reopened.
    over: bool,
    /// The ticket is withdrawn: what is awaited is cancelled unless it is
    /// reopened.
    withdrawn: Option<Timestamp>,
}

impl<'a> ClockSet<'a> {
    const fn new(policy: &'a PolicyHistory) -> Self {
        Self {
            policy,
            reported: None,
            contact: None,
            first_contact: None,
            held: false,
            response: None,
            resolution: None,
            update: Update {
                promise: None,
                answer: None,
                silence: None,
                ended: None,
                over: false,
                withdrawn: None,
            },
        }
    }

    fn take(&mut self, at: Timestamp, mark: &ClockEvent) {
        match mark {
            ClockEvent::Reported { live } => {
                self.reported = Some(at);
                if *live {
                    self.contact = Some(at);
                    self.first_contact = Some(at);
                }
            }
            ClockEvent::TargetSet(name, promise) => self.promised(at, *name, promise),
            ClockEvent::PublicContact => self.contacted(at),
            ClockEvent::RequesterMessage => {
                if self.first_contact.is_some() {
                    self.update.owe(at, self.held);
                }
            }
            ClockEvent::Paused => self.pause(at),
            ClockEvent::Resumed => self.resume(at),
            ClockEvent::Resolved { withdrawn } => {
                let end = if *withdrawn {
                    ClockRun::cancel
                } else {
                    ClockRun::stop
                };
                each(&mut self.resolution, |run| {
                    // In a foreign history the last word on it counts.
                    run.undo_end();
                    end(run, at);
                });
                if *withdrawn {
                    each(&mut self.response, |run| run.cancel(at));
                    self.update.withdrawn = Some(at);
                }
                self.held = true;
                self.update.hold(at);
            }
            ClockEvent::Reopened => {
                self.held = false;
                each(&mut self.resolution, |run| run.restart(at));
                self.await_response();
                self.update.revive(at);
            }
            ClockEvent::Closed => {
                let policy = self.policy;
                each(&mut self.response, |run| run.end_unfulfilled(at, policy));
                // Only foreign histories end without a resolution.
                each(&mut self.resolution, |run| run.end_unfulfilled(at, policy));
                self.update.hold(at);
                self.update.over = true;
            }
            ClockEvent::Merged => {
                each(&mut self.response, |run| run.cancel(at));
                each(&mut self.resolution, |run| run.cancel(at));
                self.update.each(|run| run.cancel(at));
            }
        }
    }

    fn promised(&mut self, at: Timestamp, name: ClockName, promise: &SlaTarget) {
        let start = self.reported.unwrap_or(at);
        match name {
            ClockName::Response => {
                let contact = self.first_contact;
                renew(&mut self.response, start, at, promise, self.policy);
                if let (Some(run), Some(contact)) = (&mut self.response, contact) {
                    run.stop(contact);
                }
            }
            ClockName::Resolution => {
                renew(&mut self.resolution, start, at, promise, self.policy);
            }
            ClockName::Update => {
                self.update.promise(at, promise, self.contact, self.policy);
            }
        }
    }

    fn contacted(&mut self, at: Timestamp) {
        self.contact = Some(at);
        self.first_contact.get_or_insert(at);
        each(&mut self.response, |run| run.stop(at));
        self.update.answered(at, self.held, self.policy);
    }

    /// A response that is still owed goes on being owed after a reopening; a
    /// contact that came after the end counts now.
    fn await_response(&mut self) {
        match self.first_contact {
            None => each(&mut self.response, ClockRun::undo_end),
            Some(contact) => each(&mut self.response, |run| {
                if run.is_cancelled() {
                    run.undo_end();
                    run.stop(contact);
                }
            }),
        }
    }

    fn pause(&mut self, at: Timestamp) {
        self.held = true;
        each(&mut self.resolution, |run| run.pause(at));
        self.update.hold(at);
    }

    fn resume(&mut self, at: Timestamp) {
        self.held = false;
        each(&mut self.resolution, |run| run.resume(at));
        self.update.each(|run| run.resume(at));
    }

    fn read(self) -> Clocks {
        let policy = self.policy;
        let clock = |run: Option<ClockRun>| run.map(|run| run.clock(policy));
        Clocks {
            response: clock(self.response),
            update: clock(self.update.showing(policy)),
            resolution: clock(self.resolution),
        }
    }
}

impl Update {
    fn each(&mut self, act: impl Fn(&mut ClockRun)) {
        each(&mut self.answer, &act);
        each(&mut self.silence, &act);
    }

    fn hold(&mut self, at: Timestamp) {
        self.each(|run| run.suspend(at));
    }

    /// The requester waits for an answer from now on, unless they do already.
    fn owe(&mut self, at: Timestamp, held: bool) {
        if let (Some(promise), None) = (&self.promise, &self.answer) {
            self.answer = Some(start(at, promise.clone(), held));
        }
    }

    /// A public message: every wait ends, and the next silence begins.
    fn answered(&mut self, at: Timestamp, held: bool, policy: &PolicyHistory) {
        self.each(|run| run.stop(at));
        if let Some(run) = self.sooner(policy) {
            self.ended = Some(run);
        }
        self.answer = None;
        self.silence = self.promise.as_ref().map(|p| start(at, every(p), held));
    }

    fn promise(
        &mut self,
        at: Timestamp,
        promise: &SlaTarget,
        contact: Option<Timestamp>,
        policy: &PolicyHistory,
    ) {
        each(&mut self.answer, |run| {
            run.change_target(at, promise.clone(), policy);
        });
        match &mut self.silence {
            Some(run) => run.change_target(at, every(promise), policy),
            None => self.silence = contact.map(|since| ClockRun::start(since, every(promise))),
        }
        self.promise = Some(promise.clone());
    }

    fn revive(&mut self, at: Timestamp) {
        self.over = false;
        self.withdrawn = None;
        self.each(|run| {
            if run.is_cancelled() {
                run.restart(at);
            }
            run.resume(at);
        });
    }

    /// The wait that breaches first, or would without a pause that holds both;
    /// silence is one only under a cadence.
    fn sooner(&self, policy: &PolicyHistory) -> Option<ClockRun> {
        let urgency = |run: &ClockRun| {
            let clock = run.clock(policy);
            let left = clock.target.span - clock.used;
            (clock.due.unwrap_or(Timestamp::MAX_UTC), left)
        };
        let cadence = self.promise.as_ref().and_then(|p| p.cadence);
        let silence = self.silence.as_ref().filter(|_| cadence.is_some());
        self.answer
            .iter()
            .chain(silence)
            .min_by_key(|run| urgency(run))
            .cloned()
    }

    /// The wait that goes on, or how the last one ended.
    fn showing(self, policy: &PolicyHistory) -> Option<ClockRun> {
        let waits = if self.over { None } else { self.sooner(policy) };
        let waits = waits.map(|run| match self.withdrawn {
            Some(at) => run.cancelled_at(at),
            None => run,
        });
        waits.or(self.ended)
    }
}

fn each(run: &mut Option<ClockRun>, act: impl FnOnce(&mut ClockRun)) {
    if let Some(run) = run {
        act(run);
    }
}

fn start(at: Timestamp, promise: SlaTarget, held: bool) -> ClockRun {
    let mut run = ClockRun::start(at, promise);
    if held {
        run.suspend(at);
    }
    run
}

/// Starts a clock with its first promise, or gives a going one a new target.
/// A clock that has ended keeps the promise it ended under.
fn renew(
    slot: &mut Option<ClockRun>,
    start: Timestamp,
    at: Timestamp,
    promise: &SlaTarget,
    policy: &PolicyHistory,
) {
    match slot {
        Some(run) if run.has_ended() => {}
        Some(run) => run.change_target(at, promise.clone(), policy),
        None => *slot = Some(ClockRun::start(start, promise.clone())),
    }
}

/// The promise to break the silence. Without a cadence it is kept so loosely
/// that it never breaks, and the silence is only measured: should a cadence be
/// promised later, it counts from the last public message.
fn every(promise: &SlaTarget) -> SlaTarget {
    SlaTarget {
        span: promise.cadence.unwrap_or(TimeDelta::days(36_500)),
        ..promise.clone()
    }
}
