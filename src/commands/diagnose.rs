//! `desk diagnose`: answers to troubleshooting questions, and the extent.

use super::args::{body, lines, usage};
use super::saying::Saying;
use super::{Answer, Seat};
use crate::domain::decide::Command;
use crate::domain::event;
use crate::domain::text;
use crate::error::Error;

/// Record answers, extent and affected elements
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk diagnose <ID>... [TEXT] [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
    /// An answer to a question; may be given several times
    #[arg(long = "answer", short, value_name = "QUESTION=ANSWER")]
    answers: Vec<String>,
    /// How far it reaches: who and how many
    #[arg(long, value_name = "TEXT")]
    extent: Option<String>,
    /// An affected service, device or place; may be given several times
    #[arg(long = "affected", value_name = "TEXT")]
    affected: Vec<String>,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args {
        saying,
        answers,
        extent,
        affected,
    } = args;
    let (ids, said) = saying.split(seat)?;
    let mut note = said.given(seat, "diagnosis")?;
    if note.is_none() && answers.is_empty() && extent.is_none() && affected.is_empty() {
        note = Some(said.needed(seat, "diagnosis")?);
    }
    let command = Command::Diagnose {
        answers: answers.iter().map(|a| answer(a)).collect::<Result<_, _>>()?,
        extent: body("extent", extent.as_ref())?,
        affected: lines("affected element", &affected)?,
        note,
    };
    seat.act(&ids, &command)
}

fn answer(typed: &str) -> Result<event::Answer, Error> {
    let Some((key, answer)) = typed.split_once('=') else {
        return Err(Error::usage(
            format!("'{typed}' is no answer to a question"),
            "write question=answer, such as -a 'since when=monday'",
        ));
    };
    let key = text::line("question", key).map_err(usage)?;
    Ok(event::Answer {
        question: key.clone(),
        key,
        answer: text::body("answer", answer).map_err(usage)?,
    })
}
