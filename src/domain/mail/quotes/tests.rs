//! What of a message is new, in the shapes that mail programs write.

mod languages;

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::attribution::has_time;
use super::{SegmentKind, new_text, segments};
use crate::testing::cases;

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
        "Quoting Anna Berg <anna@example.org>:",
        "Zitat von Anna Berg <anna@example.org>:",
        "El 5/1/2026 a las 10:00 a. m., Anna Berg escribió:",
        "---------- Původní e-mail ----------\nOd: Anna",
        "------------------ 原始邮件 ------------------\n发件人: Anna",
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
        // Forwarded messages are what the sender has to say, whole.
        "FYI\n\nBegin forwarded message:\n\n> From: Anna <a@x.org>\n> Subject: Fire\n>\n> It burns.",
        "FYI\n\n> Begin forwarded message:\n>\n> From: Anna <a@x.org>\n> Subject: Fire\n>\n> It burns.",
        "FYI\n\n-------- Weitergeleitete Nachricht --------\nBetreff: Feuer\nDatum: Mon, 5 Jan 2026 10:00:00 +0100\n\
            Von: Anna <a@x.org>\nAn: Desk <d@x.org>\n\nEs brennt.\n\nAm 05.01.26 um 09:00 schrieb Bo:\n> Wo?\n-- \nAnna",
        // What people write in the shape of an attribution.
        "Hello.\nOn 5 January 2026 our director wrote:\nPrinters must be replaced.\nPlease do so.",
        "Hello.\n\nOn 5 January 2026 our director wrote:\n\nPrinters must be replaced.\n\nPlease do so.",
        "Hello.\n\nOn Monday 5 January 2026 at 10:00 our boss wrote:\n\nReplace them.",
        "Hello.\n\nOn 5 Jan 2026 I wrote to <bo@x.org> the following:\nReplace them.\n\nNo answer.",
        "Hello.\n\nMy colleague Bo <bo@x.org> saw on 5 Jan 2026 the following:\nit burns.",
        "Hello.\n\nOn 5 Jan 2026 at 10:00, anna@x.org and bo@x.org had this:\nPrinter: offline",
        "Hello.\n\nAm 5. Januar 2026 um 10:00 Uhr ging gar nichts:\nFehler 300.",
        "Hello.\n\nLe 5 janvier 2026 à 10:00 j'ai écrit à Bo <bo@x.org> :\nrien.",
        "Log:\n\n5.1.2026 10:00 restarted by Bo (bo@x.org):\nno change",
        "Log:\n\n2026-01-05 please ask Bo <bo@x.org>\n2026-01-06 done",
        "Two things:\n\n1. On 5 Jan 2026 at 10:00 it broke\n2. Bo <bo@x.org> wrote me:\n\nit is his",
        "Changes:\n\n2026-01-05  Bo Ek  <bo@x.org>\n\n\t* main.c: New.\n",
        "Changes:\n\n2026-01-05  Bo Ek  <bo@x.org> (tiny change):\n\n\t* main.c: New.\n",
        "Copyright:\n\n2016, Bo Ek <bo@x.org>\n2013-2017, Anna Berg <a@x.org>\n2013, Cy Fox <c@x.org>\nLicense:\nfree",
        "Copyright Bo Ek <bo@x.org> 2002.\nLicense: Artistic\nComment:\nfree",
        "Idea:\n(suggested by Bo Ek <bo@x.org>, 18 Jan 2010):\nmore",
        "Who:\n\nBo Ek <bo@x.org>\n2020-01-19:2020011915.GA1@x.org:\n\nAnna Berg <a@x.org>",
        // The header of a mail, shown to have it looked into.
        "Why?\n\nReturn-Path: <a@x.org>\nFrom: Anna <a@x.org>\nTo: Bo <bo@x.org>\nSubject: x\n\
            Date: Mon, 5 Jan 2026 10:00:00 +0100\nMessage-ID: <1@x.org>",
        "Why?\n\nFrom: Anna <a@x.org>\nSent: Monday\nReceived: from x.org\nTo: Bo",
        "commit 1\nDate: Mon, 5 Jan 2026 10:00:00\n\n    New.\n\n    From: Anna <a@x.org>\n    More.",
        "SELECT 1;\n--\n-- all of them\nSELECT 2;",
        // Forms that have the fields of a header.
        "Please book:\n\nFrom: Berlin\nTo: Paris\nDate: 5 May 2026\nSubject: trip",
        "Bitte buchen:\n\nVon: Berlin\nAn: Paris\nDatum: 5.5.2026 10:00",
        "Leave:\n\nFrom: 5 May 2026\nTo: 7 May 2026\nSubject: holiday\nDate: 1.1.2026 10:00",
        "From the site:\n\nFrom: Bo <bo@x.org>\nSubject: Printer\n\nMy printer is broken",
        // What is sent, and not by which program.
        "Hello.\n\nSent from the wrong address, sorry",
        "Hello.\n\nSent from my office yesterday",
        "Hello.\n\nSent via DHL",
        "Hello.\n\nSent from my phone because the laptop is broken",
        "Hello.\n\nVon meinem Telefon aus geht es nicht",
        "Hello.\n\nGesendet mit DHL gestern",
        "Hello.\n\nLähetetty eilen postissa",
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
        "It works.\n\nOn 5 Jan 2026, Anna <a@x.org> wrote:\n> see\n (https://x.org/a) >\n> or not",
        "It works. On 5 Jan 2026, Anna <a@x.org> wrote:\n> Does it?",
        "It works.--- On 5 Jan 2026, Anna <a@x.org> wrote:\n> Does it?",
        "It works.\n\nOn Mon, 5 Jan 2026 at 10:00 Anna\n\n<\nmailto:Anna <a@x.org>\n> wrote:\nDoes it?",
        "It works.\n\nFrom: a@x.org Sent: Monday, 5 January 2026 10:00 To: Desk\nDoes it?",
        "It works.\n\nOriginal Message processed by david®\nDoes it?",
        "It works.\n\n-----Original Message-----\nFrom: Anna\n\n---------- Forwarded message ----------\nDoes it?",
    ] {
        assert_eq!(new(text), "It works.", "{text:?}");
    }
    // Without a full stop, it is told from the first line of an attribution.
    for sentence in [
        "It costs 300 euro",
        "300 Printers",
        "On our 300 screens nothing",
        "On 5 Jan 2026 the printer broke",
        "We met in 2025 at 10:30 with Anna",
        "Please ask Bo <bo@x.org>",
        "see <https://x.org/a@b> for details",
    ] {
        for attribution in ["Anna Berg wrote:", "Anna Berg <a@x.org> wrote:"] {
            let text = format!("{sentence}\n{attribution}\n> Does it?");
            assert_eq!(new(&text), sentence, "{text:?}");
        }
    }
}

