//! How a mail names the ticket that it belongs to: in the address to reply to and
//! in Message-IDs. The token in both shows that this desk made them; whether it
//! is the right one is for the caller to ask the store.

use crate::domain::event::TicketId;
use crate::domain::vocabulary::NoticeKind;

/// The header with the id of the store that sent a mail.
pub(crate) const LOOP_HEADER: &str = "X-Desk-Loop";

/// The number of characters of a token.
const TOKEN_LENGTH: usize = 10;
/// The first word of a Message-ID of a desk.
const PREFIX: &str = "desk.";

/// A ticket, and what shows that a mail belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TicketToken {
    pub(crate) ticket: TicketId,
    /// In lower case.
    pub(crate) token: String,
}

/// A Message-ID in the form of those that a desk makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeskMessageId {
    pub(crate) about: TicketToken,
    /// `None` for a word that this version does not know.
    pub(crate) kind: Option<NoticeKind>,
}

impl TicketToken {
    /// Parses `42.k3f9abcdef`.
    fn parse(typed: &str) -> Option<Self> {
        let (number, token) = typed.split_once('.')?;
        let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let number = number.parse().ok().filter(|number| plain && *number > 0)?;
        let token = token.to_ascii_lowercase();
        let is_digit = |b: u8| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b);
        let valid = token.len() == TOKEN_LENGTH && token.bytes().all(is_digit);
        valid.then_some(Self {
            ticket: TicketId(number),
            token,
        })
    }

    /// Returns the address to which answers about the ticket go: that of the desk,
    /// with the ticket as its detail (RFC 5233).
    pub(crate) fn reply_address(&self, desk: &str) -> String {
        let (local, domain) = desk.rsplit_once('@').unwrap_or((desk, "localhost"));
        let (number, token) = (self.ticket.0, &self.token);
        format!("{local}+{number}.{token}@{domain}")
    }

    /// Returns a new Message-ID without angle brackets; `random` makes it unique.
    pub(crate) fn message_id(&self, kind: NoticeKind, random: &str, desk: &str) -> String {
        let domain = desk
            .rsplit_once('@')
            .map_or("localhost", |(_, domain)| domain);
        let (number, token) = (self.ticket.0, &self.token);
        format!("{PREFIX}{number}.{token}.{kind}.{random}@{domain}")
    }
}

/// Reads the ticket in an address such as `desk+42.k3f9abcdef@example.org`. The
/// rest of the address is ignored, because mail systems rewrite it.
pub(crate) fn read_reply_address(address: &str) -> Option<TicketToken> {
    let address = address.trim().trim_start_matches('<').trim_end_matches('>');
    let (local, _) = address.rsplit_once('@')?;
    let (_, detail) = local.trim_matches('"').rsplit_once('+')?;
    TicketToken::parse(detail)
}

/// Reads a Message-ID, with or without angle brackets, that has the form of those
/// of a desk.
pub(crate) fn read_message_id(id: &str) -> Option<DeskMessageId> {
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    let (local, _) = id.rsplit_once('@')?;
    let local = local.trim_matches('"');
    let rest = local
        .get(..PREFIX.len())
        .filter(|prefix| prefix.eq_ignore_ascii_case(PREFIX))
        .and_then(|_| local.get(PREFIX.len()..))?;
    let mut parts = rest.split('.');
    let (number, token) = (parts.next()?, parts.next()?);
    let about = TicketToken::parse(&format!("{number}.{token}"))?;
    let (kind, random) = (parts.next()?, parts.next()?);
    if random.is_empty() || parts.next().is_some() {
        return None;
    }
    let kind = NoticeKind::parse(kind).ok();
    Some(DeskMessageId { about, kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> TicketToken {
        TicketToken {
            ticket: TicketId(42),
            token: "k3f7abcdef".to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let address = token().reply_address("desk@example.org");
        assert_eq!(address, "desk+42.k3f7abcdef@example.org");
        assert_eq!(read_reply_address(&address), Some(token()));
        for kind in NoticeKind::ALL {
            let id = token().message_id(*kind, "abcdefgh", "desk@example.org");
            let read = DeskMessageId {
                about: token(),
                kind: Some(*kind),
            };
            assert_eq!(read_message_id(&id), Some(read.clone()));
            assert_eq!(read_message_id(&format!(" <{id}> ")), Some(read));
        }
    }

    #[test]
    fn addresses_that_mail_systems_rewrote_are_read() {
        let read = [
            "<DESK+42.K3F7ABCDEF@EXAMPLE.ORG>",
            "\"desk+42.k3f7abcdef\"@example.org",
            "a+b+42.k3f7abcdef@mx.example.net",
        ];
        assert!(read.iter().all(|a| read_reply_address(a) == Some(token())));
    }

    #[test]
    fn other_addresses_and_ids_name_no_ticket() {
        let addresses = [
            "",
            "desk@example.org",
            "desk+42@example.org",
            "desk+42.k3f7abcde@example.org",
            "desk+42.k3f7abcdef1@example.org",
            "desk+42.k3f8abcdef@example.org",
            "desk+.k3f7abcdef@example.org",
            "desk++42.k3f7abcdef.x@example.org",
            "desk+-42.k3f7abcdef@example.org",
            "desk+0.k3f7abcdef@example.org",
            "desk+99999999999999999999.k3f7abcdef@example.org",
            "desk+42.k3f7abcdef",
        ];
        let read: Vec<_> = addresses
            .iter()
            .filter_map(|a| read_reply_address(a))
            .collect();
        assert_eq!(read, []);
        let ids = [
            "42.k3f7abcdef.reply.x@example.org",
            "desk.42.k3f7abcdef.reply@example.org",
            "desk.42.k3f7abcdef.reply.@example.org",
            "desk.42.k3f7abcdef.reply.x.y@example.org",
            "desk.42.k3f7abcdef.reply.x",
            "dešk.42.k3f7abcdef.reply.x@example.org",
        ];
        let read: Vec<_> = ids.iter().filter_map(|id| read_message_id(id)).collect();
        assert_eq!(read, []);
    }

    #[test]
    fn a_kind_of_a_later_version_is_no_obstacle() {
        let read = read_message_id("desk.42.k3f7abcdef.survey.x@example.org");
        assert_eq!(read.map(|id| id.kind), Some(None));
    }
}
