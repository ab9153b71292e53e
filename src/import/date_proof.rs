//! Proves the format of the times of a log: one time that contradicts a format
//! rules it out, and the times of all columns count together. What stays
//! ambiguous is not guessed.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::date_formats::{DETECT, DateFormats, ISO, is_day_first, local};
use crate::domain::time::zone::Zone;

/// The years that a log is likely to hold; a format that reads another one is
/// the wrong one.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2100;

/// A longer text is no time, in bytes.
const LONGEST: usize = 60;

/// The dates that are tried, each with the times below.
const DATES: [&str; 22] = [
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d.%m.%y",
    "%d-%m-%y",
    "%m-%d-%y",
    "%d/%b/%Y",
    "%d/%b/%y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d %b %Y",
    "%b %d, %Y",
    "%d. %b %Y",
    "%b %d %Y",
    "%Y-%m-%d",
    "%Y%m%d",
];

/// The times of day that are tried after a date.
const TIMES: [&str; 13] = [
    "",
    " %H:%M",
    " %H:%M:%S",
    " %I:%M %p",
    " %I:%M:%S %p",
    " %I:%M%p",
    ", %H:%M",
    ", %H:%M:%S",
    ", %I:%M %p",
    ", %I:%M:%S %p",
    " - %H:%M",
    "T%H:%M:%S",
    " %H.%M",
];

/// Formats with the time before the year, or with an offset.
const OTHERS: [&str; 6] = [
    "%s",
    "%a %b %d %H:%M:%S %Y",
    "%a, %d %b %Y %H:%M:%S %z",
    "%a %d %b %Y %H:%M:%S",
    "%d/%m/%Y %H:%M:%S %z",
    "%m/%d/%Y %H:%M:%S %z",
];

/// Formats by the punctuation of the times that they read.
type Forms = BTreeMap<String, Vec<String>>;

/// The punctuation of a text.
fn skeleton(text: &str) -> String {
    text.chars().filter(|c| !c.is_alphanumeric()).collect()
}

fn forms() -> Forms {
    let mut forms = Forms::new();
    let dated = DATES
        .iter()
        .flat_map(|date| TIMES.iter().map(move |time| format!("{date}{time}")));
    for form in dated.chain(OTHERS.iter().map(|form| (*form).to_owned())) {
        let read = skeleton(&form.replace('%', ""));
        if form.contains("%z") {
            for sign in ['+', '-'] {
                let read = format!("{read}{sign}");
                forms.entry(read).or_default().push(form.clone());
            }
        } else {
            forms.entry(read).or_default().push(form);
        }
    }
    forms
}

/// Whether a text is a plausible time in this format.
fn fits(typed: &str, form: &str) -> bool {
    if form.contains("%z") {
        return chrono::DateTime::parse_from_str(typed, form)
            .is_ok_and(|at| YEARS.contains(&at.year()));
    }
    if form == "%s" {
        // Seconds since 2001.
        return typed.len() == 10 && typed.bytes().all(|byte| byte.is_ascii_digit());
    }
    local(typed, form).is_some_and(|at| {
        // Four digits are no year of two, and the other way round.
        let is_long = at.year().to_string();
        YEARS.contains(&at.year()) && (form.contains("%y") || typed.contains(&is_long))
    })
}

/// The formats that read a text, the first ones of each order.
pub(super) fn fitting(typed: &str) -> impl Iterator<Item = &'static str> {
    let dates = ["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y"];
    let day = typed.split([' ', ',', 'T']).next().unwrap_or_default();
    let day = day.to_owned();
    dates.into_iter().filter(move |form| fits(&day, form))
}

/// The separators of days and months that can be mistaken.
fn separator(form: &str) -> char {
    form.chars().find(|c| "/-.".contains(*c)).unwrap_or(' ')
}

/// What the times of a file prove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ProvedFormats {
    /// The formats, most frequent first; ISO 8601 if there are no times.
    Proved(Vec<String>),
    /// Every time fits both, such as this one.
    Ambiguous {
        formats: [String; 2],
        example: String,
    },
    /// Each of the formats is ruled out by a time.
    Contradicted {
        formats: [String; 2],
        examples: [String; 2],
    },
}

/// Times that are compared with the formats.
pub(crate) struct DateProof {
    forms: Forms,
    iso: DateFormats,
    /// How often each set of formats was all that fit, and the first time of
    /// each.
    sets: BTreeMap<Vec<String>, (usize, String)>,
    /// Times that no format fits: their number, and the first one.
    unread: (usize, String),
}

