//! SQLite as a driver: `$n` becomes `?n`, statements stay prepared, and its
//! errors become the store's. Opens no files.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef as SqliteValue};
use rusqlite::{Connection, ErrorCode};

use super::super::sql::driver::{
    ChainHead, ChainLink, Driver, Row, RowResult, Value, ValueRef, first_row, read_head,
};
use super::super::sql::statements;
use super::super::{AccessMode, StoreError};
use super::connection::BUSY_TIMEOUT;
use super::open_files::OpenFiles;
use super::write_queue::{Turn, Waiting};

/// An open transaction.
pub(super) struct SqliteTransaction<'a> {
    conn: &'a Connection,
    path: &'a Path,
    /// The files to check around a commit.
    files: Option<&'a OpenFiles>,
    /// Whether the transaction was begun here, and so is rolled back on drop.
    owned: bool,
    /// Held until after the commit or the rollback.
    _turn: Option<Turn>,
}

impl<'a> SqliteTransaction<'a> {
    /// Uses a transaction that the caller began and will end.
    pub(super) const fn within(conn: &'a Connection, path: &'a Path) -> Self {
        Self {
            conn,
            path,
            files: None,
            owned: false,
            _turn: None,
        }
    }

    /// Begins a transaction. Writers wait in the queue, as long as others are
    /// getting on.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if nobody wrote for this long and the lock is not
    /// free, [`StoreError::Access`] if the file is not writable.
    pub(super) fn begin(
        conn: &'a Connection,
        path: &'a Path,
        files: &'a OpenFiles,
        mode: AccessMode,
        patience: Duration,
    ) -> Result<Self, StoreError> {
        // SQLite silently opens a file that it may not write for reading.
        if mode.writes() && conn.is_readonly("main").unwrap_or(true) {
            return Err(StoreError::Access {
                location: path.display().to_string(),
                operation: "written",
                reason: "it is open for reading only".to_owned(),
            });
        }
        let turn = match mode {
            AccessMode::Read => conn.execute_batch("BEGIN").map(|()| None),
            AccessMode::Write | AccessMode::WriteTickets => {
                begin_writing(conn, path, patience).map(Some)
            }
        };
        let begun = Self {
            conn,
            path,
            files: mode.writes().then_some(files),
            owned: true,
            _turn: turn.map_err(|fault| store_error(&fault, path))?,
        };
        begun.check_files()?;
        Ok(begun)
    }

    /// # Errors
    /// [`StoreError::Removed`] if what is written would be lost.
    fn check_files(&self) -> Result<(), StoreError> {
        self.files.map_or(Ok(()), OpenFiles::check)
    }

    fn error(&self, fault: &rusqlite::Error) -> StoreError {
        store_error(fault, self.path)
    }
}

/// Begins to write when it is this process's turn. Versions of desk that do not
/// queue may still have the lock then.
fn begin_writing(conn: &Connection, path: &Path, patience: Duration) -> rusqlite::Result<Turn> {
    let mut waiting = Waiting::begin(path, patience);
    let turn = Turn::wait(path, &mut waiting);
    let begun = loop {
        conn.busy_timeout(waiting.next_look())?;
        match conn.execute_batch("BEGIN IMMEDIATE") {
            Err(fault) if is_busy(&fault) && !waiting.is_over() => {}
            begun => break begun,
        }
    };
    conn.busy_timeout(BUSY_TIMEOUT)?;
    begun.map(|()| turn)
}

pub(super) fn is_busy(fault: &rusqlite::Error) -> bool {
    with_code(fault, &[ErrorCode::DatabaseBusy, ErrorCode::DatabaseLocked])
}

impl Drop for SqliteTransaction<'_> {
    fn drop(&mut self) {
        if self.owned && !self.conn.is_autocommit() {
            // If this fails, closing the connection rolls back.
            let _ = self.conn.execute_batch("ROLLBACK");
        }
    }
}

