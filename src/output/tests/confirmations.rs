//! The line after a write, and errors.

use chrono::TimeDelta;
use insta::assert_snapshot;

use super::super::test_terminal::TestTerminal;
use super::super::*;
use crate::domain::decide::{ClosingOptions, Command, PauseRequest, Ratings};
use crate::domain::event::TicketId;
use crate::domain::people::Agent;
use crate::domain::rejection::Rejection;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{Channel, ClosureCode, Gate, Kind, PauseReason};
use crate::testing::sample_tickets::*;

fn confirmed(minutes: i64, done: TicketUpdate) -> String {
    let terminal = TestTerminal::new(OutputFormat::Table, None, minutes);
    terminal.shows(&TicketUpdates::new(vec![done]))
}

#[test]
fn opening_a_ticket_shows_due_times() {
    let life = Life::new(42, "VPN", Channel::Email);
    assert_snapshot!(confirmed(0, life.opening()), @"#42 opened, first response due in 3h (12:00), resolution due in 1d (Tue 09:00)");
    let ratings = ratings("medium", "high");
    let kind = Some(Kind::Incident);
    let life = Life::of(
        42,
        crate::domain::decide::NewTicket {
            ratings,
            kind,
            ..first_word()
        },
    );
    assert_snapshot!(confirmed(0, life.opening()), @"#42 opened as P2 incident, first response due in 2h (11:00), resolution due in 8h (17:00)");
    let life = Life::new(42, "VPN", Channel::Phone);
    assert_snapshot!(confirmed(0, life.opening()), @"#42 opened, resolution due in 1d (Tue 09:00)");
}

#[test]
fn the_time_that_writing_takes_is_not_taken_from_what_is_left() {
    let life = Life::new(42, "VPN", Channel::Email);
    let mut terminal = TestTerminal::new(OutputFormat::Table, None, 0);
    let begun = terminal.now;
    let mut after = |milliseconds| {
        terminal.now = begun + TimeDelta::milliseconds(milliseconds);
        terminal.shows(&TicketUpdates::new(vec![life.opening()]))
    };
    assert_eq!(after(0), after(999));
    assert_snapshot!(after(999), @"#42 opened, first response due in 3h (12:00), resolution due in 1d (Tue 09:00)");
    // Read some time later, less is left.
    assert_snapshot!(after(1000), @"#42 opened, first response due in 2h 59m (12:00), resolution due in 23h 59m (Tue 09:00)");
}

#[test]
fn every_command_has_its_confirmation() {
    let mut life = Life::new(42, "VPN", Channel::Email);
    let mut printed = String::new();
    let mut step = |minutes, agent, command| {
        let done = life.does(minutes, agent, command);
        printed += &confirmed(minutes, done);
    };
    let text = |text: &str| text.to_owned();
    let ask = Some(text("Which one?"));
    let ending = ClosingOptions {
        restored_by: Some(text("Mia")),
        message: Some(text("fixed")),
        force: Some(text("urgent")),
    };
    step(
        1,
        "anna",
        Command::Identify {
            kind: Kind::Incident,
            onset: None,
        },
    );
    step(2, "anna", Command::Prioritize(ratings("low", "high")));
    step(
        3,
        "anna",
        Command::Prioritize(Ratings {
            users: Some(text("high")),
            ..Ratings::default()
        }),
    );
    step(4, "anna", Command::Prioritize(ratings("medium", "high")));
    step(
        5,
        "ben",
        Command::Take {
            agent: Agent::from_stored("ben"),
        },
    );
    step(
        6,
        "ben",
        Command::Take {
            agent: Agent::from_stored("ben"),
        },
    );
    step(
        7,
        "anna",
        Command::Assign {
            agent: Agent::from_stored("cleo"),
        },
    );
    step(
        8,
        "cleo",
        Command::Escalate {
            to: Some(text("L2")),
            reason: text("not L3"),
            agent: None,
        },
    );
    step(
        20,
        "ben",
        Command::Reply {
            text: text("hello"),
            via: None,
        },
    );
    step(
        30,
        "ben",
        Command::ProposeHypothesis {
            text: text("leases"),
        },
    );
    step(
        60,
        "ben",
        Command::Pause(PauseRequest {
            reason: PauseReason::Requester,
            until: Some(later(2_000)),
            note: None,
            ask,
            force: None,
        }),
    );
    step(
        90,
        "ben",
        Command::RecordMessage {
            text: text("this one"),
            via: None,
            thanks: false,
            sender: None,
            written_to: None,
        },
    );
    step(
        600,
        "ben",
        Command::Log {
            note: Default::default(),
            correction: Default::default(),
        },
    );
    step(610, "ben", Command::Prioritize(ratings("medium", "medium")));
    step(611, "ben", Command::Prioritize(ratings("medium", "high")));
    step(
        620,
        "ben",
        Command::Resolve {
            text: text("done"),
            code: Some(ClosureCode::Solved),
            known_error: None,
            closing: ending,
        },
    );
    step(
        700,
        "anna",
        Command::Close {
            satisfaction: Some(5),
            comment: None,
            closing: ClosingOptions::default(),
        },
    );
    step(
        800,
        "anna",
        Command::Reopen {
            reason: text("again"),
        },
    );
    assert_snapshot!(printed, @"
    #42 identified as incident
    #42 prioritized P3 (impact low, urgency high), resolution due in 23h 58m (Tue 09:00)
    #42 P3 -> P1 (impact high, urgency high), escalated L1 -> L3, first response due in 57m (10:00), resolution due in 3h 57m (13:00)
    #42 P1 -> P2 (impact medium, urgency high), back to L1, first response due in 1h 56m (11:00), resolution due in 7h 56m (17:00)
    #42 taken by ben
    #42 unchanged
    #42 assigned to cleo
    #42 escalated L1 -> L2, unassigned, resolution due in 7h 52m (17:00)
    #42 reply recorded, not sent (no mail transport configured)
    #42 hypothesis 1 proposed
    #42 paused, waiting for requester until Tue 18:20, reply recorded, not sent (no mail transport configured); 7h left
    #42 message by email recorded, resumed, update due in 2h (12:30), resolution due in 7h (17:30)
    #42 unchanged
    #42 P2 -> P3 (impact medium, urgency medium), update overdue by 5h 40m (since 13:30), resolution due in 14h 20m (Tue 09:30)
    #42 P3 -> P2 (impact medium, urgency high), 2 acts of the desk proved unfounded, update overdue by 6h 41m (since 12:30), resolution overdue by 1h 41m (since 17:30)
    #42 resolved (solved) after 9h 50m of 8h: missed, restoration confirmed by Mia, gate categorized passed by force, gate confirmed-cause passed by force, reply recorded, not sent (no mail transport configured)
    #42 closed, satisfaction 5
    #42 reopened, resolution overdue by 4h 50m (since 17:30)
    ");
}

fn style(zone: &Zone, format: OutputFormat) -> ErrorStyle<'_> {
    ErrorStyle {
        monitoring: false,
        quiet: false,
        format,
        zone,
        color: false,
        terminal: false,
    }
}

