//! The SQLite engine behind the driver seam: `$n` becomes `?n`, statements are
//! kept prepared, and its errors become the store's. Opens no files.

pub(super) mod log;
pub(super) mod structure;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode};

use super::book::Book;
use super::driver::{Driver, Flow, Row, Value, damaged};
use super::{AccessMode, Store, StoreError, Transaction, Verification, backup, verify};

/// A store in an SQLite file.
#[derive(Debug)]
pub(crate) struct SqliteStore {
    conn: Connection,
    path: PathBuf,
}

impl SqliteStore {
    /// Takes an opened file.
    pub(super) const fn over(conn: Connection, path: PathBuf) -> Self {
        Self { conn, path }
    }

    /// The file itself, symbolic links followed.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a transaction on the engine.
    pub(super) fn session(&self, intent: AccessMode) -> Result<Session<'_>, StoreError> {
        Session::begin(&self.conn, &self.path, intent)
    }

    /// The connection, for what only this engine can do.
    pub(super) const fn connection(&self) -> &Connection {
        &self.conn
    }
}

impl Store for SqliteStore {
    fn begin(&self, intent: AccessMode) -> Result<Box<dyn Transaction + '_>, StoreError> {
        let session = self.session(intent)?;
        Ok(Box::new(Book::over(Box::new(session))))
    }

    fn verify(&self, expected_head: Option<&str>) -> Result<Verification, StoreError> {
        verify::verify(self, expected_head)
    }

    fn backup(&self, target: &Path) -> Result<(), StoreError> {
        backup::backup(&self.conn, target)
    }
}

/// An open transaction.
pub(super) struct Session<'a> {
    conn: &'a Connection,
    path: &'a Path,
    /// Whether it was begun here, and is undone here when it is dropped.
    own: bool,
}

impl<'a> Session<'a> {
    /// Speaks inside a transaction that somebody else began and will end.
    pub(super) const fn within(conn: &'a Connection, path: &'a Path) -> Self {
        Self {
            conn,
            path,
            own: false,
        }
    }

    /// # Errors
    /// [`StoreError::Busy`] when the write lock cannot be had in time,
    /// [`StoreError::Access`] where it may not be written.
    pub(super) fn begin(
        conn: &'a Connection,
        path: &'a Path,
        intent: AccessMode,
    ) -> Result<Self, StoreError> {
        let begin = match intent {
            AccessMode::Read => "BEGIN",
            AccessMode::Write => "BEGIN IMMEDIATE",
        };
        // SQLite falls back to reading where it may not write, in silence.
        if intent == AccessMode::Write && conn.is_readonly("main").unwrap_or(true) {
            return Err(StoreError::Access {
                path: path.to_owned(),
                doing: "written",
                reason: "it is open for reading only".to_owned(),
            });
        }
        conn.execute_batch(begin)
            .map_err(|fault| failure(&fault, path))?;
        Ok(Self {
            conn,
            path,
            own: true,
        })
    }

    fn failure(&self, fault: &rusqlite::Error) -> StoreError {
        failure(fault, self.path)
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        if self.own && !self.conn.is_autocommit() {
            // If even this fails, closing the connection undoes it.
            let _ = self.conn.execute_batch("ROLLBACK");
        }
    }
}

impl Driver for Session<'_> {
    fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.conn
            .execute_batch(sql)
            .map_err(|fault| self.failure(&fault))
    }

    fn execute(&self, sql: &str, values: &[Value]) -> Result<usize, StoreError> {
        let run = || {
            let mut statement = self.conn.prepare_cached(&numbered(sql))?;
            statement.execute(rusqlite::params_from_iter(values))
        };
        run().map_err(|fault| self.failure(&fault))
    }

    fn query(
        &self,
        sql: &str,
        values: &[Value],
        take: &mut dyn FnMut(Row) -> Flow,
    ) -> Result<(), StoreError> {
        let fail = |fault: rusqlite::Error| self.failure(&fault);
        let mut statement = self.conn.prepare_cached(&numbered(sql)).map_err(fail)?;
        let columns = statement.column_count();
        let mut rows = statement
            .query(rusqlite::params_from_iter(values))
            .map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let mut found = Vec::with_capacity(columns);
            for column in 0..columns {
                found.push(value(row.get_ref(column).map_err(fail)?)?);
            }
            match take(Row::new(found))? {
                ControlFlow::Continue(()) => {}
                ControlFlow::Break(()) => break,
            }
        }
        Ok(())
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.conn
            .execute_batch("COMMIT")
            .map_err(|fault| StoreError::Unknown {
                detail: fault.to_string(),
            })
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn value(found: ValueRef<'_>) -> Result<Value, StoreError> {
    match found {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Real(_) => Err(damaged("a value is a fraction")),
        ValueRef::Text(bytes) => String::from_utf8(bytes.to_vec())
            .map(Value::Text)
            .map_err(|_| damaged("a text is not UTF-8")),
        ValueRef::Blob(bytes) => Ok(Value::Blob(bytes.to_vec())),
    }
}

