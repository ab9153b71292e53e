//! The keys of the inbox: the table that help and documents show, and the keys
//! that run a command.

/// A command that a key runs on the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Take,
    Assign,
    Prioritize,
    Categorize,
    Reply,
    Log,
    Escalate,
    Pause,
    Resolve,
    Merge,
    Undo,
}

impl Action {
    pub(crate) const ALL: [(char, Self); 11] = [
        ('t', Self::Take),
        ('a', Self::Assign),
        ('p', Self::Prioritize),
        ('c', Self::Categorize),
        ('r', Self::Reply),
        ('l', Self::Log),
        ('e', Self::Escalate),
        ('z', Self::Pause),
        ('x', Self::Resolve),
        ('m', Self::Merge),
        ('u', Self::Undo),
    ];

    /// The command of a key, if it runs one.
    pub(crate) fn of_key(key: char) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|(known, _)| *known == key)
            .map(|(_, action)| *action)
    }

    /// The key that runs a command of `desk`, if there is one.
    pub(crate) fn key_of(verb: &str) -> Option<char> {
        let mut all = Self::ALL.iter();
        all.find(|(_, action)| action.verb() == verb)
            .map(|(key, _)| *key)
    }

    /// The command of `desk`.
    pub(crate) const fn verb(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Assign => "assign",
            Self::Prioritize => "prioritize",
            Self::Categorize => "categorize",
            Self::Reply => "reply",
            Self::Log => "log",
            Self::Escalate => "escalate",
            Self::Pause => "pause",
            Self::Resolve => "resolve",
            Self::Merge => "merge",
            Self::Undo => "undo",
        }
    }
}

/// What a key does, as help and documents say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyHelp {
    /// The keys, as they are labelled.
    pub(crate) keys: &'static str,
    pub(crate) does: &'static str,
    /// The command line that it runs; empty if it runs none.
    pub(crate) runs: &'static str,
}

const fn key(keys: &'static str, does: &'static str, runs: &'static str) -> KeyHelp {
    KeyHelp { keys, does, runs }
}

/// Every key.
pub(crate) const KEYS: &[KeyHelp] = &[
    key("j k", "next, previous ticket", ""),
    key("g G", "first, last ticket", ""),
    key("Ctrl-d Ctrl-u", "half a screen down, up", ""),
    key("PgDn PgUp", "scroll the page of the ticket", ""),
    key("Enter", "the page on the whole screen", "desk show ID"),
    key("space", "mark, for a command on several", ""),
    key(
        "/",
        "filter; empty for all open tickets",
        "desk list FILTER",
    ),
    key(
        "1-9",
        "saved view; again: all open tickets",
        "desk list @VIEW",
    ),
    key("t", "take", "desk take ID"),
    key("a", "assign", "desk assign ID AGENT"),
    key("p", "rate, which gives the priority", "desk prioritize ID"),
    key("c", "categorize", "desk categorize ID CATEGORY"),
    key("r", "reply to the requester", "desk reply ID TEXT"),
    key("l", "log an internal note", "desk log ID TEXT"),
    key("e", "escalate to the next tier", "desk escalate ID REASON"),
    key("z", "pause", "desk pause ID REASON"),
    key("x", "resolve", "desk resolve ID TEXT"),
    key("m", "merge into another ticket", "desk merge ID --into ID"),
    key("u", "undo your last step", "desk undo ID"),
    key(":", "any command of desk", "desk …"),
    key(
        "!",
        "what is offered: a hint's command, or the whole answer",
        "",
    ),
    key("Esc", "drop marks, a message, the filter", ""),
    key("Ctrl-l", "draw the screen anew", ""),
    key("Ctrl-z", "suspend desk", ""),
    key("?", "these keys", ""),
    key("q", "quit", ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_key_is_in_the_table_with_its_command() {
        for (key, action) in Action::ALL {
            let help = KEYS.iter().find(|help| help.keys == key.to_string());
            let help = help.unwrap_or_else(|| panic!("{key} is not in the table"));
            let command = format!("desk {} ID", action.verb());
            assert!(help.runs.starts_with(&command), "{help:?}");
            assert_eq!(Action::of_key(key), Some(action));
            assert_eq!(Action::key_of(action.verb()), Some(key));
        }
        assert_eq!(Action::of_key('y'), None);
        assert_eq!(Action::key_of("sweep"), None);
    }
}
