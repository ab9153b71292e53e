//! What every backend must answer. Each test is written against the port and
//! runs on every backend there is.

use std::ops::ControlFlow;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::samples::{
    self, AGENTS, CATEGORIES, at, desk, desk_with_known, edition, fresh, keep, next, opening, set,
};
use super::{AccessMode, Store, StoreError};
use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::event::{Fact, TicketId};
use crate::domain::group_counts::GroupCounts;
use crate::domain::people::{Agent, Tier};
use crate::domain::priority::Priority;
use crate::domain::query::{Query, SortKey, TimeRange};
use crate::domain::report::TierTransfer;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, ClosureCode, Grouping, Kind, State};

/// Runs a test on every backend.
pub(super) fn on_each(test: impl Fn(&dyn Store)) {
    let (_home, store) = fresh();
    test(&store);
}

fn listed(store: &dyn Store, query: &Query, now: Timestamp) -> Vec<Summary> {
    let mut rows = Vec::new();
    let txn = store.begin(AccessMode::Read).unwrap();
    txn.each(query, now, &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    })
    .unwrap();
    rows
}

#[test]
fn what_is_saved_is_read_back_whole() {
    on_each(|store| {
        for history in desk(1, 60) {
            let row = keep(store, &history);
            let txn = store.begin(AccessMode::Read).unwrap();
            assert_eq!(txn.history(row.id).unwrap(), history);
            assert_eq!(txn.summary(row.id).unwrap(), Some(row));
        }
    });
}

#[test]
fn a_fact_of_every_kind_is_kept() {
    on_each(|store| {
        let mut history = opening(1, "all of it");
        for fact in samples::every_fact() {
            history.push(next(&history, fact));
        }
        keep(store, &history);
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.history(TicketId(1)).unwrap(), history);
        drop(txn);
        assert_eq!(store.verify(None).unwrap().faults, Vec::<String>::new());
    });
}

#[test]
fn an_unknown_ticket_has_no_history_and_no_row() {
    on_each(|store| {
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.history(TicketId(1)).unwrap(), []);
        assert_eq!(txn.summary(TicketId(1)).unwrap(), None);
        assert_eq!(txn.by_key("x").unwrap(), None);
        assert_eq!(txn.count(&Query::all(), at(0)).unwrap(), 0);
        let tallies = txn.tally(&Query::all(), Grouping::Tier, at(0)).unwrap();
        assert_eq!(tallies.groups, []);
    });
}

#[test]
fn a_dropped_transaction_leaves_nothing_and_gives_its_number_back() {
    on_each(|store| {
        let history = opening(1, "gone");
        let mut txn = store.begin(AccessMode::Write).unwrap();
        assert_eq!(txn.next_id().unwrap(), TicketId(1));
        txn.save(0, &history, &samples::summary(&history)).unwrap();
        assert_eq!(txn.history(TicketId(1)).unwrap(), history);
        drop(txn);
        let mut txn = store.begin(AccessMode::Write).unwrap();
        assert_eq!(txn.history(TicketId(1)).unwrap(), []);
        assert_eq!(txn.next_id().unwrap(), TicketId(1));
        assert_eq!(txn.next_id().unwrap(), TicketId(2));
    });
}

#[test]
fn a_save_on_an_outdated_history_is_a_conflict_and_changes_nothing() {
    on_each(|store| {
        let mut history = opening(1, "raced");
        keep(store, &history);
        history.push(next(&history, Fact::Resumed { note: None }));
        let row = samples::summary(&history);
        let mut txn = store.begin(AccessMode::Write).unwrap();
        for wrong in [0, 2] {
            let refused = txn.save(wrong, &history[1..], &row).unwrap_err();
            assert!(matches!(refused, StoreError::Conflict { id: TicketId(1) }));
        }
        txn.save(1, &history[1..], &row).unwrap();
        txn.commit().unwrap();
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.history(TicketId(1)).unwrap(), history);
        assert_eq!(txn.summary(TicketId(1)).unwrap(), Some(row));
    });
}

