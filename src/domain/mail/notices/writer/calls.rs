//! Who is told of calls.

use super::Writer;
use crate::domain::event::{Event, Fact};
use crate::domain::mail::notices::{CallChange, CallNotice, Content};
use crate::domain::mail::wording::{self, Phrase};
use crate::domain::vocabulary::NoticeKind;

impl Writer<'_> {
    /// Invites the requester to a call, or takes that back. `said` is what the event
    /// says: a note, or the reason.
    pub(super) fn call(
        &mut self,
        event: &Event,
        number: u32,
        change: CallChange,
        said: Option<&String>,
    ) {
        let Some(call) = self.ticket.call(number) else {
            return;
        };
        let text = match change {
            CallChange::Arranged | CallChange::Moved { .. } => said.or(call.note.as_ref()),
            CallChange::Cancelled => said,
        };
        let content = Content {
            text: text.cloned(),
            time: Some(call.when),
            call: Some(CallNotice {
                number,
                medium: call.medium,
                version: call.version(),
                change,
            }),
            ..Content::default()
        };
        let person = self.ticket.requester.clone();
        self.tell(NoticeKind::Call, event, self.ticket.id, &person, content);
    }

    /// Tells the agent what was answered to an invitation.
    pub(super) fn call_answered(&mut self, event: &Event) {
        let Fact::CallAnswered {
            when,
            answer,
            person,
            note,
            ..
        } = &event.fact
        else {
            return;
        };
        let mail = &self.policy.mail;
        let time = wording::time(mail.language, *when, &mail.zone);
        let answered = wording::phrase(mail.language, Phrase::CallAnswered(*answer));
        let mut text = answered.replace("{time}", &time);
        if let Some(note) = note {
            text += &format!("\n\n{note}");
        }
        let content = Content {
            text: Some(text),
            writer: person.clone(),
            ..Content::default()
        };
        self.tell_assignee(NoticeKind::RequesterWrote, event, content);
    }
}
