//! `desk sweep`: every due action is taken once, and dated when it was due.

use std::io::BufRead;

use insta::assert_snapshot;

use crate::env::Env;

const RULES: &str = r#"
warnings = [50, 75]
auto_close = "2d"

[[escalations]]
clock = "resolution"
percent = 75
from = "L1"
to = "L2"
"#;

fn env() -> Env {
    env_in(Env::new())
}

fn env_in(mut env: Env) -> Env {
    std::fs::write(env.dir().join("policy.toml"), RULES).unwrap();
    env.does("desk policy set policy.toml");
    env.at("2026-03-02T09:00:00Z");
    env.does(
        r#"
        desk open "VPN drops" --channel phone -k incident -u high -b low -g medium --assign ben
        desk open "Mail bounces" --channel phone
        desk pause 2 vendor --until "12:00"
        "#,
    );
    env
}

#[test]
fn a_sweep_warns_escalates_wakes_and_says_so_in_the_order_of_time() {
    let mut env = env_in(Env::file("its JSON has an account of the operating system"));
    env.at("2026-03-02T18:00:00Z");
    assert_snapshot!(env.says(
        "desk sweep --dry-run
         desk sweep --json
         desk sweep
         desk show 1 --json --no-pager
         desk verify -q"
    ), @r#"
    $ desk sweep --dry-run
    2026-03-02 12:00  #2 resumed, resolution due in 17h 59m (Tue 11:59)  Mail bounces
    2026-03-02 13:00  #1 resolution has used 50 % of its time  VPN drops
    2026-03-02 15:00  #1 resolution has used 75 % of its time, escalated L1 -> L2, unassigned, resolution overdue by 1h (since 17:00)  VPN drops
    2026-03-02 17:00  #1 resolution is overdue  VPN drops

    $ desk sweep --json
    {"id":2,"at":"2026-03-02T12:00:00Z","act":"resumed","clock":null,"percent":null,"to_tier":null,"assignee":null,"title":"Mail bounces"}
    {"id":1,"at":"2026-03-02T13:00:00Z","act":"warned","clock":"resolution","percent":50,"to_tier":null,"assignee":"ben","title":"VPN drops"}
    {"id":1,"at":"2026-03-02T15:00:00Z","act":"escalated","clock":"resolution","percent":75,"to_tier":"L2","assignee":null,"title":"VPN drops"}
    {"id":1,"at":"2026-03-02T17:00:00Z","act":"breached","clock":"resolution","percent":100,"to_tier":null,"assignee":null,"title":"VPN drops"}

    $ desk sweep

    $ desk show 1 --json --no-pager
    {"id":1,"title":"VPN drops","status":"active","since":"2026-03-02T09:00:00Z","waiting_for":null,"wake_at":null,"kind":"incident","onset":"occurred","channel":"phone","requester":{"name":null,"contact":null,"language":null},"category":null,"users":"high","business":"low","impact":"high","urgency":"medium","priority":"P2","tier":"L2","assignee":null,"opened_at":"2026-03-02T09:00:00Z","updated_at":"2026-03-02T17:00:00Z","resolved_at":null,"closed_at":null,"code":null,"satisfaction":null,"reopenings":0,"escalations":1,"merged_into":null,"key":null,"clocks":{"response":{"state":"met","shows":"met","target_s":7200,"cadence_s":null,"calendar":"24x7","policy_version":2,"started_at":"2026-03-02T09:00:00Z","due":"2026-03-02T11:00:00Z","used_s":0,"left_s":7200,"stopped_at":"2026-03-02T09:00:00Z","paused_s":0,"reclassified":false,"relaxed":false},"update":{"state":"none","shows":"none","target_s":null,"cadence_s":null,"calendar":null,"policy_version":null,"started_at":null,"due":null,"used_s":null,"left_s":null,"stopped_at":null,"paused_s":null,"reclassified":null,"relaxed":null},"resolution":{"state":"running","shows":"overdue","target_s":28800,"cadence_s":null,"calendar":"24x7","policy_version":2,"started_at":"2026-03-02T09:00:00Z","due":"2026-03-02T17:00:00Z","used_s":32580,"left_s":-3780,"stopped_at":null,"paused_s":0,"reclassified":false,"relaxed":false}},"next_due":"2026-03-02T17:00:00Z","sla":"overdue","source":null,"number":null,"known_error":false,"assignee_name":null,"tags":[],"fields":{},"checklist":null,"unanswered_since":null,"description":null,"symptoms":[],"affected":[],"began_at":null,"extent":null,"answers":[],"findings":[],"knowledge":null,"checklist_items":[],"hypotheses":[],"calls":[],"messages":[],"links":[],"merged_tickets":[],"occurrences":null,"participants":[],"attachments":[],"resolution":null,"comment":null,"timeline":[{"n":1,"at":"2026-03-02T09:00:00Z","recorded_at":"2026-03-02T09:00:00Z","actor":"anna","login":{"user":"anna","uid":1000,"host":"desk-1"},"kind":"opened","data":{"title":"VPN drops","requester":{"name":null,"contact":null,"language":null},"channel":"phone","tier":"L1"}},{"n":2,"at":"2026-03-02T09:00:00Z","recorded_at":"2026-03-02T09:00:00Z","actor":"anna","login":{"user":"anna","uid":1000,"host":"desk-1"},"kind":"identified","data":{"kind":"incident","onset":"occurred"}},{"n":3,"at":"2026-03-02T09:00:00Z","recorded_at":"2026-03-02T09:00:00Z","actor":"anna","login":{"user":"anna","uid":1000,"host":"desk-1"},"kind":"prioritized","data":{"users":"high","business":"low","urgency":"medium","priority":"P2"}},{"n":4,"at":"2026-03-02T09:00:00Z","recorded_at":"2026-03-02T09:00:00Z","actor":"anna","login":{"user":"anna","uid":1000,"host":"desk-1"},"kind":"promised","data":{"clock":"response","target_s":7200,"calendar":"24x7","policy_version":2}},{"n":5,"at":"2026-03-02T09:00:00Z","recorded_at":"2026-03-02T09:00:00Z","actor":"anna","login":{"user":"anna","uid":1000,"host":"desk-1"},"kind":"promised","data":{"clock":"update","target_s":7200,"calendar":"24x7","policy_version":2}},{"n":6,"at":"2026-03-02T09:00:00Z","recorded_at":"2026-03-02T09:00:00Z","actor":"anna","login":{"user":"anna","uid":1000,"host":"desk-1"},"kind":"promised","data":{"clock":"resolution","target_s":28800,"calendar":"24x7","policy_version":2}},{"n":7,"at":"2026-03-02T09:00:00Z","recorded_at":"2026-03-02T09:00:00Z","actor":"anna","login":{"user":"anna","uid":1000,"host":"desk-1"},"kind":"assigned","data":{"agent":"ben"}},{"n":8,"at":"2026-03-02T13:00:00Z","recorded_at":"2026-03-02T18:01:00Z","actor":"desk","kind":"warned","data":{"clock":"resolution","percent":50}},{"n":9,"at":"2026-03-02T15:00:00Z","recorded_at":"2026-03-02T18:01:00Z","actor":"desk","kind":"warned","data":{"clock":"resolution","percent":75}},{"n":10,"at":"2026-03-02T15:00:00Z","recorded_at":"2026-03-02T18:01:00Z","actor":"desk","kind":"escalated","data":{"to":"L2","up":true,"reason":"the resolution clock has used 75 % of its time"}},{"n":11,"at":"2026-03-02T17:00:00Z","recorded_at":"2026-03-02T18:01:00Z","actor":"desk","kind":"warned","data":{"clock":"resolution","percent":100}}]}

    $ desk verify -q
    DIR/desk.db: ✓ sound, 17 events, 2 tickets
      head: 20:HASH
    "#);
}

#[test]
fn what_is_resolved_for_long_enough_is_closed() {
    let mut env = env();
    env.does(
        r#"
        desk identify 2 request
        desk categorize 2 mail
        desk prioritize 2 -u low -b low -g low
        desk resolve 2 "done" --restored-by Tom --tell "Done."
        "#,
    );
    env.at("2026-03-05T08:00:00Z");
    assert_snapshot!(env.says("desk sweep --format csv\ndesk list --status closed"), @"
    $ desk sweep --format csv
    at,id,act,clock,percent,to_tier,assignee,title,notification
    2026-03-02T13:00:00Z,1,warned,resolution,50,,ben,VPN drops,
    2026-03-02T15:00:00Z,1,escalated,resolution,75,L2,,VPN drops,
    2026-03-02T17:00:00Z,1,breached,resolution,100,,,VPN drops,
    2026-03-04T09:06:00Z,2,closed,,,,,Mail bounces,

    $ desk list --status closed
    ID  PRIO  STATUS  SLA    TIER  CATEGORY  TITLE
     2  P4    closed  ✓ met  L1    mail      Mail bounces
    ");
}

#[test]
fn two_sweeps_at_once_do_nothing_twice() {
    let mut env = env();
    env.at("2026-03-04T18:00:00Z");
    let running: Vec<_> = (0..8)
        .map(|_| env.command(&["sweep", "--json"]).spawn().unwrap())
        .collect();
    let mut told: Vec<String> = Vec::new();
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        told.extend(text.lines().map(str::to_owned));
    }
    let mut once = told.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), told.len(), "{told:#?}");
    assert_eq!(told.len(), 7, "{told:#?}");
    let quiet = env.run(&["sweep"]).ok();
    assert_eq!(quiet.stdout, "");
    let _sound = env.run(&["verify"]).ok();
}