#[test]
fn events_that_do_not_follow_are_refused() {
    on_each(|store| {
        let history = opening(1, "odd");
        let row = samples::summary(&history);
        let mut txn = store.begin(AccessMode::Write).unwrap();
        let mut skipped = history.clone();
        skipped[0].n = 2;
        assert!(txn.save(0, &skipped, &row).is_err());
        let mut other = history;
        other[0].ticket = TicketId(2);
        assert!(txn.save(0, &other, &row).is_err());
        txn.save(0, &[], &row).unwrap();
        assert_eq!(txn.summary(TicketId(1)).unwrap(), None);
    });
}

#[test]
fn several_tickets_change_in_one_transaction() {
    on_each(|store| {
        let (one, two) = (opening(1, "one"), opening(2, "two"));
        let mut txn = store.begin(AccessMode::Write).unwrap();
        for history in [&one, &two] {
            txn.next_id().unwrap();
            txn.save(0, history, &samples::summary(history)).unwrap();
        }
        txn.commit().unwrap();
        assert_eq!(listed(store, &Query::all(), at(0)).len(), 2);
        assert_eq!(store.verify(None).unwrap().faults, Vec::<String>::new());
    });
}

#[test]
fn a_key_leads_to_its_ticket_and_is_there_once() {
    on_each(|store| {
        let keyed = |id| {
            let mut history = opening(id, "keyed");
            if let Fact::Opened(submission) = &mut history[0].fact {
                submission.key = Some("mail-1".into());
            }
            history
        };
        keep(store, &keyed(1));
        let mut txn = store.begin(AccessMode::Write).unwrap();
        assert_eq!(txn.by_key("mail-1").unwrap(), Some(TicketId(1)));
        assert_eq!(txn.by_key("Mail-1").unwrap(), None);
        let twice = keyed(2);
        assert!(txn.save(0, &twice, &samples::summary(&twice)).is_err());
    });
}

