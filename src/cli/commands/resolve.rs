//! `desk resolve`: what fixed it, and who says that it did.

use crate::cli::args::{EndingArgs, body, usage, word};
use crate::cli::completion::words;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::{Said, Saying};
use crate::cli::ticket_selector::Tickets;
use crate::domain::decide::{Command, KnownErrorInput};
use crate::domain::text;
use crate::domain::vocabulary::ClosureCode;
use crate::error::Error;
use crate::render;

/// Resolve it
///
/// Needs kind, category and priority; an escalated incident also a confirmed
/// hypothesis, or the code workaround, withdrawn, duplicate or no-fault. On a
/// terminal and without a text, the editor begins with the confirmed
/// hypothesis.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk resolve <ID>... <TEXT> [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
    /// How it ended: solved, workaround, fulfilled, not-reproducible,
    /// no-fault, withdrawn or duplicate [default: solved, or fulfilled for a
    /// request]
    #[arg(long, short, value_name = "CODE", value_parser = word(ClosureCode::parse), add = words(ClosureCode::WORDS))]
    code: Option<ClosureCode>,
    /// Mark it as a known error, which helps with others like it
    #[arg(long)]
    known_error: bool,
    /// The workaround of the known error [default: the text]
    #[arg(long, value_name = "TEXT", requires = "known_error")]
    workaround: Option<String>,
    /// The cause of the known error [default: the confirmed hypothesis]
    #[arg(long, value_name = "TEXT", requires = "known_error")]
    cause: Option<String>,
    #[command(flatten)]
    ending: EndingArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        saying,
        code,
        known_error,
        workaround,
        cause,
        ending,
    } = args;
    let (ids, said) = saying.split(ctx)?;
    let known = KnownErrorInput {
        workaround: body("workaround", workaround.as_ref())?,
        cause: body("cause", cause.as_ref())?,
    };
    let ending = ending.ending()?;
    let command = Command::Resolve {
        text: text(ctx, &ids, &said)?,
        code,
        known_error: known_error.then_some(known),
        closing: ending,
    };
    ctx.act(&ids, &command)
}

/// The resolution; where none is given, the confirmed hypothesis of the one
/// ticket is offered.
fn text(ctx: &CommandContext<'_>, ids: &Tickets, said: &Said) -> Result<String, Error> {
    const WHAT: &str = "resolution";
    const USAGE: &str = "-m TEXT, or as the last words";
    if let Some(text) = said.given(ctx, WHAT)? {
        return Ok(text);
    }
    let page = match ids.ids.as_slice() {
        [id] => Some(ctx.desk.page(*id)?),
        _ => None,
    };
    let Some(known) = page
        .as_ref()
        .and_then(|page| page.ticket.confirmed_hypothesis())
    else {
        return said.needed(ctx, WHAT);
    };
    if !ctx.ask.is_interactive() {
        let text = render::on_a_line(&known.text);
        let hint = format!("{USAGE}; hypothesis {} is confirmed: {text}", known.number);
        return ctx.ask.text(WHAT, &hint);
    }
    let evidence = known.verdict.evidence().unwrap_or_default();
    let offered = format!("{}\n\n{evidence}\n", known.text);
    let typed = ctx.ask.edited(WHAT, USAGE, &offered)?;
    text::body(WHAT, &typed).map_err(usage)
}
