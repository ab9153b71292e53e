//! Reads tags and the values of fields.

use super::super::StoreError;
use super::body::Body;
use crate::domain::custom_field::FieldValue;
use crate::domain::tag::Tag;
use crate::domain::vocabulary::FieldType;

/// Tags; one whose text was erased is read as that.
pub(super) fn tags(from: &Body, path: &str) -> Vec<Tag> {
    let texts = from.texts(path);
    texts.iter().map(|text| Tag::from_stored(text)).collect()
}

/// The values of fields.
pub(super) fn field_values(from: &Body) -> Result<Vec<FieldValue>, StoreError> {
    let named = from.words("names").zip(from.words("types"));
    let value = |((name, kind), value): ((&str, &str), String)| {
        Ok(FieldValue {
            name: name.to_owned(),
            kind: super::word(kind, FieldType::parse)?,
            value,
        })
    };
    named.zip(from.texts("values")).map(value).collect()
}
