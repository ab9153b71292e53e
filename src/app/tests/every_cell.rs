//! Every cell of a log is accounted for: it ends as a value, as a labelled fact
//! or as a finding. Shown on random tables.

use std::collections::BTreeMap;

use super::TestStore;
use crate::domain::import_report::ImportReport;
use crate::import;
use crate::testing::store::fixtures::TestRng;

/// The fields that take any text, and those that take times.
const TEXTS: [&str; 12] = [
    "title",
    "description",
    "requester",
    "contact",
    "category",
    "assignee",
    "opened_by",
    "updated_by",
    "resolved_by",
    "symptom",
    "note",
    "resolution",
];
const TIMES: [&str; 6] = [
    "opened",
    "updated",
    "resolved",
    "closed",
    "first_response",
    "last_message",
];
/// Words of desk, and others.
const WORDS: [(&str, &[&str]); 8] = [
    (
        "status",
        &["new", "active", "paused", "resolved", "closed", "Gmpf"],
    ),
    ("channel", &["phone", "email", "Brieftaube"]),
    ("kind", &["incident", "request", "Wunsch"]),
    ("impact", &["high", "low", "gigantisch"]),
    ("urgency", &["high", "medium", "eilig"]),
    ("priority", &["P1", "P3", "P9", "dringlichst"]),
    ("code", &["solved", "workaround", "erraten"]),
    ("satisfaction", &["4.0", "5", "mau"]),
];

