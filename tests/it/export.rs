//! Moving a store: `desk export`, and `desk import` of its output.

use insta::assert_snapshot;
use serde_json::Value;

use crate::env::Env;

const POLICY: &str =
    "[[targets]]\nresponse = \"1h\"\nresolution = \"90h\"\n[agents]\nanna = \"L1\"\nben = \"L2\"\n";

/// A desk with two versions of the policy and a few hostile tickets.
fn lived() -> Env {
    let mut env = Env::new();
    std::fs::write(env.dir().join("policy.toml"), POLICY).unwrap();
    env.does(
        r#"
        desk open "VPN drops" -m "Every ten minutes." --requester "Mia Roth <mia@example.org>" --channel phone --key vpn-1
        desk policy set policy.toml
        desk identify 1 incident
        desk log 1 "since this morning" --symptom "tunnel closes" --affected gateway --began 8:30
        desk categorize 1 network/vpn
        desk prioritize 1 -u high -b medium -g medium
        desk take 1
        desk escalate 1 "needs the logs" --to ben
        desk pause 1 requester --ask "Does a restart help?" --until "tomorrow 9:00"
        desk reply 1 --from-requester "No." --via email
        desk open "=cmd|' /C calc'!A0" --channel chat
        desk merge 2 --into 1
        desk investigate 1 "the certificate"
        desk investigate 1 --confirm "rekey error"
        desk resolve 1 "new certificate" --tell "Please try again."
        desk confirm 1 --by "Mia Roth"
        desk close 1 "thanks" --satisfaction 5
        desk reopen 1 "again"
        desk open "Printer" --channel email
        "#,
    );
    env
}

/// The lines of an export without what an import may change.
fn lines(env: &mut Env) -> Vec<Value> {
    let text = env.run(&["export"]).ok().stdout;
    let mut lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for line in &mut lines {
        let parts = line.as_object_mut().unwrap();
        parts.remove("store");
        for (_, part) in parts.iter_mut() {
            if let Some(policy) = part.as_object_mut() {
                policy.remove("recorded_at");
            }
            for event in part.as_array_mut().into_iter().flatten() {
                event.as_object_mut().unwrap().remove("recorded_at");
            }
        }
    }
    lines
}

/// The output of `desk list` for every ticket at a time.
fn clocks(env: &mut Env) -> Value {
    env.json(&["--at", "2026-03-09T12:00:00Z", "list", "--all"])
}

