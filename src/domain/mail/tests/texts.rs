//! What every mail says in every language.

use super::{mailing, rendered};
use crate::domain::mail::notices::{CallChange, CallNotice, Content, Notice};
use crate::domain::mail::policy::TemplateTexts;
use crate::domain::mail::wording;
use crate::domain::people::{Actor, Agent, Tier};
use crate::domain::vocabulary::{ClockName, Medium, NoticeKind, NoticeLanguage};
use crate::testing::ticket_story::{TicketStory, moment};

fn story() -> TicketStory {
    mailing().open_at(2)
}

fn notice(kind: NoticeKind, language: NoticeLanguage, change: CallChange) -> Notice {
    let about_clock = matches!(kind, NoticeKind::Warning | NoticeKind::Breach);
    let about_call = kind == NoticeKind::Call;
    let text = match kind {
        NoticeKind::Reply => "We have found the cause.\n\nWe will replace the gateway today.",
        NoticeKind::Resolved => "Replaced the gateway.",
        NoticeKind::RequesterWrote => "Is there any news?",
        NoticeKind::Escalated | NoticeKind::Manager => "needs a specialist",
        NoticeKind::Acknowledged
        | NoticeKind::Closed
        | NoticeKind::Reopened
        | NoticeKind::Call
        | NoticeKind::Assigned
        | NoticeKind::Warning
        | NoticeKind::Breach => "",
    };
    Notice {
        kind,
        event: 1,
        ticket: crate::domain::event::TicketId(1),
        name: Some("Mia Roth".to_owned()),
        address: "mia@example.org".to_owned(),
        language,
        content: Content {
            text: (!text.is_empty()).then(|| text.to_owned()),
            actor: Some(Actor::from(Agent::parse("anna").unwrap())),
            writer: None,
            tier: Some(Tier::from_stored("L2")),
            clock: about_clock.then_some(ClockName::Response),
            time: (about_clock || about_call).then(|| moment("Tue 13:30")),
            call: about_call.then_some(CallNotice {
                number: 1,
                medium: Medium::Phone,
                version: 0,
                change,
            }),
            promise: Some((ClockName::Response, moment("Tue 13:30"))),
        },
        hides_title: false,
    }
}

/// Every mail in a language.
fn all(language: NoticeLanguage) -> String {
    let story = story();
    let mut text = String::new();
    let from = moment("Tue 9:00");
    let changed = [CallChange::Cancelled, CallChange::Moved { from }];
    let changed = changed.map(|change| (NoticeKind::Call, change));
    let kinds = NoticeKind::ALL.iter();
    let kinds = kinds.map(|kind| (*kind, CallChange::Arranged));
    for (kind, change) in kinds.chain(changed) {
        let mail = rendered(&notice(kind, language, change), &story, &[]);
        text += &format!("===== {kind}\n{}\n\n{}\n", mail.subject, mail.body);
    }
    text
}

