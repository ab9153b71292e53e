//! Tickets are found by their text: `desk search`.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::env::{Env, Output};
use crate::reindex::sound;

/// Texts that could be mistaken for query syntax.
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
    "'; DROP TABLE ticket_text; --",
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

pub(crate) fn ids(found: &Value) -> Vec<i64> {
    let rows = found.as_array().unwrap();
    rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

/// The tickets that match all words.
pub(crate) fn whole(env: &mut Env, args: &[&str]) -> Vec<i64> {
    let found = env.json(&[&["search"], args].concat());
    let mut rows = found.as_array().unwrap().clone();
    rows.retain(|row| row["whole"] == true);
    let mut found = ids(&Value::Array(rows));
    found.sort_unstable();
    found
}

pub(crate) fn raw(text: &str) -> bool {
    let evil = ['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}', '\r', '\u{200b}'];
    text.contains(evil)
}

#[test]
fn any_text_is_a_valid_search() {
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
fn a_text_of_any_length_is_a_valid_search() {
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
fn phrases_and_prefixes_are_found() {
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
fn new_text_is_found_at_once_and_a_corrected_title_no_longer() {
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
fn a_killed_write_leaves_nothing_in_the_index() {
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
fn results_are_filtered_counted_and_formatted_as_requested() {
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
    ! no ticket matches

    $ desk search zebra --count --exit-code
    0

    $ desk search printer --category pritn
    ! desk: unknown category 'pritn'
    !   hint: did you mean 'print'? accepted: network, print, print/paper, print/toner
    [exit 2]

    $ desk search printer --format csv
    id,status,category,title,closeness,field,excerpt
    1,active,print/paper,Printer jams,0.913,,
    2,closed,network,Printer is offline,0.868,,
    3,new,print/toner,Toner,0.702,description,The printer needs toner.
    ");
}

#[test]
fn missing_words_are_reported_and_typos_are_corrected() {
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
    ! no ticket matches all words; these are the closest

    $ desk search certficate
    #1  new  -  VPN certificate expired
    ! no match for 'certficate'; searched for 'certificate' instead

    $ desk search zebra
    ! no ticket matches

    $ desk search "?!"
    ! the query has no word to search for

    $ desk search printer zebra --columns id,title
    ID  TITLE
     2  Printer jams
     3  Printer is out of toner
    ! no ticket matches all words; these are the closest

    $ desk search printer zebra --exit-code --ids
    2
    3
    ! no ticket matches all words; these are the closest

    $ desk search
    ! desk: missing <WORDS>...
    !   hint: usage: desk search <WORDS>... [OPTIONS]
    [exit 2]
    "#);
}

#[test]
fn hostile_text_stays_harmless_and_matches_are_highlighted_by_colour_only() {
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

#[test]
fn a_very_long_word_is_cut() {
    let mut env = Env::new();
    let text = format!("vpn {}", "x".repeat(300_000));
    let _ = env.run_with(&["open", "Dump", "-m", "-"], text).ok();
    let shown = env.says("desk search vpn");
    assert!(shown.len() < 1500, "{}", shown.len());
}

#[test]
fn stores_of_older_versions_can_be_searched_after_the_upgrade() {
    for version in ["0.1", "0.2"] {
        let mut env = Env::bare_file("a file of an older version");
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
fn searching_a_missing_store_is_an_error() {
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

#[test]
fn compounds_and_callers_are_found_after_the_words_themselves() {
    let mut env = Env::new();
    env.does("desk open 'Netzwerkdrucker meldet Papierstau' --requester 'Ann Lee <a-user@mail-host.example.org>'");
    env.does("desk open 'Der Drucker ist laut'");
    env.does("desk open 'Netwerkprinters doen het niet'");
    env.does("desk open 'Das Programm stürzt ab'");
    env.does("desk open 'Update auf KB4711 schlägt fehl, Version v2.3'");
    let mut ids = |typed: &str| {
        let found = env.run(&["search", typed, "--ids"]).ok().stdout;
        found.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids("Drucker"), "2 1");
    assert_eq!(ids("Netzwerk"), "1");
    assert_eq!(ids("printer"), "3");
    assert_eq!(ids("abgestürzt"), "4");
    for typed in ["KB4711", "KB-4711", "kb 4711", "v2.3", "2.3"] {
        assert_eq!(ids(typed), "5", "{typed}");
    }
    for typed in ["Ann Lee", "lee", "a-user@mail-host.example.org", "a-user"] {
        assert_eq!(ids(typed), "1", "{typed}");
    }
    assert_eq!(ids("mail-host"), "");
}
