//! Several tickets in one command, by number, range and stdin.

use insta::assert_snapshot;

use crate::env::Env;

pub(crate) fn three_tickets() -> Env {
    let mut env = Env::new();
    env.ready().does("desk open two").does("desk open three");
    env
}

#[test]
fn each_ticket_is_handled_alone_and_the_worst_exit_code_wins() {
    let mut env = three_tickets();
    env.does("desk --as ben take 2");
    assert_snapshot!(env.says(
        r#"
        desk take 1 2 3
        desk resolve 1 2 "done"
        desk resolve 2 9 "done"
        desk show 3 9 --format ids
        desk log 2,3 1-2 "each once"
        desk log 9 8 "nowhere"
        "#
    ), @r#"
    $ desk take 1 2 3
    #1 unchanged
    #3 taken by anna
    ! desk: #2 is already taken by ben
    !   hint: take it over with: desk assign 2 AGENT
    [exit 4]

    $ desk resolve 1 2 "done"
    #1 resolved (solved) after 9m of 8h: met
    ! desk: #2 is not ready: not identified as incident or request, no category, no priority
    !   hint: desk identify 2 incident; or override it with --force --reason TEXT
    [exit 1]

    $ desk resolve 2 9 "done"
    ! desk: #2 is not ready: not identified as incident or request, no category, no priority
    !   hint: desk identify 2 incident; or override it with --force --reason TEXT
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk show 3 9 --format ids
    3
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk log 2,3 1-2 "each once"
    #2 logged
    #3 logged
    #1 logged

    $ desk log 9 8 "nowhere"
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    ! desk: there is no ticket #8
    !   hint: list the tickets with: desk list --all
    [exit 3]
    "#);
}

#[test]
fn failures_among_several_tickets_are_reported_as_json_too() {
    let mut env = three_tickets();
    assert_snapshot!(env.says("desk log 2 9 hello --json"), @r#"
    $ desk log 2 9 hello --json
    [
    {"id":2,"named":null,"changed":true,"opened":false,"did":["logged"],"ticket":{"id":2,"title":"two","status":"new","since":"2026-03-02T09:05:00Z","waiting_for":null,"wake_at":null,"kind":null,"onset":"occurred","channel":"other","requester":{"name":null,"contact":null,"language":null},"category":null,"users":null,"business":null,"impact":null,"urgency":null,"priority":null,"tier":"L1","assignee":null,"opened_at":"2026-03-02T09:05:00Z","updated_at":"2026-03-02T09:07:00Z","resolved_at":null,"closed_at":null,"code":null,"satisfaction":null,"reopenings":0,"escalations":0,"merged_into":null,"key":null,"clocks":{"response":{"state":"running","shows":"ok","target_s":10800,"cadence_s":null,"calendar":"24x7","policy_version":1,"started_at":"2026-03-02T09:05:00Z","due":"2026-03-02T12:05:00Z","used_s":120,"left_s":10680,"stopped_at":null,"paused_s":0,"reclassified":false},"update":{"state":"none","shows":"none","target_s":null,"cadence_s":null,"calendar":null,"policy_version":null,"started_at":null,"due":null,"used_s":null,"left_s":null,"stopped_at":null,"paused_s":null,"reclassified":null},"resolution":{"state":"running","shows":"ok","target_s":86400,"cadence_s":null,"calendar":"24x7","policy_version":1,"started_at":"2026-03-02T09:05:00Z","due":"2026-03-03T09:05:00Z","used_s":120,"left_s":86280,"stopped_at":null,"paused_s":0,"reclassified":false}},"next_due":"2026-03-02T12:05:00Z","sla":"ok","source":null,"number":null,"known_error":false}}
    ]
    ! {"error":{"id":9,"code":"not_found","message":"there is no ticket #9","hint":"list the tickets with: desk list --all","exit_code":3}}
    [exit 3]
    "#);
}

#[test]
fn tickets_are_read_from_stdin_as_a_list_writes_them() {
    let mut env = three_tickets();
    let ids = env.run(&["list", "--unassigned", "--ids"]).ok().stdout;
    assert_snapshot!(ids, @"
    2
    3
    ");
    let taken = env.run_with(&["take", "-"], &ids);
    assert_snapshot!(taken, @"
    #2 taken by anna
    #3 taken by anna
    [exit 0]
    ");
    let logged = env.run_with(&["log", "-", "in one go"], "#1\n2-3\n");
    assert_snapshot!(logged, @"
    #1 logged
    #2 logged
    #3 logged
    [exit 0]
    ");
    let wrong = env.run_with(&["take", "-"], "1\ntwo\n");
    assert_snapshot!(wrong, @"
    ------- stderr -------
    desk: 'two' on stdin is not a ticket number
      hint: give one number per line, as desk list --format ids prints them
    [exit 2]
    ");
    let one = env.run_with(&["take", "-", "--format", "json"], "1\n").ok();
    assert_eq!(one.stdout.lines().next(), Some("["));
    let many = "1 ".repeat(2_200_000) + "23";
    assert_snapshot!(env.run_with(&["take", "-"], &many), @"
    ------- stderr -------
    desk: stdin has more than 4195328 bytes; nothing was changed
      hint: split it into smaller parts
    [exit 2]
    ");
    let nothing = env.run_with(&["take", "-"], "");
    assert_snapshot!(nothing, @"[exit 0]");
    let piped = env.shell("desk list --mine --ids | desk unassign - 'end of the shift'");
    assert_snapshot!(piped, @"
    #2 unassigned
    #3 unassigned
    #1 unassigned
    [exit 0]
    ");
}
