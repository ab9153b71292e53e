//! A menu of a few choices: the arrow keys move in it, and so does how a choice
//! begins, or its number.

use std::io;

use dialoguer::console::{Key, Term};

use crate::output::cut_to_width;

/// A menu while somebody is at it.
struct Menu<'a> {
    choices: &'a [String],
    /// Where it stands; nowhere until somebody moves.
    at: Option<usize>,
    /// The letters that were typed since the last other key.
    typed: String,
}

/// What a key does to a menu.
#[derive(Debug, PartialEq, Eq)]
enum Pressed {
    Stays,
    Chosen(usize),
    Left,
}

impl Menu<'_> {
    /// The choice that begins with what is typed, or has this number.
    fn named(&self, typed: &str) -> Option<usize> {
        let typed = typed.to_lowercase();
        let number = typed.parse::<usize>().ok();
        let begins = |choice: &String| choice.to_lowercase().starts_with(&typed);
        self.choices
            .iter()
            .position(begins)
            .or_else(|| number?.checked_sub(1).filter(|at| *at < self.choices.len()))
    }

    fn step(&mut self, down: bool) {
        let last = self.choices.len() - 1;
        self.typed.clear();
        self.at = Some(match (self.at, down) {
            (None, true) => 0,
            (None | Some(0), false) => last,
            (Some(at), true) if at == last => 0,
            (Some(at), true) => at + 1,
            (Some(at), false) => at - 1,
        });
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keys are those of another crate, which may add some"
    )]
    fn press(&mut self, key: &Key) -> Pressed {
        match key {
            Key::ArrowDown | Key::Tab => self.step(true),
            Key::ArrowUp | Key::BackTab => self.step(false),
            Key::Backspace => {
                self.typed.pop();
            }
            Key::Escape => return Pressed::Left,
            Key::Enter => {
                return self.at.map_or(Pressed::Stays, Pressed::Chosen);
            }
            Key::Char(letter) => return self.letter(*letter),
            _ => {}
        }
        Pressed::Stays
    }

    /// A letter belongs to the beginning of a choice, if there is one; otherwise it is a
    /// key.
    fn letter(&mut self, letter: char) -> Pressed {
        let more = format!("{}{letter}", self.typed);
        let alone = letter.to_string();
        for typed in [more, alone] {
            if !typed.trim().is_empty()
                && let Some(at) = self.named(&typed)
            {
                self.at = Some(at);
                self.typed = typed;
                return Pressed::Stays;
            }
        }
        match (letter, self.at) {
            ('j', _) => self.step(true),
            ('k', _) => self.step(false),
            ('q', _) => return Pressed::Left,
            (' ', Some(at)) => return Pressed::Chosen(at),
            _ => {}
        }
        Pressed::Stays
    }

    /// Draws the menu, and returns how many lines it has.
    fn draw(&self, term: &Term, what: &str) -> io::Result<usize> {
        let (height, width) = term.size();
        let room = usize::from(height).saturating_sub(2).max(1);
        let page = self.at.map_or(0, |at| at / room) * room;
        let shown = self.choices.iter().enumerate().skip(page).take(room);
        let width = usize::from(width).max(2) - 1;
        term.write_line(&cut_to_width(&format!("{what}:"), width))?;
        let mut lines = 1;
        for (at, choice) in shown {
            let mark = if self.at == Some(at) { '>' } else { ' ' };
            term.write_line(&cut_to_width(&format!("{mark} {choice}"), width))?;
            lines += 1;
        }
        term.flush()?;
        Ok(lines)
    }
}

/// Asks for one of some choices. It stands on the one at `at`, which Enter takes; without
/// one, Enter takes nothing until somebody moves. Returns `None` for Escape.
///
/// # Errors
/// Any error of the terminal.
pub(super) fn choose(
    what: &str,
    choices: &[String],
    at: Option<usize>,
) -> io::Result<Option<usize>> {
    if choices.is_empty() {
        return Err(io::Error::other("there is nothing to choose from"));
    }
    let term = Term::buffered_stderr();
    if !term.is_term() {
        return Err(io::Error::new(
            io::ErrorKind::NotConnected,
            "not a terminal",
        ));
    }
    let mut menu = Menu {
        choices,
        at,
        typed: String::new(),
    };
    term.hide_cursor()?;
    let chosen = loop {
        let lines = menu.draw(&term, what)?;
        let pressed = menu.press(&term.read_key()?);
        term.clear_last_lines(lines)?;
        match pressed {
            Pressed::Stays => {}
            Pressed::Chosen(at) => break Some(at),
            Pressed::Left => break None,
        }
    };
    if let Some(at) = chosen {
        term.write_line(&format!("{what}: {}", choices[at]))?;
    }
    term.show_cursor()?;
    term.flush()?;
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a menu stands after these keys; `>` is Enter, `v` and `^` are arrows.
    fn after(choices: &[&str], at: Option<usize>, keys: &str) -> (Option<usize>, Pressed) {
        let choices: Vec<String> = choices.iter().map(ToString::to_string).collect();
        let mut menu = Menu {
            choices: &choices,
            at,
            typed: String::new(),
        };
        let mut last = Pressed::Stays;
        for key in keys.chars() {
            last = menu.press(&match key {
                '>' => Key::Enter,
                'v' => Key::ArrowDown,
                '^' => Key::ArrowUp,
                letter => Key::Char(letter),
            });
        }
        (menu.at, last)
    }

    #[test]
    fn a_letter_moves_to_the_choice_that_begins_with_it() {
        let levels = ["high", "medium", "low"];
        assert_eq!(after(&levels, Some(0), "l>").1, Pressed::Chosen(2));
        assert_eq!(after(&levels, Some(0), "L>").1, Pressed::Chosen(2));
        assert_eq!(after(&levels, Some(0), "lm>").1, Pressed::Chosen(1));
        assert_eq!(after(&levels, Some(2), "2>").1, Pressed::Chosen(1));
        assert_eq!(after(&levels, Some(1), "x9>").1, Pressed::Chosen(1));
        let channels = ["phone", "portal", "chat"];
        assert_eq!(after(&channels, Some(2), "p").0, Some(0));
        assert_eq!(after(&channels, Some(2), "po").0, Some(1));
    }

    #[test]
    fn arrows_move_around_and_enter_takes_only_what_it_stands_on() {
        let kinds = ["incident", "request"];
        assert_eq!(after(&kinds, None, ">"), (None, Pressed::Stays));
        assert_eq!(after(&kinds, None, "v>").1, Pressed::Chosen(0));
        assert_eq!(after(&kinds, None, "^>").1, Pressed::Chosen(1));
        assert_eq!(after(&kinds, Some(1), "v").0, Some(0));
        assert_eq!(after(&kinds, Some(0), "j ").1, Pressed::Chosen(1));
        assert_eq!(after(&kinds, Some(0), "q").1, Pressed::Left);
        assert_eq!(after(&["queue", "kim"], Some(1), "q").0, Some(0));
    }
}
