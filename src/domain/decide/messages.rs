//! Public messages, to the requester and from the requester.

use super::decision::Decision;
use crate::domain::event::Fact;
use crate::domain::vocabulary::{Channel, State};

/// Records a message to the requester, by the ticket's channel by default.
pub(super) fn reply(decision: &mut Decision<'_>, text: String, via: Option<Channel>) {
    let via = via.unwrap_or(decision.ticket.channel);
    decision.record(Fact::Replied { text, via });
}

/// Records a message from the requester. It ends a pause.
pub(super) fn receive(decision: &mut Decision<'_>, text: String, via: Option<Channel>) {
    let via = via.unwrap_or(decision.ticket.channel);
    decision.record(Fact::MessageReceived { text, via });
    if decision.ticket.status.state() == State::Paused {
        decision.record_by_desk(Fact::Resumed {
            note: Some("the requester wrote".to_owned()),
        });
    }
}
