//! Text within Markdown that shows as it was written and does nothing: no
//! markup, no link, and nobody is mentioned where the page is pasted.

use std::borrow::Cow;

/// Makes a line of text safe within Markdown.
///
/// A backslash keeps Markdown and HTML from acting, but not the services that
/// look for references in the finished page: they skip code, so a word that one
/// of them could act on becomes code.
pub(crate) fn escape(line: &str) -> String {
    let mut safe = String::with_capacity(line.len() + 8);
    for piece in line.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        let core = word.trim_start_matches(['(', '{', '"', '\'', '<']);
        let kept = core.trim_end_matches(['.', ',', ';', '!', '?', ')', '}', '"', '\'', '>']);
        // Markdown has no empty code.
        if !kept.is_empty() && is_reference(word) {
            let before = &word[..word.len() - core.len()];
            push_escaped(before, &mut safe);
            push_code(kept, &mut safe);
            push_escaped(&core[kept.len()..], &mut safe);
        } else {
            push_escaped(word, &mut safe);
        }
        safe.push_str(&piece[word.len()..]);
    }
    safe
}

/// Escapes what Markdown or HTML would act on.
fn push_escaped(text: &str, safe: &mut String) {
    let starts_line = safe.is_empty();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in text.char_indices() {
        let is_markup = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '|' | '~' | '^' | '$'
        );
        let starts_block = starts_line && at == 0 && matches!(c, '#' | '>' | '-' | '+' | '=' | ':');
        let numbers_item = starts_line && at > 0 && at == digits && matches!(c, '.' | ')');
        if is_markup || starts_block || numbers_item {
            safe.push('\\');
        }
        safe.push(c);
    }
}

/// Adds a word as code, between more backticks than it has in a row.
fn push_code(word: &str, safe: &mut String) {
    let runs = word.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    // A backtick at the edge would count as one of the fence.
    let word: Cow<'_, str> = match word.starts_with('`') || word.ends_with('`') {
        true => format!(" {word} ").into(),
        false => word.into(),
    };
    safe.push_str(&fence);
    safe.push_str(&word);
    safe.push_str(&fence);
}

/// Whether GitHub, GitLab, Mattermost or similar could turn a word into a link,
/// a mention, an emoji or a formula.
fn is_reference(word: &str) -> bool {
    // Most words are plain.
    if word.bytes().all(|b| b.is_ascii_alphabetic()) && word.len() < 7 {
        return false;
    }
    let lower = word.to_lowercase();
    has_sigil(&lower)
        || lower.contains("://")
        || lower.contains("www.")
        || has_number_after(&lower, "gh-")
        || ["{+", "{-", "[+", "[-", "[[", "*iteration:"]
            .iter()
            .any(|mark| lower.contains(mark))
        || has_enclosed_name(&lower, ':', ':')
        || has_enclosed_name(&lower, '[', ':')
        || has_commit(&lower)
}

/// Whether a word has a sign of a reference before a name: `@anna`, `#7`, `!12`,
/// `mia@example.org`, `owner/repo#1`, `~label`, `%milestone`, `$snippet`,
/// `&epic`, `^alert`.
fn has_sigil(word: &str) -> bool {
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(&next) = chars.peek() else {
            return false;
        };
        let names = next.is_alphanumeric() || matches!(next, '_' | '"');
        let begins = match c {
            '@' | '#' | '!' | '~' | '%' | '&' | '^' => names,
            // Also the start of a formula.
            '$' => true,
            _ => false,
        };
        if begins {
            return true;
        }
    }
    false
}

fn has_number_after(word: &str, prefix: &str) -> bool {
    word.match_indices(prefix).any(|(at, _)| {
        let after = word[at + prefix.len()..].chars().next();
        after.is_some_and(|c| c.is_ascii_digit())
    })
}

/// Whether a word has a name between two characters, such as `:smile:` or
/// `[issue:`.
fn has_enclosed_name(word: &str, open: char, close: char) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '+' | '-');
    word.match_indices(open).any(|(at, _)| {
        let name = &word[at + open.len_utf8()..];
        let end = name.find(|c| !is_name(c));
        end.is_some_and(|end| end > 0 && name[end..].starts_with(close))
    })
}

