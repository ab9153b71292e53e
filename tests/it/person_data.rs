//! `desk person`: export, join and limit-processing.

use std::os::unix::fs::MetadataExt;

use insta::assert_snapshot;

use crate::env::{Env, Output};

/// Mia has two addresses and Tom one; another Mia Roth has nothing to do with it.
fn desk() -> Env {
    let mut env = Env::new();
    env.does(
        "
        desk open 'VPN gecko' -m 'the gecko leaks' --requester 'Mia Roth <mia@example.org>' --channel phone --category network/vpn -u high -b high -g high
        desk log 1 'Tom Ode (tom@example.org) saw the gecko too'
        desk open 'Printer' --requester 'Tom Ode <tom@example.org>' -m 'as MIA@example.org said; ask Mia Roth'
        desk open 'VPN gecko again' --requester '<mia.roth@example.com>' --category network/vpn
        desk open 'Monitor' --requester 'Mia Roth <other@example.net>'
        desk participants 2 add 'mia@example.org'
        desk reply 2 --from mia@example.org 'the gecko is with me'
        desk link 2 --related 1
        "
    );
    env
}

fn tells(output: &Output) -> bool {
    format!("{}{}", output.stdout, output.stderr).contains("gecko")
}

#[test]
fn a_person_gets_what_is_theirs_and_apart_what_may_be() {
    let mut env = desk();
    assert_snapshot!(env.says(
        "
        desk person export Mia
        desk person export 'mia roth'
        desk person export nobody@example.org
        desk person export ' <MIA@Example.org> '
        desk person export mia@example.org --format csv
        desk person export mia@example.org --ids
        desk person export mia@example.org --format ids
        "
    ), @"
    $ desk person export Mia
    ! desk: nobody on a ticket is 'Mia'; did you mean mia.roth@example.com or Mia Roth <mia@example.org> or Mia Roth <other@example.net>?
    !   hint: give the whole name, or the contact as it stands on a ticket; see them with: desk list --all --columns id,requester,contact
    [exit 3]

    $ desk person export 'mia roth'
    ! desk: several people are called 'mia roth': Mia Roth <mia@example.org>, Mia Roth <other@example.net>
    !   hint: give the contact instead of the name
    [exit 2]

    $ desk person export nobody@example.org
    ! desk: nobody on a ticket is 'nobody@example.org'
    !   hint: give the whole name, or the contact as it stands on a ticket; see them with: desk list --all --columns id,requester,contact
    [exit 3]

    $ desk person export ' <MIA@Example.org> '
    Mia Roth <mia@example.org>
      known as    mia@example.org

    Certainly about this person
      #1 requester, opened 2026-03-02 09:00, active
        09:00  opened by an agent
          title
          │ VPN gecko
          description
          │ the gecko leaks
          name
          │ Mia Roth
          contact
          │ mia@example.org
        09:00  categorized by an agent
        09:00  prioritized by an agent
        09:00  escalated by desk itself
          reason
          │ P1 goes to L3 at once
        09:01  logged by an agent
          text
          │ [another person] ([another person]) saw the gecko too
        09:07  linked by an agent
      #2 participant, opened 2026-03-02 09:02, new
        09:02  opened by an agent
          description
          │ as MIA@example.org said; ask Mia Roth
        09:05  participant-added by an agent
          contact
          │ mia@example.org
        09:06  heard by an agent
          text
          │ the gecko is with me
          contact
          │ mia@example.org

    Perhaps about this person: the same name, but nothing else says so
      #4 requester, opened 2026-03-02 09:04, new
        09:04  opened by an agent
          title
          │ Monitor
          name
          │ Mia Roth
          contact
          │ [another person]

    $ desk person export mia@example.org --format csv
    certain,ticket,role,at,kind,field,text
    true,1,requester,2026-03-02T09:00:00Z,opened,title,VPN gecko
    true,1,requester,2026-03-02T09:00:00Z,opened,description,the gecko leaks
    true,1,requester,2026-03-02T09:00:00Z,opened,name,Mia Roth
    true,1,requester,2026-03-02T09:00:00Z,opened,contact,mia@example.org
    true,1,requester,2026-03-02T09:00:00Z,escalated,reason,P1 goes to L3 at once
    true,1,requester,2026-03-02T09:01:00Z,logged,text,[another person] ([another person]) saw the gecko too
    true,2,participant,2026-03-02T09:02:00Z,opened,description,as MIA@example.org said; ask Mia Roth
    true,2,participant,2026-03-02T09:05:00Z,participant-added,contact,mia@example.org
    true,2,participant,2026-03-02T09:06:00Z,heard,text,the gecko is with me
    true,2,participant,2026-03-02T09:06:00Z,heard,contact,mia@example.org
    false,4,requester,2026-03-02T09:04:00Z,opened,title,Monitor
    false,4,requester,2026-03-02T09:04:00Z,opened,name,Mia Roth
    false,4,requester,2026-03-02T09:04:00Z,opened,contact,[another person]

    $ desk person export mia@example.org --ids
    ! desk: unexpected argument '--ids'
    !   hint: usage: desk person export <WHO>
    [exit 2]

    $ desk person export mia@example.org --format ids
    1
    2
    4
    ");
    let data = env.json(&["person", "export", "mia@example.org"]);
    let text = data.to_string();
    for others in ["tom@example.org", "Tom Ode", "other@example.net", "anna"] {
        assert!(!text.contains(others), "{others} is somebody else");
    }
    let ids = |part: &str| {
        let tickets = data[part].as_array().unwrap().iter();
        tickets
            .map(|one| one["id"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!((ids("certain"), ids("possible")), (vec![1, 2], vec![4]));
}

#[test]
fn an_export_is_a_new_file_for_its_owner_alone() {
    let mut env = desk();
    let args = [
        "person",
        "export",
        "mia@example.org",
        "--format",
        "html",
        "--output",
        "mia.html",
    ];
    let written = env.run(&args).ok();
    assert!(written.stdout.starts_with("written "), "{written}");
    let path = env.dir().join("mia.html");
    assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("the gecko leaks"));
    assert!(!page.contains("tom@example.org"));
    let _ = env.run(&args).code(2);
    let printed = env.run(&args[..5]).ok().stdout;
    assert!(printed.starts_with("<!doctype html>"));
    // What people wrote is text to a browser.
    env.does("desk open '<script>x</script>' --requester 'Eve & Co <eve@example.org>'");
    let page = env.run(&["person", "export", "eve@example.org", "--format", "html"]);
    assert!(!page.ok().stdout.contains("<script>"));
    assert_snapshot!(env.says("desk list --format html"), @"
    $ desk list --format html
    ! desk: only desk person export prints a page
    !   hint: use --format table, json, jsonl, csv, tsv or ids
    [exit 2]
    ");
}

#[test]
fn joined_contacts_are_one_person_until_they_are_separated() {
    let mut env = desk();
    assert_snapshot!(env.says(
        "
        desk person join mia@example.org mia@example.org
        desk person join mia@example.org 'MIA@example.org' --reason 'the same'
        desk person join mia@example.org Mia
        desk person join mia@example.org mia.roth@example.com --reason 'she says so'
        desk person join mia.roth@example.com mia@example.org
        desk person export mia.roth@example.com --format ids
        desk person join mia@example.org tom@example.org --undo
        desk person join mia.roth@example.com mia@example.org --undo --reason 'a mistake'
        desk person export mia.roth@example.com --format ids
        desk person join mia@example.org mia.roth@example.com --at yesterday
        desk verify
        "
    ), @"
    $ desk person join mia@example.org mia@example.org
    Mia Roth <mia@example.org> and Mia Roth <mia@example.org>: unchanged

    $ desk person join mia@example.org 'MIA@example.org' --reason 'the same'
    ! desk: 'mia@example.org' and 'MIA@example.org' are one person already, so the reason would be lost
    !   hint: leave the reason out
    [exit 1]

    $ desk person join mia@example.org Mia
    ! desk: nobody on a ticket is 'Mia'; did you mean mia.roth@example.com or Mia Roth <mia@example.org> or Mia Roth <other@example.net>?
    !   hint: give the whole name, or the contact as it stands on a ticket; see them with: desk list --all --columns id,requester,contact
    [exit 3]

    $ desk person join mia@example.org mia.roth@example.com --reason 'she says so'
    Mia Roth <mia@example.org> and mia.roth@example.com: joined

    $ desk person join mia.roth@example.com mia@example.org
    mia.roth@example.com and Mia Roth <mia@example.org>: unchanged

    $ desk person export mia.roth@example.com --format ids
    1
    2
    3
    4

    $ desk person join mia@example.org tom@example.org --undo
    ! desk: 'mia@example.org' and 'tom@example.org' were not joined
    !   hint: see what is joined with: desk person export WHO
    [exit 1]

    $ desk person join mia.roth@example.com mia@example.org --undo --reason 'a mistake'
    mia.roth@example.com and Mia Roth <mia@example.org>: separated

    $ desk person export mia.roth@example.com --format ids
    3

    $ desk person join mia@example.org mia.roth@example.com --at yesterday
    ! desk: --at does not apply to desk person
    !   hint: leave --at out
    [exit 2]

    $ desk verify
    DIR/desk.db: ✓ sound, 25 events, 4 tickets
      head: 28:HASH
    ");
}

#[test]
fn limited_data_are_covered_while_numbers_and_clocks_go_on() {
    let mut env = desk();
    assert_snapshot!(env.says(
        "
        desk person join mia@example.org mia.roth@example.com
        desk person limit-processing mia@example.org
        desk person limit-processing mia@example.org --reason 'she disputes the log'
        desk list
        desk show 1
        desk show 2
        desk show 1 --brief
        desk show 1 --limited 'she asked what we wrote'
        desk person limit-processing 'mia.roth@example.com' --reason again
        desk person limit-processing 'mia.roth@example.com' --lift --reason 'she agrees'
        desk person limit-processing 'mia.roth@example.com' --lift --reason 'twice'
        desk list
        desk verify
        "
    ), @r"
    $ desk person join mia@example.org mia.roth@example.com
    Mia Roth <mia@example.org> and mia.roth@example.com: joined

    $ desk person limit-processing mia@example.org
    ! desk: missing reason
    !   hint: give it with --reason TEXT
    [exit 2]

    $ desk person limit-processing mia@example.org --reason 'she disputes the log'
    Mia Roth <mia@example.org>: limited

    $ desk list
    ID  PRIO  STATUS  SLA      TIER  CATEGORY     REQUESTER             TITLE
     1  P1    active  ✓ 49m    L3    network/vpn  [processing limited]  [processing limited]
     2  -     new     ✓ 2h51m  L1                 Tom Ode               Printer
     3  -     new     ✓ 2h52m  L1    network/vpn  [processing limited]  [processing limited]
     4  -     new     ✓ 2h53m  L1                 Mia Roth              Monitor

    $ desk show 1
    #1 [processing limited]
      active since 09:00 · P1 (users high, business high, urgency high)
      not identified · network/vpn · L3 · unassigned
      opened 09:00 by anna, came by phone
      processing limited 09:10 by anna; see the texts with: desk show 1 --limited REASON
      │ she disputes the log

    Clocks
                  STATE  USED    LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s              1h          10:00, stopped 09:00
      update      ✓ ok    12m     48m      1h          10:00
      resolution  ✓ ok    12m  3h 48m      4h          13:00

    Requester
      name        [processing limited]
      contact     [processing limited]

    Known
      │ [processing limited]

    Links
      related     #2

    Timeline
      09:00  anna  opened by phone
      09:00  anna  categorized as network/vpn
      09:00  anna  prioritized P1 (impact high, urgency high)
      09:00  desk  escalated L1 -> L3
             │ [processing limited]
      09:01  anna  logged
             │ [processing limited]
      09:07  anna  linked to #2 (related)

    $ desk show 2
    #2 Printer
      new since 09:02 · no priority
      not identified · no category · L1 · unassigned
      opened 09:02 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok    11m   2h 49m      3h          12:02
      resolution  ✓ ok    11m  23h 49m      1d          Tue 09:02

    Requester
      name        Tom Ode
      contact     tom@example.org

    Participants
      in copy     [processing limited]

    Known
      │ as MIA@example.org said; ask Mia Roth

    Links
      related     #1

    Timeline
      09:02  anna  opened
      09:05  anna  added [processing limited] to the conversation
      09:06  anna  public <- [processing limited]
             │ [processing limited]
      09:07  anna  linked to #1 (related)

    $ desk show 1 --brief
    # Ticket 1: \[processing limited\]

    - **Status**: active since 2026-03-02 09:00
    - **Priority**: P1 (users high, business high, urgency high)
    - **Kind**: not identified, occurred
    - **Category**: network/vpn
    - **Tier**: L3
    - **Assignee**: nobody
    - **SLA**: ✓ 46m
    - **Due**: 2026-03-02 10:00
    - **Opened**: 2026-03-02 09:00 by anna
    - **Requester**: \[processing limited\]

    ## What is known

    > \[processing limited\]

    ## Links

    - **related**: `#2`

    ## Timeline

    - **2026-03-02 09:00 anna**: opened by phone
    - **2026-03-02 09:00 anna**: categorized as network/vpn
    - **2026-03-02 09:00 anna**: prioritized P1 (impact high, urgency high)
    - **2026-03-02 09:00 desk**: escalated L1 -> L3
      > \[processing limited\]
    - **2026-03-02 09:01 anna**: logged
      > \[processing limited\]
    - **2026-03-02 09:07 anna**: linked to `#2` (related)

    $ desk show 1 --limited 'she asked what we wrote'
    #1 VPN gecko
      active since 09:00 · P1 (users high, business high, urgency high)
      not identified · network/vpn · L3 · unassigned
      opened 09:00 by anna, came by phone

    Clocks
                  STATE  USED    LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s              1h          10:00, stopped 09:00
      update      ✓ ok    15m     45m      1h          10:00
      resolution  ✓ ok    15m  3h 45m      4h          13:00

    Requester
      name        Mia Roth
      contact     mia@example.org

    Known
      │ the gecko leaks

    Links
      related     #2

    Timeline
      09:00  anna  opened by phone
      09:00  anna  categorized as network/vpn
      09:00  anna  prioritized P1 (impact high, urgency high)
      09:00  desk  escalated L1 -> L3
             │ P1 goes to L3 at once
      09:01  anna  logged
             │ Tom Ode (tom@example.org) saw the gecko too
      09:07  anna  linked to #2 (related)

    $ desk person limit-processing 'mia.roth@example.com' --reason again
    ! desk: the processing of the data of 'mia.roth@example.com' is limited already, so the reason would be lost
    !   hint: desk person limit-processing 'mia.roth@example.com' --lift --reason TEXT
    [exit 1]

    $ desk person limit-processing 'mia.roth@example.com' --lift --reason 'she agrees'
    mia.roth@example.com: limit lifted

    $ desk person limit-processing 'mia.roth@example.com' --lift --reason 'twice'
    ! desk: the processing of the data of 'mia.roth@example.com' is not limited
    !   hint: desk person limit-processing 'mia.roth@example.com' --reason TEXT
    [exit 1]

    $ desk list
    ID  PRIO  STATUS  SLA      TIER  CATEGORY     REQUESTER             TITLE
     1  P1    active  ✓ 41m    L3    network/vpn  Mia Roth              VPN gecko
     2  -     new     ✓ 2h43m  L1                 Tom Ode               Printer
     3  -     new     ✓ 2h44m  L1    network/vpn  mia.roth@example.com  VPN gecko again
     4  -     new     ✓ 2h45m  L1                 Mia Roth              Monitor

    $ desk verify
    DIR/desk.db: ✓ sound, 25 events, 4 tickets
      head: 30:HASH
    ");
}

/// What each reading command prints of tickets, and whether it says something of
/// them where nothing is limited.
const READING: &[(&[&str], bool)] = &[
    (&[], true),
    (&["list", "--all"], true),
    (&["list", "--at", "2026-03-02T09:20:00Z"], true),
    (&["overdue", "--within", "9d"], true),
    (&["sla", "--by", "category"], true),
    (&["show", "1"], true),
    (&["show", "1", "--brief"], true),
    (&["show", "2"], true),
    (&["search", "leaks"], true),
    (&["search", "VPN"], true),
    (&["similar", "1"], true),
    (&["similar", "--text", "VPN trouble"], true),
    (&["known-errors"], false),
    (&["report"], false),
    (&["export"], true),
    (&["export", "--format", "csv"], true),
    (&["export", "--excel"], true),
    (&["sweep", "--dry-run"], true),
    (&["participants", "2"], false),
    (&["sla", "explain", "1"], true),
    (&["log", "1", "more"], true),
];

#[test]
fn no_reading_command_uses_or_shows_limited_data() {
    let mut env = desk();
    let limit = [
        "person",
        "limit-processing",
        "mia@example.org",
        "--reason",
        "x",
    ];
    let _ = env
        .run(&["person", "join", "mia@example.org", "mia.roth@example.com"])
        .ok();
    // The control: before, they do.
    for limited in [false, true] {
        if limited {
            let _ = env.run(&limit).ok();
        }
        for (args, says_something) in READING {
            // Ticket 2 is Tom's; what the person wrote there is covered too, but not
            // the note of somebody else.
            env.at("2026-03-02T11:00:00Z");
            let mut told = false;
            for format in ["table", "json", "csv"] {
                let mut args = args.to_vec();
                if !args.contains(&"--format") {
                    args.extend(["--format", format]);
                }
                let output = env.run(&args);
                assert!(!limited || !tells(&output), "{args:?}:\n{output}");
                told |= tells(&output);
            }
            assert!(limited || told == *says_something, "{args:?} {told}");
        }
    }
    let similar = env.run(&["similar", "4", "--json"]).ok().stdout;
    assert!(!similar.contains("\"id\":1"), "{similar}");
    // With a reason that is recorded, they are shown.
    for args in [
        &["show", "1", "--limited", "a court asks"][..],
        &["export", "--limited", "moving"],
    ] {
        assert!(tells(&env.run(args).ok()), "{args:?}");
    }
    let export = env.run(&["export", "--limited", "counting"]).ok().stdout;
    let looked = export.matches("person-limited-shown").count();
    assert_eq!(looked, 3, "each look is recorded");
}

#[test]
fn joins_and_limits_go_along_with_an_export() {
    let mut env = desk();
    env.does(
        "
        desk person join mia@example.org mia.roth@example.com --reason same
        desk person limit-processing tom@example.org --reason objection
        ",
    );
    let covered = env.run(&["export"]).ok().stdout;
    assert!(!covered.contains("\"tom@example.org\"") && !covered.contains("\"person\""));
    let whole = env.run(&["export", "--limited", "moving"]).ok().stdout;
    let other = env.dir().join("other.db");
    let other = other.to_str().unwrap();
    let _ = env.run(&["init", "--db", other]).ok();
    for _ in 0..2 {
        let _ = env.run_with(&["import", "--db", other, "-"], &whole).ok();
    }
    let known = env.run(&[
        "person",
        "export",
        "mia@example.org",
        "--db",
        other,
        "--json",
    ]);
    assert!(known.ok().stdout.contains("mia.roth@example.com"));
    let page = env.run(&["show", "2", "--db", other]).ok().stdout;
    assert!(page.contains("[processing limited]"), "{page}");
    let _ = env.run(&["verify", "--db", other]).ok();
}
