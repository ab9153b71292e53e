//! `desk categorize`: where it belongs in the category tree.

use super::args::category;
use super::which::Words;
use super::{Answer, Seat};
use crate::domain::decide::Command;
use crate::domain::policy::Branch;
use crate::error::Error;

/// Put it into its category
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk categorize <ID>... <CATEGORY> [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    words: Words,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { words } = args;
    let (ids, typed) = words.with_one(seat, "category", "desk categorize ID CATEGORY", |policy| {
        let path = |branch: &Branch| branch.path.as_str().to_owned();
        policy.categories.iter().map(path).collect()
    })?;
    let category = category(&typed)?;
    seat.act(&ids, &Command::Categorize { category })
}
