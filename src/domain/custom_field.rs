//! Fields of tickets that the policy defines, such as the number of a device or
//! the cost of a repair.

mod value;

use super::category::Category;
use super::text::BadText;
use super::vocabulary::{FieldGate, FieldType};
pub(crate) use value::{FieldKey, LARGEST_NUMBER, number_key};

/// How many fields a policy defines at most.
pub(crate) const MAX_FIELDS: usize = 100;

/// A field that the policy defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldDefinition {
    pub(crate) name: String,
    /// What people read; the name if it is absent.
    pub(crate) label: Option<String>,
    pub(crate) kind: FieldType,
    /// The accepted values of a choice; empty for other types.
    pub(crate) choices: Vec<String>,
    /// Where it is asked for, with everything below; everywhere if empty.
    pub(crate) categories: Vec<Category>,
    /// The step that needs a value.
    pub(crate) required_to: Option<FieldGate>,
}

impl FieldDefinition {
    /// Returns what people read.
    pub(crate) fn label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }

    /// Returns whether the field is asked for in a category.
    pub(crate) fn applies_to(&self, category: Option<&Category>) -> bool {
        let within = |category: &Category| {
            let mut roots = self.categories.iter();
            roots.any(|root| category.is_within(root))
        };
        self.categories.is_empty() || category.is_some_and(within)
    }

    /// Returns a value that fits the type, as it is stored: numbers and dates in
    /// one form, choices as the policy writes them.
    ///
    /// # Errors
    /// [`BadField`] with the form that is wanted.
    pub(crate) fn value(&self, typed: &str) -> Result<FieldValue, BadField> {
        let bad = |wanted: String| BadField::Value {
            field: self.name.clone(),
            typed: typed.to_owned(),
            wanted,
        };
        let value = match self.kind {
            FieldType::Text => super::text::line("value", typed)?,
            FieldType::Number => value::number(typed).ok_or_else(|| {
                bad("a number such as 1200 or 1200.50, with at most 12 digits before the point and 6 behind it".to_owned())
            })?,
            FieldType::Date => value::date(typed)
                .ok_or_else(|| bad("a date such as 2026-11-28".to_owned()))?,
            FieldType::Choice => {
                let is = |choice: &&String| choice.to_lowercase() == typed.trim().to_lowercase();
                let choice = self.choices.iter().find(is);
                choice.cloned().ok_or_else(|| bad(format!("one of {}", self.choices.join(", "))))?
            }
        };
        Ok(FieldValue {
            name: self.name.clone(),
            kind: self.kind,
            value,
        })
    }
}

/// Returns the name of a field as it is stored: in lower case, with `_` for `-`, as
/// in the names of columns.
pub(crate) fn canonical_name(typed: &str) -> String {
    typed.trim().to_lowercase().replace('-', "_")
}

/// Returns whether a text can be the name of a field: ASCII letters in lower case,
/// digits and `_`, at least two and at most 30, beginning with a letter.
pub(crate) fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (2..=30).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(fits)
}

/// The value of a field of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldValue {
    pub(crate) name: String,
    /// The type that the field had when the value was set.
    pub(crate) kind: FieldType,
    /// Not empty. Numbers are without leading zeros, dates as `2026-11-28`.
    pub(crate) value: String,
}

/// A field and its value as they were typed; an empty value removes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypedField {
    pub(crate) name: String,
    pub(crate) value: String,
}

impl TypedField {
    /// Parses `asset=SRV-1`, or `asset=` to remove the value.
    ///
    /// # Errors
    /// [`BadField::NoValue`] without an equals sign.
    pub(crate) fn parse(typed: &str) -> Result<Self, BadField> {
        let Some((name, value)) = typed.split_once('=') else {
            let typed = typed.trim().to_owned();
            return Err(BadField::NoValue { typed });
        };
        Ok(Self {
            name: canonical_name(name),
            value: value.trim().to_owned(),
        })
    }
}

/// Why a field is not set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadField {
    #[error("'{typed}' names no value")]
    NoValue { typed: String },
    #[error("'{typed}' is given twice")]
    Twice { typed: String },
    #[error("the policy has no field '{typed}'")]
    Unknown { typed: String, known: Vec<String> },
    #[error("the policy has no field '{typed}' any more; its value stays as it is")]
    Removed { typed: String },
    #[error("'{typed}' is not a value of {field}")]
    Value {
        field: String,
        typed: String,
        wanted: String,
    },
    #[error(transparent)]
    Text(#[from] BadText),
}

impl BadField {
    /// Returns what to type instead.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::NoValue { typed } => {
                format!("write {typed}=VALUE, or {typed}= to remove the value")
            }
            Self::Twice { typed } => format!("give {typed} once"),
            Self::Unknown { known, .. } if known.is_empty() => {
                "define it in the policy: desk policy edit, then [fields.NAME] with a type"
                    .to_owned()
            }
            Self::Unknown { typed, known } => {
                let all = known.join(", ");
                let names = known.iter().map(String::as_str);
                match super::did_you_mean::nearest(typed, names).first() {
                    Some(meant) => format!("did you mean '{meant}'? fields: {all}"),
                    None => format!("fields: {all}"),
                }
            }
            Self::Removed { typed } => {
                format!("remove the value with {typed}=, or define [fields.{typed}] again")
            }
            Self::Value { wanted, .. } => format!("write {wanted}"),
            Self::Text(text) => text.hint(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::sample_fields;

    fn field(kind: FieldType) -> FieldDefinition {
        sample_fields::field("x", kind)
    }

    #[test]
    fn values_are_checked_by_type_and_stored_in_one_form() {
        for (kind, typed, stored) in [
            (FieldType::Text, " SRV-1 ", Some("SRV-1")),
            (FieldType::Text, "a\nb", None),
            (FieldType::Number, "007.50", Some("7.5")),
            (FieldType::Number, "-0", Some("0")),
            (FieldType::Number, "12 apples", None),
            (FieldType::Date, "2026-02-28", Some("2026-02-28")),
            (FieldType::Date, "2026-02-30", None),
            (FieldType::Date, "28.2.2026", None),
            (FieldType::Choice, "red", Some("Red")),
            (FieldType::Choice, "green", None),
        ] {
            let value = field(kind).value(typed).ok().map(|value| value.value);
            assert_eq!(value.as_deref(), stored, "{kind} {typed}");
        }
        let hint = field(FieldType::Choice).value("green").unwrap_err().hint();
        assert_eq!(hint, "write one of Red, Blue");
    }

    #[test]
    fn a_field_is_asked_for_in_its_categories() {
        let mut asset = field(FieldType::Text);
        let path = |path| Category::parse(path).unwrap();
        assert!(asset.applies_to(None));
        asset.categories = vec![path("hardware")];
        assert!(!asset.applies_to(None));
        assert!(asset.applies_to(Some(&path("hardware/laptop"))));
        assert!(!asset.applies_to(Some(&path("network"))));
    }

    #[test]
    fn a_typed_field_has_an_equals_sign() {
        let field = TypedField::parse("Asset = a=b ").unwrap();
        assert_eq!(
            (field.name.as_str(), field.value.as_str()),
            ("asset", "a=b")
        );
        let fault = TypedField::parse("asset").unwrap_err();
        assert_eq!(
            fault.hint(),
            "write asset=VALUE, or asset= to remove the value"
        );
    }
}
