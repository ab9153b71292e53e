//! `desk log`: adds an internal note to a ticket.

use crate::cli::args::{ObservationArgs, RequesterArgs, line};
use crate::cli::attach_args::AttachArgs;
use crate::cli::carried_args::TagArgs;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::spent_args::SpentArgs;
use crate::cli::text_args::TextArgs;
use crate::domain::decide::Command;
use crate::domain::event::{Correction, Note};
use crate::error::Error;

/// Add an internal note, symptoms, or a correction
///
/// Notes are internal. To write to the requester, use desk reply.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk log <ID> [TEXT] [OPTIONS]")]
#[command(
    mut_arg("requester", |arg| arg.help("Correct the requester: \"Name <mail or phone>\"")),
    mut_arg("contact", |arg| arg.help("Correct the requester's mail address or phone number")),
    mut_arg("language", |arg| arg.help("Correct the requester's language")),
)]
#[command(after_long_help = "\
Examples:
  desk log 42 'restarted the tunnel service'
  desk log 42 --symptom 'error 691 after login' --affected vpn-gw-2
  desk log 42 'waits for the vendor' --tag vendor
  desk log 42 --attach trace.log
  desk log 42 --spent 15m 'compared the two configurations'
  desk log 42 --title 'VPN drops after 30 s'")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
    #[command(flatten)]
    observations: ObservationArgs,
    /// Correct the title
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    #[command(flatten)]
    requester: RequesterArgs,
    #[command(flatten)]
    tags: TagArgs,
    #[command(flatten)]
    attach: AttachArgs,
    #[command(flatten)]
    spent: SpentArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        input,
        observations,
        title,
        requester,
        tags,
        attach,
        spent,
    } = args;
    let (tickets, text) = input.split(ctx)?;
    let who = requester.requester(ctx)?;
    let correction = Correction {
        title: line("title", title.as_ref())?,
        name: who.name,
        contact: who.contact,
        language: who.language,
        ..Correction::default()
    };
    let mut note = observations.note(ctx, text.given(ctx, "note")?)?;
    let says_nothing = note == Note::default() && correction == Correction::default();
    if says_nothing && attach.is_empty() && spent.time().is_none() {
        if !tags.is_empty() {
            let (add, remove) = (tags.tags(ctx)?, Vec::new());
            return ctx.execute(&tickets, &Command::Tag { add, remove });
        }
        note.text = Some(text.required(ctx, "note")?);
    }
    let command = tags.and(ctx, Command::Log { note, correction })?;
    let command = command.with_time(spent.time());
    ctx.execute_with_files(&tickets, &command, &attach)
}
