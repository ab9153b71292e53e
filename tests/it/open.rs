//! Tickets are opened: `desk open`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_title_is_enough_to_open_a_ticket() {
    let mut env = Env::new();
    assert_snapshot!(env.says(r#"
        desk open "VPN drops every ten minutes"
        desk open printer on floor 3 is out of toner
        desk show 2
    "#), @r#"
    $ desk open "VPN drops every ten minutes"
    #1 opened, first response due in 3h (12:00), resolution due in 1d (Tue 09:00)

    $ desk open printer on floor 3 is out of toner
    #2 opened, first response due in 3h (12:01), resolution due in 1d (Tue 09:01)

    $ desk show 2
    #2 printer on floor 3 is out of toner
      new since 09:01 · no priority
      not identified · no category · L1 · unassigned
      opened 09:01 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     1m   2h 59m      3h          12:01
      resolution  ✓ ok     1m  23h 59m      1d          Tue 09:01

    Timeline
      09:01  anna  opened
    "#);
}

#[test]
fn a_number_alone_is_a_title_and_a_note_says_so() {
    let mut env = Env::new();
    assert_snapshot!(env.says("
        desk open 404
    "), @"
    $ desk open 404
    #1 opened, first response due in 3h (12:00), resolution due in 1d (Tue 09:00)
    ! '404' was taken for a title; the ticket is shown by: desk show 404
    ");
}

#[test]
fn everything_known_can_be_said_when_a_ticket_is_opened() {
    let mut env = Env::new();
    assert_snapshot!(env.says(r#"
        desk open "Mail bounces" -m "Since the move, all of it." --requester "Tom Abel <tom@example.org>" --language de --channel email --kind incident --onset occurred --symptom "550 relaying denied" --affected mx1 --affected mx2 --began "yesterday 17:00" --category mail/relay -u high -b medium -g high --assign ben --key move-7
        desk show 1
    "#), @r#"
    $ desk open "Mail bounces" -m "Since the move, all of it." --requester "Tom Abel <tom@example.org>" --language de --channel email --kind incident --onset occurred --symptom "550 relaying denied" --affected mx1 --affected mx2 --began "yesterday 17:00" --category mail/relay -u high -b medium -g high --assign ben --key move-7
    #1 opened as P1 incident, logged, categorized as mail/relay, escalated L1 -> L3, assigned to ben, first response due in 1h (10:00), resolution due in 4h (13:00)

    $ desk show 1
    #1 Mail bounces
      active since 09:00 · P1 (users high, business medium, urgency high)
      incident, occurred · mail/relay · L3 · ben
      opened 09:00 by anna, came by email

    Clocks
                  STATE  USED    LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     1m     59m      1h          10:00
      resolution  ✓ ok     1m  3h 59m      4h          13:00

    Requester
      name        Tom Abel
      contact     tom@example.org
      language    de

    Known
      │ Since the move, all of it.
      symptom     550 relaying denied
      affected    mx1
      affected    mx2
      began       Sun 17:00

    Timeline
      09:00  anna  opened by email
      09:00  anna  identified as incident
      09:00  anna  logged; symptoms: 550 relaying denied; affected: mx1, mx2; began Sun 17:00
      09:00  anna  categorized as mail/relay
      09:00  anna  prioritized P1 (impact high, urgency high)
      09:00  desk  escalated L1 -> L3
             │ P1 goes to L3 at once
      09:00  anna  assigned to ben
    "#);
}

#[test]
fn the_same_key_opens_once() {
    let mut env = Env::new();
    assert_snapshot!(env.says(r#"
        desk open "Backup is late" --key backup-7
        desk open "Backup is late" --key backup-7
        desk open "Backup is late" --key backup-8
        desk list --count
    "#), @r#"
    $ desk open "Backup is late" --key backup-7
    #1 opened, first response due in 3h (12:00), resolution due in 1d (Tue 09:00)

    $ desk open "Backup is late" --key backup-7
    #1 unchanged

    $ desk open "Backup is late" --key backup-8
    #2 opened, first response due in 3h (12:02), resolution due in 1d (Tue 09:02)

    $ desk list --count
    2
    "#);
}

#[test]
fn a_repeated_alarm_is_counted_and_its_words_are_kept() {
    let mut env = Env::new();
    assert_snapshot!(env.says(r#"
        desk open "Disk full on db3" -m "95 %" -c monitoring --key disk-db3
        desk --at "30m ago" open "I/O errors on db3" -c monitoring --symptom "sda: reset" -u high -b high -g high --key disk-db3
        desk open "Disk full on db3" -m "99 %" -c monitoring --key disk-db3
        desk open "Disk full on db3" -m "99 %" -c monitoring --key disk-db3
        desk show 1
        desk show 1 --full
    "#), @r#"
    $ desk open "Disk full on db3" -m "95 %" -c monitoring --key disk-db3
    #1 opened, first response due in 3h (12:00), resolution due in 1d (Tue 09:00)

    $ desk --at "30m ago" open "I/O errors on db3" -c monitoring --symptom "sda: reset" -u high -b high -g high --key disk-db3
    #1 seen 2 times, last 09:00

    $ desk open "Disk full on db3" -m "99 %" -c monitoring --key disk-db3
    #1 seen 3 times, last 09:02

    $ desk open "Disk full on db3" -m "99 %" -c monitoring --key disk-db3
    #1 unchanged

    $ desk show 1
    #1 Disk full on db3
      new since 09:00 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna, came by monitoring

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     4m   2h 56m      3h          12:00
      resolution  ✓ ok     4m  23h 56m      1d          Tue 09:00

    Known
      │ 95 %

    Repeated
      seen 3 times, last 09:02
        │ Disk full on db3
        │ 99 %
        │ channel: monitoring
        all 3 texts: desk show 1 --full

    Timeline
      09:00  anna  opened by monitoring

    $ desk show 1 --full
    #1 Disk full on db3
      new since 09:00 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna, came by monitoring

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     5m   2h 55m      3h          12:00
      resolution  ✓ ok     5m  23h 55m      1d          Tue 09:00

    Known
      │ 95 %

    Repeated
      seen 3 times, last 09:02
      seen 1 time, last 08:31
        │ I/O errors on db3
        │ symptom: sda: reset
        │ channel: monitoring
        │ impact on users: high
        │ impact on business: high
        │ urgency: high
      seen 1 time, last 09:00
        │ Disk full on db3
        │ 95 %
        │ channel: monitoring
      seen 1 time, last 09:02
        │ Disk full on db3
        │ 99 %
        │ channel: monitoring

    Timeline
      09:00  anna  opened by monitoring
    "#);
    let json = env.json(&["show", "1"]);
    let texts: Vec<&str> = json["occurrences"]["texts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|text| text["text"].as_str().unwrap())
        .collect();
    assert_eq!(json["occurrences"]["count"], 3);
    assert_eq!(texts.len(), 3);
    assert_eq!(texts[2], "Disk full on db3\n99 %\nchannel: monitoring");
    let done = env.json(&["open", "Disk is dying", "--key", "disk-db3"]);
    assert_eq!(
        (&done["changed"], &done["opened"]),
        (&true.into(), &false.into())
    );
    assert_eq!(done["did"], serde_json::json!(["counted"]));
    assert_eq!(done["occurrences"]["count"], 4);
    env.does("desk verify");
}

#[test]
fn an_alarm_reopens_a_ticket_or_opens_a_new_one() {
    let mut env = Env::new();
    env.does(
        "desk open 'Disk full' -k incident --category disk -u low -b low -g low --key disk-db3",
    );
    env.does("desk resolve 1 cleaned --restored-by me --tell done");
    assert_snapshot!(env.says(r#"
        desk open "Disk full" --key disk-db3
        desk open "Disk full" --key disk-db3
        desk --at "20d ago" open "Printer" -k incident --category printer -u low -b low -g low --key printer
        desk --at "20d ago" resolve 2 "new toner" --restored-by me --tell done
        desk --at "20d ago" close 2
        desk open "Printer" --key printer
        desk open "Printer" --key printer
        desk list --columns id,title,status,key
    "#), @r#"
    $ desk open "Disk full" --key disk-db3
    #1 reopened, seen 2 times, last 09:02, resolution due in 23h 59m (Tue 09:01)

    $ desk open "Disk full" --key disk-db3
    #1 unchanged

    $ desk --at "20d ago" open "Printer" -k incident --category printer -u low -b low -g low --key printer
    #2 opened as P4 incident, categorized as printer, first response due in 3h (12:04), resolution due in 1d (Wed 09:04)

    $ desk --at "20d ago" resolve 2 "new toner" --restored-by me --tell done
    #2 resolved (solved) after 1m of 1d: met, restoration confirmed by me, replied

    $ desk --at "20d ago" close 2
    #2 closed

    $ desk open "Printer" --key printer
    #3 opened, linked to #2 (previous), first response due in 3h (12:07), resolution due in 1d (Tue 09:07)

    $ desk open "Printer" --key printer
    #3 unchanged

    $ desk list --columns id,title,status,key
    ID  TITLE      STATUS  KEY
     3  Printer    new     printer
     1  Disk full  active  disk-db3
    "#);
    let show = env.run(&["show", "1"]).ok();
    let reason = "the alarm 'disk-db3' was raised again";
    assert!(show.stdout.contains(reason), "{show}");
    let mut links = |id| env.json(&["show", id])["links"].clone();
    assert_eq!(
        links("3"),
        serde_json::json!([{"relation": "previous", "id": 2}])
    );
    assert_eq!(
        links("2"),
        serde_json::json!([{"relation": "follow-up", "id": 3}])
    );
}

#[test]
fn a_long_key_is_refused_with_what_is_accepted() {
    let mut env = Env::new();
    let key = |bytes: usize| "é".repeat(bytes / 2);
    assert!(
        env.run(&["open", "VPN", "--key", &key(200)])
            .ok()
            .stdout
            .starts_with("#1 opened")
    );
    assert_snapshot!(env.run(&["open", "VPN", "--key", &key(202)]), @"
    ------- stderr -------
    desk: the key has 202 bytes, at most 200 are allowed
      hint: give a shorter key, such as --key disk-web-3; the rest belongs into the title or -m TEXT
    [exit 2]
    ");
}

#[test]
fn names_that_are_nearly_known_are_reported() {
    let mut env = Env::new();
    env.does("desk open VPN -r mia@example.org --category network/vpn --assign ben");
    assert_snapshot!(env.says(r#"
        desk open VPN -r mia@exmaple.org --category network/vnp --assign bne
        desk open VPN -r mia@exmaple.org --category network/vnp --assign bne
        desk open VPN -r ole@example.org --category network/lan --assign cara
        desk -q open VPN -r mai@example.org
        desk log 1 -r mia@example.or
        desk categorize 1 netwrok/vpn
        desk assign 1 cra
        desk escalate 1 L2 "hard" --to caar
    "#), @r#"
    $ desk open VPN -r mia@exmaple.org --category network/vnp --assign bne
    #2 opened, categorized as network/vnp, assigned to bne, first response due in 3h (12:01), resolution due in 1d (Tue 09:01)
    ! no requester 'mia@exmaple.org' yet; did you mean 'mia@example.org'?
    ! no category 'network/vnp' yet; did you mean 'network/vpn'?
    ! no agent 'bne' yet; did you mean 'ben'?

    $ desk open VPN -r mia@exmaple.org --category network/vnp --assign bne
    #3 opened, categorized as network/vnp, assigned to bne, first response due in 3h (12:02), resolution due in 1d (Tue 09:02)

    $ desk open VPN -r ole@example.org --category network/lan --assign cara
    #4 opened, categorized as network/lan, assigned to cara, first response due in 3h (12:03), resolution due in 1d (Tue 09:03)

    $ desk -q open VPN -r mai@example.org

    $ desk log 1 -r mia@example.or
    #1 contact "mia@example.org" -> "mia@example.or"
    ! no requester 'mia@example.or' yet; did you mean 'mia@example.org' or 'mia@exmaple.org'?

    $ desk categorize 1 netwrok/vpn
    #1 categorized as netwrok/vpn
    ! no category 'netwrok/vpn' yet; did you mean 'network/vpn'?

    $ desk assign 1 cra
    #1 assigned to cra
    ! no agent 'cra' yet; did you mean 'cara'?

    $ desk escalate 1 L2 "hard" --to caar
    #1 escalated L1 -> L2, assigned to caar, resolution due in 23h 52m (Tue 09:00)
    ! no agent 'caar' yet; did you mean 'cara'?
    "#);
    let ticket = env.json(&["show", "2"]);
    assert_eq!(ticket["assignee"], "bne", "what was typed is done");
    let noted = env.run(&["assign", "1", "crra", "--json"]);
    assert!(noted.stderr.contains("did you mean 'cara'"), "{noted}");
}

#[test]
fn without_a_title_no_ticket_is_opened() {
    let mut env = Env::new();
    assert_snapshot!(env.says(r#"
        desk open
        desk open ""
        desk open "ok" --began "in 2h"
        desk list
    "#), @r#"
    $ desk open
    ! desk: missing title
    !   hint: give it with desk open TITLE
    [exit 2]

    $ desk open ""
    ! desk: the title is empty
    !   hint: write the title, or leave it out
    [exit 2]

    $ desk open "ok" --began "in 2h"
    ! desk: the problem cannot have begun at 2026-03-02 11:02, after it was reported at 2026-03-02 09:02
    !   hint: give an earlier time, such as --began '2h ago'
    [exit 1]

    $ desk list
    ! no open tickets; desk list --all includes closed ones
    "#);
}

#[test]
fn ratings_come_all_or_not_at_all() {
    let mut env = Env::new();
    assert_snapshot!(env.says(r#"
        desk open "VPN" --users high
        desk open "VPN" --users hihg --business low --urgency low
    "#), @r#"
    $ desk open "VPN" --users high
    ! desk: a new ticket needs all three ratings, or none
    !   hint: give --users, --business and --urgency, or rate the ticket later with: desk prioritize
    [exit 2]

    $ desk open "VPN" --users hihg --business low --urgency low
    ! desk: unknown impact level 'hihg'
    !   hint: did you mean 'high'? accepted: high, medium, low
    [exit 2]
    "#);
}

#[test]
fn a_misspelled_flag_of_open_is_refused_with_a_suggestion() {
    let mut env = Env::new();
    assert_snapshot!(env.says(r#"
        desk open "VPN" --channel fone
        desk open "VPN" --kind problem
        desk open "VPN" --requestor Mia
        desk open "VPN" --category "network//vpn"
        desk open "VPN" --assign "a b"
    "#), @r#"
    $ desk open "VPN" --channel fone
    ! desk: invalid value 'fone' for '--channel <CHANNEL>': unknown channel 'fone'
    !   hint: accepted: phone, walk-in, email, chat, portal, monitoring, other
    [exit 2]

    $ desk open "VPN" --kind problem
    ! desk: invalid value 'problem' for '--kind <KIND>': unknown kind 'problem'
    !   hint: accepted: incident, request
    [exit 2]

    $ desk open "VPN" --requestor Mia
    ! desk: unexpected argument '--requestor'
    !   hint: type: desk open VPN --requester Mia
    [exit 2]

    $ desk open "VPN" --category "network//vpn"
    ! desk: 'network//vpn' is not a category
    !   hint: write a path of one to five names joined by '/', such as network/vpn; names are letters, digits and - _ . + &
    [exit 2]

    $ desk open "VPN" --assign "a b"
    ! desk: 'a b' is not a name for an agent
    !   hint: use letters, digits and . _ - @ +, without spaces, such as anna or j.doe
    [exit 2]
    "#);
}

#[test]
fn a_requester_is_one_person() {
    let mut env = Env::new();
    assert_snapshot!(env.says(r#"
        desk open VPN --requester "Mia Roth <mia@example.org"
        desk open VPN --requester "Mia <mia@example.org>, Ben <ben@example.org>"
        desk open VPN --requester Mia --contact "mia@example.org, ben@example.org"
        desk list --all
        "#), @r#"
    $ desk open VPN --requester "Mia Roth <mia@example.org"
    ! desk: 'Mia Roth <mia@example.org' is not one requester
    !   hint: write one person, as in "Mia Roth <mia@example.org>"
    [exit 2]

    $ desk open VPN --requester "Mia <mia@example.org>, Ben <ben@example.org>"
    ! desk: 'Mia <mia@example.org>, Ben <ben@example.org>' is not one requester
    !   hint: write one person, as in "Mia Roth <mia@example.org>"
    [exit 2]

    $ desk open VPN --requester Mia --contact "mia@example.org, ben@example.org"
    ! desk: 'mia@example.org, ben@example.org' is not one requester
    !   hint: write one person, as in "Mia Roth <mia@example.org>"
    [exit 2]

    $ desk list --all
    ! no tickets match
    "#);
}

/// A policy with templates.
const TEMPLATES: &str = r#"
[categories."access/password"]
questions = [{ key = "identity", text = "How was the caller identified?", choices = ["call back", "badge"] }]
[categories."network/vpn"]
[templates.password-reset]
title = "Password reset"
kind = "request"
category = "access/password"
channel = "phone"
users = "low"
business = "low"
urgency = "low"
resolution = "Set a new password."
[templates.locked]
title = "{{account}} is locked"
kind = "incident"
category = "access/password"
users = "low"
business = "low"
urgency = "medium"
description = "{{requester}} cannot log in."
symptoms = ["locked"]
tier = "L2"
questions = [{ key = "account", text = "Which account?" }]
resolution = "Unlocked {{account}}, identified by {{identity}}."
code = "workaround"
"#;

fn with_templates() -> Env {
    let mut env = Env::new();
    std::fs::write(env.dir().join("policy.toml"), TEMPLATES).unwrap();
    env.does("desk policy set policy.toml");
    env
}

#[test]
fn a_password_reset_is_one_short_command() {
    let mut env = with_templates();
    let line = "desk open --template password-reset -r eva@example.org --done --confirmed --close";
    assert!(line.len() <= 85, "{} characters", line.len());
    let said = env.says(line);
    assert_snapshot!(said, @"
    $ desk open --template password-reset -r eva@example.org --done --confirmed --close
    #1 opened as P4 request, categorized as access/password, resolved (fulfilled) after 0s of 1d: met, restoration confirmed by eva@example.org, closed, replied by phone
    ");
    let page = env.json(&["show", "1"]);
    assert_eq!(page["status"], "closed");
    assert_eq!(page["clocks"]["response"]["state"], "met");
}

#[test]
fn a_template_is_filled_in_and_flags_count_first() {
    let mut env = with_templates();
    assert_snapshot!(env.says(r#"
        desk policy templates
        desk open --template LOCKED -r "Eva <eva@example.org>" -a account=eva1 -g high -a since=monday
        desk show 1
        desk open "No login" --template locked -r eva@example.org -m "Since today."
    "#), @r#"
    $ desk policy templates
    TEMPLATE        KIND      CATEGORY         ASKS     RESOLVES  TITLE
    password-reset  request   access/password  -        yes       Password reset
    locked          incident  access/password  account  yes       {{account}} is locked

    $ desk open --template LOCKED -r "Eva <eva@example.org>" -a account=eva1 -g high -a since=monday
    #1 opened as P3 incident, logged, categorized as access/password, diagnosed; 2 answers, escalated L1 -> L2, first response due in 3h (12:02), resolution due in 1d (Tue 09:02)

    $ desk show 1
    #1 eva1 is locked
      active since 09:02 · P3 (users low, business low, urgency high)
      incident, occurred · access/password · L2 · unassigned
      opened 09:02 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     1m   2h 59m      3h          12:02
      resolution  ✓ ok     1m  23h 59m      1d          Tue 09:02

    Requester
      name        Eva
      contact     eva@example.org

    Known
      │ Eva cannot log in.
      symptom     locked
      account
        │ eva1
      since
        │ monday

    Timeline
      09:02  anna  opened
      09:02  anna  identified as incident
      09:02  anna  logged; symptoms: locked
      09:02  anna  categorized as access/password
      09:02  anna  prioritized P3 (impact low, urgency high)
      09:02  anna  diagnosed; 2 answers
             │ account: eva1
             │ since: monday
      09:02  anna  escalated L1 -> L2
             │ the template locked says so

    $ desk open "No login" --template locked -r eva@example.org -m "Since today."
    #2 opened as P4 incident, logged, categorized as access/password, escalated L1 -> L2, first response due in 3h (12:04), resolution due in 1d (Tue 09:04)
    "#);
    let second = env.json(&["show", "2"]);
    assert_eq!(second["title"], "No login");
    assert_eq!(second["description"], "Since today.");
}

#[test]
fn a_template_says_what_it_needs_and_which_there_are() {
    let mut env = with_templates();
    assert_snapshot!(env.says(r#"
        desk open --template lockd
        desk open --template locked
        desk open --template locked -r Eva
        desk open --template locked -r Eva -a account=eva1 --done
        desk open --template locked -r Eva -a account=eva1 -a identity=passport --done
        desk open X --done
        desk open X --template locked --like 1
        desk list --all --count
    "#), @"
    $ desk open --template lockd
    ! desk: unknown template 'lockd'
    !   hint: did you mean 'locked'? accepted: password-reset, locked
    [exit 2]

    $ desk open --template locked
    ! desk: the template locked needs an answer: Which account?
    !   hint: give it with --answer account=TEXT
    [exit 2]

    $ desk open --template locked -r Eva
    ! desk: the template locked needs an answer: Which account?
    !   hint: give it with --answer account=TEXT
    [exit 2]

    $ desk open --template locked -r Eva -a account=eva1 --done
    ! desk: the template locked needs an answer: How was the caller identified?
    !   hint: give it with --answer identity=TEXT
    [exit 2]

    $ desk open --template locked -r Eva -a account=eva1 -a identity=passport --done
    ! desk: identity: unknown answer 'passport'
    !   hint: accepted: call back, badge
    [exit 2]

    $ desk open X --done
    ! desk: missing --template <NAME>
    !   hint: usage: desk open --template <NAME> --done <TITLE>...
    [exit 2]

    $ desk open X --template locked --like 1
    ! desk: '--template <NAME>' cannot be used with '--like <ID>'
    !   hint: usage: desk open --template <NAME> <TITLE>...
    [exit 2]

    $ desk list --all --count
    0
    ");
    assert_snapshot!(Env::new().says(r#"
        desk open --template locked
        desk policy templates
        desk policy templates --json
    "#), @"
    $ desk open --template locked
    ! desk: there is no template 'locked': the policy has none
    !   hint: write one as [templates.NAME] with: desk policy edit; see desk help opening
    [exit 2]

    $ desk policy templates
    ! the policy has no templates; see desk help opening

    $ desk policy templates --json
    []
    ");
}

#[test]
fn a_ticket_of_a_template_is_resolved_with_its_words_later() {
    let mut env = with_templates();
    assert_snapshot!(env.says(r#"
        desk open --template locked -r Eva -a account=eva1
        desk resolve 1 --template locked
        desk diagnose 1 -a identity=badge
        desk resolve 1 a text of my own --template locked
        desk resolve 1 --template locked
        desk open VPN --category network/vpn -k request -u low -b low -g low
        desk resolve 2 --template password-reset --code solved
        desk resolve 2 --template nothing
    "#), @"
    $ desk open --template locked -r Eva -a account=eva1
    #1 opened as P4 incident, logged, categorized as access/password, diagnosed; 1 answer, escalated L1 -> L2, first response due in 3h (12:01), resolution due in 1d (Tue 09:01)

    $ desk resolve 1 --template locked
    ! desk: missing identity
    !   hint: give it with the text: desk resolve ID TEXT
    [exit 2]

    $ desk diagnose 1 -a identity=badge
    #1 diagnosed; 1 answer
    ! the policy has no advice for these answers
    ! next: desk investigate 1 HYPOTHESIS
    !   or: desk escalate 1 REASON

    $ desk resolve 1 a text of my own --template locked
    ! desk: the resolution was given twice, as a text and with --template
    !   hint: give it once
    [exit 2]

    $ desk resolve 1 --template locked
    #1 resolved (workaround) after 4m of 1d: met

    $ desk open VPN --category network/vpn -k request -u low -b low -g low
    #2 opened as P4 request, categorized as network/vpn, first response due in 3h (12:06), resolution due in 1d (Tue 09:06)

    $ desk resolve 2 --template password-reset --code solved
    #2 resolved (solved) after 1m of 1d: met

    $ desk resolve 2 --template nothing
    ! desk: unknown template 'nothing'
    !   hint: accepted: password-reset, locked
    [exit 2]
    ");
}

#[test]
fn a_ticket_is_resolved_as_it_is_opened_or_not_opened_at_all() {
    let mut env = with_templates();
    assert_snapshot!(env.says(r#"
        desk open Fax --resolve "turned it on"
        desk open Fax --confirmed
        desk open Fax --resolve done --confirmed -k request --category network/vpn -u low -b low -g low
        desk open Fax --resolve done --key fax
        desk open Fax --resolve done --close -k request --category network/vpn -u low -b low -g low --restored-by Ole
        desk open Fax --resolve done --force --reason "by order"
        desk list --all
        desk verify -q
    "#), @r#"
    $ desk open Fax --resolve "turned it on"
    ! desk: it cannot be resolved at once: not identified as incident or request, no category, no priority; nothing was opened
    !   hint: add --kind KIND --category PATH -u LEVEL -b LEVEL -g LEVEL; or override it with --force --reason TEXT
    [exit 1]

    $ desk open Fax --confirmed
    ! desk: only a ticket that is resolved can be confirmed or closed
    !   hint: give the resolution with --resolve TEXT
    [exit 2]

    $ desk open Fax --resolve done --confirmed -k request --category network/vpn -u low -b low -g low
    ! desk: --confirmed needs a requester, who confirmed it
    !   hint: give --requester WHO, or --restored-by WHO
    [exit 2]

    $ desk open Fax --resolve done --key fax
    ! desk: '--resolve <TEXT>' cannot be used with '--key <TEXT>'
    !   hint: usage: desk open --resolve <TEXT> <TITLE>...
    [exit 2]

    $ desk open Fax --resolve done --close -k request --category network/vpn -u low -b low -g low --restored-by Ole
    ! desk: it cannot be resolved at once: the requester has not been told of the resolution or waits for an answer; nothing was opened
    !   hint: add --tell TEXT; or override it with --force --reason TEXT
    [exit 1]

    $ desk open Fax --resolve done --force --reason "by order"
    #1 opened, resolved (solved) after 0s of 1d: met, gate identified passed by force, gate categorized passed by force, gate prioritized passed by force

    $ desk list --all
    ID  STATUS    SLA      TIER  TITLE
     1  resolved  ✓ 2h59m  L1    Fax

    $ desk verify -q
    DIR/desk.db: ✓ sound, 8 events, 1 ticket
      head: 10:HASH
    "#);
}

#[test]
fn a_ticket_like_another_one_says_the_same_of_the_fault_but_not_who_had_it() {
    let mut env = with_templates();
    env.does(r#"desk open "VPN drops" -m "It is me again" -r eva@example.org -c phone -k incident --category network/vpn -u low -b low -g high --symptom "no route" --affected gw1 --began "1h ago" --assign ben"#);
    env.does("desk open --like 1");
    env.does("desk open Slow --like 1 -g low --symptom slow");
    let copy = env.json(&["show", "2"]);
    assert_eq!(copy["title"], "VPN drops");
    assert_eq!(copy["kind"], "incident");
    assert_eq!(copy["category"], "network/vpn");
    assert_eq!(copy["urgency"], "high");
    assert_eq!(copy["symptoms"], serde_json::json!(["no route"]));
    assert_eq!(copy["affected"], serde_json::json!(["gw1"]));
    assert_eq!(copy["requester"]["contact"], serde_json::Value::Null);
    for not_taken in ["description", "assignee", "began_at", "key"] {
        assert_eq!(copy[not_taken], serde_json::Value::Null, "{not_taken}");
    }
    assert_eq!(copy["channel"], "other");
    let other = env.json(&["show", "3"]);
    assert_eq!(
        (&other["title"], &other["urgency"]),
        (&"Slow".into(), &"low".into())
    );
    assert_eq!(other["symptoms"], serde_json::json!(["slow"]));
    let _ = env.run(&["open", "--like", "99"]).code(3);
    let _ = env.run(&["open", "--like", "1,2"]).code(2);
}

#[test]
fn a_restricted_ticket_says_nothing_in_one_like_it() {
    let mut env = with_templates();
    env.does("desk open 'Secret audit of Eva'");
    env.does("desk restrict 1 --to anna");
    // Neither to those who may not see it, nor through those who may.
    for agent in ["ben", "anna"] {
        let refused = env.run(&["--as", agent, "open", "--like", "1"]);
        assert_ne!(refused.code, Some(0), "{agent}");
        let said = format!("{}{}", refused.stdout, refused.stderr);
        assert!(!said.contains("Secret"), "{said}");
    }
    assert_eq!(env.json(&["list", "--all", "--count"])["count"], 1);
    // The control: without the restriction it is taken over.
    env.does("desk restrict 1 --lift --reason over");
    env.does("desk open --like 1");
    assert_eq!(env.json(&["show", "2"])["title"], "Secret audit of Eva");
}

#[test]
fn the_usual_channel_stands_in_the_settings() {
    let mut env = Env::new();
    env.does("desk config set channel phone");
    env.does("desk open VPN");
    env.does("desk open Mail -c email");
    env.does("DESK_CHANNEL=chat desk open Fax");
    for (id, channel) in [("1", "phone"), ("2", "email"), ("3", "chat")] {
        assert_eq!(env.json(&["show", id])["channel"], channel);
    }
}
