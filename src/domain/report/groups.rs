//! The groups that a ticket is counted in.

use super::credits::Credits;
use crate::domain::group_counts::GroupKey;
use crate::domain::people::Agent;
use crate::domain::priority::Rating;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::{Breakdown, Kind};

pub(super) fn month_key((year, month): (i32, u32)) -> GroupKey {
    GroupKey::Named(format!("{year:04}-{month:02}"))
}

/// Returns the keys of a ticket: one of each but tags; by month there is none.
pub(super) fn group_keys(row: &Summary, by: Breakdown, credits: &Credits) -> Vec<GroupKey> {
    let named = match by {
        Breakdown::Priority => {
            let rating = row.rating.as_ref();
            let priority = |rating: &Rating| GroupKey::Priority(rating.priority);
            return vec![rating.map_or(GroupKey::None, priority)];
        }
        Breakdown::Tag if !row.tags.is_empty() => {
            let tags = row.tags.iter();
            return tags.map(|tag| GroupKey::Named(tag.to_string())).collect();
        }
        Breakdown::Tag => None,
        Breakdown::Month => None,
        Breakdown::Tier => Some(row.tier.as_str()),
        Breakdown::Assignee => row.assignee.as_ref().map(Agent::as_str),
        Breakdown::Category => row.category.as_ref().map(|category| category.as_str()),
        Breakdown::Channel => Some(row.channel.as_str()),
        Breakdown::Kind => row.kind.map(Kind::as_str),
        Breakdown::Domain => {
            let domain = row.requester.contact.as_deref().and_then(domain);
            return vec![domain.map_or(GroupKey::None, GroupKey::Named)];
        }
        Breakdown::Responder => credits.responder(row).map(Agent::as_str),
        Breakdown::Resolver => credits.resolver(row).map(Agent::as_str),
    };
    vec![named.map_or(GroupKey::None, |name| GroupKey::Named(name.to_owned()))]
}

/// The domain of an address, such as `example.org`; none of another contact.
fn domain(contact: &str) -> Option<String> {
    let (local, domain) = contact.trim().rsplit_once('@')?;
    let is_label = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    let is_domain = domain.starts_with(char::is_alphanumeric) && domain.chars().all(is_label);
    (is_domain && !local.is_empty()).then(|| domain.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::domain;

    #[test]
    fn the_domain_of_an_address_is_in_lower_case() {
        let of = |contact: &str| domain(contact);
        assert_eq!(of("Mia@Mail.Example.ORG"), Some("mail.example.org".into()));
        assert_eq!(of("root@localhost "), Some("localhost".into()));
        assert_eq!(
            of("mia@K\u{f6}ln.example"),
            Some("k\u{f6}ln.example".into())
        );
        for contact in [
            "+49 30 1234",
            "mia@",
            "@",
            "@home",
            "a@b c",
            "x@-y",
            "[erased]",
            "",
        ] {
            assert_eq!(of(contact), None, "{contact}");
        }
    }
}