/// Whether a part of a word could be the id of a commit.
fn has_commit(word: &str) -> bool {
    word.split(|c: char| !c.is_alphanumeric()).any(|part| {
        (7..=64).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_hexdigit())
            // Telephone numbers are more frequent than ids without a letter.
            && !part.bytes().all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    /// What a page shows: its text without code, its whole text, and everything
    /// in it that is neither.
    #[derive(Debug, Default)]
    struct Shown {
        text: String,
        whole: String,
        other: Vec<String>,
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "whatever is not text is reported"
    )]
    fn render(page: &str) -> Shown {
        // Punctuation would be replaced by typographic signs.
        let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        let mut shown = Shown::default();
        for event in Parser::new_ext(page, options) {
            match event {
                Event::Text(text) => {
                    shown.text += &text;
                    shown.whole += &text;
                }
                Event::Code(code) => {
                    // Whatever stands on both sides stays apart.
                    shown.text.push('\u{fffc}');
                    shown.whole += &code;
                }
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                other => shown.other.push(format!("{other:?}")),
            }
        }
        shown
    }

    /// What services look for in the text of a finished page.
    fn references(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let chars: Vec<char> = text.chars().collect();
        for pair in chars.windows(2) {
            let names = pair[1].is_alphanumeric() || pair[1] == '_';
            if matches!(pair[0], '@' | '#' | '!' | '~' | '%' | '$' | '&') && names {
                found.push(pair.iter().collect());
            }
        }
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            let digits = word.bytes().all(|b| b.is_ascii_digit());
            if word.len() >= 7 && !digits && word.bytes().all(|b| b.is_ascii_hexdigit()) {
                found.push(word.to_owned());
            }
        }
        let lower = text.to_lowercase();
        for mark in ["://", "www.", "gh-1", ":smile:"] {
            found.extend(lower.contains(mark).then(|| mark.to_owned()));
        }
        found
    }

    #[track_caller]
    fn shows_as_written(line: &str) {
        let shown = render(&escape(line));
        assert_eq!(shown.whole, line, "{:?}", escape(line));
        assert_eq!(shown.other, [""; 0], "{:?}", escape(line));
        assert_eq!(references(&shown.text), [""; 0], "{:?}", escape(line));
    }

    const LINES: &[&str] = &[
        "ask @anna, or @channel",
        "mail mia@example.org or <mia@example.org>",
        "see #7, !12, GH-1, gh-1 and owner/repo#1",
        "https://example.org/a_b?c=d www.example.org",
        "a <!-- comment --> and ![image](x.png) [link](x)",
        "fixed in 0123456789abcdef and deadbeef",
        "~label %milestone $5 &1 $$x$$ $(x)$ :smile: :+1:",
        "`@anna` ``#7`` @a`b `` ` @`x`",
        "\\@anna \\\\#7 \\",
        "(#7). \"@anna\", '#8'!",
        "# head @anna",
        "1. #7",
        "- @anna",
        "> !1",
        "@anna",
        "[[wiki]] [issue:12] {+added+} [^1] [x] [!NOTE]",
        "日本語@anna、#7",
        "C# is 100% ok! a & b ~ c",
        "| a | b | ~~gone~~ **b** _i_ ==m== ^s^",
        "&lt; &#64;anna &commat;anna",
        "<b>@anna</b> <script>",
        "@@anna ##7 @_x_ #a",
        "!\" (!\") \"!\"!\" !\"@anna\"",
    ];

    #[test]
    fn a_line_shows_as_written_and_refers_to_nothing() {
        for line in LINES {
            shows_as_written(line);
        }
    }

    #[test]
    fn unescaped_lines_would_do_something() {
        let harmless = LINES.iter().filter(|line| {
            let shown = render(line);
            shown.other.is_empty() && references(&shown.text).is_empty()
        });
        assert_eq!(harmless.copied().collect::<Vec<_>>(), [LINES[17]]);
        // Backslashes alone keep Markdown quiet, but not who reads its result.
        let mut backslashes = String::new();
        push_escaped("ask @anna", &mut backslashes);
        assert_eq!(references(&render(&backslashes).text), ["@a"]);
    }

    #[test]
    fn only_what_could_be_a_reference_becomes_code() {
        assert_eq!(escape("ask @anna (or #7)."), "ask `@anna` (or `#7`).");
        assert_eq!(escape("C# 100% a@ b#, ok!"), "C# 100% a@ b#, ok!");
        assert_eq!(escape("Mia, mia@x.org"), "Mia, `mia@x.org`");
    }

    proptest! {
        #[test]
        fn any_line_shows_as_written(
            line in "[@#!~%$&^*_`\\\\<>\\[\\](){}:;/.+=|\"' a-cA-C0-9-]{0,40}",
            words in prop::collection::vec(prop::sample::select(LINES), 0..3),
        ) {
            let line = format!("{line} {}", words.join(" "));
            shows_as_written(line.trim());
        }
    }
}
