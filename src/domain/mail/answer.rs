//! The answer to the notice that a ticket is resolved: the yes or no that was
//! offered, a number from 1 to 5, or both. Anything else is a message.

/// What such an answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ResolutionAnswer {
    /// Whether the requester confirms; `None` if only a number was given.
    pub(crate) confirms: Option<bool>,
    /// Satisfaction from 1 to 5.
    pub(crate) rating: Option<u8>,
}

const YES: [&str; 9] = [
    "yes", "ja", "kyllä", "joo", "sì", "si", "ya", "iya", "jawohl",
];
const NO: [&str; 7] = ["no", "nein", "nee", "ei", "tidak", "belum", "bukan"];

/// Reads the new text of an answer; `None` if it says more than that.
pub(crate) fn read(text: &str) -> Option<ResolutionAnswer> {
    let new = super::quotes::new_text(text);
    let mut answer = ResolutionAnswer::default();
    let is_between = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | '.' | '!' | ';' | ':' | '*' | '"' | '\'' | '«' | '»' | '“' | '”'
            )
    };
    let words: Vec<&str> = new
        .split(is_between)
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 2 {
        return None;
    }
    for word in &words {
        let lower = word.to_lowercase();
        let confirms = YES
            .contains(&lower.as_str())
            .then_some(true)
            .or_else(|| NO.contains(&lower.as_str()).then_some(false));
        // «4/5» is a four.
        let number = lower.strip_suffix("/5").unwrap_or(&lower);
        let rating = number
            .parse::<u8>()
            .ok()
            .filter(|rating| (1..=5).contains(rating) && number.len() == 1);
        match (confirms, rating) {
            (Some(confirms), _) if answer.confirms.is_none() => answer.confirms = Some(confirms),
            (None, Some(rating)) if answer.rating.is_none() => answer.rating = Some(rating),
            (Some(_) | None, _) => return None,
        }
    }
    (!words.is_empty()).then_some(answer)
}

#[cfg(test)]
mod tests {
    use super::{ResolutionAnswer, read};

    #[test]
    fn the_offered_words_are_answers() {
        for (text, confirms, rating) in [
            ("Yes", Some(true), None),
            ("yes!", Some(true), None),
            ("Ja, 5", Some(true), Some(5)),
            ("Kyllä.\n4", Some(true), Some(4)),
            ("Sì", Some(true), None),
            ("Ya 3", Some(true), Some(3)),
            ("No", Some(false), None),
            ("Nein.", Some(false), None),
            ("Ei", Some(false), None),
            ("Belum", Some(false), None),
            ("5", None, Some(5)),
            ("4/5", None, Some(4)),
            ("2 nee", Some(false), Some(2)),
        ] {
            assert_eq!(
                read(text),
                Some(ResolutionAnswer { confirms, rating }),
                "{text}"
            );
        }
        let quoted = "Ja\n\n-- \nAnna\n\nAm 05.01.2026 um 10:00 schrieb Desk <d@x.org>:\n> Ist es gelöst? 1 2 3 4 5\n";
        assert_eq!(read(quoted).and_then(|answer| answer.confirms), Some(true));
    }

    #[test]
    fn everything_else_is_a_message() {
        for text in [
            "",
            "Yes, but it came back",
            "No it does not work",
            "6",
            "0",
            "55",
            "5 4",
            "yes no",
            "Thanks",
            "42",
            "> yes",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
