//! Each fact about a breach of personal data in a few words, and its longer
//! texts.

use std::borrow::Cow;

use super::style::{humanize, untrusted};
use crate::domain::Timestamp;
use crate::domain::breach::details::{Details, LISTS, TEXTS};
use crate::domain::breach::fact::{BreachFact, Decided, Notification};

/// Describes a fact in a few words, with times formatted by `time`.
pub(super) fn headline(fact: &BreachFact, time: &dyn Fn(Timestamp) -> String) -> String {
    let safe = |text: &str| untrusted::line(text).into_owned();
    let decided =
        |decided: &Decided| format!("{}, decided by {}", time(decided.at), safe(&decided.by));
    match fact {
        BreachFact::Opened { role, .. } => {
            format!("breach of personal data on record, as {role}")
        }
        BreachFact::Described { details, note } => described(details, note.is_some()),
        BreachFact::BecameAware(at) => format!("aware of the breach since {}", decided(at)),
        BreachFact::Classified(at) => format!("classified as reportable {}", decided(at)),
        BreachFact::Contained { at, .. } => format!("containment {}", time(*at)),
        BreachFact::Assessed { scores, .. } => format!(
            "severity assessed as {} ({}), an aid",
            scores.severity(),
            scores.total()
        ),
        BreachFact::RiskDecided { risk, by, .. } => {
            format!("risk decided as {risk} by {}", safe(by))
        }
        BreachFact::Notified(sent) => notified(sent, &time(sent.at)),
        BreachFact::NotRequired { name, by, .. } => format!(
            "notification {} not required, decided by {}",
            safe(name),
            safe(by)
        ),
        BreachFact::Warned {
            name, before, due, ..
        } => {
            let verb = match before {
                Some(_) => "is due",
                None => "is overdue since",
            };
            format!("notification {} {verb} {}", safe(name), time(*due))
        }
        BreachFact::Closed { left_open, .. } => match left_open.len() {
            0 => "breach closed".to_owned(),
            count => format!(
                "breach closed with {} open",
                humanize::plural(count as u64, "notification")
            ),
        },
        BreachFact::Reopened { .. } => "breach reopened".to_owned(),
    }
}

fn notified(sent: &Notification, at: &str) -> String {
    let safe = |text: &str| untrusted::line(text).into_owned();
    let mut text = format!(
        "notification {} sent {at} by {}, {}",
        safe(&sent.name),
        safe(&sent.by),
        safe(&sent.how)
    );
    if let Some(reference) = &sent.reference {
        text += &format!(", reference {}", safe(reference));
    }
    if sent.more_follows {
        text += ", more follows";
    }
    text
}

/// `breach: facts, cause and persons recorded`.
fn described(details: &Details, has_note: bool) -> String {
    let texts = TEXTS.iter().zip(details.texts());
    let texts = texts.filter_map(|(name, text)| text.as_ref().map(|_| *name));
    let lists = LISTS.iter().zip(details.lists());
    let lists = lists.filter_map(|(name, list)| (!list.is_empty()).then_some(*name));
    let others = [
        ("nature", !details.natures.is_empty()),
        (
            "time",
            details.happened_from.is_some() || details.happened_to.is_some(),
        ),
        ("detection", details.detected.is_some()),
        ("persons", details.persons.is_some()),
        ("records", details.records.is_some()),
    ];
    let others = others.into_iter().filter(|(_, is_said)| *is_said);
    let others = others.map(|(name, _)| name);
    let names = texts.chain(lists).chain(others);
    let mut names: Vec<String> = names.map(|name| name.replace('_', " ")).collect();
    if has_note {
        names.push("a note".to_owned());
    }
    format!("breach: {} recorded", humanize::list(&names))
}

/// The longer texts of a fact, as their author wrote them.
pub(super) fn texts(fact: &BreachFact) -> Vec<Cow<'_, str>> {
    let labelled = |label: &str, text: &str| Cow::Owned(format!("{label}: {text}"));
    match fact {
        BreachFact::Described { details, note } => {
            let texts = TEXTS.iter().zip(details.texts());
            let texts =
                texts.filter_map(|(name, text)| Some((name.replace('_', " "), text.as_ref()?)));
            let texts = texts.map(|(name, text)| labelled(&name, text));
            texts.chain(note.as_deref().map(Cow::Borrowed)).collect()
        }
        BreachFact::BecameAware(decided) | BreachFact::Classified(decided) => decided
            .reason
            .as_deref()
            .map(Cow::Borrowed)
            .into_iter()
            .collect(),
        BreachFact::Contained { measure, .. } => vec![Cow::Borrowed(measure)],
        BreachFact::Assessed { answers, .. } => {
            let answers = answers.iter();
            answers
                .map(|known| labelled(&known.question, &known.answer))
                .collect()
        }
        BreachFact::RiskDecided { reason, .. }
        | BreachFact::NotRequired { reason, .. }
        | BreachFact::Reopened { reason } => vec![Cow::Borrowed(reason)],
        BreachFact::Notified(sent) => {
            let delay = sent.delay.as_ref();
            let delay = delay.map(|text| labelled("reason of the delay", text));
            let note = sent.note.as_deref().map(Cow::Borrowed);
            delay.into_iter().chain(note).collect()
        }
        BreachFact::Closed {
            lessons, reason, ..
        } => {
            let reason = reason.as_ref();
            let reason = reason.map(|text| labelled("closed all the same", text));
            std::iter::once(labelled("lessons", lessons))
                .chain(reason)
                .collect()
        }
        BreachFact::Opened { .. } | BreachFact::Warned { .. } => Vec::new(),
    }
}
