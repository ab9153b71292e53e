//! `desk diagnose`: records answers to the questions of a ticket's category and
//! other findings, and shows what they point to.

mod guided;

use crate::cli::args::{body, lines, usage};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::input_file;
use crate::cli::text_args::TextArgs;
use crate::domain::decide::{Command, Diagnosis, GivenAnswer};
use crate::domain::event::{Fact, QuestionnaireResult};
use crate::domain::read_models::{KnownErrorEntry, TicketQuestion, TicketUpdate};
use crate::domain::text;
use crate::error::Error;
use crate::output::{DiagnosisOutcome, Questions, next_steps};

/// Answer the category's questions, or record findings
///
/// Without arguments on a terminal, asks the questions that the policy has for
/// the ticket's category and shows what the answers point to. Press Enter to
/// skip a question, type < to go back, or a dot to stop and keep your answers;
/// next time, only the open questions are asked. Scripts give answers with
/// --answer and --answers.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk diagnose <ID> [TEXT] [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk diagnose 42
  desk diagnose 42 --answer error-code=691 'the gateway rejects the token'
  desk diagnose 42 --questions")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
    /// An answer to a question of the policy, or to a question of your own;
    /// can be repeated
    #[arg(long = "answer", short, value_name = "KEY=VALUE")]
    answers: Vec<String>,
    /// Read answers from a TOML or JSON file; - for stdin
    #[arg(long = "answers", value_name = "FILE")]
    file: Option<String>,
    /// The extent: who is affected, and how many
    #[arg(long, value_name = "TEXT")]
    extent: Option<String>,
    /// An affected service, device or place; can be repeated
    #[arg(long = "affected", value_name = "TEXT")]
    affected: Vec<String>,
    /// Ask all questions again, including answered ones
    #[arg(long, conflicts_with_all = ["answers", "file", "extent", "affected"])]
    again: bool,
    /// List the questions of the ticket's category and their answers
    #[arg(long, conflicts_with_all = ["answers", "file", "extent", "affected", "again"])]
    questions: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        input,
        answers,
        file,
        extent,
        affected,
        again,
        questions,
    } = args;
    let (tickets, text) = input.split(ctx)?;
    let mut note = text.given(ctx, "diagnosis")?;
    if note.is_some() && (questions || again) {
        let flag = if again { "--again" } else { "--questions" };
        return Err(Error::usage(
            format!("{flag} takes no text"),
            "omit the text, or record it separately with: desk diagnose ID TEXT",
        ));
    }
    if questions {
        let id = tickets.one("questions are listed for", "desk diagnose ID --questions")?;
        let page = ctx.desk.details(id)?;
        let all = TicketQuestion::all(&page, &ctx.desk.policies()?.current);
        return Ok(Questions(all).into());
    }
    let mut given = match &file {
        Some(file) => from_file(ctx, file)?,
        None => Vec::new(),
    };
    for typed in &answers {
        given.push(from_flag(typed)?);
    }
    if note.is_none() && given.is_empty() && extent.is_none() && affected.is_empty() {
        match tickets.ids.as_slice() {
            [id] if !tickets.several => match guided::run(ctx, *id, again)? {
                Some(answer) => return Ok(answer),
                None => note = Some(text.required(ctx, "diagnosis")?),
            },
            _ if again => {
                tickets.one("questions are asked for", "desk diagnose ID --again")?;
            }
            _ => note = Some(text.required(ctx, "diagnosis")?),
        }
    }
    let command = Command::Diagnose(Diagnosis {
        answers: given,
        extent: body("extent", extent.as_ref())?,
        affected: lines("affected element", &affected)?,
        note,
        workarounds: Vec::new(),
    });
    let mut answer = ctx.execute(&tickets, &command)?;
    for done in answer.output.updates() {
        if let Some(guided) = guided_by(done) {
            let steps = course(ctx, done, &guided.advice, Vec::new())?;
            answer.after.extend(steps);
        }
    }
    Ok(answer)
}

/// Parses `key=value`.
pub(super) fn from_flag(typed: &str) -> Result<GivenAnswer, Error> {
    let Some((key, answer)) = typed.split_once('=') else {
        return Err(Error::usage(
            format!("'{typed}' is not an answer"),
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
        "-" => ctx.prompt.stdin()?,
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

/// The answers that an update recorded, and the advice they led to.
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

/// What the answers point to and what to do next, one line each.
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
    let page = ctx.desk.details(done.after.id)?;
    let open = page
        .questionnaire(&ctx.desk.policies()?.current)
        .unanswered_questions(&page.ticket.answers)
        .len();
    Ok(next_steps(&DiagnosisOutcome {
        id: done.after.id,
        tier: &done.after.tier,
        advice: found,
        known: &known,
        complete: open == 0,
    }))
}
