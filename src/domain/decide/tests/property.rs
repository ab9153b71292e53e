//! What holds for any story of a ticket, whatever is done to it and when.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::super::{Command, merge};
use crate::domain::Moment;
use crate::domain::category::Category;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::fixture::{
    self, Desk, close, close_forced, close_told, desk, escalate, hear, note, pause, ratings,
    reopen, reply, resolve,
};
use crate::domain::people::{Actor, Agent};
use crate::domain::query::Query;
use crate::domain::sla::clock::{ClockState, Clocks};
use crate::domain::sla::tests::oracle::{Oracle, Told};
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::word::{Awaited, Channel, Code, Kind, Medium, State};

#[derive(Debug, Clone)]
enum Act {
    Agent(Command),
    /// The program itself acts.
    Desk(Command),
    Merge,
}

/// Something done some minutes after the step before, and recorded some
/// minutes after it was done.
#[derive(Debug, Clone)]
struct Step {
    gap: i64,
    lag: i64,
    act: Act,
}

fn command() -> impl Strategy<Value = Command> {
    let text = || "text".to_owned();
    let agent = |name| Agent::parse(name).unwrap();
    let talk = prop_oneof![
        3 => Just(reply("we are on it")),
        3 => Just(hear("any news?")),
        1 => Just(Command::ArrangeCall {
            medium: Medium::Phone,
            when: Moment::UNIX_EPOCH,
            note: None,
        }),
        1 => (prop::option::of(1..3_u32), any::<bool>()).prop_map(|(call, held)| {
            Command::EndCall { call, held, note: None }
        }),
    ];
    let wait = prop_oneof![
        3 => Just(pause(Awaited::Vendor)),
        1 => Just(pause(Awaited::Requester)),
        1 => Just(Command::Pause {
            awaited: Awaited::Requester,
            until: None,
            note: None,
            ask: Some(text()),
            force: Some(text()),
        }),
        2 => Just(Command::Resume { note: None }),
    ];
    let work = prop_oneof![
        Just(note("seen")),
        Just(escalate(None)),
        Just(escalate(Some("L1"))),
        Just(Command::Propose { text: text() }),
        any::<bool>().prop_map(move |confirmed| Command::Judge {
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
        3 => Just(resolve(Some(Code::Workaround))),
        1 => Just(resolve(None)),
        1 => Just(resolve(Some(Code::Withdrawn))),
        2 => Just(close_told()),
        1 => Just(close_forced()),
        1 => Just(close()),
        1 => Just(Command::Confirm { by: "Mia".to_owned() }),
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

fn step() -> impl Strategy<Value = Step> {
    let act = prop_oneof![
        20 => command().prop_map(Act::Agent),
        1 => Just(Act::Desk(reply("we have received it"))),
        1 => Just(Act::Merge),
    ];
    let gap = prop_oneof![1 => Just(0), 4 => 1..90_i64, 2 => 90..600_i64];
    let lag = prop_oneof![6 => Just(0), 1 => 1..45_i64];
    (gap, lag, act).prop_map(|(gap, lag, act)| Step { gap, lag, act })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 1..30)
}

/// Steps that are recorded as they happen.
fn prompt_steps() -> impl Strategy<Value = Vec<Step>> {
    let prompt = step().prop_map(|step| Step { lag: 0, ..step });
    prop::collection::vec(prompt, 1..30)
}

/// How a ticket begins: by phone or mail, with or without a priority.
#[derive(Debug, Clone, Copy)]
struct Opening {
    channel: Channel,
    priority: u8,
}

impl Opening {
    fn desk(self) -> Desk {
        let desk = desk().via(self.channel);
        match self.priority {
            0 => desk.open(),
            priority => desk.open_at(priority),
        }
    }
}

fn opening() -> impl Strategy<Value = Opening> {
    let channel = prop_oneof![2 => Just(Channel::Email), 1 => Just(Channel::Phone)];
    (channel, 0..=4_u8).prop_map(|(channel, priority)| Opening { channel, priority })
}

/// Lets a step happen; `None` if it was refused.
fn take(desk: &mut Desk, now: Moment, step: &Step) -> Option<Vec<Event>> {
    desk.stand(now - TimeDelta::minutes(step.lag), now);
    let decided = match &step.act {
        Act::Agent(command) => desk.decides(command.clone()),
        Act::Desk(command) => desk.clone().by(Actor::Desk).decides(command.clone()),
        Act::Merge => {
            let mut survivor = fixture::desk().number(99);
            survivor.stand(desk.at, now);
            let survivor = survivor.open();
            merge(desk.ticket(), survivor.ticket(), &desk.ctx()).map(|(gone, _)| gone)
        }
    };
    let events = decided.ok()?;
    desk.take(events.clone());
    Some(events)
}

/// Lets all steps happen and looks at the desk after each.
fn live(
    desk: &mut Desk,
    steps: &[Step],
    mut look: impl FnMut(&Desk, Moment) -> Result<(), TestCaseError>,
) -> Result<Moment, TestCaseError> {
    let mut now = desk.at;
    for step in steps {
        now += TimeDelta::minutes(step.gap);
        take(desk, now, step);
        look(desk, now)?;
    }
    Ok(now)
}

fn running_dues(clocks: &Clocks, now: Moment, desk: &Desk) -> Vec<Moment> {
    clocks
        .each()
        .map(|clock| clock.at(now, &desk.policy))
        .filter(|reading| reading.state == ClockState::Running)
        .filter_map(|reading| reading.due)
        .collect()
}

proptest! {
    #[test]
    fn a_replay_is_the_live_ticket_at_every_step(opening in opening(), steps in steps()) {
        live(&mut opening.desk(), &steps, |desk, _| {
            let replayed = Ticket::replay(desk.history()).unwrap();
            prop_assert_eq!(&replayed, desk.ticket());
            prop_assert_eq!(Summary::of(&replayed, &desk.policy), desk.summary());
            Ok(())
        })?;
    }

    #[test]
    fn a_refused_command_changes_nothing_and_an_accepted_one_continues_the_history(
        opening in opening(),
        steps in steps(),
    ) {
        let mut desk = opening.desk();
        let mut now = desk.at;
        for step in &steps {
            now += TimeDelta::minutes(step.gap);
            let before = desk.ticket().clone();
            let Some(events) = take(&mut desk, now, step) else {
                prop_assert_eq!(&before, desk.ticket());
                continue;
            };
            let mut last = (before.n, before.updated);
            for event in &events {
                prop_assert_eq!(event.ticket, TicketId(1));
                prop_assert_eq!(event.n, last.0 + 1);
                prop_assert!(event.at >= last.1 && event.at <= event.recorded);
                prop_assert_eq!(event.recorded, now);
                last = (event.n, event.at);
            }
            prop_assert_eq!((desk.ticket().n, desk.ticket().updated), last);
        }
    }

    #[test]
    fn doing_a_thing_twice_at_once_never_moves_the_status_twice(
        opening in opening(),
        steps in steps(),
    ) {
        let mut desk = opening.desk();
        let mut now = desk.at;
        for step in &steps {
            now += TimeDelta::minutes(step.gap);
            if take(&mut desk, now, step).is_none() {
                continue;
            }
            let state = desk.ticket().status.clone();
            let Some(twice) = take(&mut desk, now, step) else {
                continue;
            };
            let said = |e: &Event| matches!(
                e.fact,
                Fact::Replied { .. } | Fact::Heard { .. } | Fact::Logged(_)
                    | Fact::CallArranged { .. } | Fact::CallHeld { .. } | Fact::CallCancelled { .. }
                    | Fact::Escalated { .. }
            );
            prop_assert!(twice.iter().all(said), "{twice:?}");
            prop_assert_eq!(&state, &desk.ticket().status);
        }
    }

    #[test]
    fn the_clocks_say_what_counting_minutes_says(
        opening in opening(),
        steps in steps(),
        ahead in 0..2000_i64,
    ) {
        let agree = |desk: &Desk, at: Moment| {
            let oracle = Oracle::of(desk.history(), at);
            let clocks = desk.clocks();
            let told = |clock: &Option<_>| {
                clock.as_ref().map(|clock| Told::by(clock, at, &desk.policy))
            };
            prop_assert_eq!(told(&clocks.resolution), Some(oracle.resolution()), "resolution");
            prop_assert_eq!(told(&clocks.response), Some(oracle.response()), "response");
            prop_assert_eq!(told(&clocks.update), oracle.update(), "update");
            Ok(())
        };
        let mut desk = opening.desk();
        let end = live(&mut desk, &steps, agree)?;
        agree(&desk, end + TimeDelta::minutes(ahead))?;
    }

    #[test]
    fn used_time_never_shrinks_and_with_what_is_left_is_the_target(
        opening in opening(),
        steps in prompt_steps(),
        later in prop::collection::vec(0..500_i64, 3),
    ) {
        let mut known = [TimeDelta::zero(); 2];
        live(&mut opening.desk(), &steps, |desk, now| {
            let clocks = desk.clocks();
            for (clock, known) in [&clocks.response, &clocks.resolution].into_iter().zip(&mut known) {
                let reading = clock.as_ref().unwrap().at(now, &desk.policy);
                prop_assert!(reading.used >= *known, "as things happen");
                *known = reading.used;
            }
            for clock in clocks.each() {
                let mut at = now;
                let mut before = clock.at(now, &desk.policy);
                for gap in &later {
                    at += TimeDelta::minutes(*gap);
                    let reading = clock.at(at, &desk.policy);
                    prop_assert!(reading.used >= before.used, "as time goes by");
                    prop_assert!(reading.paused >= before.paused);
                    prop_assert_eq!(reading.used + reading.left, clock.promise.target);
                    prop_assert_eq!(reading.due, before.due);
                    before = reading;
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_pause_moves_the_resolution_due_by_its_length_and_the_response_due_not_at_all(
        priority in 1..=4_u8,
        before in 0..240_i64,
        pauses in prop::collection::vec((0..300_i64, 0..60_i64), 1..5),
    ) {
        let mut desk = desk().open_at(priority);
        let start = desk.clocks();
        let (due, response) = (start.resolution.unwrap().due, start.response.unwrap().due);
        let mut now = desk.at + TimeDelta::minutes(before);
        let target = TimeDelta::minutes(before);
        let (mut worked, mut paused) = (target, TimeDelta::zero());
        for (held, gap) in pauses {
            desk.stand(now, now);
            desk = desk.pause();
            prop_assert_eq!(desk.clocks().response.unwrap().due, response);
            now += TimeDelta::minutes(held);
            desk.stand(now, now);
            desk = desk.resume();
            let clock = desk.clocks().resolution.unwrap();
            if worked < clock.promise.target {
                paused += TimeDelta::minutes(held);
            }
            prop_assert_eq!(clock.due, due.map(|due| due + paused));
            prop_assert_eq!(desk.clocks().response.unwrap().due, response);
            now += TimeDelta::minutes(gap);
            worked += TimeDelta::minutes(gap);
        }
    }

    #[test]
    fn a_row_is_due_when_the_first_of_its_running_clocks_is(
        opening in opening(),
        steps in steps(),
    ) {
        live(&mut opening.desk(), &steps, |desk, now| {
            let row = desk.summary();
            let dues = running_dues(&row.clocks, now, desk);
            prop_assert_eq!(row.clocks.next_due(), dues.iter().min().copied());
            let idle = row.merged_into.is_some() || row.state == State::Closed;
            if idle {
                prop_assert_eq!(row.clocks.next_due(), None);
                prop_assert_eq!(row.clocks.next_warn(), None);
                prop_assert_eq!(row.standing(now, &desk.policy), None);
            }
            let overdue = Query { overdue: true, ..Query::all() };
            prop_assert_eq!(overdue.matches(&row, now), dues.iter().any(|due| *due < now));
            Ok(())
        })?;
    }

    #[test]
    fn reopenings_and_escalations_are_counted(opening in opening(), steps in steps()) {
        live(&mut opening.desk(), &steps, |desk, _| {
            let count = |counts: fn(&Fact) -> bool| {
                desk.history().iter().filter(|event| counts(&event.fact)).count()
            };
            let row = desk.summary();
            prop_assert_eq!(
                row.reopenings as usize,
                count(|fact| matches!(fact, Fact::Reopened { .. }))
            );
            prop_assert_eq!(
                row.escalations as usize,
                count(|fact| matches!(fact, Fact::Escalated { up: true, .. }))
            );
            Ok(())
        })?;
    }
}
