//! Definitions that close for 400 consecutive days are rejected.

use super::*;

#[track_caller]
fn never(definition: CalendarDefinition) -> String {
    Calendar::new(definition).unwrap_err().to_string()
}

fn all_year(mut definition: CalendarDefinition, but: &[(u32, u32)]) -> CalendarDefinition {
    for month in 1..=12 {
        for day in 1..=31 {
            if !but.contains(&(month, day)) {
                definition = definition.yearly(month, day);
            }
        }
    }
    definition
}

#[test]
fn a_week_without_hours_is_rejected() {
    assert_eq!(
        never(daily("UTC", "")),
        "it has no open second in 400 days, from 1970-01-01 on"
    );
    never(daily("UTC", "9:00-9:00"));
    never(daily("UTC", "").shift("2026-03-07", "9:00-10:00"));
}

#[test]
fn holidays_may_last_400_days_less_a_second_but_no_longer() {
    // 399 whole days and the night before and after are less than 400 days.
    let definition = |last: String| daily("UTC", "0:00-24:00").holiday("2026-01-01", &last, "");
    let days = |n: i64| (date("2026-01-01") + TimeDelta::days(n - 1)).to_string();
    assert!(Calendar::new(definition(days(399))).is_ok());
    assert_eq!(
        never(definition(days(400))),
        "it has no open second in 400 days, from 2026-01-01 on"
    );
    // From five in the afternoon to nine in the morning.
    let definition =
        |first, last: &str| weekdays("Europe/Berlin", "9:00-17:00").holiday(first, last, "");
    assert!(Calendar::new(definition("2026-01-01", &days(399))).is_ok());
    never(definition("2026-01-01", &days(400)));
    never(definition("9000-01-01", "9002-01-01"));
    never(definition("0500-01-01", "0502-01-01"));
}

#[test]
fn a_shift_does_not_open_a_holiday() {
    let definition = daily("UTC", "9:00-17:00").holiday("2026-01-01", "2027-12-31", "");
    never(definition.shift("2026-12-01", "9:00-17:00"));
    let definition = daily("UTC", "9:00-17:00")
        .holiday("2026-01-01", "2026-11-30", "")
        .holiday("2026-12-02", "2027-12-31", "");
    assert!(Calendar::new(definition.clone()).is_ok());
    never(definition.pause("2026-12-01", "8:00-18:00"));
}

#[test]
fn holidays_on_every_date_of_the_year_are_rejected() {
    never(all_year(daily("UTC", "0:00-24:00"), &[]));
    never(all_year(daily("UTC", "0:00-24:00"), &[(2, 29)]));
    // A weekday comes on the same date only every few years.
    never(all_year(weekdays("UTC", "0:00-24:00"), &[(6, 1)]));
    assert!(Calendar::new(all_year(daily("UTC", "0:00-24:00"), &[(6, 1)])).is_ok());
}

#[test]
fn a_clock_change_may_take_the_only_hour_of_a_year() {
    let once = |text| all_year(daily("Europe/Berlin", text), &[(3, 29)]);
    assert!(Calendar::new(once("3:00-4:00")).is_ok());
    never(once("2:10-2:50"));
}

#[test]
fn years_with_shifts_or_breaks_are_checked_one_by_one() {
    let mut definition = daily("UTC", "9:00-17:00");
    for day in date("2026-01-01").iter_days().take(500) {
        definition.breaks.push((day, hours("0:00-24:00")));
    }
    never(definition.clone());
    definition.breaks.remove(250);
    assert!(Calendar::new(definition).is_ok());
}
