//! Bytes to characters: what the message says about its charset, where that is
//! true, and what the bytes look like, where it is not.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, WINDOWS_1252};

use super::transfer;

/// Decodes bytes with the charset of this name. Nothing is dropped: bytes that
/// do not belong to it are read as windows-1252.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> String {
    let label = label.map(clean).unwrap_or_default();
    let text = match label.as_str() {
        "utf-7" | "unicode-1-1-utf-7" | "x-unicode-2-0-utf-7" | "utf7" => utf_7(bytes),
        "utf-16" | "utf16" | "ucs-2" => utf_16(bytes),
        "utf-32" | "utf-32be" | "utf-32le" | "utf32" => utf_32(bytes, &label),
        "cp437" | "ibm437" | "437" => code_page(bytes, CODE_PAGE_437),
        "cp850" | "ibm850" | "850" => code_page(bytes, CODE_PAGE_850),
        _ => labelled(bytes, &label),
    };
    if text.contains('\0') {
        return text.replace('\0', "");
    }
    text
}

/// Decodes the characters of a header field that are not encoded: UTF-8 if they
/// can be, else in the charset of the body.
pub(super) fn header_text(bytes: &[u8], body: Option<&str>) -> String {
    if !bytes.contains(&0x1b)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return text.to_owned();
    }
    let wide = |label: &&str| !clean(label).starts_with("utf-") && !clean(label).starts_with("ucs");
    decode(bytes, body.filter(wide))
}

/// The name of a charset as it is looked up.
fn clean(label: &str) -> String {
    let label = label
        .split([';', '\''])
        .find(|part| !part.trim().is_empty());
    let label = label
        .unwrap_or_default()
        .trim_matches(|c: char| c.is_whitespace() || c == '"');
    label.to_ascii_lowercase()
}

fn lookup(label: &str) -> Option<&'static Encoding> {
    let known = Encoding::for_label_no_replacement(label.as_bytes());
    known.or_else(|| {
        let bare = label.strip_prefix("x-").unwrap_or(label).replace('_', "-");
        let number = bare
            .strip_prefix("windows")
            .or_else(|| bare.strip_prefix("cp"))
            .or_else(|| bare.strip_prefix("ms"))
            .unwrap_or(&bare)
            .trim_start_matches('-');
        let name = match number {
            "932" => "shift_jis".to_owned(),
            "936" => "gbk".to_owned(),
            "949" => "euc-kr".to_owned(),
            "950" => "big5".to_owned(),
            "65001" => "utf-8".to_owned(),
            _ if number.len() == 4 && number.starts_with("125") => format!("windows-{number}"),
            _ => bare.strip_prefix("iso8859").map_or_else(
                || bare.clone(),
                |rest| format!("iso-8859-{}", rest.trim_start_matches('-')),
            ),
        };
        Encoding::for_label_no_replacement(name.as_bytes())
    })
}

fn labelled(bytes: &[u8], label: &str) -> String {
    let encoding = lookup(label);
    let is_default = encoding.is_none_or(|it| it == UTF_8 || it == WINDOWS_1252)
        || matches!(label, "iso-8859-15" | "iso-8859-2");
    if is_default && has_escapes(bytes) {
        let (text, _, broken) = ISO_2022_JP.decode(bytes);
        if !broken {
            return text.into_owned();
        }
    }
    if is_default && let Ok(text) = std::str::from_utf8(bytes) {
        return text.trim_start_matches('\u{feff}').to_owned();
    }
    match encoding {
        None => single_byte(bytes),
        Some(encoding) if encoding == UTF_8 => mixed_utf_8(bytes),
        Some(encoding) => {
            let (text, broken) = encoding.decode_without_bom_handling(bytes);
            match std::str::from_utf8(bytes) {
                Ok(right) if broken => right.to_owned(),
                Ok(_) | Err(_) => text.into_owned(),
            }
        }
    }
}

fn single_byte(bytes: &[u8]) -> String {
    WINDOWS_1252
        .decode_without_bom_handling(bytes)
        .0
        .into_owned()
}

/// Whether bytes have the escape sequences of ISO-2022-JP.
fn has_escapes(bytes: &[u8]) -> bool {
    bytes
        .windows(3)
        .any(|three| matches!(three, [0x1b, b'$', b'@' | b'B'] | [0x1b, b'(', b'J']))
}

