//! `desk person hold`: keeps a person or a ticket from being erased.

use super::who;
use crate::cli::args::body;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::domain::event::TicketId;
use crate::domain::privacy::hold::Held;
use crate::error::Error;
use crate::output::HoldList;

/// Keep a person or a ticket from being erased, or list the holds
///
/// A hold forbids the erasure of a person, of a ticket, and of the persons on it,
/// and stops the rules of retention there, until it is lifted. Both are recorded
/// with a reason.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk person hold
  desk person hold mia@example.org --reason 'case 7 at the district court'
  desk person hold 42 --reason 'case 7 at the district court'
  desk person hold 42 --lift --reason 'case 7 was settled'")]
pub(super) struct Args {
    /// A ticket number, or a mail address, a telephone number, a whole name, or
    /// 'NAME <CONTACT>'; without it, the holds are listed
    #[arg(value_name = "WHO|ID")]
    held: Option<String>,
    /// Lift the hold
    #[arg(long, requires = "held")]
    lift: bool,
    /// Why
    #[arg(long, value_name = "TEXT", requires = "held")]
    reason: Option<String>,
}

pub(super) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { held, lift, reason } = args;
    let Some(typed) = held else {
        return Ok(HoldList(ctx.desk.holds()?).into());
    };
    let held = held_by(ctx, &typed, lift)?;
    let reason = match body("reason", reason.as_ref())? {
        Some(reason) => reason,
        None => ctx.prompt.line("reason", "--reason TEXT")?,
    };
    if lift {
        return Ok(HoldList(ctx.desk.lift_holds(&held, &reason)?).into());
    }
    let (hold, is_new) = ctx.desk.place_hold(&held, &reason)?;
    let mut output = CommandOutput::from(HoldList(vec![hold]));
    if !is_new {
        output
            .after
            .push("note: unchanged; it is held already".to_owned());
    }
    Ok(output)
}

/// A number means a ticket, anything else a person. One who is not known can be
/// held too: a ticket may follow.
fn held_by(ctx: &CommandContext<'_>, typed: &str, lift: bool) -> Result<Held, Error> {
    let digits = typed.trim().trim_start_matches('#');
    if let Ok(number) = digits.parse::<i64>() {
        return Ok(Held::Ticket(TicketId(number)));
    }
    let person = who(typed)?;
    if !lift && person.contact.is_none() {
        // A part of a name must not hold somebody else.
        ctx.desk.identify(&person)?;
    }
    Ok(Held::Person(person))
}
