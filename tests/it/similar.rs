//! Similar tickets: `desk similar`, `desk open --similar`.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::env::Env;
use crate::search::ids;
use crate::terminal::{Terminal, plain};

pub(crate) fn solved(env: &mut Env) {
    env.does(
        r#"
        desk open "VPN certificate expired" -m "The tunnel closes after login." -k incident --category network/vpn -u low -b low -g low --channel phone
        desk resolve 1 "renewed the certificate" --restored-by Mia --tell "Try again."
        desk open "VPN tunnel closes after login" -k incident --category network/vpn -u low -b low -g low --channel phone
        desk open "The VPN tunnel closes" -k incident --category network/vpn -u low -b low -g low --channel phone
        desk resolve 3 "reinstalled the client" --restored-by Mia --tell "Try again."
        desk known-errors add 3 "restart the client" --cause "version 5.1"
        desk open "Printer jams" -k incident --category print -u low -b low -g low
        desk open "VPN tunnel closes after login again"
        "#,
    );
}

#[test]
fn similar_tickets_are_shown_with_their_resolutions() {
    let mut env = Env::new();
    solved(&mut env);
    assert_snapshot!(env.says(
        r#"
        desk similar 5
        desk similar 5 --limit 1
        desk similar --text "the vpn tunnel closes"
        desk similar 5 --categories
        desk similar --text zebra
        desk similar --text zebra --categories
        desk similar 99
        desk similar
        desk similar 5 --text x
        "#
    ), @r#"
    $ desk similar 5
    #3  76 %  resolved  network/vpn  The VPN tunnel closes
        known error, workaround: restart the client
        cause: version 5.1
        solved by anna in 1m: reinstalled the client
    #2  90 %  new       network/vpn  VPN tunnel closes after login
    #1  79 %  resolved  network/vpn  VPN certificate expired
        solved by anna in 1m: renewed the certificate
    ! similar open ticket opened within the hour: #2 (same outage?)
    ! no category yet; 3 similar tickets have network/vpn: desk categorize 5 network/vpn

    $ desk similar 5 --limit 1
    #3  76 %  resolved  network/vpn  The VPN tunnel closes
        known error, workaround: restart the client
        cause: version 5.1
        solved by anna in 1m: reinstalled the client
    ! similar open ticket opened within the hour: #2 (same outage?)
    ! no category yet; 3 similar tickets have network/vpn: desk categorize 5 network/vpn

    $ desk similar --text "the vpn tunnel closes"
    #3  95 %  resolved  network/vpn  The VPN tunnel closes
        known error, workaround: restart the client
        cause: version 5.1
        solved by anna in 1m: reinstalled the client
    #2  89 %  new       network/vpn  VPN tunnel closes after login
    #5  86 %  new       -            VPN tunnel closes after login again
    #1  83 %  resolved  network/vpn  VPN certificate expired
        solved by anna in 1m: renewed the certificate
    ! 2 similar open tickets opened within the hour: #2 and #5 (same outage?)

    $ desk similar 5 --categories
    network/vpn  100 %  #2 VPN tunnel closes after login; #3 The VPN tunnel closes; #1 VPN certificate expired
    ! nothing was changed; to take the first: desk categorize 5 network/vpn

    $ desk similar --text zebra
    ! no similar tickets

    $ desk similar --text zebra --categories
    ! no similar ticket has a category

    $ desk similar 99
    ! desk: there is no ticket #99
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk similar
    ! desk: missing <ID>
    !   hint: usage: desk similar <ID>, or desk similar --text <TEXT>, or desk similar --evaluate <FILE>
    [exit 2]

    $ desk similar 5 --text x
    ! desk: '[ID]' cannot be used with '--text <TEXT>'
    !   hint: usage: desk similar <ID>, or desk similar --text <TEXT>, or desk similar --evaluate <FILE>
    [exit 2]
    "#);
    let found = env.json(&["similar", "5"]);
    assert_eq!(found[0]["id"], 3);
    assert_eq!(found[0]["workaround"], "restart the client");
    assert_eq!(found[0]["cause"], "version 5.1");
    assert_eq!(found[2]["resolution"]["text"], "renewed the certificate");
    let open = found
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["id"] == 2)
        .unwrap();
    assert_eq!(
        (&open["alike"], &open["resolution"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(found[0]["alike"], false);
    assert!(!ids(&found).contains(&5));
    // A merged ticket is represented by the one that it was merged into.
    env.does("desk merge 2 --into 5");
    assert!(!ids(&env.json(&["similar", "5"])).contains(&2));
    assert!(ids(&env.json(&["similar", "--text", "vpn tunnel"])).contains(&5));
    // After an hour it is not the same outage.
    env.does("desk reopen 2 \"it is not\"");
    assert_eq!(env.json(&["similar", "4"]), json!([]));
    env.pass(120)
        .does("desk open \"VPN tunnel closes after login\"");
    let found = env.json(&["similar", "6"]);
    assert!(
        found
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["alike"] == false),
        "{found:#}"
    );
}

#[test]
fn in_a_small_store_with_one_disruption_its_tickets_are_similar() {
    let mut env = Env::new();
    for n in 1..4 {
        let text = format!("shown on laptop{n}");
        let _ = env.run(&["open", "VPN drops", "-m", &text]).ok();
    }
    // Its laptop is on no other ticket; the other words are on all of them.
    let found = env.json(&["similar", "1"]);
    let found: Vec<&Value> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["id"])
        .collect();
    assert_eq!(found, [3, 2]);
}

#[test]
fn scripts_see_similar_tickets_only_on_request() {
    let mut env = Env::new();
    solved(&mut env);
    let plainly = env.run(&["open", "VPN tunnel closes"]).ok();
    assert!(!plainly.transcript().contains("like it"), "{plainly}");
    let asked = env.run(&["open", "VPN tunnel closes", "--similar"]).ok();
    assert!(
        asked.stdout.contains("similar tickets:") && asked.stdout.contains("restart the client"),
        "{asked}"
    );
    let told = env.json(&["open", "VPN tunnel closes"]);
    assert!(
        told.get("similar").is_none() && !told.to_string().contains("restart the client"),
        "{told}"
    );
    let told = env.json(&["open", "VPN tunnel closes", "--similar"]);
    assert!(told.to_string().contains("restart the client"), "{told}");
    let plainly = env.run(&["categorize", "6", "network/vpn"]).ok();
    assert!(!plainly.transcript().contains("like it"), "{plainly}");
    let asked = env
        .run(&["categorize", "7", "network/vpn", "--similar"])
        .ok();
    assert!(asked.stdout.contains("similar tickets:"), "{asked}");
    assert!(
        !env.json(&["categorize", "8", "network/vpn"])
            .to_string()
            .contains("restart")
    );
}

#[test]
fn a_terminal_shows_three_tickets_similar_to_a_new_one() {
    let mut env = Env::new();
    solved(&mut env);
    let (code, shown) = Terminal::run(&env, &[], &["open", "VPN tunnel closes after login"]).ends();
    assert_eq!(code, 0);
    assert_snapshot!(plain(&shown), @"
    #6 opened, first response due in 3h (12:08), resolution due in 1d (Tue 09:08)

    similar tickets:
    #3  79 %  resolved  network/vpn  The VPN tunnel closes
        known error, workaround: restart the client
        cause: version 5.1
        solved by anna in 1m: reinstalled the client
    #2  93 %  new       network/vpn  VPN tunnel closes after login
    #5  90 %  new       -            VPN tunnel closes after login again
    2 similar open tickets opened within the hour: #2 and #5 (same outage?)
    no category yet; 3 similar tickets have network/vpn: desk categorize 6 network/vpn
    ");
    let (code, shown) = Terminal::run(&env, &[], &["open", "Zebra", "--quiet"]).ends();
    assert_eq!(code, 0);
    assert!(!shown.contains("like it"), "{shown}");
    let (code, shown) = Terminal::run(&env, &[], &["open", "Nothing of the kind"]).ends();
    assert_eq!(code, 0);
    assert!(!shown.contains("like it"), "{shown}");
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn answers_are_evaluated_on_given_questions() {
    let mut env = Env::new();
    solved(&mut env);
    let files = [
        (
            "good.tsv",
            "my vpn tunnel closes\t3,1\nthe printer jams\t#4\n\nzebra\t4\n",
        ),
        (
            "kinds.tsv",
            "my vpn tunnel closes\tnetwork/vpn\nthe printer jams\tprint\n",
        ),
        ("none.tsv", "\n \n"),
        ("tabless.tsv", "a question\t1\nno tab here\n"),
        ("wordless.tsv", "👍\t1\n"),
        ("unknown.tsv", "vpn\tINC0000045, 999\n"),
    ];
    for (name, text) in files {
        fs::write(env.dir().join(name), text).unwrap();
    }
    fs::write(env.dir().join("bytes.tsv"), b"\xff\xfe\0\x80\t1\n").unwrap();
    assert_snapshot!(env.says(
        r#"
        desk similar --evaluate good.tsv
        desk similar --evaluate good.tsv --format csv
        desk similar --categories --evaluate kinds.tsv
        desk similar --evaluate unknown.tsv
        desk similar --evaluate wordless.tsv
        desk similar --evaluate none.tsv
        desk similar --evaluate tabless.tsv
        desk similar --evaluate nowhere.tsv
        desk similar --evaluate good.tsv 5
        desk --db other.db similar --evaluate good.tsv
        "#
    ), @"
    $ desk similar --evaluate good.tsv
    3 questions: hit@1 0.667, hit@5 0.667, MRR@10 0.667

    $ desk similar --evaluate good.tsv --format csv
    what,questions,hit_1,hit_5,mrr_10
    tickets,3,0.6667,0.6667,0.6667

    $ desk similar --categories --evaluate kinds.tsv
    2 questions: hit@1 1.000, hit@5 1.000, MRR@10 1.000

    $ desk similar --evaluate unknown.tsv
    1 question: hit@1 0.000, hit@5 0.000, MRR@10 0.000

    $ desk similar --evaluate wordless.tsv
    1 question: hit@1 0.000, hit@5 0.000, MRR@10 0.000

    $ desk similar --evaluate none.tsv
    ! desk: cannot use none.tsv: no questions found
    !   hint: write one line per query: the query, a tab, and ticket numbers separated by commas
    [exit 2]

    $ desk similar --evaluate tabless.tsv
    ! desk: cannot use tabless.tsv: line 2 has no tab between question and answers
    !   hint: write one line per query: the query, a tab, and ticket numbers separated by commas
    [exit 2]

    $ desk similar --evaluate nowhere.tsv
    ! desk: cannot read nowhere.tsv: No such file or directory (os error 2)
    !   hint: give the path of a text file
    [exit 2]

    $ desk similar --evaluate good.tsv 5
    ! desk: '--evaluate <FILE>' cannot be used with '[ID]'
    !   hint: usage: desk similar <ID>, or desk similar --text <TEXT>, or desk similar --evaluate <FILE>
    [exit 2]

    $ desk --db other.db similar --evaluate good.tsv
    ! desk: there is no store at DIR/other.db
    !   hint: create it with: desk init --db DIR/other.db
    [exit 2]
    ");
    let said = env.run(&["similar", "--evaluate", "bytes.tsv"]);
    assert!(matches!(said.code, Some(0 | 2)), "{said}");
}

#[test]
fn a_failed_lookup_does_not_undo_the_command() {
    let mut env = Env::file("the tables of SQLite's index");
    env.does("desk open \"VPN drops\"\ndesk open \"VPN drops again\"");
    let open = |env: &mut Env| {
        let opened = env.run(&["open", "VPN drops", "--similar"]).ok();
        assert!(opened.transcript().contains("opened"), "{opened}");
        opened.transcript()
    };
    let sound = open(&mut env);
    assert!(sound.contains("similar tickets:"), "{sound}");
    env.forge("DELETE FROM ticket_text_docsize");
    let told = open(&mut env);
    assert!(told.contains("cannot look up similar tickets"), "{told}");
    assert!(!told.contains("similar tickets:\n"), "{told}");
    let told = env
        .run(&["categorize", "1", "vpn", "--similar"])
        .ok()
        .transcript();
    assert!(told.contains("#1 categorized as vpn"), "{told}");
    assert!(told.contains("cannot look up similar tickets"), "{told}");
    assert_eq!(env.run(&["list", "--count"]).ok().transcript().trim(), "4");
}
