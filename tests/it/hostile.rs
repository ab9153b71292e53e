//! Hostile texts and numbers: what is stored, what is refused, and that no raw
//! control character reaches a stream that a person reads.

use crate::concurrency::at_once;
use crate::env::{Env, Output};

/// Characters that do more than show themselves, or show nothing: one of each
/// kind.
const EVIL: &[char] = &[
    '\u{1b}',
    '\u{7}',
    '\u{8}',
    '\r',
    '\u{7f}',
    '\u{9b}',
    '\u{ad}',
    '\u{34f}',
    '\u{378}',
    '\u{115f}',
    '\u{17b4}',
    '\u{180b}',
    '\u{200b}',
    '\u{200c}',
    '\u{200e}',
    '\u{202e}',
    '\u{2066}',
    '\u{2800}',
    '\u{3164}',
    '\u{e000}',
    '\u{fe00}',
    '\u{feff}',
    '\u{ffa0}',
    '\u{fff9}',
    '\u{1d173}',
    '\u{1ffff}',
    '\u{e0041}',
    '\u{e0100}',
    '\u{f0000}',
];

/// A text with all of them.
fn evil() -> String {
    let mut text = String::from("x");
    for c in EVIL {
        text.push(*c);
        text.push_str("[31mx");
    }
    text
}

fn raw(text: &str) -> bool {
    text.contains(EVIL)
}

#[track_caller]
fn harmless(output: &Output) {
    assert!(!raw(&output.stdout) && !raw(&output.stderr), "{output:?}");
}

#[test]
fn what_is_raw_is_seen_as_such() {
    assert!(raw(&evil()));
    for c in EVIL {
        assert!(raw(&format!("a{c}b")));
    }
    assert!(!raw("Grüße, 東京, \\u{202e} 🏳️\n\t"));
}

#[test]
fn nothing_raw_comes_out_again() {
    let mut env = Env::new();
    let line: String = evil().replace('\r', "");
    let who = format!("{line} <{line}>");
    let key: String = line.replace("[31mx", "");
    let _ = env
        .run(&[
            "open",
            &line,
            "-m",
            &evil(),
            "-r",
            &who,
            "--symptom",
            &line,
            "--affected",
            &line,
            "--key",
            &key,
            "--language",
            &line,
            "--channel",
            "email",
            "--kind",
            "incident",
            "--category",
            "a",
            "-u",
            "low",
            "-b",
            "low",
            "-g",
            "low",
        ])
        .ok();
    for args in [
        &["log", "1", &evil()][..],
        &[
            "diagnose",
            "1",
            "--answer",
            &format!("{line}={line}"),
            "--extent",
            &line,
        ],
        &["escalate", "1", &evil()],
        &["investigate", "1", &evil()],
        &["investigate", "1", "--confirm", &evil()],
        &["reply", "1", &evil()],
        &["reply", "1", "--from-requester", &evil()],
        &[
            "resolve",
            "1",
            &evil(),
            "--restored-by",
            &line,
            "--tell",
            &evil(),
        ],
        &["close", "1", &evil()],
        &["reopen", "1", &evil()],
        &["list"],
        &["list", "--format", "csv"],
        &["list", "--ids"],
        &["list", "--columns", "title,requester,contact,key"],
        &["open", &line, "-m", &evil(), "--key", &key],
        &["show", "1"],
        &["show", "1", "--brief"],
        &["show", "1", "--full"],
        &["sla"],
        &["overdue"],
        &["verify"],
    ] {
        let said = env.run(args).ok();
        harmless(&said);
    }
    // JSON is faithful: for programs the text is what was written.
    let page = env.json(&["show", "1"]);
    assert_eq!(page["title"], line);
    assert_eq!(page["description"], evil());
}

