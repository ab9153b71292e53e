//! `desk breach notice`: the text of a notification.

use crate::cli::args::value_of;
use crate::cli::completion::{self, fixed};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection;
use crate::domain::vocabulary::{NoticeLanguage, Recipient, Role};
use crate::error::Error;
use crate::output::{RawText, breach_notice};

/// Print the text of a notification
///
/// In the order and the words of Art. 33(3) GDPR for the authority and the
/// controller, of Art. 34(2) for persons. What is not known yet says so, for a
/// supplement later (Art. 33(4)); once the first notification is recorded, the
/// text is that of the supplement. Read it before you send it: desk sends
/// nothing, and this is no legal advice.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk breach notice 42 --for authority
  desk breach notice 42 --for persons --lang de > letter.txt")]
pub(super) struct Args {
    /// The ticket
    #[arg(value_name = "ID", add = clap_complete::engine::ArgValueCandidates::new(completion::tickets))]
    id: String,
    /// Who is told: authority, persons or controller
    /// [default: authority, or controller if you are the processor]
    #[arg(long = "for", value_name = "WHO", value_parser = value_of(Recipient::parse), add = fixed(Recipient::WORDS))]
    recipient: Option<Recipient>,
    /// The language: en, de, fi, nl, it or id
    #[arg(long, value_name = "LANGUAGE", value_parser = value_of(NoticeLanguage::parse), add = fixed(NoticeLanguage::WORDS), default_value = "en")]
    lang: NoticeLanguage,
}

pub(super) fn run(ctx: &CommandContext<'_>, args: Args) -> Result<CommandOutput<'static>, Error> {
    let Args {
        id,
        recipient,
        lang,
    } = args;
    let entry = ctx.desk.breach(ticket_selection::one(&id, ctx)?)?;
    let recipient = recipient.unwrap_or(match entry.breach.role {
        Role::Controller => Recipient::Authority,
        Role::Processor => Recipient::Controller,
    });
    let text = breach_notice(&entry, recipient, lang, ctx.desk.now(), ctx.desk.zone);
    Ok(RawText(text.into_bytes()).into())
}
