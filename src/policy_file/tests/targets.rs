//! Targets and escalations.

use super::{faults, lines, parsed};
use crate::domain::people::Tier;
use crate::domain::sla::level::Level;
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::vocabulary::ClockName;

const GENERAL: &str = "[[targets]]\nresponse = '3h'\nresolution = '24h'\n";

#[test]
fn a_target_has_conditions_and_values() {
    let text = format!(
        "{GENERAL}[[targets]]\npriority = 1\nkind = 'Incident'\ncategory = 'Network'\n\
         update = '30m'\ncadence = 'off'\ncalendar = '24x7'\n"
    );
    let target = parsed(&text).policy.targets.remove(1);
    assert_eq!(target.conditions(), "P1, incident, network");
    assert_eq!(
        target.cadence,
        Some(WorkingSpan::Time(chrono::TimeDelta::zero()))
    );
    assert_eq!(target.calendar.as_deref(), Some("24x7"));
}

#[test]
fn every_ticket_needs_a_response_and_a_resolution_target() {
    insta::assert_snapshot!(faults("[[targets]]\nresponse = '1h'"), @"line 1: targets: tickets with no priority yet, P1, P2, P3, P4 have no resolution target: add a [[targets]] without conditions that sets resolution");
    insta::assert_snapshot!(faults("targets = []"), @"
    line 1: targets: tickets with no priority yet, P1, P2, P3, P4 have no response target: add a [[targets]] without conditions that sets response
    line 1: targets: tickets with no priority yet, P1, P2, P3, P4 have no resolution target: add a [[targets]] without conditions that sets resolution
    ");
    insta::assert_snapshot!(faults(r#"
[[targets]]
kind = "incident"
response = "1h"
resolution = "1h"
[[targets]]
priority = "P1"
response = "1h"
resolution = "1h"
"#), @"
    line 2: targets: tickets with no priority yet, P2, P3, P4 have no response target: add a [[targets]] without conditions that sets response
    line 2: targets: tickets with no priority yet, P2, P3, P4 have no resolution target: add a [[targets]] without conditions that sets resolution
    ");
}

#[test]
fn target_values_are_durations() {
    insta::assert_snapshot!(faults(&format!(r#"{GENERAL}
[[targets]]
priority = "P7"
response = "0h"
update = "-1h"
resolution = 4
cadence = "sometimes"
calendar = "ofice"
[[targets]]
priority = "urgent"
kind = "problem"
category = "a b"
[calendars.office]
timezone = "UTC"
mon = ["09:00-17:00"]
"#)), @r#"
    line 6: targets[2].priority: no ticket can have P7: the matrix contains P1, P2, P3, P4
    line 7: targets[2].response: '0h' is zero; write a duration such as "4h", or business days such as "5bd"
    line 8: targets[2].update: '-1h' is not a duration: use 90m, 2h30m, 3d or 45s; write a duration such as "4h", or business days such as "5bd"
    line 9: targets[2].resolution: it is an integer; write a duration such as "4h", or business days such as "5bd"
    line 10: targets[2].cadence: 'sometimes' is not a duration: use 90m, 2h30m, 3d or 45s; write a duration such as "1h", business days such as "5bd", or "off"
    line 11: targets[2].calendar: unknown calendar 'ofice': did you mean 'office'? accepted: office, 24x7
    line 13: targets[3].priority: unknown priority 'urgent'; write P1 to P9
    line 14: targets[3].kind: unknown kind 'problem': accepted: incident, request
    line 15: targets[3].category: 'a b' is not a category: write a path of one to five names joined by '/', such as network/vpn; names are letters, digits and - _ . + &
    "#);
}

#[test]
fn two_targets_must_not_have_the_same_conditions() {
    insta::assert_snapshot!(faults(&format!("{GENERAL}{GENERAL}")), @"line 4: targets[2]: a second target for every ticket: merge the two");
}

#[test]
fn empty_targets_and_unused_calendars_are_noted() {
    let read = parsed(&format!(
        "{GENERAL}[[targets]]\nkind = 'request'\n[calendars.office]\ntimezone = 'UTC'\nmon = ['09:00-17:00']\n"
    ));
    insta::assert_snapshot!(lines(&read.notes), @r#"
    line 4: targets[2]: it sets no target: add response, update, resolution, cadence or calendar
    line 6: calendars.office: no target uses this calendar; to use it, write calendar = "office" in a [[targets]]
    "#);
}

#[test]
fn escalations_replace_the_built_in_ones() {
    let policy = parsed("escalations = []").policy;
    assert_eq!(
        (policy.escalations.len(), policy.immediate_tiers.len()),
        (0, 0)
    );
    let policy = parsed(
        "[[escalations]]\nclock = 'resolution'\npercent = 90\nfrom = 'L1'\nto = 'L2'\n\
         [[escalations]]\npriority = 'P2'\nto = 'L2'",
    )
    .policy;
    assert_eq!(
        (policy.escalations.len(), policy.immediate_tiers.len()),
        (1, 1)
    );
}

#[test]
fn escalations_must_not_form_a_circle() {
    insta::assert_snapshot!(faults(r#"
[[escalations]]
clock = "resolution"
percent = 50
from = "L1"
to = "L2"
[[escalations]]
clock = "response"
percent = 75
from = "L2"
to = "L3"
[[escalations]]
clock = "resolution"
percent = 90
from = "L3"
to = "L1"
[[escalations]]
clock = "update"
percent = 90
from = "L3"
to = "L3"
[[escalations]]
clock = "resolution"
percent = 50
from = "L1"
to = "L3"
"#), @"
    line 12: escalations[3]: tickets would escalate in a circle: L3 -> L1 -> L2 -> L3; remove one of these rules
    line 17: escalations[4]: tickets would escalate in a circle: L3 -> L3; remove one of these rules
    line 22: escalations[5]: a second rule for resolution at 50 % from L1
    ");
}

#[test]
fn missing_parts_of_an_escalation_are_reported() {
    insta::assert_snapshot!(faults(r#"
[[escalations]]
[[escalations]]
priority = "P8"
clock = "resolution"
to = "L4"
[[escalations]]
clock = "solution"
percent = 1001
from = 1
to = "L2"
[[escalations]]
priority = "P1"
to = "L2"
[[escalations]]
priority = "P1"
to = "L3"
"#), @"
    line 2: escalations[1]: clock is missing: write [[escalations]] with clock, percent, from and to, with priority and to, or with unassigned_for and to
    line 2: escalations[1]: percent, before or after is missing: write [[escalations]] with clock, percent, from and to, with priority and to, or with unassigned_for and to
    line 2: escalations[1]: from is missing: write [[escalations]] with clock, percent, from and to, with priority and to, or with unassigned_for and to
    line 2: escalations[1]: to is missing: write [[escalations]] with clock, percent, from and to, with priority and to, or with unassigned_for and to
    line 4: escalations[2].priority: no ticket can have P8: the matrix contains P1, P2, P3, P4
    line 5: escalations[2].clock: a rule with a priority applies immediately: remove this key, or the priority
    line 6: escalations[2].to: unknown tier 'L4': did you mean 'L1'? accepted: L1, L2, L3
    line 8: escalations[3].clock: unknown clock 'solution': did you mean 'resolution'? accepted: response, update, resolution
    line 9: escalations[3].percent: write a whole number from 1 to 1000
    line 10: escalations[3].from: it is an integer; write the name of a tier
    line 15: escalations[5]: a second immediate rule for P1
    ");
}

const OFFICE: &str = "[calendars.office]\ntimezone = 'UTC'\nmon = ['09:00-17:00']\n\
    tue = ['09:00-17:00']\nwed = ['09:00-17:00']\nthu = ['09:00-17:00']\nfri = ['09:00-17:00']\n";

/// The notes on a policy with this target, which begins at line 6.
fn notes_on(target: &str, calendars: &str) -> String {
    let text = format!("{GENERAL}[[targets]]\nkind = 'request'\n{target}\n{calendars}");
    lines(&parsed(&text).notes)
}

#[test]
fn business_days_are_targets() {
    let text = format!(
        "{GENERAL}[[targets]]\nkind = 'request'\nresponse = '1bd'\nupdate = '2 BD'\n\
         resolution = '5bd'\ncadence = '3bd'\nend_of_day = true\ncalendar = 'office'\n{OFFICE}"
    );
    let parsed = parsed(&text);
    assert_eq!(lines(&parsed.notes), "");
    let target = &parsed.policy.targets[1];
    let days: Vec<_> = target.spans.values().copied().collect();
    assert_eq!(days, [1, 2, 5].map(WorkingSpan::Days));
    assert_eq!(target.cadence, Some(WorkingSpan::Days(3)));
    assert_eq!(target.end_of_day, Some(true));
}

#[test]
fn spans_that_cannot_be_meant_are_refused_with_what_is_accepted() {
    insta::assert_snapshot!(faults(&format!(
        r#"{GENERAL}
[[targets]]
response = "0bd"
update = "5wd"
resolution = "1bd4h"
cadence = "1001bd"
end_of_day = "yes"
[[targets]]
kind = "request"
response = "-1bd"
resolution = "99999999999999999999bd"
"#
    )), @r#"
    line 6: targets[2].response: '0bd' is zero; write a duration such as "4h", or business days such as "5bd"
    line 7: targets[2].update: '5wd' is not a duration: use 90m, 2h30m, 3d or 45s; write a duration such as "4h", or business days such as "5bd"
    line 8: targets[2].resolution: '1bd4h' mixes business days with other units: use bd alone, as in 5bd; write a duration such as "4h", or business days such as "5bd"
    line 9: targets[2].cadence: '1001bd' is longer than 1000bd; write a duration such as "1h", business days such as "5bd", or "off"
    line 10: targets[2].end_of_day: it is a string; write true or false
    line 13: targets[3].response: '-1bd' is not a duration: use 90m, 2h30m, 3d or 45s; write a duration such as "4h", or business days such as "5bd"
    line 14: targets[3].resolution: '99999999999999999999bd' is longer than 1000bd; write a duration such as "4h", or business days such as "5bd"
    "#);
}

#[test]
fn days_on_an_office_calendar_are_explained() {
    let notes = |spans: &[&str], calendar: &str| {
        let notes = spans.iter().map(|span| {
            notes_on(
                &format!("resolution = '{span}'\ncalendar = 'office'"),
                calendar,
            )
        });
        notes.collect::<Vec<_>>().join("\n")
    };
    let spans = ["5d", "1d", "1d12h", "2w", "1d1s"];
    insta::assert_snapshot!(notes(&spans, OFFICE), @r#"
    line 6: targets[2].resolution: 5d is 120 open hours: 15 days of office; for 5 business days write "5bd"
    line 6: targets[2].resolution: 1d is 24 open hours: 3 days of office; for one business day write "1bd"
    line 6: targets[2].resolution: 1d12h is 36 open hours: about 4.5 days of office; for business days use bd, as in "5bd"
    line 6: targets[2].resolution: 2w is 336 open hours: 42 days of office; for business days use bd, as in "5bd"
    line 6: targets[2].resolution: 1d1s is 24h1s of open time: about 3 days of office; for business days use bd, as in "5bd"
    "#);
    // Days of different length are an average.
    let short = OFFICE.replace("fri = ['09:00-17:00']", "fri = ['09:00-14:00']");
    insta::assert_snapshot!(notes(&["5d"], &short), @r#"line 6: targets[2].resolution: 5d is 120 open hours: about 16.2 days of office; for 5 business days write "5bd""#);
    assert_eq!(notes(&["120h"], OFFICE), "");
    assert_eq!(notes(&["5bd"], OFFICE), "");
    assert_eq!(notes_on("resolution = '5d'", ""), "");
    // The calendar may come from a more general target.
    let text = format!(
        "{GENERAL}calendar = 'office'\n[[targets]]\npriority = 'P1'\nresolution = '5d'\n{OFFICE}"
    );
    insta::assert_snapshot!(lines(&parsed(&text).notes), @r#"line 7: targets[2].resolution: 5d is 120 open hours: 15 days of office; for 5 business days write "5bd""#);
}

#[test]
fn business_days_around_the_clock_are_one_note() {
    insta::assert_snapshot!(notes_on("response = '1bd'\nresolution = '5bd'", ""), @r#"line 6: targets[2].response: on 24x7 a business day is a day of 24 hours: write "1d", or name a calendar"#);
    insta::assert_snapshot!(notes_on("response = '1h'\nend_of_day = true", ""), @r#"line 7: targets[2].end_of_day: it has no effect: no target is in business days, such as "5bd""#);
}

#[test]
fn warnings_and_rules_may_be_spans_before_or_after_the_due_time() {
    let parsed = parsed(
        "warnings = [75, '30m before', 90, '1H after', '1bd after']\n\
         [[escalations]]\nclock = 'resolution'\nbefore = '2h'\nfrom = 'L1'\nto = 'L2'\n\
         [[escalations]]\nclock = 'resolution'\nafter = '1bd'\nfrom = 'L2'\nto = 'L3'\n",
    );
    assert_eq!(lines(&parsed.notes), "");
    let names = |levels: Vec<Level>| {
        let names: Vec<String> = levels.iter().map(ToString::to_string).collect();
        names.join(", ")
    };
    assert_eq!(
        names(parsed.policy.warnings.clone()),
        "75 %, 30m before due, 90 %, 1h after due, 1bd after due"
    );
    assert_eq!(
        names(parsed.policy.levels(ClockName::Resolution)),
        "30m before due, 2h before due, 75 %, 90 %, 100 %, 1h after due, 1bd after due"
    );
}

#[test]
fn levels_that_cannot_be_meant_are_refused_with_what_is_accepted() {
    insta::assert_snapshot!(faults(r#"
warnings = [75, "1h", "90", "5wd before", "0h after", "-1h before", "1h before", "60m before", 1.5, "9999bd after"]
[[escalations]]
clock = "resolution"
from = "L1"
to = "L2"
[[escalations]]
clock = "resolution"
percent = 75
before = "1h"
from = "L1"
to = "L2"
[[escalations]]
clock = "resolution"
after = "1wd"
from = "L1"
to = "L2"
[[escalations]]
clock = "resolution"
before = 2
from = "L1"
to = "L2"
[[escalations]]
priority = "P2"
after = "1h"
to = "L2"
[[escalations]]
clock = "response"
before = "1h"
from = "L1"
to = "L2"
[[escalations]]
clock = "response"
before = "60m"
from = "L1"
to = "L3"
"#), @r#"
    line 2: warnings: '1h' does not end in 'before' or 'after'; write a percentage such as 75, "1h before" or "30m after"
    line 2: warnings: '90' does not end in 'before' or 'after'; write a percentage such as 75, "1h before" or "30m after"
    line 2: warnings: '5wd' is not a duration: use 90m, 2h30m, 3d or 45s; write a percentage such as 75, "1h before" or "30m after"
    line 2: warnings: '0h after' is at the due time itself: that is the breach; write a percentage such as 75, "1h before" or "30m after"
    line 2: warnings: '-1h' is not a duration: use 90m, 2h30m, 3d or 45s; write a percentage such as 75, "1h before" or "30m after"
    line 2: warnings: 1h before due is listed twice
    line 2: warnings: it is a float; write a whole number from 1 to 99
    line 2: warnings: '9999bd' is longer than 1000bd; write a percentage such as 75, "1h before" or "30m after"
    line 3: escalations[1]: percent, before or after is missing: write [[escalations]] with clock, percent, from and to, with priority and to, or with unassigned_for and to
    line 10: escalations[2].before: a rule has one level: remove before, or percent
    line 15: escalations[3].after: '1wd' is not a duration: use 90m, 2h30m, 3d or 45s; write a duration such as "2h", or business days such as "1bd"
    line 20: escalations[4].before: it is an integer; write a duration such as "2h", or business days such as "1bd"
    line 25: escalations[5].after: a rule with a priority applies immediately: remove this key, or the priority
    line 32: escalations[7]: a second rule for response at 1h before due from L1
    "#);
}

#[test]
fn an_offset_must_be_shorter_than_its_target() {
    insta::assert_snapshot!(faults(&format!(r#"
warnings = ["24h before"]
[[escalations]]
clock = "response"
before = "3h"
from = "L1"
to = "L2"
[[escalations]]
clock = "resolution"
before = "2bd"
from = "L1"
to = "L2"
[[escalations]]
clock = "update"
before = "1w"
from = "L1"
to = "L2"
{GENERAL}
"#)), @"
    line 2: warnings: 24h is not shorter than the response target of every ticket (3h): write a span within the target
    line 5: escalations[1].before: 3h is not shorter than the response target of every ticket (3h): write a span within the target
    line 10: escalations[2].before: 2bd is not shorter than the resolution target of every ticket (24h): write a span within the target
    line 15: escalations[3].before: 168h is not shorter than the update target of every ticket (3h): write a span within the target
    ");
    // With longer targets elsewhere it is only a note.
    let text = format!(
        "warnings = ['2h before', '20h before']\n{GENERAL}[[targets]]\npriority = 'P1'\nresponse = '1h'\nresolution = '2h'\n"
    );
    insta::assert_snapshot!(lines(&parsed(&text).notes), @"
    line 1: warnings: 2h is not shorter than the response target of P1 (1h) and 2 more: it has no effect there
    line 1: warnings: 20h is not shorter than the response target of every ticket (3h) and 4 more: it has no effect there
    ");
    let office = format!(
        "warnings = ['4h before']\n[[targets]]\nresponse = '5h'\nresolution = '1bd'\ncalendar = 'office'\n{OFFICE}"
    );
    assert_eq!(lines(&parsed(&office).notes), "");
    let office = office
        .replace("'4h before'", "'8h before'")
        .replace("5h", "9h");
    insta::assert_snapshot!(lines(&parsed(&office).notes), @"line 1: warnings: 8h is not shorter than the resolution target of every ticket (1bd): it has no effect there");
}

#[test]
fn a_rule_for_unassigned_tickets_has_a_span_and_a_tier() {
    let policy = parsed(
        "[[escalations]]\nunassigned_for = '30m'\nto = 'L2'\n\
         [[escalations]]\nunassigned_for = '1bd'\nfrom = 'L2'\nto = 'L3'\n",
    )
    .policy;
    let rules: Vec<String> = policy
        .unassigned_rules
        .iter()
        .map(|rule| {
            format!(
                "{} {:?} {}",
                rule.after,
                rule.from.as_ref().map(Tier::as_str),
                rule.to
            )
        })
        .collect();
    assert_eq!(rules, ["30m None L2", "1bd Some(\"L2\") L3"]);
    assert_eq!(parsed("").policy.unassigned_rules, []);
}

#[test]
fn rules_for_unassigned_tickets_that_cannot_be_meant_are_refused() {
    insta::assert_snapshot!(faults(r#"
[[escalations]]
unassigned_for = "0m"
to = "L2"
[[escalations]]
unassigned_for = "5wd"
clock = "response"
[[escalations]]
unassigned_for = "30m"
to = "L1"
[[escalations]]
unassigned_for = "30m"
from = "L1"
to = "L2"
[[escalations]]
unassigned_for = "30m"
from = "L1"
to = "L3"
[[escalations]]
unassigned_for = "1h"
from = "L2"
to = "L1"
[[escalations]]
priority = "P1"
unassigned_for = "1h"
to = "L3"
[[escalations]]
unassigned_for = "1h"
to = "L4"
"#), @r#"
    line 3: escalations[1].unassigned_for: '0m' is zero; write a duration such as "30m", or business days such as "1bd"
    line 6: escalations[2].unassigned_for: '5wd' is not a duration: use 90m, 2h30m, 3d or 45s; write a duration such as "30m", or business days such as "1bd"
    line 7: escalations[2].clock: a rule for unassigned tickets looks at no clock: remove this key, or unassigned_for
    line 8: escalations[3]: no tier is below L1: write from = "…" with another tier
    line 15: escalations[5]: a second rule for tickets unassigned for 30m
    line 19: escalations[6]: tickets would escalate in a circle: L2 -> L1 -> L2; remove one of these rules
    line 25: escalations[7].unassigned_for: a rule with a priority applies immediately: remove this key, or the priority
    line 29: escalations[8].to: unknown tier 'L4': did you mean 'L1'? accepted: L1, L2, L3
    "#);
}