#[test]
fn an_error_repeats_nothing_raw() {
    let mut env = Env::new();
    let _ = env.run(&["open", "a ticket"]).ok();
    for c in EVIL {
        let evil = &format!("x{c}[31my");
        for args in [
            &[evil.as_str()][..],
            &["show", evil],
            &["list", &format!("status:{evil}")],
            &["list", &format!("@{evil}")],
            &["list", &format!("--{evil}")],
            &["list", "--columns", evil],
            &["list", "--status", evil],
            &["list", "--category", evil],
            &["list", "--assignee", evil],
            &["list", "--format", evil],
            &["list", "--sort", evil],
            &["--db", evil, "list"],
            &["--tz", evil, "list"],
            &["--at", evil, "list"],
            &["--as", evil, "open", "x"],
            &["open", "x", "--channel", evil],
            &["open", "x", "--category", evil],
            &["open", "x", "--began", evil],
            &["open", "x", "-u", evil],
            &["pause", "1", evil],
            &["restore", "--yes", evil],
            &["verify", "--head", evil],
            &["schema", evil],
            &["completions", evil],
        ] {
            let said = env.run(args);
            assert!(
                said.code.is_some_and(|code| code != 0 && code != 70),
                "{args:?}: {said}"
            );
            harmless(&said);
        }
    }
    let said = env.run(&["show", "9\u{202e}"]).code(2);
    assert!(
        said.stderr
            .contains("'9\\u{202e}' is neither a ticket number"),
        "{said}"
    );
}

#[test]
fn a_cell_of_a_table_sheet_is_no_formula() {
    let mut env = Env::new();
    let formulas = [
        "=1+1", "+1", "-1+1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x",
    ];
    for formula in formulas {
        let _ = env.run(&["open", "--", formula]).ok();
    }
    let csv = env
        .run(&[
            "list",
            "--columns",
            "title",
            "--format",
            "csv",
            "--no-header",
        ])
        .ok();
    let cells: Vec<&str> = csv.stdout.lines().collect();
    assert_eq!(cells.len(), formulas.len());
    for formula in formulas {
        assert!(
            cells.contains(&format!("'{formula}").as_str()),
            "{formula} in {cells:?}"
        );
    }
}

#[test]
fn a_text_has_its_bounds() {
    let mut env = Env::new();
    let million = "x".repeat(1_000_000);
    let _ = env
        .run_with(&["open", "a long story", "-m", "-"], &million)
        .ok();
    assert_eq!(env.json(&["show", "1"])["description"], million);
    // The system limits the length of an argument, so a long title is several
    // arguments.
    let pieces: Vec<&str> = million.as_bytes()[..900_000]
        .chunks(100_000)
        .map(|piece| std::str::from_utf8(piece).unwrap())
        .collect();
    let mut args = vec!["open"];
    args.extend(pieces);
    let said = env.run(&args).code(2);
    assert!(said.stderr.len() < 500, "the error repeats the text");
    for (args, stdin) in [
        (&["open", ""][..], &b""[..]),
        (&["open", " \t "], b""),
        (&["open", "two\nlines"], b""),
        (&["open"], b""),
        (&["log", "1", ""], b""),
        (&["log", "1", "-m", "-"], b""),
        (&["log", "1", "-m", "-"], b"\n \n"),
        (&["log", "1", "-m", "-"], b"caf\xe9"),
        (&["log", "1", "-m", "a", "-m", "b"], b""),
        (&["log", "1", "text", "-m", "b"], b""),
        (&["close", "-"], b"1 two"),
        (&["close", "-"], b"\xff"),
    ] {
        let said = env.run_with(args, stdin).code(2);
        assert_eq!(said.stdout, "");
        harmless(&said);
    }
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "1\n");
}

#[test]
fn more_on_stdin_than_is_read_is_refused_and_not_cut() {
    let mut env = Env::new();
    let _ = env.run(&["open", "a ticket"]).ok();
    let head = env.json(&["verify"])["head"].clone();
    for text in [
        "x".repeat(5_000_000),
        "xé".repeat(1_500_000),
        "1\n".repeat(2_500_000),
    ] {
        for args in [&["log", "1", "-m", "-"][..], &["log", "-", "-m", "x"]] {
            let said = env.run_with(args, &text).code(2);
            let told = "desk: stdin has more than 4195328 bytes";
            assert!(said.stderr.starts_with(told), "{said}");
        }
    }
    assert_eq!(env.json(&["verify"])["head"], head);
}

