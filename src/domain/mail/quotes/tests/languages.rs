//! Attributions, headers and signatures as mail programs write them in each
//! language.

use super::new;

/// A line each.
pub(super) const ATTRIBUTIONS: &str = "\
    On Mon, 5 Jan 2026 at 10:00, Anna Berg <anna@example.org> wrote:\n\
    On Jan 5, 2026, at 10:00 AM, Anna Berg <anna@example.org> wrote:\n\
    On 5/1/26, 10:00 AM, \"Anna Berg\" <anna@example.org> wrote:\n\
    On 05/01/2026 10:00, Anna Berg wrote:\n\
    On Monday, January 5, 2026 at 10:00:00 AM GMT+1, Anna Berg <anna@example.org> wrote:\n\
    Anna Berg <anna@example.org> wrote on 05.01.2026 10:00:\n\
    Am 05.01.2026 um 10:00 schrieb Anna Berg:\n\
    Am 05.01.26 um 10:00 schrieb Anna Berg <anna@example.org>:\n\
    Am Mo., 5. Jan. 2026 um 10:00 Uhr schrieb Anna Berg <anna@example.org>:\n\
    Anna Berg <anna@example.org> schrieb am Mo., 5. Jan. 2026, 10:00:\n\
    Am Montag, 5. Januar 2026, 10:00:00 MEZ hat Anna Berg <anna@example.org> Folgendes geschrieben:\n\
    Le lun. 5 janv. 2026 à 10:00, Anna Berg <anna@example.org> a écrit :\n\
    Le 05/01/2026 à 10:00, Anna Berg a écrit :\n\
    Le lundi 5 janvier 2026 à 10:00:00 UTC+1, Anna Berg <anna@example.org> a écrit :\n\
    El lun, 5 ene 2026 a las 10:00, Anna Berg (<anna@example.org>) escribió:\n\
    El 5 de enero de 2026 10:00, Anna Berg <anna@example.org> escribió:\n\
    El 05/01/2026 a las 10:00, Anna Berg escribió:\n\
    Il giorno lun 5 gen 2026 alle ore 10:00 Anna Berg <anna@example.org> ha scritto:\n\
    Il 05/01/2026 10:00, Anna Berg ha scritto:\n\
    Il lunedì 5 gennaio 2026 alle ore 10:00:00 CET, Anna Berg <anna@example.org> ha scritto:\n\
    Op ma 5 jan. 2026 om 10:00 schreef Anna Berg <anna@example.org>:\n\
    Op 05-01-2026 om 10:00 schreef Anna Berg:\n\
    Op 5 jan. 2026 om 10:00 heeft Anna Berg <anna@example.org> het volgende geschreven:\n\
    ma 5. tammik. 2026 klo 10.00 Anna Berg (anna@example.org) kirjoitti:\n\
    Anna Berg <anna@example.org> kirjoitti 5.1.2026 kello 10.00:\n\
    5.1.2026 10.00, Anna Berg kirjoitti:\n\
    Den mån 5 jan. 2026 kl 10:00 skrev Anna Berg <anna@example.org>:\n\
    Den 2026-01-05 kl. 10:00, skrev Anna Berg:\n\
    5 jan. 2026 kl. 10:00 skrev Anna Berg <anna@example.org>:\n\
    Den man. 5. jan. 2026 kl. 10.00 skrev Anna Berg <anna@example.org>:\n\
    Den 05.01.2026 kl. 10.00 skrev Anna Berg:\n\
    man. 5. jan. 2026 kl. 10:00 skrev Anna Berg <anna@example.org>:\n\
    På man. 5. jan. 2026 kl. 10.00 skrev Anna Berg <anna@example.org>:\n\
    Em seg., 5 de jan. de 2026 às 10:00, Anna Berg <anna@example.org> escreveu:\n\
    Em 05/01/2026 10:00, Anna Berg escreveu:\n\
    Em segunda-feira, 5 de janeiro de 2026 às 10:00:00 BRT, Anna Berg <anna@example.org> escreveu:\n\
    pon., 5 sty 2026 o 10:00 Anna Berg <anna@example.org> napisał(a):\n\
    W dniu 05.01.2026 o 10:00, Anna Berg pisze:\n\
    W dniu poniedziałek, 5 stycznia 2026 10:00:00 CET użytkownik Anna Berg <anna@example.org> napisał:\n\
    Dnia 5 stycznia 2026 10:00 Anna Berg <anna@example.org> napisał(a):\n\
    пн, 5 янв. 2026 г. в 10:00, Anna Berg <anna@example.org>:\n\
    5 янв. 2026 г., в 10:00, Anna Berg <anna@example.org> написал(а):\n\
    05.01.2026 10:00, Anna Berg пишет:\n\
    Понедельник, 5 января 2026, 10:00 +03:00 от Anna Berg <anna@example.org>:\n\
    po 5. 1. 2026 v 10:00 odesílatel Anna Berg <anna@example.org> napsal:\n\
    Dne 5. 1. 2026 v 10:00 Anna Berg napsal(a):\n\
    Dne pondělí 5. ledna 2026 10:00:00 CET Anna Berg napsal(a):\n\
    Anna Berg <anna@example.org> ezt írta (időpont: 2026. jan. 5., H, 10:00):\n\
    2026. 01. 05. 10:00 keltezéssel, Anna Berg írta:\n\
    Anna Berg <anna@example.org>, 5 Oca 2026 Pzt, 10:00 tarihinde şunu yazdı:\n\
    5.01.2026 10:00 tarihinde Anna Berg yazdı:\n\
    2026年1月5日(月) 10:00 Anna Berg <anna@example.org>:\n\
    2026/01/05 10:00、Anna Berg <anna@example.org>のメール:\n\
    On 2026/01/05 10:00, Anna Berg wrote:\n\
    Anna Berg <anna@example.org> 于2026年1月5日周一 10:00写道：\n\
    在 2026年1月5日，10:00，Anna Berg <anna@example.org> 写道：\n\
    Anna Berg <anna@example.org> 於 2026年1月5日 週一 上午10:00寫道：\n\
    2026년 1월 5일 (월) 오전 10:00, Anna Berg <anna@example.org>님이 작성:\n\
    Pada tanggal Sen, 5 Jan 2026 pukul 10.00 Anna Berg <anna@example.org> menulis:\n\
    Vào Th 2, 5 thg 1, 2026 vào lúc 10:00 Anna Berg <anna@example.org> đã viết:\n\
    În lun., 5 ian. 2026 la 10:00, Anna Berg <anna@example.org> a scris:\n\
    5. jan. 2026 kl. 10.00 skrev Anna Berg <anna@example.org>:\n\
    2026-01-05 10:00 GMT+01:00 Anna Berg <anna@example.org>:";

