//! Canonical JSON: keys sorted by bytes, no whitespace, integers only, and
//! escapes only where JSON requires them. Reading accepts any JSON.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::super::StoreError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Json {
    /// Also any value that is read but not supported, such as a fraction.
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    List(Vec<Self>),
    Map(BTreeMap<String, Self>),
}

impl Json {
    /// Reads a JSON text.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for anything but JSON.
    pub(super) fn read(text: &str) -> Result<Self, StoreError> {
        serde_json::from_str(text)
            .map(Self::from_serde)
            .map_err(|fault| StoreError::damaged(format!("a stored text is not JSON: {fault}")))
    }

    fn from_serde(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(truth) => Self::Bool(truth),
            serde_json::Value::Number(number) => number.as_i64().map_or(Self::Null, Self::Int),
            serde_json::Value::String(text) => Self::Text(text),
            serde_json::Value::Array(items) => {
                Self::List(items.into_iter().map(Self::from_serde).collect())
            }
            serde_json::Value::Object(entries) => {
                let entries = entries.into_iter().map(|(k, v)| (k, Self::from_serde(v)));
                Self::Map(entries.collect())
            }
        }
    }

    pub(super) fn as_map(&self) -> Option<&BTreeMap<String, Self>> {
        if let Self::Map(map) = self {
            Some(map)
        } else {
            None
        }
    }

    /// Returns an entry of an object.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.as_map()?.get(key)
    }

    pub(super) fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(list) = self {
            Some(list)
        } else {
            None
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    pub(super) const fn as_int(&self) -> Option<i64> {
        if let Self::Int(number) = self {
            Some(*number)
        } else {
            None
        }
    }

    pub(super) const fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(truth) = self {
            Some(*truth)
        } else {
            None
        }
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<T: Into<Self>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(256);
        self.write(&mut text);
        f.write_str(&text)
    }
}

impl Json {
    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
            Self::Int(number) => {
                write!(out, "{number}").expect("a String takes any text");
            }
            Self::Text(text) => quote(out, text),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Map(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    quote(out, key);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    // Whole runs are copied at once: most texts have nothing to escape.
    let mut rest = text;
    let escaped = |byte: u8| byte == b'"' || byte == b'\\' || byte < b' ';
    while let Some(at) = rest.bytes().position(escaped) {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            control => write!(out, "\\u{control:04x}").expect("a String takes any text"),
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_is_canonical() {
        let read = |text| Json::read(text).unwrap().to_string();
        assert_eq!(
            read(r#" { "b" : [1, -2, true, null], "a" : "\u00e4\"\\\n" } "#),
            r#"{"a":"ä\"\\\u000a","b":[1,-2,true,null]}"#
        );
        assert_eq!(read(r#"{"x":1.5}"#), r#"{"x":null}"#);
        assert!(Json::read("{").is_err());
        let text = Json::Text("\u{0}\u{1b}\u{7f}\u{202e}".into());
        assert_eq!(Json::read(&text.to_string()).unwrap(), text);
    }
}
