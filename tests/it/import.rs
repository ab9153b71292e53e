//! Logs of other systems: `import --map`.

use insta::assert_snapshot;
use serde_json::Value;

use crate::env::Env;

/// Two incidents as a log of changes.
const LOG: &str = "\
number,state,opened,updated,by,resolved,closed,impact,urgency,priority,to,level,site
INC01,New,29/2/2016 01:16,29/2/2016 01:23,u 1,29/2/2016 11:29,5/3/2016 12:00,2,2,3,?,L1,Kiel
INC01,Resolved,29/2/2016 01:16,29/2/2016 08:53,u 2,29/2/2016 11:29,5/3/2016 12:00,2,2,3,ben,L2,Kiel
INC01,Resolved,29/2/2016 01:16,29/2/2016 11:29,u 2,29/2/2016 11:29,5/3/2016 12:00,2,2,3,ben,L2,Bonn
INC01,Closed,29/2/2016 01:16,5/3/2016 12:00,u 2,29/2/2016 11:29,5/3/2016 12:00,2,2,3,ben,L2,Bonn
INC02,New,1/3/2016 08:00,1/3/2016 08:00,u 1,?,3/3/2016 12:00,1,1,1,?,L1,?
INC02,Resolved,1/3/2016 08:00,1/3/2016 09:00,u 1,?,3/3/2016 12:00,1,1,1,?,L1,?
INC02,-100,1/3/2016 08:00,1/3/2016 10:00,u 1,?,3/3/2016 12:00,1,1,1,?,L1,?
INC02,Active,1/3/2016 08:00,1/3/2016 10:30,u 1,?,3/3/2016 12:00,1,1,1,?,L1,?
INC02,Resolved,1/3/2016 08:00,1/3/2016 11:00,u 1,?,3/3/2016 12:00,1,1,1,?,L1,?
INC02,Closed,1/3/2016 08:00,3/3/2016 12:00,u 1,?,3/3/2016 12:00,1,1,1,?,L1,?
,New,1/3/2016 08:00,1/3/2016 08:00,u 1,?,?,1,1,1,?,L1,?
INC03,New,31/31/2016 08:00,never,u 1,?,?,1,1,1,?,L1,?
";

const MAP: &str = r#"
source = "old"
shape = "events"
dates = "%d/%m/%Y %H:%M"
zone = "UTC"
kind = "incident"
[columns]
number = "number"
status = "state"
opened = "opened"
updated = "updated"
updated_by = "by"
resolved = "resolved"
closed = "closed"
impact = "impact"
urgency = "urgency"
priority = "priority"
assignee = "to"
tier = "level"
"#;

fn prepared() -> Env {
    let env = Env::new();
    std::fs::write(env.dir().join("log.csv"), LOG).unwrap();
    std::fs::write(env.dir().join("map.toml"), MAP).unwrap();
    env
}

