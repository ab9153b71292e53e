//! Random ticket histories: commands and their times.

use chrono::TimeDelta;
use proptest::prelude::*;

use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::event::Event;
use crate::domain::people::{Actor, Agent};
use crate::domain::vocabulary::{
    CallAnswer, Channel, ClockName, ClosureCode, Kind, Medium, OnResolved, PauseReason,
};
use crate::testing::ticket_story::{
    self, TicketStory, close, close_forced, close_told, desk, escalate, hear, note, pause, ratings,
    reopen, reply, resolve, thanks,
};

use super::super::{
    ClosingOptions, Command, KnownErrorInput, PauseRequest, PromiseRequest, Surroundings,
    WithdrawalRequest, merge,
};

#[derive(Debug, Clone)]
pub(super) enum Act {
    Agent(Command),
    /// The program itself acts.
    Desk(Command),
    /// Promises when a clock is due, some minutes from then.
    Promise(ClockName, i64),
    WithdrawPromise(ClockName),
    Merge,
}

/// A command some minutes after the previous step, recorded some minutes after
/// it happened.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) gap: i64,
    pub(super) lag: i64,
    pub(super) act: Act,
}

/// A time after every history.
fn years_later(days: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + TimeDelta::days(30_000 + days)
}

fn command() -> impl Strategy<Value = Command> {
    let text = || "text".to_owned();
    let agent = |name| Agent::parse(name).unwrap();
    let talk = prop_oneof![
        3 => Just(reply("we are on it")),
        3 => Just(hear("any news?")),
        1 => Just(thanks()),
        1 => Just(Command::ArrangeCall {
            medium: Medium::Phone,
            when: years_later(0),
            note: None,
        }),
        1 => (prop::option::of(1..3_u32), 0..3_i64).prop_map(|(call, days)| Command::MoveCall {
            call,
            known: None,
            when: years_later(days),
            note: None,
        }),
        1 => (1..3_u32, 0..3_u32, any::<bool>()).prop_map(|(call, version, declined)| {
            let answer = match declined {
                true => CallAnswer::Declined,
                false => CallAnswer::Accepted,
            };
            Command::AnswerCall { call, version, answer, person: None, note: None }
        }),
        1 => (prop::option::of(1..3_u32), any::<bool>()).prop_map(|(call, held)| {
            Command::EndCall { call, held, note: None }
        }),
    ];
    let wait = prop_oneof![
        3 => Just(pause(PauseReason::Vendor)),
        1 => Just(pause(PauseReason::Requester)),
        1 => Just(Command::Pause(PauseRequest {
            reason: PauseReason::Requester,
            until: None,
            note: None,
            ask: Some(text()),
            force: Some(text()),
        })),
        2 => Just(Command::Resume { note: None }),
    ];
    let work = prop_oneof![
        Just(note("seen")),
        Just(escalate(None)),
        Just(escalate(Some("L1"))),
        Just(Command::ProposeHypothesis { text: text() }),
        any::<bool>().prop_map(move |confirmed| Command::JudgeHypothesis {
            hypothesis: None,
            confirmed,
            evidence: text(),
        }),
        Just(Command::Assign {
            agent: agent("ben")
        }),
        Just(Command::Take {
            agent: agent("anna")
        }),
        Just(Command::Unassign { reason: None }),
    ];
    let classify = prop_oneof![
        Just(Command::Identify {
            kind: Kind::Incident,
            onset: None
        }),
        Just(Command::Identify {
            kind: Kind::Request,
            onset: None
        }),
        Just(Command::Categorize {
            category: Category::parse("network").unwrap()
        }),
    ];
    let end = prop_oneof![
        3 => Just(resolve(Some(ClosureCode::Workaround))),
        1 => Just(resolve(None)),
        1 => Just(resolve(Some(ClosureCode::Withdrawn))),
        2 => Just(close_told()),
        1 => Just(close_forced()),
        1 => Just(close()),
        1 => Just(Command::ConfirmRestored { by: "Mia".to_owned() }),
        1 => Just(Command::Void { reason: "a mistake".to_owned() }),
        4 => Just(reopen()),
    ];
    prop_oneof![
        3 => talk,
        3 => wait,
        1 => work,
        1 => classify,
        2 => (1..=4_u8).prop_map(|priority| Command::Prioritize(ratings(priority))),
        4 => end,
    ]
}

