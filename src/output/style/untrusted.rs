//! The only way to print untrusted text. Characters that could move the
//! cursor, hide, reorder text or show nothing become visible as `\u{…}`; nothing
//! is left out.
//!
//! What a script or a picture cannot be written without stays: joiners within
//! emoji, Indic syllables and words of cursive scripts, the selectors of emoji,
//! and up to [`MARKS`] combining marks on a character. Variation selectors and
//! tags stay nowhere else, as any text can be hidden in them. No-break, thin
//! and wide spaces stay too, unless a text has nothing but blanks.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub(crate) use crate::domain::characters::is_hidden;
use crate::domain::characters::{self, ZERO_WIDTH_JOINER, is_exotic_blank};

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

/// Makes a message safe on a single line that quotes what was typed: blanks other
/// than the space become visible too, as they may be what is wrong.
pub(crate) fn message(text: &str) -> Cow<'_, str> {
    if !text.contains(is_exotic_blank) {
        return line(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for part in text.split_inclusive(is_exotic_blank) {
        let shown = part.trim_end_matches(is_exotic_blank);
        safe += &line(shown);
        for blank in part[shown.len()..].chars() {
            push_escaped(&mut safe, blank);
        }
    }
    Cow::Owned(safe)
}

fn push_escaped(safe: &mut String, c: char) {
    // Writing to a string cannot fail.
    let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
}

fn visible(text: &str, special: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return Cow::Borrowed(text);
    }
    let only_blanks = text.chars().all(char::is_whitespace);
    let mut safe = String::with_capacity(text.len() + 16);
    let mut marks = 0;
    let (mut base, mut before) = (' ', ' ');
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_mark = c.width() == Some(0);
        marks = if is_mark { marks + 1 } else { 0 };
        let mut is_shown = || {
            let after = rest.peek().copied();
            !is_hidden(c) || characters::is_needed_within(base, before, c, after)
        };
        if let Some(replacement) = special(c) {
            safe.push(replacement);
        } else if marks > MARKS || only_blanks && is_exotic_blank(c) || !is_shown() {
            push_escaped(&mut safe, c);
        } else {
            safe.push(c);
        }
        before = c;
        if !is_mark {
            base = c;
        }
    }
    Cow::Owned(safe)
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
                let joined =
                    c.width() == Some(0) || before == ZERO_WIDTH_JOINER || pair || is_tone(c);
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
            "1\u{fe0f}\u{20e3}",
            "🏳\u{fe0f}\u{200d}🌈",
            // Persian, with non-joiners that its spelling asks for.
            "می\u{200c}خواهم کتاب\u{200c}ها",
            // Hindi and Sinhala conjuncts, and Bengali with the joiner in front.
            "क्\u{200d}ष",
            "ක්\u{200d}ෂ",
            "র\u{200d}্য",
            "क्\u{200c}ष",
            // The end of an ayah, and the spaces of French and Japanese.
            "\u{6dd}\u{661}",
            "10\u{a0}h\u{202f}!",
            "日本\u{3000}語",
        ] {
            assert_eq!(line(text), text);
            assert_eq!(block(text), text);
        }
    }

    #[test]
    fn what_is_needed_within_a_word_becomes_visible_elsewhere() {
        for (text, shown) in [
            ("a\u{200d}b", r"a\u{200d}b"),
            ("a\u{200c}b", r"a\u{200c}b"),
            ("ی\u{200c}a", r"ی\u{200c}a"),
            ("ی\u{200c}\u{200c}ه", r"ی\u{200c}\u{200c}ه"),
            ("ی\u{200c}", r"ی\u{200c}"),
            ("👩\u{200d}b", r"👩\u{200d}b"),
            ("👩\u{200d}\u{200d}👩", r"👩\u{200d}\u{200d}👩"),
            ("क\u{200d}ष", r"क\u{200d}ष"),
            ("a\u{fe0f}", r"a\u{fe0f}"),
            ("❤\u{fe0f}\u{fe0f}", r"❤️\u{fe0f}"),
            ("1\u{fe0f}", r"1\u{fe0f}"),
            ("葛\u{e0100}", r"葛\u{e0100}"),
            ("🏴\u{e0067}\u{e007f}", r"🏴\u{e0067}\u{e007f}"),
        ] {
            assert_eq!(line(text), shown);
            assert_eq!(block(text), shown);
        }
    }

    #[test]
    fn blanks_are_shown_where_there_is_nothing_else() {
        assert_eq!(line("\u{a0} \u{3000}"), r"\u{a0} \u{3000}");
        assert_eq!(line("a\u{a0}"), "a\u{a0}");
        assert_eq!(block("a\n\u{a0}\nb"), "a\n\u{a0}\nb");
        assert_eq!(line("   "), "   ");
        assert_eq!(
            message("not '\u{a0}x\u{3000}'\u{7}"),
            r"not '\u{a0}x\u{3000}'\u{7}"
        );
        assert_eq!(message("two words\nand"), "two words⏎and");
    }

    type Form = fn(&str) -> Cow<'_, str>;

    #[test]
    fn every_character_of_unicode_shows_itself_or_is_spelled_out() {
        let mut raw = 0;
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            let printed: [(Form, &str); 3] = [(line, ""), (message, ""), (block, "\n\t")];
            // The last planes are private; one form stands for the others.
            let forms = if c < '\u{f0000}' { 3 } else { 1 };
            for (form, layout) in &printed[..forms] {
                let safe = form(&text);
                let shown = |p| !is_hidden(p) && !is_exotic_blank(p) || layout.contains(p);
                assert!(safe.chars().all(shown), "U+{:04X}: {safe:?}", u32::from(c));
                let drawn = width(&safe) > 0 || layout.contains(c) || is_combining(c);
                assert!(drawn, "U+{:04X} is drawn as nothing", u32::from(c));
            }
            raw += usize::from(is_hidden(c));
        }
        // The check above would find something in the characters as they are.
        assert!(raw > 900_000, "{raw}");
    }

    /// Whether a character may have no width: a mark, or a letter or sign that is drawn
    /// over its neighbour.
    fn is_combining(c: char) -> bool {
        unicode_normalization::char::is_combining_mark(c) || c.is_alphabetic() || c == '\u{a8fa}'
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
            const NEEDED: [char; 4] = ['\u{200c}', '\u{200d}', '\u{fe0e}', '\u{fe0f}'];
            let mut rest = safe.chars().filter(|c| is_hidden(*c) && !NEEDED.contains(c));
            prop_assert_eq!(rest.next(), None);
            prop_assert!(width(&cut(&safe, max)) <= max);
            for wrapped in wrap(&block(&text), Some(20)) {
                prop_assert!(!wrapped.contains('\n'));
            }
        }
    }
}
