//! Monitoring checks: `desk check` prints one line and has four exit codes.

use insta::assert_snapshot;

use crate::env::Env;

/// A desk with an overdue ticket, one at risk and two others.
fn busy() -> Env {
    busy_in(Env::new())
}

fn busy_in(mut env: Env) -> Env {
    env.ready().does(
        r#"
        desk open "Mail bounces" --channel email
        120 minutes pass
        desk open "Server room is hot" --channel phone -u high -b high -g high
        desk open "No VPN" --category network/vpn
        "#,
    );
    env.pass(60);
    env
}

#[test]
fn the_line_has_state_text_and_performance_data() {
    assert_snapshot!(Env::new().says("desk check"), @"
    $ desk check
    DESK OK - 0 open, 0 overdue, 0 at risk | overdue=0;0;;0 at_risk=0;;;0 open=0;;;0 unassigned=0;;;0 oldest_overdue=0s;;;0
    ");
    let mut env = busy();
    assert_snapshot!(env.says(
        "
        desk check
        30 minutes pass
        desk check
        desk check -c 0
        desk check -w 2 -c 5
        desk --at 9:30 check
        "
    ), @"
    $ desk check
    DESK WARNING - 4 open, 2 overdue (oldest 3m), 0 at risk | overdue=2;0;;0 at_risk=0;;;0 open=4;;;0 unassigned=3;;;0 oldest_overdue=180s;;;0
    [exit 1]

    ... 30 minutes pass
    $ desk check
    DESK WARNING - 4 open, 2 overdue (oldest 34m), 0 at risk | overdue=2;0;;0 at_risk=0;;;0 open=4;;;0 unassigned=3;;;0 oldest_overdue=2040s;;;0
    [exit 1]

    $ desk check -c 0
    DESK CRITICAL - 4 open, 2 overdue (oldest 35m), 0 at risk | overdue=2;0;0;0 at_risk=0;;;0 open=4;;;0 unassigned=3;;;0 oldest_overdue=2100s;;;0
    [exit 2]

    $ desk check -w 2 -c 5
    DESK OK - 4 open, 2 overdue (oldest 36m), 0 at risk | overdue=2;2;5;0 at_risk=0;;;0 open=4;;;0 unassigned=3;;;0 oldest_overdue=2160s;;;0

    $ desk --at 9:30 check
    DESK OK - 2 open, 0 overdue, 0 at risk | overdue=0;0;;0 at_risk=0;;;0 open=2;;;0 unassigned=1;;;0 oldest_overdue=0s;;;0
    ");
}

#[test]
fn the_ranges_are_for_the_metric_that_is_named() {
    let mut env = busy();
    assert_snapshot!(env.says(
        "
        desk check --metric open -w 10
        desk check --metric open -w 10: -c @0:2
        desk check --metric unassigned -w ~:1 -c 5
        desk check --metric at-risk --warning 0
        desk check --metric oldest-overdue -c 30m
        240 minutes pass
        desk check --metric oldest-overdue -w 30m -c 2h
        desk check --metric Open
        "
    ), @"
    $ desk check --metric open -w 10
    DESK OK - 4 open, 2 overdue (oldest 3m), 0 at risk | overdue=2;;;0 at_risk=0;;;0 open=4;10;;0 unassigned=3;;;0 oldest_overdue=180s;;;0

    $ desk check --metric open -w 10: -c @0:2
    DESK WARNING - 4 open, 2 overdue (oldest 4m), 0 at risk | overdue=2;;;0 at_risk=0;;;0 open=4;10:;@2;0 unassigned=3;;;0 oldest_overdue=240s;;;0
    [exit 1]

    $ desk check --metric unassigned -w ~:1 -c 5
    DESK WARNING - 4 open, 2 overdue (oldest 5m), 0 at risk, 3 unassigned | overdue=2;;;0 at_risk=0;;;0 open=4;;;0 unassigned=3;~:1;5;0 oldest_overdue=300s;;;0
    [exit 1]

    $ desk check --metric at-risk --warning 0
    DESK OK - 4 open, 2 overdue (oldest 6m), 0 at risk | overdue=2;;;0 at_risk=0;0;;0 open=4;;;0 unassigned=3;;;0 oldest_overdue=360s;;;0

    $ desk check --metric oldest-overdue -c 30m
    DESK WARNING - 4 open, 2 overdue (oldest 7m), 0 at risk | overdue=2;;;0 at_risk=0;;;0 open=4;;;0 unassigned=3;;;0 oldest_overdue=420s;0;1800;0
    [exit 1]

    ... 240 minutes pass
    $ desk check --metric oldest-overdue -w 30m -c 2h
    DESK CRITICAL - 4 open, 3 overdue (oldest 4h 8m), 1 at risk | overdue=3;;;0 at_risk=1;;;0 open=4;;;0 unassigned=3;;;0 oldest_overdue=14880s;1800;7200;0
    [exit 2]

    $ desk check --metric Open
    DESK UNKNOWN - --metric open without a range would never alert; give --warning RANGE or --critical RANGE
    [exit 3]
    ");
}

#[test]
fn the_tickets_can_be_narrowed_as_in_a_list() {
    let mut env = busy();
    env.pass(240);
    assert_snapshot!(env.says(
        "
        desk check --priority P1
        desk check --tier L1 --unassigned
        desk check --category network --metric open -c 0
        desk check --status resolved
        desk check --all
        "
    ), @"
    $ desk check --priority P1
    DESK WARNING - 1 open, 1 overdue (oldest 4h 2m), 0 at risk | overdue=1;0;;0 at_risk=0;;;0 open=1;;;0 unassigned=1;;;0 oldest_overdue=14520s;;;0
    [exit 1]

    $ desk check --tier L1 --unassigned
    DESK WARNING - 2 open, 2 overdue (oldest 4h 4m), 0 at risk | overdue=2;0;;0 at_risk=0;;;0 open=2;;;0 unassigned=2;;;0 oldest_overdue=14640s;;;0
    [exit 1]

    $ desk check --category network --metric open -c 0
    DESK CRITICAL - 2 open, 1 overdue (oldest 2h 3m), 1 at risk | overdue=1;;;0 at_risk=1;;;0 open=2;;0;0 unassigned=1;;;0 oldest_overdue=7380s;;;0
    [exit 2]

    $ desk check --status resolved
    DESK OK - 0 open, 0 overdue, 0 at risk | overdue=0;0;;0 at_risk=0;;;0 open=0;;;0 unassigned=0;;;0 oldest_overdue=0s;;;0

    $ desk check --all
    DESK WARNING - 4 open, 3 overdue (oldest 4h 7m), 1 at risk | overdue=3;0;;0 at_risk=1;;;0 open=4;;;0 unassigned=3;;;0 oldest_overdue=14820s;;;0
    [exit 1]
    ");
}

#[test]
fn whatever_goes_wrong_is_unknown_on_stdout() {
    let mut env = busy();
    assert_snapshot!(env.says(
        "
        desk check -w 1.5
        desk check -c 20:10
        desk check -w 2h
        desk check --metric oldest-overdue -w soon
        desk check --metric opne
        desk check --bad
        desk check extra
        desk check --warning
        desk --bad check
        desk --format nonsense check
        desk --at never check
        desk check --tier 'L|9\u{fc}'
        desk check --assignee nobody-knows
        desk --db nowhere.db check
        desk -q --db nowhere.db check
        DESK_DB=DIR/away/desk.db desk check
        desk --db . check
        DESK_TZ=Nowhere desk check
        desk check --bad --json
        desk --db nowhere.db check --json
        "
    ), @r#"
    $ desk check -w 1.5
    DESK UNKNOWN - '1.5' is not a range; write 10 (over 10), 10: (under 10), 10:20 (outside) or @10:20 (inside); ends are whole numbers
    [exit 3]

    $ desk check -c 20:10
    DESK UNKNOWN - the range '20:10' ends before it begins; give the smaller end first: 10:20
    [exit 3]

    $ desk check -w 2h
    DESK UNKNOWN - '2h' is not a range; write 10 (over 10), 10: (under 10), 10:20 (outside) or @10:20 (inside); ends are whole numbers
    [exit 3]

    $ desk check --metric oldest-overdue -w soon
    DESK UNKNOWN - 'soon' is not a range; write 2h (over 2h), 2h: (under 2h), 1h:2h (outside) or @1h:2h (inside); ends are seconds or durations
    [exit 3]

    $ desk check --metric opne
    DESK UNKNOWN - invalid value 'opne' for '--metric <METRIC>': unknown metric 'opne'; did you mean 'open'? accepted: overdue, at-risk, open, unassigned, oldest-overdue, outbox-age, mail-age, quarantined
    [exit 3]

    $ desk check --bad
    DESK UNKNOWN - unexpected argument '--bad'; usage: desk check [OPTIONS] [FILTER]...
    [exit 3]

    $ desk check extra
    DESK UNKNOWN - 'extra' names no field to filter by; for a part of the title or the requester: text:extra
    [exit 3]

    $ desk check --warning
    DESK UNKNOWN - '--warning <RANGE>' needs a value; give it, as in: --warning RANGE
    [exit 3]

    $ desk --bad check
    DESK UNKNOWN - unexpected argument '--bad'; usage: desk [OPTIONS] [COMMAND]
    [exit 3]

    $ desk --format nonsense check
    DESK UNKNOWN - invalid value 'nonsense' for '--format <FORMAT>'; accepted: table, json, jsonl, csv, tsv, ids, html
    [exit 3]

    $ desk --at never check
    DESK UNKNOWN - 'never' is not a time: use 2026-03-02 14:30, 14:30, monday 9:00, 2h ago, in 45m or RFC 3339; quote a time that has a space in it: '2026-03-02 14:30'
    [exit 3]

    $ desk check --tier 'L|9ü'
    DESK UNKNOWN - unknown tier 'L/9?'; accepted: L1, L2, L3
    [exit 3]

    $ desk check --assignee nobody-knows
    DESK UNKNOWN - unknown agent 'nobody-knows'; accepted: anna
    [exit 3]

    $ desk --db nowhere.db check
    DESK UNKNOWN - there is no store at DIR/nowhere.db; create it with: desk init --db DIR/nowhere.db
    [exit 3]

    $ desk -q --db nowhere.db check
    DESK UNKNOWN - there is no store at DIR/nowhere.db
    [exit 3]

    $ DESK_DB=DIR/away/desk.db desk check
    DESK UNKNOWN - there is no store at DIR/away/desk.db; create it with: desk init --db DIR/away/desk.db
    [exit 3]

    $ desk --db . check
    DESK UNKNOWN - DIR cannot be opened: it is a directory; check the owner and the permissions of the file and its directory, which must be writable
    [exit 3]

    $ DESK_TZ=Nowhere desk check
    DESK UNKNOWN - unknown time zone 'Nowhere' (environment); give an IANA name such as Europe/Berlin, or UTC
    [exit 3]

    $ desk check --bad --json
    {"state":"unknown","exit_code":3,"message":"unexpected argument '--bad'; usage: desk check [OPTIONS] [FILTER]...","metric":null,"warning":null,"critical":null,"metrics":null}
    [exit 3]

    $ desk --db nowhere.db check --json
    {"state":"unknown","exit_code":3,"message":"there is no store at DIR/nowhere.db; create it with: desk init --db DIR/nowhere.db","metric":null,"warning":null,"critical":null,"metrics":null}
    [exit 3]
    "#);
}

#[test]
fn a_store_that_is_damaged_or_not_there_is_unknown() {
    let mut bare = Env::bare();
    let output = bare.run(&["check"]).code(3);
    assert_eq!(
        (output.stdout.lines().count(), output.stderr.as_str()),
        (1, "")
    );
    assert!(!bare.has_store());

    let mut env = busy_in(Env::file("a damaged file"));
    std::fs::write(env.db(), "SQLite format 3\0 and then rubbish").unwrap();
    let output = env.run(&["check"]).code(3);
    assert!(output.stdout.starts_with("DESK UNKNOWN - "), "{output:?}");
    assert_eq!(
        (output.stdout.lines().count(), output.stderr.as_str()),
        (1, "")
    );
}

#[test]
fn a_program_can_read_it_as_json() {
    let mut env = busy();
    env.pass(60);
    assert_snapshot!(env.says("desk check --json -c 9"), @r#"
    $ desk check --json -c 9
    {"state":"warning","exit_code":1,"message":"4 open, 2 overdue (oldest 1h 3m), 0 at risk","metric":"overdue","warning":"0","critical":"9","metrics":{"overdue":2,"at_risk":0,"open":4,"unassigned":3,"oldest_overdue_s":3780,"mail_age_s":null,"quarantined":0,"outbox_age_s":null}}
    [exit 1]
    "#);
}

#[test]
fn the_line_is_one_line_of_ascii_whatever_strangers_wrote() {
    let mut env = Env::new();
    env.does("desk open 'Tür | kaputt=1;2' --requester 'Zoë | x=1'");
    for args in [
        ["check", "--title", "ü|"],
        ["check", "--assignee", "ü|\n\u{1b}[31m"],
        ["check", "--ü|\n", "\u{202e}"],
    ] {
        let line = env.run(&args).stdout;
        assert_eq!(line.lines().count(), 1, "{line}");
        assert!(
            line.trim_end().bytes().all(|b| (b' '..=b'~').contains(&b)),
            "{line}"
        );
        let text = line.split(" | ").next().unwrap();
        assert!(!text.contains('|'), "{line}");
    }
}

#[test]
fn a_reader_that_has_gone_is_no_fault_and_a_full_disk_is_unknown() {
    let mut env = busy();
    let gone =
        env.shell("desk check | true; desk check --metric open -w 99 >&- 2>/dev/null; echo $?");
    assert_eq!(gone.stdout, "0\n");
    let full = env.shell("desk check >/dev/full 2>/dev/null; echo $?");
    assert_eq!(full.stdout, "3\n");
}
