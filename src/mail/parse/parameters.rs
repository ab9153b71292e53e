//! Values with parameters, such as those of Content-Type: quoted, continued and
//! encoded (RFC 2231), and in the wrong ways that are in use.

use super::charset;
use super::encoded_word;
use super::header::one_line;
use super::transfer;

/// A value with its parameters.
#[derive(Debug, Clone, Default)]
pub(super) struct Parameters {
    /// In lower case.
    pub(super) value: String,
    /// With names in lower case, continuations joined, values decoded.
    list: Vec<(String, String)>,
}

impl Parameters {
    pub(super) fn parse(text: &str) -> Self {
        let mut fields = split(text).into_iter();
        let value = without_comments(&fields.next().unwrap_or_default());
        let value: String = value.split_whitespace().collect();
        let raw: Vec<(String, String)> =
            fields.filter_map(|field| name_and_value(&field)).collect();
        Self {
            value: value.trim_matches('"').to_ascii_lowercase(),
            list: join(&raw),
        }
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.list.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The fields of a text between semicolons that are not quoted.
fn split(text: &str) -> Vec<String> {
    let mut fields = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut escaped = false;
    for character in text.chars() {
        match character {
            ';' if !quoted => fields.push(std::mem::take(&mut field)),
            '"' if !escaped => {
                quoted = !quoted;
                field.push(character);
            }
            _ => field.push(character),
        }
        escaped = quoted && character == '\\' && !escaped;
    }
    fields.push(field);
    if quoted && fields.len() == 1 {
        // A quotation mark without its partner hides no parameters.
        return text.split(';').map(str::to_owned).collect();
    }
    fields
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::new();
    for character in text.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(character),
            _ => {}
        }
    }
    outside
}

fn name_and_value(field: &str) -> Option<(String, String)> {
    let (name, value) = field.split_once('=')?;
    let value = value.trim();
    let value = match value.strip_prefix('"') {
        Some(inner) => unquote(inner),
        None => value.trim_end_matches('"').to_owned(),
    };
    Some((name.trim().to_ascii_lowercase(), value))
}

/// What is between quotation marks. Only quotation marks and backslashes are
/// escaped: a path of Windows has single backslashes.
fn unquote(text: &str) -> String {
    let mut inside = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' if matches!(characters.peek(), Some('"' | '\\')) => {
                inside.extend(characters.next());
            }
            _ => inside.push(character),
        }
    }
    inside
}

/// A piece of a parameter: `name*1*=`.
struct Section<'a> {
    name: &'a str,
    number: Option<u32>,
    encoded: bool,
    value: &'a str,
}

impl<'a> Section<'a> {
    fn new((name, value): &'a (String, String)) -> Self {
        let (bare, encoded) = match name.strip_suffix('*') {
            Some(bare) => (bare, true),
            None => (name.as_str(), false),
        };
        let numbered = bare
            .split_once('*')
            .and_then(|(name, number)| Some((name, number.parse().ok()?)));
        let (name, number) = match numbered {
            Some((name, number)) => (name, Some(number)),
            None => (bare, None),
        };
        Self {
            name,
            number,
            encoded,
            value,
        }
    }
}

fn join(raw: &[(String, String)]) -> Vec<(String, String)> {
    let sections: Vec<Section<'_>> = raw.iter().map(Section::new).collect();
    let mut joined: Vec<(String, String)> = Vec::new();
    for section in &sections {
        if joined.iter().any(|(name, _)| name == section.name) {
            continue;
        }
        let mut own: Vec<&Section<'_>> = sections
            .iter()
            .filter(|other| other.name == section.name)
            .collect();
        // The extended form counts, where both are given.
        if own.iter().any(|part| part.encoded || part.number.is_some()) {
            own.retain(|part| part.encoded || part.number.is_some());
        } else {
            own.truncate(1);
        }
        own.sort_by_key(|part| part.number);
        joined.push((section.name.to_owned(), value_of(&own)));
    }
    joined
}

fn value_of(sections: &[&Section<'_>]) -> String {
    let mut label = None;
    let mut bytes = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        let mut value = section.value;
        if at == 0
            && section.encoded
            && let Some((charset, rest)) = value.split_once('\'')
            && let Some((_, text)) = rest.split_once('\'')
        {
            label = Some(charset).filter(|charset| !charset.is_empty());
            value = text;
        }
        if section.encoded {
            bytes.extend(transfer::percent(value.as_bytes()));
        } else {
            bytes.extend_from_slice(value.as_bytes());
        }
    }
    let text = match label {
        Some(label) if sections.iter().any(|part| part.encoded) => {
            charset::decode(&bytes, Some(label))
        }
        Some(_) | None => charset::decode(&bytes, Some("utf-8")),
    };
    one_line(&encoded_word::decode(&text))
}

#[cfg(test)]
mod tests {
    use super::Parameters;

    #[test]
    fn file_names_are_read_in_every_writing() {
        for (written, name) in [
            ("attachment; filename=plain.txt", "plain.txt"),
            ("attachment; filename=two words.txt", "two words.txt"),
            ("attachment; filename=\"a; b.txt\"; size=3", "a; b.txt"),
            (r#"attachment; filename="say \"hi\".txt""#, "say \"hi\".txt"),
            (
                r#"attachment; filename="C:\tmp\new.txt""#,
                r"C:\tmp\new.txt",
            ),
            ("attachment; filename=\"open.txt", "open.txt"),
            ("attachment; filename*=utf-8''caf%C3%A9.txt", "café.txt"),
            ("attachment; filename*=iso-8859-1'fr'caf%E9.txt", "café.txt"),
            (
                "attachment; filename*0=long-; filename*1=name.txt",
                "long-name.txt",
            ),
            (
                "attachment; filename*1*=%C3%A9.txt; filename*0*=utf-8''caf",
                "café.txt",
            ),
            (
                "attachment; filename=\"=?utf-8?Q?caf=C3=A9.txt?=\"",
                "café.txt",
            ),
            (
                "attachment; filename=\"=?utf-8?Q?a?=\r\n =?utf-8?Q?b.txt?=\"",
                "ab.txt",
            ),
            (
                "attachment; filename=caf.txt; filename*=utf-8''caf%C3%A9.txt",
                "café.txt",
            ),
            ("attachment; filename=\"x\u{0}y.txt\"", "xy.txt"),
        ] {
            let read = Parameters::parse(written);
            assert_eq!(read.value, "attachment");
            assert_eq!(read.parameter("filename"), Some(name), "{written}");
        }
        let read = Parameters::parse("Text/Plain (a comment); CharSet = \"UTF-8\" ; format=flowed");
        assert_eq!(read.value, "text/plain");
        assert_eq!(read.parameter("charset"), Some("UTF-8"));
        assert_eq!(read.parameter("format"), Some("flowed"));
    }
}
