//! The conditions of questions and findings: the answers to earlier questions
//! that they require.

use super::questionnaire::{MAX_CHOICES, MAX_QUESTIONS};
use super::toml_reader::{Faults, TomlTable, TomlValue, unknown_word};
use crate::domain::policy::questions::{AnswerError, Condition};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::vocabulary::UnknownWord;

/// A condition as written: question keys with the required answers, each with its
/// position.
pub(super) type RawCondition<'a> = Vec<(TomlValue<'a>, String, Vec<(TomlValue<'a>, String)>)>;

/// Parses the condition of a question or finding.
pub(super) fn parse<'a>(table: &TomlTable<'a>, faults: &Faults) -> RawCondition<'a> {
    let wanted = "earlier answers, such as { error = \"691\" }";
    let Some(when) = table.table("when", faults, wanted) else {
        return Vec::new();
    };
    let mut raw = Vec::new();
    for (key, node) in when.entries(faults, MAX_QUESTIONS) {
        let wanted = "an answer in quotes, or a list of them";
        let values = if node.is_list() {
            node.items(faults, MAX_CHOICES, wanted).unwrap_or_default()
        } else {
            vec![node.clone()]
        };
        if values.is_empty() {
            faults.add(node, format!("write {wanted}"));
        }
        let values = values.into_iter().filter_map(|value| {
            let answer = value.answer_text(faults, wanted)?;
            Some((value, answer))
        });
        raw.push((node.clone(), key.clone(), values.collect()));
    }
    raw
}

/// Resolves a condition against the first `before` questions; answers get their
/// stored form.
pub(super) fn resolve(
    raw: &RawCondition<'_>,
    questionnaire: &Questionnaire,
    before: usize,
    faults: &Faults,
) -> Condition {
    let mut when = Vec::new();
    for (node, key, values) in raw {
        let index = questionnaire.questions.iter().position(|q| q.key == *key);
        let Some(question) = index
            .filter(|index| *index < before)
            .map(|at| &questionnaire.questions[at])
        else {
            let earlier = || questionnaire.keys().take(before);
            faults.add(
                node,
                match index {
                    Some(_) => {
                        format!("'{key}' is not asked before this: refer to an earlier question")
                    }
                    None if before == 0 => format!("there is no question '{key}' before this"),
                    None => unknown_word(&UnknownWord::new("question", key, earlier())),
                },
            );
            continue;
        };
        let read = values.iter().filter_map(|(node, value)| {
            let read = question
                .answer_type
                .parse(value)
                .map_err(|error| match error {
                    AnswerError::NotAChoice(accepted) => {
                        unknown_word(&UnknownWord::new("answer", value, accepted))
                    }
                    AnswerError::Text(fault) => fault.to_string(),
                });
            faults.ok_or_add(node, read)
        });
        when.push((question.key.clone(), read.collect()));
    }
    Condition(when)
}
