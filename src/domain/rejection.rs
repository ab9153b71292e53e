//! Rejections: why a rule refuses a command. Each hint is one thing to type.

mod wording;

use wording::{
    WHOLE_NAME, arrows, ask_to_be_let_in, describe, fields, in_hours, let_in, limit_command,
    login_of_other, name_by_address, names, names_or_others, not_the_person, of_open_tickets,
    of_user, one_of, own_login, perhaps, release, satisfy_first, satisfy_new, whoever,
};

use chrono::TimeDelta;

use super::Timestamp;
use super::breach::refusal::BreachRefusal;
use super::custom_field::BadField;
use super::decide::{EditConflict, UndoRefusal};
use super::event::TicketId;
use super::people::{Agent, Login, Requester};
use super::tag::{BadTag, Tag};
use super::text::BadText;
use super::vocabulary::{ClockName, Gate, Relation, State, UnknownWord};

/// Why a command was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Rejection {
    #[error("{id} is {state}: {rule}")]
    WrongState {
        id: TicketId,
        state: State,
        rule: &'static str,
        /// The command that helps, without the name of the program.
        help: String,
    },
    #[error("{id} was merged into {into}")]
    Merged { id: TicketId, into: TicketId },
    #[error("{id} is not ready: {}", describe(.missing, .fields))]
    Gate {
        id: TicketId,
        missing: Vec<Gate>,
        /// The names of the fields without a value that the policy requires.
        fields: Vec<String>,
    },
    /// A ticket that is not opened, because it was to be resolved at once.
    #[error("it cannot be resolved at once: {}; nothing was opened", describe(.missing, .fields))]
    NewGate {
        missing: Vec<Gate>,
        /// As above.
        fields: Vec<String>,
    },
    #[error("{id} is already taken by {by}")]
    Taken { id: TicketId, by: Agent },
    #[error("only the user '{login}' may act as {agent}; {}", of_user(.by.as_ref()))]
    OtherLogin {
        agent: Agent,
        /// The login that the policy gives.
        login: String,
        by: Option<Login>,
    },
    /// A login of a database acts as one agent.
    #[error("{}", login_of_other(.login, .own.as_ref(), .named.as_ref()))]
    LoginOfOther {
        login: String,
        /// Whom it acts as.
        own: Option<Agent>,
        named: Option<Agent>,
    },
    #[error("the time {at} is in the future; it is {now} now")]
    Future { at: Timestamp, now: Timestamp },
    #[error("the problem cannot have begun at {at}, after it was reported at {now}")]
    BeganLater { at: Timestamp, now: Timestamp },
    #[error("the time {at} is before the last thing that an agent did on {id}, at {last}")]
    BeforeLast {
        id: TicketId,
        at: Timestamp,
        last: Timestamp,
    },
    #[error("the time {at} is before version {version} of the policy, set at {set}")]
    BeforePolicy {
        version: u32,
        at: Timestamp,
        set: Timestamp,
    },
    #[error("the machine's clock says {now}, before 1970; nothing was written")]
    ClockUnset { now: Timestamp },
    #[error("{what} {at} is not later than {now}")]
    NotLater {
        what: &'static str,
        at: Timestamp,
        now: Timestamp,
    },
    #[error("{id} has no {what} {number}")]
    NoSuch {
        id: TicketId,
        what: &'static str,
        number: u32,
    },
    #[error("{what} {number} of {id} is already {done}")]
    AlreadyDone {
        id: TicketId,
        what: &'static str,
        number: u32,
        done: &'static str,
    },
    #[error("call {number} of {id} is at {at} already")]
    CallIsThen {
        id: TicketId,
        number: u32,
        at: Timestamp,
    },
    #[error("call {number} of {id} was moved to {at} in the meantime")]
    CallWasMoved {
        id: TicketId,
        number: u32,
        at: Timestamp,
    },
    #[error("{id} has no open {what}")]
    NoneOpen { id: TicketId, what: &'static str },
    #[error("{id} has {count} open {what}; say which")]
    Which {
        id: TicketId,
        what: &'static str,
        count: usize,
    },
    #[error("{other} is already the {known} of {id}")]
    Contradiction {
        id: TicketId,
        other: TicketId,
        known: Relation,
    },
    #[error("{parent} cannot be the parent of {child}, which is above it: {}", arrows(.path))]
    ParentCycle {
        parent: TicketId,
        child: TicketId,
        /// From the parent upwards to the child.
        path: Vec<TicketId>,
    },
    #[error("{id} cannot be {what} itself")]
    Itself { id: TicketId, what: &'static str },
    #[error("{id} is already at {tier}, the last tier")]
    NoHigherTier { id: TicketId, tier: String },
    #[error("'{typed}' is not an answer to '{question}'")]
    WrongAnswer {
        question: String,
        typed: String,
        accepted: Vec<String>,
    },
    #[error("'{question}' is not asked for {id}: only if {when}")]
    NotAsked {
        id: TicketId,
        question: String,
        when: String,
    },
    #[error("{id} has no questions, because it has no category")]
    NoCategory { id: TicketId },
    #[error("{category} has no questions, so '{typed}' is not one")]
    NoQuestions { category: String, typed: String },
    #[error("{id} is not a known error")]
    NotKnown { id: TicketId },
    #[error("'{name}' has no contact, so no message of {id} could reach them")]
    NoContact { id: TicketId, name: String },
    #[error("'{typed}' does not take part in {id}")]
    NotParticipant { id: TicketId, typed: String },
    #[error("'{typed}' means several people in {id}")]
    AmbiguousParticipant {
        id: TicketId,
        typed: String,
        people: Vec<Requester>,
    },
    #[error("{id} is restricted to {}", names_or_others(.to))]
    Restricted { id: TicketId, to: Vec<Agent> },
    #[error("{agent} would not see {id}, which is only for {}", names(.to))]
    NotNamed {
        id: TicketId,
        agent: Agent,
        to: Vec<Agent>,
    },
    #[error("the {clock} clock of {id} is not running")]
    ClockNotRunning { id: TicketId, clock: ClockName },
    #[error("no due time of the {clock} clock of {id} is promised")]
    NotPromised { id: TicketId, clock: ClockName },
    #[error("{} recorded only {} on {id}", whoever(.agent.as_ref()), in_hours(*.known))]
    LessThanNoTime {
        id: TicketId,
        agent: Option<Agent>,
        known: TimeDelta,
    },
    #[error("{id} is not restricted")]
    NotRestricted { id: TicketId },
    #[error("nobody on a ticket is '{typed}'{}", perhaps(.similar))]
    NoSuchPerson { typed: String, similar: Vec<String> },
    #[error("several people are called '{typed}': {}", .people.join(", "))]
    SeveralPeople { typed: String, people: Vec<String> },
    #[error("'{one}' and '{other}' are one person already, so the reason would be lost")]
    SamePerson { one: String, other: String },
    #[error("'{one}' and '{other}' were not joined")]
    NotJoined { one: String, other: String },
    #[error(
        "the processing of the data of '{person}' is limited already, so the reason would be lost"
    )]
    LimitedAlready { person: String },
    #[error("the processing of the data of '{person}' is not limited")]
    NotLimited { person: String },
    #[error("{id} has no ratings yet, so all three are needed")]
    RatingIncomplete { id: TicketId },
    #[error("{}", not_the_person(.typed, .known, *.is_part))]
    NotThePerson {
        typed: String,
        /// The people whom it could mean, as they are written.
        known: Vec<String>,
        /// Whether it is a part of their names, not the name of several.
        is_part: bool,
    },
    #[error("hold {number} forbids it: {reason}")]
    OnHold { number: u32, reason: String },
    #[error("{agent} is still an agent{}", of_open_tickets(*.open))]
    StillAgent { agent: Agent, open: u64 },
    #[error("there is no such hold in force")]
    NotHeld,
    #[error("the reason names the person, and it stays")]
    ReasonNames,
    #[error("{id} would have more than {most} {what}")]
    TooMany {
        id: TicketId,
        what: &'static str,
        most: usize,
    },
    #[error("'{tag}' cannot be added and removed at once")]
    TagBothWays { tag: Tag },
    #[error(transparent)]
    Tag(#[from] BadTag),
    #[error(transparent)]
    Field(#[from] BadField),
    #[error("{id} is not identified as an incident or a request yet")]
    NotIdentified { id: TicketId },
    #[error("{id} was changed in the meantime: {}", fields(.conflicts))]
    EditConflict {
        id: TicketId,
        conflicts: Vec<EditConflict>,
    },
    #[error(transparent)]
    Undo(#[from] UndoRefusal),
    #[error(transparent)]
    Breach(#[from] BreachRefusal),
    #[error(transparent)]
    Unknown(#[from] UnknownWord),
    #[error(transparent)]
    Text(#[from] BadText),
}

impl Rejection {
    /// Turns the refusal of a gate into one about a ticket that has no number,
    /// because it is not opened.
    pub(crate) fn of_new_ticket(self) -> Self {
        if let Self::Gate {
            id: _,
            missing,
            fields,
        } = self
        {
            return Self::NewGate { missing, fields };
        }
        self
    }

    /// Refuses a time in the future.
    ///
    /// # Errors
    /// [`Self::Future`].
    pub(crate) fn check_not_in_the_future(at: Timestamp, now: Timestamp) -> Result<(), Self> {
        if at > now {
            return Err(Self::Future { at, now });
        }
        Ok(())
    }

    /// Returns one thing to type instead.
    #[expect(clippy::too_many_lines, reason = "one arm for each rejection")]
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::WrongState { help, .. } => format!("desk {help}"),
            Self::Merged { id, into } => format!(
                "work on {into}, or undo the merge with: desk reopen {} REASON",
                id.0
            ),
            Self::Gate {
                id,
                missing,
                fields,
            } => satisfy_first(missing, fields, *id),
            Self::NewGate { missing, fields } => satisfy_new(missing, fields),
            Self::Taken { id, .. } => {
                format!("take it over with: desk assign {} AGENT", id.0)
            }
            Self::OtherLogin { .. } => wording::OWN_NAME.into(),
            Self::LoginOfOther { login, own, .. } => own_login(login, own.as_ref()),
            Self::BeganLater { .. } => "give an earlier time, such as --began '2h ago'".into(),
            Self::Future { .. } => "give the time when it happened, such as --at '2h ago'".into(),
            Self::BeforeLast { id, .. } => format!(
                "give a later --at; see the timeline with: desk show {}",
                id.0
            ),
            Self::BeforePolicy { .. } => {
                "give a later --at; see the versions with: desk policy history".into()
            }
            Self::NotLater { .. } => "give a later time, such as 'in 2d' or 'monday 9:00'".into(),
            Self::CallIsThen { id, .. } => format!("keep the note with: desk log {} TEXT", id.0),
            Self::CallWasMoved { id, .. } => wording::look_again(*id),
            Self::ClockUnset { .. } => "correct the clock of the machine, then try again".into(),
            Self::NoSuch { id, .. }
            | Self::AlreadyDone { id, .. }
            | Self::NoneOpen { id, .. }
            | Self::Which { id, .. } => {
                format!("see their numbers with: desk show {}", id.0)
            }
            Self::Contradiction { id, other, known } => format!(
                "remove that link first with: desk link {} --{known} {} --remove",
                id.0, other.0
            ),
            Self::ParentCycle { path, .. } => match path.as_slice() {
                [low, high, ..] => format!(
                    "remove a link of that path first, such as: desk link {} --parent {} --remove",
                    low.0, high.0
                ),
                _ => "remove a link of that path first".into(),
            },
            Self::Itself { .. } => "give the number of another ticket".into(),
            Self::NoHigherTier { id, .. } => {
                format!(
                    "move it to another tier with: desk escalate {} TIER REASON",
                    id.0
                )
            }
            Self::RatingIncomplete { id } => wording::rate(*id),
            Self::WrongAnswer {
                typed, accepted, ..
            } => {
                let choices = accepted.iter().map(String::as_str);
                UnknownWord::new("answer", typed, choices).hint()
            }
            Self::NotAsked { id, .. } => format!(
                "answer that first; see the questions with: desk diagnose {} --questions",
                id.0
            ),
            Self::NoCategory { id } => format!("desk categorize {} CATEGORY", id.0),
            Self::NoQuestions { .. } => {
                "use --answer QUESTION=ANSWER for a question of your own".into()
            }
            Self::NoContact { id, name } => {
                format!("desk participants {} add '{name} <CONTACT>'", id.0)
            }
            Self::NotParticipant { id, .. } => format!(
                "see them with: desk participants {0}; or desk participants {0} add 'NAME <CONTACT>'",
                id.0
            ),
            Self::AmbiguousParticipant { people, .. } => name_by_address(people),
            Self::Restricted { id, to } => ask_to_be_let_in(*id, to),
            Self::NotNamed { id, agent, to } => let_in(*id, agent, to),
            Self::ClockNotRunning { id, .. } => {
                format!("see the clocks with: desk show {}", id.0)
            }
            Self::NotPromised { id, clock } => format!(
                "promise one with: desk due {} TIME --clock {clock} --reason TEXT",
                id.0
            ),
            Self::LessThanNoTime { id, .. } => {
                format!("see who recorded what with: desk show {}", id.0)
            }
            Self::NotRestricted { id } => format!("desk restrict {} --to AGENT", id.0),
            Self::NoSuchPerson { .. } => WHOLE_NAME.into(),
            Self::SeveralPeople { .. } => "give the contact instead of the name".into(),
            Self::SamePerson { .. } => "leave the reason out".into(),
            Self::NotJoined { .. } => "see what is joined with: desk person export WHO".into(),
            Self::LimitedAlready { person } => limit_command(person, "--lift --reason TEXT"),
            Self::NotLimited { person } => limit_command(person, "--reason TEXT"),
            Self::NotKnown { .. } => "see them with: desk known-errors".into(),
            Self::NotThePerson { known, .. } => one_of(known),
            Self::OnHold { .. } => {
                "see the holds with: desk person hold; lift one with --lift".into()
            }
            Self::StillAgent { agent, open } => release(agent, *open),
            Self::NotHeld => "see the holds with: desk person hold".into(),
            Self::ReasonNames => {
                "write why without the name, such as \"asked for on 2 March\"".into()
            }
            Self::TooMany { id, .. } => {
                format!("remove some first; see them with: desk show {}", id.0)
            }
            Self::TagBothWays { tag } => format!("write {tag}, or -{tag} to remove it"),
            Self::Tag(bad) => bad.hint(),
            Self::Field(bad) => bad.hint(),
            Self::NotIdentified { id } => wording::kind_too(*id),
            Self::EditConflict { id, .. } => wording::edit_again(*id),
            Self::Undo(refusal) => refusal.hint(),
            Self::Breach(refusal) => refusal.hint(),
            Self::Unknown(word) => word.hint(),
            Self::Text(text) => text.hint(),
        }
    }
}
