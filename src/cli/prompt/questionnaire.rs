//! The walk through the questions of a category with the person at the
//! terminal: a line for each answer, whatever its type, so that skipping,
//! going back and stopping are the same everywhere. What is answered is kept
//! in a draft until it is on record.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use dialoguer::Input;
use dialoguer::console::{Term, measure_text_width};
use dialoguer::theme::Theme;

use super::{Ask, MORE, drop_the_rest};
use crate::domain::did_you_mean::nearest;
use crate::domain::event::TicketId;
use crate::domain::people::Agent;
use crate::domain::policy::questions::{AnswerError, AnswerType, Question};
use crate::domain::questionnaire::interview::Interview;
use crate::error::Error;
use crate::render;

/// What is typed instead of an answer.
const BACK: &str = "<";
const STOP: &str = ".";
const AWAY: &str = "-";

/// The longest part of an agent's name in the name of a draft, in characters.
const LONGEST: usize = 48;

/// Whose answers they are, and of which ticket: two agents who ask about the
/// same one do not mix their drafts.
pub(crate) struct Own {
    pub(crate) id: TicketId,
    pub(crate) agent: Agent,
}

/// How a walk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// After the last question.
    Through,
    /// Where the person stopped it.
    Stopped,
}

impl Ask {
    /// Says a line to the person at the terminal, wrapped to its width.
    pub(crate) fn say(&self, lead: &str, text: &str) {
        let term = Term::stderr();
        let width = usize::from(term.size().1).max(40);
        for (n, line) in render::in_lines(text, Some(width - lead.len().min(30) - 1))
            .iter()
            .enumerate()
        {
            let lead = if n == 0 {
                lead.to_owned()
            } else {
                " ".repeat(lead.len())
            };
            // What nobody can read any more is no reason to stop.
            let _ = term.write_line(format!("{lead}{line}").trim_end());
        }
    }

    /// Walks from question to question until the end, or until it is stopped.
    /// The answers are in the walk, and in a draft.
    ///
    /// # Errors
    /// [`Error::Interrupted`] on Ctrl-C; the draft stays.
    pub(crate) fn walk(&self, own: &Own, walk: &mut Interview<'_>) -> Result<Ended, Error> {
        let outcome = self.step_by_step(own, walk);
        if outcome.is_err() && !walk.new_answers().is_empty() {
            self.say(
                "",
                &format!(
                    "your answers so far are kept; desk diagnose {} takes them up",
                    own.id.0
                ),
            );
        }
        outcome
    }

    fn step_by_step(&self, own: &Own, walk: &mut Interview<'_>) -> Result<Ended, Error> {
        loop {
            let Some(question) = walk.question() else {
                match self.last_look(walk)? {
                    Last::Record => return Ok(Ended::Through),
                    Last::Back if walk.go_back() => continue,
                    Last::Back => return Ok(Ended::Through),
                }
            };
            self.pose(question, walk);
            loop {
                let alone = walk.current_answer().unwrap_or("(skipped)");
                let typed =
                    self.typed(&prompt(&question.answer_type), &question.answer_type, alone)?;
                match typed.trim() {
                    BACK if walk.go_back() => break,
                    BACK => self.say("  ", "this is the first question"),
                    STOP => return Ok(Ended::Stopped),
                    AWAY if walk.is_changed() => {
                        walk.clear_answer();
                        break;
                    }
                    "" => {
                        walk.advance();
                        break;
                    }
                    _ => match read(&question.answer_type, &typed) {
                        Ok(answer) => {
                            walk.answer(answer);
                            break;
                        }
                        Err(why) => self.say("  ", &why),
                    },
                }
            }
            self.keep_answers(own, walk)?;
        }
    }

    /// Shows a question with all that belongs to it.
    fn pose(&self, question: &Question, walk: &Interview<'_>) {
        let progress = walk.progress();
        let (place, least, most) = (progress.position, progress.min_total, progress.max_total);
        let of = if least == most {
            format!("{place} of {least}")
        } else {
            format!("{place} of {least} to {most}")
        };
        self.say("", "");
        self.say(&format!("{of}  "), &question.text);
        if let Some(help) = &question.help {
            self.say("  ", help);
        }
        if let AnswerType::Choice(choices) = &question.answer_type {
            let marks = marks(choices);
            let wide = marks.iter().map(String::len).max().unwrap_or(0);
            for (mark, choice) in marks.iter().zip(choices) {
                self.say(&format!("  {mark:>wide$}  "), choice);
            }
        }
        if let Some(answer) = walk.current_answer() {
            let away = if walk.is_changed() {
                ", - takes it away"
            } else {
                ""
            };
            self.say("  ", &format!("so far: {answer} (Enter keeps it{away})"));
        }
    }

