//! Words after a command in an order that other tools have, or without the option
//! that they need here.

use crate::cli::guessed_options::level;
use crate::cli::ticket_selector::{as_one_list, looks_like_tickets};

/// Words that say nothing about which ticket or agent is meant.
const FILLERS: &[&str] = &["ticket", "tickets", "issue", "number", "nr", "no"];

/// What other tools call the fields of a ticket, and the options of `desk edit`.
const FIELDS: &[(&[&str], &str)] = &[
    (&["title", "subject", "summary", "name"], "--title"),
    (&["description", "body", "desc"], "--description"),
    (
        &["requester", "user", "reporter", "caller", "customer"],
        "--requester",
    ),
    (&["contact", "email", "mail"], "--contact"),
    (&["category", "cat"], "--category"),
    (&["kind", "type"], "--kind"),
    (&["channel"], "--channel"),
    (&["users"], "--users"),
    (&["business"], "--business"),
    (&["urgency"], "--urgency"),
];

/// The command that brings a ticket into the state of this name.
fn verb_of_state(state: &str) -> Option<&'static str> {
    Some(match state.to_ascii_lowercase().as_str() {
        "closed" | "close" => "close",
        "resolved" | "done" | "solved" | "fixed" | "resolve" => "resolve",
        "open" | "reopened" | "reopen" => "reopen",
        "paused" | "waiting" | "pending" | "on-hold" | "hold" => "pause",
        "active" | "resumed" | "in-progress" | "started" => "resume",
        _ => return None,
    })
}

/// The reason of a pause that is meant by another word.
fn pause_reason(typed: &str) -> Option<&'static str> {
    Some(match typed.to_ascii_lowercase().as_str() {
        "user" | "customer" | "caller" | "client" | "reporter" => "requester",
        "supplier" | "manufacturer" | "third-party" => "vendor",
        _ => return None,
    })
}

/// The kind that is meant by another word.
fn kind(typed: &str) -> Option<&'static str> {
    Some(match typed.to_ascii_lowercase().as_str() {
        "bug" | "fault" | "problem" | "outage" => "incident",
        "task" | "service" | "service-request" | "question" => "request",
        _ => return None,
    })
}

/// Writes a line as it was probably meant, if it looks like one that is not. `line` is
/// the command and what was typed after it.
pub(crate) fn rearrange(line: &[String], command: &clap::Command) -> Option<Vec<String>> {
    let (verb, typed) = line.split_first()?;
    let options = typed.iter().position(|word| word.starts_with('-'));
    let (words, options) = typed.split_at(options.unwrap_or(typed.len()));
    let meant = tickets_first(verb, words, command);
    let meant = match meant {
        Some(words) => of_command(verb, &words).or_else(|| Some(of_verb(verb, words))),
        None => of_command(verb, words),
    };
    let meant = [meant?.as_slice(), options].concat();
    (meant != line).then_some(meant)
}

fn line(words: &[&str]) -> Option<Vec<String>> {
    Some(words.iter().map(|word| (*word).to_owned()).collect())
}

fn of_verb(verb: &str, words: Vec<String>) -> Vec<String> {
    [vec![verb.to_owned()], words].concat()
}

/// Whether the first words of a command name tickets.
fn names_tickets(command: &clap::Command) -> bool {
    let first = command.get_positionals().next();
    let names = first.and_then(|first| first.get_value_names());
    names.is_some_and(|names| names.first().is_some_and(|name| name == "ID"))
}

/// The words with the tickets at the beginning, if they were not there.
fn tickets_first(verb: &str, words: &[String], command: &clap::Command) -> Option<Vec<String>> {
    let (first, more) = words.split_first()?;
    let has_digit = first.contains(|c: char| c.is_ascii_digit());
    if !names_tickets(command) || has_digit || more.is_empty() {
        return None;
    }
    let is_filler = FILLERS.contains(&&*first.to_ascii_lowercase());
    let is_me = verb == "take" && ["me", "@me"].contains(&first.as_str());
    if (is_filler || is_me) && looks_like_tickets(&more[0]) {
        return Some(more.to_vec());
    }
    let (last, before) = words.split_last()?;
    let is_moved = looks_like_tickets(last) && !before.iter().any(|word| looks_like_tickets(word));
    is_moved.then(|| [std::slice::from_ref(last), before].concat())
}

/// What is meant by words of this command, whose tickets come first.
fn of_command(verb: &str, words: &[String]) -> Option<Vec<String>> {
    let is_text = |word: &String| !looks_like_tickets(word);
    let tickets = words.iter().position(is_text).unwrap_or(words.len());
    let (tickets, more) = words.split_at(tickets);
    let all = tickets.iter().map(String::as_str);
    let list = match tickets {
        [] if verb == "similar" => return Some(of_verb("search", words.to_vec())),
        [] => return None,
        [one] => one.clone(),
        _ => as_one_list(all.clone()),
    };
    let id = list.as_str();
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    let with_text = |option, words: &[&str]| line(&[verb, id, option, &words.join(" ")]);
    match (verb, tickets, more.as_slice()) {
        ("assign", [_], ["to", agent]) => line(&[verb, id, agent]),
        ("tag", [_, _, ..], [_, ..]) => line(&[&[verb, id], more.as_slice()].concat()),
        ("merge", _, ["into" | "to" | "with", into]) => line(&[verb, id, "--into", into]),
        ("merge", [from @ .., into], []) if !from.is_empty() => {
            let from = as_one_list(from.iter().map(String::as_str));
            line(&[verb, &from, "--into", into])
        }
        ("link", [one, other], []) => line(&[verb, one, "--related", other]),
        ("link", [_], [relation @ ("parent" | "child" | "related"), other]) => {
            line(&[verb, id, &format!("--{relation}"), other])
        }
        ("confirm", _, ["by", who @ ..] | who @ [_, ..]) => with_text("--by", who),
        ("void", _, reason @ [_, ..]) => with_text("--reason", reason),
        ("call", [_], time @ [_, ..]) => with_text("--when", time),
        ("pause", [_], [reason, "until", time @ ..]) if !time.is_empty() => {
            let known = pause_reason(reason).unwrap_or(reason);
            line(&[verb, id, known, "--until", &time.join(" ")])
        }
        ("pause", [_], [reason, note @ ..]) => {
            line(&[&[verb, id, pause_reason(reason)?], note].concat())
        }
        ("identify", [_], [typed]) => line(&[verb, id, kind(typed)?]),
        ("prioritize", _, levels) => line(&[&[verb, id], &*ratings(levels)?].concat()),
        ("edit", _, typed @ [_, ..]) => edit(id, typed),
        _ => None,
    }
}

