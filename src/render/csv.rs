//! Views as CSV: a line of headings, then plain fields, line feeds at the
//! ends. No cell can act as a formula, and none hides what it holds.

use std::io::{self, Write};

use super::column::Column;
use super::json::calendar;
use super::json::report::{self, Setting, StoreOperation, Verified};
use super::json::ticket::{Clock, Ticket};
use super::json::value::At;
use super::{Calendars, Listing, RenderOptions, Rows, View, matter, probe, remark, untrusted};
use crate::domain::Timestamp;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::ClockName;
use crate::error::Error;

/// What is written of a clock.
const CLOCK: [&str; 9] = [
    "state",
    "shows",
    "target_s",
    "due",
    "used_s",
    "left_s",
    "stopped_at",
    "paused_s",
    "reclassified",
];

/// Writes a view as CSV.
pub(super) fn view(
    view: View<'_>,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    match view {
        View::Tickets(listing) | View::Sla(listing, _) => return tickets(listing, look, out, err),
        View::Matter(matter) => return matter::emit(matter, look, out, err),
        View::Alike(done, _) => return self::view(View::TicketUpdate(vec![*done]), look, out, err),
        View::Raw(bytes) => return Ok(out.write_all(&bytes)?),
        // A monitoring system reads its line and nothing else.
        View::MonitoringCheck(probe) => return Ok(out.write_all(probe::line(&probe).as_bytes())?),
        View::TicketUpdate(_)
        | View::Pages(_)
        | View::Briefs(_)
        | View::Hypotheses(_)
        | View::Calendars(_)
        | View::Settings(_)
        | View::Verified(_)
        | View::StoreOperation(_) => {}
    }
    let mut sheet = Sheet::new(out);
    match view {
        View::TicketUpdate(all) => {
            let mut heads = vec!["id", "changed", "opened", "did"];
            let columns = all_but_id();
            let names: Vec<String> = columns.iter().flat_map(|c| names(*c)).collect();
            heads.extend(names.iter().map(String::as_str));
            sheet.row(heads)?;
            for done in &all {
                let ticket = Ticket::of(&done.after, look.now, look.policy);
                let mut cells = vec![
                    ticket.id.to_string(),
                    (!done.events.is_empty()).to_string(),
                    report::is_opening(done).to_string(),
                    report::did(done).join(" "),
                ];
                cells.extend(columns.iter().flat_map(|c| cells_of(*c, &ticket)));
                sheet.row(cells)?;
            }
        }
        View::Pages(pages) | View::Briefs(pages) => {
            sheet.row(Column::ALL.iter().flat_map(|c| names(*c)))?;
            for page in &pages {
                let ticket = Ticket::of(&page.summary, look.now, look.policy);
                sheet.row(Column::ALL.iter().flat_map(|c| cells_of(*c, &ticket)))?;
            }
        }
        View::Hypotheses(page) => {
            sheet.row(["number", "text", "by", "verdict", "evidence"])?;
            for h in &page.ticket.hypotheses {
                let verdict = h.verdict.as_str().to_owned();
                let evidence = safe(h.verdict.evidence().unwrap_or_default());
                let number = h.number.to_string();
                let (text, by) = (safe(&h.text), safe(h.by.as_str()));
                sheet.row([number, text, by, verdict, evidence])?;
            }
        }
        View::Calendars(said) => calendars(&said, &mut sheet)?,
        View::Settings(settings) => {
            sheet.row(["name", "value", "source"])?;
            for Setting {
                name,
                value,
                source,
            } in settings.iter().map(Setting::of)
            {
                sheet.row([name, safe(value.unwrap_or_default()), source])?;
            }
        }
        View::Verified(verified) => {
            let v = Verified::of(&verified);
            sheet.row(["path", "ok", "events", "tickets", "head", "faults", "notes"])?;
            sheet.row([
                safe(&v.path),
                v.ok.to_string(),
                v.events.to_string(),
                v.tickets.to_string(),
                safe(v.head),
                safe(&v.faults.join("\n")),
                safe(&v.notes.join("\n")),
            ])?;
        }
        View::StoreOperation(kept) => {
            let StoreOperation { done, path, aside } = StoreOperation::of(&kept);
            sheet.row(["done", "path", "aside"])?;
            sheet.row([done, safe(&path), safe(&aside.unwrap_or_default())])?;
        }
        View::Alike(..)
        | View::Tickets(_)
        | View::Sla(..)
        | View::Matter(_)
        | View::MonitoringCheck(_)
        | View::Raw(_) => {}
    }
    sheet.end()
}