    /// After the last question there is still a way back.
    fn last_look(&self, walk: &Interview<'_>) -> Result<Last, Error> {
        let given = walk.new_answers().len();
        if given == 0 {
            return Ok(Last::Record);
        }
        let answers = match given {
            1 => "1 answer".to_owned(),
            n => format!("{n} answers"),
        };
        let skipped = match walk.unanswered_count() {
            0 => String::new(),
            n => format!(", {n} left open"),
        };
        self.say("", "");
        self.say(
            "",
            &format!("That was the last question: {answers}{skipped}."),
        );
        let prompt = format!("Enter records, {BACK} goes back > ");
        loop {
            match self.typed(&prompt, &AnswerType::Text, "")?.trim() {
                "" | STOP => return Ok(Last::Record),
                BACK => return Ok(Last::Back),
                other => self.say("  ", &neither(other, "press Enter alone, or type <")),
            }
        }
    }

    /// Whether answers that were kept are to be taken up.
    ///
    /// # Errors
    /// [`Error::Interrupted`] on Ctrl-C.
    pub(crate) fn takes_up(&self, count: usize) -> Result<bool, Error> {
        let answers = match count {
            1 => "1 answer was kept".to_owned(),
            n => format!("{n} answers were kept"),
        };
        self.say("", "");
        self.say("", &format!("{answers} when this was interrupted."));
        let prompt = format!("Enter takes up, {AWAY} begins anew > ");
        loop {
            match self.typed(&prompt, &AnswerType::Text, "")?.trim() {
                "" => return Ok(true),
                AWAY => return Ok(false),
                other => self.say("  ", &neither(other, "press Enter alone, or type -")),
            }
        }
    }

    /// The answers that an interrupted walk left behind, as they were written.
    pub(crate) fn kept_answers(&self, own: &Own) -> Option<String> {
        std::fs::read_to_string(self.answers_path(own)).ok()
    }

    /// Takes the answers into account as a draft of this command: forgotten
    /// when it succeeds, and told of when it does not.
    pub(crate) fn hold_answers(&self, own: &Own) {
        let path = self.answers_path(own);
        if path.exists() {
            self.kept.borrow_mut().push(path);
        }
    }

    /// Forgets them.
    pub(crate) fn forget_answers(&self, own: &Own) {
        // A draft that stays is only clutter, not a failure.
        let _ = std::fs::remove_file(self.answers_path(own));
    }

    fn answers_path(&self, own: &Own) -> PathBuf {
        let agent: String = own.agent.as_str().chars().take(LONGEST).collect();
        self.drafts
            .join(format!("diagnosis-{}-{agent}.toml", own.id.0))
    }

    fn keep_answers(&self, own: &Own, walk: &Interview<'_>) -> Result<(), Error> {
        let given = walk.new_answers();
        if given.is_empty() {
            self.forget_answers(own);
            return Ok(());
        }
        let given = given.into_iter();
        let given = given.map(|(question, answer)| (question.key.clone(), answer.to_owned()));
        let text = crate::policy_file::format_answers(&given.collect());
        let path = self.answers_path(own);
        let write = || {
            self.make_home()?;
            let mut file = std::fs::OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&path)?;
            file.write_all(text.as_bytes())
        };
        write().map_err(|fault: std::io::Error| Error::Outside {
            what: format!("keeping the answers in {}", path.display()),
            reason: fault.to_string(),
        })
    }

    /// One line; in its place stands what it was understood as, `alone` for
    /// Enter alone.
    fn typed(&self, prompt: &str, answer_type: &AnswerType, alone: &str) -> Result<String, Error> {
        self.ready("answer", "--answer KEY=VALUE")?;
        let input = Input::<String>::with_theme(&Sign)
            .with_prompt(prompt)
            .allow_empty(true)
            .report(false)
            .interact_text();
        let typed = self.answered(input)?;
        let more = drop_the_rest();
        let term = Term::stderr();
        let taken = measure_text_width(prompt) + measure_text_width(&typed);
        let above = taken.saturating_sub(1) / usize::from(term.size().1).max(1);
        // What cannot be put right on a terminal that is gone is no failure.
        let _ = term.clear_last_lines(above);
        let understood = match answer_type {
            AnswerType::YesNo | AnswerType::Choice(_) => read(answer_type, &typed).ok(),
            AnswerType::Text => None,
        };
        let told = understood.as_ref().unwrap_or(&typed);
        let told = if typed.trim().is_empty() { alone } else { told };
        self.say(prompt, told);
        if more {
            self.say("  ", MORE);
        }
        Ok(typed)
    }
}

