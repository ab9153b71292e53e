//! Signatures: behind the line of two hyphens, and what telephones write under a
//! message.

use super::SegmentKind;

/// The most lines of a signature.
const LINES: usize = 15;

/// What telephones and programs write under a message.
const PROGRAMS: [&str; 44] = [
    "sent from my ",
    "sent from mobile",
    "sent from outlook",
    "sent from mail for",
    "sent from yahoo",
    "sent from ",
    "sent via ",
    "sent using ",
    "get outlook for",
    "von meinem ",
    "gesendet von ",
    "von unterwegs gesendet",
    "gesendet mit ",
    "diese nachricht wurde von mein",
    "outlook für ",
    "holen sie sich outlook",
    "lähetetty ",
    "hanki outlook",
    "verstuurd vanaf ",
    "verzonden vanaf ",
    "verzonden met ",
    "verstuurd met ",
    "outlook voor ",
    "download outlook",
    "inviato da",
    "inviato dal",
    "scarica outlook",
    "ottieni outlook",
    "dikirim dari ",
    "dapatkan outlook",
    "envoyé de ",
    "envoyé depuis ",
    "envoyé à partir de",
    "téléchargez outlook",
    "enviado desde ",
    "enviado de ",
    "enviado do ",
    "obtener outlook",
    "skickat från ",
    "skickas från",
    "sendt fra ",
    "wysłano z ",
    "wysłane z ",
    "hent outlook",
];

/// Whether a line is what a telephone or a program writes.
fn is_program(line: &str) -> bool {
    let line = line
        .trim()
        .trim_start_matches(['-', '–', '—', '*', '_', '(', '[', '~', ' ']);
    if line.chars().count() > 90 || line.ends_with(['?', ':']) {
        return false;
    }
    let lower = line.to_lowercase();
    let begins = PROGRAMS.iter().any(|words| lower.starts_with(words));
    // «Sent from my office» is a sentence, unless it is all that the line says.
    begins && lower.split_whitespace().count() <= 9
}

fn is_delimiter(line: &str) -> bool {
    matches!(line.trim_end(), "--" | "—" | "––" | "__")
}

/// Marks the signature that ends the new text, if one does.
pub(super) fn mark(lines: &[&str], kinds: &mut [SegmentKind]) {
    let is_text = |at: &usize| {
        let new = kinds.get(*at) == Some(&SegmentKind::New);
        new && lines.get(*at).is_some_and(|line| !line.trim().is_empty())
    };
    let Some(last) = (0..lines.len()).rev().find(is_text) else {
        return;
    };
    let first = (0..=last)
        .rev()
        .find(|at| kinds.get(*at) != Some(&SegmentKind::New));
    let first = first.map_or(0, |quoted| quoted + 1);
    let own = |at: usize| lines.get(at).copied().unwrap_or_default();
    let candidates = (first..=last).rev().take(LINES + 1);
    let mut start = None;
    for at in candidates {
        let line = own(at);
        if is_delimiter(line) && at > 0 {
            start = Some(at);
        } else if is_program(line) && start.is_none() {
            let below = (at + 1..=last)
                .filter(|at| !own(*at).trim().is_empty())
                .count();
            if below == 0 {
                start = Some(at);
            }
        }
    }
    let Some(start) = start else {
        return;
    };
    kinds
        .iter_mut()
        .take(last + 1)
        .skip(start)
        .for_each(|kind| *kind = SegmentKind::Signature);
}