/// Writes rows, under headings where there are any.
pub(super) fn rows(
    heads: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let mut sheet = Sheet::new(out);
    if !heads.is_empty() {
        sheet.row(heads)?;
    }
    for row in rows {
        sheet.row(row.iter().map(|cell| safe(cell)))?;
    }
    sheet.end()
}

fn calendars(said: &Calendars, sheet: &mut Sheet<'_>) -> Result<(), Error> {
    let moment = |at: Option<Timestamp>| at.map(|at| At(at).text()).unwrap_or_default();
    match said {
        Calendars::All(all) => {
            sheet.row(["name", "timezone", "open", "next_open", "next_close"])?;
            for one in all {
                sheet.row([
                    safe(&one.name),
                    one.zone.clone().unwrap_or_default(),
                    one.open.to_string(),
                    moment(one.next_open),
                    moment(one.next_close),
                ])?;
            }
        }
        Calendars::One(week) => {
            sheet.row(["what", "date", "told"])?;
            for [what, date, told] in calendar::rows(week) {
                sheet.row([what, date, safe(&told)])?;
            }
        }
        Calendars::Due(due) => {
            sheet.row(["due"])?;
            sheet.row([moment(Some(*due))])?;
        }
        Calendars::Elapsed(span) => {
            sheet.row(["elapsed_s"])?;
            sheet.row([span.num_seconds().to_string()])?;
        }
        Calendars::Open(open) => {
            sheet.row(["open"])?;
            sheet.row([open.to_string()])?;
        }
        Calendars::NextOpen(at) => {
            sheet.row(["next_open"])?;
            sheet.row([moment(*at)])?;
        }
    }
    Ok(())
}

fn tickets(
    listing: Listing<'_>,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    let columns = listing.columns.unwrap_or_else(|| Column::ALL.to_vec());
    let mut sheet = Sheet::new(out);
    if let Rows::Counted(count) = listing.rows {
        if listing.header {
            sheet.row(["count"])?;
        }
        sheet.row([count.to_string()])?;
        return sheet.end();
    }
    let mut count: u64 = 0;
    let mut take = |row: &Summary| {
        if count == 0 && listing.header {
            sheet.row(columns.iter().flat_map(|c| names(*c)))?;
        }
        count += 1;
        let ticket = Ticket::of(row, look.now, look.policy);
        sheet.row(columns.iter().flat_map(|c| cells_of(*c, &ticket)))
    };
    listing.rows.each(&mut take)?;
    sheet.end()?;
    remark((count == 0).then_some(listing.empty), look, out, err)
}

fn all_but_id() -> Vec<Column> {
    let all = Column::ALL.iter().copied();
    all.filter(|column| *column != Column::Id).collect()
}

/// The headings of a field; a clock has several.
fn names(column: Column) -> Vec<String> {
    if is_clock(column) {
        return CLOCK
            .iter()
            .map(|part| format!("{}_{part}", column.as_str()))
            .collect();
    }
    vec![column.as_str().to_owned()]
}

const fn is_clock(column: Column) -> bool {
    matches!(
        column,
        Column::Response | Column::Update | Column::Resolution
    )
}

