//! JSON output, validated against the schemas.

use insta::assert_snapshot;
use serde_json::Value;

use super::super::test_terminal::TestTerminal;
use super::super::tests::calendars;
use super::super::tests::hostile;
use super::super::tests::lists::{listing, some};
use super::super::*;
use crate::domain::group_counts::GroupCounts;
use crate::domain::rejection::Rejection;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{Channel, Grouping};
use crate::testing::sample_tickets::*;

fn settings() -> Vec<Setting> {
    let db = Some("/srv/desk.db".to_owned());
    vec![
        Setting {
            name: "db".into(),
            value: db,
            source: "flag",
        },
        Setting {
            name: "as".into(),
            value: None,
            source: "default",
        },
    ]
}

fn verified() -> Verification {
    Verification {
        path: "/srv/desk.db".into(),
        events: 1_234,
        tickets: 1,
        head: "1234:abcd".to_owned(),
        faults: vec!["event 7 of #3 has a wrong hash".to_owned()],
        notes: vec![],
    }
}

fn kept() -> StoreOperation {
    StoreOperation::new("backed up", "/srv/copy.db".into())
}

fn nothing() -> GroupCounts {
    GroupCounts {
        by: Grouping::Priority,
        groups: vec![],
    }
}

fn valid(schema_name: &str, text: &str) {
    let schema: Value = serde_json::from_str(&schema::text(schema_name)).unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    if let Err(fault) = jsonschema::draft202012::validate(&schema, &value) {
        panic!("{schema_name}: {fault} at {}", fault.instance_path());
    }
}

#[test]
fn every_json_output_is_valid_by_its_schema() {
    let terminal = TestTerminal::new(OutputFormat::Json, None, 100);
    valid("tickets", &terminal.shows(&listing(some())));
    valid(
        "tickets",
        terminal.shows(&listing(vec![])).lines().next().unwrap(),
    );
    valid(
        "sla",
        &terminal.shows(&SlaTable {
            list: listing(some()),
            counts: nothing(),
        }),
    );
    valid(
        "show",
        &terminal.shows(&TicketPages(vec![every_fact().page()])),
    );
    valid(
        "show",
        &terminal.shows(&Handovers(TicketPages(vec![
            Life::new(1, "x", Channel::Chat).page(),
        ]))),
    );
    valid(
        "done",
        &terminal.shows(&TicketUpdates::new(vec![whole_life().opening()])),
    );
    valid(
        "hypotheses",
        &terminal.shows(&Hypotheses(whole_life().page())),
    );
    let counted = TicketList {
        rows: Rows::Count(7),
        ..listing(vec![])
    };
    valid("count", &terminal.shows(&counted));
    valid("settings", &terminal.shows(&Settings(settings())));
    let names = [
        "calendars",
        "calendar",
        "calendar-due",
        "calendar-elapsed",
        "calendar-open-at",
        "calendar-next-open",
        "calendar-next-open",
    ];
    for (name, printed) in names.iter().zip(calendars::all()) {
        valid(name, &terminal.shows(printed.as_ref()));
    }
    valid("verified", &terminal.shows(&verified()));
    valid("kept", &terminal.shows(&kept()));
    let lines = TestTerminal::new(OutputFormat::Jsonl, None, 100).shows(&listing(some()));
    assert_eq!(lines.lines().count(), 4);
    lines.lines().for_each(|line| valid("ticket", line));
    let zone = Zone::utc();
    let style = ErrorStyle {
        monitoring: false,
        quiet: false,
        format: OutputFormat::Json,
        zone: &zone,
        color: false,
        terminal: false,
    };
    let fault = Rejection::Future {
        at: later(1),
        now: later(0),
    };
    valid("error", &error_text(&fault.into(), None, &style));
}

