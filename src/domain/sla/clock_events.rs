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
use super::stopwatch::Run;
use super::target::Promise;
use crate::domain::Moment;
use crate::domain::policy::versions::Policies;
use crate::domain::vocabulary::ClockName;

/// A thing that moves a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The ticket was reported; `live` if an agent spoke to the requester.
    Reported {
        live: bool,
    },
    Promised(ClockName, Promise),
    /// An agent made public contact.
    Contacted,
    /// The requester wrote.
    Heard,
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
pub(crate) struct Marks(Vec<(Moment, Mark)>);

impl Marks {
    pub(crate) fn push(&mut self, at: Moment, mark: Mark) {
        self.0.push((at, mark));
    }

    /// The last promise made for a clock.
    pub(crate) fn promised(&self, clock: ClockName) -> Option<&Promise> {
        self.0.iter().rev().find_map(|(_, mark)| match mark {
            Mark::Promised(name, promise) if *name == clock => Some(promise),
            Mark::Promised(..)
            | Mark::Reported { .. }
            | Mark::Contacted
            | Mark::Heard
            | Mark::Paused
            | Mark::Resumed
            | Mark::Resolved { .. }
            | Mark::Reopened
            | Mark::Closed
            | Mark::Merged => None,
        })
    }

    /// Runs the marks through the clocks.
    pub(crate) fn clocks(&self, policy: &Policies) -> Clocks {
        self.face(policy).read()
    }

    /// The clocks whose time counts at present.
    pub(crate) fn running(&self, policy: &Policies) -> Vec<(ClockName, Run)> {
        let face = self.face(policy);
        let runs = [
            (ClockName::Response, face.response),
            (ClockName::Update, face.update.showing(policy)),
            (ClockName::Resolution, face.resolution),
        ];
        let running = |(name, run): (_, Option<Run>)| Some((name, run.filter(Run::is_running)?));
        runs.into_iter().filter_map(running).collect()
    }

    /// A clock with the stretches of time it went through.
    pub(crate) fn run(&self, clock: ClockName, policy: &Policies) -> Option<Run> {
        let face = self.face(policy);
        match clock {
            ClockName::Response => face.response,
            ClockName::Update => face.update.showing(policy),
            ClockName::Resolution => face.resolution,
        }
    }

    fn face<'a>(&self, policy: &'a Policies) -> Face<'a> {
        let mut face = Face::new(policy);
        for (at, mark) in &self.0 {
            face.take(*at, mark);
        }
        face
    }
}

/// The clocks while marks run through them.
struct Face<'a> {
    policy: &'a Policies,
    reported: Option<Moment>,
    /// The last public contact by an agent.
    contact: Option<Moment>,
    /// The first one.
    first_contact: Option<Moment>,
    /// The ticket is paused or resolved.
    held: bool,
    response: Option<Run>,
    resolution: Option<Run>,
    update: Update,
}

/// The update clock: an answer that is owed, the silence since the last public
/// message, and how the last such wait ended.
#[derive(Default)]
struct Update {
    promise: Option<Promise>,
    answer: Option<Run>,
    silence: Option<Run>,
    ended: Option<Run>,
    /// The ticket is closed: nothing is awaited unless it is reopened.
    over: bool,
    /// The ticket is withdrawn: what is awaited is cancelled unless it is
    /// reopened.
    withdrawn: Option<Moment>,
}