#[test]
fn a_sweep_without_a_store_or_anything_due_says_nothing() {
    let mut bare = Env::bare();
    let mut command = bare.command(&["sweep"]);
    command.env_remove("DESK_DB");
    let output = bare.finish(command, None).ok();
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", ""));
    let mut env = env();
    let output = env.run(&["sweep"]).ok();
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", ""));
    assert_snapshot!(env.says("desk sweep 1"), @"
    $ desk sweep 1
    ! desk: unexpected argument '1'
    !   hint: usage: desk sweep [OPTIONS]
    [exit 2]
    ");
}

#[test]
fn a_ticket_from_a_clock_that_was_ahead_keeps_no_other_one_waiting() {
    let mut env = Env::new();
    env.does("desk open Early --channel email\ndesk open Later --channel email");
    // The machine's clock was a day ahead for a while, then set right.
    env.at("2026-03-03T09:00:00Z");
    env.does("desk log 1 \"seen\"");
    env.at("2026-03-02T12:00:00Z");
    assert_snapshot!(env.says("desk sweep\ndesk sweep --dry-run\ndesk verify -q"), @"
    $ desk sweep
    2026-03-02 11:15  #1 response has used 75 % of its time  Early
    2026-03-02 11:16  #2 response has used 75 % of its time  Later
    2026-03-02 11:42  #1 response has used 90 % of its time  Early
    2026-03-02 11:43  #2 response has used 90 % of its time  Later

    $ desk sweep --dry-run
    2026-03-02 12:00  #1 response is overdue  Early

    $ desk verify -q
    DIR/desk.db: ✓ sound, 13 events, 2 tickets
      head: 14:HASH
    ");
}

/// Every event of every ticket by the actor `desk`, without its recording time.
fn sweep_events(env: &mut Env, tickets: usize) -> Vec<String> {
    let pages = env.json(&["show", &format!("1-{tickets}")]);
    let mut sweep_events = Vec::new();
    for page in pages.as_array().unwrap() {
        for event in page["timeline"].as_array().unwrap() {
            if event["actor"] == "desk" {
                let (id, at) = (&page["id"], &event["at"]);
                sweep_events.push(format!("{id} {at} {} {}", event["kind"], event["data"]));
            }
        }
    }
    sweep_events
}

#[test]
fn a_sweep_that_is_killed_half_way_is_finished_by_the_next_one() {
    const TICKETS: usize = 60;
    let mut whole = Env::new();
    for _ in 0..TICKETS {
        let _opened = whole.run(&["open", "VPN", "--channel", "email"]).ok();
    }
    let mut killed = whole.copied();
    for env in [&mut whole, &mut killed] {
        env.at("2026-03-09T09:00:00Z");
    }
    assert_eq!(sweep_events(&mut killed, TICKETS), Vec::<String>::new());
    let _swept = whole.run(&["sweep"]).ok();
    let all = sweep_events(&mut whole, TICKETS);
    assert_eq!(all.len(), TICKETS * 6);

    let mut parts = 0;
    for _ in 0..2 {
        let mut child = killed.command(&["sweep"]).spawn().unwrap();
        // Printed actions are on disk, and the first batch is printed before
        // the next one begins.
        let mut told = std::io::BufReader::new(child.stdout.take().unwrap());
        let _line = told.read_line(&mut String::new()).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let so_far = sweep_events(&mut killed, TICKETS).len();
        parts += usize::from(so_far > 0 && so_far < all.len());
    }
    // The control: a sweep that was killed half-way has taken some of the
    // actions.
    assert!(parts > 0, "no sweep was killed half-way");
    let _rest = killed.run(&["sweep"]).ok();
    assert_eq!(sweep_events(&mut killed, TICKETS), all);
    let _sound = killed.run(&["verify"]).ok();
}
