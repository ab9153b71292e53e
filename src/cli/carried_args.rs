//! Options for what a ticket carries: tags and fields that the policy defines.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::usage;
use crate::cli::completion;
use crate::cli::context::CommandContext;
use crate::domain::custom_field::TypedField;
use crate::domain::decide::Command;
use crate::domain::tag::Tag;
use crate::error::Error;

/// Tags to put on tickets.
#[derive(Debug, Clone, Args)]
pub(crate) struct TagArgs {
    /// A tag, such as vpn; can be repeated
    #[arg(long = "tag", value_name = "TAG", value_delimiter = ',', add = ArgValueCandidates::new(completion::tags))]
    tags: Vec<String>,
}

impl TagArgs {
    pub(crate) fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    /// The tags that were given.
    ///
    /// # Errors
    /// [`Error::Usage`] for what cannot be a tag.
    pub(crate) fn tags(&self, ctx: &CommandContext<'_>) -> Result<Vec<Tag>, Error> {
        self.tags.iter().map(|typed| ctx.tag(typed)).collect()
    }

    /// The command, together with putting the tags on the ticket.
    ///
    /// # Errors
    /// As [`Self::tags`].
    pub(crate) fn and(&self, ctx: &CommandContext<'_>, command: Command) -> Result<Command, Error> {
        let add = self.tags(ctx)?;
        let command = Box::new(command);
        Ok(match add.is_empty() {
            true => *command,
            false => Command::TagAnd { add, command },
        })
    }
}

/// Values of fields.
#[derive(Debug, Clone, Args)]
pub(crate) struct FieldArgs {
    /// A field of the policy and its value, such as asset=SRV-1; can be repeated
    #[arg(long = "field", value_name = "NAME=VALUE", add = ArgValueCandidates::new(completion::fields))]
    fields: Vec<String>,
}

impl FieldArgs {
    /// The fields that were given.
    ///
    /// # Errors
    /// [`Error::Usage`] without an equals sign.
    pub(crate) fn fields(&self) -> Result<Vec<TypedField>, Error> {
        typed_fields(&self.fields)
    }
}

/// Parses fields with their values.
///
/// # Errors
/// [`Error::Usage`] without an equals sign.
pub(crate) fn typed_fields(typed: &[String]) -> Result<Vec<TypedField>, Error> {
    let fields = typed.iter().map(|typed| TypedField::parse(typed));
    fields.collect::<Result<_, _>>().map_err(usage)
}
