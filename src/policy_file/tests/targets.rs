//! Targets and escalations.

use super::{faults, lines, parsed};
use crate::domain::time::working_span::WorkingSpan;

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
    line 2: escalations[1]: clock is missing: write [[escalations]] with clock, percent, from and to, or with priority and to
    line 2: escalations[1]: percent is missing: write [[escalations]] with clock, percent, from and to, or with priority and to
    line 2: escalations[1]: from is missing: write [[escalations]] with clock, percent, from and to, or with priority and to
    line 2: escalations[1]: to is missing: write [[escalations]] with clock, percent, from and to, or with priority and to
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
