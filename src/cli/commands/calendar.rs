//! `desk calendar`: shows calendars of the policy and calculates with them.

mod feed;

use std::collections::BTreeMap;

use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::{time, usage, working_span};
use crate::cli::context::{CommandContext, CommandOutput, exit_code_for};
use crate::cli::input_file;
use crate::domain::Timestamp;
use crate::domain::sla::calendar::{ALWAYS, Calendar, LocalHours, Pauses};
use crate::domain::time::parse_time::Prefer;
use crate::domain::time::working_span::WorkingSpan;
use crate::domain::vocabulary::UnknownWord;
use crate::error::Error;
use crate::output::{CalendarAnswer, CalendarList, CalendarPage, CalendarState};

/// Show calendars and calculate with them
///
/// Times without a zone are in the display zone (--tz), not in the zone of the
/// calendar. The calendar 24x7 always exists. Without a subcommand, lists the
/// calendars.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk calendar show office
  desk calendar feed --mine --out desk.ics
  desk calendar due --calendar office --from 'friday 16:00' --target 4h
  desk calendar due --calendar office --from 'friday 16:00' --target 5bd
  desk calendar elapsed --calendar office --from 'monday 9:00' --to 'tuesday 12:00'")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// List the calendars
    List(Source),
    /// Show the hours of a calendar and its upcoming exceptions
    Show(Show),
    /// Calculate when a target is due
    ///
    /// A target that runs out exactly at closing time is due at closing time.
    /// A business day is a day with open time: 5bd is due at the same clock time
    /// five of them later.
    Due(Due),
    /// Calculate the open time between two times
    ///
    /// Without pauses, the business days that are over are counted as well.
    Elapsed(Elapsed),
    /// Show whether a calendar is open at a time
    OpenAt(OpenAt),
    /// Show when a calendar opens next
    NextOpen(NextOpen),
    /// Print due times, calls and ends of pauses for a calendar program
    ///
    /// An iCalendar document of the open tickets that you see. Each entry keeps its
    /// id, so that a program that reads the document again moves what has moved.
    Feed(feed::Feed),
}

#[derive(Debug, Clone, clap::Args)]
struct Source {
    /// Use the calendars of this policy file instead of the store's
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
struct CalendarArgs {
    /// The name of the calendar
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(crate::cli::completion::calendars))]
    calendar: String,
    #[command(flatten)]
    source: Source,
}

#[derive(Debug, Clone, clap::Args)]
struct Due {
    #[command(flatten)]
    calendar: CalendarArgs,
    /// The start; without a zone, in the display zone
    #[arg(long, value_name = "TIME")]
    from: String,
    /// The target: open time such as 4h, or business days such as 5bd
    #[arg(long, value_name = "DURATION", value_parser = working_span)]
    target: WorkingSpan,
    /// Exclude this time; can be repeated
    #[arg(long = "pause", value_name = "FROM..TO")]
    pauses: Vec<String>,
}

#[derive(Debug, Clone, clap::Args)]
struct Elapsed {
    #[command(flatten)]
    calendar: CalendarArgs,
    /// The start; without a zone, in the display zone
    #[arg(long, value_name = "TIME")]
    from: String,
    /// The end; without a zone, in the display zone
    #[arg(long, value_name = "TIME")]
    to: String,
    /// Exclude this time; can be repeated
    #[arg(long = "pause", value_name = "FROM..TO")]
    pauses: Vec<String>,
}

#[derive(Debug, Clone, clap::Args)]
struct OpenAt {
    #[command(flatten)]
    calendar: CalendarArgs,
    /// The time; without a zone, in the display zone
    #[arg(long, value_name = "TIME")]
    time: String,
    /// Exit with 10 if it is open
    #[arg(long)]
    exit_code: bool,
}

#[derive(Debug, Clone, clap::Args)]
struct NextOpen {
    #[command(flatten)]
    calendar: CalendarArgs,
    /// Search from this time on; without a zone, in the display zone
    #[arg(long, value_name = "TIME")]
    time: String,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { action } = args;
    Ok(
        match action.unwrap_or(Action::List(Source { policy: None })) {
            Action::List(source) => list(ctx, &KnownCalendars::load(ctx, &source)?).into(),
            Action::Show(Show { name, source }) => {
                let known = KnownCalendars::load(ctx, &source)?;
                let (name, calendar) = known.named(&name)?;
                week(ctx, name, calendar).into()
            }
            Action::Due(args) => due(ctx, &args)?.into(),
            Action::Elapsed(args) => elapsed(ctx, &args)?.into(),
            Action::OpenAt(OpenAt {
                calendar,
                time: typed,
                exit_code,
            }) => {
                let at = time(ctx, &typed, Prefer::Future)?;
                let open = calendar.evaluate(ctx, |calendar| calendar.is_open(at))?;
                CommandOutput {
                    exit_code: exit_code_for(exit_code, open),
                    ..CalendarAnswer::Open(open).into()
                }
            }
            Action::NextOpen(NextOpen {
                calendar,
                time: typed,
            }) => {
                let at = time(ctx, &typed, Prefer::Future)?;
                let next = calendar.evaluate(ctx, |calendar| calendar.next_open(at))?;
                CalendarAnswer::NextOpen(next).into()
            }
            Action::Feed(args) => feed::run(ctx, args)?,
        },
    )
}

