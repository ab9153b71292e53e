//! The figures of the desk at a moment.

use std::collections::BTreeMap;

use serde::Serialize;

use super::value::{CsvRecord, CsvValue};

/// A value of a metric.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Metric {
    /// Such as `desk_tickets`.
    pub(crate) name: &'static str,
    pub(crate) help: &'static str,
    pub(crate) labels: BTreeMap<&'static str, String>,
    pub(crate) value: f64,
}

impl CsvRecord for Metric {
    const HEADINGS: &'static str = "name,labels,value,";
}

impl CsvValue for Metric {
    fn csv(&self, to: &mut Vec<String>) {
        self.name.csv(to);
        let labels = self
            .labels
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        labels.collect::<Vec<_>>().join(" ").csv(to);
        to.push(self.value.to_string());
    }
}
