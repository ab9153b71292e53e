//! Importing the log of another system. Rows become tickets and events, each row
//! once, no matter how often or in which parts it is imported.

use std::collections::BTreeMap;

use super::Desk;
use super::export_import::batch::strict_error;
use super::ticket_commands::replay;
use crate::domain::Timestamp;
use crate::domain::decide::{self, Ctx};
use crate::domain::event::{Event, ROWS, TicketId};
use crate::domain::external_record::{ExternalReference, ImportOptions, ImportRow};
use crate::domain::hooks::HookRules;
use crate::domain::import_report::{ImportFinding, ImportReport, RowOutcome};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::privacy::erasure::erasures;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::error::Error;
use crate::store::{StoreError, Transaction};

/// The number of tickets that are imported in one transaction.
const AT_ONCE: usize = 500;

/// Rows, or why one is refused.
pub(crate) type Rows<'a> =
    dyn Iterator<Item = Result<Result<ImportRow, ImportFinding>, Error>> + 'a;

/// The rows of some tickets, in the order in which the tickets came.
#[derive(Default)]
struct Batch {
    order: Vec<String>,
    rows: BTreeMap<String, Vec<ImportRow>>,
}

impl Batch {
    fn has(&self, number: &str) -> bool {
        self.rows.contains_key(number)
    }

    fn add(&mut self, row: ImportRow) {
        if !self.has(&row.number) {
            self.order.push(row.number.clone());
        }
        self.rows.entry(row.number.clone()).or_default().push(row);
    }
}

impl Desk<'_> {
    /// Imports rows. Tickets are committed in batches, and rows that were imported
    /// before are skipped, so that an interrupted import can simply be run again.
    /// With `strict` either all rows are imported or none.
    ///
    /// # Errors
    /// A fault of the input, the store's, and with `strict` the first finding.
    pub(crate) fn import(
        &self,
        rows: &mut Rows<'_>,
        options: &ImportOptions,
        strict: bool,
    ) -> Result<ImportReport, Error> {
        let mut report = ImportReport {
            source: options.source.clone(),
            ..ImportReport::default()
        };
        let mut outcomes: BTreeMap<String, RowOutcome> = BTreeMap::new();
        // All events of a run are recorded at one time, by which it can be undone.
        let started = self.instant();
        let mut batch = Batch::default();
        let most = if strict { usize::MAX } else { AT_ONCE };
        for row in rows {
            match row? {
                Ok(row) => {
                    if batch.order.len() >= most && !batch.has(&row.number) {
                        self.flush(
                            &mut batch,
                            options,
                            started,
                            strict,
                            &mut report,
                            &mut outcomes,
                        )?;
                    }
                    batch.add(row);
                }
                Err(finding) => {
                    if strict {
                        return Err(strict_error(finding.line, &finding.described()));
                    }
                    if let Some(number) = &finding.number {
                        outcomes
                            .entry(number.clone())
                            .or_insert(RowOutcome::Refused);
                    }
                    report.rows.add(RowOutcome::Refused, 1);
                    report.findings.push(finding);
                }
            }
        }
        self.flush(
            &mut batch,
            options,
            started,
            strict,
            &mut report,
            &mut outcomes,
        )?;
        for outcome in outcomes.values() {
            report.tickets.add(*outcome, 1);
        }
        report.findings.sort_by_key(|finding| finding.line);
        Ok(report)
    }

    fn flush(
        &self,
        batch: &mut Batch,
        options: &ImportOptions,
        started: Timestamp,
        strict: bool,
        report: &mut ImportReport,
        outcomes: &mut BTreeMap<String, RowOutcome>,
    ) -> Result<(), Error> {
        let Batch { order, rows } = std::mem::take(batch);
        if order.is_empty() {
            return Ok(());
        }
        let (part, done) = self.write(self.writer()?, |mut txn, _| {
            // What was imported is no news.
            txn.set_hooks(HookRules::default());
            let policies = self.policies_in(txn.as_ref())?;
            let ctx = Ctx {
                now: started,
                ..self.ctx(&policies)?
            };
            let mut part = ImportReport::default();
            let mut done = Vec::with_capacity(order.len());
            for number in &order {
                let outcome = take(
                    txn.as_mut(),
                    number,
                    rows[number].clone(),
                    options,
                    &ctx,
                    &policies,
                    &mut part,
                    outcomes,
                )?;
                done.push(outcome);
            }
            if let Some(finding) = part.findings.first().filter(|_| strict) {
                return Err(strict_error(finding.line, &finding.described()));
            }
            self.commit(txn)?;
            Ok((part, done))
        })?;
        report.add(part);
        for (number, outcome) in order.into_iter().zip(done) {
            let counted = outcomes.entry(number).or_insert(outcome);
            *counted = outcome.min(*counted);
        }
        Ok(())
    }

    /// Returns the tickets with this number in another system, and which system
    /// that is; `zammad:10045` also names the system.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn tickets_by_external_number(
        &self,
        typed: &str,
    ) -> Result<Vec<(TicketId, ExternalReference)>, Error> {
        let Some(txn) = self.read()? else {
            return Ok(Vec::new());
        };
        let mut found = txn.by_number(typed)?;
        // Either part can have a colon of its own.
        for (at, _) in typed.match_indices(':') {
            let origin = ExternalReference {
                source: typed[..at].to_owned(),
                number: typed[at + 1..].to_owned(),
            };
            found.extend(txn.by_origin(&origin)?);
        }
        let mut named = Vec::new();
        for id in found {
            let row = txn.summary(id)?;
            named.extend(row.and_then(|row| row.origin).map(|origin| (id, origin)));
        }
        Ok(named)
    }
}

