//! iCalendar files.

use std::fmt::Write;

use super::lines;
use crate::domain::sla::calendar::HolidayDates;
use crate::domain::time::zone::Zone;
use crate::policy_file::ics::{Exceptions, IcsOptions};
use crate::policy_file::{ParsedPolicy, ics, parse};

/// A calendar file with these events.
fn file(events: &[&str]) -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n".to_owned();
    for event in events {
        let event = event.trim().replace('\n', "\r\n");
        write!(text, "BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n").unwrap();
    }
    text + "END:VCALENDAR\r\n"
}

fn berlin() -> Zone {
    Zone::from_name("Europe/Berlin").unwrap()
}

/// The dates and times that a file closes in Berlin, and what is reported.
fn closes_with(text: &str, options: &IcsOptions) -> String {
    let zone = berlin();
    let events = match ics::parse(text, &zone, options) {
        Ok(events) => events,
        Err(fault) => return fault,
    };
    let dates = events.holidays.iter().map(|holiday| {
        let name = holiday.name.as_deref().unwrap_or("-");
        match holiday.dates {
            HolidayDates::Range(from, to) if from == to => format!("{from} {name}"),
            HolidayDates::Range(from, to) => format!("{from} to {to} {name}"),
            HolidayDates::Yearly(month, day) => format!("{month}/{day} {name}"),
        }
    });
    let times = events.closures.iter().map(|event| {
        let name = event.name.as_deref().unwrap_or("-");
        let at = |at| zone.local_time(at).format("%Y-%m-%d %H:%M");
        format!("{} to {} {name}", at(event.from), at(event.to))
    });
    let notes = events.left_out.iter().chain(&events.remarks).cloned();
    dates
        .chain(times)
        .chain(notes)
        .collect::<Vec<_>>()
        .join("\n")
}

fn closes_text(text: &str) -> String {
    closes_with(text, &IcsOptions::default())
}

fn closes(events: &[&str]) -> String {
    closes_text(&file(events))
}

