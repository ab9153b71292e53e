//! The tags and the fields of a ticket as columns of its row, written so that a
//! filter finds them there without replaying the ticket.
//!
//! Tags stand between blanks: ` printer vpn `. A field is its name, the key by which
//! its values are compared, the type, and the value, separated by U+001F; fields
//! stand between U+001E. Keys of numbers and dates are as long as each other, so that
//! their order as texts is that of the values.

use super::super::StoreError;
use super::super::codec;
use crate::domain::custom_field::{FieldKey, FieldValue};
use crate::domain::tag::Tag;
use crate::domain::vocabulary::FieldType;
use chrono::NaiveDate;

/// What separates the parts of a field.
const PART: char = '\u{1f}';
/// What stands before and after each field.
const FIELD: char = '\u{1e}';
/// What takes their place in a text that has them.
const MARKS: [char; 2] = ['\u{241f}', '\u{241e}'];

/// The length of the key of a number.
pub(super) const NUMBER: usize = 19;
/// What makes every number positive: numbers have at most 18 digits.
const OFFSET: i64 = 1_000_000_000_000_000_000;
/// The length of the key of a date.
pub(super) const DATE: usize = 10;

/// The column of tags; none without any, so that an index has only tickets with tags.
pub(crate) fn write_tags(tags: &[Tag]) -> Option<String> {
    let names: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    (!names.is_empty()).then(|| format!(" {} ", names.join(" ")))
}

/// Reads [`write_tags`].
pub(crate) fn read_tags(column: Option<&str>) -> Vec<Tag> {
    let names = column.unwrap_or_default().split_ascii_whitespace();
    names.map(Tag::from_stored).collect()
}

/// The column of fields; none without any.
pub(crate) fn write_fields(fields: &[FieldValue]) -> Option<String> {
    if fields.is_empty() {
        return None;
    }
    let mut column = String::from(FIELD);
    for FieldValue { name, kind, value } in fields {
        let key = key_of(fields, name);
        let parts = [name.as_str(), &key, kind.as_str(), &escaped(value)];
        column.push_str(&parts.join(&PART.to_string()));
        column.push(FIELD);
    }
    Some(column)
}

fn key_of(fields: &[FieldValue], name: &str) -> String {
    let field = fields.iter().find(|field| field.name == name);
    match field.map(FieldValue::key) {
        Some(FieldKey::Text(text)) => text_key(&text),
        Some(FieldKey::Number(number)) => number_key(number),
        Some(FieldKey::Date(date)) => date_key(date),
        Some(FieldKey::Erased) | None => String::new(),
    }
}

/// The key of a text, which is compared as a whole. It begins with a quote, so that
/// it is no number and no date.
pub(super) fn text_key(text: &str) -> String {
    format!("\"{}", escaped(&text.to_lowercase()))
}

/// The key of a number in millionths.
pub(super) fn number_key(number: i64) -> String {
    let limit = OFFSET - 1;
    let positive = number.clamp(-limit, limit) + OFFSET;
    format!("{positive:0>NUMBER$}")
}

pub(super) fn date_key(date: NaiveDate) -> String {
    date.to_string()
}

/// What stands before the key of a field.
pub(super) fn before_key(name: &str) -> String {
    format!("{FIELD}{name}{PART}")
}

/// A field with this key, as far as its type.
pub(super) fn with_key(name: &str, key: &str) -> String {
    format!("{}{key}{PART}", before_key(name))
}

/// What follows the key of a value of this type.
pub(super) fn after_key(kind: FieldType) -> String {
    format!("{PART}{}{PART}", kind.as_str())
}

fn escaped(text: &str) -> String {
    let visible = |c| match c {
        PART => MARKS[0],
        FIELD => MARKS[1],
        c => c,
    };
    text.chars().map(visible).collect()
}

/// Reads [`write_fields`].
///
/// # Errors
/// [`StoreError::Damaged`] for what is never written.
pub(crate) fn read_fields(column: Option<&str>) -> Result<Vec<FieldValue>, StoreError> {
    let fields = column.unwrap_or_default().split(FIELD);
    let read = |field: &str| {
        let damaged = || StoreError::damaged("a row has an incomplete field");
        let mut parts = field.split(PART);
        let mut next = || parts.next().ok_or_else(damaged);
        let (name, _, kind, value) = (next()?, next()?, next()?, next()?);
        Ok(FieldValue {
            name: name.to_owned(),
            kind: codec::word(kind, FieldType::parse)?,
            value: value.to_owned(),
        })
    };
    fields.filter(|field| !field.is_empty()).map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_as_they_were_written() {
        let tags = ["2fa", "vpn"].map(Tag::from_stored).to_vec();
        assert_eq!(write_tags(&[]), None);
        assert_eq!(read_tags(write_tags(&tags).as_deref()), tags);
        let value = |name: &str, kind, value: &str| FieldValue {
            name: name.to_owned(),
            kind,
            value: value.to_owned(),
        };
        let fields = vec![
            value("asset", FieldType::Text, "SRV-1 %_\\"),
            value("cost", FieldType::Number, "-12.5"),
            value("due", FieldType::Date, "2026-11-28"),
            value("gone", FieldType::Number, crate::domain::text::ERASED),
        ];
        assert_eq!(write_fields(&[]), None);
        let column = write_fields(&fields);
        assert_eq!(read_fields(column.as_deref()).unwrap(), fields);
        let parts = column.unwrap().replace(PART, "|").replace(FIELD, "/");
        assert_eq!(
            parts,
            "/asset|\"srv-1 %_\\|text|SRV-1 %_\\/cost|0999999999987500000|number|-12.5\
             /due|2026-11-28|date|2026-11-28/gone||number|[erased]/"
        );
        assert!(read_fields(Some("\u{1e}x\u{1e}")).is_err());
    }

    #[test]
    fn keys_of_numbers_are_in_their_order() {
        let numbers = [
            -999_999_999_999_999_999,
            -2,
            -1,
            0,
            1,
            999_999_999_999_999_999,
        ];
        let keys = numbers.map(number_key);
        assert!(keys.is_sorted());
        assert!(keys.iter().all(|key| key.len() == NUMBER));
    }
}
