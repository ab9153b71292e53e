//! What mails say in each language: an exhaustive match a language, so that none
//! can be incomplete. People are addressed formally. Names are never inflected.

mod dutch;
mod english;
mod finnish;
mod german;
mod indonesian;
mod italian;

use chrono::{Datelike, Timelike};

use crate::domain::Timestamp;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{CallAnswer, ClockName, Medium, NoticeKind, NoticeLanguage};

/// The texts of a mail, with placeholders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) subject: &'static str,
    pub(crate) body: &'static str,
}

/// Which texts are wanted: those of a kind of mail, or of a call that was moved or
/// cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TemplateName {
    Notice(NoticeKind),
    CallMoved,
    CallCancelled,
}

/// Words and sentences that are filled into templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phrase {
    /// Stands for a title that is not repeated.
    YourMessage,
    /// Stands for a priority that is not set.
    NoPriority,
    /// A first response is promised by `{time}`.
    ResponsePromised,
    /// A resolution is promised by `{time}`.
    ResolutionPromised,
    Clock(ClockName),
    Medium(Medium),
    /// Days of the week from Monday on, separated by spaces.
    Weekdays,
    /// Months from January on, separated by spaces.
    Months,
    /// How a time is written, of `{weekday}`, `{day}`, `{month}`, `{number}` (of the
    /// month), `{year}`, `{hour}` and `{minute}`.
    Time,
    /// The subject of an invitation to a call.
    CallSummary,
    /// What was answered to the invitation to a call at `{time}`.
    CallAnswered(CallAnswer),
}

/// Returns the texts of a mail.
pub(crate) const fn template(language: NoticeLanguage, name: TemplateName) -> Template {
    match language {
        NoticeLanguage::English => english::template(name),
        NoticeLanguage::German => german::template(name),
        NoticeLanguage::Finnish => finnish::template(name),
        NoticeLanguage::Dutch => dutch::template(name),
        NoticeLanguage::Italian => italian::template(name),
        NoticeLanguage::Indonesian => indonesian::template(name),
    }
}

/// Returns a word or a sentence.
pub(crate) const fn phrase(language: NoticeLanguage, phrase: Phrase) -> &'static str {
    match language {
        NoticeLanguage::English => english::phrase(phrase),
        NoticeLanguage::German => german::phrase(phrase),
        NoticeLanguage::Finnish => finnish::phrase(phrase),
        NoticeLanguage::Dutch => dutch::phrase(phrase),
        NoticeLanguage::Italian => italian::phrase(phrase),
        NoticeLanguage::Indonesian => indonesian::phrase(phrase),
    }
}

/// Writes a time as the language does, with its zone.
pub(crate) fn time(language: NoticeLanguage, at: Timestamp, zone: &Zone) -> String {
    let local = zone.local_time(at);
    let word = |list: Phrase, index: u32| {
        let index = usize::try_from(index).unwrap_or(0);
        let words = phrase(language, list);
        words.split(' ').nth(index).unwrap_or_default()
    };
    let parts = [
        (
            "{weekday}",
            word(Phrase::Weekdays, local.weekday().num_days_from_monday()).to_owned(),
        ),
        ("{day}", local.day().to_string()),
        ("{month}", word(Phrase::Months, local.month0()).to_owned()),
        ("{number}", local.month().to_string()),
        ("{year}", local.year().to_string()),
        ("{hour}", format!("{:02}", local.hour())),
        ("{minute}", format!("{:02}", local.minute())),
    ];
    let pattern = phrase(language, Phrase::Time).to_owned();
    let text = parts
        .iter()
        .fold(pattern, |text, (name, value)| text.replace(name, value));
    format!("{text} ({})", zone.name())
}

/// The language of a tag such as `de`, `pt-BR` or `fi_FI`, if it is one of those.
pub(crate) fn language_of_tag(tag: &str) -> Option<NoticeLanguage> {
    let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
    // The code of Indonesian until 1989, which some programs still write.
    if primary.eq_ignore_ascii_case("in") {
        return Some(NoticeLanguage::Indonesian);
    }
    NoticeLanguage::parse(primary).ok()
}