#[test]
fn a_ticket_in_json_has_its_clocks() {
    let terminal = TestTerminal::new(OutputFormat::Jsonl, None, 100);
    let text = terminal.shows(&listing(some().drain(..1).collect()));
    assert_snapshot!(text.replace(",\"", ",\n\""), @r#"
    {"id":7,
    "title":"Checkout is down for everyone",
    "status":"active",
    "since":"2026-03-02T09:01:00Z",
    "waiting_for":null,
    "wake_at":null,
    "kind":null,
    "onset":"occurred",
    "channel":"phone",
    "requester":{"name":"Mia Roth",
    "contact":"mia@example.org",
    "language":"de"},
    "category":null,
    "users":"high",
    "business":"low",
    "impact":"high",
    "urgency":"high",
    "priority":"P1",
    "tier":"L3",
    "assignee":"anna",
    "opened_at":"2026-03-02T09:00:00Z",
    "updated_at":"2026-03-02T09:02:00Z",
    "resolved_at":null,
    "closed_at":null,
    "code":null,
    "satisfaction":null,
    "reopenings":0,
    "escalations":1,
    "merged_into":null,
    "key":null,
    "clocks":{"response":{"state":"met",
    "shows":"met",
    "target_s":10800,
    "cadence_s":null,
    "calendar":"24x7",
    "policy_version":1,
    "started_at":"2026-03-02T09:00:00Z",
    "due":"2026-03-02T12:00:00Z",
    "used_s":0,
    "left_s":10800,
    "stopped_at":"2026-03-02T09:00:00Z",
    "paused_s":0,
    "reclassified":false,
    "relaxed":false},
    "update":{"state":"running",
    "shows":"overdue",
    "target_s":3600,
    "cadence_s":3600,
    "calendar":"24x7",
    "policy_version":1,
    "started_at":"2026-03-02T09:00:00Z",
    "due":"2026-03-02T10:00:00Z",
    "used_s":6000,
    "left_s":-2400,
    "stopped_at":null,
    "paused_s":0,
    "reclassified":false,
    "relaxed":false},
    "resolution":{"state":"running",
    "shows":"ok",
    "target_s":14400,
    "cadence_s":null,
    "calendar":"24x7",
    "policy_version":1,
    "started_at":"2026-03-02T09:00:00Z",
    "due":"2026-03-02T13:00:00Z",
    "used_s":6000,
    "left_s":8400,
    "stopped_at":null,
    "paused_s":0,
    "reclassified":false,
    "relaxed":false}},
    "next_due":"2026-03-02T10:00:00Z",
    "sla":"overdue",
    "source":null,
    "number":null,
    "known_error":false,
    "assignee_name":null,
    "tags":[],
    "fields":{},
    "checklist":null,
    "unanswered_since":null}
    "#);
}

#[test]
fn columns_select_keys_and_lists_are_arrays() {
    let columns = Some(vec![Column::Title, Column::Id, Column::Sla]);
    let list = || TicketList {
        columns: columns.clone(),
        added: Vec::new(),
        ..listing(some())
    };
    let printed = |format| TestTerminal::new(format, None, 100).shows(&list());
    assert_snapshot!(printed(OutputFormat::Json), @r#"
    [
    {"title":"Checkout is down for everyone","id":7,"sla":"overdue"},
    {"title":"VPN drops every ten minutes when the train leaves the station and comes back again","id":42,"sla":"at-risk"},
    {"title":"Printer","id":1004,"sla":"ok"},
    {"title":"New laptop for the sales team","id":1003,"sla":null}
    ]
    "#);
    assert_snapshot!(printed(OutputFormat::Jsonl), @r#"
    {"title":"Checkout is down for everyone","id":7,"sla":"overdue"}
    {"title":"VPN drops every ten minutes when the train leaves the station and comes back again","id":42,"sla":"at-risk"}
    {"title":"Printer","id":1004,"sla":"ok"}
    {"title":"New laptop for the sales team","id":1003,"sla":null}
    "#);
    assert_snapshot!(printed(OutputFormat::Csv), @"
    title,id,sla
    Checkout is down for everyone,7,overdue
    VPN drops every ten minutes when the train leaves the station and comes back again,42,at-risk
    Printer,1004,ok
    New laptop for the sales team,1003,
    ");
    assert_snapshot!(printed(OutputFormat::Ids), @"
    7
    42
    1004
    1003
    ");
}

#[test]
fn no_tickets_are_an_empty_list() {
    let printed = |format| TestTerminal::new(format, None, 100).shows(&listing(vec![]));
    assert_snapshot!(printed(OutputFormat::Json), @"
    []
    --- stderr
    no open tickets
    ");
    assert_snapshot!(printed(OutputFormat::Jsonl), @"
    --- stderr
    no open tickets
    ");
    assert_snapshot!(printed(OutputFormat::Csv), @"
    --- stderr
    no open tickets
    ");
    assert_snapshot!(printed(OutputFormat::Ids), @"
    --- stderr
    no open tickets
    ");
}

#[test]
fn a_write_reports_what_it_did() {
    let printed = |format| {
        let mut life = Life::new(1, "x", Channel::Chat);
        let command = || crate::domain::decide::Command::Prioritize(ratings("high", "high"));
        let all = vec![
            life.opening(),
            life.does(1, "anna", command()),
            life.does(2, "anna", command()),
        ];
        TestTerminal::new(format, None, 5).shows(&TicketUpdates::new(all))
    };
    let head = |text: &str| -> String {
        let lines = text.lines();
        lines
            .map(|line| {
                line.split(",\"ticket\"")
                    .next()
                    .unwrap_or_default()
                    .to_owned()
                    + "\n"
            })
            .collect()
    };
    assert_snapshot!(head(&printed(OutputFormat::Json)), @r#"
    [
    {"id":1,"named":null,"changed":true,"opened":true,"did":["opened"]
    {"id":1,"named":null,"changed":true,"opened":false,"did":["prioritized","escalated"]
    {"id":1,"named":null,"changed":false,"opened":false,"did":[]
    ]
    "#);
    assert_snapshot!(head(&printed(OutputFormat::Jsonl)), @r#"
    {"id":1,"named":null,"changed":true,"opened":true,"did":["opened"]
    {"id":1,"named":null,"changed":true,"opened":false,"did":["prioritized","escalated"]
    {"id":1,"named":null,"changed":false,"opened":false,"did":[]
    "#);
    assert_snapshot!(printed(OutputFormat::Csv), @"
    id,changed,opened,did,title,status,since,waiting_for,wake_at,kind,onset,channel,requester,contact,category,users,business,impact,urgency,priority,tier,assignee,opened_at,updated_at,resolved_at,closed_at,code,satisfaction,reopenings,escalations,merged_into,key,response_state,response_shows,response_target_s,response_due,response_used_s,response_left_s,response_stopped_at,response_paused_s,response_reclassified,update_state,update_shows,update_target_s,update_due,update_used_s,update_left_s,update_stopped_at,update_paused_s,update_reclassified,resolution_state,resolution_shows,resolution_target_s,resolution_due,resolution_used_s,resolution_left_s,resolution_stopped_at,resolution_paused_s,resolution_reclassified,next_due,sla,source,number,known_error,assignee_name,tags,fields,checklist,unanswered_since,spent_s,promised
    1,true,true,opened,x,new,2026-03-02T09:00:00Z,,,,occurred,chat,Mia Roth,mia@example.org,,,,,,,L1,,2026-03-02T09:00:00Z,2026-03-02T09:00:00Z,,,,,0,0,,,running,ok,10800,2026-03-02T12:00:00Z,300,10500,,0,false,none,none,,,,,,,,running,ok,86400,2026-03-03T09:00:00Z,300,86100,,0,false,2026-03-02T12:00:00Z,ok,,,false,,,,,2026-03-02T09:00:00Z,0,
    1,true,false,prioritized escalated,x,active,2026-03-02T09:01:00Z,,,,occurred,chat,Mia Roth,mia@example.org,,high,low,high,high,P1,L3,,2026-03-02T09:00:00Z,2026-03-02T09:01:00Z,,,,,0,1,,,running,ok,3600,2026-03-02T10:00:00Z,300,3300,,0,false,none,none,,,,,,,,running,ok,14400,2026-03-02T13:00:00Z,300,14100,,0,false,2026-03-02T10:00:00Z,ok,,,false,,,,,2026-03-02T09:00:00Z,0,
    1,false,false,,x,active,2026-03-02T09:01:00Z,,,,occurred,chat,Mia Roth,mia@example.org,,high,low,high,high,P1,L3,,2026-03-02T09:00:00Z,2026-03-02T09:01:00Z,,,,,0,1,,,running,ok,3600,2026-03-02T10:00:00Z,300,3300,,0,false,none,none,,,,,,,,running,ok,14400,2026-03-02T13:00:00Z,300,14100,,0,false,2026-03-02T10:00:00Z,ok,,,false,,,,,2026-03-02T09:00:00Z,0,
    ");
    assert_snapshot!(printed(OutputFormat::Ids), @"
    1
    1
    1
    ");
}

#[test]
fn settings_and_store_outputs_have_every_format() {
    let mut printed = String::new();
    for format in [
        OutputFormat::Table,
        OutputFormat::Json,
        OutputFormat::Csv,
        OutputFormat::Ids,
    ] {
        let terminal = TestTerminal::new(format, None, 0);
        printed += &format!("{format:?}\n");
        printed += &terminal.shows(&Settings(settings()));
        printed += &terminal.shows(&verified());
        printed += &terminal.shows(&kept());
        printed += &terminal.shows(&RawText(b"raw\n".to_vec()));
    }
    assert_snapshot!(printed, @r#"
    Table
    SETTING  FROM     VALUE
    db       flag     /srv/desk.db
    as       default  -
    /srv/desk.db: ✗ 1 fault, 1,234 events, 1 ticket
      fault: event 7 of #3 has a wrong hash
      head: 1234:abcd
    backed up /srv/copy.db
    raw
    Json
    [
    {"name":"db","value":"/srv/desk.db","source":"flag"},
    {"name":"as","value":null,"source":"default"}
    ]
    {"path":"/srv/desk.db","ok":false,"events":1234,"tickets":1,"head":"1234:abcd","faults":["event 7 of #3 has a wrong hash"],"notes":[]}
    {"done":"backed-up","path":"/srv/copy.db","aside":null}
    raw
    Csv
    name,value,source
    db,/srv/desk.db,flag
    as,,default
    path,ok,events,tickets,head,faults,notes
    /srv/desk.db,false,1234,1,1234:abcd,event 7 of #3 has a wrong hash,
    done,path,aside
    backed-up,/srv/copy.db,
    raw
    Ids
    SETTING  FROM     VALUE
    db       flag     /srv/desk.db
    as       default  -
    /srv/desk.db: ✗ 1 fault, 1,234 events, 1 ticket
      fault: event 7 of #3 has a wrong hash
      head: 1234:abcd
    backed up /srv/copy.db
    raw
    "#);
}

#[test]
fn times_are_exact_and_in_utc() {
    use super::super::published::value::At;
    assert_eq!(At(monday()).to_string(), "2026-03-02T09:00:00Z");
    let later = monday() + chrono::TimeDelta::milliseconds(45);
    assert_eq!(At(later).to_string(), "2026-03-02T09:00:00.045Z");
}

#[test]
fn a_fact_in_json_has_the_kind_of_the_domain() {
    let life = every_fact();
    let text =
        TestTerminal::new(OutputFormat::Json, None, 310).shows(&TicketPages(vec![life.page()]));
    let page: Value = serde_json::from_str(&text).unwrap();
    for (published, event) in page["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&life.history)
    {
        assert_eq!(published["kind"], event.fact.kind());
        assert_eq!(published["n"], event.n);
    }
}

#[test]
fn json_on_a_terminal_has_the_same_value() {
    let printed = |on_terminal| {
        let mut terminal = TestTerminal::new(OutputFormat::Json, None, 10);
        terminal.terminal = on_terminal;
        terminal.shows(&listing(hostile::rows()))
    };
    let (plain, shown) = (printed(false), printed(true));
    assert!(plain.contains('\u{202e}') && !shown.contains('\u{202e}'));
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(read(&plain), read(&shown));
}

#[test]
fn the_sla_table_is_an_object_with_any_columns() {
    let terminal = TestTerminal::new(OutputFormat::Json, None, 100);
    let columns = Some(vec![Column::Id]);
    let list = TicketList {
        columns,
        added: Vec::new(),
        ..listing(some())
    };
    assert_snapshot!(terminal.shows(&SlaTable { list, counts: nothing() }), @r#"{"at":"2026-03-02T10:40:00Z","priorities":[],"by":"priority","groups":[],"tickets":[{"id":7},{"id":42},{"id":1004},{"id":1003}]}"#);
}

#[test]
fn search_results_in_json_are_unchanged() {
    use super::search::{LONG, found, similar};
    let rows = |output: &dyn Output| {
        let json = TestTerminal::new(OutputFormat::Json, None, 400).shows(output);
        let json = json.split("--- stderr").next().unwrap();
        serde_json::from_str::<Value>(json).unwrap()
    };
    let found = rows(&found());
    assert_eq!(found[0]["title"], LONG);
    assert_eq!(found[0]["closeness"], 0.823);
    assert_eq!(found[0]["whole"], true);
    assert_eq!(found[0]["excerpt"]["field"], "message");
    let near = rows(&similar());
    assert_eq!(near[0]["resolution"]["turnaround_s"], 12_600);
    assert_eq!(near[0]["cause"], "\u{1b}[2Jold");
    assert_eq!(
        (&near[0]["alike"], &near[1]["alike"]),
        (&false.into(), &true.into())
    );
}
