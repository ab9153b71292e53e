//! Suggests a mapping for a file, from its column names and a sample of rows.
//! Uncertain lines are comments.

use std::collections::BTreeSet;

use csv::ByteRecord;

use super::date_formats::DateFormats;
use super::mapping::TIMES;
use crate::domain::time::zone::Zone;
use crate::policy_file::toml_string;

/// The fields, in the order in which they claim columns, with known column names
/// in normalized form.
const NAMES: [(&str, &str); 27] = [
    (
        "number",
        "number issuekey ticketnumber ticketid incidentid caseid key id ticket",
    ),
    ("title", "title shortdescription subject summary name"),
    ("description", "description details body"),
    (
        "requester",
        "callerid caller requester requestor requestors reporter customer user",
    ),
    ("contact", "email contact requesteremail phone"),
    (
        "channel",
        "contacttype channel requestsource via origin source",
    ),
    ("kind", "issuetype tickettype type kind"),
    ("status", "incidentstate state status ticketstatus"),
    ("impact", "impact"),
    ("urgency", "urgency severity"),
    ("priority", "priority"),
    (
        "category",
        "category queue component components service topic",
    ),
    ("tier", "tier level supportlevel escalationlevel line"),
    ("assignee", "assignedto assignee owner technician agent"),
    (
        "opened",
        "openedat opened createdat created openingdate createddate createdtime reported \
         timestampopened",
    ),
    ("opened_by", "openedby createdby creator"),
    (
        "updated",
        "sysupdatedat sysupdatedon updatedat updated lastupdated lastupdate timestamp \
         changedat modified",
    ),
    ("updated_by", "sysupdatedby updatedby modifiedby"),
    (
        "resolved",
        "resolvedat resolved resolutiondate solvedat resolvedtime",
    ),
    ("resolved_by", "resolvedby solvedby"),
    ("closed", "closedat closed closingdate closeat closedtime"),
    (
        "first_response",
        "firstresponseat firstrespondedat firstreplyat firstreplydate firstresponsedate \
         firstresponsetime firstresponse initialresponsetime respondedat",
    ),
    (
        "last_message",
        "lastmessageat lastmessage lastreplyat lastresponseat lastagentreplyat lastcommentat",
    ),
    (
        "resolution",
        "closenotes resolutionnotes solution resolution",
    ),
    ("code", "closedcode closecode resolutioncode"),
    ("symptom", "usymptom symptom"),
    ("affected", "cmdbci configurationitem affected asset"),
];

/// The formats tried for times.
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

/// The fields whose values are translated.
const TRANSLATED: [&str; 7] = [
    "status", "channel", "kind", "impact", "urgency", "priority", "code",
];

/// The maximum number of different values listed per column.
const MAX_VALUES: usize = 40;

/// Suggests a mapping for a table.
pub(crate) fn suggest_mapping(header: &[String], sample: &[ByteRecord]) -> String {
    let mut taken = BTreeSet::new();
    let mut found: Vec<(&str, usize)> = Vec::new();
    for (field, names) in NAMES {
        let index = names.split(' ').find_map(|name| {
            (0..header.len()).find(|at| !taken.contains(at) && normalized(&header[*at]) == name)
        });
        if let Some(index) = index {
            taken.insert(index);
            found.push((field, index));
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
        String::from("# Suggested from the header and a sample of rows: check every line.\n");
    let mut add = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    add("source = \"other\"  # the name of the other system");
    add(if events {
        "shape = \"events\"  # one row per change"
    } else {
        "shape = \"tickets\"  # one row per ticket"
    });
    let times: Vec<String> = TIMES
        .iter()
        .filter_map(|f| at(f))
        .flat_map(cells)
        .filter(|c| !is_empty_value(c))
        .collect();
    add(&dates(&times));
    add("zone = \"UTC\"  # the zone of times without an offset");
    add("missing = [\"\", \"?\", \"NULL\"]");
    add("");
    add("[columns]");
    for (field, index) in &found {
        add(&format!("{field} = {}", toml_string(&header[*index])));
    }
    for needed in ["number", "opened"] {
        if at(needed).is_none() {
            add(&format!(
                "# {needed} = \"\"  # required: which column is it?"
            ));
        }
    }
    let rest: Vec<String> = (0..header.len())
        .filter(|at| !taken.contains(at))
        .map(|at| toml_string(&header[at]))
        .collect();
    if !rest.is_empty() {
        add(&format!("# kept as facts: {}", rest.join(", ")));
    }
    for field in TRANSLATED {
        let words: BTreeSet<String> = at(field)
            .map(cells)
            .unwrap_or_default()
            .into_iter()
            .filter(|c| !is_empty_value(c))
            .collect();
        if words.is_empty() {
            continue;
        }
        add("");
        add(&format!("[values.{field}]"));
        for word in words.iter().take(MAX_VALUES) {
            match translation(field, word) {
                Some(ours) => add(&format!("{} = {ours:?}", toml_string(word))),
                None => add(&format!("# {} = \"\"", toml_string(word))),
            }
        }
    }
    text
}

fn normalized(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .collect::<String>()
        .to_lowercase()
}

fn is_empty_value(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "" | "?" | "null")
}

/// The line that declares the time format: the one that most times match, as
/// every log has a few invalid ones.
fn dates(times: &[String]) -> String {
    let matching = |format: Option<&str>| {
        let dates = DateFormats {
            formats: format.map(str::to_owned).into_iter().collect(),
            zone: Some(Zone::utc()),
        };
        times.iter().filter(|time| dates.read(time).is_ok()).count()
    };
    let counts: Vec<(usize, &str)> = FORMATS
        .iter()
        .map(|format| (matching(Some(format)), *format))
        .collect();
    let most = counts.iter().map(|(count, _)| *count).max().unwrap_or(0);
    if times.is_empty() || matching(None) > most {
        return "dates = \"iso\"".to_owned();
    }
    if most * 2 < times.len() || most == 0 {
        return "dates = \"iso\"  # no common format matches: write it, such as \"%d/%m/%Y %H:%M\""
            .to_owned();
    }
    let best: Vec<&str> = counts
        .iter()
        .filter(|(count, _)| *count == most)
        .map(|(_, format)| *format)
        .collect();
    match best.as_slice() {
        [one, other, ..] => {
            format!("# dates = {one:?}  # or {other:?}: the sample matches both, choose one")
        }
        [one] => format!("dates = {one:?}"),
        [] => "dates = \"iso\"".to_owned(),
    }
}

/// The word of desk for a value, if it is unambiguous.
fn translation(field: &str, word: &str) -> Option<&'static str> {
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
    fn a_suggestion_is_a_valid_mapping() {
        let header = [
            "number",
            "incident_state",
            "opened_at",
            "sys_updated_at",
            "impact",
            "odd",
        ];
        let header: Vec<String> = header.iter().map(|h| (*h).to_owned()).collect();
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
            &header,
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
    fn ambiguous_dates_are_left_to_choose() {
        let line = dates(&["02/03/2024 10:00".to_owned()]);
        assert!(line.starts_with("# dates = "), "{line}");
        assert!(dates(&["2024-03-02 10:00".to_owned()]).contains("iso"));
    }
}