fn due(ctx: &CommandContext<'_>, args: &Due) -> Result<CalendarAnswer, Error> {
    let Due {
        calendar,
        from,
        target,
        pauses,
    } = args;
    let from = time(ctx, from, Prefer::Past)?;
    let pauses = read_pauses(ctx, pauses)?;
    let due = calendar.evaluate(ctx, |calendar| {
        let span = match *target {
            WorkingSpan::Time(time) => time,
            WorkingSpan::Days(days) => calendar.days_span(from, days, false)?,
        };
        calendar.due(from, span, &pauses)
    })?;
    due.map(CalendarAnswer::Due).ok_or_else(|| {
        Error::usage(
            "the due time is after the year 9999",
            "give an earlier time or a shorter target",
        )
    })
}

fn elapsed(ctx: &CommandContext<'_>, args: &Elapsed) -> Result<CalendarAnswer, Error> {
    let Elapsed {
        calendar,
        from,
        to,
        pauses,
    } = args;
    let (from, to) = (time(ctx, from, Prefer::Past)?, time(ctx, to, Prefer::Past)?);
    if to < from {
        return Err(Error::usage(
            "the end is before the start",
            "swap --from and --to",
        ));
    }
    let without_pauses = pauses.is_empty();
    let pauses = read_pauses(ctx, pauses)?;
    calendar.evaluate(ctx, |calendar| {
        let has_days = without_pauses && calendar.definition().is_some();
        CalendarAnswer::Elapsed {
            time: calendar.elapsed(from, to, &pauses),
            days: has_days.then(|| calendar.days_between(from, to)),
        }
    })
}

fn read_pauses(ctx: &CommandContext<'_>, typed: &[String]) -> Result<Pauses, Error> {
    let one = |typed: &String| {
        let (from, to) = typed.split_once("..").ok_or_else(|| {
            Error::usage(
                format!("'{typed}' is not a pause"),
                "give two times with .. between them, such as \"9:30..10:15\"",
            )
        })?;
        let from = time(ctx, from.trim(), Prefer::Past)?;
        let to = time(ctx, to.trim(), Prefer::Past)?;
        if to < from {
            return Err(Error::usage(
                format!("the pause '{typed}' ends before it starts"),
                "give the earlier time first",
            ));
        }
        Ok((from, to))
    };
    let all: Result<Vec<(Timestamp, Timestamp)>, Error> = typed.iter().map(one).collect();
    all.map(Pauses::new)
}

impl CalendarArgs {
    fn evaluate<T>(
        &self,
        ctx: &CommandContext<'_>,
        calculate: impl Fn(&Calendar) -> T,
    ) -> Result<T, Error> {
        let known = KnownCalendars::load(ctx, &self.source)?;
        let (_, calendar) = known.named(&self.calendar)?;
        Ok(calculate(calendar))
    }
}

/// The calendars of a policy, and 24x7.
struct KnownCalendars(BTreeMap<String, Calendar>);

impl KnownCalendars {
    fn load(ctx: &CommandContext<'_>, source: &Source) -> Result<Self, Error> {
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

fn list(ctx: &CommandContext<'_>, known: &KnownCalendars) -> CalendarList {
    let all = known.all();
    CalendarList(all.map(|(name, one)| state(ctx, name, one)).collect())
}

fn state(ctx: &CommandContext<'_>, name: &str, calendar: &Calendar) -> CalendarState {
    let now = ctx.desk.now();
    CalendarState {
        name: name.to_owned(),
        zone: calendar
            .definition()
            .map(|plan| plan.zone.name().to_owned()),
        open: calendar.is_open(now),
        next_open: calendar.next_open(now),
        next_close: calendar.next_close(now),
    }
}

fn week(ctx: &CommandContext<'_>, name: &str, calendar: &Calendar) -> CalendarPage {
    /// How many holidays and exceptions to show.
    const MOST: usize = 10;
    let all_day = LocalHours {
        from_s: 0,
        to_s: 86_400,
    };
    CalendarPage {
        state: state(ctx, name, calendar),
        hours: match calendar.definition() {
            Some(plan) => plan.week.clone(),
            None => std::array::from_fn(|_| vec![all_day]),
        },
        outlook: calendar.upcoming(ctx.desk.now(), MOST),
    }
}
