//! The findings of a doctor.

use insta::assert_snapshot;

use super::super::test_terminal::TestTerminal;
use super::super::*;
use crate::domain::health::HealthCheck;

#[test]
fn findings_are_wrapped_on_a_terminal_and_what_to_type_is_not() {
    let report = HealthReport(vec![
        HealthCheck::ok(
            "permissions",
            "store, log and directory are for their owner and group",
        ),
        HealthCheck::warning("log", "a name\u{1b}[2J with\nlines", "rm 'a name'"),
        HealthCheck::problem(
            "store",
            "there is none",
            "desk init --db /srv/desk/a/long/path/desk.db",
        ),
    ]);
    assert_snapshot!(TestTerminal::new(OutputFormat::Table, Some(60), 0).shows(&report), @r"
    ✓ ok       permissions  store, log and directory are for
                            their owner and group
    ! warning  log          a name\u{1b}[2J with⏎lines
                            -> rm 'a name'
    ✗ problem  store        there is none
                            -> desk init --db /srv/desk/a/long/path/desk.db
    ");
    assert_snapshot!(TestTerminal::new(OutputFormat::Csv, None, 0).shows(&report), @r#"
    area,state,finding,remedy
    permissions,ok,"store, log and directory are for their owner and group",
    log,warning,"a name\u{1b}[2J with
    lines",rm 'a name'
    store,problem,there is none,desk init --db /srv/desk/a/long/path/desk.db
    "#);
    assert_snapshot!(TestTerminal::new(OutputFormat::Jsonl, None, 0).shows(&report), @r#"
    {"area":"permissions","state":"ok","finding":"store, log and directory are for their owner and group","remedy":null}
    {"area":"log","state":"warning","finding":"a name\u001b[2J with\nlines","remedy":"rm 'a name'"}
    {"area":"store","state":"problem","finding":"there is none","remedy":"desk init --db /srv/desk/a/long/path/desk.db"}
    "#);
}
