//! `desk field`: sets fields that the policy defines.

use clap_complete::engine::ArgValueCandidates;

use crate::cli::carried_args::typed_fields;
use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::{EscapedWords, Expected, FirstArgument, TicketsAndWords};
use crate::domain::decide::Command;
use crate::error::Error;

/// Set fields that the policy defines
///
/// The policy says which fields there are, and what values they take: see desk docs
/// fields. NAME= without a value removes it. Find tickets with desk list asset:SRV-1
/// or cost:>100.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk field <ID> <NAME=VALUE>... [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk field 42 asset=SRV-1
  desk field 42 cost=120.50 'site=Kiel, second floor'
  desk field 42 asset=")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: FirstArgument,
    /// The fields with their values; NAME= removes the value
    #[arg(value_name = "NAME=VALUE", add = ArgValueCandidates::new(completion::fields))]
    words: Vec<String>,
    #[command(flatten)]
    escaped: EscapedWords,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        words,
        escaped,
    } = args;
    let words = TicketsAndWords::new(tickets, words, escaped);
    let (tickets, words) = words.split(ctx, Expected::Word("field"))?;
    if words.is_empty() {
        let fields = ctx.desk.policies_if_any()?;
        let fields = fields.current.fields.iter().map(|field| field.name.clone());
        let names: Vec<String> = fields.collect();
        let hint = match names.first() {
            Some(first) => format!(
                "give one, such as {first}=VALUE; fields: {}",
                names.join(", ")
            ),
            None => {
                "define some in the policy first: desk policy edit, then [fields.NAME] with a type"
                    .to_owned()
            }
        };
        return Err(Error::usage("the fields are missing", hint));
    }
    let fields = typed_fields(&words)?;
    ctx.execute(&tickets, &Command::SetFields { fields })
}
