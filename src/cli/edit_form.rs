//! The form of a ticket in the editor: a line for each field, and the description
//! below them.
//!
//! ```text
//! ---
//! title: VPN drops
//! requester: Mia Sand <mia@example.org>
//! symptom: error 691
//! tags: vip, vpn
//! field: asset=SRV-1
//! ---
//! The description, in as many lines as it needs.
//! ```

mod tags;

use std::collections::BTreeMap;

use crate::cli::args::usage;
use crate::cli::context::CommandContext;
use crate::domain::custom_field::TypedField;
use crate::domain::decide::{Edit, EditConflict, EditedField, NewRequester, Seen, seen};
use crate::domain::did_you_mean::nearest;
use crate::domain::event::Note;
use crate::domain::people::Requester;
use crate::domain::policy::Policy;
use crate::domain::text;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, ClearedField, Kind, Occurrence};
use crate::error::Error;

/// What encloses the fields.
const FENCE: &str = "---";
/// The fields of which there can be several lines.
const SYMPTOM: &str = "symptom";
const AFFECTED: &str = "affected";
const FIELD: &str = "field";

/// The values of a ticket, as a form shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EditForm {
    values: BTreeMap<EditedField, String>,
    symptoms: Vec<String>,
    affected: Vec<String>,
}

impl EditForm {
    /// The form of a ticket, with the fields that the policy asks for in its category,
    /// and those that it has a value of all the same.
    pub(crate) fn new(ticket: &Ticket, policy: &Policy) -> Self {
        let category = ticket.category.as_ref();
        let asked = policy.fields.iter();
        let asked = asked.filter(|field| field.applies_to(category));
        let asked = asked.map(|field| &field.name);
        let carried = asked.chain(ticket.fields.iter().map(|field| &field.name));
        let carried = carried.map(|name| EditedField::Carried(name.clone()));
        let values = EditedField::ALL.into_iter().chain(carried);
        let values = values.map(|field| {
            let value = seen(ticket, &field);
            (field, value)
        });
        Self {
            values: values.collect(),
            symptoms: ticket.symptoms.clone(),
            affected: ticket.affected.clone(),
        }
    }

    /// The form, with what one needs to know as comments.
    pub(crate) fn text(&self, context: &[String]) -> String {
        self.written(context, &BTreeMap::new())
    }

    /// The form with the values of an edit that was not stored; what somebody else
    /// changed meanwhile is beside them as a comment.
    pub(crate) fn text_with(
        &self,
        context: &[String],
        edit: &Edit,
        conflicts: &[EditConflict],
    ) -> String {
        let mut mine = self.clone();
        for Seen { field, after, .. } in &edit.seen {
            mine.values.insert(field.clone(), after.clone());
        }
        let removed = &edit.correction;
        mine.symptoms
            .retain(|one| !removed.no_symptoms.contains(one));
        mine.symptoms.extend(edit.added.symptoms.iter().cloned());
        mine.affected
            .retain(|one| !removed.no_affected.contains(one));
        mine.affected.extend(edit.added.affected.iter().cloned());
        let theirs = conflicts.iter();
        let theirs = theirs.map(|conflict| (&conflict.field, conflict.theirs.as_str()));
        mine.written(context, &theirs.collect())
    }

    fn written(&self, context: &[String], theirs: &BTreeMap<&EditedField, &str>) -> String {
        let mut lines = vec![FENCE.to_owned()];
        let comment = |line: &str| format!("# {line}").trim_end().to_owned();
        lines.extend(context.iter().map(|line| comment(line)));
        lines.push(comment("The description follows below the second ---."));
        let write = |lines: &mut Vec<String>, field: &EditedField, value: &str| {
            if let Some(theirs) = theirs.get(field) {
                let now = theirs
                    .lines()
                    .map(|line| comment(&format!("now {}: {line}", field.as_str())));
                lines.extend(now);
            }
            if let EditedField::Carried(name) = field {
                lines.push(entry(FIELD, &format!("{name}={value}")));
            } else if *field != EditedField::Description {
                lines.push(entry(field.as_str(), value));
            }
        };
        let (carried, own): (Vec<_>, Vec<_>) = self
            .values
            .iter()
            .partition(|(field, _)| matches!(field, EditedField::Tags | EditedField::Carried(_)));
        for (field, value) in own {
            write(&mut lines, field, value);
        }
        for (name, items) in [(SYMPTOM, &self.symptoms), (AFFECTED, &self.affected)] {
            lines.extend(items.iter().map(|item| entry(name, item)));
            if items.is_empty() {
                lines.push(entry(name, ""));
            }
        }
        for (field, value) in carried {
            write(&mut lines, field, value);
        }
        lines.push(FENCE.to_owned());
        let description = self.values.get(&EditedField::Description);
        lines.push(description.cloned().unwrap_or_default());
        let mut text = lines.join("\n");
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text
    }

