//! Search results: rows, snippets, hostile text.

use insta::assert_snapshot;

use super::super::test_terminal::TestTerminal;
use super::super::*;
use crate::domain::event::TicketId;
use crate::domain::search::document::Field;
use crate::domain::search::evaluation::{Evaluation, Metrics};
use crate::domain::search::matcher::Matcher;
use crate::domain::search::query::SearchQuery;
use crate::domain::search::similar::{CategorySuggestion, SimilarTicket, SimilarTickets};
use crate::domain::search::snippet::Snippet;
use crate::domain::search::{SearchResult, SearchResults};
use crate::domain::vocabulary::Channel;
use crate::testing::sample_tickets::*;

pub(crate) const LONG: &str =
    "VPN\u{1b}[31m drops every ten\u{202e} minutes for everybody in sales and in marketing";

/// A ticket with hidden control characters, and a resolved one.
fn lives() -> (Life, Life) {
    (Life::new(7, LONG, Channel::Email), whole_life())
}

pub(crate) fn found() -> SearchResults {
    let (hostile, solved) = lives();
    let parsed = SearchQuery::parse("vpn drops \"no cable\"");
    let matcher = Matcher::new(&parsed);
    let of = |life: &Life, closeness| {
        SearchResult::new(life.row(), closeness, &life.history, &parsed, &matcher)
    };
    let mut rows = vec![of(&hostile, 0.823_45), of(&solved, 0.5)];
    rows[0].snippet = Some(Snippet {
        field: Field::Messages,
        text: "the VPN\r\n drops\u{1b}]0;x\u{7}\nevery \u{200b}day".to_owned(),
        highlights: vec![4..7, 10..15],
        truncated: (true, true),
    });
    SearchResults {
        query: parsed,
        full_matches: 3,
        corrections: Vec::new(),
        results: rows,
    }
}

pub(crate) fn similar() -> SimilarTickets {
    let (hostile, solved) = lives();
    let mut known = SimilarTicket::new(solved.row(), 0.9);
    let resolution = solved.ticket().resolution().cloned().unwrap();
    known.resolution = Some(crate::domain::search::similar::PastResolution {
        text: format!("first\nsecond {LONG}"),
        code: resolution.code,
        by: resolution.by.clone(),
        at: resolution.at,
    });
    known.known_error = Some(crate::domain::ticket::KnownError {
        workaround: format!("restart\u{9b} it\n{LONG}"),
        cause: Some("\u{1b}[2Jold".to_owned()),
        by: resolution.by.clone(),
        since: resolution.at,
    });
    let category = solved.row().category.unwrap();
    SimilarTickets {
        ticket: Some(Life::new(9, "VPN", Channel::Email).row()),
        tickets: vec![known, SimilarTicket::new(hostile.row(), 0.456)],
        suggestions: vec![CategorySuggestion {
            category,
            share: 0.666_66,
            tickets: 2,
            evidence: vec![(TicketId(42), LONG.to_owned())],
        }],
        same_outage: vec![TicketId(7), TicketId(8)],
    }
}

/// The output on a narrow terminal, in a pipe, and as CSV.
fn printed(output: &dyn Output) -> String {
    let mut printed = String::new();
    for (name, format, width) in [
        ("80 columns", OutputFormat::Table, Some(80)),
        ("a pipe", OutputFormat::Table, None),
        ("CSV", OutputFormat::Csv, None),
    ] {
        let shown = TestTerminal::new(format, width, 400).shows(output);
        printed += &format!("=== {name}\n{shown}");
        let evil = ['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}', '\u{200b}', '\r'];
        assert!(!shown.contains(evil), "{shown:?}");
        if let Some(width) = width {
            let lines = shown.split("--- stderr").next().unwrap().lines();
            // Results and commands to type are never cut.
            let whole = ["#9 opened", "2 open", "no category"];
            let cut = |line: &&str| !whole.iter().any(|begin| line.starts_with(begin));
            let long = |line: &&str| cut(line) && untrusted::width(line) > width;
            assert_eq!(lines.filter(long).collect::<Vec<_>>(), Vec::<&str>::new());
        }
    }
    printed
}