/// A random table, as a mapping and a file.
struct Table {
    map: String,
    file: String,
    columns: Vec<(String, Option<&'static str>)>,
    rows: Vec<Vec<String>>,
}

fn time(rng: &mut TestRng) -> String {
    format!(
        "2026-01-{:02}T{:02}:{:02}:00Z",
        1 + rng.below(28),
        rng.below(24),
        rng.below(60)
    )
}

fn text(rng: &mut TestRng, serial: usize) -> String {
    let odd = rng.one_of(&[
        "", " (2685)", ", Ann", "'s", "\\alee", " x/y", " #?", "; : z",
    ]);
    format!("tok{serial}q{odd}")
}

fn table(rng: &mut TestRng) -> Table {
    let events = rng.below(3) == 0;
    let mut columns: Vec<(String, Option<&'static str>)> = vec![
        ("id".to_owned(), Some("number")),
        ("Opened at".to_owned(), Some("opened")),
    ];
    for field in TEXTS
        .into_iter()
        .chain(TIMES)
        .chain(WORDS.map(|(field, _)| field))
    {
        let needed = events && field == "updated";
        if field != "opened" && (needed || rng.below(2) == 0) {
            columns.push((format!("Col {field}"), Some(field)));
            if rng.below(6) == 0 {
                columns.push((format!("Col {field}"), Some(field)));
            }
        }
    }
    for _ in 0..rng.below(3) {
        columns.push((rng.one_of(&["", "Floor", "Floor", "Room"]).to_owned(), None));
    }
    let mut rows = Vec::new();
    for row in 0..1 + rng.below(6) {
        let mut cells = Vec::new();
        for (at, (_, field)) in columns.iter().enumerate() {
            let words = field.and_then(|field| WORDS.iter().find(|(known, _)| *known == field));
            cells.push(match (*field, words) {
                (Some("number"), _) => format!("N{}", rng.below(4)),
                (Some("opened"), _) if rng.below(9) > 0 => time(rng),
                _ if rng.below(4) == 0 => String::new(),
                (Some(field), _) if TIMES.contains(&field) => time(rng),
                (_, Some((_, words))) => rng.one_of(words).to_owned(),
                _ => text(rng, row * 100 + at),
            });
        }
        rows.push(cells);
    }
    let mut map = format!(
        "source = \"old\"\nshape = \"{}\"\n[columns]\n",
        if events { "events" } else { "tickets" }
    );
    let fields: BTreeMap<&str, &str> = columns
        .iter()
        .filter_map(|(name, field)| Some(((*field)?, name.as_str())))
        .collect();
    for (field, name) in fields {
        map += &format!("{field} = \"{name}\"\n");
    }
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |cells: Vec<String>| cells.join(",") + "\n";
    let mut file = line(columns.iter().map(|(name, _)| quoted(name)).collect());
    for row in &rows {
        file += &line(row.iter().map(quoted).collect());
    }
    Table {
        map,
        file,
        columns,
        rows,
    }
}

/// Imports a table; returns the report and the export of the store.
fn imported(store: &TestStore, table: &Table) -> (ImportReport, String) {
    let map = import::parse_mapping(&table.map).unwrap();
    let mut records = import::read_table(table.file.as_bytes(), None, &mut Vec::new()).unwrap();
    let report = store.at("9:00", |desk| {
        let reader = import::RowReader::new(&map, &map.dates, &records.header, desk.now()).unwrap();
        let mut rows = std::iter::from_fn(|| {
            let (line, record) = records.next().unwrap()?;
            Some(Ok(reader.read_row(line, &record.unwrap())))
        });
        desk.import(&mut rows, &reader.options(), false).unwrap()
    });
    let mut export = String::new();
    store.at("9:00", |desk| {
        desk.export(&mut |line| {
            export += line;
            export.push('\n');
            Ok(())
        })
        .unwrap();
    });
    (report, export)
}

/// The cells that are neither in the export nor in a finding.
fn lost(table: &Table, report: &ImportReport, export: &str) -> Vec<String> {
    let findings = report.findings.iter();
    let findings: String = findings
        .filter_map(|finding| Some(finding.value.clone()? + "\n"))
        .collect();
    let all = (export.replace("\\\\", "\\") + &findings).to_lowercase();
    let mut lost = Vec::new();
    for (row, line) in table.rows.iter().zip(2..) {
        let refused = |finding: &&crate::domain::import_report::ImportFinding| {
            finding.refused && finding.line == line
        };
        if report.findings.iter().any(|finding| refused(&finding)) {
            continue;
        }
        for ((name, field), cell) in table.columns.iter().zip(row) {
            let field = field.unwrap_or("");
            if cell.is_empty() {
                continue;
            }
            // When nothing but counters changed, the time of the row is none of
            // an event.
            let found = match field {
                "updated" if table.map.contains("\"events\"") => true,
                "status" | "satisfaction" => !["gmpf", "mau"]
                    .iter()
                    .any(|word| cell == word && !all.contains(word)),
                "priority" if cell.starts_with('P') => {
                    all.contains(&format!("\"priority\":{}", &cell[1..]))
                        || all.contains(&cell.to_lowercase())
                }
                field if TIMES.contains(&field) => {
                    let at = crate::domain::Timestamp::from(
                        chrono::DateTime::parse_from_rfc3339(cell).unwrap(),
                    );
                    all.contains(&cell[..19].to_lowercase())
                        || all.contains(&at.timestamp_millis().to_string())
                }
                "category" => {
                    let cell = cell.to_lowercase();
                    all.contains(&cell) || all.contains(&cell.replace(' ', "-"))
                }
                _ => all.contains(&cell.to_lowercase()),
            };
            if !found {
                lost.push(format!("line {line}: {name} {cell:?}"));
            }
        }
    }
    lost
}

#[test]
fn every_cell_is_found_in_the_export_or_in_the_findings() {
    let mut rng = TestRng(17);
    for round in 0..150 {
        let table = table(&mut rng);
        let store = TestStore::new();
        let (report, export) = imported(&store, &table);
        let lost = lost(&table, &report, &export);
        assert!(
            lost.is_empty(),
            "round {round}: {lost:#?}\n{}\n{}\n{export}\n{:#?}",
            table.map,
            table.file,
            report.findings
        );
    }
}

#[test]
fn a_lost_cell_would_be_seen() {
    let mut rng = TestRng(17);
    let mut seen = 0;
    for _ in 0..20 {
        let table = table(&mut rng);
        let store = TestStore::new();
        let (report, export) = imported(&store, &table);
        let without = export.replace("tok", "");
        seen += usize::from(!lost(&table, &report, &without).is_empty());
    }
    assert!(seen > 10, "{seen}");
}

/// A table with odd names and cells, as nobody would write them.
fn odd_table(rng: &mut TestRng) -> String {
    let heads = [
        "id",
        "Nummer",
        "Ticket#",
        "",
        "Créé le",
        "Opened",
        "Status",
        "Estado",
        "Prioridade",
        "Résumé",
        "\u{202e}x",
        "Solution",
        "Zuletzt aktualisiert",
        "Asignado a",
        "Closed",
        "Impact",
        "#",
        "a.b",
        "Kategorie",
        "Comment",
        "Comment",
    ];
    let cells = [
        "",
        "?",
        "1",
        "52 267",
        "03/04/25 10:00",
        "13/04/2025",
        "04/13/2025 9:05 PM",
        "2026-01-05T10:00:00Z",
        "99",
        "31.12.25",
        "0000-00-00",
        "Geschlossen",
        "5 Very Low",
        "Lee, Ann",
        "O'Neil",
        "a\u{0}b",
        "\u{1f600}",
        "'",
        "1736504398",
        "Sehr hoch",
        "\u{feff}",
        "x\ny",
        "-",
        "never",
    ];
    let width = 1 + rng.below(12);
    let quoted = |cell: &str| format!("\"{cell}\"");
    let mut text = String::new();
    let names: Vec<String> = (0..width).map(|_| quoted(rng.one_of(&heads))).collect();
    text += &(names.join(";") + "\n");
    for _ in 0..rng.below(8) {
        let row: Vec<String> = (0..width).map(|_| quoted(rng.one_of(&cells))).collect();
        text += &(row.join(";") + "\n");
    }
    text
}

#[test]
fn any_table_gets_a_suggestion_that_can_be_read_and_used() {
    let mut rng = TestRng(29);
    let mut used = 0;
    for round in 0..400 {
        let file = odd_table(&mut rng);
        let read = |notes: &mut Vec<String>| {
            import::read_table(file.as_bytes(), None, notes)
                .ok()
                .map(|records| records.header.clone())
        };
        let Some(header) = read(&mut Vec::new()) else {
            continue;
        };
        let mut records = import::read_table(file.as_bytes(), None, &mut Vec::new()).unwrap();
        let mut sample = Vec::new();
        while let Some((_, record)) = records.next().unwrap() {
            sample.extend(record);
        }
        let text = import::suggest_mapping(&header, &sample);
        let map = match import::parse_mapping(&text) {
            Ok(map) => map,
            Err(faults) => {
                let only_missing = faults
                    .iter()
                    .all(|fault| fault.to_string().contains("missing opened"));
                assert!(only_missing, "round {round}: {faults:?}\n{text}\n{file}");
                continue;
            }
        };
        used += 1;
        let mut records = import::read_table(file.as_bytes(), None, &mut Vec::new()).unwrap();
        let store = TestStore::new();
        let report = store.at("9:00", |desk| {
            let reader = import::RowReader::new(&map, &map.dates, &header, desk.now()).unwrap();
            let mut rows = std::iter::from_fn(|| {
                let (line, record) = records.next().unwrap()?;
                Some(Ok(reader.read_row(line, &record.unwrap())))
            });
            desk.import(&mut rows, &reader.options(), false).unwrap()
        });
        assert_eq!(report.rows.total(), sample.len() as u64, "{file}");
    }
    assert!(used > 50, "{used}");
}