#[test]
fn an_imported_export_is_exported_the_same() {
    let mut old = lived();
    let told = old.run(&["export"]).ok().stdout;
    assert_eq!(told.lines().count(), 5, "{told}");
    let mut new = Env::new();
    new.at("2026-04-01T00:00:00Z");
    let taken = new.run_with(&["import", "-"], &told).ok();
    assert_snapshot!(taken.stdout, @"
    read 3 rows: 3 new, 0 extended, 0 unchanged, 0 refused
    read 3 tickets: 3 new, 0 extended, 0 unchanged, 0 refused
    added 34 events and 1 policy version
    ");
    assert_eq!(lines(&mut new), lines(&mut old));
    assert_eq!(clocks(&mut new), clocks(&mut old));
    let show = new.json(&["show", "1"]);
    let recorded = &show["timeline"][0]["recorded_at"];
    assert_eq!(recorded, "2026-04-01T00:00:00Z", "{show:#}");
    let _sound = new.run(&["verify"]).ok();
    let again = new.run_with(&["import", "-"], &told).ok();
    assert!(again.stdout.contains("0 new, 0 extended, 3 unchanged"));
}

#[test]
fn a_longer_export_adds_what_is_new() {
    let mut old = lived();
    let before = old.run(&["export"]).ok().stdout;
    old.does("desk log 3 \"paper jam\"\ndesk open Mouse");
    let after = old.run(&["export"]).ok().stdout;
    let mut new = Env::new();
    let _first = new.run_with(&["import", "-"], before).ok();
    let intake = new.run_with(&["import", "-", "--json"], after).ok().stdout;
    let intake: Value = serde_json::from_str(&intake).unwrap();
    assert_eq!(intake["tickets"]["extended"], 1);
    assert_eq!(intake["tickets"]["new"], 1);
    assert_eq!(intake["tickets"]["unchanged"], 2);
    assert_eq!(lines(&mut new), lines(&mut old));
}

#[test]
fn what_cannot_be_imported_is_reported_with_its_line() {
    let mut env = Env::new();
    let told = lived().run(&["export"]).ok().stdout;
    env.does("desk open Printer");
    std::fs::write(env.dir().join("old.jsonl"), &told).unwrap();
    let odd = format!("{}\n{{}}\n", told.lines().next().unwrap());
    std::fs::write(env.dir().join("odd.jsonl"), odd).unwrap();
    std::fs::write(env.dir().join("none.csv"), "number,title\n").unwrap();
    assert_snapshot!(env.says(
        "
        desk import old.jsonl
        desk import odd.jsonl
        desk list --all --count
        desk import odd.jsonl --strict
        desk import none.csv
        desk import nowhere.jsonl
        desk export --format ids
        "
    ), @"
    $ desk import old.jsonl
    ! desk: #1 is a different ticket here
    !   hint: import it into a store without tickets of its own: desk init --db PATH
    [exit 2]

    $ desk import odd.jsonl
    read 1 row: 0 new, 0 extended, 0 unchanged, 1 refused
    read 1 ticket: 0 new, 0 extended, 0 unchanged, 1 refused
    added 0 events
    refused 1 row, the first in line 2: the line has no ticket
    ! to list each of them: --json, or --format csv
    [exit 1]

    $ desk list --all --count
    1

    $ desk import odd.jsonl --strict
    ! desk: line 2: the line has no ticket
    !   hint: without --strict it is reported and the rest is imported
    [exit 2]

    $ desk import none.csv
    ! desk: this is not an export of desk: the line is not JSON
    !   hint: give a file written by desk export
    [exit 2]

    $ desk import nowhere.jsonl
    ! desk: cannot read nowhere.jsonl: No such file or directory (os error 2)
    !   hint: give the path of a file, or - for stdin
    [exit 2]

    $ desk export --format ids
    ! desk: export does not print ticket numbers
    !   hint: use --format jsonl, csv or tsv; list the numbers with: desk list --all --format ids
    [exit 2]
    ");
}

#[test]
fn a_spreadsheet_gets_a_row_a_ticket_and_no_formula() {
    let csv = lived().run(&["export", "--format", "csv"]).ok().stdout;
    assert_eq!(csv.lines().count(), 4);
    assert!(csv.starts_with("id,"), "{csv}");
    assert!(csv.contains("'=cmd|"), "{csv}");
}

#[test]
fn a_spreadsheet_has_the_texts_and_opens_in_excel() {
    let mut env = Env::new();
    env.does("desk open 'Büro; \"laut\"' --requester 'Mia Roth <mia@example.org>' -m 'seit heute'");
    env.does("desk reply 1 'Wir kommen.'");
    env.does("desk resolve 1 '=Gehört' --force --reason test");
    let sheet = env
        .run(&[
            "export",
            "--format",
            "csv",
            "--excel",
            "--tz",
            "Europe/Berlin",
        ])
        .ok();
    let text = sheet.stdout;
    assert!(text.starts_with('\u{feff}'), "{text:?}");
    let mut lines = text.split("\r\n");
    let headings: Vec<&str> = lines.next().unwrap().split(';').collect();
    assert!(
        headings.contains(&"opened_at (Europe/Berlin)"),
        "{headings:?}"
    );
    assert_eq!(
        headings[headings.len() - 3..],
        ["description", "resolution", "messages"]
    );
    let row = lines.next().unwrap();
    assert!(row.contains("\"Büro; \"\"laut\"\"\""), "{row}");
    assert!(row.contains(";2026-03-02 10:0"), "{row}");
    assert!(!row.contains("T09:0"), "{row}");
    assert!(row.contains(";seit heute;'=Gehört;"), "{row}");
    assert!(row.contains(" desk: Wir kommen."), "{row}");
    let tsv = env.run(&["export", "--format", "tsv"]).ok().stdout;
    let widths: Vec<usize> = tsv.lines().map(|line| line.split('\t').count()).collect();
    assert_eq!(widths, [headings.len(), headings.len()]);
    assert!(tsv.contains("T09:0"), "{tsv}");
    assert_snapshot!(env.says("desk export --excel --json\ndesk list --all --format tsv --columns id,title,status"), @r#"
    $ desk export --excel --json
    ! {"error":{"code":"usage","message":"--excel is for CSV","hint":"use: desk export --format csv --excel","exit_code":2}}
    [exit 2]

    $ desk list --all --format tsv --columns id,title,status
    id	title	status
    1	Büro; "laut"	resolved
    "#);
}
