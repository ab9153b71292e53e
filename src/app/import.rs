//! The use case of taking in the log of another system: rows become tickets
//! and events, each row once, however often and in whatever parts it comes.

use std::collections::BTreeMap;

use super::Desk;
use super::export_import::strictly;
use super::ticket_commands::load;
use crate::domain::decide::{self, Ctx};
use crate::domain::event::TicketId;
use crate::domain::external_record::{ExternalReference, ImportOptions, ImportRow};
use crate::domain::import_report::{ImportFinding, ImportReport, RowOutcome};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::error::Error;
use crate::store::{AccessMode, StoreError, Transaction};

/// How many tickets are taken in by one transaction.
const AT_ONCE: usize = 500;

/// Rows one by one, or why one is none.
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
    /// Takes in rows. Some tickets at a time are on disk, and what is there
    /// already is not taken in again, so that an import that was cut off is
    /// simply done once more. Under `strict` all or nothing is taken in.
    ///
    /// # Errors
    /// What the rows end with, the store's, and under `strict` the first
    /// finding.
    pub(crate) fn import(
        &self,
        rows: &mut Rows<'_>,
        terms: &ImportOptions,
        strict: bool,
    ) -> Result<ImportReport, Error> {
        let mut intake = ImportReport {
            source: terms.source.clone(),
            ..ImportReport::default()
        };
        let mut fates: BTreeMap<String, RowOutcome> = BTreeMap::new();
        let mut batch = Batch::default();
        let most = if strict { usize::MAX } else { AT_ONCE };
        for row in rows {
            match row? {
                Ok(row) => {
                    if batch.order.len() >= most && !batch.has(&row.number) {
                        self.flush(&mut batch, terms, strict, &mut intake, &mut fates)?;
                    }
                    batch.add(row);
                }
                Err(finding) => {
                    if strict {
                        return Err(strictly(finding.line, &finding.reason));
                    }
                    if let Some(number) = &finding.number {
                        fates.entry(number.clone()).or_insert(RowOutcome::Refused);
                    }
                    intake.rows.add(RowOutcome::Refused, 1);
                    intake.findings.push(finding);
                }
            }
        }
        self.flush(&mut batch, terms, strict, &mut intake, &mut fates)?;
        for fate in fates.values() {
            intake.tickets.add(*fate, 1);
        }
        intake.findings.sort_by_key(|finding| finding.line);
        Ok(intake)
    }

    fn flush(
        &self,
        batch: &mut Batch,
        terms: &ImportOptions,
        strict: bool,
        intake: &mut ImportReport,
        fates: &mut BTreeMap<String, RowOutcome>,
    ) -> Result<(), Error> {
        let Batch { order, mut rows } = std::mem::take(batch);
        if order.is_empty() {
            return Ok(());
        }
        let mut txn = self.writer()?.begin(AccessMode::Write)?;
        let policies = self.policies_in(txn.as_ref())?;
        let ctx = self.ctx(&policies)?;
        let known_findings = intake.findings.len();
        for number in order {
            let rows = rows.remove(&number).unwrap_or_default();
            let fate = take(
                txn.as_mut(),
                &number,
                rows,
                terms,
                &ctx,
                &policies,
                intake,
                fates,
            )?;
            let before = fates.get(&number).copied();
            fates.insert(number, before.map_or(fate, |before| stronger(before, fate)));
        }
        if let Some(finding) = intake.findings.get(known_findings).filter(|_| strict) {
            return Err(strictly(finding.line, &finding.reason));
        }
        Ok(txn.commit()?)
    }

    /// The tickets that had this number in another system; `zammad:10045` says
    /// in which.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn by_number(&self, number: &str) -> Result<Vec<TicketId>, Error> {
        let Some(store) = self.reader()? else {
            return Ok(Vec::new());
        };
        let txn = store.begin(AccessMode::Read)?;
        let found = txn.by_number(number)?;
        match number.split_once(':') {
            Some((source, number)) if found.is_empty() => {
                let (source, number) = (source.to_owned(), number.to_owned());
                let one = txn.by_origin(&ExternalReference { source, number })?;
                Ok(one.into_iter().collect())
            }
            Some(_) | None => Ok(found),
        }
    }
}

/// What counts of two things that became of the same ticket.
fn stronger(one: RowOutcome, other: RowOutcome) -> RowOutcome {
    let rank = |fate| match fate {
        RowOutcome::New => 3,
        RowOutcome::Extended => 2,
        RowOutcome::Unchanged => 1,
        RowOutcome::Refused => 0,
    };
    if rank(other) > rank(one) { other } else { one }
}

/// Takes in the rows of a ticket that are not there yet.
#[expect(
    clippy::too_many_arguments,
    reason = "the circumstances of one transaction"
)]
fn take(
    txn: &mut dyn Transaction,
    number: &str,
    rows: Vec<ImportRow>,
    terms: &ImportOptions,
    ctx: &Ctx<'_>,
    policies: &PolicyHistory,
    intake: &mut ImportReport,
    fates: &BTreeMap<String, RowOutcome>,
) -> Result<RowOutcome, Error> {
    let origin = ExternalReference {
        source: terms.source.clone(),
        number: number.to_owned(),
    };
    let known = match txn.by_origin(&origin)? {
        Some(id) => Some(load(txn, id)?),
        None => None,
    };
    let read = rows.len() as u64;
    let (new, refused) = match &known {
        Some(ticket) => unknown(ticket, rows),
        None => (rows, Vec::new()),
    };
    let (added, rejected) = (new.len() as u64, refused.len() as u64);
    intake
        .rows
        .add(RowOutcome::Unchanged, read - added - rejected);
    intake.rows.add(RowOutcome::Refused, rejected);
    intake.findings.extend(refused);
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
    let (events, findings) = decide::import_rows(known.as_ref(), id, new, terms, ctx);
    intake.findings.extend(findings);
    intake.events += events.len() as u64;
    let (based_on, ticket) = match known {
        Some(mut ticket) => {
            let based_on = ticket.n;
            events.iter().for_each(|event| ticket.apply(event));
            (based_on, Some(ticket))
        }
        None => (0, Ticket::replay(&events)),
    };
    let ticket = ticket.ok_or_else(|| StoreError::Failed {
        detail: format!("{number} has no opening"),
    })?;
    txn.save(based_on, &events, &Summary::new(&ticket, policies))?;
    let made = based_on == 0 || fates.get(number) == Some(&RowOutcome::New);
    let fate = if made {
        RowOutcome::New
    } else {
        RowOutcome::Extended
    };
    intake.rows.add(fate, added);
    Ok(fate)
}

/// The rows that a ticket does not know, and those that came too late.
fn unknown(ticket: &Ticket, rows: Vec<ImportRow>) -> (Vec<ImportRow>, Vec<ImportFinding>) {
    let Some(origin) = &ticket.origin else {
        return (rows, Vec::new());
    };
    let mut known: BTreeMap<&str, u32> = BTreeMap::new();
    for digest in &origin.row_digests {
        *known.entry(digest).or_default() += 1;
    }
    let mut new = Vec::new();
    let mut late = Vec::new();
    for row in rows {
        match known.get_mut(row.digest.as_str()) {
            Some(count) if *count > 0 => *count -= 1,
            Some(_) | None if row.at.is_some_and(|at| at < origin.last_row_at) => {
                late.push(ImportFinding {
                    line: row.line,
                    number: Some(row.number.clone()),
                    refused: true,
                    reason: "it is older than what was imported of its ticket".to_owned(),
                    column: None,
                    value: None,
                });
            }
            Some(_) | None => new.push(row),
        }
    }
    (new, late)
}
