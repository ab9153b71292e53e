//! `desk log`: adds an internal note to a ticket.

use crate::cli::args::{ObservationArgs, line, requester};
use crate::cli::attach_args::AttachArgs;
use crate::cli::carried_args::TagArgs;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::TextArgs;
use crate::domain::decide::Command;
use crate::domain::event::{Correction, Note};
use crate::error::Error;

/// Add an internal note, symptoms, or a correction
///
/// Notes are internal. To write to the requester, use desk reply.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk log <ID> [TEXT] [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk log 42 'restarted the tunnel service'
  desk log 42 --symptom 'error 691 after login' --affected vpn-gw-2
  desk log 42 'waits for the vendor' --tag vendor
  desk log 42 --attach trace.log
  desk log 42 --title 'VPN drops after 30 s'")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
    #[command(flatten)]
    observations: ObservationArgs,
    /// Correct the title
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Correct the requester: "Name <mail or phone>"
    #[arg(long, short = 'r', value_name = "WHO")]
    requester: Option<String>,
    /// Correct the requester's mail address or phone number
    #[arg(long, value_name = "CONTACT")]
    contact: Option<String>,
    /// Correct the requester's language
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    #[command(flatten)]
    tags: TagArgs,
    #[command(flatten)]
    attach: AttachArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        input,
        observations,
        title,
        requester: who,
        contact,
        language,
        tags,
        attach,
    } = args;
    let (tickets, text) = input.split(ctx)?;
    let who = requester(who.as_ref(), contact.as_ref(), language.as_ref())?;
    let who = ctx.requester(who)?;
    let correction = Correction {
        title: line("title", title.as_ref())?,
        name: who.name,
        contact: who.contact,
        language: who.language,
    };
    let mut note = observations.note(ctx, text.given(ctx, "note")?)?;
    let says_nothing = note == Note::default() && correction == Correction::default();
    if says_nothing && attach.is_empty() && !tags.is_empty() {
        let (add, remove) = (tags.tags(ctx)?, Vec::new());
        return ctx.execute(&tickets, &Command::Tag { add, remove });
    }
    if says_nothing && attach.is_empty() {
        note.text = Some(text.required(ctx, "note")?);
    }
    let command = tags.and(ctx, Command::Log { note, correction })?;
    ctx.execute_with_files(&tickets, &command, &attach)
}
