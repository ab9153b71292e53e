//! Dutch.

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
            "Geachte {{name}},

dank u voor uw bericht. Het heeft het ticketnummer {{ticket}}: {{title}}
{{promise}}

Wilt u iets toevoegen? Beantwoord dan gewoon deze e-mail.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Reply) => (
            "[{{ticket}}] {{title}}",
            "{{text}}

{{agent}}
{{desk}}

Dit gaat over ticket {{ticket}}: {{title}}. U kunt gewoon op deze e-mail antwoorden.",
        ),
        TemplateName::Notice(NoticeKind::Resolved) => (
            "[{{ticket}}] Opgelost: {{title}}",
            "Geachte {{name}},

ticket {{ticket}} is opgelost: {{title}}

{{text}}

Is het ook voor u opgelost? Beantwoord deze e-mail dan met één woord:

    ja - het is opgelost
    nee - het is niet opgelost, en wij werken er verder aan

Als u wilt, voeg dan een cijfer van 1 (slecht) tot 5 (uitstekend) toe voor hoe tevreden u bent over onze dienstverlening, bijvoorbeeld: ja 5

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Closed) => (
            "[{{ticket}}] Afgesloten: {{title}}",
            "Geachte {{name}},

ticket {{ticket}} is afgesloten: {{title}}

Komt het probleem terug? Beantwoord dan gewoon deze e-mail.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Reopened) => (
            "[{{ticket}}] Heropend: {{title}}",
            "Geachte {{name}},

wij werken weer aan ticket {{ticket}}: {{title}}

Wilt u iets toevoegen? Beantwoord dan gewoon deze e-mail.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Call) => (
            "[{{ticket}}] Afspraak: {{time}}",
            "Geachte {{name}},

wij hebben met u een afspraak gemaakt over ticket {{ticket}}: {{title}}

Soort: {{medium}}
Tijd: {{time}}
{{text}}

Schikt de tijd u niet? Beantwoord dan gewoon deze e-mail.

{{desk}}",
        ),
        TemplateName::CallMoved => (
            "[{{ticket}}] Afspraak verplaatst: {{time}}",
            "Geachte {{name}},

de afspraak over ticket {{ticket}} heeft een nieuwe tijd: {{title}}

Soort: {{medium}}
Nieuwe tijd: {{time}}
Eerdere tijd: {{earlier}}
{{text}}

Schikt de tijd u niet? Beantwoord dan gewoon deze e-mail.

{{desk}}",
        ),
        TemplateName::CallCancelled => (
            "[{{ticket}}] Afspraak geannuleerd: {{time}}",
            "Geachte {{name}},

de afspraak over ticket {{ticket}} is geannuleerd: {{title}}

Soort: {{medium}}
Tijd: {{time}}
{{text}}

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Assigned) => (
            "[{{ticket}}] Aan u toegewezen: {{title}}",
            "{{ticket}} is aan u toegewezen: {{title}}

Prioriteit: {{priority}}
Gemeld door: {{requester}}
Toegewezen door: {{actor}}",
        ),
        TemplateName::Notice(NoticeKind::RequesterWrote) => (
            "[{{ticket}}] Nieuw bericht: {{title}}",
            "{{requester}} schreef over {{ticket}}: {{title}}

{{text}}",
        ),
        TemplateName::Notice(NoticeKind::Warning) => (
            "[{{ticket}}] Bijna te laat: {{title}}",
            "Een termijn van {{ticket}} verloopt binnenkort: {{title}}

Doel: {{clock}}
Uiterlijk: {{time}}
Prioriteit: {{priority}}",
        ),
        TemplateName::Notice(NoticeKind::Breach) => (
            "[{{ticket}}] Te laat: {{title}}",
            "Een termijn van {{ticket}} is overschreden: {{title}}

Doel: {{clock}}
Uiterlijk: {{time}}
Prioriteit: {{priority}}",
        ),
        TemplateName::Notice(NoticeKind::Escalated) => (
            "[{{ticket}}] Geëscaleerd naar {{tier}}: {{title}}",
            "{{ticket}} is geëscaleerd naar {{tier}}: {{title}}

Prioriteit: {{priority}}
Geëscaleerd door: {{actor}}
Reden: {{text}}",
        ),
        TemplateName::Notice(NoticeKind::Manager) => (
            "[{{ticket}}] Ter informatie: {{title}}",
            "{{actor}} informeert u over ticket {{ticket}}: {{title}}

Prioriteit: {{priority}}
Reden: {{text}}",
        ),
    };
    Template { subject, body }
}

pub(super) const fn phrase(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::YourMessage => "uw bericht",
        Phrase::NoPriority => "nog niet bepaald",
        Phrase::ResponsePromised => "U krijgt een eerste antwoord uiterlijk {time}.",
        Phrase::ResolutionPromised => "Wij willen het uiterlijk {time} oplossen.",
        Phrase::Clock(ClockName::Response) => "eerste antwoord",
        Phrase::Clock(ClockName::Update) => "antwoord op een bericht",
        Phrase::Clock(ClockName::Resolution) => "oplossing",
        Phrase::Medium(Medium::Phone) => "telefonische vergadering",
        Phrase::Medium(Medium::Video) => "videogesprek",
        Phrase::Weekdays => "ma di wo do vr za zo",
        Phrase::Months => {
            "januari februari maart april mei juni juli augustus september oktober november december"
        }
        Phrase::Time => "{weekday} {day} {month} {year}, {hour}.{minute} uur",
        Phrase::CallSummary => "Gesprek over ticket",
        Phrase::CallAnswered(CallAnswer::Accepted) => {
            "Antwoord op de uitnodiging ({time}): geaccepteerd"
        }
        Phrase::CallAnswered(CallAnswer::Tentative) => {
            "Antwoord op de uitnodiging ({time}): onder voorbehoud geaccepteerd"
        }
        Phrase::CallAnswered(CallAnswer::Declined) => {
            "Antwoord op de uitnodiging ({time}): afgewezen"
        }
    }
}
