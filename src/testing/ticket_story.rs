//! A fixture for tests: one ticket, a manual clock, and a method per command.
//! All days are in one week: `10:00` is on Monday 2026-03-02, `Tue 10:00` a day
//! later.

mod command;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};

use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::decide::{
    Command, Ctx, NewTicket, Ratings, Surroundings, decide, merge, open, run_next_timer,
};
use crate::domain::event::{Event, Fact, Note, TicketId};
use crate::domain::people::{Actor, Agent, Requester};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::rejection::Rejection;
use crate::domain::sla::clock::{Clock, Clocks};
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::time::parse_duration;
use crate::domain::vocabulary::{Channel, ClockName, ClosureCode, Kind, PauseReason};

pub(crate) use command::{
    close, close_forced, close_told, escalate, hear, note, pause, ratings, reopen, reply, resolve,
    retitle, thanks, void,
};

/// Starts a story on Monday at 9:00, with the agent anna and the built-in
/// policy.
pub(crate) fn desk() -> TicketStory {
    TicketStory {
        policy: PolicyHistory::built_in(),
        at: moment("9:00"),
        now: None,
        actor: agent("anna"),
        id: TicketId(1),
        new: new(),
        history: Vec::new(),
        ticket: None,
    }
}

/// Reads `10:00` or `Tue 10:00` (seconds may follow), in UTC.
pub(crate) fn moment(typed: &str) -> Timestamp {
    let (day, time) = typed.split_once(' ').unwrap_or(("Mon", typed));
    let day: Weekday = day.parse().unwrap();
    let date = NaiveDate::from_isoywd_opt(2026, 10, day).unwrap();
    let time = NaiveTime::parse_from_str(time, "%H:%M:%S%.f")
        .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M"))
        .unwrap();
    date.and_time(time).and_utc()
}

/// Formats a time as [`moment`] reads it.
pub(crate) fn spelled(at: Timestamp) -> String {
    format!("{} {}", at.weekday(), at.format("%-H:%M"))
}

pub(crate) fn agent(name: &str) -> Actor {
    Actor::from(Agent::parse(name).unwrap())
}

/// A ticket as it comes by mail, with a title and nothing else.
pub(crate) fn new() -> NewTicket {
    NewTicket {
        title: "VPN drops".to_owned(),
        description: None,
        requester: Requester::parse("Mia Roth <mia@example.org>").unwrap(),
        channel: Channel::Email,
        key: None,
        kind: None,
        onset: None,
        note: Note::default(),
        category: None,
        ratings: Ratings::default(),
        assignee: None,
        ..NewTicket::titled(String::new())
    }
}

/// The kinds of facts, in order, joined by `+`; `-` for none.
pub(crate) fn kinds(events: &[Event]) -> String {
    if events.is_empty() {
        return "-".to_owned();
    }
    let words: Vec<&str> = events.iter().map(|e| e.fact.kind()).collect();
    words.join("+")
}

/// One ticket and what happens to it.
#[derive(Debug, Clone)]
pub(crate) struct TicketStory {
    pub(crate) policy: PolicyHistory,
    /// When the next command happens.
    pub(crate) at: Timestamp,
    /// The machine's clock, where it differs from that.
    now: Option<Timestamp>,
    actor: Actor,
    id: TicketId,
    new: NewTicket,
    history: Vec<Event>,
    ticket: Option<Ticket>,
}

impl TicketStory {
    /// Sets the time of the next commands.
    pub(crate) fn at(mut self, typed: &str) -> Self {
        (self.at, self.now) = (moment(typed), None);
        self
    }

    /// Sets the machine's clock, so that the next commands count as backdated.
    pub(crate) fn recorded(mut self, typed: &str) -> Self {
        self.now = Some(moment(typed));
        self
    }

    /// Sets the time of the next commands and the machine's clock; if they
    /// differ, the commands are backdated.
    pub(crate) fn stand(&mut self, at: Timestamp, now: Timestamp) {
        (self.at, self.now) = (at, (at != now).then_some(now));
    }

