//! Templates of tickets: what is the same each time, with questions for what is not.

use std::collections::BTreeSet;
use std::fmt;

use super::Policy;
use super::questions::{Answers, Question};
use crate::domain::category::Category;
use crate::domain::custom_field::TypedField;
use crate::domain::decide::Ratings;
use crate::domain::people::{Agent, Tier};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::tag::Tag;
use crate::domain::vocabulary::{Channel, ClosureCode, Kind, Occurrence, UnknownWord};

/// What every template can say without asking: who asks, how to reach them, and who
/// opens the ticket.
pub(crate) const REQUESTER: &str = "requester";
pub(crate) const CONTACT: &str = "contact";
pub(crate) const AGENT: &str = "agent";
const ALWAYS: [&str; 3] = [REQUESTER, CONTACT, AGENT];

/// A template of tickets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Template {
    pub(crate) name: String,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) kind: Option<Kind>,
    pub(crate) onset: Option<Occurrence>,
    pub(crate) channel: Option<Channel>,
    pub(crate) category: Option<Category>,
    pub(crate) ratings: Ratings,
    pub(crate) symptoms: Vec<String>,
    pub(crate) affected: Vec<String>,
    pub(crate) assignee: Option<Agent>,
    pub(crate) tier: Option<Tier>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) fields: Vec<TypedField>,
    /// What is to be done, in order.
    pub(crate) checklist: Vec<String>,
    pub(crate) questions: Vec<Question>,
    /// How such tickets are solved.
    pub(crate) resolution: Option<String>,
    pub(crate) code: Option<ClosureCode>,
}

/// Why a text of a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PlaceholderFault {
    /// A `{{` without `}}`.
    Open,
    Unknown(UnknownWord),
}

impl fmt::Display for PlaceholderFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("a '{{' has no '}}'"),
            Self::Unknown(fault) => write!(f, "{fault}: {}", fault.hint()),
        }
    }
}

impl Template {
    /// Returns the questions that are asked: its own, and those of its category that
    /// its texts name.
    pub(crate) fn asked(&self, policy: &Policy) -> Vec<Question> {
        let named: BTreeSet<&str> = self.texts().flat_map(placeholders).collect();
        let mut asked = self.questions.clone();
        for question in of_category(policy, self.category.as_ref()) {
            let own = asked.iter().any(|known| known.key == question.key);
            if named.contains(question.key.as_str()) && !own {
                asked.push(question);
            }
        }
        asked
    }

    /// Returns the placeholders that its texts may have.
    pub(crate) fn known_placeholders(&self, of_category: &[Question]) -> Vec<String> {
        let questions = self.questions.iter().chain(of_category);
        let keys = questions.map(|question| question.key.clone());
        ALWAYS.map(str::to_owned).into_iter().chain(keys).collect()
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let texts = [&self.title, &self.description, &self.resolution];
        let lists = self.symptoms.iter().chain(&self.affected);
        let texts = texts.into_iter().flatten().chain(lists);
        texts.map(String::as_str)
    }
}

impl Policy {
    /// Finds a template.
    ///
    /// # Errors
    /// [`UnknownWord`] with the templates of the policy.
    pub(crate) fn find_template(&self, typed: &str) -> Result<&Template, UnknownWord> {
        let named = |template: &&Template| template.name.eq_ignore_ascii_case(typed.trim());
        self.templates.iter().find(named).ok_or_else(|| {
            let names = self.templates.iter().map(|template| template.name.as_str());
            UnknownWord::new("template", typed.trim(), names)
        })
    }
}

/// Returns the questions of a category.
pub(crate) fn of_category(policy: &Policy, category: Option<&Category>) -> Vec<Question> {
    category.map_or_else(Vec::new, |category| {
        Questionnaire::for_category(policy, category).questions
    })
}

/// Returns the placeholders of a text, in order.
pub(crate) fn placeholders(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else {
            break;
        };
        found.push(name.trim());
        rest = after;
    }
    found
}

/// Checks the placeholders of a text.
///
/// # Errors
/// The first fault.
pub(crate) fn check(text: &str, known: &[String]) -> Result<(), PlaceholderFault> {
    for name in placeholders(text) {
        if !known.iter().any(|known| known == name) {
            let known = known.iter().map(String::as_str);
            let fault = UnknownWord::new("placeholder", name, known);
            return Err(PlaceholderFault::Unknown(fault));
        }
    }
    let last_open = text.rfind("{{");
    match last_open.is_some_and(|at| !text[at..].contains("}}")) {
        true => Err(PlaceholderFault::Open),
        false => Ok(()),
    }
}

/// Fills in a text. Values are never taken for templates.
///
/// # Errors
/// The first placeholder that has no value.
pub(crate) fn fill<'t>(text: &'t str, values: &Answers) -> Result<String, &'t str> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else {
            break;
        };
        filled.push_str(before);
        let name = name.trim();
        filled.push_str(values.get(name).ok_or(name)?);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> Answers {
        let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn values_are_filled_in_once() {
        let values = values(&[("a", "{{b}}"), ("b", "no")]);
        assert_eq!(fill("x {{a}}{{ a }} y", &values).unwrap(), "x {{b}}{{b}} y");
        assert_eq!(fill("{{a}} {{c}}", &values), Err("c"));
        assert_eq!(fill("}} {a} {{", &values).unwrap(), "}} {a} {{");
    }

    #[test]
    fn an_unknown_or_open_placeholder_is_a_fault() {
        let known = ["account".to_owned()];
        assert_eq!(check("{{account}} }}", &known), Ok(()));
        assert_eq!(
            check("{{acount}}", &known).unwrap_err().to_string(),
            "unknown placeholder 'acount': did you mean 'account'? accepted: account"
        );
        assert_eq!(
            check("{{account}} {{acc", &known),
            Err(PlaceholderFault::Open)
        );
    }
}
