//! The same facts in every output format: `--format`, `--columns`, `--count`.

use insta::assert_snapshot;

use crate::env::Env;

fn two() -> Env {
    two_in(Env::new())
}

fn two_in(mut env: Env) -> Env {
    env.does(
        r#"
        desk open "VPN, \"drops\"" --requester "=Mia Roth" --channel phone
        desk open Printer --key printer
        desk investigate 2 "no paper"
        "#,
    );
    env
}

#[test]
fn a_list_has_every_format() {
    assert_snapshot!(two().says(
        "
        desk list --columns id,title,requester,sla
        desk list --columns id,title,requester,sla --json
        desk list --columns id,title,requester,sla --format jsonl
        desk list --columns id,title,requester,sla --format csv
        desk list --columns id,title,requester,sla --format csv --no-header
        desk list --columns id,title --format ids
        desk list --columns id,title --ids
        desk list --json --limit 1 --columns id
        desk list --limit 1 --columns id
        "
    ), @r#"
    $ desk list --columns id,title,requester,sla
    ID  TITLE         REQUESTER  SLA
     2  Printer                  ✓ 2h58m
     1  VPN, \drops\  =Mia Roth  ✓ 23h57m

    $ desk list --columns id,title,requester,sla --json
    [
    {"id":2,"title":"Printer","requester":{"name":null,"contact":null,"language":null},"sla":"ok"},
    {"id":1,"title":"VPN, \\drops\\","requester":{"name":"=Mia Roth","contact":null,"language":null},"sla":"ok"}
    ]

    $ desk list --columns id,title,requester,sla --format jsonl
    {"id":2,"title":"Printer","requester":{"name":null,"contact":null,"language":null},"sla":"ok"}
    {"id":1,"title":"VPN, \\drops\\","requester":{"name":"=Mia Roth","contact":null,"language":null},"sla":"ok"}

    $ desk list --columns id,title,requester,sla --format csv
    id,title,requester,sla
    2,Printer,,ok
    1,"VPN, \drops\",'=Mia Roth,ok

    $ desk list --columns id,title,requester,sla --format csv --no-header
    2,Printer,,ok
    1,"VPN, \drops\",'=Mia Roth,ok

    $ desk list --columns id,title --format ids
    2
    1

    $ desk list --columns id,title --ids
    ! desk: '--columns <NAMES>' cannot be used with '--ids'
    !   hint: usage: desk list --columns <NAMES> [FILTER]...
    [exit 2]

    $ desk list --json --limit 1 --columns id
    [
    {"id":2}
    ]

    $ desk list --limit 1 --columns id
    ID
    2
    ! … and 1 more; show them with --limit 0
    "#);
}

#[test]
fn a_count_has_every_format() {
    assert_snapshot!(two().says(
        "
        desk list --count
        desk list --count --json
        desk list --count --format jsonl
        desk list --count --format csv
        desk list --count --format ids
        desk sla --count --json
        "
    ), @r#"
    $ desk list --count
    2

    $ desk list --count --json
    {"count":2}

    $ desk list --count --format jsonl
    {"count":2}

    $ desk list --count --format csv
    count
    2

    $ desk list --count --format ids
    2

    $ desk sla --count --json
    {"count":2}
    "#);
}

#[test]
fn the_result_of_a_write_has_every_format() {
    assert_snapshot!(two().says(
        "
        desk log 1 one --format ids
        desk log 1,2 two --format csv
        desk log 1,2 two --format ids
        desk open Phone --format ids
        "
    ), @r#"
    $ desk log 1 one --format ids
    1

    $ desk log 1,2 two --format csv
    id,changed,opened,did,title,status,since,waiting_for,wake_at,kind,onset,channel,requester,contact,category,users,business,impact,urgency,priority,tier,assignee,opened_at,updated_at,resolved_at,closed_at,code,satisfaction,reopenings,escalations,merged_into,key,response_state,response_shows,response_target_s,response_due,response_used_s,response_left_s,response_stopped_at,response_paused_s,response_reclassified,update_state,update_shows,update_target_s,update_due,update_used_s,update_left_s,update_stopped_at,update_paused_s,update_reclassified,resolution_state,resolution_shows,resolution_target_s,resolution_due,resolution_used_s,resolution_left_s,resolution_stopped_at,resolution_paused_s,resolution_reclassified,next_due,sla,source,number,known_error,assignee_name,tags,fields,checklist,unanswered_since,spent_s,promised
    1,true,false,logged,"VPN, \drops\",new,2026-03-02T09:00:00Z,,,,occurred,phone,'=Mia Roth,,,,,,,,L1,,2026-03-02T09:00:00Z,2026-03-02T09:04:00Z,,,,,0,0,,,met,met,10800,2026-03-02T12:00:00Z,0,10800,2026-03-02T09:00:00Z,0,false,none,none,,,,,,,,running,ok,86400,2026-03-03T09:00:00Z,240,86160,,0,false,2026-03-03T09:00:00Z,ok,,,false,,,,,,0,
    2,true,false,logged,Printer,active,2026-03-02T09:02:00Z,,,,occurred,other,,,,,,,,,L1,,2026-03-02T09:01:00Z,2026-03-02T09:04:00Z,,,,,0,0,,printer,running,ok,10800,2026-03-02T12:01:00Z,180,10620,,0,false,none,none,,,,,,,,running,ok,86400,2026-03-03T09:01:00Z,180,86220,,0,false,2026-03-02T12:01:00Z,ok,,,false,,,,,2026-03-02T09:01:00Z,0,

    $ desk log 1,2 two --format ids
    1
    2

    $ desk open Phone --format ids
    3
    "#);
    let done = two().json(&["identify", "2", "incident"]);
    assert_eq!(done["id"], 2);
    assert_eq!(done["ticket"]["kind"], "incident");
    assert_eq!(done["changed"], true);
}

#[test]
fn one_ticket_is_an_object_and_several_are_a_list() {
    let mut env = two();
    let pages = env.json(&["show", "1", "2"]);
    assert_eq!(pages.as_array().map(Vec::len), Some(2));
    assert!(env.json(&["show", "1"]).is_object());
    assert!(env.json(&["take", "1"]).is_object());
    assert_eq!(env.json(&["take", "1,2"]).as_array().map(Vec::len), Some(2));
    let lines = env.run(&["show", "1-2", "--format", "jsonl"]).ok().stdout;
    assert_eq!(lines.lines().count(), 2);
    let ids = env.run(&["show", "1-2", "--format", "ids"]).ok();
    assert_snapshot!(ids.transcript(), @"
    1
    2
    ");
}

#[test]
fn results_about_the_store_have_every_format() {
    assert_snapshot!(two_in(Env::file("only a file is restored")).says(
        "
        desk verify --json
        desk verify --format csv
        desk verify --format ids
        desk backup copy.db --json
        desk restore --yes copy.db --format csv
        desk config --format ids
        desk investigate 2 --json
        desk investigate 2 --format ids
        desk sla --format csv --columns id,sla
        desk sla --format ids
        desk sla --format jsonl --columns id,sla
        desk sla --json --columns id,sla
        "
    ), @r#"
    $ desk verify --json
    {"path":"DIR/desk.db","ok":true,"events":9,"tickets":2,"head":"10:HASH","faults":[],"notes":[]}

    $ desk verify --format csv
    path,ok,events,tickets,head,faults,notes
    DIR/desk.db,true,9,2,10:HASH,,

    $ desk verify --format ids
    DIR/desk.db: ✓ sound, 9 events, 2 tickets
      head: 10:HASH

    $ desk backup copy.db --json
    {"done":"backed-up","path":"DIR/copy.db","aside":null}

    $ desk restore --yes copy.db --format csv
    done,path,aside
    restored,DIR/desk.db,DIR/desk.db.before-restore

    $ desk config --format ids
    SETTING         FROM         VALUE
    db              environment  DIR/desk.db
    agent           environment  anna
    channel         default      -
    at              default      -
    format          flag         ids
    color           default      off
    tz              environment  UTC
    editor          default      vi
    pager           default      -
    mail transport  default      -
    user file       default      DIR/.config/desk/config.toml

    $ desk investigate 2 --json
    [
    {"number":1,"text":"no paper","by":"anna","verdict":"open"}
    ]

    $ desk investigate 2 --format ids
      hypothesis 1 by anna: ? open
        │ no paper

    $ desk sla --format csv --columns id,sla
    id,sla
    2,ok
    1,ok

    $ desk sla --format ids
    2
    1

    $ desk sla --format jsonl --columns id,sla
    {"id":2,"sla":"ok"}
    {"id":1,"sla":"ok"}

    $ desk sla --json --columns id,sla
    {"at":"2026-03-02T09:14:00Z","priorities":[{"priority":null,"open":2,"overdue":0,"at_risk":0,"paused":0,"resolved":0,"unassigned":2}],"by":"priority","groups":[{"group":null,"open":2,"overdue":0,"at_risk":0,"paused":0,"resolved":0,"unassigned":2}],"tickets":[{"id":2,"sla":"ok"},{"id":1,"sla":"ok"}]}
    "#);
}

#[test]
fn an_unknown_format_is_refused_with_the_known_ones() {
    assert_snapshot!(two().says(
        "
        desk list --format jsno
        DESK_FORMAT=jsno desk list
        desk list --json --format csv
        desk list --ids --count
        "
    ), @r#"
    $ desk list --format jsno
    ! desk: invalid value 'jsno' for '--format <FORMAT>'
    !   hint: did you mean 'json'? accepted: table, json, jsonl, csv, tsv, ids, html
    [exit 2]

    $ DESK_FORMAT=jsno desk list
    ! desk: unknown format 'jsno' (environment)
    !   hint: accepted: table, json, jsonl, csv, tsv, ids, html
    [exit 2]

    $ desk list --json --format csv
    ! {"error":{"code":"usage","message":"'--json' cannot be used with '--format <FORMAT>'","hint":"usage: desk list --json [FILTER]...","exit_code":2}}
    [exit 2]

    $ desk list --ids --count
    ! desk: '--ids' cannot be used with '--count'
    !   hint: usage: desk list --ids [FILTER]...
    [exit 2]
    "#);
}

#[test]
fn text_from_strangers_cannot_move_the_cursor_or_the_spreadsheet() {
    let mut env = Env::new();
    let title = "red \u{1b}[31m and \u{202e}gnp.exe";
    let _opened = env.run(&["open", title, "--requester", "=cmd()"]).ok();
    assert_snapshot!(env.says(
        "
        desk list --columns id,title,requester
        desk list --columns id,title,requester --format csv
        "
    ), @r#"
    $ desk list --columns id,title,requester
    ID  TITLE                               REQUESTER
     1  red \u{1b}[31m and \u{202e}gnp.exe  =cmd()

    $ desk list --columns id,title,requester --format csv
    id,title,requester
    1,red \u{1b}[31m and \u{202e}gnp.exe,'=cmd()
    "#);
    assert_eq!(env.json(&["show", "1"])["title"], title);
}
