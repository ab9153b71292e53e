//! `desk calendar feed`: what lies ahead, as an iCalendar document.

use std::path::PathBuf;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_words::FilterWords;
use crate::cli::output_file::OwnFile;
use crate::domain::calendar_feed::FEED_START;
use crate::domain::query::Query;
use crate::error::Error;
use crate::output::{self, CalendarFeed, StoreOperation};

/// Print due times, calls and ends of pauses for a calendar program
///
/// An iCalendar document of the open tickets that you see. Each entry keeps its
/// id, so that a program that reads the document again moves what has moved.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk calendar feed --mine --out desk.ics
  desk calendar feed p:P1..P2")]
pub(super) struct Feed {
    #[command(flatten)]
    words: FilterWords,
    /// Only tickets that are assigned to you
    #[arg(long, short)]
    mine: bool,
    /// Write to this file, all at once; an earlier feed is replaced
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: Option<PathBuf>,
}

pub(super) fn run<'a>(ctx: &'a CommandContext<'a>, args: Feed) -> Result<CommandOutput<'a>, Error> {
    let Feed { words, mine, out } = args;
    ctx.desk.policies()?;
    let mut query = Query {
        conditions: words.conditions(ctx)?,
        ..Query::open()
    };
    if mine {
        query.assignees.push(ctx.desk.agent()?);
    }
    ctx.desk.check_names(&query)?;
    let (entries, store) = ctx.desk.calendar_feed(&query)?;
    let feed = CalendarFeed { entries, store };
    let Some(file) = out else {
        return Ok(feed.into());
    };
    let own = OwnFile {
        beginning: FEED_START,
        what: "a calendar written by desk",
    };
    let text = output::feed_text(&feed);
    own.write(&file, &text, &ctx.config.store_path())?;
    Ok(StoreOperation::new("written", file).into())
}
