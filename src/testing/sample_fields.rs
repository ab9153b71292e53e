//! Fields of a policy, for tests.

use crate::domain::custom_field::FieldDefinition;
use crate::domain::vocabulary::FieldType;

/// A field of every category, which no step requires.
pub(crate) fn field(name: &str, kind: FieldType) -> FieldDefinition {
    FieldDefinition {
        name: name.to_owned(),
        label: None,
        kind,
        choices: vec!["Red".to_owned(), "Blue".to_owned()],
        categories: Vec::new(),
        required_to: None,
    }
}

/// A text and a number.
pub(crate) fn asset_and_cost() -> Vec<FieldDefinition> {
    vec![
        field("asset", FieldType::Text),
        field("cost", FieldType::Number),
    ]
}
