//! Templates of tickets.

use super::{faults, parsed};
use crate::domain::vocabulary::{Channel, ClosureCode, Kind};
use crate::policy_file::personal_parts;

const RESET: &str = r#"
[agents]
anna = "L1"
[categories."access/password"]
questions = [{ key = "identity", text = "How was the caller identified?" }]
[templates.password-reset]
title = "Password of {{account}} for {{requester}}"
kind = "request"
channel = "phone"
category = "access/password"
users = "low"
business = "low"
urgency = "medium"
symptoms = ["{{account}} is locked"]
assign = "anna"
tier = "L1"
questions = ["Account", { key = "how", text = "How?", choices = ["link", "call"] }]
resolution = "Reset by {{agent}}, told by {{how}}, identified by {{identity}}"
code = "fulfilled"
"#;

#[test]
fn a_template_says_all_that_a_ticket_can() {
    let policy = parsed(RESET).policy;
    let template = policy.find_template("Password-Reset").unwrap();
    assert_eq!(template.name, "password-reset");
    assert_eq!(template.kind, Some(Kind::Request));
    assert_eq!(template.channel, Some(Channel::Phone));
    assert_eq!(template.code, Some(ClosureCode::Fulfilled));
    assert_eq!(template.ratings.urgency.as_deref(), Some("medium"));
    let asked = template.asked(&policy).into_iter();
    let asked: Vec<String> = asked.map(|question| question.key).collect();
    // A question of the category is asked where a text needs it.
    assert_eq!(asked, ["account", "how", "identity"]);
    let fault = policy.find_template("pasword-reset").unwrap_err();
    assert_eq!(
        fault.hint(),
        "did you mean 'password-reset'? accepted: password-reset"
    );
}

#[test]
fn what_a_template_names_has_to_be_there() {
    let wrong = RESET
        .replace("kind = \"request\"", "kind = \"requests\"")
        .replace(
            "category = \"access/password\"",
            "category = \"access/pasword\"",
        )
        .replace("users = \"low\"", "users = \"lo\"")
        .replace("assign = \"anna\"", "assign = \"ana\"")
        .replace("tier = \"L1\"\nq", "tier = \"L7\"\nq")
        .replace("{{how}}", "{{hwo}}")
        .replace("{{account}} is", "{{account is")
        .replace("code = ", "codes = ");
    insta::assert_snapshot!(faults(&wrong), @"
    line 8: templates.password-reset.kind: unknown kind 'requests': did you mean 'request'? accepted: incident, request
    line 10: templates.password-reset.category: unknown category 'access/pasword': did you mean 'access/password'? accepted: access, access/password
    line 11: templates.password-reset.users: unknown impact level 'lo': did you mean 'low'? accepted: high, medium, low
    line 14: templates.password-reset.symptoms: a '{{' has no '}}'
    line 15: templates.password-reset.assign: unknown agent 'ana': did you mean 'anna'? accepted: anna
    line 16: templates.password-reset.tier: unknown tier 'L7': did you mean 'L1'? accepted: L1, L2, L3
    line 18: templates.password-reset.resolution: unknown placeholder 'hwo': did you mean 'how'? accepted: requester, contact, agent, account, how
    line 19: templates.password-reset.codes: 'codes' does not belong in this table: move it up, before the first [table], or write it as its own [codes]
    ");
}

#[test]
fn a_code_that_is_not_given_is_a_fault() {
    let wrong = format!("codes = [\"solved\"]\n{RESET}");
    insta::assert_snapshot!(faults(&wrong), @"line 20: templates.password-reset.code: unknown closing code 'fulfilled': accepted: solved");
}

#[test]
fn the_questions_of_a_template_depend_on_nothing() {
    let wrong = r#"
templates."two words".title = "a"
templates.one.questions = ["A", { text = "B", when = { a = "x" } }]
templates.two = "b"
"#;
    insta::assert_snapshot!(faults(wrong), @r#"
    line 2: templates."two words": 'two words' cannot be the name of a template: use at most 40 letters, digits and - _ .
    line 3: templates.one.questions: a question of a template is always asked: leave out when
    line 4: templates.two: it is a string; write a table with title, kind, category and more
    "#);
}

#[test]
fn the_agent_of_a_template_is_a_person() {
    let parts = personal_parts(RESET).into_iter();
    let parts: Vec<&str> = parts.map(|part| &RESET[part]).collect();
    assert_eq!(parts, ["anna", "anna"]);
}

#[test]
fn what_a_template_carries_is_checked_too() {
    let text = r#"
[fields.asset]
type = "text"
[fields.cost]
type = "number"
[templates.disk]
title = "Disk"
tags = ["Hardware"]
fields = { asset = "SRV-1", cost = 120 }
checklist = ["back up", "swap"]
"#;
    let policy = parsed(text).policy;
    let template = policy.find_template("disk").unwrap();
    assert_eq!(template.tags[0].as_str(), "hardware");
    assert_eq!(template.fields[1].value, "120");
    assert_eq!(template.checklist, ["back up", "swap"]);
    let wrong = text
        .replace("Hardware", "hard ware")
        .replace("asset =", "aset =")
        .replace("120", "\"much\"");
    let faults = faults(&wrong);
    for part in [
        "cannot be a tag",
        "unknown field 'aset'",
        "'much' is not a value of cost",
    ] {
        assert!(faults.contains(part), "{part}: {faults}");
    }
}
