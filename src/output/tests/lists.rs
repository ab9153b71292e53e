//! Lists and the status table.

use insta::assert_snapshot;

use super::super::test_terminal::TestTerminal;
use super::super::*;
use crate::domain::category::Category;
use crate::domain::decide::{Command, PauseRequest};
use crate::domain::group_counts::{GroupCount, GroupCounts, GroupKey};
use crate::domain::people::Agent;
use crate::domain::priority::Priority;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::{Channel, Grouping, PauseReason};
use crate::testing::sample_tickets::*;

/// Some tickets, as of 100 minutes.
pub(super) fn some() -> Vec<Summary> {
    let mut first =
        Life::new(7, "Checkout is down for everyone", Channel::Phone).rated("high", "high");
    first.does(
        2,
        "anna",
        Command::Take {
            agent: Agent::from_stored("anna"),
        },
    );
    let category = Category::parse("network/vpn").unwrap();
    let mut vpn = Life::new(
        42,
        "VPN drops every ten minutes when the train leaves the station and comes back again",
        Channel::Email,
    )
    .rated("medium", "high");
    vpn.does(3, "anna", Command::Categorize { category });
    let mut paused =
        Life::new(1_003, "New laptop for the sales team", Channel::Portal).rated("low", "medium");
    let ask = Some("Which model?".to_owned());
    let (reason, until, note) = (PauseReason::Requester, None, None);
    paused.does(
        60,
        "ben",
        Command::Pause(PauseRequest {
            reason,
            until,
            note,
            ask,
            force: None,
        }),
    );
    let fresh = Life::new(1_004, "Printer", Channel::Chat);
    vec![first.row(), vpn.row(), fresh.row(), paused.row()]
}

pub(super) fn listing(rows: Vec<Summary>) -> TicketList<'static> {
    TicketList {
        rows: Rows::Loaded(rows),
        total: None,
        columns: None,
        added: Vec::new(),
        empty: "no open tickets",
        header: true,
    }
}

fn counts() -> GroupCounts {
    let tally = |rank: Option<u8>, open, overdue, at_risk, paused| {
        let group = rank.map_or(GroupKey::None, |rank| {
            GroupKey::Priority(Priority::from_rank(rank))
        });
        let tally = GroupCount {
            open,
            overdue,
            at_risk,
            paused,
            resolved: 0,
            unassigned: 1,
            first_due: None,
        };
        (group, tally)
    };
    GroupCounts {
        by: Grouping::Priority,
        groups: vec![
            tally(Some(1), 1, 0, 0, 0),
            tally(Some(2), 1_200, 1, 3, 0),
            tally(None, 1, 0, 0, 1),
        ],
    }
}

