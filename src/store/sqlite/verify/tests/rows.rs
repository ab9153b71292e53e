//! A forgery of every column of the rows of tickets.

use std::collections::BTreeSet;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::{check, desk, forged, fresh, save};
use crate::store::sql::ticket_row;

/// The columns of the table with their types.
fn columns() -> Vec<(String, String)> {
    let (_home, store) = fresh();
    let sql = "SELECT name, type FROM pragma_table_xinfo('ticket')";
    let mut found = store.connection().prepare(sql).unwrap();
    let columns = found.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    columns.unwrap().map(Result::unwrap).collect()
}

/// Another value of the type of a column.
fn other(name: &str, kind: &str) -> String {
    match kind {
        _ if name == "id" => "99".to_owned(),
        "TEXT" => format!("coalesce({name}, '') || 'x'"),
        "INTEGER" => format!("coalesce({name}, 0) + 1"),
        _ => panic!("{name} is of the type {kind}"),
    }
}

#[test]
fn every_column_of_a_row_is_compared_with_the_replay() {
    let columns = columns();
    let names: BTreeSet<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let compared: BTreeSet<&str> = ticket_row::column_names().collect();
    assert_eq!(names, compared, "a column of the table is not compared");
    assert_eq!(forged("SELECT 1"), Vec::<String>::new());
    let open = "(SELECT min(id) FROM ticket WHERE open = 1)";
    for (name, kind) in columns {
        let value = other(&name, &kind);
        let found = forged(&format!(
            "UPDATE ticket SET {name} = {value} WHERE id = {open}"
        ));
        if name == "id" {
            assert!(!found.is_empty());
            continue;
        }
        let expected = format!(": its row does not follow from its events: {name}");
        let names_it = |fault: &String| fault.ends_with(&expected);
        assert!(found.iter().any(names_it), "{name}: {found:?}");
    }
}

/// The forgeries that somebody would make: what a ticket carries, and what it counts.
#[test]
fn what_a_ticket_carries_cannot_be_forged_in_its_row() {
    let all = [
        ("tags", "' vpn '"),
        ("tags", "NULL"),
        ("fields", "NULL"),
        ("checklist_done", "checklist_total + 1"),
        ("checklist_total", "0 - 1"),
        ("spent_s", "spent_s + 60"),
        ("unanswered_since", "coalesce(unanswered_since, 0) + 60000"),
        ("unanswered_since", "NULL"),
        ("undone", "1 - undone"),
        ("undone", "2 - undone"),
    ];
    let (home, store) = fresh();
    for history in desk(4, 40) {
        save(&store, &history);
    }
    drop(store);
    let path = home.path().join("desk.db");
    assert_eq!(check(&path).unwrap().faults, Vec::<String>::new());
    for (column, value) in all {
        let conn = Connection::open(&path).unwrap();
        let which = format!("WHERE {column} IS NOT ({value}) ORDER BY id LIMIT 1");
        let found = format!("SELECT id, {column} FROM ticket {which}");
        let (id, before): (i64, Value) = conn
            .query_row(&found, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        let set = format!("UPDATE ticket SET {column} = ");
        let changed = conn.execute(&format!("{set} {value} WHERE id = ?"), [id]);
        assert_eq!(changed.unwrap(), 1, "{column} = {value}");
        let found = check(&path).unwrap().faults;
        let expected = format!("#{id}: its row does not follow from its events: {column}");
        assert_eq!(found, [expected], "{column} = {value}");
        let back = conn.execute(&format!("{set} ? WHERE id = ?"), (before, id));
        assert_eq!(back.unwrap(), 1);
    }
    assert_eq!(check(&path).unwrap().faults, Vec::<String>::new());
}
