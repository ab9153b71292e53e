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
    refused 1 row, the first in line 13: the time updated does not fit %d/%m/%Y %H:%M (updated 'never')
    kept 1 row, the first in line 11: the ticket was closed without a resolution time
    kept 1 row, the first in line 8: unknown status (state '-100')
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
    refused 1 row, the first in line 13: the time updated does not fit %d/%m/%Y %H:%M (updated 'never')
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
    read 12 rows: 10 new, 0 extended, 0 unchanged, 2 refused
    read 3 tickets: 2 new, 0 extended, 0 unchanged, 1 refused
    added 26 events
    refused 1 row, the first in line 12: row has no number
    refused 1 row, the first in line 13: the time opened does not fit %d/%m/%Y %H:%M (opened '31/31/2016 08:00')
    kept 1 row, the first in line 11: the ticket was closed without a resolution time
    kept 1 row, the first in line 8: unknown status (state '-100')
    ! note: recognized by name: tier in 'level'
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
    dates = "%d/%m/%Y %H:%M"  # 2 of the sample fit no format, such as "31/31/2016 08:00"
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
    refused 1 row, the first in line 13: row is not a JSON object ('EOF while parsing a value at line 1 column 10')
    refused 1 row, the first in line 12: the time updated does not fit %d/%m/%Y %H:%M (updated 'never')
    kept 1 row, the first in line 10: the ticket was closed without a resolution time
    kept 1 row, the first in line 7: unknown status (state '-100')
    ! to list each of them: --json, or --format csv
    [exit 1]

    $ desk import log.jsonl --map map.toml
    read 13 rows: 0 new, 0 extended, 10 unchanged, 3 refused
    read 3 tickets: 0 new, 0 extended, 2 unchanged, 1 refused
    added 0 events
    refused 1 row, the first in line 11: row has no number
    refused 1 row, the first in line 13: row is not a JSON object ('EOF while parsing a value at line 1 column 10')
    refused 1 row, the first in line 12: the time updated does not fit %d/%m/%Y %H:%M (updated 'never')
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

const FOREIGN: &str = "id,Subject,Created,Technician\n\
    \"52 267\",a,2026-01-05 10:00,\"Lee, Ann (2685)\"\n\
    2024/117,b,2026-01-05 10:00,Pat O'Neil\n\
    bd-kwro,c,2026-01-05 10:00,CORP\\alee\n";

const FOREIGN_MAP: &str = "source = \"old\"\ndates = [\"%Y-%m-%d %H:%M\"]\nzone = \"UTC\"\n[columns]\n\
    number = \"id\"\ntitle = \"Subject\"\nopened = \"Created\"\nassignee = \"Technician\"\n";

fn foreign() -> Env {
    let env = Env::new();
    std::fs::write(env.dir().join("log.csv"), FOREIGN).unwrap();
    std::fs::write(env.dir().join("map.toml"), FOREIGN_MAP).unwrap();
    env
}

