//! Checks the counts of repeated alarms. No event says them, so that they are
//! only checked against each other.

use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::chain;
use super::super::sql::driver::Executor;
use super::super::sql::statements;
use super::Findings;
use crate::domain::event::TicketId;

pub(super) fn check(db: &Executor<'_>, findings: &mut Findings) {
    let counts = counts(db, findings);
    findings.unreadable("the counts of alarms", counts);
    let texts = texts(db, findings);
    findings.unreadable("the texts of alarms", texts);
}

/// A count is that of a ticket with a key or of one that such a ticket follows,
/// and covers its texts. Fewer texts are no fault: they can be erased.
fn counts(db: &Executor<'_>, findings: &mut Findings) -> Result<(), StoreError> {
    let faulty = |row: &super::super::sql::driver::Row<'_>| row.int("ticket").map(TicketId);
    for id in db.all(statements::FAULTY_ALARMS, &[], faulty)? {
        findings.fault(format!("{id}: the count of its alarms is not consistent"));
    }
    Ok(())
}

fn texts(db: &Executor<'_>, findings: &mut Findings) -> Result<(), StoreError> {
    db.query(statements::ALL_ALARM_TEXTS, &[], &mut |row| {
        let digest = chain::alarm_digest(row.str("text")?);
        if row.blob("digest")? != digest {
            let id = TicketId(row.int("ticket")?);
            findings.fault(format!("{id}: the text of an alarm was altered"));
        }
        Ok(ControlFlow::Continue(()))
    })
}
