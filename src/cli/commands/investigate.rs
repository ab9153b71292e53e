//! `desk investigate`: proposes, confirms or refutes a hypothesis.

use crate::cli::args::number;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::TextArgs;
use crate::domain::decide::Command;
use crate::error::Error;
use crate::output::Hypotheses;

/// Propose, confirm or refute a hypothesis
///
/// With TEXT only, proposes a hypothesis; with --confirm or --refute, TEXT is
/// the evidence. Without either, lists the hypotheses.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk investigate <ID> [TEXT] [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk investigate 42 'the certificate of the gateway has expired'
  desk investigate 42 --confirm 'openssl shows it ended yesterday'
  desk investigate 42")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
    /// Confirm a hypothesis; NUMBER is optional if only one is open
    #[arg(long, value_name = "NUMBER", value_parser = number, num_args = 0..=1, require_equals = true, default_missing_value = "0")]
    confirm: Option<u32>,
    /// Refute a hypothesis; NUMBER is optional if only one is open
    #[arg(long, value_name = "NUMBER", value_parser = number, num_args = 0..=1, require_equals = true, default_missing_value = "0", conflicts_with = "confirm")]
    refute: Option<u32>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        input,
        confirm,
        refute,
    } = args;
    input.check_number_of("--confirm", "hypothesis", confirm)?;
    input.check_number_of("--refute", "hypothesis", refute)?;
    let (tickets, text) = input.split(ctx)?;
    let command = match confirm.or(refute) {
        Some(number) => Command::JudgeHypothesis {
            hypothesis: (number > 0).then_some(number),
            confirmed: confirm.is_some(),
            evidence: text.required(ctx, "evidence")?,
        },
        None => match text.given(ctx, "hypothesis")? {
            Some(text) => Command::ProposeHypothesis { text },
            None => {
                let id = tickets.one("hypotheses are listed for", "desk investigate ID")?;
                return Ok(Hypotheses(ctx.desk.details(id)?).into());
            }
        },
    };
    ctx.execute(&tickets, &command)
}
