//! The conformance suite of the store port. Its tests use the port only, and
//! run on every engine of `fixtures`.

use std::ops::ControlFlow;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::fixtures::{
    self, AGENTS, CATEGORIES, at, desk, desk_with_known, faults, keyed, next, on_each_engine,
    opening, policy_version, save, set,
};
use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::event::{Fact, TicketId};
use crate::domain::filter::parse::FilterContext;
use crate::domain::filter::time_span::Clock;
use crate::domain::filter::{self, Condition};
use crate::domain::group_counts::GroupCounts;
use crate::domain::people::{Account, Actor, Agent, Login, Tier};
use crate::domain::priority::Priority;
use crate::domain::privacy::view::RestrictedTickets;
use crate::domain::query::{Query, SortKey, TimeRange};
use crate::domain::report::{Credit, CreditKind, TierTransfer};
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{Channel, ClosureCode, Grouping, Kind, State};
use crate::store::{AccessMode, Store, StoreError};
use crate::testing::cases;

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
    on_each_engine(|store| {
        for history in desk(1, 60) {
            let row = save(store, &history);
            let txn = store.begin(AccessMode::Read).unwrap();
            assert_eq!(txn.history(row.id).unwrap(), history);
            assert_eq!(txn.summary(row.id).unwrap(), Some(row));
        }
    });
}

#[test]
fn a_fact_of_every_kind_is_saved() {
    on_each_engine(|store| {
        let mut history = opening(1, "all of it");
        for fact in fixtures::every_fact() {
            history.push(next(&history, fact));
        }
        save(store, &history);
        let digest = fixtures::attached_digest();
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.history(TicketId(1)).unwrap(), history);
        assert_eq!(txn.chunk(digest, 0).unwrap().as_deref(), Some(&b"abc"[..]));
        assert_eq!(txn.chunk(digest, 1).unwrap(), None);
        drop(txn);
        assert_eq!(faults(store), Vec::<String>::new());
    });
}

#[test]
fn the_account_of_an_actor_is_read_back_and_tells_people_apart() {
    let system = Login {
        user: "anna".to_owned(),
        account: Account::System {
            uid: 1000,
            host: "desk-1".to_owned(),
        },
    };
    let logins = [
        None,
        Some(system),
        Some(Login::database("anna")),
        Some(Login::database("anna-2")),
    ];
    on_each_engine(|store| {
        let mut history = opening(1, "who did what");
        for login in logins.iter().chain(&logins) {
            let mut event = next(&history, Fact::WorkStarted);
            event.actor = Actor::Agent {
                name: Agent::from_stored("anna"),
                login: login.clone(),
            };
            history.push(event);
        }
        save(store, &history);
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.history(TicketId(1)).unwrap(), history);
        let texts = txn.desk_texts().unwrap();
        let names = texts.iter().filter(|text| text.path == "name");
        let annas = names.filter(|text| text.text == "anna").count();
        drop(txn);
        assert!(annas >= logins.len(), "each is somebody of their own");
        assert_eq!(faults(store), Vec::<String>::new());
    });
}

#[test]
fn an_unknown_ticket_has_no_history_and_no_row() {
    on_each_engine(|store| {
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.history(TicketId(1)).unwrap(), []);
        assert_eq!(txn.summary(TicketId(1)).unwrap(), None);
        assert_eq!(txn.by_key("x").unwrap(), None);
        assert_eq!(txn.count(&Query::all(), at(0)).unwrap(), 0);
        let counts = txn
            .group_counts(&Query::all(), Grouping::Tier, at(0))
            .unwrap();
        assert_eq!(counts.groups, []);
    });
}

