//! The files and mails of a person that an export hands to them: what they sent,
//! and what was sent to them. What concerns others too is left out, and said.

use super::person_data::PersonData;
use super::person_query::{Person, PersonKey};
use crate::domain::event::{Attachment, Event, Fact, TicketId};
use crate::domain::people::Requester;
use crate::domain::vocabulary::NoticeKind;

/// How a file or a mail came to be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// The person sent it to the desk.
    FromPerson,
    /// The desk sent it to the person, or was to.
    ToPerson,
}

impl Direction {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::FromPerson => "from-person",
            Self::ToPerson => "to-person",
        }
    }
}

/// A file of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonFile {
    pub(crate) ticket: TicketId,
    pub(crate) file: Attachment,
    /// `None` if it may concern others: somebody must look at it first.
    pub(crate) direction: Option<Direction>,
}

/// Returns the files of a ticket that concern a person: those that they sent, those
/// that came with a public message on a ticket of their own, and, to be looked at,
/// the other files of their own tickets.
pub(crate) fn files(history: &[Event], person: &Person) -> Vec<PersonFile> {
    let mut requester = Requester::default();
    let mut found = Vec::new();
    // What each event that can bring files was, by its number.
    let mut brought: Vec<(u32, Option<Direction>)> = Vec::new();
    for event in history {
        if let Fact::Opened(submission) = &event.fact {
            requester = submission.requester.clone();
            let own = person.is(&requester).then_some(Direction::FromPerson);
            brought.push((event.n, own));
        } else if let Fact::Corrected(correction) = &event.fact {
            correction.correct(&mut requester);
        } else if let Fact::MessageReceived { sender, .. } = &event.fact {
            let sender = sender.as_ref().unwrap_or(&requester);
            let own = person.is(sender).then_some(Direction::FromPerson);
            brought.push((event.n, own));
        } else if let Fact::Replied { .. } = &event.fact {
            let own = person.is(&requester).then_some(Direction::ToPerson);
            brought.push((event.n, own));
        } else if let Fact::Attached(file) = &event.fact {
            let came_with = brought.iter().find(|(n, _)| Some(*n) == file.event);
            let direction = came_with.and_then(|(_, direction)| *direction);
            if direction.is_some() || person.is(&requester) {
                found.push(PersonFile {
                    ticket: event.ticket,
                    file: file.clone(),
                    direction,
                });
            }
        }
    }
    found
}

/// Whether an address is the person's.
pub(crate) fn is_address_of(person: &Person, address: &str) -> bool {
    person.keys.contains(&PersonKey::contact(address))
}

/// Whether a mail to somebody says what concerns them as a requester. What an agent
/// or a manager is told is about others.
pub(crate) const fn is_about_its_recipient(kind: NoticeKind) -> bool {
    match kind {
        NoticeKind::Acknowledged
        | NoticeKind::Reply
        | NoticeKind::Resolved
        | NoticeKind::Closed
        | NoticeKind::Reopened
        | NoticeKind::Call => true,
        NoticeKind::Assigned
        | NoticeKind::RequesterWrote
        | NoticeKind::Warning
        | NoticeKind::Breach
        | NoticeKind::Escalated
        | NoticeKind::Manager => false,
    }
}

/// The longest name of a file in an export, without its number.
const LONGEST: usize = 80;

/// A name that is safe on every file system, made of the one that was sent.
pub(crate) fn safe_name(sent: &str) -> String {
    let safe = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' => c,
        _ => '_',
    };
    let name: String = sent.trim().chars().map(safe).collect();
    let name = name.trim_matches(['.', '_']);
    // The end says what kind of file it is.
    let from = name.len().saturating_sub(LONGEST);
    match name.get(from..).unwrap_or_default() {
        "" => "unnamed".to_owned(),
        name => name.to_owned(),
    }
}

/// A file or a mail in a folder that is handed to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FolderEntry {
    /// Its path within the folder.
    pub(crate) path: String,
    pub(crate) ticket: Option<TicketId>,
    pub(crate) direction: Direction,
    /// The name of a file as it was sent; the subject of a mail.
    pub(crate) name: String,
    pub(crate) media_type: String,
    /// In bytes.
    pub(crate) size: u64,
}

