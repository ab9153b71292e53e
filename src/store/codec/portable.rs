//! The portable form of a store: lines of canonical JSON that another store can
//! import. Bodies are the stored ones, with texts instead of commitments, so
//! that every fact is covered and nothing is lost.

use chrono::{DateTime, SecondsFormat};

use super::super::{ExportRecord, StoreError};
use super::body::Body;
use super::canonical::Json;
use super::person_fact::{self, draft_person_fact};
use super::{draft_with_names, fact_reader};
use crate::domain::Timestamp;
use crate::domain::alarms::{AlarmCount, AlarmText, Alarms};
use crate::domain::base64;
use crate::domain::event::{Event, TicketId};
use crate::domain::people::{Account, Actor, Agent, Login};
use crate::domain::policy::versions::PolicyVersion;
use crate::domain::privacy::person_event::{PersonEvent, PersonFactKind};

/// The version of this format.
const FORM: i64 = 1;

/// A record as a line, without the line end.
pub(crate) fn write(record: &ExportRecord) -> String {
    let line = match record {
        ExportRecord::Head { store, keys } => {
            let keys = keys.iter().map(|key| key.as_str().into());
            object([
                ("desk", Json::from("export")),
                ("form", FORM.into()),
                ("keys", Json::List(keys.collect())),
                ("store", store.as_str().into()),
            ])
        }
        ExportRecord::Policy(version) => {
            let files = version.files.iter();
            let files = files.map(|(name, text)| (name.clone(), Json::from(text.as_str())));
            object([(
                "policy",
                object([
                    ("version", i64::from(version.version).into()),
                    ("at", rfc3339(version.at)),
                    ("recorded_at", rfc3339(version.recorded)),
                    ("author", version.author.as_str().into()),
                    ("text", version.text.as_str().into()),
                    ("files", Json::Map(files.collect())),
                ]),
            )])
        }
        ExportRecord::Person(event) => object([("person", person_event(event))]),
        ExportRecord::Content { digest, n, bytes } => object([
            ("content", Json::from(digest.as_str())),
            ("n", i64::from(*n).into()),
            ("bytes", base64::encode(bytes).as_str().into()),
        ]),
        ExportRecord::Ticket { history, alarms } => {
            let id = history.first().map_or(0, |event| event.ticket.0);
            let events = history.iter().map(event).collect();
            let mut entries = vec![("ticket", id.into()), ("events", Json::List(events))];
            entries.extend(
                alarms
                    .iter()
                    .map(|alarms| ("occurrences", occurrences(alarms))),
            );
            object(entries)
        }
    };
    line.to_string()
}

/// Reads a line.
///
/// # Errors
/// What is wrong with the line, as a sentence.
pub(crate) fn read(line: &str) -> Result<ExportRecord, String> {
    let json = Json::read(line).map_err(|_| "the line is not JSON".to_owned())?;
    if let Some(kind) = json.get("desk").and_then(Json::as_text) {
        if kind != "export" {
            return Err(format!("'{kind}' is not an export"));
        }
        return match json.get("form").and_then(Json::as_int) {
            Some(FORM) => {
                let keys = json.get("keys").and_then(Json::as_list);
                let keys = keys.unwrap_or_default().iter().filter_map(Json::as_text);
                Ok(ExportRecord::Head {
                    store: text(&json, "store")?.to_owned(),
                    keys: keys.map(str::to_owned).collect(),
                })
            }
            Some(form) => Err(format!(
                "unknown form {form}; this version of desk reads form {FORM}"
            )),
            None => Err(missing("form")),
        };
    }
    if let Some(policy) = json.get("policy") {
        return read_policy(policy).map(ExportRecord::Policy);
    }
    if let Some(event) = json.get("person") {
        return read_person_event(event).map(ExportRecord::Person);
    }
    if let Some(digest) = json.get("content").and_then(Json::as_text) {
        let n = u32::try_from(int(&json, "n")?).map_err(|_| missing("n"))?;
        let bytes = base64::decode(text(&json, "bytes")?);
        return Ok(ExportRecord::Content {
            digest: digest.to_owned(),
            n,
            bytes: bytes.ok_or_else(|| "its bytes are not base64".to_owned())?,
        });
    }
    let id = int(&json, "ticket")?;
    let events = json.get("events").and_then(Json::as_list);
    let events = events.ok_or_else(|| missing("events"))?;
    let history = events
        .iter()
        .zip(1..)
        .map(|(event, n)| read_event(event, TicketId(id), n))
        .collect::<Result<Vec<_>, String>>()?;
    let alarms = json.get("occurrences").map(read_occurrences).transpose()?;
    Ok(ExportRecord::Ticket { history, alarms })
}

