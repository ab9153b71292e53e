//! Repeated alarms: how often tickets were opened under the same key, when, and
//! in which words. This is kept beside the history of the ticket, which does
//! not grow with it.

use chrono::TimeDelta;

use super::Timestamp;

/// Within this the same alarm in the same words is a retry of the same call.
const RETRY_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// How often something occurred, and when for the first and the last time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AlarmCount {
    pub(crate) count: u64,
    pub(crate) first: Timestamp,
    pub(crate) last: Timestamp,
}

impl AlarmCount {
    /// What occurred once.
    pub(crate) const fn once(at: Timestamp) -> Self {
        Self {
            count: 1,
            first: at,
            last: at,
        }
    }

    /// Returns this and what else occurred.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            count: self.count.saturating_add(other.count),
            ..self.at_least(other)
        }
    }

    /// Returns the later one of two states of the same count.
    pub(crate) fn at_least(self, other: Self) -> Self {
        Self {
            count: self.count.max(other.count),
            first: self.first.min(other.first),
            last: self.last.max(other.last),
        }
    }

    /// Returns whether an occurrence at this time is a retry of the last one.
    pub(crate) fn is_retried(self, at: Timestamp) -> bool {
        (at - self.last).abs() <= RETRY_WITHIN
    }
}

/// The words of an alarm, and how often it was given in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AlarmText {
    pub(crate) text: String,
    pub(crate) times: AlarmCount,
}

/// All alarms of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alarms {
    pub(crate) total: AlarmCount,
    /// Each different text, the first one first; without those that were erased.
    pub(crate) texts: Vec<AlarmText>,
}

impl Alarms {
    /// Sorts the texts of alarms by their first time.
    pub(crate) fn new(total: AlarmCount, mut texts: Vec<AlarmText>) -> Self {
        texts.sort_by(|a, b| (a.times.first, &a.text).cmp(&(b.times.first, &b.text)));
        Self { total, texts }
    }

    /// Returns the alarms of two tickets, one of which was merged into the other.
    pub(crate) fn plus(self, other: Self) -> Self {
        let mut texts = self.texts;
        for AlarmText { text, times } in other.texts {
            match texts.iter_mut().find(|known| known.text == text) {
                Some(known) => known.times = known.times.plus(times),
                None => texts.push(AlarmText { text, times }),
            }
        }
        Self::new(self.total.plus(other.total), texts)
    }

    /// Returns the text of the last alarm.
    pub(crate) fn last_text(&self) -> Option<&AlarmText> {
        self.texts.iter().max_by_key(|known| known.times.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::store::fixtures::at;

    fn text(text: &str, times: AlarmCount) -> AlarmText {
        AlarmText {
            text: text.to_owned(),
            times,
        }
    }

    #[test]
    fn alarms_of_merged_tickets_are_counted_together() {
        let once = |minute| AlarmCount::once(at(minute));
        let full = Alarms::new(
            once(1).plus(once(9)),
            vec![text("95 %", once(9)), text("90 %", once(1))],
        );
        let other = Alarms::new(
            once(5).plus(once(7)),
            vec![text("90 %", once(5)), text("I/O", once(7))],
        );
        let both = full.plus(other);
        let count = |count, first, last| AlarmCount {
            count,
            first: at(first),
            last: at(last),
        };
        assert_eq!(both.total, count(4, 1, 9));
        let texts = vec![
            text("90 %", count(2, 1, 5)),
            text("I/O", once(7)),
            text("95 %", once(9)),
        ];
        assert_eq!(both.texts, texts);
        assert_eq!(both.last_text(), texts.last());
    }

    #[test]
    fn a_retry_comes_within_ten_minutes_whichever_is_recorded_first() {
        let known = AlarmCount::once(at(30));
        let retried = |minute| known.is_retried(at(minute));
        assert_eq!([20, 30, 40].map(retried), [true; 3]);
        assert_eq!([19, 41].map(retried), [false; 2]);
    }
}
