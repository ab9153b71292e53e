//! Bytes as text, in an export and in mail: base64 (RFC 4648), with padding.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let part = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = part(0) << 16 | part(1) << 8 | part(2);
        for at in 0..4_usize {
            let index = (bits >> (18 - 6 * at)) & 63;
            let digit = DIGITS.get(usize::try_from(index).unwrap_or(0));
            let digit = digit.copied().filter(|_| at <= group.len());
            text.push(digit.map_or('=', char::from));
        }
    }
    text
}

/// Reads what [`encode`] wrote; `None` for anything else.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for group in text.as_bytes().chunks(4) {
        let pads = group.iter().rev().take_while(|byte| **byte == b'=').count();
        let inner = group.iter().take(4_usize.saturating_sub(pads));
        if pads > 2 || !bytes.len().is_multiple_of(3) || inner.clone().any(|byte| *byte == b'=') {
            return None;
        }
        let mut bits = 0_u32;
        for byte in group {
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                b'=' => 0,
                _ => return None,
            };
            bits = bits << 6 | u32::from(value);
        }
        let [_, whole @ ..] = bits.to_be_bytes();
        bytes.extend(whole.iter().take(3 - pads));
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn bytes_come_back_as_they_were() {
        assert_eq!(encode(b"Hello"), "SGVsbG8=");
        for length in 0..300_u16 {
            let bytes: Vec<u8> = (0..length).map(|n| n.to_le_bytes()[0]).collect();
            assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
        for wrong in ["A", "AA=A", "A===", "AA==AAAA", "ä===", "A A="] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
