//! Hooks, their deliveries, and what a program reads on its standard input.

use serde::Serialize;

use super::event::Event;
use super::ticket_page::TicketPage;
use super::value::{At, CsvRecord, CsvValue, Seconds};
use crate::domain::hooks::{self, HookCall, HookOwner, HookTicket};
use crate::output::columns::Ticket;
use crate::output::options::RenderOptions;

/// What a program reads.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct HookDocument<'a> {
    /// The same at every attempt, and in every run of desk.
    delivery_id: &'a str,
    /// From 1; above it, the program may have been told already.
    attempt: u32,
    /// The name of the hook.
    hook: &'a str,
    /// The number of the event, as `desk events` has it.
    seq: i64,
    /// The kind of the event, as in `event`.
    kind: &'a str,
    /// Who caused the event, or `desk`; absent if the ticket is restricted.
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<&'a str>,
    /// Absent if the ticket is restricted.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Event<'a>>,
    /// As `show --json` prints it, at the time of the attempt; if it is restricted,
    /// as a list shows it: without what was written.
    ticket: HookedTicket<'a>,
}

/// A ticket as a hook is told of it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum HookedTicket<'a> {
    Whole(Box<TicketPage<'a>>),
    NumberOnly(Box<Ticket<'a>>),
}

impl<'a> HookDocument<'a> {
    pub(crate) fn new(call: &'a HookCall<'_>, options: &'a RenderOptions<'_>) -> Self {
        let delivery = call.delivery;
        let (event, ticket) = match &call.ticket {
            HookTicket::Whole(page, event) => {
                let page = TicketPage::new(page, options);
                (Some(event.as_ref()), HookedTicket::Whole(Box::new(page)))
            }
            HookTicket::NumberOnly(row) => {
                let row = Ticket::new(row, options);
                (None, HookedTicket::NumberOnly(Box::new(row)))
            }
        };
        Self {
            delivery_id: &delivery.delivery_id,
            attempt: delivery.attempts,
            hook: &delivery.hook,
            seq: delivery.seq,
            kind: &delivery.kind,
            agent: event.map(|event| event.actor.as_str()),
            event: event.map(Event::from),
            ticket,
        }
    }
}

/// Hooks and deliveries.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct HookList<'a> {
    /// The hooks of the machine and of this user.
    pub(crate) hooks: Vec<Hook<'a>>,
    /// Those that are not over, of everybody; all of the last days with --all.
    pub(crate) deliveries: Vec<HookDelivery<'a>>,
}

/// Whose a hook is: `system`, `you`, or `user` and a number.
pub(crate) fn whose(owner: &HookOwner, own: &[HookOwner]) -> String {
    match owner {
        HookOwner::System => owner.to_string(),
        HookOwner::User(_) if own.contains(owner) => "you".to_owned(),
        HookOwner::User(number) => format!("user {number}"),
    }
}

published! {
    /// A hook of the settings.
    Hook<'a> from state: hooks::HookState => {
        name: &'a str = &state.hook.name,
        /// `system` for one of the machine, `user` for one of this user.
        owner: &'static str = match state.hook.owner {
            HookOwner::System => "system",
            HookOwner::User(_) => "user",
        },
        /// The program and its arguments.
        run: &'a [String] = &state.hook.run,
        /// The kinds of events; empty for all.
        on: &'a [String] = &state.hook.on,
        filter: Option<&'a str> = state.hook.filter.as_deref(),
        timeout_s: Seconds = state.hook.timeout.into(),
        /// How often it may fail with one event.
        attempts: u32 = state.hook.attempts,
        /// `now`, or `sweep` if it runs in desk sweep only.
        deliver: &'static str = if state.hook.only_sweep { "sweep" } else { "now" },
        /// How many events wait for it, and how many it failed with.
        waiting: u64 = state.waiting,
        failed: u64 = state.failed,
        /// When it was last told of something.
        delivered_at: Option<At> = state.last.map(At),
    }
}

published! {
    /// An event on its way to a hook.
    HookDelivery<'a> from delivery: hooks::HookDelivery => {
        /// Its number.
        pub(crate) delivery: i64 = delivery.id,
        hook: &'a str = &delivery.hook,
        /// `system`, or the number of the user.
        owner: String = delivery.owner.to_string(),
        ticket: i64 = delivery.ticket.0,
        /// The number and the kind of the event.
        seq: i64 = delivery.seq,
        kind: &'a str = &delivery.kind,
        /// `waiting`, `running`, `delivered`, `failed` or `dropped`.
        state: &'static str = delivery.state.as_str(),
        delivery_id: &'a str = &delivery.delivery_id,
        queued_at: At = At(delivery.queued),
        /// How often the program was begun, and how often it failed.
        attempts: u32 = delivery.attempts,
        failures: u32 = delivery.failures,
        /// When it is tried next, if it waits.
        next_at: Option<At> = (delivery.state == hooks::DeliveryState::Waiting)
            .then_some(At(delivery.not_before)),
        done_at: Option<At> = delivery.done.map(At),
        /// Why the last attempt failed.
        last_error: Option<&'a str> = delivery.last_error.as_deref(),
    }
}

csv_columns!(HookDelivery<'_>: delivery, hook, owner, ticket, seq, kind, state, delivery_id, queued_at, attempts, failures, next_at, done_at, last_error);

/// The run of a program with a made-up event.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct HookTest<'a> {
    hook: &'a str,
    /// Whether the program ended with 0.
    succeeded: bool,
    /// Why not.
    error: Option<&'a str>,
    took_ms: i64,
    /// What it wrote, up to 64 KiB of each stream.
    written: &'a str,
}

csv_columns!(HookTest<'_>: hook, succeeded, error, took_ms, written);

impl<'a> HookTest<'a> {
    pub(crate) fn new(hook: &'a hooks::Hook, trial: &'a hooks::TrialRun) -> Self {
        let error = match &trial.outcome {
            hooks::HookOutcome::Delivered => None,
            hooks::HookOutcome::Failed(reason) => Some(reason.as_str()),
            hooks::HookOutcome::LeftOut(reason) => Some(*reason),
        };
        Self {
            hook: &hook.name,
            succeeded: error.is_none(),
            error,
            took_ms: trial.took.num_milliseconds(),
            written: &trial.written,
        }
    }
}
