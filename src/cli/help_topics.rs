//! The pages of `docs/` that `desk help` prints. They are part of the binary,
//! and no other command touches them.

/// A page, and the name of its file without `.md`.
#[derive(Debug)]
pub(crate) struct Topic {
    pub(crate) name: &'static str,
    pub(crate) page: &'static str,
}

macro_rules! topics {
    ($($name:literal),+ $(,)?) => {
        &[$(Topic {
            name: $name,
            page: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/", $name, ".md")),
        }),+]
    };
}

/// Every page, in reading order.
const TOPICS: &[Topic] = topics![
    "tutorial",
    "policy",
    "clocks",
    "import",
    "operate",
    "scripting",
    "glossary",
    "architecture",
];

/// Appended to the name of a page if a command has the same name.
const SUFFIX: &str = "-guide";

/// Finds a page by its name, with or without `-guide`.
pub(crate) fn topic(name: &str) -> Option<&'static Topic> {
    let name = name.strip_suffix(SUFFIX).unwrap_or(name);
    TOPICS.iter().find(|topic| topic.name == name)
}

impl Topic {
    /// Returns the name by which this command line knows the page.
    pub(crate) fn typed_name(&self, root: &clap::Command) -> String {
        match root.find_subcommand(self.name) {
            Some(_) => format!("{}{SUFFIX}", self.name),
            None => self.name.to_owned(),
        }
    }
}

/// Returns the names by which this command line knows the pages.
pub(crate) fn typed_names(root: &clap::Command) -> Vec<String> {
    TOPICS.iter().map(|topic| topic.typed_name(root)).collect()
}
