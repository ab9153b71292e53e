//! The questions and findings of categories. Their conditions refer to each
//! other, so they are resolved after all categories are parsed.

use super::conditions::{self, RawCondition};
use super::toml_reader::{Faults, TomlTable, TomlValue, unknown_word};
use super::{people, short_name};
use crate::domain::event::Advice;
use crate::domain::event::TicketId;
use crate::domain::people::Tier;
use crate::domain::policy::CategoryNode;
use crate::domain::policy::questions::{AnswerType, Condition, FindingRule, Question};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text;
use crate::domain::vocabulary::UnknownWord;

/// Maximum number of questions of a category.
pub(super) const MAX_QUESTIONS: usize = 50;
/// Maximum number of choices of a question.
pub(super) const MAX_CHOICES: usize = 30;
/// Maximum number of findings of a category.
const MAX_FINDINGS: usize = 100;

/// A question or finding whose condition is not resolved yet.
pub(super) struct Parsed<'a, T> {
    pub(super) value: T,
    at: TomlValue<'a>,
    when: RawCondition<'a>,
}

/// The questions and findings of one category before their conditions are
/// resolved.
#[derive(Default)]
pub(super) struct RawQuestionnaire<'a> {
    questions: Vec<Parsed<'a, Question>>,
    findings: Vec<Parsed<'a, FindingRule>>,
}

impl<'a> RawQuestionnaire<'a> {
    pub(super) fn parse(table: &TomlTable<'a>, faults: &Faults, tiers: &[Tier]) -> Self {
        let questions = table.get("questions").map(|node| questions(node, faults));
        let findings = table
            .get("findings")
            .map(|node| findings(node, faults, tiers));
        Self {
            questions: questions.unwrap_or_default(),
            findings: findings.unwrap_or_default(),
        }
    }

    pub(super) fn questions(&self) -> Vec<Question> {
        self.questions.iter().map(|q| q.value.clone()).collect()
    }

    pub(super) fn findings(&self) -> Vec<FindingRule> {
        self.findings.iter().map(|f| f.value.clone()).collect()
    }

    /// Checks the conditions against the questions of the category, inherited ones
    /// included, and stores the resolved conditions in the tree.
    pub(super) fn resolve_conditions(&self, at: usize, tree: &mut [CategoryNode], faults: &Faults) {
        let questionnaire = Questionnaire::from_tree(tree, &tree[at].path);
        let index = |key: &str| questionnaire.questions.iter().position(|q| q.key == key);
        for (n, raw) in self.questions.iter().enumerate() {
            let before = index(&raw.value.key).unwrap_or_default();
            tree[at].questions[n].when =
                conditions::resolve(&raw.when, &questionnaire, before, faults);
            self.check_replaced_question(raw, &questionnaire, faults);
        }
        for (n, raw) in self.findings.iter().enumerate() {
            let all = questionnaire.questions.len();
            tree[at].findings[n].when = conditions::resolve(&raw.when, &questionnaire, all, faults);
        }
    }

    /// Checks that a question which replaces an inherited one still accepts the
    /// answers that inherited conditions refer to.
    fn check_replaced_question(
        &self,
        raw: &Parsed<'a, Question>,
        questionnaire: &Questionnaire,
        faults: &Faults,
    ) {
        let own = |key: &str| self.questions.iter().any(|q| q.value.key == key);
        let own_finding = |finding: &FindingRule| self.findings.iter().any(|f| f.value == *finding);
        let asked = questionnaire.questions.iter().filter(|q| !own(&q.key));
        let found = questionnaire.findings.iter().filter(|f| !own_finding(f));
        let inherited = asked.map(|q| &q.when).chain(found.map(|f| &f.when));
        for (key, values) in inherited.flat_map(|when| &when.0) {
            let lost = |value: &&String| raw.value.answer_type.parse(value).is_err();
            if *key == raw.value.key
                && let Some(value) = values.iter().find(lost)
            {
                let accepted = raw.value.answer_type.choices().join(", ");
                faults.add(
                    &raw.at,
                    format!(
                        "'{key}' replaces an inherited question, and a condition there expects \
                         '{value}'; this one accepts: {accepted}"
                    ),
                );
                return;
            }
        }
    }
}

