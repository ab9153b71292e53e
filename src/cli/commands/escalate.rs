//! `desk escalate`: hands a ticket to another tier, or notifies a manager.

use crate::cli::args::{agent, line};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::TextArgs;
use crate::domain::decide::Command;
use crate::domain::policy::Policy;
use crate::error::Error;

/// Hand a ticket to another tier, or notify a manager
///
/// Without TIER, the ticket goes to the next higher tier. A lower tier hands it
/// back.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk escalate <ID>... [TIER] <REASON> [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk escalate 42 'needs access to the core switch'
  desk escalate 42 L3 --to cara 'kernel panic in the driver'
  desk escalate 42 --manager 'Iris Blum' 'P1 for three hours'")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
    /// Assign it to this agent of the tier
    #[arg(long, value_name = "AGENT", conflicts_with = "manager",
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::agents))]
    to: Option<String>,
    /// Keep the tier, and record that this manager was notified
    #[arg(long, value_name = "NAME")]
    manager: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { input, to, manager } = args;
    let (tickets, mut text) = input.split(ctx)?;
    let manager = line("manager", manager.as_ref())?;
    let policy = ctx.desk.policies()?;
    let tier = text.take_first(|word| manager.is_none() && names_a_tier(&policy, word));
    let reason = text.required(ctx, "reason")?;
    let command = match manager {
        Some(manager) => Command::InformManager { manager, reason },
        None => Command::Escalate {
            to: tier,
            reason,
            agent: to.as_deref().map(agent).transpose()?,
        },
    };
    ctx.execute(&tickets, &command)
}

/// Whether a word is a tier or looks like one: `L9` is a typo, not a reason.
fn names_a_tier(policy: &Policy, word: &str) -> bool {
    let known = policy
        .tiers
        .iter()
        .any(|tier| tier.as_str().eq_ignore_ascii_case(word));
    let looks_like_a_tier = word
        .strip_prefix(['L', 'l'])
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    known || looks_like_a_tier
}
