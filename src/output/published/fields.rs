//! The values of fields that the policy defines, as an object by name.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::value::CsvValue;
use crate::domain::custom_field::{FieldKey, FieldValue};

/// Numbers are numbers; all other values, and erased ones, are texts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'a>(pub(crate) &'a [FieldValue]);

/// The value of one field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value<'a>(pub(crate) &'a FieldValue);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let text = &self.0.value;
        match self.0.key() {
            FieldKey::Number(_) => match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(whole), _) => to.serialize_i64(whole),
                (Err(_), Ok(number)) => to.serialize_f64(number),
                (Err(_), Err(_)) => to.serialize_str(text),
            },
            FieldKey::Text(_) | FieldKey::Date(_) | FieldKey::Erased => to.serialize_str(text),
        }
    }
}

impl<'a> Fields<'a> {
    /// The value of a field.
    pub(crate) fn get(self, name: &str) -> Option<Value<'a>> {
        let field = self.0.iter().find(|field| field.name == name);
        field.map(Value)
    }
}

impl CsvValue for Value<'_> {
    fn csv(&self, to: &mut Vec<String>) {
        self.0.value.csv(to);
    }
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for field in self.0 {
            map.serialize_entry(&field.name, &Value(field))?;
        }
        map.end()
    }
}

/// As they are typed, one per line of the cell.
impl CsvValue for Fields<'_> {
    fn csv(&self, to: &mut Vec<String>) {
        let lines = self.0.iter().map(written);
        lines.collect::<Vec<String>>().join("\n").csv(to);
    }
}

/// A field with its value, as it is typed.
pub(crate) fn written(field: &FieldValue) -> String {
    format!("{}={}", field.name, field.value)
}

#[cfg(test)]
impl schemars::JsonSchema for Fields<'_> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Fields".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "additionalProperties": { "type": ["string", "number"] },
        })
    }
}
