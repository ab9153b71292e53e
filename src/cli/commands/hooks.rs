//! `desk hooks`: programs that are told of events, and what they were told.

use crate::app::DeliveryRound;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::domain::hooks::{DeliveryState, HookDelivery, HookOutcome};
use crate::error::Error;
use crate::output::{DeliveryList, HookList, HookTest};

/// List hooks, and send, retry and drop what they are told
///
/// A hook is a program in the settings of the machine or of a user that is told of
/// events: it reads one JSON document. Every event is queued for it together with
/// what happened, and stays queued until the program has ended with 0, so that none
/// is lost; a program can be told of one event twice, with the same delivery_id.
///
/// Without a subcommand, lists the hooks, and the events that wait or that a program
/// failed with as often as its settings allow. See desk help hooks-guide.
#[derive(Debug, Clone, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_long_help = "\
Examples:
  desk hooks
  desk hooks test chat
  desk hooks retry 7
  desk hooks --all --json")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// Also what was delivered or dropped in the last 7 days
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// Run the programs of your hooks and of the machine's for everything that is due
    Send(Send),
    /// Make a delivery wait again, and try it at once
    Retry(Number),
    /// Give a delivery up
    Drop(Number),
    /// Run the program of a hook with a made-up event, and show what it writes
    Test(Test),
}

#[derive(Debug, Clone, Copy, clap::Args)]
struct Send {
    /// Leave out hooks with deliver = "sweep", and print nothing
    #[arg(long, hide = true)]
    background: bool,
}

#[derive(Debug, Clone, Copy, clap::Args)]
struct Number {
    /// The number of the delivery, from desk hooks
    #[arg(value_name = "DELIVERY")]
    delivery: i64,
}

#[derive(Debug, Clone, clap::Args)]
struct Test {
    /// The name of the hook
    #[arg(value_name = "HOOK")]
    name: String,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { action, all } = args;
    match action {
        None => {
            ctx.desk.policies_if_any()?;
            Ok(HookList {
                hooks: ctx.desk.hook_states()?,
                deliveries: ctx.desk.hook_deliveries(all)?,
            }
            .into())
        }
        Some(Action::Send(Send { background })) => send(ctx, background),
        Some(Action::Retry(Number { delivery })) => Ok(one(ctx.desk.retry_delivery(delivery)?)),
        Some(Action::Drop(Number { delivery })) => Ok(one(ctx.desk.drop_delivery(delivery)?)),
        Some(Action::Test(Test { name })) => test(ctx, &name),
    }
}

fn send<'a>(ctx: &'a CommandContext<'a>, background: bool) -> Result<CommandOutput<'a>, Error> {
    if ctx.config.hooks.is_empty() {
        return Err(Error::usage(
            "no hooks are set, so nothing can be sent",
            "write [hooks.NAME] into the settings; see desk help hooks-guide",
        ));
    }
    let round = match background {
        true => DeliveryRound::AfterCommand,
        false => DeliveryRound::Requested,
    };
    let deliveries = ctx.desk.deliver_hooks(round)?;
    let nothing = "nothing is due";
    Ok(DeliveryList {
        deliveries,
        nothing,
    }
    .into())
}

/// A delivery after a change. One that failed again is a failure.
fn one<'a>(delivery: HookDelivery) -> CommandOutput<'a> {
    let has_failed = delivery.failures > 0 && delivery.state != DeliveryState::Delivered;
    CommandOutput {
        exit_code: if has_failed { 5 } else { 0 },
        ..DeliveryList {
            deliveries: vec![delivery],
            nothing: "",
        }
        .into()
    }
}

fn test<'a>(ctx: &'a CommandContext<'a>, name: &str) -> Result<CommandOutput<'a>, Error> {
    let programs = ctx.hook_programs;
    let tested = ctx
        .desk
        .test_hook(name, |hook, call| programs.try_out(hook, call));
    let (hook, trial) = tested?;
    let exit_code = match trial.outcome {
        HookOutcome::Delivered => 0,
        HookOutcome::Failed(_) | HookOutcome::LeftOut(_) => 5,
    };
    Ok(CommandOutput {
        exit_code,
        ..HookTest { hook, trial }.into()
    })
}
