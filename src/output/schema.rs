//! The JSON Schemas of what commands print. They are generated from the
//! published types by a test, committed as one file that shares its
//! definitions, and part of the program.

use super::Output;
use super::printer::Printer;
use crate::domain::vocabulary::UnknownWord;
use crate::error::Error;
use crate::output_format::OutputFormat;

/// A member of the top-level object per output, and the shared definitions
/// under `$defs`.
const SCHEMAS: &str = include_str!("schema.json");

const DEFS: &str = "$defs";

/// The members of an object that is indented by `indent` spaces, with the text
/// of each value.
fn members(
    object: &'static str,
    indent: usize,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut rest = object;
    std::iter::from_fn(move || {
        let start = format!("\n{}\"", " ".repeat(indent));
        let begin = rest.find(&start)? + start.len();
        let (name, value) = rest[begin..].split_once("\": ")?;
        // A value ends at the next member or at the end of the object.
        let next = value.find(&format!(",{start}"));
        let close = value.find(&format!("\n{}}}", " ".repeat(indent - 2)));
        let end = next.or(close).unwrap_or(value.len());
        rest = &value[end..];
        Some((name, &value[..end]))
    })
}

fn definitions() -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = members(SCHEMAS, 2).find(|(name, _)| *name == DEFS);
    members(all.map_or("", |(_, text)| text), 4)
}

/// The schemas by name.
fn schemas() -> impl Iterator<Item = (&'static str, &'static str)> {
    members(SCHEMAS, 2).filter(|(name, _)| *name != DEFS)
}

/// The names of all schemas.
pub(crate) struct SchemaNames;

impl Output for SchemaNames {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        schemas().try_for_each(|(name, _)| to.text(&format!("{name}\n")))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(schemas().map(|(name, _)| name))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.records(&["name"], schemas().map(|(name, _)| [name.to_owned()]))
    }
}

/// A schema (JSON Schema 2020-12) with the definitions that it refers to.
pub(crate) struct SchemaDocument(String);

impl SchemaDocument {
    /// Finds a schema by its name.
    ///
    /// # Errors
    /// [`UnknownWord`] with all names.
    pub(crate) fn new(name: &str) -> Result<Self, UnknownWord> {
        let name = name.trim();
        let (_, schema) = schemas()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownWord::new("schema", name, schemas().map(|(name, _)| name)))?;
        // One level up from where the schema is in the file.
        let mut text = schema.replace("\n  ", "\n");
        let defs = referenced(schema);
        if !defs.is_empty() {
            text.truncate(text.trim_end_matches("\n}").len());
            let defs: Vec<String> = (defs.iter())
                .map(|(name, value)| format!("    \"{name}\": {value}"))
                .collect();
            text += &format!(",\n  \"{DEFS}\": {{\n{}\n  }}\n}}", defs.join(",\n"));
        }
        text += "\n";
        Ok(Self(text))
    }
}

/// The definitions that a schema refers to, directly or not, in the order of
/// the file.
fn referenced(schema: &'static str) -> Vec<(&'static str, &'static str)> {
    let all: Vec<(&str, &str)> = definitions().collect();
    let mut used = vec![false; all.len()];
    let mut pending = vec![schema];
    while let Some(text) = pending.pop() {
        for (i, (name, value)) in all.iter().enumerate() {
            if !used[i] && text.contains(&format!("\"#/{DEFS}/{name}\"")) {
                used[i] = true;
                pending.push(value);
            }
        }
    }
    let used = all.into_iter().zip(used);
    used.filter_map(|(def, used)| used.then_some(def)).collect()
}

impl Output for SchemaDocument {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.text(&self.0)
    }

    /// Prints the schema; as JSON Lines on a single line.
    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if to.options.format != OutputFormat::Jsonl {
            return to.text(&self.0);
        }
        let lines: String = self.0.lines().map(str::trim_start).collect();
        to.text(&format!("{lines}\n"))
    }
}

