//! `desk breach decide`: records decisions about a breach.

use super::execute;
use crate::cli::args::{body, line, time, value_of};
use crate::cli::completion::{self, fixed};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection;
use crate::domain::decide::{BreachCommand, TimeDecision};
use crate::domain::time::parse_time::Prefer;
use crate::domain::vocabulary::Risk;
use crate::error::Error;

/// Record a decision: since when you are aware, or which risk there is
///
/// Awareness starts the clocks: the organisation is aware once it is reasonably
/// certain that personal data were compromised. The risk is that to the rights
/// and freedoms of persons: unlikely, risk or high; high starts the time for
/// telling them. Another decision later replaces the first, with its reason.
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk breach decide <ID> --aware|--classified <TIME> [OPTIONS]\n       desk breach decide <ID> --risk <RISK> --reason <TEXT> [OPTIONS]"
)]
#[command(after_long_help = "\
Examples:
  desk breach decide 42 --aware 'today 9:00' --by 'C. Weber, DPO'
  desk breach decide 42 --risk high --reason 'account data, unencrypted'
  desk breach decide 42 --classified now --reason 'major under DORA'")]
pub(super) struct Args {
    /// The ticket
    #[arg(value_name = "ID", add = clap_complete::engine::ArgValueCandidates::new(completion::tickets))]
    id: String,
    /// Since when the organisation is aware of the breach
    #[arg(long, value_name = "TIME", conflicts_with_all = ["classified", "risk"])]
    aware: Option<String>,
    /// When the incident was classified as one to report, such as a major one
    #[arg(long, value_name = "TIME", conflicts_with = "risk")]
    classified: Option<String>,
    /// The risk to persons: unlikely, risk or high
    #[arg(long, value_name = "RISK", value_parser = value_of(Risk::parse), add = fixed(Risk::WORDS))]
    risk: Option<Risk>,
    /// Who decided [default: you]
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// What can be decided, as a prompt offers it.
const CHOICES: [&str; 3] = ["aware", "risk", "classified"];

pub(super) fn run(ctx: &CommandContext<'_>, args: Args) -> Result<CommandOutput<'static>, Error> {
    let Args {
        id,
        mut aware,
        mut classified,
        mut risk,
        by,
        reason,
    } = args;
    let id = ticket_selection::one(&id, ctx)?;
    let (by, mut reason) = (line("name", by.as_ref())?, body("reason", reason.as_ref())?);
    if aware.is_none() && classified.is_none() && risk.is_none() {
        const FLAGS: &str = "--aware TIME, --risk RISK or --classified TIME";
        let choices = CHOICES.map(str::to_owned);
        match ctx.prompt.choose("decision", FLAGS, &choices)?.as_str() {
            "aware" => aware = Some(ctx.prompt.line("aware since", "--aware TIME")?),
            "classified" => {
                classified = Some(ctx.prompt.line("classified at", "--classified TIME")?);
            }
            _ => {
                let words = Risk::WORDS.iter().map(|word| (*word).to_owned());
                let words: Vec<String> = words.collect();
                let chosen = ctx.prompt.choose_index("risk", "--risk RISK", &words)?;
                risk = Some(Risk::ALL[chosen]);
            }
        }
    }
    let at = |typed: &str| time(ctx, typed, Prefer::Past);
    let command = if let Some(typed) = aware {
        let at = at(&typed)?;
        BreachCommand::BecomeAware(TimeDecision { at, by, reason })
    } else if let Some(typed) = classified {
        let at = at(&typed)?;
        BreachCommand::Classify(TimeDecision { at, by, reason })
    } else {
        if reason.is_none() {
            let typed = ctx.prompt.line("reason", "--reason TEXT")?;
            reason = body("reason", Some(&typed))?;
        }
        BreachCommand::DecideRisk {
            risk: risk.unwrap_or(Risk::Likely),
            by,
            reason: reason.unwrap_or_default(),
        }
    };
    execute(ctx, id, command)
}