/// Every command that takes a text after the ticket, with this one.
pub(super) fn texts(text: &str) -> impl Strategy<Value = Command> {
    let text = || text.to_owned();
    let forced = || ClosingOptions {
        force: Some(text()),
        ..ClosingOptions::default()
    };
    prop::sample::select(vec![
        note(&text()),
        Command::Spend {
            time: TimeDelta::minutes(5),
            note: Some(text()),
        },
        note(&text()).with_time(Some(TimeDelta::minutes(5))),
        Command::PromiseDue(PromiseRequest {
            clock: ClockName::Resolution,
            due: years_later(0),
            reason: text(),
            message: Some(text()),
        }),
        Command::WithdrawPromise(WithdrawalRequest {
            clock: ClockName::Resolution,
            reason: text(),
            message: Some(text()),
        }),
        Command::Unassign {
            reason: Some(text()),
        },
        Command::Escalate {
            to: Some("L1".to_owned()),
            reason: text(),
            agent: None,
        },
        Command::Escalate {
            to: Some("L2".to_owned()),
            reason: text(),
            agent: None,
        },
        Command::InformManager {
            manager: "Ines".to_owned(),
            reason: text(),
        },
        Command::ProposeHypothesis { text: text() },
        Command::JudgeHypothesis {
            hypothesis: None,
            confirmed: true,
            evidence: text(),
        },
        Command::JudgeHypothesis {
            hypothesis: Some(1),
            confirmed: true,
            evidence: text(),
        },
        Command::JudgeHypothesis {
            hypothesis: Some(1),
            confirmed: false,
            evidence: text(),
        },
        Command::MoveCall {
            call: Some(1),
            known: None,
            when: years_later(9),
            note: Some(text()),
        },
        Command::AnswerCall {
            call: 1,
            version: 0,
            answer: CallAnswer::Tentative,
            person: None,
            note: Some(text()),
        },
        Command::EndCall {
            call: Some(1),
            held: true,
            note: Some(text()),
        },
        Command::EndCall {
            call: Some(1),
            held: false,
            note: Some(text()),
        },
        Command::Pause(PauseRequest {
            reason: PauseReason::Vendor,
            until: None,
            note: Some(text()),
            ask: None,
            force: None,
        }),
        Command::Pause(PauseRequest {
            reason: PauseReason::Vendor,
            until: None,
            note: None,
            ask: None,
            force: Some(text()),
        }),
        Command::Resume { note: Some(text()) },
        Command::Resolve {
            text: "fixed".to_owned(),
            code: Some(ClosureCode::Workaround),
            known_error: None,
            closing: forced(),
        },
        Command::Close {
            satisfaction: None,
            comment: None,
            closing: forced(),
        },
        reply(&text()),
        hear(&text()),
        Command::Close {
            satisfaction: None,
            comment: Some(text()),
            closing: ClosingOptions::default(),
        },
        Command::Reopen { reason: text() },
        Command::Void { reason: text() },
        Command::WithdrawKnownError { reason: text() },
        Command::MarkKnownError(KnownErrorInput {
            workaround: Some(text()),
            cause: None,
        }),
    ])
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let act = prop_oneof![
        20 => command().prop_map(Act::Agent),
        1 => Just(Act::Desk(reply("we have received it"))),
        1 => Just(Act::Merge),
        2 => (promised(), 1..3000_i64).prop_map(|(clock, ahead)| Act::Promise(clock, ahead)),
        1 => promised().prop_map(Act::WithdrawPromise),
    ];
    let gap = prop_oneof![1 => Just(0), 4 => 1..90_i64, 2 => 90..600_i64];
    let lag = prop_oneof![6 => Just(0), 1 => 1..45_i64];
    (gap, lag, act).prop_map(|(gap, lag, act)| Step { gap, lag, act })
}