#[test]
fn a_log_of_changes_becomes_the_history_that_it_was() {
    let mut env = prepared();
    assert_snapshot!(env.says(
        "
        desk import log.csv --map map.toml
        desk list --all --sort id --columns id,number,status,priority,tier,assignee,opened_at,resolved_at,closed_at,reopenings --format csv
        desk show INC01
        desk show old:INC02
        desk import log.csv --map map.toml
        desk verify
        "
    ), @"
    $ desk import log.csv --map map.toml
    read 12 rows: 10 new, 0 extended, 0 unchanged, 2 refused
    read 3 tickets: 2 new, 0 extended, 0 unchanged, 1 refused
    added 26 events
    refused 1 row, the first in line 12: row has no number
    refused 1 row, the first in line 13: row has no update time
    kept 1 row, the first in line 11: the ticket was closed without a resolution time
    kept 1 row, the first in line 8: unknown status
    ! to list each of them: --json, or --format csv
    [exit 1]

    $ desk list --all --sort id --columns id,number,status,priority,tier,assignee,opened_at,resolved_at,closed_at,reopenings --format csv
    id,number,status,priority,tier,assignee,opened_at,resolved_at,closed_at,reopenings
    1,INC01,closed,P3,L2,ben,2016-02-29T01:16:00Z,2016-02-29T11:29:00Z,2016-03-05T12:00:00Z,0
    2,INC02,closed,P1,L1,,2016-03-01T08:00:00Z,,2016-03-03T12:00:00Z,1

    $ desk show INC01
    #1 INC01
      closed since 2016-03-05 12:00 · P3 (users medium, business medium, urgency medium)
      incident, occurred · no category · L2 · ben
      opened 2016-02-29 01:16 by old

    Clocks
                  STATE     USED  LEFT  TARGET  PAUSED  DUE
      resolution  ✓ met  10h 13m            1d          2016-03-01 01:16, stopped 2016-02-29 11:29

    Resolution
      solved by u-2, 2016-02-29 11:29
      │ resolved in old
      restored    not confirmed yet

    Timeline
      2016-02-29 01:16  old   opened
      2016-02-29 01:16  anna  imported from old as INC01: site Kiel
      2016-02-29 01:16  u-1   identified as incident
      2016-02-29 01:16  u-1   prioritized P3 (impact medium, urgency medium)
      2016-02-29 08:53  u-2   escalated L1 -> L2
                    │ as in old
      2016-02-29 08:53  u-2   assigned to ben
      2016-02-29 08:53  u-2   resolved (solved)
                    │ resolved in old
      2016-02-29 11:29  anna  in old: site Bonn
      2016-02-29 11:29  u-2   resolved (solved)
                    │ resolved in old
      2016-03-05 12:00  u-2   closed

    $ desk show old:INC02
    #2 INC02
      closed since 2016-03-03 12:00 · P1 (users high, business high, urgency high)
      incident, occurred · no category · L1 · unassigned
      opened 2016-03-01 08:00 by old, 1 reopening

    Clocks
                  STATE          USED  LEFT  TARGET  PAUSED  DUE
      resolution  - cancelled  1h 30m            4h          stopped 2016-03-03 12:00

    Timeline
      2016-03-01 08:00  old   opened
      2016-03-01 08:00  anna  imported from old as INC02
      2016-03-01 08:00  u-1   identified as incident
      2016-03-01 08:00  u-1   prioritized P1 (impact high, urgency high)
      2016-03-01 09:00  u-1   resolved (solved)
                    │ resolved in old
      2016-03-01 10:00  anna  in old: state -100
      2016-03-01 10:30  u-1   reopened
                    │ as in old
      2016-03-01 11:00  u-1   resolved (solved)
                    │ resolved in old
      2016-03-03 12:00  u-1   resumed
                    │ closed without a resolution time
      2016-03-03 12:00  u-1   closed

    $ desk import log.csv --map map.toml
    read 12 rows: 0 new, 0 extended, 10 unchanged, 2 refused
    read 3 tickets: 0 new, 0 extended, 2 unchanged, 1 refused
    added 0 events
    refused 1 row, the first in line 12: row has no number
    refused 1 row, the first in line 13: row has no update time
    ! to list each of them: --json, or --format csv
    [exit 1]

    $ desk verify
    DIR/desk.db: ✓ sound, 26 events, 2 tickets
      head: 32:HASH
    ");
}

#[test]
fn every_row_is_counted_once() {
    let mut env = prepared();
    let lines: Vec<&str> = LOG.lines().collect();
    std::fs::write(env.dir().join("first.csv"), lines[..3].join("\n")).unwrap();
    let first = env.json(&["import", "first.csv", "--map", "map.toml"]);
    assert_eq!(first["rows"]["new"], 2, "{first:#}");
    let intake = env.run(&["import", "log.csv", "--map", "map.toml", "--json"]);
    let intake = intake.code(1).stdout;
    let intake: Value = serde_json::from_str(&intake).unwrap();
    let rows = &intake["rows"];
    assert_eq!(rows["read"], 12, "{intake:#}");
    assert_eq!(
        [
            &rows["new"],
            &rows["extended"],
            &rows["unchanged"],
            &rows["refused"]
        ],
        [6, 2, 2, 2]
    );
    let tickets = &intake["tickets"];
    assert_eq!(
        [
            &tickets["new"],
            &tickets["extended"],
            &tickets["unchanged"],
            &tickets["refused"]
        ],
        [1, 1, 0, 1]
    );
    // Importing in parts gives the same tickets as importing at once.
    let mut whole = prepared();
    let _whole = whole
        .run(&["import", "log.csv", "--map", "map.toml"])
        .code(1);
    let columns = "number,status,opened_at,resolved_at,closed_at,reopenings,assignee,tier,priority";
    let listed = |env: &mut Env| env.json(&["list", "--all", "--columns", columns]);
    assert_eq!(listed(&mut env), listed(&mut whole));
}

#[test]
fn strict_takes_in_all_or_nothing() {
    let mut env = prepared();
    assert_snapshot!(env.says(
        "
        desk import log.csv --map map.toml --strict
        desk list --all --count
        desk import log.csv --map nowhere.toml
        desk import nowhere.csv --map servicenow
        desk import log.csv --map servicenow
        "
    ), @"
    $ desk import log.csv --map map.toml --strict
    ! desk: line 12: row has no number
    !   hint: without --strict it is reported and the rest is imported
    [exit 2]

    $ desk list --all --count
    0

    $ desk import log.csv --map nowhere.toml
    ! desk: cannot read nowhere.toml: No such file or directory (os error 2)
    !   hint: give the path of a text file
    [exit 2]

    $ desk import nowhere.csv --map servicenow
    ! desk: cannot read nowhere.csv: No such file or directory (os error 2)
    !   hint: give the path of a file, or - for stdin
    [exit 2]

    $ desk import log.csv --map servicenow
    read 12 rows: 0 new, 0 extended, 0 unchanged, 12 refused
    read 3 tickets: 0 new, 0 extended, 0 unchanged, 3 refused
    added 0 events
    refused 1 row, the first in line 12: row has no number
    refused 11 rows, the first in line 2: row has no opening time
    ! to list each of them: --json, or --format csv
    [exit 1]
    ");
}

#[test]
fn a_row_a_ticket_with_marks_other_delimiters_and_encodings() {
    let mut env = Env::new();
    let log = b"id;Betreff;Wer;Ort;Auf;Ab;Stand\r\n\
        7;\"Drucker\r\nbrennt\";J\xfcrgen;K\xf6ln;2024-03-01T10:00:00+01:00;2024-03-01T12:00:00+01:00;fertig\r\n\
        8;=1+1;;;2024-03-02T10:00:00+01:00;;offen\r\n";
    std::fs::write(env.dir().join("list.csv"), log).unwrap();
    let map = "source = \"x\"\ndates = \"iso\"\n[columns]\nnumber = \"id\"\ntitle = \"Betreff\"\n\
        requester = \"Wer\"\nopened = \"Auf\"\nresolved = \"Ab\"\nstatus = \"Stand\"\n\
        [values.status]\nfertig = \"closed\"\noffen = \"active\"\n";
    std::fs::write(env.dir().join("map.toml"), map).unwrap();
    assert_snapshot!(env.says(
        "
        desk import list.csv --map map.toml
        desk list --all --sort id --columns id,number,status,opened_at,resolved_at,closed_at,requester,title --format csv
        desk import list.csv --map map.toml -q
        "
    ), @"
    $ desk import list.csv --map map.toml
    read 2 rows: 2 new, 0 extended, 0 unchanged, 0 refused
    read 2 tickets: 2 new, 0 extended, 0 unchanged, 0 refused
    added 13 events
    ! note: not UTF-8: read as Windows-1252; declare another encoding in the mapping
    ! note: columns are separated by ';'

    $ desk list --all --sort id --columns id,number,status,opened_at,resolved_at,closed_at,requester,title --format csv
    id,number,status,opened_at,resolved_at,closed_at,requester,title
    1,7,closed,2024-03-01T09:00:00Z,2024-03-01T11:00:00Z,2024-03-01T11:00:00Z,Jürgen,Drucker brennt
    2,8,active,2024-03-02T09:00:00Z,,,,'=1+1

    $ desk import list.csv --map map.toml -q
    ");
}

#[test]
fn a_newer_row_extends_a_ticket() {
    let mut env = Env::new();
    let map = "source = \"x\"\ndates = \"iso\"\n[columns]\nnumber = \"id\"\ntitle = \"t\"\nopened = \"o\"\n\
        updated = \"u\"\nresolved = \"r\"\nstatus = \"s\"\nassignee = \"a\"\n";
    std::fs::write(env.dir().join("map.toml"), map).unwrap();
    let head = "id,t,o,u,r,s,a\n";
    let old = format!("{head}7,VPN,2024-03-01T10:00:00Z,2024-03-01T10:30:00Z,,active,ben\n");
    let new = format!(
        "{head}7,VPN drops,2024-03-01T10:00:00Z,2024-03-01T15:00:00Z,2024-03-01T14:00:00Z,resolved,dora\n"
    );
    let _old = env
        .run_with(&["import", "-", "--map", "map.toml"], old)
        .ok();
    let extended = env
        .run_with(&["import", "-", "--map", "map.toml"], &new)
        .ok();
    assert!(extended.stdout.contains("read 1 ticket: 0 new, 1 extended"));
    let ticket = &env.json(&["list", "--all"])[0];
    assert_eq!(ticket["status"], "resolved");
    assert_eq!(ticket["resolved_at"], "2024-03-01T14:00:00Z");
    assert_eq!(ticket["assignee"], "dora");
    assert_eq!(ticket["title"], "VPN drops");
}

#[test]
fn a_first_mapping_is_suggested_and_can_be_used() {
    let mut env = prepared();
    let log = LOG
        .replace("updated", "sys_updated_at")
        .replace("opened", "opened_at");
    std::fs::write(env.dir().join("log.csv"), log).unwrap();
    let map = env.run(&["import", "--suggest", "log.csv"]).ok().stdout;
    assert_snapshot!(map, @r#"
    # Suggested from the header and a sample of rows: check every line.
    source = "other"  # the name of the other system
    shape = "events"  # one row per change
    dates = "%d/%m/%Y %H:%M"
    zone = "UTC"  # the zone of times without an offset
    missing = ["", "?", "NULL"]

    [columns]
    number = "number"
    status = "state"
    impact = "impact"
    urgency = "urgency"
    priority = "priority"
    tier = "level"
    opened = "opened_at"
    updated = "sys_updated_at"
    resolved = "resolved"
    closed = "closed"
    # kept as facts: "by", "to", "site"

    [values.status]
    # "-100" = ""
    "Active" = "active"
    "Closed" = "closed"
    "New" = "new"
    "Resolved" = "resolved"

    [values.impact]
    # "1" = ""
    # "2" = ""

    [values.urgency]
    # "1" = ""
    # "2" = ""

    [values.priority]
    "1" = "P1"
    "3" = "P3"
    "#);
    std::fs::write(env.dir().join("map.toml"), map).unwrap();
    let intake = env.run(&["import", "log.csv", "--map", "map.toml"]).code(1);
    assert!(
        intake.stdout.starts_with("read 12 rows: 10 new"),
        "{}",
        intake.stdout
    );
}

/// The log as JSON Lines.
fn lines() -> String {
    let (heads, rows) = LOG.split_once('\n').unwrap();
    let heads: Vec<&str> = heads.split(',').collect();
    let object = |row: &str| {
        let cells = heads.iter().zip(row.split(','));
        let cells = cells.filter(|(_, cell)| *cell != "?");
        let cells = cells.map(|(head, cell)| ((*head).to_owned(), cell.into()));
        Value::Object(cells.collect()).to_string() + "\n"
    };
    rows.lines().map(object).collect()
}

#[test]
fn json_lines_are_imported_like_the_same_table() {
    let (mut table, mut env) = (prepared(), prepared());
    std::fs::write(env.dir().join("log.jsonl"), lines() + "{\"number\":\n").unwrap();
    table.does("desk list --all");
    let _refused = table.run(&["import", "log.csv", "--map", "map.toml"]);
    assert_snapshot!(env.says(
        "desk import log.jsonl --map map.toml
         desk import log.jsonl --map map.toml
         desk verify -q"
    ), @"
    $ desk import log.jsonl --map map.toml
    read 13 rows: 10 new, 0 extended, 0 unchanged, 3 refused
    read 3 tickets: 2 new, 0 extended, 0 unchanged, 1 refused
    added 26 events
    refused 1 row, the first in line 11: row has no number
    refused 1 row, the first in line 12: row has no update time
    refused 1 row, the first in line 13: row is not a JSON object
    kept 1 row, the first in line 10: the ticket was closed without a resolution time
    kept 1 row, the first in line 7: unknown status
    ! to list each of them: --json, or --format csv
    [exit 1]

    $ desk import log.jsonl --map map.toml
    read 13 rows: 0 new, 0 extended, 10 unchanged, 3 refused
    read 3 tickets: 0 new, 0 extended, 2 unchanged, 1 refused
    added 0 events
    refused 1 row, the first in line 11: row has no number
    refused 1 row, the first in line 12: row has no update time
    refused 1 row, the first in line 13: row is not a JSON object
    ! to list each of them: --json, or --format csv
    [exit 1]

    $ desk verify -q
    DIR/desk.db: ✓ sound, 26 events, 2 tickets
      head: 32:HASH
    ");
    let list = ["list", "--all", "--sort", "id"];
    let facts = |env: &mut Env| {
        let list = env.json(&list);
        let rows = list.as_array().unwrap().iter().cloned();
        rows.map(|row| {
            (
                row["number"].clone(),
                row["status"].clone(),
                row["clocks"].clone(),
            )
        })
        .collect::<Vec<_>>()
    };
    table.at("2026-03-02T12:00:00Z");
    env.at("2026-03-02T12:00:00Z");
    assert_eq!(facts(&mut env), facts(&mut table));
}

/// Imports rows of the columns `id,t,o,u,x,y`, and returns how many rows were
/// new, unchanged and refused.
fn imported_rows(env: &mut Env, rows: &str) -> [u64; 3] {
    let map = "source = \"x\"\nshape = \"events\"\ndates = \"iso\"\n[columns]\n\
        number = \"id\"\ntitle = \"t\"\nopened = \"o\"\nupdated = \"u\"\n";
    std::fs::write(env.dir().join("map.toml"), map).unwrap();
    let log = format!("id,t,o,u,x,y\n{rows}");
    let args = ["import", "-", "--map", "map.toml", "--json"];
    let report: Value = serde_json::from_str(&env.run_with(&args, log).stdout).unwrap();
    let rows = &report["rows"];
    let count = |name: &str| rows[name].as_u64().unwrap();
    [
        count("new") + count("extended"),
        count("unchanged"),
        count("refused"),
    ]
}

#[test]
fn rows_that_differ_only_in_where_a_cell_ends_are_different_rows() {
    let mut env = Env::new();
    let (opened, changed) = ("2024-03-01T10:00:00Z", "2024-03-01T10:30:00Z");
    let first = format!("7,VPN,{opened},{changed},ab,c\n");
    let second = format!("7,VPN,{opened},{changed},a,bc\n");
    assert_eq!(imported_rows(&mut env, &first), [1, 0, 0]);
    assert_eq!(imported_rows(&mut env, &first), [0, 1, 0]);
    assert_eq!(imported_rows(&mut env, &second), [1, 0, 0]);
    assert_eq!(imported_rows(&mut env, &(first + &second)), [0, 2, 0]);
}

#[test]
fn a_row_at_the_time_of_the_last_import_is_added_and_an_older_one_is_refused() {
    let mut env = Env::new();
    let row = |minute: u32, x: &str| {
        format!("7,VPN,2024-03-01T10:00:00Z,2024-03-01T10:{minute}:00Z,{x},y\n")
    };
    assert_eq!(imported_rows(&mut env, &row(30, "first")), [1, 0, 0]);
    assert_eq!(imported_rows(&mut env, &row(29, "older")), [0, 0, 1]);
    assert_eq!(imported_rows(&mut env, &row(30, "same time")), [1, 0, 0]);
    assert_eq!(imported_rows(&mut env, &row(31, "newer")), [1, 0, 0]);
    assert_eq!(imported_rows(&mut env, &row(30, "too late")), [0, 0, 1]);
}

const ANSWERS: &str = "\
id,title,status,channel,opened,answered,told,resolved
1,by phone,closed,phone,2012-03-02T08:00:00Z,,,2012-03-02T20:00:00Z
2,by mail,resolved,email,2012-03-02T08:00:00Z,,,2012-03-02T20:00:00Z
3,quick,closed,email,2012-03-02T08:00:00Z,2012-03-02T08:40:00Z,2012-03-02T19:00:00Z,2012-03-02T20:00:00Z
4,slow,closed,email,2012-03-02T08:00:00Z,2012-03-02T18:00:00Z,,2012-03-02T20:00:00Z
5,odd,closed,email,2012-03-02T08:00:00Z,soon,,2012-03-02T20:00:00Z
6,early,closed,email,2012-03-02T08:00:00Z,2012-03-01T08:00:00Z,,2012-03-02T20:00:00Z
";

fn answers(mapped: &str) -> Env {
    let env = Env::new();
    std::fs::write(env.dir().join("log.csv"), ANSWERS).unwrap();
    let map = format!(
        "source = \"old\"\nkind = \"incident\"\n[columns]\nnumber = \"id\"\n\
         title = \"title\"\nstatus = \"status\"\nchannel = \"channel\"\n\
         opened = \"opened\"\nresolved = \"resolved\"\n{mapped}"
    );
    std::fs::write(env.dir().join("map.toml"), map).unwrap();
    env
}

/// The state of the response clock of each ticket.
fn responses(env: &mut Env) -> Vec<String> {
    let list = env.json(&["list", "--all", "--sort", "id"]);
    let state = |row: &Value| {
        row["clocks"]["response"]["state"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    list.as_array().unwrap().iter().map(state).collect()
}

#[test]
fn a_finished_log_without_answers_is_neither_met_nor_missed_and_nothing_is_late() {
    let mut env = answers("");
    env.does("desk import log.csv --map map.toml");
    assert_eq!(responses(&mut env), vec!["none"; 6]);
    assert_snapshot!(env.says(
        "
        desk check
        desk list --overdue
        desk sla explain 1 --clock response
        "
    ), @"
    $ desk check
    DESK OK - 1 open, 0 overdue, 0 at risk | overdue=0;0;;0 at_risk=0;;;0 open=1;;;0 unassigned=1;;;0 oldest_overdue=0s;;;0

    $ desk list --overdue
    ! no tickets match

    $ desk sla explain 1 --clock response
    #1 by phone
    response: no evidence, the imported log does not say when it was given
    ");
    let total = env.json(&["report"])["total"].clone();
    let response = &total["response"];
    for figure in ["met", "missed", "reclassified", "unpromised"] {
        assert_eq!(response[figure], 0, "{figure}");
    }
    assert_eq!(
        (&response["no_evidence"], &response["met_share"]),
        (&6.into(), &Value::Null)
    );
    assert_eq!(total["resolution"]["met"], 6);
    let printed = env.run(&["report"]).ok().stdout;
    let line = "no evidence for 6 imported tickets: the log has no first response";
    assert!(printed.contains(line), "{printed}");
    env.does("desk verify");
    // A ticket of this desk is judged as ever.
    env.does("desk open own -c email");
    env.at("2026-03-03T09:00:00Z");
    assert_eq!(env.run(&["check"]).code, Some(1));
}

#[test]
fn a_mapped_first_response_is_the_evidence() {
    let mut env = answers("first_response = \"answered\"\nlast_message = \"told\"\n");
    let report = env.json(&["import", "log.csv", "--map", "map.toml"]);
    assert_eq!(
        report["findings"].as_array().unwrap().len(),
        2,
        "{report:#}"
    );
    // Empty cells say that nobody answered; times that cannot be are no evidence.
    let expected = ["missed", "running", "met", "missed", "none", "none"];
    assert_eq!(responses(&mut env), expected);
    assert_snapshot!(env.says(
        "
        desk show old:3
        desk import log.csv --map map.toml
        desk verify
        "
    ), @"
    $ desk show old:3
    #3 quick
      closed since 2012-03-02 20:00 · no priority
      incident, occurred · no category · L1 · unassigned
      opened 2012-03-02 08:00 by old, came by email

    Clocks
                  STATE  USED  LEFT  TARGET  PAUSED  DUE
      response    ✓ met   40m            3h          2012-03-02 11:00, stopped 2012-03-02 08:40
      resolution  ✓ met   12h            1d          2012-03-03 08:00, stopped 2012-03-02 20:00

    Resolution
      solved by old, 2012-03-02 20:00
      │ resolved in old
      restored    not confirmed yet

    Timeline
      2012-03-02 08:00  old   opened by email
      2012-03-02 08:00  anna  imported from old as 3
      2012-03-02 08:00  old   identified as incident
      2012-03-02 08:40  old   first response at 2012-03-02 08:40
      2012-03-02 19:00  old   last message at 2012-03-02 19:00
      2012-03-02 20:00  old   resolved (solved)
                    │ resolved in old
      2012-03-02 20:00  old   closed

    $ desk import log.csv --map map.toml
    read 6 rows: 0 new, 0 extended, 6 unchanged, 0 refused
    read 6 tickets: 0 new, 0 extended, 6 unchanged, 0 refused
    added 0 events

    $ desk verify
    DIR/desk.db: ✓ sound, 52 events, 6 tickets
      head: 55:HASH
    ");
    let quick = env.json(&["show", "3"])["clocks"]["response"].clone();
    assert_eq!(
        (&quick["used_s"], &quick["state"]),
        (&2400.into(), &"met".into())
    );
}

#[test]
fn columns_of_answers_are_suggested() {
    let mut env = Env::new();
    let log = "id,title,state,opened,First Response At,last_reply_at\n\
               1,a,closed,2012-03-02T08:00:00Z,2012-03-02T08:40:00Z,2012-03-02T08:50:00Z\n";
    std::fs::write(env.dir().join("log.csv"), log).unwrap();
    let map = env.run(&["import", "log.csv", "--suggest"]).ok().stdout;
    assert!(
        map.contains("first_response = \"First Response At\""),
        "{map}"
    );
    assert!(map.contains("last_message = \"last_reply_at\""), "{map}");
}
