//! `desk escalate`: hands a ticket to another tier, or notifies a manager.

use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::{agent, line};
use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::{self, MessageArg};
use crate::cli::ticket_selection::{EscapedWords, FirstArgument, TicketsAndWords};
use crate::domain::decide::Command;
use crate::domain::policy::Policy;
use crate::error::Error;

/// Hand a ticket to another tier, or notify a manager
///
/// Without TIER, the ticket goes to the next higher tier. A lower tier hands it
/// back.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk escalate <ID> [TIER] <REASON> [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk escalate 42 'needs access to the core switch'
  desk escalate 42 L3 --to cara 'kernel panic in the driver'
  desk escalate 42 --manager 'Iris Blum' 'P1 for three hours'")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: FirstArgument,
    /// The tier, if it is not the next higher one; then the reason
    #[arg(value_name = "REASON", add = ArgValueCandidates::new(completion::tiers))]
    words: Vec<String>,
    #[command(flatten)]
    escaped: EscapedWords,
    #[command(flatten)]
    message: MessageArg,
    /// Assign it to this agent of the tier
    #[arg(long, value_name = "AGENT", conflicts_with = "manager",
          add = ArgValueCandidates::new(completion::agents))]
    to: Option<String>,
    /// Keep the tier, and record that this manager was notified
    #[arg(long, value_name = "NAME")]
    manager: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        words,
        escaped,
        message,
        to,
        manager,
    } = args;
    let words = TicketsAndWords::new(tickets, words, escaped);
    let (tickets, mut text) = text_args::split(ctx, &words, message)?;
    let manager = line("manager", manager.as_ref())?;
    let policy = ctx.desk.policies()?;
    let mut tier = text.take_first(|word| manager.is_none() && names_a_tier(&policy, word));
    let agent = match to {
        Some(typed) if names_a_tier(&policy, &typed) && !is_agent(ctx, &typed)? => {
            // Its name says what is meant, whatever option it was given with.
            let same = |tier: &mut String| tier.eq_ignore_ascii_case(&typed);
            if !same(tier.get_or_insert_with(|| typed.clone())) {
                return Err(Error::usage(
                    format!("'{typed}' is a tier, but --to takes an agent"),
                    "give one tier, before the reason: desk escalate ID TIER REASON --to AGENT",
                ));
            }
            None
        }
        Some(typed) => Some(ctx.assignee(&typed)?),
        None => None,
    };
    let reason = text.required(ctx, "reason")?;
    let command = match manager {
        Some(manager) => Command::InformManager { manager, reason },
        None => Command::Escalate {
            to: tier,
            reason,
            agent,
        },
    };
    let done = ctx.execute(&tickets, &command)?;
    Ok(done.explain_notes("is at that tier already"))
}

/// Whether a word is the name of an agent of the policy or of the store.
fn is_agent(ctx: &CommandContext<'_>, word: &str) -> Result<bool, Error> {
    match agent(word) {
        Ok(agent) => ctx.desk.is_known_agent(&agent),
        Err(_) => Ok(false),
    }
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