    /// Reads a form that was edited: what differs from this one.
    ///
    /// # Errors
    /// [`Error::Usage`] for what is not a field or not a value of one, with its line.
    pub(crate) fn read(&self, ctx: &CommandContext<'_>, typed: &str) -> Result<Edit, Error> {
        let mut form = Self::parse(typed)?;
        for field in self.values.keys() {
            // A line that is gone is an empty one.
            form.values.entry(field.clone()).or_default();
        }
        let mut edit = Edit::default();
        for (field, after) in form.values {
            let before = self.values.get(&field).cloned().unwrap_or_default();
            if after == before {
                continue;
            }
            let after = if field == EditedField::Tags {
                tags::set(ctx, &mut edit, &before, &after)?
            } else {
                set(ctx, &mut edit, &field, &after)?;
                after
            };
            // The same tags may have been written in another order.
            if after != before {
                edit.seen.push(Seen {
                    field,
                    before,
                    after,
                });
            }
        }
        let new = |mine: &[String], known: &[String]| -> Vec<String> {
            let mut mine = mine.to_vec();
            mine.retain(|one| !known.contains(one));
            mine
        };
        edit.added = Note {
            symptoms: new(&form.symptoms, &self.symptoms),
            affected: new(&form.affected, &self.affected),
            ..Note::default()
        };
        edit.correction.no_symptoms = new(&self.symptoms, &form.symptoms);
        edit.correction.no_affected = new(&self.affected, &form.affected);
        Ok(edit)
    }

    /// Parses the fields and the description.
    fn parse(typed: &str) -> Result<Self, Error> {
        let mut form = Self {
            values: EditedField::ALL.map(|field| (field, String::new())).into(),
            symptoms: Vec::new(),
            affected: Vec::new(),
        };
        let mut lines = typed.lines().enumerate();
        if lines.next().map(|(_, line)| line.trim_end()) != Some(FENCE) {
            return Err(wrong(1, "the form does not begin with ---"));
        }
        let mut is_closed = false;
        for (index, line) in lines.by_ref() {
            let line = line.trim();
            if line == FENCE {
                is_closed = true;
                break;
            }
            if !line.is_empty() && !line.starts_with('#') {
                form.take(index + 1, line)?;
            }
        }
        if !is_closed {
            return Err(wrong(
                1,
                "the --- between the fields and the description is missing",
            ));
        }
        let description: Vec<&str> = lines.map(|(_, line)| line).collect();
        let description = description.join("\n").trim().to_owned();
        form.values.insert(EditedField::Description, description);
        Ok(form)
    }

    /// Takes one line of the fields.
    fn take(&mut self, number: usize, line: &str) -> Result<(), Error> {
        let Some((name, value)) = line.split_once(':') else {
            return Err(wrong(
                number,
                &format!("'{line}' is not a field and its value"),
            ));
        };
        let (name, value) = (name.trim().to_lowercase(), value.trim().to_owned());
        let items = match name.as_str() {
            SYMPTOM => Some((&mut self.symptoms, SYMPTOM)),
            AFFECTED => Some((&mut self.affected, "affected element")),
            _ => None,
        };
        if name == FIELD {
            let field = TypedField::parse(&value).map_err(|fault| {
                let hint = fault.hint();
                wrong(number, &format!("{fault}; {hint}"))
            })?;
            let TypedField { name, value } = field;
            let twice = format!("'{name}' is given twice");
            let known = self.values.insert(EditedField::Carried(name), value);
            return known.map_or(Ok(()), |_| Err(wrong(number, &twice)));
        }
        if let Some((items, what)) = items {
            if !value.is_empty() {
                items.push(text::line(what, &value).map_err(usage)?);
            }
            return Ok(());
        }
        let mut fields = EditedField::ALL.into_iter();
        let known =
            fields.find(|field| *field != EditedField::Description && field.as_str() == name);
        let Some(field) = known else {
            let names = EditedField::ALL;
            let names = names.iter().map(EditedField::as_str);
            let meant = nearest(&name, names.chain([SYMPTOM, AFFECTED, FIELD]));
            let meant = meant
                .first()
                .map(|meant| format!("; did you mean '{meant}'?"));
            let meant = meant.unwrap_or_default();
            return Err(wrong(number, &format!("there is no field '{name}'{meant}")));
        };
        let known = self.values.entry(field.clone()).or_default();
        if field == EditedField::Tags && !known.is_empty() {
            // One tag a line is as good.
            known.push_str(", ");
            known.push_str(&value);
        } else {
            *known = value;
        }
        Ok(())
    }
}

fn entry(name: &str, value: &str) -> String {
    format!("{name}: {value}").trim_end().to_owned()
}

fn wrong(line: usize, what: &str) -> Error {
    Error::usage(
        format!("line {line} of the form: {what}"),
        "nothing was changed; go on with the draft",
    )
}

