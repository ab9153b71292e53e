//! Exporting a whole store, and importing it into another one with the same
//! ticket numbers.

pub(super) mod batch;

use std::collections::BTreeSet;

use super::Desk;
use super::alarms::own_alarms;
use super::attachments::{contents, take_chunk};
use super::person_data::take_person_event;
use super::policy_versions::put_in_force;
use super::ticket_commands::replay;
use crate::domain::Timestamp;
use crate::domain::alarms::Alarms;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::hooks::HookRules;
use crate::domain::import_report::{ImportFinding, ImportReport, RowOutcome};
use crate::domain::policy::versions::{PolicyHistory, PolicyVersion};
use crate::domain::privacy::erasure::{Erasure, erasures};
use crate::domain::privacy::person_event::{PersonEvent, PersonFactKind};
use crate::domain::privacy::pieces::ALARMS;
use crate::domain::summary::Summary;
use crate::domain::text::{self, visible_nul_in_json};
use crate::error::Error;
use crate::policy_file;
use crate::store::{ExportRecord, StoreError, Transaction, portable, redact};

/// The lines of an export.
pub(crate) type Lines<'a> = dyn Iterator<Item = Result<String, Error>> + 'a;

impl Desk<'_> {
    /// Passes the content of the store to `take`, line by line, as it was at the
    /// beginning. Reads page by page, and no transaction is open meanwhile.
    ///
    /// # Errors
    /// If there is no store, or what `take` returns.
    pub(crate) fn export(
        &self,
        take: &mut dyn FnMut(&str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let begin = || -> Result<_, Error> { Ok(self.read()?.ok_or_else(|| self.missing())?) };
        let (store, keys, policy_versions, people, last_link) = {
            let txn = begin()?;
            let (store, keys) = (txn.store_id()?, txn.export_keys()?);
            let people = self.exported_people(txn.as_ref())?;
            (
                store,
                keys,
                txn.policy_versions()?,
                people,
                txn.last_link()?,
            )
        };
        // Whoever keeps the export must not have what a server may still lose.
        self.reader()?.ok_or_else(|| self.missing())?.flush()?;
        take(&portable::write(&ExportRecord::Head { store, keys }))?;
        for policy_version in policy_versions {
            take(&portable::write(&ExportRecord::Policy(policy_version)))?;
        }
        for event in people {
            take(&portable::write(&ExportRecord::Person(event)))?;
        }
        let mut first = Some(TicketId(i64::MIN));
        let mut known = BTreeSet::new();
        while let Some(ticket) = first {
            let (records, next) = {
                let txn = begin()?;
                let page = txn.histories(ticket, last_link)?;
                let record = |history: Vec<Event>| {
                    let alarms = match key_and_id(&history) {
                        Some((_, id)) => own_alarms(txn.as_ref(), id)?,
                        None => None,
                    };
                    Ok(ExportRecord::Ticket { history, alarms })
                };
                let records = page.histories.into_iter().map(record);
                (records.collect::<Result<Vec<_>, Error>>()?, page.next)
            };
            for record in records {
                take(&portable::write(&record))?;
                let ExportRecord::Ticket { history, .. } = &record else {
                    continue;
                };
                let mut new = contents(history);
                new.retain(|digest| known.insert(*digest));
                self.export_contents(&new, &mut |record| take(&portable::write(&record)))?;
            }
            first = next;
        }
        Ok(())
    }

    /// The events about people, without those of people whose data are covered.
    fn exported_people(&self, txn: &dyn Transaction) -> Result<Vec<PersonEvent>, Error> {
        let limited = self.view(txn)?.limits_anybody();
        let mut events = Vec::new();
        for kind in PersonFactKind::ALL {
            // What nobody is named in cannot be told apart from what is covered.
            if !limited {
                events.extend(txn.person_events_of(kind)?);
            }
        }
        Ok(events)
    }

    /// Returns how many tickets an export leaves out, as they are restricted to
    /// others, and whether it covers the data of anybody.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn left_out(&self) -> Result<(u64, bool), Error> {
        let Some(txn) = self.read()? else {
            return Ok((0, false));
        };
        let view = self.view(txn.as_ref())?;
        Ok((view.hidden().len() as u64, view.limits_anybody()))
    }

    /// Imports the lines of [`Self::export`]. An existing ticket gets the events
    /// that it lacks.
    ///
    /// # Errors
    /// A fault of the lines as a whole, or an error of the store; with `strict`
    /// also the first refusal.
    pub(crate) fn import_store(
        &self,
        lines: &mut Lines<'_>,
        strict: bool,
    ) -> Result<ImportReport, Error> {
        let mut lines = lines.zip(1..);
        let (source, mut keys) = match lines.next() {
            Some((line, _)) => batch::head(&line?)?,
            None => return Err(batch::not_an_export("it is empty")),
        };
        let mut report = ImportReport {
            source,
            ..ImportReport::default()
        };
        loop {
            // Read before the transaction, because a pipe may be slow.
            let some = batch::next_lines(&mut lines)?;
            if some.is_empty() {
                return Ok(report);
            }
            let part = self.write(self.writer()?, |txn, _| {
                self.import_lines(txn, &keys, &some, strict)
            })?;
            report.add(part);
            keys.clear();
        }
    }

    /// Imports some lines in one transaction.
    fn import_lines(
        &self,
        mut txn: Box<dyn Transaction + '_>,
        keys: &[String],
        lines: &[(String, u64)],
        strict: bool,
    ) -> Result<ImportReport, Error> {
        let mut report = ImportReport::default();
        let now = self.instant();
        // What was imported is no news.
        txn.set_hooks(HookRules::default());
        for key in keys {
            txn.add_export_key(key, now)?;
        }
        let mut policies = self.policies_in(txn.as_ref())?;
        for (line, number) in lines {
            let part = portable::read(&visible_nul_in_json(line));
            let known = report.policies;
            let refusal = match part {
                Ok(part) => take(txn.as_mut(), part, now, &policies, &mut report)?,
                Err(reason) => {
                    report.tickets.add(RowOutcome::Refused, 1);
                    report.rows.add(RowOutcome::Refused, 1);
                    Some((None, reason))
                }
            };
            if let Some((ticket, reason)) = refusal {
                if strict {
                    return Err(batch::strict_error(*number, &reason));
                }
                let finding = ImportFinding::refused(*number, ticket, reason);
                report.findings.push(finding);
            }
            if report.policies > known {
                policies = self.policies_in(txn.as_ref())?;
            }
        }
        self.commit(txn)?;
        Ok(report)
    }
}

