//! Which field a column holds, by its name. Names that are known as a whole
//! count most; others are read word by word.

use std::collections::BTreeSet;

use super::words::{Concept as C, concepts, folded};

/// The fields in the order in which they claim columns, with known column
/// names in normalized form.
pub(super) const NAMES: [(&str, &str); 29] = [
    (
        "number",
        "number issuekey ticketnumber ticketid incidentid caseid key id ticket",
    ),
    ("title", "title shortdescription subject summary name"),
    ("description", "description details body"),
    (
        "requester",
        "callerid caller requester requestor requestors reporter customer user fullname",
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
    ("group", "assignmentgroup group"),
    (
        "opened",
        "openedat opened createdat created openingdate createddate createdtime reported \
         timestampopened opentime",
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
    ("satisfaction", "satisfaction satisfactionscore csat"),
];

/// A guess: the field, and how good it is.
pub(super) type Guess = (&'static str, i32);

/// The field that a column of this name holds.
pub(super) fn guess(head: &str) -> Option<Guess> {
    let normalized: String = folded(head)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    for (field, names) in NAMES {
        if let Some(place) = names.split_whitespace().position(|name| name == normalized) {
            return Some((field, 100 - i32::try_from(place).unwrap_or(50)));
        }
    }
    if ["from", "von", "de", "da", "van"].contains(&normalized.as_str()) {
        return Some(("requester", 10));
    }
    if ["timetoresolve", "timetoown", "timetoclose"].contains(&normalized.as_str()) {
        return None;
    }
    let words = words(head);
    let (mut found, mut unknown) = (BTreeSet::new(), 0);
    for word in &words {
        let concepts = concepts(word);
        unknown += i32::from(concepts.is_empty());
        found.extend(concepts);
    }
    if head.contains('#') {
        found.insert(C::Number);
    }
    found.remove(&C::Filler);
    let known = i32::try_from(found.len()).unwrap_or(i32::MAX);
    if found.contains(&C::Other) || known == 0 || unknown > known {
        return None;
    }
    let field = field(&found, &words)?;
    let number = i32::from(
        words
            .iter()
            .any(|word| word.starts_with("num") || word == "key"),
    );
    Some((field, 10 * known + number - 15 * unknown))
}

/// The words of a name, folded: parts in camel case are words too.
fn words(head: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut before = ' ';
    for c in head.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.push(c);
        before = c;
    }
    folded(&spaced)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The field of a name that has words of these concepts.
fn field(found: &BTreeSet<C>, words: &[String]) -> Option<&'static str> {
    let has = |concept: C| found.contains(&concept);
    let all = |concepts: &[C]| concepts.iter().all(|concept| found.contains(concept));
    let ends = has(C::Resolve) || has(C::Close);
    let timed = has(C::Open) || ends || has(C::Update);
    // The first rule that holds counts: those with more words come first.
    let rules: [(bool, &'static str); 38] = [
        (has(C::Satisfaction), "satisfaction"),
        (has(C::Configuration), "affected"),
        (has(C::Impact), "impact"),
        (has(C::Urgency), "urgency"),
        (has(C::Priority), "priority"),
        (has(C::Subcategory), "subcategory"),
        (ends && has(C::Code), "code"),
        (ends && has(C::Note), "resolution"),
        (has(C::Resolve) && has(C::Description), "resolution"),
        (all(&[C::Status, C::Response]), ""),
        (all(&[C::Assignee, C::Date]) && found.len() == 2, ""),
        (all(&[C::First, C::Response]), "first_response"),
        (all(&[C::Last, C::Response]), "last_message"),
        (all(&[C::Last, C::Requester, C::Assignee]), "last_message"),
        (has(C::Creator), "opened_by"),
        (all(&[C::Update, C::By]) && !has(C::Date), "updated_by"),
        (all(&[C::Resolve, C::By]) && !has(C::Date), "resolved_by"),
        (all(&[C::Open, C::By]) && !has(C::Date), "opened_by"),
        (all(&[C::Close, C::By]) && !has(C::Date), ""),
        (ends && has(C::Status) || has(C::Response), ""),
        (has(C::Update), "updated"),
        (has(C::Resolve), resolved(words)),
        (has(C::Close), "closed"),
        (all(&[C::Requester, C::Kind]), "channel"),
        (has(C::Open) && !has(C::Status) && !has(C::Number), "opened"),
        (has(C::Status), "status"),
        (has(C::Kind), "kind"),
        (has(C::Channel), "channel"),
        (has(C::Group), "group"),
        (has(C::Email), "contact"),
        (
            has(C::Assignee) && !has(C::Number) && !has(C::Date),
            "assignee",
        ),
        (all(&[C::Short, C::Description]) || has(C::Title), "title"),
        (has(C::Description), "description"),
        (has(C::Category) && !has(C::Number), "category"),
        (has(C::Number) && !has(C::Requester), "number"),
        (has(C::Requester) && !has(C::Number) && !timed, "requester"),
        (all(&[C::Ticket, C::Name]), "title"),
        (has(C::Note), "note"),
    ];
    let more: [(bool, &'static str); 5] = [
        (has(C::From), "requester"),
        (has(C::Tier), "tier"),
        (has(C::Symptom), "symptom"),
        (has(C::Ticket) && found.len() == 1, "number"),
        (has(C::Date) && found.len() <= 2, "opened"),
    ];
    let rules = rules.into_iter().chain(more);
    let first = rules.filter(|(holds, _)| *holds).map(|(_, field)| field);
    first.take(1).find(|field| !field.is_empty())
}

/// A resolution is a text, resolved is a time.
fn resolved(words: &[String]) -> &'static str {
    const NOUNS: &str = "resolution solution losung solucion solucao soluzione oplossing resolucion \
                         resolucao risoluzione resolutie";
    let is_noun = |word: &String| NOUNS.split_whitespace().any(|noun| noun == word);
    let is_time = |word: &String| concepts(word).contains(&C::Date);
    match words.iter().any(is_noun) && !words.iter().any(is_time) {
        true => "resolution",
        false => "resolved",
    }
}

#[cfg(test)]
mod tests;
