//! Takes over rows, page by page.

use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::port::CopyTarget;
use super::super::sql::chain_head::{self, CLOCK, CREATED, GENESIS, STORE};
use super::super::sql::driver::{Executor, Row, Value};
use super::super::sql::marks::COPY;
use super::super::sql::statements;
use super::tables::{TABLES, Table};
use super::tickets;
use crate::domain::policy::versions::PolicyParser;
use crate::domain::store_copy::CopyProgress;

/// The entries of `meta` that are copied: who the store is, and what it knows. The
/// others are about one place only.
const ENTRIES: [&str; 5] = [STORE, CREATED, GENESIS, CLOCK, COPY];

/// A page has at most so many bytes, and a row more.
const PAGE_BYTES: usize = 8 << 20;

const SET_COUNTER: &str = "INSERT INTO counter (name, value) VALUES ($1, $2) \
     ON CONFLICT (name) DO UPDATE SET value = excluded.value";

/// Fills an empty store with everything that another one has.
///
/// # Errors
/// [`StoreError::Damaged`] if the copy has another number of rows, and any error of
/// the engines.
pub(super) fn copy(
    from: &Executor<'_>,
    to: &Executor<'_>,
    target: &dyn CopyTarget,
    parse: PolicyParser,
    observe: &mut dyn FnMut(CopyProgress),
) -> Result<(), StoreError> {
    let mut entries = chain_head::meta(from)?;
    for name in ENTRIES {
        if let Some(value) = entries.remove(name) {
            let values = [name.into(), value.into()];
            to.execute(statements::KEEP_META, &values)?;
        }
    }
    let mut expected = Vec::new();
    for table in TABLES {
        expected.push(count(from, table)?);
    }
    let (_, tickets) = counts(from)?;
    let all = expected.iter().sum::<u64>() + tickets;
    let mut done = 0;
    observe(CopyProgress::Copying { done, all });
    tickets::write(from, to, target, parse, &mut || {
        done += 1;
        observe(CopyProgress::Copying { done, all });
    })?;
    for table in TABLES {
        copy_table(from, to, table, &mut |rows| {
            done += rows;
            observe(CopyProgress::Copying { done, all });
        })?;
    }
    let counter = |row: &Row<'_>| Ok((row.text("name")?, row.int("value")?));
    for (name, value) in from.all(statements::COUNTERS, &[], counter)? {
        to.execute(SET_COUNTER, &[name.into(), value.into()])?;
    }
    for (table, expected) in TABLES.iter().zip(expected) {
        let found = count(to, table)?;
        if found != expected {
            return Err(StoreError::damaged(format!(
                "the copy has {found} rows of {} and not {expected}",
                table.name
            )));
        }
    }
    Ok(())
}

/// The number of events of tickets, and of tickets.
///
/// # Errors
/// Any error of the engine.
pub(super) fn counts(db: &Executor<'_>) -> Result<(u64, u64), StoreError> {
    const EVENTS: &str = "SELECT count(*) AS events FROM event WHERE ticket IS NOT NULL";
    let events = db.first(EVENTS, &[], |row| row.number("events"))?;
    let tickets = db.first(statements::TICKET_COUNT, &[], |row| row.number("tickets"))?;
    Ok((events.unwrap_or(0), tickets.unwrap_or(0)))
}

fn count(db: &Executor<'_>, table: &Table) -> Result<u64, StoreError> {
    let found = db.first(&table.count(), &[], |row| row.number("rows_there"))?;
    Ok(found.unwrap_or(0))
}

fn copy_table(
    from: &Executor<'_>,
    to: &Executor<'_>,
    table: &Table,
    written: &mut dyn FnMut(u64),
) -> Result<(), StoreError> {
    let whole_page = table.insert(table.page);
    let width = table.columns.len();
    let mut after: Vec<Value> = Vec::new();
    loop {
        let page = read_page(from, table, &after)?;
        let rows = page.len() / width;
        let Some(last) = page.chunks(width).next_back() else {
            return Ok(());
        };
        after = last[..table.key].to_vec();
        match rows == table.page {
            true => to.execute(&whole_page, &page)?,
            false => to.execute(&table.insert(rows), &page)?,
        }
        written(rows as u64);
    }
}

/// The values of the rows after a key, row by row: as many as a page has, or fewer
/// if they are large.
fn read_page(
    from: &Executor<'_>,
    table: &Table,
    after: &[Value],
) -> Result<Vec<Value>, StoreError> {
    let mut page = Vec::new();
    let mut bytes = 0;
    from.query(&table.select(!after.is_empty()), after, &mut |row| {
        for column in table.columns {
            let value = Value::from(row.value(column)?);
            bytes += match &value {
                Value::Null | Value::Int(_) => 8,
                Value::Text(text) => text.len(),
                Value::Blob(bytes) => bytes.len(),
            };
            page.push(value);
        }
        Ok(match bytes < PAGE_BYTES {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        })
    })?;
    Ok(page)
}
