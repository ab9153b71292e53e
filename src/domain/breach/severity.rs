//! The severity of a breach by the worksheet of ENISA («Recommendations for a
//! methodology of the assessment of severity of personal data breaches», 2013):
//! data processing context x ease of identification + circumstances of the
//! breach. It is an aid: a person decides the risk.

use std::fmt;

use crate::domain::policy::questions::{AnswerType, Answers, Condition, Question};
use crate::domain::questionnaire::Questionnaire;

/// A score in hundredths, so that sums are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Score(pub(crate) i64);

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match rest {
            0 => write!(f, "{whole}"),
            _ if rest % 10 == 0 => write!(f, "{whole}.{}", rest / 10),
            _ => write!(f, "{whole}.{rest:02}"),
        }
    }
}

/// The severity of a breach, as the worksheet calculates it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    Low,
    Medium,
    High,
    VeryHigh,
}

impl Severity {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::VeryHigh => "very-high",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The scores of a worksheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scores {
    /// Data processing context, 1 to 4.
    pub(crate) context: Score,
    /// Ease of identification, 0.25 to 1.
    pub(crate) identification: Score,
    /// Circumstances of the breach, 0 to 2.
    pub(crate) circumstances: Score,
}

impl Scores {
    /// The severity score: context x identification + circumstances.
    pub(crate) const fn total(self) -> Score {
        Score(self.context.0 * self.identification.0 / 100 + self.circumstances.0)
    }

    /// The level of the score.
    pub(crate) const fn severity(self) -> Severity {
        match self.total().0 {
            ..200 => Severity::Low,
            200..300 => Severity::Medium,
            300..400 => Severity::High,
            400.. => Severity::VeryHigh,
        }
    }
}

/// A question that counts: its key, its wording, and its choices with their
/// scores in hundredths.
struct Scored {
    key: &'static str,
    text: &'static str,
    help: &'static str,
    choices: &'static [(&'static str, i64)],
}

const DATA: &str = "data";
const CONTEXT: &str = "context";
const IDENTIFICATION: &str = "identification";

/// The questions that count, in the order of the worksheet.
const SCORED: [Scored; 7] = [
    Scored {
        key: DATA,
        text: "Which kind of personal data is concerned?",
        help: "Of several kinds, the most critical one. Sensitive: health, religion, politics, sexual life, convictions. Behavioural: location, traffic, preferences.",
        choices: &[
            ("simple", 100),
            ("behavioural", 200),
            ("financial", 300),
            ("sensitive", 400),
        ],
    },
    Scored {
        key: CONTEXT,
        text: "Does the context make the data more or less critical?",
        help: "Raise it for much data of each person, for vulnerable persons, or where conclusions on them can be drawn; lower it for data that are public or out of date. The score stays within 1 to 4.",
        choices: &[
            ("as-it-is", 0),
            ("+1", 100),
            ("+2", 200),
            ("+3", 300),
            ("-1", -100),
            ("-2", -200),
            ("-3", -300),
        ],
    },
    Scored {
        key: IDENTIFICATION,
        text: "How easily can somebody tell from the data who the persons are?",
        help: "Negligible: hardly possible. Limited: with much effort. Significant: with other sources. Maximum: at once, from the data alone.",
        choices: &[
            ("negligible", 25),
            ("limited", 50),
            ("significant", 75),
            ("maximum", 100),
        ],
    },
    Scored {
        key: "confidentiality",
        text: "Was confidentiality lost?",
        help: "Known recipients: a number of persons whom you can name. Unknown recipients: anybody, such as on the internet.",
        choices: &[
            ("none", 0),
            ("known-recipients", 25),
            ("unknown-recipients", 50),
        ],
    },
    Scored {
        key: "integrity",
        text: "Was integrity lost?",
        help: "Recoverable: the data were altered, and the original can be restored.",
        choices: &[("none", 0), ("recoverable", 25), ("unrecoverable", 50)],
    },
    Scored {
        key: "availability",
        text: "Was availability lost?",
        help: "Temporary: the data could not be reached for some time. Permanent: they are lost.",
        choices: &[("none", 0), ("temporary", 25), ("permanent", 50)],
    },
    Scored {
        key: "malicious",
        text: "Was it done with malicious intent?",
        help: "Theft, hacking, or disclosure in order to harm.",
        choices: &[("no", 0), ("yes", 50)],
    },
];

/// What else the worksheet asks: it does not change the score, and is flagged.
const FLAGS: [(&str, &str, &str); 2] = [
    (
        "many",
        "Are more than 100 persons concerned?",
        "Then an authority may see a higher severity than the score says.",
    ),
    (
        "unintelligible",
        "Are the data unintelligible to whoever has them?",
        "Encrypted by a strong method, and the key is safe. Then the severity may be lower than the score says.",
    ),
];

