//! What somebody types who knows other tools: each is answered with a line that
//! works.

use insta::assert_snapshot;

use crate::env::Env;

/// Eleven open tickets.
fn desk() -> Env {
    let mut env = Env::new();
    for number in 1..=11 {
        env.does(&format!(
            "desk open 'Printer {number} jams' -r 'Mia Roth <mia@example.org>'"
        ));
    }
    env
}

#[test]
fn the_line_that_is_offered_works() {
    let mut env = desk();
    for guess in [
        "desk new 'Screen is dark'",
        "desk create -t Screen -p high --label hardware --assignee ben",
        "desk create Screen --body 'since noon' --user mia@example.org --type incident --phone",
        "desk open Screen --priority P1",
        "desk ls",
        "desk list -a",
        "desk list --open",
        "desk list --closed",
        "desk list --state open -L 3 -o json",
        "desk list --label vpn",
        "desk mine",
        "desk next",
        "desk view 3",
        "desk issue view 3",
        "desk ticket 3",
        "desk show ticket 3",
        "desk status 3",
        "desk comment 3 'called back'",
        "desk note 'called back' 3",
        "desk 3 note called back",
        "desk assign ben 3",
        "desk assign 3 to cara",
        "desk assign 3 --to ben",
        "desk assign --assignee ben 4",
        "desk identify 3 bug",
        "desk identify incident 4",
        "desk categorize hardware 3",
        "desk set 4 category hardware",
        "desk prioritize 3 P1",
        "desk priority 3 h m l",
        "desk set 4 priority high",
        "desk edit 4 --priority low",
        "desk edit 4 title Screen is dark",
        "desk edit 4 title:Screen",
        "desk rename 4 'Screen'",
        "desk tag hardware 3",
        "desk label 3 vpn",
        "desk untag 3 vpn",
        "desk wait 5 vendor",
        "desk pause 6 supplier",
        "desk pause 7 vendor until friday",
        "desk done 3 'replaced the toner'",
        "desk answer 3 'It works again'",
        "desk confirm 3 Mia Roth",
        "desk move 3 closed",
        "desk merge 8 into 9",
        "desk merge 10 9",
        "desk link 5 6",
        "desk link 5 parent 7",
        "desk void 6 'a slip'",
        "desk void 7 -m 'a slip'",
        "desk call 5 tomorrow 9:00",
        "desk time 5 25m",
        "desk explain 5",
        "desk similar printer jams",
        "desk report --since monday",
        "desk stats",
        "desk version",
        "desk -v",
        "desk unassigned",
        "desk delete 11 --reason slip",
    ] {
        let refused = env.shell(guess).code(2).stderr;
        let line = refused.split("hint: type: ").nth(1);
        let line = line.unwrap_or_else(|| panic!("{guess}: {refused}"));
        let done = env.shell(line.trim());
        assert_eq!(done.code, Some(0), "{guess} -> {line}: {}", done.stderr);
    }
}

