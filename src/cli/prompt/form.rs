//! The questions of a form, one line each: Enter keeps what stands there.

use dialoguer::console::Term;

use super::line_input::{LineInput, TypedLine};
use super::questionnaire::parse_answer;
use super::{PASTE_NOTE, Prompt, discard_pending_input};
use crate::domain::did_you_mean::nearest;
use crate::domain::policy::questions::{AnswerType, Question};
use crate::error::Error;
use crate::output;

/// What is typed to go back, and to remove a value.
const BACK: &str = "<";
const REMOVE: &str = "-";

/// A question of a form.
pub(crate) struct FormQuestion<'a> {
    /// What is asked for, such as `channel`.
    pub(crate) what: &'a str,
    /// The present value.
    pub(crate) present: Option<&'a str>,
    /// The only answers; empty if any text is one.
    pub(crate) choices: &'a [String],
    /// Answers that are offered, for which their number can be typed.
    pub(crate) suggested: &'a [String],
    /// Known answers, which Tab completes.
    pub(crate) known: &'a [String],
    /// Returns the lines to show while one types.
    pub(crate) hints: &'a dyn Fn(&str) -> Vec<String>,
    /// What to type where nobody can be asked.
    pub(crate) flag: &'a str,
}

/// What somebody answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FormReply {
    /// The value stays as it is.
    Keep,
    Remove,
    Back,
    Text(String),
}

impl Prompt {
    /// Asks a question of a form.
    ///
    /// # Errors
    /// As [`Prompt::choose`].
    pub(crate) fn ask(&self, question: &FormQuestion<'_>) -> Result<FormReply, Error> {
        let FormQuestion {
            what,
            present,
            choices,
            suggested,
            known,
            hints,
            flag,
        } = question;
        let present = present.map(|value| output::cut_to_width(&output::safe_line(value), 30));
        let prompt = match &present {
            Some(value) => format!("{what} [{value}]: "),
            None => format!("{what}: "),
        };
        let keys: Vec<String> = choices
            .iter()
            .zip(1..)
            .map(|(choice, n)| format!("{n} {choice}"))
            .collect();
        let listed = keys.join("  ");
        let hints = |typed: &str| match choices.is_empty() {
            true => hints(typed),
            false => vec![format!("  {listed}")],
        };
        let all = if choices.is_empty() { known } else { choices };
        let complete = |typed: &str| completed(typed, all);
        let answer_type = AnswerType::Choice(choices.to_vec());
        let term = Term::stderr();
        loop {
            self.start(what, flag)?;
            let input = LineInput {
                prompt: &prompt,
                complete: &complete,
                hints: &hints,
            };
            let line = input.read(&term).map_err(dialoguer::Error::IO);
            let typed = match self.finish(line)? {
                TypedLine::Enter(typed) => typed,
                TypedLine::Escape => return Err(Error::Interrupted),
            };
            if discard_pending_input() {
                self.say("  ", PASTE_NOTE);
            }
            let reply = match typed.trim() {
                "" => FormReply::Keep,
                BACK => FormReply::Back,
                REMOVE => FormReply::Remove,
                word if choices.is_empty() => {
                    let number = word.parse::<usize>().ok();
                    let at = number.and_then(|number| number.checked_sub(1));
                    let meant = at.and_then(|at| suggested.get(at));
                    FormReply::Text(meant.map_or(word, String::as_str).to_owned())
                }
                word => match parse_answer(&answer_type, word) {
                    Ok(choice) => FormReply::Text(choice),
                    Err(why) => {
                        self.say("  ", &why);
                        continue;
                    }
                },
            };
            let shown = match &reply {
                FormReply::Keep => present.as_deref().unwrap_or("-"),
                FormReply::Remove => "-",
                FormReply::Back => BACK,
                FormReply::Text(text) => text,
            };
            self.say(&format!("{what}: "), shown);
            return Ok(reply);
        }
    }

    /// Asks a question of a template; one that is needed is asked again until there
    /// is an answer.
    ///
    /// # Errors
    /// As [`Prompt::choose`].
    pub(crate) fn answer(
        &self,
        question: &Question,
        needed: bool,
    ) -> Result<Option<String>, Error> {
        let choices = question.answer_type.choices().into_iter();
        let choices: Vec<String> = choices.map(str::to_owned).collect();
        let help: Vec<String> = question
            .help
            .iter()
            .map(|help| format!("  {help}"))
            .collect();
        let asked = FormQuestion {
            what: &question.text,
            present: None,
            choices: &choices,
            suggested: &[],
            known: &[],
            hints: &|_| help.clone(),
            flag: "--answer KEY=VALUE",
        };
        loop {
            match self.ask(&asked)? {
                FormReply::Text(text) => return Ok(Some(text)),
                FormReply::Keep | FormReply::Remove | FormReply::Back if needed => {
                    self.say("  ", "the template needs an answer; Esc leaves");
                }
                FormReply::Keep | FormReply::Remove | FormReply::Back => return Ok(None),
            }
        }
    }
}

/// Returns what Tab makes of a begun answer: the known one that begins so, what
/// several begin with, or the nearest one.
fn completed(typed: &str, known: &[String]) -> Option<String> {
    let begun = typed.trim().to_lowercase();
    if begun.is_empty() {
        return None;
    }
    // What would be shown otherwise than it is is not offered.
    let known = known.iter().map(String::as_str);
    let known: Vec<&str> = known
        .filter(|name| output::safe_line(name) == *name)
        .collect();
    let begins = |name: &&str| name.to_lowercase().starts_with(&begun);
    let matching: Vec<&str> = known.iter().copied().filter(begins).collect();
    let Some((first, others)) = matching.split_first() else {
        let mut known = known.into_iter();
        let part = known
            .clone()
            .find(|name| name.to_lowercase().contains(&begun));
        let found = part.or_else(|| nearest(&begun, known.by_ref()).first().copied());
        return found.map(str::to_owned);
    };
    let length = first.chars().count();
    let common = others.iter().fold(length, |length, other| {
        let same = first.chars().zip(other.chars()).take_while(|(a, b)| a == b);
        length.min(same.count())
    });
    // What is common and typed already chooses none; then the first one is.
    let common = match common > begun.chars().count() {
        true => common,
        false => length,
    };
    Some(first.chars().take(common).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tab_completes_what_is_known() {
        let known = [
            "network/vpn",
            "network/wifi",
            "mail",
            "eva@example.org",
            "a\u{202e}b",
        ];
        let known = known.map(str::to_owned);
        for (typed, whole) in [
            ("net", Some("network/")),
            ("network/", Some("network/vpn")),
            ("M", Some("mail")),
            ("example", Some("eva@example.org")),
            ("mial", Some("mail")),
            ("", None),
            ("zzz", None),
            ("a\u{202e}", None),
        ] {
            assert_eq!(completed(typed, &known).as_deref(), whole, "{typed}");
        }
    }
}
