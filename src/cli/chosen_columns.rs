//! The columns of a list, as they are typed.

use crate::cli::args::usage;
use crate::cli::context::CommandContext;
use crate::domain::vocabulary::UnknownWord;
use crate::error::Error;
use crate::output::Column;

/// A column as it is typed: `title`, or `+title` to add it to the usual ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChosenColumn {
    column: Column,
    is_added: bool,
}

impl ChosenColumn {
    /// # Errors
    /// [`UnknownWord`] with all names.
    pub(crate) fn parse(typed: &str) -> Result<Self, UnknownWord> {
        let name = typed.trim().strip_prefix('+');
        Ok(Self {
            column: Column::parse(name.unwrap_or(typed))?,
            is_added: name.is_some(),
        })
    }
}

/// The columns that take the place of the usual ones, if any do, and those that are
/// added.
///
/// # Errors
/// [`Error::Usage`] for a column that is not a field of the policy, and that no
/// ticket has.
pub(crate) fn chosen_columns(
    ctx: &CommandContext<'_>,
    columns: Vec<ChosenColumn>,
) -> Result<(Option<Vec<Column>>, Vec<Column>), Error> {
    for ChosenColumn { column, .. } in &columns {
        if let Column::Field(name) = column {
            check_field(ctx, name)?;
        }
    }
    let (added, chosen): (Vec<_>, Vec<_>) = columns.into_iter().partition(|one| one.is_added);
    let all = |columns: Vec<ChosenColumn>| columns.into_iter().map(|one| one.column);
    let mut added: Vec<Column> = all(added).collect();
    let mut chosen: Vec<Column> = all(chosen).collect();
    if !chosen.is_empty() {
        chosen.append(&mut added);
    }
    Ok(((!chosen.is_empty()).then_some(chosen), added))
}

fn check_field(ctx: &CommandContext<'_>, name: &str) -> Result<(), Error> {
    let policies = ctx.desk.policies_if_any()?;
    let fields = &policies.current.fields;
    if fields.iter().any(|field| field.name == name) || ctx.desk.type_of_field(name).is_some() {
        return Ok(());
    }
    let names = fields.iter().map(|field| field.name.clone());
    Err(usage(Column::unknown(name, names)))
}
