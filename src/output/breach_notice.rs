//! The text of a notification, in the order of Art. 33(3) GDPR and in the words
//! of the regulation. Plain text, to be read, corrected and sent by a person.

mod words;

use super::style::untrusted;
use crate::domain::Timestamp;
use crate::domain::breach::Breach;
use crate::domain::breach::obligation::Obligation;
use crate::domain::read_models::BreachEntry;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{NoticeLanguage, Recipient};
use words::{Words, words};

/// Writes the text of a notification to a recipient.
pub(crate) fn breach_notice(
    entry: &BreachEntry,
    recipient: Recipient,
    language: NoticeLanguage,
    now: Timestamp,
    zone: &Zone,
) -> String {
    let mut notice = Notice {
        words: words(language),
        breach: &entry.breach,
        recipient,
        now,
        zone,
        text: String::new(),
    };
    notice.head(entry);
    notice.nature();
    notice.point(1);
    let details = &entry.breach.details;
    notice.unlabelled(details.contact.as_deref());
    notice.point(2);
    notice.unlabelled(details.effects.as_deref());
    notice.measures();
    notice.delay();
    notice.text
}

struct Notice<'a> {
    words: &'static Words,
    breach: &'a Breach,
    recipient: Recipient,
    now: Timestamp,
    zone: &'a Zone,
    text: String,
}

impl Notice<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Begins a point of Art. 33(3).
    fn point(&mut self, index: usize) {
        let letter = ["a", "b", "c", "d"][index];
        let point = self.words.points[index];
        self.line(&format!("\n({letter}) {point}\n"));
    }

    /// Writes a part of the register; what is absent follows later.
    fn labelled(&mut self, label: &str, value: Option<&str>) {
        let value = value.map_or(self.words.unknown.into(), untrusted::block);
        self.line(&format!("{label}: {value}"));
    }

    fn unlabelled(&mut self, value: Option<&str>) {
        let value = value.map_or(self.words.unknown.into(), untrusted::block);
        self.line(&value);
    }

    fn time(&self, at: Timestamp) -> String {
        let local = self.zone.local_time(at).format("%Y-%m-%d %H:%M");
        format!("{local} ({})", self.zone.name())
    }

    /// The obligation under the GDPR towards the recipient, the first one if
    /// others supplement it.
    fn obligation(&self) -> Option<&Obligation> {
        let mut all = self.breach.obligations.iter();
        all.find(|one| one.terms.to == self.recipient && !one.terms.follows_a_stage())
    }

    fn head(&mut self, entry: &BreachEntry) {
        let words = self.words;
        let title = match self.recipient {
            Recipient::Authority => words.to_authority,
            Recipient::Persons => words.to_persons,
            Recipient::Controller => words.to_controller,
        };
        self.line(title);
        self.line("");
        let first = self.obligation().and_then(Obligation::ended_by);
        let first = first.map(|sent| {
            let sent = &sent.notification;
            let reference = sent.reference.as_ref();
            let reference = reference.map_or_else(String::new, |reference| {
                format!(", {}", untrusted::line(reference))
            });
            format!("{} {}{reference}", words.supplement, self.time(sent.at))
        });
        if let (Some(first), true) = (&first, self.recipient == Recipient::Authority) {
            self.line(first);
            self.line("");
        }
        self.line(&format!("{}: {}", words.reference, entry.summary.id));
        if let Some(controller) = self.breach.details.controller.clone() {
            self.labelled(words.controller, Some(&controller));
        }
        let aware = self.breach.aware.as_ref();
        let aware = aware.map(|(decided, _)| self.time(decided.at));
        if self.recipient != Recipient::Persons {
            self.labelled(words.aware, aware.as_deref());
            let is_incomplete = self.is_incomplete();
            if is_incomplete {
                self.line(&format!("\n{}", words.in_phases));
            }
        }
    }

    /// Whether something that Art. 33(3) asks for is not known.
    fn is_incomplete(&self) -> bool {
        let details = &self.breach.details;
        let texts = [&details.facts, &details.contact, &details.effects];
        let has_measures = details.measures.is_some() || !self.breach.containment.is_empty();
        texts.iter().any(|text| text.is_none())
            || !has_measures
            || details.natures.is_empty()
            || details.persons.is_none()
            || details.records.is_none()
            || details.person_categories.is_empty()
            || details.record_categories.is_empty()
    }

    fn nature(&mut self) {
        let (words, details) = (self.words, &self.breach.details);
        self.point(0);
        self.labelled(words.facts, details.facts.as_deref());
        let natures = details.natures.iter();
        let natures: Vec<&str> = natures.map(|one| words.natures[*one as usize]).collect();
        let joined = |list: &[String]| (!list.is_empty()).then(|| list.join(", "));
        self.labelled(
            words.nature,
            (!natures.is_empty()).then(|| natures.join(", ")).as_deref(),
        );
        let time = |at: Option<Timestamp>| at.map(|at| self.time(at));
        let happened = match (time(details.happened_from), time(details.happened_to)) {
            (Some(from), Some(to)) => Some(format!("{from} {} {to}", words.until)),
            (Some(from), None) => Some(from),
            (None, Some(to)) => Some(format!("{} {to}", words.until)),
            (None, None) => None,
        };
        let detected = time(details.detected);
        self.labelled(words.happened, happened.as_deref());
        self.labelled(words.first_sign, detected.as_deref());
        self.labelled(words.cause, details.cause.as_deref());
        self.labelled(
            words.person_categories,
            joined(&details.person_categories).as_deref(),
        );
        let persons = details.persons.map(|range| range.to_string());
        self.labelled(words.persons, persons.as_deref());
        self.labelled(
            words.record_categories,
            joined(&details.record_categories).as_deref(),
        );
        let records = details.records.map(|range| range.to_string());
        self.labelled(words.records, records.as_deref());
        if self.recipient != Recipient::Persons {
            self.labelled(words.states, joined(&details.states).as_deref());
        }
    }

    fn measures(&mut self) {
        self.point(3);
        let breach = self.breach;
        for step in &breach.containment {
            let line = format!("{} {}", self.time(step.at), untrusted::block(&step.measure));
            self.line(&line);
        }
        let measures = breach.details.measures.as_deref();
        if measures.is_some() || breach.containment.is_empty() {
            self.unlabelled(measures);
        }
        if let (Some(before), false) = (
            &breach.details.measures_before,
            self.recipient == Recipient::Persons,
        ) {
            self.labelled(self.words.measures_before, Some(before));
        }
    }

    /// Writes the reasons for the delay, if the notification to the authority was
    /// late, or would be now (Art. 33(1), second sentence).
    fn delay(&mut self) {
        if self.recipient != Recipient::Authority {
            return;
        }
        let Some(obligation) = self.obligation() else {
            return;
        };
        let sent = obligation.ended_by().map(|sent| &sent.notification);
        let due = obligation.span(self.breach).map(|span| span.due);
        let at = sent.map_or(self.now, |sent| sent.at);
        if due.is_none_or(|due| at <= due) {
            return;
        }
        let reason = sent.and_then(|sent| sent.delay.clone());
        self.line(&format!("\n{}\n", self.words.delay));
        self.unlabelled(reason.as_deref());
    }
}