impl<'a> Face<'a> {
    const fn new(policy: &'a Policies) -> Self {
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

    fn take(&mut self, at: Moment, mark: &Mark) {
        match mark {
            Mark::Reported { live } => {
                self.reported = Some(at);
                if *live {
                    self.contact = Some(at);
                    self.first_contact = Some(at);
                }
            }
            Mark::Promised(name, promise) => self.promised(at, *name, promise),
            Mark::Contacted => self.contacted(at),
            Mark::Heard => {
                if self.first_contact.is_some() {
                    self.update.owe(at, self.held);
                }
            }
            Mark::Paused => self.pause(at),
            Mark::Resumed => self.resume(at),
            Mark::Resolved { withdrawn } => {
                let end = if *withdrawn { Run::cancel } else { Run::stop };
                each(&mut self.resolution, |run| {
                    // In a foreign history the last word on it counts.
                    run.revive_unbroken();
                    end(run, at);
                });
                if *withdrawn {
                    each(&mut self.response, |run| run.cancel(at));
                    self.update.withdrawn = Some(at);
                }
                self.held = true;
                self.update.hold(at);
            }
            Mark::Reopened => {
                self.held = false;
                each(&mut self.resolution, |run| run.revive(at));
                self.await_response();
                self.update.revive(at);
            }
            Mark::Closed => {
                let policy = self.policy;
                each(&mut self.response, |run| run.lapse(at, policy));
                // Only foreign histories end without a resolution.
                each(&mut self.resolution, |run| run.lapse(at, policy));
                self.update.hold(at);
                self.update.over = true;
            }
            Mark::Merged => {
                each(&mut self.response, |run| run.cancel(at));
                each(&mut self.resolution, |run| run.cancel(at));
                self.update.each(|run| run.cancel(at));
            }
        }
    }

    fn promised(&mut self, at: Moment, name: ClockName, promise: &Promise) {
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

    fn contacted(&mut self, at: Moment) {
        self.contact = Some(at);
        self.first_contact.get_or_insert(at);
        each(&mut self.response, |run| run.stop(at));
        self.update.answered(at, self.held, self.policy);
    }

    /// A response that is still owed goes on being owed after a reopening; a
    /// contact that came after the end counts now.
    fn await_response(&mut self) {
        match self.first_contact {
            None => each(&mut self.response, Run::revive_unbroken),
            Some(contact) => each(&mut self.response, |run| {
                if run.is_cancelled() {
                    run.revive_unbroken();
                    run.stop(contact);
                }
            }),
        }
    }

    fn pause(&mut self, at: Moment) {
        self.held = true;
        each(&mut self.resolution, |run| run.hold(at));
        self.update.hold(at);
    }

    fn resume(&mut self, at: Moment) {
        self.held = false;
        each(&mut self.resolution, |run| run.go(at));
        self.update.each(|run| run.go(at));
    }

    fn read(self) -> Clocks {
        let policy = self.policy;
        let clock = |run: Option<Run>| run.map(|run| run.clock(policy));
        Clocks {
            response: clock(self.response),
            update: clock(self.update.showing(policy)),
            resolution: clock(self.resolution),
        }
    }
}

impl Update {
    fn each(&mut self, act: impl Fn(&mut Run)) {
        each(&mut self.answer, &act);
        each(&mut self.silence, &act);
    }

    fn hold(&mut self, at: Moment) {
        self.each(|run| run.turn_off(at));
    }

    /// The requester waits for an answer from now on, unless they do already.
    fn owe(&mut self, at: Moment, held: bool) {
        if let (Some(promise), None) = (&self.promise, &self.answer) {
            self.answer = Some(start(at, promise.clone(), held));
        }
    }

    /// A public message: every wait ends, and the next silence begins.
    fn answered(&mut self, at: Moment, held: bool, policy: &Policies) {
        self.each(|run| run.stop(at));
        if let Some(run) = self.sooner(policy) {
            self.ended = Some(run);
        }
        self.answer = None;
        self.silence = self.promise.as_ref().map(|p| start(at, every(p), held));
    }

    fn promise(
        &mut self,
        at: Moment,
        promise: &Promise,
        contact: Option<Moment>,
        policy: &Policies,
    ) {
        each(&mut self.answer, |run| {
            run.revise(at, promise.clone(), policy);
        });
        match &mut self.silence {
            Some(run) => run.revise(at, every(promise), policy),
            None => self.silence = contact.map(|since| Run::start(since, every(promise))),
        }
        self.promise = Some(promise.clone());
    }

    fn revive(&mut self, at: Moment) {
        self.over = false;
        self.withdrawn = None;
        self.each(|run| {
            if run.is_cancelled() {
                run.revive(at);
            }
            run.go(at);
        });
    }

    /// The wait that breaches first, or would without a pause that holds both;
    /// silence is one only under a cadence.
    fn sooner(&self, policy: &Policies) -> Option<Run> {
        let urgency = |run: &Run| {
            let clock = run.clock(policy);
            let left = clock.promise.target - clock.used;
            (clock.due.unwrap_or(Moment::MAX_UTC), left)
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
    fn showing(self, policy: &Policies) -> Option<Run> {
        let waits = if self.over { None } else { self.sooner(policy) };
        let waits = waits.map(|run| match self.withdrawn {
            Some(at) => run.cancelled(at),
            None => run,
        });
        waits.or(self.ended)
    }
}

fn each(run: &mut Option<Run>, act: impl FnOnce(&mut Run)) {
    if let Some(run) = run {
        act(run);
    }
}

fn start(at: Moment, promise: Promise, held: bool) -> Run {
    let mut run = Run::start(at, promise);
    if held {
        run.turn_off(at);
    }
    run
}

/// Starts a clock with its first promise, or gives a going one a new target.
/// A clock that has ended keeps the promise it ended under.
fn renew(slot: &mut Option<Run>, start: Moment, at: Moment, promise: &Promise, policy: &Policies) {
    match slot {
        Some(run) if run.ended() => {}
        Some(run) => run.revise(at, promise.clone(), policy),
        None => *slot = Some(Run::start(start, promise.clone())),
    }
}

/// The promise to break the silence. Without a cadence it is kept so loosely
/// that it never breaks, and the silence is only measured: should a cadence be
/// promised later, it counts from the last public message.
fn every(promise: &Promise) -> Promise {
    Promise {
        target: promise.cadence.unwrap_or(TimeDelta::days(36_500)),
        ..promise.clone()
    }
}
