//! Invalid TOML, wrong types and unknown keys.

use super::faults;

#[test]
fn every_syntax_error_is_reported_and_the_rest_is_checked() {
    insta::assert_snapshot!(faults(r#"
warnings = [75, 90
auto_close = 
codes = ["solvd"]
"#), @r"
    line 3: missing comma between array elements, expected `,`
    line 4: missing comma between array elements, expected `,`
    ");
    insta::assert_snapshot!(faults("a = 1\na = 2\n[levels\n"), @"
    line 1: a: unknown key 'a': did you mean 'agents'? accepted: levels, matrix, tiers, agents, categories, calendars, targets, warnings, escalations, gates, auto_close, messages, undo, codes, retention, notifications, breach, mail, views, fields, review, templates
    line 2: duplicate key
    line 3: unclosed table, expected `]`
    ");
    insta::assert_snapshot!(faults("\u{0}"), @"line 1: key with no value, expected `=`");
}

#[test]
fn an_unknown_key_suggests_the_nearest_one() {
    insta::assert_snapshot!(faults(r#"
warning = [75]
[levels]
impakt = ["a", "b"]
tiers = ["L1"]
[agents]
anna = { teir = "L1" }
[calendars.office]
timezone = "UTC"
monday = ["09:00-17:00"]
mon = ["09:00-17:00"]
[[targets]]
response = "1h"
resolution = "2h"
solution = "3h"
[[escalations]]
priority = "P1"
too = "L3"
[categories.network]
[categories.hardware.printer]
"#), @r#"
    line 2: warning: unknown key 'warning': did you mean 'warnings'? accepted: levels, matrix, tiers, agents, categories, calendars, targets, warnings, escalations, gates, auto_close, messages, undo, codes, retention, notifications, breach, mail, views, fields, review, templates
    line 4: levels.impakt: unknown key 'impakt': did you mean 'impact'? accepted: impact, urgency
    line 5: levels.tiers: 'tiers' does not belong in this table: move it up, before the first [table], or write it as its own [tiers]
    line 7: agents.anna.teir: unknown key 'teir': did you mean 'tier'? accepted: tier, name, login, email
    line 10: calendars.office.monday: unknown key 'monday': write mon
    line 15: targets[1].solution: unknown key 'solution': did you mean 'resolution'? accepted: priority, kind, category, response, update, resolution, cadence, calendar, end_of_day
    line 16: escalations[1]: to is missing: write [[escalations]] with clock, percent, from and to, with priority and to, or with unassigned_for and to
    line 18: escalations[1].too: unknown key 'too': did you mean 'to'? accepted: clock, percent, before, after, from, to, priority, unassigned_for
    line 20: categories.hardware.printer: write the path as one key in quotes: [categories."hardware/printer"]
    "#);
}

#[test]
fn a_value_of_the_wrong_type_names_what_is_expected() {
    insta::assert_snapshot!(faults(r#"
tiers = "L1"
warnings = [75.5, "90", true]
gates = [1]
codes = {}
auto_close = 7
levels = 3
matrix = []
agents = ["anna"]
categories = { network = "Network" }
calendars = { office = "UTC" }
targets = { response = "1h" }
escalations = ["L1"]
"#), @r#"
    line 2: tiers: it is a string; write a list of names from first line to last, such as ["L1", "L2"]
    line 3: warnings: it is a float; write a whole number from 1 to 99
    line 3: warnings: '90' does not end in 'before' or 'after'; write a percentage such as 75, "1h before" or "30m after"
    line 3: warnings: it is a boolean; write a whole number from 1 to 99
    line 4: gates: it is an integer; write a word in quotes
    line 5: codes: it is a table; write a list of words
    line 6: auto_close: it is an integer; write a duration such as "7d", or "off"
    line 7: levels: it is an integer; write a table with impact and urgency
    line 8: matrix: it is an array; write a table with a row for each impact level
    line 9: agents: it is an array; write a table such as [agents] with anna = "L1"
    line 10: categories.network: it is a string; write a table with title, questions and findings
    line 11: calendars.office: it is a string; write a table with timezone, mon to sun, holidays, breaks and shifts
    line 12: targets: it is a table; write [[targets]] with response, resolution and so on
    line 13: escalations[1]: it is a string; write [[escalations]] with clock, percent, from and to, with priority and to, or with unassigned_for and to
    "#);
}

#[test]
fn a_policy_file_has_a_maximum_size() {
    let long = "#".repeat(2 * 1024 * 1024);
    insta::assert_snapshot!(faults(&long), @"line 1: the file has 2097152 bytes; at most 1048576 are allowed");
    let deep = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(faults(&deep).starts_with("line 1:"));
    let many: String = (0..1000).map(|n| format!("x{n} = 1\n")).collect();
    let many = faults(&many);
    assert_eq!(many.lines().count(), 201);
    insta::assert_snapshot!(many.lines().last().unwrap(), @"line 200: 800 more faults are not shown");
}

#[test]
fn words_must_belong_to_their_vocabulary() {
    insta::assert_snapshot!(faults(r#"
warnings = [90, 75, 0, 100]
gates = ["identified", "Identified", "prioritised"]
codes = []
auto_close = "0d"
"#), @r#"
    line 2: warnings: 75 follows 90: write them in ascending order, each once
    line 2: warnings: write a whole number from 1 to 99
    line 3: gates: 'Identified' is listed twice
    line 3: gates: unknown gate 'prioritised': did you mean 'prioritized'? accepted: identified, categorized, prioritized, confirmed-cause, confirmed-restored, requester-told, requester-asked, checklist
    line 4: codes: without codes no ticket can be closed; accepted: solved, workaround, fulfilled, not-reproducible, no-fault, withdrawn, duplicate
    line 5: auto_close: '0d' is zero; write a duration such as "7d", or "off"
    "#);
    insta::assert_snapshot!(faults("messages = 1"), @r#"line 1: messages: it is an integer; write a table such as [messages] with on_resolved = "reopen""#);
    insta::assert_snapshot!(faults("[messages]\non_resolved = \"close\"\nreopen_within = \"0d\"\nreopen = 1"), @r#"
    line 2: messages.on_resolved: unknown action 'close': accepted: reopen, keep
    line 3: messages.reopen_within: '0d' is zero; write a duration such as "14d", or "never"
    line 4: messages.reopen: unknown key 'reopen': did you mean 'reopen_within'? accepted: on_resolved, reopen_within
    "#);
    insta::assert_snapshot!(faults("[messages]\nreopen_within = \"5wd\""), @r#"line 2: messages.reopen_within: '5wd' is not a duration: use 90m, 2h30m, 3d or 45s; write a duration such as "14d", or "never""#);
    insta::assert_snapshot!(faults("auto_close = \"7\""), @r#"line 1: auto_close: '7' has a number without a unit: use w, d, h, m or s, as in 90m or 2h30m; write a duration such as "7d", or "off""#);
}
