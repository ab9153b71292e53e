//! Fills in a template of the policy: what was given with flags counts first, and
//! what it does not say is asked for.

use super::details::Details;
use crate::cli::args::usage;
use crate::cli::context::CommandContext;
use crate::domain::decide::GivenAnswer;
use crate::domain::people::Requester;
use crate::domain::policy::Policy;
use crate::domain::policy::questions::{AnswerError, Answers, Question};
use crate::domain::policy::templates::{self, AGENT, CONTACT, REQUESTER, Template};
use crate::domain::text;
use crate::domain::vocabulary::{ClosureCode, UnknownWord};
use crate::error::Error;

/// How tickets of a template are solved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TemplateResolution {
    pub(crate) text: Option<String>,
    pub(crate) code: Option<ClosureCode>,
}

/// Finds a template of the policy.
///
/// # Errors
/// [`Error::Usage`] with the templates that there are.
pub(crate) fn find<'p>(policy: &'p Policy, typed: &str) -> Result<&'p Template, Error> {
    if policy.templates.is_empty() {
        return Err(Error::usage(
            format!("there is no template '{typed}': the policy has none"),
            "write one as [templates.NAME] with: desk policy edit; see desk help opening",
        ));
    }
    let found = policy.find_template(typed);
    found.map_err(|fault| Error::usage(fault.to_string(), fault.hint()))
}

/// Fills in what the template says and was not given. `resolves` says whether its
/// resolution is needed, which is returned filled in.
///
/// # Errors
/// [`Error::Usage`] with the flag for what the template needs and nobody can be
/// asked for; [`Error::Interrupted`] at a prompt.
pub(super) fn add(
    ctx: &CommandContext<'_>,
    template: &Template,
    details: &mut Details,
    resolves: bool,
) -> Result<TemplateResolution, Error> {
    let policies = ctx.desk.policies_if_any()?;
    details.kind = details.kind.or(template.kind);
    details.onset = details.onset.or(template.onset);
    details.channel = details.channel.or(template.channel);
    details.category = details
        .category
        .take()
        .or_else(|| template.category.clone());
    details.add_ratings(template.ratings.clone());
    details.assignee = details
        .assignee
        .take()
        .or_else(|| template.assignee.clone());
    for tag in &template.tags {
        if !details.tags.contains(tag) {
            details.tags.push(tag.clone());
        }
    }
    for field in &template.fields {
        if details.fields.iter().all(|given| given.name != field.name) {
            details.fields.push(field.clone());
        }
    }
    details.checklist.extend_from_slice(&template.checklist);
    let name = &template.name;
    details.tier = template
        .tier
        .as_ref()
        .map(|tier| (tier.to_string(), format!("the template {name} says so")));
    let mut texts = Texts::of(template, details, resolves);
    let mut values = Values {
        ctx,
        template,
        needed: texts.placeholders(),
        known: Answers::new(),
    };
    values.ask(&template.asked(&policies.current), details)?;
    values.add_requester(details)?;
    texts.fill(&values.known);
    let Texts {
        title,
        description,
        symptoms,
        affected,
        resolution,
    } = texts;
    let line = |what: &'static str, typed: &String| text::line(what, typed).map_err(usage);
    if let Some(title) = title {
        details.title = Some(line("title", &title)?);
    }
    if let Some(description) = description {
        details.description = Some(text::body("description", &description).map_err(usage)?);
    }
    for symptom in &symptoms {
        details.note.symptoms.push(line("symptom", symptom)?);
    }
    for element in &affected {
        details
            .note
            .affected
            .push(line("affected element", element)?);
    }
    Ok(TemplateResolution {
        text: resolution,
        code: template.code,
    })
}

/// The texts of a template that are used.
struct Texts {
    title: Option<String>,
    description: Option<String>,
    symptoms: Vec<String>,
    affected: Vec<String>,
    resolution: Option<String>,
}

impl Texts {
    fn of(template: &Template, given: &Details, resolves: bool) -> Self {
        let unless = |given: bool, text: &Option<String>| text.clone().filter(|_| !given);
        let list = |given: &[String], texts: &[String]| match given.is_empty() {
            true => texts.to_vec(),
            false => Vec::new(),
        };
        Self {
            title: unless(given.title.is_some(), &template.title),
            description: unless(given.description.is_some(), &template.description),
            symptoms: list(&given.note.symptoms, &template.symptoms),
            affected: list(&given.note.affected, &template.affected),
            resolution: unless(!resolves, &template.resolution),
        }
    }

