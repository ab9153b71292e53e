//! The values of the parts of a recurrence rule.

use chrono::Weekday;

/// How often a rule repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frequency {
    Yearly,
    Monthly,
    Weekly,
    Daily,
}

pub(super) fn parse_frequency(value: &str) -> Result<Frequency, String> {
    match value {
        "YEARLY" => Ok(Frequency::Yearly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "WEEKLY" => Ok(Frequency::Weekly),
        "DAILY" => Ok(Frequency::Daily),
        _ => Err(
            "RRULE part FREQ is not supported: holidays repeat YEARLY, MONTHLY, WEEKLY or DAILY"
                .to_owned(),
        ),
    }
}

/// Parses a list of numbers from 1 to `most`, negative if they count from the
/// end.
pub(super) fn parse_numbers(value: &str, most: i32) -> Option<Vec<i32>> {
    let number = |text: &str| {
        let n: i32 = text.parse().ok()?;
        (1..=most).contains(&n.abs()).then_some(n)
    };
    value.split(',').map(number).collect()
}

pub(super) fn parse_weekdays(value: &str) -> Option<Vec<(i32, Weekday)>> {
    let one = |text: &str| {
        let at = text.len().checked_sub(2)?;
        let (nth, name) = (text.get(..at)?, text.get(at..)?);
        let nth = if nth.is_empty() {
            0
        } else {
            *parse_numbers(nth, 53)?.first()?
        };
        Some((nth, parse_weekday(name)?))
    };
    value.split(',').map(one).collect()
}

pub(super) fn parse_weekday(name: &str) -> Option<Weekday> {
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let at = names.iter().position(|known| *known == name)?;
    u8::try_from(at).ok()?.try_into().ok()
}