    /// Sets the actor of the next commands.
    pub(crate) fn by(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    /// Sets the number of the ticket to be opened.
    pub(crate) fn number(mut self, id: i64) -> Self {
        self.id = TicketId(id);
        self
    }

    /// Changes the policy from here on.
    pub(crate) fn policy(
        mut self,
        change: impl FnOnce(&mut crate::domain::policy::Policy),
    ) -> Self {
        change(&mut self.policy.current);
        self
    }

    /// Puts a changed policy in force as the next version.
    pub(crate) fn enact(mut self, change: impl FnOnce(&mut crate::domain::policy::Policy)) -> Self {
        let mut next = self.policy.current.clone();
        change(&mut next);
        self.policy = self.policy.with_next(next);
        self
    }

    /// Takes all due actions in order, and returns them as text: `Mon 10:30
    /// warned, Mon 11:00 warned+escalated`.
    pub(crate) fn sweep(&mut self) -> String {
        let mut described = Vec::new();
        loop {
            let events = run_next_timer(self.ticket(), &self.ctx()).unwrap();
            let Some(first) = events.first() else {
                return described.join(", ");
            };
            let what = events.iter().map(|event| {
                if let Fact::Warned {
                    clock,
                    percent,
                    offset,
                } = &event.fact
                {
                    let level = offset.map(|offset| offset.to_string());
                    format!("{clock} {}", level.unwrap_or(percent.to_string()))
                } else if let Fact::Escalated { to, .. } = &event.fact {
                    format!("-> {to}")
                } else {
                    event.fact.kind().to_owned()
                }
            });
            let what = what.collect::<Vec<_>>().join(" ");
            described.push(format!("{} {what}", first.at.format("%a %-H:%M")));
            assert!(events.iter().all(|event| event.actor == Actor::Desk));
            self.take(events);
        }
    }

    /// Changes the ticket to be opened.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut NewTicket)) -> Self {
        change(&mut self.new);
        self
    }

    pub(crate) fn via(self, channel: Channel) -> Self {
        self.with(|new| new.channel = channel)
    }

    pub(crate) fn open(mut self) -> Self {
        let events = open(self.id, self.new.clone(), &self.ctx()).unwrap();
        self.ticket = Ticket::replay(&events);
        self.history = events;
        self
    }

    /// Begins with a history that was decided elsewhere.
    pub(crate) fn begin(&mut self, history: Vec<Event>) {
        self.ticket = Ticket::replay(&history);
        self.history = history;
    }

    /// Opens, identifies and categorizes an incident of a priority.
    pub(crate) fn open_at(self, priority: u8) -> Self {
        self.with(|new| {
            new.kind = Some(Kind::Incident);
            new.category = Category::parse("network/vpn").ok();
            new.ratings = ratings(priority);
        })
        .open()
    }

    /// Executes a command that must not be refused.
    pub(crate) fn run(mut self, command: Command) -> Self {
        let attempt = format!("{command:?}");
        match self.decides(command) {
            Ok(events) => self.take(events),
            Err(refusal) => panic!("{attempt} was refused: {refusal}"),
        }
        self
    }

    /// Applies events that were decided elsewhere.
    pub(crate) fn take(&mut self, events: Vec<Event>) {
        let ticket = self.ticket.as_mut().unwrap();
        for event in &events {
            ticket.apply(event);
        }
        self.history.extend(events);
    }

    /// Applies what was decided for this ticket, of a decision about several.
    pub(crate) fn take_own(&mut self, events: Vec<(TicketId, Vec<Event>)>) {
        let own = events.into_iter().find(|(id, _)| *id == self.id);
        self.take(own.map(|(_, events)| events).unwrap_or_default());
    }

    /// Returns the events that a command would record.
    pub(crate) fn decides(&self, command: Command) -> Result<Vec<Event>, Rejection> {
        decide(self.ticket(), command, &self.ctx())
    }

