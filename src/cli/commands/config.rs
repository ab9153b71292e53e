//! `desk config`: every setting and its source; changes of the user file.

use clap_complete::engine::ArgValueCandidates;

use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::config::{FileSetting, Source};
use crate::error::Error;
use crate::output::{ChangedSetting, Setting, Settings};

/// Show and change settings
///
/// Without an action, shows every setting and its source.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk config
  desk config set agent anna
  desk config set channel phone
  desk config set views.night 'p:P1..P2 -assignee:none'
  desk config unset pager")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// Set a setting in the user file
    ///
    /// Comments and the order of the lines stay. A value that desk would refuse is
    /// not written. Settings are db, agent, channel, format, color, tz, editor,
    /// pager, and views.NAME.
    Set {
        /// The setting, such as channel
        #[arg(value_name = "NAME", add = ArgValueCandidates::new(completion::settings))]
        name: String,
        /// Its new value
        #[arg(value_name = "VALUE", allow_hyphen_values = true)]
        value: String,
    },
    /// Remove a setting from the user file
    Unset {
        /// The setting, such as channel
        #[arg(value_name = "NAME", add = ArgValueCandidates::new(completion::settings))]
        name: String,
    },
}

impl Args {
    /// Returns the name of an action to which no time applies.
    pub(crate) const fn name_without_time(&self) -> Option<&'static str> {
        match self.action {
            Some(Action::Set { .. }) => Some("config set"),
            Some(Action::Unset { .. }) => Some("config unset"),
            None => None,
        }
    }
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    match args.action {
        None => Ok(show(ctx)),
        Some(Action::Set { name, value }) => change(ctx, &name, Some(&value)),
        Some(Action::Unset { name }) => change(ctx, &name, None),
    }
}

fn show<'a>(ctx: &'a CommandContext<'a>) -> CommandOutput<'a> {
    let settings = ctx.config.settings();
    let settings = settings.into_iter().map(|(name, value, source)| Setting {
        name,
        value,
        source,
    });
    Settings(settings.collect()).into()
}

fn change(
    ctx: &CommandContext<'_>,
    name: &str,
    value: Option<&str>,
) -> Result<CommandOutput<'static>, Error> {
    let setting = FileSetting::parse(name)?;
    let changed = ctx.config.write_setting(&setting, value)?;
    let name = setting.name();
    let mut answer: CommandOutput<'static> = ChangedSetting {
        changed,
        file: ctx.config.user_file_path(),
        name: name.clone(),
        value: value.map(str::to_owned),
    }
    .into();
    let settings = ctx.config.settings();
    let in_force = settings.iter().find(|(known, _, _)| *known == name);
    if let (Some((_, Some(known), source)), Some(_)) = (in_force, value)
        && [Source::Flag, Source::Environment]
            .map(Source::as_str)
            .contains(source)
    {
        let note =
            format!("{name} is {known} here, which the {source} says and which counts first");
        answer.after.push(crate::output::safe_line(&note));
    }
    Ok(answer)
}