/// A refused ticket, and the reason.
pub(super) type Refusal = (Option<String>, String);

fn take(
    txn: &mut dyn Transaction,
    part: ExportRecord,
    now: Timestamp,
    policies: &PolicyHistory,
    report: &mut ImportReport,
) -> Result<Option<Refusal>, Error> {
    match part {
        ExportRecord::Head { .. } => Ok(None),
        ExportRecord::Policy(policy_version) => take_policy(txn, policy_version, now, report),
        ExportRecord::Person(event) => take_person_event(txn, &event, now, report),
        ExportRecord::Content { digest, n, bytes } => {
            take_chunk(txn, &digest, n, &bytes)?;
            Ok(None)
        }
        ExportRecord::Ticket { history, alarms } => {
            let id = history.first().map(|event| event.ticket.0.to_string());
            let (outcome, reason) = match take_ticket(txn, history, alarms, now, policies)? {
                Ok((outcome, events)) => {
                    report.events += events;
                    (outcome, None)
                }
                Err(reason) => (RowOutcome::Refused, Some((id, reason))),
            };
            report.rows.add(outcome, 1);
            report.tickets.add(outcome, 1);
            Ok(reason)
        }
    }
}

fn take_policy(
    txn: &mut dyn Transaction,
    policy_version: PolicyVersion,
    now: Timestamp,
    report: &mut ImportReport,
) -> Result<Option<Refusal>, Error> {
    let known = txn.policy_versions()?;
    let version = policy_version.version;
    if let Some(known) = known.iter().find(|known| known.version == version) {
        let same = known.text == policy_version.text && known.files == policy_version.files;
        let other = format!("version {version} of the policy is different here");
        return Ok((!same).then_some((None, other)));
    }
    if version != txn.policy_version()? + 1 {
        let gap = format!("version {version} of the policy does not follow the last one here");
        return Ok(Some((None, gap)));
    }
    if policy_file::parse_version(&policy_version).is_err() {
        let fault = format!("version {version} of the policy is not valid");
        return Ok(Some((None, fault)));
    }
    let version = PolicyVersion {
        recorded: now,
        personal: policy_file::personal_parts(&policy_version.text),
        ..policy_version
    };
    put_in_force(txn, &version)?;
    report.policies += 1;
    Ok(None)
}

