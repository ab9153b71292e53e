//! Views for people that are neither lists nor pages: settings, checks of the
//! store, and what was done to it.

use std::io::Write;

use super::grid::{Cell, Grid};
use super::style::Tone;
use super::{RenderOptions, Setting, StoreOperation, Verified, untrusted, words};
use crate::error::Error;

pub(super) fn settings(
    settings: &[Setting],
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let row = |setting: &Setting| {
        let value = match &setting.value {
            Some(value) => Cell::plain(untrusted::line(value)),
            None => Cell::new("-", Tone::Quiet),
        };
        vec![
            Cell::plain(setting.name),
            Cell::new(setting.source, Tone::Quiet),
            value,
        ]
    };
    let rows: Vec<Vec<Cell>> = settings.iter().map(row).collect();
    let mut grid = Grid {
        heads: Some(["SETTING", "FROM", "VALUE"].map(str::to_owned).to_vec()),
        ..Grid::default()
    };
    Ok(grid.write(&rows, look.color, out)?)
}

pub(super) fn verified(
    verified: &Verified,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let Verified {
        path,
        events,
        tickets,
        head,
        faults,
        notes,
    } = verified;
    let path = path.display().to_string();
    let path = untrusted::line(&path);
    let (tone, verdict) = match faults.len() as u64 {
        0 => (Tone::Good, "✓ sound".to_owned()),
        n => (Tone::Bad, format!("✗ {}", words::plural(n, "fault"))),
    };
    let verdict = tone.paint(&verdict, look.color);
    let (events, tickets) = (
        words::plural(*events, "event"),
        words::plural(*tickets, "ticket"),
    );
    writeln!(out, "{path}: {verdict}, {events}, {tickets}")?;
    for fault in faults {
        let lead = Tone::Bad.paint("fault:", look.color);
        writeln!(out, "  {lead} {}", untrusted::line(fault))?;
    }
    for note in notes {
        let lead = Tone::Warning.paint("note:", look.color);
        writeln!(out, "  {lead} {}", untrusted::line(note))?;
    }
    writeln!(out, "  head: {}", untrusted::line(head))?;
    Ok(())
}

pub(super) fn kept(kept: &StoreOperation, out: &mut dyn Write) -> Result<(), Error> {
    let path = kept.path.display().to_string();
    writeln!(out, "{} {}", kept.done, untrusted::line(&path))?;
    if let Some(aside) = &kept.aside {
        let aside = aside.display().to_string();
        writeln!(
            out,
            "  what was there is kept in {}",
            untrusted::line(&aside)
        )?;
    }
    Ok(())
}
