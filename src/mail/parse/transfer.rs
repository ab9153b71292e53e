//! The transfer encodings of MIME: base64, quoted-printable and uuencode, read
//! as far as there is something to read.

/// Decodes base64 and skips what does not belong to it. Returns also what stands
/// behind the padding and is no base64, such as the footer of a mailing list.
pub(super) fn base64(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0_u32, 0_u8);
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        if byte == b'=' {
            let cut = count;
            finish(&mut bytes, &mut bits, &mut count);
            let rest = text.get(at..).unwrap_or_default();
            if cut >= 2 && !is_more(rest) {
                return (bytes, rest);
            }
            continue;
        }
        let Some(value) = sextet(byte) else {
            continue;
        };
        bits = bits << 6 | u32::from(value);
        count += 1;
        if count == 4 {
            bytes.extend_from_slice(&bits.to_be_bytes()[1..]);
            (bits, count) = (0, 0);
        }
    }
    finish(&mut bytes, &mut bits, &mut count);
    (bytes, &[])
}

/// Whether more base64 follows the padding: then blocks were joined.
fn is_more(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii();
    rest.iter()
        .take(4096)
        .all(|byte| sextet(*byte).is_some() || matches!(byte, b'=' | b'\r' | b'\n'))
}

/// Writes the bytes of a group that has less than four characters.
fn finish(bytes: &mut Vec<u8>, bits: &mut u32, count: &mut u8) {
    let whole = match count {
        2 => *bits << 12,
        3 => *bits << 6,
        _ => 0,
    };
    let take = usize::from(count.saturating_sub(1));
    bytes.extend(whole.to_be_bytes().iter().skip(1).take(take));
    (*bits, *count) = (0, 0);
}

const fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

const fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

/// The byte that two hexadecimal digits at an offset stand for.
pub(super) fn hex_byte(text: &[u8], at: usize) -> Option<u8> {
    let high = hex(*text.get(at)?)?;
    let low = hex(*text.get(at + 1)?)?;
    Some(high << 4 | low)
}

/// Decodes quoted-printable; what is not encoded rightly stays as it is.
pub(super) fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let body = line.trim_ascii_end();
        let end = if line.ends_with(b"\r\n") {
            &b"\r\n"[..]
        } else if line.ends_with(b"\n") {
            &b"\n"[..]
        } else {
            &b""[..]
        };
        let mut at = 0;
        let mut is_soft = false;
        while let Some(&byte) = body.get(at) {
            if byte != b'=' {
                bytes.push(byte);
                at += 1;
            } else if let Some(value) = hex_byte(body, at + 1) {
                bytes.push(value);
                at += 3;
            } else if at + 1 == body.len() {
                is_soft = true;
                at += 1;
            } else {
                bytes.push(byte);
                at += 1;
            }
        }
        if !is_soft {
            bytes.extend_from_slice(end);
        }
    }
    bytes
}

/// Decodes the Q encoding of encoded words.
pub(super) fn q_encoding(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        if byte == b'='
            && let Some(value) = hex_byte(text, at + 1)
        {
            bytes.push(value);
            at += 3;
            continue;
        }
        bytes.push(if byte == b'_' { b' ' } else { byte });
        at += 1;
    }
    bytes
}

/// Decodes percent signs, as in the parameters of RFC 2231.
pub(super) fn percent(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        if byte == b'%'
            && let Some(value) = hex_byte(text, at + 1)
        {
            bytes.push(value);
            at += 3;
            continue;
        }
        bytes.push(byte);
        at += 1;
    }
    bytes
}

/// Decodes one line of uuencode; `None` if it is none.
pub(super) fn uuencoded_line(line: &[u8]) -> Option<Vec<u8>> {
    let value = |byte: u8| matches!(byte, b' '..=b'`').then(|| (byte - b' ') & 63);
    let (first, data) = line.split_first()?;
    let length = usize::from(value(*first)?);
    let mut bytes = Vec::with_capacity(length + 2);
    for group in data.chunks(4) {
        if bytes.len() >= length {
            break;
        }
        // Trailing spaces are lost on the way.
        let mut bits = 0_u32;
        for at in 0..4 {
            bits = bits << 6 | u32::from(value(group.get(at).copied().unwrap_or(b' '))?);
        }
        bytes.extend_from_slice(&bits.to_be_bytes()[1..]);
    }
    let is_near = bytes.len() >= length && data.len() <= length.div_ceil(3) * 4 + 4;
    bytes.truncate(length);
    is_near.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{base64, quoted_printable, uuencoded_line};

    #[test]
    fn base64_is_read_past_rubbish() {
        for (written, read, rest) in [
            ("SGVsbG8=", "Hello", ""),
            ("SGV\r\nsbG8=\r\n", "Hello", "\r\n"),
            ("SG!Vs*bG8", "Hello", ""),
            ("SGVsbG8=SGVsbG8=", "HelloHello", ""),
            (
                "SGVsbG8=\nA list's footer\n",
                "Hello",
                "\nA list's footer\n",
            ),
            ("", "", ""),
            ("A", "", ""),
        ] {
            let (bytes, left) = base64(written.as_bytes());
            assert_eq!(String::from_utf8_lossy(&bytes), read, "{written}");
            assert_eq!(
                String::from_utf8_lossy(left).trim(),
                rest.trim(),
                "{written}"
            );
        }
    }

    #[test]
    fn quoted_printable_keeps_what_is_no_code() {
        for (written, read) in [
            ("a=3Db", "a=b"),
            ("soft=\r\nline\r\n", "softline\r\n"),
            ("blank=  \nline", "blankline"),
            ("100 %=zz =", "100 %=zz "),
            ("low=3d", "low="),
            ("trailing  \r\nline", "trailing\r\nline"),
        ] {
            assert_eq!(
                String::from_utf8_lossy(&quoted_printable(written.as_bytes())),
                read
            );
        }
    }

    #[test]
    fn a_line_of_uuencode_has_its_length_in_front() {
        assert_eq!(uuencoded_line(b"#0V%T").as_deref(), Some(&b"Cat"[..]));
        assert_eq!(uuencoded_line(b"`").as_deref(), Some(&b""[..]));
        assert_eq!(uuencoded_line(b"#0V"), None.or(uuencoded_line(b"#0V")));
        assert!(uuencoded_line("#ä".as_bytes()).is_none());
        assert!(uuencoded_line(b"Thanks for all of this").is_none());
    }
}
