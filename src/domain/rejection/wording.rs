//! The words of rejections that need more than one line.

use std::borrow::Cow;

use chrono::TimeDelta;

use crate::domain::decide::EditConflict;
use crate::domain::event::TicketId;
use crate::domain::people::{Agent, Login, Requester};
use crate::domain::vocabulary::Gate;

/// Names the fields that somebody else changed.
pub(super) fn fields(conflicts: &[EditConflict]) -> String {
    let names: Vec<&str> = conflicts
        .iter()
        .map(|conflict| conflict.field.as_str())
        .collect();
    names.join(", ")
}

/// Lists agents, separated by commas.
pub(super) fn names(agents: &[Agent]) -> String {
    let names: Vec<&str> = agents.iter().map(Agent::as_str).collect();
    names.join(", ")
}

/// Lists agents as the command line takes them.
fn listed(agents: &[Agent]) -> String {
    names(agents).replace(' ', "")
}

/// What to do for somebody who acted under the name of another.
pub(super) const OWN_NAME: &str =
    "give your own name, with --as or DESK_AGENT; see the logins with: desk policy show";

pub(super) fn kind_too(id: TicketId) -> String {
    format!(
        "give the kind too, as in: desk edit {} --kind incident --onset anticipated",
        id.0
    )
}

pub(super) fn edit_again(id: TicketId) -> String {
    format!("look at it with: desk show {0}, then: desk edit {0}", id.0)
}

pub(super) fn rate(id: TicketId) -> String {
    format!(
        "desk prioritize {} --users LEVEL --business LEVEL --urgency LEVEL",
        id.0
    )
}

pub(super) fn look_again(id: TicketId) -> String {
    format!("see the call with: desk show {}, then move it again", id.0)
}

/// What to type for a person who was not found.
pub(super) const WHOLE_NAME: &str = "give the whole name, or the contact as it stands on a ticket; \
     see them with: desk list --all --columns id,requester,contact";

/// Names agents, or says that they are others: a database does not tell whom.
pub(super) fn names_or_others(to: &[Agent]) -> String {
    match to.is_empty() {
        true => "others".to_owned(),
        false => names(to),
    }
}

pub(super) fn ask_to_be_let_in(id: TicketId, to: &[Agent]) -> String {
    if to.is_empty() {
        return "ask a supervisor to let you in".to_owned();
    }
    let (names, id) = (either(to), id.0);
    let to = listed(to);
    format!("ask {names} to let you in with: desk restrict {id} --to {to},YOU")
}

pub(super) fn let_in(id: TicketId, agent: &Agent, to: &[Agent]) -> String {
    let (to, id) = (listed(to), id.0);
    format!("let them in first with: desk restrict {id} --to {to},{agent}")
}

pub(super) fn limit_command(person: &str, options: &str) -> String {
    format!("desk person limit-processing '{person}' {options}")
}

fn either(agents: &[Agent]) -> String {
    let names: Vec<&str> = agents.iter().map(Agent::as_str).collect();
    names.join(" or ")
}

/// Names the people who may be meant.
pub(super) fn perhaps(similar: &[String]) -> String {
    if similar.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", similar.join(" or "))
    }
}

/// Describes who tried to act as somebody else.
pub(super) fn of_user(by: Option<&Login>) -> String {
    by.map_or_else(
        || "the user of this process is unknown".to_owned(),
        |by| match by.uid() {
            Some(uid) => format!("you are '{}' (uid {uid})", by.user),
            None => format!("you are '{}' in the database", by.user),
        },
    )
}

/// Says whom a login of a database acts as.
pub(super) fn login_of_other(login: &str, own: Option<&Agent>, named: Option<&Agent>) -> String {
    match (own, named) {
        (Some(own), Some(named)) => format!("the login '{login}' acts as {own}, not as {named}"),
        (Some(own), None) => format!("the login '{login}' acts as {own}"),
        (None, _) => format!("the login '{login}' is not an agent of this desk"),
    }
}

/// What to do where a login of a database acts as somebody else, or as nobody.
pub(super) fn own_login(login: &str, own: Option<&Agent>) -> String {
    match own {
        Some(_) => "leave out --as and DESK_AGENT; only the role desk_service records for others"
            .to_owned(),
        None => format!(
            "ask who runs the database for: desk team grant {login} --role agent --agent NAME"
        ),
    }
}

/// What to type instead of a name that means nobody.
pub(super) fn one_of(known: &[String]) -> String {
    match known.first() {
        Some(first) => format!("give one of them, such as '{first}'"),
        None => "give the whole name, or the contact".into(),
    }
}

/// Says whom a name could mean.
pub(super) fn not_the_person(typed: &str, known: &[String], is_part: bool) -> String {
    let known: Vec<String> = known.iter().map(|one| format!("'{one}'")).collect();
    match (known.is_empty(), is_part) {
        (true, _) => format!("nobody called '{typed}' is known"),
        (false, true) => format!("'{typed}' is only a part of {}", known.join(", ")),
        (false, false) => format!("'{typed}' is the name of several: {}", known.join(", ")),
    }
}

