//! Checks the mails of the outbox against the events that they are about: that
//! each has its event, an id that this store made, a recipient whom the ticket or
//! a policy names, and a state that fits its other columns. What a mail says is
//! rendered from a template and not covered.

use super::super::StoreError;
use super::super::chain;
use super::super::sql::driver::{Executor, Row};
use super::super::sql::{import_keys, outbox_statements as statements};
use super::Findings;
use crate::domain::mail::identifiers::read_message_id;
use crate::domain::vocabulary::{NoticeKind, OutboxState};

/// A mail of the outbox, as far as it is checked.
struct Checked {
    id: i64,
    ticket: i64,
    event: i64,
    kind: String,
    recipient: String,
    message_id: String,
    state: String,
    /// The kind of the event that it is about; absent if there is none.
    about: Option<String>,
    /// Whether texts of the ticket were erased.
    was_erased: bool,
    has_sent_time: bool,
    is_claimed: bool,
    is_erased: bool,
    /// Whether any text is left.
    has_text: bool,
}

impl Checked {
    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let recipient = row.text("recipient")?;
        let mut has_text = !recipient.is_empty();
        for column in ["subject", "body", "headers", "calendar", "last_error"] {
            let text = row.maybe_str(column)?.unwrap_or_default();
            has_text |= !text.is_empty();
        }
        has_text |= row.maybe_str("bounce_to")?.is_some();
        has_text |= row
            .maybe_str("bounced")?
            .is_some_and(|text| !text.is_empty());
        Ok(Self {
            id: row.int("id")?,
            ticket: row.int("ticket")?,
            event: row.int("event")?,
            kind: row.text("kind")?,
            recipient,
            message_id: row.text("message_id")?,
            state: row.text("state")?,
            about: row.maybe_text("about")?,
            was_erased: row.int("was_erased")? > 0,
            has_sent_time: row.maybe_int("sent_ms")?.is_some(),
            is_claimed: row.maybe_text("claimed_by")?.is_some()
                && row.maybe_int("lease_until")?.is_some(),
            is_erased: row.int("erased")? != 0,
            has_text,
        })
    }
}

pub(super) fn check(db: &Executor<'_>, findings: &mut Findings) {
    let checked = mails(db, findings);
    findings.unreadable("the outbox", checked);
}

fn mails(db: &Executor<'_>, findings: &mut Findings) -> Result<(), StoreError> {
    let all = db.all(statements::WITH_EVENTS, &[], Checked::read)?;
    if all.is_empty() {
        return Ok(());
    }
    let key = import_keys::all(db)?.into_iter().next();
    let policies = db.all(statements::POLICY_TEXTS, &[], |row| row.text("value"))?;
    for mail in &all {
        let mut fault = |what: &str| findings.fault(format!("outbox {}: {what}", mail.id));
        let kind = NoticeKind::parse(&mail.kind).ok();
        match (kind, &mail.about) {
            (None, _) => fault("its kind is unknown"),
            (Some(_), None) => fault(&format!("#{} has no event {}", mail.ticket, mail.event)),
            (Some(kind), Some(about)) if !tells_of(kind, about) => {
                fault(&format!(
                    "event {} of #{} is not what it tells",
                    mail.event, mail.ticket
                ));
            }
            (Some(_), Some(_)) => {}
        }
        if !is_own_id(mail, kind, key.as_deref()) {
            fault("its Message-ID is not one of this store");
        }
        check_state(mail, &mut fault);
        if mail.is_erased {
            if mail.has_text {
                fault("it was erased, but its text is there");
            }
        } else if let Some(kind) = kind
            && !mail.was_erased
            && !is_known(db, mail, kind, &policies)?
        {
            fault("nothing names its recipient");
        }
    }
    Ok(())
}

/// A state fits when a mail was sent, and who has it.
fn check_state(mail: &Checked, fault: &mut dyn FnMut(&str)) {
    let Ok(state) = OutboxState::parse(&mail.state) else {
        fault("its state is unknown");
        return;
    };
    match (state == OutboxState::Sent, mail.has_sent_time) {
        (true, false) => fault("it was sent, but not when"),
        (false, true) => fault("it was not sent, but says when"),
        (true, true) | (false, false) => {}
    }
    let must_be_claimed = matches!(state, OutboxState::Claimed | OutboxState::Handing);
    if must_be_claimed && !mail.is_claimed {
        fault("it is being sent, but by nobody");
    }
}

/// Whether a kind of mail tells of a kind of event.
fn tells_of(kind: NoticeKind, event: &str) -> bool {
    let events: &[&str] = match kind {
        NoticeKind::Acknowledged => &["opened"],
        NoticeKind::Reply => &["replied"],
        NoticeKind::Resolved => &["resolved"],
        NoticeKind::Closed => &["closed"],
        NoticeKind::Reopened => &["reopened"],
        NoticeKind::Call => &["call-arranged", "call-moved", "call-cancelled"],
        NoticeKind::Assigned => &["assigned"],
        NoticeKind::RequesterWrote => &["heard", "call-answered"],
        NoticeKind::Warning | NoticeKind::Breach => &["warned"],
        NoticeKind::Escalated => &["escalated"],
        NoticeKind::Manager => &["manager-told"],
    };
    events.contains(&event)
}

/// Whether a Message-ID has the token of its ticket, under the key of the store.
fn is_own_id(mail: &Checked, kind: Option<NoticeKind>, key: Option<&str>) -> bool {
    let (Some(read), Some(key)) = (read_message_id(&mail.message_id), key) else {
        return false;
    };
    let about = read.about;
    chain::mail_token(key, about.ticket.0) == about.token && read.kind == kind
}

/// Whether a requester has the address, as an event of the ticket says, or an
/// agent, a tier or a manager, as a policy says.
fn is_known(
    db: &Executor<'_>,
    mail: &Checked,
    kind: NoticeKind,
    policies: &[String],
) -> Result<bool, StoreError> {
    let address = mail.recipient.to_lowercase();
    let contacts = db.all(statements::CONTACTS, &[mail.ticket.into()], |row| {
        row.text("value")
    })?;
    if contacts
        .iter()
        .any(|known| known.to_lowercase().contains(&address))
    {
        return Ok(true);
    }
    Ok(match kind {
        NoticeKind::Acknowledged
        | NoticeKind::Reply
        | NoticeKind::Resolved
        | NoticeKind::Closed
        | NoticeKind::Reopened
        | NoticeKind::Call => false,
        NoticeKind::Assigned
        | NoticeKind::RequesterWrote
        | NoticeKind::Warning
        | NoticeKind::Breach
        | NoticeKind::Escalated
        | NoticeKind::Manager => policies
            .iter()
            .any(|text| text.to_lowercase().contains(&address)),
    })
}