/// The questions of a list that stands for itself: none depends on another.
pub(super) fn plain_questions(node: &TomlValue<'_>, faults: &Faults) -> Vec<Question> {
    let parsed = questions(node, faults).into_iter();
    let plain = parsed.map(|raw| {
        if !raw.when.is_empty() {
            faults.add(
                &raw.at,
                "a question of a template is always asked: leave out when",
            );
        }
        raw.value
    });
    plain.collect()
}

fn questions<'a>(node: &TomlValue<'a>, faults: &Faults) -> Vec<Parsed<'a, Question>> {
    let wanted = "a list of questions";
    let mut asked: Vec<Parsed<'a, Question>> = Vec::new();
    for item in node
        .items(faults, MAX_QUESTIONS, wanted)
        .unwrap_or_default()
    {
        let Some(mut raw) = question(&item, faults) else {
            continue;
        };
        let question = &mut raw.value;
        let is_used = |key: &str| asked.iter().any(|other| other.value.key == key);
        if question.key.is_empty() {
            let slug = slug(&question.text);
            let numbered = (2..).map(|n| format!("{slug}-{n}"));
            let mut keys = std::iter::once(slug.clone()).chain(numbered);
            question.key = keys.find(|key| !is_used(key)).unwrap_or_default();
        } else if is_used(&question.key) {
            let message = format!("a second question with the key '{}'", question.key);
            faults.add(&item, message);
            continue;
        }
        asked.push(raw);
    }
    asked
}

/// Parses a question; its key stays empty if none is given.
fn question<'a>(node: &TomlValue<'a>, faults: &Faults) -> Option<Parsed<'a, Question>> {
    let build = |key, text, answer_type, help, when| Parsed {
        value: Question {
            key,
            text,
            answer_type,
            help,
            when: Condition::default(),
        },
        at: node.clone(),
        when,
    };
    let line = |node: &TomlValue<'_>| node.line(faults, "question", "a question in quotes");
    if node.is_text() {
        let text = line(node)?;
        return Some(build(
            String::new(),
            text,
            AnswerType::Text,
            None,
            Vec::new(),
        ));
    }
    let table = node.table(faults, "a text, or { key = \"…\", text = \"…\" }")?;
    table.allow_keys(faults, &["key", "text", "type", "choices", "help", "when"]);
    let key = match table.get("key") {
        Some(node) => {
            let typed = node.text(faults, "a short name in quotes")?;
            faults.ok_or_add(node, short_name("question", typed))?
        }
        None => String::new(),
    };
    let Some(text) = table.get("text") else {
        table.add_fault(faults, "a question needs a text");
        return None;
    };
    let help = table
        .get("help")
        .and_then(|node| node.body(faults, "help", "a help text in quotes"));
    let (text, answer_type) = (line(text), answer_type(&table, faults));
    Some(build(
        key,
        text?,
        answer_type?,
        help,
        conditions::parse(&table, faults),
    ))
}

fn answer_type(table: &TomlTable<'_>, faults: &Faults) -> Option<AnswerType> {
    let choices = table.get("choices");
    let type_name = match table.get("type") {
        Some(node) => {
            let typed = node.text(faults, "a type in quotes")?;
            let known = AnswerType::WORDS
                .iter()
                .find(|type_name| typed.trim() == **type_name);
            let type_name = known.copied().ok_or_else(|| {
                unknown_word(&UnknownWord::new(
                    "type",
                    typed,
                    AnswerType::WORDS.iter().copied(),
                ))
            });
            faults.ok_or_add(node, type_name)?
        }
        None if choices.is_some() => "choice",
        None => "text",
    };
    match (type_name, choices) {
        ("choice", Some(node)) => self::choices(node, faults).map(AnswerType::Choice),
        ("choice", None) => {
            table.add_fault(
                faults,
                "a choice needs its choices: choices = [\"…\", \"…\"]",
            );
            None
        }
        (_, Some(node)) => {
            faults.add(
                node,
                format!("a question of type {type_name} has no choices"),
            );
            None
        }
        ("yes-no", None) => Some(AnswerType::YesNo),
        (_, None) => Some(AnswerType::Text),
    }
}