/// A clock whose due time is promised.
fn promised() -> impl Strategy<Value = ClockName> {
    prop_oneof![1 => Just(ClockName::Response), 3 => Just(ClockName::Resolution)]
}

/// As [`steps`], with promises of the update clock, about which the naive
/// calculation knows nothing.
pub(super) fn steps_with_promised_updates() -> impl Strategy<Value = Vec<Step>> {
    let may_change = (step(), any::<bool>()).prop_map(|(mut step, changes)| {
        if let Act::Promise(clock, _) | Act::WithdrawPromise(clock) = &mut step.act
            && changes
        {
            *clock = ClockName::Update;
        }
        step
    });
    prop::collection::vec(may_change, 1..30)
}

pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 1..30)
}

/// Steps that are recorded as they happen.
pub(super) fn prompt_steps() -> impl Strategy<Value = Vec<Step>> {
    let prompt = step().prop_map(|step| Step { lag: 0, ..step });
    prop::collection::vec(prompt, 1..30)
}

/// How a ticket is opened: by phone or mail, with or without a priority, and
/// what a message does to it once it is resolved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening {
    channel: Channel,
    priority: u8,
    on_resolved: OnResolved,
}

impl Opening {
    pub(super) fn desk(self) -> TicketStory {
        let desk = desk().via(self.channel);
        let desk = desk.policy(|policy| policy.messages.on_resolved = self.on_resolved);
        match self.priority {
            0 => desk.open(),
            priority => desk.open_at(priority),
        }
    }
}

pub(super) fn opening() -> impl Strategy<Value = Opening> {
    let channel = prop_oneof![2 => Just(Channel::Email), 1 => Just(Channel::Phone)];
    let on_resolved = prop_oneof![Just(OnResolved::Reopen), Just(OnResolved::Keep)];
    (channel, 0..=4_u8, on_resolved).prop_map(|(channel, priority, on_resolved)| Opening {
        channel,
        priority,
        on_resolved,
    })
}

/// Executes a step; `None` if it was refused.
pub(super) fn take(desk: &mut TicketStory, now: Timestamp, step: &Step) -> Option<Vec<Event>> {
    desk.stand(now - TimeDelta::minutes(step.lag), now);
    let decided = match &step.act {
        Act::Agent(command) => desk.decides(command.clone()),
        Act::Desk(command) => desk.clone().by(Actor::Desk).decides(command.clone()),
        Act::Promise(clock, ahead) => desk.decides(Command::PromiseDue(PromiseRequest {
            clock: *clock,
            due: desk.at + TimeDelta::minutes(*ahead),
            reason: "a word is a word".to_owned(),
            message: None,
        })),
        Act::WithdrawPromise(clock) => desk.decides(Command::WithdrawPromise(WithdrawalRequest {
            clock: *clock,
            reason: "no word is kept".to_owned(),
            message: None,
        })),
        Act::Merge => {
            let mut survivor = ticket_story::desk().number(99);
            survivor.stand(desk.at, now);
            let survivor = survivor.open();
            let around = Surroundings::default();
            let events = merge(desk.ticket(), survivor.ticket(), &around, &desk.ctx());
            events.map(|events| {
                let mut events = events.into_iter();
                let own = events.find(|(id, _)| *id == desk.ticket().id);
                own.map(|(_, events)| events).unwrap_or_default()
            })
        }
    };
    let events = decided.ok()?;
    desk.take(events.clone());
    Some(events)
}

/// Executes all steps, and calls `look` after each.
pub(super) fn live(
    desk: &mut TicketStory,
    steps: &[Step],
    mut look: impl FnMut(&TicketStory, Timestamp) -> Result<(), TestCaseError>,
) -> Result<Timestamp, TestCaseError> {
    let mut now = desk.at;
    for step in steps {
        now += TimeDelta::minutes(step.gap);
        take(desk, now, step);
        look(desk, now)?;
    }
    Ok(now)
}