/// Adds the missing events of a ticket. Returns the outcome and the number of
/// events, or why the ticket is refused.
///
/// # Errors
/// If the store has a different ticket of that number, because links and
/// merges would point to the wrong tickets.
fn take_ticket(
    txn: &mut dyn Transaction,
    mut history: Vec<Event>,
    alarms: Option<Alarms>,
    now: Timestamp,
    policies: &PolicyHistory,
) -> Result<Result<(RowOutcome, u64), String>, Error> {
    let Some(id) = history.first().map(|event| event.ticket) else {
        return Ok(Err("it has no events".to_owned()));
    };
    let known = match txn.history(id) {
        Err(StoreError::Restricted(refusal)) => return Ok(Err(refusal.to_string())),
        known => known?,
    };
    let key = key_and_id(&history).map(|(key, _)| key);
    if known.is_empty() {
        if let Some(Err(fault)) = key.map(text::key) {
            return Ok(Err(fault.to_string()));
        }
        let next = txn.last_id()?.0 + 1;
        if id.0 != next {
            return Ok(Err(format!(
                "it is {id}, but the next ticket here is #{next}; import a whole store into an empty one"
            )));
        }
    }
    // An export of an earlier version has no accounts, and either side may have
    // erased texts that the other one still has.
    let same = |(a, b): (&Event, &Event)| redact::same_but_erased(a, b);
    if !known.iter().zip(&history).all(same) {
        return Err(Error::usage(
            format!("{id} is a different ticket here"),
            "import it into a store without tickets of its own: desk init --db PATH",
        ));
    }
    let alarms = alarms.filter(|_| key.is_some());
    let alarms = without_erased(alarms, known.iter().chain(&history));
    if known.len() >= history.len() {
        let outcome = if take_alarms(txn, id, alarms)? {
            RowOutcome::Extended
        } else {
            RowOutcome::Unchanged
        };
        return Ok(Ok((outcome, 0)));
    }
    let mut added = history.split_off(known.len());
    for event in &mut added {
        event.recorded = now;
    }
    // What was erased here stays erased, and what was erased there goes here too.
    let mut whole = known.clone();
    whole.extend(added.iter().cloned());
    for erasure in erasures(&added) {
        redact::erase_in_history(&mut whole, erasure)?;
    }
    let Ok(ticket) = replay(whole) else {
        return Ok(Err("its history does not begin with an opening".to_owned()));
    };
    let row = Summary::new(&ticket, policies);
    let outcome = if known.is_empty() {
        if txn.next_id()? != id {
            return Err(StoreError::Conflict { id }.into());
        }
        RowOutcome::New
    } else {
        RowOutcome::Extended
    };
    let based_on = u32::try_from(known.len()).unwrap_or(u32::MAX);
    txn.save(based_on, &added, &row)?;
    take_alarms(txn, id, alarms)?;
    Ok(Ok((outcome, added.len() as u64)))
}

/// The key that a ticket was opened under, and its number.
fn key_and_id(history: &[Event]) -> Option<(&str, TicketId)> {
    let first = history.first()?;
    if let Fact::Opened(submission) = &first.fact {
        Some((submission.key.as_deref()?, first.ticket))
    } else {
        None
    }
}

/// Alarms without their texts, if these were erased.
fn without_erased<'a>(
    alarms: Option<Alarms>,
    mut history: impl Iterator<Item = &'a Event>,
) -> Option<Alarms> {
    let erased = history.any(|event| {
        let lists = |erasure: &Erasure| {
            let beside = erasure.fields.get(&0);
            beside.is_some_and(|paths| paths.iter().any(|path| path == ALARMS))
        };
        erasures(std::slice::from_ref(event)).any(lists)
    });
    match alarms {
        Some(alarms) if erased => Some(Alarms::new(alarms.total, Vec::new())),
        alarms => alarms,
    }
}

/// Adds the alarms of a ticket that were not counted here, and returns whether
/// there were any.
fn take_alarms(
    txn: &mut dyn Transaction,
    id: TicketId,
    alarms: Option<Alarms>,
) -> Result<bool, Error> {
    let Some(Alarms {
        mut total,
        mut texts,
    }) = alarms
    else {
        return Ok(false);
    };
    let known = own_alarms(txn, id)?;
    if let Some(known) = &known {
        total = total.at_least(known.total);
        for known in &known.texts {
            match texts.iter_mut().find(|text| text.text == known.text) {
                Some(text) => text.times = text.times.at_least(known.times),
                None => texts.push(known.clone()),
            }
        }
    }
    let all = Alarms::new(total, texts);
    let changed = known.as_ref() != Some(&all);
    if changed {
        txn.put_alarms(id, all.total, &all.texts)?;
    }
    Ok(changed)
}