/// The questions of the worksheet.
pub(crate) fn worksheet() -> Questionnaire {
    let question = |key: &str, text: &str, help: &str, answer_type| Question {
        key: key.to_owned(),
        text: text.to_owned(),
        answer_type,
        help: Some(help.to_owned()),
        when: Condition::default(),
    };
    let scored = SCORED.iter().map(|one| {
        let choices = one.choices.iter().map(|(word, _)| (*word).to_owned());
        let answer_type = match one.key {
            "malicious" => AnswerType::YesNo,
            _ => AnswerType::Choice(choices.collect()),
        };
        question(one.key, one.text, one.help, answer_type)
    });
    let flags = FLAGS.iter();
    let flags = flags.map(|(key, text, help)| question(key, text, help, AnswerType::YesNo));
    Questionnaire {
        questions: scored.chain(flags).collect(),
        findings: Vec::new(),
    }
}

/// Whether the answers to a question of this key count for the score.
pub(crate) fn is_scored(key: &str) -> bool {
    SCORED.iter().any(|one| one.key == key)
}

/// Calculates the scores.
///
/// # Errors
/// The keys of the questions that count and have no answer.
pub(crate) fn scores(answers: &Answers) -> Result<Scores, Vec<&'static str>> {
    let score = |one: &Scored| {
        let answer = answers.get(one.key)?;
        let found = one.choices.iter().find(|(word, _)| word == answer);
        found.map(|(_, score)| *score)
    };
    let missing = SCORED.iter().filter(|one| score(one).is_none());
    let missing: Vec<&str> = missing.map(|one| one.key).collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let sum = |keys: &dyn Fn(&str) -> bool| -> i64 {
        let counted = SCORED.iter().filter(|one| keys(one.key));
        counted.filter_map(score).sum()
    };
    Ok(Scores {
        context: Score(sum(&|key| key == DATA || key == CONTEXT).clamp(100, 400)),
        identification: Score(sum(&|key| key == IDENTIFICATION)),
        circumstances: Score(sum(&|key| ![DATA, CONTEXT, IDENTIFICATION].contains(&key))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(typed: &str) -> Answers {
        let questions = worksheet();
        let pairs = typed.split_whitespace();
        pairs
            .map(|pair| {
                let (key, answer) = pair.split_once('=').unwrap();
                let question = questions.find(key).unwrap();
                (key.to_owned(), question.answer_type.parse(answer).unwrap())
            })
            .collect()
    }

    fn result(typed: &str) -> (String, Severity) {
        let scores = scores(&answers(typed)).unwrap();
        (scores.total().to_string(), scores.severity())
    }

    const NO_CIRCUMSTANCES: &str =
        "confidentiality=none integrity=none availability=none malicious=no";

    #[test]
    fn the_score_is_context_times_identification_plus_circumstances() {
        let of = |first: &str, rest: &str| result(&format!("{first} {rest}"));
        let none = NO_CIRCUMSTANCES;
        // 1 x 0.25, 3 x 0.75, 4 x 1.
        assert_eq!(
            of(
                "data=simple context=as-it-is identification=negligible",
                none
            ),
            ("0.25".into(), Severity::Low)
        );
        assert_eq!(
            of(
                "data=financial context=as-it-is identification=significant",
                none
            ),
            ("2.25".into(), Severity::Medium)
        );
        assert_eq!(
            of(
                "data=sensitive context=as-it-is identification=maximum",
                none
            ),
            ("4".into(), Severity::VeryHigh)
        );
        let all = "confidentiality=unknown-recipients integrity=unrecoverable availability=permanent malicious=yes";
        assert_eq!(
            of("data=simple context=as-it-is identification=maximum", all),
            ("3".into(), Severity::High)
        );
        assert_eq!(
            of(
                "data=sensitive context=as-it-is identification=maximum",
                all
            ),
            ("6".into(), Severity::VeryHigh)
        );
        let some =
            "confidentiality=known-recipients integrity=none availability=none malicious=yes";
        assert_eq!(
            of("data=behavioural context=+1 identification=limited", some),
            ("2.25".into(), Severity::Medium)
        );
    }

    #[test]
    fn the_context_stays_within_1_to_4() {
        let of = |first: &str| {
            result(&format!(
                "{first} identification=maximum {NO_CIRCUMSTANCES}"
            ))
            .0
        };
        assert_eq!(of("data=simple context=-3"), "1");
        assert_eq!(of("data=sensitive context=+3"), "4");
        assert_eq!(of("data=sensitive context=-3"), "1");
    }

    #[test]
    fn what_is_not_answered_is_named() {
        let missing = scores(&answers("data=simple malicious=no many=yes")).unwrap_err();
        assert_eq!(
            missing,
            [
                "context",
                "identification",
                "confidentiality",
                "integrity",
                "availability"
            ]
        );
    }
}
