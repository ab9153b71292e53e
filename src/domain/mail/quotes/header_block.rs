//! Where an earlier message begins without marks: «Original Message» between
//! dashes, or its From, Sent, To and Subject as Outlook writes them.

use super::words;

/// The longest label of a field, in bytes.
const LABEL: usize = 48;

/// A field of a header, whatever the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    From,
    Sent,
    /// When, as forms have it that people fill in.
    Date,
    To,
    Subject,
    Copy,
}

fn labelled(label: &str) -> Option<Field> {
    let label = label.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if label.is_empty() || label.len() > LABEL {
        return None;
    }
    let label = label.to_lowercase();
    [
        (Field::From, &words::FROM),
        (Field::Sent, &words::SENT),
        (Field::Date, &words::DATE),
        (Field::To, &words::TO),
        (Field::Subject, &words::SUBJECT),
        (Field::Copy, &words::COPY),
    ]
    .into_iter()
    .find_map(|(field, list)| list.contains(&label).then_some(field))
}

/// The field that a line is, with its value.
fn field(line: &str) -> Option<(Field, &str)> {
    let (label, value) = line.split_once([':', '：'])?;
    let value = value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '|'));
    labelled(label).map(|field| (field, value))
}

/// Whether a line is a field of a header as it is sent: people show such headers
/// to have them looked into.
fn is_raw(line: &str) -> bool {
    let label = line.split(':').next().unwrap_or_default().trim();
    let label = label.get(..label.len().min(LABEL)).unwrap_or_default();
    let label = label.to_ascii_lowercase();
    line.contains(':') && (label.starts_with("x-") || words::RAW.contains(&label))
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// What the fields of a header have, as far as it tells them from a form.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    from: bool,
    sent: bool,
    to: bool,
    subject: bool,
    /// Whether it says when as mails do, with a label of theirs or a time of day.
    is_timed: bool,
    is_dated: bool,
    is_addressed: bool,
    /// Whether other lines are between its fields.
    is_parted: bool,
}

impl Found {
    fn add(&mut self, field: Field, value: &str) {
        self.is_addressed |= value.contains('@');
        match field {
            // Not from a day to another.
            Field::From => {
                self.from |= !value.is_empty() && !value.starts_with(|c: char| c.is_ascii_digit());
            }
            Field::Sent | Field::Date => {
                self.sent = true;
                self.is_dated |= digits(value) >= 4;
                self.is_timed |= field == Field::Sent || super::attribution::has_time(value);
            }
            Field::To => self.to = true,
            Field::Subject => self.subject = true,
            Field::Copy => {}
        }
    }

    fn is_header(self) -> bool {
        let is_known = self.is_timed || self.is_addressed;
        self.from && self.subject && self.sent && is_known
            || self.from && self.to && self.is_addressed && (self.subject || self.sent)
            // With two of them alone, they must be what such fields hold.
            || self.sent
                && (self.from || self.to)
                && self.is_dated
                && self.is_addressed
                && !self.is_parted
    }
}

/// Whether the header of an earlier message begins here: who it is from, and
/// enough of when, to whom and about what. Forms that people fill in have such
/// lines too: from a place or a day to another.
fn is_block(lines: &[&str], at: usize) -> bool {
    let first = lines.get(at).copied().unwrap_or_default();
    let above = at.checked_sub(1).and_then(|above| lines.get(above));
    if field(first).is_none() || above.is_some_and(|line| is_raw(line)) {
        return false;
    }
    if is_block_in_a_line(first) {
        return true;
    }
    let mut found = Found::default();
    let mut others = 0;
    let mut is_parted = false;
    for (at, line) in lines.iter().enumerate().skip(at).take(16) {
        if line.trim().is_empty() {
            is_parted = true;
            continue;
        }
        if is_raw(line) {
            return false;
        }
        if let Some((field, value)) = field(line) {
            // Some programs put the value into the next line.
            let next = lines.get(at + 1).map(|line| line.trim());
            let value = if value.is_empty() { next } else { Some(value) };
            found.add(field, value.unwrap_or_default());
            found.is_parted |= is_parted;
            others = 0;
        } else {
            // A long list of addresses goes on in the next lines.
            others += 1;
            is_parted = true;
            found.is_addressed |= line.contains('@') && found.from && !found.sent && !found.to;
        }
        if others > 3 {
            break;
        }
    }
    found.is_header()
}

/// Whether a line has the whole header of an earlier message, its lines joined:
/// `From: anna@example.org Sent: Monday, 5 January 2026`.
fn is_block_in_a_line(line: &str) -> bool {
    let Some((Field::From, value)) = field(line) else {
        return false;
    };
    line.len() < 1000
        && value.contains('@')
        && value.match_indices(": ").any(|(at, _)| {
            let (before, after) = value.split_at(at);
            let label = before.rsplit(char::is_whitespace).next();
            let start: String = after.chars().take(40).collect();
            matches!(label.and_then(labelled), Some(Field::Sent | Field::Date))
                && digits(&start) >= 4
        })
}

/// Whether a line is a heading between dashes.
fn is_heading(line: &str) -> bool {
    if line.len() > 200 {
        return false;
    }
    let line = line.trim().trim_matches(['*', '_', '[']);
    let bare = line.trim_matches(|c: char| {
        matches!(c, '-' | '–' | '—' | '=' | ' ' | '_' | '*' | ':' | '\u{a0}')
    });
    let is_dashed = line.len() > bare.len() + 2;
    if bare.is_empty() || !is_dashed && !bare.starts_with(['O', 'o']) {
        return false;
    }
    let lower = bare.to_lowercase();
    let is_named = words::HEADINGS.iter().any(|heading| {
        lower == heading || lower.starts_with(heading) && lower.len() < heading.len() + 4
    });
    is_dashed && is_named || lower.starts_with("original message processed by ")
}

/// Whether a line only parts what is above from what is below.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let mut marks = line.chars().filter(|c| *c != ' ');
    let Some(first) = marks.next() else {
        return false;
    };
    matches!(first, '_' | '-' | '=' | '*' | '–' | '—')
        && marks.clone().count() >= 2
        && marks.all(|mark| mark == first)
}

/// Whether an earlier message begins here and goes to the end.
pub(super) fn begins_earlier_message(lines: &[&str], at: usize) -> bool {
    let line = lines.get(at).copied().unwrap_or_default();
    if line.trim().is_empty() {
        return false;
    }
    if is_heading(line) || super::attribution::is_dashed(line) {
        return true;
    }
    let lower = line.to_lowercase();
    if words::REPLY_ABOVE.iter().any(|words| lower.contains(words)) {
        return true;
    }
    is_block(lines, at)
}

/// Whether a line says that what follows was forwarded: a heading between dashes,
/// or one that ends with a colon.
pub(super) fn is_forwarded(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches(['>', ' ']).trim_end();
    if line.len() > 200
        || !line.starts_with(['-', '_', '=', '*', '–', '—']) && !line.ends_with([':', '：'])
    {
        return false;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.to_lowercase();
    !bare.is_empty()
        && bare.split_whitespace().count() <= 8
        && words::FORWARDED.iter().any(|words| lower.contains(words))
}
