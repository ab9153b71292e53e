//! The line of a form that has all tags.

use crate::cli::args::usage;
use crate::cli::context::CommandContext;
use crate::domain::decide::{Edit, tags_line};
use crate::domain::tag::Tag;
use crate::error::Error;

/// Sets the tags of an edit from the line that was typed; returns that line with each
/// of them once, by name.
pub(super) fn set(
    ctx: &CommandContext<'_>,
    edit: &mut Edit,
    before: &str,
    typed: &str,
) -> Result<String, Error> {
    let words = |line: &str| -> Vec<String> {
        let words = line.split(',').map(str::trim);
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let known = words(before);
    let known = known.iter().map(|word| Tag::parse(word));
    let known: Vec<Tag> = known.collect::<Result<_, _>>().map_err(usage)?;
    let mut wanted = Vec::new();
    for word in words(typed) {
        // Only a new one can be a slip.
        let tag = Tag::parse(&word).map_err(usage)?;
        wanted.push(match known.contains(&tag) {
            true => tag,
            false => ctx.tag(&word)?,
        });
    }
    wanted.sort();
    wanted.dedup();
    let others = |tags: &[Tag], all: &[Tag]| -> Vec<Tag> {
        let others = all.iter().filter(|tag| !tags.contains(tag));
        others.cloned().collect()
    };
    edit.tags = others(&known, &wanted);
    edit.no_tags = others(&wanted, &known);
    Ok(tags_line(&wanted))
}
