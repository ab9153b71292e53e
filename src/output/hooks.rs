//! Hooks, their deliveries, and the document that a program reads.

use super::Output;
use super::json;
use super::options::RenderOptions;
use super::printer::Printer;
use super::published::hook as published;
use super::style::palette::Style;
use super::style::table_layout::{Cell, TableLayout, cut_last};
use super::style::{humanize, untrusted};
use crate::domain::hooks::{
    DeliveryState, Hook, HookCall, HookDelivery, HookOutcome, HookOwner, HookState, TrialRun,
};
use crate::error::Error;

/// The document that a program reads, on one line.
pub(crate) fn hook_document(call: &HookCall<'_>, options: &RenderOptions<'_>) -> String {
    json::line(&published::HookDocument::new(call, options), false)
}

/// The hooks of the settings, with the deliveries on their way.
pub(crate) struct HookList {
    pub(crate) hooks: Vec<HookState>,
    pub(crate) deliveries: Vec<HookDelivery>,
}

/// Deliveries after an attempt or a change.
pub(crate) struct DeliveryList {
    pub(crate) deliveries: Vec<HookDelivery>,
    /// What to say if there are none.
    pub(crate) nothing: &'static str,
}

/// What the program of a hook did with a made-up event.
pub(crate) struct HookTest {
    pub(crate) hook: Hook,
    pub(crate) trial: TrialRun,
}

impl HookList {
    fn published(&self) -> published::HookList<'_> {
        published::HookList {
            hooks: self.hooks.iter().map(Into::into).collect(),
            deliveries: self.deliveries.iter().map(Into::into).collect(),
        }
    }

    fn hooks_table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let row = |state: &HookState| {
            let hook = &state.hook;
            let on = match hook.on.is_empty() {
                true => "everything".to_owned(),
                false => hook.on.join(" "),
            };
            let last = state
                .last
                .map(|at| humanize::time(at, to.options.now, to.options.zone));
            let failed = match state.failed {
                0 => Cell::plain("0"),
                failed => Cell::new(failed.to_string(), Style::Error),
            };
            vec![
                Cell::untrusted(&hook.name),
                Cell::plain(match hook.owner {
                    HookOwner::System => "system",
                    HookOwner::User(_) => "you",
                }),
                Cell::plain(on),
                Cell::untrusted(hook.filter.as_deref().unwrap_or_default()),
                Cell::plain(state.waiting.to_string()),
                failed,
                Cell::plain(last.unwrap_or_default()),
            ]
        };
        let rows: Vec<_> = self.hooks.iter().map(row).collect();
        let layout =
            TableLayout::new(["HOOK", "WHOSE", "ON", "FILTER", "WAITING", "FAILED", "LAST"]);
        to.rows(layout.right([4, 5]), &rows)
    }
}

impl Output for HookList {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.hooks_table(to)?;
        if !self.deliveries.is_empty() {
            if !self.hooks.is_empty() {
                to.text("\n")?;
            }
            let owners: Vec<HookOwner> = self
                .hooks
                .iter()
                .map(|state| state.hook.owner.clone())
                .collect();
            return table(&self.deliveries, &owners, to);
        }
        match self.hooks.is_empty() {
            true => to.note("no hooks are set; see desk help hooks-guide"),
            false => to.note("nothing waits and nothing failed"),
        }
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published().deliveries)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        numbers(&self.deliveries, to)
    }
}

fn numbers(deliveries: &[HookDelivery], to: &mut Printer<'_>) -> Result<(), Error> {
    let mut all = deliveries.iter();
    all.try_for_each(|one| to.text(&format!("{}\n", one.id)))
}

fn state(one: &HookDelivery) -> Cell {
    match one.state {
        DeliveryState::Failed => Cell::new(one.state.as_str(), Style::Error),
        DeliveryState::Waiting if one.failures > 0 => Cell::new(one.state.as_str(), Style::Warning),
        DeliveryState::Waiting
        | DeliveryState::Running
        | DeliveryState::Delivered
        | DeliveryState::Dropped => Cell::plain(one.state.as_str()),
    }
}

