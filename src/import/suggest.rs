//! A first mapping for a file that nobody has mapped yet: from the names of
//! its columns and a sample of their cells. What is not certain is a comment.

use std::collections::BTreeSet;

use csv::ByteRecord;

use super::date_formats::DateFormats;
use crate::domain::time::zone::Zone;
use crate::policy_file::toml_string;

/// The fields in the order in which they take columns, and the names by which
/// columns are known, squeezed to letters.
const NAMES: [(&str, &[&str]); 25] = [
    (
        "number",
        &[
            "number",
            "issuekey",
            "ticketnumber",
            "ticketid",
            "incidentid",
            "caseid",
            "key",
            "id",
            "ticket",
        ],
    ),
    (
        "title",
        &["title", "shortdescription", "subject", "summary", "name"],
    ),
    ("description", &["description", "details", "body"]),
    (
        "requester",
        &[
            "callerid",
            "caller",
            "requester",
            "requestor",
            "requestors",
            "reporter",
            "customer",
            "user",
        ],
    ),
    ("contact", &["email", "contact", "requesteremail", "phone"]),
    (
        "channel",
        &[
            "contacttype",
            "channel",
            "requestsource",
            "via",
            "origin",
            "source",
        ],
    ),
    ("kind", &["issuetype", "tickettype", "type", "kind"]),
    (
        "status",
        &["incidentstate", "state", "status", "ticketstatus"],
    ),
    ("impact", &["impact"]),
    ("urgency", &["urgency", "severity"]),
    ("priority", &["priority"]),
    (
        "category",
        &[
            "category",
            "queue",
            "component",
            "components",
            "service",
            "topic",
        ],
    ),
    (
        "tier",
        &["tier", "level", "supportlevel", "escalationlevel", "line"],
    ),
    (
        "assignee",
        &["assignedto", "assignee", "owner", "technician", "agent"],
    ),
    (
        "opened",
        &[
            "openedat",
            "opened",
            "createdat",
            "created",
            "openingdate",
            "createddate",
            "createdtime",
            "reported",
            "timestampopened",
        ],
    ),
    ("opened_by", &["openedby", "createdby", "creator"]),
    (
        "updated",
        &[
            "sysupdatedat",
            "sysupdatedon",
            "updatedat",
            "updated",
            "lastupdated",
            "lastupdate",
            "timestamp",
            "changedat",
            "modified",
        ],
    ),
    ("updated_by", &["sysupdatedby", "updatedby", "modifiedby"]),
    (
        "resolved",
        &[
            "resolvedat",
            "resolved",
            "resolutiondate",
            "solvedat",
            "resolvedtime",
        ],
    ),
    ("resolved_by", &["resolvedby", "solvedby"]),
    (
        "closed",
        &["closedat", "closed", "closingdate", "closeat", "closedtime"],
    ),
    (
        "resolution",
        &["closenotes", "resolutionnotes", "solution", "resolution"],
    ),
    ("code", &["closedcode", "closecode", "resolutioncode"]),
    ("symptom", &["usymptom", "symptom"]),
    (
        "affected",
        &["cmdbci", "configurationitem", "affected", "asset"],
    ),
];

/// The forms that times are tried in; day and month must be certain.
const FORMATS: [&str; 10] = [
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d/%b/%y %I:%M %p",
    "%d.%m.%Y",
];

/// The fields whose words are to be translated.
const WORDS: [&str; 7] = [
    "status", "channel", "kind", "impact", "urgency", "priority", "code",
];

/// The most different words that are listed of a column.
const MOST: usize = 40;

/// Writes a first mapping for a table.
pub(crate) fn suggest_mapping(heads: &[String], sample: &[ByteRecord]) -> String {
    let mut taken = BTreeSet::new();
    let mut found: Vec<(&str, usize)> = Vec::new();
    for (field, names) in NAMES {
        let place = names.iter().find_map(|name| {
            (0..heads.len()).find(|at| !taken.contains(at) && normalized(&heads[*at]) == *name)
        });
        if let Some(place) = place {
            taken.insert(place);
            found.push((field, place));
        }
    }
    let at = |field: &str| {
        found
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, at)| *at)
    };
    let cells = |at: usize| {
        let cell = move |record: &ByteRecord| {
            String::from_utf8_lossy(record.get(at).unwrap_or_default())
                .trim()
                .to_owned()
        };
        sample.iter().map(cell).collect::<Vec<_>>()
    };
    let numbers = at("number").map(&cells).unwrap_or_default();
    let distinct: BTreeSet<&String> = numbers.iter().collect();
    let events = distinct.len() < numbers.len() && at("updated").is_some();
    let mut text =
        String::from("# A first mapping, made from the heads and a sample: look at every line.\n");
    let mut say = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    say("source = \"other\"  # the name of the other system");
    say(if events {
        "shape = \"events\"  # a row for every change"
    } else {
        "shape = \"tickets\"  # a row for every ticket"
    });
    let timed = ["opened", "updated", "resolved", "closed"];
    let times: Vec<String> = timed
        .iter()
        .filter_map(|f| at(f))
        .flat_map(cells)
        .filter(|c| !is_empty_value(c))
        .collect();
    say(&dates(&times));
    say("zone = \"UTC\"  # of times without an offset: declare where they were written");
    say("missing = [\"\", \"?\", \"NULL\"]");
    say("");
    say("[columns]");
    for (field, place) in &found {
        say(&format!("{field} = {}", toml_string(&heads[*place])));
    }
    for needed in ["number", "opened"] {
        if at(needed).is_none() {
            say(&format!("# {needed} = \"\"  # needed: which column is it?"));
        }
    }
    let rest: Vec<String> = (0..heads.len())
        .filter(|at| !taken.contains(at))
        .map(|at| toml_string(&heads[at]))
        .collect();
    if !rest.is_empty() {
        say(&format!("# kept as labelled facts: {}", rest.join(", ")));
    }
    for field in WORDS {
        let words: BTreeSet<String> = at(field)
            .map(cells)
            .unwrap_or_default()
            .into_iter()
            .filter(|c| !is_empty_value(c))
            .collect();
        if words.is_empty() {
            continue;
        }
        say("");
        say(&format!("[values.{field}]"));
        for word in words.iter().take(MOST) {
            match guess(field, word) {
                Some(ours) => say(&format!("{} = {ours:?}", toml_string(word))),
                None => say(&format!("# {} = \"\"", toml_string(word))),
            }
        }
    }
    text
}

