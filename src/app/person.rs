//! Use cases about one person: finding and erasing every piece about them.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::Desk;
use super::erasure::erase;
use super::mail_in::{erase_without_ticket, pieces_without_ticket};
use super::ticket_commands::replay;
use crate::domain::event::TicketId;
use crate::domain::people::{Agent, Requester};
use crate::domain::policy::Policy;
use crate::domain::privacy::decide::{Holds, erase_for_person};
use crate::domain::privacy::hold::Hold;
use crate::domain::privacy::person::{
    Certainty, DeskText, Directory, INTRODUCTION, Identity, NotOnePerson,
};
use crate::domain::privacy::person_query::PersonKey;
use crate::domain::privacy::person_register::PersonRegister;
use crate::domain::privacy::pieces::{self, Piece, PiecePlace};
use crate::domain::privacy::read_models::{FoundPerson, PersonErasure};
use crate::domain::privacy::view::RESTRICTED;
use crate::domain::query::{Query, SortKey};
use crate::domain::rejection::Rejection;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::{ErasureCause, TextChoice};
use crate::error::Error;
use crate::store::{Scrub, StoreError, Transaction};

/// Which texts about a person are erased with them.
#[derive(Debug, Clone)]
pub(crate) enum TextSelection {
    Choice(TextChoice),
    Chosen(BTreeSet<PiecePlace>),
}

impl TextSelection {
    /// Returns whether a piece is erased: fields that name the person always.
    pub(crate) fn includes(&self, piece: &Piece) -> bool {
        piece.is_of_person()
            || piece.is_text()
                && match self {
                    Self::Choice(TextChoice::None) => false,
                    Self::Choice(TextChoice::Certain) => piece.certainty == Certainty::Certain,
                    Self::Choice(TextChoice::Possible) => true,
                    Self::Chosen(places) => places.contains(&piece.place),
                }
    }
}