enum Last {
    Record,
    Back,
}

/// What neither goes on nor goes back.
fn neither(typed: &str, accepted: &str) -> String {
    format!("'{typed}' was not taken: {accepted}")
}

/// A prompt that is nothing but a sign.
struct Sign;

impl Theme for Sign {
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
            let marks = marks(choices);
            let last = marks.last().map_or("", String::as_str);
            format!("{}-{last} > ", marks.first().map_or("", String::as_str))
        }
    }
}

/// What is typed for each choice: its number, or a letter where numbers are
/// choices themselves.
fn marks(choices: &[String]) -> Vec<String> {
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

/// Reads an answer as a person types it: a choice also by its mark or its
/// beginning.
fn read(answer_type: &AnswerType, typed: &str) -> Result<String, String> {
    let error = match answer_type.parse(typed) {
        Ok(answer) => return Ok(answer),
        Err(error) => error,
    };
    let accepted = match error {
        AnswerError::Text(fault) => return Err(fault.to_string()),
        AnswerError::NotAChoice(accepted) => accepted,
    };
    let word = typed.trim().to_lowercase();
    if let AnswerType::Choice(choices) = answer_type {
        if let Some(at) = marks(choices).iter().position(|mark| *mark == word) {
            return Ok(choices[at].clone());
        }
        let begins = |choice: &&String| choice.to_lowercase().starts_with(&word);
        let mut begun = choices.iter().filter(begins);
        if let (Some(only), None) = (begun.next(), begun.next()) {
            return Ok(only.clone());
        }
    }
    let word = typed.trim();
    let meant = nearest(word, accepted.iter().map(String::as_str));
    let meant = meant
        .first()
        .map_or_else(String::new, |meant| format!("; did you mean '{meant}'?"));
    Err(match answer_type {
        AnswerType::Choice(choices) => {
            let marks = marks(choices);
            let (first, last) = (&marks[0], &marks[marks.len() - 1]);
            format!("'{word}' is none of them: type {first} to {last}, or the words{meant}")
        }
        AnswerType::YesNo | AnswerType::Text => {
            format!("'{word}' is neither: type y or n; Enter alone skips")
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
    fn a_choice_is_read_by_its_number_its_words_or_their_beginning() {
        let answer_type = choice(&["691", "809", "other", "another"]);
        for (typed, answer) in [
            ("1", "691"),
            ("809", "809"),
            ("OTH", "other"),
            (" 4 ", "another"),
        ] {
            assert_eq!(read(&answer_type, typed), Ok(answer.to_owned()));
        }
        assert_eq!(
            read(&answer_type, "819").unwrap_err(),
            "'819' is none of them: type 1 to 4, or the words; did you mean '809'?"
        );
        assert!(read(&answer_type, "5").is_err());
    }

    #[test]
    fn where_numbers_are_choices_letters_mark_them() {
        let answer_type = choice(&["2", "1", "more"]);
        assert_eq!(prompt(&answer_type), "a-c > ");
        assert_eq!(read(&answer_type, "1"), Ok("1".to_owned()));
        assert_eq!(read(&answer_type, "a"), Ok("2".to_owned()));
        assert_eq!(read(&answer_type, "c"), Ok("more".to_owned()));
    }

    #[test]
    fn yes_and_no_are_read_in_short() {
        assert_eq!(read(&AnswerType::YesNo, "Y"), Ok("yes".to_owned()));
        assert_eq!(
            read(&AnswerType::YesNo, "maybe").unwrap_err(),
            "'maybe' is neither: type y or n; Enter alone skips"
        );
    }
}
