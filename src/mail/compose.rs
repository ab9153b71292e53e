//! Writes a message of the outbox as RFC 5322 has it: seven-bit, with lines of at
//! most 76 characters. Nothing in a text can begin a header: every value is put
//! on one line, and what is not ASCII is encoded.

use crate::domain::base64;
use crate::domain::mail::outgoing::OutgoingMail;
use crate::domain::vocabulary::NoticeKind;

/// The longest line that is written, without its end.
const LINE: usize = 76;

/// The bytes of a message, with its lines ended by CR and LF.
pub(crate) fn compose(mail: &OutgoingMail) -> Vec<u8> {
    let mut text = String::new();
    for (name, value) in &mail.headers {
        header(&mut text, name, &encoded_value(name, value));
    }
    header(&mut text, "Subject", &encoded_text(&mail.subject));
    header(&mut text, "MIME-Version", "1.0");
    match &mail.calendar {
        None => plain_part(&mut text, &mail.body),
        Some(calendar) => invitation(&mut text, mail, calendar),
    }
    text.into_bytes()
}

/// A text and the invitation that goes with it (RFC 6047).
fn invitation(text: &mut String, mail: &OutgoingMail, calendar: &str) {
    // No encoded line can have it: '=' is always followed by two digits or an end.
    let boundary = "=_desk_invitation_";
    let method = if calendar.contains("METHOD:CANCEL") {
        "CANCEL"
    } else {
        "REQUEST"
    };
    header(
        text,
        "Content-Type",
        &format!("multipart/alternative; boundary=\"{boundary}\""),
    );
    text.push_str("\r\n");
    text.push_str(&format!("--{boundary}\r\n"));
    encoded_part(text, "text/plain; charset=utf-8", &mail.body);
    text.push_str(&format!("--{boundary}\r\n"));
    let media_type = format!("text/calendar; charset=utf-8; method={method}");
    debug_assert_eq!(mail.kind, NoticeKind::Call);
    encoded_part(text, &media_type, calendar);
    text.push_str(&format!("--{boundary}--\r\n"));
}

fn plain_part(text: &mut String, body: &str) {
    let fits = |line: &str| line.len() <= LINE && !line.starts_with("From ");
    let is_plain = |b: u8| (b' '..=b'~').contains(&b) || b == b'\t';
    let plain = body
        .lines()
        .all(|line| fits(line) && line.bytes().all(is_plain));
    if !plain {
        encoded_part(text, "text/plain; charset=utf-8", body);
        return;
    }
    header(text, "Content-Type", "text/plain; charset=us-ascii");
    header(text, "Content-Transfer-Encoding", "7bit");
    text.push_str("\r\n");
    for line in body.lines() {
        text.push_str(line);
        text.push_str("\r\n");
    }
}

fn encoded_part(text: &mut String, media_type: &str, body: &str) {
    header(text, "Content-Type", media_type);
    header(text, "Content-Transfer-Encoding", "quoted-printable");
    text.push_str("\r\n");
    for line in body.lines() {
        quoted_printable(text, line);
        text.push_str("\r\n");
    }
}

/// Writes a line as RFC 2045 (6.7) has it, in pieces that each fit.
fn quoted_printable(text: &mut String, line: &str) {
    let mut used = 0;
    let bytes = line.as_bytes();
    for (n, byte) in bytes.iter().enumerate() {
        let last = n + 1 == bytes.len();
        let blank = matches!(byte, b' ' | b'\t');
        let literal = (b'!'..=b'~').contains(byte) && *byte != b'=' || blank && !last;
        // A line that begins with a dot or with "From " is changed on its way.
        let begins = n == 0 && matches!(byte, b'.' | b'F');
        let length = if literal && !begins { 1 } else { 3 };
        if used + length > LINE - 1 {
            text.push_str("=\r\n");
            used = 0;
        }
        if length == 1 {
            text.push(char::from(*byte));
        } else {
            text.push_str(&format!("={byte:02X}"));
        }
        used += length;
    }
}

/// Writes a header, broken at the spaces of its value where it is too long.
fn header(text: &mut String, name: &str, value: &str) {
    let plain = |c: char| c.is_ascii_graphic() || c == ' ';
    let name: String = name.chars().filter(|c| c.is_ascii_graphic()).collect();
    let value: String = value.chars().filter(|c| plain(*c)).collect();
    text.push_str(&name);
    text.push(':');
    let mut used = name.len() + 1;
    for (n, word) in value.split(' ').filter(|word| !word.is_empty()).enumerate() {
        if n > 0 && used + 1 + word.len() > LINE {
            text.push_str("\r\n");
            used = 0;
        }
        text.push(' ');
        text.push_str(word);
        used += 1 + word.len();
    }
    text.push_str("\r\n");
}

/// The value of a header: the name of an address is encoded, the address is not.
fn encoded_value(name: &str, value: &str) -> String {
    if !["From", "To", "Reply-To"].contains(&name) {
        return encoded_text(value);
    }
    match value.rsplit_once(" <") {
        Some((phrase, address)) => format!("{} <{address}", encoded_phrase(phrase)),
        None => value.to_owned(),
    }
}

/// The name beside an address: a quoted string if it is ASCII.
fn encoded_phrase(phrase: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && !"\"\\".contains(c) || c == ' ';
    if phrase.chars().all(plain) && phrase.len() <= LINE - 20 && !phrase.contains("=?") {
        format!("\"{phrase}\"")
    } else {
        encoded_words(phrase)
    }
}

