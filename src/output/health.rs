//! The findings of `desk doctor`.

use super::Output;
use super::printer::Printer;
use super::published::health as published;
use super::style::palette::Style;
use super::style::untrusted;
use crate::domain::health::{HealthCheck, HealthState};
use crate::error::Error;

/// Everything that was looked at.
pub(crate) struct HealthReport(pub(crate) Vec<HealthCheck>);

impl HealthReport {
    fn published(&self) -> impl Iterator<Item = published::HealthCheck<'_>> {
        self.0.iter().map(published::HealthCheck::from)
    }

    /// The most serious state.
    pub(crate) fn worst(&self) -> HealthState {
        let states = self.0.iter().map(|check| check.state);
        states.max().unwrap_or(HealthState::Ok)
    }
}

/// The width of a state with its symbol.
const STATE_WIDTH: usize = "✗ problem".len() - 2;
/// The width of the longest area.
const AREA_WIDTH: usize = "permissions".len();

impl Output for HealthReport {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut text = String::new();
        let indent = " ".repeat(STATE_WIDTH + 2 + AREA_WIDTH + 2);
        let terminal = to.options.width;
        let width = terminal.map(|width| width.saturating_sub(indent.len()).max(20));
        for check in &self.0 {
            let (symbol, style) = match check.state {
                HealthState::Ok => ("✓", Style::Success),
                HealthState::Warning => ("!", Style::Warning),
                HealthState::Problem => ("✗", Style::Error),
            };
            let state = format!("{symbol} {}", check.state.as_str());
            let padding = " ".repeat(STATE_WIDTH.saturating_sub(state.chars().count()));
            let state = style.paint(&state, to.options.color);
            text += &format!("{state}{padding}  {:AREA_WIDTH$}  ", check.area);
            let finding = untrusted::line(&check.finding);
            let finding = untrusted::wrap(&finding, width);
            text += &finding.join(&format!("\n{indent}"));
            text.push('\n');
            if let Some(remedy) = &check.remedy {
                // Not wrapped: most are to be copied.
                text += &format!("{indent}-> {}\n", untrusted::line(remedy));
            }
        }
        to.text(&text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }
}
