//! The levels of impact and urgency, and the matrix that maps them to a
//! priority.

use super::toml_reader::{Faults, TomlTable, TomlValue, unknown_word};
use super::{Policy, short_name};
use crate::domain::priority::{Matrix, Priority};
use crate::domain::vocabulary::UnknownWord;

const MIN_LEVELS: usize = 2;
const MAX_LEVELS: usize = 5;

pub(super) fn parse(root: &TomlTable<'_>, faults: &Faults) -> Matrix {
    let built_in = Policy::built_in().matrix;
    let levels = root.table("levels", faults, "a table with impact and urgency");
    let (mut impact, mut urgency) = (None, None);
    if let Some(levels) = &levels {
        levels.allow_keys(faults, &["impact", "urgency"]);
        impact = levels.get("impact").map(|node| scale(node, faults));
        urgency = levels.get("urgency").map(|node| scale(node, faults));
    }
    // The matrix is not checked against levels with faults.
    let sound = impact != Some(None) && urgency != Some(None);
    let mut matrix = Matrix {
        impact: impact.flatten().unwrap_or(built_in.impact),
        urgency: urgency.flatten().unwrap_or(built_in.urgency),
        cells: Vec::new(),
    };
    let (high, wide) = (matrix.impact.len(), matrix.urgency.len());
    match root.get("matrix") {
        Some(node) => {
            if let Some(table) = node.table(faults, "a table with a row for each impact level") {
                matrix.cells = rows(&table, faults, &matrix, sound);
            }
        }
        None if high == built_in.cells.len() && wide == built_in.cells[0].len() => {
            matrix.cells = built_in.cells;
        }
        None => {
            if let Some(levels) = &levels
                && sound
            {
                let message = format!(
                    "the built-in matrix has 3 rows of 3 cells: write a [matrix] of {high} rows with {wide} cells each"
                );
                levels.add_fault(faults, message);
            }
        }
    }
    // Later checks index the matrix, so it must be complete even with faults.
    matrix.cells.resize(high, Vec::new());
    for row in &mut matrix.cells {
        row.resize(wide, Priority::LOWEST);
    }
    matrix
}

/// The level names, highest first; `None` if one of them has a fault.
fn scale(node: &TomlValue<'_>, faults: &Faults) -> Option<Vec<String>> {
    let wanted = "a list of 2 to 5 names, the highest first";
    let items = node.items(faults, 1000, wanted)?;
    if !(MIN_LEVELS..=MAX_LEVELS).contains(&items.len()) {
        let n = items.len();
        faults.add(node, format!("write {wanted}, not {n}"));
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    for item in &items {
        let Some(typed) = item.text(faults, "a name in quotes") else {
            continue;
        };
        match short_name("level", &typed.to_lowercase()) {
            Ok(name) if names.contains(&name) => {
                faults.add(item, format!("'{name}' is listed twice"));
            }
            Ok(name) if name.parse::<u64>().is_ok() => {
                let message =
                    format!("'{name}' would be read as a position on the scale: use a word");
                faults.add(item, message);
            }
            Ok(name) => names.push(name),
            Err(message) => faults.add(item, message),
        }
    }
    (names.len() == items.len()).then_some(names)
}

fn rows(table: &TomlTable<'_>, faults: &Faults, matrix: &Matrix, sound: bool) -> Vec<Vec<u8>> {
    let mut rows: Vec<Option<Vec<u8>>> = vec![None; matrix.impact.len()];
    for (name, node) in table.entries(faults, 1000) {
        let cells = row(node, faults, sound.then_some(&matrix.urgency));
        let level = name.trim().to_lowercase();
        match matrix.impact.iter().position(|known| *known == level) {
            Some(at) if rows[at].is_some() => {
                faults.add(node, format!("a second row for '{level}'"));
            }
            Some(at) => rows[at] = Some(cells.unwrap_or_default()),
            None if sound => {
                let levels = matrix.impact.iter().cloned();
                let fault = UnknownWord::new("impact level", name, levels);
                faults.add(node, unknown_word(&fault));
            }
            None => {}
        }
    }
    for (level, row) in matrix.impact.iter().zip(&rows) {
        if row.is_none() && sound && !faults.has_syntax_errors() {
            table.add_fault(faults, format!("there is no row for '{level}'"));
        }
    }
    rows.into_iter().map(Option::unwrap_or_default).collect()
}

fn row(node: &TomlValue<'_>, faults: &Faults, urgency: Option<&Vec<String>>) -> Option<Vec<u8>> {
    let items = node.items(faults, 1000, "a list of priorities, one for each urgency")?;
    if let Some(urgency) = urgency
        && items.len() != urgency.len()
    {
        let (n, wide) = (items.len(), urgency.len());
        let names = urgency.join(", ");
        faults.add(
            node,
            format!("it has {n} cells and needs {wide}: one for each of {names}"),
        );
    }
    let cell = |item: &TomlValue<'_>| {
        if item.is_text() {
            let typed = item.text(faults, "a priority")?;
            let fault = |_| format!("'{typed}' is not a priority; write P1 to P9");
            let read = Priority::parse(typed).map_err(fault);
            faults.ok_or_add(item, read).map(Priority::rank)
        } else {
            let rank = item.integer_between(faults, 1, Priority::LOWEST.into())?;
            u8::try_from(rank).ok()
        }
    };
    Some(items.iter().filter_map(cell).collect())
}

/// The distinct priorities in the matrix, highest first.
pub(super) fn priorities(matrix: &Matrix) -> Vec<Priority> {
    let mut ranks: Vec<u8> = matrix.cells.iter().flatten().copied().collect();
    ranks.sort_unstable();
    ranks.dedup();
    ranks.into_iter().map(Priority::from_rank).collect()
}

/// Parses a priority; with a matrix, one that occurs in it.
pub(super) fn priority(
    node: &TomlValue<'_>,
    faults: &Faults,
    matrix: Option<&Matrix>,
) -> Option<Priority> {
    let read = if let Some(rank) = node.integer() {
        Priority::parse(&rank.to_string())
    } else {
        Priority::parse(node.text(faults, "a priority such as \"P1\"")?)
    };
    let priority = faults.ok_or_add(
        node,
        read.map_err(|fault| format!("{fault}; write P1 to P9")),
    )?;
    if let Some(matrix) = matrix {
        check_priority(node, faults, matrix, priority);
    }
    Some(priority)
}

/// Adds a fault for a priority that does not occur in the matrix.
pub(super) fn check_priority(
    node: &TomlValue<'_>,
    faults: &Faults,
    matrix: &Matrix,
    priority: Priority,
) {
    let all = priorities(matrix);
    if !all.contains(&priority) && faults.is_valid("matrix") && faults.is_valid("levels") {
        let names: Vec<String> = all.iter().map(ToString::to_string).collect();
        let names = names.join(", ");
        faults.add(
            node,
            format!("no ticket can have {priority}: the matrix contains {names}"),
        );
    }
}