#[cfg(test)]
pub(super) fn text(name: &str) -> String {
    SchemaDocument::new(name).expect("the name is known").0
}

#[cfg(test)]
mod tests {
    use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
    use serde_json::{Map, Value};

    use super::super::columns::Ticket;
    use super::super::published::{
        attachment, breach, calendar, chain_event, checklist, draft, error, feed, group_counts,
        health, hook, import_report, mail, metrics, monitoring_check, outbox, person, person_data,
        policy, questionnaire, report, review, search, sla_changes, sla_explanation, store, sweep,
        team, ticket_page, ticket_update,
    };
    use super::*;

    /// Collects schemas that share definitions.
    struct Collector {
        generator: SchemaGenerator,
        schemas: Map<String, Value>,
    }

    impl Collector {
        fn add<T: JsonSchema>(&mut self, name: &str, title: &str) {
            let referring = self.generator.subschema_for::<T>();
            let mut schema = Schema::default();
            schema.insert(
                "$schema".into(),
                "https://json-schema.org/draft/2020-12/schema".into(),
            );
            schema.insert("$id".into(), format!("urn:desk:schema:{name}").into());
            schema.insert("title".into(), title.into());
            for (key, value) in referring.as_object().expect("it is an object") {
                schema.insert(key.clone(), value.clone());
            }
            self.schemas.insert(name.to_owned(), schema.into());
        }
    }