/// Sets a field of an edit from what was typed.
fn set(
    ctx: &CommandContext<'_>,
    edit: &mut Edit,
    field: &EditedField,
    value: &str,
) -> Result<(), Error> {
    let correction = &mut edit.correction;
    let required = || {
        Error::usage(
            format!("the {} cannot be removed", field.as_str()),
            "write another one, or leave the line as it was",
        )
    };
    let given = (!value.is_empty()).then_some(value);
    match field {
        EditedField::Title => {
            let title = given.ok_or_else(required)?;
            correction.title = Some(text::line("title", title).map_err(usage)?);
        }
        EditedField::Description => match given {
            Some(given) => {
                correction.description = Some(text::body("description", given).map_err(usage)?);
            }
            None => correction.cleared.push(ClearedField::Description),
        },
        EditedField::Requester => {
            let person = given.map(Requester::parse).transpose().map_err(usage)?;
            let person = ctx.requester(person.unwrap_or_default())?;
            if let Some(contact) = &person.contact {
                Requester::check_contact(contact).map_err(usage)?;
            }
            let is_complete = true;
            edit.requester = Some(NewRequester {
                person,
                is_complete,
            });
        }
        EditedField::Language => match given {
            Some(given) => {
                correction.language = Some(text::line("language", given).map_err(usage)?);
            }
            None => correction.cleared.push(ClearedField::Language),
        },
        EditedField::Channel => {
            let channel = Channel::parse(given.ok_or_else(required)?);
            correction.channel = Some(channel.map_err(usage)?);
        }
        EditedField::Kind => {
            edit.kind = Some(Kind::parse(given.ok_or_else(required)?).map_err(usage)?);
        }
        EditedField::Onset => {
            let onset = Occurrence::parse(given.ok_or_else(required)?);
            edit.onset = Some(onset.map_err(usage)?);
        }
        EditedField::Category => {
            edit.category = Some(ctx.category(given.ok_or_else(required)?)?);
        }
        EditedField::Users => edit.ratings.users = Some(given.ok_or_else(required)?.to_owned()),
        EditedField::Business => {
            edit.ratings.business = Some(given.ok_or_else(required)?.to_owned());
        }
        EditedField::Urgency => {
            edit.ratings.urgency = Some(given.ok_or_else(required)?.to_owned());
        }
        // Its line is read as a whole.
        EditedField::Tags => {}
        EditedField::Carried(name) => edit.fields.push(TypedField {
            name: name.clone(),
            value: value.to_owned(),
        }),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::category::Category;
    use crate::domain::custom_field::FieldDefinition;
    use crate::domain::decide::Command;
    use crate::domain::vocabulary::FieldType;
    use crate::testing::sample_fields;
    use crate::testing::ticket_story::desk;

    fn form() -> EditForm {
        EditForm::new(desk().open_at(3).ticket(), &Policy::built_in())
    }

    #[test]
    fn a_form_that_was_not_edited_reads_as_the_ticket() {
        let form = form();
        let context = ["#1 VPN drops".to_owned()];
        assert_eq!(EditForm::parse(&form.text(&context)).unwrap(), form);
    }

    fn field(name: &str, category: Option<&str>) -> FieldDefinition {
        let category = category.map(|path| Category::parse(path).unwrap());
        FieldDefinition {
            categories: category.into_iter().collect(),
            ..sample_fields::field(name, FieldType::Text)
        }
    }

    #[test]
    fn a_form_has_the_fields_of_its_category_and_those_with_a_value() {
        let set = |typed: &str| Command::SetFields {
            fields: vec![TypedField::parse(typed).unwrap()],
        };
        let defined = [
            field("asset", None),
            field("ssid", Some("network")),
            field("toner", Some("printer")),
            field("kept", Some("printer")),
            field("gone", None),
        ];
        let fields = defined.to_vec();
        let story = desk().policy(|policy| policy.fields = fields);
        let story = story.open_at(3);
        let story = story.run(set("kept=old")).run(set("gone=a=b"));
        let mut policy = Policy::built_in();
        policy.fields = defined.to_vec();
        policy.fields.retain(|field| field.name != "gone");
        let form = EditForm::new(story.ticket(), &policy);
        let text = form.text(&[]);
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("field"))
            .collect();
        assert_eq!(
            lines,
            [
                "field: asset=",
                "field: gone=a=b",
                "field: kept=old",
                "field: ssid="
            ]
        );
        assert_eq!(EditForm::parse(&text).unwrap(), form);
    }

    #[test]
    fn a_slip_in_a_form_names_its_line() {
        let text = form().text(&[]);
        for (from, to, expected) in [
            (
                "title:",
                "titel:",
                "there is no field 'titel'; did you mean 'title'?",
            ),
            ("title: ", "title ", "is not a field and its value"),
            ("---\n", "", "does not begin with ---"),
            (
                "tags:",
                "field: cost",
                "'cost' names no value; write cost=VALUE",
            ),
            (
                "tags:",
                "field: cost=1\nfield: Cost=2",
                "'cost' is given twice",
            ),
        ] {
            let fault = EditForm::parse(&text.replacen(from, to, 1)).unwrap_err();
            assert!(fault.to_string().contains(expected), "{fault}");
        }
        let open = text.replacen("\n---\n", "\n", 1);
        assert!(
            EditForm::parse(&open)
                .unwrap_err()
                .to_string()
                .contains("missing")
        );
    }
}
