//! What must not slip away: breaches behind a pause, wake times that pass,
//! words that come after the end, reasons and agents that nobody asks for.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_pause_hides_no_breach() {
    let mut env = Env::new();
    env.does("desk open late -c phone -k incident -u high -b low -g high");
    env.at("2026-03-02T14:00:00Z");
    env.does("desk pause 1 vendor");
    env.at("2026-03-02T15:00:00Z");
    assert_snapshot!(env.says(
        "
        desk list
        desk overdue --exit-code
        "
    ), @"
    $ desk list
    ID  PRIO  STATUS  SLA           TIER  ASSIGNEE  CATEGORY  REQUESTER  TITLE
     1  P1    paused  ✗ overdue 1h  L3    -                              late

    $ desk overdue --exit-code
    ID  PRIO  STATUS  SLA           TIER  ASSIGNEE  CATEGORY  REQUESTER  TITLE
     1  P1    paused  ✗ overdue 1h  L3    -                              late
    [exit 10]
    ");
}

#[test]
fn a_wake_time_that_has_passed_is_shown() {
    let mut env = Env::new();
    env.does("desk open VPN -c phone");
    env.does("desk pause 1 vendor --until 11:00");
    env.at("2026-03-02T11:00:00Z");
    assert_snapshot!(env.says("desk list"), @"
    $ desk list
    ID  PRIO  STATUS     SLA               TIER  ASSIGNEE  CATEGORY  REQUESTER  TITLE
     1  -     to resume  ‖ paused 23h 59m  L1    -                              VPN
    ");
}

#[test]
fn what_is_said_after_the_resolution_names_the_way_back() {
    let mut env = Env::new();
    env.does("desk open VPN -c phone -k incident --category a -u low -b low -g low");
    env.does("desk resolve 1 done");
    assert_snapshot!(env.says(r#"desk reply 1 --from-requester "still broken""#), @r#"
    $ desk reply 1 --from-requester "still broken"
    #1 message by phone recorded; it is resolved: if it is not, desk reopen 1 REASON
    "#);
}

#[test]
fn what_became_urgent_while_resolved_goes_up_when_it_is_reopened() {
    let mut env = Env::new();
    env.does("desk open VPN -c phone -k incident --category a -u low -b low -g low");
    env.does("desk resolve 1 done");
    assert_snapshot!(env.says(
        "
        desk prioritize 1 -u high -g high
        desk reopen 1 it is down again
        "
    ), @"
    $ desk prioritize 1 -u high -g high
    #1 P4 -> P1 (impact high, urgency high)

    $ desk reopen 1 it is down again
    #1 reopened, escalated L1 -> L3, update due in 59m (10:02), resolution due in 3h 59m (13:02)
    ");
}

#[test]
fn a_reason_is_kept_when_only_the_agent_changes() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk escalate 1 L1 "carl knows the vendor" --to carl
        desk show 1
        "#
    ), @r#"
    $ desk escalate 1 L1 "carl knows the vendor" --to carl
    #1 logged, assigned to carl

    $ desk show 1
    #1 VPN
      active since 09:01 · no priority
      not identified · no category · L1 · carl
      opened 09:00 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     2m   2h 58m      3h          12:00
      resolution  ✓ ok     2m  23h 58m      1d          Tue 09:00

    Timeline
      09:00  anna  opened
      09:01  anna  logged
             │ carl knows the vendor
      09:01  anna  assigned to carl
    "#);
}

#[test]
fn after_two_dashes_all_is_text() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        "
        desk log 1 -- 500 errors an hour
        desk show 1
        "
    ), @"
    $ desk log 1 -- 500 errors an hour
    #1 logged

    $ desk show 1
    #1 VPN
      new since 09:00 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     2m   2h 58m      3h          12:00
      resolution  ✓ ok     2m  23h 58m      1d          Tue 09:00

    Timeline
      09:00  anna  opened
      09:01  anna  logged
             │ 500 errors an hour
    ");
}

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

#[test]
fn withdrawing_cancels_every_clock_that_runs() {
    let mut env = Env::new();
    env.does("desk open VPN -c phone -k incident --category a -u low -b low -g low");
    env.does("desk reply 1 --from-requester hello");
    env.does("desk resolve 1 -c withdrawn never mind");
    let shown = env.json(&["show", "1"]);
    let state = |clock: &str| shown["clocks"][clock]["state"].clone();
    assert_eq!(
        ["response", "update", "resolution"].map(state),
        ["met", "cancelled", "cancelled"]
    );
}
