//! Calendars, without any ticket: `desk calendar`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn what_is_always_open_needs_no_policy_and_no_store() {
    let mut env = Env::bare();
    assert_snapshot!(env.says(r#"
        desk calendar
        desk calendar show 24x7
        desk calendar due --calendar 24x7 --from "2026-03-02 08:00" --target 4h
        desk calendar due --calendar 24x7 --from 2026-03-02T08:00Z --target 0m --json
        desk calendar elapsed --calendar 24x7 --from "2026-03-02 08:00" --to "2026-03-03 10:30"
        desk calendar open-at --calendar 24x7 --time 12:00
        desk calendar open-at --calendar 24x7 --time 12:00 --exit-code --json
        desk calendar next-open --calendar 24x7 --time "2026-03-07 03:00" --format csv
        "#), @r#"
    $ desk calendar
    CALENDAR  ZONE  NOW
    24x7      -     always open

    $ desk calendar show 24x7
    24x7
      now         always open

    Hours
      mon  00:00-24:00
      tue  00:00-24:00
      wed  00:00-24:00
      thu  00:00-24:00
      fri  00:00-24:00
      sat  00:00-24:00
      sun  00:00-24:00

    $ desk calendar due --calendar 24x7 --from "2026-03-02 08:00" --target 4h
    Mon 2026-03-02 12:00, in 2h 58m

    $ desk calendar due --calendar 24x7 --from 2026-03-02T08:00Z --target 0m --json
    {"due":"2026-03-02T08:00:00Z"}

    $ desk calendar elapsed --calendar 24x7 --from "2026-03-02 08:00" --to "2026-03-03 10:30"
    26h 30m

    $ desk calendar open-at --calendar 24x7 --time 12:00
    open

    $ desk calendar open-at --calendar 24x7 --time 12:00 --exit-code --json
    {"open":true}
    [exit 10]

    $ desk calendar next-open --calendar 24x7 --time "2026-03-07 03:00" --format csv
    next_open
    2026-03-07T03:00:00Z
    "#);
    assert!(!env.has_store());
}

#[test]
fn pauses_are_left_out_and_one_over_another_counts_once() {
    let mut env = Env::bare();
    assert_snapshot!(env.says(r#"
        desk calendar due --calendar 24x7 --from "2026-03-02 08:00" --target 4h --pause "2026-03-02 09:00..2026-03-02 10:00" --pause "2026-03-02 09:30 .. 2026-03-02 11:00" --json
        desk calendar elapsed --calendar 24x7 --from "2026-03-02 08:00" --to "2026-03-02 12:00" --pause "2026-03-02 11:00..2026-03-02 13:00" --json
        desk --tz America/New_York calendar due --calendar 24x7 --from "2026-03-08 01:00" --target 2h
        "#), @r#"
    $ desk calendar due --calendar 24x7 --from "2026-03-02 08:00" --target 4h --pause "2026-03-02 09:00..2026-03-02 10:00" --pause "2026-03-02 09:30 .. 2026-03-02 11:00" --json
    {"due":"2026-03-02T14:00:00Z"}

    $ desk calendar elapsed --calendar 24x7 --from "2026-03-02 08:00" --to "2026-03-02 12:00" --pause "2026-03-02 11:00..2026-03-02 13:00" --json
    {"elapsed_s":10800}

    $ desk --tz America/New_York calendar due --calendar 24x7 --from "2026-03-08 01:00" --target 2h
    Sun 2026-03-08 04:00, in 5d 22h
    "#);
}

#[test]
fn what_cannot_be_answered_says_how_to_ask() {
    let mut env = Env::bare();
    assert_snapshot!(env.says(r#"
        desk calendar show 24x
        desk calendar elapsed --calendar 24x7 --from "2026-03-02 08:00" --to "2026-03-02 07:00"
        desk calendar due --calendar 24x7 --from "2026-03-02 08:00" --target 4h --pause "9:00"
        desk calendar due --calendar 24x7 --from "2026-03-02 08:00" --target 4h --pause "2026-03-02 10:00..2026-03-02 09:00"
        desk calendar due --calendar 24x7 --from 9999-12-31T23:00Z --target 4h
        desk calendar open-at --time 12:00
        desk calendar shwo
        desk calendar list --policy nowhere.toml
        "#), @r#"
    $ desk calendar show 24x
    ! desk: unknown calendar '24x'
    !   hint: did you mean '24x7'? accepted: 24x7
    [exit 2]

    $ desk calendar elapsed --calendar 24x7 --from "2026-03-02 08:00" --to "2026-03-02 07:00"
    ! desk: the end is before the start
    !   hint: swap --from and --to
    [exit 2]

    $ desk calendar due --calendar 24x7 --from "2026-03-02 08:00" --target 4h --pause "9:00"
    ! desk: '9:00' is not a pause
    !   hint: give two times with .. between them, such as "9:30..10:15"
    [exit 2]

    $ desk calendar due --calendar 24x7 --from "2026-03-02 08:00" --target 4h --pause "2026-03-02 10:00..2026-03-02 09:00"
    ! desk: the pause '2026-03-02 10:00..2026-03-02 09:00' ends before it starts
    !   hint: give the earlier time first
    [exit 2]

    $ desk calendar due --calendar 24x7 --from 9999-12-31T23:00Z --target 4h
    ! desk: the due time is after the year 9999
    !   hint: give an earlier time or a shorter target
    [exit 2]

    $ desk calendar open-at --time 12:00
    ! desk: missing --calendar <NAME>
    !   hint: usage: desk calendar open-at --calendar <NAME> --time <TIME>
    [exit 2]

    $ desk calendar shwo
    ! desk: unknown command 'shwo'
    !   hint: did you mean 'show'?
    [exit 2]

    $ desk calendar list --policy nowhere.toml
    ! desk: cannot read nowhere.toml: No such file or directory (os error 2)
    !   hint: give the path of a text file
    [exit 2]
    "#);
}

const HOURS: &str = r#"
[calendars.office]
timezone = "Europe/Berlin"
mon = ["09:00-12:00", "13:00-17:30"]
tue = ["09:00-12:00", "13:00-17:30"]
wed = ["09:00-12:00", "13:00-17:30"]
thu = ["09:00-12:00", "13:00-17:30"]
fri = ["09:00-12:00", "13:00-17:30"]
sat = []
sun = []
holidays = [
  "2026-01-01",
  "12-25",
  "2026-12-24..2026-12-31",
  {date = "2026-05-01", name = "Labour Day"},
]
breaks = {"2026-03-02" = ["10:00-11:00"]}
shifts = {"2026-03-07" = ["10:00-14:00"]}
"#;

/// An environment in Berlin with a policy file, and no store.
fn office() -> Env {
    let env = Env::bare();
    std::fs::write(env.dir().join("hours.toml"), HOURS).unwrap();
    env
}

#[test]
fn a_calendar_is_shown_with_what_is_to_come() {
    assert_snapshot!(office().says("
        desk --tz Europe/Berlin calendar list --policy hours.toml
        desk --tz Europe/Berlin calendar show office --policy hours.toml
        "), @"
    $ desk --tz Europe/Berlin calendar list --policy hours.toml
    CALENDAR  ZONE           NOW
    24x7      -              always open
    office    Europe/Berlin  closed until 11:00

    $ desk --tz Europe/Berlin calendar show office --policy hours.toml
    office
      now         closed until 11:00
      zone        Europe/Berlin

    Hours
      mon  09:00-12:00 13:00-17:30
      tue  09:00-12:00 13:00-17:30
      wed  09:00-12:00 13:00-17:30
      thu  09:00-12:00 13:00-17:30
      fri  09:00-12:00 13:00-17:30
      sat  closed
      sun  closed

    Holidays
      Fri 2026-05-01  Labour Day
      Thu 2026-12-24 to Thu 2026-12-31
      Sat 2027-12-25
      Mon 2028-12-25
      Tue 2029-12-25
      Wed 2030-12-25
      Thu 2031-12-25
      Sat 2032-12-25
      Sun 2033-12-25

    Exceptions
      Mon 2026-03-02  closed 10:00-11:00
      Sat 2026-03-07  open 10:00-14:00
    ");
}

/// The output of `desk calendar` for the office, in Berlin.
#[track_caller]
fn asked(line: &str) -> String {
    let mut env = office();
    let line = format!(
        "desk --tz Europe/Berlin calendar {line} --calendar office --policy hours.toml --json"
    );
    let told = env.says(&line);
    assert!(!env.has_store());
    told.lines().skip(1).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_target_is_used_up_in_open_time_only() {
    // An hour on Friday, then the replaced hours of Saturday.
    assert_eq!(
        asked(r#"due --from "2026-03-06 16:30" --target 2h"#),
        r#"{"due":"2026-03-07T10:00:00Z"}"#
    );
    // Around the break, to the minute at which it closes for lunch.
    assert_eq!(
        asked(r#"due --from "2026-03-02 09:00" --target 2h"#),
        r#"{"due":"2026-03-02T11:00:00Z"}"#
    );
    // Labour Day and a weekend; by then Berlin is two hours ahead.
    assert_eq!(
        asked(r#"due --from "2026-04-30 17:00" --target 1h"#),
        r#"{"due":"2026-05-04T07:30:00Z"}"#
    );
    // Two hours of a pause over lunch are open time.
    assert_eq!(
        asked(
            r#"due --from "2026-03-03 09:00" --target 3h --pause "2026-03-03 11:00..2026-03-03 14:00""#
        ),
        r#"{"due":"2026-03-03T14:00:00Z"}"#
    );
}

#[test]
fn open_time_leaves_out_holidays_and_nights() {
    assert_eq!(
        asked(r#"elapsed --from "2026-12-23 17:00" --to "2027-01-02 00:00""#),
        r#"{"elapsed_s":28800,"business_days":1}"#
    );
}

#[test]
fn whether_it_is_open_may_be_the_exit_code() {
    let open = |time: &str| asked(&format!("open-at --exit-code --time \"{time}\""));
    assert_eq!(open("2026-03-03 10:00"), "{\"open\":true}\n[exit 10]");
    assert_eq!(open("2026-03-03 12:00"), r#"{"open":false}"#);
    assert_eq!(open("2026-05-01 10:00"), r#"{"open":false}"#);
    assert_eq!(
        asked(r#"next-open --time "2026-05-01 10:00""#),
        r#"{"next_open":"2026-05-04T07:00:00Z"}"#
    );
}

#[test]
fn a_shift_until_midnight_and_the_hours_from_midnight_on_are_one_interval() {
    let mut env = Env::new();
    let policy = r#"
[calendars.night]
timezone = "Europe/Berlin"
tue = ["00:00-04:00"]
shifts = { "2026-03-02" = ["20:00-24:00"], "2026-03-04" = ["20:00-24:00"], "2026-03-05" = ["00:00-02:00"] }
[[targets]]
response = "3h"
resolution = "14h"
calendar = "night"
"#;
    std::fs::write(env.dir().join("night.toml"), policy).unwrap();
    env.does("desk policy set night.toml");
    env.at("2026-03-02T18:00:00Z").does("desk open A -c email");
    for (now, closes) in [
        ("2026-03-02T19:30:00Z", "2026-03-03T03:00:00Z"),
        ("2026-03-04T19:30:00Z", "2026-03-05T01:00:00Z"),
    ] {
        let page = env.at(now).json(&["calendar", "show", "night"]);
        assert_eq!(page["next_close"], closes, "{page:#}");
    }
    let explained =
        env.at("2026-03-06T12:00:00Z")
            .json(&["sla", "explain", "1", "--clock", "resolution"]);
    let lines = explained["clocks"][0]["lines"].as_array().unwrap().iter();
    let counted = lines.filter(|line| line["why"] == "counted");
    let counted: Vec<_> = counted
        .map(|line| (line["from"].as_str().unwrap(), &line["counted_s"]))
        .collect();
    assert_eq!(
        counted,
        [
            ("2026-03-02T19:00:00Z", &(8 * 3600).into()),
            ("2026-03-04T19:00:00Z", &(6 * 3600).into()),
        ]
    );
}

/// A policy whose office is open from 8 to 18 except for what a file closes.
fn office_with_file(env: &Env, entry: &str, rest: &str, events: &str) {
    let day = "[\"08:00-18:00\"]";
    let policy = format!(
        "[[targets]]\nresponse = \"1h\"\nresolution = \"8h\"\ncalendar = \"o\"\n\
         [calendars.o]\ntimezone = \"Europe/Berlin\"\nmon = {day}\ntue = {day}\nwed = {day}\n\
         thu = {day}\nfri = {day}\nholidays = [{{ ics = \"h.ics\"{entry} }}]\n{rest}"
    );
    std::fs::write(env.dir().join("p.toml"), policy).unwrap();
    let file = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n");
    // As an older program writes it: ü is one byte.
    let bytes: Vec<u8> = file.chars().map(|c| u8::try_from(c).unwrap()).collect();
    std::fs::write(env.dir().join("h.ics"), bytes).unwrap();
}

#[test]
fn a_calendar_file_closes_what_it_says() {
    let mut env = Env::new();
    let events = "BEGIN:VEVENT\r\nSUMMARY:Frühstück\r\nDTSTART:20261224T080000\r\n\
                  DTEND:20261224T120000\r\nEND:VEVENT\r\n\
                  BEGIN:VEVENT\r\nSUMMARY:Valentine's Day\r\nDTSTART;VALUE=DATE:20260213\r\nEND:VEVENT\r\n\
                  BEGIN:VEVENT\r\nSUMMARY:odd\r\nDTSTART;TZID=Nowhere:20260213T100000\r\nEND:VEVENT\r\n";
    let shift = "shifts = { \"2026-02-13\" = [\"09:00-10:00\"] }\n";
    office_with_file(&env, "", shift, events);
    assert_snapshot!(env.says(r"
        desk policy check p.toml
        desk policy set p.toml
        desk calendar show o
        desk calendar elapsed --calendar o --from 2026-12-24T00:00Z --to 2026-12-25T00:00Z
        desk calendar elapsed --calendar o --from 2026-02-13T00:00Z --to 2026-02-14T00:00Z
        "), @"
    $ desk policy check p.toml
    note: line 12: calendars.o.holidays.ics: h.ics: line 14: DTSTART has a TZID that the file does not define, and that is not an IANA or Windows time zone such as Europe/Berlin; left out
    note: line 13: calendars.o.shifts.2026-02-13: these hours count, though an iCalendar file closes the date
    ! p.toml is a valid policy

    $ desk policy set p.toml
    policy version 2 is in force for targets set from now on
    ! note: line 12: calendars.o.holidays.ics: h.ics: line 14: DTSTART has a TZID that the file does not define, and that is not an IANA or Windows time zone such as Europe/Berlin; left out
    ! note: line 13: calendars.o.shifts.2026-02-13: these hours count, though an iCalendar file closes the date
    ! open tickets keep their targets; to see what would change: desk policy apply --dry-run

    $ desk calendar show o
    o
      now         open until 17:00
      zone        Europe/Berlin

    Hours
      mon  08:00-18:00
      tue  08:00-18:00
      wed  08:00-18:00
      thu  08:00-18:00
      fri  08:00-18:00
      sat  closed
      sun  closed

    Exceptions
      Thu 2026-12-24  closed 08:00-12:00  Frühstück

    $ desk calendar elapsed --calendar o --from 2026-12-24T00:00Z --to 2026-12-25T00:00Z
    6h

    $ desk calendar elapsed --calendar o --from 2026-02-13T00:00Z --to 2026-02-14T00:00Z
    1h
    ");
    let except = ", except = [\"valentine*\", \"2026-12-24\"], strict = true";
    office_with_file(&env, except, "", events);
    assert_snapshot!(env.says("desk policy check p.toml"), @"
    $ desk policy check p.toml
    fault: line 12: calendars.o.holidays.ics: h.ics: line 14: DTSTART has a TZID that the file does not define, and that is not an IANA or Windows time zone such as Europe/Berlin
    ! p.toml has 1 fault; nothing was changed
    [exit 2]
    ");
    office_with_file(
        &env,
        ", except = [\"valentine*\", \"2026-12-24\"]",
        "",
        events,
    );
    assert_snapshot!(env.says(r"
        desk calendar elapsed --policy p.toml --calendar o --from 2026-12-24T00:00Z --to 2026-12-25T00:00Z
        desk calendar elapsed --policy p.toml --calendar o --from 2026-02-13T00:00Z --to 2026-02-14T00:00Z
        "), @"
    $ desk calendar elapsed --policy p.toml --calendar o --from 2026-12-24T00:00Z --to 2026-12-25T00:00Z
    10h (1bd)

    $ desk calendar elapsed --policy p.toml --calendar o --from 2026-02-13T00:00Z --to 2026-02-14T00:00Z
    10h (1bd)
    ");
    office_with_file(
        &env,
        ", whole_days = true",
        "even_on_holidays = true\n",
        events,
    );
    assert_snapshot!(env.says(r"
        desk calendar elapsed --policy p.toml --calendar o --from 2026-12-24T00:00Z --to 2026-12-25T00:00Z
        "), @"
    $ desk calendar elapsed --policy p.toml --calendar o --from 2026-12-24T00:00Z --to 2026-12-25T00:00Z
    0s
    ");
}

/// The entries of a feed by their ids, each as lines without folds.
fn feed(env: &mut Env, args: &[&str]) -> std::collections::BTreeMap<String, String> {
    let all: Vec<&str> = ["calendar", "feed"].iter().chain(args).copied().collect();
    let text = env.run(&all).ok().stdout;
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let text = text.replace("\r\n ", "").replace("\r\n", "\n");
    let events = text.split("BEGIN:VEVENT\n").skip(1);
    let of = |event: &str| {
        let event = event.split("END:VEVENT").next().unwrap().to_owned();
        let id = event
            .strip_prefix("UID:")
            .unwrap()
            .split('@')
            .next()
            .unwrap()
            .to_owned();
        (id, event)
    };
    let count = text.matches("BEGIN:VEVENT\n").count();
    let found: std::collections::BTreeMap<String, String> = events.map(of).collect();
    assert_eq!(found.len(), count, "an id is there twice");
    found
}

#[test]
fn a_feed_has_due_times_calls_and_pauses_under_ids_that_stay() {
    let mut env = Env::new();
    env.does(
        r#"
        desk open "VPN; drops" --channel phone
        desk take 1
        desk call 1 --when "tomorrow 10:00" "bring the laptop"
        desk open Printer
        desk open Badge
        desk pause 3 vendor --until "tomorrow 9:00"
        "#,
    );
    let all = feed(&mut env, &[]);
    let ids: Vec<&str> = all.keys().map(String::as_str).collect();
    assert_snapshot!(ids.join("\n"), @"
    desk-1-call-1
    desk-1-due-resolution
    desk-2-due-resolution
    desk-2-due-response
    desk-3-due-resolution
    desk-3-due-response
    desk-3-wait
    ");
    let call = &all["desk-1-call-1"];
    for line in [
        "DTSTART:20260303T100000Z",
        "DTEND:20260303T103000Z",
        "SEQUENCE:0",
        "DESCRIPTION:bring the laptop",
        "TRANSP:OPAQUE",
    ] {
        assert!(call.contains(line), "{call}");
    }
    assert!(all["desk-1-due-resolution"].contains(r"resolution due: VPN\; drops"));
    assert!(all["desk-3-wait"].contains("DTSTART:20260303T090000Z"));
    let mine = feed(&mut env, &["--mine"]);
    assert_eq!(mine.len(), 2, "{mine:?}");
    // What was moved keeps its id.
    env.does("desk call 1 --moved --when \"tomorrow 11:00\"");
    let moved = &feed(&mut env, &["vpn"])["desk-1-call-1"];
    assert!(moved.contains("DTSTART:20260303T110000Z"), "{moved}");
    assert!(moved.contains("SEQUENCE:1"), "{moved}");
    env.does("desk calendar feed --out desk.ics\ndesk calendar feed --out desk.ics");
    std::fs::write(env.dir().join("notes.txt"), "mine").unwrap();
    let fault = env
        .run(&["calendar", "feed", "--out", "notes.txt"])
        .code(2)
        .stderr;
    assert!(
        fault.contains("is not a calendar written by desk"),
        "{fault}"
    );
}
