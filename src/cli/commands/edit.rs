//! `desk edit`: corrects what was typed.

mod conflicts;

use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::{
    RatingArgs, RequesterArgs, beginning_of, body, line, lines, usage, value_of,
};
use crate::cli::carried_args::{FieldArgs, TagArgs};
use crate::cli::completion::{self, fixed};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::edit_form::EditForm;
use crate::cli::ticket_selection::TicketArgs;
use crate::domain::decide::{Command, Edit, EditConflict, NewRequester};
use crate::domain::event::{Correction, Note, TicketId};
use crate::domain::people::Requester;
use crate::domain::read_models::Draft;
use crate::domain::rejection::Rejection;
use crate::domain::tag::Tag;
use crate::domain::vocabulary::{Channel, ClearedField, Kind, Occurrence};
use crate::error::Error;
use crate::output::TicketUpdates;

/// Correct what was typed
///
/// Without options it opens a form in the editor. The timeline shows what stood there
/// before, and clocks and priority follow from what is right. If somebody else changes
/// the same thing meanwhile, both are shown and nothing is lost.
///
/// A requester is named as a whole: the contact of somebody else does not stay.
/// --contact alone corrects the contact. A channel is corrected as a fact: a ticket that
/// was reported by phone, and not by mail, was answered when it was opened.
///
/// Tags are put on the ticket and removed as desk tag does, fields of the policy set as
/// desk field does; --field NAME= removes a value. Due times are promised with desk due.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk edit 42
  desk edit 42 --title 'VPN drops after 30 s' --channel phone
  desk edit 42 --requester 'Tom Abel <tom@example.org>'
  desk edit 42 --symptom 'error 691' --no-affected vpn-gw-1
  desk edit 42 --tag vip --no-tag new-laptop --field asset=SRV-1
  desk edit 42 --clear description")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: TicketArgs,
    /// The title
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// The description
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
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
    /// The category, such as network/vpn
    #[arg(long, value_name = "PATH", add = ArgValueCandidates::new(completion::categories))]
    category: Option<String>,
    #[command(flatten)]
    ratings: RatingArgs,
    /// A symptom to add; can be repeated
    #[arg(long = "symptom", value_name = "TEXT")]
    symptoms: Vec<String>,
    /// A symptom to remove; can be repeated
    #[arg(long = "no-symptom", value_name = "TEXT")]
    no_symptoms: Vec<String>,
    /// An affected service, device or place to add; can be repeated
    #[arg(long = "affected", value_name = "TEXT")]
    affected: Vec<String>,
    /// An affected service, device or place to remove; can be repeated
    #[arg(long = "no-affected", value_name = "TEXT")]
    no_affected: Vec<String>,
    #[command(flatten)]
    tags: TagArgs,
    /// A tag to remove; can be repeated
    #[arg(long = "no-tag", value_name = "TAG", value_delimiter = ',', add = ArgValueCandidates::new(completion::tags))]
    no_tags: Vec<String>,
    #[command(flatten)]
    fields: FieldArgs,
    /// Remove these: description, name, contact, language
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = value_of(ClearedField::parse), add = fixed(ClearedField::WORDS))]
    clear: Vec<ClearedField>,
    /// Go on with a draft of the form; see desk drafts
    #[arg(long, value_name = "N", add = ArgValueCandidates::new(completion::drafts))]
    draft: Option<u32>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        title,
        description,
        requester,
        channel,
        kind,
        onset,
        category,
        ratings,
        symptoms,
        no_symptoms,
        affected,
        no_affected,
        tags,
        no_tags,
        fields,
        clear,
        draft,
    } = args;
    let tickets = tickets.resolve(ctx)?;
    let correction = Correction {
        title: line("title", title.as_ref())?,
        description: body("description", description.as_ref())?,
        channel,
        cleared: clear,
        no_symptoms: lines("symptom", &no_symptoms)?,
        no_affected: lines("affected element", &no_affected)?,
        ..Correction::default()
    };
    let person = requester.requester(ctx)?;
    let mut edit = Edit {
        correction,
        requester: None,
        added: Note {
            symptoms: lines("symptom", &symptoms)?,
            affected: lines("affected element", &affected)?,
            ..Note::default()
        },
        kind,
        onset,
        category: category
            .as_deref()
            .map(|path| ctx.category(path))
            .transpose()?,
        ratings: ratings.ratings(),
        tags: tags.tags(ctx)?,
        no_tags: no_tags
            .iter()
            .map(|typed| Tag::parse(typed).map_err(usage))
            .collect::<Result<_, _>>()?,
        fields: fields.fields()?,
        seen: Vec::new(),
    };
    correct_requester(&mut edit, requester.is_named(), person)?;
    if edit == Edit::default() || draft.is_some() {
        if edit != Edit::default() {
            return Err(Error::usage(
                "a draft of the form is not edited together with options",
                "leave the options out, or --draft",
            ));
        }
        let id = tickets.one(
            "edit",
            "give an option that is right for all of them, such as --category",
        )?;
        return in_editor(ctx, id, draft);
    }
    ctx.execute(&tickets, &Command::Edit(Box::new(edit)))
}

