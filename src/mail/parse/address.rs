//! Lists of addresses: groups, comments, quoted and encoded names, and what
//! people and programs write instead.

use super::encoded_word;
use super::header::one_line;
use crate::domain::mail::message::Mailbox;

/// The most mailboxes that one field is read for.
const MOST: usize = 20_000;

/// One mailbox while it is read.
#[derive(Default)]
struct Draft {
    /// The words outside of brackets and comments.
    phrase: String,
    /// Whether the phrase has a quoted string.
    quoted: bool,
    address: Option<String>,
    comment: Option<String>,
}

impl Draft {
    fn is_blank(&self) -> bool {
        self.phrase.trim().is_empty() && self.address.is_none()
    }

    /// Whether it is the first half of an unquoted name with a comma in it.
    fn is_half_a_name(&self) -> bool {
        self.address.is_none()
            && self.comment.is_none()
            && !self.quoted
            && !self.phrase.contains('@')
            && !self.phrase.trim().is_empty()
    }

    fn finish(self) -> Option<Mailbox> {
        let comment = self.comment.as_deref().and_then(display_name);
        if let Some(address) = self.address {
            let address = bare_address(&address);
            let phrase = self.phrase.trim_matches(['>', ' ']);
            let name = display_name(phrase).or(comment);
            if address.is_empty() && name.is_none() {
                return None;
            }
            return Some(Mailbox { name, address });
        }
        let phrase = self.phrase.trim();
        if phrase.is_empty() {
            return comment.map(|comment| Mailbox {
                name: Some(comment),
                address: String::new(),
            });
        }
        let mut words: Vec<&str> = split_words(phrase);
        if let Some(at) = words.iter().position(|word| is_address(word)) {
            let address = bare_address(words.remove(at));
            return Some(Mailbox {
                name: display_name(&words.join(" ")).or(comment),
                address,
            });
        }
        if words.len() == 1 && !self.quoted && phrase.is_ascii() && !phrase.contains("=?") {
            return Some(Mailbox {
                name: comment,
                address: bare_address(phrase),
            });
        }
        Some(Mailbox {
            name: display_name(phrase),
            address: String::new(),
        })
    }
}

/// The words of a phrase; white space in quotation marks does not part them.
fn split_words(phrase: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quoted = false;
    for (at, character) in phrase.char_indices() {
        if character == '"' {
            quoted = !quoted;
        }
        if character.is_whitespace() && !quoted {
            if let Some(start) = start.take() {
                words.push(&phrase[start..at]);
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    words.extend(start.map(|start| &phrase[start..]));
    words
}

fn is_address(word: &str) -> bool {
    word.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.is_empty() && !word.starts_with("=?")
    })
}

/// An address without what is around it: routes, schemes, further brackets.
fn bare_address(text: &str) -> String {
    let text = one_line(text);
    let text = text.trim_matches(['<', '>', ' ', ',', ';']);
    let lower = text.get(..7).map(str::to_ascii_lowercase);
    let text = match lower.as_deref() {
        Some("mailto:") => text.get(7..).unwrap_or_default(),
        Some(_) | None => text,
    };
    let text = match text.split_once(':') {
        Some((route, rest)) if route.starts_with('@') => rest,
        Some(_) | None => text,
    };
    let text = text.trim_matches('\'');
    if text.starts_with('"') {
        return text.to_owned();
    }
    text.chars()
        .filter(|character| !character.is_whitespace())
        .collect()
}

/// A display name, decoded; `None` if it is blank.
fn display_name(raw: &str) -> Option<String> {
    let mut plain = String::with_capacity(raw.len());
    let mut escaped = false;
    for character in raw.chars() {
        match character {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '"' if !escaped => {}
            _ => plain.push(character),
        }
        escaped = false;
    }
    let name = one_line(&encoded_word::decode(&plain));
    let name = name.trim_matches(|c: char| c == '"' || c.is_whitespace());
    let inner = name
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    let name = inner.unwrap_or(name).trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Reads the address lists of a field.
struct Reader<'a> {
    characters: std::iter::Peekable<std::str::Chars<'a>>,
    found: Vec<Mailbox>,
    draft: Draft,
    in_group: bool,
}

impl Reader<'_> {
    fn read(mut self) -> Vec<Mailbox> {
        while let Some(character) = self.characters.next() {
            if self.found.len() >= MOST {
                return self.found;
            }
            match character {
                '"' => self.quoted(),
                '(' => self.comment(),
                '<' => self.angle(),
                ',' => self.comma(),
                ';' => {
                    self.end();
                    self.in_group = false;
                }
                ':' if !self.in_group && self.begins_group() => {
                    self.draft = Draft::default();
                    self.in_group = true;
                }
                _ => self.draft.phrase.push(character),
            }
        }
        self.end();
        self.found
    }

    fn begins_group(&self) -> bool {
        let phrase = self.draft.phrase.trim();
        !phrase.is_empty()
            && !phrase.contains('@')
            && !phrase.eq_ignore_ascii_case("mailto")
            && self.draft.address.is_none()
    }

    fn quoted(&mut self) {
        // A quotation mark without its partner quotes nothing.
        if !self.characters.clone().any(|character| character == '"') {
            return;
        }
        self.draft.quoted = true;
        self.draft.phrase.push('"');
        while let Some(character) = self.characters.next() {
            self.draft.phrase.push(character);
            match character {
                '\\' => self.draft.phrase.extend(self.characters.next()),
                '"' => return,
                _ => {}
            }
        }
    }

    fn comment(&mut self) {
        let mut depth = 1_u32;
        let mut text = String::new();
        while let Some(character) = self.characters.next() {
            match character {
                '\\' => text.extend(self.characters.next()),
                '(' => {
                    depth += 1;
                    text.push(character);
                }
                ')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                    text.push(character);
                }
                _ => text.push(character),
            }
        }
        // Part of the name where an address in brackets follows.
        let before = &mut self.draft;
        if before.address.is_none()
            && !before.phrase.contains('@')
            && !before.phrase.trim().is_empty()
        {
            before.phrase.push('(');
            before.phrase.push_str(&text);
            before.phrase.push(')');
        } else {
            before.comment.get_or_insert(text);
        }
    }

    fn angle(&mut self) {
        let mut text = String::new();
        let mut quoted = false;
        while let Some(next) = self.characters.peek() {
            match next {
                '>' if !quoted => {
                    self.characters.next();
                    break;
                }
                ',' if !quoted && text.contains('@') && !text.starts_with('@') => break,
                '"' => quoted = !quoted,
                _ => {}
            }
            text.extend(self.characters.next());
        }
        if self
            .draft
            .address
            .as_deref()
            .is_none_or(|known| known.trim().is_empty())
        {
            self.draft.address = Some(text);
        }
    }

    fn comma(&mut self) {
        if self.draft.is_half_a_name() && self.name_goes_on() {
            self.draft.phrase.push(',');
        } else {
            self.end();
        }
    }

    /// Whether words and an address in brackets follow, so that the comma is part
    /// of a name.
    fn name_goes_on(&self) -> bool {
        let mut words = false;
        for character in self.characters.clone().take(200) {
            match character {
                '<' => return words,
                ',' | ';' | '@' | '"' | ':' => return false,
                _ => words = words || character.is_alphanumeric(),
            }
        }
        false
    }

    fn end(&mut self) {
        let draft = std::mem::take(&mut self.draft);
        if !draft.is_blank() || draft.comment.is_some() {
            self.found.extend(draft.finish());
        }
    }
}

