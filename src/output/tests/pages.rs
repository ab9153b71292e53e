//! Ticket pages and handovers.

use insta::assert_snapshot;

use super::super::test_terminal::TestTerminal;
use super::super::*;
use crate::testing::sample_tickets::*;

#[test]
fn a_page_shows_the_whole_history() {
    let terminal = TestTerminal::new(OutputFormat::Table, Some(80), 310);
    assert_snapshot!(terminal.shows(&TicketPages(vec![whole_life().page()])), @"
    #42 VPN drops every ten minutes
      closed since 14:00, satisfaction 5 · P2 (users medium, business low, urgency
      high)
      incident, occurred · network/vpn · L2 · ben
      opened 09:00 by anna, came by email

    Clocks
                  STATE    USED  LEFT  TARGET  PAUSED  DUE
      response    ✓ met     20m            2h          11:00, stopped 09:20
      update      ✓ met  1h 10m            2h          13:00, stopped 12:10
      resolution  ✓ met  2h 30m            8h      1h  18:00, stopped 12:30

    Requester
      name        Mia Roth
      contact     mia@example.org
      language    de

    Known
      │ Since the update the VPN drops.
      │ Nothing helps.
      affected    vpn-2
      extent      the whole sales team
      On wifi?
        │ Yes, at home

    Tried
      hypothesis 1 by ben: ✓ confirmed
        │ The gateway is out of leases
        evidence:
        │ 0 of 512 leases free
      video call 1 at 12:00: held
        │ seen live

    Resolution
      solved by ben, 12:30
      │ Leases doubled.
      restored    confirmed by Mia Roth, 12:30

    Timeline
      09:00  anna  opened by email
      09:02  anna  identified as incident
      09:03  anna  categorized as network/vpn
      09:04  anna  prioritized P2 (impact medium, urgency high)
      09:05  anna  taken by anna
      09:10  anna  diagnosed; 1 answer; affected: vpn-2
             │ On wifi?: Yes, at home
             │ extent: the whole sales team
      09:20  anna  public -> requester by email
             │ We are looking into it.
      09:30  anna  escalated L1 -> L2
             │ needs the gateway logs
      09:40  ben   taken by ben
      09:50  ben   hypothesis 1 proposed
             │ The gateway is out of leases
      10:00  ben   public -> requester by email
             │ Which version do you use?
      10:00  ben   paused, waiting for requester until Tue 09:00
      11:00  ben   public <- requester by email
             │ It is 5.1
             │ # urgent
      11:00  desk  resumed
             │ the requester wrote
      11:10  ben   video call 1 arranged for 12:00
      12:10  ben   call 1 held
             │ seen live
      12:20  ben   hypothesis 1 confirmed
             │ 0 of 512 leases free
      12:30  ben   resolved (solved)
             │ Leases doubled.
      12:30  ben   restoration confirmed by Mia Roth
      12:30  ben   public -> requester by email
             │ It is fixed.
      14:00  anna  closed, satisfaction 5
             │ Thanks!
    ");
}

#[test]
fn a_page_of_a_fresh_ticket_is_short() {
    let life = Life::new(1, "Printer", crate::domain::vocabulary::Channel::Chat);
    let terminal = TestTerminal::new(OutputFormat::Table, Some(80), 10);
    assert_snapshot!(terminal.shows(&TicketPages(vec![life.page()])), @"
    #1 Printer
      new since 09:00 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna, came by chat

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok    10m   2h 50m      3h          12:00
      resolution  ✓ ok    10m  23h 50m      1d          Tue 09:00

    Requester
      name        Mia Roth
      contact     mia@example.org
      language    de

    Known
      │ Since the update the VPN drops.
      │ Nothing helps.

    Timeline
      09:00  anna  opened by chat
    ");
}

#[test]
fn on_a_narrow_screen_clocks_keep_what_is_left_and_when_they_are_due() {
    let life = Life::new(1, "Printer", crate::domain::vocabulary::Channel::Chat);
    let mut shown = String::new();
    for width in [58, 57, 49, 41, 20] {
        let terminal = TestTerminal::new(OutputFormat::Table, Some(width), 10);
        let page = terminal.shows(&TicketPages(vec![life.page()]));
        let lines = page.lines().skip_while(|line| *line != "Clocks").skip(1);
        let lines: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
        shown += &format!("{width}\n{}\n", lines.join("\n"));
    }
    assert_snapshot!(shown, @"
    58
                  STATE  USED     LEFT  TARGET  DUE
      response    ✓ ok    10m   2h 50m      3h  12:00
      resolution  ✓ ok    10m  23h 50m      1d  Tue 09:00
    57
                  STATE  USED     LEFT  TARGET  DUE
      response    ✓ ok    10m   2h 50m      3h  12:00
      resolution  ✓ ok    10m  23h 50m      1d  Tue 09:00
    49
                  STATE     LEFT  TARGET  DUE
      response    ✓ ok    2h 50m      3h  12:00
      resolution  ✓ ok   23h 50m      1d  Tue 09:00
    41
                  STATE     LEFT  DUE
      response    ✓ ok    2h 50m  12:00
      resolution  ✓ ok   23h 50m  Tue 09:00
    20
                  STATE     LEFT  DUE
      response    ✓ ok    2h 50m  12:00
      resolution  ✓ ok   23h 50m  Tue 09:00
    ");
}

#[test]
fn a_page_wraps_to_the_terminal() {
    let terminal = TestTerminal::new(OutputFormat::Table, Some(40), 310);
    let text = terminal.shows(&TicketPages(vec![whole_life().page()]));
    let long: Vec<&str> = text
        .lines()
        .filter(|line| untrusted::width(line) > 40)
        .collect();
    assert_snapshot!(long.join("\n"), @"
    response    ✓ met        11:00, stopped 09:20
    update      ✓ met        13:00, stopped 12:10
    resolution  ✓ met        18:00, stopped 12:30
    ");
}

#[test]
fn a_handover_is_markdown() {
    let terminal = TestTerminal::new(OutputFormat::Table, None, 310);
    assert_snapshot!(terminal.shows(&Handovers(TicketPages(vec![whole_life().page()]))), @r"
    # Ticket 42: VPN drops every ten minutes

    - **Status**: closed since 2026-03-02 14:00
    - **Priority**: P2 (users medium, business low, urgency high)
    - **Kind**: incident, occurred
    - **Category**: network/vpn
    - **Tier**: L2
    - **Assignee**: ben
    - **SLA**: ✓ met
    - **Opened**: 2026-03-02 09:00 by anna
    - **Requester**: Mia Roth, `mia@example.org`

    ## What is known

    - **Affected**: vpn-2
    - **Extent**: the whole sales team
    - **On wifi?**: Yes, at home

    > Since the update the VPN drops.\
    > Nothing helps.

    ## What was tried

    - **Hypothesis 1, confirmed**: The gateway is out of leases
      > 0 of 512 leases free
    - **video call 1**: held, 2026-03-02 12:00
      > seen live

    ## Resolution

    - **Code**: solved

    > Leases doubled.

    ## Timeline

    - **2026-03-02 09:00 anna**: opened by email
    - **2026-03-02 09:02 anna**: identified as incident
    - **2026-03-02 09:03 anna**: categorized as network/vpn
    - **2026-03-02 09:04 anna**: prioritized P2 (impact medium, urgency high)
    - **2026-03-02 09:05 anna**: taken by anna
    - **2026-03-02 09:10 anna**: diagnosed; 1 answer; affected: vpn-2
      > On wifi?: Yes, at home
      > extent: the whole sales team
    - **2026-03-02 09:20 anna**: public -> requester by email
      > We are looking into it.
    - **2026-03-02 09:30 anna**: escalated L1 -> L2
      > needs the gateway logs
    - **2026-03-02 09:40 ben**: taken by ben
    - **2026-03-02 09:50 ben**: hypothesis 1 proposed
      > The gateway is out of leases
    - **2026-03-02 10:00 ben**: public -> requester by email
      > Which version do you use?
    - **2026-03-02 10:00 ben**: paused, waiting for requester until 2026-03-03 09:00
    - **2026-03-02 11:00 ben**: public \<- requester by email
      > It is 5.1\
      > \# urgent
    - **2026-03-02 11:00 desk**: resumed
      > the requester wrote
    - **2026-03-02 11:10 ben**: video call 1 arranged for 2026-03-02 12:00
    - **2026-03-02 12:10 ben**: call 1 held
      > seen live
    - **2026-03-02 12:20 ben**: hypothesis 1 confirmed
      > 0 of 512 leases free
    - **2026-03-02 12:30 ben**: resolved (solved)
      > Leases doubled.
    - **2026-03-02 12:30 ben**: restoration confirmed by Mia Roth
    - **2026-03-02 12:30 ben**: public -> requester by email
      > It is fixed.
    - **2026-03-02 14:00 anna**: closed, satisfaction 5
      > Thanks!
    ");
}

#[test]
fn hypotheses_can_be_listed_alone() {
    let page = whole_life().page();
    let terminal = TestTerminal::new(OutputFormat::Table, None, 310);
    assert_snapshot!(terminal.shows(&Hypotheses(page)), @"
    hypothesis 1 by ben: ✓ confirmed
      │ The gateway is out of leases
      evidence:
      │ 0 of 512 leases free
    ");
}

#[test]
fn every_fact_has_its_text() {
    let terminal = TestTerminal::new(OutputFormat::Table, Some(60), 320);
    let life = every_fact();
    assert_snapshot!(terminal.shows(&TicketPages(vec![life.page()])), @r#"
    #42 VPN down
      closed since 14:34, merged into #99 · P2 (users medium,
      business low, urgency high)
      incident, occurred · network/vpn · L2 · unassigned
      opened 09:00 by anna, came by phone, 1 reopening
      tags: vpn

    Clocks
                  STATE        LEFT  DUE
      response    ✓ met              11:00, stopped 09:00
      update      ✗ missed           10:20, stopped 14:17
      resolution  - cancelled        stopped 14:34

    Requester
      name        Mia Roth
      contact     +49 30 1234

    Participants
      of #12      Tom Abel <tom@example.org>

    Known
      │ Since the update.
      symptom     no link
      affected    vpn-2
      affected    vpn-1
      began       04:00
      extent      the whole sales team
      On wifi?
        │ Yes, at home

    Fields
      cost        12.5 (not in the policy any more)

    Checklist: 1 of 2 done
      [ ]  1 call Mia
      [x]  2 wipe the disk

    Tried
      hypothesis 1 by ben: ✓ confirmed
        │ The gateway is out of leases
        evidence:
        │ 0 of 512 leases free
      hypothesis 2 by anna: ✗ refuted
        │ the cable
        evidence:
        │ swapped it
      video call 1 at 12:00: held
        │ seen live
      phone call 2 at 15:40: cancelled
        │ no need

    Links
      merged      #12

    Timeline
      09:00  anna  opened by email
      09:02  anna  identified as incident
      09:03  anna  categorized as network/vpn
      09:04  anna  prioritized P2 (impact medium, urgency high)
      09:05  anna  taken by anna
      09:10  anna  diagnosed; 1 answer; affected: vpn-2
             │ On wifi?: Yes, at home
             │ extent: the whole sales team
      09:20  anna  public -> requester by email
             │ We are looking into it.
      09:30  anna  escalated L1 -> L2
             │ needs the gateway logs
      09:40  ben   taken by ben
      09:50  ben   hypothesis 1 proposed
             │ The gateway is out of leases
      10:00  ben   public -> requester by email
             │ Which version do you use?
      10:00  ben   paused, waiting for requester until Tue 09:00
      11:00  ben   public <- requester by email
             │ It is 5.1
             │ # urgent
      11:00  desk  resumed
             │ the requester wrote
      11:10  ben   video call 1 arranged for 12:00
      12:10  ben   call 1 held
             │ seen live
      12:20  ben   hypothesis 1 confirmed
             │ 0 of 512 leases free
      12:30  ben   resolved (solved)
             │ Leases doubled.
      12:30  ben   restoration confirmed by Mia Roth
      12:30  ben   public -> requester by email
             │ It is fixed.
      14:00  anna  closed, satisfaction 5
             │ Thanks!
      14:01  anna  reopened
             │ it is back
      14:02  anna  logged; symptoms: no link, red light;
                   affected: vpn-1; began 04:00
             │ rebooted
      14:03  anna  corrected title and contact
      14:04  anna  unassigned
             │ on leave
      14:05  anna  manager Kim informed
             │ third time
      14:06  anna  hypothesis 2 proposed
             │ the cable
      14:07  anna  hypothesis 2 refuted
             │ swapped it
      14:08  anna  phone call 2 arranged for 15:40
      14:09  anna  call 2 cancelled
             │ no need
      14:10  anna  linked to #7 (parent)
      14:11  anna  linked to #9 (related)
      14:12  anna  unlinked from #9 (related)
      14:13  anna  merged #11 into this
      14:14  anna  merged #12 into this
      14:15  anna  added Kim Lund <kim@example.org> to the
                   conversation
      14:16  anna  public <- Kim Lund <kim@example.org> by
                   email, thanks
             │ The same for us.
      14:17  anna  public -> requester and those of #12 by email
             │ Still at it.
      14:18  anna  removed Kim Lund <kim@example.org> from the
                   conversation
      14:19  anna  the requester was answered on #99, 08:50
      14:20  anna  separated #11 from this
      14:21  anna  2 acts of the desk proved unfounded
      14:22  anna  took back the last step
      14:23  anna  void: a mistake
             │ opened twice by a slip
      14:24  anna  reopened
             │ no slip after all
      14:25  anna  title "VPN drops" -> "VPN down", language
                   "en" removed, description corrected, channel
                   email -> phone, symptom "red light" removed
             │ was: Since Monday.
             │ now: Since the update.
      14:26  anna  gate requester-told passed by force
             │ told in person
      14:27  anna  resolution has used 75 % of its time
      14:28  anna  imported from servicenow as INC0000045:
                   location Kiel, vendor -
      14:29  anna  first response at 08:40
      14:30  anna  tags +vpn
      14:31  anna  cost=12.5, color removed
      14:32  anna  2 items added to the checklist
             │ call Mia
             │ wipe the disk
      14:33  anna  item 2 done
      14:34  anna  merged into #99
    "#);
    let mut done = life.opening();
    done.events.drain(..27);
    assert_snapshot!(terminal.shows(&TicketUpdates::new(vec![done])), @r#"#42 reopened, logged, corrected title and contact, unassigned, manager Kim informed, hypothesis 2 proposed, hypothesis 2 refuted, phone call 2 arranged for 15:40, call 2 cancelled, linked to #7 (parent), linked to #9 (related), unlinked from #9 (related), merged #11 into this, merged #12 into this, added Kim Lund <kim@example.org> to the conversation, message by email recorded, removed Kim Lund <kim@example.org> from the conversation, the requester was answered on #99, 08:50, separated #11 from this, undone, void: a mistake, reopened, title "VPN drops" -> "VPN down", language "en" removed, description corrected, channel email -> phone, symptom "red light" removed, resolution has used 75 % of its time, imported from servicenow as INC0000045: location Kiel, vendor -, first response at 08:40, tags +vpn, cost=12.5, color removed, 2 items added to the checklist, item 2 done, merged into #99, reply recorded, not sent (no mail transport configured), 2 acts of the desk proved unfounded, gate requester-told passed by force"#);
}

#[test]
fn no_hypotheses_are_a_note_on_stderr() {
    let page = Life::new(1, "x", crate::domain::vocabulary::Channel::Chat).page();
    let terminal = TestTerminal::new(OutputFormat::Table, None, 310);
    assert_snapshot!(terminal.shows(&Hypotheses(page)), @"
    --- stderr
    #1 has no hypotheses yet
    ");
}
