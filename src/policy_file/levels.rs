//! The scales of impact and urgency, and the matrix that makes a priority of
//! them.

use super::toml_reader::{Log, Node, Table, unknown};
use super::{Policy, short_name};
use crate::domain::priority::{Matrix, Priority};
use crate::domain::vocabulary::UnknownWord;

const LEAST: usize = 2;
const MOST: usize = 5;

pub(super) fn read(root: &Table<'_>, log: &Log) -> Matrix {
    let built_in = Policy::built_in().matrix;
    let levels = root
        .get("levels")
        .and_then(|node| node.table(log, "a table with impact and urgency"));
    let (mut impact, mut urgency) = (None, None);
    if let Some(levels) = &levels {
        levels.only(log, &["impact", "urgency"]);
        impact = levels.get("impact").map(|node| scale(node, log));
        urgency = levels.get("urgency").map(|node| scale(node, log));
    }
    // A scale with faults is not measured against the matrix.
    let sound = impact != Some(None) && urgency != Some(None);
    let mut matrix = Matrix {
        impact: impact.flatten().unwrap_or(built_in.impact),
        urgency: urgency.flatten().unwrap_or(built_in.urgency),
        cells: Vec::new(),
    };
    let (high, wide) = (matrix.impact.len(), matrix.urgency.len());
    match root.get("matrix") {
        Some(node) => {
            if let Some(table) = node.table(log, "a table with a row for each impact level") {
                matrix.cells = rows(&table, log, &matrix, sound);
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
                levels.fault(log, message);
            }
        }
    }
    // Nobody is handed a matrix with holes, not even together with its faults.
    matrix.cells.resize(high, Vec::new());
    for row in &mut matrix.cells {
        row.resize(wide, Priority::LOWEST);
    }
    matrix
}

/// The names of a scale; `None` when one of them has a fault.
fn scale(node: &Node<'_>, log: &Log) -> Option<Vec<String>> {
    let wanted = "a list of 2 to 5 names, the greatest first";
    let items = node.items(log, 1000, wanted)?;
    if !(LEAST..=MOST).contains(&items.len()) {
        let n = items.len();
        log.fault(node, format!("write {wanted}, not {n}"));
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    for item in &items {
        let Some(typed) = item.text(log, "a name in quotes") else {
            continue;
        };
        match short_name("level", &typed.to_lowercase()) {
            Ok(name) if names.contains(&name) => {
                log.fault(item, format!("'{name}' is named twice"));
            }
            Ok(name) if name.parse::<u64>().is_ok() => {
                let message = format!("'{name}' would be read as a place on the scale: use a word");
                log.fault(item, message);
            }
            Ok(name) => names.push(name),
            Err(message) => log.fault(item, message),
        }
    }
    (names.len() == items.len()).then_some(names)
}

fn rows(table: &Table<'_>, log: &Log, matrix: &Matrix, sound: bool) -> Vec<Vec<u8>> {
    let mut rows: Vec<Option<Vec<u8>>> = vec![None; matrix.impact.len()];
    for (name, node) in table.entries(log, 1000) {
        let cells = row(node, log, sound.then_some(&matrix.urgency));
        let level = name.trim().to_lowercase();
        match matrix.impact.iter().position(|known| *known == level) {
            Some(at) if rows[at].is_some() => {
                log.fault(node, format!("a second row for '{level}'"));
            }
            Some(at) => rows[at] = Some(cells.unwrap_or_default()),
            None if sound => {
                let levels = matrix.impact.iter().cloned();
                let fault = UnknownWord::new("impact level", name, levels);
                log.fault(node, unknown(&fault));
            }
            None => {}
        }
    }
    for (level, row) in matrix.impact.iter().zip(&rows) {
        if row.is_none() && sound && !log.is_broken() {
            table.fault(log, format!("there is no row for '{level}'"));
        }
    }
    rows.into_iter().map(Option::unwrap_or_default).collect()
}

fn row(node: &Node<'_>, log: &Log, urgency: Option<&Vec<String>>) -> Option<Vec<u8>> {
    let items = node.items(log, 1000, "a list of priorities, one for each urgency")?;
    if let Some(urgency) = urgency
        && items.len() != urgency.len()
    {
        let (n, wide) = (items.len(), urgency.len());
        let names = urgency.join(", ");
        log.fault(
            node,
            format!("it has {n} cells and needs {wide}: one for each of {names}"),
        );
    }
    let cell = |item: &Node<'_>| {
        if item.is_text() {
            let typed = item.text(log, "a priority")?;
            let fault = |_| format!("'{typed}' is no priority; write P1 to P9");
            let read = Priority::parse(typed).map_err(fault);
            log.taken(item, read).map(Priority::rank)
        } else {
            let rank = item.number(log, 1, Priority::LOWEST.into())?;
            u8::try_from(rank).ok()
        }
    };
    Some(items.iter().filter_map(cell).collect())
}

/// The priorities that the matrix gives, each once.
pub(super) fn priorities(matrix: &Matrix) -> Vec<Priority> {
    let mut ranks: Vec<u8> = matrix.cells.iter().flatten().copied().collect();
    ranks.sort_unstable();
    ranks.dedup();
    ranks.into_iter().map(Priority::from_rank).collect()
}

/// A priority that some ticket can have.
pub(super) fn priority(node: &Node<'_>, log: &Log, matrix: Option<&Matrix>) -> Option<Priority> {
    let read = if let Some(rank) = node.integer() {
        Priority::parse(&rank.to_string())
    } else {
        Priority::parse(node.text(log, "a priority such as \"P1\"")?)
    };
    let priority = log.taken(
        node,
        read.map_err(|fault| format!("{fault}; write P1 to P9")),
    )?;
    if let Some(matrix) = matrix {
        given(node, log, matrix, priority);
    }
    Some(priority)
}

/// Finds fault with a priority that the matrix never gives.
pub(super) fn given(node: &Node<'_>, log: &Log, matrix: &Matrix, priority: Priority) {
    let all = priorities(matrix);
    if !all.contains(&priority) && log.is_sound("matrix") && log.is_sound("levels") {
        let names: Vec<String> = all.iter().map(ToString::to_string).collect();
        let names = names.join(", ");
        log.fault(
            node,
            format!("no ticket can have {priority}: the matrix gives {names}"),
        );
    }
}
