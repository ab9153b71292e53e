//! `desk assign`: a ticket gets its agent.

use crate::cli::args::agent;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::Words;
use crate::domain::decide::Command;
use crate::domain::policy::AgentEntry;
use crate::error::Error;

/// Assign it to an agent
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk assign <ID>... <AGENT> [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    words: Words,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { words } = args;
    let (ids, typed) = words.with_one(ctx, "agent", "desk assign ID AGENT", |policy| {
        let name = |member: &AgentEntry| member.agent.to_string();
        policy.agents.iter().map(name).collect()
    })?;
    let agent = agent(&typed)?;
    ctx.act(&ids, &Command::Assign { agent })
}
