//! The time that agents spend on a ticket.

use chrono::TimeDelta;

use super::super::Command;
use crate::domain::people::Agent;
use crate::testing::ticket_story::{TicketStory, agent, close_forced, desk, note, resolve};

fn spend(minutes: i64) -> Command {
    Command::Spend {
        time: TimeDelta::minutes(minutes),
        note: None,
    }
}

fn minutes(desk: &TicketStory, name: &str) -> i64 {
    let agent = Agent::parse(name).unwrap();
    let time = desk.ticket().time_spent.get(&agent);
    time.map_or(0, TimeDelta::num_minutes)
}

#[test]
fn time_adds_up_by_agent_and_in_the_summary() {
    let desk = desk()
        .open()
        .by(agent("anna"))
        .run(spend(15))
        .run(spend(20));
    let desk = desk.by(agent("ben")).run(spend(5));
    assert_eq!((minutes(&desk, "anna"), minutes(&desk, "ben")), (35, 5));
    assert_eq!(desk.summary().time_spent, TimeDelta::minutes(40));
}

#[test]
fn a_correction_takes_back_no_more_than_the_same_agent_recorded() {
    let desk = desk()
        .open()
        .by(agent("anna"))
        .run(spend(15))
        .run(spend(-5));
    assert_eq!(minutes(&desk, "anna"), 10);
    let (refusal, hint) = desk.refuses(spend(-11));
    assert_eq!(refusal, "anna recorded only 10m on #1");
    assert_eq!(hint, "see who recorded what with: desk show 1");
    let (refusal, _) = desk.by(agent("ben")).refuses(spend(-1));
    assert_eq!(refusal, "ben recorded only 0m on #1");
}

#[test]
fn it_comes_with_another_command_in_one_decision() {
    let timed = |command: Command| command.with_time(Some(TimeDelta::minutes(7)));
    let desk = desk().open_at(3);
    assert_eq!(desk.gives(timed(note("seen"))), "logged+time-spent");
    // A refused command records no time either.
    assert!(desk.decides(timed(close_forced())).is_err());
    let desk = desk.run(timed(resolve(None)));
    assert_eq!(desk.summary().time_spent, TimeDelta::minutes(7));
}

#[test]
fn what_was_worked_is_written_down_after_the_end_too() {
    let desk = desk().open_at(3).resolve().run(close_forced());
    assert_eq!(desk.gives(spend(10)), "time-spent");
}
