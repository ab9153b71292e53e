//! What the subject of a monitoring system's mail says: which alarm it is, and
//! whether it is over.

use crate::domain::text::KEY;

/// How the keys of alarms by mail begin.
const PREFIX: &str = "mail: ";

/// The words for the state of what is watched. They differ from one mail about an
/// alarm to the next.
const STATES: &[&str] = &[
    "problem",
    "recovery",
    "recovered",
    "resolved",
    "resolve",
    "triggered",
    "firing",
    "cleared",
    "critical",
    "warning",
    "warn",
    "ok",
    "unknown",
    "unreachable",
    "down",
    "up",
    "alert",
    "alarm",
    "error",
    "failed",
    "failure",
    "disaster",
    "high",
    "average",
    "information",
    "acknowledgement",
    "flapping",
    "flappingstart",
    "flappingstop",
    "is",
    "now",
    "still",
    "again",
];

/// Returns the key of the alarm that a subject is about: the same for each mail
/// about it. States, times, dates and percentages do not count.
pub(crate) fn key(subject: &str, recovery: &[String]) -> String {
    let counts = |word: &&str| {
        // Some write how many alarms there are: `FIRING:1`.
        let is_state = word
            .split(':')
            .next()
            .is_some_and(|state| STATES.contains(&state));
        !is_state
            && !is_measured(word)
            && !recovery.iter().any(|known| known.to_lowercase() == **word)
    };
    let lower = subject.to_lowercase();
    let all: Vec<&str> = words(&lower).collect();
    let mut left: Vec<&str> = all.iter().copied().filter(counts).collect();
    if left.is_empty() {
        left = all;
    }
    let mut key = format!("{PREFIX}{}", left.join(" "));
    while key.len() > KEY {
        key.pop();
    }
    key.trim_end().to_owned()
}

/// Returns whether a subject says that an alarm is over: by one of these words,
/// and not by another one that it has begun.
pub(crate) fn is_recovery(subject: &str, recovery: &[String]) -> bool {
    const BEGUN: &[&str] = &["problem", "critical", "down", "firing", "triggered"];
    let lower = subject.to_lowercase();
    let has = |word: &str| words(&lower).any(|one| one.split(':').next() == Some(word));
    let over = recovery.iter().any(|word| has(&word.to_lowercase()));
    over && !BEGUN.iter().any(|word| has(word))
}

/// The words of a subject, with what belongs to the names of hosts and services.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || "._-%/:".contains(c);
    text.split(move |c: char| !is_part(c))
        .map(|word| word.trim_matches(|c: char| ".-:/_".contains(c)))
        .filter(|word| !word.is_empty())
}

/// Whether a word is a percentage, a time or a date.
fn is_measured(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let split = |by: char, least: usize| {
        let parts: Vec<&str> = word.split(by).collect();
        parts.len() >= least && parts.iter().all(|part| digits(part))
    };
    let percentage = word.strip_suffix('%');
    percentage.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
        || split(':', 2)
        || split('-', 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recovery() -> Vec<String> {
        ["RECOVERY", "OK", "UP", "Resolved"]
            .map(str::to_owned)
            .to_vec()
    }

    #[test]
    fn the_mails_about_an_alarm_have_one_key() {
        for (one, other) in [
            (
                "** PROBLEM Service Alert: web1/HTTP is CRITICAL **",
                "** RECOVERY Service Alert: web1/HTTP is OK **",
            ),
            (
                "PROBLEM Host Alert: web1 is DOWN",
                "RECOVERY Host Alert: web1 is UP",
            ),
            (
                "[FIRING:1] DiskFull on db-2 (97.3%)",
                "[RESOLVED] DiskFull on db-2 (41%)",
            ),
            (
                "Problem: Zabbix agent on web1 at 12:30:00",
                "Resolved: Zabbix agent on web1 at 13:01:22",
            ),
        ] {
            assert_eq!(key(one, &recovery()), key(other, &recovery()));
            assert!(!is_recovery(one, &recovery()), "{one}");
            assert!(is_recovery(other, &recovery()), "{other}");
        }
    }

    #[test]
    fn different_alarms_have_different_keys() {
        let key = |subject: &str| key(subject, &recovery());
        assert_eq!(
            key("PROBLEM: disk 1 on web1 is CRITICAL"),
            "mail: disk 1 on web1"
        );
        assert_ne!(key("disk 1 failed"), key("disk 2 failed"));
        assert_ne!(key("10.0.0.1 is DOWN"), key("10.0.0.2 is DOWN"));
        assert_eq!(key("CRITICAL"), "mail: critical");
        assert_eq!(key(""), "mail:");
    }

    #[test]
    fn a_key_is_never_too_long() {
        let key = key(&"ä1 ".repeat(200), &recovery());
        assert!(key.len() <= KEY && key.len() > KEY - 4);
    }
}
