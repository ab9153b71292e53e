//! The built-in policy file.

use std::collections::BTreeSet;

use super::{lines, no_files, parsed};
use crate::domain::category::Category;
use crate::domain::mail::policy::MailPolicy;
use crate::domain::policy::Policy;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::vocabulary::NoticeKind;
use crate::policy_file::{BUILT_IN, parse};

/// The file with its examples uncommented.
pub(super) fn with_examples() -> String {
    let looks_like_a_setting = |line: &str| {
        let first = line.split_whitespace().next().unwrap_or_default();
        line.starts_with(['[', ']', ' '])
            || line.split_whitespace().nth(1) == Some("=")
            || first.starts_with("\"")
    };
    let line = |line: &str| match line.strip_prefix("# ") {
        Some(example) if looks_like_a_setting(example) && !example.starts_with("  ") => {
            example.to_owned()
        }
        Some(example) if example.starts_with("    ") => example.to_owned(),
        Some(_) | None => line.to_owned(),
    };
    BUILT_IN.lines().map(|text| line(text) + "\n").collect()
}

#[test]
fn the_default_file_is_exactly_the_built_in_policy() {
    let read = parse(BUILT_IN, 1, &no_files).map_err(|faults| lines(&faults));
    let read = read.unwrap();
    assert_eq!(read.policy, Policy::built_in());
    assert_eq!(lines(&read.notes), "");
}

#[test]
fn an_empty_file_is_the_built_in_policy() {
    assert_eq!(parse("", 1, &no_files).unwrap().policy, Policy::built_in());
}

#[test]
fn the_examples_are_valid_when_uncommented() {
    let read = parsed(&with_examples());
    assert_eq!(lines(&read.notes), "");
    let policy = read.policy;
    let names = |list: Vec<String>| list.join(" ");
    let agents = policy.agents.iter().map(|m| m.agent.to_string()).collect();
    assert_eq!(names(agents), "anna bert");
    let tree = policy.categories.iter().map(|b| b.path.to_string());
    assert_eq!(names(tree.collect()), "hardware network network/vpn");
    let vpn = Questionnaire::for_category(&policy, &Category::parse("network/vpn").unwrap());
    let keys: Vec<&str> = vpn.keys().collect();
    assert_eq!(keys, ["since-when", "others", "error", "changed", "client"]);
    assert_eq!(vpn.questions[3].when.to_string(), "'error' is 691");
    assert_eq!(vpn.findings.len(), 2);
    let fields = policy.fields.iter().map(|field| field.name.clone());
    assert_eq!(names(fields.collect()), "asset site");
    let templates = policy.templates.iter();
    let templates = templates.map(|template| template.name.clone()).collect();
    assert_eq!(names(templates), "vpn-password");
    assert_eq!(names(policy.calendars.into_keys().collect()), "office");
    assert_eq!(policy.targets.len(), 4);
    assert_eq!(policy.escalations.len(), 1);
    let names = policy.notifications.iter().map(|rule| rule.terms.name());
    let names: Vec<String> = names.collect();
    assert_eq!(
        names.join(" "),
        "gdpr/authority gdpr/supplements gdpr/persons gdpr/controller uk-gdpr/authority \
         nis2/early-warning nis2/notification nis2/final-report dora/initial \
         dora/intermediate dora/final hipaa/individuals hipaa/secretary"
    );
    let dora = &policy.notifications[8].terms;
    assert_eq!(
        dora.limits_text(),
        "4h from classified, at most 24h from aware"
    );
    // Months are counted in the zone of the calendars.
    assert_eq!(policy.notifications[7].terms.zone.name(), "Europe/Berlin");
    assert_eq!(policy.mail.sender(), Some("desk@example.org"));
    assert_eq!(policy.mail.templates.len(), 1);
    // The list that the comments show is the one in the program.
    let shown: BTreeSet<NoticeKind> = policy.mail.notices.into_iter().collect();
    assert_eq!(shown, MailPolicy::DEFAULT_NOTICES.into_iter().collect());
    assert_eq!(policy.worksheet.questions.last().unwrap().key, "children");
}
