//! Mail: what a message says, where it belongs, and what is sent about a
//! ticket. Reading and writing RFC 5322 and handing over live outside.

pub(crate) mod address;
pub(crate) mod handover;
pub(crate) mod identifiers;
pub(crate) mod invitation;
#[expect(dead_code, reason = "read by the code that follows")]
pub(crate) mod message;
pub(crate) mod notices;
pub(crate) mod outgoing;
pub(crate) mod placeholder;
pub(crate) mod policy;
pub(crate) mod rendering;
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
