//! Words that other tools have for commands, and what to type here instead.

use super::ticket_selector::looks_like_tickets;

/// Words for a command that other tools have, and the words to type here.
const GUESSES: &[(&[&str], &str)] = &[
    (
        &[
            "new",
            "create",
            "add",
            "report-problem",
            "submit",
            "raise",
            "register",
        ],
        "open",
    ),
    (
        &["comment", "note", "annotate", "append", "write", "worklog"],
        "log",
    ),
    (
        &[
            "view", "info", "get", "cat", "read", "display", "details", "history", "timeline",
            "print", "describe",
        ],
        "show",
    ),
    (
        &[
            "done", "fix", "fixed", "solve", "solved", "finish", "complete",
        ],
        "resolve",
    ),
    (
        &["wait", "hold", "snooze", "defer", "park", "stop", "block"],
        "pause",
    ),
    (&["unpause", "continue", "unhold", "unblock"], "resume"),
    (
        &["claim", "ack", "accept", "grab", "own", "start", "pick"],
        "take",
    ),
    (&["drop", "release", "unclaim", "untake"], "unassign"),
    (
        &[
            "modify",
            "update",
            "change",
            "correct",
            "rename",
            "set",
            "move",
            "transition",
            "mark",
        ],
        "edit",
    ),
    (&["revert", "rollback", "back"], "undo"),
    (
        &[
            "delete", "rm", "cancel", "remove", "del", "trash", "discard",
        ],
        "void",
    ),
    (&["ls", "tickets", "queue", "all", "issues"], "list"),
    (&["find", "grep", "lookup"], "search"),
    (&["status", "state", "dashboard", "slas"], "sla"),
    (&["explain"], "sla explain"),
    (&["mine", "my", "me"], "list @mine"),
    (&["unassigned", "free"], "list @unassigned"),
    (&["today"], "list @today"),
    (&["closed"], "list --status closed"),
    (&["next"], "list --limit 1"),
    (&["count"], "list --count"),
    (&["late", "breached"], "overdue"),
    (&["answer", "respond", "send", "message"], "reply"),
    (&["handover", "forward", "transfer"], "escalate"),
    (&["priority", "prio", "rate", "triage"], "prioritize"),
    (&["category", "classify"], "categorize"),
    (&["label", "tags"], "tag"),
    (&["duplicate", "dup"], "merge"),
    (&["time", "track"], "spent"),
    (&["promise", "deadline", "schedule"], "due"),
    (&["cc", "watchers"], "participants"),
    (&["stats", "statistics", "summary"], "report"),
    (&["settings", "whoami", "login"], "config"),
    (&["version"], "--version"),
];

/// Words that other tools write before the command.
const NOUNS: &[&str] = &[
    "ticket", "tickets", "issue", "issues", "task", "tasks", "case", "cases",
];

/// The words to type instead of one that other tools have.
pub(crate) fn guessed(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let known = GUESSES.iter().find(|(words, _)| words.contains(&&*word));
    known.map(|(_, verb)| *verb)
}

/// Writes a line that begins with a word that other tools have for a command.
pub(crate) fn replace(line: &[String]) -> Option<Vec<String>> {
    let (word, typed) = line.split_first()?;
    if NOUNS.contains(&word.as_str()) && !typed.is_empty() {
        return Some(typed.to_vec());
    }
    let is_ticket = typed.first().is_some_and(|word| looks_like_tickets(word));
    if let ("untag" | "unlabel", [id, tags @ ..]) = (word.as_str(), typed)
        && !tags.is_empty()
    {
        let words = ["tag", id, "--remove", &tags.join(",")];
        return Some(words.map(str::to_owned).to_vec());
    }
    let verb = match word.as_str() {
        "status" | "state" if is_ticket => "show",
        word => guessed(word)?,
    };
    let words = verb.split(' ').map(str::to_owned);
    Some(words.chain(typed.iter().cloned()).collect())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_guess_is_no_command_and_what_it_stands_for_is_one() {
        let command = Cli::command();
        let is_verb = |word: &str| command.find_subcommand(word).is_some();
        let mut seen = std::collections::BTreeSet::new();
        for (words, verb) in GUESSES {
            let verb = verb.split(' ').next().unwrap();
            assert!(is_verb(verb) || verb == "--version", "{verb}");
            for word in *words {
                assert!(!is_verb(word), "{word} is a command");
                assert!(seen.insert(word), "{word} is there twice");
            }
        }
    }
}
