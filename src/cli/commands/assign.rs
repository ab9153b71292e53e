//! `desk assign`: assigns a ticket to an agent.

use clap_complete::engine::ArgValueCandidates;

use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::{EscapedWords, FirstArgument, TicketsAndWords};
use crate::domain::decide::Command;
use crate::domain::policy::AgentEntry;
use crate::error::Error;

/// Assign a ticket to an agent
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk assign <ID> <AGENT> [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk assign 42 ben
  desk assign 42,43 ben")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: FirstArgument,
    /// The agent
    #[arg(value_name = "AGENT", add = ArgValueCandidates::new(completion::agents))]
    assignee: Vec<String>,
    #[command(flatten)]
    escaped: EscapedWords,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        assignee: words,
        escaped,
    } = args;
    let words = TicketsAndWords::new(tickets, words, escaped);
    let (tickets, typed) = words.with_one(ctx, "agent", "desk assign ID AGENT", |policy| {
        let name = |member: &AgentEntry| member.agent.to_string();
        policy.agents.iter().map(name).collect()
    })?;
    let agent = ctx.assignee(&typed)?;
    ctx.execute(&tickets, &Command::Assign { agent })
}
