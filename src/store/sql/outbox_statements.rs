//! The statements of the outbox.

/// Its columns.
macro_rules! columns {
    () => {
        "id, ticket, event, kind, recipient, language, message_id, subject, body, headers, \
         calendar, bounce_to, state, queued_ms, attempts, not_before, sent_ms, last_error, bounced"
    };
}

pub(crate) const ADD: &str = "INSERT INTO outbox (ticket, event, kind, recipient, language, \
     message_id, subject, body, headers, calendar, bounce_to, state, queued_ms, not_before) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) RETURNING id";

/// The mails of a ticket to and from the address $2, the oldest first. Here and below
/// addresses are given in lower case: what that is of a parameter, a database may
/// decide by its own language.
pub(crate) const THREAD: &str = "SELECT message_id FROM ( \
     SELECT message_id, queued_ms AS at, 1 AS own, id FROM outbox \
     WHERE ticket = $1 AND lower(recipient) = $2 \
     UNION ALL SELECT min(m.message_id), i.received_ms, 0, i.id \
     FROM incoming_mail i JOIN mail_message_id m ON m.mail = i.id \
     WHERE (i.ticket = $1 OR i.id = $3) AND lower(i.sender) = $2 GROUP BY i.id) AS thread \
     ORDER BY at, own, id";

pub(crate) const COUNT: &str = "SELECT count(*) AS mails FROM outbox \
     WHERE ticket = $1 AND lower(recipient) = $2 AND queued_ms > $3 AND state <> 'cancelled'";

pub(crate) const OPEN: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM outbox WHERE (state NOT IN ('sent', 'cancelled') OR bounced IS NOT NULL) \
     AND (CAST($1 AS BIGINT) IS NULL OR ticket = $1) ORDER BY id"
);

pub(crate) const ALL: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM outbox WHERE CAST($1 AS BIGINT) IS NULL OR ticket = $1 ORDER BY id"
);

pub(crate) const ENTRY: &str = concat!("SELECT ", columns!(), " FROM outbox WHERE id = $1");

pub(crate) const NEXT: &str = "SELECT id FROM outbox WHERE state = 'queued' AND not_before <= $1 \
     ORDER BY not_before, id LIMIT 1";

pub(crate) const OLDEST: &str = "SELECT min(queued_ms) AS oldest FROM outbox \
     WHERE state NOT IN ('sent', 'cancelled', 'failed')";

pub(crate) const CLAIM: &str = concat!(
    "UPDATE outbox SET state = 'claimed', claimed_by = $2, lease_until = $3, \
     attempts = attempts + 1 WHERE id = $1 AND state = 'queued' RETURNING ",
    columns!()
);

pub(crate) const BEGIN_HANDING: &str = "UPDATE outbox SET state = 'handing', lease_until = $3 \
     WHERE id = $1 AND state = 'claimed' AND claimed_by = $2 RETURNING id";

pub(crate) const END_ATTEMPT: &str = "UPDATE outbox SET state = $3, not_before = $4, \
     last_error = $5, sent_ms = $6, claimed_by = NULL, lease_until = NULL \
     WHERE id = $1 AND state IN ('claimed', 'handing') AND claimed_by = $2 RETURNING id";

pub(crate) const ABANDONED: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM outbox WHERE state IN ('claimed', 'handing') AND lease_until < $1 ORDER BY id"
);

pub(crate) const MOVE: &str = "UPDATE outbox SET state = $3, not_before = $4, \
     last_error = coalesce($5, last_error), claimed_by = NULL, lease_until = NULL \
     WHERE id = $1 AND state = $2 RETURNING id";

pub(crate) const BOUNCED: &str = concat!(
    "UPDATE outbox SET bounced = $3 WHERE message_id = $1 \
     AND (CAST($2 AS TEXT) IS NULL OR lower(recipient) = $2) RETURNING ",
    columns!()
);

/// Erases what the mails about a ticket say, and of whom; what was not sent yet
/// never will be.
pub(crate) const ERASE_OF_TICKET: &str = "UPDATE outbox SET recipient = '', subject = '', \
     body = '', headers = '', calendar = NULL, bounce_to = NULL, last_error = NULL, \
     bounced = CASE WHEN bounced IS NULL THEN NULL ELSE '' END, erased = 1, \
     state = CASE WHEN state IN ('sent', 'failed', 'cancelled') THEN state ELSE 'cancelled' END \
     WHERE ticket = $1 AND erased = 0";

/// The mails that still have their texts.
pub(crate) const TEXTS: &str = "SELECT id, recipient, subject, body, headers, calendar, \
     last_error FROM outbox WHERE erased = 0";

pub(crate) const ERASE: &str = "UPDATE outbox SET recipient = '', subject = '', \
     body = '', headers = '', calendar = NULL, bounce_to = NULL, last_error = NULL, \
     bounced = CASE WHEN bounced IS NULL THEN NULL ELSE '' END, erased = 1, \
     state = CASE WHEN state IN ('sent', 'failed', 'cancelled') THEN state ELSE 'cancelled' END \
     WHERE id = $1";

/// Every mail with the kind of the event that it is about, and with whether texts
/// of its ticket were erased.
pub(crate) const WITH_EVENTS: &str = "SELECT outbox.id, outbox.ticket, outbox.event, outbox.kind, \
     outbox.recipient, outbox.message_id, outbox.subject, outbox.body, outbox.headers, \
     outbox.calendar, outbox.bounce_to, outbox.state, outbox.sent_ms, outbox.last_error, \
     outbox.bounced, outbox.claimed_by, outbox.lease_until, outbox.erased, event.kind AS about, \
     (SELECT count(*) FROM event gone WHERE gone.ticket = outbox.ticket AND gone.kind = 'erased') \
     AS was_erased FROM outbox LEFT JOIN event \
     ON event.ticket = outbox.ticket AND event.n = outbox.event ORDER BY outbox.id";

/// The addresses that the events of a ticket name.
pub(crate) const CONTACTS: &str = "SELECT field.value FROM field \
     JOIN event ON event.seq = field.seq WHERE event.ticket = $1 \
     AND field.path IN ('contact', 'manager')";

/// What every policy says.
pub(crate) const POLICY_TEXTS: &str = "SELECT field.value FROM field \
     JOIN event ON event.seq = field.seq WHERE event.kind = 'policy' AND event.ticket IS NULL";
