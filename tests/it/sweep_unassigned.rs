//! Tickets that nobody takes are escalated by `desk sweep`.

use insta::assert_snapshot;

use crate::env::Env;

const RULES: &str = r#"
[[escalations]]
unassigned_for = "30m"
to = "L2"
"#;

#[test]
fn a_ticket_that_nobody_takes_is_escalated_by_the_sweep() {
    let mut env = Env::new();
    std::fs::write(env.dir().join("policy.toml"), RULES).unwrap();
    env.does("desk policy set policy.toml");
    env.at("2026-03-02T09:00:00Z");
    env.does(
        r#"
        desk open "VPN drops" --channel phone
        desk open "Mail bounces" --channel phone
        desk take 2
        "#,
    );
    env.at("2026-03-02T10:00:00Z");
    assert_snapshot!(env.says(
        "desk sweep --dry-run
         desk sweep --json
         desk sweep
         desk show 1 --no-pager
         desk verify -q"
    ), @r#"
    $ desk sweep --dry-run
    2026-03-02 09:30  #1 escalated L1 -> L2, resolution due in 23h (Tue 09:00)  VPN drops

    $ desk sweep --json
    {"id":1,"at":"2026-03-02T09:30:00Z","act":"escalated","clock":null,"percent":null,"to_tier":"L2","assignee":null,"title":"VPN drops"}

    $ desk sweep

    $ desk show 1 --no-pager
    #1 VPN drops
      active since 09:30 · no priority
      not identified · no category · L2 · unassigned
      opened 09:00 by anna, came by phone

    Clocks
                  STATE   USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ met     0s               3h          12:00, stopped 09:00
      resolution  ✓ ok   1h 3m  22h 57m      1d          Tue 09:00

    Timeline
      09:00  anna  opened by phone
      09:30  desk  escalated L1 -> L2
             │ nobody has taken the ticket for 30m

    $ desk verify -q
    DIR/desk.db: ✓ sound, 10 events, 2 tickets
      head: 13:HASH
    "#);
}

#[test]
fn a_rule_that_comes_later_finds_tickets_that_wait_already() {
    let mut env = Env::new();
    env.does(r#"desk open "VPN drops" --channel phone"#);
    env.at("2026-03-02T11:00:00Z");
    std::fs::write(env.dir().join("policy.toml"), RULES).unwrap();
    assert_snapshot!(env.says(
        "desk sweep
         desk policy set policy.toml
         desk sweep
         desk verify -q"
    ), @"
    $ desk sweep

    $ desk policy set policy.toml
    policy version 2 is in force for targets set from now on
    ! open tickets keep their targets; to see what would change: desk policy apply --dry-run

    $ desk sweep
    2026-03-02 09:30  #1 escalated L1 -> L2, resolution due in 21h 58m (Tue 09:00)  VPN drops

    $ desk verify -q
    DIR/desk.db: ✓ sound, 5 events, 1 ticket
      head: 7:HASH
    ");
}