/// Sets the requester, or parts of them.
fn correct_requester(edit: &mut Edit, is_named: bool, person: Requester) -> Result<(), Error> {
    let correction = &mut edit.correction;
    let sets = [
        (ClearedField::Description, correction.description.is_some()),
        (ClearedField::Name, person.name.is_some()),
        (ClearedField::Contact, person.contact.is_some()),
        (ClearedField::Language, person.language.is_some()),
    ];
    let both = sets
        .iter()
        .find(|(field, is_set)| *is_set && correction.clears(*field));
    if let Some((field, _)) = both {
        return Err(Error::usage(
            format!("the {field} is given and cleared"),
            "do one of them",
        ));
    }
    correction.language.clone_from(&person.language);
    if is_named {
        let is_complete = false;
        edit.requester = Some(NewRequester {
            person,
            is_complete,
        });
    } else {
        correction.contact = person.contact;
    }
    Ok(())
}

/// What to do about a conflict.
const CHOICES: [&str; 3] = [
    "edit again: your values, beside what is there now",
    "leave these as they are now, and store the rest",
    "give up; what you typed stays as a draft",
];

/// Edits a ticket in the editor, until it is stored or given up.
fn in_editor<'a>(
    ctx: &'a CommandContext<'a>,
    id: TicketId,
    draft: Option<u32>,
) -> Result<CommandOutput<'a>, Error> {
    const WHAT: &str = "correction";
    const FLAG: &str = "an option, such as --title; see desk edit --help";
    let page = ctx.desk.details(id)?;
    if page.limit.is_some() {
        return Err(Error::usage(
            format!("the texts of {id} are covered, so they cannot be edited in a form"),
            "give what is right with an option, such as --category",
        ));
    }
    let context = ctx.editor_context(&page)?;
    let policies = ctx.desk.policies()?;
    let mut form = EditForm::new(&page.ticket, &policies.current);
    let mut text = form.text(&context);
    let mut draft = draft.map(|number| ctx.prompt.draft(number)).transpose()?;
    loop {
        let draft = draft.take();
        let typed = match &draft {
            Some(draft) => ctx.prompt.go_on(draft.number)?,
            None => ctx.prompt.edit(WHAT, FLAG, &text)?,
        };
        let mut edit = form.read(ctx, &typed)?;
        if edit == Edit::default() {
            ctx.prompt.discard_drafts();
        }
        // Whoever wrote the draft has not seen what was changed since.
        let is_old = |draft: &Draft| draft.changed < page.ticket.updated;
        let stale = draft.as_ref().is_some_and(is_old) && !edit.seen.is_empty();
        let conflicts = if stale {
            edit.seen.iter().map(EditConflict::with_draft).collect()
        } else {
            match ctx.desk.execute(id, &Command::Edit(Box::new(edit.clone()))) {
                Err(Error::Rejected(Rejection::EditConflict { conflicts, .. })) => conflicts,
                Err(fault) => return Err(fault),
                Ok(done) => return Ok(TicketUpdates::new(vec![done]).into()),
            }
        };
        for line in conflicts::lines(&conflicts) {
            ctx.prompt.say("", &line);
        }
        let question = format!("{id} was changed in the meantime");
        let choices = CHOICES.map(str::to_owned);
        match ctx.prompt.choose_index(&question, FLAG, &choices)? {
            0 => {
                let page = ctx.desk.details(id)?;
                let policies = ctx.desk.policies()?;
                form = EditForm::new(&page.ticket, &policies.current);
                text = form.text_with(&context, &edit, &conflicts);
            }
            1 => {
                edit.leave_out(&conflicts);
                if edit.seen.is_empty() && edit == Edit::default() {
                    return Err(Error::Interrupted);
                }
                return Ok(TicketUpdates::new(vec![
                    ctx.desk.execute(id, &Command::Edit(Box::new(edit)))?,
                ])
                .into());
            }
            _ => return Err(Rejection::EditConflict { id, conflicts }.into()),
        }
    }
}
