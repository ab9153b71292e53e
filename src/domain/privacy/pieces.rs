//! The stored pieces about a person: fields that name them, and texts that they
//! wrote or that mention them.

use super::person::{Certainty, DeskText, INTRODUCTION, Identity, POLICY};
use crate::domain::event::{Event, Fact, ROWS, TicketId};
use crate::domain::mail::incoming::IncomingMail;
use crate::domain::people::Requester;
use crate::domain::text::ERASED;

/// The path that stands for the texts of the repeated alarms of a ticket, which
/// are no texts of an event.
pub(crate) const ALARMS: &str = "alarms";

/// The path that stands for the mails of a ticket as they were received, which are
/// no texts of an event.
pub(crate) const MAIL: &str = "mail";

/// Where a piece is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PiecePlace {
    /// A text of the event of this number of a ticket; 0 for its alarms
    /// and its mails.
    Ticket { id: TicketId, n: u32, path: String },
    /// A text of an event of the desk itself, by its sequence number.
    Desk { seq: i64, path: String },
}

/// What a stored text about a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceRole {
    Requester,
    Participant,
    Agent,
    /// The digests of imported rows.
    Import,
    /// A text that the person wrote.
    Written,
    /// A text that mentions the person.
    Mention,
    /// The words of a repeated alarm.
    Alarm,
    /// Mails of a conversation in which the person takes part, as they were
    /// received.
    Mail,
}

impl PieceRole {
    /// Returns the published name.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Participant => "participant",
            Self::Agent => "agent",
            Self::Import => "import",
            Self::Written => "written",
            Self::Mention => "mention",
            Self::Alarm => "alarm",
            Self::Mail => "mail",
        }
    }
}

/// A stored text about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) place: PiecePlace,
    pub(crate) role: PieceRole,
    pub(crate) certainty: Certainty,
    pub(crate) text: String,
}

impl Piece {
    /// Returns whether it says who the person is, and so goes with them; of a text
    /// somebody decides.
    pub(crate) const fn is_of_person(&self) -> bool {
        match self.role {
            PieceRole::Requester
            | PieceRole::Participant
            | PieceRole::Agent
            | PieceRole::Import
            | PieceRole::Mail => {
                matches!(self.certainty, Certainty::Certain)
            }
            PieceRole::Written | PieceRole::Mention | PieceRole::Alarm => false,
        }
    }

    /// Returns whether it is a text, for which somebody decides.
    pub(crate) const fn is_text(&self) -> bool {
        match self.role {
            PieceRole::Written | PieceRole::Mention | PieceRole::Alarm => true,
            PieceRole::Requester
            | PieceRole::Participant
            | PieceRole::Agent
            | PieceRole::Import
            | PieceRole::Mail => false,
        }
    }
}

/// The person whom an event names, and as what; the requester as known after it.
fn named(event: &Event, requester: &mut Requester) -> Option<(PieceRole, Requester)> {
    if let Fact::Opened(submission) = &event.fact {
        *requester = submission.requester.clone();
        Some((PieceRole::Requester, requester.clone()))
    } else if let Fact::Corrected(correction) = &event.fact {
        correction.correct(requester);
        Some((PieceRole::Requester, requester.clone()))
    } else if let Fact::MessageReceived { sender: one, .. }
    | Fact::CallAnswered { person: one, .. } = &event.fact
    {
        Some((PieceRole::Participant, one.clone()?))
    } else if let Fact::MergedFrom { brought, .. } = &event.fact {
        Some((PieceRole::Participant, brought.requester.clone()))
    } else if let Fact::ParticipantAdded { person, .. } | Fact::ParticipantRemoved { person } =
        &event.fact
    {
        Some((PieceRole::Participant, person.clone()))
    } else {
        None
    }
}

/// The numbers of the events that brought files which the person sent: those that
/// came with the opening of their ticket or with a message of theirs.
fn sent_files(history: &[Event], people: &[(Option<(PieceRole, Certainty)>, bool)]) -> Vec<u32> {
    let is_theirs = |number: u32| {
        let mut all = history.iter().zip(people);
        all.any(|(event, (named, is_requester))| {
            let is_certain = matches!(named, Some((_, Certainty::Certain)));
            event.n == number
                && if let Fact::MessageReceived { sender, .. } = &event.fact {
                    if sender.is_some() {
                        is_certain
                    } else {
                        *is_requester
                    }
                } else {
                    matches!(event.fact, Fact::Opened(_)) && *is_requester
                }
        })
    };
    let files = history.iter().filter(|event| {
        let Fact::Attached(file) = &event.fact else {
            return false;
        };
        file.event.is_some_and(is_theirs)
    });
    files.map(|event| event.n).collect()
}

