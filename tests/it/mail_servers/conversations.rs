//! Whole conversations between a requester, who writes and reads with a mail
//! program, and desk: over a mail system in both directions.

use super::bounces::behind_postfix;
use super::machine::{Desk, Letter, Machine, say, wait_for};
use super::postfix::{self, Postfix};

/// What is said in a language.
struct Conversation {
    language: &'static str,
    name: &'static str,
    /// As a mail program writes it into a header.
    encoded_name: &'static str,
    subject: &'static str,
    first: &'static str,
    /// Words of the acknowledgement, of the reply, and of the resolution.
    acknowledges: &'static str,
    invites: &'static str,
    asks: &'static str,
    resolved: &'static str,
    /// How a mail program introduces what it quotes.
    quotes: &'static str,
    reply: &'static str,
    question: &'static str,
    answer: &'static str,
    told: &'static str,
    yes: &'static str,
    rating: u64,
}

const FINNISH: Conversation = Conversation {
    language: "fi",
    name: "Mia Mäkelä",
    encoded_name: "=?utf-8?q?Mia_M=C3=A4kel=C3=A4?=",
    subject: "VPN-yhteys katkeilee",
    first: "Hei,\n\nVPN-yhteys katkeaa kymmenen minuutin välein aamusta lähtien, enkä voi\ntehdä töitä. Voitteko auttaa?\n\nTerveisin\nMia",
    acknowledges: "kiitos viestistänne",
    invites: "Voitte vastata suoraan tähän viestiin",
    asks: "kyllä - asia on kunnossa",
    resolved: "Ratkaistu: ",
    quotes: "la 28.11.2026 klo 10.26 Service Desk kirjoitti:",
    reply: "Käynnistäkää kone uudelleen, kiitos.",
    question: "Kiitos, nyt se toimii. Mistä vika johtui?",
    answer: "Varmenne oli vanhentunut.",
    told: "Uusi varmenne on asennettu.",
    yes: "Kyllä 5",
    rating: 5,
};

const ITALIAN: Conversation = Conversation {
    language: "it",
    name: "Mia Però",
    encoded_name: "=?utf-8?q?Mia_Per=C3=B2?=",
    subject: "La VPN cade di continuo",
    first: "Buongiorno,\n\nda questa mattina la connessione VPN cade ogni dieci minuti e non riesco a\nlavorare. Potete aiutarmi, per favore?\n\nCordiali saluti\nMia",
    acknowledges: "La ringraziamo per il Suo messaggio",
    invites: "Può rispondere direttamente a questa e-mail",
    asks: "sì - è risolto",
    resolved: "Risolto: ",
    quotes: "Il giorno sab 28 nov 2026 alle ore 10:26 Service Desk ha scritto:",
    reply: "Per favore, riavvii il computer.",
    question: "Grazie, adesso funziona. Qual era la causa?",
    answer: "Il certificato era scaduto.",
    told: "Abbiamo installato un nuovo certificato.",
    yes: "sì 4",
    rating: 4,
};

/// Writes as a mail program does; in answer to a letter, with its text below.
fn write(talk: &Conversation, n: u32, text: &str, answered: Option<&Letter>) -> String {
    let to = answered.map_or("desk@example.org".to_owned(), Letter::answers_go_to);
    let mut headers = format!(
        "From: {} <mia@customers.example>\nTo: {to}\nMessage-ID: <{}-{n}@customers.example>\n\
         MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
         Content-Transfer-Encoding: 8bit\n",
        talk.encoded_name, talk.language
    );
    let Some(letter) = answered else {
        return format!("{headers}Subject: {}\n\n{text}\n", talk.subject);
    };
    let mut references = letter.references();
    references.push(letter.id());
    headers += &format!(
        "Subject: Re: {}\nIn-Reply-To: {}\nReferences: {}\n",
        letter.subject(),
        letter.id(),
        references.join(" ")
    );
    let quoted: String = letter
        .text()
        .lines()
        .map(|line| format!("> {line}\n"))
        .collect();
    format!("{headers}\n{text}\n\n{}\n{quoted}", talk.quotes)
}

/// Asserts what every letter of the ticket has; `ids` is the thread before it.
#[track_caller]
fn belongs(letter: &Letter, talk: &Conversation, ids: &[String]) {
    assert!(letter.subject().starts_with("[#1] "), "{letter:?}");
    assert!(letter.subject().ends_with(talk.subject), "{letter:?}");
    assert!(letter.id().starts_with("<desk.1."), "{letter:?}");
    assert_eq!(letter.references(), ids, "{letter:?}");
    assert_eq!(letter.header("In-Reply-To").as_ref(), ids.last());
    assert!(letter.answers_go_to().starts_with("desk+1."), "{letter:?}");
    assert_eq!(
        letter.header("From").unwrap(),
        "\"Service Desk\" <desk@example.org>"
    );
    assert_eq!(
        letter.header("Content-Language").as_deref(),
        Some(talk.language)
    );
    let text = letter.text();
    say(&format!(
        "{}: {} / {}",
        talk.language,
        letter.subject(),
        text.replace('\n', " | ")
    ));
}

