//! `desk escalate`: to another tier, or a manager is told.

use crate::cli::args::{agent, line};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::Saying;
use crate::domain::decide::Command;
use crate::domain::policy::Policy;
use crate::error::Error;

/// Hand it to another tier, or tell a manager
///
/// Without a tier it goes to the next one up. A lower tier hands it back.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk escalate <ID>... [TIER] <REASON> [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
    /// Assign it to this agent there
    #[arg(long, value_name = "AGENT", conflicts_with = "manager",
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::agents))]
    to: Option<String>,
    /// Keep the tier and record that this manager was told
    #[arg(long, value_name = "NAME")]
    manager: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        saying,
        to,
        manager,
    } = args;
    let (ids, mut said) = saying.split(ctx)?;
    let manager = line("manager", manager.as_ref())?;
    let policy = ctx.desk.policies()?;
    let tier = said.first(|word| manager.is_none() && names_a_tier(&policy, word));
    let reason = said.needed(ctx, "reason")?;
    let command = match manager {
        Some(manager) => Command::InformManager { manager, reason },
        None => Command::Escalate {
            to: tier,
            reason,
            agent: to.as_deref().map(agent).transpose()?,
        },
    };
    ctx.act(&ids, &command)
}

/// Whether a word is a tier, or was meant as one: `L9` is a slip, not a reason.
fn names_a_tier(policy: &Policy, word: &str) -> bool {
    let known = policy
        .tiers
        .iter()
        .any(|tier| tier.as_str().eq_ignore_ascii_case(word));
    let shaped = word
        .strip_prefix(['L', 'l'])
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    known || shaped
}
