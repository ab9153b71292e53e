//! Stores of every released version open, verify, and give the same output as
//! before.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;

use crate::env::Env;

/// The commands that were run with version 0.1; its store is committed.
const DAY: &str = r#"
    desk open "VPN drops" -m "Every ten minutes." --requester "Mia Roth <mia@example.org>" --language de --channel phone
    desk identify 1 incident
    desk log 1 "drops since this morning" --symptom "tunnel closes" --affected gateway --began 8:30
    desk categorize 1 network/vpn
    desk prioritize 1 -u high -b medium -g medium
    desk take 1
    desk diagnose 1 "the gateway, most likely" -a "other network=same" --extent "all of sales"
    desk escalate 1 "needs the logs" --to ben
    desk escalate 1 --manager Lee "sales is angry"
    desk investigate 1 "the provider"
    desk investigate 1 --refute "same over another line"
    desk investigate 1 "the certificate"
    desk investigate 1 --confirm "rekey error in the log"
    desk pause 1 requester --ask "Does a restart help?" --until "tomorrow 9:00"
    desk reply 1 --from-requester "No." --via email
    desk call 1 --when "in 30m" --by video "watch it"
    desk call 1 --held "seen live"
    desk call 1 --when "in 1h"
    desk call 1 --cancelled "not needed"
    desk open "No VPN" --channel chat --key chat-77
    desk merge 2 --into 1
    desk open "New token" --kind request --requester tom@example.org --channel email
    desk link 3 --related 1
    desk resolve 1 "new certificate" --tell "Please try again."
    desk confirm 1 --by "Mia Roth"
    desk close 1 "thanks" --satisfaction 5
    desk reopen 1 "again"
    desk pause 1 vendor "case 4711"
    desk resume 1 "answered"
    desk resolve 1 "newer certificate" --code workaround --restored-by Mia --tell "Now?"
    desk resolve 3 "never mind" --code withdrawn --force --reason "he left"
"#;

/// The commands that were run with version 0.2 after that.
const SINCE_0_2: &str = r#"
    desk policy set policy.toml
    desk open "Mail bounces" -k incident --channel phone --category mail -u high -b low -g medium
    240 minutes pass
    desk sweep
"#;

const POLICY: &str = r#"
warnings = [25, 75]

[calendars.office]
timezone = "Europe/Berlin"
mon = ["09:00-17:00"]
tue = ["09:00-12:00", "13:00-17:00"]

[[targets]]
response = "3h"
resolution = "8h"
calendar = "office"

[[escalations]]
clock = "resolution"
percent = 50
from = "L1"
to = "L2"
"#;

