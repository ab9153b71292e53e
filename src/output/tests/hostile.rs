//! Hostile text, in every stream.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::super::test_terminal::TestTerminal;
use super::super::*;
use super::lists::listing;
use crate::domain::decide::{Command, NewTicket};
use crate::domain::event::{Event, Fact};
use crate::domain::summary::Summary;
use crate::domain::vocabulary::Channel;
use crate::testing::cases;
use crate::testing::sample_tickets::*;

const TITLES: [&str; 8] = [
    "\u{1b}[2J\u{1b}]0;owned\u{7} cleared",
    "\u{202e}gnp.exe\u{202c} reversed",
    "two\nlines\r and a tab\t.",
    "日本語のとても長いタイトルはどこかで切られなければならない",
    "👩‍👩‍👧 family 🇩🇪 flag 👍🏽 thumb ❤️ heart e\u{301} accent",
    "=cmd|' /C calc'!A0",
    "# heading <script>alert(1)</script> [link](http://x)",
    "zero\u{200b}width\u{feff} tag\u{e0041} c1\u{9b}31m del\u{7f}",
];

pub(super) fn rows() -> Vec<Summary> {
    let row = |(i, title): (usize, &&str)| {
        let mut row = Life::new(1, "x", Channel::Chat).row();
        row.id.0 = i64::try_from(i).unwrap() + 1;
        row.title = (*title).to_owned();
        row
    };
    TITLES.iter().enumerate().map(row).collect()
}

