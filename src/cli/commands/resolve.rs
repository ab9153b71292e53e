//! `desk resolve`: resolves a ticket.

use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::{EndingArgs, body, usage, value_of};
use crate::cli::carried_args::TagArgs;
use crate::cli::commands::open::template;
use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::spent_args::SpentArgs;
use crate::cli::text_args::{TextArgs, TextInput};
use crate::cli::ticket_selector::SelectedTickets;
use crate::domain::decide::{Command, KnownErrorInput};
use crate::domain::policy::questions::Answers;
use crate::domain::policy::templates::{AGENT, CONTACT, REQUESTER, Template, fill, placeholders};
use crate::domain::text;
use crate::domain::vocabulary::ClosureCode;
use crate::error::Error;
use crate::output;

/// Resolve a ticket
///
/// Requires kind, category and priority; for an escalated incident also a
/// confirmed hypothesis, or the code workaround, withdrawn, duplicate or
/// no-fault. Without TEXT on a terminal, the editor opens with the confirmed
/// hypothesis.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk resolve <ID> <TEXT> [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk resolve 42 'renewed the certificate of the gateway'
  desk resolve 42 --template password-reset
  desk resolve 42 --code workaround --known-error 'restart the tunnel service'
  desk resolve 42 -m 'replaced the disk' --restored-by 'Mia Sand' --tell 'Fixed.'")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
    /// Take text and code from this template of the policy
    #[arg(long, value_name = "NAME", conflicts_with = "message", add = ArgValueCandidates::new(completion::templates))]
    template: Option<String>,
    /// The closure code: solved, workaround, fulfilled, not-reproducible,
    /// no-fault, withdrawn or duplicate [default: solved, or fulfilled for a
    /// request]
    #[arg(long, short, value_name = "CODE", value_parser = value_of(ClosureCode::parse), add = ArgValueCandidates::new(completion::closure_codes))]
    code: Option<ClosureCode>,
    /// Mark it as a known error, to help with similar tickets
    #[arg(long)]
    known_error: bool,
    /// The workaround of the known error [default: the text]
    #[arg(long, value_name = "TEXT", requires = "known_error")]
    workaround: Option<String>,
    /// The cause of the known error [default: the confirmed hypothesis]
    #[arg(long, value_name = "TEXT", requires = "known_error")]
    cause: Option<String>,
    #[command(flatten)]
    tags: TagArgs,
    #[command(flatten)]
    ending: EndingArgs,
    #[command(flatten)]
    spent: SpentArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        input,
        template,
        code,
        known_error,
        workaround,
        cause,
        tags,
        ending,
        spent,
    } = args;
    let (tickets, text) = input.split(ctx)?;
    let known = KnownErrorInput {
        workaround: body("workaround", workaround.as_ref())?,
        cause: body("cause", cause.as_ref())?,
    };
    let ending = ending.ending()?;
    let (text, code) = match template {
        Some(name) => {
            let policies = ctx.desk.policies()?;
            let template = template::find(&policies.current, &name)?;
            if text.given(ctx, WHAT)?.is_some() {
                return Err(Error::usage(
                    "the resolution was given twice, as a text and with --template",
                    "give it once",
                ));
            }
            (
                from_template(ctx, &tickets, template)?,
                code.or(template.code),
            )
        }
        None => (resolution_text(ctx, &tickets, &text)?, code),
    };
    let command = Command::Resolve {
        text,
        code,
        known_error: known_error.then_some(known),
        closing: ending,
    };
    let command = tags.and(ctx, command)?.with_time(spent.time());
    ctx.execute(&tickets, &command)
}

const WHAT: &str = "resolution";

/// The resolution of a template, filled in with what the ticket says.
fn from_template(
    ctx: &CommandContext<'_>,
    tickets: &SelectedTickets,
    template: &Template,
) -> Result<String, Error> {
    let name = &template.name;
    let Some(text) = &template.resolution else {
        return Err(Error::usage(
            format!("the template {name} has no resolution"),
            "give the text: desk resolve ID TEXT",
        ));
    };
    if placeholders(text).is_empty() {
        return Ok(text.clone());
    }
    let id = tickets.one(
        &format!("the template {name} resolves"),
        &format!("desk resolve ID --template {name}"),
    )?;
    let ticket = ctx.desk.details(id)?.ticket;
    let answers = ticket.answers.iter();
    let named = answers.flat_map(|one| [&one.key, &one.question].map(|name| (name, &one.answer)));
    let mut values: Answers = named
        .map(|(name, answer)| (name.clone(), answer.clone()))
        .collect();
    let person = &ticket.requester;
    let people = [
        (REQUESTER, person.label().map(str::to_owned)),
        (CONTACT, person.contact.clone()),
        (AGENT, Some(ctx.desk.agent()?.to_string())),
    ];
    for (name, value) in people {
        values.extend(value.map(|value| (name.to_owned(), value)));
    }
    let questions = template.asked(&ctx.desk.policies()?.current);
    loop {
        let missing = match fill(text, &values) {
            Ok(filled) => return text::body(WHAT, &filled).map_err(usage),
            Err(missing) => missing,
        };
        let question = questions.iter().find(|question| question.key == missing);
        let answer = match question.filter(|_| ctx.prompt.is_interactive()) {
            Some(question) => ctx.prompt.answer(question, true)?.unwrap_or_default(),
            None => ctx.prompt.line(missing, "the text: desk resolve ID TEXT")?,
        };
        values.insert(missing.to_owned(), answer);
    }
}

/// The resolution text. If none is given, the editor offers the confirmed
/// hypothesis.
fn resolution_text(
    ctx: &CommandContext<'_>,
    tickets: &SelectedTickets,
    input: &TextInput,
) -> Result<String, Error> {
    const USAGE: &str = "-m TEXT, or as the last words";
    if let Some(text) = input.given(ctx, WHAT)? {
        return Ok(text);
    }
    let page = match tickets.ids.as_slice() {
        [id] => Some(ctx.desk.details(*id)?),
        _ => None,
    };
    let Some(known) = page
        .as_ref()
        .and_then(|page| page.ticket.confirmed_hypothesis())
    else {
        return input.required(ctx, WHAT);
    };
    if !ctx.prompt.is_interactive() {
        let text = output::safe_line(&known.text);
        let hint = format!("{USAGE}; hypothesis {} is confirmed: {text}", known.number);
        return ctx.prompt.edit(WHAT, &hint, "");
    }
    let evidence = known.verdict.evidence().unwrap_or_default();
    let offered = format!("{}\n\n{evidence}\n", known.text);
    let context = ctx.context_of_text()?;
    let typed = ctx.prompt.edit_about(WHAT, USAGE, &offered, &context)?;
    text::body(WHAT, &typed).map_err(usage)
}
