//! Files that were written into a text with uuencode, before MIME.

use super::transfer;
use crate::domain::mail::message::MailAttachment;

/// Takes the files out of a text; returns what is left of it.
pub(super) fn take_files(text: &[u8]) -> (Vec<u8>, Vec<MailAttachment>) {
    let begins = |line: &[u8]| line.starts_with(b"begin ");
    if !text.split(|byte| *byte == b'\n').any(begins) {
        return (text.to_vec(), Vec::new());
    }
    let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    let mut left = Vec::with_capacity(text.len());
    let mut files = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if begins(line)
            && let Some((file, length)) = file(lines.get(at..).unwrap_or_default())
        {
            files.push(file);
            at += length;
            continue;
        }
        left.extend_from_slice(line);
        at += 1;
    }
    (left, files)
}

/// The file that these lines begin with, and how many lines it has.
fn file(lines: &[&[u8]]) -> Option<(MailAttachment, usize)> {
    let first = lines.first()?.trim_ascii_end();
    let rest = first.strip_prefix(b"begin ")?;
    let space = rest.iter().position(|byte| *byte == b' ')?;
    let (mode, name) = rest.split_at(space);
    let is_mode =
        (3..=4).contains(&mode.len()) && mode.iter().all(|byte| matches!(byte, b'0'..=b'7'));
    if !is_mode {
        return None;
    }
    let mut bytes = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(1) {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.trim_ascii() == b"end" {
            let file = MailAttachment {
                name: Some(super::header::decoded(name, None)).filter(|name| !name.is_empty()),
                media_type: "application/octet-stream".to_owned(),
                content_id: None,
                bytes,
            };
            return (at > 1).then_some((file, at + 1));
        }
        if !line.is_empty() {
            bytes.extend(transfer::uuencoded_line(line)?);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::take_files;

    #[test]
    fn a_file_in_a_text_becomes_an_attachment() {
        let (text, files) = take_files(b"See:\nbegin 644 cat.txt\n#0V%T\n`\nend\nBye\n");
        assert_eq!(text, b"See:\nBye\n");
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].name.as_deref(), Some("cat.txt"));
        assert_eq!(files[0].bytes, b"Cat");
    }

    #[test]
    fn a_sentence_is_no_file() {
        for text in [
            "begin 644 of them\nnow, not later\n",
            "begin the work\nend\n",
            "begin 644 cut.txt\n#0V%T\n",
        ] {
            let (left, files) = take_files(text.as_bytes());
            assert_eq!(left, text.as_bytes());
            assert!(files.is_empty());
        }
    }
}
