//! Mail: what a message says, where it belongs, and what is sent about a
//! ticket. Reading and writing RFC 5322 and handing over live outside.

pub(crate) mod address;
pub(crate) mod alarm_subject;
pub(crate) mod answer;
pub(crate) mod authentication;
pub(crate) mod automatic;
pub(crate) mod handover;
pub(crate) mod identifiers;
pub(crate) mod incoming;
pub(crate) mod invitation;
pub(crate) mod language;
pub(crate) mod message;
pub(crate) mod notices;
pub(crate) mod outgoing;
pub(crate) mod placeholder;
pub(crate) mod policy;
pub(crate) mod quotes;
pub(crate) mod rendering;
pub(crate) mod routing;
pub(crate) mod samples;
pub(crate) mod subject;
pub(crate) mod wording;

use crate::domain::vocabulary::Channel;

/// Whether a message by a channel reaches its recipient by mail; by the others an
/// agent says it.
pub(crate) const fn told_by_mail(via: Channel) -> bool {
    match via {
        Channel::Email | Channel::Portal | Channel::Monitoring | Channel::Other => true,
        Channel::Phone | Channel::WalkIn | Channel::Chat => false,
    }
}

#[cfg(test)]
mod tests;