impl Desk<'_> {
    /// Finds the person whom a contact or a name means.
    ///
    /// # Errors
    /// [`Rejection::NotOnePerson`] for a part of a name, or that of several people.
    pub(crate) fn identify(&self, typed: &Requester) -> Result<Identity, Error> {
        let txn = self.read_everything()?.ok_or_else(|| self.missing())?;
        identify(txn.as_ref(), typed)
    }

    /// Finds every piece about a person. Reads page by page, and says after each
    /// how many tickets of how many were read.
    ///
    /// # Errors
    /// As [`Self::identify`].
    pub(crate) fn find_person(
        &self,
        typed: &Requester,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<FoundPerson, Error> {
        let begin =
            || -> Result<_, Error> { Ok(self.read_everything()?.ok_or_else(|| self.missing())?) };
        let txn = begin()?;
        let who = identify(txn.as_ref(), typed)?;
        let (last_link, last_id) = (txn.last_link()?, txn.last_id()?);
        let count = |id: TicketId| u64::try_from(id.0).unwrap_or_default();
        let with_alarms: BTreeSet<TicketId> = txn.alarm_tickets()?.into_iter().collect();
        let with_mails: BTreeSet<TicketId> = txn.mail_tickets()?.into_iter().collect();
        let mut found = pieces::in_desk(&txn.desk_texts()?, &who);
        found.extend(pieces_without_ticket(txn.as_ref(), &who)?);
        let mut named_acts = 0;
        for agent in &who.agents {
            named_acts += txn.named_acts(agent)?;
        }
        let holds = txn.holds()?;
        let view = self.view(txn.as_ref())?;
        drop(txn);
        let mut first = Some(TicketId(i64::MIN));
        while let Some(ticket) = first {
            let txn = begin()?;
            let page = txn.histories(ticket, last_link)?;
            for history in &page.histories {
                let id = history.first().map(|event| event.ticket);
                let alarms = match id.filter(|id| with_alarms.contains(id)) {
                    Some(id) => alarm_texts(txn.as_ref(), id)?,
                    None => Vec::new(),
                };
                let mut pieces = pieces::in_ticket(history, &alarms, &who);
                if let Some(id) = id.filter(|id| with_mails.contains(id)) {
                    pieces.extend(pieces::of_mails(id, &pieces, &txn.mails_of(id)?));
                }
                if id.is_some_and(|id| view.hides(id).is_some()) {
                    // They are erased like others, but not shown.
                    for piece in &mut pieces {
                        RESTRICTED.clone_into(&mut piece.text);
                    }
                }
                found.extend(pieces);
            }
            first = page.next;
            progress(count(first.unwrap_or(last_id)), count(last_id));
        }
        let hold = hold_of(&holds, &who, &found);
        Ok(FoundPerson {
            typed: typed.clone(),
            who,
            pieces: found,
            last_link,
            hold: hold.cloned(),
            named_acts,
        })
    }

    /// Returns what an erasure would do.
    pub(crate) fn preview_erasure(
        &self,
        found: &FoundPerson,
        texts: &TextSelection,
    ) -> PersonErasure {
        let (gone, kept): (Vec<&Piece>, Vec<&Piece>) =
            found.pieces.iter().partition(|piece| texts.includes(piece));
        PersonErasure {
            tickets: tickets_of(gone.iter().copied()).into_iter().collect(),
            erased: gone.len() as u64,
            kept: kept.len() as u64,
            cancelled: 0,
            named_acts: found.named_acts,
            scrub_pending: false,
            dry_run: true,
            pieces: Some(gone.into_iter().cloned().collect()),
        }
    }

    /// Refuses an erasure that a hold forbids, or of an agent who is still at work.
    ///
    /// # Errors
    /// [`Rejection::OnHold`], [`Rejection::StillAgent`].
    pub(crate) fn check_erasure(&self, found: &FoundPerson) -> Result<(), Error> {
        if let Some(hold) = &found.hold {
            return Err(on_hold(hold));
        }
        let txn = self.read_everything()?.ok_or_else(|| self.missing())?;
        let policy = &self.policies_in(txn.as_ref())?.current;
        let agents = agents_of(&txn.desk_texts()?, &found.who);
        check_agents(txn.as_ref(), policy, &agents, self)
    }

    /// Erases a person: the fields that name them, and the selected texts. All of
    /// it is one transaction; the file is scrubbed after it.
    ///
    /// # Errors
    /// As [`Self::check_erasure`], and any error of the store.
    pub(crate) fn erase_person(
        &self,
        found: &FoundPerson,
        texts: &TextSelection,
        reason: &str,
    ) -> Result<PersonErasure, Error> {
        let who = &found.who;
        self.write_everything(self.writer()?, |mut txn| {
            let policies = self.policies_in(txn.as_ref())?;
            let ctx = self.ctx_now(&policies, self.acting(&policies)?);
            let desk_texts = txn.desk_texts()?;
            let agents = agents_of(&desk_texts, who);
            check_agents(txn.as_ref(), &policies.current, &agents, self)?;
            let mut ids = tickets_of(found.pieces.iter());
            ids.extend(txn.changed_since(found.last_link)?);
            let (mut done, mut kept, mut cancelled) = (Vec::new(), 0, 0);
            let mut erased = 0;
            let holds = txn.holds()?;
            let in_force = Holds::in_force(&holds);
            if let Some(hold) = in_force.of_person(who) {
                return Err(on_hold(hold));
            }
            for id in ids {
                let history = txn.history(id)?;
                let alarms = alarm_texts(txn.as_ref(), id)?;
                let mut all = pieces::in_ticket(&history, &alarms, who);
                all.extend(pieces::of_mails(id, &all, &txn.mails_of(id)?));
                let (gone, stay): (Vec<&Piece>, Vec<&Piece>) =
                    all.iter().partition(|piece| texts.includes(piece));
                kept += stay.len() as u64;
                let ticket = replay(history.clone())?;
                let Some(erasure) = erase_for_person(&ticket, gone.iter().copied(), who, reason)
                else {
                    continue;
                };
                if let Some(hold) = in_force.of_ticket(id) {
                    return Err(on_hold(hold));
                }
                erased += gone.len() as u64;
                cancelled += u64::from(erasure.cancels_owed || !erasure.cancels_merged.is_empty());
                let (actor, now) = (ctx.actor.clone(), ctx.now);
                erase(txn.as_mut(), history, erasure, actor, now, &policies)?;
                done.push(id);
            }
            let of_desk = pieces::in_desk(&desk_texts, who);
            let (gone, stay): (Vec<&Piece>, Vec<&Piece>) =
                of_desk.iter().partition(|piece| texts.includes(piece));
            kept += stay.len() as u64;
            let gone: Vec<(i64, String)> = gone.into_iter().filter_map(desk_place).collect();
            if !gone.is_empty() {
                erased += gone.len() as u64;
                let assigned = assigned_tickets(txn.as_ref(), &agents, self)?;
                let why = (ErasureCause::Person, reason);
                txn.erase_desk_texts(&gone, why, &ctx.actor, ctx.now)?;
                for id in assigned {
                    let row = Summary::new(&replay(txn.history(id)?)?, &policies);
                    txn.replace_row(&row)?;
                }
            }
            erased += erase_without_ticket(txn.as_mut(), who)?;
            let scrub_pending = erased > 0 && {
                self.commit(txn)?;
                // Whatever kept the file from being scrubbed, the erasure is done, and the
                // next sweep says what it was if it is still in the way.
                !matches!(self.scrub(), Ok(Scrub::Done))
            };
            Ok(PersonErasure {
                tickets: done,
                erased,
                kept,
                cancelled,
                named_acts: found.named_acts,
                scrub_pending,
                dry_run: false,
                pieces: None,
            })
        })
    }
}

