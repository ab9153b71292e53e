//! Checks the events about people: that all can be read, are numbered without
//! gaps, and take back only what was recorded.

use std::collections::BTreeSet;

use super::super::StoreError;
use super::super::sql::driver::Executor;
use super::super::sql::people::People;
use super::super::sql::person_events;
use super::Findings;
use crate::domain::privacy::person_event::{PersonEvent, PersonFact, PersonFactKind};

pub(super) fn check(db: &Executor<'_>, findings: &mut Findings) {
    let checked = events(db, findings);
    findings.unreadable("the events about people", checked);
}

fn events(db: &Executor<'_>, findings: &mut Findings) -> Result<(), StoreError> {
    let people = People::default();
    let (mut joins, mut limits) = (BTreeSet::new(), BTreeSet::new());
    for kind in PersonFactKind::ALL {
        let events = person_events::of_kind(db, &people, kind)?;
        let name = kind.as_str();
        if events.iter().zip(1..).any(|(event, n)| event.n != n) {
            findings.fault(format!("the events of {name} have gaps"));
        }
        for PersonEvent { n, fact, .. } in events {
            let is_known = match fact {
                PersonFact::Joined { .. } => joins.insert(n),
                PersonFact::ProcessingLimited { .. } => limits.insert(n),
                PersonFact::Separated { join, .. } => joins.contains(&join),
                PersonFact::LimitLifted { limit, .. } => limits.contains(&limit),
                PersonFact::LimitedDataShown { .. } => true,
            };
            if !is_known {
                findings.fault(format!(
                    "event {n} of {name} takes back what was never recorded"
                ));
            }
        }
    }
    Ok(())
}