#[test]
fn search_results_show_the_matching_passage() {
    let view = || found();
    assert_snapshot!(printed(&view()), @r#"
    === 80 columns
    #7   new     -            VPN\u{1b}[31m drops every ten\u{202e} minutes for eve…
         message: … the VPN  drops\u{1b}]0;x\u{7} every \u{200b}day …
    #42  closed  network/vpn  VPN drops every ten minutes
         description: Since the update the VPN drops. Nothing helps.
    --- stderr
    … and 1 more; show them with --limit 0
    === a pipe
    #7   new     -            VPN\u{1b}[31m drops every ten\u{202e} minutes for everybody in sales and in marketing
         message: … the VPN  drops\u{1b}]0;x\u{7} every \u{200b}day …
    #42  closed  network/vpn  VPN drops every ten minutes
         description: Since the update the VPN drops. Nothing helps.
    --- stderr
    … and 1 more; show them with --limit 0
    === CSV
    id,status,category,title,closeness,field,excerpt
    7,new,,VPN\u{1b}[31m drops every ten\u{202e} minutes for everybody in sales and in marketing,0.823,message,"the VPN
     drops\u{1b}]0;x\u{7}
    every \u{200b}day"
    42,closed,network/vpn,VPN drops every ten minutes,0.5,description,"Since the update the VPN drops.
    Nothing helps."
    "#);
}

