//! The page that explains the columns, made from their own table.

use super::Column;

/// Every column with its meaning, as a page in Markdown.
pub(crate) fn page() -> String {
    let mut page = "# Columns\n\n\
        `desk list`, `sla` and `overdue` print the columns that `--columns` names, in that\n\
        order: `desk list --columns id,priority,title`. The same names are the fields in\n\
        JSON and the headings in CSV.\n\n\
        | Column | Meaning |\n|---|---|\n"
        .to_owned();
    for column in Column::ALL {
        page += &format!("| `{}` | {} |\n", column.as_str(), column.meaning());
    }
    page += "\nA clock is several columns in CSV: its state, target, due time and what is used\n\
        and left, in seconds. In tables, `*` marks a due time that was promised by hand.\n";
    page
}