#[test]
fn agents_keep_their_tickets_and_the_names_of_the_log() {
    let mut env = foreign();
    assert_snapshot!(env.says(
        r#"
        desk import log.csv --map map.toml
        desk list --sort id --columns number,assignee,assignee_name --format csv
        desk list --assignee "pat o'neil" --columns number --format csv
        desk assign bd-kwro "Lee, Ann (2685)"
        desk assign bd-kwro "Nobody, Known"
        desk import log.csv --map map.toml
        desk verify -q
        "#
    ), @r#"
    $ desk import log.csv --map map.toml
    read 3 rows: 3 new, 0 extended, 0 unchanged, 0 refused
    read 3 tickets: 3 new, 0 extended, 0 unchanged, 0 refused
    added 18 events

    $ desk list --sort id --columns number,assignee,assignee_name --format csv
    number,assignee,assignee_name
    52 267,Lee-Ann-2685,"Lee, Ann (2685)"
    2024/117,Pat-ONeil,Pat O'Neil
    bd-kwro,CORP-alee,CORP\alee

    $ desk list --assignee "pat o'neil" --columns number --format csv
    number
    2024/117

    $ desk assign bd-kwro "Lee, Ann (2685)"
    #3 assigned to Lee-Ann-2685

    $ desk assign bd-kwro "Nobody, Known"
    ! desk: 'Nobody, Known' is not a name for an agent
    !   hint: use letters, digits and . _ - @ +, without spaces, such as anna or j.doe
    [exit 2]

    $ desk import log.csv --map map.toml
    read 3 rows: 0 new, 0 extended, 3 unchanged, 0 refused
    read 3 tickets: 0 new, 0 extended, 3 unchanged, 0 refused
    added 0 events

    $ desk verify -q
    DIR/desk.db: ✓ sound, 19 events, 3 tickets
      head: 26:HASH
    "#);
    let page = env.run(&["show", "old:52 267"]).ok().stdout;
    assert!(page.contains("Lee-Ann-2685 (Lee, Ann (2685))"), "{page}");
    let export = env.run(&["export"]).ok().stdout;
    std::fs::write(env.dir().join("desk.jsonl"), export).unwrap();
    env.does("desk --db copy.db init")
        .does("desk --db copy.db import desk.jsonl");
    let list = env.json(&["--db", "copy.db", "list", "--sort", "id"]);
    assert_eq!(list[1]["assignee_name"], "Pat O'Neil");
}

#[test]
fn a_run_is_undone_unless_somebody_has_touched_its_tickets() {
    let mut env = foreign();
    env.does("desk open own")
        .does("desk -q import log.csv --map map.toml");
    let longer = FOREIGN.replace("2024/117,b,", "2024/117,better,") + "4,d,2026-01-06 10:00,ben\n";
    std::fs::write(env.dir().join("log.csv"), longer).unwrap();
    env.at("2026-03-02T10:00:00Z");
    assert_snapshot!(env.says(
        "
        desk import log.csv --map map.toml
        desk import --runs
        desk import --undo 1
        desk import --undo 2
        desk import --undo 2
        desk import --undo 9
        desk list --all --sort id --columns id,number,title --format csv
        desk show 5
        desk import --undo 1
        desk list --all --columns id,title --format csv
        desk report --format csv
        desk import log.csv --map map.toml
        desk log 6 touched
        desk import --undo 3
        desk verify
        "
    ), @"
    $ desk import log.csv --map map.toml
    read 4 rows: 1 new, 1 extended, 2 unchanged, 0 refused
    read 4 tickets: 1 new, 1 extended, 2 unchanged, 0 refused
    added 8 events

    $ desk import --runs
    RUN  IMPORTED          SOURCE  TICKETS
      1  2026-03-02 09:01  old           3
      2  2026-03-02 10:00  old           2

    $ desk import --undo 1
    ! desk: run 1 cannot be undone: #3 changed since, or it was undone before
    !   hint: undo later runs first, or end these tickets by hand
    [exit 2]

    $ desk import --undo 2
    undone run 2 from old: 1 ticket removed, 1 restored

    $ desk import --undo 2
    ! desk: run 2 cannot be undone: #3, #5 changed since, or it was undone before
    !   hint: undo later runs first, or end these tickets by hand
    [exit 2]

    $ desk import --undo 9
    ! desk: there is no run 9 of an import
    !   hint: list them with: desk import --runs
    [exit 2]

    $ desk list --all --sort id --columns id,number,title --format csv
    id,number,title
    1,,own
    2,52 267,a
    3,2024/117,b
    4,bd-kwro,c

    $ desk show 5
    #5 d
      import undone 10:03 · no priority
      not identified · no category · L1 · ben
      opened 2026-01-06 10:00 by old

    Clocks
                  STATE        USED  LEFT  TARGET  PAUSED  DUE
      resolution  - cancelled   55d            1d          stopped 10:03

    Timeline
      2026-01-06 10:00  old   opened
      2026-01-06 10:00  anna  imported from old as 4
      2026-01-06 10:00  old   assigned to ben
      10:03             anna  import undone

    $ desk import --undo 1
    undone run 1 from old: 3 tickets removed, 0 restored

    $ desk list --all --columns id,title --format csv
    id,title
    1,own

    $ desk report --format csv
    scope,priority,opened,resolved,closed,merged,open,open_resolved,open_overdue,open_response_late,open_resolution_late,age_median_s,age_oldest_s,response_met,response_missed,response_missed_open,response_relaxed,response_reclassified,response_cancelled,response_unpromised,response_no_evidence,response_met_share,response_met_share_of_all,response_elapsed_count,response_elapsed_mean_s,response_elapsed_median_s,response_elapsed_p90_s,response_working_count,response_working_mean_s,response_working_median_s,response_working_p90_s,resolution_met,resolution_missed,resolution_missed_open,resolution_relaxed,resolution_reclassified,resolution_cancelled,resolution_unpromised,resolution_no_evidence,resolution_met_share,resolution_met_share_of_all,resolution_elapsed_count,resolution_elapsed_mean_s,resolution_elapsed_median_s,resolution_elapsed_p90_s,resolution_working_count,resolution_working_mean_s,resolution_working_median_s,resolution_working_p90_s,answered_within_1h,answered_within_1h_share,answered_within_3h,answered_within_3h_share,mean_resolution_met,reopened,reopenings,reopened_share,first_line,first_line_share,escalations,handbacks,handed_back,satisfaction_count,satisfaction_mean,notifications_in_time,notifications_late,notifications_not_required,notifications_open,notifications_overdue,spent_s
    group,,1,0,0,0,1,0,0,0,0,4200,4200,0,0,0,0,0,0,0,0,,,0,,,,0,,,,0,0,0,0,0,0,0,0,,,0,,,,0,,,,0,0,0,,,0,0,,0,,,0,0,0,,0,0,0,0,0,0
    all,,1,0,0,0,1,0,0,0,0,4200,4200,0,0,0,0,0,0,0,0,,,0,,,,0,,,,0,0,0,0,0,0,0,0,,,0,,,,0,,,,0,0,0,,,0,0,,0,,,0,0,0,,0,0,0,0,0,0

    $ desk import log.csv --map map.toml
    read 4 rows: 4 new, 0 extended, 0 unchanged, 0 refused
    read 4 tickets: 4 new, 0 extended, 0 unchanged, 0 refused
    added 24 events

    $ desk log 6 touched
    #6 logged

    $ desk import --undo 3
    ! desk: run 3 cannot be undone: #6 changed since, or it was undone before
    !   hint: undo later runs first, or end these tickets by hand
    [exit 2]

    $ desk verify
    DIR/desk.db: ✓ sound, 60 events, 9 tickets
      head: 67:HASH
    ");
    let runs = env.json(&["import", "--runs"]);
    assert_eq!(runs.as_array().unwrap().len(), 3, "{runs:#}");
}

#[test]
fn a_mapping_is_changed_and_printed() {
    let mut env = Env::new();
    let map = env
        .run(&[
            "import",
            "--map",
            "servicenow",
            "--set",
            "zone=Europe/Berlin",
            "--set",
            "dates=%m/%d/%Y",
            "--print",
        ])
        .ok()
        .stdout;
    assert!(
        map.contains("zone = \"Europe/Berlin\"") && map.contains("dates = \"%m/%d/%Y\""),
        "{map}"
    );
    let log = "number,opened_at,short_description\nINC1,03/04/2026,x\nINC2,05/06/2025,y\n";
    std::fs::write(env.dir().join("log.csv"), log).unwrap();
    assert_snapshot!(env.says(
        r#"
        desk import log.csv --map servicenow
        desk import log.csv --map servicenow --set dates=%m/%d/%Y --set zone=mars
        desk import log.csv --map servicenow --set dates
        desk -q import log.csv --map servicenow --set dates=%d/%m/%Y
        desk list --all --sort id --columns number,opened_at --format csv
        "#
    ), @"
    $ desk import log.csv --map servicenow
    ! desk: cannot import log.csv: every time fits %d/%m/%Y and %m/%d/%Y: '03/04/2026' is 3 April 2026 or 4 March 2026
    !   hint: choose one: --set 'dates=%d/%m/%Y' or --set 'dates=%m/%d/%Y'
    [exit 2]

    $ desk import log.csv --map servicenow --set dates=%m/%d/%Y --set zone=mars
    ! desk: servicenow is not a valid mapping: line 6: zone: unknown time zone 'mars'; give an IANA name such as Europe/Berlin, or UTC
    !   hint: start with a built-in mapping, or with the output of desk import --suggest FILE
    [exit 2]

    $ desk import log.csv --map servicenow --set dates
    ! desk: 'dates' is not KEY=VALUE
    !   hint: use one such as --set zone=Europe/Berlin
    [exit 2]

    $ desk -q import log.csv --map servicenow --set dates=%d/%m/%Y
    [exit 1]

    $ desk list --all --sort id --columns number,opened_at --format csv
    number,opened_at
    INC2,2025-06-05T00:00:00Z
    ");
}

#[test]
fn a_file_without_numbers_or_dates_uses_its_rows_and_a_constant() {
    let mut env = Env::new();
    let log = "what;who\nPrinter smokes;Mia\nVPN drops;Tom\n";
    std::fs::write(env.dir().join("list.csv"), log).unwrap();
    let map = "shape = \"tickets\"\ndelimiter = \";\"\nsource = \"paper\"\nzone = \"UTC\"\n[columns]\n\
        number = { row = true }\nopened = { value = \"2026-01-05\" }\ntitle = \"what\"\nrequester = \"who\"\n";
    std::fs::write(env.dir().join("map.toml"), map).unwrap();
    assert_snapshot!(env.says(
        "
        desk -q import list.csv --map map.toml
        desk list --sort id --columns id,number,opened_at,requester,title --format csv
        desk -q import list.csv --map map.toml
        desk list --count
        desk show 'paper:2'
        "
    ), @"
    $ desk -q import list.csv --map map.toml

    $ desk list --sort id --columns id,number,opened_at,requester,title --format csv
    id,number,opened_at,requester,title
    1,1,2026-01-05T00:00:00Z,Mia,Printer smokes
    2,2,2026-01-05T00:00:00Z,Tom,VPN drops

    $ desk -q import list.csv --map map.toml

    $ desk list --count
    2

    $ desk show 'paper:2'
    #2 VPN drops
      new since 2026-01-05 00:00 · no priority
      not identified · no category · L1 · unassigned
      opened 2026-01-05 00:00 by paper

    Clocks
                  STATE        USED     LEFT  TARGET  PAUSED  DUE
      resolution  ✗ overdue  56d 9h  -55d 9h      1d          2026-01-06 00:00

    Requester
      name        Tom

    Timeline
      2026-01-05 00:00  paper  opened
      2026-01-05 00:00  anna   imported from paper as 2
    ");
}

#[test]
fn exports_in_other_languages_are_recognized() {
    let mut env = Env::new();
    let log = "\u{feff}\"ID\";\"Titel\";\"Status\";\"Eröffnungsdatum\";\"Letzte Aktualisierung\";\"Priorität\";\
        \"Anfragesteller - Anfragesteller\";\"Zugewiesen an - Techniker\";\"Kategorie\";\"Lösung\"\n\
        \"52 267\";\"Drucker brennt\";\"Geschlossen\";\"05-01-2026 10:00\";\"15-01-2026 11:00\";\"Hoch\";\
        \"Mia Roth\";\"Lee Ann (2685)\";\"Hardware > Drucker\";\"Gelöscht\"\n";
    std::fs::write(env.dir().join("log.csv"), log).unwrap();
    assert_snapshot!(env.says(
        "
        desk import log.csv --map glpi
        desk list --all --columns number,title,status,priority,requester,assignee_name,category,opened_at,closed_at --format csv
        "
    ), @"
    $ desk import log.csv --map glpi
    read 1 row: 1 new, 0 extended, 0 unchanged, 0 refused
    read 1 ticket: 1 new, 0 extended, 0 unchanged, 0 refused
    added 10 events
    ! note: columns are separated by ';'
    ! note: recognized by name: opened in 'Eröffnungsdatum', updated in 'Letzte Aktualisierung', title in 'Titel', priority in 'Priorität', requester in 'Anfragesteller - Anfragesteller', assignee in 'Zugewiesen an - Techniker', category in 'Kategorie', resolution in 'Lösung'

    $ desk list --all --columns number,title,status,priority,requester,assignee_name,category,opened_at,closed_at --format csv
    number,title,status,priority,requester,assignee_name,category,opened_at,closed_at
    52 267,Drucker brennt,closed,P2,Mia Roth,Lee Ann (2685),hardware/drucker,2026-01-05T10:00:00Z,2026-01-15T11:00:00Z
    ");
}

#[test]
fn what_never_ends_is_refused() {
    let mut env = foreign();
    let wide: Vec<String> = (0..50_000).map(|n| format!("c{n}")).collect();
    std::fs::write(env.dir().join("wide.csv"), wide.join(",") + "\n").unwrap();
    assert_snapshot!(env.says(
        "
        desk import /dev/zero --map map.toml
        desk import --suggest wide.csv
        desk import /dev/null
        "
    ), @"
    $ desk import /dev/zero --map map.toml
    ! desk: cannot read /dev/zero: not a regular file
    !   hint: give the path of a file, or - for stdin
    [exit 2]

    $ desk import --suggest wide.csv
    ! desk: cannot read wide.csv as a table: it has 50000 columns, at most 4000 are read
    !   hint: give a CSV file whose first line names its columns, or JSON Lines
    [exit 2]

    $ desk import /dev/null
    ! desk: cannot read /dev/null: not a regular file
    !   hint: give the path of a file, or - for stdin
    [exit 2]
    ");
}
