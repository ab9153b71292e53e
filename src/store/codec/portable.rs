//! The portable form: a store as lines of canonical JSON that another store
//! takes in. Bodies are the stored ones with their texts in place of the
//! commitments, so that nothing is lost and every fact is covered.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat};

use super::super::{ExportRecord, StoreError};
use super::body::Body;
use super::canonical::Json;
use super::{draft, fact};
use crate::domain::Timestamp;
use crate::domain::event::{Event, TicketId};
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyVersion;

/// The version of the form.
const FORM: i64 = 1;

/// A part as a line, without its end.
pub(crate) fn write(part: &ExportRecord) -> String {
    let line = match part {
        ExportRecord::Head { store } => object([
            ("desk", Json::from("export")),
            ("form", FORM.into()),
            ("store", store.as_str().into()),
        ]),
        ExportRecord::Policy(edition) => {
            let files = edition.files.iter();
            let files = files.map(|(name, text)| (name.clone(), Json::from(text.as_str())));
            object([(
                "policy",
                object([
                    ("version", i64::from(edition.version).into()),
                    ("at", moment(edition.at)),
                    ("recorded_at", moment(edition.recorded)),
                    ("author", edition.author.as_str().into()),
                    ("text", edition.text.as_str().into()),
                    ("files", Json::Map(files.collect())),
                ]),
            )])
        }
        ExportRecord::Ticket(history) => {
            let id = history.first().map_or(0, |event| event.ticket.0);
            let events = history.iter().map(event).collect();
            object([("ticket", id.into()), ("events", Json::List(events))])
        }
    };
    line.to_string()
}

/// Reads a line.
///
/// # Errors
/// What is wrong with it, in words.
pub(crate) fn read(line: &str) -> Result<ExportRecord, String> {
    let json = Json::read(line).map_err(|_| "it is not JSON".to_owned())?;
    let entry = |key: &str| json.as_map().and_then(|map| map.get(key));
    if let Some(kind) = entry("desk").and_then(Json::as_text) {
        if kind != "export" {
            return Err(format!("'{kind}' is no export"));
        }
        return match entry("form").and_then(Json::as_int) {
            Some(FORM) => Ok(ExportRecord::Head {
                store: text(&json, "store")?.to_owned(),
            }),
            Some(form) => Err(format!("form {form} is not known; this desk reads {FORM}")),
            None => Err(lacks("form")),
        };
    }
    if let Some(policy) = entry("policy") {
        return read_policy(policy).map(ExportRecord::Policy);
    }
    let id = int(&json, "ticket")?;
    let events = entry("events").and_then(Json::as_list);
    let events = events.ok_or_else(|| lacks("events"))?;
    let history = events
        .iter()
        .zip(1..)
        .map(|(event, n)| read_event(event, TicketId(id), n))
        .collect::<Result<Vec<_>, String>>()?;
    Ok(ExportRecord::Ticket(history))
}

fn event(event: &Event) -> Json {
    let (data, texts) = draft(&event.fact).parts();
    let mut entries = vec![
        ("n", i64::from(event.n).into()),
        ("at", moment(event.at)),
        ("recorded_at", moment(event.recorded)),
        ("actor", event.actor.as_str().into()),
        ("kind", event.fact.kind().into()),
        ("data", Json::Map(data)),
    ];
    if !texts.is_empty() {
        let texts = texts
            .into_iter()
            .map(|(path, text)| (path, Json::Text(text)));
        entries.push(("texts", Json::Map(texts.collect())));
    }
    object(entries)
}

