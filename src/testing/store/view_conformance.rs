//! The conformance suite of views: what a transaction hides and covers, and the
//! events about people that it follows from.

use std::ops::ControlFlow;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::conformance::queries;
use super::fixtures::{at, desk_with_known, faults, on_each_engine, save};
use crate::domain::event::TicketId;
use crate::domain::people::{Actor, Agent, Requester};
use crate::domain::privacy::person_event::{PersonEvent, PersonFact, PersonFactKind};
use crate::domain::privacy::person_query::PersonKey;
use crate::domain::privacy::person_register::{LimitedPeople, PersonRegister};
use crate::domain::privacy::view::{LIMITED, RESTRICTED, RestrictedTickets, View};
use crate::domain::query::Query;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::Grouping;
use crate::store::{AccessMode, StoreError};
use crate::testing::cases;

/// A view that hides some of these tickets.
fn hiding(rows: &[Summary]) -> (View, Vec<TicketId>) {
    let hidden: Vec<TicketId> = rows
        .iter()
        .map(|row| row.id)
        .filter(|id| id.0 % 3 == 0)
        .collect();
    let to = vec![Agent::from_stored("anna")];
    let restricted = hidden.iter().map(|id| (*id, to.clone()));
    let ben = Agent::from_stored("ben");
    let view = View::new(restricted, Some(&ben), LimitedPeople::default());
    (view, hidden)
}

#[test]
fn every_query_leaves_out_or_covers_what_a_view_hides() {
    on_each_engine(|store| {
        let all = desk_with_known(9, 90);
        let rows: Vec<Summary> = all.iter().map(|h| save(store, h)).collect();
        let (view, hidden) = hiding(&rows);
        let mut runner = TestRunner::new(cases(200));
        let modes = [
            RestrictedTickets::LeaveOut,
            RestrictedTickets::NumberOnly,
            RestrictedTickets::Count,
        ];
        let by = proptest::sample::select(Grouping::ALL.to_vec());
        let cases = (queries(), proptest::sample::select(modes.to_vec()), by);
        let mut covered = 0;
        runner
            .run(&cases, |(query, restricted, by)| {
                let now = at(2000);
                let query = Query {
                    restricted,
                    limit: None,
                    ..query
                };
                let leaves_out = query.restricted_tickets() == RestrictedTickets::LeaveOut;
                let mut expected: Vec<&Summary> = rows
                    .iter()
                    .filter(|row| {
                        query.matches(row, now) && !(leaves_out && hidden.contains(&row.id))
                    })
                    .collect();
                expected.sort_by(|a, b| query.compare(a, b));
                let mut txn = store.begin(AccessMode::Read).unwrap();
                txn.set_view(view.clone());
                let ids: Vec<TicketId> = expected.iter().map(|row| row.id).collect();
                prop_assert_eq!(&txn.matching(&query, now).unwrap(), &ids);
                prop_assert_eq!(txn.count(&query, now).unwrap(), ids.len() as u64);
                let counts = txn.group_counts(&query, by, now).unwrap();
                let open = expected.iter().filter(|row| row.is_open()).count() as u64;
                prop_assert_eq!(counts.total().open, open);
                let mut titles = Vec::new();
                txn.each(&query, now, &mut |row| {
                    titles.push((row.id, row.title.clone(), row.requester.clone()));
                    ControlFlow::Continue(())
                })
                .unwrap();
                for (id, title, requester) in titles {
                    let is_covered = title == RESTRICTED && requester == Requester::default();
                    prop_assert_eq!(is_covered, hidden.contains(&id));
                }
                Ok(())
            })
            .unwrap();
        let mut txn = store.begin(AccessMode::Read).unwrap();
        txn.set_view(view);
        for row in &rows {
            let refused = matches!(txn.history(row.id), Err(StoreError::Restricted(_)));
            assert_eq!(refused, hidden.contains(&row.id));
            assert!(!txn.hidden_history(row.id).unwrap().is_empty());
            covered += usize::from(txn.summary(row.id).unwrap().unwrap().title == RESTRICTED);
        }
        assert_eq!(covered, hidden.len());
        let page = txn.histories(TicketId(i64::MIN), i64::MAX).unwrap();
        assert!(
            page.histories
                .iter()
                .all(|history| !hidden.contains(&history[0].ticket))
        );
    });
}

