//! `desk calendar`: when time counts, asked of no ticket.

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
    assert!(!env.db().exists());
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
    ! desk: the end lies before the beginning
    !   hint: give --from the earlier and --to the later time
    [exit 2]

    $ desk calendar due --calendar 24x7 --from "2026-03-02 08:00" --target 4h --pause "9:00"
    ! desk: '9:00' is no pause
    !   hint: give two times with .. between them, such as "9:30..10:15"
    [exit 2]

    $ desk calendar due --calendar 24x7 --from "2026-03-02 08:00" --target 4h --pause "2026-03-02 10:00..2026-03-02 09:00"
    ! desk: the pause '2026-03-02 10:00..2026-03-02 09:00' ends before it begins
    !   hint: give the earlier time first
    [exit 2]

    $ desk calendar due --calendar 24x7 --from 9999-12-31T23:00Z --target 4h
    ! desk: that is due after the year 9999
    !   hint: give an earlier time or a shorter target
    [exit 2]

    $ desk calendar open-at --time 12:00
    ! desk: the following required arguments were not provided: --calendar <NAME>
    !   hint: usage: desk calendar open-at --calendar <NAME> --time <TIME>
    [exit 2]

    $ desk calendar shwo
    ! desk: unrecognized subcommand 'shwo'
    !   hint: a similar subcommand exists: 'show'
    [exit 2]

    $ desk calendar list --policy nowhere.toml
    ! desk: nowhere.toml cannot be read: No such file or directory (os error 2)
    !   hint: give the path of a text file
    [exit 2]
    "#);
}
