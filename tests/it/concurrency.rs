//! Helpers that run several processes at once and read a store directly.

use std::path::Path;
use std::process::{Child, Command};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

use crate::env::{Env, Output};

/// Starts all commands before it waits for any.
pub(crate) fn at_once(env: &Env, commands: Vec<Command>) -> Vec<Output> {
    let children: Vec<Child> = commands
        .into_iter()
        .map(|mut command| command.spawn().unwrap())
        .collect();
    children.into_iter().map(|child| done(env, child)).collect()
}

/// Waits for a run to end.
pub(crate) fn done(env: &Env, child: Child) -> Output {
    env.output(child.wait_with_output().unwrap())
}

/// All that a store holds, row by row, as SQLite reads it; `None` where it
/// cannot be read.
pub(crate) fn dump(db: &Path) -> Option<Vec<String>> {
    let conn = Connection::open_with_flags(db, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    let mut rows = Vec::new();
    let tables = [
        "meta",
        "counter",
        "ticket",
        "event",
        "field",
        "alarm",
        "alarm_text",
    ];
    // Without an index: what is told is the rows themselves.
    let plain = tables.map(|table| (table, format!("SELECT * FROM {table} NOT INDEXED")));
    // And what can be searched.
    let index =
        ["ticket_text", "ticket_term"].map(|table| (table, format!("SELECT * FROM {table}")));
    for (table, statement) in plain.into_iter().chain(index) {
        let mut statement = conn.prepare(&statement).ok()?;
        let columns = statement.column_count();
        let mut found = statement.query([]).ok()?;
        while let Some(row) = found.next().ok()? {
            let values: Result<Vec<Value>, _> = (0..columns).map(|at| row.get(at)).collect();
            rows.push(format!("{table} {:?}", values.ok()?));
        }
    }
    rows.sort();
    Some(rows)
}

/// Chance that can be repeated (`SplitMix64`).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, sides: u64) -> u64 {
        self.roll() % sides
    }
}