fn kept(version: &str) -> PathBuf {
    let name = format!("tests/data/store-{version}.db");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A desk with the store of an earlier version.
fn inherited(version: &str) -> Env {
    let mut env = Env::bare_file("files of older versions");
    fs::copy(kept(version), env.db()).unwrap();
    env.at("2026-03-02T12:00:00Z");
    env
}

#[test]
#[ignore = "writes the store of this version: cargo test --test it store_of_this_version -- --ignored"]
fn a_store_of_this_version_is_written_if_there_is_none() {
    let place = kept(env!("CARGO_PKG_VERSION").trim_end_matches(".0"));
    if !place.exists() {
        let mut env = Env::file("files of older versions");
        fs::write(env.dir().join("policy.toml"), POLICY).unwrap();
        env.does(DAY).does(SINCE_0_2);
        let _copied = env.run(&["backup", place.to_str().unwrap()]).ok();
    }
}

#[test]
fn a_store_of_version_0_1_is_sound_and_says_what_it_said() {
    let mut env = inherited("0.1");
    assert_snapshot!(env.says("desk list --all\ndesk sla --all"), @"
    $ desk list --all
    ID  PRIO  STATUS    SLA          TIER  ASSIGNEE  CATEGORY     REQUESTER        TITLE
     1  P2    resolved  ✓ met        L2    ben       network/vpn  Mia Roth         VPN drops
     2  -     closed    - cancelled  L1    -                                       No VPN
     3  -     resolved  - cancelled  L1    -                      tom@example.org  New token

    $ desk sla --all
    ID  PRIO  STATUS    RESPONSE     UPDATE  RESOLUTION   TIER  ASSIGNEE  TITLE
     1  P2    resolved  ✓ met        ✓ met   ✓ met        L2    ben       VPN drops
     2  -     closed    - cancelled  ·       - cancelled  L1    -         No VPN
     3  -     resolved  - cancelled  ·       - cancelled  L1    -         New token

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P2       1        0        0       0         1           0
    none     1        0        0       0         1           1
    all      2        0        0       0         2           1
    ");
    assert_snapshot!(env.says("desk show 1"), @"
    $ desk show 1
    #1 VPN drops
      resolved since 09:29 · P2 (users high, business medium, urgency medium)
      incident, occurred · network/vpn · L2 · ben
      opened 09:00 by anna, came by phone, 1 reopening

    Clocks
                  STATE  USED  LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s            3h          12:00, stopped 09:00
      update      ✓ met    2m            2h          11:14, stopped 09:16
      resolution  ✓ met   24m            8h      2m  17:05, stopped 09:29

    Requester
      name        Mia Roth
      contact     mia@example.org
      language    de

    Known
      │ Every ten minutes.
      symptom     tunnel closes
      affected    gateway
      began       08:30
      extent      all of sales
      other network
        │ same

    Tried
      hypothesis 1 by anna: ✗ refuted
        │ the provider
        evidence:
        │ same over another line
      hypothesis 2 by anna: ✓ confirmed
        │ the certificate
        evidence:
        │ rekey error in the log
      video call 1 at 09:45: held
        │ watch it
        │ seen live
      phone call 2 at 10:17: cancelled
        │ not needed

    Resolution
      workaround by anna, 09:29
      │ newer certificate
      restored    confirmed by Mia, 09:29

    Links
      related     #3
      merged      #2

    Timeline
      09:00  anna  opened by phone
      09:01  anna  identified as incident
      09:02  anna  logged; symptoms: tunnel closes; affected: gateway; began 08:30
             │ drops since this morning
      09:03  anna  categorized as network/vpn
      09:04  anna  prioritized P2 (impact high, urgency medium)
      09:05  anna  taken by anna
      09:06  anna  diagnosed; 1 answer
             │ other network: same
             │ extent: all of sales
             │ the gateway, most likely
      09:07  anna  escalated L1 -> L2
             │ needs the logs
      09:07  anna  assigned to ben
      09:08  anna  manager Lee informed
             │ sales is angry
      09:09  anna  hypothesis 1 proposed
             │ the provider
      09:10  anna  hypothesis 1 refuted
             │ same over another line
      09:11  anna  hypothesis 2 proposed
             │ the certificate
      09:12  anna  hypothesis 2 confirmed
             │ rekey error in the log
      09:13  anna  public -> requester by phone
             │ Does a restart help?
      09:13  anna  paused, waiting for requester until Tue 09:00
      09:14  anna  public <- requester by email
             │ No.
      09:14  desk  resumed
             │ the requester wrote
      09:15  anna  video call 1 arranged for 09:45
             │ watch it
      09:16  anna  call 1 held
             │ seen live
      09:17  anna  phone call 2 arranged for 10:17
      09:18  anna  call 2 cancelled
             │ not needed
      09:19  anna  #2: opened by chat: No VPN
      09:20  anna  merged #2 into this
      09:22  anna  linked to #3 (related)
      09:23  anna  resolved (solved)
             │ new certificate
      09:23  anna  public -> requester by phone
             │ Please try again.
      09:24  anna  restoration confirmed by Mia Roth
      09:25  anna  closed, satisfaction 5
             │ thanks
      09:26  anna  reopened
             │ again
      09:27  anna  paused, waiting for vendor
             │ case 4711
      09:28  anna  resumed
             │ answered
      09:29  anna  resolved (workaround)
             │ newer certificate
      09:29  anna  restoration confirmed by Mia
      09:29  anna  public -> requester by phone
             │ Now?
    ");
    assert_snapshot!(env.says("desk show 2\ndesk show 3"), @"
    $ desk show 2
    #2 No VPN
      closed since 09:20, merged into #1 · no priority
      not identified · no category · L1 · unassigned
      opened 09:19 by anna, came by chat

    Clocks
                  STATE        USED  LEFT  TARGET  PAUSED  DUE
      response    - cancelled    1m            3h          stopped 09:20
      resolution  - cancelled    1m            1d          stopped 09:20

    Timeline
      09:19  anna  opened by chat
      09:20  anna  merged into #1

    $ desk show 3
    #3 New token
      resolved since 09:30 · no priority
      request, occurred · no category · L1 · unassigned
      opened 09:21 by anna, came by email

    Clocks
                  STATE        USED  LEFT  TARGET  PAUSED  DUE
      response    - cancelled    9m            3h          stopped 09:30
      resolution  - cancelled    9m            1d          stopped 09:30

    Requester
      contact     tom@example.org

    Resolution
      withdrawn by anna, 09:30
      │ never mind
      restored    not confirmed yet

    Links
      related     #1

    Timeline
      09:21  anna  opened by email
      09:21  anna  identified as request
      09:22  anna  linked to #1 (related)
      09:30  anna  gate categorized passed by force
             │ he left
      09:30  anna  gate prioritized passed by force
             │ he left
      09:30  anna  resolved (withdrawn)
             │ never mind
    ");
    let verified = env.json(&["verify"]);
    assert_eq!(verified["ok"], true, "{verified:#}");
}

#[test]
fn a_store_of_version_0_1_goes_on() {
    let mut env = inherited("0.1");
    env.does(
        r#"
        desk close 1
        desk open "VPN drops anew"
        desk open "No VPN" --key chat-77
        desk link 4 --parent 1
        "#,
    );
    assert_eq!(env.json(&["list", "--count", "--all"])["count"], 4);
    let verified = env.json(&["verify"]);
    assert_eq!(verified["ok"], true, "{verified:#}");
}

#[test]
fn reading_a_store_of_this_schema_leaves_every_byte_as_it_was() {
    let mut env = inherited("0.2");
    // The first use migrates it.
    env.does("desk list --all");
    let before = fs::read(env.db()).unwrap();
    assert!(before != fs::read(kept("0.2")).unwrap());
    env.does("desk list --all\ndesk show 1-3\ndesk sla\ndesk verify");
    assert!(fs::read(env.db()).unwrap() == before);
    let log = env.dir().join("desk.db-wal");
    assert!(fs::metadata(log).map_or(0, |log| log.len()) == 0);
}

#[test]
fn an_older_store_is_stepped_up_at_its_first_use_and_a_copy_is_kept() {
    let mut env = inherited("0.1");
    let copy = env.dir().join("desk.db.before-schema-2");
    assert!(!copy.exists());
    env.does("desk list --all");
    assert!(copy.exists());
    let stepped_up = fs::read(env.db()).unwrap();
    env.does("desk list --all\ndesk verify");
    assert!(fs::read(env.db()).unwrap() == stepped_up);
    assert_snapshot!(env.says("desk sweep --dry-run\ndesk sweep\ndesk sweep\ndesk verify"), @"
    $ desk sweep --dry-run

    $ desk sweep

    $ desk sweep

    $ desk verify
    DIR/desk.db: ✓ sound, 53 events, 3 tickets
      head: 53:HASH
    ");
}

#[test]
fn a_store_of_version_0_2_is_sound_and_goes_on() {
    let mut env = inherited("0.2");
    assert_snapshot!(env.says("desk list --all\ndesk policy history\ndesk sla explain 4 --clock resolution"), @"
    $ desk list --all
    ID  PRIO  STATUS    SLA          TIER  ASSIGNEE  CATEGORY     REQUESTER        TITLE
     4  P2    active    ! 5h32m      L2    -         mail                          Mail bounces
     1  P2    resolved  ✓ met        L2    ben       network/vpn  Mia Roth         VPN drops
     2  -     closed    - cancelled  L1    -                                       No VPN
     3  -     resolved  - cancelled  L1    -                      tom@example.org  New token

    $ desk policy history
    VERSION  SET               BY
          2  2026-03-02 09:31  anna

    $ desk sla explain 4 --clock resolution
    #4 Mail bounces

    resolution: at risk
      Mon 2026-03-02 09:32 +00:00  target 8:00:00 on office, policy 2 for every ticket
      Mon 2026-03-02 09:32 +00:00  starts
      counted on calendar office (Europe/Berlin); times in UTC
      FROM                  TO                  COUNTED      SUM
      Mon 2026-03-02 09:32  12:02      counted  2:30:00  2:30:00
      Mon 2026-03-02 12:02  16:00      counted  3:58:00  6:28:00  ahead
      Mon 2026-03-02 16:00  Tue 08:00  closed         -  6:28:00  ahead
      Tue 2026-03-03 08:00  09:32      counted  1:32:00  8:00:00  ahead, then due
      used 2:30:00 of 8:00:00: 5:30:00 left
      due Tue 2026-03-03 09:32 +00:00
    ");
    env.at("2026-03-02T20:00:00Z");
    assert_snapshot!(env.says("desk sweep\ndesk verify"), @"
    $ desk sweep
    2026-03-02 15:32  #4 resolution has used 75 % of its time  Mail bounces

    $ desk verify
    DIR/desk.db: ✓ sound, 64 events, 4 tickets
      head: 65:HASH
    ");
}