    /// Returns the kinds of facts that a command would record; see [`kinds`].
    pub(crate) fn gives(&self, command: Command) -> String {
        kinds(&self.decides(command).unwrap())
    }

    /// Returns why a command is refused, and the hint.
    pub(crate) fn refuses(&self, command: Command) -> (String, String) {
        let refusal = self.decides(command).unwrap_err();
        (refusal.to_string(), refusal.hint())
    }

    pub(crate) fn reply(self) -> Self {
        self.run(reply("we are on it"))
    }

    pub(crate) fn hear(self) -> Self {
        self.run(hear("any news?"))
    }

    pub(crate) fn prioritize(self, priority: u8) -> Self {
        self.run(Command::Prioritize(ratings(priority)))
    }

    pub(crate) fn pause(self) -> Self {
        self.run(pause(PauseReason::Vendor))
    }

    pub(crate) fn resume(self) -> Self {
        self.run(Command::Resume { note: None })
    }

    /// Resolves as a workaround, which needs no confirmed cause.
    pub(crate) fn resolve(self) -> Self {
        self.run(resolve(Some(ClosureCode::Workaround)))
    }

    pub(crate) fn withdraw(self) -> Self {
        self.run(resolve(Some(ClosureCode::Withdrawn)))
    }

    pub(crate) fn close(self) -> Self {
        self.run(close_told())
    }

    pub(crate) fn reopen(self) -> Self {
        self.run(reopen())
    }

    /// Merges the ticket into #99, opened at the same time.
    pub(crate) fn merge(mut self) -> Self {
        let mut survivor = desk().number(99);
        survivor.at = self.at;
        let survivor = survivor.open();
        let around = Surroundings::default();
        let events = merge(self.ticket(), survivor.ticket(), &around, &self.ctx()).unwrap();
        self.take_own(events);
        self
    }

    pub(crate) fn ctx(&self) -> Ctx<'_> {
        Ctx {
            at: self.at,
            backdated: self.now.is_some(),
            now: self.now.unwrap_or(self.at),
            actor: self.actor.clone(),
            policy: &self.policy,
        }
    }

    pub(crate) fn ticket(&self) -> &Ticket {
        self.ticket.as_ref().expect("the story begins with `open`")
    }

    pub(crate) fn history(&self) -> &[Event] {
        &self.history
    }

    pub(crate) fn summary(&self) -> Summary {
        Summary::new(self.ticket(), &self.policy)
    }

    pub(crate) fn clocks(&self) -> Clocks {
        self.ticket().clocks(&self.policy)
    }

    pub(crate) fn clock(&self, name: ClockName) -> Option<Clock> {
        self.clocks().get(name).cloned()
    }

    /// Reads a clock at a time: `ok, used 1h, left 2h, due Mon 12:00`; the
    /// paused time, the stop time and `reclassified` follow if they apply.
    /// `none` if there is no such clock.
    pub(crate) fn reads(&self, name: ClockName, typed: &str) -> String {
        let Some(clock) = self.clock(name) else {
            return "none".to_owned();
        };
        let reading = clock.read_at(moment(typed), &self.policy);
        let mut text = format!(
            "{}, used {}, left {}",
            reading.display.as_str(),
            parse_duration::format(reading.used),
            parse_duration::format(reading.remaining)
        );
        let mut add = |word: &str, at: Option<Timestamp>| {
            if let Some(at) = at {
                text += &format!(", {word} {}", spelled(at));
            }
        };
        add("due", reading.due);
        add("stopped", reading.stopped);
        if reading.paused > TimeDelta::zero() {
            text += &format!(", paused {}", parse_duration::format(reading.paused));
        }
        if clock.reclassified {
            text += ", reclassified";
        }
        text
    }

    pub(crate) fn response(&self, typed: &str) -> String {
        self.reads(ClockName::Response, typed)
    }

    pub(crate) fn update(&self, typed: &str) -> String {
        self.reads(ClockName::Update, typed)
    }

    pub(crate) fn resolution(&self, typed: &str) -> String {
        self.reads(ClockName::Resolution, typed)
    }
}
