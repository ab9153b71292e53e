//! `desk events`: what happened, on all tickets, in the order of the chain.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crate::cli::args::value_of;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_words::FilterWords;
use crate::domain::event::Event;
use crate::domain::hooks::{event_name, is_one_of};
use crate::domain::query::Query;
use crate::error::Error;
use crate::output::{EventLines, EventSink};
use crate::output_format::OutputFormat;

/// Where no event was read yet.
const NOWHERE: i64 = -1;

/// List what happened, and follow it
///
/// Prints one line per event, in the order in which events were recorded. SEQ is
/// the number of an event: with --since SEQ, whoever was interrupted goes on where
/// it was. With --follow, waits for more and prints them as they come, until
/// Ctrl-C; it begins now, unless --since says otherwise.
///
/// Filter words, or numbers of tickets, select tickets as they are now, closed ones
/// included. What you may not see is left out.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk events 42
  desk events --since 1200 --json
  desk events --follow --format jsonl p:P1
  desk events --follow --kind opened,resolved,breached")]
pub(crate) struct Args {
    /// Only events after this number
    #[arg(long, value_name = "SEQ", value_parser = clap::value_parser!(i64).range(0..))]
    since: Option<i64>,
    /// Wait for more
    #[arg(long, short = 'f')]
    follow: bool,
    /// Only events of these kinds, such as opened or resolved; breached for a target that is used up
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = value_of(event_name))]
    kind: Vec<&'static str>,
    #[command(flatten)]
    words: FilterWords,
    /// The last event that earlier rounds of --follow have printed.
    #[arg(skip = Arc::new(AtomicI64::new(NOWHERE)))]
    printed: Arc<AtomicI64>,
}

impl Args {
    /// How long a round of --follow waits for the next one.
    pub(crate) fn refresh_interval(&self) -> Option<Duration> {
        self.follow.then_some(Duration::from_secs(1))
    }
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        since,
        follow,
        kind,
        words,
        printed,
    } = args;
    // Loads the calendars and names that texts of events depend on.
    ctx.desk.policies()?;
    let conditions = words.with_ticket_numbers().conditions(ctx)?;
    let query = (!conditions.is_empty()).then(|| Query {
        conditions,
        ..Query::all()
    });
    let kinds: Vec<String> = kind.into_iter().map(str::to_owned).collect();
    let last = ctx.desk.last_link()?;
    let before = printed.load(Ordering::Relaxed);
    let mut after = match (before, since) {
        (NOWHERE, Some(since)) => since,
        (NOWHERE, None) if follow => last,
        (NOWHERE, None) => 0,
        (before, _) => before,
    };
    if after > last {
        if before != NOWHERE || !follow {
            let note = format!("desk: the last event is {last}");
            ctx.notes.borrow_mut().push(note);
        }
        // It was restored: what comes next has lower numbers.
        after = last;
    }
    // Where nothing is to be printed, the next round goes on from here too.
    printed.store(after, Ordering::Relaxed);
    let read = move |sink: &mut EventSink<'_>| {
        let mut take = |seq: i64, event: &Event| {
            if is_one_of(&event.fact, &kinds) {
                sink(seq, event)?;
            }
            printed.store(seq, Ordering::Relaxed);
            Ok(())
        };
        let end = ctx.desk.each_event(after, query.as_ref(), &mut take)?;
        printed.store(end, Ordering::Relaxed);
        Ok(())
    };
    let format = ctx.config.format.value;
    // An array that has no end cannot be read.
    let lines = follow && format == OutputFormat::Json;
    Ok(CommandOutput {
        format: lines.then_some(OutputFormat::Jsonl),
        ..EventLines { read, follow }.into()
    })
}
