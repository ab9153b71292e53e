//! The conditions of questions and findings: earlier answers that they ask for.

use super::super::toml_reader::{Faults, TomlTable, TomlValue, unknown_word};
use super::{MAX_CHOICES, MAX_QUESTIONS};
use crate::domain::policy::questions::{AnswerError, Condition};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::vocabulary::UnknownWord;

/// A condition as written: question keys with the required answers, each with its
/// position.
pub(super) type RawCondition<'a> = Vec<(TomlValue<'a>, String, Vec<(TomlValue<'a>, String)>)>;

/// Parses the condition of a question or finding.
pub(super) fn raw_condition<'a>(table: &TomlTable<'a>, faults: &Faults) -> RawCondition<'a> {
    let wanted = "earlier answers, such as { error = \"691\" }";
    let Some(when) = table
        .get("when")
        .and_then(|node| node.table(faults, wanted))
    else {
        return Vec::new();
    };
    let mut conditions = Vec::new();
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
        conditions.push((node.clone(), key.clone(), values.collect()));
    }
    conditions
}

/// Resolves a condition against the first `before` questions; answers get their
/// stored form.
pub(super) fn resolve(
    conditions: &RawCondition<'_>,
    questionnaire: &Questionnaire,
    before: usize,
    faults: &Faults,
) -> Condition {
    let mut when = Vec::new();
    for (node, key, values) in conditions {
        let place = questionnaire.questions.iter().position(|q| q.key == *key);
        let Some(question) = place
            .filter(|place| *place < before)
            .map(|at| &questionnaire.questions[at])
        else {
            let earlier = || questionnaire.keys().take(before);
            faults.add(
                node,
                match place {
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
