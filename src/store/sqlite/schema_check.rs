//! Checks that the file is a sound SQLite database with the schema that the
//! migrations create. Knows nothing of what the tables mean.

use rusqlite::Connection;

use super::migrations;

type Check = fn(&Connection) -> rusqlite::Result<Vec<String>>;

/// What is wrong with the file or its schema, as sentences.
pub(crate) fn faults(conn: &Connection) -> Vec<String> {
    let mut faults = Vec::new();
    let checks: [Check; 3] = [integrity, references, schema];
    for check in checks {
        match check(conn) {
            Ok(found) => faults.extend(found),
            Err(fault) => faults.push(with_remedy(format!("the file cannot be checked: {fault}"))),
        }
    }
    faults
}

fn integrity(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = conn.prepare("PRAGMA integrity_check(20)")?;
    let found = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut faults: Vec<String> = found.collect::<Result<_, _>>()?;
    faults.retain(|line| line != "ok");
    let faults = faults.into_iter().map(|fault| format!("file: {fault}"));
    Ok(faults.map(with_remedy).collect())
}

/// Adds what to do about a fault in the search index.
fn with_remedy(fault: String) -> String {
    let low = fault.to_ascii_lowercase();
    if low.contains("fts5") && !low.contains("file format") {
        format!("{fault}; rebuild the search index with: desk reindex")
    } else {
        fault
    }
}

fn references(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let found = statement.query_map([], |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("a row of {table} refers to a missing {parent}"))
    })?;
    found.take(20).collect()
}

fn schema(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut fresh = Connection::open_in_memory()?;
    migrations::run(&mut fresh, migrations::ALL, |_| None)?;
    let (expected, found) = (objects(&fresh)?, objects(conn)?);
    let mut faults = Vec::new();
    for object in &found {
        if !expected.contains(object) {
            faults.push(format!("schema: unknown or altered {}", object.1));
        }
    }
    for object in &expected {
        if !found.contains(object) {
            faults.push(format!("schema: missing {}", object.1));
        }
    }
    Ok(faults)
}

type Object = (String, String, String, Option<String>);

fn objects(conn: &Connection) -> rusqlite::Result<Vec<Object>> {
    let mut statement = conn.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema")?;
    let found = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    found.collect()
}