/// The cells of a field, as many as it has headings.
fn cells_of(column: Column, t: &Ticket<'_>) -> Vec<String> {
    let text = |text: Option<&str>| vec![safe(text.unwrap_or_default())];
    let at = |at: Option<At>| vec![at.map_or_else(String::new, At::text)];
    let number = |n: Option<i64>| vec![n.map_or_else(String::new, |n| n.to_string())];
    match column {
        Column::Id => number(Some(t.id)),
        Column::Title => text(Some(t.title)),
        Column::Status => text(Some(t.status.0)),
        Column::Since => at(Some(t.since)),
        Column::PauseReason => text(t.awaited.map(|w| w.0)),
        Column::WakeAt => at(t.wake_at),
        Column::Kind => text(t.kind.map(|w| w.0)),
        Column::Occurrence => text(Some(t.onset.0)),
        Column::Channel => text(Some(t.channel.0)),
        Column::Requester => text(t.requester.name),
        Column::Contact => text(t.requester.contact),
        Column::Category => text(t.category),
        Column::Users => text(t.users),
        Column::Business => text(t.business),
        Column::Impact => text(t.impact),
        Column::Urgency => text(t.urgency),
        Column::Priority => text(t.priority.as_deref()),
        Column::Tier => text(Some(t.tier)),
        Column::Assignee => text(t.assignee),
        Column::OpenedAt => at(Some(t.opened_at)),
        Column::UpdatedAt => at(Some(t.updated_at)),
        Column::ResolvedAt => at(t.resolved_at),
        Column::ClosedAt => at(t.closed_at),
        Column::ClosureCode => text(t.code.map(|w| w.0)),
        Column::Satisfaction => number(t.satisfaction.map(i64::from)),
        Column::Reopenings => number(Some(i64::from(t.reopenings))),
        Column::Escalations => number(Some(i64::from(t.escalations))),
        Column::MergedInto => number(t.merged_into),
        Column::Key => text(t.key),
        Column::Response => clock(t.clocks.get(ClockName::Response)),
        Column::Update => clock(t.clocks.get(ClockName::Update)),
        Column::Resolution => clock(t.clocks.get(ClockName::Resolution)),
        Column::NextDue => at(t.next_due),
        Column::Sla => text(t.sla.map(|w| w.0)),
        Column::Source => text(t.source),
        Column::Number => text(t.number),
        Column::KnownError => vec![t.known_error.to_string()],
    }
}

fn clock(clock: &Clock<'_>) -> Vec<String> {
    let at = |at: Option<At>| at.map_or_else(String::new, At::text);
    let span = |span: Option<super::json::value::Seconds>| {
        span.map_or_else(String::new, |span| span.count().to_string())
    };
    vec![
        clock.state.0.to_owned(),
        clock.shows.0.to_owned(),
        span(clock.target_s),
        at(clock.due),
        span(clock.used_s),
        span(clock.left_s),
        at(clock.stopped_at),
        span(clock.paused_s),
        clock
            .reclassified
            .map_or_else(String::new, |yes| yes.to_string()),
    ]
}

/// Makes a text safe for a spreadsheet: what would begin a formula gets a `'`
/// in front, and what cannot be seen becomes visible.
fn safe(text: &str) -> String {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let shown = untrusted::block(text);
    if text.starts_with(FORMULA) {
        format!("'{shown}")
    } else {
        shown.into_owned()
    }
}

/// A sheet being written.
struct Sheet<'o>(csv::Writer<&'o mut dyn Write>);

impl<'o> Sheet<'o> {
    fn new(out: &'o mut dyn Write) -> Self {
        Self(csv::Writer::from_writer(out))
    }

    fn row<I>(&mut self, cells: I) -> Result<(), Error>
    where
        I: IntoIterator,
        I::Item: AsRef<[u8]>,
    {
        self.0.write_record(cells).map_err(|fault| {
            // What failed below stays recognisable: a closed pipe is no fault.
            let kind = if let csv::ErrorKind::Io(fault) = fault.kind() {
                fault.kind()
            } else {
                io::ErrorKind::Other
            };
            Error::Output(io::Error::new(kind, fault))
        })
    }

    fn end(mut self) -> Result<(), Error> {
        Ok(self.0.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_can_act_as_a_formula() {
        for text in [
            "=1+1", "+1", "-1", "@a", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠a",
        ] {
            assert!(safe(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(safe("a=1"), "a=1");
        assert_eq!(safe("a\u{1b}[31m\nb"), "a\\u{1b}[31m\nb");
    }
}
