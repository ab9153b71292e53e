//! Tickets at a glance: `desk list`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn an_agent_whose_tickets_went_elsewhere_is_still_known() {
    let mut env = Env::new();
    env.does("desk open VPN --assign ben");
    env.does("desk escalate 1 too hard");
    assert_snapshot!(env.says(
        "
        desk list --assignee ben
        desk list --assignee bne
        "
    ), @"
    $ desk list --assignee ben
    ! no tickets match

    $ desk list --assignee bne
    ! desk: unknown agent 'bne'
    !   hint: see what there is with: desk list --all --columns id,assignee
    [exit 2]
    ");
}

/// Four tickets: late, at risk, paused, closed.
pub(crate) fn four_tickets() -> Env {
    let mut env = Env::new();
    env.closed().does(
        r#"
        desk --at 4:30 open "Server room is hot" --channel phone --kind incident --category facility/cooling -u high -b high -g low
        desk --at 7:30 open "Mail bounces" --requester "Tom Abel <tom@example.org>" --channel email --assign ben
        desk open "New badge" --kind request --requester tom@example.org --channel portal -u low -b low -g low
        desk pause 4 vendor --force --reason "sold out"
        "#,
    );
    env
}

#[test]
fn open_tickets_are_listed_with_what_breaches_next_first() {
    assert_snapshot!(four_tickets().says(
        "
        desk list
        desk list --all
        desk list --status closed,paused
        "
    ), @"
    $ desk list
    ID  PRIO  STATUS  SLA       TIER  ASSIGNEE  CATEGORY          REQUESTER        TITLE
     3  -     active  ✓ 1h19m   L1    ben                         Tom Abel         Mail bounces
     4  P4    paused  ✓ 2h58m   L1    -                           tom@example.org  New badge
     2  P3    new     ✓ 19h19m  L1    -         facility/cooling                   Server room is hot

    $ desk list --all
    ID  PRIO  STATUS  SLA       TIER  ASSIGNEE  CATEGORY          REQUESTER        TITLE
     3  -     active  ✓ 1h18m   L1    ben                         Tom Abel         Mail bounces
     4  P4    paused  ✓ 2h57m   L1    -                           tom@example.org  New badge
     2  P3    new     ✓ 19h18m  L1    -         facility/cooling                   Server room is hot
     1  P2    closed  ✓ met     L1    anna      network/vpn       Mia Roth         VPN drops

    $ desk list --status closed,paused
    ID  PRIO  STATUS  SLA      TIER  ASSIGNEE  CATEGORY     REQUESTER        TITLE
     4  P4    paused  ✓ 2h56m  L1    -                      tom@example.org  New badge
     1  P2    closed  ✓ met    L1    anna      network/vpn  Mia Roth         VPN drops
    ");
}

#[test]
fn tickets_are_filtered_by_what_is_known_of_them() {
    assert_snapshot!(four_tickets().says(
        "
        desk list --ids --kind incident --all
        desk list --ids --category facility
        desk list --ids --category facil
        desk list --ids --unassigned
        desk list --ids --mine --all
        desk list --ids --assignee ben
        desk list --ids --requester TOM
        desk list --ids --title mail
        desk list --ids --channel phone,portal --all
        desk list --ids --priority P1,P3
        desk list --ids --tier l1 --all
        desk list --ids --overdue
        desk list --ids --at-risk
        desk list --ids --opened-before 8:00
        desk list --ids --resolved-after 9:00
        "
    ), @"
    $ desk list --ids --kind incident --all
    2
    1

    $ desk list --ids --category facility
    2

    $ desk list --ids --category facil
    ! desk: unknown category 'facil'
    !   hint: did you mean 'facility'? accepted: facility, facility/cooling, network, network/vpn
    [exit 2]

    $ desk list --ids --unassigned
    4
    2

    $ desk list --ids --mine --all
    1

    $ desk list --ids --assignee ben
    3

    $ desk list --ids --requester TOM
    3
    4

    $ desk list --ids --title mail
    3

    $ desk list --ids --channel phone,portal --all
    4
    2
    1

    $ desk list --ids --priority P1,P3
    2

    $ desk list --ids --tier l1 --all
    3
    4
    2
    1

    $ desk list --ids --overdue
    ! no tickets match

    $ desk list --ids --at-risk
    ! no tickets match

    $ desk list --ids --opened-before 8:00
    3
    2

    $ desk list --ids --resolved-after 9:00
    1
    ");
}

#[test]
fn a_list_is_sorted_cut_and_counted_as_asked() {
    assert_snapshot!(four_tickets().says(
        "
        desk list --all --ids --sort id
        desk list --all --ids --sort id --reverse
        desk list --all --ids --sort priority
        desk list --all --ids --sort opened
        desk list --all -n 2 --columns id,title
        desk list --all --count
        desk list --all --no-header --columns id,status
        desk list --count --exit-code
        desk list --title nothing --exit-code
        "
    ), @"
    $ desk list --all --ids --sort id
    1
    2
    3
    4

    $ desk list --all --ids --sort id --reverse
    4
    3
    2
    1

    $ desk list --all --ids --sort priority
    1
    2
    4
    3

    $ desk list --all --ids --sort opened
    2
    3
    1
    4

    $ desk list --all -n 2 --columns id,title
    ID  TITLE
     3  Mail bounces
     4  New badge
    ! … and 2 more; show them with --limit 0

    $ desk list --all --count
    4

    $ desk list --all --no-header --columns id,status
    3  active
    4  paused
    2  new
    1  closed

    $ desk list --count --exit-code
    3
    [exit 10]

    $ desk list --title nothing --exit-code
    ! no tickets match
    ");
}

#[test]
fn a_misspelled_filter_is_refused_instead_of_listing_nothing() {
    assert_snapshot!(four_tickets().says(
        "
        desk list --status reslved
        desk list --columns id,titel
        desk list --sort dew
        desk list --tier L9
        desk list --category netwrok
        desk list --assignee anan
        desk list --priority P9
        desk list --open
        desk list --mine --unassigned
        desk list 1
        "
    ), @"
    $ desk list --status reslved
    ! desk: invalid value 'reslved' for '--status <STATUS>': unknown status 'reslved'
    !   hint: did you mean 'resolved'? accepted: new, active, paused, resolved, closed, open, void
    [exit 2]

    $ desk list --columns id,titel
    ! desk: unknown column 'titel'
    !   hint: did you mean 'title'? accepted: id, title, status, since, waiting_for, wake_at, kind, onset, channel, requester, contact, category, users, business, impact, urgency, priority, tier, assignee, opened_at, updated_at, resolved_at, closed_at, code, satisfaction, reopenings, escalations, merged_into, key, response, update, resolution, next_due, sla, source, number, known_error, assignee_name, tags, fields, checklist, unanswered_since, spent_s, promised, notification, void
    [exit 2]

    $ desk list --sort dew
    ! desk: invalid value 'dew' for '--sort <KEY>': unknown sort key 'dew'
    !   hint: accepted: due, id, priority, opened, updated, resolved, unanswered
    [exit 2]

    $ desk list --tier L9
    ! desk: unknown tier 'L9'
    !   hint: did you mean 'L1'? accepted: L1, L2, L3
    [exit 2]

    $ desk list --category netwrok
    ! desk: unknown category 'netwrok'
    !   hint: did you mean 'network'? accepted: facility, facility/cooling, network, network/vpn
    [exit 2]

    $ desk list --assignee anan
    ! desk: unknown agent 'anan'
    !   hint: did you mean 'anna'? accepted: anna, ben
    [exit 2]

    $ desk list --priority P9
    ! desk: unknown priority 'P9'
    !   hint: did you mean 'P1'? accepted: P1, P2, P3, P4
    [exit 2]

    $ desk list --open
    ! desk: unexpected argument '--open'
    !   hint: type: desk list
    [exit 2]

    $ desk list --mine --unassigned
    ! desk: '--mine' cannot be used with '--unassigned'
    !   hint: usage: desk list --mine [FILTER]...
    [exit 2]

    $ desk list 1
    ! desk: in the filter word '1': it could be a ticket or a text
    !   hint: write id:1 for the ticket, or text:1 for the text
    [exit 2]
    ");
}

#[test]
fn a_piped_table_is_complete_whatever_the_width() {
    let mut env = Env::new();
    let title = "a title that is much longer than any terminal is wide ".repeat(4);
    env.does(&format!("desk open {title}"));
    let wide = env.says("COLUMNS=120 desk list").replace("120", "N");
    env.pass(-1);
    let narrow = env.says("COLUMNS=80 desk list").replace("80", "N");
    assert_eq!(narrow, wide);
    assert!(narrow.contains(title.trim()));
}

#[test]
fn tickets_without_a_priority_are_found() {
    let mut env = Env::new();
    env.does(
        "desk open rated -c email -k incident --category x/y -u low -b low -g low
         desk open unrated -c email
         desk open urgent -c email -k incident --category x/y -u high -b high -g high",
    );
    let mut ids = |filter: &str| {
        let out = env.run(&["list", "--sort", "id", "--ids", "--priority", filter]);
        out.ok()
            .stdout
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(ids("none"), ["2"]);
    assert_eq!(ids("NONE,p1"), ["2", "3"]);
    assert_eq!(ids("p1,p4"), ["1", "3"]);
}

#[test]
fn tickets_are_found_by_their_last_change() {
    let mut env = Env::new();
    env.does(
        "desk open old -c email
         desk open changed -c email
         180 minutes pass
         desk log 2 'seen again'
         desk open new -c email",
    );
    let mut ids = |args: &[&str]| {
        let all = [&["list", "--sort", "id", "--ids"], args].concat();
        env.run(&all)
            .ok()
            .stdout
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&["--updated-after", "2026-03-02T12:00Z"]), ["2", "3"]);
    assert_eq!(ids(&["--updated-before", "2026-03-02T12:00Z"]), ["1"]);
    let range = [
        "--updated-after",
        "2h ago",
        "--updated-before",
        "2026-03-02T12:03Z",
    ];
    assert_eq!(ids(&range), ["2"]);
}
