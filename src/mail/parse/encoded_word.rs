//! Encoded words (RFC 2047), also those that mail programs write wrongly: glued
//! to text, broken across lines, without an end, cut within a character.

use super::charset;
use super::transfer;

/// One encoded word, or text between them.
enum Piece<'a> {
    Text(&'a str),
    Word(Word<'a>),
}

struct Word<'a> {
    charset: &'a str,
    is_base64: bool,
    content: &'a str,
}

/// Words of one charset that stand beside each other.
struct Run<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
    /// Base64 of the last word that has no whole group yet.
    open: String,
}

impl<'a> Run<'a> {
    const fn new(charset: &'a str) -> Self {
        Self {
            charset,
            bytes: Vec::new(),
            open: String::new(),
        }
    }

    fn add(&mut self, word: &Word<'_>) {
        if !word.is_base64 {
            self.close();
            let content = word.content.trim_end_matches('?').as_bytes();
            self.bytes.extend(transfer::q_encoding(content));
            return;
        }
        self.open
            .extend(word.content.chars().filter(|c| !c.is_whitespace()));
        if self.open.len().is_multiple_of(4) || self.open.ends_with('=') {
            self.close();
        }
    }

    fn close(&mut self) {
        self.bytes.extend(transfer::base64(self.open.as_bytes()).0);
        self.open.clear();
    }

    fn text(mut self) -> String {
        self.close();
        charset::decode(&self.bytes, Some(self.charset))
    }
}

/// Decodes the encoded words in a text.
pub(super) fn decode(text: &str) -> String {
    if !text.contains("=?") {
        return text.to_owned();
    }
    let mut decoded = String::with_capacity(text.len());
    let mut run: Option<Run<'_>> = None;
    let mut gap = "";
    let mut rest = text;
    while let Some((piece, after)) = next_piece(rest) {
        rest = after;
        match piece {
            Piece::Text(blank) if run.is_some() && blank.trim().is_empty() => gap = blank,
            Piece::Text(plain) => {
                decoded.extend(run.take().map(Run::text));
                decoded.push_str(gap);
                decoded.push_str(plain);
                gap = "";
            }
            Piece::Word(word) => {
                // White space between encoded words is not part of the text.
                gap = "";
                let is_same = |run: &Run<'_>| run.charset.eq_ignore_ascii_case(word.charset);
                if !run.as_ref().is_some_and(is_same) {
                    decoded.extend(run.take().map(Run::text));
                }
                run.get_or_insert(Run::new(word.charset)).add(&word);
            }
        }
    }
    decoded.extend(run.map(Run::text));
    decoded.push_str(gap);
    decoded
}

/// The next piece of a text, and what follows it.
fn next_piece(text: &str) -> Option<(Piece<'_>, &str)> {
    if text.is_empty() {
        return None;
    }
    let mut from = 0;
    while let Some(found) = text[from..].find("=?").map(|at| from + at) {
        let Some((piece, after)) = word(&text[found..]) else {
            from = found + 2;
            continue;
        };
        if found == 0 {
            return Some((piece, after));
        }
        return Some((Piece::Text(&text[..found]), &text[found..]));
    }
    Some((Piece::Text(text), ""))
}

/// Where an encoded word's text starts: its charset, whether it is base64, and
/// what follows `?B?`.
fn opening(text: &str) -> Option<(&str, bool, &str)> {
    let inner = text.strip_prefix("=?")?;
    let (charset, rest) = inner.split_once('?')?;
    let fits = !charset.is_empty()
        && charset.len() <= 60
        && charset.bytes().all(|byte| byte.is_ascii_graphic());
    let is_base64 = match rest.as_bytes().first()? {
        b'b' | b'B' => true,
        b'q' | b'Q' => false,
        _ => return None,
    };
    let content = rest.get(1..)?.strip_prefix('?').filter(|_| fits)?;
    Some((
        charset.split('*').next().unwrap_or(charset),
        is_base64,
        content,
    ))
}

/// The encoded word that a text begins with, and what follows it.
fn word(text: &str) -> Option<(Piece<'_>, &str)> {
    let (charset, is_base64, content) = opening(text)?;
    let end = content.find("?=");
    // Another word that begins before this one ends.
    let next = content
        .match_indices("=?")
        .map(|(at, _)| at)
        .take_while(|at| end.is_none_or(|end| *at + 1 < end))
        .find(|at| opening(&content[*at..]).is_some());
    let (inside, after) = match (end, next) {
        (_, Some(next)) => (&content[..next], &content[next..]),
        (Some(end), None) => (&content[..end], &content[end + 2..]),
        (None, None) => {
            let end = content
                .find([' ', '\t', '"', '<', '>', ','])
                .unwrap_or(content.len());
            (&content[..end], &content[end..])
        }
    };
    let word = Word {
        charset,
        is_base64,
        content: inside,
    };
    Some((Piece::Word(word), after))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn words_are_decoded_however_they_lie() {
        for (written, read) in [
            ("plain", "plain"),
            ("=?utf-8?Q?caf=C3=A9?=", "café"),
            ("=?iso-8859-1?q?caf=E9_au?= lait", "café au lait"),
            ("=?utf-8?Q?one?= =?utf-8?Q?two?=", "onetwo"),
            ("=?utf-8?Q?one?=  three", "one  three"),
            ("a=?utf-8?Q?b?=c", "abc"),
            // Cut within a character.
            ("=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café"),
            ("=?utf-8?B?Y2Fmw?= =?utf-8?B?6k=?=", "café"),
            // White space inside, a word without an end, and one that is cut short.
            ("=?utf-8?Q?two words?=", "two words"),
            ("=?utf-8?B?SGVs bG8=?=", "Hello"),
            ("=?utf-8?Q?open =?utf-8?Q?_end?=", "open  end"),
            ("=?utf-8?Q?open", "open"),
            ("=?utf-8*de?Q?Gru=C3=9F?=", "Gruß"),
            ("=?utf-8?Q??=", ""),
            ("is 1 =?= 2", "is 1 =?= 2"),
            ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
            ("=?no-such?Q?caf=E9?=", "café"),
        ] {
            assert_eq!(decode(written), read, "{written}");
        }
    }
}
