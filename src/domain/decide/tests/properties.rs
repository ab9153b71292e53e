//! Properties of every ticket history, whatever happens and when.

use chrono::TimeDelta;
use proptest::prelude::*;

use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::query::Query;
use crate::domain::sla::clock::{Clock, ClockState, Clocks};
use crate::domain::sla::tests::oracle::{ClockSnapshot, Oracle};
use crate::domain::summary::Summary;
use crate::domain::ticket::{Ticket, TimelineMark, timeline};
use crate::domain::vocabulary::{ClockName, State};
use crate::testing::ticket_story::{TicketStory, desk};

use super::random_history::{
    Act, live, opening, prompt_steps, steps, steps_with_promised_updates, take, texts,
};

/// The due times of the clocks that run, and of those that were late before
/// they were paused.
fn running_dues(clocks: &Clocks, now: Timestamp, desk: &TicketStory) -> Vec<Timestamp> {
    let due = |clock: &Clock| {
        let reading = clock.read_at(now, &desk.policy);
        let counts = match reading.state {
            ClockState::Running => true,
            ClockState::Paused => reading.remaining < TimeDelta::zero(),
            ClockState::None | ClockState::Met | ClockState::Missed | ClockState::Cancelled => {
                false
            }
        };
        assert!(clock.late_after.is_none_or(|at| Some(at) > reading.due));
        // One that was paused with nothing left is due when it goes on.
        clock.late_after.or(reading.due).filter(|_| counts)
    };
    clocks.values().filter_map(due).collect()
}

