//! What the values of other systems mean, in seven languages.

use super::words::{folded, is_like};

/// Longer values are sentences, not words of a scale.
const LONGEST: usize = 40;

/// The word of desk for a value, if it is unambiguous.
pub(in crate::import) fn translation(field: &str, value: &str) -> Option<&'static str> {
    if value.chars().count() > LONGEST {
        return None;
    }
    let text = folded(value);
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    match field {
        "status" => status(&words),
        "channel" => channel(&words),
        "kind" => kind(&words),
        "impact" | "urgency" => match degree(&words)? {
            1 | 2 => Some("high"),
            3 => Some("medium"),
            _ => Some("low"),
        },
        "priority" => priority(&words),
        "code" => code(&words),
        _ => None,
    }
}

/// Whether cells are codes of a closure, not texts of a resolution.
pub(super) fn are_codes(cells: &[String]) -> bool {
    let mut distinct: Vec<&String> = cells.iter().collect();
    distinct.sort();
    distinct.dedup();
    distinct.len() <= 12
        && distinct
            .iter()
            .all(|cell| translation("code", cell).is_some() || cell.len() <= 24)
        && (distinct.len() < cells.len()
            || distinct
                .iter()
                .all(|cell| translation("code", cell).is_some()))
}

fn has(words: &[&str], known: &str) -> bool {
    let known = || known.split_whitespace();
    words
        .iter()
        .any(|word| known().any(|pattern| is_like(word, pattern)))
}

const NOT: &str = "un* not nicht non no niet nao";

fn status(words: &[&str]) -> Option<&'static str> {
    let denied = has(
        words,
        "unresolved unsolved ungelost reopen* wiedereroffnet rouvert reabiert* riaperto heropend",
    ) || has(words, NOT) && has(words, "resol* solved gelost closed geschlossen");
    let rules: [(&str, &'static str); 11] = [
        (
            "closed close closure geschlossen abgeschlossen cancel* storn* annul* abgebroch* abgelehnt rejected \
             reject* declined deleted merged zusammengef* fusion* ferme* clos cloture* cerrad* \
             fechad* encerrad* chius* gesloten afgesloten void withdrawn cloturee clots",
            "closed",
        ),
        (
            "resolved solved done fixed completed complete fertig erledigt gelost resolu* resuelt* \
             resolvid* risolt* opgelost termine* hecho terminad* concluid* completat* gereed finished \
             fulfilled solucionad* solved",
            "resolved",
        ),
        (
            "user users customer requester caller kunde* client* klant* usuari* utente gebruiker \
             anfragesteller* solicitante demandeur benutzer aanvrager requestor cust",
            "paused for requester",
        ),
        (
            "vendor supplier lieferant* fournisseur proveedor fornecedor fornitore leverancier \
             hersteller party dritt*",
            "paused for vendor",
        ),
        (
            "change approval genehmigung* freigabe approbation aprobacion aprovacao approvazione \
             goedkeuring",
            "paused for change",
        ),
        ("evidence", "paused for evidence"),
        (
            "wait* await* pend* hold stalled wart* attente espera* attesa wacht* angehalten \
             zuruckgestellt suspend* sospes* pausad* pause* paused blocked",
            "paused for other",
        ),
        (
            "active aktiv actif activo ativo attivo actief progress assigned accept* bearbeit* \
             cours curso andamento corso behandeling process* zugewiesen attribu* asignad* \
             atribuid* assegnat* toegewezen work* traitement doing escalated",
            "active",
        ),
        (
            "new neu neue nouveau nouvelle nuevo nueva novo nova nuovo nuova nieuw nieuwe open offen \
             ouvert* abiert* abert* apert* opened todo registered logged",
            "new",
        ),
        ("queued", "new"),
        ("started begonnen", "active"),
    ];
    if denied {
        return Some("active");
    }
    let rule = rules.iter().find(|(known, _)| has(words, known));
    rule.map(|(_, ours)| *ours)
}

fn channel(words: &[&str]) -> Option<&'static str> {
    let rules = [
        (
            "phone phonecall telephone telefon* telefoon call ivr anruf appel llamada chamada",
            "phone",
        ),
        ("mail email emails correo courriel mailbox", "email"),
        ("chat", "chat"),
        (
            "web portal self selfservice helpdesk portail formcreator form website",
            "portal",
        ),
        ("walk walkin person direct* personlich", "walk-in"),
        ("monitor* alert event", "monitoring"),
    ];
    let rule = rules.iter().find(|(known, _)| has(words, known));
    rule.map(|(_, ours)| *ours)
}