/// Imports the new rows of a ticket.
#[expect(
    clippy::too_many_arguments,
    reason = "the circumstances of one transaction"
)]
fn take(
    txn: &mut dyn Transaction,
    number: &str,
    rows: Vec<ImportRow>,
    options: &ImportOptions,
    ctx: &Ctx<'_>,
    policies: &PolicyHistory,
    report: &mut ImportReport,
    outcomes: &BTreeMap<String, RowOutcome>,
) -> Result<RowOutcome, Error> {
    let origin = ExternalReference {
        source: options.source.clone(),
        number: number.to_owned(),
    };
    let history = match txn.by_origin(&origin)?.map(|id| txn.history(id)) {
        Some(Err(StoreError::Restricted(refusal))) => {
            report.rows.add(RowOutcome::Refused, rows.len() as u64);
            report.findings.extend(rows.into_iter().map(|row| {
                ImportFinding::refused(row.line, Some(row.number), refusal.to_string())
            }));
            return Ok(RowOutcome::Refused);
        }
        Some(history) => history?,
        None => Vec::new(),
    };
    let known = (!history.is_empty()).then(|| replay(history.clone()));
    let known = known.transpose()?;
    let read = rows.len() as u64;
    let (new, refused) = unknown(txn, known.as_ref(), &history, rows, ctx.now)?;
    let (added, rejected) = (new.len() as u64, refused.len() as u64);
    report
        .rows
        .add(RowOutcome::Unchanged, read - added - rejected);
    report.rows.add(RowOutcome::Refused, rejected);
    report.findings.extend(refused);
    if new.is_empty() {
        return Ok(if rejected == read {
            RowOutcome::Refused
        } else {
            RowOutcome::Unchanged
        });
    }
    let id = match &known {
        Some(ticket) => ticket.id,
        None => txn.next_id()?,
    };
    let based_on = known.as_ref().map_or(0, |ticket| ticket.n);
    let imported = decide::import_rows(
        known.as_ref().map(|ticket| (ticket, history.as_slice())),
        id,
        new,
        options,
        ctx,
    );
    let (ticket, events, findings) = imported.expect("there are rows");
    report.findings.extend(findings);
    report.events += events.len() as u64;
    txn.save(based_on, &events, &Summary::new(&ticket, policies))?;
    let is_new = based_on == 0 || outcomes.get(number) == Some(&RowOutcome::New);
    let outcome = if is_new {
        RowOutcome::New
    } else {
        RowOutcome::Extended
    };
    report.rows.add(outcome, added);
    Ok(outcome)
}

/// Separates the new rows of a ticket, identified as the store does it, from
/// those that are too old.
fn unknown(
    txn: &mut dyn Transaction,
    ticket: Option<&Ticket>,
    history: &[Event],
    rows: Vec<ImportRow>,
    now: Timestamp,
) -> Result<(Vec<ImportRow>, Vec<ImportFinding>), Error> {
    let origin = ticket.and_then(|ticket| ticket.origin.as_ref());
    let mut known: BTreeMap<&str, u32> = BTreeMap::new();
    for digest in origin.iter().flat_map(|origin| &origin.row_digests) {
        *known.entry(digest).or_default() += 1;
    }
    let last_row_at = origin.map(|origin| origin.last_row_at);
    // Which rows were imported is not known any more: an old one must not bring
    // back a person who was erased.
    let mut erased = erasures(history).flat_map(|erasure| erasure.fields.values().flatten());
    let erased = erased.any(|path| path == ROWS);
    let mut new = Vec::with_capacity(rows.len());
    let mut late = Vec::new();
    for mut row in rows {
        let mut fingerprints = txn.row_fingerprints(&row.digest, now)?;
        let imported = fingerprints
            .iter()
            .find(|one| known.get(one.as_str()).is_some_and(|count| *count > 0));
        if let Some(count) = imported.and_then(|one| known.get_mut(one.as_str())) {
            *count -= 1;
        } else if erased && row.at.is_none_or(|at| Some(at) <= last_row_at) {
            let reason = "row is of a ticket whose requester was erased".to_owned();
            late.push(ImportFinding::refused(row.line, Some(row.number), reason));
        } else if row.at.is_some_and(|at| Some(at) < last_row_at) {
            let reason = "row is older than the imported rows of its ticket".to_owned();
            late.push(ImportFinding::refused(row.line, Some(row.number), reason));
        } else {
            row.digest = fingerprints.swap_remove(0);
            new.push(row);
        }
    }
    Ok((new, late))
}
