//! The whole form of a new ticket, asked for at the terminal. What was typed is kept
//! as a draft until the ticket is opened; forms that run at once have one each.

mod field;
mod hints;

use std::cell::RefCell;

use super::details::Details;
use crate::app::KnownNames;
use crate::cli::args;
use crate::cli::context::CommandContext;
use crate::cli::prompt::{FormQuestion, FormReply, OpeningDraft};
use crate::domain::policy::questions::Answers;
use crate::domain::search::similar::{CategorySuggestion, SimilarityQuery};
use crate::error::Error;
use crate::policy_file;
use field::{Field, choices, flag};
use hints::Hints;

/// How many categories, or other names, are shown while one types.
const SHOWN: usize = 5;
/// What opens the editor for the description.
const EDITOR: &str = "e";

/// The form while it is filled in.
struct Form<'a> {
    ctx: &'a CommandContext<'a>,
    draft: OpeningDraft<'a>,
    details: Details,
    /// What was typed here, by question.
    typed: Answers,
}

/// Asks for what is not `given`, and whether to open the ticket. With `everything`
/// what is given is asked too, and stands as the present value.
///
/// # Errors
/// [`Error::Interrupted`] if somebody leaves; what was typed stays as a draft.
pub(super) fn fill_in(
    ctx: &CommandContext<'_>,
    details: Details,
    everything: bool,
) -> Result<Details, Error> {
    let given: Vec<Field> = Field::ALL
        .into_iter()
        .filter(|field| !everything && field.value(&details).is_some())
        // The channel of the settings stands as the present value.
        .filter(|field| *field != Field::Channel || !is_default_channel(ctx, &details))
        .collect();
    let mut form = Form {
        ctx,
        draft: ctx.prompt.opening_draft(ctx.desk.agent()?),
        details,
        typed: Answers::new(),
    };
    let outcome = form.fill_in(&given);
    if outcome.is_err() && !form.typed.is_empty() {
        ctx.prompt
            .say("", "what you typed is saved; continue with: desk open");
    }
    outcome?;
    form.draft.track();
    Ok(form.details)
}

fn is_default_channel(ctx: &CommandContext<'_>, details: &Details) -> bool {
    let default = ctx.config.channel.as_ref().map(|channel| channel.value);
    details.channel.is_some() && details.channel == default
}