fn kind(words: &[&str]) -> Option<&'static str> {
    let rules = [
        (
            "incident* incidente incidencia storung storing panne bug problem probleme problema fault \
             fehler",
            "incident",
        ),
        (
            "request requests anfrage demande solicitud requisicao pedido richiesta aanvraag verzoek \
             serviceanfrage question frage",
            "request",
        ),
    ];
    let rule = rules.iter().find(|(known, _)| has(words, known));
    rule.map(|(_, ours)| *ours)
}

fn code(words: &[&str]) -> Option<&'static str> {
    let rules = [
        ("workaround provisorisch contournement", "workaround"),
        (
            "duplicate* duplikat doublon duplicad* duplicat* dubbel*",
            "duplicate",
        ),
        ("reproduc* reproduz* reproducir", "not-reproducible"),
        (
            "withdrawn declined cancel* storn* abandon* won",
            "withdrawn",
        ),
        ("fulfil* erfullt", "fulfilled"),
        (
            "done fixed solved resolved gelost erledigt completed",
            "solved",
        ),
    ];
    let rule = rules.iter().find(|(known, _)| has(words, known));
    rule.map(|(_, ours)| *ours)
}

/// The degree of five that words say: 1 is the highest.
fn degree(words: &[&str]) -> Option<u8> {
    let very = has(words, "very sehr tres muy muito molto zeer extrem*");
    let rules = [
        (
            "critical* kritisch* critiqu* critic* urgent* highest blocker dringend* major majeur* \
             emergency hochste* *kritisch schwerwiegend severe",
            1,
        ),
        (
            "high hoch hohe hoher haut* elev* alta alto altas hoog hoge important* wichtig",
            2,
        ),
        (
            "medium normal normale mittel* moyen* media medio medias moderate gemiddeld* middel* average \
             standard",
            3,
        ),
        ("lowest niedrigste* planning trivial minimal planung", 5),
        (
            "low niedrig* gering* bass* faible baj* baix* laag lage minor mineur menor klein geringe",
            4,
        ),
    ];
    let degree = rules.iter().find(|(known, _)| has(words, known))?.1;
    Some(match (degree, very) {
        (2, true) => 1,
        (4, true) => 5,
        (degree, _) => degree,
    })
}

/// Words count before digits: `5 very high` and `5 Very Low` are both in use.
fn priority(words: &[&str]) -> Option<&'static str> {
    const PRIORITIES: [&str; 5] = ["P1", "P2", "P3", "P4", "P5"];
    let digit = || {
        let first = words.first()?.trim_start_matches(['p', 's']);
        first.parse::<u8>().ok()
    };
    let place = degree(words).or_else(digit)?;
    PRIORITIES.get(usize::from(place).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_understood_in_seven_languages() {
        for (field, value, ours) in [
            ("status", "Geschlossen", Some("closed")),
            ("status", "Résolu", Some("resolved")),
            ("status", "In Bearbeitung", Some("active")),
            ("status", "En attente", Some("paused for other")),
            ("status", "Warten auf Kunden", Some("paused for requester")),
            ("status", "Chiuso", Some("closed")),
            ("status", "Nieuw", Some("new")),
            ("status", "Em andamento", Some("active")),
            ("status", "Unresolved", Some("active")),
            ("status", "-100", None),
            ("channel", "Teléfono", Some("phone")),
            ("kind", "Störung", Some("incident")),
            ("kind", "Demande", Some("request")),
            ("impact", "Muy alta", Some("high")),
            ("impact", "5 Very Low", Some("low")),
            ("urgency", "moyenne", Some("medium")),
            ("priority", "5 Very Low", Some("P5")),
            ("priority", "5 very high", Some("P1")),
            ("priority", "1 very low", Some("P5")),
            ("priority", "3 - Moderate", Some("P3")),
            ("priority", "1", Some("P1")),
            ("priority", "Hoch", Some("P2")),
            ("code", "Won't Do", Some("withdrawn")),
            (
                "impact",
                "The whole floor cannot print since the highest switch was replaced on Monday",
                None,
            ),
        ] {
            assert_eq!(translation(field, value), ours, "{field} {value}");
        }
    }
}
