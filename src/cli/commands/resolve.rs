//! `desk resolve`: resolves a ticket.

use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::{EndingArgs, body, usage, value_of};
use crate::cli::carried_args::TagArgs;
use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::spent_args::SpentArgs;
use crate::cli::text_args::{TextArgs, TextInput};
use crate::cli::ticket_selector::SelectedTickets;
use crate::domain::decide::{Command, KnownErrorInput};
use crate::domain::text;
use crate::domain::vocabulary::ClosureCode;
use crate::error::Error;
use crate::output;

/// Resolve a ticket
///
/// Requires kind, category and priority; for an escalated incident also a
/// confirmed hypothesis, or the code workaround, withdrawn, duplicate or
/// no-fault. Without TEXT on a terminal, the editor opens with the confirmed
/// hypothesis.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk resolve <ID> <TEXT> [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk resolve 42 'renewed the certificate of the gateway'
  desk resolve 42 --code workaround --known-error 'restart the tunnel service'
  desk resolve 42 -m 'replaced the disk' --restored-by 'Mia Sand' --tell 'Fixed.'")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
    /// The closure code: solved, workaround, fulfilled, not-reproducible,
    /// no-fault, withdrawn or duplicate [default: solved, or fulfilled for a
    /// request]
    #[arg(long, short, value_name = "CODE", value_parser = value_of(ClosureCode::parse), add = ArgValueCandidates::new(completion::closure_codes))]
    code: Option<ClosureCode>,
    /// Mark it as a known error, to help with similar tickets
    #[arg(long)]
    known_error: bool,
    /// The workaround of the known error [default: the text]
    #[arg(long, value_name = "TEXT", requires = "known_error")]
    workaround: Option<String>,
    /// The cause of the known error [default: the confirmed hypothesis]
    #[arg(long, value_name = "TEXT", requires = "known_error")]
    cause: Option<String>,
    #[command(flatten)]
    tags: TagArgs,
    #[command(flatten)]
    ending: EndingArgs,
    #[command(flatten)]
    spent: SpentArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        input,
        code,
        known_error,
        workaround,
        cause,
        tags,
        ending,
        spent,
    } = args;
    let (tickets, text) = input.split(ctx)?;
    let known = KnownErrorInput {
        workaround: body("workaround", workaround.as_ref())?,
        cause: body("cause", cause.as_ref())?,
    };
    let ending = ending.ending()?;
    let command = Command::Resolve {
        text: resolution_text(ctx, &tickets, &text)?,
        code,
        known_error: known_error.then_some(known),
        closing: ending,
    };
    let command = tags.and(ctx, command)?.with_time(spent.time());
    ctx.execute(&tickets, &command)
}

/// The resolution text. If none is given, the editor offers the confirmed
/// hypothesis.
fn resolution_text(
    ctx: &CommandContext<'_>,
    tickets: &SelectedTickets,
    input: &TextInput,
) -> Result<String, Error> {
    const WHAT: &str = "resolution";
    const USAGE: &str = "-m TEXT, or as the last words";
    if let Some(text) = input.given(ctx, WHAT)? {
        return Ok(text);
    }
    let page = match tickets.ids.as_slice() {
        [id] => Some(ctx.desk.details(*id)?),
        _ => None,
    };
    let Some(known) = page
        .as_ref()
        .and_then(|page| page.ticket.confirmed_hypothesis())
    else {
        return input.required(ctx, WHAT);
    };
    if !ctx.prompt.is_interactive() {
        let text = output::safe_line(&known.text);
        let hint = format!("{USAGE}; hypothesis {} is confirmed: {text}", known.number);
        return ctx.prompt.edit(WHAT, &hint, "");
    }
    let evidence = known.verdict.evidence().unwrap_or_default();
    let offered = format!("{}\n\n{evidence}\n", known.text);
    let context = ctx.context_of_text()?;
    let typed = ctx.prompt.edit_about(WHAT, USAGE, &offered, &context)?;
    text::body(WHAT, &typed).map_err(usage)
}
