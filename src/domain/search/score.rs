//! How close tickets are to what is sought: a field-weighted BM25 over the
//! candidates that a store found, with a bonus for words that stand together.
//! Shares were measured on paraphrased questions; `benches/search.sh` says how.

use super::Found;
use super::document::{Field, TicketText};
use super::matcher::Matcher;
use super::query::Group;
use crate::domain::event::TicketId;

/// How much a mention counts in each field, in their order.
const SHARES: [f64; FIELDS] = [2.0, 1.0, 0.6, 0.6, 1.0];
/// How much another form of a word counts.
const FORMS: f64 = 0.5;
/// How soon more mentions of a word stop to matter.
const SOON: f64 = 1.2;
/// How much the length of a field matters, from 0 to 1.
const LENGTH: f64 = 0.9;
/// How much two sought words side by side add.
const TOGETHER: f64 = 0.12;

/// A ticket and how close it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Close {
    pub(crate) ticket: TicketId,
    /// From 0 to 1: what share of what is sought is written on it, weighted by
    /// how much each word tells.
    pub(crate) closeness: f64,
}

/// The candidates that were looked at closely, the closest first; equals keep
/// the order of the store.
pub(crate) fn rank(found: &Found) -> Vec<Close> {
    let matcher = Matcher::of(&found.sought);
    let groups = &found.sought.groups;
    let held = found.holders.iter().zip(groups);
    let tells: Vec<f64> = held
        .map(|(held, group)| group.weight * tells(*held, found.tickets))
        .collect();
    let read = found.hits.iter().filter_map(|hit| {
        let prose = hit.prose.as_ref()?;
        Some((hit.ticket, count(prose, &matcher, groups)))
    });
    let counted: Vec<(TicketId, Mentions)> = read.collect();
    let usual = usual_lengths(&counted);
    let possible: f64 = tells.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let close = counted.into_iter().map(|(ticket, mentions)| Close {
        ticket,
        closeness: (mentions.score(&tells, &usual) / possible).min(1.0),
    });
    let mut close: Vec<Close> = close.collect();
    close.sort_by(|a, b| b.closeness.total_cmp(&a.closeness));
    close
}

/// What is less close than this has nothing to do with it.
pub(crate) const NONE: f64 = 0.01;

/// Closeness as it is told: the same words in a title of the same length are
/// most of what can be, and sound like it.
pub(crate) fn told(closeness: f64) -> f64 {
    let far = 1.0 - closeness.clamp(0.0, 1.0);
    1.0 - far * far
}

/// How many other tickets a store is taken to have: in a young one an outage
/// is on most tickets, and tells all the same.
const OTHERS: f64 = 50.0;

/// How much a word tells that so many of all tickets hold.
#[expect(clippy::cast_precision_loss, reason = "a ratio of counts")]
pub(crate) fn tells(held: u64, tickets: u64) -> f64 {
    let (held, tickets) = (held as f64, tickets.max(held) as f64 + OTHERS);
    (1.0 + (tickets - held + 0.5) / (held + 0.5)).ln()
}

const FIELDS: usize = Field::ALL.len();

/// What a ticket holds of what is sought.
struct Mentions {
    /// By group and field.
    counts: Vec<[f64; FIELDS]>,
    forms: Vec<f64>,
    /// Whether a group stands right after the one before it.
    together: Vec<bool>,
    lengths: [f64; FIELDS],
}

impl Mentions {
    fn score(&self, tells: &[f64], usual: &[f64; FIELDS]) -> f64 {
        let mut score = 0.0;
        for (group, tells_it) in tells.iter().enumerate() {
            let mut weight = FORMS * self.forms[group].min(1.0);
            for field in 0..FIELDS {
                let long = self.lengths[field] / usual[field];
                let norm = 1.0 - LENGTH + LENGTH * long;
                weight += SHARES[field] * self.counts[group][field] / norm.max(0.1);
            }
            score += tells_it * weight / (weight + SOON);
            if self.together[group] {
                let both = tells_it.min(tells[group - 1]);
                score += TOGETHER * both;
            }
        }
        score
    }
}

/// The mean length of each field, where there is anything in it.
fn usual_lengths(counted: &[(TicketId, Mentions)]) -> [f64; FIELDS] {
    let mut usual = [1.0; FIELDS];
    for (field, usual) in usual.iter_mut().enumerate() {
        let lengths = counted.iter().map(|(_, mentions)| mentions.lengths[field]);
        let written: Vec<f64> = lengths.filter(|length| *length > 0.0).collect();
        if !written.is_empty() {
            #[expect(clippy::cast_precision_loss, reason = "a mean over some hundred")]
            let count = written.len() as f64;
            *usual = written.iter().sum::<f64>() / count;
        }
    }
    usual
}

fn count(prose: &TicketText, matcher: &Matcher<'_>, groups: &[Group]) -> Mentions {
    let mut mentions = Mentions {
        counts: vec![[0.0; FIELDS]; groups.len()],
        forms: vec![0.0; groups.len()],
        together: vec![false; groups.len()],
        lengths: [0.0; FIELDS],
    };
    for (at, field) in Field::ALL.into_iter().enumerate() {
        let terms: Vec<&str> = prose.field(field).split_ascii_whitespace().collect();
        // The groups that ended at the term before.
        let mut before: Vec<usize> = Vec::new();
        for place in 0..terms.len() {
            let here = matcher.at(&terms, place);
            for mention in &here {
                mentions.counts[mention.group][at] += mention.weight;
                let follows = mention.group > 0 && groups[mention.group].follows;
                if follows && before.contains(&(mention.group - 1)) {
                    mentions.together[mention.group] = true;
                }
            }
            before.clear();
            before.extend(here.iter().map(|mention| mention.group));
        }
        #[expect(clippy::cast_precision_loss, reason = "a field has no 2^52 terms")]
        let length = terms.len() as f64;
        mentions.lengths[at] = length;
    }
    let terms: Vec<&str> = prose.forms.split_ascii_whitespace().collect();
    for place in 0..terms.len() {
        for mention in matcher.at(&terms, place) {
            mentions.forms[mention.group] += mention.weight;
        }
    }
    mentions
}

#[cfg(test)]
mod tests;
