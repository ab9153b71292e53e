//! Mail on its way out: only one of two copies may send it.

use super::super::StoreError;
use super::super::sql::driver::Executor;
use crate::domain::Timestamp;

const BEING_SENT: &str = "SELECT count(*) AS mails FROM outbox \
     WHERE state IN ('claimed', 'handing') AND lease_until >= $1";

const TO_SEND: &str = "SELECT count(*) AS mails FROM outbox \
     WHERE state IN ('queued', 'claimed', 'handing')";

const HOLD: &str = "UPDATE outbox SET state = 'held', claimed_by = NULL, lease_until = NULL, \
     last_error = $1 WHERE state IN ('queued', 'claimed', 'handing')";

/// Refuses to move a store while a process hands mails over: it could not note any
/// more that they were sent.
///
/// # Errors
/// [`StoreError::Refused`].
pub(super) fn refuse_while_sending(db: &Executor<'_>, now: Timestamp) -> Result<(), StoreError> {
    let mails = db.first(BEING_SENT, &[now.into()], |row| row.number::<u64>("mails"))?;
    match mails.unwrap_or(0) {
        0 => Ok(()),
        mails => {
            let mails = match mails {
                1 => "1 mail is".to_owned(),
                mails => format!("{mails} mails are"),
            };
            Err(StoreError::Refused {
                exit_code: 4,
                code: "busy",
                message: format!("{mails} being sent at this moment; nothing was copied"),
                hint: "wait until they are sent, then try again".to_owned(),
            })
        }
    }
}

/// Puts every mail on hold that the store of the copy sends by itself, and returns
/// how many there are.
///
/// # Errors
/// Any error of the engine.
pub(super) fn hold(db: &Executor<'_>) -> Result<u64, StoreError> {
    let mails = db.first(TO_SEND, &[], |row| row.number("mails"))?;
    let reason = "this store is a copy: the mail is sent by the store that is in use";
    db.execute(HOLD, &[reason.into()])?;
    Ok(mails.unwrap_or(0))
}