#[test]
fn answers_between_quotes_stay() {
    let question = "> which one is it, that in the hall or the one at https://x.org/printers";
    for answer in [
        "the one upstairs",
        "The one upstairs.",
        "- upstairs",
        "2",
        "https://x.org/a=b",
    ] {
        for end in [
            "",
            "\n> Anna",
            "\n> Anna\n\n-- \nBo",
            "\n\nSent from my iPhone",
        ] {
            for start in ["", "On 5 Jan 2026 at 10:00, Anna <a@x.org> wrote:\n"] {
                let text = format!("{start}{question}\n{answer}");
                assert_eq!(new(&format!("{text}{end}")), text);
            }
        }
    }
}

#[test]
fn a_closing_answers_to_no_quote() {
    let quote = "On 5 Jan 2026 at 10:00, Anna <a@x.org> wrote:\n> Is it on?\n";
    for closing in [
        "Regards,\nBo",
        "Mit freundlichen Grüßen\nBo Ek\nIT",
        "Terveisin\nBo",
        "Mvh Bo",
    ] {
        let text = format!("Yes.\n\n{quote}\n{closing}\n");
        assert_eq!(new(&text), format!("Yes.\n\n{closing}"));
    }
    for rest in [
        "Regards to Anna, who is right?",
        "It is.\n\nRegards,\nBo",
        "Bo",
    ] {
        let text = format!("Yes.\n\n{quote}\n{rest}");
        assert_eq!(new(&text), text);
    }
    // Alone, it is the answer.
    let text = format!("{quote}\nThanks,\nBo");
    assert_eq!(new(&text), text);
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
        ("Thanks.\n\nSent from my Wiko RIDGE 4G", "Thanks."),
        ("Thanks.\nSent from TypeApp<https://x.org/a>", "Thanks."),
        (
            "Thanks.\n\nSent from my iPhone\nGet Outlook for iOS\n<https://x.org>",
            "Thanks.",
        ),
        ("One\n--\ntwo\n--\nAnna", "One\n--\ntwo"),
        ("One\n--\n--\nAnna", "One"),
        (
            "Yes.\n-- \nAnna\n\nOn 5 Jan 2026, Bo <b@x.org> wrote:\n> Is it?\n\n-- \nprinters list\n",
            "Yes.",
        ),
        (
            "Yes.\n\nOn 5 Jan 2026, Bo <b@x.org> wrote:\n> Is it?\n\n\
                _______________________________________________\nprinters mailing list\nprinters@x.org",
            "Yes.",
        ),
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

#[test]
fn long_messages_are_read_in_one_go() {
    for line in [
        "> It burns.",
        ">",
        "",
        "--",
        "-- ",
        "-----",
        "-----\n\n\n",
        "From: a",
        "From: a@x.org\n1\n2\n3",
        "Sent from my iPhone",
        "> Begin forwarded message:",
        "On Mon, 5 Jan 2026 at 10:00, Anna Berg <a@x.org>",
        "On 5 Jan 2026, Anna <a@x.org> wrote:\n\n\n\n\n\n\n\n",
        "Yes. On 5 Jan 2026, Anna <a@x.org> wrote:\n> It burns.\nYes.",
        "On On On On On On 2026 10:00 @ < wrote so:",
        "> https://x.org/aaaaaa\nb=c&d=e_f",
    ] {
        let size = if line.starts_with('>') {
            1 << 20
        } else {
            1 << 18
        };
        let text = format!(
            "It works.\n{}",
            format!("{line}\n").repeat(size / (line.len() + 1))
        );
        let start = Instant::now();
        let found = segments(&text);
        let spent = start.elapsed();
        assert!(spent < Duration::from_secs(10), "{spent:?} for {line:?}");
        drop(found);
    }
    for piece in [
        "x",
        ">",
        "On 2026 ",
        "wrote ",
        "a:",
        "From: a@x.org ",
        "---",
    ] {
        let start = Instant::now();
        drop(segments(&piece.repeat((1 << 20) / piece.len())));
        assert!(start.elapsed() < Duration::from_secs(10), "{piece:?}");
    }
}

/// What the sender writes: sentences, some of which look like something else.
fn sentence() -> impl Strategy<Value = String> {
    let shape = prop::sample::select(vec![
        "{}",
        "{}.",
        "- {}",
        "1. {}",
        "On Monday {}",
        "From: {}",
        "Anna: {}",
        "300 {}",
        "{}, she said:",
        "{} wrote about it",
        "{} <bo@example.org>",
        "Hello {},",
    ]);
    (shape, "[a-z]{4,9}( [a-z]{2,9}){2,6}").prop_map(|(shape, text)| shape.replace("{}", &text))
}

fn quote() -> impl Strategy<Value = String> {
    let attributions: Vec<&str> = languages::ATTRIBUTIONS.lines().collect();
    let attribution = prop::sample::select(attributions);
    (attribution, "(> [a-z ]{0,40}\n){1,4}").prop_map(|(line, marked)| format!("{line}\n{marked}"))
}

#[test]
fn a_time_of_day_has_hours_and_minutes() {
    for time in ["10:00", "9.30", "at 7:05,", "10.00 Uhr"] {
        assert!(has_time(time), "{time}");
    }
    for other in ["", ".", ".30", ":30", "7:", "5.1.2026", "5.10.26", "1.234"] {
        assert!(!has_time(other), "{other}");
    }
}

/// A quote with one character replaced by any other.
fn damaged_quote() -> impl Strategy<Value = String> {
    (quote(), any::<prop::sample::Index>(), any::<char>()).prop_map(|(quote, index, other)| {
        let mut chars: Vec<char> = quote.chars().collect();
        let at = index.index(chars.len());
        chars[at] = other;
        chars.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn no_sentence_is_folded(
        parts in prop::collection::vec((sentence(), any::<bool>(), prop::option::of(quote())), 1..6),
    ) {
        let mut text = String::new();
        for (sentence, is_parted, quote) in &parts {
            text += sentence;
            text += if *is_parted { "\n\n" } else { "\n" };
            text += quote.as_deref().unwrap_or_default();
        }
        let shown = new(&text);
        for (sentence, ..) in &parts {
            prop_assert!(shown.lines().any(|line| line == sentence), "{sentence:?} in {text:?}");
        }
    }

    #[test]
    fn all_of_a_message_is_in_its_segments(
        lines in prop::collection::vec(
            prop_oneof![
                sentence(),
                quote(),
                damaged_quote(),
                any::<String>(),
                "[->_=: ]{0,6}",
                "[.:,;@0-9a-cA-C<>()\\[\\]*_ -]{0,30}",
                "(From|Sent|Von|To|Subject): [a-z0-9@:]{0,12}",
                Just("-----Original Message-----".to_owned()),
                Just("Yes. On 5 Jan 2026, Anna <a@x.org> wrote:".to_owned()),
                Just("Sent from my iPhone".to_owned()),
            ],
            0..12,
        ),
    ) {
        let text = lines.join("\n");
        let joined: String = segments(&text).iter().map(|segment| segment.text).collect();
        prop_assert_eq!(joined.replace('\n', ""), text.replace('\n', ""));
    }
}