/// Sends a message of the requester and waits until desk has it.
fn send(postfix: &Postfix, desk: &Desk, message: &str, messages: usize) {
    let to = message
        .lines()
        .find_map(|line| line.strip_prefix("To: "))
        .unwrap();
    postfix.takes("mia@customers.example", to, message);
    wait_for("what desk knows", || {
        if desk.tickets() == 0 {
            return None;
        }
        let ticket = desk.json(&["show", "1"]);
        let heard = ticket["messages"].as_array().unwrap().len();
        (heard >= messages).then_some(())
    });
}

fn converse(talk: &Conversation) {
    let machine = Machine::new(&[postfix::VERSION]);
    let (desk, postfix) = behind_postfix(&machine);
    let mia = machine.mailbox("mia");
    let id = |n: u32| format!("<{}-{n}@customers.example>", talk.language);

    send(&postfix, &desk, &write(talk, 1, talk.first, None), 0);
    let acknowledgement = mia.takes_one();
    let mut ids = vec![id(1)];
    belongs(&acknowledgement, talk, &ids);
    assert!(
        acknowledgement.text().contains(talk.acknowledges),
        "{acknowledgement:?}"
    );
    assert_eq!(
        acknowledgement.header("Auto-Submitted").as_deref(),
        Some("auto-replied")
    );
    assert_eq!(acknowledgement.header("Return-Path").as_deref(), Some("<>"));
    ids.push(acknowledgement.id());

    desk.does(
        "take 1
        identify 1 incident
        categorize 1 network/vpn
        prioritize 1 -u high -b medium -g medium",
    );
    let _said = desk.runs(&["reply", "1", talk.reply]).ok();
    let reply = mia.takes_one();
    belongs(&reply, talk, &ids);
    assert!(reply.text().starts_with(talk.reply), "{reply:?}");
    assert!(reply.text().contains(talk.invites), "{reply:?}");
    // A person wrote it.
    assert_eq!(reply.header("Auto-Submitted"), None);
    ids.push(reply.id());

    send(
        &postfix,
        &desk,
        &write(talk, 2, talk.question, Some(&reply)),
        2,
    );
    ids.push(id(2));
    let _said = desk.runs(&["reply", "1", talk.answer]).ok();
    let answer = mia.takes_one();
    belongs(&answer, talk, &ids);
    assert!(answer.text().starts_with(talk.answer), "{answer:?}");
    ids.push(answer.id());

    let _resolved = desk
        .runs(&["resolve", "1", "new certificate", "--tell", talk.told])
        .ok();
    let notice = mia.takes_one();
    belongs(&notice, talk, &ids);
    assert!(notice.subject().contains(talk.resolved), "{notice:?}");
    let text = notice.text();
    assert!(
        text.contains(talk.told) && text.contains(talk.asks),
        "{text}"
    );
    assert_eq!(desk.json(&["show", "1"])["status"], "resolved");

    send(&postfix, &desk, &write(talk, 3, talk.yes, Some(&notice)), 5);
    let ticket = wait_for("the confirmation", || {
        let ticket = desk.json(&["show", "1"]);
        (ticket["satisfaction"] == talk.rating).then_some(ticket)
    });
    assert_eq!(ticket["status"], "closed", "{ticket}");
    assert_eq!(ticket["title"], talk.subject);
    assert_eq!(ticket["requester"]["name"], talk.name);
    assert_eq!(ticket["requester"]["contact"], "mia@customers.example");
    assert_eq!(ticket["requester"]["language"], talk.language);
    assert_eq!(ticket["description"], talk.first);
    let restored = ticket["resolution"]["restored_by"].as_str().unwrap();
    assert!(restored.contains("mia@customers.example"), "{ticket}");
    let messages = ticket["messages"].as_array().unwrap();
    let directions: Vec<_> = messages
        .iter()
        .map(|m| m["direction"].as_str().unwrap())
        .collect();
    assert_eq!(directions, ["out", "in", "out", "out", "in"]);
    for clock in ["response", "update", "resolution"] {
        assert_eq!(ticket["clocks"][clock]["state"], "met", "{clock}: {ticket}");
    }
    // Nobody answers the answer, and nothing waits.
    assert!(mia.is_empty());
    assert_eq!(desk.tickets(), 1);
    assert_eq!(desk.json(&["outbox"]).as_array().unwrap().len(), 0);
    assert_eq!(
        desk.json(&["mail", "--quarantine"])
            .as_array()
            .unwrap()
            .len(),
        0
    );
    let _whole = desk.runs(&["verify"]).ok();
}

#[test]
#[ignore = "needs root and mail servers"]
fn a_whole_conversation_in_finnish() {
    converse(&FINNISH);
}

#[test]
#[ignore = "needs root and mail servers"]
fn a_whole_conversation_in_italian() {
    converse(&ITALIAN);
}
