//! Reads JSON Lines as a table: one object per line, with keys as columns. Also
//! reads answers given as a JSON object.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use csv::ByteRecord;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

/// Separates the members of a list.
const SEPARATOR: &str = ", ";

/// Keys and values.
type Cells = Vec<(String, String)>;

/// Objects, one per line.
pub(super) struct JsonLines<'a> {
    text: &'a [u8],
    header: Vec<String>,
    offset: usize,
    line: u64,
}

/// Whether a text is JSON Lines: its first character opens an object.
pub(super) fn is_json_lines(text: &[u8]) -> bool {
    text.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{')
}

impl<'a> JsonLines<'a> {
    /// Scans all lines for their keys. Keys of nested objects are joined with a
    /// dot, as in `status.name`.
    pub(super) fn new(text: &'a [u8]) -> Self {
        let mut lines = Self {
            text,
            header: Vec::new(),
            offset: 0,
            line: 0,
        };
        let (mut header, mut seen) = (Vec::new(), BTreeSet::new());
        while let Some((_, read)) = lines.object() {
            for (key, _) in read.unwrap_or_default() {
                if seen.insert(key.clone()) {
                    header.push(key);
                }
            }
        }
        Self {
            text,
            header,
            offset: 0,
            line: 0,
        }
    }

    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// Reads the next object as a record, with its line number, or why it is
    /// invalid.
    pub(super) fn next(&mut self) -> Option<(u64, Result<ByteRecord, String>)> {
        let (line, read) = self.object()?;
        let record = read.map(|cells| {
            let cells: HashMap<&str, &str> = cells
                .iter()
                .rev()
                .map(|(name, text)| (name.as_str(), text.as_str()))
                .collect();
            let cell = |key: &String| cells.get(key.as_str()).copied().unwrap_or_default();
            self.header.iter().map(cell).collect::<Vec<_>>().into()
        });
        Some((line, record))
    }

    pub(super) const fn offset(&self) -> usize {
        self.offset
    }

    /// Reads the cells of the next line that is not blank.
    fn object(&mut self) -> Option<(u64, Result<Cells, String>)> {
        loop {
            let rest = self
                .text
                .get(self.offset..)
                .filter(|rest| !rest.is_empty())?;
            let length = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
            let line = &rest[..length];
            self.offset += length + 1;
            self.line += 1;
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let read = serde_json::from_slice::<Map<String, Value>>(line);
            let cells = read.map(|object| {
                let mut cells = Vec::new();
                flatten("", object, &mut cells);
                cells
            });
            let cells = cells.map_err(|fault| fault.to_string());
            return Some((self.line, cells));
        }
    }
}

/// Parses an object of answers by key: strings, numbers and booleans. Nulls are
/// left out.
///
/// # Errors
/// What is wrong with the object.
pub(crate) fn parse_answers(text: &str) -> Result<Cells, String> {
    let Pairs(pairs) = serde_json::from_str(text).map_err(|fault| fault.to_string())?;
    let mut answers: Cells = Vec::new();
    for (key, value) in pairs {
        if answers.iter().any(|(known, _)| *known == key) {
            return Err(format!("{key} is answered twice"));
        }
        let answer = match value {
            Value::Null => continue,
            Value::Bool(true) => "yes".to_owned(),
            Value::Bool(false) => "no".to_owned(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => text,
            Value::Array(_) | Value::Object(_) => {
                return Err(format!("{key}: use a string, a number, true or false"));
            }
        };
        answers.push((key, answer));
    }
    Ok(answers)
}

/// The members of an object in order, including duplicate keys.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        from.deserialize_map(Members)
    }
}

fn flatten(path: &str, object: Map<String, Value>, cells: &mut Cells) {
    for (key, value) in object {
        let key = if path.is_empty() {
            key
        } else {
            format!("{path}.{key}")
        };
        if let Value::Object(inner) = value {
            flatten(&key, inner, cells);
        } else {
            cells.push((key, to_text(value)));
        }
    }
}

fn to_text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(members) => {
            let members: Vec<String> = members.into_iter().map(to_text).collect();
            members.join(SEPARATOR)
        }
        value @ (Value::Bool(_) | Value::Number(_) | Value::Object(_)) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rows = Vec<(u64, Result<Vec<String>, String>)>;

    fn read(text: &str) -> (Vec<String>, Rows) {
        let mut lines = JsonLines::new(text.as_bytes());
        let header = lines.header().to_vec();
        let mut rows = Vec::new();
        while let Some((line, record)) = lines.next() {
            let cells = record.map(|record| {
                let cells = record.iter();
                cells
                    .map(|c| String::from_utf8(c.to_vec()).unwrap())
                    .collect()
            });
            rows.push((line, cells));
        }
        (header, rows)
    }

    #[test]
    fn every_key_becomes_a_column() {
        let (header, rows) = read(
            "{\"id\":7,\"status\":{\"name\":\"Open\"}}\r\n\n{\"tags\":[\"a\",2],\"id\":\"8\",\"x\":null}",
        );
        assert_eq!(header, ["id", "status.name", "tags", "x"]);
        assert_eq!(
            rows[0],
            (1, Ok(vec!["7".into(), "Open".into(), "".into(), "".into()]))
        );
        assert_eq!(
            rows[1],
            (3, Ok(vec!["8".into(), "".into(), "a, 2".into(), "".into()]))
        );
    }

    #[test]
    fn an_invalid_line_is_reported_and_the_others_are_read() {
        let (_, rows) = read("{\"id\":1}\n{\"id\":\n[1]\n{\"id\":2}\n");
        let valid: Vec<(u64, bool)> = rows
            .iter()
            .map(|(line, row)| (*line, row.is_ok()))
            .collect();
        assert_eq!(valid, [(1, true), (2, false), (3, false), (4, true)]);
        let error = rows[1].1.as_ref().unwrap_err();
        assert!(error.starts_with("EOF while parsing"), "{error}");
    }

    #[test]
    fn json_lines_begin_with_an_object() {
        assert!(is_json_lines(b" \n{}"));
        assert!(!is_json_lines(b"a,b\n"));
        assert!(!is_json_lines(b""));
    }
}
