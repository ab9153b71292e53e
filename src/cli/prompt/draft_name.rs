//! The name of a draft says what it is for: `3.reply.42.message.md`.

/// What a draft is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DraftName {
    pub(super) number: u32,
    pub(super) verb: String,
    /// Tickets separated by commas; empty if there is none.
    pub(super) tickets: String,
    pub(super) what: String,
}

/// How many tickets a name has at most.
const TICKETS: usize = 5;

impl DraftName {
    /// Returns the list of tickets in a name.
    pub(super) fn list(tickets: &[i64]) -> String {
        let numbers: Vec<String> = tickets.iter().take(TICKETS).map(i64::to_string).collect();
        numbers.join(",")
    }

    /// The name of the file. An editor tells from its ending what it edits.
    pub(super) fn file_name(&self) -> String {
        let Self {
            number,
            verb,
            tickets,
            what,
        } = self;
        let tickets = if tickets.is_empty() { "new" } else { tickets };
        let ending = if what == "policy" { "toml" } else { "md" };
        let what = what.replace(' ', "-");
        format!("{number}.{verb}.{tickets}.{what}.{ending}")
    }

    /// Parses the name of a file; `None` for one of an earlier version, or of an
    /// editor.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let parts: Vec<&str> = name.split('.').collect();
        let [number, verb, tickets, what, "md" | "toml"] = parts.as_slice() else {
            return None;
        };
        let is_list = tickets.bytes().all(|b| b.is_ascii_digit() || b == b',');
        (is_list || *tickets == "new").then_some(())?;
        Some(Self {
            number: number.parse().ok()?,
            verb: (*verb).to_owned(),
            tickets: if is_list {
                (*tickets).to_owned()
            } else {
                String::new()
            },
            what: what.replace('-', " "),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_a_draft_is_for() {
        let name = |verb: &str, tickets: &[i64], what: &str| DraftName {
            number: 3,
            verb: verb.to_owned(),
            tickets: DraftName::list(tickets),
            what: what.to_owned(),
        };
        for (name, file) in [
            (name("reply", &[42], "message"), "3.reply.42.message.md"),
            (
                name("known-errors", &[4, 5], "reason"),
                "3.known-errors.4,5.reason.md",
            ),
            (name("policy", &[], "policy"), "3.policy.new.policy.toml"),
        ] {
            assert_eq!(name.file_name(), file);
            assert_eq!(DraftName::parse(file), Some(name));
        }
        for other in [
            "note-aB3dE6.md",
            "diagnosis-1-anna.toml",
            ".3.reply.42.message.md.swp",
            "x.reply.42.message.md",
            "3.reply.../message.md",
        ] {
            assert_eq!(DraftName::parse(other), None, "{other}");
        }
    }
}