/// Reads a list of addresses, with encoded words still in it.
pub(super) fn parse_list(text: &str) -> Vec<Mailbox> {
    let reader = |text: &str| {
        Reader {
            characters: text.chars().peekable(),
            found: Vec::new(),
            draft: Draft::default(),
            in_group: false,
        }
        .read()
    };
    let found = reader(text);
    // Some programs encode the whole field, address and all.
    if found.iter().all(|mailbox| mailbox.address.is_empty()) && text.contains("=?") {
        let decoded = encoded_word::decode(text);
        if decoded.contains('@') && !decoded.contains("=?") {
            return reader(&decoded);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::parse_list;

    fn read(text: &str) -> Vec<String> {
        let show = |name: Option<String>, address: String| match name {
            Some(name) => format!("{name}|{address}"),
            None => address,
        };
        parse_list(text)
            .into_iter()
            .map(|mailbox| show(mailbox.name, mailbox.address))
            .collect()
    }

    #[test]
    fn addresses_are_read_as_they_are_written() {
        for (written, expected) in [
            ("anna@example.org", &["anna@example.org"][..]),
            (
                "Anna Berg <anna@example.org>",
                &["Anna Berg|anna@example.org"],
            ),
            (
                "\"Berg, Anna\" <a@x.org>, b@x.org",
                &["Berg, Anna|a@x.org", "b@x.org"],
            ),
            ("Berg, Anna <a@x.org>", &["Berg, Anna|a@x.org"]),
            ("a@x.org (Anna Berg)", &["Anna Berg|a@x.org"]),
            ("Anna (IT) <a@x.org>", &["Anna (IT)|a@x.org"]),
            (
                "=?utf-8?Q?Berg=2C_J=C3=B6rg?= <a@x.org>",
                &["Berg, Jörg|a@x.org"],
            ),
            ("\"=?utf-8?Q?J=C3=B6rg?=\" <a@x.org>", &["Jörg|a@x.org"]),
            (
                "team: a@x.org, B <b@x.org>; c@x.org",
                &["a@x.org", "B|b@x.org", "c@x.org"],
            ),
            ("undisclosed-recipients:;", &[]),
            ("a@x.org; b@x.org", &["a@x.org", "b@x.org"]),
            ("Anna Berg anna@x.org", &["Anna Berg|anna@x.org"]),
            ("Anna <anna@x.org", &["Anna|anna@x.org"]),
            ("anna@x.org>", &["anna@x.org"]),
            ("<@relay.org:anna@x.org>", &["anna@x.org"]),
            ("<mailto:anna@x.org>", &["anna@x.org"]),
            ("<<anna@x.org>>", &["anna@x.org"]),
            ("\"two words\"@x.org", &["\"two words\"@x.org"]),
            ("'anna@x.org' <anna@x.org>", &["anna@x.org|anna@x.org"]),
            ("root", &["root"]),
            ("Mail Delivery", &["Mail Delivery|"]),
            ("jörg@bücher.example", &["jörg@bücher.example"]),
            ("a@xn--bcher-kva.example", &["a@xn--bcher-kva.example"]),
            ("=?utf-8?Q?Anna_=3Canna=40x.org=3E?=", &["Anna|anna@x.org"]),
            ("<>", &[]),
            ("", &[]),
            (", ,", &[]),
            ("\"open <a@x.org>", &["open|a@x.org"]),
            ("(only a comment)", &["only a comment|"]),
        ] {
            assert_eq!(read(written), expected, "{written}");
        }
    }
}