#[test]
fn a_list_at_80_columns_gives_up_what_matters_least() {
    let terminal = TestTerminal::new(OutputFormat::Table, Some(80), 100);
    assert_snapshot!(terminal.shows(&listing(some())), @"
      ID  PRIO  STATUS  SLA      TIER  ASSIGNEE  TITLE
       7  P1    active  ✗ -40m   L3    anna      Checkout is down for everyone
      42  P2    new     ! 20m    L1    -         VPN drops every ten minutes when t…
    1004  -     new     ✓ 1h20m  L1    -         Printer
    1003  P4    paused  ‖ 23h    L1    -         New laptop for the sales team
    --- stderr
    no room for: requester, category; choose with --columns
    ");
}

#[test]
fn a_list_at_120_columns_says_more() {
    let terminal = TestTerminal::new(OutputFormat::Table, Some(120), 100);
    assert_snapshot!(terminal.shows(&listing(some())), @"
      ID  PRIO  STATUS  SLA      TIER  ASSIGNEE  CATEGORY     REQUESTER  TITLE
       7  P1    active  ✗ -40m   L3    anna                   Mia Roth   Checkout is down for everyone
      42  P2    new     ! 20m    L1    -         network/vpn  Mia Roth   VPN drops every ten minutes when the train leaves …
    1004  -     new     ✓ 1h20m  L1    -                      Mia Roth   Printer
    1003  P4    paused  ‖ 23h    L1    -                      Mia Roth   New laptop for the sales team
    ");
}

#[test]
fn a_list_in_a_pipe_is_not_cut() {
    let terminal = TestTerminal::new(OutputFormat::Table, None, 100);
    assert_snapshot!(terminal.shows(&listing(some())), @"
      ID  PRIO  STATUS  SLA      TIER  ASSIGNEE  CATEGORY     REQUESTER  TITLE
       7  P1    active  ✗ -40m   L3    anna                   Mia Roth   Checkout is down for everyone
      42  P2    new     ! 20m    L1    -         network/vpn  Mia Roth   VPN drops every ten minutes when the train leaves the station and comes back again
    1004  -     new     ✓ 1h20m  L1    -                      Mia Roth   Printer
    1003  P4    paused  ‖ 23h    L1    -                      Mia Roth   New laptop for the sales team
    ");
}

#[test]
fn columns_can_be_selected_and_the_header_left_out() {
    let terminal = TestTerminal::new(OutputFormat::Table, Some(60), 100);
    let columns = vec![
        Column::Title,
        Column::NextDue,
        Column::Contact,
        Column::Escalations,
    ];
    let list = TicketList {
        columns: Some(columns.clone()),
        added: Vec::new(),
        header: false,
        ..listing(some())
    };
    assert_snapshot!(terminal.shows(&list), @"
    Checkout is down for everyone      10:00  mia@example.org  1
    VPN drops every ten minutes when…  11:00  mia@example.org  0
    Printer                            12:00  mia@example.org  0
    New laptop for the sales team             mia@example.org  0
    ");
    let list = TicketList {
        columns: Some(columns),
        added: Vec::new(),
        ..listing(some())
    };
    assert_snapshot!(terminal.shows(&list), @"
    TITLE                 NEXT DUE  CONTACT          ESCALATIONS
    Checkout is down fo…  10:00     mia@example.org            1
    VPN drops every ten…  11:00     mia@example.org            0
    Printer               12:00     mia@example.org            0
    New laptop for the …            mia@example.org            0
    ");
}

#[test]
fn rows_beyond_the_limit_are_counted_on_stderr() {
    let terminal = TestTerminal::new(OutputFormat::Table, Some(80), 100);
    let mut rows = some();
    rows.truncate(1);
    let list = TicketList {
        total: Some(1_235),
        ..listing(rows)
    };
    assert_snapshot!(terminal.shows(&list), @"
    ID  PRIO  STATUS  SLA     TIER  ASSIGNEE  TITLE
     7  P1    active  ✗ -40m  L3    anna      Checkout is down for everyone
    --- stderr
    no room for: requester; choose with --columns
    … and 1,234 more; show them with --limit 0
    ");
}

#[test]
fn an_empty_list_is_a_note_on_stderr() {
    let mut terminal = TestTerminal::new(OutputFormat::Table, Some(80), 100);
    assert_snapshot!(terminal.shows(&listing(vec![])), @"
    --- stderr
    no open tickets
    ");
    assert_snapshot!(terminal.shows(&SlaTable { list: listing(vec![]), counts: counts() }), @"
    --- stderr
    no open tickets
    ");
    terminal.quiet = true;
    assert_eq!(terminal.shows(&listing(vec![])), "");
}

#[test]
fn a_count_is_a_number() {
    let terminal = TestTerminal::new(OutputFormat::Table, None, 100);
    let list = TicketList {
        rows: Rows::Count(12_345),
        ..listing(vec![])
    };
    assert_eq!(terminal.shows(&list), "12345\n");
}

#[test]
fn the_sla_table_shows_the_clocks_and_a_summary() {
    let terminal = TestTerminal::new(OutputFormat::Table, Some(80), 110);
    assert_snapshot!(terminal.shows(&SlaTable { list: listing(some()), counts: counts() }), @"
      ID  PRIO  RESPONSE  UPDATE  RESOLUTION  ASSIGNEE  TITLE
       7  P1    ✓ met     ✗ -50m  ✓ 2h10m     anna      Checkout is down for everyo…
      42  P2    ! 10m     ·       ✓ 6h10m     -         VPN drops every ten minutes…
    1004  -     ✓ 1h10m   ·       ✓ 22h10m    -         Printer
    1003  P4    ✓ met     ·       ‖ 23h       -         New laptop for the sales te…

    PRIO   OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P1        1        0        0       0         0           1
    P2    1,200        1        3       0         0           1
    none      1        0        0       1         0           1
    all   1,202        1        3       1         0           3
    --- stderr
    no room for: tier, status; choose with --columns
    ");
    let terminal = TestTerminal::new(OutputFormat::Table, Some(120), 300);
    assert_snapshot!(terminal.shows(&SlaTable { list: listing(some()), counts: counts() }), @"
      ID  PRIO  STATUS  RESPONSE  UPDATE  RESOLUTION  TIER  ASSIGNEE  TITLE
       7  P1    active  ✓ met     ✗ -4h   ✗ -1h       L3    anna      Checkout is down for everyone
      42  P2    new     ✗ -3h     ·       ✓ 3h        L1    -         VPN drops every ten minutes when the train leaves the…
    1004  -     new     ✗ -2h     ·       ✓ 19h       L1    -         Printer
    1003  P4    paused  ✓ met     ·       ‖ 23h       L1    -         New laptop for the sales team

    PRIO   OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P1        1        0        0       0         0           1
    P2    1,200        1        3       0         0           1
    none      1        0        0       1         0           1
    all   1,202        1        3       1         0           3
    ");
}

#[test]
fn a_stream_of_ten_thousand_rows_keeps_its_columns() {
    let terminal = TestTerminal::new(OutputFormat::Table, Some(80), 100);
    let row = some().remove(1);
    let rows = Rows::Streamed(Box::new(move |sink| {
        for id in 1..=10_000 {
            let mut row = row.clone();
            row.id.0 = id;
            sink(&row)?;
        }
        Ok(())
    }));
    let text = terminal.shows(&TicketList {
        rows,
        ..listing(vec![])
    });
    let (text, note) = text.split_once("--- stderr\n").unwrap();
    assert_eq!(
        note,
        "no room for: requester, category; choose with --columns\n"
    );
    assert_eq!(text.lines().count(), 10_001);
    assert!(
        text.lines()
            .skip(1)
            .all(|line| line.contains("P2") && untrusted::width(line) <= 82)
    );
    let last = text.lines().last().unwrap();
    assert_snapshot!(last, @"10000  P2    new     ! 20m  L1    -         VPN drops every ten minutes when the …");
}

#[test]
fn colour_never_carries_meaning_alone() {
    let mut terminal = TestTerminal::new(OutputFormat::Table, Some(80), 300);
    let plain = terminal.shows(&SlaTable {
        list: listing(some()),
        counts: counts(),
    });
    terminal.color = true;
    let colored = terminal.shows(&SlaTable {
        list: listing(some()),
        counts: counts(),
    });
    assert_ne!(plain, colored);
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain);
}

#[test]
fn notes_come_after_the_list() {
    use std::cell::RefCell;
    struct Shared<'a>(&'a RefCell<Vec<u8>>);
    impl Write for Shared<'_> {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.borrow_mut().extend(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let all = RefCell::new(Vec::new());
    let terminal = TestTerminal::new(OutputFormat::Table, Some(80), 100);
    let list = TicketList {
        total: Some(50),
        ..listing(some())
    };
    let view = SlaTable {
        list,
        counts: counts(),
    };
    emit(
        &view,
        &terminal.options(),
        &mut Shared(&all),
        &mut Shared(&all),
    )
    .unwrap();
    let text = String::from_utf8(all.into_inner()).unwrap();
    assert_snapshot!(text.lines().last().unwrap(), @"… and 46 more; show them with --limit 0");
}