#[test]
fn an_argument_that_is_no_text_is_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let env = Env::new();
    for (before, after) in [
        (&["open"][..], &[][..]),
        (&["show"], &[]),
        (&[], &["list"]),
        (&["--db"], &["list"]),
    ] {
        let mut command = env.command(before);
        command
            .arg(OsStr::from_bytes(b"caf\xe9\x1b[31m"))
            .args(after);
        let said = at_once(&env, vec![command]).remove(0);
        assert!(matches!(said.code, Some(2 | 3)), "{said}");
        harmless(&said);
    }
}

#[test]
fn numbers_have_their_bounds() {
    let mut env = Env::new();
    let _ = env.run(&["open", "a ticket"]).ok();
    for id in [
        "99999999999999999999",
        "9223372036854775808",
        "0",
        "-0",
        "1.0",
        "1e3",
        "0x1",
        "١",
        "1-10001",
        "2-1",
        "1,,2",
        "1-",
        "-5",
        "#",
        "##",
        " ",
        "9223372036854775800-9223372036854775808",
    ] {
        let said = env.run(&["show", "--", id]).code(2);
        assert_eq!(said.stdout, "");
    }
    let _ = env.run(&["show", "9223372036854775807"]).code(3);
    let _ = env.run(&["show", "00000000000000000000000001"]).ok();
    for bound in ["99999999999999999999", "-1", "x", ""] {
        let _ = env.run(&["list", "--limit", bound]).code(2);
    }
    for span in ["99999999999999999999d", "999999999d", "-1h"] {
        let _ = env.run(&["overdue", &format!("--within={span}")]).code(2);
    }
    for time in [
        "99999-01-01 00:00",
        "-1",
        "9999-12-31T23:59:59Z",
        "in 99999999d",
        "99999999d ago",
    ] {
        let said = env.run(&[&format!("--at={time}"), "log", "1", "x"]);
        assert!(matches!(said.code, Some(1 | 2)), "{time}: {said}");
    }
}

#[test]
fn ten_thousand_tickets_at_once_are_each_answered() {
    let mut env = Env::new();
    let _ = env.run(&["open", "the only one"]).ok();
    let said = env.run(&["log", "1-10000", "-m", "x"]).code(3);
    assert_eq!(said.stdout.lines().count(), 1);
    assert!(said.stderr.contains("there is no ticket #10000"));
    // Duplicates count once.
    let again = vec!["1-10000"; 100].join(",");
    let repeated = env.run(&["show", &again, "--json"]).code(3);
    assert_eq!(repeated.stdout.matches("\"title\"").count(), 2);
}

#[test]
fn a_zero_width_joiner_is_kept_between_pictures_only() {
    let mut env = Env::new();
    let family = "\u{1f469}\u{200d}\u{1f467}";
    for (title, shown) in [
        (family.to_owned(), family.to_owned()),
        ("a\u{200d}b".to_owned(), "a\\u{200d}b".to_owned()),
        (
            "a\u{200d}\u{1f467}".to_owned(),
            "a\\u{200d}\u{1f467}".to_owned(),
        ),
        (
            "\u{1f469}\u{200d}b".to_owned(),
            "\u{1f469}\\u{200d}b".to_owned(),
        ),
        (
            "\u{1f469}\u{200d}".to_owned(),
            "\u{1f469}\\u{200d}".to_owned(),
        ),
        (
            "\u{646}\u{200d}\u{1f467}".to_owned(),
            "\u{646}\\u{200d}\u{1f467}".to_owned(),
        ),
    ] {
        let opened = env.json(&["open", &title])["id"].to_string();
        let page = env.run(&["show", &opened]).ok().stdout;
        let first = page.lines().next().unwrap();
        assert_eq!(first, format!("#{opened} {shown}"));
    }
}
