//! `desk reply`: public messages, to and from the requester.

use crate::cli::args::beginning_of;
use crate::cli::attach_args::AttachArgs;
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::spent_args::SpentArgs;
use crate::cli::text_args::TextArgs;
use crate::domain::decide::Command;
use crate::domain::vocabulary::Channel;
use crate::error::Error;
use crate::output::MailPreviews;

/// Send a public message, or record one from the requester
///
/// The requester can read it, and so can the requesters of merged tickets; for
/// internal notes, use desk log. A message to a merged ticket goes to the ticket
/// that it was merged into.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk reply <ID> <TEXT> [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk reply 42 'We are on it; expect news by noon.'
  desk reply 42 --preview 'We are on it; expect news by noon.'
  desk reply 42 --attach guide.pdf 'The steps are in the file.'
  desk reply 42 --from-requester --thanks 'Works again, thanks!'
  desk reply 42 --from kim@example.org 'It is the same for us.'")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
    /// The message is from the requester; it resumes a paused ticket and reopens a
    /// resolved or closed one
    #[arg(long)]
    from_requester: bool,
    /// The message only thanks: it reopens nothing, and no answer is owed
    #[arg(long)]
    thanks: bool,
    /// The message is from a participant, by contact or name. One from somebody in
    /// copy is owed an answer, but reopens and resumes nothing
    #[arg(long, value_name = "PERSON", conflicts_with = "from_requester")]
    from: Option<String>,
    /// The channel of the message [default: the ticket's channel]
    #[arg(long, value_name = "CHANNEL", value_parser = beginning_of(Channel::WORDS, Channel::parse), add = fixed(Channel::WORDS))]
    via: Option<Channel>,
    /// Only show the mails that would be sent
    #[arg(long, conflicts_with_all = ["from_requester", "thanks", "from"])]
    preview: bool,
    #[command(flatten)]
    attach: AttachArgs,
    #[command(flatten)]
    spent: SpentArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        input,
        from_requester,
        thanks,
        from,
        via,
        preview,
        attach,
        spent,
    } = args;
    let (tickets, text) = input.split(ctx)?;
    let text = text.required(ctx, "message")?;
    if thanks && !from_requester && from.is_none() {
        return Err(Error::usage(
            "--thanks is for messages from the requester or a participant",
            "add --from-requester or --from PERSON",
        ));
    }
    let is_incoming = from_requester || from.is_some();
    if is_incoming && spent.time().is_some() {
        return Err(Error::usage(
            "--spent is for the messages that you write",
            "record the time with: desk spent ID DURATION",
        ));
    }
    let command = if is_incoming {
        Command::RecordMessage {
            text,
            via,
            thanks,
            sender: from,
            written_to: None,
        }
    } else {
        Command::Reply { text, via }.with_time(spent.time())
    };
    if preview {
        let mut mails = Vec::new();
        for id in &tickets.ids {
            mails.extend(ctx.desk.preview_mails(*id, command.clone())?);
        }
        return Ok(MailPreviews(mails).into());
    }
    ctx.execute_with_files(&tickets, &command, &attach)
}
