//! The only way to print untrusted text. Characters that could move the
//! cursor, hide or reorder text become visible; nothing is left out.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many combining marks one character may carry; the rest is escaped, as
/// it would be drawn over the lines around it.
const MARKS: u32 = 8;

/// Makes a text safe on a single line: a line break shows as `⏎`, a tab as a
/// space.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    visible(text, |c| match c {
        '\n' => Some('⏎'),
        '\t' => Some(' '),
        _ => None,
    })
}

/// Makes a text of several lines safe; line breaks and tabs stay, CR LF is a
/// line break.
pub(crate) fn block(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") {
        let text = text.replace("\r\n", "\n");
        return Cow::Owned(visible(&text, keep_layout).into_owned());
    }
    visible(text, keep_layout)
}

const fn keep_layout(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        _ => None,
    }
}

fn visible(text: &str, special: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    let mut marks = 0;
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        marks = if c.width() == Some(0) { marks + 1 } else { 0 };
        if let Some(replacement) = special(c) {
            safe.push(replacement);
        } else if c == JOINER
            && is_pictorial(before)
            && rest.peek().is_some_and(|n| is_pictorial(*n))
        {
            safe.push(c);
        } else if is_hidden(c) || marks > MARKS {
            // Writing to a string cannot fail.
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
        } else {
            safe.push(c);
        }
        before = c;
    }
    Cow::Owned(safe)
}

/// Joins emoji into one, such as a family or a flag.
const JOINER: char = '\u{200d}';

/// Whether a character can be part of a joined emoji.
const fn is_pictorial(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether a character does anything but show itself: controls, directional
/// marks, zero-width characters, tags, private use and noncharacters.
pub(crate) const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{70f}'
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{10ffff}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// The display width of a text in columns.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Cuts a text to a width, with `…` for what is missing; never within a
/// character, its marks or a joined emoji.
pub(crate) fn cut(text: &str, max: usize) -> Cow<'_, str> {
    let (mut taken, mut fits) = (0, 0);
    let mut end = 0;
    for cluster in Clusters(text) {
        taken += width(cluster);
        end += cluster.len();
        if taken < max {
            fits = end;
        }
        if taken > max {
            return match max {
                0 => Cow::Borrowed(""),
                _ => Cow::Owned(format!("{}…", &text[..fits])),
            };
        }
    }
    Cow::Borrowed(text)
}

/// Splits a text where it may be cut: before every character that is not
/// drawn as part of the one before.
pub(crate) struct Clusters<'a>(pub(crate) &'a str);

impl<'a> Iterator for Clusters<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let mut chars = self.0.char_indices();
        let (_, mut before) = chars.next()?;
        let mut flag = is_regional(before);
        let end = chars
            .find(|&(_, c)| {
                let pair = flag && is_regional(c);
                flag = false;
                let joined = c.width() == Some(0) || before == JOINER || pair || is_tone(c);
                before = c;
                !joined
            })
            .map_or(self.0.len(), |(at, _)| at);
        let (cluster, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(cluster)
    }
}

const fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

const fn is_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Wraps a safe text to lines of at most `max` columns, between words where
/// possible; indentation stays on its first line.
pub(crate) fn wrap(text: &str, max: Option<usize>) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        match max {
            Some(max) => wrap_line(line, max.max(10), &mut lines),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

fn wrap_line(line: &str, max: usize, lines: &mut Vec<String>) {
    // A tab has no width of its own.
    let line = line.replace('\t', "    ");
    let mut push = |line: &str| lines.push(line.trim_end_matches(' ').to_owned());
    let mut now = String::new();
    let mut wide = 0;
    for word in line.split_inclusive(' ') {
        let bare = width(word.trim_end_matches(' '));
        if wide + bare > max && wide > 0 {
            push(&std::mem::take(&mut now));
            wide = 0;
        }
        if bare <= max {
            now.push_str(word);
            wide += width(word);
            continue;
        }
        for cluster in Clusters(word) {
            let more = width(cluster);
            if wide + more > max && wide > 0 {
                push(&std::mem::take(&mut now));
                wide = 0;
            }
            now.push_str(cluster);
            wide += more;
        }
    }
    push(&now);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn printable_text_passes_in_every_script() {
        for text in [
            "plain",
            "Grüße",
            "日本語",
            "שלום",
            "👍🏽",
            "👩‍👩‍👧",
            "❤️",
            "e\u{301}",
        ] {
            assert_eq!(line(text), text);
            assert_eq!(block(text), text);
        }
    }

    #[test]
    fn characters_that_move_hide_or_reorder_become_visible() {
        assert_eq!(line("a\u{1b}[2Jb\rc"), r"a\u{1b}[2Jb\u{d}c");
        assert_eq!(
            line("\u{202e}txt\u{200b}\u{9b}\u{7f}"),
            r"\u{202e}txt\u{200b}\u{9b}\u{7f}"
        );
        assert_eq!(
            line("a\u{e0041}\u{feff}\u{2028}\u{2066}"),
            r"a\u{e0041}\u{feff}\u{2028}\u{2066}"
        );
        assert_eq!(line("a\u{200d}b"), r"a\u{200d}b");
        assert_eq!(line("one\ntwo\tthree"), "one⏎two three");
        assert_eq!(block("one\r\ntwo\tthree\r"), "one\ntwo\tthree\\u{d}");
    }

    #[test]
    fn combining_marks_are_limited() {
        let piled = format!("a{}", "\u{301}".repeat(20));
        assert_eq!(line(&piled).matches("\\u{301}").count(), 12);
    }

    #[test]
    fn a_cut_text_fits_and_keeps_clusters_whole() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdef", 5), "abcd…");
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("ae\u{301}i", 2), "a…");
        assert_eq!(cut("x👩‍👩‍👧y", 3), "x…");
        assert_eq!(cut("x👩‍👩‍👧y", 4), "x👩‍👩‍👧y");
        assert_eq!(cut("🇩🇪🇫🇷", 3), "🇩🇪…");
        assert_eq!(cut("ab", 1), "…");
        assert_eq!(cut("ab", 0), "");
    }

    #[test]
    fn long_text_is_wrapped_between_words_and_long_words_anywhere() {
        assert_eq!(
            wrap("the quick brown fox\n  indented", Some(10)),
            ["the quick", "brown fox", "  indented"]
        );
        assert_eq!(wrap("abcdefghijklmno", Some(10)), ["abcdefghij", "klmno"]);
        assert_eq!(wrap("a\n\nb", None), ["a", "", "b"]);
    }

    proptest! {
        #[test]
        fn nothing_hidden_gets_through(text in any::<String>(), max in 0_usize..40) {
            let safe = line(&text);
            let mut rest = safe.chars().filter(|c| is_hidden(*c) && *c != JOINER);
            prop_assert_eq!(rest.next(), None);
            prop_assert!(width(&cut(&safe, max)) <= max);
            for wrapped in wrap(&block(&text), Some(20)) {
                prop_assert!(!wrapped.contains('\n'));
            }
        }
    }
}
