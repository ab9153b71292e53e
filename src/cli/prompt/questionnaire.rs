//! Guided diagnosis at the terminal: asks the questions of a category, one line
//! per answer whatever its type, so that skipping, going back and stopping work
//! the same everywhere. Answers are kept in a draft until they are stored.

use dialoguer::Input;
use dialoguer::console::{Term, measure_text_width};
use dialoguer::theme::Theme;

use super::draft_owner::DraftOwner;
use super::{PASTE_NOTE, Prompt, discard_pending_input};
use crate::domain::did_you_mean::nearest;
use crate::domain::policy::questions::{AnswerError, AnswerType, Question};
use crate::domain::questionnaire::interview::Interview;
use crate::error::Error;
use crate::output;

/// Typed instead of an answer: previous question, stop, remove the answer.
const BACK: &str = "<";
const STOP: &str = ".";
const REMOVE: &str = "-";

/// How a guided diagnosis ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// After the last question.
    Finished,
    /// Stopped early by the person.
    Stopped,
}

impl Prompt {
    /// Prints a text to the terminal, wrapped to its width.
    pub(crate) fn say(&self, prefix: &str, text: &str) {
        let term = Term::stderr();
        let width = usize::from(term.size().1).max(40);
        for (n, line) in output::safe_lines(text, Some(width - prefix.len().min(30) - 1))
            .iter()
            .enumerate()
        {
            let prefix = if n == 0 {
                prefix.to_owned()
            } else {
                " ".repeat(prefix.len())
            };
            // A terminal that is gone is not a reason to stop.
            let _ = term.write_line(format!("{prefix}{line}").trim_end());
        }
    }

    /// Asks question after question until the end, or until the person stops. The
    /// answers are in `interview` and in a draft.
    ///
    /// # Errors
    /// [`Error::Interrupted`] on Ctrl-C; the draft remains.
    pub(crate) fn conduct_interview(
        &self,
        owner: &DraftOwner,
        interview: &mut Interview<'_>,
    ) -> Result<Outcome, Error> {
        let outcome = self.ask_questions(owner, interview);
        if outcome.is_err() && !interview.new_answers().is_empty() {
            self.say(
                "",
                &format!(
                    "your answers are saved; continue with: desk diagnose {}",
                    owner.id.0
                ),
            );
        }
        outcome
    }

    fn ask_questions(
        &self,
        owner: &DraftOwner,
        interview: &mut Interview<'_>,
    ) -> Result<Outcome, Error> {
        loop {
            let Some(question) = interview.question() else {
                match self.ask_to_record(interview)? {
                    FinalChoice::Save => return Ok(Outcome::Finished),
                    FinalChoice::Back if interview.go_back() => continue,
                    FinalChoice::Back => return Ok(Outcome::Finished),
                }
            };
            self.show_question(question, interview);
            loop {
                let empty = interview.current_answer().unwrap_or("(skipped)");
                let typed =
                    self.read_line(&prompt(&question.answer_type), &question.answer_type, empty)?;
                match typed.trim() {
                    BACK if interview.go_back() => break,
                    BACK => self.say("  ", "this is already the first question"),
                    STOP => return Ok(Outcome::Stopped),
                    REMOVE if interview.is_changed() => {
                        interview.clear_answer();
                        break;
                    }
                    "" => {
                        interview.advance();
                        break;
                    }
                    _ => match parse_answer(&question.answer_type, &typed) {
                        Ok(answer) => {
                            interview.answer(answer);
                            break;
                        }
                        Err(why) => self.say("  ", &why),
                    },
                }
            }
            self.save_answers(owner, interview)?;
        }
    }

    /// Shows a question with its number, help, choices and current answer.
    fn show_question(&self, question: &Question, interview: &Interview<'_>) {
        let progress = interview.progress();
        let (place, least, most) = (progress.position, progress.min_total, progress.max_total);
        let position = if least == most {
            format!("{place} of {least}")
        } else {
            format!("{place} of {least} to {most}")
        };
        self.say("", "");
        self.say(&format!("{position}  "), &question.text);
        if let Some(help) = &question.help {
            self.say("  ", help);
        }
        if let AnswerType::Choice(choices) = &question.answer_type {
            let keys = choice_keys(choices);
            let wide = keys.iter().map(String::len).max().unwrap_or(0);
            for (key, choice) in keys.iter().zip(choices) {
                self.say(&format!("  {key:>wide$}  "), choice);
            }
        }
        if let Some(answer) = interview.current_answer() {
            let removal = if interview.is_changed() {
                ", - removes it"
            } else {
                ""
            };
            self.say(
                "  ",
                &format!("current answer: {answer} (Enter keeps it{removal})"),
            );
        }
    }

