//! Lists of tickets for people: a line each, cut to the terminal, with what
//! is left out said on stderr. Does not order anything.

use std::io::Write;

use super::column::Column;
use super::grid::{Cell, Grid};
use super::style::Tone;
use super::{Listing, RenderOptions, Rows, cell, untrusted, words};
use crate::domain::group_counts::{GroupCount, GroupCounts};
use crate::domain::summary::Summary;
use crate::domain::vocabulary::Grouping;
use crate::error::Error;

/// How many rows are laid out together; what comes later keeps the widths.
const TOGETHER: usize = 500;
/// A title is not cut below this while there are columns to give up.
const TITLE: usize = 28;
/// Nothing is cut below this.
const LEAST: usize = 8;
const GAP: usize = 2;

/// Which columns a list has unless they are picked.
pub(super) struct Defaults {
    pub(super) columns: &'static [Column],
    pub(super) drops: &'static [Column],
}

pub(super) const LIST: Defaults = Defaults {
    columns: Column::LIST,
    drops: Column::LIST_DROPS,
};
pub(super) const SLA: Defaults = Defaults {
    columns: Column::SLA,
    drops: Column::SLA_DROPS,
};

/// What is known of a list once it is written.
pub(super) struct Listed {
    pub(super) shown: u64,
    /// What is to be said of it on stderr, after everything else.
    pub(super) remark: Option<String>,
}