#[test]
fn colour_marks_matches_and_nothing_else_reaches_the_terminal() {
    let mut terminal = TestTerminal::new(OutputFormat::Table, Some(80), 400);
    terminal.color = true;
    let shown = terminal.shows(&found());
    assert_snapshot!(shown.replace('\u{1b}', "␛"), @r#"
    ␛[1m#7␛[0m   new     ␛[2m-␛[0m            ␛[1m␛[33mVPN␛[0m\u{1b}[31m ␛[1m␛[33mdrops␛[0m every ten\u{202e} minutes for eve…
         ␛[2mmessage: ␛[0m… the ␛[1m␛[33mVPN␛[0m  ␛[1m␛[33mdrops␛[0m\u{1b}]0;x\u{7} every \u{200b}day …
    ␛[1m#42␛[0m  ␛[2mclosed␛[0m  ␛[2mnetwork/vpn␛[0m  ␛[1m␛[33mVPN␛[0m ␛[1m␛[33mdrops␛[0m every ten minutes
         ␛[2mdescription: ␛[0mSince the update the ␛[1m␛[33mVPN␛[0m ␛[1m␛[33mdrops␛[0m. Nothing helps.
    --- stderr
    … and 1 more; show them with --limit 0
    "#);
}

#[test]
fn similar_tickets_show_how_they_were_resolved() {
    let view = || similar();
    assert_snapshot!(printed(&view()), @r#"
    === 80 columns
    #42  90 %  closed  network/vpn  VPN drops every ten minutes
         known error, workaround: restart\u{9b} it VPN\u{1b}[31m drops every ten\u{…
         cause: \u{1b}[2Jold
         solved by ben in 3h 30m: first second VPN\u{1b}[31m drops every ten\u{202e…
    #7   46 %  new     -            VPN\u{1b}[31m drops every ten\u{202e} minutes f…
    --- stderr
    2 similar open tickets opened within the hour: #7 and #8 (same outage?)
    no category yet; 2 similar tickets have network/vpn: desk categorize 9 network/vpn
    === a pipe
    #42  90 %  closed  network/vpn  VPN drops every ten minutes
         known error, workaround: restart\u{9b} it VPN\u{1b}[31m drops every ten\u{202e} minutes for everybody in sales and in marketing
         cause: \u{1b}[2Jold
         solved by ben in 3h 30m: first second VPN\u{1b}[31m drops every ten\u{202e} minutes for everybody in sales and in marketing
    #7   46 %  new     -            VPN\u{1b}[31m drops every ten\u{202e} minutes for everybody in sales and in marketing
    --- stderr
    2 similar open tickets opened within the hour: #7 and #8 (same outage?)
    no category yet; 2 similar tickets have network/vpn: desk categorize 9 network/vpn
    === CSV
    id,status,category,title,closeness,code,by,resolution
    42,closed,network/vpn,VPN drops every ten minutes,0.9,solved,ben,"first
    second VPN\u{1b}[31m drops every ten\u{202e} minutes for everybody in sales and in marketing"
    7,new,,VPN\u{1b}[31m drops every ten\u{202e} minutes for everybody in sales and in marketing,0.456,,,
    "#);
}

#[test]
fn categories_are_suggested_with_their_evidence() {
    let view = || CategorySuggestions(similar());
    assert_snapshot!(printed(&view()), @r#"
    === 80 columns
    network/vpn  67 %  #42 VPN\u{1b}[31m drops every ten\u{202e} minutes for everyb…
    --- stderr
    nothing was changed; to take the first: desk categorize 9 network/vpn
    === a pipe
    network/vpn  67 %  #42 VPN\u{1b}[31m drops every ten\u{202e} minutes for everybody in sales and in marketing; and 1 more
    --- stderr
    nothing was changed; to take the first: desk categorize 9 network/vpn
    === CSV
    category,share,tickets,evidence
    network/vpn,0.667,2,42
    --- stderr
    nothing was changed; to take the first: desk categorize 9 network/vpn
    "#);
}

#[test]
fn similar_tickets_are_shown_below_a_confirmation() {
    let view = || {
        let done = Life::new(9, "VPN", Channel::Email).opening();
        TicketUpdates::with_similar(done, similar())
    };
    assert_snapshot!(printed(&view()), @r"
    === 80 columns
    #9 opened, first response overdue by 3h 40m (since 12:00), resolution due in 17h 20m (Tue 09:00)

    similar tickets:
    #42  90 %  closed  network/vpn  VPN drops every ten minutes
         known error, workaround: restart\u{9b} it VPN\u{1b}[31m drops every ten\u{…
         cause: \u{1b}[2Jold
         solved by ben in 3h 30m: first second VPN\u{1b}[31m drops every ten\u{202e…
    #7   46 %  new     -            VPN\u{1b}[31m drops every ten\u{202e} minutes f…
    2 similar open tickets opened within the hour: #7 and #8 (same outage?)
    no category yet; 2 similar tickets have network/vpn: desk categorize 9 network/vpn
    === a pipe
    #9 opened, first response overdue by 3h 40m (since 12:00), resolution due in 17h 20m (Tue 09:00)

    similar tickets:
    #42  90 %  closed  network/vpn  VPN drops every ten minutes
         known error, workaround: restart\u{9b} it VPN\u{1b}[31m drops every ten\u{202e} minutes for everybody in sales and in marketing
         cause: \u{1b}[2Jold
         solved by ben in 3h 30m: first second VPN\u{1b}[31m drops every ten\u{202e} minutes for everybody in sales and in marketing
    #7   46 %  new     -            VPN\u{1b}[31m drops every ten\u{202e} minutes for everybody in sales and in marketing
    2 similar open tickets opened within the hour: #7 and #8 (same outage?)
    no category yet; 2 similar tickets have network/vpn: desk categorize 9 network/vpn
    === CSV
    id,changed,opened,did,title,status,since,waiting_for,wake_at,kind,onset,channel,requester,contact,category,users,business,impact,urgency,priority,tier,assignee,opened_at,updated_at,resolved_at,closed_at,code,satisfaction,reopenings,escalations,merged_into,key,response_state,response_shows,response_target_s,response_due,response_used_s,response_left_s,response_stopped_at,response_paused_s,response_reclassified,update_state,update_shows,update_target_s,update_due,update_used_s,update_left_s,update_stopped_at,update_paused_s,update_reclassified,resolution_state,resolution_shows,resolution_target_s,resolution_due,resolution_used_s,resolution_left_s,resolution_stopped_at,resolution_paused_s,resolution_reclassified,next_due,sla,source,number,known_error,assignee_name,tags,fields,checklist,unanswered_since,spent_s,promised
    9,true,true,opened,VPN,new,2026-03-02T09:00:00Z,,,,occurred,email,Mia Roth,mia@example.org,,,,,,,L1,,2026-03-02T09:00:00Z,2026-03-02T09:00:00Z,,,,,0,0,,,running,overdue,10800,2026-03-02T12:00:00Z,24000,-13200,,0,false,none,none,,,,,,,,running,ok,86400,2026-03-03T09:00:00Z,24000,62400,,0,false,2026-03-02T12:00:00Z,overdue,,,false,,,,,2026-03-02T09:00:00Z,0,
    ");
}

#[test]
fn an_evaluation_is_one_line() {
    let view = || {
        let mut trial = Metrics::default();
        trial.add(&[1, 2], &[2]);
        trial.add(&[1, 2], &[1]);
        Evaluation {
            target: "tickets",
            metrics: trial,
        }
    };
    assert_snapshot!(printed(&view()), @"
    === 80 columns
    2 questions: hit@1 0.500, hit@5 1.000, MRR@10 0.750
    === a pipe
    2 questions: hit@1 0.500, hit@5 1.000, MRR@10 0.750
    === CSV
    what,questions,hit_1,hit_5,mrr_10
    tickets,2,0.5,1,0.75
    ");
}

#[test]
fn an_empty_search_result_is_a_note_on_stderr() {
    let terminal = TestTerminal::new(OutputFormat::Table, Some(80), 0);
    let nothing = |typed: &str| {
        let found = SearchResults {
            query: SearchQuery::parse(typed),
            full_matches: 0,
            corrections: Vec::new(),
            results: Vec::new(),
        };
        terminal.shows(&found)
    };
    assert_snapshot!(nothing("vpn"), @"
    --- stderr
    no ticket matches
    ");
    assert_snapshot!(nothing("?"), @"
    --- stderr
    the query has no word to search for
    ");
    let similar = || SimilarTickets::default();
    assert_snapshot!(terminal.shows(&similar()), @"
    --- stderr
    no similar tickets
    ");
    assert_snapshot!(terminal.shows(&CategorySuggestions(similar())), @"
    --- stderr
    no similar ticket has a category
    ");
}
