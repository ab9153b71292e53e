//! The output of commands. Each kind of output is a type in a file of its own
//! that implements [`Output`]; [`emit`] is the only way to stdout, so every
//! command supports every format.

mod alarms;
mod attachments;
mod breach;
mod breach_notice;
mod breach_page;
mod breach_register;
mod breach_text;
mod calendar;
mod calendar_feed;
mod category_suggestions;
mod changed_setting;
mod checklist;
mod columns;
mod confirmation;
mod correction_text;
mod csv;
mod drafts;
mod editor_context;
mod error;
mod evaluation;
mod event_text;
mod events;
mod export;
mod fact_texts;
mod folded_text;
mod handover;
mod health;
mod hooks;
mod hypotheses;
mod import_report;
mod import_runs;
mod inbox;
mod json;
mod known_errors;
mod mail;
mod mail_preview;
mod markdown;
mod metrics;
mod monitoring_check;
mod next_steps;
mod options;
mod outbox;
mod participants;
mod person;
mod person_change;
mod person_data;
mod policy_check;
mod policy_document;
mod policy_set;
mod policy_versions;
mod printer;
mod published;
mod questions;
mod raw_text;
mod report;
mod review;
mod schema;
mod search_results;
mod settings;
mod similar;
mod sla_changes;
mod sla_explanation;
mod sla_table;
mod spreadsheet;
mod start_screen;
mod store_copy;
mod store_operation;
mod style;
mod sweep;
mod team;
mod templates;
#[cfg(test)]
mod test_terminal;
#[cfg(test)]
mod tests;
mod ticket_list;
mod ticket_page;
mod ticket_privacy;
mod ticket_update;
mod timeline;
mod verification;

use std::io::Write;

pub(crate) use alarms::FullTicketPages;
pub(crate) use attachments::{AttachmentContent, Attachments, ContentSink};
pub(crate) use breach::{BreachList, BreachPages, BreachRegister, notification_line};
pub(crate) use breach_notice::breach_notice;
pub(crate) use breach_register::register_page;
pub(crate) use calendar::{CalendarAnswer, CalendarList, CalendarPage, CalendarState};
pub(crate) use calendar_feed::{CalendarFeed, feed_text};
pub(crate) use category_suggestions::CategorySuggestions;
pub(crate) use changed_setting::ChangedSetting;
pub(crate) use checklist::ChecklistPage;
pub(crate) use columns::{Column, page as columns_page};
pub(crate) use drafts::{DraftList, DroppedDraft};
pub(crate) use editor_context::editor_context;
pub(crate) use error::{ErrorStyle, error_text};
pub(crate) use events::{EventLines, EventSink};
pub(crate) use export::{Export, LineSink};
pub(crate) use handover::Handovers;
pub(crate) use health::HealthReport;
pub(crate) use hooks::{DeliveryList, HookList, HookTest, hook_document};
pub(crate) use hypotheses::Hypotheses;
pub(crate) use import_runs::ImportRuns;
pub(crate) use inbox::{InboxRow, StyledLine, styled_lines, ticket_page_lines};
pub(crate) use known_errors::KnownErrors;
pub(crate) use mail::{MailReceipts, QuarantinedMails, RawMail};
pub(crate) use mail_preview::{MailPreviews, TestMails};
pub(crate) use markdown::markdown;
pub(crate) use metrics::{METRICS_START, MetricsPage, metrics_text};
pub(crate) use next_steps::{DiagnosisOutcome, next_steps};
pub(crate) use options::RenderOptions;
pub(crate) use outbox::{OutboxList, OutboxPage};
pub(crate) use participants::Participants;
pub(crate) use person::{HoldList, PersonPieces, retention_line, retention_reach};
pub(crate) use person_change::PersonChanged;
pub(crate) use person_data::{PersonFolderIndex, PersonPage};
pub(crate) use policy_document::PolicyDocument;
pub(crate) use policy_versions::PolicyVersions;
pub(crate) use questions::Questions;
pub(crate) use raw_text::RawText;
pub(crate) use report::report_page;
pub(crate) use review::{Review, review_text};
pub(crate) use schema::{SchemaDocument, SchemaNames};
pub(crate) use search_results::SearchResultList;
pub(crate) use settings::{Setting, Settings};
pub(crate) use sla_changes::SlaChanges;
pub(crate) use sla_explanation::SlaExplanations;
pub(crate) use sla_table::SlaTable;
pub(crate) use spreadsheet::{Spreadsheet, TicketSink};
pub(crate) use start_screen::StartScreen;
pub(crate) use store_copy::StoreCopy;
pub(crate) use store_operation::StoreOperation;
pub(crate) use style::humanize::{duration, number, percent, plural};
pub(crate) use style::palette::Style;
pub(crate) use sweep::{Sweep, UpdateSink};
pub(crate) use team::{TeamCheck, TeamList};
pub(crate) use templates::Templates;
pub(crate) use ticket_list::{Rows, TicketList};
pub(crate) use ticket_page::TicketPages;
pub(crate) use ticket_update::TicketUpdates;
pub(crate) use verification::Verification;

use crate::domain::read_models::TicketUpdate;
use crate::error::Error;
use crate::output_format::OutputFormat;
use printer::Printer;
use style::untrusted;

/// One kind of output, in every format.
pub(crate) trait Output {
    /// Prints it for people.
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error>;

    /// Prints it as JSON or JSON Lines.
    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error>;

    /// Prints it as CSV; unchanged where it is not made of records.
    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.table(to)
    }

    /// Prints the ticket numbers alone; as a table where there are none.
    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.table(to)
    }

    /// Prints a page; as a table where there is none.
    fn html(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.table(to)
    }

    /// The ticket updates that it reports, if it is the output of a write.
    fn updates(&self) -> &[TicketUpdate] {
        &[]
    }
}

/// Prints an output: data to `out`, notes to `err`.
///
/// # Errors
/// [`Error::Output`] if a stream cannot be written (a closed pipe is
/// [`Error::is_closed_pipe`]), and any error of a streamed output's source.
pub(crate) fn emit(
    output: &dyn Output,
    options: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    let mut buffer = std::io::BufWriter::with_capacity(64 * 1024, out);
    let mut to = Printer::new(&mut buffer, err, options);
    let printed = match options.format {
        OutputFormat::Table => output.table(&mut to),
        OutputFormat::Json | OutputFormat::Jsonl => output.json(&mut to),
        OutputFormat::Csv | OutputFormat::Tsv => output.csv(&mut to),
        OutputFormat::Ids => output.ids(&mut to),
        OutputFormat::Html => output.html(&mut to),
    };
    // What was printed before a failure still reaches the reader.
    let flushed = buffer.flush().map_err(Error::from);
    // Dropping the buffer would report a closed pipe a second time.
    let _ = buffer.into_parts();
    printed.and(flushed)
}

/// Makes untrusted text safe on a single line of a terminal.
pub(crate) fn safe_line(text: &str) -> String {
    untrusted::line(text).into_owned()
}

/// The width of a safe text in columns.
pub(crate) fn text_width(text: &str) -> usize {
    untrusted::width(text)
}

/// Wraps untrusted text into lines that are safe on a terminal.
pub(crate) fn safe_lines(text: &str, width: Option<usize>) -> Vec<String> {
    untrusted::wrap(&untrusted::block(text), width)
}

/// Cuts a safe single-line text to a width in columns.
pub(crate) fn cut_to_width(text: &str, width: usize) -> String {
    untrusted::cut(text, width).into_owned()
}