/// A text that is not made of addresses.
fn encoded_text(value: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() || c == ' ';
    let short = value.split(' ').all(|word| word.len() < 900);
    // Several spaces would become one.
    let spaced = value.contains("  ") || value.starts_with(' ') || value.ends_with(' ');
    if value.chars().all(plain) && short && !spaced && !value.contains("=?") {
        value.to_owned()
    } else {
        encoded_words(value)
    }
}

/// A text in encoded words (RFC 2047), each of whole characters.
fn encoded_words(value: &str) -> String {
    /// So many bytes fit into a word of 75 characters, in base 64.
    const BYTES: usize = 42;
    let mut words = Vec::new();
    let mut piece = String::new();
    for c in value.chars().filter(|c| !c.is_control()) {
        if piece.len() + c.len_utf8() > BYTES {
            words.push(encoded_word(&piece));
            piece.clear();
        }
        piece.push(c);
    }
    words.push(encoded_word(&piece));
    words.join(" ")
}

fn encoded_word(piece: &str) -> String {
    format!("=?utf-8?B?{}?=", base64::encode(piece.as_bytes()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::event::TicketId;
    use crate::domain::vocabulary::NoticeLanguage;

    fn mail(subject: &str, to: &str, body: &str) -> OutgoingMail {
        OutgoingMail {
            ticket: TicketId(1),
            event: 1,
            kind: NoticeKind::Call,
            recipient: "mia@example.org".to_owned(),
            language: NoticeLanguage::English,
            message_id: "x@example.org".to_owned(),
            subject: subject.to_owned(),
            body: body.to_owned(),
            headers: vec![
                (
                    "From".to_owned(),
                    "Servicedesk <desk@example.org>".to_owned(),
                ),
                ("To".to_owned(), format!("{to} <mia@example.org>")),
                ("Message-ID".to_owned(), "<x@example.org>".to_owned()),
            ],
            calendar: None,
            bounce_to: None,
        }
    }

    fn text(mail: &OutgoingMail) -> String {
        String::from_utf8(compose(mail))
            .unwrap()
            .replace("\r\n", "\n")
    }

    #[test]
    fn a_plain_mail_stays_plain() {
        insta::assert_snapshot!(text(&mail("VPN drops", "Mia Roth", "We are on it.\nAnna\n")), @r#"
        From: "Servicedesk" <desk@example.org>
        To: "Mia Roth" <mia@example.org>
        Message-ID: <x@example.org>
        Subject: VPN drops
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii
        Content-Transfer-Encoding: 7bit

        We are on it.
        Anna
        "#);
    }

    #[test]
    fn what_is_not_ascii_is_encoded() {
        let mail = mail(
            "[#42] Häiriötilanne: VPN-yhteys katkeaa jatkuvasti, ja kukaan ei pääse töihin",
            "Müller, Jörg",
            "Grüße = 1\nFrom here on\n.\ntrailing \n",
        );
        insta::assert_snapshot!(text(&mail), @r#"
        From: "Servicedesk" <desk@example.org>
        To: =?utf-8?B?TcO8bGxlciwgSsO2cmc=?= <mia@example.org>
        Message-ID: <x@example.org>
        Subject: =?utf-8?B?WyM0Ml0gSMOkaXJpw7Z0aWxhbm5lOiBWUE4teWh0ZXlzIGthdGtlYWEg?=
         =?utf-8?B?amF0a3V2YXN0aSwgamEga3VrYWFuIGVpIHDDpMOkc2UgdMO2aWhpbg==?=
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Gr=C3=BC=C3=9Fe =3D 1
        =46rom here on
        =2E
        trailing=20
        "#);
    }

    #[test]
    fn an_invitation_is_an_alternative() {
        let mut mail = mail("Call", "Mia", "Tuesday\n");
        mail.calendar = Some("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n".to_owned());
        insta::assert_snapshot!(text(&mail), @r#"
        From: "Servicedesk" <desk@example.org>
        To: "Mia" <mia@example.org>
        Message-ID: <x@example.org>
        Subject: Call
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="=_desk_invitation_"

        --=_desk_invitation_
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Tuesday
        --=_desk_invitation_
        Content-Type: text/calendar; charset=utf-8; method=REQUEST
        Content-Transfer-Encoding: quoted-printable

        BEGIN:VCALENDAR
        METHOD:REQUEST
        END:VCALENDAR
        --=_desk_invitation_--
        "#);
    }

    #[test]
    fn base_64_is_that_of_rfc_4648() {
        let encoded = ["", "f", "fo", "foo", "foob"].map(|text| base64::encode(text.as_bytes()));
        assert_eq!(encoded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
    }

    proptest! {
        #[test]
        fn nothing_in_a_text_begins_a_header(
            subject in any::<String>(),
            name in any::<String>(),
            body in any::<String>(),
        ) {
            let bytes = compose(&mail(&subject, &name, &body));
            prop_assert!(bytes.is_ascii());
            let text = String::from_utf8(bytes).unwrap();
            prop_assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\0']));
            prop_assert!(text.split("\r\n").all(|line| line.len() <= 998));
            let (head, _) = text.split_once("\r\n\r\n").unwrap();
            let names = head.split("\r\n").filter(|line| !line.starts_with(' '));
            let names: Vec<&str> = names.map(|line| line.split(':').next().unwrap()).collect();
            prop_assert_eq!(names, [
                "From", "To", "Message-ID", "Subject", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding",
            ]);
        }
    }
}
