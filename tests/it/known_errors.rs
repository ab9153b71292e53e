//! Known errors are marked, changed, withdrawn, listed and shown where they
//! help: `desk known-errors`.

use std::fs;

use insta::assert_snapshot;
use serde_json::json;

use crate::env::Env;
use crate::terminal::{Terminal, plain};

/// Ticket 1, resolved and closed.
fn closed() -> Env {
    let mut env = Env::new();
    env.closed();
    env
}

#[test]
fn a_resolved_ticket_is_marked_changed_and_withdrawn() {
    let mut env = closed();
    assert_snapshot!(env.says(
        r#"
        desk known-errors
        desk known-errors add 1
        desk known-errors add 1
        desk known-errors
        desk known-errors add 1 "set the clock, then connect" --cause "the clock is wrong"
        desk known-errors
        desk list --known-errors --columns id,status,known_error,title
        desk known-errors remove 1 --reason "fixed in 5.3"
        desk known-errors remove 1 --reason "fixed in 5.3"
        desk known-errors
        desk list --known-errors
        "#
    ), @r#"
    $ desk known-errors
    ! no known errors; mark a resolved ticket with: desk known-errors add ID

    $ desk known-errors add 1
    #1 marked as known error

    $ desk known-errors add 1
    #1 unchanged

    $ desk known-errors
    #1 VPN drops
      network/vpn, marked by anna, 09:08
      workaround
        │ new certificate

    $ desk known-errors add 1 "set the clock, then connect" --cause "the clock is wrong"
    #1 marked as known error

    $ desk known-errors
    #1 VPN drops
      network/vpn, marked by anna, 09:11
      cause       the clock is wrong
      workaround
        │ set the clock, then connect

    $ desk list --known-errors --columns id,status,known_error,title
    ID  STATUS  KNOWN ERROR  TITLE
     1  closed  yes          VPN drops

    $ desk known-errors remove 1 --reason "fixed in 5.3"
    #1 no longer a known error

    $ desk known-errors remove 1 --reason "fixed in 5.3"
    ! desk: #1 is not a known error
    !   hint: see them with: desk known-errors
    [exit 1]

    $ desk known-errors
    ! no known errors; mark a resolved ticket with: desk known-errors add ID

    $ desk list --known-errors
    ! no tickets match
    "#);
    assert_snapshot!(env.says("desk --at 9:20 show 1"), @"
    $ desk --at 9:20 show 1
    #1 VPN drops
      closed since 09:06, satisfaction 5 · P2 (users high, business medium, urgency medium)
      incident, occurred · network/vpn · L1 · anna
      opened 09:00 by anna, came by phone

    Clocks
                  STATE  USED  LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s            3h          12:00, stopped 09:00
      resolution  ✓ met    5m            8h          17:00, stopped 09:05

    Requester
      name        Mia Roth
      contact     mia@example.org

    Resolution
      solved by anna, 09:05
      │ new certificate
      restored    confirmed by Mia Roth, 09:05

    Timeline
      09:00  anna  opened by phone
      09:01  anna  identified as incident
      09:02  anna  categorized as network/vpn
      09:03  anna  prioritized P2 (impact high, urgency medium)
      09:04  anna  taken by anna
      09:05  anna  resolved (solved)
             │ new certificate
      09:05  anna  restoration confirmed by Mia Roth
      09:05  anna  public -> requester by phone
             │ Please try again.
      09:06  anna  closed, satisfaction 5
      09:08  anna  marked as known error
             │ workaround: new certificate
      09:11  anna  marked as known error
             │ cause: the clock is wrong
             │ workaround: set the clock, then connect
      09:14  anna  no longer a known error
             │ fixed in 5.3
    ");
    assert_eq!(env.json(&["verify"])["ok"], true);
}

#[test]
fn it_is_marked_as_it_is_resolved_with_the_confirmed_cause() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        r#"
        desk investigate 1 "the certificate has expired"
        desk investigate 1 --confirm "openssl says so"
        desk resolve 1 "renewed the certificate" --workaround "use the web mail"
        desk resolve 1 "renewed the certificate" --known-error --workaround "use the web mail"
        desk show 1 --brief
        "#
    ), @r#"
    $ desk investigate 1 "the certificate has expired"
    #1 hypothesis 1 proposed

    $ desk investigate 1 --confirm "openssl says so"
    #1 hypothesis 1 confirmed

    $ desk resolve 1 "renewed the certificate" --workaround "use the web mail"
    ! desk: missing --known-error
    !   hint: usage: desk resolve <ID> <TEXT> [OPTIONS]
    [exit 2]

    $ desk resolve 1 "renewed the certificate" --known-error --workaround "use the web mail"
    #1 resolved (solved) after 8m of 8h: met, marked as known error

    $ desk show 1 --brief
    # Ticket 1: VPN drops

    - **Status**: resolved since 2026-03-02 09:08
    - **Priority**: P2 (users high, business medium, urgency medium)
    - **Kind**: incident, occurred
    - **Category**: network/vpn
    - **Tier**: L1
    - **Assignee**: anna
    - **SLA**: ✓ met
    - **Opened**: 2026-03-02 09:00 by anna
    - **Requester**: Mia Roth, `mia@example.org`

    ## What was tried

    - **Hypothesis 1, confirmed**: the certificate has expired
      > openssl says so

    ## Resolution

    - **Code**: solved

    > renewed the certificate

    ## Known error

    - **Cause**: the certificate has expired
    - **Workaround**: use the web mail

    ## Timeline

    - **2026-03-02 09:00 anna**: opened by phone
    - **2026-03-02 09:01 anna**: identified as incident
    - **2026-03-02 09:02 anna**: categorized as network/vpn
    - **2026-03-02 09:03 anna**: prioritized P2 (impact high, urgency medium)
    - **2026-03-02 09:04 anna**: taken by anna
    - **2026-03-02 09:05 anna**: hypothesis 1 proposed
      > the certificate has expired
    - **2026-03-02 09:06 anna**: hypothesis 1 confirmed
      > openssl says so
    - **2026-03-02 09:08 anna**: resolved (solved)
      > renewed the certificate
    - **2026-03-02 09:08 anna**: marked as known error
      > cause: the certificate has expired
      > workaround: use the web mail
    "#);
    let page = env.json(&["show", "1"]);
    assert_eq!(page["known_error"], true);
    assert_eq!(page["knowledge"]["workaround"], "use the web mail");
    assert_eq!(page["knowledge"]["cause"], "the certificate has expired");
    // A new resolution is a new workaround, unless another is given.
    env.does("desk reopen 1 again\ndesk resolve 1 \"made it renew itself\" --known-error");
    let page = env.json(&["show", "1"]);
    assert_eq!(page["knowledge"]["workaround"], "made it renew itself");
}