/// Writes a list.
pub(super) fn list(
    listing: Listing<'_>,
    defaults: &Defaults,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<Listed, Error> {
    if let Rows::Counted(count) = listing.rows {
        writeln!(out, "{count}")?;
        return Ok(Listed {
            shown: 0,
            remark: None,
        });
    }
    let picked = listing.columns.is_some();
    let mut sheet = Sheet {
        columns: (listing.columns).unwrap_or_else(|| defaults.columns.to_vec()),
        drops: if picked { &[] } else { defaults.drops },
        dropped: Vec::new(),
        last: 0,
        header: listing.header,
        widths: Vec::new(),
        grid: None,
        waiting: Vec::new(),
        look,
        out,
    };
    let mut shown = 0;
    listing.rows.each(&mut |row| {
        shown += 1;
        sheet.take(row)
    })?;
    sheet.flush()?;
    let remark = match listing.total.map_or(0, |total| total.saturating_sub(shown)) {
        _ if shown == 0 => Some(listing.empty.to_owned()),
        0 => None,
        more => {
            let more = words::number(more);
            Some(format!("… and {more} more; show them with --limit 0"))
        }
    };
    Ok(Listed { shown, remark })
}

/// A list in the making.
struct Sheet<'a, 'l> {
    columns: Vec<Column>,
    drops: &'static [Column],
    /// What there was no room for, and how much there is for saying so.
    dropped: Vec<String>,
    last: usize,
    header: bool,
    /// How wide each flexible column is at most, once that is known.
    widths: Vec<Option<usize>>,
    grid: Option<Grid>,
    waiting: Vec<Vec<Cell>>,
    look: &'a RenderOptions<'l>,
    out: &'a mut dyn Write,
}

impl Sheet<'_, '_> {
    fn take(&mut self, row: &Summary) -> Result<(), Error> {
        let cells = self.columns.iter().map(|c| cell::of(*c, row, self.look));
        self.waiting.push(cells.collect());
        if self.waiting.len() == TOGETHER {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Error> {
        let mut rows = std::mem::take(&mut self.waiting);
        if rows.is_empty() {
            return Ok(());
        }
        if self.grid.is_none() {
            self.arrange(&mut rows);
        }
        for row in &mut rows {
            for (cell, width) in row.iter_mut().zip(&self.widths) {
                if let Some(width) = width {
                    cell.text = untrusted::cut(&cell.text, *width).into_owned();
                }
            }
        }
        let grid = self.grid.as_mut().expect("it was arranged above");
        grid.write(&rows, self.look.color, self.out)?;
        Ok(())
    }

    /// Decides on columns and widths by the first rows.
    fn arrange(&mut self, rows: &mut [Vec<Cell>]) {
        let mut natural: Vec<usize> = (self.columns.iter().enumerate())
            .map(|(i, column)| {
                let widest = rows.iter().map(|row| row[i].width()).max();
                let head = untrusted::width(&column.heading());
                widest.unwrap_or(0).max(if self.header { head } else { 0 })
            })
            .collect();
        self.widths = vec![None; self.columns.len()];
        if let Some(width) = self.look.width {
            let mut drops = self.drops.iter();
            let mut dropped = Vec::new();
            while total(&natural) > width && self.room(&natural, width) < TITLE {
                let Some(drop) = drops.next() else { break };
                if let Some(at) = self.columns.iter().position(|column| column == drop) {
                    dropped.push(self.columns.remove(at).heading());
                    self.widths.remove(at);
                    natural.remove(at);
                    for row in rows.iter_mut() {
                        row.remove(at);
                    }
                }
            }
            shrink(&mut natural, &self.columns, width);
            self.dropped = dropped;
            self.last = self.room(&natural, width);
            for ((limit, column), natural) in self.widths.iter_mut().zip(&self.columns).zip(natural)
            {
                *limit = column.is_flexible().then_some(natural);
            }
        }
        self.grid = Some(Grid {
            heads: (self.header).then(|| self.heads()),
            right: self.columns.iter().map(|c| cell::is_number(*c)).collect(),
            ..Grid::default()
        });
    }

    /// The headings; the last one names what there was no room for, so that
    /// no column is left out in silence.
    fn heads(&self) -> Vec<String> {
        let mut heads: Vec<String> = self.columns.iter().map(|c| c.heading()).collect();
        if let Some(last) = heads.last_mut()
            && !self.dropped.is_empty()
        {
            *last += &format!(" (no {})", self.dropped.join(", "));
            *last = untrusted::cut(last, self.last).into_owned();
        }
        heads
    }

    /// How wide the title could be if nothing else were cut.
    fn room(&self, natural: &[usize], width: usize) -> usize {
        let title = self.columns.iter().position(|c| *c == Column::Title);
        let title = title.map_or(0, |at| natural[at]);
        (width + title).saturating_sub(total(natural))
    }
}

fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

/// Takes from the widest flexible column until all fit.
fn shrink(widths: &mut [usize], columns: &[Column], most: usize) {
    loop {
        let excess = total(widths).saturating_sub(most);
        let flexible = || (0..columns.len()).filter(|at| columns[*at].is_flexible());
        let Some(widest) = flexible().max_by_key(|at| widths[*at]) else {
            return;
        };
        if excess == 0 || widths[widest] <= LEAST {
            return;
        }
        let next = flexible()
            .filter(|at| *at != widest)
            .map(|at| widths[at])
            .max();
        let least = next.unwrap_or(0).clamp(LEAST, widths[widest] - 1);
        widths[widest] = (widths[widest].saturating_sub(excess)).max(least);
    }
}

/// The summary below the status table: how the open tickets stand.
pub(super) fn tallies(
    tallies: &GroupCounts,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let count = |n: u64, tone| {
        let tone = if n == 0 { Tone::Quiet } else { tone };
        Cell::new(words::number(n), tone)
    };
    let row = |name: &str, t: &GroupCount| {
        vec![
            Cell::plain(untrusted::line(name)),
            count(t.open, Tone::Strong),
            count(t.overdue, Tone::Bad),
            count(t.at_risk, Tone::Warning),
            count(t.paused, Tone::Held),
            count(t.resolved, Tone::Plain),
            count(t.unassigned, Tone::Plain),
        ]
    };
    let groups = tallies.groups.iter();
    let mut rows: Vec<Vec<Cell>> = groups
        .map(|(group, tally)| row(group.name().as_deref().unwrap_or("none"), tally))
        .collect();
    if rows.len() > 1 {
        rows.push(row("all", &tallies.total()));
    }
    let by = match tallies.by {
        Grouping::Priority => "PRIO",
        Grouping::Tier => "TIER",
        Grouping::Assignee => "ASSIGNEE",
        Grouping::Category => "CATEGORY",
    };
    let heads = [
        by,
        "OPEN",
        "OVERDUE",
        "AT RISK",
        "PAUSED",
        "RESOLVED",
        "UNASSIGNED",
    ];
    let mut grid = Grid {
        heads: Some(heads.map(str::to_owned).to_vec()),
        right: vec![false, true, true, true, true, true, true],
        ..Grid::default()
    };
    grid.write(&rows, look.color, out)?;
    Ok(())
}
