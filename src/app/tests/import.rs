//! The log of another system becomes tickets, each row once.

use std::fmt::Write as _;

use super::TestStore;
use crate::app::Desk;
use crate::domain::import_report::ImportReport;
use crate::domain::query::Query;
use crate::error::Error;
use crate::import;

const MAP: &str = "source = \"old\"\nshape = \"events\"\ndates = \"iso\"\n[columns]\n\
    number = \"id\"\ntitle = \"title\"\nopened = \"opened\"\nupdated = \"updated\"\nassignee = \"who\"\n";

/// The unkeyed digest of the row `10,ben`.
const DIGEST: &str = "551756cb176e24d4";

/// Imports rows of `minute,who`, all of the ticket 7, that change at 10 past.
fn imported(store: &TestStore, rows: &[&str], strict: bool) -> Result<ImportReport, Error> {
    let mut log = "id,title,opened,updated,who\n".to_owned();
    for row in rows {
        let (minute, who) = row.split_once(',').unwrap();
        let day = "2026-02-27T09";
        writeln!(log, "7,VPN,{day}:00:00Z,{day}:{minute}:00Z,{who}").unwrap();
    }
    let map = import::parse_mapping(MAP).unwrap();
    let mut records = import::read_table(log.as_bytes(), None, &mut Vec::new()).unwrap();
    store.at("9:00", |desk| {
        let reader = import::RowReader::new(&map, &map.dates, &records.header, desk.now()).unwrap();
        let mut rows = std::iter::from_fn(|| {
            let (line, record) = records.next().unwrap()?;
            Some(Ok(reader.read_row(line, &record.unwrap())))
        });
        desk.import(&mut rows, &reader.options(), strict)
    })
}

fn tickets(store: &TestStore) -> u64 {
    store.run(None, None, |desk| desk.count(&Query::all()).unwrap())
}

#[test]
fn each_row_is_imported_once_in_whatever_parts_it_comes() {
    let (parts, whole) = (TestStore::new(), TestStore::new());
    let first = imported(&parts, &["10,ben"], false).unwrap();
    assert_eq!((first.tickets.new, first.rows.new), (1, 1));
    let second = imported(&parts, &["10,ben", "20,dora"], false).unwrap();
    assert_eq!((second.rows.unchanged, second.rows.extended), (1, 1));
    let again = imported(&parts, &["10,ben", "20,dora"], false).unwrap();
    assert_eq!((again.rows.unchanged, again.events), (2, 0));
    imported(&whole, &["10,ben", "20,dora"], false).unwrap();
    let state = |store: &TestStore| {
        let page = store.page(1);
        (page.ticket.assignee.clone(), page.summary.state)
    };
    assert_eq!(state(&parts), state(&whole));
}

#[test]
fn a_row_is_known_by_the_digest_that_earlier_versions_stored() {
    let old = TestStore::new();
    imported(&old, &["10,ben"], false).unwrap();
    let mut lines = Vec::new();
    old.run(None, None, |desk| {
        desk.export(&mut |line| {
            lines.push(line.to_owned());
            Ok(())
        })
    })
    .unwrap();
    let page = old.page(1);
    let keyed = page.ticket.origin.unwrap().row_digests;
    let stored = |digest: &str| {
        let lines: Vec<String> = lines.iter().map(|l| l.replace(&keyed[0], digest)).collect();
        let store = TestStore::new();
        let mut lines = lines.into_iter().map(Ok);
        let import = |desk: &Desk<'_>| desk.import_store(&mut lines, false).unwrap();
        store.run(Some("anna"), None, import);
        imported(&store, &["10,ben"], false).unwrap().rows
    };
    assert_eq!(stored(&keyed[0]).unchanged, 1);
    assert_eq!(stored(DIGEST).unchanged, 1);
    assert_eq!(stored("0000000000000000").unchanged, 0);
}

#[test]
fn a_row_older_than_the_last_import_of_its_ticket_is_refused() {
    let store = TestStore::new();
    imported(&store, &["20,ben"], false).unwrap();
    let rows = |row: &str| imported(&store, &[row], false).unwrap().rows;
    assert_eq!(rows("19,dora").refused, 1);
    // At the same time is not older.
    assert_eq!(rows("20,dora").extended, 1);
}

#[test]
fn a_strict_import_takes_every_row_or_none() {
    let store = TestStore::new();
    assert!(imported(&store, &["10,ben", "never,dora"], true).is_err());
    assert_eq!(tickets(&store), 0);
    let report = imported(&store, &["10,ben", "never,dora"], false).unwrap();
    assert_eq!((report.rows.new, report.rows.refused), (1, 1));
    assert_eq!(tickets(&store), 1);
}
