//! What stands before the titles of tickets that were found, aligned.

use super::super::style::Tone;
use super::super::{RenderOptions, cell, untrusted};
use super::percent;
use crate::domain::summary::Summary;

/// The cells before the title, of one row.
pub(super) type Lead = Vec<(String, Tone)>;

pub(super) fn leads(row: &Summary, closeness: Option<f64>) -> Lead {
    let mut lead = vec![(row.id.to_string(), Tone::Strong)];
    if let Some(closeness) = closeness {
        lead.push((percent(closeness), Tone::Plain));
    }
    lead.push((row.state.to_string(), cell::tone(row.state)));
    let category = row
        .category
        .as_ref()
        .map_or("-", |category| category.as_str());
    lead.push((untrusted::line(category).into_owned(), Tone::Quiet));
    lead
}

/// What stands before titles, aligned.
pub(super) struct Leads {
    pub(super) rows: Vec<Lead>,
    widths: Vec<usize>,
    /// How wide the first cell and all of them are, with their gaps.
    pub(super) first: usize,
    pub(super) width: usize,
}

const GAP: usize = 2;

impl Leads {
    pub(super) fn of(rows: impl Iterator<Item = Lead>) -> Self {
        let rows: Vec<Lead> = rows.collect();
        let mut widths: Vec<usize> = Vec::new();
        for row in &rows {
            widths.resize(row.len(), 0);
            for (width, (text, _)) in widths.iter_mut().zip(row) {
                *width = (*width).max(untrusted::width(text));
            }
        }
        Self {
            first: widths.first().map_or(0, |width| width + GAP),
            width: widths.iter().map(|width| width + GAP).sum(),
            rows,
            widths,
        }
    }

    pub(super) fn drawn(&self, lead: &Lead, look: &RenderOptions<'_>) -> String {
        let mut drawn = String::new();
        for ((text, tone), width) in lead.iter().zip(&self.widths) {
            drawn += &tone.paint(text, look.color);
            drawn += &" ".repeat(width - untrusted::width(text) + GAP);
        }
        drawn
    }
}
