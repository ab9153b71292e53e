//! Who must be told of a breach, and the worksheet.

use super::{faults, parsed};
use crate::domain::policy::Policy;

const RULE: &str = r#"
[[notifications]]
regime = "law"
stage = "first"
to = "authority"
from = "aware"
within = "72h"
"#;

#[test]
fn a_section_replaces_the_built_in_one_and_an_empty_list_switches_it_off() {
    let own = parsed(RULE).policy.notifications;
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].terms.limits_text(), "72h from aware");
    assert!(parsed("notifications = []").policy.notifications.is_empty());
    let built_in = parsed("").policy.notifications;
    assert_eq!(built_in, Policy::built_in().notifications);
}

#[test]
fn several_spans_of_one_trigger_and_one_of_each_are_both_limits() {
    let with = |from: &str, within: &str| {
        let text = RULE.replace("\"aware\"", from).replace("\"72h\"", within);
        parsed(&text).policy.notifications[0].terms.limits_text()
    };
    assert_eq!(
        with(r#"["classified", "aware"]"#, r#"["4h", "24h"]"#),
        "4h from classified, at most 24h from aware"
    );
    assert_eq!(
        with("\"aware\"", r#"["60d", "1 month"]"#),
        "60d from aware, at most 1 month from aware"
    );
}

#[test]
fn what_is_wrong_is_said_with_what_to_write() {
    let after = |from: &str, to: &str| faults(&RULE.replace(from, to));
    assert!(after("within = \"72h\"\n", "").contains("within is missing"));
    assert!(after("\"72h\"", "\"soon\"").contains("'soon' is not a span"));
    assert!(after("\"72h\"", "[\"72h\", \"0h\"]").contains("'0h' is not a span"));
    assert!(after("\"aware\"", "\"told\"").contains("'told' starts no time"));
    let unpaired = after("\"aware\"", "[\"aware\", \"classified\"]");
    assert!(unpaired.contains("write one span for each"), "{unpaired}");
    let unknown = after("\"aware\"", "\"stage:second\"");
    assert!(
        unknown.contains("no notification 'law/second' stands before"),
        "{unknown}"
    );
    let itself = after("\"aware\"", "\"stage:first\"");
    assert!(
        itself.contains("no notification 'law/first' stands before"),
        "{itself}"
    );
    assert!(after("\"authority\"", "\"police\"").contains("unknown recipient 'police'"));
    let twice = faults(&RULE.repeat(2));
    assert!(
        twice.contains("a second notification 'law/first'"),
        "{twice}"
    );
    let zone = faults(&format!("{RULE}timezone = \"Europe/Berlon\"\n"));
    assert!(zone.contains("unknown time zone"), "{zone}");
}

#[test]
fn the_worksheet_takes_other_words_and_more_questions_but_no_other_choices() {
    let own = r#"
[breach]
questions = [
    { key = "malicious", text = "Absicht?", type = "yes-no" },
    { key = "children", text = "Kinder?", type = "yes-no", when = { malicious = "yes" } },
]
"#;
    let worksheet = parsed(own).policy.worksheet;
    let found = worksheet.find("malicious").unwrap();
    assert_eq!(found.text, "Absicht?");
    assert_eq!(worksheet.questions.last().unwrap().key, "children");
    let other = r#"
[breach]
questions = [{ key = "data", text = "Which?", choices = ["public", "secret"] }]
"#;
    assert!(faults(other).contains("'data' counts for the score: keep its choices"));
}