#[test]
fn reading_stops_when_it_is_enough() {
    on_each(|store| {
        for id in 1..=5 {
            keep(store, &opening(id, "many"));
        }
        let txn = store.begin(AccessMode::Read).unwrap();
        let mut seen = 0;
        txn.each(&Query::all(), at(0), &mut |_| {
            seen += 1;
            if seen == 2 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
        .unwrap();
        assert_eq!(seen, 2);
        let limited = Query {
            limit: Some(3),
            ..Query::all()
        };
        assert_eq!(txn.count(&limited, at(0)).unwrap(), 5);
        drop(txn);
        assert_eq!(listed(store, &limited, at(0)).len(), 3);
    });
}

#[test]
fn a_tally_counts_what_the_rows_show() {
    on_each(|store| {
        let rows: Vec<Summary> = desk(5, 120).iter().map(|h| keep(store, h)).collect();
        for minutes in [0, 300, 900, 3000, 10_000] {
            let now = at(minutes);
            let txn = store.begin(AccessMode::Read).unwrap();
            for by in Grouping::ALL {
                let tallies = txn.tally(&Query::all(), *by, now).unwrap();
                assert_eq!(tallies, GroupCounts::count(&rows, *by, now));
                assert!(tallies.groups.len() > 2, "{tallies:?}");
            }
        }
    });
}

fn some<T: Clone + std::fmt::Debug + 'static>(of: &[T]) -> BoxedStrategy<Vec<T>> {
    let most = of.len();
    prop_oneof![
        3 => Just(Vec::new()),
        1 => proptest::sample::subsequence(of.to_vec(), 1..=most),
    ]
    .boxed()
}

fn moments() -> impl Strategy<Value = Option<Timestamp>> {
    proptest::option::weighted(0.2, (0_i64..3000).prop_map(at))
}

fn parts(of: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    proptest::option::weighted(0.2, proptest::sample::select(of).prop_map(str::to_owned))
}

pub(super) fn queries() -> impl Strategy<Value = Query> {
    let agents: Vec<Agent> = AGENTS.iter().map(|a| Agent::from_stored(a)).collect();
    let roots: Vec<Category> = CATEGORIES
        .iter()
        .map(|c| Category::from_stored(c))
        .collect();
    let tiers: Vec<Tier> = ["L1", "L2", "L3"].map(Tier::from_stored).to_vec();
    let ranks: Vec<Priority> = [1, 2, 3, 4].map(Priority::from_rank).to_vec();
    let sorts: Vec<SortKey> = SortKey::ALL.iter().map(|(_, key)| *key).collect();
    let lists = (
        some(State::ALL),
        some(Kind::ALL),
        some(Channel::ALL),
        some(&tiers),
        some(&agents),
        some(&roots),
        some(&ranks),
    );
    let texts = (
        parts(&["", "MIA", "ole@", "%", "roth mia", "_"]),
        parts(&[
            "vpn", "BÜRO", "%", "_", "\\", "ß", "σ", "i̇", "' OR 1", "100%",
        ]),
    );
    let times = (moments(), moments(), moments(), moments(), moments());
    let flags = (
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
        any::<bool>(),
        proptest::sample::select(sorts),
        proptest::option::of(0_u32..30),
        prop::bool::weighted(0.2),
    );
    (lists, texts, times, flags).prop_map(|(lists, texts, times, flags)| Query {
        states: lists.0,
        kinds: lists.1,
        channels: lists.2,
        tiers: lists.3,
        assignees: lists.4,
        unassigned: flags.0,
        categories: lists.5,
        priorities: lists.6,
        requester: texts.0,
        title: texts.1,
        opened: TimeRange {
            from: times.0,
            to: times.1,
        },
        resolved: TimeRange {
            from: times.2,
            to: times.3,
        },
        known_errors: flags.6,
        overdue: flags.1,
        at_risk: flags.2,
        due_before: times.4,
        sort: flags.4,
        reverse: flags.3,
        limit: flags.5,
    })
}

#[test]
fn every_query_answers_as_the_domain_says() {
    on_each(|store| {
        let all = desk_with_known(9, 250);
        let rows: Vec<Summary> = all.iter().map(|h| keep(store, h)).collect();
        assert!(
            rows.iter()
                .any(|row| row.is_known_error && row.state == State::Closed)
        );
        let seen: std::collections::BTreeSet<State> = rows.iter().map(|r| r.state).collect();
        assert_eq!(seen.len(), State::ALL.len(), "{seen:?}");
        assert!(
            rows.iter()
                .any(|row| row.code == Some(ClosureCode::Withdrawn))
        );
        let mut runner = TestRunner::new(Config::with_cases(800));
        let by = proptest::sample::select(Grouping::ALL.to_vec());
        let cases = (queries(), (0_i64..4000).prop_map(at), by);
        runner
            .run(&cases, |(query, now, by)| {
                let mut expected: Vec<&Summary> =
                    rows.iter().filter(|row| query.matches(row, now)).collect();
                expected.sort_by(|a, b| query.compare(a, b));
                let txn = store.begin(AccessMode::Read).unwrap();
                let count = txn.count(&query, now).unwrap();
                let found_tallies = txn.tally(&query, by, now).unwrap();
                drop(txn);
                prop_assert_eq!(count, u64::try_from(expected.len()).unwrap());
                let tallies = GroupCounts::count(expected.iter().copied(), by, now);
                prop_assert_eq!(found_tallies, tallies);
                if let Some(limit) = query.limit {
                    expected.truncate(usize::try_from(limit).unwrap());
                }
                let ids = |rows: &[&Summary]| rows.iter().map(|r| r.id.0).collect::<Vec<_>>();
                let found = listed(store, &query, now);
                let found: Vec<&Summary> = found.iter().collect();
                prop_assert_eq!(ids(&found), ids(&expected));
                prop_assert_eq!(found, expected);
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn versions_of_the_policy_follow_each_other_and_are_read_back_as_they_were() {
    on_each(|store| {
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.policy_version().unwrap(), 1);
        assert_eq!(txn.editions().unwrap(), []);
        assert_eq!(txn.policies().unwrap().version, 1);
        drop(txn);
        let (two, three) = (edition(2, "warnings = [80]"), edition(3, "warnings = [60]"));
        set(store, &two);
        set(store, &three);
        let mut txn = store.begin(AccessMode::Write).unwrap();
        assert!(txn.add_edition(&two).is_err());
        assert!(txn.add_edition(&edition(5, "")).is_err());
        drop(txn);
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.policy_version().unwrap(), 3);
        assert_eq!(txn.editions().unwrap(), [two, three]);
        let policies = txn.policies().unwrap();
        assert_eq!(policies.warnings, [60]);
        assert_eq!(policies.version(2).warnings, [80]);
        assert_eq!(policies.version(1).warnings, [75, 90]);
        assert_eq!(policies.version(9).version, 3, "one that is gone");
        drop(txn);
        assert_eq!(store.verify(None).unwrap().faults, Vec::<String>::new());
    });
}

#[test]
fn what_is_due_by_itself_is_told_in_the_order_in_which_it_was_due() {
    on_each(|store| {
        let rows: Vec<Summary> = desk(11, 120).iter().map(|h| keep(store, h)).collect();
        let mut due: Vec<(Timestamp, TicketId)> = rows
            .iter()
            .filter(|row| row.is_open())
            .filter_map(|row| Some((row.next_action_at?, row.id)))
            .collect();
        due.sort_unstable();
        assert!(due.len() > 20, "{due:?}");
        let txn = store.begin(AccessMode::Read).unwrap();
        for now in [at(0), at(500), at(2000), at(100_000)] {
            let ripe: Vec<TicketId> = due
                .iter()
                .filter(|(act, _)| *act <= now)
                .map(|(_, id)| *id)
                .collect();
            assert_eq!(txn.ripe(now).unwrap(), ripe);
            assert_eq!(txn.ripest(now).unwrap(), ripe.first().copied());
        }
        let open = rows.iter().filter(|row| row.is_open()).map(|row| row.id);
        assert_eq!(txn.open_ids().unwrap(), open.collect::<Vec<_>>());
    });
}

#[test]
fn a_new_policy_says_anew_when_the_desk_must_act() {
    on_each(|store| {
        for history in desk(12, 60) {
            keep(store, &history);
        }
        let acts = || {
            let txn = store.begin(AccessMode::Read).unwrap();
            let open = txn.open_ids().unwrap();
            open.into_iter()
                .map(|id| txn.summary(id).unwrap().unwrap().next_action_at)
                .collect::<Vec<_>>()
        };
        let before = acts();
        set(store, &edition(2, "warnings = [10]"));
        let after = acts();
        assert_ne!(before, after);
        assert!(before.iter().zip(&after).all(|(b, a)| a <= b));
        assert_eq!(store.verify(None).unwrap().faults, Vec::<String>::new());
    });
}

#[test]
fn hand_overs_are_told_as_replaying_tells_them() {
    on_each(|store| {
        let mut expected = Vec::new();
        for history in desk(3, 80) {
            keep(store, &history);
            for n in 2..=history.len() {
                let before = Ticket::replay(&history[..n - 1]).unwrap().tier;
                let event = &history[n - 1];
                if let Fact::Escalated { to, up, .. } = &event.fact {
                    expected.push(TierTransfer {
                        ticket: event.ticket,
                        at: event.at,
                        from: before,
                        to: to.clone(),
                        up: *up,
                    });
                }
            }
        }
        assert!(expected.iter().any(|one| one.up) && expected.len() > 10);
        let read = |most: usize| {
            let txn = store.begin(AccessMode::Read).unwrap();
            let mut found = Vec::new();
            txn.handovers(&mut |one| {
                found.push(one);
                if found.len() == most {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })
            .unwrap();
            found
        };
        assert_eq!(read(usize::MAX), expected);
        assert_eq!(read(3), expected[..3]);
    });
}
