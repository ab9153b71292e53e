//! The words of fields that the policy defines, and of checklists.

use std::fmt;

use super::UnknownWord;

words! {
    /// The type of a field that the policy defines.
    FieldType, "type of a field" {
        Text = "text", Number = "number", Choice = "choice", Date = "date",
    }
}
words! {
    /// The step that needs a value of a field.
    FieldGate, "step" { Resolve = "resolve", Close = "close" }
}
words! {
    /// What becomes of an item of a checklist.
    ChecklistMark, "mark of an item" { Done = "done", Open = "open", Dropped = "dropped" }
}