    fn generated() -> String {
        let mut all = Collector {
            generator: SchemaSettings::draft2020_12()
                .for_serialize()
                .into_generator(),
            schemas: Map::new(),
        };
        all.add::<Ticket<'_>>("ticket", "A ticket, as a line of list --format jsonl");
        all.add::<Vec<Ticket<'_>>>("tickets", "Tickets, as list --json prints them");
        all.add::<ticket_page::TicketPage<'_>>(
            "show",
            "A ticket with everything known about it, as show --json prints it",
        );
        all.add::<group_counts::SlaTable<Ticket<'_>>>(
            "sla",
            "The SLA table, as sla --json prints it",
        );
        all.add::<ticket_update::TicketUpdate<'_>>("done", "The result of a write on a ticket");
        all.add::<Vec<ticket_page::Hypothesis<'_>>>("hypotheses", "The hypotheses of a ticket");
        all.add::<Vec<ticket_page::Participant<'_>>>(
            "participants",
            "Who takes part in the conversation of a ticket besides its requester",
        );
        all.add::<Vec<checklist::ChecklistItem<'_>>>(
            "checklist",
            "The items of the checklist of a ticket",
        );
        all.add::<Vec<attachment::Attachment<'_>>>(
            "attachments",
            "The files that are kept with a ticket, as attachments --json prints them",
        );
        all.add::<group_counts::TicketCount>("count", "A number of tickets, as --count prints it");
        all.add::<Vec<store::Setting<'_>>>("settings", "Settings, as config --json prints them");
        all.add::<store::ChangedSetting<'_>>(
            "changed-setting",
            "A setting of the user file after config set or unset",
        );
        all.add::<store::Verification<'_>>(
            "verified",
            "The result of verifying the store, as verify --json prints it",
        );
        all.add::<Vec<health::HealthCheck<'_>>>(
            "doctor",
            "What desk doctor looked at, as doctor --json prints it",
        );
        all.add::<Vec<team::TeamMember<'_>>>(
            "team",
            "The logins that may use the store, as team list --json prints them",
        );
        all.add::<team::TeamCheck<'_>>(
            "team-check",
            "What the present login may do, as team check --json prints it",
        );
        all.add::<store::StoreOperation>("kept", "An operation on the whole store");
        all.add::<store::StoreCopy<'_>>("store-copy", "A copy of the whole store");
        all.add::<monitoring_check::MonitoringCheck>(
            "check",
            "The state of the desk, as check --json prints it",
        );
        all.add::<sweep::SweepAction<'_>>(
            "swept",
            "An action of a sweep, as a line of sweep --json",
        );
        all.add::<Vec<policy::PolicyVersion<'_>>>(
            "editions",
            "The versions of the policy, as policy history --json prints them",
        );
        all.add::<policy::PolicyDocument<'_>>("policy", "The document of a policy version");
        all.add::<Vec<policy::Template<'_>>>(
            "templates",
            "The templates of the policy, as policy templates --json prints them",
        );
        all.add::<policy::PolicyCheck<'_>>(
            "policy-checked",
            "The result of checking a policy document",
        );
        all.add::<policy::PolicySet<'_>>(
            "policy-set",
            "The policy version in force after policy set",
        );
        all.add::<Vec<sla_changes::SlaChange<'_>>>(
            "moves",
            "The SLA changes of open tickets under a policy",
        );
        all.add::<sla_explanation::SlaExplanation<'_>>(
            "explained",
            "How the clocks of a ticket were calculated, as sla explain --json prints it",
        );
        all.add::<import_report::ImportReport<'_>>(
            "imported",
            "The report of an import, as import --json prints it",
        );
        all.add::<Vec<import_report::ImportRun<'_>>>(
            "import-runs",
            "The runs of imports, as import --runs --json prints them",
        );
        all.add::<Vec<draft::Draft<'_>>>(
            "drafts",
            "Texts that were typed and not stored, as drafts --json prints them",
        );
        all.add::<draft::Draft<'_>>(
            "draft",
            "A text that was not stored, as drafts show --json prints it",
        );
        all.add::<mail::MailReceipt<'_>>("mail", "What became of a mail, as mail --json prints it");
        all.add::<Vec<mail::QuarantinedMail<'_>>>(
            "mail-quarantine",
            "The mails that wait for a decision, as mail --quarantine --json prints them",
        );
        all.add::<mail::RawMail<'_>>(
            "mail-raw",
            "A mail as it was received, as mail --raw --json prints it",
        );
        all.add::<import_report::UndoneRun<'_>>(
            "import-undone",
            "A run that was taken back, as import --undo --json prints it",
        );
        all.add::<Vec<calendar::CalendarState<'_>>>(
            "calendars",
            "Calendars, as calendar list --json prints them",
        );
        all.add::<calendar::CalendarPage<'_>>("calendar", "A calendar with upcoming exceptions");
        all.add::<Vec<person::PersonPiece<'_>>>(
            "person-pieces",
            "What is stored about a person, as person find --json prints it",
        );
        all.add::<person::PersonErasure<'_>>(
            "person-erased",
            "What was erased of a person, as person erase --json prints it",
        );
        all.add::<Vec<person::Hold<'_>>>("holds", "Holds, as person hold --json prints them");
        all.add::<calendar::DueTime>("calendar-due", "When a target is used up");
        all.add::<calendar::ElapsedTime>("calendar-elapsed", "How much open time has passed");
        all.add::<calendar::OpenAt>("calendar-open-at", "Whether a calendar is open");
        all.add::<calendar::NextOpen>("calendar-next-open", "When a calendar opens next");
        all.add::<report::Report>("report", "A report, as report --json prints it");
        all.add::<Vec<questionnaire::Question<'_>>>(
            "questions",
            "The questions for a ticket, as diagnose --questions --json prints them",
        );
        all.add::<Vec<questionnaire::KnownError<'_>>>(
            "known-errors",
            "Known errors, as known-errors --json prints them",
        );
        all.add::<Vec<search::SearchResult<'_>>>(
            "search",
            "Search results, as search --json prints them",
        );
        all.add::<Vec<search::SimilarTicket<'_>>>(
            "similar",
            "Similar tickets, as similar --json prints them",
        );
        all.add::<Vec<search::CategorySuggestion<'_>>>(
            "suggestions",
            "Categories of similar tickets, as similar --categories --json prints them",
        );
        all.add::<search::Evaluation>(
            "evaluation",
            "The result of a search evaluation, as similar --evaluate --json prints it",
        );
        all.add::<Vec<outbox::OutboxMail<'_>>>(
            "outbox",
            "Mails on their way out, as outbox --json prints them",
        );
        all.add::<Vec<outbox::MailPreview<'_>>>(
            "mail-preview",
            "Mails that would be sent, as reply --preview --json prints them",
        );
        all.add::<hook::HookList<'_>>(
            "hooks",
            "Hooks and what is on its way to them, as hooks --json prints them",
        );
        all.add::<Vec<hook::HookDelivery<'_>>>(
            "hook-deliveries",
            "Deliveries after an attempt, as hooks send --json prints them",
        );
        all.add::<hook::HookTest<'_>>("hook-test", "What a program did, as hooks test --json says");
        all.add::<hook::HookDocument<'_>>(
            "hook-document",
            "What the program of a hook reads on its standard input",
        );
        all.add::<chain_event::ChainEvent<'_>>(
            "event",
            "An event of a ticket, as a line of events --format jsonl",
        );
        all.add::<Vec<chain_event::ChainEvent<'_>>>(
            "events",
            "Events of tickets, as events --json prints them",
        );
        all.add::<Vec<metrics::Metric>>("metrics", "Figures, as metrics --json prints them");
        all.add::<Vec<feed::FeedEntry<'_>>>(
            "calendar-feed",
            "What lies ahead, as calendar feed --json prints it",
        );
        all.add::<review::Review<'_>>("review", "A document, as review --json prints it");
        all.add::<outbox::OutboxPage<'_>>("outbox-mail", "A mail of the outbox with what it says");
        all.add::<person_data::PersonData<'_>>(
            "person",
            "Everything that is held about a person, as person export --json prints it",
        );
        all.add::<person_data::PersonFolder<'_>>(
            "person-folder",
            "The index of the folder that person export --folder writes",
        );
        all.add::<person_data::PersonChange<'_>>(
            "person-changed",
            "What was recorded about a person",
        );
        all.add::<error::ErrorReport>("error", "An error on stderr");
        all.add::<breach::Breach<'_>>(
            "breach",
            "A breach of personal data, as breach show --json prints it",
        );
        all.add::<Vec<breach::Breach<'_>>>(
            "breaches",
            "The register of breaches, as breach list and breach export print it",
        );
        let defs = all.generator.take_definitions(true);
        all.schemas.insert(DEFS.to_owned(), Value::Object(defs));
        serde_json::to_string_pretty(&all.schemas).unwrap() + "\n"
    }

    #[test]
    fn the_committed_schemas_are_those_of_the_types() {
        assert!(
            SCHEMAS == generated(),
            "schema.json is stale; regenerate it with: cargo test --lib regenerate_schemas -- --ignored"
        );
    }

    #[test]
    #[ignore = "writes to the source tree; run it when a published type has changed"]
    fn regenerate_schemas() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        std::fs::write(root.join("src/output/schema.json"), generated()).unwrap();
    }

    #[test]
    fn a_schema_brings_every_definition_that_it_refers_to() {
        assert!(schemas().count() > 30);
        for (name, _) in schemas() {
            let schema: Value = serde_json::from_str(&text(name)).unwrap();
            jsonschema::draft202012::new(&schema).unwrap();
            assert_eq!(schema["$id"], format!("urn:desk:schema:{name}"));
            let defs = schema[DEFS].as_object().map_or(0, Map::len);
            let refs = text(name).matches("\"$ref\"").count();
            assert!(defs <= refs, "{name} brings unused definitions");
        }
    }

    #[test]
    fn an_unknown_schema_is_answered_with_the_known_ones() {
        let fault = SchemaDocument::new("tiket").err().unwrap();
        assert!(fault.hint().contains("ticket"));
        assert!(SchemaDocument::new("Ticket").is_ok());
    }
}
