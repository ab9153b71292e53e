//! What the policy says about mail.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::address::is_same_address;
use crate::domain::people::Tier;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{CarbonCopy, Deliver, NoticeKind, NoticeLanguage, UnknownDelivery};

/// The `[mail]` section of a policy. Without an address the desk sends nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MailPolicy {
    /// The addresses of the desk; the first one is the sender of its mail.
    pub(crate) addresses: Vec<String>,
    /// The name beside the address of the sender.
    pub(crate) name: Option<String>,
    /// The language of those whose own language is not known.
    pub(crate) language: NoticeLanguage,
    /// The zone of the times in mails.
    pub(crate) zone: Zone,
    pub(crate) trust: SenderTrust,
    pub(crate) copies: CarbonCopy,
    pub(crate) deliver: Deliver,
    /// For replies of agents; every other mail is tried again.
    pub(crate) unknown: UnknownDelivery,
    /// The senders whose automatic mail opens tickets.
    pub(crate) monitoring: Vec<SenderPattern>,
    /// The words in the subject of a mail that says that an alarm is over.
    pub(crate) recovery: Vec<String>,
    /// After so much time without a mail the channel may be dead.
    pub(crate) quiet_for: Option<TimeDelta>,
    /// The largest attachment that is kept, in bytes.
    pub(crate) attachment_limit: u64,
    /// The mails that are sent.
    pub(crate) notices: Vec<NoticeKind>,
    /// Texts that replace those of the program.
    pub(crate) templates: BTreeMap<(NoticeLanguage, NoticeKind), TemplateTexts>,
    /// Where those who work at a tier read their mail.
    pub(crate) tiers: BTreeMap<Tier, String>,
}

/// Whose word it is that the sender of a mail is the one in its From.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SenderTrust {
    /// Nobody's.
    Nobody,
    /// The mail system lets no forged sender in.
    Network,
    /// Authentication-Results of this server (RFC 8601).
    Server(String),
}

/// Senders of mail in the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SenderPattern {
    Address(String),
    /// Every address at a domain; written as `@example.org`.
    Domain(String),
}

impl SenderPattern {
    pub(crate) fn matches(&self, sender: &str) -> bool {
        match self {
            Self::Address(address) => is_same_address(address, sender),
            Self::Domain(domain) => sender
                .trim()
                .rsplit_once('@')
                .is_some_and(|(_, of)| of.eq_ignore_ascii_case(domain)),
        }
    }
}

/// The texts of a mail in the policy; what is `None` is as in the program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TemplateTexts {
    pub(crate) subject: Option<String>,
    pub(crate) body: Option<String>,
}

impl MailPolicy {
    /// The mails that are sent unless the policy says otherwise.
    pub(crate) const DEFAULT_NOTICES: [NoticeKind; 7] = [
        NoticeKind::Acknowledged,
        NoticeKind::Reply,
        NoticeKind::Resolved,
        NoticeKind::Call,
        NoticeKind::Assigned,
        NoticeKind::RequesterWrote,
        NoticeKind::Escalated,
    ];

    /// The words of a recovery unless the policy says otherwise.
    pub(crate) const DEFAULT_RECOVERY: [&str; 6] =
        ["RECOVERY", "RECOVERED", "RESOLVED", "OK", "UP", "CLEARED"];

    /// Returns the address from which the desk sends, if it sends mail.
    pub(crate) fn sender(&self) -> Option<&str> {
        self.addresses.first().map(String::as_str)
    }

    /// Returns whether an address is one of the desk.
    pub(crate) fn is_own(&self, address: &str) -> bool {
        self.addresses
            .iter()
            .any(|own| is_same_address(own, address))
    }

    /// Returns whether a sender may open tickets by automatic mail.
    pub(crate) fn is_monitoring(&self, sender: &str) -> bool {
        self.monitoring
            .iter()
            .any(|pattern| pattern.matches(sender))
    }

    /// Returns whether mails of a kind are sent.
    pub(crate) fn sends(&self, kind: NoticeKind) -> bool {
        !self.addresses.is_empty() && self.notices.contains(&kind)
    }
}

impl Default for MailPolicy {
    fn default() -> Self {
        Self {
            addresses: Vec::new(),
            name: None,
            language: NoticeLanguage::English,
            zone: Zone::utc(),
            trust: SenderTrust::Nobody,
            copies: CarbonCopy::Participant,
            deliver: Deliver::Now,
            unknown: UnknownDelivery::Hold,
            monitoring: Vec::new(),
            recovery: Self::DEFAULT_RECOVERY.map(str::to_owned).to_vec(),
            quiet_for: None,
            attachment_limit: 25 * 1024 * 1024,
            notices: Self::DEFAULT_NOTICES.to_vec(),
            templates: BTreeMap::new(),
            tiers: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_an_address_or_a_domain() {
        let domain = SenderPattern::Domain("alerts.example.org".to_owned());
        let address = SenderPattern::Address("nagios@example.org".to_owned());
        assert!(domain.matches("Any@Alerts.example.org"));
        assert!(!domain.matches("any@sub.alerts.example.org"));
        assert!(address.matches("NAGIOS@example.org"));
        assert!(!address.matches("nagios@example.org.evil.example"));
    }
}
