//! `desk backup`: a copy of the store that can be restored.

use std::path::PathBuf;

use super::{Answer, Seat};
use crate::error::Error;
use crate::render::{Kept, View};

/// Write a copy of the store
///
/// The copy is complete and consistent while others go on writing; a plain
/// copy of the file is not.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// A file that does not exist yet
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { file } = args;
    let file = std::path::absolute(&file).unwrap_or(file);
    seat.desk.backup(&file)?;
    Ok(View::Kept(Kept::done("backed up", file)).into())
}