/// The options for the levels of a priority: one for all ratings, or three.
fn ratings(levels: &[&str]) -> Option<Vec<&'static str>> {
    let [users, business, urgency] = match levels {
        [one] => [one, one, one],
        [users, business, urgency] => [users, business, urgency],
        _ => return None,
    };
    let (users, business, urgency) = (level(users)?, level(business)?, level(urgency)?);
    Some(vec!["-u", users, "-b", business, "-g", urgency])
}

/// What is meant by a field and its value: `title X`, `title:X` or `title=X`.
fn edit(id: &str, typed: &[&str]) -> Option<Vec<String>> {
    let (first, more) = typed.split_first()?;
    let (field, begins) = match first.split_once([':', '=']) {
        Some((field, value)) => (field, (!value.is_empty()).then_some(value)),
        None => (*first, None),
    };
    let words: Vec<&str> = begins.into_iter().chain(more.iter().copied()).collect();
    let value = words.join(" ");
    let field = field.to_ascii_lowercase();
    let option = FIELDS.iter().find(|(names, _)| names.contains(&&*field));
    if value.is_empty() {
        return match (verb_of_state(&field), option) {
            (Some(verb), _) => line(&[verb, id]),
            // A text, and no name of a field.
            (None, None) => line(&["edit", id, "--title", first]),
            (None, Some(_)) => None,
        };
    }
    if let Some((_, option)) = option {
        return line(&["edit", id, option, &value]);
    }
    match field.as_str() {
        "priority" | "prio" | "severity" => {
            line(&[&["prioritize", id], &*ratings(&words)?].concat())
        }
        "status" | "state" | "to" | "as" => line(&[verb_of_state(&value)?, id]),
        "assignee" | "owner" | "agent" => line(&["assign", id, &value]),
        "tag" | "tags" | "label" => line(&[&["tag", id], words.as_slice()].concat()),
        _ => line(&["edit", id, "--title", &typed.join(" ")]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::meant_line::built;

    fn rearranged(typed: &str) -> Option<String> {
        let line: Vec<String> = typed.split(' ').map(str::to_owned).collect();
        let root = built();
        let command = root.find_subcommand(&line[0]).expect(typed);
        rearrange(&line, command).map(|words| words.join(" "))
    }

    #[test]
    fn words_are_put_where_the_command_takes_them() {
        for (typed, meant) in [
            ("assign ben 3", "assign 3 ben"),
            ("assign 3 to ben", "assign 3 ben"),
            ("log called back 3", "log 3 called back"),
            ("tag printer 3,4", "tag 3,4 printer"),
            ("tag 3 4 5 vpn", "tag 3,4,5 vpn"),
            ("take me 3", "take 3"),
            ("show ticket 3 4", "show 3 4"),
            ("merge 7 8", "merge 7 --into 8"),
            ("merge 7 8 into 9", "merge 7,8 --into 9"),
            ("link 9 10", "link 9 --related 10"),
            ("link 9 parent 10", "link 9 --parent 10"),
            ("confirm 5 by Mia Roth", "confirm 5 --by Mia Roth"),
            ("void 6 a test --yes", "void 6 --reason a test --yes"),
            ("void 6 7 slips", "void 6,7 --reason slips"),
            ("call 5 tomorrow 9:00", "call 5 --when tomorrow 9:00"),
            ("pause 4 user", "pause 4 requester"),
            (
                "pause 4 vendor until friday",
                "pause 4 vendor --until friday",
            ),
            ("identify 4 bug", "identify 4 incident"),
            ("prioritize 3 P1", "prioritize 3 -u high -b high -g high"),
            (
                "prioritize 3 h m l",
                "prioritize 3 -u high -b medium -g low",
            ),
            ("edit 3 title new title", "edit 3 --title new title"),
            ("edit 3 title:x y", "edit 3 --title x y"),
            ("edit 3 category=net", "edit 3 --category net"),
            ("edit 3 priority low", "prioritize 3 -u low -b low -g low"),
            ("edit 3 status closed", "close 3"),
            ("edit 3 closed", "close 3"),
            ("edit 3 assignee ben", "assign 3 ben"),
            ("edit 3 abc", "edit 3 --title abc"),
            ("similar printer jam", "search printer jam"),
        ] {
            assert_eq!(rearranged(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn what_can_be_meant_as_typed_stays() {
        for typed in [
            "assign ben",
            "assign INC1 3",
            "assign 3 ben",
            "log 3 users",
            "open printer 3",
            "open 3",
            "show 3 4",
            "tag 3 4",
            "similar 3",
            "pause 4 requester",
            "prioritize 3 blue",
            "prioritize 3",
            "merge 7 --into 8",
            "edit 3",
            "edit 3 --title x",
        ] {
            assert_eq!(rearranged(typed), None, "{typed}");
        }
    }
}
