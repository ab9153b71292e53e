//! German.

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
            "Guten Tag {{name}},

vielen Dank für Ihre Nachricht. Sie hat die Ticketnummer {{ticket}}: {{title}}
{{promise}}

Wenn Sie etwas ergänzen möchten, antworten Sie einfach auf diese E-Mail.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Reply) => (
            "[{{ticket}}] {{title}}",
            "{{text}}

{{agent}}
{{desk}}

Es geht um Ticket {{ticket}}: {{title}}. Antworten Sie einfach auf diese E-Mail.",
        ),
        TemplateName::Notice(NoticeKind::Resolved) => (
            "[{{ticket}}] Gelöst: {{title}}",
            "Guten Tag {{name}},

das Ticket {{ticket}} ist gelöst: {{title}}

{{text}}

Ist es auch für Sie gelöst? Bitte antworten Sie auf diese E-Mail mit einem Wort:

    ja - es ist gelöst
    nein - es ist nicht gelöst, und wir arbeiten weiter daran

Wenn Sie möchten, schreiben Sie dazu eine Zahl von 1 (schlecht) bis 5 (ausgezeichnet), wie zufrieden Sie mit unserem Service sind, zum Beispiel: ja 5

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Closed) => (
            "[{{ticket}}] Abgeschlossen: {{title}}",
            "Guten Tag {{name}},

das Ticket {{ticket}} ist abgeschlossen: {{title}}

Wenn das Problem wieder auftritt, antworten Sie einfach auf diese E-Mail.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Reopened) => (
            "[{{ticket}}] Wieder geöffnet: {{title}}",
            "Guten Tag {{name}},

wir arbeiten wieder am Ticket {{ticket}}: {{title}}

Wenn Sie etwas ergänzen möchten, antworten Sie einfach auf diese E-Mail.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Call) => (
            "[{{ticket}}] Termin: {{time}}",
            "Guten Tag {{name}},

wir haben mit Ihnen einen Termin zum Ticket {{ticket}} vereinbart: {{title}}

Art: {{medium}}
Zeit: {{time}}
{{text}}

Wenn Ihnen die Zeit nicht passt, antworten Sie einfach auf diese E-Mail.

{{desk}}",
        ),
        TemplateName::CallMoved => (
            "[{{ticket}}] Termin verschoben: {{time}}",
            "Guten Tag {{name}},

der Termin zum Ticket {{ticket}} hat eine neue Zeit: {{title}}

Art: {{medium}}
Neue Zeit: {{time}}
Bisherige Zeit: {{earlier}}
{{text}}

Wenn Ihnen die Zeit nicht passt, antworten Sie einfach auf diese E-Mail.

{{desk}}",
        ),
        TemplateName::CallCancelled => (
            "[{{ticket}}] Termin abgesagt: {{time}}",
            "Guten Tag {{name}},

der Termin zum Ticket {{ticket}} ist abgesagt: {{title}}

Art: {{medium}}
Zeit: {{time}}
{{text}}

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Assigned) => (
            "[{{ticket}}] Ihnen zugewiesen: {{title}}",
            "{{ticket}} ist Ihnen zugewiesen: {{title}}

Priorität: {{priority}}
Gemeldet von: {{requester}}
Zugewiesen von: {{actor}}",
        ),
        TemplateName::Notice(NoticeKind::RequesterWrote) => (
            "[{{ticket}}] Neue Nachricht: {{title}}",
            "{{requester}} hat zu {{ticket}} geschrieben: {{title}}

{{text}}",
        ),
        TemplateName::Notice(NoticeKind::Warning) => (
            "[{{ticket}}] Bald fällig: {{title}}",
            "Ein Ziel von {{ticket}} ist bald fällig: {{title}}

Ziel: {{clock}}
Fällig: {{time}}
Priorität: {{priority}}",
        ),
        TemplateName::Notice(NoticeKind::Breach) => (
            "[{{ticket}}] Überfällig: {{title}}",
            "Ein Ziel von {{ticket}} wurde verfehlt: {{title}}

Ziel: {{clock}}
Fällig: {{time}}
Priorität: {{priority}}",
        ),
        TemplateName::Notice(NoticeKind::Escalated) => (
            "[{{ticket}}] Eskaliert an {{tier}}: {{title}}",
            "{{ticket}} wurde an {{tier}} eskaliert: {{title}}

Priorität: {{priority}}
Eskaliert von: {{actor}}
Grund: {{text}}",
        ),
        TemplateName::Notice(NoticeKind::Manager) => (
            "[{{ticket}}] Zu Ihrer Kenntnis: {{title}}",
            "{{actor}} informiert Sie über das Ticket {{ticket}}: {{title}}

Priorität: {{priority}}
Grund: {{text}}",
        ),
    };
    Template { subject, body }
}

pub(super) const fn phrase(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::YourMessage => "Ihre Nachricht",
        Phrase::NoPriority => "noch nicht festgelegt",
        Phrase::ResponsePromised => "Sie erhalten eine erste Antwort bis {time}.",
        Phrase::ResolutionPromised => "Gelöst werden soll es bis {time}.",
        Phrase::Clock(ClockName::Response) => "erste Antwort",
        Phrase::Clock(ClockName::Update) => "Antwort auf eine Nachricht",
        Phrase::Clock(ClockName::Resolution) => "Lösung",
        Phrase::Medium(Medium::Phone) => "telefonische Besprechung",
        Phrase::Medium(Medium::Video) => "Videoanruf",
        Phrase::Weekdays => "Mo. Di. Mi. Do. Fr. Sa. So.",
        Phrase::Months => {
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
        }
        Phrase::Time => "{weekday}, {day}. {month} {year}, {hour}:{minute} Uhr",
        Phrase::CallSummary => "Besprechung zum Ticket",
        Phrase::CallAnswered(CallAnswer::Accepted) => {
            "Antwort auf die Einladung ({time}): zugesagt"
        }
        Phrase::CallAnswered(CallAnswer::Tentative) => {
            "Antwort auf die Einladung ({time}): mit Vorbehalt zugesagt"
        }
        Phrase::CallAnswered(CallAnswer::Declined) => {
            "Antwort auf die Einladung ({time}): abgelehnt"
        }
    }
}
