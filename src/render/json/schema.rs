//! The JSON Schemas of what commands publish: written from the types by a
//! test, committed, and part of the program.

use crate::domain::vocabulary::UnknownWord;

macro_rules! schemas {
    ($($name:literal),+ $(,)?) => {
        /// Every schema by its name.
        const ALL: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../schema/", $name, ".json")))),+
        ];
    };
}

schemas! {
    "ticket", "tickets", "show", "sla", "done", "hypotheses", "count", "settings", "verified",
    "kept", "check", "swept", "editions", "policy", "policy-checked", "policy-set", "moves",
    "explained", "imported", "calendars", "calendar", "calendar-due", "calendar-elapsed",
    "calendar-open-at", "calendar-next-open", "report", "questions", "known-errors", "search",
    "similar", "suggestions", "evaluation", "error",
}

/// The JSON Schema (2020-12) of that name.
///
/// # Errors
/// [`UnknownWord`] with all names.
pub(crate) fn schema(name: &str) -> Result<&'static str, UnknownWord> {
    let name = name.trim();
    let found = ALL
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    match found {
        Some((_, text)) => Ok(text),
        None => Err(UnknownWord::new("schema", name, schemas())),
    }
}

/// The names of all schemas.
pub(crate) fn schemas() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use schemars::{JsonSchema, generate::SchemaSettings};

    use super::super::{calendar, figures, finding, guide, intake, matter, page, report, ticket};
    use super::*;

    fn of<T: JsonSchema>(name: &str, title: &str) -> String {
        let generator = SchemaSettings::draft2020_12()
            .for_serialize()
            .into_generator();
        let mut schema = generator.into_root_schema_for::<T>();
        schema.insert("$id".into(), format!("urn:desk:schema:{name}").into());
        schema.insert("title".into(), title.into());
        let mut text = serde_json::to_string_pretty(&schema).unwrap();
        text.push('\n');
        text
    }

    fn generated(name: &str) -> String {
        match name {
            "ticket" => {
                of::<ticket::Ticket<'_>>(name, "A ticket, as a line of list --format jsonl")
            }
            "tickets" => of::<Vec<ticket::Ticket<'_>>>(name, "Tickets, as list --json prints them"),
            "show" => of::<page::Page<'_>>(name, "All about a ticket, as show --json prints it"),
            "sla" => of::<report::Sla<ticket::Ticket<'_>>>(
                name,
                "The status table, as sla --json prints it",
            ),
            "done" => of::<report::TicketUpdate<'_>>(name, "What a write did to a ticket"),
            "hypotheses" => of::<Vec<page::Hypothesis<'_>>>(name, "The hypotheses of a ticket"),
            "count" => of::<report::Count>(name, "A number of tickets, as --count prints it"),
            "settings" => {
                of::<Vec<report::Setting<'_>>>(name, "Settings, as config --json prints them")
            }
            "verified" => of::<report::Verified<'_>>(name, "What a check of the store found"),
            "check" => of::<report::MonitoringCheck>(
                name,
                "How the desk stands, as check --json prints it",
            ),
            "swept" => of::<matter::Swept<'_>>(name, "A thing that a sweep did, a line each"),
            "editions" => of::<Vec<matter::PolicyVersion<'_>>>(
                name,
                "The versions of the policy, as policy history --json prints them",
            ),
            "policy" => of::<matter::Document<'_>>(name, "The document of a version of the policy"),
            "policy-checked" => {
                of::<matter::PolicyCheck<'_>>(name, "What a check of a policy document found")
            }
            "policy-set" => of::<matter::PolicySet<'_>>(name, "The policy that is in force now"),
            "moves" => of::<Vec<matter::Moved<'_>>>(
                name,
                "What a policy does, or would do, to open tickets",
            ),
            "explained" => of::<matter::Account<'_>>(
                name,
                "The reckoning of a ticket's clocks, as sla explain --json prints it",
            ),
            "imported" => of::<intake::ImportReport<'_>>(
                name,
                "What an import did, as import --json prints it",
            ),
            "kept" => of::<report::StoreOperation>(name, "Something done to the store as a whole"),
            "calendars" => of::<Vec<calendar::Calendar<'_>>>(
                name,
                "Calendars, as calendar list --json prints them",
            ),
            "calendar" => of::<calendar::Whole<'_>>(name, "A calendar and what is to come on it"),
            "calendar-due" => of::<calendar::Due>(name, "When a target is used up"),
            "calendar-elapsed" => of::<calendar::Elapsed>(name, "How much open time has passed"),
            "calendar-open-at" => of::<calendar::OpenAt>(name, "Whether a calendar is open"),
            "calendar-next-open" => of::<calendar::NextOpen>(name, "When a calendar opens next"),
            "report" => of::<figures::Report>(name, "A report, as report --json prints it"),
            "search" => of::<Vec<finding::Finding<'_>>>(
                name,
                "Tickets by what is written on them, as search --json prints them",
            ),
            "similar" => of::<Vec<finding::Near<'_>>>(
                name,
                "Tickets like another one, as similar --json prints them",
            ),
            "suggestions" => of::<Vec<finding::Suggestion<'_>>>(
                name,
                "Categories of tickets like another one, as similar --categories --json prints them",
            ),
            "evaluation" => of::<finding::Tried>(
                name,
                "How well known questions were answered, as similar --evaluate --json prints it",
            ),
            "questions" => of::<Vec<guide::Question<'_>>>(
                name,
                "The questions for a ticket, as diagnose --questions --json prints them",
            ),
            "known-errors" => of::<Vec<guide::KnownError<'_>>>(
                name,
                "Known errors, as known-errors --json prints them",
            ),
            "error" => of::<report::Problem>(name, "Why something was not done"),
            other => panic!("no type for the schema {other}"),
        }
    }

    fn path(name: &str) -> std::path::PathBuf {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        root.join("src/render/schema").join(format!("{name}.json"))
    }

    #[test]
    fn the_committed_schemas_are_what_the_types_say() {
        for (name, committed) in ALL {
            assert_eq!(
                *committed,
                generated(name),
                "{name}.json is stale; write it anew with: cargo test --lib schemas_are_written_anew -- --ignored"
            );
        }
    }

    #[test]
    #[ignore = "it writes to the source tree; run it when a published type has changed"]
    fn schemas_are_written_anew() {
        for name in schemas() {
            std::fs::write(path(name), generated(name)).unwrap();
        }
    }

    #[test]
    fn an_unknown_schema_is_answered_with_the_known_ones() {
        let fault = schema("tiket").unwrap_err();
        assert!(
            fault.hint().starts_with("did you mean 'ticket' or") || fault.hint().contains("ticket")
        );
        assert!(schema("Ticket").is_ok());
    }
}
