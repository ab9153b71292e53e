//! Colours by meaning, and symbols that say the same without colour.

use anstyle::AnsiColor;

use crate::domain::sla::clock::DisplayState;
use crate::domain::vocabulary::State;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Bold,
    Dim,
    Success,
    Warning,
    Error,
    Info,
}

impl Style {
    fn ansi(self) -> anstyle::Style {
        let plain = anstyle::Style::new();
        let color = |color: AnsiColor| plain.fg_color(Some(color.into()));
        match self {
            Self::Plain => plain,
            Self::Bold => plain.bold(),
            Self::Dim => plain.dimmed(),
            Self::Success => color(AnsiColor::Green),
            Self::Warning => color(AnsiColor::Yellow).bold(),
            Self::Error => color(AnsiColor::Red).bold(),
            Self::Info => color(AnsiColor::Blue),
        }
    }

    /// Wraps a text in the escape codes of the style, if colour may be used.
    pub(crate) fn paint(self, text: &str, color: bool) -> String {
        let style = self.ansi();
        if color && self != Self::Plain && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// The styles with escape codes, the longest codes first.
    const CODED: [Self; 6] = [
        Self::Warning,
        Self::Error,
        Self::Bold,
        Self::Dim,
        Self::Success,
        Self::Info,
    ];

    /// Splits off the escape codes of a style that a painted text begins with; of
    /// the end of one they are those of [`Self::Plain`].
    pub(crate) fn split_code(painted: &str) -> Option<(Self, &str)> {
        let rest = |code: &str| painted.strip_prefix(code);
        let codes = Self::CODED
            .iter()
            .map(|style| (*style, style.ansi().to_string()));
        let mut codes = codes.filter(|(_, code)| !code.is_empty());
        let found = codes.find_map(|(style, code)| Some((style, rest(&code)?)));
        let end = format!("{:#}", Self::Bold.ansi());
        found.or_else(|| Some((Self::Plain, rest(&end)?)))
    }

    /// Zero-width characters that stand for a style while a table is laid out;
    /// untrusted text that was made safe never contains them.
    const MARKS: [(Self, char); 6] = [
        (Self::Bold, '\u{206a}'),
        (Self::Dim, '\u{206b}'),
        (Self::Success, '\u{206c}'),
        (Self::Warning, '\u{206d}'),
        (Self::Error, '\u{206e}'),
        (Self::Info, '\u{206f}'),
    ];
    const END: char = '\u{2061}';

    /// Marks a text for [`colored`].
    pub(crate) fn mark(self, text: &str) -> String {
        match Self::MARKS.iter().find(|(style, _)| *style == self) {
            Some((_, mark)) if !text.is_empty() => format!("{mark}{text}{}", Self::END),
            Some(_) | None => text.to_owned(),
        }
    }
}

/// Turns the marks in a laid-out line into escape codes.
pub(crate) fn colored(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 16);
    let mut ansi = anstyle::Style::new();
    for c in line.chars() {
        if let Some((style, _)) = Style::MARKS.iter().find(|(_, mark)| *mark == c) {
            ansi = style.ansi();
            text += &ansi.to_string();
        } else if c == Style::END {
            text += &format!("{ansi:#}");
        } else {
            text.push(c);
        }
    }
    text
}

/// The symbol of a clock, one column wide.
pub(crate) const fn symbol(shown: DisplayState) -> char {
    match shown {
        DisplayState::Overdue | DisplayState::Missed => '✗',
        DisplayState::AtRisk => '!',
        DisplayState::Ok | DisplayState::Met => '✓',
        DisplayState::Paused => '‖',
        DisplayState::Cancelled => '-',
        DisplayState::None => '·',
    }
}

/// The style of a clock.
pub(crate) const fn clock_style(shown: DisplayState) -> Style {
    match shown {
        DisplayState::Overdue | DisplayState::Missed => Style::Error,
        DisplayState::AtRisk => Style::Warning,
        DisplayState::Ok | DisplayState::Met => Style::Success,
        DisplayState::Paused => Style::Info,
        DisplayState::Cancelled | DisplayState::None => Style::Dim,
    }
}

/// The word for a clock in tables and pages.
pub(crate) const fn clock_word(shown: DisplayState) -> &'static str {
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

/// The style of a priority; 1 is the highest.
pub(crate) const fn priority_style(rank: u8) -> Style {
    match rank {
        1 => Style::Error,
        2 => Style::Warning,
        _ => Style::Plain,
    }
}

/// The style of a ticket status.
pub(crate) const fn status_style(state: State) -> Style {
    match state {
        State::Paused => Style::Info,
        State::Resolved | State::Closed => Style::Dim,
        State::New | State::Active => Style::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::super::untrusted;
    use super::*;

    #[test]
    fn marks_have_no_width_and_become_escape_codes() {
        let marked = Style::Error.mark("late");
        assert_eq!(untrusted::width(&marked), 4);
        assert_eq!(colored(&marked), Style::Error.paint("late", true));
        assert!(
            Style::MARKS
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