/// The labels of a header: who, when, to whom, copies if any, about what.
const HEADERS: &str = "\
    From|Sent|To|Subject\n\
    From|Date|To|Cc|Subject\n\
    Von|Gesendet|An|Betreff\n\
    Von|Datum|An|Cc|Betreff\n\
    De|Envoyé|À|Objet\n\
    De|Date|À|Objet\n\
    De|Envoyé le|À|Sujet\n\
    De|Enviado el|Para|Asunto\n\
    De|Enviado|Para|CC|Asunto\n\
    De|Fecha|Para|Asunto\n\
    Da|Inviato|A|Oggetto\n\
    Da|Data|A|Oggetto\n\
    Van|Verzonden|Aan|Onderwerp\n\
    Van|Datum|Aan|CC|Onderwerp\n\
    Lähettäjä|Lähetetty|Vastaanottaja|Aihe\n\
    Lähettäjä|Päivämäärä|Vastaanottaja|Kopio|Aihe\n\
    Från|Skickat|Till|Ämne\n\
    Från|Datum|Till|Ämne\n\
    Fra|Sendt|Til|Emne\n\
    Fra|Dato|Til|Emne\n\
    Od|Wysłano|Do|Temat\n\
    Od|Data|Do|DW|Temat\n\
    De|Enviada em|Para|Assunto\n\
    De|Data|Para|Assunto\n\
    От|Отправлено|Кому|Тема\n\
    От|Дата|Кому|Копия|Тема\n\
    Od|Odesláno|Komu|Předmět\n\
    Od|Datum|Komu|Předmět\n\
    Feladó|Elküldve|Címzett|Tárgy\n\
    Feladó|Dátum|Címzett|Tárgy\n\
    Kimden|Gönderildi|Kime|Konu\n\
    Gönderen|Tarih|Alıcı|Konu\n\
    差出人|送信日時|宛先|件名\n\
    发件人|发送时间|收件人|主题\n\
    寄件者|寄件日期|收件者|主旨\n\
    Dari|Dikirim|Kepada|Perihal\n\
    Dari|Tanggal|Kepada|Subjek\n\
    보낸 사람|보낸 날짜|받는 사람|제목";