#[test]
fn english() {
    insta::assert_snapshot!(all(NoticeLanguage::English), @"
    ===== acknowledged
    [#1] VPN drops

    Dear Mia Roth,

    thank you for your message. It has the number #1: VPN drops
    You will get a first response by Tue 3 March 2026, 14:30 (Europe/Berlin).

    If you want to add anything, simply answer this mail.

    Service desk

    ===== reply
    [#1] VPN drops

    We have found the cause.

    We will replace the gateway today.

    Anna Berg
    Service desk

    This is about ticket #1: VPN drops. To answer, simply reply to this mail.

    ===== resolved
    [#1] Resolved: VPN drops

    Dear Mia Roth,

    ticket #1 is resolved: VPN drops

    Replaced the gateway.

    Is it solved for you? Please answer this mail with one word:

        yes - it is solved
        no - it is not, and we will go on working on it

    If you like, add a number from 1 (poor) to 5 (excellent) for how satisfied you are with our service, for example: yes 5

    Service desk

    ===== closed
    [#1] Closed: VPN drops

    Dear Mia Roth,

    ticket #1 is closed: VPN drops

    If the problem comes back, simply answer this mail.

    Service desk

    ===== reopened
    [#1] Reopened: VPN drops

    Dear Mia Roth,

    we are working on ticket #1 again: VPN drops

    If you want to add anything, simply answer this mail.

    Service desk

    ===== call
    [#1] Call: Tue 3 March 2026, 14:30 (Europe/Berlin)

    Dear Mia Roth,

    we have arranged a phone call with you about ticket #1: VPN drops

    Time: Tue 3 March 2026, 14:30 (Europe/Berlin)

    If the time does not suit you, simply answer this mail.

    Service desk

    ===== assigned
    [#1] Assigned to you: VPN drops

    #1 is assigned to you: VPN drops

    Priority: P2
    Requester: Mia Roth
    Assigned by: Anna Berg

    ===== requester-wrote
    [#1] New message: VPN drops

    Mia Roth wrote about #1: VPN drops

    Is there any news?

    ===== warning
    [#1] Due soon: VPN drops

    A target of #1 is due soon: VPN drops

    Target: first response
    Due: Tue 3 March 2026, 14:30 (Europe/Berlin)
    Priority: P2

    ===== breach
    [#1] Overdue: VPN drops

    A target of #1 was missed: VPN drops

    Target: first response
    Due: Tue 3 March 2026, 14:30 (Europe/Berlin)
    Priority: P2

    ===== escalated
    [#1] Escalated to L2: VPN drops

    #1 was escalated to L2: VPN drops

    Priority: P2
    Escalated by: Anna Berg
    Reason: needs a specialist

    ===== manager
    [#1] For your attention: VPN drops

    Anna Berg informs you about ticket #1: VPN drops

    Priority: P2
    Reason: needs a specialist

    ===== call
    [#1] Call cancelled: Tue 3 March 2026, 14:30 (Europe/Berlin)

    Dear Mia Roth,

    the phone call about ticket #1 is cancelled: VPN drops

    Time: Tue 3 March 2026, 14:30 (Europe/Berlin)

    Service desk

    ===== call
    [#1] Call moved: Tue 3 March 2026, 14:30 (Europe/Berlin)

    Dear Mia Roth,

    the phone call about ticket #1 has a new time: VPN drops

    New time: Tue 3 March 2026, 14:30 (Europe/Berlin)
    Earlier time: Tue 3 March 2026, 10:00 (Europe/Berlin)

    If the time does not suit you, simply answer this mail.

    Service desk
    ");
}

#[test]
fn german() {
    insta::assert_snapshot!(all(NoticeLanguage::German), @"
    ===== acknowledged
    [#1] VPN drops

    Guten Tag Mia Roth,

    vielen Dank für Ihre Nachricht. Sie hat die Ticketnummer #1: VPN drops
    Sie erhalten eine erste Antwort bis Di., 3. März 2026, 14:30 Uhr (Europe/Berlin).

    Wenn Sie etwas ergänzen möchten, antworten Sie einfach auf diese E-Mail.

    Service desk

    ===== reply
    [#1] VPN drops

    We have found the cause.

    We will replace the gateway today.

    Anna Berg
    Service desk

    Es geht um Ticket #1: VPN drops. Antworten Sie einfach auf diese E-Mail.

    ===== resolved
    [#1] Gelöst: VPN drops

    Guten Tag Mia Roth,

    das Ticket #1 ist gelöst: VPN drops

    Replaced the gateway.

    Ist es auch für Sie gelöst? Bitte antworten Sie auf diese E-Mail mit einem Wort:

        ja - es ist gelöst
        nein - es ist nicht gelöst, und wir arbeiten weiter daran

    Wenn Sie möchten, schreiben Sie dazu eine Zahl von 1 (schlecht) bis 5 (ausgezeichnet), wie zufrieden Sie mit unserem Service sind, zum Beispiel: ja 5

    Service desk

    ===== closed
    [#1] Abgeschlossen: VPN drops

    Guten Tag Mia Roth,

    das Ticket #1 ist abgeschlossen: VPN drops

    Wenn das Problem wieder auftritt, antworten Sie einfach auf diese E-Mail.

    Service desk

    ===== reopened
    [#1] Wieder geöffnet: VPN drops

    Guten Tag Mia Roth,

    wir arbeiten wieder am Ticket #1: VPN drops

    Wenn Sie etwas ergänzen möchten, antworten Sie einfach auf diese E-Mail.

    Service desk

    ===== call
    [#1] Termin: Di., 3. März 2026, 14:30 Uhr (Europe/Berlin)

    Guten Tag Mia Roth,

    wir haben mit Ihnen einen Termin zum Ticket #1 vereinbart: VPN drops

    Art: telefonische Besprechung
    Zeit: Di., 3. März 2026, 14:30 Uhr (Europe/Berlin)

    Wenn Ihnen die Zeit nicht passt, antworten Sie einfach auf diese E-Mail.

    Service desk

    ===== assigned
    [#1] Ihnen zugewiesen: VPN drops

    #1 ist Ihnen zugewiesen: VPN drops

    Priorität: P2
    Gemeldet von: Mia Roth
    Zugewiesen von: Anna Berg

    ===== requester-wrote
    [#1] Neue Nachricht: VPN drops

    Mia Roth hat zu #1 geschrieben: VPN drops

    Is there any news?

    ===== warning
    [#1] Bald fällig: VPN drops

    Ein Ziel von #1 ist bald fällig: VPN drops

    Ziel: erste Antwort
    Fällig: Di., 3. März 2026, 14:30 Uhr (Europe/Berlin)
    Priorität: P2

    ===== breach
    [#1] Überfällig: VPN drops

    Ein Ziel von #1 wurde verfehlt: VPN drops

    Ziel: erste Antwort
    Fällig: Di., 3. März 2026, 14:30 Uhr (Europe/Berlin)
    Priorität: P2

    ===== escalated
    [#1] Eskaliert an L2: VPN drops

    #1 wurde an L2 eskaliert: VPN drops

    Priorität: P2
    Eskaliert von: Anna Berg
    Grund: needs a specialist

    ===== manager
    [#1] Zu Ihrer Kenntnis: VPN drops

    Anna Berg informiert Sie über das Ticket #1: VPN drops

    Priorität: P2
    Grund: needs a specialist

    ===== call
    [#1] Termin abgesagt: Di., 3. März 2026, 14:30 Uhr (Europe/Berlin)

    Guten Tag Mia Roth,

    der Termin zum Ticket #1 ist abgesagt: VPN drops

    Art: telefonische Besprechung
    Zeit: Di., 3. März 2026, 14:30 Uhr (Europe/Berlin)

    Service desk

    ===== call
    [#1] Termin verschoben: Di., 3. März 2026, 14:30 Uhr (Europe/Berlin)

    Guten Tag Mia Roth,

    der Termin zum Ticket #1 hat eine neue Zeit: VPN drops

    Art: telefonische Besprechung
    Neue Zeit: Di., 3. März 2026, 14:30 Uhr (Europe/Berlin)
    Bisherige Zeit: Di., 3. März 2026, 10:00 Uhr (Europe/Berlin)

    Wenn Ihnen die Zeit nicht passt, antworten Sie einfach auf diese E-Mail.

    Service desk
    ");
}

#[test]
fn finnish() {
    insta::assert_snapshot!(all(NoticeLanguage::Finnish), @"
    ===== acknowledged
    [#1] VPN drops

    Hei Mia Roth,

    kiitos viestistänne. Olemme kirjanneet sen tiketiksi #1: VPN drops
    Saatte ensimmäisen vastauksen viimeistään ti 3.3.2026 klo 14.30 (Europe/Berlin).

    Jos haluatte lisätä jotain, vastatkaa tähän viestiin.

    Service desk

    ===== reply
    [#1] VPN drops

    We have found the cause.

    We will replace the gateway today.

    Anna Berg
    Service desk

    Tiketti #1: VPN drops. Voitte vastata suoraan tähän viestiin.

    ===== resolved
    [#1] Ratkaistu: VPN drops

    Hei Mia Roth,

    tiketti #1 on ratkaistu: VPN drops

    Replaced the gateway.

    Onko asia kunnossa? Vastatkaa tähän viestiin yhdellä sanalla:

        kyllä - asia on kunnossa
        ei - asia ei ole kunnossa, ja jatkamme sen selvittämistä

    Halutessanne voitte lisätä numeron 1 (huono) - 5 (erinomainen) sen mukaan, kuinka tyytyväinen olette palveluumme, esimerkiksi: kyllä 5

    Service desk

    ===== closed
    [#1] Suljettu: VPN drops

    Hei Mia Roth,

    tiketti #1 on suljettu: VPN drops

    Jos ongelma toistuu, vastatkaa tähän viestiin.

    Service desk

    ===== reopened
    [#1] Avattu uudelleen: VPN drops

    Hei Mia Roth,

    tiketti #1 on taas työn alla: VPN drops

    Jos haluatte lisätä jotain, vastatkaa tähän viestiin.

    Service desk

    ===== call
    [#1] Sovittu aika: ti 3.3.2026 klo 14.30 (Europe/Berlin)

    Hei Mia Roth,

    olemme sopineet kanssanne ajan. Tiketti #1: VPN drops

    Tapa: puhelinkokous
    Aika: ti 3.3.2026 klo 14.30 (Europe/Berlin)

    Jos aika ei sovi teille, vastatkaa tähän viestiin.

    Service desk

    ===== assigned
    [#1] Osoitettu teille: VPN drops

    #1 on osoitettu teille: VPN drops

    Prioriteetti: P2
    Ilmoittaja: Mia Roth
    Osoittaja: Anna Berg

    ===== requester-wrote
    [#1] Uusi viesti: VPN drops

    Uusi viesti, #1: VPN drops
    Lähettäjä: Mia Roth

    Is there any news?

    ===== warning
    [#1] Määräaika lähestyy: VPN drops

    Määräaika lähestyy, #1: VPN drops

    Tavoite: ensimmäinen vastaus
    Määräaika: ti 3.3.2026 klo 14.30 (Europe/Berlin)
    Prioriteetti: P2

    ===== breach
    [#1] Myöhässä: VPN drops

    Määräaika on ylitetty, #1: VPN drops

    Tavoite: ensimmäinen vastaus
    Määräaika: ti 3.3.2026 klo 14.30 (Europe/Berlin)
    Prioriteetti: P2

    ===== escalated
    [#1] Eskaloitu, L2: VPN drops

    Tiketti #1 on eskaloitu: VPN drops

    Taso: L2
    Prioriteetti: P2
    Eskaloija: Anna Berg
    Syy: needs a specialist

    ===== manager
    [#1] Tiedoksi: VPN drops

    Tiedoksenne tiketti #1: VPN drops

    Prioriteetti: P2
    Ilmoittaja: Anna Berg
    Syy: needs a specialist

    ===== call
    [#1] Sovittu aika on peruttu: ti 3.3.2026 klo 14.30 (Europe/Berlin)

    Hei Mia Roth,

    sovittu aika on peruttu. Tiketti #1: VPN drops

    Tapa: puhelinkokous
    Aika: ti 3.3.2026 klo 14.30 (Europe/Berlin)

    Service desk

    ===== call
    [#1] Sovittu aika on siirretty: ti 3.3.2026 klo 14.30 (Europe/Berlin)

    Hei Mia Roth,

    sovittu aika on siirretty. Tiketti #1: VPN drops

    Tapa: puhelinkokous
    Uusi aika: ti 3.3.2026 klo 14.30 (Europe/Berlin)
    Aiempi aika: ti 3.3.2026 klo 10.00 (Europe/Berlin)

    Jos aika ei sovi teille, vastatkaa tähän viestiin.

    Service desk
    ");
}

#[test]
fn dutch() {
    insta::assert_snapshot!(all(NoticeLanguage::Dutch), @"
    ===== acknowledged
    [#1] VPN drops

    Geachte Mia Roth,

    dank u voor uw bericht. Het heeft het ticketnummer #1: VPN drops
    U krijgt een eerste antwoord uiterlijk di 3 maart 2026, 14.30 uur (Europe/Berlin).

    Wilt u iets toevoegen? Beantwoord dan gewoon deze e-mail.

    Service desk

    ===== reply
    [#1] VPN drops

    We have found the cause.

    We will replace the gateway today.

    Anna Berg
    Service desk

    Dit gaat over ticket #1: VPN drops. U kunt gewoon op deze e-mail antwoorden.

    ===== resolved
    [#1] Opgelost: VPN drops

    Geachte Mia Roth,

    ticket #1 is opgelost: VPN drops

    Replaced the gateway.

    Is het ook voor u opgelost? Beantwoord deze e-mail dan met één woord:

        ja - het is opgelost
        nee - het is niet opgelost, en wij werken er verder aan

    Als u wilt, voeg dan een cijfer van 1 (slecht) tot 5 (uitstekend) toe voor hoe tevreden u bent over onze dienstverlening, bijvoorbeeld: ja 5

    Service desk

    ===== closed
    [#1] Afgesloten: VPN drops

    Geachte Mia Roth,

    ticket #1 is afgesloten: VPN drops

    Komt het probleem terug? Beantwoord dan gewoon deze e-mail.

    Service desk

    ===== reopened
    [#1] Heropend: VPN drops

    Geachte Mia Roth,

    wij werken weer aan ticket #1: VPN drops

    Wilt u iets toevoegen? Beantwoord dan gewoon deze e-mail.

    Service desk

    ===== call
    [#1] Afspraak: di 3 maart 2026, 14.30 uur (Europe/Berlin)

    Geachte Mia Roth,

    wij hebben met u een afspraak gemaakt over ticket #1: VPN drops

    Soort: telefonische vergadering
    Tijd: di 3 maart 2026, 14.30 uur (Europe/Berlin)

    Schikt de tijd u niet? Beantwoord dan gewoon deze e-mail.

    Service desk

    ===== assigned
    [#1] Aan u toegewezen: VPN drops

    #1 is aan u toegewezen: VPN drops

    Prioriteit: P2
    Gemeld door: Mia Roth
    Toegewezen door: Anna Berg

    ===== requester-wrote
    [#1] Nieuw bericht: VPN drops

    Mia Roth schreef over #1: VPN drops

    Is there any news?

    ===== warning
    [#1] Bijna te laat: VPN drops

    Een termijn van #1 verloopt binnenkort: VPN drops

    Doel: eerste antwoord
    Uiterlijk: di 3 maart 2026, 14.30 uur (Europe/Berlin)
    Prioriteit: P2

    ===== breach
    [#1] Te laat: VPN drops

    Een termijn van #1 is overschreden: VPN drops

    Doel: eerste antwoord
    Uiterlijk: di 3 maart 2026, 14.30 uur (Europe/Berlin)
    Prioriteit: P2

    ===== escalated
    [#1] Geëscaleerd naar L2: VPN drops

    #1 is geëscaleerd naar L2: VPN drops

    Prioriteit: P2
    Geëscaleerd door: Anna Berg
    Reden: needs a specialist

    ===== manager
    [#1] Ter informatie: VPN drops

    Anna Berg informeert u over ticket #1: VPN drops

    Prioriteit: P2
    Reden: needs a specialist

    ===== call
    [#1] Afspraak geannuleerd: di 3 maart 2026, 14.30 uur (Europe/Berlin)

    Geachte Mia Roth,

    de afspraak over ticket #1 is geannuleerd: VPN drops

    Soort: telefonische vergadering
    Tijd: di 3 maart 2026, 14.30 uur (Europe/Berlin)

    Service desk

    ===== call
    [#1] Afspraak verplaatst: di 3 maart 2026, 14.30 uur (Europe/Berlin)

    Geachte Mia Roth,

    de afspraak over ticket #1 heeft een nieuwe tijd: VPN drops

    Soort: telefonische vergadering
    Nieuwe tijd: di 3 maart 2026, 14.30 uur (Europe/Berlin)
    Eerdere tijd: di 3 maart 2026, 10.00 uur (Europe/Berlin)

    Schikt de tijd u niet? Beantwoord dan gewoon deze e-mail.

    Service desk
    ");
}

#[test]
fn italian() {
    insta::assert_snapshot!(all(NoticeLanguage::Italian), @"
    ===== acknowledged
    [#1] VPN drops

    Gentile Mia Roth,

    La ringraziamo per il Suo messaggio, registrato con il numero di ticket #1: VPN drops
    Riceverà una prima risposta entro mar 3 marzo 2026, ore 14:30 (Europe/Berlin).

    Se desidera aggiungere qualcosa, risponda semplicemente a questa e-mail.

    Service desk

    ===== reply
    [#1] VPN drops

    We have found the cause.

    We will replace the gateway today.

    Anna Berg
    Service desk

    Questo messaggio riguarda il ticket #1: VPN drops. Può rispondere direttamente a questa e-mail.

    ===== resolved
    [#1] Risolto: VPN drops

    Gentile Mia Roth,

    il ticket #1 è stato risolto: VPN drops

    Replaced the gateway.

    Anche per Lei è risolto? La preghiamo di rispondere a questa e-mail con una parola:

        sì - è risolto
        no - non è risolto, e continueremo a occuparcene

    Se desidera, aggiunga un numero da 1 (scarso) a 5 (eccellente) per dirci quanto è soddisfatto del nostro servizio, ad esempio: sì 5

    Service desk

    ===== closed
    [#1] Chiuso: VPN drops

    Gentile Mia Roth,

    il ticket #1 è stato chiuso: VPN drops

    Se il problema si ripresenta, risponda semplicemente a questa e-mail.

    Service desk

    ===== reopened
    [#1] Riaperto: VPN drops

    Gentile Mia Roth,

    stiamo lavorando di nuovo al ticket #1: VPN drops

    Se desidera aggiungere qualcosa, risponda semplicemente a questa e-mail.

    Service desk

    ===== call
    [#1] Appuntamento: mar 3 marzo 2026, ore 14:30 (Europe/Berlin)

    Gentile Mia Roth,

    abbiamo fissato con Lei un appuntamento per il ticket #1: VPN drops

    Modalità: riunione telefonica
    Ora: mar 3 marzo 2026, ore 14:30 (Europe/Berlin)

    Se l'orario non Le va bene, risponda semplicemente a questa e-mail.

    Service desk

    ===== assigned
    [#1] Assegnato a Lei: VPN drops

    #1 è assegnato a Lei: VPN drops

    Priorità: P2
    Richiedente: Mia Roth
    Assegnato da: Anna Berg

    ===== requester-wrote
    [#1] Nuovo messaggio: VPN drops

    Mia Roth ha scritto su #1: VPN drops

    Is there any news?

    ===== warning
    [#1] In scadenza: VPN drops

    Un obiettivo di #1 sta per scadere: VPN drops

    Obiettivo: prima risposta
    Scadenza: mar 3 marzo 2026, ore 14:30 (Europe/Berlin)
    Priorità: P2

    ===== breach
    [#1] Scaduto: VPN drops

    Un obiettivo di #1 non è stato rispettato: VPN drops

    Obiettivo: prima risposta
    Scadenza: mar 3 marzo 2026, ore 14:30 (Europe/Berlin)
    Priorità: P2

    ===== escalated
    [#1] Inoltrato a L2: VPN drops

    #1 è stato inoltrato a L2: VPN drops

    Priorità: P2
    Inoltrato da: Anna Berg
    Motivo: needs a specialist

    ===== manager
    [#1] Per Sua informazione: VPN drops

    Anna Berg La informa sul ticket #1: VPN drops

    Priorità: P2
    Motivo: needs a specialist

    ===== call
    [#1] Appuntamento annullato: mar 3 marzo 2026, ore 14:30 (Europe/Berlin)

    Gentile Mia Roth,

    l'appuntamento per il ticket #1 è stato annullato: VPN drops

    Modalità: riunione telefonica
    Ora: mar 3 marzo 2026, ore 14:30 (Europe/Berlin)

    Service desk

    ===== call
    [#1] Appuntamento spostato: mar 3 marzo 2026, ore 14:30 (Europe/Berlin)

    Gentile Mia Roth,

    l'appuntamento per il ticket #1 è stato spostato: VPN drops

    Modalità: riunione telefonica
    Nuovo orario: mar 3 marzo 2026, ore 14:30 (Europe/Berlin)
    Orario precedente: mar 3 marzo 2026, ore 10:00 (Europe/Berlin)

    Se l'orario non Le va bene, risponda semplicemente a questa e-mail.

    Service desk
    ");
}

#[test]
fn indonesian() {
    insta::assert_snapshot!(all(NoticeLanguage::Indonesian), @"
    ===== acknowledged
    [#1] VPN drops

    Yth. Mia Roth,

    terima kasih atas pesan Anda. Pesan tersebut kami catat sebagai tiket #1: VPN drops
    Anda akan menerima respons pertama paling lambat Sel, 3 Maret 2026, pukul 14.30 (Europe/Berlin).

    Jika Anda ingin menambahkan sesuatu, cukup balas email ini.

    Service desk

    ===== reply
    [#1] VPN drops

    We have found the cause.

    We will replace the gateway today.

    Anna Berg
    Service desk

    Pesan ini mengenai tiket #1: VPN drops. Anda dapat langsung membalas email ini.

    ===== resolved
    [#1] Selesai: VPN drops

    Yth. Mia Roth,

    tiket #1 telah diselesaikan: VPN drops

    Replaced the gateway.

    Apakah masalah Anda sudah selesai? Mohon balas email ini dengan satu kata:

        ya - sudah selesai
        tidak - belum selesai, dan kami akan terus menanganinya

    Jika berkenan, tambahkan angka dari 1 (buruk) sampai 5 (sangat baik) untuk menilai kepuasan Anda terhadap layanan kami, misalnya: ya 5

    Service desk

    ===== closed
    [#1] Ditutup: VPN drops

    Yth. Mia Roth,

    tiket #1 telah ditutup: VPN drops

    Jika masalah muncul lagi, cukup balas email ini.

    Service desk

    ===== reopened
    [#1] Dibuka kembali: VPN drops

    Yth. Mia Roth,

    kami kembali menangani tiket #1: VPN drops

    Jika Anda ingin menambahkan sesuatu, cukup balas email ini.

    Service desk

    ===== call
    [#1] Jadwal: Sel, 3 Maret 2026, pukul 14.30 (Europe/Berlin)

    Yth. Mia Roth,

    kami telah menjadwalkan pertemuan dengan Anda mengenai tiket #1: VPN drops

    Bentuk: pertemuan telepon
    Waktu: Sel, 3 Maret 2026, pukul 14.30 (Europe/Berlin)

    Jika waktunya tidak sesuai, cukup balas email ini.

    Service desk

    ===== assigned
    [#1] Ditugaskan kepada Anda: VPN drops

    #1 ditugaskan kepada Anda: VPN drops

    Prioritas: P2
    Pelapor: Mia Roth
    Ditugaskan oleh: Anna Berg

    ===== requester-wrote
    [#1] Pesan baru: VPN drops

    Mia Roth menulis tentang #1: VPN drops

    Is there any news?

    ===== warning
    [#1] Segera jatuh tempo: VPN drops

    Target #1 segera jatuh tempo: VPN drops

    Target: respons pertama
    Tenggat: Sel, 3 Maret 2026, pukul 14.30 (Europe/Berlin)
    Prioritas: P2

    ===== breach
    [#1] Terlambat: VPN drops

    Target #1 tidak tercapai: VPN drops

    Target: respons pertama
    Tenggat: Sel, 3 Maret 2026, pukul 14.30 (Europe/Berlin)
    Prioritas: P2

    ===== escalated
    [#1] Dieskalasi ke L2: VPN drops

    #1 dieskalasi ke L2: VPN drops

    Prioritas: P2
    Dieskalasi oleh: Anna Berg
    Alasan: needs a specialist

    ===== manager
    [#1] Untuk perhatian Anda: VPN drops

    Anna Berg memberi tahu Anda tentang tiket #1: VPN drops

    Prioritas: P2
    Alasan: needs a specialist

    ===== call
    [#1] Jadwal dibatalkan: Sel, 3 Maret 2026, pukul 14.30 (Europe/Berlin)

    Yth. Mia Roth,

    pertemuan mengenai tiket #1 dibatalkan: VPN drops

    Bentuk: pertemuan telepon
    Waktu: Sel, 3 Maret 2026, pukul 14.30 (Europe/Berlin)

    Service desk

    ===== call
    [#1] Jadwal diubah: Sel, 3 Maret 2026, pukul 14.30 (Europe/Berlin)

    Yth. Mia Roth,

    jadwal pertemuan mengenai tiket #1 telah diubah: VPN drops

    Bentuk: pertemuan telepon
    Waktu baru: Sel, 3 Maret 2026, pukul 14.30 (Europe/Berlin)
    Waktu sebelumnya: Sel, 3 Maret 2026, pukul 10.00 (Europe/Berlin)

    Jika waktunya tidak sesuai, cukup balas email ini.

    Service desk
    ");
}

#[test]
fn every_template_uses_only_its_placeholders() {
    use wording::{TemplateName, template};
    for language in NoticeLanguage::ALL {
        for kind in NoticeKind::ALL {
            let names = [
                TemplateName::Notice(*kind),
                TemplateName::CallCancelled,
                TemplateName::CallMoved,
            ];
            let kinds = [*kind, NoticeKind::Call, NoticeKind::Call];
            for (name, kind) in names.into_iter().zip(kinds) {
                let texts = template(*language, name);
                for text in [texts.subject, texts.body] {
                    let checked = super::super::placeholder::check(text, kind);
                    assert_eq!(checked, Ok(()), "{language} {kind}");
                }
            }
        }
    }
}

#[test]
fn the_policy_replaces_texts_one_by_one() {
    let own = TemplateTexts {
        subject: None,
        body: Some("Moin {{name}}, {{ticket}} {{promise}}".to_owned()),
    };
    let key = (NoticeLanguage::German, NoticeKind::Acknowledged);
    let story = story().policy(|policy| {
        policy.mail.templates.insert(key, own);
    });
    let mail = rendered(&notice(key.1, key.0, CallChange::Arranged), &story, &[]);
    assert_eq!(mail.subject, "[#1] VPN drops");
    assert_eq!(
        mail.body,
        "Moin Mia Roth, #1 Sie erhalten eine erste Antwort bis Di., 3. März 2026, 14:30 Uhr (Europe/Berlin).\n"
    );
    let english = rendered(
        &notice(key.1, NoticeLanguage::English, CallChange::Arranged),
        &story,
        &[],
    );
    assert!(english.body.starts_with("Dear Mia Roth,"));
}

#[test]
fn a_title_that_is_hidden_is_nowhere() {
    let story = story();
    for language in NoticeLanguage::ALL {
        let mut notice = notice(NoticeKind::Acknowledged, *language, CallChange::Arranged);
        notice.hides_title = true;
        let mail = rendered(&notice, &story, &[]);
        assert!(!format!("{mail:?}").contains("VPN drops"));
        assert!(!format!("{mail:?}").contains("Mia Roth"));
    }
}

#[test]
fn tags_of_languages_are_understood() {
    let found = |tag: &str| wording::language_of_tag(tag).map(NoticeLanguage::as_str);
    let tags = [
        "de", "de-AT", "FI_fi", "in", "id-ID", "pt-BR", "", "english",
    ];
    let found: Vec<_> = tags.iter().map(|tag| found(tag).unwrap_or("-")).collect();
    assert_eq!(found, ["de", "de", "fi", "id", "id", "-", "-", "-"]);
}