    fn all(&mut self) -> impl Iterator<Item = &mut String> {
        let texts = [&mut self.title, &mut self.description, &mut self.resolution];
        let lists = self.symptoms.iter_mut().chain(&mut self.affected);
        texts.into_iter().flatten().chain(lists)
    }

    fn placeholders(&mut self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for text in self.all() {
            let found = templates::placeholders(text).into_iter();
            names.extend(found.map(str::to_owned));
        }
        names
    }

    fn fill(&mut self, values: &Answers) {
        for text in self.all() {
            // All that is needed was asked for.
            if let Ok(filled) = templates::fill(text, values) {
                *text = filled;
            }
        }
    }
}

/// The values of placeholders while they are collected.
struct Values<'a> {
    ctx: &'a CommandContext<'a>,
    template: &'a Template,
    needed: Vec<String>,
    known: Answers,
}

impl Values<'_> {
    fn needs(&self, name: &str) -> bool {
        self.needed.iter().any(|needed| needed == name)
    }

    /// Takes the answers that were given, and asks for the others.
    fn ask(&mut self, questions: &[Question], details: &mut Details) -> Result<(), Error> {
        for question in questions {
            let mut given = details.answers.iter_mut();
            let given = given.find(|given| given.key == question.key);
            let answer = match given {
                Some(given) => {
                    given.answer = parsed(question, &given.answer)?;
                    Some(given.answer.clone())
                }
                None => {
                    let answer = self.asked(question)?;
                    details
                        .answers
                        .extend(answer.iter().map(|answer| GivenAnswer {
                            key: question.key.clone(),
                            answer: answer.clone(),
                            strict: false,
                        }));
                    answer
                }
            };
            if let Some(answer) = answer {
                self.known.insert(question.key.clone(), answer);
            }
        }
        Ok(())
    }

    /// Asks a question; one that no text needs may be left open.
    fn asked(&self, question: &Question) -> Result<Option<String>, Error> {
        let needed = self.needs(&question.key);
        let prompt = &self.ctx.prompt;
        if !prompt.is_interactive() && !needed {
            return Ok(None);
        }
        if !prompt.is_interactive() {
            let (name, key, text) = (&self.template.name, &question.key, &question.text);
            return Err(Error::usage(
                format!("the template {name} needs an answer: {text}"),
                format!("give it with --answer {key}=TEXT"),
            ));
        }
        prompt.answer(question, needed)
    }

    /// Adds what is known of the people, and asks for the requester if a text needs
    /// one.
    fn add_requester(&mut self, details: &mut Details) -> Result<(), Error> {
        let needs_person = self.needs(REQUESTER) || self.needs(CONTACT);
        if needs_person && details.requester.label().is_none() {
            let typed = self.ctx.prompt.line("requester", "--requester WHO")?;
            let requester = Requester::parse(&typed).map_err(usage)?;
            let language = details.requester.language.take();
            details.requester = self.ctx.requester(requester)?;
            details.requester.language = language;
        }
        if self.needs(CONTACT) && details.requester.contact.is_none() {
            let name = &self.template.name;
            return Err(Error::usage(
                format!("the template {name} needs the contact of the requester"),
                "give it with --contact CONTACT",
            ));
        }
        let person = &details.requester;
        let values = [
            (REQUESTER, person.label().map(str::to_owned)),
            (CONTACT, person.contact.clone()),
            (AGENT, Some(self.ctx.desk.agent()?.to_string())),
        ];
        for (name, value) in values {
            if let Some(value) = value.filter(|_| !self.known.contains_key(name)) {
                self.known.insert(name.to_owned(), value);
            }
        }
        Ok(())
    }
}

/// Checks an answer to a question of a template.
fn parsed(question: &Question, typed: &str) -> Result<String, Error> {
    question
        .answer_type
        .parse(typed)
        .map_err(|fault| match fault {
            AnswerError::Text(fault) => usage(fault),
            AnswerError::NotAChoice(accepted) => {
                let accepted = accepted.iter().map(String::as_str);
                let fault = UnknownWord::new("answer", typed, accepted);
                Error::usage(format!("{}: {fault}", question.key), fault.hint())
            }
        })
}