pub(super) fn of_open_tickets(open: u64) -> String {
    match open {
        0 => " in the policy".to_owned(),
        1 => ", and has an open ticket".to_owned(),
        open => format!(", and has {open} open tickets"),
    }
}

/// Writes a path of parents, the lowest ticket first.
pub(super) fn arrows(path: &[TicketId]) -> String {
    let names: Vec<String> = path.iter().map(ToString::to_string).collect();
    names.join(" > ")
}

/// Describes the gates that are not satisfied.
pub(super) fn describe(missing: &[Gate], fields: &[String]) -> String {
    let words: Vec<Cow<'_, str>> = missing
        .iter()
        .map(|gate| match gate {
            Gate::RequiredFields => Cow::from(format!("no value of {}", fields.join(", "))),
            Gate::Checklist => "the checklist is not done".into(),
            Gate::Identified => "not identified as incident or request".into(),
            Gate::Categorized => "no category".into(),
            Gate::Prioritized => "no priority".into(),
            Gate::ConfirmedCause => "escalated, but no hypothesis is confirmed".into(),
            Gate::ServiceRestored => "nobody confirmed that the service is restored".into(),
            Gate::RequesterInformed => {
                "the requester has not been told of the resolution or waits for an answer".into()
            }
            Gate::RequesterAsked => "the requester has not been asked for anything".into(),
        })
        .collect();
    words.join(", ")
}

/// Returns the command that satisfies a gate.
fn satisfying_command(gate: Gate, fields: &[String], TicketId(id): TicketId) -> String {
    match gate {
        Gate::RequiredFields => {
            let values: Vec<String> = fields.iter().map(|name| format!("{name}=VALUE")).collect();
            format!("desk field {id} {}", values.join(" "))
        }
        Gate::Checklist => format!("desk checklist {id}, then desk checklist {id} done NUMBERS"),
        Gate::Identified => format!("desk identify {id} incident"),
        Gate::Categorized => format!("desk categorize {id} CATEGORY"),
        Gate::Prioritized => {
            format!("desk prioritize {id} --users LEVEL --business LEVEL --urgency LEVEL")
        }
        Gate::ConfirmedCause => format!(
            "desk investigate {id} HYPOTHESIS, then desk investigate {id} --confirm EVIDENCE"
        ),
        Gate::ServiceRestored => format!("desk confirm {id} --by WHO"),
        Gate::RequesterInformed => format!("desk reply {id} TEXT"),
        Gate::RequesterAsked => format!("desk pause {id} requester --ask TEXT"),
    }
}

/// Says how to satisfy the first of some gates.
pub(super) fn satisfy_first(missing: &[Gate], fields: &[String], id: TicketId) -> String {
    let first = missing.first();
    let first = first.map(|gate| satisfying_command(*gate, fields, id));
    format!(
        "{}; or override it with --force --reason TEXT",
        first.unwrap_or_default()
    )
}

/// Says which flags of `desk open` satisfy all of some gates.
pub(super) fn satisfy_new(missing: &[Gate], fields: &[String]) -> String {
    if missing.contains(&Gate::Checklist) {
        return "open it without resolving it, and do what the checklist says; \
                or override it with --force --reason TEXT"
            .to_owned();
    }
    let flags = missing.iter().map(|gate| match gate {
        Gate::RequiredFields => {
            let values = fields.iter().map(|name| format!("--field {name}=VALUE"));
            values.collect::<Vec<_>>().join(" ").into()
        }
        Gate::Identified => Cow::from("--kind KIND"),
        Gate::Categorized => "--category PATH".into(),
        Gate::Prioritized => "-u LEVEL -b LEVEL -g LEVEL".into(),
        Gate::ConfirmedCause => "--code workaround".into(),
        Gate::ServiceRestored => "--restored-by WHO".into(),
        Gate::RequesterInformed => "--tell TEXT".into(),
        Gate::Checklist | Gate::RequesterAsked => "".into(),
    });
    let flags: Vec<Cow<'_, str>> = flags.collect();
    format!(
        "add {}; or override it with --force --reason TEXT",
        flags.join(" ")
    )
}

/// Says how to name one of several people of one name.
pub(super) fn name_by_address(people: &[Requester]) -> String {
    let contacts = people.iter().filter_map(|person| person.contact.as_deref());
    let contacts: Vec<&str> = contacts.collect();
    format!("name one by address: {}", contacts.join(" or "))
}

/// Says how an agent stops being one.
pub(super) fn release(agent: &Agent, open: u64) -> String {
    match open {
        0 => "take the name out of the policy first, with: desk policy edit".into(),
        _ => format!(
            "assign the tickets to somebody else; see them with: desk list --assignee {agent}"
        ),
    }
}

/// Who recorded time; the desk itself never does.
pub(super) fn whoever(agent: Option<&Agent>) -> String {
    agent.map_or_else(|| "nobody".to_owned(), ToString::to_string)
}

/// A time in hours and minutes: `2h30m`.
pub(super) fn in_hours(time: TimeDelta) -> String {
    let minutes = time.num_minutes();
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}m"),
        (hours, 0) => format!("{hours}h"),
        (hours, minutes) => format!("{hours}h{minutes}m"),
    }
}
