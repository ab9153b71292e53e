//! The template of `desk review`.

use super::toml_reader::{Faults, TomlTable};
use crate::domain::review;

const EXAMPLE: &str = "a table, such as template = \"# {{title}}\"";

pub(super) fn parse(root: &TomlTable<'_>, faults: &Faults) -> Option<String> {
    let table = root.table("review", faults, EXAMPLE)?;
    table.allow_keys(faults, &["template"]);
    let node = table.get("template")?;
    let text = node.text(faults, "a text with placeholders, such as {{timeline}}")?;
    faults.ok_or_add(node, review::check(text).map(|()| text.to_owned()))
}
