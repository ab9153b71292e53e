//! iCalendar files.

use std::fmt::Write;

use super::lines;
use crate::domain::sla::calendar::HolidayDates;
use crate::domain::time::zone::Zone;
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

/// The dates that a file closes in Berlin.
fn closes_text(text: &str) -> String {
    let events = match ics::parse(text, &Zone::from_name("Europe/Berlin").unwrap()) {
        Ok(events) => events,
        Err(faults) => return faults.join("\n"),
    };
    let dates = events.holidays.iter().map(|holiday| {
        let name = holiday.name.as_deref().unwrap_or("-");
        match holiday.dates {
            HolidayDates::Range(from, to) if from == to => format!("{from} {name}"),
            HolidayDates::Range(from, to) => format!("{from} to {to} {name}"),
            HolidayDates::Yearly(month, day) => format!("{month}/{day} {name}"),
        }
    });
    dates.collect::<Vec<_>>().join("\n")
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

#[test]
fn an_event_with_times_closes_the_dates_it_covers_in_the_local_zone() {
    insta::assert_snapshot!(closes(&[
        "DTSTART:20260101T080000\nDTEND:20260101T120000\nSUMMARY:floating",
        "DTSTART:20260201T230000Z\nDTEND:20260202T230000Z\nSUMMARY:UTC",
        "DTSTART;TZID=America/New_York:20260301T180000\nDURATION:PT2H\nSUMMARY:New York",
        "DTSTART;TZID=\"Europe/Berlin\":20260401T000000\nDTEND;TZID=Europe/Berlin:20260403T000000\nSUMMARY:two days",
        "DTSTART:20260501T120000Z\nSUMMARY:a moment",
    ]), @r"
    2026-01-01 floating
    2026-02-02 UTC
    2026-03-02 New York
    2026-04-01 to 2026-04-02 two days
    2026-05-01 a moment
    ");
}

#[test]
fn recurrences_have_exceptions_additions_and_replacements() {
    insta::assert_snapshot!(closes(&[
        "UID:a\nDTSTART;VALUE=DATE:20260105\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20260112\nRDATE;VALUE=DATE:20260301,20260302\nSUMMARY:weekly",
        "UID:a\nRECURRENCE-ID;VALUE=DATE:20260119\nDTSTART;VALUE=DATE:20260120\nSUMMARY:moved",
        "UID:a\nRECURRENCE-ID;VALUE=DATE:20260126\nDTSTART;VALUE=DATE:20260126\nSTATUS:CANCELLED",
        "UID:b\nDTSTART;TZID=Europe/Berlin:20260601T090000\nDTEND;TZID=Europe/Berlin:20260601T100000\nRRULE:FREQ=DAILY;UNTIL=20260603T065959Z\nSUMMARY:until before nine",
        "UID:c\nDTSTART;VALUE=DATE:20260701\nRRULE:FREQ=DAILY;UNTIL=20260703\nSUMMARY:three days",
    ]), @r"
    2026-01-05 weekly
    2026-01-20 moved
    2026-03-01 to 2026-03-02 weekly
    2026-06-01 to 2026-06-02 until before nine
    2026-07-01 to 2026-07-03 three days
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
        "DTSTART;TZID=W. Europe Standard Time:20260101T090000\nSUMMARY:zone",
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
    line 30: DTSTART has a TZID that is not an IANA time zone such as Europe/Berlin
    line 35: RRULE part FREQ is not supported: holidays repeat YEARLY, MONTHLY, WEEKLY or DAILY
    line 40: RDATE with a VALUE other than DATE or DATE-TIME is not supported
    line 42: more than one RRULE, or an EXRULE, is not supported
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
    not an iCalendar file: line 2 is not a property such as SUMMARY:Christmas
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
    let event = |n: usize| {
        format!(
            "DTSTART:2026{:02}{:02}\nSUMMARY:{n}",
            n % 12 + 1,
            n % 28 + 1
        )
    };
    let events: Vec<String> = (0..15_000).map(event).collect();
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    let text = file(&events).replace("\r\n", "\n");
    assert_eq!(closes_text(&text).lines().count(), 15_000);
    let text = file(&["DTSTART:00010101\nRRULE:FREQ=DAILY\nSUMMARY:for ever"]);
    insta::assert_snapshot!(closes_text(&text), @"line 6: it repeats more than 100000 times");
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
