//! Forgeries of the deliveries to hooks.

use super::{faults_after, fresh, next, opening, save};
use crate::domain::event::Fact;
use crate::domain::hooks::{HookOwner, HookRule, HookRules};
use crate::store::{AccessMode, Store};
use crate::testing::store::fixtures::summary;

/// The faults of a store with two deliveries of each of two hooks that was changed
/// by SQL.
fn faults(statement: &str) -> Vec<String> {
    let (home, store) = fresh();
    let mut history = opening(1, "cups");
    save(&store, &history);
    let rule = |hook: &str| HookRule {
        owner: HookOwner::System,
        hook: hook.to_owned(),
        on: Vec::new(),
        conditions: None,
    };
    let mut txn = store.begin(AccessMode::Write).unwrap();
    txn.set_hooks(HookRules::from(["chat", "wall"].map(rule)));
    for fact in [Fact::WorkStarted, Fact::Resumed { note: None }] {
        history.push(next(&history, fact));
    }
    let row = summary(&history);
    txn.save(1, &history[1..], &row).unwrap();
    txn.commit().unwrap();
    drop(store);
    faults_after(&home, statement)
}

#[test]
fn a_forged_delivery_to_a_hook_is_detected() {
    let sound = [
        "SELECT 1",
        "UPDATE hook_delivery SET state = 'running', attempts = 1, claimed_by = 'me', lease_until = 5",
        "UPDATE hook_delivery SET state = 'failed', attempts = 3, failures = 3, done_ms = 5, \
         last_error = 'exit code 1'",
        "UPDATE hook_delivery SET state = 'dropped', done_ms = 5",
        "DELETE FROM hook_delivery WHERE id = 2",
    ];
    for statement in sound {
        assert_eq!(faults(statement), Vec::<String>::new(), "{statement}");
    }
    for (set, fault) in [
        ("ticket = 9", "#9 has no event 2"),
        ("event = 99", "#1 has no event 99"),
        (
            "queued_ms = queued_ms + 1",
            "it was not queued when its event was recorded",
        ),
        ("hook = ''", "it is for no hook"),
        ("owner = ''", "it is for no hook"),
        (
            "delivery_id = 'abc'",
            "its id is not one that this store makes",
        ),
        (
            "delivery_id = upper(delivery_id)",
            "its id is not one that this store makes",
        ),
        (
            "delivery_id = delivery_id || 'a'",
            "its id is not one that this store makes",
        ),
        ("state = 'odd'", "its state is unknown"),
        ("state = 'delivered'", "it is over, but does not say when"),
        ("done_ms = 5", "it is not over, but says when"),
        ("state = 'running'", "its program runs, but nobody has it"),
        (
            "state = 'running', claimed_by = 'me'",
            "its program runs, but nobody has it",
        ),
        (
            "claimed_by = 'me'",
            "somebody has it, but its program does not run",
        ),
        (
            "lease_until = 5",
            "somebody has it, but its program does not run",
        ),
        ("failures = 1", "it failed more often than it was tried"),
        ("attempts = -1", "it failed more often than it was tried"),
    ] {
        let statement = format!("UPDATE hook_delivery SET {set} WHERE id = 1");
        let found = faults(&statement);
        let expected = format!("delivery 1: {fault}");
        assert!(found.contains(&expected), "{statement}: {found:?}");
        // SQLite finds a missing ticket as well.
        let missing = "a row of hook_delivery refers to a missing ticket";
        assert!(
            found
                .iter()
                .all(|fault| *fault == expected || fault == missing),
            "{statement}: {found:?}"
        );
    }
    let twice = faults("UPDATE hook_delivery SET hook = 'chat' WHERE hook = 'wall' AND event = 2");
    assert_eq!(twice, ["delivery 2: the hook is told of its event twice"]);
}