fn occurrences(alarms: &Alarms) -> Json {
    let texts = alarms.texts.iter().map(|AlarmText { text, times }| {
        let text = ("text", text.as_str().into());
        object([text].into_iter().chain(count(*times)))
    });
    let texts = ("texts", Json::List(texts.collect()));
    object(count(alarms.total).into_iter().chain([texts]))
}

fn count(times: AlarmCount) -> [(&'static str, Json); 3] {
    let count = i64::try_from(times.count).unwrap_or(i64::MAX);
    [
        ("count", count.into()),
        ("first", rfc3339(times.first)),
        ("last", rfc3339(times.last)),
    ]
}

fn read_occurrences(json: &Json) -> Result<Alarms, String> {
    let total = read_count(json)?;
    let texts = json.get("texts").and_then(Json::as_list);
    let read = |json: &Json| {
        Ok(AlarmText {
            text: text(json, "text")?.to_owned(),
            times: read_count(json)?,
        })
    };
    let texts = texts.unwrap_or_default().iter().map(read);
    let texts = texts.collect::<Result<Vec<_>, String>>()?;
    let sum: u64 = texts.iter().map(|text| text.times.count).sum();
    let within = |times: AlarmCount| times.first >= total.first && times.last <= total.last;
    if sum > total.count || !texts.iter().all(|text| within(text.times)) {
        return Err("its occurrences are fewer than those of their texts".to_owned());
    }
    Ok(Alarms::new(total, texts))
}

fn read_count(json: &Json) -> Result<AlarmCount, String> {
    let count = u64::try_from(int(json, "count")?);
    let (first, last) = (parse_time(json, "first")?, parse_time(json, "last")?);
    match count {
        // A sum of these cannot overflow.
        Ok(count @ 1..=0xffff_ffff) if first <= last => Ok(AlarmCount { count, first, last }),
        Ok(_) | Err(_) => Err("its occurrences are not valid".to_owned()),
    }
}

fn event(event: &Event) -> Json {
    let (data, texts) = draft_with_names(&event.fact).parts();
    let mut entries = vec![
        ("n", i64::from(event.n).into()),
        ("at", rfc3339(event.at)),
        ("recorded_at", rfc3339(event.recorded)),
        ("actor", event.actor.as_str().into()),
        ("actor_name", display_name(&event.actor)),
        ("login", login(&event.actor)),
        ("kind", event.fact.kind().into()),
        ("data", Json::Map(data)),
    ];
    entries.retain(|(_, value)| *value != Json::Null);
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
        return Err(format!("event {n} of {ticket} is out of order"));
    }
    let body = body(json);
    let kind = text(json, "kind")?;
    let nobody = |number| {
        Err(StoreError::damaged(format!(
            "{number} is not the name of an agent"
        )))
    };
    let fact = fact_reader::read(kind, &body, &nobody).map_err(|fault| {
        if let StoreError::Damaged { detail } = fault {
            format!("event {n} of {ticket}: {detail}")
        } else {
            fault.to_string()
        }
    })?;
    Ok(Event {
        ticket,
        n,
        at: parse_time(json, "at")?,
        recorded: parse_time(json, "recorded_at")?,
        actor: actor(json)?,
        fact,
    })
}

