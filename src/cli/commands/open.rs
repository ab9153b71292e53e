//! `desk open`: the first word of a requester becomes a ticket.

use crate::cli::args;
use crate::cli::args::{RatingArgs, Seen, body, line, usage, word};
use crate::cli::completion::words;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::Message;
use crate::domain::decide::NewTicket;
use crate::domain::text;
use crate::domain::vocabulary::{Channel, Kind, Occurrence};
use crate::error::Error;

/// Open a ticket
///
/// The title is what the requester says in one line; everything else may
/// follow later. With category and ratings given, the promise is the final one.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// What is wrong or wanted, in one line
    #[arg(value_name = "TITLE")]
    title: Vec<String>,
    #[command(flatten)]
    message: Message,
    /// Write the description in the editor
    #[arg(long, short, conflicts_with = "message")]
    edit: bool,
    /// Who is affected: "Name <mail or phone>"
    #[arg(long, short = 'r', value_name = "WHO")]
    requester: Option<String>,
    /// Mail address or phone number of the requester
    #[arg(long, value_name = "CONTACT")]
    contact: Option<String>,
    /// Language of the requester, such as de or pt-BR
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// How it came: phone, walk-in, email, chat, portal, monitoring, other
    #[arg(long, short, value_name = "CHANNEL", value_parser = word(Channel::parse), add = words(Channel::WORDS))]
    channel: Option<Channel>,
    /// What it is: incident or request
    #[arg(long, short, value_name = "KIND", value_parser = word(Kind::parse), add = words(Kind::WORDS))]
    kind: Option<Kind>,
    /// Whether it occurred or is anticipated (a warning sign)
    #[arg(long, value_name = "ONSET", value_parser = word(Occurrence::parse), add = words(Occurrence::WORDS))]
    onset: Option<Occurrence>,
    #[command(flatten)]
    seen: Seen,
    /// Category, such as network/vpn
    #[arg(long, value_name = "PATH",
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::categories))]
    category: Option<String>,
    #[command(flatten)]
    ratings: RatingArgs,
    /// Assign it to this agent
    #[arg(long, value_name = "AGENT",
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::agents))]
    assign: Option<String>,
    /// A name for it, so that opening again with the same name opens it once
    #[arg(long, value_name = "TEXT")]
    key: Option<String>,
    /// Show past tickets like it, also where no terminal is written to
    #[arg(long)]
    similar: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        title,
        message,
        edit,
        requester,
        contact,
        language,
        channel,
        kind,
        onset,
        seen,
        category,
        ratings,
        assign,
        key,
        similar,
    } = args;
    let title = match title.as_slice() {
        [] => ctx.ask.line("title", "desk open TITLE")?,
        words => words.join(" "),
    };
    let description = if edit {
        body(
            "description",
            Some(&ctx.ask.text("description", "-m TEXT")?),
        )?
    } else {
        message.given(ctx, "description", &[])?
    };
    let requester = args::requester(requester.as_ref(), contact.as_ref(), language.as_ref())?;
    let new = NewTicket {
        title: text::line("title", &title).map_err(usage)?,
        description,
        requester,
        channel: channel.unwrap_or(Channel::Other),
        key: line("key", key.as_ref())?,
        kind,
        onset,
        note: seen.note(ctx, None)?,
        category: category.as_deref().map(args::category).transpose()?,
        ratings: ratings.whole()?,
        assignee: assign.as_deref().map(args::agent).transpose()?,
    };
    ctx.beside(ctx.desk.open(new)?, similar)
}