#[test]
fn what_cannot_be_put_right_is_explained() {
    let mut env = desk();
    env.does("desk take 1");
    assert_snapshot!(env.says(
        "
        desk open Screen -p blue
        desk open Screen --due friday
        desk tag 3 4 5 vpn
        desk tag 3 4 5
        desk list --assignee
        desk list --since-when 3
        desk log text
        desk 3 nonsense
        desk help new
        desk help mine
        "
    ), @"
    $ desk open Screen -p blue
    ! desk: unexpected argument '-p'
    !   hint: the priority follows from three ratings: -u LEVEL -b LEVEL -g LEVEL
    [exit 2]

    $ desk open Screen --due friday
    ! desk: unexpected argument '--due'
    !   hint: promise it when it is open, with: desk due ID TIME --reason TEXT
    [exit 2]

    $ desk tag 3 4 5 vpn
    ! desk: '4' can mean a ticket or a tag
    !   hint: type: desk tag 3,4,5 vpn
    [exit 2]

    $ desk tag 3 4 5
    ! desk: '4 5' can mean tickets or a tag
    !   hint: use 3,4,5 for tickets, or -- '4 5' for the tag
    [exit 2]

    $ desk list --assignee
    ! desk: '--assignee <AGENT>' needs a value
    !   hint: give it, as in: --assignee AGENT
    [exit 2]

    $ desk list --since-when 3
    ! desk: unexpected argument '--since-when'
    !   hint: usage: desk list --assignee <AGENT> [FILTER]...
    [exit 2]

    $ desk log text
    ! desk: 'text' is not a ticket number
    !   hint: use 42, 42,43, 40-45, or - for stdin
    [exit 2]

    $ desk 3 nonsense
    ! desk: 'nonsense' is not a ticket number
    !   hint: use 42, 42,43, 40-45, or - for stdin
    [exit 2]

    $ desk help new
    ! desk: there is no command or topic 'new'
    !   hint: did you mean: desk help open
    [exit 2]

    $ desk help mine
    ! desk: there is no command or topic 'mine'
    !   hint: did you mean: desk help list
    [exit 2]
    ");
}

#[test]
fn an_empty_list_says_which_word_was_taken_for_a_text() {
    let mut env = desk();
    assert_snapshot!(env.says(
        "
        desk list overdue
        desk list P1 printer
        desk list 1-3
        desk list +vpn --json
        desk list closed --count
        desk sla mine
        desk list nothing
        desk list printer --count
        "
    ), @"
    $ desk list overdue
    ! no tickets match
    ! 'overdue' was looked for in titles and requesters; type: desk list is:overdue

    $ desk list P1 printer
    ! no tickets match
    ! 'P1' was looked for in titles and requesters; type: desk list p:P1 printer

    $ desk list 1-3
    ! no tickets match
    ! '1-3' was looked for in titles and requesters; type: desk list id:1..3

    $ desk list +vpn --json
    []
    ! no tickets match

    $ desk list closed --count
    0
    ! 'closed' was looked for in titles and requesters; type: desk list is:closed

    $ desk sla mine
    ! no open tickets
    ! 'mine' was looked for in titles and requesters; type: desk sla is:mine

    $ desk list nothing
    ! no tickets match

    $ desk list printer --count
    11
    ");
}

#[test]
fn me_is_the_agent_who_asks_where_nobody_has_that_name() {
    let mut env = desk();
    assert_snapshot!(env.says(
        "
        desk assign 1 me
        desk assign 2 @me
        desk open Screen --assign me
        desk list --assignee @me --ids
        desk --as me take 4
        desk assign 5 me
        desk list -a me --ids
        "
    ), @"
    $ desk assign 1 me
    #1 taken by anna

    $ desk assign 2 @me
    #2 taken by anna

    $ desk open Screen --assign me
    #12 opened, taken by anna, first response due in 3h (12:13), resolution due in 1d (Tue 09:13)

    $ desk list --assignee @me --ids
    1
    2
    12

    $ desk --as me take 4
    #4 taken by me

    $ desk assign 5 me
    #5 assigned to me

    $ desk list -a me --ids
    4
    5
    ");
}

#[test]
fn the_beginning_of_a_word_is_enough_where_only_one_begins_so() {
    let mut env = desk();
    assert_snapshot!(env.says(
        "
        desk open Screen -k i -c ph
        desk open Screen -c p
        desk identify 1 r
        desk pause 1 v
        desk list -k req --ids
        desk list --status open --limit 1 --ids
        "
    ), @"
    $ desk open Screen -k i -c ph
    #12 opened as incident, resolution due in 1d (Tue 09:11)

    $ desk open Screen -c p
    ! desk: invalid value 'p' for '--channel <CHANNEL>': unknown channel 'p'
    !   hint: did you mean 'phone'? accepted: phone, walk-in, email, chat, portal, monitoring, other
    [exit 2]

    $ desk identify 1 r
    #1 identified as request

    $ desk pause 1 v
    #1 paused, waiting for vendor; 23h 46m left

    $ desk list -k req --ids
    1

    $ desk list --status open --limit 1 --ids
    1
    ");
}
