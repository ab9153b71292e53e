//! Corrections in a few words: what stood there before, and what does now.

use std::borrow::Cow;

use super::style::{humanize, untrusted};
use crate::domain::event::Correction;
use crate::domain::vocabulary::ClearedField;

/// The longest value that is quoted in a line, in columns.
const LONGEST: usize = 60;

/// A value in quotation marks, cut and safe to print.
pub(super) fn quoted(text: &str) -> String {
    let text = untrusted::line(text);
    format!("\"{}\"", untrusted::cut(&text, LONGEST))
}

/// `title "VNP down" -> "VPN down"`.
pub(super) fn headline(correction: &Correction) -> String {
    let Correction {
        title,
        description,
        name,
        contact,
        language,
        channel,
        cleared: _,
        no_symptoms,
        no_affected,
        replaced,
    } = correction;
    let old = &replaced.requester;
    let mut parts = Vec::new();
    // Corrections by earlier versions do not say what they replaced.
    let mut unknown = Vec::new();
    let texts = [
        ("title", title, &replaced.title, None),
        ("name", name, &old.name, Some(ClearedField::Name)),
        (
            "contact",
            contact,
            &old.contact,
            Some(ClearedField::Contact),
        ),
        (
            "language",
            language,
            &old.language,
            Some(ClearedField::Language),
        ),
    ];
    for (field, new, old, clearing) in texts {
        match (old, new) {
            (Some(old), Some(new)) => {
                parts.push(format!("{field} {} -> {}", quoted(old), quoted(new)));
            }
            (None, Some(_)) if *replaced == Default::default() => unknown.push(field),
            (None, Some(new)) => parts.push(format!("{field} {}", quoted(new))),
            (Some(old), None) if clearing.is_some_and(|field| correction.clears(field)) => {
                parts.push(format!("{field} {} removed", quoted(old)));
            }
            (Some(_) | None, None) => {}
        }
    }
    if description.is_some() {
        parts.push("description corrected".to_owned());
    } else if correction.clears(ClearedField::Description) {
        parts.push("description removed".to_owned());
    }
    if let Some(new) = channel {
        parts.push(match replaced.channel {
            Some(old) => format!("channel {old} -> {new}"),
            None => format!("channel {new}"),
        });
    }
    for (what, items) in [("symptom", no_symptoms), ("affected", no_affected)] {
        if !items.is_empty() {
            let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
            parts.push(format!("{what} {} removed", humanize::list(&items)));
        }
    }
    if !unknown.is_empty() || parts.is_empty() {
        parts.push(format!("corrected {}", humanize::list(&unknown)));
    }
    parts.join(", ")
}

/// The old and the new description.
pub(super) fn texts(correction: &Correction) -> Vec<Cow<'_, str>> {
    let text = |name: &str, text: &Option<String>| {
        let text = text.as_ref()?;
        Some(Cow::Owned(format!("{name}: {text}")))
    };
    let old = text("was", &correction.replaced.description);
    let new = text("now", &correction.description);
    old.into_iter().chain(new).collect()
}
