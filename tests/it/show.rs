//! Everything about a ticket: `desk show`.

use insta::assert_snapshot;

use crate::env::Env;
use crate::list::four_tickets;

#[test]
fn a_ticket_is_shown_in_full_and_handed_over_in_markdown() {
    assert_snapshot!(four_tickets().says(
        "
        desk show 2 --brief
        desk show 3
        desk show 9
        desk show 3 9 --columns id
        desk show 3 --format csv
        desk show
        desk show x
        "
    ), @"
    $ desk show 2 --brief
    # Ticket 2: Server room is hot

    - **Status**: new since 2026-03-02 04:30
    - **Priority**: P3 (users high, business high, urgency low)
    - **Kind**: incident, occurred
    - **Category**: facility/cooling
    - **Tier**: L1
    - **Assignee**: nobody
    - **SLA**: ✓ 19h19m
    - **Due**: 2026-03-03 04:30
    - **Opened**: 2026-03-02 04:30 by anna

    ## Timeline

    - **2026-03-02 04:30 anna**: opened by phone
    - **2026-03-02 04:30 anna**: identified as incident
    - **2026-03-02 04:30 anna**: categorized as facility/cooling
    - **2026-03-02 04:30 anna**: prioritized P3 (impact high, urgency low)

    $ desk show 3
    #3 Mail bounces
      active since 07:30 · no priority
      not identified · no category · L1 · ben
      opened 07:30 by anna, came by email

    Clocks
                  STATE    USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok   1h 42m   1h 18m      3h          10:30
      resolution  ✓ ok   1h 42m  22h 18m      1d          Tue 07:30

    Requester
      name        Tom Abel
      contact     tom@example.org

    Timeline
      07:30  anna  opened by email
      07:30  anna  assigned to ben

    $ desk show 9
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk show 3 9 --columns id
    ! desk: unexpected argument '--columns'
    !   hint: usage: desk show <ID>...
    [exit 2]

    $ desk show 3 --format csv
    id,title,status,since,waiting_for,wake_at,kind,onset,channel,requester,contact,category,users,business,impact,urgency,priority,tier,assignee,opened_at,updated_at,resolved_at,closed_at,code,satisfaction,reopenings,escalations,merged_into,key,response_state,response_shows,response_target_s,response_due,response_used_s,response_left_s,response_stopped_at,response_paused_s,response_reclassified,update_state,update_shows,update_target_s,update_due,update_used_s,update_left_s,update_stopped_at,update_paused_s,update_reclassified,resolution_state,resolution_shows,resolution_target_s,resolution_due,resolution_used_s,resolution_left_s,resolution_stopped_at,resolution_paused_s,resolution_reclassified,next_due,sla,source,number,known_error,assignee_name,tags,fields,checklist,unanswered_since,spent_s,promised
    3,Mail bounces,active,2026-03-02T07:30:00Z,,,,occurred,email,Tom Abel,tom@example.org,,,,,,,L1,ben,2026-03-02T07:30:00Z,2026-03-02T07:30:00Z,,,,,0,0,,,running,ok,10800,2026-03-02T10:30:00Z,6300,4500,,0,false,none,none,,,,,,,,running,ok,86400,2026-03-03T07:30:00Z,6300,80100,,0,false,2026-03-02T10:30:00Z,ok,,,false,,,,,2026-03-02T07:30:00Z,0,

    $ desk show
    ! desk: missing <ID>...
    !   hint: usage: desk show <ID>...
    [exit 2]

    $ desk show x
    ! desk: 'x' is not a ticket number
    !   hint: use 42, 42,43, 40-45, or - for stdin
    [exit 2]
    ");
}

#[test]
fn what_a_message_quotes_is_folded_unless_new_text_follows() {
    let mut env = Env::new();
    env.ready();
    let reply = |env: &mut Env, text: &str| {
        let args = ["reply", "1", "--from-requester", "-m", text];
        assert_eq!(env.run(&args).code, Some(0));
    };
    reply(
        &mut env,
        "It works now.\n\nAm 05.01.2026 um 10:00 schrieb Desk:\n> Please try again.\n>\n> Anna\n",
    );
    reply(&mut env, "> Since when?\nSince monday.\n");
    reply(&mut env, "Thanks.\n-- \nMia Sand\nSales\n");
    let page = env.run(&["show", "1"]).ok().stdout;
    let quoted = |page: &str| -> Vec<String> {
        let lines = page.lines().map(str::trim);
        let lines = lines.filter(|line| line.starts_with('│') || line.starts_with('…'));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(
        quoted(&page),
        [
            "│ It works now.",
            "… 4 quoted lines, --full",
            "│ > Since when?",
            "│ Since monday.",
            "│ Thanks.",
            "… 3 signature lines, --full",
        ]
    );
    let page = env.run(&["show", "1", "--full"]).ok().stdout;
    assert!(
        page.contains("│ > Please try again.") && !page.contains('…'),
        "{page}"
    );
    let json = env.json(&["show", "1"]);
    let text = json["messages"][0]["text"].as_str().unwrap();
    assert!(
        text.ends_with("> Anna\n") || text.ends_with("> Anna"),
        "{text}"
    );
}