fn person_event(event: &PersonEvent) -> Json {
    let (data, texts) = draft_person_fact(&event.fact).parts();
    let texts = texts
        .into_iter()
        .map(|(path, text)| (path, Json::Text(text)));
    let mut entries = vec![
        ("n", i64::from(event.n).into()),
        ("at", rfc3339(event.at)),
        ("actor", event.actor.as_str().into()),
        ("login", login(&event.actor)),
        ("kind", event.fact.kind().as_str().into()),
        ("data", Json::Map(data)),
        ("texts", Json::Map(texts.collect())),
    ];
    entries.retain(|(_, value)| *value != Json::Null);
    object(entries)
}

fn read_person_event(json: &Json) -> Result<PersonEvent, String> {
    let kind = text(json, "kind")?;
    let unknown = || format!("'{kind}' is not an event about a person");
    let kind = PersonFactKind::from_stored(kind).ok_or_else(unknown)?;
    let fact = person_fact::read(kind, &body(json)).map_err(|fault| fault.to_string())?;
    Ok(PersonEvent {
        n: u32::try_from(int(json, "n")?).map_err(|_| missing("n"))?,
        at: parse_time(json, "at")?,
        actor: actor(json)?,
        fact,
    })
}

/// The data and the texts of an event.
fn body(json: &Json) -> Body {
    let data = json.get("data").and_then(Json::as_map).cloned();
    let texts = json.get("texts").and_then(Json::as_map);
    let texts = texts.into_iter().flatten();
    let texts = texts.filter_map(|(path, text)| Some((path.clone(), text.as_text()?.to_owned())));
    Body::new(data.unwrap_or_default(), texts.collect())
}

/// The display name of an actor; null without one.
fn display_name(actor: &Actor) -> Json {
    let name = actor.agent().and_then(Agent::display_name);
    name.map_or(Json::Null, Json::from)
}

/// The account of an actor; null without one.
fn login(actor: &Actor) -> Json {
    actor.login().map_or(Json::Null, |Login { user, account }| {
        let user = ("user", user.as_str().into());
        match account {
            Account::System { uid, host } => object([
                user,
                ("uid", i64::from(*uid).into()),
                ("host", host.as_str().into()),
            ]),
            Account::Database => object([user]),
        }
    })
}

fn actor(json: &Json) -> Result<Actor, String> {
    let mut actor = Actor::from_stored(text(json, "actor")?);
    if let Actor::Agent { name, .. } = &mut actor {
        let display = json.get("actor_name").and_then(Json::as_text);
        *name = name.clone().with_display_name(display.map(str::to_owned));
    }
    if let Actor::Agent { login, .. } = &mut actor
        && let Some(from) = json.get("login")
    {
        let user = text(from, "user")?;
        // A login of a database server has neither.
        let is_system = from.get("uid").is_some() || from.get("host").is_some();
        *login = Some(if is_system {
            Login {
                user: user.to_owned(),
                account: Account::System {
                    uid: u32::try_from(int(from, "uid")?).map_err(|_| missing("uid"))?,
                    host: text(from, "host")?.to_owned(),
                },
            }
        } else {
            Login::database(user)
        });
    }
    Ok(actor)
}

