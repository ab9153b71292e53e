//! Changes single keys of a mapping, as `--set` does: a built-in mapping with
//! other dates stays a text that can be printed and kept.

use crate::policy_file::toml_reader::Faults;
use crate::policy_file::toml_string;

/// Changes a key of a mapping: `zone=Europe/Berlin`, `columns.opened=Created`
/// or `keep=["a", "b"]`.
///
/// # Errors
/// What is wrong with the setting.
pub(crate) fn with_setting(text: &str, typed: &str) -> Result<String, String> {
    let (key, value) = typed
        .split_once('=')
        .ok_or_else(|| format!("'{typed}' is not KEY=VALUE"))?;
    let (key, value) = (key.trim(), literal(value.trim()));
    let log = Faults::new(text);
    let tree = log.parse(text);
    // A translation stands in the table of its field: values.status.Parked.
    let depth = if key.starts_with("values.") { 3 } else { 2 };
    let mut path: Vec<&str> = key.splitn(depth, '.').collect();
    let name = path.pop().filter(|name| !name.is_empty());
    let name = bare_or_quoted(name.ok_or_else(|| format!("'{typed}' names no key"))?);
    let mut entries = Some(tree.get_ref());
    for table in &path {
        entries = entries.and_then(|entries| {
            let found = entries.iter().find(|(known, _)| known.get_ref() == table);
            found.and_then(|(_, node)| node.get_ref().as_table())
        });
    }
    let Some(entries) = entries else {
        let table = path.join(".");
        return Ok(format!("{text}\n[{table}]\n{name} = {value}\n"));
    };
    let known = entries
        .iter()
        .find(|(known, _)| bare_or_quoted(known.get_ref()) == name);
    if let Some((_, node)) = known {
        let span = node.span();
        return Ok([&text[..span.start], &value, &text[span.end..]].concat());
    }
    // Before the first key of its table.
    let first = entries.iter().map(|(known, _)| known.span().start).min();
    let at = first.unwrap_or(text.len());
    let at = text[..at].rfind('\n').map_or(0, |end| end + 1);
    Ok(format!("{}{name} = {value}\n{}", &text[..at], &text[at..]))
}

/// A value as TOML: a list, a table, a string in quotes or a boolean as typed,
/// anything else as a string.
fn literal(typed: &str) -> String {
    let is_toml = typed.starts_with(['[', '{', '"', '\'']) || ["true", "false"].contains(&typed);
    let line = format!("x = {typed}\n");
    let log = Faults::new(&line);
    let _ = log.parse(&line);
    match is_toml && !log.has_syntax_errors() {
        true => typed.to_owned(),
        false => toml_string(typed),
    }
}

fn bare_or_quoted(key: &str) -> String {
    let key = key.trim_matches('"');
    let is_bare = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    match !key.is_empty() && key.chars().all(is_bare) {
        true => key.to_owned(),
        false => toml_string(key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# a map\nsource = \"x\"\ndates = [\n  \"iso\",\n]\n\n[columns]\nnumber = \"id\"\n";

    #[test]
    fn a_key_is_replaced_or_added_in_its_table() {
        for (typed, changed) in [
            (
                "source=y",
                "# a map\nsource = \"y\"\ndates = [\n  \"iso\",\n]\n\n[columns]\nnumber = \"id\"\n",
            ),
            (
                "dates=%d/%m/%Y",
                "# a map\nsource = \"x\"\ndates = \"%d/%m/%Y\"\n\n[columns]\nnumber = \"id\"\n",
            ),
            (
                "zone=UTC",
                "# a map\nzone = \"UTC\"\nsource = \"x\"\ndates = [\n  \"iso\",\n]\n\n[columns]\nnumber = \"id\"\n",
            ),
            (
                "columns.opened=Created at",
                "# a map\nsource = \"x\"\ndates = [\n  \"iso\",\n]\n\n[columns]\nopened = \"Created at\"\nnumber = \"id\"\n",
            ),
            (
                "columns.number={ row = true }",
                "# a map\nsource = \"x\"\ndates = [\n  \"iso\",\n]\n\n[columns]\nnumber = { row = true }\n",
            ),
        ] {
            assert_eq!(with_setting(TEXT, typed).unwrap(), changed, "{typed}");
        }
        let added = with_setting(TEXT, "values.status.In Work=active");
        assert!(
            added.is_ok_and(|text| text.ends_with("[values.status]\n\"In Work\" = \"active\"\n"))
        );
        assert!(with_setting(TEXT, "zone").is_err());
        assert!(with_setting(TEXT, "=x").is_err());
    }
}