fn identify(txn: &dyn Transaction, typed: &Requester) -> Result<Identity, Error> {
    let mut directory = Directory::default();
    txn.each_person(&mut |person| {
        directory.add(&person);
        ControlFlow::Continue(())
    })?;
    let texts = txn.desk_texts()?;
    for text in introductions(&texts).filter(|text| text.path == "name") {
        let mut same = introductions(&texts).filter(|other| other.seq == text.seq);
        let display = same.find(|other| other.path == "display");
        directory.add_agent(&text.text, display.map(|display| display.text.as_str()));
    }
    let who = find_in(&directory, typed)?;
    // Contacts that were joined are one person.
    let register = PersonRegister::from_events(txn.person_events()?);
    let keys = who
        .contacts
        .iter()
        .map(|contact| PersonKey::contact(contact));
    let typed_key = PersonKey::of(typed);
    let joined: BTreeSet<PersonKey> = keys
        .chain(typed_key)
        .flat_map(|key| register.keys_of(&key))
        .collect();
    let others = joined.into_iter().filter_map(|key| {
        let other = match key {
            PersonKey::Contact(contact) => Requester {
                contact: Some(contact),
                ..Requester::default()
            },
            PersonKey::Name(name) => Requester {
                name: Some(name),
                ..Requester::default()
            },
        };
        // A name that others have too tells nothing about them.
        directory.find(&other).ok()
    });
    Ok(others.fold(who, Identity::and))
}

fn find_in(directory: &Directory, typed: &Requester) -> Result<Identity, Error> {
    directory.find(typed).map_err(|fault| {
        let (known, is_part) = match fault {
            NotOnePerson::Several(known) => (known, false),
            NotOnePerson::PartOf(known) => (known, true),
        };
        let typed = typed.written();
        Rejection::NotThePerson {
            typed,
            known,
            is_part,
        }
        .into()
    })
}

fn introductions(texts: &[DeskText]) -> impl Iterator<Item = &DeskText> {
    texts.iter().filter(|text| text.kind == INTRODUCTION)
}

/// The texts of the repeated alarms of a ticket.
fn alarm_texts(txn: &dyn Transaction, id: TicketId) -> Result<Vec<String>, StoreError> {
    let texts = txn.alarm_texts(id, None)?.into_iter();
    Ok(texts.map(|alarm| alarm.text).collect())
}

fn tickets_of<'a>(pieces: impl Iterator<Item = &'a Piece>) -> BTreeSet<TicketId> {
    let ticket = |piece: &Piece| match &piece.place {
        PiecePlace::Ticket { id, .. } => Some(*id),
        PiecePlace::Desk { .. } => None,
    };
    pieces.filter_map(ticket).collect()
}

fn desk_place(piece: &Piece) -> Option<(i64, String)> {
    match &piece.place {
        PiecePlace::Desk { seq, path } => Some((*seq, path.clone())),
        PiecePlace::Ticket { .. } => None,
    }
}

/// The hold that keeps the person, or a ticket with a piece about them.
fn hold_of<'a>(holds: &'a [Hold], who: &Identity, found: &[Piece]) -> Option<&'a Hold> {
    let in_force = Holds::in_force(holds);
    let own = found.iter().filter(|piece| piece.is_of_person());
    let mut tickets = tickets_of(own).into_iter();
    in_force
        .of_person(who)
        .or_else(|| tickets.find_map(|id| in_force.of_ticket(id)))
}

fn on_hold(hold: &Hold) -> Error {
    Rejection::OnHold {
        number: hold.number,
        reason: hold.reason.clone(),
    }
    .into()
}

/// The short names of the agent, as they were introduced.
fn agents_of(texts: &[DeskText], who: &Identity) -> Vec<Agent> {
    let names = introductions(texts).filter(|text| text.path == "name");
    let names = names.filter(|text| who.is_agent("name", &text.text));
    let names: BTreeSet<&str> = names.map(|text| text.text.as_str()).collect();
    names.into_iter().map(Agent::from_stored).collect()
}

/// Refuses to erase an agent whom the policy lists, or who has open tickets.
fn check_agents(
    txn: &dyn Transaction,
    policy: &Policy,
    agents: &[Agent],
    desk: &Desk<'_>,
) -> Result<(), Error> {
    for agent in agents {
        let listed = !policy.agents.is_empty() && policy.has_agent(agent);
        let open = txn.count(
            &Query {
                assignees: vec![agent.clone()],
                ..Query::open()
            },
            desk.now(),
        )?;
        if listed || open > 0 {
            let agent = agent.clone();
            return Err(Rejection::StillAgent { agent, open }.into());
        }
    }
    Ok(())
}

/// The tickets whose rows name the agent.
fn assigned_tickets(
    txn: &dyn Transaction,
    agents: &[Agent],
    desk: &Desk<'_>,
) -> Result<Vec<TicketId>, Error> {
    if agents.is_empty() {
        return Ok(Vec::new());
    }
    let query = Query {
        assignees: agents.to_vec(),
        sort: SortKey::Id,
        ..Query::all()
    };
    Ok(txn.matching(&query, desk.now())?)
}