/// Decodes UTF-8 in which some bytes are written in windows-1252.
fn mixed_utf_8(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&single_byte(chunk.invalid()));
    }
    text
}

fn utf_16(bytes: &[u8]) -> String {
    let encoding = match bytes {
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE,
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE,
        // Text has more zeros in the half that comes first in big endian.
        _ => {
            let zeros = |odd: usize| {
                bytes
                    .iter()
                    .skip(odd)
                    .step_by(2)
                    .take(500)
                    .filter(|byte| **byte == 0)
                    .count()
            };
            if zeros(0) == 0 && zeros(1) == 0 && std::str::from_utf8(bytes).is_ok() {
                return String::from_utf8_lossy(bytes).into_owned();
            }
            if zeros(1) > zeros(0) {
                encoding_rs::UTF_16LE
            } else {
                encoding_rs::UTF_16BE
            }
        }
    };
    encoding.decode(bytes).0.into_owned()
}

fn utf_32(bytes: &[u8], label: &str) -> String {
    let little = label.ends_with("le") || bytes.starts_with(&[0xff, 0xfe, 0, 0]);
    bytes
        .chunks(4)
        .map(|four| {
            let mut value = [0; 4];
            value
                .iter_mut()
                .zip(four)
                .for_each(|(to, from)| *to = *from);
            let number = if little {
                u32::from_le_bytes(value)
            } else {
                u32::from_be_bytes(value)
            };
            char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
        })
        .filter(|character| *character != '\u{feff}')
        .collect()
}

/// Decodes UTF-7 (RFC 2152).
fn utf_7(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(plus) = rest.iter().position(|byte| *byte == b'+') {
        text.push_str(&single_byte(&rest[..plus]));
        rest = &rest[plus + 1..];
        let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
        let end = rest
            .iter()
            .position(|byte| !is_base64(byte))
            .unwrap_or(rest.len());
        let (coded, after) = rest.split_at(end);
        let units = transfer::base64(coded).0;
        if end == 0 {
            text.push('+');
        } else {
            let even = units.len() / 2 * 2;
            text.push_str(
                &encoding_rs::UTF_16BE
                    .decode_without_bom_handling(&units[..even])
                    .0,
            );
        }
        rest = after.strip_prefix(b"-").unwrap_or(after);
    }
    text.push_str(&single_byte(rest));
    text
}

const CODE_PAGE_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const CODE_PAGE_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

fn code_page(bytes: &[u8], upper: &str) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let upper: Vec<char> = upper.chars().collect();
    bytes
        .iter()
        .map(|byte| {
            let high = byte
                .checked_sub(128)
                .and_then(|at| upper.get(usize::from(at)));
            high.copied().unwrap_or(char::from(*byte))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn a_wrong_charset_loses_nothing() {
        for (bytes, label, read) in [
            (&b"caf\xe9"[..], Some("iso-8859-1"), "café"),
            (b"caf\xe9", Some("utf-8"), "café"),
            (b"caf\xc3\xa9 caf\xe9", Some("utf-8"), "café café"),
            (b"caf\xc3\xa9", Some("us-ascii"), "café"),
            (b"caf\xc3\xa9", Some("iso-8859-1"), "café"),
            (b"caf\xc3\xa9", None, "café"),
            (b"\x93quoted\x94", None, "“quoted”"),
            (b"caf\xe9", Some("no-such-charset"), "café"),
            (b"caf\xe9", Some("cp1252"), "café"),
            (b"caf\x82", Some("cp850"), "café"),
            (b"\xff\xfea\0b\0", Some("utf-16"), "ab"),
            (b"\0a\0b", Some("utf-16"), "ab"),
            (b"Hi Mom -+Jjo--!", Some("utf-7"), "Hi Mom -☺-!"),
            (b"1 +- 1", Some("UTF-7"), "1 + 1"),
            (b"\x1b$B%F%9%H\x1b(B", None, "テスト"),
            (b"\x83e\x83X\x83g", Some("cp932"), "テスト"),
            (b"nul\0gone", Some("utf-8"), "nulgone"),
            (b"\xef\xbb\xbfmarked", Some("utf-8"), "marked"),
            (b"plain", Some("hz-gb-2312"), "plain"),
        ] {
            assert_eq!(decode(bytes, label), read, "{label:?}");
        }
    }
}
