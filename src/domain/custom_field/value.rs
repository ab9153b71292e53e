//! Numbers and dates as values of fields, and the keys by which values are
//! compared.

use chrono::NaiveDate;

use super::FieldValue;
use crate::domain::text::ERASED;
use crate::domain::vocabulary::FieldType;

/// How many digits a number has before the point and behind it, at most: so that
/// its key is exact.
const WHOLE: usize = 12;
const DECIMALS: usize = 6;

/// The largest number, in millionths.
pub(crate) const LARGEST_NUMBER: i64 = 999_999_999_999_999_999;

/// What is compared of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FieldKey {
    /// In lower case.
    Text(String),
    /// In millionths.
    Number(i64),
    Date(NaiveDate),
    /// The value was erased.
    Erased,
}

impl FieldValue {
    /// Returns what is compared of the value.
    pub(crate) fn key(&self) -> FieldKey {
        if self.value == ERASED {
            return FieldKey::Erased;
        }
        let text = || FieldKey::Text(self.value.to_lowercase());
        match self.kind {
            FieldType::Text | FieldType::Choice => text(),
            FieldType::Number => number_key(&self.value).map_or_else(text, FieldKey::Number),
            FieldType::Date => read_date(&self.value).map_or_else(text, FieldKey::Date),
        }
    }
}

/// Returns a number without leading zeros and without zeros behind the point that
/// say nothing.
pub(super) fn number(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let (sign, digits) = match typed.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", typed.strip_prefix('+').unwrap_or(typed)),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let ends_with_point = digits.ends_with('.');
    if whole.is_empty() || ends_with_point || !all_digits(whole) || !all_digits(decimals) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let decimals = decimals.trim_end_matches('0');
    if whole.len() > WHOLE || decimals.len() > DECIMALS {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(match (whole, decimals) {
        ("0", "") => "0".to_owned(),
        (whole, "") => format!("{sign}{whole}"),
        (whole, decimals) => format!("{sign}{whole}.{decimals}"),
    })
}

/// Returns a number in millionths; `None` for what is not a number.
pub(crate) fn number_key(typed: &str) -> Option<i64> {
    let number = number(typed)?;
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, number.as_str()),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let millionths: i64 = format!("{whole}{decimals:0<DECIMALS$}").parse().ok()?;
    Some(sign * millionths)
}

/// Returns a date as it is stored.
pub(super) fn date(typed: &str) -> Option<String> {
    read_date(typed.trim()).map(|date| date.to_string())
}

fn read_date(typed: &str) -> Option<NaiveDate> {
    let is_form = typed.len() == 10 && typed.is_ascii();
    is_form.then(|| typed.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_form_and_an_exact_key() {
        for (typed, stored, key) in [
            ("0", "0", 0),
            ("-0.0", "0", 0),
            ("+12", "12", 12_000_000),
            ("0012.3400", "12.34", 12_340_000),
            ("-0.000001", "-0.000001", -1),
            (
                "999999999999.999999",
                "999999999999.999999",
                999_999_999_999_999_999,
            ),
        ] {
            assert_eq!(number(typed).as_deref(), Some(stored));
            assert_eq!(number_key(typed), Some(key), "{typed}");
        }
        for typed in [
            "",
            ".",
            "1.",
            ".5",
            "1e3",
            "--1",
            "1,5",
            "1000000000000",
            "0.0000001",
            "٣",
        ] {
            assert_eq!(number(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_erased_value_compares_with_nothing() {
        let value = |kind, value: &str| FieldValue {
            name: "x".to_owned(),
            kind,
            value: value.to_owned(),
        };
        assert_eq!(value(FieldType::Number, ERASED).key(), FieldKey::Erased);
        assert_eq!(
            value(FieldType::Text, "SRV").key(),
            FieldKey::Text("srv".to_owned())
        );
        assert_eq!(
            value(FieldType::Number, "1.5").key(),
            FieldKey::Number(1_500_000)
        );
        let day = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        assert_eq!(
            value(FieldType::Date, "2026-11-28").key(),
            FieldKey::Date(day)
        );
    }
}