fn normalized(head: &str) -> String {
    head.chars()
        .filter(|c| c.is_alphanumeric())
        .collect::<String>()
        .to_lowercase()
}

fn is_empty_value(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "" | "?" | "null")
}

/// The line that declares the form of times: the one that most of them have,
/// a few being wrong in any log.
fn dates(times: &[String]) -> String {
    let fitting = |form: Option<&str>| {
        let dates = DateFormats {
            formats: form.map(str::to_owned).into_iter().collect(),
            zone: Some(Zone::utc()),
        };
        times.iter().filter(|time| dates.read(time).is_ok()).count()
    };
    let counts: Vec<(usize, &str)> = FORMATS
        .iter()
        .map(|form| (fitting(Some(form)), *form))
        .collect();
    let most = counts.iter().map(|(count, _)| *count).max().unwrap_or(0);
    if times.is_empty() || fitting(None) > most {
        return "dates = \"iso\"".to_owned();
    }
    if most * 2 < times.len() || most == 0 {
        return "dates = \"iso\"  # they have none of the usual forms: write theirs, such as \"%d/%m/%Y %H:%M\"".to_owned();
    }
    let best: Vec<&str> = counts
        .iter()
        .filter(|(count, _)| *count == most)
        .map(|(_, form)| *form)
        .collect();
    match best.as_slice() {
        [one, other, ..] => {
            format!("# dates = {one:?}  # or {other:?}: the sample fits both; choose")
        }
        [one] => format!("dates = {one:?}"),
        [] => "dates = \"iso\"".to_owned(),
    }
}

/// The word of the desk, where theirs leaves no doubt.
fn guess(field: &str, word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    match field {
        "status" if has(&["closed", "cancel"]) => Some("closed"),
        "status" if has(&["resolved", "solved", "done"]) => Some("resolved"),
        "status" if has(&["user", "customer", "requester", "caller"]) => {
            Some("paused for requester")
        }
        "status" if has(&["vendor", "supplier"]) => Some("paused for vendor"),
        "status" if has(&["evidence"]) => Some("paused for evidence"),
        "status" if has(&["change", "approval"]) => Some("paused for change"),
        "status" if has(&["wait", "pending", "hold", "stalled"]) => Some("paused for other"),
        "status" if has(&["new", "open"]) => Some("new"),
        "status" if has(&["active", "progress", "assigned"]) => Some("active"),
        "channel" if has(&["phone", "call"]) => Some("phone"),
        "channel" if has(&["mail"]) => Some("email"),
        "channel" if has(&["chat"]) => Some("chat"),
        "channel" if has(&["web", "portal", "self"]) => Some("portal"),
        "kind" if has(&["incident", "bug"]) => Some("incident"),
        "kind" if has(&["request"]) => Some("request"),
        "impact" | "urgency" if has(&["high", "critical"]) => Some("high"),
        "impact" | "urgency" if has(&["medium", "moderate", "normal"]) => Some("medium"),
        "impact" | "urgency" if has(&["low"]) => Some("low"),
        "priority" => ["P1", "P2", "P3", "P4", "P5"]
            .into_iter()
            .find(|p| word.trim_start_matches('p').starts_with(&p[1..])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::mapping;
    use super::*;

    #[test]
    fn what_is_suggested_for_a_log_is_a_mapping() {
        let heads = [
            "number",
            "incident_state",
            "opened_at",
            "sys_updated_at",
            "impact",
            "odd",
        ];
        let heads: Vec<String> = heads.iter().map(|h| (*h).to_owned()).collect();
        let row = |state: &str| {
            ByteRecord::from(vec![
                "INC1",
                state,
                "29/2/2016 01:16",
                "29/2/2016 01:20",
                "1 - High",
                "x",
            ])
        };
        let text = suggest_mapping(
            &heads,
            &[row("New"), row("Awaiting User Info"), row("-100")],
        );
        assert!(text.contains("shape = \"events\""), "{text}");
        assert!(text.contains("dates = \"%d/%m/%Y %H:%M\""), "{text}");
        assert!(text.contains("# \"-100\" = \"\""), "{text}");
        let map = mapping::parse_mapping(&text).unwrap();
        assert_eq!(
            map.values["status"]["awaiting user info"],
            "paused for requester"
        );
    }

    #[test]
    fn dates_that_could_be_either_are_left_to_choose() {
        let line = dates(&["02/03/2024 10:00".to_owned()]);
        assert!(line.starts_with("# dates = "), "{line}");
        assert!(dates(&["2024-03-02 10:00".to_owned()]).contains("iso"));
    }
}
