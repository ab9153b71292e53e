//! Italian.

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
            "Gentile {{name}},

La ringraziamo per il Suo messaggio, registrato con il numero di ticket {{ticket}}: {{title}}
{{promise}}

Se desidera aggiungere qualcosa, risponda semplicemente a questa e-mail.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Reply) => (
            "[{{ticket}}] {{title}}",
            "{{text}}

{{agent}}
{{desk}}

Questo messaggio riguarda il ticket {{ticket}}: {{title}}. Può rispondere direttamente a questa e-mail.",
        ),
        TemplateName::Notice(NoticeKind::Resolved) => (
            "[{{ticket}}] Risolto: {{title}}",
            "Gentile {{name}},

il ticket {{ticket}} è stato risolto: {{title}}

{{text}}

Anche per Lei è risolto? La preghiamo di rispondere a questa e-mail con una parola:

    sì - è risolto
    no - non è risolto, e continueremo a occuparcene

Se desidera, aggiunga un numero da 1 (scarso) a 5 (eccellente) per dirci quanto è soddisfatto del nostro servizio, ad esempio: sì 5

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Closed) => (
            "[{{ticket}}] Chiuso: {{title}}",
            "Gentile {{name}},

il ticket {{ticket}} è stato chiuso: {{title}}

Se il problema si ripresenta, risponda semplicemente a questa e-mail.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Reopened) => (
            "[{{ticket}}] Riaperto: {{title}}",
            "Gentile {{name}},

stiamo lavorando di nuovo al ticket {{ticket}}: {{title}}

Se desidera aggiungere qualcosa, risponda semplicemente a questa e-mail.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Call) => (
            "[{{ticket}}] Appuntamento: {{time}}",
            "Gentile {{name}},

abbiamo fissato con Lei un appuntamento per il ticket {{ticket}}: {{title}}

Modalità: {{medium}}
Ora: {{time}}
{{text}}

Se l'orario non Le va bene, risponda semplicemente a questa e-mail.

{{desk}}",
        ),
        TemplateName::CallMoved => (
            "[{{ticket}}] Appuntamento spostato: {{time}}",
            "Gentile {{name}},

l'appuntamento per il ticket {{ticket}} è stato spostato: {{title}}

Modalità: {{medium}}
Nuovo orario: {{time}}
Orario precedente: {{earlier}}
{{text}}

Se l'orario non Le va bene, risponda semplicemente a questa e-mail.

{{desk}}",
        ),
        TemplateName::CallCancelled => (
            "[{{ticket}}] Appuntamento annullato: {{time}}",
            "Gentile {{name}},

l'appuntamento per il ticket {{ticket}} è stato annullato: {{title}}

Modalità: {{medium}}
Ora: {{time}}
{{text}}

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Assigned) => (
            "[{{ticket}}] Assegnato a Lei: {{title}}",
            "{{ticket}} è assegnato a Lei: {{title}}

Priorità: {{priority}}
Richiedente: {{requester}}
Assegnato da: {{actor}}",
        ),
        TemplateName::Notice(NoticeKind::RequesterWrote) => (
            "[{{ticket}}] Nuovo messaggio: {{title}}",
            "{{requester}} ha scritto su {{ticket}}: {{title}}

{{text}}",
        ),
        TemplateName::Notice(NoticeKind::Warning) => (
            "[{{ticket}}] In scadenza: {{title}}",
            "Un obiettivo di {{ticket}} sta per scadere: {{title}}

Obiettivo: {{clock}}
Scadenza: {{time}}
Priorità: {{priority}}",
        ),
        TemplateName::Notice(NoticeKind::Breach) => (
            "[{{ticket}}] Scaduto: {{title}}",
            "Un obiettivo di {{ticket}} non è stato rispettato: {{title}}

Obiettivo: {{clock}}
Scadenza: {{time}}
Priorità: {{priority}}",
        ),
        TemplateName::Notice(NoticeKind::Escalated) => (
            "[{{ticket}}] Inoltrato a {{tier}}: {{title}}",
            "{{ticket}} è stato inoltrato a {{tier}}: {{title}}

Priorità: {{priority}}
Inoltrato da: {{actor}}
Motivo: {{text}}",
        ),
        TemplateName::Notice(NoticeKind::Manager) => (
            "[{{ticket}}] Per Sua informazione: {{title}}",
            "{{actor}} La informa sul ticket {{ticket}}: {{title}}

Priorità: {{priority}}
Motivo: {{text}}",
        ),
    };
    Template { subject, body }
}

pub(super) const fn phrase(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::YourMessage => "il Suo messaggio",
        Phrase::NoPriority => "non ancora stabilita",
        Phrase::ResponsePromised => "Riceverà una prima risposta entro {time}.",
        Phrase::ResolutionPromised => "Contiamo di risolverlo entro {time}.",
        Phrase::Clock(ClockName::Response) => "prima risposta",
        Phrase::Clock(ClockName::Update) => "risposta a un messaggio",
        Phrase::Clock(ClockName::Resolution) => "risoluzione",
        Phrase::Medium(Medium::Phone) => "riunione telefonica",
        Phrase::Medium(Medium::Video) => "videochiamata",
        Phrase::Weekdays => "lun mar mer gio ven sab dom",
        Phrase::Months => {
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
        }
        Phrase::Time => "{weekday} {day} {month} {year}, ore {hour}:{minute}",
        Phrase::CallSummary => "Chiamata per il ticket",
        Phrase::CallAnswered(CallAnswer::Accepted) => "Risposta all'invito ({time}): accettato",
        Phrase::CallAnswered(CallAnswer::Tentative) => {
            "Risposta all'invito ({time}): accettato con riserva"
        }
        Phrase::CallAnswered(CallAnswer::Declined) => "Risposta all'invito ({time}): rifiutato",
    }
}
