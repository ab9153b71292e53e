//! Subjects: what stands before what a mail is about, and the number of a ticket.

/// What mail programs put before the subject of a reply or a forwarded mail.
const PREFIXES: [&str; 46] = [
    "re",
    "aw",
    "antw",
    "antwort",
    "vs",
    "vl",
    "sv",
    "r",
    "rif",
    "i",
    "bls",
    "balas",
    "fwd",
    "fw",
    "wg",
    "doorst",
    "doorgestuurd",
    "inoltra",
    "inoltro",
    "tr",
    "ynt",
    "odp",
    "pd",
    "res",
    "enc",
    "ref",
    "rv",
    "fs",
    "vb",
    "ve",
    "tx",
    "wtr",
    "trs",
    "atb",
    "na",
    "pt",
    "vá",
    "továbbítás",
    "ant",
    "doorsturen",
    "edelleen",
    "välitetty",
    "lähetetty",
    "terusan",
    "teruskan",
    "beantw",
];

/// What says that a mail is forwarded.
const FORWARDED: [&str; 19] = [
    "fwd",
    "fw",
    "wg",
    "vl",
    "doorst",
    "doorgestuurd",
    "doorsturen",
    "inoltra",
    "inoltro",
    "i",
    "tr",
    "pd",
    "enc",
    "rv",
    "fs",
    "vb",
    "edelleen",
    "välitetty",
    "terusan",
];

/// A subject without its prefixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Subject<'a> {
    /// What the mail is about; may be empty.
    pub(crate) topic: &'a str,
    /// Whether a prefix says that it is a reply or forwarded.
    pub(crate) is_answer: bool,
    pub(crate) is_forwarded: bool,
}

/// The prefix that a subject begins with, and what follows it.
fn prefix(text: &str) -> Option<(String, &str)> {
    let (head, rest) = text.split_once([':', '：'])?;
    let word = head.trim();
    // Some count: `Re[2]:`, `AW (3):`.
    let bare = word
        .trim_end_matches([')', ']', ' '])
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end_matches(['[', '(', '^', '*', ' ']);
    let lower = bare.to_lowercase();
    PREFIXES.contains(&lower.as_str()).then_some((lower, rest))
}

/// Takes the prefixes off a subject.
pub(crate) fn strip(subject: &str) -> Subject<'_> {
    let mut topic = subject.trim();
    let (mut is_answer, mut is_forwarded) = (false, false);
    while let Some((word, rest)) = prefix(topic) {
        topic = rest.trim_start();
        let forwards = FORWARDED.contains(&word.as_str());
        is_forwarded |= forwards;
        is_answer |= !forwards;
    }
    Subject {
        topic,
        is_answer,
        is_forwarded,
    }
}

/// The number in the first `[#42]` of a subject.
pub(crate) fn ticket_number(subject: &str) -> Option<u64> {
    subject.match_indices("[#").find_map(|(at, mark)| {
        let rest = subject.get(at + mark.len()..)?;
        let (number, _) = rest.split_once(']')?;
        let number = number.trim();
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        number
            .parse()
            .ok()
            .filter(|number| is_number && *number > 0)
    })
}

/// A subject without prefixes and numbers in brackets, in lower case: two mails
/// with the same one are about the same thing.
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "mails are threaded by their ids, and alarms have a key of their own"
    )
)]
pub(crate) fn key(subject: &str) -> String {
    let mut topic = strip(subject).topic.to_owned();
    while let Some(at) = topic.find("[#") {
        let Some(end) = topic.get(at..).and_then(|rest| rest.find(']')) else {
            break;
        };
        topic.replace_range(at..=at + end, " ");
        topic = strip(&topic).topic.to_owned();
    }
    let words: Vec<&str> = topic.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{key, strip, ticket_number};

    #[test]
    fn prefixes_are_taken_off() {
        for (subject, topic) in [
            ("Re: printer", "printer"),
            ("RE: AW: WG: printer", "printer"),
            ("Re[2]: printer", "printer"),
            ("AW (3): printer", "printer"),
            ("Antw: Doorst: printer", "printer"),
            ("VS: VL: tulostin", "tulostin"),
            ("R: I: stampante", "stampante"),
            ("Bls: printer", "printer"),
            ("re:printer", "printer"),
            ("Printer: on fire", "Printer: on fire"),
            ("Report: monthly", "Report: monthly"),
            ("", ""),
            ("Re:", ""),
        ] {
            assert_eq!(strip(subject).topic, topic, "{subject}");
        }
        assert!(strip("Fwd: x").is_forwarded && !strip("Fwd: x").is_answer);
        assert!(strip("AW: x").is_answer && !strip("AW: x").is_forwarded);
    }

    #[test]
    fn a_ticket_is_named_in_brackets() {
        for (subject, number) in [
            ("Re: [#42] printer", Some(42)),
            ("[#x] [#7]", Some(7)),
            ("#42", None),
            ("[#]", None),
            ("[#0]", None),
            ("[#-3]", None),
            ("[#99999999999999999999999]", None),
            ("[#42", None),
        ] {
            assert_eq!(ticket_number(subject), number, "{subject}");
        }
    }

    #[test]
    fn the_same_thing_has_the_same_key() {
        assert_eq!(key("Re: [#42] Printer  on fire"), "printer on fire");
        assert_eq!(key("[#42] Re: Printer on fire"), "printer on fire");
        assert_eq!(key("[#42 open"), "[#42 open");
    }
}