fn choices(node: &TomlValue<'_>, faults: &Faults) -> Option<Vec<String>> {
    let mut choices: Vec<String> = Vec::new();
    let items = node.items(faults, MAX_CHOICES, "a list of 2 or more choices")?;
    for item in &items {
        let typed = item.answer_text(faults, "a choice in quotes")?;
        let choice = faults.ok_or_add(item, text::line("choice", &typed))?;
        if choices
            .iter()
            .any(|known| known.to_lowercase() == choice.to_lowercase())
        {
            faults.add(item, format!("'{choice}' is listed twice"));
        } else {
            choices.push(choice);
        }
    }
    if items.len() < 2 {
        faults.add(node, "write a list of 2 or more choices");
        return None;
    }
    Some(choices)
}

fn findings<'a>(
    node: &TomlValue<'a>,
    faults: &Faults,
    tiers: &[Tier],
) -> Vec<Parsed<'a, FindingRule>> {
    let wanted = "tables such as [[categories.\"network/vpn\".findings]]";
    let tables = node
        .tables(faults, MAX_FINDINGS, wanted)
        .unwrap_or_default();
    let finding = |table: &TomlTable<'a>| {
        let parts = [
            "when",
            "cause",
            "known_error",
            "workaround",
            "escalate",
            "reason",
        ];
        table.allow_keys(faults, &parts);
        let text = |name, wanted: &str| {
            table
                .get(name)
                .and_then(|node| node.body(faults, name, wanted))
        };
        let advice = Advice {
            cause: text("cause", "the suspected cause in quotes"),
            known_error: table
                .get("known_error")
                .and_then(|node| ticket_id(node, faults)),
            workaround: text("workaround", "the workaround in quotes"),
            escalate: table
                .get("escalate")
                .and_then(|node| people::tier(node, faults, tiers)),
            reason: text("reason", "the reason in quotes"),
        };
        let says = |name: &&str| table.get(name).is_some();
        if !parts[1..5].iter().any(says) && faults.is_valid(&table.key) {
            let message = "a finding needs a cause, a known_error, a workaround or escalate";
            table.add_fault(faults, message);
        }
        if let (Some(_), Some(node)) = (table.get("known_error"), table.get("workaround")) {
            faults.add(
                node,
                "the known error has its own workaround: remove one of the two",
            );
        }
        if let (None, Some(node)) = (table.get("escalate"), table.get("reason")) {
            faults.add(node, "a reason needs escalate = \"TIER\"");
        }
        Parsed {
            value: FindingRule {
                when: Condition::default(),
                advice,
            },
            at: node.clone(),
            when: conditions::parse(table, faults),
        }
    };
    tables.iter().map(finding).collect()
}

fn ticket_id(node: &TomlValue<'_>, faults: &Faults) -> Option<TicketId> {
    let id = node.integer().filter(|id| *id > 0).map(TicketId);
    if id.is_none() {
        faults.add(
            node,
            "write the number of the ticket that is the known error, such as 42",
        );
    }
    id
}

/// A key made from the first words of a question.
fn slug(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|type_name| !type_name.is_empty());
    let mut slug = String::new();
    for type_name in words {
        let length = slug.chars().count() + 1 + type_name.chars().count();
        if !slug.is_empty() && length > 30 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(type_name.chars().take(30));
    }
    if slug.is_empty() {
        slug.push_str("question");
    }
    slug
}