/// Rewrites `$1` to `?1`: to SQLite `$1` is a name, numbered by its first
/// appearance.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

/// What an error of the engine means for the store at `path`.
pub(super) fn failure(fault: &rusqlite::Error, path: &Path) -> StoreError {
    let detail = fault.to_string();
    let access = |doing: &'static str| StoreError::Access {
        path: path.to_owned(),
        doing,
        reason: detail.clone(),
    };
    let Some(code) = fault.sqlite_error_code() else {
        return StoreError::Failed { detail };
    };
    if [ErrorCode::DatabaseBusy, ErrorCode::DatabaseLocked].contains(&code) {
        StoreError::Busy
    } else if [ErrorCode::DatabaseCorrupt, ErrorCode::NotADatabase].contains(&code) {
        StoreError::Damaged { detail }
    } else if code == ErrorCode::DiskFull {
        StoreError::DiskFull
    } else if code == ErrorCode::ReadOnly {
        access("written")
    } else if [ErrorCode::CannotOpen, ErrorCode::PermissionDenied].contains(&code) {
        access("opened")
    } else {
        StoreError::Failed { detail }
    }
}

#[cfg(test)]
mod tests {
    use super::super::filter::Filter;
    use super::super::samples::{at, fresh, opened};
    use super::super::sql;
    use super::*;
    use crate::domain::people::Agent;
    use crate::domain::query::{Query, SortKey};
    use crate::domain::vocabulary::Grouping;

    #[test]
    fn errors_of_the_engine_become_those_of_the_store() {
        use rusqlite::ffi;
        let meaning = |code: i32| {
            let fault = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let text = format!("{:?}", failure(&fault, Path::new("/x")));
            let end = text.find([' ', '{']).unwrap_or(text.len());
            text[..end].to_owned()
        };
        for (code, expected) in [
            (ffi::SQLITE_BUSY, "Busy"),
            (ffi::SQLITE_LOCKED, "Busy"),
            (ffi::SQLITE_FULL, "DiskFull"),
            (ffi::SQLITE_CORRUPT, "Damaged"),
            (ffi::SQLITE_NOTADB, "Damaged"),
            (ffi::SQLITE_READONLY, "Access"),
            (ffi::SQLITE_CANTOPEN, "Access"),
            (ffi::SQLITE_PERM, "Access"),
            (ffi::SQLITE_IOERR, "Failed"),
        ] {
            assert_eq!(meaning(code), expected, "{code}");
        }
    }

    #[test]
    fn a_commit_that_fails_has_an_unknown_outcome() {
        let (_home, store) = fresh();
        let session = Box::new(store.session(AccessMode::Write).unwrap());
        let orphan = "PRAGMA defer_foreign_keys = ON; \
                      INSERT INTO field VALUES (9, 'p', x'00', 'v');";
        session.batch(orphan).unwrap();
        let failed = session.commit().unwrap_err();
        assert!(matches!(failed, StoreError::Unknown { .. }), "{failed}");
        assert_eq!(store.verify(None).unwrap().faults, Vec::<String>::new());
        store.begin(AccessMode::Write).unwrap();
    }

