//! What of a message is new, in the shapes that mail programs write.

use super::{SegmentKind, new_text, segments};

/// The new lines of a message.
fn new(text: &str) -> String {
    new_text(text)
}

#[test]
fn every_line_is_in_one_segment() {
    for text in [
        "",
        "\n",
        "a",
        "a\n\n> b",
        "a\n> b\nc\n",
        "On 5 Jan 2026, Anna wrote:\n> b\n",
        "a\n-- \nb\n\nOn 5 Jan 2026, Anna <a@x.org> wrote:\nb\n\n",
    ] {
        let joined: Vec<&str> = segments(text).iter().map(|segment| segment.text).collect();
        assert_eq!(joined.join("\n"), text, "{text:?}");
    }
}

#[test]
fn quotes_are_found_in_every_language() {
    for attribution in [
        "On Mon, 5 Jan 2026 at 10:00, Anna Berg <anna@example.org> wrote:",
        "On Mon, 5 Jan 2026 at 10:00, Anna Berg\n<anna@example.org> wrote:",
        "On Mon, 5 Jan 2026 at 10:00, Anna Berg <\nanna@example.org> wrote:",
        "Am 05.01.2026 um 10:00 schrieb Anna Berg:",
        "Am Mo., 5. Jan. 2026 um 10:00 Uhr schrieb Anna Berg <\nanna@example.org>:",
        "ma 5. tammik. 2026 klo 10.00 Anna Berg (anna@example.org) kirjoitti:",
        "Op ma 5 jan. 2026 om 10:00 schreef Anna Berg <anna@example.org>:",
        "Il giorno lun 5 gen 2026 alle ore 10:00 Anna Berg <anna@example.org> ha scritto:",
        "Pada tanggal Sen, 5 Jan 2026 pukul 10.00 Anna Berg <anna@example.org>\nmenulis:",
        "Le lun. 5 janv. 2026 à 10:00, Anna Berg <anna@example.org> a écrit :",
        "El lun, 5 ene 2026 a las 10:00, Anna Berg (<anna@example.org>) escribió:",
        "Den mån 5 jan. 2026 kl 10:00 skrev Anna Berg <anna@example.org>:",
        "Em seg., 5 de jan. de 2026 às 10:00, Anna Berg <anna@example.org> escreveu:",
        "pon., 5 sty 2026 o 10:00 Anna Berg <anna@example.org> napisał(a):",
        "2026/1/5 Anna Berg <anna@example.org>",
        "Anna Berg wrote:",
        "-----Original Message-----\nFrom: Anna",
        "-----Ursprüngliche Nachricht-----\nVon: Anna",
        "-----Alkuperäinen viesti-----",
        "From: Anna Berg <anna@example.org>\nSent: Monday, 5 January 2026\nTo: Desk\nSubject: Re: printer",
        "________________________________\nVon: Anna Berg\nGesendet: Montag\nAn: Desk\nBetreff: Drucker",
        "Lähettäjä: Anna Berg\nLähetetty: maanantai\nVastaanottaja: Desk\nAihe: Tulostin",
        "Van: Anna Berg\nVerzonden: maandag\nAan: Desk\nOnderwerp: Printer",
        "Da: Anna Berg\nInviato: lunedì\nA: Desk\nOggetto: Stampante",
        "Dari: Anna Berg\nDikirim: Senin\nKepada: Desk\nPerihal: Printer",
        "*From:* Anna Berg\n*Sent:* Monday\n*To:* Desk\n*Subject:* Printer",
    ] {
        let text =
            format!("It works now.\n\n{attribution}\n\n> The printer is on fire.\n>\n> Anna\n");
        assert_eq!(new(&text), "It works now.", "{attribution}");
    }
}

#[test]
fn an_earlier_message_without_marks_is_quoted_to_the_end() {
    let text =
        "Yes.\n\nOn Mon, 5 Jan 2026 at 10:00, Anna <anna@example.org> wrote:\nIs it?\n\nAnna\n";
    assert_eq!(new(text), "Yes.");
    let text = "Yes.\n\nFrom: Anna\nSent: Monday\nTo: Desk\nSubject: Printer\n\nIs it?\n";
    assert_eq!(new(text), "Yes.");
}

#[test]
fn new_text_is_never_folded() {
    for text in [
        "> Is it on?\n\nYes.\n\n> And now?\n\nNo.",
        "On Mon, 5 Jan 2026 at 10:00, Anna wrote:\n> Is it on?\n\nYes.",
        "As you wrote:\n\nit is on fire.",
        "The manual says the following:\nturn it off.",
        "From: the window\nit is cold.",
        "Options:\n-----\none\ntwo",
        "> only a quote",
        "---------- Forwarded message ---------\nFrom: Anna <a@x.org>\nDate: Mon\nSubject: Fire\nTo: Desk\n\nIt burns.",
        "I sent from my office the form.\nDid it arrive?",
        "See below.\n--\none\n--\ntwo\n\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16",
        "",
        "It works - or not --- On 5 Jan 2026, anna@x.org wrote:",
        "It burns again!\nAnna said it would, on 5 January 2026:\n> water helps\nbut it does not",
    ] {
        assert_eq!(new(text), text.trim(), "{text:?}");
    }
}

#[test]
fn a_sentence_before_an_attribution_stays() {
    for text in [
        "It works.\nOn 5 Jan 2026, Anna <a@x.org> wrote:\n> Does it?",
        "It works.\nAnna Berg <a@x.org> wrote:\n> Does it?",
        "It works.\nDen 5 januari 2026 10:00 skrev Anna (a@x.org):\n\nDoes it?",
        "It works.\n---- Anna Berg wrote ----\nDoes it?",
        "It works.\n\nOn 5 Jan 2026, Anna <a@x.org> wrote:\n> see https://x.org/a\nb=c&d=e_f\n> or not",
    ] {
        assert_eq!(new(text), "It works.", "{text:?}");
    }
}

#[test]
fn signatures_are_apart() {
    for (text, expected) in [
        ("Thanks.\n\n-- \nAnna Berg\nIT\n", "Thanks."),
        ("Thanks.\n\nSent from my iPhone", "Thanks."),
        ("Danke.\n\nVon meinem iPhone gesendet\n", "Danke."),
        ("Kiitos.\n\nLähetetty iPhonesta", "Kiitos."),
        ("Dank.\n\nVerstuurd vanaf mijn iPhone", "Dank."),
        ("Grazie.\n\nInviato da iPhone", "Grazie."),
        ("Terima kasih.\n\nDikirim dari iPhone saya", "Terima kasih."),
        (
            "Yes.\n-- \nAnna\n\nOn Mon, 5 Jan 2026, Desk <d@x.org> wrote:\n> Is it?\n",
            "Yes.",
        ),
    ] {
        assert_eq!(new(text), expected, "{text:?}");
        assert!(
            segments(text)
                .iter()
                .any(|segment| segment.kind == SegmentKind::Signature)
        );
    }
}
