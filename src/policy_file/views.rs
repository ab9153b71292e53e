//! Saved filters that all agents share.

use std::collections::BTreeMap;

use super::toml_reader::{Faults, TomlTable};
use crate::domain::Timestamp;
use crate::domain::custom_field::FieldDefinition;
use crate::domain::filter::parse::{self, FilterContext};
use crate::domain::filter::time_span::Clock;
use crate::domain::filter::views::{self, is_name};
use crate::domain::people::{Agent, Tier};
use crate::domain::priority::Matrix;
use crate::domain::time::zone::Zone;

/// Maximum number of views.
const MAX_VIEWS: usize = 200;

const EXAMPLE: &str = "words of a filter, such as night = \"p:P1..P2 -assignee:none\"";

pub(super) fn parse(
    root: &TomlTable<'_>,
    faults: &Faults,
    tiers: &[Tier],
    matrix: &Matrix,
    fields: &[FieldDefinition],
) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let Some(table) = root.table("views", faults, EXAMPLE) else {
        return all;
    };
    for (name, node) in table.entries(faults, MAX_VIEWS) {
        if !is_name(name) {
            let rule = "a view is named with letters, digits and '-', and not 'me'";
            faults.add(
                node,
                format!("'{name}' cannot be the name of a view: {rule}"),
            );
            continue;
        }
        if let Some(text) = node.text(faults, EXAMPLE) {
            all.insert(name.clone(), text.to_owned());
        }
    }
    let zone = Zone::utc();
    let someone = || Some(Agent::from_stored("somebody"));
    let ctx = FilterContext {
        clock: Clock {
            now: Timestamp::UNIX_EPOCH,
            zone: &zone,
        },
        me: &someone,
        tiers,
        lowest_priority: matrix.lowest_rank(),
        fields,
        retired: &|_| None,
    };
    let find = |name: &str| all.get(name).cloned();
    let known = || all.keys().cloned().collect();
    for (name, node) in table.entries(faults, MAX_VIEWS) {
        if !all.contains_key(name) {
            continue;
        }
        let words = views::expand(&[format!("@{name}")], &find, &known);
        if let Err(fault) = words.and_then(|words| parse::parse(&words, &ctx)) {
            faults.add(node, format!("{fault}; {}", fault.hint));
        }
    }
    all
}
