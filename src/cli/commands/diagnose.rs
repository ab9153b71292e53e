//! `desk diagnose`: the questions of the ticket's category, asked or answered
//! by a script; what else was found; and what to do next.

mod guided;

use crate::cli::args::{body, lines, usage};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::input_file;
use crate::cli::text_args::Saying;
use crate::cli::ticket_selector::Tickets;
use crate::domain::decide::{Command, GivenAnswer};
use crate::domain::event::{Fact, QuestionnaireResult, TicketId};
use crate::domain::read_models::{KnownErrorEntry, TicketQuestion, TicketUpdate};
use crate::domain::text;
use crate::error::Error;
use crate::render::{self, Course, Matter, View};

/// Ask the questions of its category, or record what was found
///
/// On a terminal and without anything else, it asks what the policy asks for
/// the category of the ticket, and says at the end what the answers point to.
/// Enter alone skips a question, < goes back, a dot stops and keeps what is
/// answered; the next time, only what is left is asked. Scripts give answers
/// with --answer and --answers.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk diagnose <ID>... [TEXT] [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
    /// An answer, by the key of a question or to one of your own; may be
    /// given several times
    #[arg(long = "answer", short, value_name = "KEY=VALUE")]
    answers: Vec<String>,
    /// Answers by key, as TOML or JSON; - for stdin
    #[arg(long = "answers", value_name = "FILE")]
    file: Option<String>,
    /// How far it reaches: who and how many
    #[arg(long, value_name = "TEXT")]
    extent: Option<String>,
    /// An affected service, device or place; may be given several times
    #[arg(long = "affected", value_name = "TEXT")]
    affected: Vec<String>,
    /// Ask all questions again, also those that are answered
    #[arg(long, conflicts_with_all = ["answers", "file", "extent", "affected"])]
    again: bool,
    /// List the questions of the ticket's category, and their answers
    #[arg(long, conflicts_with_all = ["answers", "file", "extent", "affected", "again"])]
    questions: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        saying,
        answers,
        file,
        extent,
        affected,
        again,
        questions,
    } = args;
    let (ids, said) = saying.split(ctx)?;
    let mut note = said.given(ctx, "diagnosis")?;
    if note.is_some() && (questions || again) {
        let flag = if again { "--again" } else { "--questions" };
        return Err(Error::usage(
            format!("{flag} takes no text"),
            "leave the text out, or record it by itself with: desk diagnose ID TEXT",
        ));
    }
    if questions {
        let page = ctx.desk.page(one(
            &ids,
            "questions are listed",
            "desk diagnose ID --questions",
        )?)?;
        let all = TicketQuestion::all(&page, &ctx.desk.policies()?.current);
        return Ok(View::Matter(Matter::Questions(all)).into());
    }
    let mut given = match &file {
        Some(file) => from_file(ctx, file)?,
        None => Vec::new(),
    };
    for typed in &answers {
        given.push(from_flag(typed)?);
    }
    if note.is_none() && given.is_empty() && extent.is_none() && affected.is_empty() {
        match ids.ids.as_slice() {
            [id] if !ids.several => match guided::run(ctx, *id, again)? {
                Some(answer) => return Ok(answer),
                None => note = Some(said.needed(ctx, "diagnosis")?),
            },
            _ if again => {
                one(&ids, "questions are asked", "desk diagnose ID --again")?;
            }
            _ => note = Some(said.needed(ctx, "diagnosis")?),
        }
    }
    let command = Command::Diagnose {
        answers: given,
        extent: body("extent", extent.as_ref())?,
        affected: lines("affected element", &affected)?,
        note,
        workarounds: Vec::new(),
    };
    let mut answer = ctx.act(&ids, &command)?;
    if let View::TicketUpdate(all) = &answer.view {
        let mut after = Vec::new();
        for done in all {
            if let Some(guided) = guided_by(done) {
                after.extend(course(ctx, done, &guided.advice, Vec::new())?);
            }
        }
        answer.after = after;
    }
    Ok(answer)
}

fn one(ids: &Tickets, what: &str, usage: &str) -> Result<TicketId, Error> {
    match ids.ids.as_slice() {
        [id] => Ok(*id),
        _ => Err(Error::usage(
            format!("{what} of one ticket at a time"),
            usage,
        )),
    }
}

/// `key=value`.
fn from_flag(typed: &str) -> Result<GivenAnswer, Error> {
    let Some((key, answer)) = typed.split_once('=') else {
        return Err(Error::usage(
            format!("'{typed}' is no answer to a question"),
            "write key=value, such as -a 'since when=monday'",
        ));
    };
    Ok(GivenAnswer {
        key: text::line("question", key).map_err(usage)?,
        answer: text::body("answer", answer).map_err(usage)?,
        strict: false,
    })
}

fn from_file(ctx: &CommandContext<'_>, file: &str) -> Result<Vec<GivenAnswer>, Error> {
    let typed = match file {
        "-" => ctx.ask.stdin()?,
        path => input_file::text(path)?,
    };
    let answers = input_file::answers(file, &typed)?;
    let given = answers.into_iter().map(|(key, answer)| GivenAnswer {
        key,
        answer,
        strict: true,
    });
    Ok(given.collect())
}

/// What the answers of a write led to.
fn guided_by(done: &TicketUpdate) -> Option<&QuestionnaireResult> {
    done.events.iter().find_map(|event| {
        if let Fact::Diagnosed {
            questionnaire: guided,
            ..
        } = &event.fact
        {
            guided.as_ref()
        } else {
            None
        }
    })
}

/// What the answers point to and what may be done, in lines.
fn course(
    ctx: &CommandContext<'_>,
    done: &TicketUpdate,
    found: &[crate::domain::event::Advice],
    mut known: Vec<KnownErrorEntry>,
) -> Result<Vec<String>, Error> {
    for id in found.iter().filter_map(|advice| advice.known_error) {
        if known.iter().any(|one| one.summary.id == id) {
            continue;
        }
        match ctx.desk.known_error(id) {
            Ok(one) => known.extend(one),
            Err(Error::NotFound(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    let page = ctx.desk.page(done.after.id)?;
    let open = page
        .guide(&ctx.desk.policies()?.current)
        .unanswered_questions(&page.ticket.answers)
        .len();
    Ok(render::advice(&Course {
        id: done.after.id,
        tier: &done.after.tier,
        found,
        known: &known,
        whole: open == 0,
    }))
}
