//! Sweeps, policy versions, policy checks and SLA changes.

use insta::assert_snapshot;

use super::super::test_terminal::TestTerminal;
use super::super::*;
use crate::domain::policy::Diagnostic;
use crate::domain::read_models::{PolicyCheck, SlaChange};
use crate::domain::vocabulary::{Channel, ClockName};
use crate::testing::sample_tickets::*;

const LONG: &str = "VPN drops every ten\u{202e} minutes for everybody in sales and marketing";

/// A ticket before and after its targets were doubled.
fn moves() -> SlaChanges {
    let before = Life::new(42, LONG, Channel::Email).row();
    let mut after = before.clone();
    for name in [ClockName::Response, ClockName::Resolution] {
        let mut clock = after.clocks.get(name).unwrap().clone();
        clock.due = clock.due.map(|due| due + clock.target.span);
        clock.target.span = clock.target.span * 2;
        after.clocks.set(name, Some(clock));
    }
    SlaChanges(vec![SlaChange { before, after }])
}

#[test]
fn sla_changes_fit_the_terminal_and_are_not_cut_in_a_pipe() {
    assert_snapshot!(TestTerminal::new(OutputFormat::Table, Some(72), 5).shows(&moves()), @"
    ID  CLOCK       TARGET    DUE                     NOW SHOWS  TITLE
    42  response    3h -> 6h  12:00 -> 15:00          ok         VPN drops e…
    42  resolution  1d -> 2d  Tue 09:00 -> Wed 09:00  ok         VPN drops e…
    --- stderr
    1 open ticket with other targets
    ");
    assert_snapshot!(TestTerminal::new(OutputFormat::Table, None, 5).shows(&moves()), @r"
    ID  CLOCK       TARGET    DUE                     NOW SHOWS  TITLE
    42  response    3h -> 6h  12:00 -> 15:00          ok         VPN drops every ten\u{202e} minutes for everybody in sales and marketing
    42  resolution  1d -> 2d  Tue 09:00 -> Wed 09:00  ok         VPN drops every ten\u{202e} minutes for everybody in sales and marketing
    --- stderr
    1 open ticket with other targets
    ");
    assert_snapshot!(TestTerminal::new(OutputFormat::Csv, None, 5).shows(&moves()), @r"
    id,clock,target_before_s,target_after_s,due_before,due_after,shows_before,shows_after,title
    42,response,10800,21600,2026-03-02T12:00:00Z,2026-03-02T15:00:00Z,ok,ok,VPN drops every ten\u{202e} minutes for everybody in sales and marketing
    42,resolution,86400,172800,2026-03-03T09:00:00Z,2026-03-04T09:00:00Z,ok,ok,VPN drops every ten\u{202e} minutes for everybody in sales and marketing
    ");
    assert_snapshot!(TestTerminal::new(OutputFormat::Ids, None, 5).shows(&moves()), @"42");
}

#[test]
fn a_sweep_prints_each_action_at_once() {
    let sweep = || {
        let done = Life::new(42, LONG, Channel::Email).opening();
        let printed = move |take: &mut UpdateSink<'_>| take(&done);
        Sweep(printed)
    };
    assert_snapshot!(TestTerminal::new(OutputFormat::Table, Some(120), 5).shows(&sweep()), @"2026-03-02 09:00  #42 opened, first response due in 2h 55m (12:00), resolution due in 23h 55m (Tue 09:00)  VPN drops ev…");
    assert_snapshot!(TestTerminal::new(OutputFormat::Ids, None, 5).shows(&sweep()), @"42");
}

#[test]
fn a_policy_document_cannot_move_the_cursor() {
    let remark = Diagnostic {
        line: 3,
        key: "calendars.\u{1b}[31mx".to_owned(),
        message: "unknown key\u{9b}".to_owned(),
    };
    let checked = PolicyCheck {
        name: "p\u{1b}.toml".to_owned(),
        faults: vec![remark.clone()],
        notes: vec![remark],
    };
    let view = checked;
    assert_snapshot!(TestTerminal::new(OutputFormat::Table, Some(80), 5).shows(&view), @r"
    fault: line 3: calendars.\u{1b}[31mx: unknown key\u{9b}
    note: line 3: calendars.\u{1b}[31mx: unknown key\u{9b}
    --- stderr
    p\u{1b}.toml has 1 fault; nothing was changed
    ");
}