/// What the desk holds and does not hand over by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub(crate) ticket: TicketId,
    /// Such as `file 3` or `mail 12 to an agent`.
    pub(crate) what: String,
    pub(crate) reason: &'static str,
}

/// All that stands in the index of a folder.
#[derive(Debug)]
pub(crate) struct FolderIndex<'a> {
    pub(crate) data: &'a PersonData,
    pub(crate) entries: &'a [FolderEntry],
    pub(crate) left_out: &'a [LeftOut],
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::privacy::person_query::KnownPeople;
    use crate::domain::privacy::person_register::PersonRegister;
    use crate::domain::vocabulary::Channel;
    use crate::testing::ticket_story::{desk, hear, note, reply};

    fn person(typed: &str) -> Person {
        let mut people = KnownPeople::default();
        for one in ["Mia Roth <mia@example.org>", "Kim <kim@example.org>"] {
            people.add(&Requester::parse(one).unwrap());
        }
        people.find(typed, &PersonRegister::default()).unwrap()
    }

    fn attached(number: u32, event: Option<u32>) -> Fact {
        Fact::Attached(Attachment {
            number,
            event,
            name: "a.txt".to_owned(),
            media_type: "text/plain".to_owned(),
            size: 1,
            digest: "00".to_owned(),
        })
    }

    #[test]
    fn a_file_is_theirs_who_sent_it_or_to_whom_it_was_sent() {
        let story = desk().open().run(hear("here")).run(reply("there"));
        let story = story.run(note("inside"));
        let mut history = story.history().to_vec();
        let Fact::Opened(submission) = &mut history[0].fact else {
            panic!("it was opened");
        };
        submission.requester = Requester::parse("Mia Roth <mia@example.org>").unwrap();
        let number_of = |kind: &str| {
            let found = history.iter().find(|event| event.fact.kind() == kind);
            found.map(|event| event.n)
        };
        let (heard, replied, logged) = (
            number_of("heard"),
            number_of("replied"),
            number_of("logged"),
        );
        let kim = Event {
            n: 90,
            fact: Fact::MessageReceived {
                text: "me too".to_owned(),
                via: Channel::Email,
                thanks: false,
                sender: Some(Requester::parse("Kim <kim@example.org>").unwrap()),
            },
            ..history[0].clone()
        };
        history.push(kim);
        for (number, event) in [Some(1), heard, replied, logged, None, Some(90)]
            .into_iter()
            .zip(1..)
            .map(|(event, number)| (number, event))
        {
            let fact = attached(number, event);
            let event = Event {
                n: 90 + number,
                fact,
                ..history[0].clone()
            };
            history.push(event);
        }
        let found = |typed: &str| {
            let all = files(&history, &person(typed)).into_iter();
            let all = all.map(|one| {
                let direction = one.direction.map_or("look", Direction::as_str);
                format!("{} {direction}", one.file.number)
            });
            all.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(
            found("mia@example.org"),
            "1 from-person, 2 from-person, 3 to-person, 4 look, 5 look, 6 look"
        );
        assert_eq!(found("kim@example.org"), "6 from-person");
    }

    #[test]
    fn a_name_in_a_folder_leads_nowhere_else() {
        for (sent, safe) in [
            ("log.txt", "log.txt"),
            ("../../etc/passwd", "etc_passwd"),
            ("..", "unnamed"),
            ("/", "unnamed"),
            ("", "unnamed"),
            ("a\nb\u{202e}.exe", "a_b_.exe"),
            ("über älles.pdf", "ber__lles.pdf"),
            ("C:\\con", "C__con"),
            (".bashrc", "bashrc"),
        ] {
            assert_eq!(safe_name(sent), safe, "{sent:?}");
        }
        let long = safe_name(&format!("{}.pdf", "x".repeat(500)));
        assert!(long.len() <= LONGEST && long.ends_with("x.pdf"));
    }
}
