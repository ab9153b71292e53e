//! `desk call`: schedules a call with the requester, moves it, or records its
//! outcome.

use std::path::{Path, PathBuf};

use crate::cli::args::{number, time, value_of};
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::output_file;
use crate::cli::spent_args::SpentArgs;
use crate::cli::text_args::TextArgs;
use crate::domain::decide::Command;
use crate::domain::event::TicketId;
use crate::domain::time::parse_time::Prefer;
use crate::domain::vocabulary::Medium;
use crate::error::Error;
use crate::output::StoreOperation;

/// Schedule a call, move it, or record its outcome
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk call <ID> --when <TIME> [NOTE] [OPTIONS]\n       desk call <ID> --moved --when <TIME> [NOTE] [OPTIONS]\n       desk call <ID> --held|--cancelled [NOTE] [OPTIONS]"
)]
#[command(after_long_help = "\
Examples:
  desk call 42 --when 'tomorrow 9:00' --by video
  desk call 42 --moved --when 'thursday 14:00' 'the lab is closed'
  desk call 42 --ics call.ics
  desk call 42 --held 'traced the fault to the switch'")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
    /// Schedule a call for this time; with --moved, the new time
    #[arg(long, value_name = "TIME", conflicts_with_all = ["held", "cancelled"])]
    when: Option<String>,
    /// How the call takes place: phone or video
    #[arg(long, value_name = "MEDIUM", value_parser = value_of(Medium::parse), add = fixed(Medium::WORDS), default_value = "phone")]
    by: Medium,
    /// The call gets another time, given with --when; NUMBER is optional if only
    /// one is scheduled
    #[arg(long, value_name = "NUMBER", value_parser = number, num_args = 0..=1, require_equals = true, default_missing_value = "0", conflicts_with_all = ["held", "cancelled", "by"])]
    moved: Option<u32>,
    /// The call took place; NUMBER is optional if only one is scheduled
    #[arg(long, value_name = "NUMBER", value_parser = number, num_args = 0..=1, require_equals = true, default_missing_value = "0")]
    held: Option<u32>,
    /// The call was cancelled
    #[arg(long, value_name = "NUMBER", value_parser = number, num_args = 0..=1, require_equals = true, default_missing_value = "0", conflicts_with = "held")]
    cancelled: Option<u32>,
    /// Also write the call to this new file, for a calendar (iCalendar); without
    /// --when, the one that is arranged already
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with_all = ["held", "cancelled"])]
    ics: Option<PathBuf>,
    #[command(flatten)]
    spent: SpentArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        input,
        when,
        by,
        moved,
        held,
        cancelled,
        ics,
        spent,
    } = args;
    input.check_number_of("--moved", "call", moved)?;
    input.check_number_of("--held", "call", held)?;
    input.check_number_of("--cancelled", "call", cancelled)?;
    let (tickets, text) = input.split(ctx)?;
    let note = text.given(ctx, "note")?;
    if let (Some(file), [id], None, None) = (&ics, tickets.ids.as_slice(), &when, moved) {
        return written(ctx, *id, file);
    }
    if ics.is_some() && tickets.ids.len() != 1 {
        return Err(Error::usage(
            "--ics writes the call of one ticket",
            "give one ticket, such as desk call 42 --ics call.ics",
        ));
    }
    if held.is_none() && spent.time().is_some() {
        return Err(Error::usage(
            "--spent is for a call that took place",
            "add --held, or record the time with: desk spent ID DURATION",
        ));
    }
    let given = moved.or(held).or(cancelled).filter(|number| *number > 0);
    // Read before somebody is asked for the new time.
    let known = match (moved, tickets.ids.as_slice()) {
        (Some(_), [id]) => ctx.desk.time_of_call(*id, given)?,
        (Some(_) | None, _) => None,
    };
    let command = match held.or(cancelled) {
        Some(_) => Command::EndCall {
            call: given,
            held: held.is_some(),
            note,
        },
        None => {
            let typed = match when {
                Some(typed) => typed,
                None => ctx.prompt.line("time of the call", "--when TIME")?,
            };
            let when = time(ctx, &typed, Prefer::Future)?;
            match moved {
                Some(_) => Command::MoveCall {
                    call: given,
                    known,
                    when,
                    note,
                },
                None => Command::ArrangeCall {
                    medium: by,
                    when,
                    note,
                },
            }
        }
    };
    let done = ctx.execute(&tickets, &command.with_time(spent.time()))?;
    if let (Some(file), [id]) = (&ics, tickets.ids.as_slice()) {
        output_file::private(file, ctx.desk.call_document(*id)?.as_bytes())?;
    }
    Ok(done)
}

/// Writes the call that is arranged already.
fn written<'a>(
    ctx: &'a CommandContext<'a>,
    id: TicketId,
    file: &Path,
) -> Result<CommandOutput<'a>, Error> {
    let document = ctx.desk.call_document(id)?;
    output_file::private(file, document.as_bytes())?;
    Ok(StoreOperation::new("written", file.to_owned()).into())
}
