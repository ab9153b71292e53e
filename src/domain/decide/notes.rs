//! Internal notes, observations and corrections of what was submitted.

use super::decision::Decision;
use super::edit;
use crate::domain::event::{Correction, Fact, Note};
use crate::domain::rejection::Rejection;

/// Records a note and a correction, as far as they say something new.
pub(super) fn log(
    decision: &mut Decision<'_>,
    note: Note,
    correction: Correction,
) -> Result<(), Rejection> {
    add_note(decision, note)?;
    edit::correct(decision, correction);
    Ok(())
}

/// Records a note, unless it is empty.
///
/// # Errors
/// [`Rejection::BeganLater`] if the problem began after the note is made.
pub(super) fn add_note(decision: &mut Decision<'_>, note: Note) -> Result<(), Rejection> {
    if let Some(at) = note.began
        && at > decision.at
    {
        return Err(Rejection::BeganLater {
            at,
            now: decision.at,
        });
    }
    if note != Note::default() {
        decision.record(Fact::Logged(note));
    }
    Ok(())
}
