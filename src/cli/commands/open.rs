//! `desk open`: opens a ticket.

mod details;
mod form;
pub(super) mod template;

use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::{
    EndingArgs, ObservationArgs, RatingArgs, RequesterArgs, beginning_of, body, usage, value_of,
};
use crate::cli::attach_args::AttachArgs;
use crate::cli::carried_args::{FieldArgs, TagArgs};
use crate::cli::commands::diagnose;
use crate::cli::completion;
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::MessageArg;
use crate::cli::ticket_selection;
use crate::cli::ticket_selector::looks_like_tickets;
use crate::domain::decide::NewResolution;
use crate::domain::text;
use crate::domain::vocabulary::{Channel, ClosureCode, Kind, Occurrence};
use crate::error::Error;
use details::Details;
use template::TemplateResolution;

/// Open a ticket
///
/// Only a title is needed; everything else can follow later. Without one, a
/// terminal asks for everything that is not given. With a category and all three
/// ratings, the SLA targets are set at once.
///
/// A template of the policy fills in what is the same each time. With --resolve,
/// or --done for the resolution of the template, the ticket is resolved at once:
/// both happen, or neither if something is missing. Whoever is on the phone or at
/// the desk hears the resolution, which is kept as a message.
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
  desk open --template password-reset -r eva@example.org --done
  desk open 'Reset the password' --like 16 --resolve 'set a new one' --confirmed
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
    #[command(flatten)]
    requester: RequesterArgs,
    /// The channel: phone, walk-in, email, chat, portal, monitoring, other
    #[arg(long, short, value_name = "CHANNEL", value_parser = beginning_of(Channel::WORDS, Channel::parse), add = fixed(Channel::WORDS))]
    channel: Option<Channel>,
    /// The kind: incident or request
    #[arg(long, short, value_name = "KIND", value_parser = beginning_of(Kind::WORDS, Kind::parse), add = fixed(Kind::WORDS))]
    kind: Option<Kind>,
    /// Whether it has occurred, or is anticipated (a warning sign)
    #[arg(long, value_name = "ONSET", value_parser = value_of(Occurrence::parse), add = fixed(Occurrence::WORDS))]
    onset: Option<Occurrence>,
    #[command(flatten)]
    observations: ObservationArgs,
    /// The category, such as network/vpn
    #[arg(long, value_name = "PATH",
          add = ArgValueCandidates::new(completion::categories))]
    category: Option<String>,
    #[command(flatten)]
    ratings: RatingArgs,
    #[command(flatten)]
    tags: TagArgs,
    #[command(flatten)]
    fields: FieldArgs,
    /// Assign it to this agent
    #[arg(long, value_name = "AGENT",
          add = ArgValueCandidates::new(completion::agents))]
    assign: Option<String>,
    /// Key of an alarm: while the ticket that has it can be worked on, opening again
    /// is counted there
    #[arg(long, value_name = "TEXT")]
    key: Option<String>,
    /// Fill in this template of the policy; what else is given counts first
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(completion::templates))]
    template: Option<String>,
    /// An answer to a question of the template or of the category; can be repeated
    #[arg(long = "answer", short, value_name = "KEY=VALUE")]
    answers: Vec<String>,
    /// Take over title, kind, category, ratings, symptoms and what is affected
    #[arg(long, value_name = "ID", conflicts_with = "template", add = ArgValueCandidates::new(completion::tickets))]
    like: Option<String>,
    /// Ask for everything, even if a title is given
    #[arg(long)]
    form: bool,
    /// Resolve it at once with this text
    #[arg(long, value_name = "TEXT", conflicts_with = "key")]
    resolve: Option<String>,
    /// Resolve it at once with the resolution of the template
    #[arg(long, conflicts_with_all = ["resolve", "key"], requires = "template")]
    done: bool,
    /// The closure code of the resolution [default: that of the template, else
    /// solved, or fulfilled for a request]
    #[arg(long, value_name = "CODE", value_parser = value_of(ClosureCode::parse), add = ArgValueCandidates::new(completion::closure_codes))]
    code: Option<ClosureCode>,
    /// The requester confirms that the service is restored
    #[arg(long, conflicts_with = "restored_by")]
    confirmed: bool,
    /// Close it too
    #[arg(long)]
    close: bool,
    #[command(flatten)]
    ending: EndingArgs,
    /// Show similar past tickets even if stdout is not a terminal
    #[arg(long)]
    similar: bool,
    #[command(flatten)]
    attach: AttachArgs,
}

pub(crate) fn run<'a>(
    ctx: &'a CommandContext<'a>,
    args: &Args,
) -> Result<CommandOutput<'a>, Error> {
    let (similar, attach) = (args.similar, args.attach.clone());
    let files = attach.files()?;
    let new = details(ctx, args)?.into_ticket()?;
    let files = ctx.desk.measure(&files)?;
    ctx.with_similar(ctx.desk.open(&new, &files)?, similar)
}