impl Driver for SqliteTransaction<'_> {
    fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.conn
            .execute_batch(sql)
            .map_err(|fault| self.error(&fault))
    }

    fn execute(&self, sql: &str, values: &[Value]) -> Result<(), StoreError> {
        let run = || {
            let mut statement = self.conn.prepare_cached(&numbered(sql))?;
            statement.execute(rusqlite::params_from_iter(values))
        };
        run().map(drop).map_err(|fault| self.error(&fault))
    }

    fn query(
        &self,
        sql: &str,
        values: &[Value],
        take: &mut dyn FnMut(&Row<'_>) -> RowResult,
    ) -> Result<(), StoreError> {
        let fail = |fault: rusqlite::Error| self.error(&fault);
        let mut statement = self.conn.prepare_cached(&numbered(sql)).map_err(fail)?;
        let names = statement.column_names();
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut rows = statement
            .query(rusqlite::params_from_iter(values))
            .map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let mut found = Vec::with_capacity(names.len());
            for column in 0..names.len() {
                found.push(value(row.get_ref(column).map_err(fail)?)?);
            }
            if take(&Row::new(&names, found))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn head(&self) -> Result<ChainHead, StoreError> {
        first_row(self, statements::HEAD, &[], read_head)
    }

    fn lock_head(&self) -> Result<ChainHead, StoreError> {
        // A writer has the whole store.
        self.head()
    }

    fn append(&self, links: &[ChainLink]) -> Result<(), StoreError> {
        for link in links {
            let values: [Value; 10] = [
                link.seq.into(),
                link.ticket.into(),
                link.n.into(),
                link.at_ms.into(),
                link.recorded_ms.into(),
                link.actor.into(),
                link.kind.as_str().into(),
                link.body.as_str().into(),
                link.prev.as_slice().into(),
                link.hash.as_slice().into(),
            ];
            self.execute(statements::ADD_EVENT, &values)?;
            for text in &link.fields {
                let values: [Value; 4] = [
                    link.seq.into(),
                    text.path.as_str().into(),
                    text.salt.as_slice().into(),
                    text.value.as_str().into(),
                ];
                self.execute(statements::ADD_FIELD, &values)?;
            }
        }
        Ok(())
    }

    fn lock_ticket(&self, _id: i64) -> Result<(), StoreError> {
        Ok(())
    }

    fn position_function(&self) -> &'static str {
        "instr"
    }

    fn introduces_people_first(&self) -> bool {
        false
    }

    fn keeps_deleted_texts(&self) -> bool {
        true
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.check_files()?;
        self.conn
            .execute_batch("COMMIT")
            .map_err(|fault| StoreError::UnknownOutcome {
                detail: fault.to_string(),
            })?;
        self.check_files()
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => SqliteValue::Null,
            Self::Int(number) => SqliteValue::Integer(*number),
            Self::Text(text) => SqliteValue::Text(text.as_bytes()),
            Self::Blob(bytes) => SqliteValue::Blob(bytes),
        }))
    }
}