impl Form<'_> {
    fn fill_in(&mut self, given: &[Field]) -> Result<(), Error> {
        self.restore(given)?;
        let prompt = &self.ctx.prompt;
        prompt.say(
            "",
            "Enter keeps or skips, Tab completes, - removes, < goes back, Esc leaves.",
        );
        let mut fields = Field::ALL.to_vec();
        fields.retain(|field| !given.contains(field));
        loop {
            self.ask_all(&fields)?;
            self.show();
            let choices = ["open", "edit", "cancel"].map(str::to_owned);
            match prompt.choose_index("open this ticket?", "--no-input", &choices)? {
                0 => return Ok(()),
                1 => fields = Field::ALL.to_vec(),
                _ => return Err(Error::Interrupted),
            }
        }
    }

    /// Goes on with a form that was left, if somebody wants to.
    fn restore(&mut self, given: &[Field]) -> Result<(), Error> {
        let prompt = &self.ctx.prompt;
        let Some(saved) = self.draft.take_over() else {
            return Ok(());
        };
        let saved = policy_file::parse_answers(&saved).unwrap_or_default();
        if saved.is_empty() || !prompt.confirm_continue(saved.len())? {
            self.draft.discard();
            return Ok(());
        }
        for (name, value) in saved {
            let field = Field::ALL.into_iter().find(|field| field.as_str() == name);
            let Some(field) = field.filter(|field| !given.contains(field)) else {
                continue;
            };
            // What the policy does not accept any more is asked for again.
            match field.set(self.ctx, &mut self.details, &value) {
                Ok(()) => {
                    self.typed.insert(name, value);
                }
                Err(Error::Usage { .. }) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    fn ask_all(&mut self, fields: &[Field]) -> Result<(), Error> {
        let mut at = 0;
        while let Some(field) = fields.get(at) {
            let back = self.ask(*field)?;
            at = match back {
                true => at.saturating_sub(1),
                false => at + 1,
            };
            let rated = *field == Field::Urgency && !back || at == fields.len();
            if rated && args::all_or_none(self.details.ratings.clone()).is_err() {
                let missing = |field: &Field| {
                    let ratings = [Field::Users, Field::Business, Field::Urgency];
                    ratings.contains(field) && field.value(&self.details).is_none()
                };
                let (message, hint) = (
                    "a ticket has all three ratings, or none",
                    "give the missing ones, or remove the others with -",
                );
                self.ctx.prompt.say("  ", &format!("{message}: {hint}"));
                at = fields.iter().position(missing).unwrap_or(0);
            }
        }
        Ok(())
    }

    /// Asks for one field until the answer is accepted; returns whether to go back.
    fn ask(&mut self, field: Field) -> Result<bool, Error> {
        let policies = self.ctx.desk.policies_if_any()?;
        let choices = choices(field, &policies.current);
        let known = self.known(field)?;
        let suggestions = match field == Field::Category {
            true => self.suggestions()?,
            false => Vec::new(),
        };
        let paths = suggestions.iter().map(|one| one.category.to_string());
        let suggested: Vec<String> = paths.collect();
        let hints = Hints {
            ctx: self.ctx,
            field,
            known: &known,
            suggestions: &suggestions,
            last: RefCell::default(),
        };
        loop {
            let present = field.value(&self.details);
            let question = FormQuestion {
                what: field.as_str(),
                present: present.as_deref(),
                choices: &choices,
                suggested: &suggested,
                known: &known,
                hints: &|typed| hints.lines(typed),
                flag: flag(field),
            };
            let typed = match self.ctx.prompt.ask(&question)? {
                FormReply::Back => return Ok(true),
                FormReply::Keep if field == Field::Title && present.is_none() => {
                    self.ctx.prompt.say("  ", "a ticket needs a title");
                    continue;
                }
                FormReply::Keep => return Ok(false),
                FormReply::Remove => {
                    field.clear(&mut self.details);
                    self.typed.remove(field.as_str());
                    self.save()?;
                    continue;
                }
                FormReply::Text(typed) => typed,
            };
            let typed = match field == Field::Description {
                true => self.described(typed)?,
                false => Some(typed),
            };
            let Some(typed) = typed else {
                return Ok(false);
            };
            // What was typed is kept before it is looked at.
            self.typed.insert(field.as_str().to_owned(), typed.clone());
            self.save()?;
            match field.set(self.ctx, &mut self.details, &typed) {
                Ok(()) => return Ok(false),
                Err(Error::Usage { message, hint }) => {
                    self.ctx.prompt.say("  ", &message);
                    self.ctx.prompt.say("  ", &hint);
                    self.typed.remove(field.as_str());
                }
                Err(fault) => return Err(fault),
            }
        }
    }

    /// The description that an answer stands for, which may be that from the editor;
    /// `None` if that is empty.
    fn described(&self, typed: String) -> Result<Option<String>, Error> {
        if typed != EDITOR {
            return Ok(Some(typed));
        }
        let before = self.details.description.clone().unwrap_or_default();
        match self.ctx.prompt.edit("description", "-m TEXT", &before) {
            Ok(text) => Ok(Some(text)),
            Err(Error::Interrupted) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    fn save(&mut self) -> Result<(), Error> {
        match self.typed.is_empty() {
            true => {
                self.draft.discard();
                Ok(())
            }
            false => self.draft.save(&self.typed),
        }
    }

    /// The categories of similar tickets.
    fn suggestions(&self) -> Result<Vec<CategorySuggestion>, Error> {
        let title = self.details.title.as_deref().unwrap_or_default();
        let mut query = SimilarityQuery::from(title);
        let description = self.details.description.iter();
        query
            .texts
            .extend(description.map(|text| (text.clone(), 1.0)));
        let mut found = self.ctx.desk.suggestions(&query)?;
        found.truncate(SHOWN);
        Ok(found)
    }

    /// The names that can be completed.
    fn known(&self, field: Field) -> Result<Vec<String>, Error> {
        let which = match field {
            Field::Requester => KnownNames::Contacts,
            Field::Category => KnownNames::Categories,
            Field::Assignee => KnownNames::Agents,
            Field::Title
            | Field::Channel
            | Field::Kind
            | Field::Users
            | Field::Business
            | Field::Urgency
            | Field::Description => return Ok(Vec::new()),
        };
        self.ctx.desk.known_names(which)
    }

    /// Shows what will be opened.
    fn show(&self) {
        let prompt = &self.ctx.prompt;
        prompt.say("", "");
        for field in Field::ALL {
            if let Some(value) = field.value(&self.details) {
                let first = value.lines().next().unwrap_or_default();
                let more = match value.lines().count() > 1 {
                    true => " …",
                    false => "",
                };
                prompt.say(
                    &format!("  {:<20}", field.as_str()),
                    &format!("{first}{more}"),
                );
            }
        }
    }
}
