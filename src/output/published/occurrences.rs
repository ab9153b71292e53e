//! How often a ticket was opened under its key.

use serde::Serialize;

use super::value::At;
use crate::domain::alarms;

published! {
    /// How often something occurred, and when for the first and the last time.
    Occurrences from times: alarms::AlarmCount => {
        count: u64 = times.count,
        first: At = At(times.first),
        last: At = At(times.last),
    }
}

published! {
    /// The words of a repeated alarm, and how often it was given in them.
    OccurrenceText<'a> from alarm: alarms::AlarmText => {
        text: &'a str = &alarm.text,
        #[serde(flatten)]
        times: Occurrences = (&alarm.times).into(),
    }
}

published! {
    /// How often the ticket was opened under its key, with each different text.
    AllOccurrences<'a> from alarms: alarms::Alarms => {
        #[serde(flatten)]
        total: Occurrences = (&alarms.total).into(),
        texts: Vec<OccurrenceText<'a>> = alarms.texts.iter().map(Into::into).collect(),
    }
}
