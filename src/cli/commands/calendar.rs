//! `desk calendar`: what the calendars of the policy say, of no ticket.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::{duration, time, usage};
use crate::cli::context::{CommandContext, CommandOutput, YES};
use crate::cli::input_file;
use crate::domain::Timestamp;
use crate::domain::sla::calendar::{ALWAYS, Calendar, LocalHours, Pauses};
use crate::domain::time::parse_time::Prefer;
use crate::domain::vocabulary::UnknownWord;
use crate::error::Error;
use crate::render::{Calendars, Standing, View, Week};

/// Ask the calendars when time counts
///
/// Times without a zone are read in the display zone (--tz), whatever the
/// zone of the calendar. The calendar 24x7 is always there. Without a
/// question, the calendars are listed.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    question: Option<Question>,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Question {
    /// List the calendars
    List(Source),
    /// Show the hours of a calendar, and what is to come
    Show(Show),
    /// Say when a target is used up
    ///
    /// Used up exactly at closing time, it is due at that time.
    Due(Due),
    /// Say how much open time lies between two times
    Elapsed(Elapsed),
    /// Say whether a calendar is open at a time
    OpenAt(OpenAt),
    /// Say when a calendar opens next: at that time, if it is open
    NextOpen(NextOpen),
}

#[derive(Debug, Clone, clap::Args)]
struct Source {
    /// Use the calendars of this policy document, and no store
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    policy: Option<String>,
}

#[derive(Debug, Clone, clap::Args)]
struct Show {
    /// The name of the calendar
    #[arg(value_name = "NAME", add = ArgValueCandidates::new(crate::cli::completion::calendars))]
    name: String,
    #[command(flatten)]
    source: Source,
}

#[derive(Debug, Clone, clap::Args)]
struct Which {
    /// The name of the calendar
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(crate::cli::completion::calendars))]
    calendar: String,
    #[command(flatten)]
    source: Source,
}

#[derive(Debug, Clone, clap::Args)]
struct Due {
    #[command(flatten)]
    which: Which,
    /// When it begins; without a zone, in the display zone
    #[arg(long, value_name = "TIME")]
    from: String,
    /// How much open time is allowed
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    target: TimeDelta,
    /// Leave this time out; may be given several times
    #[arg(long = "pause", value_name = "FROM..TO")]
    pauses: Vec<String>,
}

#[derive(Debug, Clone, clap::Args)]
struct Elapsed {
    #[command(flatten)]
    which: Which,
    /// When it begins; without a zone, in the display zone
    #[arg(long, value_name = "TIME")]
    from: String,
    /// When it ends; without a zone, in the display zone
    #[arg(long, value_name = "TIME")]
    to: String,
    /// Leave this time out; may be given several times
    #[arg(long = "pause", value_name = "FROM..TO")]
    pauses: Vec<String>,
}

#[derive(Debug, Clone, clap::Args)]
struct OpenAt {
    #[command(flatten)]
    which: Which,
    /// The time asked about; without a zone, in the display zone
    #[arg(long, value_name = "TIME")]
    time: String,
    /// Exit with 10 if it is open
    #[arg(long)]
    exit_code: bool,
}

#[derive(Debug, Clone, clap::Args)]
struct NextOpen {
    #[command(flatten)]
    which: Which,
    /// The time from which on to look; without a zone, in the display zone
    #[arg(long, value_name = "TIME")]
    time: String,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { question } = args;
    let mut code = 0;
    let said = match question.unwrap_or(Question::List(Source { policy: None })) {
        Question::List(source) => list(ctx, &Known::of(ctx, &source)?),
        Question::Show(Show { name, source }) => {
            let known = Known::of(ctx, &source)?;
            let (name, calendar) = known.named(&name)?;
            Calendars::One(Box::new(week(ctx, name, calendar)))
        }
        Question::Due(args) => due(ctx, &args)?,
        Question::Elapsed(args) => elapsed(ctx, &args)?,
        Question::OpenAt(OpenAt {
            which,
            time: typed,
            exit_code,
        }) => {
            let at = time(ctx, &typed, Prefer::Future)?;
            let open = which.ask(ctx, |calendar| calendar.is_open(at))?;
            code = if open && exit_code { YES } else { 0 };
            Calendars::Open(open)
        }
        Question::NextOpen(NextOpen { which, time: typed }) => {
            let at = time(ctx, &typed, Prefer::Future)?;
            Calendars::NextOpen(which.ask(ctx, |calendar| calendar.next_open(at))?)
        }
    };
    Ok(CommandOutput {
        code,
        ..View::Calendars(said).into()
    })
}

