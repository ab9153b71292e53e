//! Where an earlier message begins without marks: «Original Message» between
//! dashes, or its From, Sent, To and Subject as Outlook writes them.

/// The headings over an earlier message; not those over a forwarded one, which
/// is what the sender has to say.
const HEADINGS: [&str; 24] = [
    "original message",
    "original appointment",
    "reply message",
    "ursprüngliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "originale nachricht",
    "alkuperäinen viesti",
    "oorspronkelijk bericht",
    "originele bericht",
    "messaggio originale",
    "messaggio originario",
    "pesan asli",
    "pesan awal",
    "message d'origine",
    "message d’origine",
    "message original",
    "mensaje original",
    "ursprungligt meddelande",
    "oprindelig meddelelse",
    "opprinnelig melding",
    "mensagem original",
    "oryginalna wiadomość",
    "wiadomość oryginalna",
];

const REPLY_ABOVE: [&str; 7] = [
    "reply above this line",
    "type your reply above",
    "write above this line",
    "antworten sie oberhalb dieser zeile",
    "beantwoord boven deze lijn",
    "rispondi sopra questa riga",
    "balas di atas baris ini",
];

const FROM: [&str; 13] = [
    "from",
    "von",
    "lähettäjä",
    "van",
    "da",
    "dari",
    "de",
    "från",
    "fra",
    "od",
    "expéditeur",
    "mittente",
    "afzender",
];
const SENT: [&str; 24] = [
    "sent",
    "date",
    "gesendet",
    "datum",
    "lähetetty",
    "päivämäärä",
    "päiväys",
    "verzonden",
    "inviato",
    "data",
    "dikirim",
    "tanggal",
    "envoyé",
    "enviado",
    "enviado el",
    "enviada em",
    "fecha",
    "skickat",
    "sendt",
    "dato",
    "wysłano",
    "date d'envoi",
    "sent at",
    "gesendet am",
];
const TO: [&str; 14] = [
    "to",
    "an",
    "vastaanottaja",
    "aan",
    "a",
    "kepada",
    "untuk",
    "à",
    "para",
    "till",
    "til",
    "do",
    "destinataire",
    "reply-to",
];
const SUBJECT: [&str; 13] = [
    "subject",
    "betreff",
    "aihe",
    "onderwerp",
    "oggetto",
    "perihal",
    "subjek",
    "objet",
    "asunto",
    "ämne",
    "emne",
    "assunto",
    "temat",
];
const COPY: [&str; 8] = [
    "cc",
    "kopie",
    "kopio",
    "tembusan",
    "bcc",
    "kopia",
    "kopi",
    "importance",
];

/// A field of a header, whatever the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    From,
    Sent,
    To,
    Subject,
    Copy,
}

fn field(line: &str) -> Option<Field> {
    let (label, _) = line.trim().split_once(':')?;
    let label = label.trim_matches(|c: char| matches!(c, '*' | '_' | ' ' | '\u{a0}' | '|' | '\t'));
    if label.is_empty() || label.len() > 24 {
        return None;
    }
    let label = label.to_lowercase();
    let is = |words: &[&str]| words.contains(&label.as_str());
    if is(&FROM) {
        Some(Field::From)
    } else if is(&SENT) {
        Some(Field::Sent)
    } else if is(&TO) {
        Some(Field::To)
    } else if is(&SUBJECT) {
        Some(Field::Subject)
    } else if is(&COPY) {
        Some(Field::Copy)
    } else {
        None
    }
}

/// Whether the header of an earlier message begins here: who it is from, and two
/// more fields, or one if it tells when.
fn is_block(lines: &[&str], at: usize) -> bool {
    if lines.get(at).is_none_or(|line| field(line).is_none()) {
        return false;
    }
    let mut found: Vec<Field> = Vec::new();
    let mut others = 0;
    let (mut is_dated, mut is_addressed) = (false, false);
    for line in lines.iter().skip(at).take(16) {
        if line.trim().is_empty() {
            continue;
        }
        match field(line) {
            Some(field) => {
                let digits = line.bytes().filter(u8::is_ascii_digit).count();
                is_dated = is_dated || field == Field::Sent && digits >= 4;
                is_addressed = is_addressed || line.contains('@');
                if !found.contains(&field) {
                    found.push(field);
                }
                others = 0;
            }
            // A long list of addresses goes on in the next lines.
            None => others += 1,
        }
        if others > 3 {
            break;
        }
    }
    let has = |field| found.contains(&field);
    let is_certain = has(Field::From) && found.len() >= 3;
    // With two of them alone, they must be what such fields hold.
    is_certain
        || has(Field::Sent) && (has(Field::From) || has(Field::To)) && is_dated && is_addressed
}

/// Whether a line is a heading between dashes.
fn is_heading(line: &str) -> bool {
    let line = line.trim().trim_matches(['*', '_']);
    let bare =
        line.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '=' | ' ' | '_' | '\u{a0}'));
    let lower = bare.to_lowercase();
    let is_dashed = line.len() > bare.len() + 2;
    is_dashed
        && HEADINGS.iter().any(|heading| {
            lower == *heading || lower.starts_with(heading) && lower.len() < heading.len() + 4
        })
}

/// Whether a line only parts what is above from what is below.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 5
        && (line.bytes().all(|byte| byte == b'_') || line.bytes().all(|byte| byte == b'-'))
}

/// Whether an earlier message begins here and goes to the end.
pub(super) fn begins_earlier_message(lines: &[&str], at: usize) -> bool {
    let Some(line) = lines.get(at) else {
        return false;
    };
    if line.trim().is_empty() {
        return false;
    }
    if is_heading(line) || super::attribution::is_dashed(line) {
        return true;
    }
    let lower = line.to_lowercase();
    if REPLY_ABOVE.iter().any(|words| lower.contains(words)) {
        return true;
    }
    if is_rule(line) {
        let next = lines
            .iter()
            .skip(at + 1)
            .position(|line| !line.trim().is_empty());
        return next.is_some_and(|skip| skip <= 2 && is_block(lines, at + 1 + skip));
    }
    let forwarded = lines
        .iter()
        .take(at)
        .rev()
        .filter(|line| !line.trim().is_empty())
        .take(2)
        .any(|line| is_forwarded(line));
    !forwarded && is_block(lines, at)
}

/// Whether a line says that what follows was forwarded.
fn is_forwarded(line: &str) -> bool {
    const WORDS: [&str; 14] = [
        "forwarded message",
        "forwarded by",
        "weitergeleitete nachricht",
        "weitergeleitet",
        "välitetty viesti",
        "edelleenlähetetty",
        "doorgestuurd bericht",
        "messaggio inoltrato",
        "pesan terusan",
        "pesan yang diteruskan",
        "message transféré",
        "mensaje reenviado",
        "vidarebefordrat",
        "begin forwarded",
    ];
    let lower = line.to_lowercase();
    WORDS.iter().any(|words| lower.contains(words))
}