/// What is known of the new ticket: from flags, the template, a ticket like it, the
/// settings, and the person at the terminal.
fn details(ctx: &CommandContext<'_>, args: &Args) -> Result<Details, Error> {
    let ending = Ending::of(args);
    let (mut details, resolution) = match &args.template {
        Some(name) => {
            let policies = ctx.desk.policies_before_writing()?;
            let template = template::find(&policies.current, name)?;
            let mut details = given(ctx, args)?;
            let resolution = template::add(ctx, template, &mut details, args.done)?;
            (details, resolution)
        }
        None => (given(ctx, args)?, TemplateResolution::default()),
    };
    if let Some(id) = &args.like {
        details.add_from_ticket(ctx, ticket_selection::one(id, ctx)?)?;
    }
    if details.channel.is_none() {
        details.channel = ctx.config.channel.as_ref().map(|channel| channel.value);
    }
    if args.form || details.title.is_none() {
        if !ctx.prompt.is_interactive() {
            // It says what to give.
            ctx.prompt.line("title", "desk open TITLE")?;
        }
        details = form::fill_in(ctx, details, args.form)?;
    }
    details.resolution = ending.resolution(&details, resolution)?;
    Ok(details)
}

/// What the flags say.
fn given(ctx: &CommandContext<'_>, args: &Args) -> Result<Details, Error> {
    let line = |words: &[String]| text::line("title", &words.join(" ")).map_err(usage);
    let description = match args.edit {
        true => body(
            "description",
            Some(&ctx.prompt.edit("description", "-m TEXT", "")?),
        )?,
        false => args.message.given(ctx, "description", &[])?,
    };
    if let [word] = args.title.as_slice()
        && looks_like_tickets(word)
    {
        // Scripts pass on whatever title they are given.
        ctx.notes.borrow_mut().push(format!(
            "'{word}' was taken for a title; the ticket is shown by: desk show {word}"
        ));
    }
    let answers = args.answers.iter().map(|typed| diagnose::from_flag(typed));
    let category = args.category.as_deref();
    let assignee = args.assign.as_deref();
    Ok(Details {
        title: match args.title.as_slice() {
            [] => None,
            words => Some(line(words)?),
        },
        description,
        requester: args.requester.requester(ctx)?,
        channel: args.channel,
        key: args
            .key
            .as_deref()
            .map(text::key)
            .transpose()
            .map_err(usage)?,
        kind: args.kind,
        onset: args.onset,
        note: args.observations.note(ctx, None)?,
        category: category.map(|path| ctx.category(path)).transpose()?,
        ratings: args.ratings.ratings(),
        answers: answers.collect::<Result<_, _>>()?,
        assignee: assignee.map(|name| ctx.assignee(name)).transpose()?,
        tier: None,
        tags: args.tags.tags(ctx)?,
        fields: args.fields.fields()?,
        checklist: Vec::new(),
        resolution: None,
    })
}

/// How the ticket is to end, as far as flags say it.
struct Ending {
    text: Option<String>,
    /// Whether the template has the text.
    done: bool,
    code: Option<ClosureCode>,
    confirmed: bool,
    close: bool,
    args: EndingArgs,
}

impl Ending {
    fn of(args: &Args) -> Self {
        Self {
            text: args.resolve.clone(),
            done: args.done,
            code: args.code,
            confirmed: args.confirmed,
            close: args.close,
            args: args.ending.clone(),
        }
    }

    /// Returns the resolution.
    ///
    /// # Errors
    /// [`Error::Usage`] for what only a resolved ticket has, or if the template has
    /// no resolution.
    fn resolution(
        self,
        details: &Details,
        template: TemplateResolution,
    ) -> Result<Option<NewResolution>, Error> {
        let Self {
            text,
            done,
            code,
            confirmed,
            close,
            args,
        } = self;
        let mut closing = args.ending()?;
        let text = match (text, done) {
            (Some(text), _) => text,
            (None, true) => template.text.ok_or_else(|| {
                Error::usage(
                    "the template has no resolution",
                    "give one with --resolve TEXT",
                )
            })?,
            (None, false) => {
                let nothing = closing == Default::default() && code.is_none();
                if nothing && !confirmed && !close {
                    return Ok(None);
                }
                return Err(Error::usage(
                    "only a ticket that is resolved can be confirmed or closed",
                    "give the resolution with --resolve TEXT",
                ));
            }
        };
        if confirmed {
            closing.restored_by = Some(details.confirmed_by_requester()?);
        }
        Ok(Some(NewResolution {
            text: text::body("resolution", &text).map_err(usage)?,
            code: code.or(template.code),
            closing,
            close,
        }))
    }
}