fn due(ctx: &CommandContext<'_>, args: &Due) -> Result<Calendars, Error> {
    let Due {
        which,
        from,
        target,
        pauses,
    } = args;
    let from = time(ctx, from, Prefer::Past)?;
    let pauses = read_pauses(ctx, pauses)?;
    let due = which.ask(ctx, |calendar| calendar.due(from, *target, &pauses))?;
    due.map(Calendars::Due).ok_or_else(|| {
        Error::usage(
            "that is due after the year 9999",
            "give an earlier time or a shorter target",
        )
    })
}

fn elapsed(ctx: &CommandContext<'_>, args: &Elapsed) -> Result<Calendars, Error> {
    let Elapsed {
        which,
        from,
        to,
        pauses,
    } = args;
    let (from, to) = (time(ctx, from, Prefer::Past)?, time(ctx, to, Prefer::Past)?);
    if to < from {
        return Err(Error::usage(
            "the end lies before the beginning",
            "give --from the earlier and --to the later time",
        ));
    }
    let pauses = read_pauses(ctx, pauses)?;
    let passed = which.ask(ctx, |calendar| calendar.elapsed(from, to, &pauses))?;
    Ok(Calendars::Elapsed(passed))
}

fn read_pauses(ctx: &CommandContext<'_>, typed: &[String]) -> Result<Pauses, Error> {
    let one = |typed: &String| {
        let (from, to) = typed.split_once("..").ok_or_else(|| {
            Error::usage(
                format!("'{typed}' is no pause"),
                "give two times with .. between them, such as \"9:30..10:15\"",
            )
        })?;
        let from = time(ctx, from.trim(), Prefer::Past)?;
        let to = time(ctx, to.trim(), Prefer::Past)?;
        if to < from {
            return Err(Error::usage(
                format!("the pause '{typed}' ends before it begins"),
                "give the earlier time first",
            ));
        }
        Ok((from, to))
    };
    let all: Result<Vec<(Timestamp, Timestamp)>, Error> = typed.iter().map(one).collect();
    all.map(Pauses::new)
}

impl Which {
    fn ask<T>(
        &self,
        ctx: &CommandContext<'_>,
        question: impl Fn(&Calendar) -> T,
    ) -> Result<T, Error> {
        let known = Known::of(ctx, &self.source)?;
        let (_, calendar) = known.named(&self.calendar)?;
        Ok(question(calendar))
    }
}

/// The calendars there are.
struct Known(BTreeMap<String, Calendar>);

impl Known {
    fn of(ctx: &CommandContext<'_>, source: &Source) -> Result<Self, Error> {
        Ok(Self(match &source.policy {
            Some(path) => input_file::policy(path)?.policy.calendars,
            None => ctx.desk.policies_if_any()?.calendars.clone(),
        }))
    }

    fn all(&self) -> impl Iterator<Item = (&str, &Calendar)> {
        let own = self.0.iter().map(|(name, one)| (name.as_str(), one));
        std::iter::once((ALWAYS, &Calendar::Always)).chain(own)
    }

    fn named(&self, typed: &str) -> Result<(&str, &Calendar), Error> {
        let typed = typed.trim();
        let is = |same: fn(&str, &str) -> bool| self.all().find(|(name, _)| same(name, typed));
        is(|a, b| a == b)
            .or_else(|| is(str::eq_ignore_ascii_case))
            .ok_or_else(|| {
                let names = self.all().map(|(name, _)| name);
                usage(UnknownWord::new("calendar", typed, names))
            })
    }
}

fn list(ctx: &CommandContext<'_>, known: &Known) -> Calendars {
    let all = known.all();
    Calendars::All(all.map(|(name, one)| standing(ctx, name, one)).collect())
}

fn standing(ctx: &CommandContext<'_>, name: &str, calendar: &Calendar) -> Standing {
    let now = ctx.desk.now();
    Standing {
        name: name.to_owned(),
        zone: calendar
            .definition()
            .map(|plan| plan.zone.name().to_owned()),
        open: calendar.is_open(now),
        next_open: calendar.next_open(now),
        next_close: calendar.next_close(now),
    }
}

fn week(ctx: &CommandContext<'_>, name: &str, calendar: &Calendar) -> Week {
    /// So many holidays and exceptions are shown.
    const MOST: usize = 10;
    let all_day = LocalHours {
        from_s: 0,
        to_s: 86_400,
    };
    Week {
        standing: standing(ctx, name, calendar),
        hours: match calendar.definition() {
            Some(plan) => plan.week.clone(),
            None => std::array::from_fn(|_| vec![all_day]),
        },
        outlook: calendar.upcoming(ctx.desk.now(), MOST),
    }
}