/// What telephones and programs write under a message.
const PROGRAMS: &str = "\
    Sent from my iPhone\n\
    Sent from my Samsung Galaxy smartphone.\n\
    Sent from Outlook for Android\n\
    Sent from Mail for Windows\n\
    Get Outlook for iOS\n\
    Get Outlook for iOS<https://aka.ms/o0ukef>\n\
    Sent from Yahoo Mail on Android\n\
    Von meinem iPhone gesendet\n\
    Von meinem Samsung Galaxy Smartphone gesendet.\n\
    Gesendet von Outlook für Android\n\
    Outlook für iOS beziehen\n\
    Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.\n\
    Envoyé de mon iPhone\n\
    Envoyé depuis mon smartphone Samsung Galaxy.\n\
    Télécharger Outlook pour Android\n\
    Enviado desde mi iPhone\n\
    Enviado do meu iPhone\n\
    Obtener Outlook para iOS\n\
    Inviato da iPhone\n\
    Inviato dal mio dispositivo Samsung\n\
    Ottieni Outlook per Android\n\
    Verstuurd vanaf mijn iPhone\n\
    Verzonden vanaf Outlook voor Android\n\
    Lähetetty iPhonesta\n\
    Lähetetty Samsung Galaxy -älypuhelimesta\n\
    Hanki Outlook for Android\n\
    Skickat från min iPhone\n\
    Hämta Outlook för Android\n\
    Sendt fra min iPhone\n\
    Hent Outlook til iOS\n\
    Wysłano z iPhone'a\n\
    Wysłane z iPhone'a\n\
    Pobierz program Outlook dla systemu Android\n\
    Отправлено с iPhone\n\
    Odesláno z iPhonu\n\
    Elküldve az iPhone-omról\n\
    iPhone'umdan gönderildi\n\
    iPhoneから送信\n\
    发自我的iPhone\n\
    Dikirim dari iPhone saya\n\
    Dapatkan Outlook untuk Android";

/// Breaks a line where a mail program would.
fn wrap(line: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let last = lines.last_mut().expect("a line");
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + word.chars().count() < width {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}

#[test]
fn attributions_are_found_however_they_are_broken() {
    for line in ATTRIBUTIONS.lines() {
        for attribution in [
            line.to_owned(),
            wrap(line, 78),
            wrap(line, 60),
            line.replace('<', "<\n"),
            format!("*{line}*"),
            format!("  {line}"),
        ] {
            for quote in ["> It burns.\n>\n> Anna", "It burns.\n\nAnna"] {
                for gap in ["\n", "\n\n"] {
                    let text = format!("It works.\n\n{attribution}{gap}{quote}\n");
                    assert_eq!(new(&text), "It works.", "{text:?}");
                }
            }
        }
    }
}

#[test]
fn headers_are_found_in_every_language() {
    let values = ["Anna Berg", "5.1.2026 10:00", "Desk", "Bo", "Re: printer"];
    let addressed = [
        "Anna <a@x.org>",
        "5.1.2026 10:00",
        "Desk <d@x.org>",
        "Bo",
        "x",
    ];
    for labels in HEADERS.lines() {
        let labels: Vec<&str> = labels.split('|').collect();
        for values in [values, addressed] {
            let values = values.iter().enumerate();
            let values = values.filter(|(at, _)| labels.len() == 5 || *at != 3);
            let fields: Vec<(&&str, &&str)> =
                labels.iter().zip(values.map(|(_, value)| value)).collect();
            for field in ["{}: ", "{} : ", "{}：", "*{}:* ", "**{}**: ", "{}:\n"] {
                let block: String = fields
                    .iter()
                    .map(|(label, value)| format!("{}{value}\n", field.replace("{}", label)))
                    .collect();
                for rule in [
                    "",
                    "---\n\n",
                    "________________________________\n",
                    " - - - -\n",
                ] {
                    let text = format!("It works.\n\n{rule}{block}\nIt burns.\n");
                    assert_eq!(new(&text), "It works.", "{text:?}");
                }
            }
        }
    }
}

#[test]
fn programs_are_found_in_every_language() {
    let quote = "On Mon, 5 Jan 2026, Desk <d@x.org> wrote:\n> Is it?\n";
    for program in PROGRAMS.lines() {
        for text in [
            format!("Thanks.\n\n{program}\n"),
            format!("Thanks.\n{program}"),
            format!("Thanks.\n\n{program}\n\n{quote}"),
            format!("Thanks.\n\n{quote}\n{program}\n"),
        ] {
            assert_eq!(new(&text), "Thanks.", "{text:?}");
        }
        // In a sentence, or above one, it is text.
        let text = format!("{program}\nDid it arrive?");
        assert_eq!(new(&text), text);
    }
}
