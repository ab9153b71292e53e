//! Use cases on a store in a temporary folder, without a process.

mod alarms;
mod attachments;
mod automation;
mod contended;
mod every_cell;
mod export_import;
mod import;
mod listing;
mod mail;
mod person;
mod relations;
mod retention;
mod ticket_commands;

use std::cell::Cell;

use tempfile::TempDir;

use super::Desk;
use crate::domain::Timestamp;
use crate::domain::decide::{Command, NewTicket};
use crate::domain::event::TicketId;
use crate::domain::people::Agent;
use crate::domain::read_models::{TicketDetails, TicketUpdate};
use crate::domain::time::zone::Zone;
use crate::error::Error;
use crate::store::{Environment, Location, SqliteProvider};
use crate::testing::ticket_story::{self, moment};

thread_local! {
    /// The time of the machine's clock in the thread of a test.
    static CLOCK: Cell<Timestamp> = Cell::new(moment("9:00"));
}

fn clock() -> Timestamp {
    CLOCK.get()
}

/// A folder for a store, which the first write creates.
struct TestStore {
    folder: TempDir,
}

impl TestStore {
    fn new() -> Self {
        CLOCK.set(moment("9:00"));
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn exists(&self) -> bool {
        self.folder.path().join("desk.db").exists()
    }

    /// Runs a use case for anna, at a time as [`moment`] reads it.
    fn at<T>(&self, time: &str, use_case: impl FnOnce(&Desk<'_>) -> T) -> T {
        CLOCK.set(moment(time));
        self.run(Some("anna"), None, use_case)
    }

    /// Runs a use case with or without an acting agent, optionally backdated.
    fn run<T>(
        &self,
        agent: Option<&str>,
        at: Option<Timestamp>,
        use_case: impl FnOnce(&Desk<'_>) -> T,
    ) -> T {
        let location = Location {
            path: self.folder.path().join("desk.db"),
            explicit: false,
        };
        let files = SqliteProvider::new(location, Environment::new(clock(), super::parse_policy));
        let actor = || match agent {
            Some(name) => Ok(Agent::parse(name).unwrap()),
            None => Err(Error::usage("nobody acts", "give --as AGENT")),
        };
        let zone = Zone::utc();
        use_case(&Desk::new(&zone, at, &actor, &|| None, clock, &files))
    }

    /// Opens a ticket with this title.
    fn open(&self, time: &str, title: &str) -> TicketUpdate {
        self.at(time, |desk| desk.open(&titled(title), &[]).unwrap())
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "stories read better without borrows"
    )]
    fn act(&self, time: &str, id: i64, command: Command) -> Result<TicketUpdate, Error> {
        self.at(time, |desk| desk.execute(TicketId(id), &command))
    }

    fn page(&self, id: i64) -> TicketDetails {
        self.run(None, None, |desk| desk.details(TicketId(id)).unwrap())
    }

    /// The kinds of the events of a ticket.
    fn kinds(&self, id: i64) -> String {
        ticket_story::kinds(&self.page(id).history)
    }
}

fn titled(title: &str) -> NewTicket {
    NewTicket {
        title: title.to_owned(),
        ..ticket_story::new()
    }
}
