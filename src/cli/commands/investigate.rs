//! `desk investigate`: a hypothesis, then its confirmation or refutation.

use crate::cli::args::number;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::Saying;
use crate::cli::ticket_selector::Tickets;
use crate::domain::decide::Command;
use crate::error::Error;
use crate::render::View;

/// Propose, confirm or refute a hypothesis
///
/// With a text alone it proposes; with --confirm or --refute the text is the
/// evidence; without any of it, the hypotheses are listed.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk investigate <ID>... [TEXT] [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
    /// The hypothesis turned out right; the number may be left out if only
    /// one is open
    #[arg(long, value_name = "NUMBER", value_parser = number, num_args = 0..=1, require_equals = true, default_missing_value = "0")]
    confirm: Option<u32>,
    /// The hypothesis turned out wrong
    #[arg(long, value_name = "NUMBER", value_parser = number, num_args = 0..=1, require_equals = true, default_missing_value = "0", conflicts_with = "confirm")]
    refute: Option<u32>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        saying,
        confirm,
        refute,
    } = args;
    let (ids, said) = saying.split(ctx)?;
    let command = match confirm.or(refute) {
        Some(number) => Command::JudgeHypothesis {
            hypothesis: (number > 0).then_some(number),
            confirmed: confirm.is_some(),
            evidence: said.needed(ctx, "evidence")?,
        },
        None => match said.given(ctx, "hypothesis")? {
            Some(text) => Command::ProposeHypothesis { text },
            None => return listed(ctx, &ids),
        },
    };
    ctx.act(&ids, &command)
}

fn listed<'a>(ctx: &'a CommandContext<'a>, named: &Tickets) -> Result<CommandOutput<'a>, Error> {
    let [id] = named.ids.as_slice() else {
        return Err(Error::usage(
            "hypotheses are listed of one ticket at a time",
            "desk investigate ID",
        ));
    };
    Ok(View::Hypotheses(Box::new(ctx.desk.page(*id)?)).into())
}