fn value(found: SqliteValue<'_>) -> Result<ValueRef<'_>, StoreError> {
    match found {
        SqliteValue::Null => Ok(ValueRef::Null),
        SqliteValue::Integer(number) => Ok(ValueRef::Int(number)),
        SqliteValue::Real(_) => Err(StoreError::damaged("a value is not an integer")),
        SqliteValue::Text(bytes) => std::str::from_utf8(bytes)
            .map(ValueRef::Text)
            .map_err(|_| StoreError::damaged("a text is not UTF-8")),
        SqliteValue::Blob(bytes) => Ok(ValueRef::Blob(bytes)),
    }
}

/// Rewrites `$1` to `?1`: to SQLite `$1` is a name, numbered by its first
/// appearance.
pub(super) fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

/// Whether an error has one of these codes.
pub(super) fn with_code(fault: &rusqlite::Error, codes: &[ErrorCode]) -> bool {
    fault
        .sqlite_error_code()
        .is_some_and(|code| codes.contains(&code))
}

/// Converts an error of SQLite to an error of the store at `path`.
pub(super) fn store_error(fault: &rusqlite::Error, path: &Path) -> StoreError {
    let detail = fault.to_string();
    let is = |codes: &[ErrorCode]| with_code(fault, codes);
    let access = |operation: &'static str| StoreError::Access {
        location: path.display().to_string(),
        operation,
        reason: fault.to_string(),
    };
    if is_busy(fault) {
        StoreError::Busy
    } else if is(&[ErrorCode::DatabaseCorrupt, ErrorCode::NotADatabase]) {
        StoreError::Damaged { detail }
    } else if is(&[ErrorCode::DiskFull]) {
        StoreError::Full
    } else if is(&[ErrorCode::ReadOnly]) {
        access("written")
    } else if is(&[ErrorCode::CannotOpen, ErrorCode::PermissionDenied]) {
        access("opened")
    } else {
        StoreError::Failed { detail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::Agent;
    use crate::domain::privacy::view::View;
    use crate::domain::query::{Query, SortKey};
    use crate::domain::vocabulary::Grouping;
    use crate::store::Store;
    use crate::store::sql::driver::Executor;
    use crate::store::sql::filter::Filter;
    use crate::store::sql::statements;
    use crate::testing::store::fixtures::{at, faults, fresh, opened};

    #[test]
    fn errors_of_the_engine_become_those_of_the_store() {
        use rusqlite::ffi;
        let meaning = |code: i32| {
            let fault = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let text = format!("{:?}", store_error(&fault, Path::new("/x")));
            let end = text.find([' ', '{']).unwrap_or(text.len());
            text[..end].to_owned()
        };
        for (code, expected) in [
            (ffi::SQLITE_BUSY, "Busy"),
            (ffi::SQLITE_LOCKED, "Busy"),
            (ffi::SQLITE_FULL, "Full"),
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
        let db = store.executor(AccessMode::Write).unwrap();
        let orphan = "PRAGMA defer_foreign_keys = ON; \
                      INSERT INTO field VALUES (9, 'p', x'00', 'v');";
        db.batch(orphan).unwrap();
        let failed = db.commit().unwrap_err();
        assert!(
            matches!(failed, StoreError::UnknownOutcome { .. }),
            "{failed}"
        );
        assert_eq!(faults(&store), Vec::<String>::new());
        store.begin(AccessMode::Write).unwrap();
    }

    #[test]
    fn the_store_is_busy_for_a_second_writer_but_not_for_a_reader() {
        let (home, store) = fresh();
        let other = opened(&home.path().join("desk.db")).impatient();
        let writing = store.begin(AccessMode::Write).unwrap();
        let refused = other.begin(AccessMode::Write).map(drop);
        assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
        let reading = other.begin(AccessMode::Read).unwrap();
        assert_eq!(reading.by_key("x").unwrap(), None);
        drop((writing, reading));
        other.begin(AccessMode::Write).unwrap();
    }

    /// The steps in which SQLite runs a statement.
    fn steps(db: &Executor<'_>, statement: &str, values: &[Value]) -> String {
        let statement = format!("EXPLAIN QUERY PLAN {statement}");
        let steps = db.all(&statement, values, |row| row.text("detail"));
        steps.unwrap().join("; ")
    }

    /// The steps in which SQLite lists the tickets of a query.
    fn plan(query: &Query) -> String {
        let (_home, store) = fresh();
        let (rest, values) = Filter::new(query, at(0), &View::default(), "instr").ordered(query);
        let db = store.executor(AccessMode::Read).unwrap();
        steps(&db, &statements::select_tickets(&rest), &values)
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
        let unassigned = Query {
            unassigned: true,
            ..page.clone()
        };
        let reversed = Query {
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
            page, mine, overdue, soon, unassigned, reversed, by_number, known,
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
        SCAN ticket USING INDEX ticket_known_error
        ");
    }

    #[test]
    fn retention_and_erasures_read_ranges_of_their_own_indexes() {
        use crate::domain::privacy::retention::{RetentionRule, RetentionSpan};
        use crate::domain::vocabulary::{Kind, RetentionScope};
        use crate::store::RetentionCursor;
        use crate::store::sql::retention::select;
        let (_home, store) = fresh();
        let db = store.executor(AccessMode::Read).unwrap();
        let rule = RetentionRule {
            kind: Some(Kind::Incident),
            category: Some(crate::domain::category::Category::parse("network").unwrap()),
            closed_for: RetentionSpan { months: 1, days: 0 },
            erase: vec![RetentionScope::Contact],
        };
        let (statement, values) = select(&rule, at(0), RetentionCursor::start(), 10);
        let (one, ten) = (Value::Int(1), Value::Int(10));
        let all = [
            steps(&db, &statement, &values),
            steps(&db, statements::ERASURES, &[one, ten]),
        ];
        insta::assert_snapshot!(all.join("\n"), @"
        SEARCH ticket USING COVERING INDEX ticket_retention (erased=? AND closed>? AND closed<?)
        SEARCH event USING INDEX event_erased (seq>?)
        ");
    }

    #[test]
    fn alarms_and_names_in_use_are_ranges_of_indexes() {
        let (_home, store) = fresh();
        let db = store.executor(AccessMode::Read).unwrap();
        let (one, digest) = (Value::Int(1), Value::Blob(vec![0; 32]));
        let all = [
            steps(&db, statements::ALARM, std::slice::from_ref(&one)),
            steps(&db, statements::ALARM_TEXT, &[one.clone(), digest]),
            steps(&db, statements::USED_AGENTS, &[]),
            steps(
                &db,
                &statements::newest_names("category", None),
                std::slice::from_ref(&one),
            ),
            steps(
                &db,
                &statements::newest_names("requester_contact", None),
                &[one],
            ),
        ];
        insta::assert_snapshot!(all.join("\n"), @"
        SEARCH alarm USING INTEGER PRIMARY KEY (rowid=?)
        SEARCH alarm_text USING INDEX sqlite_autoindex_alarm_text_1 (ticket=? AND digest=?)
        MERGE (UNION); LEFT; MERGE (UNION); LEFT; CO-ROUTINE acted; SETUP; SEARCH event USING COVERING INDEX event_actor_name (actor_name>?); RECURSIVE STEP; SCAN acted; CORRELATED SCALAR SUBQUERY 2; SEARCH event USING COVERING INDEX event_actor_name (actor_name>?); SCAN acted; USE TEMP B-TREE FOR ORDER BY; RIGHT; CO-ROUTINE assigned; SETUP; SEARCH ticket USING COVERING INDEX ticket_assignee (assignee>?); RECURSIVE STEP; SCAN assigned; CORRELATED SCALAR SUBQUERY 5; SEARCH ticket USING COVERING INDEX ticket_assignee (assignee>?); SCAN assigned; USE TEMP B-TREE FOR ORDER BY; RIGHT; SEARCH person USING COVERING INDEX person_name (name>?)
        SEARCH ticket USING INTEGER PRIMARY KEY (rowid>?); SCALAR SUBQUERY 1; SEARCH ticket; USE TEMP B-TREE FOR DISTINCT
        SEARCH ticket USING INTEGER PRIMARY KEY (rowid>?); SCALAR SUBQUERY 1; SEARCH ticket; USE TEMP B-TREE FOR DISTINCT
        ");
    }

    /// Every read begins with these, so that they must cost nothing where nothing
    /// is restricted or limited.
    #[test]
    fn what_is_restricted_or_limited_is_a_range_of_an_index() {
        let (_home, store) = fresh();
        let db = store.executor(AccessMode::Read).unwrap();
        let all = [
            steps(&db, statements::MAY_HIDE, &[]),
            steps(&db, statements::RESTRICTIONS, &[]),
            steps(&db, statements::PERSON_EVENTS, &["person-joined".into()]),
            steps(&db, statements::LAST_OF_KIND, &["person-joined".into()]),
        ];
        insta::assert_snapshot!(all.join("\n"), @"
        COMPOUND QUERY; LEFT-MOST SUBQUERY; SEARCH ticket USING COVERING INDEX ticket_restricted (restricted_to>?); UNION ALL; SEARCH event USING INDEX event_of_desk (kind=?)
        SEARCH ticket USING COVERING INDEX ticket_restricted (restricted_to>?)
        SEARCH e USING INDEX event_of_desk (kind=?); SEARCH f USING PRIMARY KEY (seq=?) LEFT-JOIN
        SEARCH event USING INDEX event_of_desk (kind=?)
        ");
    }

    #[test]
    fn a_history_is_read_by_its_indexes() {
        let (_home, store) = fresh();
        let db = store.executor(AccessMode::Read).unwrap();
        let steps = |statement: &str, values: &[Value]| steps(&db, statement, values);
        let one = Value::Int(1);
        let open = Query::open();
        let (group_counts, now) = Filter::new(&open, at(0), &View::default(), "instr").grouped(
            &open,
            Grouping::Priority,
            at(0),
            &View::default(),
        );
        let all = [
            steps(statements::HISTORY, std::slice::from_ref(&one)),
            steps(statements::HISTORIES, &[one.clone(), one.clone()]),
            steps(statements::TICKET_FURTHER_ON, &[one.clone(), one]),
            steps(statements::CHAIN, &[]),
            steps(statements::BY_KEY, &["k".into()]),
            steps(statements::HEAD, &[]),
            steps(&group_counts, &now),
        ];
        insta::assert_snapshot!(all.join("\n"), @"
        SEARCH e USING INDEX sqlite_autoindex_event_1 (ticket=?); SEARCH f USING PRIMARY KEY (seq=?) LEFT-JOIN
        SEARCH e USING INDEX sqlite_autoindex_event_1 (ticket>? AND ticket<?); SEARCH f USING PRIMARY KEY (seq=?) LEFT-JOIN
        SEARCH event USING COVERING INDEX sqlite_autoindex_event_1 (ticket>?)
        SCAN e; SEARCH f USING PRIMARY KEY (seq=?) LEFT-JOIN
        SEARCH ticket USING COVERING INDEX ticket_key (key=?)
        SCAN event
        SCAN ticket USING COVERING INDEX ticket_counts; USE TEMP B-TREE FOR ORDER BY
        ");
    }
}