#[test]
fn an_all_day_event_closes_its_days_without_its_end() {
    insta::assert_snapshot!(closes(&[
        "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260102\nSUMMARY:New Year\\, really",
        "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nSUMMARY:Christ\n mas",
        "DTSTART;VALUE=DATE:20260301\nSUMMARY:No end",
        "DTSTART;VALUE=DATE:20260303\nDTEND;VALUE=DATE:20260303",
        "DTSTART;VALUE=DATE:20260310\nDURATION:P1W",
        "DTSTART:20260401\nSTATUS:CANCELLED\nSUMMARY:Cancelled",
    ]), @r"
    2026-01-01 New Year, really
    2026-03-01 No end
    2026-03-03 -
    2026-03-10 to 2026-03-16 -
    2026-12-24 to 2026-12-26 Christmas
    ");
}

/// Events in several zones, from this one.
/// Events with times, in several zones.
const TIMED: [&str; 5] = [
    "DTSTART:20260101T080000\nDTEND:20260101T120000\nSUMMARY:floating",
    "DTSTART:20260201T230000Z\nDTEND:20260202T230000Z\nSUMMARY:UTC",
    "DTSTART;TZID=America/New_York:20260301T180000\nDURATION:PT2H\nSUMMARY:New York",
    "DTSTART;TZID=\"Europe/Berlin\":20260401T000000\nDTEND;TZID=Europe/Berlin:20260403T000000\nSUMMARY:two days",
    "DTSTART:20260501T120000Z\nSUMMARY:a moment",
];

#[test]
fn an_event_with_times_closes_these_times_only() {
    insta::assert_snapshot!(closes(&TIMED), @"
    2026-01-01 08:00 to 2026-01-01 12:00 floating
    2026-02-02 00:00 to 2026-02-03 00:00 UTC
    2026-03-02 00:00 to 2026-03-02 02:00 New York
    2026-04-01 00:00 to 2026-04-03 00:00 two days
    line 24: events without a length close no time (1 in the file); whole_days = true lets them close their date
    ");
}

#[test]
fn an_event_with_times_closes_the_dates_it_covers_where_the_policy_says_so() {
    let whole_days = IcsOptions {
        whole_days: true,
        ..IcsOptions::default()
    };
    insta::assert_snapshot!(closes_with(&file(&TIMED), &whole_days), @r"
    2026-01-01 floating
    2026-02-02 UTC
    2026-03-02 New York
    2026-04-01 to 2026-04-02 two days
    2026-05-01 a moment
    ");
}

#[test]
fn a_day_of_a_duration_is_a_day_of_the_calendar() {
    // 25 October has 25 hours in Berlin.
    insta::assert_snapshot!(closes(&[
        "DTSTART:20261024T120000\nDURATION:P1D\nSUMMARY:to noon",
        "DTSTART:20261024T120000\nDURATION:PT24H\nSUMMARY:24 hours",
        "DTSTART:20261023T000000\nDTEND:20261024T000000\nRRULE:FREQ=DAILY;COUNT=3\nSUMMARY:as long as the first",
    ]), @"
    2026-10-24 12:00 to 2026-10-25 12:00 to noon
    2026-10-24 12:00 to 2026-10-25 11:00 24 hours
    2026-10-23 00:00 to 2026-10-24 00:00 as long as the first
    2026-10-24 00:00 to 2026-10-25 00:00 as long as the first
    2026-10-25 00:00 to 2026-10-25 23:00 as long as the first
    ");
}

#[test]
fn free_and_cancelled_events_do_not_close() {
    let events = [
        "DTSTART;VALUE=DATE:20260214\nTRANSP:TRANSPARENT\nSUMMARY:free",
        "DTSTART;VALUE=DATE:20260215\nTRANSP:OPAQUE\nSUMMARY:busy",
        "DTSTART;VALUE=DATE:20260216\nSTATUS:CANCELLED",
        "DTSTART;VALUE=DATE:20260217\nSTATUS:CONFIRMED\ntransp:transparent",
    ];
    insta::assert_snapshot!(closes(&events), @"
    2026-02-15 busy
    events that count as free time (TRANSP:TRANSPARENT) do not close (2 in the file); transparent = true lets them close
    ");
    let transparent = IcsOptions {
        transparent: true,
        ..IcsOptions::default()
    };
    insta::assert_snapshot!(closes_with(&file(&events), &transparent), @"
    2026-02-14 free
    2026-02-15 busy
    2026-02-17 -
    ");
}

#[test]
fn exceptions_leave_out_dates_and_titles() {
    let except = |typed: &[&str]| {
        let except = Exceptions::parse(typed.iter().copied()).unwrap();
        IcsOptions {
            except,
            ..IcsOptions::default()
        }
    };
    let text = file(&[
        "DTSTART;VALUE=DATE:20260214\nSUMMARY:Valentine's Day",
        "DTSTART;VALUE=DATE:20260215\nDTEND;VALUE=DATE:20260220\nSUMMARY:Carnival, all of it",
        "DTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY;COUNT=3\nSUMMARY:1st of May",
        "DTSTART:20260301T220000\nDTEND:20260303T020000\nSUMMARY:Night work",
        "DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20990101\nSUMMARY:long",
    ]);
    insta::assert_snapshot!(closes_with(&text, &except(&["valentine*", "2026-02-17", "05-01", "2026-03-02", "2028-01-01..2098-12-31"])), @"
    2026-02-15 to 2026-02-16 Carnival, all of it
    2026-02-18 to 2026-02-19 Carnival, all of it
    2027-01-01 to 2027-04-30 long
    2027-05-02 to 2027-12-31 long
    2026-03-01 22:00 to 2026-03-02 00:00 Night work
    2026-03-03 00:00 to 2026-03-03 02:00 Night work
    ");
    insta::assert_snapshot!(closes_with(&text, &except(&["*day", "Carnival", "*may*", "*N*work*", "", "*,*all*"])), @"
    2027-01-01 to 2098-12-31 long
    except 'Carnival' leaves nothing out
    except '' leaves nothing out
    ");
    let wrong = Exceptions::parse(["2026-02-30", "1.5.2026", "4th of July"].into_iter());
    insta::assert_snapshot!(wrong.unwrap_err().join("\n"), @"
    2026-02-30 does not exist
    '1.5.2026' is ambiguous: write 2026-12-25, 12-25 for every year, or 2026-12-24..2026-12-31
    ");
}

/// The zone that Outlook writes.
const OUTLOOK: &str = "BEGIN:VTIMEZONE\nTZID:Here\nBEGIN:STANDARD\nDTSTART:16010101T030000\n\
    TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\n\
    END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\n\
    TZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\n\
    END:VTIMEZONE\n";

/// A file with these time zones before its events.
fn file_with_zones(zones: &str, events: &[&str]) -> String {
    let zones = zones.replace('\n', "\r\n");
    file(events).replacen("BEGIN:VEVENT", &format!("{zones}BEGIN:VEVENT"), 1)
}

#[test]
fn a_time_zone_is_what_the_file_defines_or_a_known_name() {
    let event = |zone: &str, day: &str| {
        format!(
            "DTSTART;TZID={zone}:{day}T000000\nDTEND;TZID={zone}:{day}T010000\nSUMMARY:{}",
            zone.replace('/', "|")
        )
    };
    let names = [
        ("Here", "20260701"),
        ("Here", "20260101"),
        ("W. Europe Standard Time", "20260701"),
        ("\"Eastern Standard Time\"", "20260101"),
        ("/mozilla.org/20070129_1/Europe/Berlin", "20260701"),
        (
            "/freeassociation.sourceforge.net/America/Argentina/Ushuaia",
            "20260101",
        ),
        ("europe/london", "20260701"),
        ("\"tzone://Microsoft/Utc\"", "20260701"),
        ("Elsewhere", "20260701"),
        ("/mozilla.org/Elsewhere", "20260701"),
    ];
    let events = names.map(|(zone, day)| event(zone, day));
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    insta::assert_snapshot!(closes_text(&file_with_zones(OUTLOOK, &events)), @r#"
    2026-07-01 00:00 to 2026-07-01 01:00 Here
    2026-01-01 00:00 to 2026-01-01 01:00 Here
    2026-07-01 00:00 to 2026-07-01 01:00 W. Europe Standard Time
    2026-01-01 06:00 to 2026-01-01 07:00 "Eastern Standard Time"
    2026-07-01 00:00 to 2026-07-01 01:00 |mozilla.org|20070129_1|Europe|Berlin
    2026-01-01 04:00 to 2026-01-01 05:00 |freeassociation.sourceforge.net|America|Argentina|Ushuaia
    2026-07-01 01:00 to 2026-07-01 02:00 europe|london
    2026-07-01 02:00 to 2026-07-01 03:00 "tzone:||Microsoft|Utc"
    line 60: DTSTART has a TZID that the file does not define, and that is not an IANA or Windows time zone such as Europe/Berlin
    line 65: DTSTART has a TZID that the file does not define, and that is not an IANA or Windows time zone such as Europe/Berlin
    "#);
}

#[test]
fn what_the_file_defines_wins_over_the_name() {
    let zones = "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:19700101T000000\n\
                 TZOFFSETFROM:-0330\nTZOFFSETTO:-033000\nEND:STANDARD\nEND:VTIMEZONE\n\
                 BEGIN:VTIMEZONE\nTZID:Europe/London\nX-LIC-LOCATION:Europe/London\nEND:VTIMEZONE\n";
    let text = file_with_zones(
        zones,
        &[
            "DTSTART;TZID=Europe/Berlin:20260701T000000\nDURATION:PT1H\nSUMMARY:as defined",
            "DTSTART;TZID=Europe/London:20260701T000000\nDURATION:PT1H\nSUMMARY:by name",
        ],
    );
    insta::assert_snapshot!(closes_text(&text), @"
    2026-07-01 05:30 to 2026-07-01 06:30 as defined
    2026-07-01 01:00 to 2026-07-01 02:00 by name
    ");
}

/// Each zone that a file defines has the offsets that its rules give: here those
/// of the European Union since 1996, against the IANA data.
#[test]
fn a_defined_zone_has_the_hours_of_the_iana_zone() {
    use crate::domain::sla::calendar::TimedClosure;
    let mut events = Vec::new();
    for day in 0..900 {
        let date =
            chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + chrono::TimeDelta::days(day);
        for hour in [0, 1, 2, 3, 12] {
            let stamp = format!("{}T{hour:02}3000", date.format("%Y%m%d"));
            events.push(format!(
                "DTSTART;TZID=Here:{stamp}\nDURATION:PT1M\nSUMMARY:a"
            ));
            events.push(format!(
                "DTSTART;TZID=Europe/Berlin:{stamp}\nDURATION:PT1M\nSUMMARY:b"
            ));
        }
    }
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    let text = file_with_zones(OUTLOOK, &events);
    let read = ics::parse(&text, &Zone::utc(), &IcsOptions::default()).unwrap();
    assert_eq!((read.closures.len(), read.left_out.len()), (9000, 0));
    for pair in read.closures.chunks(2) {
        let times = |event: &TimedClosure| (event.from, event.to);
        assert_eq!(times(&pair[0]), times(&pair[1]));
    }
}

#[test]
fn one_odd_event_does_not_hide_the_others() {
    let text = "BEGIN:VCALENDAR\nodd line\nBEGIN:VEVENT\nDTSTART:20260101\nSUMMARY:one\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART:20260102\nno property\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART:20260103\nSUMMARY:never ended\n\
        BEGIN:VEVENT\nDTSTART:20260104\nSUMMARY:two\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART:20260105\nBEGIN:VALARM\nTRIGGER:-PT1H\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART:20260106\nEND:VTODO\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTART;X=\"a;b:c\";VALUE=DATE:20260107\nSUMMARY;LANGUAGE=en:th\\;r\\nee\nEND:VEVENT\n\
        END:VCALENDAR\n";
    insta::assert_snapshot!(closes_text(text), @"
    2026-01-01 one
    2026-01-04 two
    2026-01-05 -
    2026-01-07 th;r
    line 2: not a property such as SUMMARY:Christmas
    line 9: not a property such as SUMMARY:Christmas
    line 14: not a property such as SUMMARY:Christmas
    line 25: not a property such as SUMMARY:Christmas
    ");
}

#[test]
fn many_odd_events_are_counted() {
    let events = ["SUMMARY:no start"; 60];
    let text = closes(&events);
    assert_eq!(text.lines().count(), 21);
    assert!(text.ends_with("40 more events"), "{text}");
}

/// Parses a file with 500 times the same rule, and an event after them. A release
/// build takes less than a second, a debug build on a busy machine much longer.
fn cost_of(rule: &str) {
    let mut events = vec![rule; 500];
    events.push("DTSTART;VALUE=DATE:20261224\nSUMMARY:still closed");
    let text = file(&events);
    assert!(text.len() < 70_000);
    let start = std::time::Instant::now();
    let read = ics::parse(&text, &berlin(), &IcsOptions::default()).unwrap();
    let taken = start.elapsed();
    assert!(taken.as_secs() < 30, "{rule}: {taken:?}");
    assert!(!read.holidays.is_empty(), "{rule}");
}

#[test]
fn what_a_file_costs_is_bounded_as_a_whole() {
    cost_of("DTSTART:19700101T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY");
}

#[test]
#[ignore = "takes a while"]
fn no_kind_of_rule_costs_more() {
    for rule in [
        "DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY",
        "DTSTART;VALUE=DATE:19700101\nRRULE:FREQ=DAILY",
        "DTSTART;VALUE=DATE:19700101\nDURATION:P400D\nRRULE:FREQ=DAILY",
        "DTSTART:00010101\nRRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO,TU;BYSETPOS=3",
        "DTSTART:20260101\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE",
    ] {
        cost_of(rule);
    }
}

#[test]
fn recurrences_have_exceptions_additions_and_replacements() {
    insta::assert_snapshot!(closes(&[
        "UID:a\nDTSTART;VALUE=DATE:20260105\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20260112\nRDATE;VALUE=DATE:20260301,20260302\nSUMMARY:weekly",
        "UID:a\nRECURRENCE-ID;VALUE=DATE:20260119\nDTSTART;VALUE=DATE:20260120\nSUMMARY:moved",
        "UID:a\nRECURRENCE-ID;VALUE=DATE:20260126\nDTSTART;VALUE=DATE:20260126\nSTATUS:CANCELLED",
        "UID:b\nDTSTART;TZID=Europe/Berlin:20260601T090000\nDTEND;TZID=Europe/Berlin:20260601T100000\nRRULE:FREQ=DAILY;UNTIL=20260603T065959Z\nSUMMARY:until before nine",
        "UID:c\nDTSTART;VALUE=DATE:20260701\nRRULE:FREQ=DAILY;UNTIL=20260703\nSUMMARY:three days",
    ]), @"
    2026-01-05 weekly
    2026-01-20 moved
    2026-03-01 to 2026-03-02 weekly
    2026-07-01 to 2026-07-03 three days
    2026-06-01 09:00 to 2026-06-01 10:00 until before nine
    2026-06-02 09:00 to 2026-06-02 10:00 until before nine
    ");
}

#[test]
fn unsupported_content_is_reported_with_its_line() {
    insta::assert_snapshot!(closes(&[
        "SUMMARY:no start",
        "DTSTART:20260230\nSUMMARY:no date",
        "DTSTART:2026-01-01\nUID:dashes",
        "DTSTART:20260101T250000\nSUMMARY:no hour",
        "DTSTART;VALUE=DATE:20260102\nDTEND;VALUE=DATE:20260101\nSUMMARY:backwards",
        "DTSTART;VALUE=DATE:20260102\nDTEND:20260101T100000\nSUMMARY:mixed",
        "DTSTART;TZID=Nowhere Standard Time:20260101T090000\nSUMMARY:zone",
        "DTSTART:20260101\nRRULE:FREQ=SECONDLY\nSUMMARY:rule",
        "DTSTART:20260101\nRDATE;VALUE=PERIOD:20260101T000000Z/PT1H",
        "DTSTART:20260101\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY\nSUMMARY:two rules",
        "DTSTART:20260101\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260101\nSUMMARY:range",
        "DTSTART:20260101\nDURATION:P1Y\nSUMMARY:duration",
    ]), @"
    line 4: the event has no DTSTART
    line 8: DTSTART is a date that does not exist
    line 12: DTSTART is not a date such as 20261224 or 20261224T090000Z
    line 16: DTSTART is not a date such as 20261224 or 20261224T090000Z
    line 21: the event ends before it starts
    line 26: DTSTART and DTEND are not both dates or both times
    line 30: DTSTART has a TZID that the file does not define, and that is not an IANA or Windows time zone such as Europe/Berlin
    line 35: RRULE part FREQ is not supported: holidays repeat YEARLY, MONTHLY, WEEKLY or DAILY
    line 40: RDATE with a VALUE other than DATE or DATE-TIME is not supported
    line 45: more than one RRULE, or an EXRULE, is not supported
    line 50: RECURRENCE-ID with RANGE is not supported
    line 55: DURATION is not a duration such as P1D or PT90M
    ");
}

#[test]
fn a_file_that_is_not_a_calendar_is_rejected() {
    let texts = [
        "",
        "hello",
        "BEGIN:VCALENDAR",
        "BEGIN:VCALENDAR\nEND:VEVENT",
    ];
    insta::assert_snapshot!(texts.map(closes_text).join("\n"), @"
    not an iCalendar file: the file is empty
    not an iCalendar file: line 1 is not BEGIN:VCALENDAR
    the file ends inside a calendar
    the file ends inside a calendar
    ");
    insta::assert_snapshot!(closes_text("<html>\n</html>"), @"not an iCalendar file: line 1 is not BEGIN:VCALENDAR");
    // Other files of components begin in the same way.
    insta::assert_snapshot!(closes_text("BEGIN:VCARD\nFN:Mia\nEND:VCARD"), @"not an iCalendar file: line 1 is not BEGIN:VCALENDAR");
    let deep = "BEGIN:VCALENDAR\n".repeat(100_000);
    insta::assert_snapshot!(closes_text(&deep), @"not an iCalendar file: nested too deeply");
}

#[test]
fn a_line_is_counted_as_it_is_in_the_file() {
    let text = "BEGIN:VCALENDAR\r\n\r\nBEGIN:VEVENT\r\nDESCRIPTION:a\r\n  b\r\n\tc\r\n\
                BEGIN:VALARM\r\nDTSTART:x\r\nEND:VALARM\r\n\
                EXDATE:20260101\r\nEXDATE:x\r\nDTSTART:20260101\r\nEND:VEVENT\r\n\
                END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDT\r\n START:x\r\n\
                END:VEVENT\r\nEND:VCALENDAR\r\n";
    insta::assert_snapshot!(closes_text(text), @"
    line 11: EXDATE is not a date such as 20261224 or 20261224T090000Z
    line 17: DTSTART is not a date such as 20261224 or 20261224T090000Z
    ");
}

#[test]
fn several_calendars_byte_order_marks_and_plain_line_ends_are_accepted() {
    let one = file(&["DTSTART:20260101"]).replace("\r\n", "\n");
    let two = file(&["DTSTART:20260202"]);
    let alarm = "BEGIN:VALARM\nTRIGGER:-PT1H\nEND:VALARM";
    let three = file(&[&format!("DTSTART:20260303\n{alarm}")]);
    let text = format!("\u{feff}{one}\n\n{two}{three}");
    assert_eq!(
        closes_text(&text),
        "2026-01-01 -\n2026-02-02 -\n2026-03-03 -"
    );
}

#[test]
fn a_large_file_is_parsed_quickly() {
    let first: chrono::NaiveDate = "2026-01-01".parse().unwrap();
    let event = |n: i64| {
        let day = first + chrono::TimeDelta::days(n);
        format!("DTSTART:{}\nSUMMARY:{n}", day.format("%Y%m%d"))
    };
    let events: Vec<String> = (0..15_000).map(event).collect();
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    let text = file(&events).replace("\r\n", "\n");
    assert_eq!(closes_text(&text).lines().count(), 15_000);
    let text = file(&["DTSTART:00010101\nRRULE:FREQ=DAILY\nSUMMARY:for ever"]);
    insta::assert_snapshot!(closes_text(&text), @"line 6: it repeats more than 100000 times");
}

/// A policy with a calendar file and more keys.
fn office(entry: &str, rest: &str, text: &str) -> Result<ParsedPolicy, String> {
    let document = format!(
        "[[targets]]\nresponse = '1h'\nresolution = '2h'\ncalendar = 'office'\n\
         [calendars.office]\ntimezone = 'Europe/Berlin'\nmon = ['09:00-17:00']\n\
         fri = ['22:00-06:00']\nholidays = [\n{{ ics = 'a.ics'{entry} }}]\n{rest}"
    );
    let files = |_: &str| Ok(text.to_owned());
    parse(&document, 2, &files).map_err(|faults| lines(&faults))
}

#[test]
fn odd_events_are_notes_and_refused_only_where_the_policy_is_strict() {
    let text = file(&["DTSTART;VALUE=DATE:20260101", "SUMMARY:no start"]);
    insta::assert_snapshot!(lines(&office("", "", &text).unwrap().notes), @"line 10: calendars.office.holidays.ics: a.ics: line 7: the event has no DTSTART; left out");
    insta::assert_snapshot!(office(", strict = true", "", &text).unwrap_err(), @"line 10: calendars.office.holidays.ics: a.ics: line 7: the event has no DTSTART");
    let wrong = ", strict = 1, whole_days = 'yes', except = ['2026-13-01', 2026-01-01], days = 1";
    insta::assert_snapshot!(office(wrong, "", &text).unwrap_err(), @"
    line 10: calendars.office.holidays.days: unknown key 'days': accepted: ics, whole_days, transparent, except, strict
    line 10: calendars.office.holidays.whole_days: it is a string; write true or false
    line 10: calendars.office.holidays.except: 2026-13-01 does not exist
    line 10: calendars.office.holidays.strict: it is an integer; write true or false
    ");
}

#[test]
fn a_shift_wins_over_a_file_and_says_so() {
    let text = file(&[
        "DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260304",
        "DTSTART:20260309T120000\nDTEND:20260309T130000",
    ]);
    let shifts = "[calendars.office.shifts]\n2026-03-02 = ['09:00-10:00']\n2026-03-03 = []\n\
                  2026-03-09 = ['10:00-14:00']\n2026-03-16 = ['09:00-10:00']";
    insta::assert_snapshot!(lines(&office("", shifts, &text).unwrap().notes), @"
    line 12: calendars.office.shifts.2026-03-02: these hours count, though an iCalendar file closes the date
    line 14: calendars.office.shifts.2026-03-09: these hours count, though an iCalendar file closes the date
    ");
}

/// Until files closed whole dates only, such hours were accepted.
#[test]
fn stored_shifts_that_overlap_on_dates_of_a_file_are_still_read() {
    let text = file(&[
        "DTSTART;VALUE=DATE:20260307",
        "DTSTART:20260314T120000\nDTEND:20260314T130000",
    ]);
    let shifts = "[calendars.office.shifts]\n2026-03-07 = ['05:00-10:00']\n\
                  2026-03-14 = ['05:00-10:00']\n";
    insta::assert_snapshot!(lines(&office("", shifts, &text).unwrap().notes), @"
    line 12: calendars.office.shifts.2026-03-07: these hours count, though an iCalendar file closes the date
    line 12: calendars.office.shifts.2026-03-07: 22:00-06:00 of 2026-03-06 runs into 05:00-10:00 of the next day
    line 13: calendars.office.shifts.2026-03-14: these hours count, though an iCalendar file closes the date
    line 13: calendars.office.shifts.2026-03-14: 22:00-06:00 of 2026-03-13 runs into 05:00-10:00 of the next day
    ");
    insta::assert_snapshot!(office("", &format!("{shifts}2026-03-21 = ['05:00-10:00']"), &text).unwrap_err(), @"line 14: calendars.office.shifts.2026-03-21: 22:00-06:00 of 2026-03-20 runs into 05:00-10:00 of the next day");
}

const DOCUMENT: &str = "[calendars.office]\ntimezone = 'Europe/Berlin'\nmon = ['09:00-17:00']\n\
                        holidays = ['12-25', { ics = 'a.ics' }, { ics = 'a.ics' }]\n";

fn beside(text: &str) -> Result<ParsedPolicy, String> {
    let files = |name: &str| match name {
        "a.ics" => Ok(text.to_owned()),
        _ => Err("there is no such file".to_owned()),
    };
    parse(DOCUMENT, 2, &files).map_err(|faults| lines(&faults))
}

#[test]
fn a_parsed_policy_has_its_files_and_their_last_dates() {
    let text = file(&["DTSTART:20260101", "DTSTART:20250101"]);
    let read = beside(&text).unwrap();
    assert_eq!(read.files["a.ics"], text);
    let stale = read.expired_holidays("2026-01-02".parse().unwrap());
    insta::assert_snapshot!(lines(&stale[..1]), @"line 4: calendars.office.holidays.ics: the last event of a.ics has passed: 2026-01-01");
    let endless = beside(&file(&["DTSTART:20260101\nRRULE:FREQ=YEARLY"])).unwrap();
    assert_eq!(endless.holiday_ends, []);
}

#[test]
fn a_fault_of_a_file_has_the_line_that_names_the_file() {
    insta::assert_snapshot!(beside("hello").unwrap_err(), @"line 4: calendars.office.holidays.ics: a.ics: not an iCalendar file: line 1 is not BEGIN:VCALENDAR");
    let text = DOCUMENT.replace("a.ics", "b.ics");
    let missing = parse(&text, 2, &super::no_files).map_err(|faults| lines(&faults));
    insta::assert_snapshot!(missing.unwrap_err(), @"line 4: calendars.office.holidays.ics: b.ics cannot be read: there is no such file");
}
