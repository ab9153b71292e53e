//! Tickets by what is written on them: `search`, `similar`, `reindex`, and
//! what `open` and `categorize` show of it.

use std::fs;

use insta::assert_snapshot;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use serde_json::{Value, json};

use crate::env::{Env, Output};
use crate::prompts::{Terminal, plain};

/// Texts that have been taken for something else than words.
const ODD: &[&str] = &[
    "a-b",
    "\"",
    "\"\"\"",
    "\"vpn",
    "*",
    "vpn*",
    "*vpn",
    "NEAR(",
    "NEAR(a b, 5)",
    "col:x",
    "title:vpn",
    "AND OR NOT",
    "AND",
    "vpn AND",
    "NOT vpn",
    "(vpn",
    "vpn)",
    "{a b}:c",
    "^vpn",
    "+vpn",
    "'; DROP TABLE prose; --",
    "👍",
    "👍🏽 vpn",
    "\u{1}\u{2}vpn\u{7}",
    "\u{1b}[31mvpn",
    "\u{202e}vpn\u{200f}",
    "\u{feff}",
    "\\",
    "%",
    "_",
    "$1",
    "?",
    "100%",
    ".",
    "東京",
    "ﬁ",
    "🅐",
    "ெ*",
    "\u{301}",
];

fn ids(found: &Value) -> Vec<i64> {
    let rows = found.as_array().unwrap();
    rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

/// The tickets that hold all of it.
fn whole(env: &mut Env, args: &[&str]) -> Vec<i64> {
    let found = env.json(&[&["search"], args].concat());
    let mut rows = found.as_array().unwrap().clone();
    rows.retain(|row| row["whole"] == true);
    let mut found = ids(&Value::Array(rows));
    found.sort_unstable();
    found
}

fn raw(text: &str) -> bool {
    let evil = ['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}', '\r', '\u{200b}'];
    text.contains(evil)
}

#[test]
fn any_text_is_a_search() {
    let mut env = Env::new();
    env.does("desk open \"VPN drops\" -m \"a b AND c\"");
    for text in ODD {
        for args in [
            &["search", "--", text][..],
            &["search", "--count", "--", text],
            &["search", "x", text],
            &["similar", &format!("--text={text}")],
            &["similar", "--categories", &format!("--text={text}")],
        ] {
            let mut all = args.to_vec();
            all.insert(1, "--json");
            let said = env.run(&all);
            if said.code == Some(2) {
                // A text must have something in it that can be seen.
                assert!(
                    text.trim_matches(|c: char| c.is_control()).len() < 4,
                    "{text:?}: {said}"
                );
                continue;
            }
            let said = said.ok();
            let found: Value = serde_json::from_str(&said.stdout).unwrap();
            assert!(
                found.is_array() || found["count"].is_u64(),
                "{args:?}: {found}"
            );
            let said = env.run(args).ok();
            assert!(!raw(&said.stdout) && !raw(&said.stderr), "{args:?}: {said}");
        }
    }
    assert_eq!(env.json(&["search", "\""]), json!([]));
    assert_eq!(env.json(&["similar", "--text", "👍"]), json!([]));
    assert_eq!(env.json(&["search", "a-b"])[0]["id"], 1);
}

#[test]
fn a_text_of_any_length_is_a_search() {
    let mut env = Env::new();
    env.does("desk open \"VPN drops\"");
    let words: String = (0..10_000).map(|n| format!("w{n}x ")).collect();
    let word = "x".repeat(1 << 20);
    for text in [
        format!("{words} vpn"),
        format!("vpn {words}"),
        word,
        "vpn ".repeat(200_000),
    ] {
        for args in [&["search", "-"][..], &["similar", "--text", "-"]] {
            let said = env.run_with(args, &text);
            assert!(
                matches!(said.code, Some(0 | 2)),
                "{args:?}: {:?}",
                said.code
            );
            assert!(said.stderr.len() < 4000, "{}", said.stderr.len());
        }
    }
}

/// Five tickets, each in another language.
fn tongues() -> Env {
    let mut env = Env::new();
    env.does(
        r#"
        desk open "Drucker im Büro druckt nicht" -m "Seit gestern läuft der Drucker auf der Straße nicht mehr, die Häuser sind kalt."
        desk open "Tulostimella ei voi tulostaa" -m "Näyttö on pimeä ja salasanat eivät kelpaa, kiitos."
        desk open "De schermen doen het niet meer" -m "Alle printers zijn geïnstalleerd en het netwerk is traag."
        desk open "Le stampanti non vanno" -m "Gli errori sono in città e la velocità è bassa, grazie."
        desk open "Mesin tidak bisa mencetak" -m "Saya tidak bisa membuka dokumen yang sudah dihapus."
        desk open "Printers were crashing" -m "The certificates of the naïve users have expired."
        "#,
    );
    env
}

#[test]
fn a_word_is_found_in_any_case_and_form_and_without_its_accents() {
    let mut env = tongues();
    let mut lost = Vec::new();
    for (id, words) in [
        (
            1,
            "Drucker Druckern DRUCKER Büro buro BUERO BÜRO läuft laeuft lauft STRASSE Straßen Haus gestern",
        ),
        (
            2,
            "tulostin tulostimen TULOSTIMET Näyttö naytto NÄYTTÖ näytön salasana salasanaa salasanan",
        ),
        (
            3,
            "scherm SCHERMEN geïnstalleerd geinstalleerd GEÏNSTALLEERD printer netwerken",
        ),
        (4, "stampante STAMPANTI errore città citta CITTÀ velocita"),
        (
            5,
            "cetak dicetak MENCETAK buka dibuka hapus menghapus dokumen",
        ),
        (
            6,
            "printer crash crashed CRASHES certificate naive NAÏVE user expires",
        ),
    ] {
        for word in words.split(' ') {
            if !whole(&mut env, &[word]).contains(&id) {
                lost.push(format!("{id} by {word}"));
            }
        }
    }
    assert_eq!(lost, Vec::<String>::new());
    for word in ["Rechner", "monitori", "toner", "tastiera", "layar", "zebra"] {
        assert_eq!(whole(&mut env, &[word]), Vec::<i64>::new(), "{word}");
    }
}

#[test]
fn phrases_stand_together_and_beginnings_are_open() {
    let mut env = Env::new();
    env.does(
        r#"
        desk open "blue screen at start"
        desk open "screen is all blue"
        desk open "C:\PrintSpooler\log.txt of mia@example.org"
        desk open "screensaver stuck"
        "#,
    );
    assert_eq!(whole(&mut env, &["blue", "screen"]), [1, 2]);
    assert_eq!(whole(&mut env, &["\"blue screen\""]), [1]);
    assert_eq!(whole(&mut env, &["blue screen", "start"]), [1]);
    assert_eq!(
        whole(&mut env, &["blue screen", "stuck"]),
        Vec::<i64>::new()
    );
    assert_eq!(whole(&mut env, &["screens*"]), [1, 2, 4]);
    assert_eq!(whole(&mut env, &["screensav*"]), [4]);
    assert_eq!(whole(&mut env, &["scre"]), Vec::<i64>::new());
    for text in [
        "spooler",
        "PrintSpooler",
        "printspooler",
        "C:\\PrintSpooler\\log.txt",
        "mia@example.org",
        "log.txt",
    ] {
        assert_eq!(whole(&mut env, &[text]), [3], "{text}");
    }
}

/// A ticket with a word of its own in each of its texts.
fn worded() -> Env {
    let mut env = Env::new();
    env.does(
        r#"
        desk open "zwieback title" -m "anchovy in it" -r "Mia Roth <mia@example.org>" --channel phone
        desk identify 1 incident
        desk categorize 1 network/vpn
        desk prioritize 1 -u high -b medium -g medium
        desk take 1
        desk log 1 "broccoli" --symptom "cinnamon" --affected "dumpling"
        desk diagnose 1 "eggplant" -a "since=fennel" --extent "gherkin"
        desk escalate 1 "horseradish"
        desk investigate 1 "icing"
        desk investigate 1 --confirm "juniper"
        desk pause 1 vendor "kohlrabi"
        desk resume 1 "lasagna"
        desk call 1 --when "in 1h" "marzipan"
        desk call 1 --held "nougat"
        desk reply 1 "oregano"
        desk reply 1 --from-requester "paprika"
        desk resolve 1 "quince" --restored-by Mia --tell "rhubarb"
        desk known-errors add 1 "sauerkraut" --cause "tamarind"
        desk close 1 "udon" --satisfaction 5
        desk reopen 1 "vanilla"
        desk open "other"
        "#,
    );
    env
}

const WORDS: &[&str] = &[
    "zwieback",
    "anchovy",
    "broccoli",
    "cinnamon",
    "dumpling",
    "eggplant",
    "fennel",
    "gherkin",
    "horseradish",
    "icing",
    "juniper",
    "kohlrabi",
    "lasagna",
    "marzipan",
    "nougat",
    "oregano",
    "paprika",
    "quince",
    "rhubarb",
    "sauerkraut",
    "tamarind",
    "udon",
    "vanilla",
];

#[test]
fn a_word_of_any_text_of_a_ticket_is_found() {
    let mut env = worded();
    for word in WORDS {
        assert_eq!(whole(&mut env, &[word]), [1], "{word}");
    }
    assert_eq!(whole(&mut env, WORDS), [1]);
    assert_eq!(whole(&mut env, &["watermelon"]), Vec::<i64>::new());
    for (word, field) in [
        ("anchovy", "description"),
        ("broccoli", "log"),
        ("paprika", "message"),
        ("sauerkraut", "resolution"),
    ] {
        let found = env.json(&["search", word]);
        assert_eq!(found[0]["excerpt"]["field"], field, "{word}");
        assert!(found[0]["excerpt"]["text"].as_str().unwrap().contains(word));
    }
    assert_eq!(env.json(&["search", "zwieback"])[0]["excerpt"], Value::Null);
}

#[test]
fn what_is_added_is_found_at_once_and_a_corrected_title_no_longer() {
    let mut env = Env::new();
    env.does("desk open \"Drucker kaputt\"\ndesk open other");
    assert_eq!(whole(&mut env, &["xylophone"]), Vec::<i64>::new());
    env.does("desk log 1 \"a xylophone\"");
    assert_eq!(whole(&mut env, &["xylophones"]), [1]);
    env.does("desk log 1 --title \"Monitor flackert\"");
    for word in ["Drucker", "Druckern", "kaputt", "drucke*"] {
        assert_eq!(whole(&mut env, &[word]), Vec::<i64>::new(), "{word}");
    }
    assert_eq!(whole(&mut env, &["monitor"]), [1]);
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn a_write_that_is_killed_leaves_no_word_behind() {
    let mut env = Env::new();
    env.does("desk open first");
    let mut killed = 0;
    for round in 0..40 {
        let word = format!("word{round}x");
        let mut child = env.command(&["log", "1", &word]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_micros(round * 300));
        let _ = child.kill();
        let status = child.wait().unwrap();
        killed += usize::from(status.code().is_none());
        env.pass(1);
        let log = env.run(&["show", "1"]).ok().stdout;
        assert_eq!(
            whole(&mut env, &[&word]).len(),
            usize::from(log.contains(&word)),
            "{word}: {log}"
        );
    }
    assert!(killed > 3, "{killed}");
    let _ = env.run(&["verify"]).ok();
}

/// Four tickets with the word `printer`, in different places.
fn printers() -> Env {
    let mut env = Env::new();
    env.does(
        r#"
        desk open "Printer jams" -r "Mia Roth <mia@example.org>" -k incident --category print/paper -u high -b high -g high
        desk open "Printer is offline" -r "Tom Abel <tom@example.org>" -k incident --category network -u low -b low -g low
        desk open "Toner" -m "The printer needs toner." -r "Mia Roth <mia@example.org>" --category print/toner -k request
        desk open "Unrelated"
        desk resolve 2 "cable" --force --reason "told" --restored-by Tom --tell "done" --code solved
        desk close 2
        "#,
    );
    env
}

#[test]
fn what_is_found_is_filtered_counted_and_shown_as_asked() {
    let mut env = printers();
    assert_snapshot!(env.says(
        r#"
        desk search printer
        desk search printer --ids --status new
        desk search printer --ids --category print
        desk search printer --ids --requester mia
        desk search printer --ids --priority P1,P2
        desk search printer --ids --kind request
        desk search printer --count
        desk search printer --count --status closed
        desk search printer --limit 1
        desk search printer --limit 1 --ids
        desk search printer --columns id,title --limit 2
        desk search printer --columns id --no-header
        desk search printer --exit-code --ids
        desk search zebra --exit-code
        desk search zebra --count --exit-code
        desk search printer --category pritn
        desk search printer --format csv
        "#
    ), @"
    $ desk search printer
    #1  active  print/paper  Printer jams
    #2  closed  network      Printer is offline
    #3  new     print/toner  Toner
        description: The printer needs toner.

    $ desk search printer --ids --status new
    3

    $ desk search printer --ids --category print
    1
    3

    $ desk search printer --ids --requester mia
    1
    3

    $ desk search printer --ids --priority P1,P2
    1

    $ desk search printer --ids --kind request
    3

    $ desk search printer --count
    3

    $ desk search printer --count --status closed
    1

    $ desk search printer --limit 1
    #1  active  print/paper  Printer jams
    ! … and 2 more; show them with --limit 0

    $ desk search printer --limit 1 --ids
    1

    $ desk search printer --columns id,title --limit 2
    ID  TITLE
     1  Printer jams
     2  Printer is offline
    ! … and 1 more; show them with --limit 0

    $ desk search printer --columns id --no-header
    1
    2
    3

    $ desk search printer --exit-code --ids
    1
    2
    3
    [exit 10]

    $ desk search zebra --exit-code
    ! nothing like it is written on any of these tickets

    $ desk search zebra --count --exit-code
    0

    $ desk search printer --category pritn
    ! desk: unknown category 'pritn'
    !   hint: did you mean 'print'? accepted: network, print, print/paper, print/toner
    [exit 2]

    $ desk search printer --format csv
    id,status,category,title,closeness,field,excerpt
    1,active,print/paper,Printer jams,0.887,,
    2,closed,network,Printer is offline,0.835,,
    3,new,print/toner,Toner,0.702,description,The printer needs toner.
    ");
}

#[test]
fn words_that_are_nowhere_are_told_and_slips_are_mended() {
    let mut env = Env::new();
    env.does(
        r#"
        desk open "VPN certificate expired"
        desk open "Printer jams"
        desk open "Printer is out of toner"
        "#,
    );
    assert_snapshot!(env.says(
        r#"
        desk search printer zebra toner
        desk search certficate
        desk search zebra
        desk search "?!"
        desk search printer zebra --columns id,title
        desk search printer zebra --exit-code --ids
        desk search
        "#
    ), @r#"
    $ desk search printer zebra toner
    #3  new  -  Printer is out of toner
    #2  new  -  Printer jams
    ! no ticket has all of it; these are the closest

    $ desk search certficate
    #1  new  -  VPN certificate expired
    ! 'certficate' is written nowhere; looked for certific… instead

    $ desk search zebra
    ! nothing like it is written on any of these tickets

    $ desk search "?!"
    ! there is no word in it to look for

    $ desk search printer zebra --columns id,title
    ID  TITLE
     2  Printer jams
     3  Printer is out of toner
    ! no ticket has all of it; these are the closest

    $ desk search printer zebra --exit-code --ids
    2
    3
    ! no ticket has all of it; these are the closest

    $ desk search
    ! desk: the following required arguments were not provided: <WORDS>...
    !   hint: usage: desk search <WORDS>... [OPTIONS]
    [exit 2]
    "#);
}

#[test]
fn hostile_text_stays_harmless_and_only_colour_marks_what_was_found() {
    let mut env = Env::new();
    let evil = "printer \u{1b}[31mred\u{7} \u{202e}moc\u{200b}";
    let _ = env
        .run(&[
            "open",
            evil,
            "-m",
            &format!("first line of it\nthe printer {evil}"),
        ])
        .ok();
    let _ = env.run(&["open", "printer"]).ok();
    for args in [
        &["search", "printer"][..],
        &["search", "red", "moc"],
        &["similar", "2"],
        &["similar", "--text", "printer red"],
        &["search", "printer", "--columns", "id,title"],
        &["categorize", "2"],
        &["open", "printer red", "--similar"],
    ] {
        let said = env.run(args).ok();
        assert!(!raw(&said.stdout) && !raw(&said.stderr), "{args:?}: {said}");
        let said = env.run(&[args, &["--color", "always"]].concat()).ok();
        // Nothing but the colours of desk itself.
        let mut rest = said.stdout + &said.stderr;
        for code in ["0", "1", "2", "31", "32", "33", "34", "35", "36"] {
            rest = rest.replace(&format!("\u{1b}[{code}m"), "");
        }
        assert!(!raw(&rest), "{args:?}: {rest:?}");
        assert!(
            !rest.contains("[31m") || rest.contains("\\u{1b}[31m"),
            "{rest}"
        );
    }
    assert_snapshot!(env.says("desk search printer -n 1 --color always\ndesk search printer -n 1"), @"
    $ desk search printer -n 1 --color always
    ␛[1m#2␛[0m  new  ␛[2m-␛[0m  ␛[1m␛[33mprinter␛[0m
    ! … and 3 more; show them with --limit 0

    $ desk search printer -n 1
    #2  new  -  printer
    ! … and 3 more; show them with --limit 0
    ");
}

fn solved(env: &mut Env) {
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
fn what_is_like_a_ticket_is_told_with_how_it_ended() {
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
    #3  74 %  resolved  network/vpn  The VPN tunnel closes
        known error, workaround: restart the client
        cause: version 5.1
        solved by anna in 1m: reinstalled the client
    #1  79 %  resolved  network/vpn  VPN certificate expired
        solved by anna in 1m: renewed the certificate
    #2  87 %  new       network/vpn  VPN tunnel closes after login
    ! another open ticket like this within the hour: #2; one disruption?
    ! no category yet; 3 similar tickets speak for network/vpn: desk categorize 5 network/vpn

    $ desk similar 5 --limit 1
    #3  74 %  resolved  network/vpn  The VPN tunnel closes
        known error, workaround: restart the client
        cause: version 5.1
        solved by anna in 1m: reinstalled the client
    ! another open ticket like this within the hour: #2; one disruption?
    ! no category yet; 3 similar tickets speak for network/vpn: desk categorize 5 network/vpn

    $ desk similar --text "the vpn tunnel closes"
    #3  93 %  resolved  network/vpn  The VPN tunnel closes
        known error, workaround: restart the client
        cause: version 5.1
        solved by anna in 1m: reinstalled the client
    #1  83 %  resolved  network/vpn  VPN certificate expired
        solved by anna in 1m: renewed the certificate
    #2  85 %  new       network/vpn  VPN tunnel closes after login
    #5  83 %  new       -            VPN tunnel closes after login again
    ! 2 open tickets like this within the hour: #2 and #5; one disruption?

    $ desk similar 5 --categories
    network/vpn  100 %  #2 VPN tunnel closes after login; #1 VPN certificate expired; #3 The VPN tunnel closes
    ! nothing was changed; to take the first: desk categorize 5 network/vpn

    $ desk similar --text zebra
    ! no ticket is like it

    $ desk similar --text zebra --categories
    ! no ticket like it has a category

    $ desk similar 99
    ! desk: there is no ticket #99
    !   hint: see what there is with: desk list --all
    [exit 3]

    $ desk similar
    ! desk: the following required arguments were not provided: <ID>
    !   hint: usage: desk similar <ID>, or desk similar --text <TEXT>, or desk similar --evaluate <FILE>
    [exit 2]

    $ desk similar 5 --text x
    ! desk: the argument '[ID]' cannot be used with '--text <TEXT>'
    !   hint: usage: desk similar <ID>, or desk similar --text <TEXT>, or desk similar --evaluate <FILE>
    [exit 2]
    "#);
    let found = env.json(&["similar", "5"]);
    assert_eq!(found[0]["id"], 3);
    assert_eq!(found[0]["workaround"], "restart the client");
    assert_eq!(found[0]["cause"], "version 5.1");
    assert_eq!(found[1]["resolution"]["text"], "renewed the certificate");
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
    // What was merged is told by what it was merged into.
    env.does("desk merge 2 --into 5");
    assert!(!ids(&env.json(&["similar", "5"])).contains(&2));
    assert!(ids(&env.json(&["similar", "--text", "vpn tunnel"])).contains(&5));
    // After an hour it is another trouble.
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
fn in_a_young_desk_with_one_trouble_the_others_are_like_it() {
    let mut env = Env::new();
    for n in 1..4 {
        let text = format!("shown on laptop{n}");
        let _ = env.run(&["open", "VPN drops", "-m", &text]).ok();
    }
    // Its own laptop is on no other ticket, and the rest is on all of them.
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
fn a_category_that_the_policy_does_not_list_is_not_suggested() {
    let mut env = Env::new();
    solved(&mut env);
    fs::write(env.dir().join("p.toml"), "[categories.print]\n").unwrap();
    env.does("desk policy set p.toml");
    assert_eq!(env.json(&["categorize", "5"]), json!([]));
    let (_, shown) = Terminal::run(&env, &[], &["open", "VPN tunnel closes after login"]).ends();
    assert!(shown.contains("like it"), "{shown}");
    assert!(!shown.contains("no category yet"), "{shown}");
}

#[test]
fn a_word_without_an_end_is_not_shown_whole() {
    let mut env = Env::new();
    let text = format!("vpn {}", "x".repeat(300_000));
    let _ = env.run_with(&["open", "Dump", "-m", "-"], text).ok();
    let shown = env.says("desk search vpn");
    assert!(shown.len() < 1500, "{}", shown.len());
}

#[test]
fn programs_are_told_of_similar_tickets_only_where_they_ask() {
    let mut env = Env::new();
    solved(&mut env);
    let plainly = env.run(&["open", "VPN tunnel closes"]).ok();
    assert!(!plainly.told().contains("like it"), "{plainly}");
    let asked = env.run(&["open", "VPN tunnel closes", "--similar"]).ok();
    assert!(
        asked.stdout.contains("like it:") && asked.stdout.contains("restart the client"),
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
    assert!(!plainly.told().contains("like it"), "{plainly}");
    let asked = env
        .run(&["categorize", "7", "network/vpn", "--similar"])
        .ok();
    assert!(asked.stdout.contains("like it:"), "{asked}");
    assert!(
        !env.json(&["categorize", "8", "network/vpn"])
            .to_string()
            .contains("restart")
    );
}

#[test]
fn a_terminal_shows_three_tickets_like_a_new_one() {
    let mut env = Env::new();
    solved(&mut env);
    let (code, shown) = Terminal::run(&env, &[], &["open", "VPN tunnel closes after login"]).ends();
    assert_eq!(code, 0);
    assert_snapshot!(plain(&shown), @"
    #6 opened, first response due in 3h (12:08), resolution due in 1d (Tue 09:08)

    like it:
    #3  76 %  resolved  network/vpn  The VPN tunnel closes
        known error, workaround: restart the client
        cause: version 5.1
        solved by anna in 1m: reinstalled the client
    #1  80 %  resolved  network/vpn  VPN certificate expired
        solved by anna in 1m: renewed the certificate
    #2  90 %  new       network/vpn  VPN tunnel closes after login
    2 open tickets like this within the hour: #2 and #5; one disruption?
    no category yet; 3 similar tickets speak for network/vpn: desk categorize 6 network/vpn
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
fn a_category_is_chosen_from_those_of_similar_tickets() {
    let mut env = Env::new();
    solved(&mut env);
    let mut terminal = Terminal::run(&env, &[], &["categorize", "5"]);
    terminal
        .sees("category")
        .sees("network/vpn")
        .sees("of similar tickets");
    terminal.types("\r").sees("#5 categorized as network/vpn");
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(env.json(&["show", "5"])["category"], "network/vpn");
}

#[test]
fn without_a_terminal_categories_are_suggested_and_nothing_changes() {
    let mut env = Env::new();
    solved(&mut env);
    let before = env.json(&["verify"])["head"].clone();
    assert_snapshot!(env.says("desk categorize 5\ndesk categorize 5 --json\ndesk categorize 99"), @r#"
    $ desk categorize 5
    network/vpn  100 %  #2 VPN tunnel closes after login; #1 VPN certificate expired; #3 The VPN tunnel closes
    ! nothing was changed; to take the first: desk categorize 5 network/vpn

    $ desk categorize 5 --json
    [
    {"category":"network/vpn","share":1.0,"tickets":3,"evidence":[{"id":2,"title":"VPN tunnel closes after login"},{"id":1,"title":"VPN certificate expired"},{"id":3,"title":"The VPN tunnel closes"}]}
    ]
    ! nothing was changed; to take the first: desk categorize 5 network/vpn

    $ desk categorize 99
    ! desk: there is no ticket #99
    !   hint: see what there is with: desk list --all
    [exit 3]
    "#);
    assert_eq!(env.json(&["verify"])["head"], before);
    assert_eq!(env.json(&["show", "5"])["category"], Value::Null);
}

#[test]
fn answers_are_measured_on_questions() {
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
    ! desk: none.tsv cannot be taken: there is no question in it
    !   hint: write a line each: the question, a tab, and ticket numbers with commas
    [exit 2]

    $ desk similar --evaluate tabless.tsv
    ! desk: tabless.tsv cannot be taken: line 2 has no tab between a question and its answers
    !   hint: write a line each: the question, a tab, and ticket numbers with commas
    [exit 2]

    $ desk similar --evaluate nowhere.tsv
    ! desk: nowhere.tsv cannot be read: No such file or directory (os error 2)
    !   hint: give the path of a text file
    [exit 2]

    $ desk similar --evaluate good.tsv 5
    ! desk: the argument '--evaluate <FILE>' cannot be used with '[ID]'
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

/// Changes the store behind the back of desk.
fn forge(env: &Env, statements: &str) {
    let conn = Connection::open(env.db()).unwrap();
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)
        .unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    conn.execute_batch(statements).unwrap();
    conn.close().unwrap();
}

fn sound(env: &mut Env) {
    let said = env.run(&["verify"]).ok();
    assert_eq!(said.stderr, "", "{said}");
}

#[test]
fn what_cannot_be_looked_up_does_not_undo_what_was_done() {
    let mut env = Env::new();
    env.does("desk open \"VPN drops\"\ndesk open \"VPN drops again\"");
    let open = |env: &mut Env| {
        let opened = env.run(&["open", "VPN drops", "--similar"]).ok();
        assert!(opened.told().contains("opened"), "{opened}");
        opened.told()
    };
    let sound = open(&mut env);
    assert!(sound.contains("like it:"), "{sound}");
    forge(&env, "DELETE FROM prose_docsize");
    let told = open(&mut env);
    assert!(told.contains("tickets like it cannot be told"), "{told}");
    assert!(!told.contains("like it:\n"), "{told}");
    let told = env
        .run(&["categorize", "1", "vpn", "--similar"])
        .ok()
        .told();
    assert!(told.contains("#1 categorized as vpn"), "{told}");
    assert!(told.contains("cannot be told"), "{told}");
    assert_eq!(env.run(&["list", "--count"]).ok().told().trim(), "4");
}

#[test]
fn damage_to_the_index_is_told_and_healed() {
    let harms = [
        "UPDATE prose SET heading = 'zebra' WHERE rowid = 1",
        "UPDATE prose SET forms = 'zebra' WHERE rowid = 2",
        "DELETE FROM prose WHERE rowid = 2",
        "INSERT INTO prose (rowid, body) VALUES (99, 'zebra')",
        "DELETE FROM prose",
        "UPDATE prose_data SET block = zeroblob(length(block)) WHERE id > 10",
        "DELETE FROM prose_data WHERE id > 10",
        "UPDATE prose_content SET c1 = 'zebra' WHERE id = 1",
        "DELETE FROM prose_docsize WHERE id = 1",
        "DELETE FROM prose_content",
    ];
    for harm in harms {
        let mut env = Env::new();
        env.does(
            "desk open \"VPN drops\" -m \"again\"\ndesk open \"Drucker kaputt\"\ndesk log 2 toner",
        );
        sound(&mut env);
        forge(&env, harm);
        let said = env.run(&["verify"]);
        assert_eq!(said.code, Some(5), "{harm}: {said}");
        assert!(said.told().contains("desk reindex"), "{harm}: {said}");
        let _ = env.run(&["reindex"]).ok();
        sound(&mut env);
        assert_eq!(whole(&mut env, &["vpn"]), [1], "{harm}");
        assert_eq!(whole(&mut env, &["druckern", "toner"]), [2], "{harm}");
        assert_eq!(whole(&mut env, &["zebra"]), Vec::<i64>::new(), "{harm}");
    }
}

#[test]
fn a_sound_index_is_written_anew_as_it_was() {
    let mut env = Env::new();
    env.does("desk open \"VPN drops\"");
    let head = env.json(&["verify"])["head"].clone();
    assert_snapshot!(env.says("desk reindex\ndesk reindex --json\ndesk search vpn --ids"), @r#"
    $ desk reindex
    indexed DIR/desk.db

    $ desk reindex --json
    {"done":"indexed","path":"DIR/desk.db","aside":null}

    $ desk search vpn --ids
    1
    "#);
    sound(&mut env);
    assert_eq!(env.json(&["verify"])["head"], head);
    assert_snapshot!(Env::bare().says("desk reindex"), @"
    $ desk reindex
    ! desk: there is no store at DIR/desk.db
    !   hint: create it with: desk init --db DIR/desk.db
    [exit 2]
    ");
}

/// All bytes that a store has on disk.
fn bytes(env: &Env) -> Vec<u8> {
    let conn = Connection::open(env.db()).unwrap();
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    conn.close().unwrap();
    let mut all = Vec::new();
    for entry in fs::read_dir(env.dir()).unwrap() {
        let path = entry.unwrap().path();
        if path
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .starts_with("desk.db")
        {
            all.extend(fs::read(path).unwrap());
        }
    }
    all
}

fn there(all: &[u8], word: &str) -> bool {
    let low = all.to_ascii_lowercase();
    low.windows(word.len()).any(|part| part == word.as_bytes())
}

#[test]
fn what_is_erased_is_nowhere_after_the_index_is_written_anew() {
    let mut env = Env::new();
    env.does("desk open \"VPN drops\"");
    let words: String = (0..2000).map(|n| format!("filler{n}x ")).collect();
    let text = format!("{words} the xylophones of Quasimodo {words}");
    let _ = env.run(&["log", "1", &text]).ok();
    env.does("desk open \"Mail\"\ndesk log 2 \"a word that stays\"");
    let erased = ["xylophone", "quasimodo"];
    for word in erased {
        assert!(there(&bytes(&env), word), "{word}");
    }
    // As an erasure would: value and salt are gone.
    let conn = Connection::open(env.db()).unwrap();
    conn.pragma_update(None, "secure_delete", true).unwrap();
    let gone = conn
        .execute("DELETE FROM field WHERE value LIKE '%xylophones%'", [])
        .unwrap();
    assert_eq!(gone, 1);
    conn.close().unwrap();
    assert!(there(&bytes(&env), "xylophon"), "the index still has it");
    let _ = env.run(&["reindex"]).ok();
    let left = bytes(&env);
    for word in erased.iter().map(|word| &word[..word.len() - 1]) {
        assert!(!there(&left, word), "{word}");
    }
    assert!(there(&left, "stay"));
    assert_eq!(whole(&mut env, &["xylophones"]), Vec::<i64>::new());
    assert_eq!(whole(&mut env, &["stays"]), [2]);
}

#[test]
fn stores_of_older_versions_are_searched_after_the_step_up() {
    for version in ["0.1", "0.2"] {
        let mut env = Env::bare();
        let name = format!("tests/data/store-{version}.db");
        fs::copy(
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name),
            env.db(),
        )
        .unwrap();
        env.at("2026-03-02T12:00:00Z");
        assert_eq!(whole(&mut env, &["tunnels", "closing"]), [1]);
        assert_eq!(whole(&mut env, &["newer certificates"]), [1]);
        assert_eq!(whole(&mut env, &["token"]), [3]);
        assert_eq!(whole(&mut env, &["zebra"]), Vec::<i64>::new());
        assert_eq!(
            env.json(&["similar", "--text", "the vpn drops"])[0]["id"],
            1
        );
        sound(&mut env);
        env.does("desk log 3 xylophone");
        assert_eq!(whole(&mut env, &["xylophone"]), [3]);
    }
}

#[test]
fn a_store_that_is_not_there_has_nothing_to_find() {
    let mut env = Env::bare();
    let said: Vec<Output> = [&["search", "vpn"][..], &["similar", "--text", "vpn"]]
        .iter()
        .map(|args| env.run(args))
        .collect();
    for said in said {
        let said = said.code(2);
        assert!(
            said.stdout.is_empty() && said.stderr.contains("desk init"),
            "{said}"
        );
    }
}
