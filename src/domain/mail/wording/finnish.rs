//! Finnish. Placeholders stand alone, so that no name has to be inflected.

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
            "Hei {{name}},

kiitos viestistänne. Olemme kirjanneet sen tiketiksi {{ticket}}: {{title}}
{{promise}}

Jos haluatte lisätä jotain, vastatkaa tähän viestiin.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Reply) => (
            "[{{ticket}}] {{title}}",
            "{{text}}

{{agent}}
{{desk}}

Tiketti {{ticket}}: {{title}}. Voitte vastata suoraan tähän viestiin.",
        ),
        TemplateName::Notice(NoticeKind::Resolved) => (
            "[{{ticket}}] Ratkaistu: {{title}}",
            "Hei {{name}},

tiketti {{ticket}} on ratkaistu: {{title}}

{{text}}

Onko asia kunnossa? Vastatkaa tähän viestiin yhdellä sanalla:

    kyllä - asia on kunnossa
    ei - asia ei ole kunnossa, ja jatkamme sen selvittämistä

Halutessanne voitte lisätä numeron 1 (huono) - 5 (erinomainen) sen mukaan, kuinka tyytyväinen olette palveluumme, esimerkiksi: kyllä 5

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Closed) => (
            "[{{ticket}}] Suljettu: {{title}}",
            "Hei {{name}},

tiketti {{ticket}} on suljettu: {{title}}

Jos ongelma toistuu, vastatkaa tähän viestiin.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Reopened) => (
            "[{{ticket}}] Avattu uudelleen: {{title}}",
            "Hei {{name}},

tiketti {{ticket}} on taas työn alla: {{title}}

Jos haluatte lisätä jotain, vastatkaa tähän viestiin.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Call) => (
            "[{{ticket}}] Sovittu aika: {{time}}",
            "Hei {{name}},

olemme sopineet kanssanne ajan. Tiketti {{ticket}}: {{title}}

Tapa: {{medium}}
Aika: {{time}}
{{text}}

Jos aika ei sovi teille, vastatkaa tähän viestiin.

{{desk}}",
        ),
        TemplateName::CallMoved => (
            "[{{ticket}}] Sovittu aika on siirretty: {{time}}",
            "Hei {{name}},

sovittu aika on siirretty. Tiketti {{ticket}}: {{title}}

Tapa: {{medium}}
Uusi aika: {{time}}
Aiempi aika: {{earlier}}
{{text}}

Jos aika ei sovi teille, vastatkaa tähän viestiin.

{{desk}}",
        ),
        TemplateName::CallCancelled => (
            "[{{ticket}}] Sovittu aika on peruttu: {{time}}",
            "Hei {{name}},

sovittu aika on peruttu. Tiketti {{ticket}}: {{title}}

Tapa: {{medium}}
Aika: {{time}}
{{text}}

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Assigned) => (
            "[{{ticket}}] Osoitettu teille: {{title}}",
            "{{ticket}} on osoitettu teille: {{title}}

Prioriteetti: {{priority}}
Ilmoittaja: {{requester}}
Osoittaja: {{actor}}",
        ),
        TemplateName::Notice(NoticeKind::RequesterWrote) => (
            "[{{ticket}}] Uusi viesti: {{title}}",
            "Uusi viesti, {{ticket}}: {{title}}
Lähettäjä: {{requester}}

{{text}}",
        ),
        TemplateName::Notice(NoticeKind::Warning) => (
            "[{{ticket}}] Määräaika lähestyy: {{title}}",
            "Määräaika lähestyy, {{ticket}}: {{title}}

Tavoite: {{clock}}
Määräaika: {{time}}
Prioriteetti: {{priority}}",
        ),
        TemplateName::Notice(NoticeKind::Breach) => (
            "[{{ticket}}] Myöhässä: {{title}}",
            "Määräaika on ylitetty, {{ticket}}: {{title}}

Tavoite: {{clock}}
Määräaika: {{time}}
Prioriteetti: {{priority}}",
        ),
        TemplateName::Notice(NoticeKind::Escalated) => (
            "[{{ticket}}] Eskaloitu, {{tier}}: {{title}}",
            "Tiketti {{ticket}} on eskaloitu: {{title}}

Taso: {{tier}}
Prioriteetti: {{priority}}
Eskaloija: {{actor}}
Syy: {{text}}",
        ),
        TemplateName::Notice(NoticeKind::Manager) => (
            "[{{ticket}}] Tiedoksi: {{title}}",
            "Tiedoksenne tiketti {{ticket}}: {{title}}

Prioriteetti: {{priority}}
Ilmoittaja: {{actor}}
Syy: {{text}}",
        ),
    };
    Template { subject, body }
}

pub(super) const fn phrase(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::YourMessage => "viestinne",
        Phrase::NoPriority => "ei vielä asetettu",
        Phrase::ResponsePromised => "Saatte ensimmäisen vastauksen viimeistään {time}.",
        Phrase::ResolutionPromised => "Pyrimme ratkaisemaan asian viimeistään {time}.",
        Phrase::Clock(ClockName::Response) => "ensimmäinen vastaus",
        Phrase::Clock(ClockName::Update) => "vastaus viestiin",
        Phrase::Clock(ClockName::Resolution) => "ratkaisu",
        Phrase::Medium(Medium::Phone) => "puhelinkokous",
        Phrase::Medium(Medium::Video) => "videopuhelu",
        Phrase::Weekdays => "ma ti ke to pe la su",
        Phrase::Months => {
            "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu"
        }
        Phrase::Time => "{weekday} {day}.{number}.{year} klo {hour}.{minute}",
        Phrase::CallSummary => "Puhelu, tiketti",
        Phrase::CallAnswered(CallAnswer::Accepted) => "Vastaus kutsuun ({time}): hyväksytty",
        Phrase::CallAnswered(CallAnswer::Tentative) => {
            "Vastaus kutsuun ({time}): alustavasti hyväksytty"
        }
        Phrase::CallAnswered(CallAnswer::Declined) => "Vastaus kutsuun ({time}): hylätty",
    }
}
