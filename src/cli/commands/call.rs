//! `desk call`: schedules a call with the requester, or records its outcome.

use crate::cli::args::{number, time, value_of};
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::TextArgs;
use crate::domain::decide::Command;
use crate::domain::time::parse_time::Prefer;
use crate::domain::vocabulary::Medium;
use crate::error::Error;

/// Schedule a call, or record its outcome
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk call <ID> --when <TIME> [NOTE] [OPTIONS]\n       desk call <ID> --held|--cancelled [NOTE] [OPTIONS]"
)]
#[command(after_long_help = "\
Examples:
  desk call 42 --when 'tomorrow 9:00' --by video
  desk call 42 --held 'traced the fault to the switch'")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
    /// Schedule a call for this time
    #[arg(long, value_name = "TIME", conflicts_with_all = ["held", "cancelled"])]
    when: Option<String>,
    /// How the call takes place: phone or video
    #[arg(long, value_name = "MEDIUM", value_parser = value_of(Medium::parse), add = fixed(Medium::WORDS), default_value = "phone")]
    by: Medium,
    /// The call took place; NUMBER is optional if only one is scheduled
    #[arg(long, value_name = "NUMBER", value_parser = number, num_args = 0..=1, require_equals = true, default_missing_value = "0")]
    held: Option<u32>,
    /// The call was cancelled
    #[arg(long, value_name = "NUMBER", value_parser = number, num_args = 0..=1, require_equals = true, default_missing_value = "0", conflicts_with = "held")]
    cancelled: Option<u32>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        input,
        when,
        by,
        held,
        cancelled,
    } = args;
    input.check_number_of("--held", "call", held)?;
    input.check_number_of("--cancelled", "call", cancelled)?;
    let (tickets, text) = input.split(ctx)?;
    let note = text.given(ctx, "note")?;
    let command = match held.or(cancelled) {
        Some(number) => Command::EndCall {
            call: (number > 0).then_some(number),
            held: held.is_some(),
            note,
        },
        None => {
            let typed = match when {
                Some(typed) => typed,
                None => ctx.prompt.line("time of the call", "--when TIME")?,
            };
            Command::ArrangeCall {
                medium: by,
                when: time(ctx, &typed, Prefer::Future)?,
                note,
            }
        }
    };
    ctx.execute(&tickets, &command)
}
