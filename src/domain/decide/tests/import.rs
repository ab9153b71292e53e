//! Imported history is judged by its evidence: what the log says about answers
//! decides whether there is a response clock.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use crate::domain::category::Category;
use crate::domain::decide::import_rows;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::external_record::{ImportOptions, ImportRow, ImportedStatus};
use crate::domain::people::Requester;
use crate::domain::priority::Priority;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, Kind};
use crate::testing::ticket_story::{TicketStory, agent, desk, kinds, moment, resolve};

fn options() -> ImportOptions {
    ImportOptions {
        source: "old".to_owned(),
        one_row_per_ticket: true,
        channel: Channel::Email,
        kind: Some(Kind::Incident),
        has_resolved_column: true,
        has_assignee_column: false,
        columns: BTreeMap::new(),
    }
}

/// A row of a ticket that was opened on Monday at 9:00.
fn row(status: ImportedStatus) -> ImportRow {
    ImportRow {
        line: 2,
        number: "INC1".to_owned(),
        digest: "00ff".to_owned(),
        at: None,
        by: None,
        opened: Some(moment("9:00")),
        opened_by: None,
        resolved: None,
        resolved_by: None,
        closed: None,
        first_response: None,
        is_unanswered: false,
        last_message: None,
        title: Some("VPN drops".to_owned()),
        description: None,
        requester: Requester::default(),
        channel: None,
        kind: None,
        status: Some(status),
        has_status: true,
        impact: None,
        urgency: None,
        priority: Some(Priority::from_rank(3)),
        category: Category::parse("network/vpn").ok(),
        tier: None,
        assignee: None,
        tags: Vec::new(),
        fields: Vec::new(),
        symptoms: Vec::new(),
        affected: Vec::new(),
        note: None,
        resolution: None,
        code: None,
        satisfaction: None,
        extra_fields: Vec::new(),
        findings: Vec::new(),
    }
}

/// Imports rows of a new ticket on Friday at noon.
fn imported(rows: Vec<ImportRow>) -> TicketStory {
    let mut story = desk().at("Fri 12:00").number(1);
    let (_, events, findings) =
        import_rows(None, TicketId(1), rows, &options(), &story.ctx()).unwrap();
    assert_eq!(findings, []);
    story.begin(events);
    story
}

fn resolved() -> ImportRow {
    ImportRow {
        resolved: Some(moment("Tue 9:00")),
        closed: Some(moment("Wed 9:00")),
        ..row(ImportedStatus::Closed)
    }
}

#[test]
fn without_evidence_there_is_no_response_clock() {
    let open = [ImportedStatus::New, ImportedStatus::Active].map(row);
    for (row, channel) in open.into_iter().chain([resolved()]).flat_map(|row| {
        Channel::ALL
            .iter()
            .map(move |channel| (row.clone(), channel))
    }) {
        let channel = Some(*channel);
        let story = imported(vec![ImportRow { channel, ..row }]);
        assert_eq!(story.response("Fri 12:00"), "none", "{channel:?}");
        assert_eq!(story.update("Fri 12:00"), "none");
    }
    // What an agent of this desk opens is judged as ever.
    let own = desk().via(Channel::Phone).open_at(3);
    assert!(own.response("Fri 12:00").starts_with("met"));
    assert!(
        desk()
            .open_at(3)
            .response("Fri 12:00")
            .starts_with("overdue")
    );
}

#[test]
fn the_resolution_is_measured_from_the_report() {
    let story = imported(vec![resolved()]);
    assert_eq!(
        story.resolution("Fri 12:00"),
        "met, used 1d, left 0s, due Tue 9:00, stopped Tue 9:00"
    );
    let open = imported(vec![row(ImportedStatus::Active)]);
    assert!(open.resolution("Fri 12:00").starts_with("overdue"));
}

