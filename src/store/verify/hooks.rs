//! Checks the deliveries to hooks against the events that they tell of: that each
//! has its event, once for each hook, an id as this store makes them, and a state
//! that fits its other columns. Which hooks there are, the settings say: they are
//! not in the store.

use std::collections::BTreeSet;

use super::super::StoreError;
use super::super::sql::driver::{Executor, Row};
use super::super::sql::hooks::{DELIVERY_ID_LENGTH, WITH_EVENTS};
use super::Findings;
use crate::domain::hooks::DeliveryState;

/// A delivery, as far as it is checked.
struct Checked {
    id: i64,
    owner: String,
    hook: String,
    ticket: i64,
    event: i64,
    delivery_id: String,
    state: String,
    queued_ms: i64,
    /// When its event was recorded; absent if there is none.
    recorded_ms: Option<i64>,
    attempts: i64,
    failures: i64,
    is_done: bool,
    /// Whether it says who has it, and until when.
    claim: (bool, bool),
}

impl Checked {
    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.int("id")?,
            owner: row.text("owner")?,
            hook: row.text("hook")?,
            ticket: row.int("ticket")?,
            event: row.int("event")?,
            delivery_id: row.text("delivery_id")?,
            state: row.text("state")?,
            queued_ms: row.int("queued_ms")?,
            recorded_ms: row.maybe_int("recorded_ms")?,
            attempts: row.int("attempts")?,
            failures: row.int("failures")?,
            is_done: row.maybe_int("done_ms")?.is_some(),
            claim: (
                row.maybe_str("claimed_by")?.is_some(),
                row.maybe_int("lease_until")?.is_some(),
            ),
        })
    }
}

pub(super) fn check(db: &Executor<'_>, findings: &mut Findings) {
    let checked = deliveries(db, findings);
    findings.unreadable("the deliveries to hooks", checked);
}

fn deliveries(db: &Executor<'_>, findings: &mut Findings) -> Result<(), StoreError> {
    let mut seen = BTreeSet::new();
    for one in db.all(WITH_EVENTS, &[], Checked::read)? {
        let mut fault = |what: &str| findings.fault(format!("delivery {}: {what}", one.id));
        match one.recorded_ms {
            None => fault(&format!("#{} has no event {}", one.ticket, one.event)),
            Some(recorded) if recorded != one.queued_ms => {
                fault("it was not queued when its event was recorded");
            }
            Some(_) => {}
        }
        if one.owner.is_empty() || one.hook.is_empty() {
            fault("it is for no hook");
        }
        if !is_delivery_id(&one.delivery_id) {
            fault("its id is not one that this store makes");
        }
        check_state(&one, &mut fault);
        if !seen.insert((one.owner, one.hook, one.ticket, one.event)) {
            fault("the hook is told of its event twice");
        }
    }
    Ok(())
}

/// Whether a text can be the id of a delivery: base 32, of a fixed length.
fn is_delivery_id(text: &str) -> bool {
    let is_digit = |b: u8| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b);
    text.len() == DELIVERY_ID_LENGTH && text.bytes().all(is_digit)
}

/// A state fits who has it, when it was over, and how often it was tried.
fn check_state(one: &Checked, fault: &mut dyn FnMut(&str)) {
    let Some(state) = DeliveryState::parse(&one.state) else {
        fault("its state is unknown");
        return;
    };
    match (state.is_over(), one.is_done) {
        (true, false) => fault("it is over, but does not say when"),
        (false, true) => fault("it is not over, but says when"),
        (true, true) | (false, false) => {}
    }
    match (state == DeliveryState::Running, one.claim) {
        (true, (true, true)) | (false, (false, false)) => {}
        (true, _) => fault("its program runs, but nobody has it"),
        (false, _) => fault("somebody has it, but its program does not run"),
    }
    if one.attempts < 0 || one.failures < 0 || one.failures > one.attempts {
        fault("it failed more often than it was tried");
    }
}
