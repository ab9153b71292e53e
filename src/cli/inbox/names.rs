//! The names that keys stand for: saved views, and the commands of desk.

use super::reading::Reading;
use crate::cli::context::CommandContext;
use crate::domain::filter::views;
use crate::error::Error;
use crate::inbox::VerbInfo;

/// The saved views in the order of the digits: the user's own in the order of the
/// file, then those of the policy, then those that every desk has.
pub(super) fn view_names(
    ctx: &CommandContext<'_>,
    reading: &Reading<'_>,
) -> Result<Vec<String>, Error> {
    let mut names = ctx.config.view_order.clone();
    let policies = reading.with(|ctx| ctx.desk.policies())?;
    let shared = policies.current.views.keys().cloned();
    let built_in = views::built_in().map(str::to_owned);
    for name in shared.chain(built_in) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.truncate(9);
    Ok(names)
}

/// The commands of desk, and which of them begin with tickets.
pub(super) fn verbs(ctx: &CommandContext<'_>) -> Vec<VerbInfo> {
    let mut root = (ctx.command_line)();
    root.build();
    let commands = root
        .get_subcommands()
        .filter(|command| !command.is_hide_set());
    commands
        .map(|command| {
            let mut taken = command.get_positionals().filter(|arg| !arg.is_hide_set());
            let names = taken
                .next()
                .and_then(clap::Arg::get_value_names)
                .unwrap_or_default();
            VerbInfo {
                name: command.get_name().to_owned(),
                takes_tickets: names.first().is_some_and(|name| name.as_str() == "ID"),
                takes_words: taken.next().is_some(),
            }
        })
        .collect()
}
