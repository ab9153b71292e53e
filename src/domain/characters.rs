//! What a character shows when it is printed: itself, a blank, or nothing.

use unicode_normalization::char::canonical_combining_class;
use unicode_script::{Script, UnicodeScript as _};

/// Joins the letters or pictures around it.
pub(crate) const ZERO_WIDTH_JOINER: char = '\u{200d}';
/// Keeps the letters around it apart.
const ZERO_WIDTH_NON_JOINER: char = '\u{200c}';

/// Whether a character does anything but show itself: controls, format
/// characters, directional marks, tags, variation selectors, fillers, letters
/// and signs without a glyph, line and paragraph separators, and every code
/// point that is private or not assigned (Unicode Standard Annex 44, general
/// categories Cc, Cf, Cn, Co, Zl and Zp, and the property
/// `Default_Ignorable_Code_Point`).
///
/// The Arabic number signs and the end of ayah are format characters by
/// category, but terminals draw them, so they show themselves.
pub(crate) fn is_hidden(c: char) -> bool {
    if c < '\u{7f}' {
        return c < ' ';
    }
    matches!(c,
        '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{605}' | '\u{61c}' | '\u{70f}'
        | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}' | '\u{13441}' | '\u{13442}' | '\u{16fe4}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{10ffff}')
        // Private, unassigned and noncharacters, by Unicode Standard Annex 24.
        || c.script() == Script::Unknown
}

/// Whether a character is a blank other than the space: no-break, thin, wide
/// and similar spaces.
pub(crate) const fn is_exotic_blank(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// Whether a text shows anything at all.
pub(crate) fn is_visible(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !is_hidden(c))
}

/// Whether a hidden character is needed to write what is around it: a joiner
/// within a picture, an Indic syllable or a word of a cursive script, or the
/// selector that makes a sign a picture.
///
/// `base` is the last character before it that is no mark, and `before` the one
/// directly before it.
pub(crate) fn is_needed_within(base: char, before: char, c: char, after: Option<char>) -> bool {
    match c {
        '\u{fe0e}' | '\u{fe0f}' => {
            is_pictorial(before)
                || matches!(before, '#' | '*' | '0'..='9') && after == Some('\u{20e3}')
        }
        ZERO_WIDTH_JOINER | ZERO_WIDTH_NON_JOINER => {
            let pictures = c == ZERO_WIDTH_JOINER
                && (is_pictorial(before) || before == '\u{fe0f}')
                && after.is_some_and(is_pictorial);
            let letters = is_in_syllable(base, before, after) || is_in_cursive_word(base, after);
            pictures || letters && !is_hidden(before)
        }
        _ => false,
    }
}

/// Whether a character can be part of a joined emoji, or be shown as one.
const fn is_pictorial(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{27ff}' | '\u{2900}'..='\u{2bff}' | '\u{3030}' | '\u{303d}'
        | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// The sign that joins two consonants in Indic scripts, or its absence, decides
/// what the joiner beside it does (RFC 5892, appendix A; The Unicode Standard,
/// chapter 12).
fn is_in_syllable(base: char, before: char, after: Option<char>) -> bool {
    let is_virama = |c| canonical_combining_class(c) == 9;
    is_virama(before) || base.is_alphabetic() && after.is_some_and(is_virama)
}

/// Whether both neighbours are letters of one script whose letters join, as in
/// Persian.
fn is_in_cursive_word(base: char, after: Option<char>) -> bool {
    const CURSIVE: [Script; 7] = [
        Script::Arabic,
        Script::Syriac,
        Script::Nko,
        Script::Mandaic,
        Script::Mongolian,
        Script::Adlam,
        Script::Hanifi_Rohingya,
    ];
    let script = base.script();
    base.is_alphabetic()
        && CURSIVE.contains(&script)
        && after.is_some_and(|after| after.is_alphabetic() && after.script() == script)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_general_category::{GeneralCategory as Category, get_general_category};

    /// A second opinion: whether a character is invisible by its general
    /// category, or by the list of those that are drawn as nothing.
    fn is_invisible(c: char) -> bool {
        let category = get_general_category(c);
        let by_category = matches!(
            category,
            Category::Control
                | Category::PrivateUse
                | Category::Surrogate
                | Category::LineSeparator
                | Category::ParagraphSeparator
        );
        // These are drawn around the digits behind them.
        let is_drawn = matches!(c, '\u{600}'..='\u{604}' | '\u{6dd}');
        let by_category = by_category || category == Category::Format && !is_drawn;
        // Combining grapheme joiner, Hangul and Khmer fillers, Mongolian and
        // other variation selectors, braille blank, noncharacters.
        let listed = [
            0x34f..=0x34f,
            0x115f..=0x1160,
            0x17b4..=0x17b5,
            0x180b..=0x180f,
            0x2065..=0x2065,
            0x2800..=0x2800,
            0x3164..=0x3164,
            0xfdd0..=0xfdef,
            0xfe00..=0xfe0f,
            0xffa0..=0xffa0,
            0xfff0..=0xfff8,
            0xe0000..=0xe0fff,
        ];
        let code = u32::from(c);
        by_category || listed.iter().any(|range| range.contains(&code)) || code & 0xfffe == 0xfffe
    }

    #[test]
    fn two_sources_agree_on_every_character() {
        let mut newer = 0;
        for c in '\0'..=char::MAX {
            let hidden = is_hidden(c);
            assert!(hidden || !is_invisible(c), "U+{:04X}", u32::from(c));
            if get_general_category(c) == Category::Unassigned && !hidden {
                newer += 1;
            }
            // Nothing that can be seen is called hidden.
            if hidden && !is_invisible(c) {
                let known = matches!(c, '\u{13441}' | '\u{13442}' | '\u{16fe4}' | '\u{1d159}')
                    || get_general_category(c) == Category::Unassigned;
                assert!(known, "U+{:04X}", u32::from(c));
            }
            let blank = get_general_category(c) == Category::SpaceSeparator && c != ' ';
            assert_eq!(is_exotic_blank(c), blank, "U+{:04X}", u32::from(c));
        }
        // The second source may be older by a version or two of Unicode.
        assert!(newer < 40_000, "{newer} unassigned characters pass");
        for unassigned in ['\u{378}', '\u{2fe0}', '\u{1ffff}', '\u{3fffd}', '\u{dffff}'] {
            assert!(is_hidden(unassigned), "U+{:04X}", u32::from(unassigned));
        }
    }

    #[test]
    fn a_text_of_blanks_and_hidden_characters_shows_nothing() {
        for text in [
            "",
            " ",
            "\u{a0}\u{3000}",
            "\u{2800}",
            "\u{3164}\t",
            "\u{200b}",
        ] {
            assert!(!is_visible(text), "{text:?}");
        }
        for text in ["a", "\u{200b}a", "日", "👍"] {
            assert!(is_visible(text), "{text:?}");
        }
    }
}