#[test]
fn a_logged_response_stops_the_clock_at_its_time() {
    for (time, result) in [
        (
            "9:30",
            "met, used 30m, left 2h30m, due Mon 12:00, stopped Mon 9:30",
        ),
        (
            "12:00",
            "met, used 3h, left 0s, due Mon 12:00, stopped Mon 12:00",
        ),
        (
            "14:00",
            "missed, used 5h, left -2h, due Mon 12:00, stopped Mon 14:00",
        ),
        (
            "Thu 9:00",
            "missed, used 3d, left -2d21h, due Mon 12:00, stopped Thu 9:00",
        ),
    ] {
        let first_response = Some(moment(time));
        let story = imported(vec![ImportRow {
            first_response,
            ..resolved()
        }]);
        assert_eq!(story.response("Fri 12:00"), result);
        let event = |fact: &str| {
            story
                .history()
                .iter()
                .find(|e| e.fact.kind() == fact)
                .unwrap()
        };
        assert_eq!(event("contact-logged").at, moment(time), "told in order");
        let times: Vec<_> = story.history().iter().map(|event| event.at).collect();
        assert!(times.is_sorted(), "{times:?}");
        let replayed = Ticket::replay(story.history()).unwrap();
        assert_eq!(&replayed, story.ticket());
    }
}

#[test]
fn an_empty_answer_column_says_that_nobody_answered() {
    let is_unanswered = true;
    let open = imported(vec![ImportRow {
        is_unanswered,
        ..row(ImportedStatus::Active)
    }]);
    assert!(open.response("Fri 12:00").starts_with("overdue"));
    let answered = open.at("Fri 13:00").reply();
    assert!(
        answered
            .response("Fri 14:00")
            .ends_with("stopped Fri 13:00")
    );
    let closed = imported(vec![ImportRow {
        is_unanswered,
        ..resolved()
    }]);
    assert!(closed.response("Fri 12:00").starts_with("missed"));
}

#[test]
fn messages_after_the_import_run_the_update_clock_and_are_no_first_response() {
    let story = imported(vec![row(ImportedStatus::Active)])
        .at("Fri 13:00")
        .hear();
    assert_eq!(story.response("Fri 14:00"), "none");
    assert_eq!(
        story.update("Fri 14:00"),
        "ok, used 1h, left 2h, due Fri 16:00"
    );
    let story = story.at("Fri 15:00").reply();
    assert_eq!(story.response("Fri 16:00"), "none");
    assert!(story.update("Fri 16:00").starts_with("met, used 2h"));
    // Before it is answered, an own ticket has no update clock.
    assert_eq!(desk().open_at(3).at("10:00").hear().update("11:00"), "none");
}

#[test]
fn the_cadence_counts_from_the_last_logged_message() {
    let urgent = || ImportRow {
        priority: Some(Priority::from_rank(1)),
        ..row(ImportedStatus::Active)
    };
    assert_eq!(imported(vec![urgent()]).update("Fri 12:00"), "none");
    let last_message = Some(moment("Fri 11:30"));
    let story = imported(vec![ImportRow {
        last_message,
        ..urgent()
    }]);
    assert_eq!(
        story.update("Fri 12:00"),
        "ok, used 30m, left 30m, due Fri 12:30"
    );
    assert_eq!(
        story.response("Fri 12:00"),
        "none",
        "the last is not the first"
    );
    let first_response = Some(moment("9:10"));
    let story = imported(vec![ImportRow {
        first_response,
        last_message,
        ..urgent()
    }]);
    assert!(story.response("Fri 12:00").starts_with("met, used 10m"));
    assert_eq!(
        story.update("Fri 12:00"),
        "ok, used 30m, left 30m, due Fri 12:30"
    );
}