#[test]
fn a_dropped_transaction_leaves_nothing_and_gives_its_number_back() {
    on_each_engine(|store| {
        let history = opening(1, "gone");
        let mut txn = store.begin(AccessMode::Write).unwrap();
        assert_eq!(txn.next_id().unwrap(), TicketId(1));
        txn.save(0, &history, &fixtures::summary(&history)).unwrap();
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
    on_each_engine(|store| {
        let mut history = opening(1, "raced");
        save(store, &history);
        history.push(next(&history, Fact::Resumed { note: None }));
        let row = fixtures::summary(&history);
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
    on_each_engine(|store| {
        let history = opening(1, "odd");
        let row = fixtures::summary(&history);
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
    on_each_engine(|store| {
        let (one, two) = (opening(1, "one"), opening(2, "two"));
        let mut txn = store.begin(AccessMode::Write).unwrap();
        for history in [&one, &two] {
            txn.next_id().unwrap();
            txn.save(0, history, &fixtures::summary(history)).unwrap();
        }
        txn.commit().unwrap();
        assert_eq!(listed(store, &Query::all(), at(0)).len(), 2);
        assert_eq!(faults(store), Vec::<String>::new());
    });
}

#[test]
fn a_key_finds_the_newest_ticket_that_has_it() {
    on_each_engine(|store| {
        for id in 1..=2 {
            save(store, &keyed(id));
            let txn = store.begin(AccessMode::Read).unwrap();
            assert_eq!(txn.by_key("mail-1").unwrap(), Some(TicketId(id)));
            assert_eq!(txn.by_key("Mail-1").unwrap(), None);
        }
        assert_eq!(faults(store), Vec::<String>::new());
    });
}

#[test]
fn reading_stops_when_the_callback_says_so() {
    on_each_engine(|store| {
        for id in 1..=5 {
            save(store, &opening(id, "many"));
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
#[cfg(debug_assertions)]
#[should_panic(expected = "a statement runs while rows of another are being read")]
fn a_callback_that_uses_its_transaction_panics() {
    on_each_engine(|store| {
        save(store, &opening(1, "one"));
        let txn = store.begin(AccessMode::Read).unwrap();
        let _outcome = txn.each(&Query::all(), at(0), &mut |row| {
            let _row = txn.summary(row.id);
            ControlFlow::Continue(())
        });
    });
}

#[test]
fn group_counts_are_those_of_the_rows() {
    on_each_engine(|store| {
        let rows: Vec<Summary> = desk(5, 120).iter().map(|h| save(store, h)).collect();
        for minutes in [0, 300, 900, 3000, 10_000] {
            let now = at(minutes);
            let txn = store.begin(AccessMode::Read).unwrap();
            for by in Grouping::ALL {
                let counts = txn.group_counts(&Query::all(), *by, now).unwrap();
                assert_eq!(counts, GroupCounts::count(&rows, *by, now));
                assert!(counts.groups.len() > 2, "{counts:?}");
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

/// Words of the filter language, of every field.
const FILTER_WORDS: &[&str] = &[
    "tag:vpn",
    "tag:100_",
    "tag:none",
    "checklist:open",
    "checklist:done",
    "checklist:none",
    "asset:SRV-1",
    "asset:srv_1",
    "asset:any",
    "cost:>10",
    "cost:-5..12.5",
    "cost:12.5",
    "cost:none",
    "color:red",
    "bought:>=2026-03",
    "bought:2026-03-02",
    "vpn",
    "BÜRO",
    "title:100%",
    "text:mia",
    "r:ole@",
    "r:none",
    "r:any",
    "s:open",
    "s:closed",
    "s:new,resolved",
    "s:paused",
    "s:void",
    "s:void,new",
    "is:void",
    "is:promised",
    "is:overdue",
    "is:at-risk",
    "is:mine",
    "is:unassigned",
    "is:known-error",
    "is:unanswered",
    "unanswered:<2h",
    "unanswered:>1d,none",
    "is:merged",
    "is:reopened",
    "is:escalated",
    "is:restricted",
    "is:imported",
    "k:incident",
    "k:none",
    "k:any",
    "onset:anticipated",
    "channel:phone,chat",
    "tier:L2",
    "a:anna,none",
    "a:any",
    "c:network",
    "c:none",
    "c:network/vpn,hardware",
    "p:P1",
    "p:<=P2",
    "p:none,P4",
    "satisfaction:>=4",
    "satisfaction:none",
    "spent:>20m",
    "spent:5m..1h30m",
    "spent:none",
    "spent:any",
    "id:5..40",
    "id:>100,3",
    "key:any",
    "key:alert-7",
    "source:any",
    "number:7",
    "code:workaround",
    "code:none",
    "reason:vendor",
    "reason:none",
    "reason:any",
    "opened:<2h",
    "opened:>1d",
    "opened:today",
    "opened:2026-03-02..2026-03-03",
    "updated:>3h",
    "u:this-week",
    "resolved:any",
    "resolved:yesterday",
    "closed:<1d",
    "closed:none",
    "due:<2h",
    "due:none",
    "due:>1d",
    "due:tomorrow",
];

/// Conditions as the filter language writes them, at any moment.
fn conditions() -> impl Strategy<Value = Vec<Condition>> {
    let word = (proptest::sample::select(FILTER_WORDS), any::<bool>());
    proptest::collection::vec(word, 0..4).prop_map(|words| {
        let words = words.into_iter();
        let words = words.map(|(word, negated)| match (negated, word.contains(':')) {
            (true, true) => format!("-{word}"),
            (true, false) => format!("-text:{word}"),
            (false, _) => word.to_owned(),
        });
        let zone = Zone::utc();
        let tiers = ["L1", "L2", "L3"].map(Tier::from_stored);
        let fields = fixtures::carried::fields();
        let ctx = FilterContext {
            clock: Clock {
                now: at(1500),
                zone: &zone,
            },
            me: &|| Some(Agent::from_stored("ben")),
            tiers: &tiers,
            lowest_priority: 4,
            fields: &fields,
            retired: &|_| None,
        };
        filter::parse::parse(&words.collect::<Vec<_>>(), &ctx).unwrap()
    })
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
    let updated = (moments(), moments());
    let flags = (
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
        any::<bool>(),
        proptest::sample::select(sorts),
        proptest::option::of(0_u32..30),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    );
    let parts = (lists, texts, times, updated, flags, conditions());
    parts.prop_map(|(lists, texts, times, updated, flags, conditions)| Query {
        states: lists.0,
        kinds: lists.1,
        channels: lists.2,
        tiers: lists.3,
        assignees: lists.4,
        unassigned: flags.0,
        categories: lists.5,
        priorities: lists.6,
        without_priority: flags.7,
        requester: texts.0,
        title: texts.1,
        opened: TimeRange {
            from: times.0,
            to: times.1,
        },
        updated: TimeRange {
            from: updated.0,
            to: updated.1,
        },
        resolved: TimeRange {
            from: times.2,
            to: times.3,
        },
        known_errors: flags.6,
        overdue: flags.1,
        at_risk: flags.2,
        due_before: times.4,
        conditions,
        restricted: RestrictedTickets::LeaveOut,
        sort: flags.4,
        reverse: flags.3,
        limit: flags.5,
    })
}

#[test]
fn every_query_selects_what_the_domain_says() {
    on_each_engine(|store| {
        let all = desk_with_known(9, 250);
        let rows: Vec<Summary> = all.iter().map(|h| save(store, h)).collect();
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
        let promised = |row: &Summary| row.clocks.values().any(|clock| clock.promised);
        for found in [|row: &Summary| row.is_void, promised] {
            let count = rows.iter().filter(|row| found(row)).count();
            assert!((5..rows.len() - 5).contains(&count), "{count}");
        }
        let mut runner = TestRunner::new(cases(800));
        let by = proptest::sample::select(Grouping::ALL.to_vec());
        let cases = (queries(), (0_i64..4000).prop_map(at), by);
        runner
            .run(&cases, |(query, now, by)| {
                let mut expected: Vec<&Summary> =
                    rows.iter().filter(|row| query.matches(row, now)).collect();
                expected.sort_by(|a, b| query.compare(a, b));
                let txn = store.begin(AccessMode::Read).unwrap();
                let count = txn.count(&query, now).unwrap();
                let found_counts = txn.group_counts(&query, by, now).unwrap();
                drop(txn);
                prop_assert_eq!(count, u64::try_from(expected.len()).unwrap());
                let counts = GroupCounts::count(expected.iter().copied(), by, now);
                prop_assert_eq!(found_counts, counts);
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
fn policy_versions_follow_each_other_and_are_read_back_unchanged() {
    on_each_engine(|store| {
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.policy_version().unwrap(), 1);
        assert_eq!(txn.policy_versions().unwrap(), []);
        drop(txn);
        let two = policy_version(2, "warnings = [80]");
        let three = policy_version(3, "warnings = [60]");
        set(store, &two);
        set(store, &three);
        let mut txn = store.begin(AccessMode::Write).unwrap();
        assert!(txn.add_policy_version(&two).is_err());
        assert!(txn.add_policy_version(&policy_version(5, "")).is_err());
        drop(txn);
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.policy_version().unwrap(), 3);
        assert_eq!(txn.policy_versions().unwrap(), [two, three]);
        drop(txn);
        assert_eq!(faults(store), Vec::<String>::new());
    });
}

#[test]
fn the_text_of_a_policy_version_is_not_read_by_the_store() {
    on_each_engine(|store| {
        let mut txn = store.begin(AccessMode::Write).unwrap();
        let nonsense = policy_version(2, "not a policy");
        txn.add_policy_version(&nonsense).unwrap();
        txn.commit().unwrap();
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.policy_versions().unwrap(), [nonsense]);
        drop(txn);
        assert_eq!(
            faults(store),
            ["the policy cannot be read: the store is damaged: policy version 2 cannot be read"]
        );
    });
}

#[test]
fn due_actions_come_in_the_order_in_which_they_were_due() {
    on_each_engine(|store| {
        let rows: Vec<Summary> = desk(11, 120).iter().map(|h| save(store, h)).collect();
        let mut due: Vec<(Timestamp, TicketId)> = rows
            .iter()
            .filter_map(|row| Some((row.next_action_at?, row.id)))
            .collect();
        due.sort_unstable();
        assert!(due.len() > 20, "{due:?}");
        let txn = store.begin(AccessMode::Read).unwrap();
        for now in [at(0), at(500), at(2000), at(100_000)] {
            let by_now: Vec<TicketId> = due
                .iter()
                .filter(|(act, _)| *act <= now)
                .map(|(_, id)| *id)
                .collect();
            assert_eq!(txn.due_actions(now).unwrap(), by_now);
            let first = by_now.first().copied();
            assert_eq!(txn.next_due_action(now).unwrap(), first);
        }
        let open = rows.iter().filter(|row| row.is_open()).map(|row| row.id);
        assert_eq!(txn.open_ids().unwrap(), open.collect::<Vec<_>>());
    });
}

#[test]
fn a_timer_is_set_for_the_named_tickets_and_no_other() {
    on_each_engine(|store| {
        for history in desk(12, 60) {
            save(store, &history);
        }
        let timers = || {
            let txn = store.begin(AccessMode::Read).unwrap();
            let open = txn.open_ids().unwrap();
            open.into_iter()
                .map(|id| (id, txn.summary(id).unwrap().unwrap().next_action_at))
                .collect::<Vec<_>>()
        };
        let mut expected = timers();
        expected[0].1 = Some(at(-5));
        expected[1].1 = None;
        let mut txn = store.begin(AccessMode::Write).unwrap();
        txn.set_timers(&expected[..2]).unwrap();
        txn.commit().unwrap();
        assert_eq!(timers(), expected);
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.next_due_action(at(0)).unwrap(), Some(expected[0].0));
    });
}

#[test]
fn credits_are_the_openings_contacts_and_resolutions_of_each_history() {
    on_each_engine(|store| {
        let mut expected = Vec::new();
        for history in desk(4, 40) {
            save(store, &history);
            for event in &history {
                let Some(kind) = CreditKind::from_fact_kind(event.fact.kind()) else {
                    continue;
                };
                expected.push(Credit {
                    ticket: event.ticket,
                    at: event.at,
                    by: event.actor.clone(),
                    kind,
                });
            }
        }
        for kind in [CreditKind::Contact, CreditKind::Resolved] {
            assert!(expected.iter().any(|one| one.kind == kind));
        }
        let txn = store.begin(AccessMode::Read).unwrap();
        let undone = txn.undone_events().unwrap();
        assert_eq!(txn.credits(&undone).unwrap(), expected);
    });
}

#[test]
fn handovers_are_those_that_a_replay_shows() {
    on_each_engine(|store| {
        let mut expected = Vec::new();
        for history in desk(3, 80) {
            save(store, &history);
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
            let undone = txn.undone_events().unwrap();
            txn.tier_transfers(&undone, &mut |one| {
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
