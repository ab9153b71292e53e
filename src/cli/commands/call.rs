//! `desk call`: a call with the requester is arranged, held or cancelled.

use crate::cli::args::{number, time, word};
use crate::cli::completion::words;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::Saying;
use crate::domain::decide::Command;
use crate::domain::time::parse_time::Prefer;
use crate::domain::vocabulary::Medium;
use crate::error::Error;

/// Arrange a call, or say how it went
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk call <ID>... --when <TIME> [NOTE] [OPTIONS]\n       desk call <ID>... --held|--cancelled [NOTE] [OPTIONS]"
)]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
    /// Arrange one for this time
    #[arg(long, value_name = "TIME", conflicts_with_all = ["held", "cancelled"])]
    when: Option<String>,
    /// By phone or video
    #[arg(long, value_name = "MEDIUM", value_parser = word(Medium::parse), add = words(Medium::WORDS), default_value = "phone")]
    by: Medium,
    /// It was held; the number may be left out if only one is arranged
    #[arg(long, value_name = "NUMBER", value_parser = number, num_args = 0..=1, require_equals = true, default_missing_value = "0")]
    held: Option<u32>,
    /// It was cancelled
    #[arg(long, value_name = "NUMBER", value_parser = number, num_args = 0..=1, require_equals = true, default_missing_value = "0", conflicts_with = "held")]
    cancelled: Option<u32>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        saying,
        when,
        by,
        held,
        cancelled,
    } = args;
    let (ids, said) = saying.split(ctx)?;
    let note = said.given(ctx, "note")?;
    let command = match held.or(cancelled) {
        Some(number) => Command::EndCall {
            call: (number > 0).then_some(number),
            held: held.is_some(),
            note,
        },
        None => {
            let typed = match when {
                Some(typed) => typed,
                None => ctx.ask.line("time of the call", "--when TIME")?,
            };
            Command::ArrangeCall {
                medium: by,
                when: time(ctx, &typed, Prefer::Future)?,
                note,
            }
        }
    };
    ctx.act(&ids, &command)
}