fn read_policy(json: &Json) -> Result<PolicyVersion, String> {
    let files = json
        .get("files")
        .and_then(Json::as_map)
        .into_iter()
        .flatten();
    let files = files.filter_map(|(name, text)| Some((name.clone(), text.as_text()?.to_owned())));
    Ok(PolicyVersion {
        version: u32::try_from(int(json, "version")?).map_err(|_| missing("version"))?,
        at: parse_time(json, "at")?,
        recorded: parse_time(json, "recorded_at")?,
        author: Actor::from_stored(text(json, "author")?),
        text: text(json, "text")?.to_owned(),
        personal: Vec::new(),
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

fn rfc3339(at: Timestamp) -> Json {
    Json::Text(at.to_rfc3339_opts(SecondsFormat::Millis, true))
}

fn parse_time(json: &Json, key: &str) -> Result<Timestamp, String> {
    let typed = text(json, key)?;
    let read = DateTime::parse_from_rfc3339(typed)
        .map_err(|_| format!("'{typed}' is not a valid time"))?;
    super::timestamp(read.timestamp_millis()).map_err(|_| format!("'{typed}' is out of range"))
}

fn text<'a>(json: &'a Json, key: &str) -> Result<&'a str, String> {
    let text = json.get(key).and_then(Json::as_text);
    text.ok_or_else(|| missing(key))
}

fn int(json: &Json, key: &str) -> Result<i64, String> {
    let number = json.get(key).and_then(Json::as_int);
    number.ok_or_else(|| missing(key))
}

fn missing(key: &str) -> String {
    format!("the line has no {key}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Fact;
    use crate::testing::store::fixtures::{at, every_fact};

    #[test]
    fn the_account_of_an_actor_comes_back_as_it_was() {
        let system = Login {
            user: "anna".to_owned(),
            account: Account::System {
                uid: 1000,
                host: "desk-1".to_owned(),
            },
        };
        for known in [None, Some(system), Some(Login::database("anna"))] {
            let by = Actor::Agent {
                name: Agent::from_stored("anna"),
                login: known.clone(),
            };
            let written = object([("actor", "anna".into()), ("login", login(&by))]);
            let Json::Map(mut entries) = written else {
                panic!("it is an object");
            };
            entries.retain(|_, value| *value != Json::Null);
            assert_eq!(actor(&Json::Map(entries)).unwrap(), by);
        }
        let half = object([("user", "anna".into()), ("uid", 7.into())]);
        let half = object([("actor", "anna".into()), ("login", half)]);
        assert!(actor(&half).is_err(), "a machine has a name");
    }

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
        let counted = |count, last| AlarmCount {
            count,
            first: at(1),
            last: at(last),
        };
        let alarms = Alarms::new(
            counted(3, 9),
            vec![AlarmText {
                text: "disk full\n97 %".to_owned(),
                times: counted(2, 5),
            }],
        );
        for alarms in [None, Some(alarms)] {
            let history = history.clone();
            let record = ExportRecord::Ticket { history, alarms };
            assert_eq!(read(&write(&record)), Ok(record));
        }
    }

    #[test]
    fn display_names_come_back() {
        let agent = || Agent::from_foreign("Lee, Ann").unwrap();
        let history = vec![Event {
            ticket: TicketId(7),
            n: 1,
            at: at(1),
            recorded: at(2),
            actor: Actor::from(agent()),
            fact: Fact::Assigned { agent: agent() },
        }];
        let alarms = None;
        let record = ExportRecord::Ticket { history, alarms };
        let Ok(ExportRecord::Ticket { history, .. }) = read(&write(&record)) else {
            panic!("it is a ticket");
        };
        let [event] = history.as_slice() else {
            panic!("it is one event");
        };
        let names = [event.actor.agent(), event.fact.agents().first()];
        let names = names.map(|agent| agent.unwrap().display_name());
        assert_eq!(names, [Some("Lee, Ann"); 2]);
    }

    #[test]
    fn invalid_lines_are_refused_with_the_reason() {
        for (line, fault) in [
            ("", "the line is not JSON"),
            ("{}", "the line has no ticket"),
            (r#"{"ticket":1}"#, "the line has no events"),
            (r#"{"desk":"import"}"#, "'import' is not an export"),
            (
                r#"{"desk":"export","form":9}"#,
                "unknown form 9; this version of desk reads form 1",
            ),
            (
                r#"{"ticket":1,"events":[{"n":2}]}"#,
                "event 1 of #1 is out of order",
            ),
            (
                r#"{"ticket":1,"events":[],"occurrences":{"count":0,"first":"2026-03-02T09:00:00Z","last":"2026-03-02T09:00:00Z"}}"#,
                "its occurrences are not valid",
            ),
            (
                r#"{"ticket":1,"events":[],"occurrences":{"count":1,"first":"2026-03-02T09:00:00Z","last":"2026-03-02T09:00:00Z","texts":[{"text":"x","count":2,"first":"2026-03-02T09:00:00Z","last":"2026-03-02T09:00:00Z"}]}}"#,
                "its occurrences are fewer than those of their texts",
            ),
            (
                r#"{"ticket":1,"events":[{"n":1,"kind":"sung"}]}"#,
                "event 1 of #1: 'sung' is not an event kind",
            ),
        ] {
            assert_eq!(read(line).unwrap_err(), fault, "{line}");
        }
    }
}