#[test]
fn an_error_has_a_message_and_a_hint() {
    let zone = Zone::from_name("Europe/Berlin").unwrap();
    let id = TicketId(42);
    let gate = Error::from(Rejection::Gate {
        id,
        missing: vec![Gate::Identified, Gate::RequesterInformed],
        fields: Vec::new(),
    });
    let future = Error::from(Rejection::Future {
        at: later(1),
        now: later(0),
    });
    let usage = Error::usage("bad\u{1b}[2J", "type this\nnot that");
    let printed = |format| {
        let style = style(&zone, format);
        error_text(&gate, Some(id), &style)
            + &error_text(&future, Some(id), &style)
            + &error_text(&usage, None, &style)
            + &error_text(&Error::Interrupted, None, &style)
    };
    assert_snapshot!(printed(OutputFormat::Table), @r"
    desk: #42 is not ready: not identified as incident or request, the requester has not been told of the resolution or waits for an answer
      hint: desk identify 42 incident; or override it with --force --reason TEXT
    desk: #42: the time 2026-03-02 10:01 is in the future; it is 2026-03-02 10:00 now
      hint: give the time when it happened, such as --at '2h ago'
    desk: bad\u{1b}[2J
      hint: type this⏎not that
    desk: interrupted; nothing was changed
    ");
    assert_snapshot!(printed(OutputFormat::Json), @r##"
    {"error":{"id":42,"code":"gate","message":"#42 is not ready: not identified as incident or request, the requester has not been told of the resolution or waits for an answer","hint":"desk identify 42 incident; or override it with --force --reason TEXT","exit_code":1}}
    {"error":{"id":42,"code":"future","message":"the time 2026-03-02 10:01 is in the future; it is 2026-03-02 10:00 now","hint":"give the time when it happened, such as --at '2h ago'","exit_code":1}}
    {"error":{"code":"usage","message":"bad\u001b[2J","hint":"type this\nnot that","exit_code":2}}
    {"error":{"code":"interrupted","message":"interrupted; nothing was changed","hint":null,"exit_code":130}}
    "##);
}

#[test]
fn a_closed_pipe_is_reported_once() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    for format in [
        OutputFormat::Table,
        OutputFormat::Json,
        OutputFormat::Jsonl,
        OutputFormat::Csv,
        OutputFormat::Ids,
    ] {
        let terminal = TestTerminal::new(format, None, 0);
        let one = TicketUpdates::new(vec![Life::new(1, "x", Channel::Chat).opening()]);
        let row = Life::new(1, "x", Channel::Chat).row();
        let many = super::lists::listing(vec![row; 20_000]);
        for output in [&one as &dyn Output, &many] {
            let fault =
                emit(output, &terminal.options(), &mut Closed, &mut Vec::new()).unwrap_err();
            assert!(fault.is_closed_pipe(), "{format:?}: {fault}");
        }
    }
}