/// The columns of deliveries, and whether each is aligned to the right.
const COLUMNS: [(&str, bool); 9] = [
    ("DELIVERY", true),
    ("HOOK", false),
    ("WHOSE", false),
    ("TICKET", true),
    ("EVENT", false),
    ("STATE", false),
    ("TRIES", true),
    ("NEXT", false),
    ("WHY", false),
];

fn table(
    deliveries: &[HookDelivery],
    own: &[HookOwner],
    to: &mut Printer<'_>,
) -> Result<(), Error> {
    let row = |one: &HookDelivery| {
        let next = (one.state == DeliveryState::Waiting && one.failures > 0)
            .then(|| humanize::time(one.not_before, to.options.now, to.options.zone));
        [
            Cell::plain(one.id.to_string()),
            Cell::untrusted(&one.hook),
            Cell::plain(published::whose(&one.owner, own)),
            Cell::plain(one.ticket.to_string()),
            Cell::untrusted(&one.kind),
            state(one),
            Cell::plain(one.attempts.to_string()),
            Cell::plain(next.unwrap_or_default()),
            Cell::untrusted(one.last_error.as_deref().unwrap_or_default()),
        ]
    };
    let rows: Vec<_> = deliveries.iter().map(row).collect();
    // What is empty everywhere is left out.
    let is_used = |column: usize| rows.iter().any(|row| row[column].width() > 0);
    let used: Vec<bool> = (0..COLUMNS.len()).map(is_used).collect();
    let columns = COLUMNS.iter().zip(&used).filter(|(_, used)| **used);
    let columns: Vec<(&str, bool)> = columns.map(|(column, _)| *column).collect();
    let headings: Vec<&str> = columns.iter().map(|(heading, _)| *heading).collect();
    let kept = |row: [Cell; COLUMNS.len()]| -> Vec<Cell> {
        let cells = row.into_iter().zip(&used).filter(|(_, used)| **used);
        cells.map(|(cell, _)| cell).collect()
    };
    let mut rows: Vec<Vec<Cell>> = rows.into_iter().map(kept).collect();
    cut_last(&mut rows, &headings, to.options.width);
    let right = (0..columns.len()).filter(|at| columns[*at].1);
    let layout = TableLayout::new(headings).right(right.collect::<Vec<_>>());
    to.rows(layout, &rows)
}

impl Output for DeliveryList {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.deliveries.is_empty() {
            return to.note(self.nothing);
        }
        let own: Vec<HookOwner> = self
            .deliveries
            .iter()
            .map(|one| one.owner.clone())
            .collect();
        table(&self.deliveries, &own, to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.deliveries.iter().map(published::HookDelivery::from))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.deliveries.iter().map(published::HookDelivery::from))
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        numbers(&self.deliveries, to)
    }
}

impl Output for HookTest {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let Self { hook, trial } = self;
        let took = format!(
            "{}.{:03} s",
            trial.took.num_seconds(),
            trial.took.num_milliseconds() % 1000
        );
        let ended = match &trial.outcome {
            HookOutcome::Delivered => format!("it ended well after {took}"),
            HookOutcome::Failed(reason) => format!("{reason}, after {took}"),
            HookOutcome::LeftOut(reason) => (*reason).to_owned(),
        };
        to.text(&format!(
            "{}: {}\n",
            untrusted::line(&hook.name),
            untrusted::line(&ended)
        ))?;
        if self.trial.written.trim().is_empty() {
            return Ok(());
        }
        for line in untrusted::wrap(&untrusted::block(trial.written.trim_end()), None) {
            to.text(&format!("  {line}\n"))?;
        }
        Ok(())
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::HookTest::new(&self.hook, &self.trial))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list([published::HookTest::new(&self.hook, &self.trial)])
    }
}
