//! The pages of `docs/` that `desk help` prints. They are part of the binary,
//! and no other command touches them.

/// A page, and the name of its file without `.md`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Topic {
    pub(crate) name: &'static str,
    pub(crate) page: &'static str,
}

macro_rules! topics {
    ($($name:literal),+ $(,)?) => {
        /// The name of every page, in reading order. One text costs every start
        /// of the program less than a table of texts.
        const NAMES: &str = concat!($($name, " "),+);

        fn page(name: &str) -> Option<&'static str> {
            match name {
                $($name => Some(include_str!(
                    concat!(env!("CARGO_MANIFEST_DIR"), "/docs/", $name, ".md")
                )),)+
                _ => None,
            }
        }
    };
}

topics![
    "tutorial",
    "opening",
    "policy",
    "clocks",
    "filters",
    "fields",
    "editing",
    "inbox",
    "mail",
    "privacy",
    "rights",
    "erasure",
    "import",
    "operate",
    "team",
    "scripting",
    "hooks",
    "glossary",
    "architecture",
];

fn topics() -> impl Iterator<Item = Topic> {
    NAMES.split_whitespace().filter_map(|name| {
        let page = page(name)?;
        Some(Topic { name, page })
    })
}

/// Appended to the name of a page if a command has the same name.
const SUFFIX: &str = "-guide";

/// Finds a page by its name, with or without `-guide`.
pub(crate) fn topic(name: &str) -> Option<Topic> {
    let name = name.strip_suffix(SUFFIX).unwrap_or(name);
    topics().find(|topic| topic.name == name)
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

/// The page that is made from the table of columns.
pub(crate) const COLUMNS: &str = "columns";

/// Returns the names by which this command line knows the pages.
pub(crate) fn typed_names(root: &clap::Command) -> Vec<String> {
    let written = topics().map(|topic| topic.typed_name(root));
    written.chain([COLUMNS.to_owned()]).collect()
}
