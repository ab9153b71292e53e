//! `desk log`: every step taken, for the desk's own eyes.

use crate::cli::args::{Seen, line, requester};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::Saying;
use crate::domain::decide::Command;
use crate::domain::event::{Correction, Note};
use crate::error::Error;

/// Record a step taken, symptoms, or a correction
///
/// A log note is internal; what the requester is to read goes with desk reply.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk log <ID>... [TEXT] [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
    #[command(flatten)]
    seen: Seen,
    /// Correct the title
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Correct who is affected: "Name <mail or phone>"
    #[arg(long, short = 'r', value_name = "WHO")]
    requester: Option<String>,
    /// Correct the mail address or phone number
    #[arg(long, value_name = "CONTACT")]
    contact: Option<String>,
    /// Correct the language
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        saying,
        seen,
        title,
        requester: who,
        contact,
        language,
    } = args;
    let (ids, said) = saying.split(ctx)?;
    let who = requester(who.as_ref(), contact.as_ref(), language.as_ref())?;
    let correction = Correction {
        title: line("title", title.as_ref())?,
        name: who.name,
        contact: who.contact,
        language: who.language,
    };
    let mut note = seen.note(ctx, said.given(ctx, "note")?)?;
    if note == Note::default() && correction == Correction::default() {
        note.text = Some(said.needed(ctx, "note")?);
    }
    ctx.act(&ids, &Command::Log { note, correction })
}
