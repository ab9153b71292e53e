//! The use cases of moving house: a whole store written out, and taken in by
//! another one under the same numbers.

use std::ops::ControlFlow;

use super::Desk;
use super::policy_versions::put_in_force;
use super::ticket_commands::replay;
use crate::domain::Timestamp;
use crate::domain::event::Event;
use crate::domain::import_report::{ImportFinding, ImportReport, RowOutcome};
use crate::domain::policy::versions::{PolicyHistory, PolicyVersion};
use crate::domain::summary::Summary;
use crate::error::Error;
use crate::policy_file;
use crate::store::{AccessMode, ExportRecord, StoreError, Transaction, portable};

/// How many tickets are taken in by one transaction.
const AT_ONCE: usize = 500;

/// Lines with their numbers, from 1.
pub(crate) type Lines<'a> = dyn Iterator<Item = Result<String, Error>> + 'a;

impl Desk<'_> {
    /// Hands over everything that the store holds, a line each part.
    ///
    /// # Errors
    /// When there is no store, or what `take` returns.
    pub(crate) fn export(
        &self,
        take: &mut dyn FnMut(&str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let store = self.reader()?.ok_or_else(|| self.missing())?;
        let txn = store.begin(AccessMode::Read)?;
        let store = txn.store_id()?;
        take(&portable::write(&ExportRecord::Head { store }))?;
        for edition in txn.policy_versions()? {
            take(&portable::write(&ExportRecord::Policy(edition)))?;
        }
        let mut outcome = Ok(());
        txn.each_history(&mut |history| {
            outcome = take(&portable::write(&ExportRecord::Ticket(history)));
            match outcome {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        })?;
        outcome
    }

    /// Takes in what [`Self::export`] wrote. A ticket that is here already
    /// gets what it lacks.
    ///
    /// # Errors
    /// What is wrong with the lines as a whole, or the store's; under
    /// `strict` also the first refusal.
    pub(crate) fn take_in(
        &self,
        lines: &mut Lines<'_>,
        strict: bool,
    ) -> Result<ImportReport, Error> {
        let mut lines = lines.zip(1..);
        let source = match lines.next() {
            Some((line, _)) => head(&line?)?,
            None => return Err(no_export("it is empty")),
        };
        let mut intake = ImportReport {
            source,
            ..ImportReport::default()
        };
        loop {
            let mut txn = self.writer()?.begin(AccessMode::Write)?;
            let now = self.instant();
            let mut policies = self.policies_in(txn.as_ref())?;
            let mut taken = 0;
            for (line, number) in lines.by_ref() {
                let part = portable::read(&line?);
                let known = intake.policies;
                let refusal = match part {
                    Ok(part) => take(txn.as_mut(), part, now, &policies, &mut intake)?,
                    Err(reason) => {
                        intake.tickets.add(RowOutcome::Refused, 1);
                        intake.rows.add(RowOutcome::Refused, 1);
                        Some((None, reason))
                    }
                };
                if let Some((ticket, reason)) = refusal {
                    if strict {
                        return Err(strictly(number, &reason));
                    }
                    intake.findings.push(ImportFinding {
                        line: number,
                        number: ticket,
                        refused: true,
                        reason,
                        column: None,
                        value: None,
                    });
                }
                if intake.policies > known {
                    policies = self.policies_in(txn.as_ref())?;
                }
                taken += 1;
                if taken == AT_ONCE {
                    break;
                }
            }
            if taken == 0 {
                return Ok(intake);
            }
            txn.commit()?;
        }
    }
}

/// Reads the first line.
fn head(line: &str) -> Result<String, Error> {
    match portable::read(line) {
        Ok(ExportRecord::Head { store }) => Ok(store),
        Ok(ExportRecord::Policy(_) | ExportRecord::Ticket(_)) => {
            Err(no_export("its first line does not say so"))
        }
        Err(reason) => Err(no_export(&reason)),
    }
}

fn no_export(reason: &str) -> Error {
    Error::usage(
        format!("this is not an export of desk: {reason}"),
        "give a file written by desk export",
    )
}

pub(super) fn strictly(line: u64, reason: &str) -> Error {
    Error::usage(
        format!("line {line}: {reason}"),
        "without --strict it is reported and the rest is taken in",
    )
}

/// A ticket that is refused, and why.
type Refusal = (Option<String>, String);

fn take(
    txn: &mut dyn Transaction,
    part: ExportRecord,
    now: Timestamp,
    policies: &PolicyHistory,
    intake: &mut ImportReport,
) -> Result<Option<Refusal>, Error> {
    match part {
        ExportRecord::Head { .. } => Ok(None),
        ExportRecord::Policy(edition) => take_policy(txn, edition, now, intake),
        ExportRecord::Ticket(history) => {
            let id = history.first().map(|event| event.ticket.0.to_string());
            let (fate, reason) = match take_ticket(txn, history, now, policies)? {
                Ok((fate, events)) => {
                    intake.events += events;
                    (fate, None)
                }
                Err(reason) => (RowOutcome::Refused, Some((id, reason))),
            };
            intake.rows.add(fate, 1);
            intake.tickets.add(fate, 1);
            Ok(reason)
        }
    }
}

fn take_policy(
    txn: &mut dyn Transaction,
    edition: PolicyVersion,
    now: Timestamp,
    intake: &mut ImportReport,
) -> Result<Option<Refusal>, Error> {
    let known = txn.policy_versions()?;
    let version = edition.version;
    if let Some(known) = known.iter().find(|known| known.version == version) {
        let same = known.text == edition.text && known.files == edition.files;
        let other = format!("version {version} of the policy says something else here");
        return Ok((!same).then_some((None, other)));
    }
    if version != txn.policy_version()? + 1 {
        let gap = format!("version {version} of the policy does not follow the last one here");
        return Ok(Some((None, gap)));
    }
    if policy_file::parse_version(&edition).is_err() {
        let fault = format!("version {version} of the policy is not valid here");
        return Ok(Some((None, fault)));
    }
    let version = PolicyVersion {
        recorded: now,
        ..edition
    };
    put_in_force(txn, &version)?;
    intake.policies += 1;
    Ok(None)
}

/// Adds what is not there yet: what came of it and how many events, or why
/// nothing did.
///
/// # Errors
/// When the store has another ticket of that number: links and merges would
/// lead to the wrong ones.
fn take_ticket(
    txn: &mut dyn Transaction,
    mut history: Vec<Event>,
    now: Timestamp,
    policies: &PolicyHistory,
) -> Result<Result<(RowOutcome, u64), String>, Error> {
    let Some(id) = history.first().map(|event| event.ticket) else {
        return Ok(Err("it has no events".to_owned()));
    };
    let known = txn.history(id)?;
    if known.is_empty() {
        let next = txn.last_id()?.0 + 1;
        if id.0 != next {
            return Ok(Err(format!(
                "it is {id}, but the next ticket here is #{next}; a store is taken in by an empty one"
            )));
        }
    }
    let same = |(a, b): (&Event, &Event)| (a.at, &a.actor, &a.fact) == (b.at, &b.actor, &b.fact);
    if !known.iter().zip(&history).all(same) {
        return Err(Error::usage(
            format!("{id} is another ticket here"),
            "take it in by a store that has no tickets of its own: desk init --db PATH",
        ));
    }
    if known.len() >= history.len() {
        return Ok(Ok((RowOutcome::Unchanged, 0)));
    }
    for event in &mut history {
        event.recorded = now;
    }
    let Ok(ticket) = replay(&history) else {
        return Ok(Err("its history does not begin with an opening".to_owned()));
    };
    let added = history.split_off(known.len());
    let row = Summary::new(&ticket, policies);
    let fate = if known.is_empty() {
        if txn.next_id()? != id {
            return Err(StoreError::Conflict { id }.into());
        }
        RowOutcome::New
    } else {
        RowOutcome::Extended
    };
    let based_on = u32::try_from(known.len()).unwrap_or(u32::MAX);
    txn.save(based_on, &added, &row)?;
    Ok(Ok((fate, added.len() as u64)))
}