#[test]
fn titles_cannot_move_hide_or_reorder_anything() {
    let printed = |format, width| {
        let columns = Some(vec![Column::Id, Column::Title, Column::Tier]);
        let list = TicketList {
            columns,
            added: Vec::new(),
            ..listing(rows())
        };
        TestTerminal::new(format, width, 10).shows(&list)
    };
    assert_snapshot!(printed(OutputFormat::Table, Some(40)), @r"
    ID  TITLE                           TIER
     1  \u{1b}[2J\u{1b}]0;owned\u{7} …  L1
     2  \u{202e}gnp.exe\u{202c} rever…  L1
     3  two⏎lines\u{d} and a tab .      L1
     4  日本語のとても長いタイトルは…   L1
     5  👩‍👩‍👧 family 🇩🇪 flag 👍🏽 thumb ❤️…  L1
     6  =cmd|' /C calc'!A0              L1
     7  # heading <script>alert(1)</s…  L1
     8  zero\u{200b}width\u{feff} tag…  L1
    ");
    assert_snapshot!(printed(OutputFormat::Table, None), @r"
    ID  TITLE                                                         TIER
     1  \u{1b}[2J\u{1b}]0;owned\u{7} cleared                          L1
     2  \u{202e}gnp.exe\u{202c} reversed                              L1
     3  two⏎lines\u{d} and a tab .                                    L1
     4  日本語のとても長いタイトルはどこかで切られなければならない    L1
     5  👩‍👩‍👧 family 🇩🇪 flag 👍🏽 thumb ❤️ heart é accent                  L1
     6  =cmd|' /C calc'!A0                                            L1
     7  # heading <script>alert(1)</script> [link](http://x)          L1
     8  zero\u{200b}width\u{feff} tag\u{e0041} c1\u{9b}31m del\u{7f}  L1
    ");
    assert_snapshot!(printed(OutputFormat::Jsonl, Some(80)), @r##"
    {"id":1,"title":"\u001b[2J\u001b]0;owned\u0007 cleared","tier":"L1"}
    {"id":2,"title":"\u202egnp.exe\u202c reversed","tier":"L1"}
    {"id":3,"title":"two\nlines\r and a tab\t.","tier":"L1"}
    {"id":4,"title":"日本語のとても長いタイトルはどこかで切られなければならない","tier":"L1"}
    {"id":5,"title":"👩\u200d👩\u200d👧 family 🇩🇪 flag 👍🏽 thumb ❤\ufe0f heart é accent","tier":"L1"}
    {"id":6,"title":"=cmd|' /C calc'!A0","tier":"L1"}
    {"id":7,"title":"# heading <script>alert(1)</script> [link](http://x)","tier":"L1"}
    {"id":8,"title":"zero\u200bwidth\ufeff tag\udb40\udc41 c1\u009b31m del\u007f","tier":"L1"}
    "##);
    assert_snapshot!(printed(OutputFormat::Csv, None), @r#"
    id,title,tier
    1,\u{1b}[2J\u{1b}]0;owned\u{7} cleared,L1
    2,\u{202e}gnp.exe\u{202c} reversed,L1
    3,"two
    lines\u{d} and a tab	.",L1
    4,日本語のとても長いタイトルはどこかで切られなければならない,L1
    5,👩‍👩‍👧 family 🇩🇪 flag 👍🏽 thumb ❤️ heart é accent,L1
    6,'=cmd|' /C calc'!A0,L1
    7,# heading <script>alert(1)</script> [link](http://x),L1
    8,zero\u{200b}width\u{feff} tag\u{e0041} c1\u{9b}31m del\u{7f},L1
    "#);
}

#[test]
fn a_title_of_a_megabyte_stays_on_one_line() {
    let mut rows = rows();
    rows[1].title = "\u{1b}x".repeat(1 << 19);
    let printed = |width| {
        let columns = Some(vec![Column::Title, Column::Id]);
        let list = TicketList {
            columns,
            added: Vec::new(),
            ..listing(rows.clone())
        };
        TestTerminal::new(OutputFormat::Table, width, 10).shows(&list)
    };
    assert!(
        printed(Some(80))
            .lines()
            .all(|line| untrusted::width(line) <= 80)
    );
    assert_eq!(printed(None).lines().count(), 9);
}

#[test]
fn a_text_cannot_fake_a_line_of_the_page_or_the_handover() {
    let description = "\nResolution\n  solved by root, 12:00\n│ bar\r\n## Timeline\n<b>bold</b>\n- item\n---\n1. one\n    code\n`tick`";
    let fake = "x\u{2028}Resolution".to_owned();
    let new = NewTicket {
        title: fake,
        description: Some(description.to_owned()),
        ..first_word()
    };
    let mut life = Life::of(1, new);
    let text = "ok\n  09:00  root  closed\n\u{1b}[1A".to_owned();
    life.does(
        1,
        "anna",
        Command::RecordMessage {
            text,
            via: None,
            thanks: false,
            sender: None,
            written_to: None,
        },
    );
    let printed =
        |output: &dyn Output| TestTerminal::new(OutputFormat::Table, Some(80), 10).shows(output);
    assert_snapshot!(printed(&TicketPages(vec![life.page()])), @r"
    #1 x\u{2028}Resolution
      new since 09:00 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna, came by email

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok    10m   2h 50m      3h          12:00
      resolution  ✓ ok    10m  23h 50m      1d          Tue 09:00

    Requester
      name        Mia Roth
      contact     mia@example.org
      language    de

    Known
      │
      │ Resolution
      │   solved by root, 12:00
      │ │ bar
      │ ## Timeline
      │ <b>bold</b>
      │ - item
      │ ---
      │ 1. one
      │     code
      │ `tick`

    Timeline
      09:00  anna  opened by email
      09:01  anna  public <- requester by email
             │ ok
             │   09:00  root  closed
             │ \u{1b}[1A
    ");
    assert_snapshot!(printed(&Handovers(TicketPages(vec![life.page()]))), @r"
    # Ticket 1: x\\u{2028}Resolution

    - **Status**: new since 2026-03-02 09:00
    - **Priority**: none
    - **Kind**: not identified, occurred
    - **Category**: none
    - **Tier**: L1
    - **Assignee**: nobody
    - **SLA**: ✓ 2h50m
    - **Due**: 2026-03-02 12:00
    - **Opened**: 2026-03-02 09:00 by anna
    - **Requester**: Mia Roth, `mia@example.org`

    ## What is known

    > \
    > Resolution\
    > solved by root, 12:00\
    > │ bar\
    > \## Timeline\
    > \<b>bold\</b>\
    > \- item\
    > \---\
    > 1\. one\
    > code\
    > \`tick\`

    ## Timeline

    - **2026-03-02 09:00 anna**: opened by email
    - **2026-03-02 09:01 anna**: public \<- requester by email
      > ok\
      > 09:00  root  closed\
      > \\u{1b}\[1A
    ");
}

#[test]
fn a_handover_mentions_and_links_nothing() {
    use pulldown_cmark::{Event as Part, Options, Parser, Tag};
    let text = "ask @anna about #7\n<!-- x --> ![i](x.png) [l](x) https://x.org\nGH-1";
    let line = text.replace('\n', " ");
    let new = NewTicket {
        title: line.clone(),
        description: Some(text.to_owned()),
        ..first_word()
    };
    let mut life = Life::of(1, new);
    let text = text.to_owned();
    life.does(
        1,
        "anna",
        Command::RecordMessage {
            text,
            via: None,
            thanks: false,
            sender: None,
            written_to: None,
        },
    );
    let terminal = TestTerminal::new(OutputFormat::Table, Some(80), 10);
    let page = terminal.shows(&Handovers(TicketPages(vec![life.page()])));
    let acts = |part: &Part<'_>| {
        let names = ["@anna", "#7", "://", "GH-1"];
        let acts = matches!(
            part,
            Part::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock)
                | Part::Html(_)
                | Part::InlineHtml(_)
                | Part::FootnoteReference(_)
        );
        let is_named = |part: &Part<'_>| matches!(part, Part::Text(text) if names.iter().any(|name| text.contains(name)));
        acts || is_named(part)
    };
    let acting = |page: &str| Parser::new_ext(page, Options::all()).filter(acts).count();
    assert_eq!(acting(&page), 0, "{page}");
    assert!(page.matches("`@anna`").count() >= 3, "{page}");
    assert_eq!(acting(&line), 5, "{line}");
}

#[test]
fn names_in_old_histories_are_not_trusted_either() {
    let mut life = Life::new(1, "x", Channel::Chat);
    let agent = crate::domain::people::Agent::from_stored("a\u{1b}[31m\nb");
    life.does(1, "anna", Command::Assign { agent });
    life.history.last_mut().unwrap().actor =
        crate::domain::people::Actor::from_stored("e\u{202e}vil");
    let tier = crate::domain::people::Tier::from_stored("L\u{7}2");
    let event = life.history.last().unwrap().clone();
    let n = event.n + 1;
    let fact = Fact::Escalated {
        to: tier,
        up: true,
        reason: "r".into(),
    };
    life.history.push(Event { n, fact, ..event });
    for width in [Some(80), None] {
        let terminal = TestTerminal::new(OutputFormat::Table, width, 10);
        let printed = terminal.shows(&TicketPages(vec![life.page()]))
            + &terminal.shows(&Handovers(TicketPages(vec![life.page()])))
            + &terminal.shows(&listing(vec![life.row()]))
            + &terminal.shows(&TicketUpdates::new(vec![life.opening()]));
        assert!(
            printed
                .chars()
                .all(|c| c == '\n' || !untrusted::is_hidden(c)),
            "{printed:?}"
        );
    }
}

/// The parts of a page or a handover that are not quoted.
fn frame(description: &str, text: &str, width: Option<usize>) -> Vec<String> {
    let description = Some(description.to_owned());
    let mut life = Life::of(
        1,
        NewTicket {
            description,
            ..first_word()
        },
    );
    let text = text.to_owned();
    life.does(
        1,
        "anna",
        Command::RecordMessage {
            text,
            via: None,
            thanks: false,
            sender: None,
            written_to: None,
        },
    );
    let terminal = TestTerminal::new(OutputFormat::Table, width, 10);
    let printed = terminal.shows(&TicketPages(vec![life.page()]))
        + &terminal.shows(&Handovers(TicketPages(vec![life.page()])));
    let quoted = |line: &str| {
        let line = line.trim_start();
        // The desk's own note says how much of a text it folds.
        line.starts_with('│') || line.starts_with('>') || line.starts_with('…')
    };
    let lines = printed.lines().filter(|line| !quoted(line));
    lines.map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(cases(64))]
    #[test]
    fn no_text_changes_the_frame_around_it(
        description in any::<String>(),
        text in "[ \\t\\r\\n#>a-z0-9.\u{1b}\u{2028}│-]{0,60}",
        width in prop::option::of(20_usize..100),
    ) {
        prop_assert_eq!(frame(&description, &text, width), frame("x", "y", width));
    }
}
