//! Where the fields of a mapping stand in a table.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::import::mapping::Mapping;
use crate::import::suggest;

/// Fields without a counterpart on a ticket.
const FACTS: [&str; 3] = ["group", "reason", "began"];

/// The fields that take all their columns; of the others the first one with a
/// value counts.
pub(super) const JOINED: [&str; 7] = [
    "category",
    "description",
    "note",
    "resolution",
    "symptom",
    "affected",
    "tags",
];

/// The columns of a table.
pub(in crate::import) struct Layout {
    /// The number of columns.
    pub(super) width: usize,
    /// The name of each column, unique, as the label of a fact. After the
    /// columns of the table come those of constants, and the number of the row.
    pub(super) labels: Vec<String>,
    /// The column indexes of each field.
    pub(in crate::import) fields: BTreeMap<&'static str, Vec<usize>>,
    /// The fields that the policy defines, with the indexes of their columns.
    pub(super) custom: Vec<(String, usize)>,
    /// The indexes of the columns to keep as facts.
    pub(super) kept: BTreeSet<usize>,
    /// The fields whose column was recognized by its name.
    pub(super) recognized: Vec<(&'static str, String)>,
    /// The indexes of the columns that the mapping does not name, if it names
    /// those to keep.
    pub(super) left_out: Vec<usize>,
}

/// Finds columns by name, in any letter case if there is no exact match.
struct Names<'a> {
    exact: HashMap<&'a str, Vec<usize>>,
    folded: HashMap<String, Vec<usize>>,
}

impl<'a> Names<'a> {
    fn new(header: &'a [String]) -> Self {
        let (mut exact, mut folded) = (HashMap::new(), HashMap::new());
        for (at, name) in header.iter().enumerate() {
            let places: &mut Vec<usize> = exact.entry(name.as_str()).or_default();
            places.push(at);
            let places: &mut Vec<usize> = folded.entry(name.to_lowercase()).or_default();
            places.push(at);
        }
        Self { exact, folded }
    }

    fn find(&self, name: &str) -> &[usize] {
        let exact = self.exact.get(name);
        let found = exact.or_else(|| self.folded.get(&name.to_lowercase()));
        found.map(Vec::as_slice).unwrap_or_default()
    }
}

impl Layout {
    /// Finds the columns of a mapping in a header.
    ///
    /// # Errors
    /// A message that names the missing columns.
    pub(in crate::import) fn new(map: &Mapping, header: &[String]) -> Result<Self, String> {
        let names = Names::new(header);
        let mut missing = Vec::new();
        let mut find = |wanted: &[String]| {
            let mut found = Vec::new();
            for name in wanted {
                match names.find(name) {
                    [] => missing.push(name.clone()),
                    places => found.extend(
                        places
                            .iter()
                            .filter(|at| !found.contains(*at))
                            .copied()
                            .collect::<Vec<_>>(),
                    ),
                }
            }
            found
        };
        let mut fields: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        for (field, wanted) in &map.columns {
            fields.insert(field, find(wanted));
        }
        let mut custom = Vec::new();
        for (field, column) in &map.custom_fields {
            let found = find(std::slice::from_ref(column));
            custom.extend(found.first().map(|at| (field.clone(), *at)));
        }
        let mut recognized = Vec::new();
        if map.recognizes {
            for (field, at) in suggest::recognized(header, &fields) {
                recognized.push((field, header[at].clone()));
                fields.entry(field).or_default().push(at);
            }
        }
        let listed = map.kept_columns.as_ref().map(|wanted| find(wanted));
        let ignored = map.ignored_columns.iter();
        let ignored: BTreeSet<usize> = ignored.flat_map(|name| names.find(name)).copied().collect();
        let mut mapped: BTreeSet<usize> = fields.values().flatten().copied().collect();
        mapped.extend(custom.iter().map(|(_, at)| *at));
        let rest = (0..header.len()).filter(|at| !mapped.contains(at) && !ignored.contains(at));
        let (mut kept, left_out): (BTreeSet<usize>, Vec<usize>) = match listed {
            Some(listed) => {
                let kept: BTreeSet<usize> = listed.into_iter().collect();
                let left_out = rest.filter(|at| !kept.contains(at)).collect();
                (kept, left_out)
            }
            None => (rest.collect(), Vec::new()),
        };
        let mut labels = labels(header);
        for field in map.constants.keys() {
            fields.entry(field).or_default().push(labels.len());
            labels.push((*field).to_owned());
        }
        if map.numbers_are_rows {
            fields.insert("number", vec![labels.len()]);
        }
        labels.push("row".to_owned());
        kept.extend(FACTS.iter().filter_map(|field| fields.get(field)).flatten());
        let lacks = |field: &&str| fields.get(*field).is_none_or(Vec::is_empty);
        let lacks_required = ["number", "opened"].iter().any(lacks);
        if !missing.is_empty() && (lacks_required || !map.optional_columns) {
            return Err(format!(
                "missing columns: {}; found {}",
                missing.join(", "),
                header.join(", ")
            ));
        }
        Ok(Self {
            width: header.len(),
            labels,
            fields,
            custom,
            kept,
            recognized,
            left_out,
        })
    }
}

/// A label for each column. A name that is empty or stands there again is
/// numbered, so that no fact hides another one.
fn labels(header: &[String]) -> Vec<String> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut labels = Vec::new();
    for (name, at) in header.iter().zip(1..) {
        let name = match name.is_empty() {
            true => format!("column {at}"),
            false => name.clone(),
        };
        let mut label = name.clone();
        let mut n = 2;
        while !seen.insert(label.clone()) {
            label = format!("{name} ({n})");
            n += 1;
        }
        labels.push(label);
    }
    labels
}
