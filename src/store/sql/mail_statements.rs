//! The statements of received mail.

const COLUMNS: &str = "id, received_ms, state, size, digest IS NULL AS erased, attempts, \
     tried_ms, ticket, sender, subject, language, reason";

pub(crate) fn select(rest: &str) -> String {
    format!("SELECT {COLUMNS} FROM incoming_mail {rest}")
}

pub(crate) const BY_ID: &str = "WHERE id = $1";

pub(crate) const BY_DIGEST: &str = "WHERE digest = $1";

/// The mails that are still to be understood, the oldest first. The state is
/// written out, so that the index is used.
pub(crate) const RECEIVED: &str = "WHERE state = 'received' ORDER BY id";

/// As [`RECEIVED`].
pub(crate) const QUARANTINED: &str = "WHERE state = 'quarantined' ORDER BY id";

pub(crate) const OF_TICKET: &str = "WHERE ticket = $1 ORDER BY id";

pub(crate) const COUNT_QUARANTINED: &str =
    "SELECT count(*) AS mails FROM incoming_mail WHERE state = 'quarantined'";

pub(crate) const LAST_RECEIVED: &str = "SELECT max(received_ms) AS last_ms FROM incoming_mail";

pub(crate) const ADD: &str = "INSERT INTO incoming_mail \
     (received_ms, state, size, digest, attempts) VALUES ($1, 'received', $2, $3, 0) RETURNING id";

pub(crate) const UPDATE: &str = "UPDATE incoming_mail SET state = $2, attempts = $3, \
     tried_ms = $4, ticket = $5, sender = $6, subject = $7, language = $8, reason = $9 \
     WHERE id = $1";

pub(crate) const ADD_CHUNK: &str = "INSERT INTO mail_chunk (mail, n, bytes) VALUES ($1, $2, $3)";

pub(crate) const CHUNKS: &str = "SELECT bytes FROM mail_chunk WHERE mail = $1 ORDER BY n";

pub(crate) const ADD_MESSAGE_ID: &str = "INSERT INTO mail_message_id \
     (message_id, mail, body) VALUES ($1, $2, $3) ON CONFLICT (message_id, mail) DO NOTHING";

/// The mails that had a message id, the oldest first.
pub(crate) const BY_MESSAGE_ID: &str = "SELECT m.mail, m.body, i.ticket \
     FROM mail_message_id m JOIN incoming_mail i ON i.id = m.mail \
     WHERE m.message_id = $1 ORDER BY m.mail";

pub(crate) const ADD_REFERENCE: &str = "INSERT INTO mail_reference (message_id, mail) \
     VALUES ($1, $2) ON CONFLICT (message_id, mail) DO NOTHING";

/// The tickets of the mails that refer to a message id, the oldest mail first.
pub(crate) const REFERRING: &str = "SELECT i.ticket FROM mail_reference r \
     JOIN incoming_mail i ON i.id = r.mail \
     WHERE r.message_id = $1 AND i.ticket IS NOT NULL ORDER BY r.mail";

pub(crate) const DELETE_REFERENCES: &str = "DELETE FROM mail_reference WHERE mail = $1";

pub(crate) const ERASE: &str = "UPDATE incoming_mail SET digest = NULL, sender = NULL, \
     subject = NULL, language = NULL, reason = NULL WHERE id = $1";

pub(crate) const DELETE_CHUNKS: &str = "DELETE FROM mail_chunk WHERE mail = $1";

pub(crate) const DELETE_MESSAGE_IDS: &str = "DELETE FROM mail_message_id WHERE mail = $1";

/// The tickets with mails that were not erased.
pub(crate) const TICKETS: &str = "SELECT DISTINCT ticket FROM incoming_mail \
     WHERE ticket IS NOT NULL AND digest IS NOT NULL ORDER BY ticket";

pub(crate) const HAS_MAIL: &str = "SELECT 1 AS found FROM incoming_mail \
     WHERE ticket = $1 AND digest IS NOT NULL LIMIT 1";

/// The mails without a ticket that were not erased.
pub(crate) const WITHOUT_TICKET: &str = "WHERE ticket IS NULL AND digest IS NOT NULL ORDER BY id";

pub(crate) const PUT_UNDELIVERABLE: &str = "INSERT INTO undeliverable \
     (address, since_ms, reason) VALUES ($1, $2, $3) ON CONFLICT (address) DO NOTHING";

pub(crate) const UNDELIVERABLE: &str =
    "SELECT since_ms, reason FROM undeliverable WHERE address = $1";

pub(crate) const DELETE_UNDELIVERABLE: &str = "DELETE FROM undeliverable WHERE address = $1";

/// Every mail with what is left of it, for a check.
pub(crate) const ALL: &str =
    "SELECT id, size, digest, state, attempts FROM incoming_mail ORDER BY id";