#[test]
fn only_resolved_tickets_can_be_marked() {
    let mut env = Env::new();
    env.does("desk open VPN\ndesk open Mail\ndesk merge 2 --into 1");
    assert_snapshot!(env.says(
        r#"
        desk known-errors add 1
        desk known-errors add 2
        desk known-errors add 9
        desk known-errors remove 1 --reason none
        desk known-errors remove 1
        desk known-errors --category netwrok
        "#
    ), @"
    $ desk known-errors add 1
    ! desk: #1 is new: only a resolved ticket can be a known error
    !   hint: desk resolve 1 TEXT --known-error
    [exit 1]

    $ desk known-errors add 2
    ! desk: #2 was merged into #1
    !   hint: work on #1, or undo the merge with: desk reopen 2 REASON
    [exit 1]

    $ desk known-errors add 9
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk known-errors remove 1 --reason none
    ! desk: #1 is not a known error
    !   hint: see them with: desk known-errors
    [exit 1]

    $ desk known-errors remove 1
    ! desk: missing reason
    !   hint: give it with --reason TEXT
    [exit 2]

    $ desk known-errors --category netwrok
    ! desk: unknown category 'netwrok'
    !   hint: see what there is with: desk list --all --columns id,category
    [exit 2]
    ");
}

#[test]
fn they_are_listed_in_every_format_by_category() {
    let mut env = closed();
    env.does(
        r#"
        desk known-errors add 1
        desk open "Mail is slow" --category mail
        desk resolve 2 "archive it" --code workaround --force --reason test --known-error --cause "the box is full"
        desk open "Mail is very slow" --category mail
        desk link 3 --related 2
        "#,
    );
    assert_snapshot!(env.says(
        r#"
        desk known-errors --category mail
        desk known-errors --format ids
        desk known-errors --format csv
        desk --at 9:06 known-errors
        "#
    ), @"
    $ desk known-errors --category mail
    #2 Mail is slow
      mail, marked by anna, 09:09, 1 ticket linked or merged
      cause       the box is full
      workaround
        │ archive it

    $ desk known-errors --format ids
    2
    1

    $ desk known-errors --format csv
    id,category,title,cause,workaround,by,at,alike
    2,mail,Mail is slow,the box is full,archive it,anna,2026-03-02T09:09:00Z,1
    1,network/vpn,VPN drops,,new certificate,anna,2026-03-02T09:07:00Z,0

    $ desk --at 9:06 known-errors
    ! no known errors; mark a resolved ticket with: desk known-errors add ID
    ");
    let all = env.json(&["known-errors"]);
    assert_eq!((&all[0]["id"], &all[1]["id"]), (&json!(2), &json!(1)));
    assert_eq!(all[0]["alike"], 1);
    assert_eq!(env.json(&["list", "--known-errors", "--count"])["count"], 2);
}

#[test]
fn known_errors_are_imported_with_their_tickets() {
    let mut env = closed();
    fs::write(
        env.dir().join("p.toml"),
        "[categories.\"network/vpn\"]\nquestions = [{ key = \"error\", text = \"Which?\", choices = [1, 2] }]\n\
         [[categories.\"network/vpn\".findings]]\nwhen = { error = 1 }\nknown_error = 1\n",
    )
    .unwrap();
    env.does(
        r#"
        desk policy set p.toml
        desk known-errors add 1
        desk open VPN --category network/vpn
        desk diagnose 2 -a error=1
        "#,
    );
    let all = env.run(&["export"]).ok().stdout;
    fs::write(env.dir().join("all.jsonl"), all).unwrap();
    env.does("desk init --db other.db\ndesk import all.jsonl --db other.db");
    assert_eq!(
        env.json(&["show", "2"])["findings"],
        env.json(&["show", "2", "--db", "other.db"])["findings"]
    );
    assert_eq!(
        env.json(&["known-errors"]),
        env.json(&["known-errors", "--db", "other.db"])
    );
    assert_eq!(env.json(&["verify", "--db", "other.db"])["ok"], true);
}

#[test]
fn a_diagnosis_shows_known_errors_of_the_category_and_its_parents() {
    let mut env = closed();
    fs::write(
        env.dir().join("p.toml"),
        "[categories.mail]\n[categories.\"network/vpn/client\"]\nquestions = [\"Since when?\"]\n\
         [[categories.\"network/vpn/client\".findings]]\nknown_error = 3\n",
    )
    .unwrap();
    env.does(
        r#"
        desk policy set p.toml
        desk known-errors add 1 "set the clock, then connect"
        desk open "Mail is slow" --category mail
        desk resolve 2 "archive it" --force --reason test --known-error
        desk open "Client crashes" --category network/vpn/client
        "#,
    );
    let mut terminal = Terminal::run(&env, &[], &["diagnose", "3"]);
    terminal
        .sees("known error #1: VPN drops")
        .sees("Since when?")
        .types("monday\r")
        .sees("1 answer.")
        .types("\r")
        .sees("#3 diagnosed");
    let (code, shown) = terminal.ends();
    assert_eq!(code, 0);
    assert!(!shown.contains("Mail is slow"), "{shown}");
    assert_snapshot!(plain(&shown), @"
    ; 1 answer
    known error #3: it is not marked as one; to see it: desk show 3
    known error #1: VPN drops
      workaround: set the clock, then connect
    next: desk resolve 3 --code workaround 'set the clock, then connect'
    ");
}
