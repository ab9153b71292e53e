//! Tones of colour, and the symbols that say the same without it. Knows
//! nothing of what is shown; a caller never asks for a colour, only a tone.

use anstyle::{AnsiColor, Style};

use crate::domain::sla::clock::DisplayState;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Strong,
    Quiet,
    Good,
    Warning,
    Bad,
    Held,
}

impl Tone {
    fn style(self) -> Style {
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        match self {
            Self::Plain => Style::new(),
            Self::Strong => Style::new().bold(),
            Self::Quiet => Style::new().dimmed(),
            Self::Good => color(AnsiColor::Green),
            Self::Warning => color(AnsiColor::Yellow).bold(),
            Self::Bad => color(AnsiColor::Red).bold(),
            Self::Held => color(AnsiColor::Blue),
        }
    }

    /// Puts a text into the tone, if colour may be used.
    pub(super) fn paint(self, text: &str, color: bool) -> String {
        let style = self.style();
        if color && style != Style::new() && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// Characters without width that stand for a tone while a table is laid
    /// out; strangers' text never holds them.
    const MARKS: [(Self, char); 6] = [
        (Self::Strong, '\u{206a}'),
        (Self::Quiet, '\u{206b}'),
        (Self::Good, '\u{206c}'),
        (Self::Warning, '\u{206d}'),
        (Self::Bad, '\u{206e}'),
        (Self::Held, '\u{206f}'),
    ];
    const END: char = '\u{2061}';

    /// Marks a text for [`painted`].
    pub(super) fn mark(self, text: &str) -> String {
        match Self::MARKS.iter().find(|(tone, _)| *tone == self) {
            Some((_, mark)) if !text.is_empty() => format!("{mark}{text}{}", Self::END),
            Some(_) | None => text.to_owned(),
        }
    }
}

/// Turns the marks in a laid-out line into colour.
pub(super) fn painted(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 16);
    let mut style = Style::new();
    for c in line.chars() {
        if let Some((tone, _)) = Tone::MARKS.iter().find(|(_, mark)| *mark == c) {
            style = tone.style();
            text += &style.to_string();
        } else if c == Tone::END {
            text += &format!("{style:#}");
        } else {
            text.push(c);
        }
    }
    text
}

/// The symbol of a clock, one column wide.
pub(super) const fn symbol(shown: DisplayState) -> char {
    match shown {
        DisplayState::Overdue | DisplayState::Missed => '✗',
        DisplayState::AtRisk => '!',
        DisplayState::Ok | DisplayState::Met => '✓',
        DisplayState::Paused => '‖',
        DisplayState::Cancelled => '-',
        DisplayState::None => '·',
    }
}

pub(super) const fn tone(shown: DisplayState) -> Tone {
    match shown {
        DisplayState::Overdue | DisplayState::Missed => Tone::Bad,
        DisplayState::AtRisk => Tone::Warning,
        DisplayState::Ok | DisplayState::Met => Tone::Good,
        DisplayState::Paused => Tone::Held,
        DisplayState::Cancelled | DisplayState::None => Tone::Quiet,
    }
}

/// The word of a clock as people read it.
pub(super) const fn word(shown: DisplayState) -> &'static str {
    match shown {
        DisplayState::AtRisk => "at risk",
        DisplayState::None => "",
        DisplayState::Ok
        | DisplayState::Overdue
        | DisplayState::Paused
        | DisplayState::Met
        | DisplayState::Missed
        | DisplayState::Cancelled => shown.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::untrusted;
    use super::*;

    #[test]
    fn marks_have_no_width_and_turn_into_colour() {
        let marked = Tone::Bad.mark("late");
        assert_eq!(untrusted::width(&marked), 4);
        assert_eq!(painted(&marked), Tone::Bad.paint("late", true));
        assert!(
            Tone::MARKS
                .iter()
                .all(|(_, mark)| untrusted::is_hidden(*mark))
        );
    }

    #[test]
    fn symbols_are_one_column_wide() {
        for shown in [
            DisplayState::Overdue,
            DisplayState::AtRisk,
            DisplayState::Ok,
            DisplayState::Paused,
            DisplayState::None,
        ] {
            assert_eq!(untrusted::width(&symbol(shown).to_string()), 1);
        }
    }
}
