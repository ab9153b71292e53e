//! English.

use super::{Phrase, Template, TemplateName};
use crate::domain::vocabulary::{CallAnswer, ClockName, Medium, NoticeKind};

#[expect(
    clippy::too_many_lines,
    reason = "one table, easier to compare as a whole"
)]
pub(super) const fn template(name: TemplateName) -> Template {
    let (subject, body) = match name {
        TemplateName::Notice(NoticeKind::Acknowledged) => (
            "[{{ticket}}] {{title}}",
            "Dear {{name}},

thank you for your message. It has the number {{ticket}}: {{title}}
{{promise}}

If you want to add anything, simply answer this mail.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Reply) => (
            "[{{ticket}}] {{title}}",
            "{{text}}

{{agent}}
{{desk}}

This is about ticket {{ticket}}: {{title}}. To answer, simply reply to this mail.",
        ),
        TemplateName::Notice(NoticeKind::Resolved) => (
            "[{{ticket}}] Resolved: {{title}}",
            "Dear {{name}},

ticket {{ticket}} is resolved: {{title}}

{{text}}

Is it solved for you? Please answer this mail with one word:

    yes - it is solved
    no - it is not, and we will go on working on it

If you like, add a number from 1 (poor) to 5 (excellent) for how satisfied you are with our service, for example: yes 5

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Closed) => (
            "[{{ticket}}] Closed: {{title}}",
            "Dear {{name}},

ticket {{ticket}} is closed: {{title}}

If the problem comes back, simply answer this mail.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Reopened) => (
            "[{{ticket}}] Reopened: {{title}}",
            "Dear {{name}},

we are working on ticket {{ticket}} again: {{title}}

If you want to add anything, simply answer this mail.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Call) => (
            "[{{ticket}}] Call: {{time}}",
            "Dear {{name}},

we have arranged a {{medium}} with you about ticket {{ticket}}: {{title}}

Time: {{time}}
{{text}}

If the time does not suit you, simply answer this mail.

{{desk}}",
        ),
        TemplateName::CallMoved => (
            "[{{ticket}}] Call moved: {{time}}",
            "Dear {{name}},

the {{medium}} about ticket {{ticket}} has a new time: {{title}}

New time: {{time}}
Earlier time: {{earlier}}
{{text}}

If the time does not suit you, simply answer this mail.

{{desk}}",
        ),
        TemplateName::CallCancelled => (
            "[{{ticket}}] Call cancelled: {{time}}",
            "Dear {{name}},

the {{medium}} about ticket {{ticket}} is cancelled: {{title}}

Time: {{time}}
{{text}}

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Assigned) => (
            "[{{ticket}}] Assigned to you: {{title}}",
            "{{ticket}} is assigned to you: {{title}}

Priority: {{priority}}
Requester: {{requester}}
Assigned by: {{actor}}",
        ),
        TemplateName::Notice(NoticeKind::RequesterWrote) => (
            "[{{ticket}}] New message: {{title}}",
            "{{requester}} wrote about {{ticket}}: {{title}}

{{text}}",
        ),
        TemplateName::Notice(NoticeKind::Warning) => (
            "[{{ticket}}] Due soon: {{title}}",
            "A target of {{ticket}} is due soon: {{title}}

Target: {{clock}}
Due: {{time}}
Priority: {{priority}}",
        ),
        TemplateName::Notice(NoticeKind::Breach) => (
            "[{{ticket}}] Overdue: {{title}}",
            "A target of {{ticket}} was missed: {{title}}

Target: {{clock}}
Due: {{time}}
Priority: {{priority}}",
        ),
        TemplateName::Notice(NoticeKind::Escalated) => (
            "[{{ticket}}] Escalated to {{tier}}: {{title}}",
            "{{ticket}} was escalated to {{tier}}: {{title}}

Priority: {{priority}}
Escalated by: {{actor}}
Reason: {{text}}",
        ),
        TemplateName::Notice(NoticeKind::Manager) => (
            "[{{ticket}}] For your attention: {{title}}",
            "{{actor}} informs you about ticket {{ticket}}: {{title}}

Priority: {{priority}}
Reason: {{text}}",
        ),
    };
    Template { subject, body }
}

pub(super) const fn phrase(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::YourMessage => "your message",
        Phrase::NoPriority => "not set yet",
        Phrase::ResponsePromised => "You will get a first response by {time}.",
        Phrase::ResolutionPromised => "We aim to resolve it by {time}.",
        Phrase::Clock(ClockName::Response) => "first response",
        Phrase::Clock(ClockName::Update) => "answer to the requester",
        Phrase::Clock(ClockName::Resolution) => "resolution",
        Phrase::Medium(Medium::Phone) => "phone call",
        Phrase::Medium(Medium::Video) => "video call",
        Phrase::Weekdays => "Mon Tue Wed Thu Fri Sat Sun",
        Phrase::Months => {
            "January February March April May June July August September October November December"
        }
        Phrase::Time => "{weekday} {day} {month} {year}, {hour}:{minute}",
        Phrase::CallSummary => "Call about ticket",
        Phrase::CallAnswered(CallAnswer::Accepted) => "Answer to the invitation ({time}): accepted",
        Phrase::CallAnswered(CallAnswer::Tentative) => {
            "Answer to the invitation ({time}): accepted tentatively"
        }
        Phrase::CallAnswered(CallAnswer::Declined) => "Answer to the invitation ({time}): declined",
    }
}