fn read_event(json: &Json, ticket: TicketId, n: u32) -> Result<Event, String> {
    if int(json, "n")? != i64::from(n) {
        return Err(format!("event {n} of {ticket} is not where it belongs"));
    }
    let entry = |key: &str| json.as_map().and_then(|map| map.get(key));
    let data = entry("data").and_then(Json::as_map).cloned();
    let texts = entry("texts").and_then(Json::as_map);
    let texts = texts.into_iter().flatten();
    let texts: BTreeMap<String, String> = texts
        .filter_map(|(path, text)| Some((path.clone(), text.as_text()?.to_owned())))
        .collect();
    let body = Body::of(data.unwrap_or_default(), texts);
    let kind = text(json, "kind")?;
    let fact = fact::read(kind, &body).map_err(|fault| {
        if let StoreError::Damaged { detail } = fault {
            format!("event {n} of {ticket}: {detail}")
        } else {
            fault.to_string()
        }
    })?;
    Ok(Event {
        ticket,
        n,
        at: read_moment(json, "at")?,
        recorded: read_moment(json, "recorded_at")?,
        actor: Actor::from_stored(text(json, "actor")?),
        fact,
    })
}

fn read_policy(json: &Json) -> Result<PolicyVersion, String> {
    let files = json.as_map().and_then(|map| map.get("files"));
    let files = files.and_then(Json::as_map).into_iter().flatten();
    let files = files.filter_map(|(name, text)| Some((name.clone(), text.as_text()?.to_owned())));
    Ok(PolicyVersion {
        version: u32::try_from(int(json, "version")?).map_err(|_| lacks("version"))?,
        at: read_moment(json, "at")?,
        recorded: read_moment(json, "recorded_at")?,
        author: Actor::from_stored(text(json, "author")?),
        text: text(json, "text")?.to_owned(),
        files: files.collect(),
    })
}

fn object<'a>(entries: impl IntoIterator<Item = (&'a str, Json)>) -> Json {
    let entries = entries.into_iter();
    Json::Map(
        entries
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

fn moment(at: Timestamp) -> Json {
    Json::Text(at.to_rfc3339_opts(SecondsFormat::Millis, true))
}

fn read_moment(json: &Json, key: &str) -> Result<Timestamp, String> {
    let typed = text(json, key)?;
    let read =
        DateTime::parse_from_rfc3339(typed).map_err(|_| format!("'{typed}' is no moment"))?;
    super::driver::moment(read.timestamp_millis()).map_err(|_| format!("'{typed}' is out of range"))
}

fn text<'a>(json: &'a Json, key: &str) -> Result<&'a str, String> {
    let entry = json.as_map().and_then(|map| map.get(key));
    entry.and_then(Json::as_text).ok_or_else(|| lacks(key))
}

fn int(json: &Json, key: &str) -> Result<i64, String> {
    let entry = json.as_map().and_then(|map| map.get(key));
    entry.and_then(Json::as_int).ok_or_else(|| lacks(key))
}

fn lacks(key: &str) -> String {
    format!("it lacks its {key}")
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{at, every_fact};
    use super::*;

    #[test]
    fn every_fact_comes_back_as_it_was() {
        let event = |(fact, n): (_, u32)| Event {
            ticket: TicketId(7),
            n,
            at: at(n.into()),
            recorded: at(90),
            actor: Actor::from_stored("anna"),
            fact,
        };
        let history: Vec<Event> = every_fact().into_iter().zip(1..).map(event).collect();
        let part = ExportRecord::Ticket(history);
        assert_eq!(read(&write(&part)), Ok(part));
    }

    #[test]
    fn what_is_no_part_is_told() {
        for (line, fault) in [
            ("", "it is not JSON"),
            ("{}", "it lacks its ticket"),
            (r#"{"ticket":1}"#, "it lacks its events"),
            (r#"{"desk":"import"}"#, "'import' is no export"),
            (
                r#"{"desk":"export","form":9}"#,
                "form 9 is not known; this desk reads 1",
            ),
            (
                r#"{"ticket":1,"events":[{"n":2}]}"#,
                "event 1 of #1 is not where it belongs",
            ),
            (
                r#"{"ticket":1,"events":[{"n":1,"kind":"sung"}]}"#,
                "event 1 of #1: 'sung' is no kind of event",
            ),
        ] {
            assert_eq!(read(line).unwrap_err(), fault, "{line}");
        }
    }
}