impl DateProof {
    pub(crate) fn new() -> Self {
        Self {
            forms: forms(),
            iso: DateFormats::new(vec![ISO.to_owned()], Some(Zone::utc())),
            sets: BTreeMap::new(),
            unread: (0, String::new()),
        }
    }

    /// The formats that a text has.
    fn fitting(&self, typed: &str) -> Vec<String> {
        if typed.starts_with(|c: char| c.is_ascii_digit()) && self.iso.fits(typed) {
            return vec![ISO.to_owned()];
        }
        let forms = self.forms.get(&skeleton(typed)).into_iter().flatten();
        forms.filter(|form| fits(typed, form)).cloned().collect()
    }

    /// Whether a text is a time in any format.
    pub(crate) fn is_time(&self, typed: &str) -> bool {
        typed.len() <= LONGEST && !self.fitting(typed.trim()).is_empty()
    }

    /// Adds a time of any column.
    pub(crate) fn add(&mut self, typed: &str) {
        let typed = typed.trim();
        let fitting = match typed.len() <= LONGEST {
            true => self.fitting(typed),
            false => Vec::new(),
        };
        if fitting.is_empty() {
            if self.unread.0 == 0 {
                typed.clone_into(&mut self.unread.1);
            }
            self.unread.0 += 1;
            return;
        }
        let known = self.sets.entry(fitting);
        known.or_insert_with(|| (0, typed.to_owned())).0 += 1;
    }

    /// The number of times that no format fits, and the first of them.
    pub(crate) fn unread(&self) -> Option<(usize, &str)> {
        (self.unread.0 > 0).then_some((self.unread.0, self.unread.1.as_str()))
    }

    /// What follows from all times.
    pub(crate) fn result(&self) -> ProvedFormats {
        let mut orders: BTreeMap<char, Option<bool>> = BTreeMap::new();
        for separator in ['/', '-', '.', ' '] {
            match self.order(separator) {
                Ok(order) => orders.insert(separator, order),
                Err(unproved) => return unproved,
            };
        }
        let is_right = |form: &&String| {
            let proved = orders.get(&separator(form)).copied().flatten();
            let order = is_day_first(form);
            order.is_none() || proved.is_none() || order == proved
        };
        let sets = self.sets.iter();
        let sets =
            sets.map(|(set, (count, _))| (set.iter().filter(is_right).cloned().collect(), *count));
        ProvedFormats::Proved(covering(sets.collect()))
    }

    /// Whether days come first where this separates them from months; `None`
    /// if it does not matter.
    fn order(&self, by: char) -> Result<Option<bool>, ProvedFormats> {
        let mut evidence: [Option<(&str, &str)>; 2] = [None, None];
        let mut open: Option<([&str; 2], &str)> = None;
        for (set, (_, example)) in &self.sets {
            let of = |day_first: bool| {
                let is =
                    |form: &&String| separator(form) == by && is_day_first(form) == Some(day_first);
                set.iter().find(is).map(String::as_str)
            };
            match (of(true), of(false)) {
                (Some(day), Some(month)) => open = open.or(Some(([day, month], example))),
                (Some(day), None) => evidence[0] = evidence[0].or(Some((day, example))),
                (None, Some(month)) => evidence[1] = evidence[1].or(Some((month, example))),
                (None, None) => {}
            }
        }
        match (evidence, open) {
            ([Some((day, one)), Some((month, other))], _) => Err(ProvedFormats::Contradicted {
                formats: [day.to_owned(), month.to_owned()],
                examples: [other.to_owned(), one.to_owned()],
            }),
            ([Some(_), None], _) => Ok(Some(true)),
            ([None, Some(_)], _) => Ok(Some(false)),
            ([None, None], Some((formats, example))) => Err(ProvedFormats::Ambiguous {
                formats: formats.map(str::to_owned),
                example: example.to_owned(),
            }),
            ([None, None], None) => Ok(None),
        }
    }
}

/// The fewest formats that read all times: always the one that reads most of
/// the remaining ones.
fn covering(mut sets: Vec<(Vec<String>, usize)>) -> Vec<String> {
    let mut chosen = Vec::new();
    loop {
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for (set, count) in &sets {
            for form in set {
                *counts.entry(form).or_default() += count;
            }
        }
        let best = counts.into_iter().max_by_key(|(_, count)| *count);
        let Some((best, _)) = best else {
            break;
        };
        let best = best.clone();
        sets.retain(|(set, _)| !set.contains(&best));
        chosen.push(best);
    }
    if chosen.is_empty() {
        chosen.push(ISO.to_owned());
    }
    debug_assert!(!chosen.iter().any(|form| form == DETECT), "it is no format");
    chosen
}