fn event(n: u32, fact: PersonFact) -> PersonEvent {
    PersonEvent {
        n,
        at: at(5),
        actor: Actor::from(Agent::from_stored("anna")),
        fact,
    }
}

fn limit(n: u32, person: PersonKey) -> PersonEvent {
    let reason = "an objection".to_owned();
    event(n, PersonFact::ProcessingLimited { person, reason })
}

#[test]
fn events_about_people_come_back_and_follow_each_other() {
    on_each_engine(|store| {
        let kim = || PersonKey::contact("kim@example.org");
        let joined = event(
            1,
            PersonFact::Joined {
                one: kim(),
                other: PersonKey::name("Kim Lund"),
                reason: None,
            },
        );
        let lifted = event(
            1,
            PersonFact::LimitLifted {
                limit: 1,
                reason: "settled".to_owned(),
            },
        );
        let shown = event(
            1,
            PersonFact::LimitedDataShown {
                ticket: Some(TicketId(3)),
                reason: "asked for".to_owned(),
            },
        );
        let all = [joined, limit(1, kim()), limit(2, kim()), lifted, shown];
        let mut txn = store.begin(AccessMode::Write).unwrap();
        for event in &all {
            txn.add_person_event(event, at(6)).unwrap();
        }
        let refused = txn.add_person_event(&limit(4, kim()), at(6));
        assert!(matches!(refused, Err(StoreError::Failed { .. })));
        txn.commit().unwrap();
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.person_events().unwrap(), all[..4]);
        let kind = PersonFactKind::LimitedDataShown;
        assert_eq!(txn.person_events_of(kind).unwrap(), all[4..]);
        let last = |kind| txn.last_person_event(kind).unwrap();
        assert_eq!(last(PersonFactKind::ProcessingLimited), 2);
        assert_eq!(last(PersonFactKind::Separated), 0);
        drop(txn);
        assert_eq!(faults(store), Vec::<String>::new());
    });
}

#[test]
fn what_takes_back_nothing_is_a_fault() {
    on_each_engine(|store| {
        let mut txn = store.begin(AccessMode::Write).unwrap();
        let reason = None;
        let separated = event(1, PersonFact::Separated { join: 7, reason });
        txn.add_person_event(&separated, at(6)).unwrap();
        txn.commit().unwrap();
        let fault = "event 1 of person-separated takes back what was never recorded";
        assert_eq!(faults(store), [fault]);
    });
}

#[test]
fn the_texts_of_a_limited_person_are_covered_wherever_they_are_read() {
    on_each_engine(|store| {
        let all = desk_with_known(9, 60);
        let rows: Vec<Summary> = all.iter().map(|h| save(store, h)).collect();
        let person = rows
            .iter()
            .find_map(|row| PersonKey::of(&row.requester))
            .unwrap();
        let limited = PersonRegister::from_events([limit(1, person)]).limited();
        let mut txn = store.begin(AccessMode::Read).unwrap();
        txn.set_view(View::new([], None, limited));
        let mut covered = 0;
        for history in &all {
            let id = history[0].ticket;
            let is_limited = txn.limit_on(id).unwrap().is_some();
            let read = txn.history(id).unwrap();
            assert_eq!(read.len(), history.len());
            if is_limited {
                covered += 1;
                let mut texts = read.iter().flat_map(|event| event.fact.texts());
                assert!(texts.all(|(path, text)| text == LIMITED || path == "rows"));
            }
            let row = txn.summary(id).unwrap().unwrap();
            assert!(row.title != LIMITED || is_limited);
        }
        assert!(covered > 0 && covered < all.len());
        // The control: without a limit, nothing is covered.
        txn.set_view(View::default());
        for history in &all {
            assert_eq!(txn.history(history[0].ticket).unwrap(), *history);
        }
    });
}