#[test]
fn a_log_read_again_later_adds_what_it_has_learnt() {
    let waiting = ImportRow {
        is_unanswered: true,
        ..row(ImportedStatus::Active)
    };
    let mut story = imported(vec![waiting.clone()])
        .at("Fri 13:00")
        .prioritize(2);
    assert!(story.response("Fri 13:00").starts_with("overdue"));
    story = story.at("Fri 14:00").reply();
    let mut read = |row: ImportRow| {
        let rows = vec![ImportRow {
            digest: "11ff".to_owned(),
            ..row
        }];
        let (_, events, _) = import_rows(
            Some((story.ticket(), story.history())),
            TicketId(1),
            rows,
            &options(),
            &story.ctx(),
        )
        .unwrap();
        let told = kinds(&events);
        story.take(events);
        (told, story.response("Fri 15:00"))
    };
    let first_response = Some(moment("10:00"));
    let answered = ImportRow {
        first_response,
        ..row(ImportedStatus::Active)
    };
    let (told, response) = read(answered.clone());
    assert!(told.contains("contact-logged"), "{told}");
    assert!(
        response.contains("used 1h") && response.contains("stopped Mon 10:00"),
        "{response}"
    );
    for known in [answered, waiting] {
        let (told, again) = read(known);
        assert!(!told.contains("contact-logged"), "{told}");
        assert_eq!(again, response);
    }
}

#[test]
fn times_before_the_opening_are_kept_as_facts_and_are_no_evidence() {
    let story = desk().at("Fri 12:00");
    let impossible = Some(moment("8:00"));
    let rows = vec![ImportRow {
        first_response: impossible,
        last_message: impossible,
        ..resolved()
    }];
    let (_, events, findings) =
        import_rows(None, TicketId(1), rows, &options(), &story.ctx()).unwrap();
    assert_eq!(findings.len(), 2, "{findings:?}");
    let ticket = Ticket::replay(&events).unwrap();
    let labels: Vec<&str> = ticket
        .extra_fields
        .iter()
        .map(|(label, _)| label.as_str())
        .collect();
    assert_eq!(labels, ["first_response", "last_message"]);
    assert_eq!(ticket.logged_contacts, []);
    assert!(!kinds(&events).contains("contact-logged"));
}

#[test]
fn reopening_and_withdrawing_keep_to_the_evidence() {
    let story = imported(vec![resolved()]).at("Fri 13:00").reopen();
    assert_eq!(story.response("Fri 14:00"), "none");
    let first_response = Some(moment("9:30"));
    let story = imported(vec![ImportRow {
        first_response,
        ..row(ImportedStatus::Active)
    }]);
    let story = story
        .by(agent("anna"))
        .at("Fri 13:00")
        .withdraw()
        .at("Fri 14:00")
        .reopen();
    assert!(story.response("Fri 15:00").ends_with("stopped Mon 9:30"));
}

#[test]
fn the_evidence_counts_whatever_its_place_among_the_targets() {
    let first_response = Some(moment("9:30"));
    let story = imported(vec![ImportRow {
        first_response,
        ..resolved()
    }]);
    let history = story.history();
    let is_import = |event: &&Event| matches!(event.fact, Fact::Imported { .. });
    let (import, rest): (Vec<&Event>, Vec<&Event>) = history[1..].iter().partition(is_import);
    for place in 0..=rest.len() {
        let mut moved = vec![history[0].clone()];
        moved.extend(rest[..place].iter().copied().cloned());
        moved.extend(import.iter().copied().cloned());
        moved.extend(rest[place..].iter().copied().cloned());
        let ticket = Ticket::replay(&moved).unwrap();
        assert_eq!(ticket.clocks(&story.policy), story.clocks(), "{place}");
    }
}

#[test]
fn a_resolution_by_this_desk_does_not_answer_an_imported_ticket() {
    let story = imported(vec![row(ImportedStatus::Active)]).at("Fri 13:00");
    let story = story.run(resolve(None));
    assert_eq!(story.response("Fri 14:00"), "none");
    assert!(story.resolution("Fri 14:00").starts_with("missed"));
    let used = story
        .clock(crate::domain::vocabulary::ClockName::Resolution)
        .unwrap()
        .used;
    assert_eq!(used, TimeDelta::days(4) + TimeDelta::hours(4));
}