/// Returns the pieces of a ticket about a person.
pub(crate) fn in_ticket(history: &[Event], alarms: &[String], who: &Identity) -> Vec<Piece> {
    let mut requester = Requester::default();
    // Whom each event replaced as the requester.
    let mut replaced = Vec::new();
    let people: Vec<_> = history
        .iter()
        .map(|event| {
            let before = who.is(&requester);
            replaced.push(before.map(|certainty| (PieceRole::Requester, certainty)));
            let named = named(event, &mut requester);
            let is_requester = who.is(&requester) == Some(Certainty::Certain);
            let named = named.and_then(|(role, person)| Some((role, who.is(&person)?)));
            (named, is_requester)
        })
        .collect();
    let sent = sent_files(history, &people);
    let certain =
        |named: &Option<(PieceRole, Certainty)>| matches!(named, Some((_, Certainty::Certain)));
    let take_part = people.iter().any(|(named, _)| certain(named));
    let was_requester = people.iter().any(|(_, is_requester)| *is_requester);
    let mut pieces = Vec::new();
    for ((event, (named, is_requester)), replaced) in history.iter().zip(&people).zip(replaced) {
        for (path, text) in event.fact.texts() {
            if text.is_empty() || text == ERASED {
                continue;
            }
            let kind = (event.fact.kind(), &*path);
            let found = match kind {
                (_, "name" | "contact" | "language") => *named,
                (_, "was/name" | "was/contact" | "was/language") => replaced,
                ("imported", ROWS) => {
                    was_requester.then_some((PieceRole::Import, Certainty::Certain))
                }
                ("imported", "number") => None,
                _ => {
                    let has_sender = matches!(
                        &event.fact,
                        Fact::MessageReceived {
                            sender: Some(_),
                            ..
                        } | Fact::CallAnswered {
                            person: Some(_),
                            ..
                        }
                    );
                    let by_them = match kind {
                        ("opened" | "corrected", "description" | "was/description") => {
                            *is_requester
                        }
                        ("heard", "text") | ("call-answered", "note") if has_sender => {
                            certain(named)
                        }
                        ("heard", "text") | ("call-answered", "note") => *is_requester,
                        ("attached", _) => sent.contains(&event.n),
                        _ => false,
                    };
                    let mention = who.mentioned_in(&text, take_part);
                    match by_them {
                        true => Some((PieceRole::Written, Certainty::Certain)),
                        false => mention.map(|certainty| (PieceRole::Mention, certainty)),
                    }
                }
            };
            pieces.extend(found.map(|(role, certainty)| Piece {
                place: PiecePlace::Ticket {
                    id: event.ticket,
                    n: event.n,
                    path: path.clone().into_owned(),
                },
                role,
                certainty,
                text: text.into_owned(),
            }));
        }
    }
    let id = history.first().map(|event| event.ticket);
    for text in alarms {
        let mention = who.mentioned_in(text, take_part);
        pieces.extend(mention.zip(id).map(|(certainty, id)| Piece {
            place: PiecePlace::Ticket {
                id,
                n: 0,
                path: ALARMS.to_owned(),
            },
            role: PieceRole::Alarm,
            certainty,
            text: text.clone(),
        }));
    }
    pieces
}

/// Returns the piece that stands for the mails of a ticket, given its other pieces
/// about a person: they have copies of all of them. They go with a person who takes
/// part; where the person is only mentioned, they go with that text.
pub(crate) fn of_mails(id: TicketId, others: &[Piece], mails: &[IncomingMail]) -> Option<Piece> {
    let mails: Vec<&IncomingMail> = mails.iter().filter(|mail| !mail.erased).collect();
    let certain = |piece: &Piece| piece.certainty == Certainty::Certain;
    let role = match others.iter().any(Piece::is_of_person) {
        true => PieceRole::Mail,
        false => PieceRole::Mention,
    };
    let certainty = match others.iter().any(certain) {
        true => Certainty::Certain,
        false => Certainty::Possible,
    };
    if mails.is_empty() || others.is_empty() {
        return None;
    }
    let text = match mails.len() {
        1 => "a mail as it was received".to_owned(),
        n => format!("{n} mails as they were received"),
    };
    Some(Piece {
        place: PiecePlace::Ticket {
            id,
            n: 0,
            path: MAIL.to_owned(),
        },
        role,
        certainty,
        text,
    })
}

/// Returns the pieces of the desk itself about a person.
pub(crate) fn in_desk(texts: &[DeskText], who: &Identity) -> Vec<Piece> {
    let is_theirs = |seq: i64| {
        let mut own = texts.iter().filter(|text| text.seq == seq);
        own.any(|text| text.kind == INTRODUCTION && who.is_agent(&text.path, &text.text))
    };
    let theirs: Vec<i64> = texts
        .iter()
        .map(|text| text.seq)
        .filter(|seq| is_theirs(*seq))
        .collect();
    let logins: Vec<&str> = texts
        .iter()
        .filter(|text| theirs.contains(&text.seq) && text.path == "login")
        .map(|text| text.text.as_str())
        .collect();
    let piece = |text: &DeskText| {
        let found = if text.kind == INTRODUCTION {
            theirs
                .contains(&text.seq)
                .then_some((PieceRole::Agent, Certainty::Certain))
        } else if text.kind == POLICY {
            let is_name = who.is_agent("name", &text.text) || who.is_agent("display", &text.text);
            let is_login = logins.contains(&text.text.as_str());
            (is_name || is_login).then_some((PieceRole::Agent, Certainty::Certain))
        } else {
            let person = |name: bool| Requester {
                name: name.then(|| text.text.clone()),
                contact: (!name).then(|| text.text.clone()),
                language: None,
            };
            // `name` and `contact`, and of two people who were joined one more each.
            if text.path.ends_with("name") {
                who.is(&person(true))
            } else if text.path.ends_with("contact") {
                who.is(&person(false))
            } else {
                None
            }
            .map(|certainty| (PieceRole::Participant, certainty))
            .or_else(|| {
                let mention = who.mentioned_in(&text.text, false)?;
                Some((PieceRole::Mention, mention))
            })
        };
        found.map(|(role, certainty)| Piece {
            place: PiecePlace::Desk {
                seq: text.seq,
                path: text.path.clone(),
            },
            role,
            certainty,
            text: text.text.clone(),
        })
    };
    texts.iter().filter_map(piece).collect()
}
