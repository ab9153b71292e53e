//! `desk open`: opens a ticket.

use crate::cli::args;
use crate::cli::args::{ObservationArgs, RatingArgs, body, usage, value_of};
use crate::cli::attach_args::AttachArgs;
use crate::cli::carried_args::{FieldArgs, TagArgs};
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::MessageArg;
use crate::domain::decide::NewTicket;
use crate::domain::text;
use crate::domain::vocabulary::{Channel, Kind, Occurrence};
use crate::error::Error;

/// Open a ticket
///
/// Only a title is needed; everything else can follow later. With a category and
/// all three ratings, the SLA targets are set at once.
///
/// With a key, a repeated alarm is counted on the open ticket that has the key, or
/// reopens one that was resolved, or closed within the policy's reopen_within
/// (14 days); later a new ticket takes the key and is linked to the old one. The
/// same words again within ten minutes are a retry, which changes nothing.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk open 'VPN drops after 30 s' --requester 'Mia Sand <mia@example.org>'
  desk open 'Mail is down' -k incident --category mail -u high -b high -g high
  desk open 'Docking station broken' --tag hardware --field asset=SRV-1
  desk open 'Disk full on web-3' --channel monitoring --key disk-web-3")]
pub(crate) struct Args {
    /// What is wrong or requested, in one line
    #[arg(value_name = "TITLE")]
    title: Vec<String>,
    #[command(flatten)]
    message: MessageArg,
    /// Write the description in the editor
    #[arg(long, short, conflicts_with = "message")]
    edit: bool,
    /// The requester: "Name <mail or phone>"
    #[arg(long, short = 'r', value_name = "WHO")]
    requester: Option<String>,
    /// The requester's mail address or phone number
    #[arg(long, value_name = "CONTACT")]
    contact: Option<String>,
    /// The requester's language, such as de or pt-BR
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// The channel: phone, walk-in, email, chat, portal, monitoring, other
    #[arg(long, short, value_name = "CHANNEL", value_parser = value_of(Channel::parse), add = fixed(Channel::WORDS))]
    channel: Option<Channel>,
    /// The kind: incident or request
    #[arg(long, short, value_name = "KIND", value_parser = value_of(Kind::parse), add = fixed(Kind::WORDS))]
    kind: Option<Kind>,
    /// Whether it has occurred, or is anticipated (a warning sign)
    #[arg(long, value_name = "ONSET", value_parser = value_of(Occurrence::parse), add = fixed(Occurrence::WORDS))]
    onset: Option<Occurrence>,
    #[command(flatten)]
    observations: ObservationArgs,
    /// The category, such as network/vpn
    #[arg(long, value_name = "PATH",
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::categories))]
    category: Option<String>,
    #[command(flatten)]
    ratings: RatingArgs,
    #[command(flatten)]
    tags: TagArgs,
    #[command(flatten)]
    fields: FieldArgs,
    /// Assign it to this agent
    #[arg(long, value_name = "AGENT",
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::agents))]
    assign: Option<String>,
    /// Key of an alarm: while the ticket that has it can be worked on, opening again
    /// is counted there
    #[arg(long, value_name = "TEXT")]
    key: Option<String>,
    /// Show similar past tickets even if stdout is not a terminal
    #[arg(long)]
    similar: bool,
    #[command(flatten)]
    attach: AttachArgs,
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
        observations,
        category,
        ratings,
        tags,
        fields,
        assign,
        key,
        similar,
        attach,
    } = args;
    let title = match title.as_slice() {
        [] => ctx.prompt.line("title", "desk open TITLE")?,
        words => words.join(" "),
    };
    let description = if edit {
        body(
            "description",
            Some(&ctx.prompt.edit("description", "-m TEXT", "")?),
        )?
    } else {
        message.given(ctx, "description", &[])?
    };
    let requester = args::requester(requester.as_ref(), contact.as_ref(), language.as_ref())?;
    let requester = ctx.requester(requester)?;
    let new = NewTicket {
        title: text::line("title", &title).map_err(usage)?,
        description,
        requester,
        channel: channel.unwrap_or(Channel::Other),
        key: key.as_deref().map(text::key).transpose().map_err(usage)?,
        kind,
        onset,
        note: observations.note(ctx, None)?,
        category: category
            .as_deref()
            .map(|path| ctx.category(path))
            .transpose()?,
        ratings: ratings.all_or_none()?,
        assignee: assign
            .as_deref()
            .map(|name| ctx.assignee(name))
            .transpose()?,
        tags: tags.tags(ctx)?,
        fields: fields.fields()?,
        checklist: Vec::new(),
    };
    let files = attach.files()?;
    let files = ctx.desk.measure(&files)?;
    ctx.with_similar(ctx.desk.open(&new, &files)?, similar)
}
