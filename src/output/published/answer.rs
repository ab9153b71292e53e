//! An answer to a question of a diagnosis.

use serde::Serialize;

use crate::domain::event;

published! {
    Answer<'a> from answer: event::Answer => {
        key: &'a str = &answer.key,
        question: &'a str = &answer.question,
        answer: &'a str = &answer.answer,
    }
}