    /// Confirms after the last question, with a way back.
    fn ask_to_record(&self, interview: &Interview<'_>) -> Result<FinalChoice, Error> {
        let given = interview.new_answers().len();
        if given == 0 {
            return Ok(FinalChoice::Save);
        }
        let answers = output::plural(given as u64, "answer");
        let skipped = match interview.unanswered_count() {
            0 => String::new(),
            n => format!(", {n} skipped"),
        };
        self.say("", "");
        self.say(
            "",
            &format!("That was the last question: {answers}{skipped}."),
        );
        let prompt = format!("Enter saves, {BACK} goes back > ");
        loop {
            match self.read_line(&prompt, &AnswerType::Text, "")?.trim() {
                "" | STOP => return Ok(FinalChoice::Save),
                BACK => return Ok(FinalChoice::Back),
                other => self.say("  ", &not_understood(other, "press Enter, or type <")),
            }
        }
    }

    /// Asks whether to continue with saved answers.
    ///
    /// # Errors
    /// [`Error::Interrupted`] on Ctrl-C.
    pub(crate) fn confirm_continue(&self, count: usize) -> Result<bool, Error> {
        let answers = match count {
            1 => "1 answer was saved".to_owned(),
            n => format!("{n} answers were saved"),
        };
        self.say("", "");
        self.say(
            "",
            &format!("{answers} when the last session was interrupted."),
        );
        let prompt = format!("Enter continues, {REMOVE} starts over > ");
        loop {
            match self.read_line(&prompt, &AnswerType::Text, "")?.trim() {
                "" => return Ok(true),
                REMOVE => return Ok(false),
                other => self.say("  ", &not_understood(other, "press Enter, or type -")),
            }
        }
    }

    /// The draft of an interrupted diagnosis, as TOML.
    pub(crate) fn saved_answers(&self, owner: &DraftOwner) -> Option<String> {
        self.drafts.read(&owner.file_name())
    }

    /// Treats the saved answers as a draft of this command: deleted if it
    /// succeeds, reported if it fails.
    pub(crate) fn track_answers(&self, owner: &DraftOwner) {
        self.drafts.track(&owner.file_name());
    }

    /// Deletes the saved answers.
    pub(crate) fn discard_answers(&self, owner: &DraftOwner) {
        self.drafts.discard(&owner.file_name());
    }

    fn save_answers(&self, owner: &DraftOwner, interview: &Interview<'_>) -> Result<(), Error> {
        let given = interview.new_answers();
        if given.is_empty() {
            self.discard_answers(owner);
            return Ok(());
        }
        let given = given.into_iter();
        let given = given.map(|(question, answer)| (question.key.clone(), answer.to_owned()));
        let text = crate::policy_file::format_answers(&given.collect());
        self.drafts.write(&owner.file_name(), &text)
    }

    /// Reads one line, then shows in its place how it was understood; `empty` is
    /// shown for Enter.
    fn read_line(
        &self,
        prompt: &str,
        answer_type: &AnswerType,
        empty: &str,
    ) -> Result<String, Error> {
        self.start("answer", "--answer KEY=VALUE")?;
        let input = Input::<String>::with_theme(&PlainTheme)
            .with_prompt(prompt)
            .allow_empty(true)
            .report(false)
            .interact_text();
        let typed = self.finish(input)?;
        let more = discard_pending_input();
        let term = Term::stderr();
        let columns = measure_text_width(prompt) + measure_text_width(&typed);
        let rows_above = columns.saturating_sub(1) / usize::from(term.size().1).max(1);
        // A terminal that is gone needs no redrawing.
        let _ = term.clear_last_lines(rows_above);
        let understood = match answer_type {
            AnswerType::YesNo | AnswerType::Choice(_) => parse_answer(answer_type, &typed).ok(),
            AnswerType::Text => None,
        };
        let shown = understood.as_ref().unwrap_or(&typed);
        let shown = if typed.trim().is_empty() {
            empty
        } else {
            shown
        };
        self.say(prompt, shown);
        if more {
            self.say("  ", PASTE_NOTE);
        }
        Ok(typed)
    }
}

/// What to do after the last question.
enum FinalChoice {
    Save,
    Back,
}

/// The reply to input that is not accepted here.
fn not_understood(typed: &str, accepted: &str) -> String {
    format!("'{typed}' is not an option: {accepted}")
}

