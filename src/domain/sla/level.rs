//! The levels of a clock at which the desk warns or escalates: a share of the
//! target, or a span before or after it is due.

use std::fmt;

use super::super::policy::BREACH;
use super::super::time::working_span::{ParseSpanError, WorkingSpan};

/// A level of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// A percentage of the target, from 1.
    Percent(u16),
    Offset(Offset),
}

/// A span of working time before or after a clock is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Offset {
    pub(crate) span: WorkingSpan,
    pub(crate) side: Side,
}

/// On which side of the due time an offset lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
}

/// Why a text is not an offset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ParseOffsetError {
    #[error("'{typed}' does not end in 'before' or 'after'")]
    NoSide { typed: String },
    #[error("'{typed}' is at the due time itself: that is the breach")]
    Zero { typed: String },
    #[error(transparent)]
    Span(#[from] ParseSpanError),
}

impl Offset {
    /// Parses `1h before`, `30m after`, `1bd before`.
    ///
    /// # Errors
    /// [`ParseOffsetError`].
    pub(crate) fn parse(text: &str) -> Result<Self, ParseOffsetError> {
        let lower = text.trim().to_ascii_lowercase();
        let sides = [("before", Side::Before), ("after", Side::After)];
        let found = sides.iter().find_map(|(word, side)| {
            let span = lower.strip_suffix(word)?;
            span.ends_with(' ').then_some((span, *side))
        });
        let Some((span, side)) = found else {
            let typed = text.trim().to_owned();
            return Err(ParseOffsetError::NoSide { typed });
        };
        let span = WorkingSpan::parse(span)?;
        if span.is_zero() {
            let typed = text.trim().to_owned();
            return Err(ParseOffsetError::Zero { typed });
        }
        Ok(Self { span, side })
    }
}

/// Formats the offset as [`Offset::parse`] reads it: `1h before`.
impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = match self.side {
            Side::Before => "before",
            Side::After => "after",
        };
        write!(f, "{} {side}", self.span)
    }
}

impl Level {
    pub(crate) const BREACH: Self = Self::Percent(BREACH);

    /// The level that a warning tells: the offset if it has one, else the
    /// percentage.
    pub(crate) const fn of_warning(percent: u16, offset: Option<Offset>) -> Self {
        match offset {
            Some(offset) => Self::Offset(offset),
            None => Self::Percent(percent),
        }
    }

    /// The offset, if it is one.
    pub(crate) const fn offset(self) -> Option<Offset> {
        match self {
            Self::Percent(_) => None,
            Self::Offset(offset) => Some(offset),
        }
    }

    /// Whether the level is reached before the clock is due.
    pub(crate) const fn is_before_due(self) -> bool {
        match self {
            Self::Percent(percent) => percent < BREACH,
            Self::Offset(offset) => matches!(offset.side, Side::Before),
        }
    }

    /// The position among levels that are reached at the same time: those
    /// before the due time come first, lower percentages before higher ones.
    pub(crate) const fn rank(self) -> (u8, u16) {
        match self {
            Self::Percent(percent) if percent <= BREACH => (1, percent),
            Self::Percent(percent) => (3, percent),
            Self::Offset(offset) => match offset.side {
                Side::Before => (0, 0),
                Side::After => (2, 0),
            },
        }
    }
}

/// `75 %`, `1h before due`.
impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{percent} %"),
            Self::Offset(offset) => write!(f, "{offset} due"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_round_trips() {
        for text in ["1h before", "30m after", "1h30m before", "2bd after"] {
            assert_eq!(Offset::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(
            Offset::parse(" 90M Before ").unwrap().to_string(),
            "1h30m before"
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "1h",
            "before",
            "1hbefore",
            "before 1h",
            "75",
            "1h earlier",
        ] {
            let fault = Offset::parse(text).unwrap_err();
            assert!(matches!(fault, ParseOffsetError::NoSide { .. }), "{fault}");
        }
        for text in ["-1h before", "1wd after", "1bd2h before", "9999bd after"] {
            let fault = Offset::parse(text).unwrap_err();
            assert!(matches!(fault, ParseOffsetError::Span(_)), "{fault}");
        }
        for text in ["0h before", "0bd after"] {
            let fault = Offset::parse(text).unwrap_err();
            assert!(matches!(fault, ParseOffsetError::Zero { .. }), "{fault}");
        }
    }
}
