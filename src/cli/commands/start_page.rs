//! `desk` without a command: what needs attention next.

use super::sla;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::{self, StartScreen};
use crate::output_format::OutputFormat;

/// Runs `desk` without a command: what needs attention next, below the
/// notifications of breaches that are to be sent. Programs get the SLA status of
/// the open tickets.
///
/// # Errors
/// Any error of the store.
pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>) -> Result<CommandOutput<'a>, Error> {
    if let Some(silent) = ctx.desk.silent_for()? {
        let note = format!("desk: no mail came for {}", output::duration(silent));
        ctx.notes.borrow_mut().push(note);
    }
    if ctx.config.format.value != OutputFormat::Table {
        return sla::run(ctx, sla::Args::default());
    }
    // Loads the calendars, which clocks need.
    ctx.desk.policies()?;
    let height = ctx.config.size.map(|(_, height)| height);
    // Whoever is no agent has no tickets.
    let agent = ctx.desk.agent().ok();
    let notifications = ctx.desk.open_notifications()?;
    let room = StartScreen::room(height, notifications.len());
    let page = ctx.desk.start_page(agent, room)?;
    Ok(StartScreen {
        notifications,
        page,
    }
    .into())
}