    #[test]
    fn a_second_writer_is_told_that_the_store_is_busy_and_a_reader_is_not() {
        let (home, store) = fresh();
        let other = opened(&home.path().join("desk.db"));
        let impatient = std::time::Duration::ZERO;
        other.connection().busy_timeout(impatient).unwrap();
        let writing = store.begin(AccessMode::Write).unwrap();
        let refused = other.begin(AccessMode::Write).map(drop);
        assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
        let reading = other.begin(AccessMode::Read).unwrap();
        assert_eq!(reading.by_key("x").unwrap(), None);
        drop((writing, reading));
        other.begin(AccessMode::Write).unwrap();
    }

    /// How SQLite goes about the list that a query asks for.
    fn plan(query: &Query) -> String {
        let (_home, store) = fresh();
        let (rest, values) = Filter::of(query, at(0)).ordered(query);
        let statement = format!("EXPLAIN QUERY PLAN {}", sql::select_tickets(&rest));
        let session = store.session(AccessMode::Read).unwrap();
        let driver: &dyn Driver = &session;
        let steps = driver.all(&statement, &values, |mut row| {
            row.skip(3);
            row.text()
        });
        steps.unwrap().join("; ")
    }

    #[test]
    fn the_everyday_lists_are_ranges_of_an_index_and_are_not_sorted() {
        let page = Query {
            limit: Some(50),
            ..Query::open()
        };
        let mine = Query {
            assignees: vec![Agent::from_stored("anna")],
            ..page.clone()
        };
        let overdue = Query {
            overdue: true,
            ..page.clone()
        };
        let soon = Query {
            due_before: Some(at(60)),
            ..Query::open()
        };
        let nobodys = Query {
            unassigned: true,
            ..page.clone()
        };
        let backwards = Query {
            reverse: true,
            ..page.clone()
        };
        let by_number = Query {
            sort: SortKey::Id,
            ..Query::all()
        };
        let known = Query {
            known_errors: true,
            reverse: true,
            ..by_number.clone()
        };
        let plans = [
            page, mine, overdue, soon, nobodys, backwards, by_number, known,
        ];
        let plans = plans.map(|query| plan(&query)).join("\n");
        insta::assert_snapshot!(plans, @"
        SCAN ticket USING INDEX ticket_due
        SEARCH ticket USING INDEX ticket_assignee (assignee=?)
        SEARCH ticket USING INDEX ticket_due (next_due<?)
        SEARCH ticket USING INDEX ticket_due (next_due<?)
        SEARCH ticket USING INDEX ticket_assignee (assignee=?)
        SCAN ticket USING INDEX ticket_due
        SCAN ticket
        SCAN ticket USING INDEX ticket_known
        ");
    }

    #[test]
    fn a_history_is_read_by_its_indexes() {
        let (_home, store) = fresh();
        let session = store.session(AccessMode::Read).unwrap();
        let driver: &dyn Driver = &session;
        let steps = |statement: &str, values: &[Value]| {
            let steps = driver.all(
                &format!("EXPLAIN QUERY PLAN {statement}"),
                values,
                |mut row| {
                    row.skip(3);
                    row.text()
                },
            );
            steps.unwrap().join("; ")
        };
        let one = Value::Int(1);
        let open = Query::open();
        let (tally, now) = Filter::of(&open, at(0)).tallied(&open, Grouping::Priority, at(0));
        let all = [
            steps(sql::HISTORY, std::slice::from_ref(&one)),
            steps(sql::HISTORIES, &[]),
            steps(sql::CHAIN, &[]),
            steps(sql::BY_KEY, &["k".into()]),
            steps(sql::HEAD, &[]),
            steps(&tally, &now),
        ];
        insta::assert_snapshot!(all.join("\n"), @"
        SEARCH e USING INDEX sqlite_autoindex_event_1 (ticket=?); SEARCH f USING PRIMARY KEY (seq=?) LEFT-JOIN
        SCAN e USING INDEX sqlite_autoindex_event_1; SEARCH f USING PRIMARY KEY (seq=?) LEFT-JOIN
        SCAN e; SEARCH f USING PRIMARY KEY (seq=?) LEFT-JOIN
        SEARCH ticket USING COVERING INDEX ticket_key (key=?)
        SCAN event
        SCAN ticket USING INDEX ticket_due; USE TEMP B-TREE FOR GROUP BY; USE TEMP B-TREE FOR ORDER BY
        ");
    }
}
