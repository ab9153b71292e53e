//! The words that mail programs write around what they quote, in the languages in
//! which they write them. The words of a list stand between `|`; all but the
//! beginnings of an attribution are in lower case.

use std::collections::HashSet;
use std::sync::OnceLock;

/// Words, or several words that stand together.
pub(super) struct List {
    text: &'static str,
    set: OnceLock<HashSet<&'static str>>,
}

impl List {
    const fn new(text: &'static str) -> Self {
        Self {
            text,
            set: OnceLock::new(),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.text.split('|')
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.set
            .get_or_init(|| self.iter().collect())
            .contains(word)
    }
}

/// What an attribution begins with: «On» and the like.
pub(super) static BEGINNINGS: List = List::new(
    "On|At|Am|Den|Op|Le|El|Il|Il giorno|Em|Às|Pada|Tanggal|På|\
    W dniu|Dnia|Dne|Dňa|V|Päivänä|A(z)|În|La|Vào|В|Στις|在|于|於",
);

/// Days of the week, as an attribution without such a word begins.
pub(super) static WEEKDAYS: List = List::new(
    "mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|mo|di|mi|do|fr|sa|so|\
    ma|ti|ke|to|pe|la|su|wo|vr|za|zo|lun|mar|mer|gio|ven|sab|dom|mié|jue|vie|sáb|seg|ter|qua|qui|\
    sex|sen|sel|rab|kam|jum|min|mån|tis|ons|tors|fre|lör|sön|man|tir|tirs|tor|lør|søn|pon|wt|śr|\
    czw|pt|sob|niedz|nd|po|út|st|čt|pá|ne|ut|št|pi|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|\
    четверг|пятница|суббота|воскресенье|pzt|sal|çar|per|cum|cmt|paz|\
    monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|\
    freitag|samstag|sonntag|maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai",
);

/// «wrote».
pub(super) static VERBS: List = List::new(
    "wrote|writes|said|sent|schrieb|schreibt|geschrieben|kirjoitti|\
    schreef|schrijft|geschreven|scritto|scrive|menulis|tulis|écrit|ecrit|escribió|escribio|escribe|\
    skrev|skrivit|skriver|escreveu|escrito|napisał|napisała|pisze|napsal|napsala|napísal|napísala|\
    написал|написала|пишет|писал|написав|пише|írta|írt|yazdı|scris|viết|έγραψε",
);

/// «wrote» in languages that put no space before it.
pub(super) static VERBS_AT_THE_END: List =
    List::new("写道|寫道|写到|のメール|のメッセージ|書きました|님이 작성|작성");

/// What some programs write instead: «Quoting Anna».
pub(super) static QUOTING: List =
    List::new("quoting|zitat von|citando|citation de|citeren van|citat");

/// Small words around names and times.
pub(super) static PARTICLES: List = List::new(
    "am|pm|a.m|p.m|um|uhr|at|on|in|from|via|von|van|der|den|de|du|des|da|\
    di|la|le|el|al|bin|ter|ten|kl|klo|om|op|il|alle|ore|o|às|à|a|las|em|dne|v|w|e|y|i|и|в|г|от|gmt|\
    utc|cet|cest|est|pst|h|użytkownik|odesílatel|uživatel|пользователь|heeft|ha|har|hat|het|følgende|volgende|skrev|\
    schrieb|schreef|pukul|tarihinde|şunu|ezt|keltezéssel|for|p|m",
);

/// The headings over an earlier message; not those over a forwarded one, which
/// is what the sender has to say.
pub(super) static HEADINGS: List = List::new(
    "original message|original appointment|original e-mail|original email|\
    reply message|ursprüngliche nachricht|originalnachricht|original-nachricht|antwort nachricht|\
    ursprüngliche mail|alkuperäinen viesti|oorspronkelijk bericht|origineel bericht|originele bericht|\
    messaggio originale|messaggio originario|originale nachricht|pesan asli|pesan awal|\
    message d'origine|message d’origine|message original|message initial|mensaje original|\
    mensagem original|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse|\
    oprindelig besked|original meddelelse|opprinnelig melding|oryginalna wiadomość|\
    wiadomość oryginalna|исходное сообщение|оригинальное сообщение|původní zpráva|původní e-mail|pôvodná správa|\
    eredeti üzenet|orijinal ileti|orijinal mesaj|özgün ileti|mesaj original|元のメッセージ|元のメール|\
    원본 메시지|原始邮件|回复的原邮件|原始郵件|邮件原件|original message processed by david",
);

/// The headings over a forwarded message.
pub(super) static FORWARDED: List = List::new(
    "forwarded message|forwarded by|begin forwarded|\
    weitergeleitete nachricht|weitergeleiteten nachricht|weitergeleitet von|välitetty viesti|\
    edelleenlähetetty|doorgestuurd bericht|messaggio inoltrato|messaggio rinviato|pesan terusan|\
    pesan yang diteruskan|message transféré|message réexpédié|message transmis|mensaje reenviado|\
    mensagem encaminhada|mensagem reencaminhada|vidarebefordrat|videresendt|wiadomość przekazana|\
    przekazana wiadomość|przekazanej wiadomości|пересланное сообщение|пересылаемое сообщение|\
    пересланного сообщения|перенаправленное сообщение|přeposlaná zpráva|přeposlané zprávy|\
    továbbított üzenet|továbbított levél|iletilen ileti|iletilen mesaj|yönlendirilen|転送されたメッセージ|\
    転送メッセージ|转发的邮件|转发邮件|已转发邮件|轉寄郵件|轉寄的郵件|전달된 메시지",
);

/// Lines above which an answer is to be written.
pub(super) static REPLY_ABOVE: List = List::new(
    "reply above this line|type your reply above|\
    write above this line|antworten sie oberhalb dieser zeile|beantwoord boven deze lijn|\
    rispondi sopra questa riga|balas di atas baris ini|vastaa tämän rivin yläpuolelle",
);

pub(super) static FROM: List = List::new(
    "from|von|lähettäjä|van|da|dari|de|från|fra|od|expéditeur|mittente|\
    afzender|remitente|remetente|nadawca|от|отправитель|кого|odesílatel|feladó|kimden|gönderen|\
    差出人|送信者|发件人|寄件者|寄件人|보낸 사람|από|від|de la",
);
pub(super) static SENT: List = List::new(
    "sent|gesendet|lähetetty|verzonden|inviato|dikirim|envoyé|envoyé le|\
    message du|date d'envoi|enviado|enviado el|enviada|enviada em|enviado em|skickat|sendt|wysłano|\
    sent at|sent on|gesendet am|verzonden op|отправлено|odesláno|elküldve|küldve|feladva|gönderildi|\
    gönderilme tarihi|送信日時|发送时间|发送日期|寄件日期|傳送時間|보낸 날짜|надіслано|trimis",
);
/// The same as forms have it that people fill in.
pub(super) static DATE: List = List::new(
    "date|datum|päivämäärä|päiväys|data|tanggal|fecha|dato|дата|dátum|tarih|\
    日時|日付|日期|时间|날짜|ημερομηνία",
);
pub(super) static TO: List = List::new(
    "to|an|vastaanottaja|aan|a|kepada|untuk|à|pour|para|till|til|do|\
    destinataire|destinatario|reply-to|répondre à|antwort an|кому|komu|címzett|kapja|kime|alıcı|宛先|\
    收件人|收件者|받는 사람|προς|către",
);
pub(super) static SUBJECT: List = List::new(
    "subject|betreff|aihe|onderwerp|oggetto|perihal|subjek|objet|sujet|\
    asunto|ämne|emne|assunto|temat|тема|předmět|věc|tárgy|konu|件名|主题|主旨|題名|제목|θέμα|subiect",
);
pub(super) static COPY: List = List::new(
    "cc|kopie|kopio|tembusan|bcc|kopia|kopi|importance|copie à|copie|dw|udw|\
    копия|másolatot kap|másolat|bilgi|抄送|副本|참조|attachments|anlagen|priority",
);

/// What a header has as it is sent, and not as programs quote it.
pub(super) static RAW: List = List::new(
    "message-id|mime-version|received|return-path|content-type|content-transfer-encoding|sender|\
    delivered-to|dkim-signature|authentication-results|references|in-reply-to|user-agent|x-mailer|\
    errors-to|precedence|status",
);

/// What telephones and programs write under a message, if a device or a program
/// is named after it.
pub(super) static SENT_WITH: List = List::new(
    "sent from|sent via|sent using|sent with|\
    sent wirelessly from|sent wirelessly via|gesendet von|gesendet mit|gesendet über|\
    von unterwegs gesendet|diese nachricht wurde von|lähetetty|verstuurd vanaf|verstuurd met|\
    verzonden vanaf|verzonden met|inviato da|inviato dal|inviato con|dikirim dari|envoyé de|\
    envoyé depuis|envoyé à partir de|envoyé avec|envoyé sans fil par mon terminal mobile|enviado desde|enviado de|enviado do|\
    enviado a partir|enviado con|enviado com|skickat från|skickat med|sendt fra|sendt med|wysłano z|\
    wysłane z|отправлено с|отправлено из|odesláno z|odoslané z|elküldve|iletildi|发自|發自|傳送自|\
    trimis de|надіслано з",
);
/// The same, and nothing more is needed.
pub(super) static PROGRAMS: List = List::new(
    "get outlook for|outlook für|holen sie sich outlook|hanki outlook|\
    outlook voor|download outlook|scarica outlook|ottieni outlook|dapatkan outlook|\
    téléchargez outlook|télécharger outlook|obtener outlook|obter o outlook|hent outlook|\
    hämta outlook|skaffa outlook|pobierz outlook|pobierz program outlook|získat outlook|von unterwegs gesendet|\
    sent from mobile",
);
/// The same, with the device before it.
pub(super) static SENT_LAST: List = List::new("から送信|gesendet|gönderildi|보냄");
/// Devices and programs with a name.
pub(super) static DEVICES: List = List::new(
    "iphon|ipad|ipod|apple|android|samsung|galaxy|blackberry|huawei|xiaomi|\
    redmi|oneplus|nokia|lumia|windows|motorola|htc|xperia|google pixel|fairphone|outlook|gmail|yahoo|\
    proton|tutanota|thunderbird|k-9|gmx|web.de|t-mobile|verizon|vodafone|\
    mailbird|typeapp|bluemail|aquamail|aqua mail|polymail|superhuman|mailspring|em client|airmail|\
    postbox|canary mail|newton mail|spark",
);
/// Kinds of devices.
pub(super) static KINDS: List = List::new(
    "smartphone|mobile|mobil|handy|handheld|inbox|phone|puhelime|tablet|telefon|\
    telefoon|téléphone|celular|móvil|telemóvel|cellulare|ponsel|телефон|смартфон|teléfono|手机|手機",
);
/// «my», before a device that is not known.
pub(super) static MINE: List = List::new(
    "my|meinem|mein|mijn|mio|mia|mon|ma|mi|meu|minha|min|mit|mojego|saya|моего|mého|\
    我的",
);

/// The first words of a closing.
pub(super) static CLOSINGS: List = List::new(
    "regards|best|best regards|kind regards|warm regards|with regards|cheers|\
    thanks|thank you|many thanks|sincerely|yours|mfg|mit freundlichen|viele grüße|liebe grüße|\
    beste grüße|freundliche grüße|schöne grüße|gruß|grüße|danke|vielen dank|terveisin|ystävällisin|\
    terv|kiitos|met vriendelijke|vriendelijke groet|groet|groeten|mvg|bedankt|cordiali saluti|\
    distinti saluti|saluti|un saluto|grazie|salam|hormat saya|terima kasih|cordialement|\
    bien cordialement|bien à vous|merci|saludos|un saludo|atentamente|gracias|med vänlig|\
    vänliga hälsningar|hälsningar|mvh|tack|med venlig|venlig hilsen|med vennlig|vennlig hilsen|hilsen|\
    pozdrawiam|z poważaniem|atenciosamente|cumprimentos|abraços|obrigado|с уважением|s pozdravem|\
    üdvözlettel|saygılarımla",
);
