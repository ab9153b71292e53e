//! `desk breach assess`: the severity by the worksheet, question by question.

use super::execute;
use crate::cli::args::usage;
use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::input_file;
use crate::cli::prompt::{DraftForm, DraftOwner};
use crate::cli::ticket_selection;
use crate::domain::decide::{BreachCommand, GivenAnswer};
use crate::domain::event::TicketId;
use crate::domain::questionnaire::interview::Interview;
use crate::domain::read_models::TicketQuestion;
use crate::domain::text;
use crate::error::Error;
use crate::output::Questions;
use crate::policy_file;

/// Assess the severity with the worksheet of ENISA
///
/// Asks on a terminal: Enter skips a question, < goes back, a dot stops. Scripts
/// give --answer or --answers. The score is data processing context x ease of
/// identification + circumstances of the breach: below 2 low, below 3 medium,
/// below 4 high, else very high. It is an aid: a person decides the risk, with
/// desk breach decide.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk breach assess 42
  desk breach assess 42 --questions
  desk breach assess 42 --answers worksheet.toml")]
pub(super) struct Args {
    /// The ticket
    #[arg(value_name = "ID", add = clap_complete::engine::ArgValueCandidates::new(completion::tickets))]
    id: String,
    /// An answer; can be repeated
    #[arg(long = "answer", short, value_name = "KEY=VALUE")]
    answers: Vec<String>,
    /// Read answers from a TOML or JSON file; - for stdin
    #[arg(long = "answers", value_name = "FILE")]
    file: Option<String>,
    /// Ask all questions again
    #[arg(long, conflicts_with_all = ["answers", "file"])]
    again: bool,
    /// List the questions and their answers
    #[arg(long, conflicts_with_all = ["answers", "file", "again"])]
    questions: bool,
}

pub(super) fn run(ctx: &CommandContext<'_>, args: Args) -> Result<CommandOutput<'static>, Error> {
    let Args {
        id,
        answers,
        file,
        again,
        questions,
    } = args;
    let id = ticket_selection::one(&id, ctx)?;
    if questions {
        let entry = ctx.desk.breach(id)?;
        let worksheet = &ctx.desk.policies()?.current.worksheet;
        let all = TicketQuestion::of_worksheet(worksheet, &entry.breach);
        return Ok(Questions(all).into());
    }
    let mut given = match &file {
        Some(file) => from_file(ctx, file)?,
        None => Vec::new(),
    };
    for typed in &answers {
        let Some((key, answer)) = typed.split_once('=') else {
            return Err(Error::usage(
                format!("'{typed}' is not an answer"),
                "write key=value, such as -a data=financial",
            ));
        };
        given.push((key.to_owned(), answer.to_owned()));
    }
    if given.is_empty() {
        return guided(ctx, id, again);
    }
    let answers = given.into_iter().map(|(key, answer)| {
        Ok(GivenAnswer {
            key: text::line("question", &key).map_err(usage)?,
            answer,
            strict: true,
        })
    });
    let answers = answers.collect::<Result<_, Error>>()?;
    execute(ctx, id, BreachCommand::Assess { answers })
}

fn from_file(ctx: &CommandContext<'_>, file: &str) -> Result<Vec<(String, String)>, Error> {
    let typed = match file {
        "-" => ctx.prompt.stdin()?,
        path => input_file::text(path)?,
    };
    input_file::answers(file, &typed)
}

/// Asks the questions at a terminal.
fn guided(
    ctx: &CommandContext<'_>,
    id: TicketId,
    again: bool,
) -> Result<CommandOutput<'static>, Error> {
    if !ctx.prompt.is_interactive() {
        return Err(Error::usage(
            "the answers are missing",
            format!(
                "give them with --answer KEY=VALUE or --answers FILE; see the questions with: desk breach assess {} --questions",
                id.0
            ),
        ));
    }
    let entry = ctx.desk.breach(id)?;
    let policies = ctx.desk.policies()?;
    let worksheet = &policies.current.worksheet;
    let owner = DraftOwner {
        id,
        agent: ctx.desk.agent()?,
        form: DraftForm::Severity,
    };
    let last = entry.breach.assessment.as_ref();
    let recorded = worksheet.valid_answers(last.map_or(&[], |last| &last.answers));
    // A worksheet that is complete is gone through again.
    let ask_all = again || !recorded.is_empty();
    let mut interview = Interview::new(worksheet, recorded, ask_all);
    ctx.prompt.say(&format!("{id} "), &entry.summary.title);
    ctx.prompt.say(
        "",
        "The worksheet is an aid. Press Enter to skip a question, < to go back, . to stop.",
    );
    let saved = ctx.prompt.saved_answers(&owner);
    let saved = saved.and_then(|text| policy_file::parse_answers(&text).ok());
    if let Some(saved) = saved {
        let valid = saved.into_iter().filter_map(|(key, answer)| {
            let question = worksheet.find(&key)?;
            Some((
                question.key.clone(),
                question.answer_type.parse(&answer).ok()?,
            ))
        });
        interview.resume(valid.collect());
    }
    ctx.prompt.conduct_interview(&owner, &mut interview)?;
    let answers = interview.new_answers().into_iter();
    let answers = answers.map(|(question, answer)| GivenAnswer {
        key: question.key.clone(),
        answer: answer.to_owned(),
        strict: true,
    });
    let command = BreachCommand::Assess {
        answers: answers.collect(),
    };
    ctx.prompt.track_answers(&owner);
    execute(ctx, id, command)
}
