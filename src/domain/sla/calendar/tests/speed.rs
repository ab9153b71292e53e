//! Speed of a release build: `cargo test --release --lib
//! calendar::tests::speed -- --ignored --nocapture`.

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use super::*;

fn took(what: &str, times: u32, work: impl Fn()) -> Duration {
    let start = Instant::now();
    (0..times).for_each(|_| work());
    let each = start.elapsed() / times;
    writeln!(std::io::stderr(), "{what:<16} {each:?}").unwrap();
    each
}

#[test]
#[ignore = "it measures; run it in a release build"]
fn ten_years_take_well_under_two_milliseconds() {
    let mut definition = weekdays("Europe/Berlin", "8:00-12:00 13:00-17:00")
        .yearly(1, 1)
        .yearly(12, 25);
    for year in 2020..2040 {
        for day in ["04-03", "04-06", "05-14", "05-25"] {
            let on = format!("{year}-{day}");
            definition = definition.holiday(&on, &on, "");
        }
        definition = definition.pause(&format!("{year}-09-09"), "10:00-11:00");
    }
    let made = took("made", 1000, || {
        drop(black_box(Calendar::new(definition.clone())));
    });
    assert!(made < Duration::from_millis(1));
    let calendar = definition.calendar();
    let from = moment("2026-03-06T16:00:00Z");
    for days in [1, 7, 30, 365, 3653] {
        let to = from + TimeDelta::days(days);
        let span = calendar.between(from, to);
        let between = took(&format!("between {days} d"), 1000, || {
            black_box(calendar.between(from, to));
        });
        let add = took(&format!("add {days} d"), 1000, || {
            black_box(calendar.add(from, span));
        });
        let most = Duration::from_micros(20 + days.unsigned_abs() / 2);
        assert!(between < most && add < most, "{days}");
    }
    took("all years", 2, || {
        black_box(calendar.between(Timestamp::MIN_UTC, Timestamp::MAX_UTC));
    });
}
