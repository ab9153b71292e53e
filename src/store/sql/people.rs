//! The people table: who a number stands for, and which number a person has.
//! What is erased of a person is absent from their row.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::super::StoreError;
use super::super::codec::person;
use super::driver::{Executor, Row, Value};
use super::statements;
use crate::domain::people::{Account, Actor, Agent, Login};
use crate::domain::summary::Summary;

/// The kind of the event that introduces a person.
pub(crate) const KIND: &str = "person";

/// A row of the people table; a part that was erased is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonRow {
    pub(crate) number: i64,
    /// The event that introduced the person.
    pub(crate) seq: i64,
    pub(crate) name: Option<String>,
    /// How another system wrote the name.
    pub(crate) display: Option<String>,
    pub(crate) login: Option<String>,
    pub(crate) uid: Option<i64>,
    pub(crate) host: Option<String>,
}

impl PersonRow {
    pub(crate) fn new(number: i64, seq: i64, name: &Agent, login: Option<&Login>) -> Self {
        Self {
            number,
            seq,
            name: Some(name.as_str().to_owned()),
            display: name.display_name().map(str::to_owned),
            login: login.map(|login| login.user.clone()),
            uid: login.and_then(Login::uid).map(Into::into),
            host: login.and_then(Login::host).map(str::to_owned),
        }
    }

    /// The row of a person by the texts of their introduction.
    pub(crate) fn introduced(number: i64, seq: i64, texts: &BTreeMap<String, String>) -> Self {
        let text = |path: &str| texts.get(path).cloned();
        Self {
            number,
            seq,
            name: text(person::NAME),
            display: text(person::DISPLAY),
            login: text(person::LOGIN),
            uid: text(person::UID).and_then(|uid| uid.parse().ok()),
            host: text(person::HOST),
        }
    }

    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.int("number")?,
            seq: row.int("seq")?,
            name: row.maybe_text("name")?,
            display: row.maybe_text("display")?,
            login: row.maybe_text("login")?,
            uid: row.maybe_int("uid")?,
            host: row.maybe_text("host")?,
        })
    }

    fn actor(self) -> Actor {
        let name = self
            .name
            .unwrap_or_else(|| format!("erased-{}", self.number));
        let uid = self.uid.and_then(|uid| u32::try_from(uid).ok());
        let login = match (self.login, uid, self.host) {
            (Some(user), Some(uid), Some(host)) => Some(Login {
                user,
                account: Account::System { uid, host },
            }),
            (Some(user), None, None) => Some(Login::database(&user)),
            _ => None,
        };
        Actor::Agent {
            name: Agent::from_stored(&name).with_display_name(self.display),
            login,
        }
    }

    pub(crate) fn insert(&self, db: &Executor<'_>) -> Result<(), StoreError> {
        db.execute(statements::ADD_PERSON, &self.values())
    }

    /// Replaces the row of the same number.
    pub(crate) fn update(&self, db: &Executor<'_>) -> Result<(), StoreError> {
        db.execute(statements::UPDATE_PERSON, &self.values())
    }

    fn values(&self) -> [Value; 7] {
        [
            self.number.into(),
            self.seq.into(),
            self.name.as_deref().into(),
            self.display.as_deref().into(),
            self.login.as_deref().into(),
            self.uid.into(),
            self.host.as_deref().into(),
        ]
    }
}

/// Every row, by number.
pub(crate) fn all(db: &Executor<'_>) -> Result<Vec<PersonRow>, StoreError> {
    db.all(statements::PEOPLE, &[], PersonRow::read)
}

/// The agents whose names another system wrote in another way.
pub(crate) fn foreign_agents(db: &Executor<'_>) -> Result<Vec<Agent>, StoreError> {
    db.all(statements::DISPLAY_NAMES, &[], |row| {
        let agent = Agent::from_stored(row.str("name")?);
        Ok(agent.with_display_name(row.maybe_text("display")?))
    })
}

/// The people whom a transaction has met.
#[derive(Debug, Default)]
pub(crate) struct People {
    by_number: RefCell<HashMap<i64, Actor>>,
    numbers: RefCell<HashMap<PersonKey, i64>>,
    /// The display names by short name, once they are known.
    display_names: RefCell<Option<Rc<DisplayNames>>>,
}

type DisplayNames = HashMap<String, String>;

/// What tells people apart: the short name, the display name and the account.
type PersonKey = (String, Option<String>, Option<Login>);

fn key(name: &Agent, login: Option<&Login>) -> PersonKey {
    let display = name.display_name().map(str::to_owned);
    (name.as_str().to_owned(), display, login.cloned())
}

impl People {
    /// The person with this number.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if nobody has it.
    pub(crate) fn find(&self, db: &Executor<'_>, number: i64) -> Result<Actor, StoreError> {
        if let Some(known) = self.by_number.borrow().get(&number) {
            return Ok(known.clone());
        }
        let row = db.first(statements::PERSON, &[number.into()], PersonRow::read)?;
        let nobody = || StoreError::damaged(format!("there is no person {number}"));
        let person = row.ok_or_else(nobody)?.actor();
        self.by_number.borrow_mut().insert(number, person.clone());
        Ok(person)
    }

    /// The number of an agent who acts under this account, or who is only
    /// named; `None` before the first time.
    pub(crate) fn number(
        &self,
        db: &Executor<'_>,
        name: &Agent,
        login: Option<&Login>,
    ) -> Result<Option<i64>, StoreError> {
        let key = key(name, login);
        if let Some(known) = self.numbers.borrow().get(&key) {
            return Ok(Some(*known));
        }
        let values: [Value; 5] = [
            name.as_str().into(),
            name.display_name().into(),
            login.and_then(Login::uid).map(i64::from).into(),
            login.and_then(Login::host).into(),
            login.map(|login| login.user.as_str()).into(),
        ];
        let found = db.first(statements::PERSON_NUMBER, &values, |row| row.int("number"))?;
        if let Some(number) = found {
            self.numbers.borrow_mut().insert(key, number);
        }
        Ok(found)
    }

    /// Remembers a person who was introduced just now.
    pub(crate) fn remember(&self, number: i64, name: &Agent, login: Option<&Login>) {
        self.numbers.borrow_mut().insert(key(name, login), number);
        self.display_names.take();
    }

    /// Reads the display names, unless they are known: before rows are read, as
    /// no statement may run meanwhile.
    pub(crate) fn read_display_names(
        &self,
        db: &Executor<'_>,
    ) -> Result<Rc<DisplayNames>, StoreError> {
        if let Some(known) = self.display_names.borrow().as_ref() {
            return Ok(Rc::clone(known));
        }
        let agents = foreign_agents(db)?.into_iter();
        let names = agents.filter_map(|agent| {
            Some((agent.as_str().to_owned(), agent.display_name()?.to_owned()))
        });
        let names = Rc::new(names.collect());
        *self.display_names.borrow_mut() = Some(Rc::clone(&names));
        Ok(names)
    }

    /// Adds the display name of the assignee.
    pub(crate) fn with_names(
        &self,
        db: &Executor<'_>,
        mut summary: Summary,
    ) -> Result<Summary, StoreError> {
        if let Some(agent) = summary.assignee.take() {
            summary.assignee = Some(self.with_display_name(db, agent)?);
        }
        Ok(summary)
    }

    /// The agent with the display name that the store knows.
    fn with_display_name(&self, db: &Executor<'_>, agent: Agent) -> Result<Agent, StoreError> {
        let names = self.read_display_names(db)?;
        let display = names.get(agent.as_str()).cloned();
        Ok(agent.with_display_name(display))
    }
}