proptest! {
    #[test]
    fn a_replay_is_the_live_ticket_at_every_step(opening in opening(), steps in steps_with_promised_updates()) {
        live(&mut opening.desk(), &steps, |desk, _| {
            let replayed = Ticket::replay(desk.history()).unwrap();
            prop_assert_eq!(&replayed, desk.ticket());
            prop_assert_eq!(Summary::new(&replayed, &desk.policy), desk.summary());
            Ok(())
        })?;
    }

    #[test]
    fn a_refused_command_changes_nothing_and_an_accepted_one_continues_the_history(
        opening in opening(),
        steps in steps_with_promised_updates(),
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
            let mut last = (before.n, before.last_act_by_agent(now));
            for event in &events {
                prop_assert_eq!(event.ticket, TicketId(1));
                prop_assert_eq!(event.n, last.0 + 1);
                prop_assert!(event.at >= last.1 && event.at <= event.recorded);
                prop_assert_eq!(event.recorded, now);
                last = (event.n, event.at);
            }
            let updated = before.updated.max(last.1);
            prop_assert_eq!((desk.ticket().n, desk.ticket().updated), (last.0, updated));
        }
    }

    #[test]
    fn an_accepted_text_is_stored(
        opening in opening(),
        steps in steps_with_promised_updates(),
        command in texts("only here"),
    ) {
        let mut desk = opening.desk();
        let now = live(&mut desk, &steps, |_, _| Ok(()))?;
        desk.stand(now, now);
        if let Ok(events) = desk.decides(command) {
            let mut texts = events.iter().flat_map(|event| event.fact.texts());
            prop_assert!(texts.any(|(_, text)| text == "only here"), "{events:?}");
        }
    }

    #[test]
    fn doing_a_thing_twice_at_once_never_moves_the_status_twice(
        opening in opening(),
        steps in steps_with_promised_updates(),
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
            let described = |e: &Event| matches!(
                e.fact,
                Fact::Replied { .. } | Fact::MessageReceived { .. } | Fact::Logged(_)
                    | Fact::CallArranged { .. } | Fact::CallMoved { .. } | Fact::CallAnswered { .. }
                    | Fact::CallHeld { .. } | Fact::CallCancelled { .. }
                    | Fact::Escalated { .. }
            );
            prop_assert!(twice.iter().all(described), "{twice:?}");
            prop_assert_eq!(&state, &desk.ticket().status);
        }
    }

    #[test]
    fn the_clocks_say_what_counting_minutes_says(
        opening in opening(),
        steps in steps(),
        ahead in 0..2000_i64,
    ) {
        let agree = |desk: &TicketStory, at: Timestamp| {
            let oracle = Oracle::after(desk.history(), at);
            let clocks = desk.clocks();
            let described = |clock: Option<&_>| {
                clock.map(|clock| ClockSnapshot::new(clock, at, &desk.policy))
            };
            prop_assert_eq!(described(clocks.get(ClockName::Resolution)), Some(oracle.resolution()), "resolution");
            prop_assert_eq!(described(clocks.get(ClockName::Response)), Some(oracle.response()), "response");
            prop_assert_eq!(described(clocks.get(ClockName::Update)), oracle.update(), "update");
            Ok(())
        };
        let mut desk = opening.desk();
        let end = live(&mut desk, &steps, agree)?;
        agree(&desk, end + TimeDelta::minutes(ahead))?;
    }

    #[test]
    fn used_time_never_shrinks_and_with_what_is_left_is_the_target(
        opening in opening(),
        mut steps in prompt_steps(),
        later in prop::collection::vec(0..500_i64, 3),
    ) {
        // A promise counts pauses too, and no longer does once it is withdrawn.
        steps.retain(|step| !matches!(step.act, Act::Promise(..)));
        let mut known = [TimeDelta::zero(); 2];
        live(&mut opening.desk(), &steps, |desk, now| {
            let clocks = desk.clocks();
            for (name, known) in [ClockName::Response, ClockName::Resolution].into_iter().zip(&mut known) {
                let reading = clocks.get(name).unwrap().read_at(now, &desk.policy);
                prop_assert!(reading.used >= *known, "as things happen");
                *known = reading.used;
            }
            for clock in clocks.values() {
                let mut at = now;
                let mut before = clock.read_at(now, &desk.policy);
                for gap in &later {
                    at += TimeDelta::minutes(*gap);
                    let reading = clock.read_at(at, &desk.policy);
                    prop_assert!(reading.used >= before.used, "as time goes by");
                    prop_assert!(reading.paused >= before.paused);
                    prop_assert_eq!(reading.used + reading.remaining, clock.target.span);
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
        let start = |clock| desk.clock(clock).unwrap().due;
        let (due, response) = (start(ClockName::Resolution), start(ClockName::Response));
        let mut now = desk.at + TimeDelta::minutes(before);
        let target = TimeDelta::minutes(before);
        let (mut worked, mut paused) = (target, TimeDelta::zero());
        for (held, gap) in pauses {
            desk.stand(now, now);
            desk = desk.pause();
            prop_assert_eq!(desk.clock(ClockName::Response).unwrap().due, response);
            now += TimeDelta::minutes(held);
            desk.stand(now, now);
            desk = desk.resume();
            let clock = desk.clock(ClockName::Resolution).unwrap();
            if worked < clock.target.span {
                paused += TimeDelta::minutes(held);
            }
            prop_assert_eq!(clock.due, due.map(|due| due + paused));
            prop_assert_eq!(desk.clock(ClockName::Response).unwrap().due, response);
            now += TimeDelta::minutes(gap);
            worked += TimeDelta::minutes(gap);
        }
    }

    #[test]
    fn a_row_is_due_when_the_first_of_its_running_clocks_is(
        opening in opening(),
        steps in steps_with_promised_updates(),
    ) {
        live(&mut opening.desk(), &steps, |desk, now| {
            let row = desk.summary();
            let dues = running_dues(&row.clocks, now, desk);
            prop_assert_eq!(row.clocks.next_due(), dues.iter().min().copied());
            let idle = row.merged_into.is_some() || row.state == State::Closed;
            if idle {
                prop_assert_eq!(row.clocks.next_due(), None);
                prop_assert_eq!(row.clocks.next_warn(), None);
                prop_assert_eq!(row.worst_clock(now), None);
            }
            let overdue = Query { overdue: true, ..Query::all() };
            prop_assert_eq!(overdue.matches(&row, now), dues.iter().any(|due| *due < now));
            Ok(())
        })?;
    }

    #[test]
    fn reopenings_and_escalations_are_counted(opening in opening(), steps in steps_with_promised_updates()) {
        live(&mut opening.desk(), &steps, |desk, _| {
            let entries = timeline(desk.history());
            let founded = entries.iter().filter(|entry| entry.mark != Some(TimelineMark::Unfounded));
            let count = |counts: fn(&Fact) -> bool| {
                founded.clone().filter(|entry| counts(&entry.event.fact)).count()
            };
            let row = desk.summary();
            // What was a mistake is not reopened but taken up again.
            let mut is_void = false;
            let reopened = founded.clone().filter(|entry| {
                let reopened = matches!(entry.event.fact, Fact::Reopened { .. });
                let counts = reopened && !is_void;
                is_void = matches!(entry.event.fact, Fact::Voided { .. }) || (is_void && !reopened);
                counts
            });
            prop_assert_eq!(row.reopenings as usize, reopened.count());
            prop_assert_eq!(
                row.escalations as usize,
                count(|fact| matches!(fact, Fact::Escalated { up: true, .. }))
            );
            Ok(())
        })?;
    }

    #[test]
    fn a_history_with_gaps_replays_all_the_same(
        opening in opening(),
        steps in steps_with_promised_updates(),
        keep in prop::collection::vec(any::<bool>(), 40),
    ) {
        let mut desk = opening.desk();
        let now = live(&mut desk, &steps, |_, _| Ok(()))?;
        let mut keep = keep.into_iter().cycle();
        let (first, rest) = desk.history().split_first().unwrap();
        let rest = rest.iter().filter(|_| keep.next() == Some(true));
        let history: Vec<Event> = std::iter::once(first).chain(rest).cloned().collect();
        let ticket = Ticket::replay(&history).unwrap();
        let row = Summary::new(&ticket, &desk.policy);
        prop_assert_eq!(row.n, history.last().unwrap().n);
        for clock in row.clocks.values() {
            let reading = clock.read_at(now, &desk.policy);
            prop_assert_eq!(reading.used + reading.remaining, clock.target.span);
            prop_assert!(reading.used >= TimeDelta::zero());
        }
        prop_assert_eq!(Ticket::replay(&history[1..]), None);
    }
}
