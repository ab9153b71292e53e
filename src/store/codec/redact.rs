//! Events without some of their texts, as they read once these are erased.

use std::collections::BTreeMap;

use super::super::StoreError;
use super::body::Body;
use super::{draft_with_names, fact_reader};
use crate::domain::event::Event;
use crate::domain::privacy::erasure::Erasure;
use crate::domain::text::ERASED;

/// Makes a history read as it does after an erasure.
///
/// # Errors
/// [`StoreError::Damaged`] if an event cannot be read without its texts.
pub(crate) fn erase_in_history(history: &mut [Event], erasure: &Erasure) -> Result<(), StoreError> {
    for event in history {
        if let Some(paths) = erasure.fields.get(&event.n) {
            let (data, texts) = draft_with_names(&event.fact).parts();
            let texts: BTreeMap<String, String> = texts.into_iter().collect();
            let body = Body::without(data, texts, paths);
            let nobody = |number| {
                Err(StoreError::damaged(format!(
                    "{number} is not the name of an agent"
                )))
            };
            event.fact = fact_reader::read(event.fact.kind(), &body, &nobody)?;
        }
    }
    Ok(())
}

/// Whether two events are the same, but for texts that one of them has erased and
/// the names of erased agents.
pub(crate) fn same_but_erased(a: &Event, b: &Event) -> bool {
    if (a.at, &a.fact) == (b.at, &b.fact) && a.actor.as_str() == b.actor.as_str() {
        return true;
    }
    let is_erased =
        |text: &str| text == ERASED || text.is_empty() || text.starts_with(ERASED_AGENT);
    let same_text = |a: &str, b: &str| a == b || is_erased(a) || is_erased(b);
    let ((data_a, texts_a), (data_b, texts_b)) = (
        draft_with_names(&a.fact).parts(),
        draft_with_names(&b.fact).parts(),
    );
    let mut pairs = texts_a.iter().zip(&texts_b);
    a.at == b.at
        && a.fact.kind() == b.fact.kind()
        && same_text(a.actor.as_str(), b.actor.as_str())
        && texts_a.len() == texts_b.len()
        && pairs.all(|((path, text), (other, same))| path == other && same_text(text, same))
        && data_a.len() == data_b.len()
        && data_a
            .iter()
            .zip(&data_b)
            .all(|((key, value), (other, same))| {
                let names = value.as_text().zip(same.as_text());
                key == other && (value == same || names.is_some_and(|(a, b)| same_agent(key, a, b)))
            })
}

/// How the name of an erased agent begins.
const ERASED_AGENT: &str = "erased-";

fn same_agent(key: &str, a: &str, b: &str) -> bool {
    key == super::fact::AGENT && (a.starts_with(ERASED_AGENT) || b.starts_with(ERASED_AGENT))
}