/// Shows prompts without decoration.
struct PlainTheme;

impl Theme for PlainTheme {
    fn format_input_prompt(
        &self,
        f: &mut dyn std::fmt::Write,
        prompt: &str,
        _: Option<&str>,
    ) -> std::fmt::Result {
        write!(f, "{prompt}")
    }
}

fn prompt(answer_type: &AnswerType) -> String {
    match answer_type {
        AnswerType::Text => "> ".to_owned(),
        AnswerType::YesNo => "y/n > ".to_owned(),
        AnswerType::Choice(choices) => {
            let keys = choice_keys(choices);
            let last = keys.last().map_or("", String::as_str);
            format!("{}-{last} > ", keys.first().map_or("", String::as_str))
        }
    }
}

/// The key for each choice: its number, or a letter if the choices themselves
/// are numbers.
fn choice_keys(choices: &[String]) -> Vec<String> {
    let number = |n: usize| (n + 1).to_string();
    let all = 0..choices.len();
    if all.clone().any(|n| choices.contains(&number(n))) {
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap_or(0));
        return all
            .map(|n| letter(n).to_string().repeat(n / 26 + 1))
            .collect();
    }
    all.map(number).collect()
}

/// Parses a typed answer. A choice can be given by its key or by its first
/// letters.
pub(super) fn parse_answer(answer_type: &AnswerType, typed: &str) -> Result<String, String> {
    let invalid = match answer_type.parse(typed) {
        Ok(answer) => return Ok(answer),
        Err(invalid) => invalid,
    };
    let accepted = match invalid {
        AnswerError::Text(fault) => return Err(fault.to_string()),
        AnswerError::NotAChoice(accepted) => accepted,
    };
    let word = typed.trim().to_lowercase();
    if let AnswerType::Choice(choices) = answer_type {
        if let Some(at) = choice_keys(choices).iter().position(|key| *key == word) {
            return Ok(choices[at].clone());
        }
        let matches = |choice: &&String| choice.to_lowercase().starts_with(&word);
        let mut candidates = choices.iter().filter(matches);
        if let (Some(only), None) = (candidates.next(), candidates.next()) {
            return Ok(only.clone());
        }
    }
    let word = typed.trim();
    let suggestion = nearest(word, accepted.iter().map(String::as_str));
    let suggestion = suggestion
        .first()
        .map_or_else(String::new, |word| format!("; did you mean '{word}'?"));
    Err(match answer_type {
        AnswerType::Choice(choices) => {
            let keys = choice_keys(choices);
            let (first, last) = (&keys[0], &keys[keys.len() - 1]);
            format!("'{word}' is not a choice: type {first} to {last}, or the text{suggestion}")
        }
        AnswerType::YesNo | AnswerType::Text => {
            format!("'{word}' is not y or n; press Enter to skip")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(choices: &[&str]) -> AnswerType {
        AnswerType::Choice(choices.iter().map(|&c| c.to_owned()).collect())
    }

    #[test]
    fn a_choice_is_given_by_its_number_its_text_or_a_prefix() {
        let answer_type = choice(&["691", "809", "other", "another"]);
        for (typed, answer) in [
            ("1", "691"),
            ("809", "809"),
            ("OTH", "other"),
            (" 4 ", "another"),
        ] {
            assert_eq!(parse_answer(&answer_type, typed), Ok(answer.to_owned()));
        }
        assert_eq!(
            parse_answer(&answer_type, "819").unwrap_err(),
            "'819' is not a choice: type 1 to 4, or the text; did you mean '809'?"
        );
        assert!(parse_answer(&answer_type, "5").is_err());
    }

    #[test]
    fn choices_that_are_numbers_get_letters_as_keys() {
        let answer_type = choice(&["2", "1", "more"]);
        assert_eq!(prompt(&answer_type), "a-c > ");
        assert_eq!(parse_answer(&answer_type, "1"), Ok("1".to_owned()));
        assert_eq!(parse_answer(&answer_type, "a"), Ok("2".to_owned()));
        assert_eq!(parse_answer(&answer_type, "c"), Ok("more".to_owned()));
    }

    #[test]
    fn yes_and_no_can_be_abbreviated() {
        assert_eq!(parse_answer(&AnswerType::YesNo, "Y"), Ok("yes".to_owned()));
        assert_eq!(
            parse_answer(&AnswerType::YesNo, "maybe").unwrap_err(),
            "'maybe' is not y or n; press Enter to skip"
        );
    }
}
