//! Internal notes, observations and corrections of what was submitted.

use super::decision::Decision;
use crate::domain::event::{Correction, Fact, Note};
use crate::domain::rejection::Rejection;

/// Records a note and a correction, as far as they say something new.
pub(super) fn log(
    decision: &mut Decision<'_>,
    note: Note,
    correction: Correction,
) -> Result<(), Rejection> {
    let differs = |new: &Option<String>, known: Option<&str>| {
        new.as_deref().is_some_and(|new| Some(new) != known)
    };
    let known = &decision.ticket.requester;
    let corrects = differs(&correction.title, Some(&decision.ticket.title))
        || differs(&correction.name, known.name.as_deref())
        || differs(&correction.contact, known.contact.as_deref())
        || differs(&correction.language, known.language.as_deref());
    add_note(decision, note)?;
    if corrects {
        decision.record(Fact::Corrected(correction));
    }
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
