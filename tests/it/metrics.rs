//! `desk metrics`: figures in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fs;

use crate::env::Env;

/// Reads a page as the format has it; a series is a name with its labels as written.
fn read(page: &str) -> Result<BTreeMap<String, f64>, String> {
    let is_name = |name: &str| {
        let first = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        first && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let mut series = BTreeMap::new();
    let mut family: Option<(String, bool)> = None;
    let mut known: Vec<String> = Vec::new();
    if !page.ends_with('\n') {
        return Err("the last line has no end".to_owned());
    }
    for line in page.lines() {
        let fault = |why: &str| Err(format!("{why}: {line:?}"));
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let (name, text) = rest.split_once(' ').ok_or("HELP without a text")?;
            if known.iter().any(|one| one == name) || text.is_empty() {
                return fault("a second HELP, or none");
            }
            known.push(name.to_owned());
            family = Some((name.to_owned(), false));
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let Some((name, typed)) = family.as_mut() else {
                return fault("TYPE before HELP");
            };
            let counter = name.ends_with("_total");
            let wanted = format!("{name} {}", if counter { "counter" } else { "gauge" });
            if rest != wanted || *typed {
                return fault("not the TYPE of the HELP");
            }
            *typed = true;
        } else {
            let (id, value) = line.rsplit_once(' ').ok_or("no value")?;
            let (name, labels) = id.split_once('{').map_or((id, ""), |(n, l)| (n, l));
            if family != Some((name.to_owned(), true)) || !is_name(name) {
                return fault("a value of another metric");
            }
            let labels = labels.strip_suffix('}').unwrap_or(labels);
            for label in labels.split(',').filter(|label| !label.is_empty()) {
                let (label, text) = label.split_once('=').ok_or("no label")?;
                let text = text
                    .strip_prefix('"')
                    .and_then(|text| text.strip_suffix('"'));
                if !is_name(label) || text.is_none_or(|text| text.contains('"')) {
                    return fault("not a label");
                }
            }
            let value: f64 = value.parse().map_err(|_| "not a number")?;
            if series.insert(id.to_owned(), value).is_some() {
                return fault("a second value");
            }
        }
    }
    Ok(series)
}

fn metrics(env: &mut Env) -> BTreeMap<String, f64> {
    let page = env.run(&["metrics"]).ok().stdout;
    read(&page).unwrap_or_else(|fault| panic!("{fault}\n{page}"))
}

#[test]
fn figures_follow_the_tickets() {
    let mut env = Env::new();
    let empty = metrics(&mut env);
    assert_eq!(empty["desk_tickets_overdue{clock=\"response\"}"], 0.0);
    assert_eq!(empty["desk_oldest_unanswered_seconds"], 0.0);
    env.closed();
    env.does("desk open Printer\ndesk open Badge -u high -b high -g high --channel phone");
    env.pass(60 * 5);
    let found = metrics(&mut env);
    for (name, value) in [
        ("desk_tickets{status=\"closed\",priority=\"P2\"}", 1.0),
        ("desk_tickets{status=\"new\",priority=\"none\"}", 1.0),
        ("desk_tickets{status=\"active\",priority=\"P1\"}", 1.0),
        ("desk_tickets_unassigned", 2.0),
        ("desk_tickets_overdue{clock=\"response\"}", 1.0),
        ("desk_tickets_overdue{clock=\"resolution\"}", 1.0),
        ("desk_report_tickets{what=\"opened\"}", 3.0),
        ("desk_report_tickets{what=\"resolved\"}", 1.0),
        (
            "desk_report_targets{clock=\"resolution\",result=\"met\"}",
            1.0,
        ),
        ("desk_report_met_ratio{clock=\"resolution\"}", 0.5),
        ("desk_quarantined_mails", 0.0),
        ("desk_hook_deliveries{state=\"failed\"}", 0.0),
    ] {
        assert_eq!(found.get(name), Some(&value), "{name}: {found:#?}");
    }
    let waits = found["desk_oldest_unanswered_seconds"];
    assert!((5.0 * 3600.0..5.2 * 3600.0).contains(&waits), "{waits}");
    assert!(found["desk_due_actions"] > 0.0);
    env.does("desk sweep");
    assert_eq!(metrics(&mut env)["desk_due_actions"], 0.0);
    // Others see the same figures: they name nobody.
    env.does("desk restrict 2 --to anna");
    let page = env.run(&["metrics", "--as", "ben"]).ok().stdout;
    assert_eq!(read(&page).unwrap()["desk_tickets_unassigned"], 2.0);
}

#[test]
fn a_file_appears_whole_and_replaces_only_its_own_kind() {
    let mut env = Env::new();
    env.does("desk open Printer\ndesk metrics --out desk.prom\ndesk metrics --out desk.prom");
    let page = fs::read_to_string(env.dir().join("desk.prom")).unwrap();
    assert!(read(&page).is_ok());
    fs::write(env.dir().join("notes.txt"), "mine").unwrap();
    let fault = env.run(&["metrics", "--out", "notes.txt"]).code(2).stderr;
    assert!(
        fault.contains("is not a page of metrics written by desk"),
        "{fault}"
    );
    assert_eq!(
        fs::read_to_string(env.dir().join("notes.txt")).unwrap(),
        "mine"
    );
}

#[test]
fn the_reader_of_this_test_sees_faults() {
    let good = "# HELP a_b x\n# TYPE a_b gauge\na_b{c=\"d\"} 1\n";
    assert_eq!(read(good).unwrap().len(), 1);
    for (from, to) in [
        ("\"d\"", "\"d\"\""),
        ("a_b{", "a_c{"),
        (" 1\n", " one\n"),
        ("gauge", "counter"),
        ("# HELP a_b x\n", ""),
        (" 1\n", " 1"),
        ("a_b{c=\"d\"} 1\n", "a_b{c=\"d\"} 1\na_b{c=\"d\"} 1\n"),
    ] {
        assert!(read(&good.replace(from, to)).is_err(), "{to}");
    }
}
