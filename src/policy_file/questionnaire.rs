//! Questions and findings of categories, and what they ask of each other:
//! they are measured against each other once the whole tree is read.

use super::toml_reader::{Log, Node, Table, unknown};
use super::{people, short_name};
use crate::domain::event::Advice;
use crate::domain::event::TicketId;
use crate::domain::people::Tier;
use crate::domain::policy::CategoryNode;
use crate::domain::policy::questions::{AnswerError, AnswerType, Condition, FindingRule, Question};
use crate::domain::questionnaire::Guide;
use crate::domain::text;
use crate::domain::vocabulary::UnknownWord;

/// The most questions of a category, choices of one, and findings.
const QUESTIONS: usize = 50;
const CHOICES: usize = 30;
const FINDINGS: usize = 100;

/// What a condition says, with the places where it does.
type Said<'a> = Vec<(Node<'a>, String, Vec<(Node<'a>, String)>)>;

/// A question or a finding as it is written.
pub(super) struct Written<'a, T> {
    pub(super) it: T,
    at: Node<'a>,
    when: Said<'a>,
}

/// The guide of one category, before it is measured against the others.
#[derive(Default)]
pub(super) struct Draft<'a> {
    questions: Vec<Written<'a, Question>>,
    findings: Vec<Written<'a, FindingRule>>,
}

impl<'a> Draft<'a> {
    pub(super) fn read(table: &Table<'a>, log: &Log, tiers: &[Tier]) -> Self {
        let questions = table.get("questions").map(|node| questions(node, log));
        let findings = table.get("findings").map(|node| findings(node, log, tiers));
        Self {
            questions: questions.unwrap_or_default(),
            findings: findings.unwrap_or_default(),
        }
    }

    pub(super) fn questions(&self) -> Vec<Question> {
        self.questions.iter().map(|q| q.it.clone()).collect()
    }

    pub(super) fn findings(&self) -> Vec<FindingRule> {
        self.findings.iter().map(|f| f.it.clone()).collect()
    }

    /// Measures its conditions against the questions that the category has,
    /// and puts them into the branch as they are understood.
    pub(super) fn check(&self, at: usize, tree: &mut [CategoryNode], log: &Log) {
        let guide = Guide::among(tree, &tree[at].path);
        let place = |key: &str| guide.questions.iter().position(|q| q.key == key);
        for (n, written) in self.questions.iter().enumerate() {
            let before = place(&written.it.key).unwrap_or_default();
            tree[at].questions[n].when = understood(&written.when, &guide, before, log);
            self.check_heirs(written, &guide, log);
        }
        for (n, written) in self.findings.iter().enumerate() {
            let all = guide.questions.len();
            tree[at].findings[n].when = understood(&written.when, &guide, all, log);
        }
    }

    /// What a category above asks of a question must still hold for the one
    /// that takes its place.
    fn check_heirs(&self, written: &Written<'a, Question>, guide: &Guide, log: &Log) {
        let own = |key: &str| self.questions.iter().any(|q| q.it.key == key);
        let own_finding = |finding: &FindingRule| self.findings.iter().any(|f| f.it == *finding);
        let asked = guide.questions.iter().filter(|q| !own(&q.key));
        let found = guide.findings.iter().filter(|f| !own_finding(f));
        let conditions = asked.map(|q| &q.when).chain(found.map(|f| &f.when));
        for (key, values) in conditions.flat_map(|when| &when.0) {
            let lost = |value: &&String| written.it.answer_type.parse(value).is_err();
            if *key == written.it.key
                && let Some(value) = values.iter().find(lost)
            {
                let accepted = written.it.answer_type.choices().join(", ");
                log.fault(
                    &written.at,
                    format!(
                        "'{key}' takes the place of a question above, of which '{value}' \
                         is expected there; this one accepts: {accepted}"
                    ),
                );
                return;
            }
        }
    }
}

/// A condition with its answers as they are kept.
fn understood(said: &Said<'_>, guide: &Guide, before: usize, log: &Log) -> Condition {
    let mut when = Vec::new();
    for (node, key, values) in said {
        let place = guide.questions.iter().position(|q| q.key == *key);
        let Some(question) = place
            .filter(|place| *place < before)
            .map(|at| &guide.questions[at])
        else {
            let earlier = || guide.keys().take(before);
            log.fault(
                node,
                match place {
                    Some(_) => {
                        format!("'{key}' is not asked before this: refer to an earlier question")
                    }
                    None if before == 0 => format!("there is no question '{key}' before this"),
                    None => unknown(&UnknownWord::new("question", key, earlier())),
                },
            );
            continue;
        };
        let read = values.iter().filter_map(|(node, value)| {
            let read = question
                .answer_type
                .parse(value)
                .map_err(|error| match error {
                    AnswerError::NotAChoice(accepted) => {
                        unknown(&UnknownWord::new("answer", value, accepted))
                    }
                    AnswerError::Text(fault) => fault.to_string(),
                });
            log.taken(node, read)
        });
        when.push((question.key.clone(), read.collect()));
    }
    Condition(when)
}

fn questions<'a>(node: &Node<'a>, log: &Log) -> Vec<Written<'a, Question>> {
    let wanted = "a list of questions";
    let mut asked: Vec<Written<'a, Question>> = Vec::new();
    for item in node.items(log, QUESTIONS, wanted).unwrap_or_default() {
        let Some(mut written) = question(&item, log) else {
            continue;
        };
        let question = &mut written.it;
        let taken = |key: &str| asked.iter().any(|other| other.it.key == key);
        if question.key.is_empty() {
            let slug = slug(&question.text);
            let numbered = (2..).map(|n| format!("{slug}-{n}"));
            let mut keys = std::iter::once(slug.clone()).chain(numbered);
            question.key = keys.find(|key| !taken(key)).unwrap_or_default();
        } else if taken(&question.key) {
            let message = format!("a second question with the key '{}'", question.key);
            log.fault(&item, message);
            continue;
        }
        asked.push(written);
    }
    asked
}

/// A question; its key is empty where none is given.
fn question<'a>(node: &Node<'a>, log: &Log) -> Option<Written<'a, Question>> {
    let whole = |key, text, answer_type, help, when| Written {
        it: Question {
            key,
            text,
            answer_type,
            help,
            when: Condition::default(),
        },
        at: node.clone(),
        when,
    };
    let line = |node: &Node<'_>| line("question", "a question in quotes", node, log);
    if node.is_text() {
        let text = line(node)?;
        return Some(whole(
            String::new(),
            text,
            AnswerType::Text,
            None,
            Vec::new(),
        ));
    }
    let table = node.table(log, "a text, or { key = \"…\", text = \"…\" }")?;
    table.only(log, &["key", "text", "type", "choices", "help", "when"]);
    let key = match table.get("key") {
        Some(node) => {
            let typed = node.text(log, "a short name in quotes")?;
            log.taken(node, short_name("question", typed))?
        }
        None => String::new(),
    };
    let Some(text) = table.get("text") else {
        table.fault(log, "a question needs a text");
        return None;
    };
    let help = table
        .get("help")
        .and_then(|node| body("help", "how to find out, in quotes", node, log));
    let (text, answer_type) = (line(text), answer_type(&table, log));
    Some(whole(key, text?, answer_type?, help, said(&table, log)))
}

fn answer_type(table: &Table<'_>, log: &Log) -> Option<AnswerType> {
    let choices = table.get("choices");
    let word = match table.get("type") {
        Some(node) => {
            let typed = node.text(log, "a type in quotes")?;
            let known = AnswerType::WORDS.iter().find(|word| typed.trim() == **word);
            let word = known.copied().ok_or_else(|| {
                unknown(&UnknownWord::new(
                    "type",
                    typed,
                    AnswerType::WORDS.iter().copied(),
                ))
            });
            log.taken(node, word)?
        }
        None if choices.is_some() => "choice",
        None => "text",
    };
    match (word, choices) {
        ("choice", Some(node)) => self::choices(node, log).map(AnswerType::Choice),
        ("choice", None) => {
            table.fault(log, "a choice needs its choices: choices = [\"…\", \"…\"]");
            None
        }
        (_, Some(node)) => {
            log.fault(node, format!("a question of type {word} has no choices"));
            None
        }
        ("yes-no", None) => Some(AnswerType::YesNo),
        (_, None) => Some(AnswerType::Text),
    }
}

fn choices(node: &Node<'_>, log: &Log) -> Option<Vec<String>> {
    let mut choices: Vec<String> = Vec::new();
    let items = node.items(log, CHOICES, "a list of 2 or more choices")?;
    for item in &items {
        let typed = item.answer(log, "a choice in quotes")?;
        let choice = text::line("choice", &typed).map_err(|fault| fault.to_string());
        let choice = log.taken(item, choice)?;
        if choices
            .iter()
            .any(|known| known.to_lowercase() == choice.to_lowercase())
        {
            log.fault(item, format!("'{choice}' is named twice"));
        } else {
            choices.push(choice);
        }
    }
    if items.len() < 2 {
        log.fault(node, "write a list of 2 or more choices");
        return None;
    }
    Some(choices)
}

/// The condition of a table, as it is written.
fn said<'a>(table: &Table<'a>, log: &Log) -> Said<'a> {
    let wanted = "earlier answers, such as { error = \"691\" }";
    let Some(when) = table.get("when").and_then(|node| node.table(log, wanted)) else {
        return Vec::new();
    };
    let mut said = Vec::new();
    for (key, node) in when.entries(log, QUESTIONS) {
        let wanted = "an answer in quotes, or a list of them";
        let values = if node.is_list() {
            node.items(log, CHOICES, wanted).unwrap_or_default()
        } else {
            vec![node.clone()]
        };
        if values.is_empty() {
            log.fault(node, format!("write {wanted}"));
        }
        let values = values.into_iter().filter_map(|value| {
            let answer = value.answer(log, wanted)?;
            Some((value, answer))
        });
        said.push((node.clone(), key.clone(), values.collect()));
    }
    said
}

fn findings<'a>(node: &Node<'a>, log: &Log, tiers: &[Tier]) -> Vec<Written<'a, FindingRule>> {
    let wanted = "tables such as [[categories.\"network/vpn\".findings]]";
    let tables = node.tables(log, FINDINGS, wanted).unwrap_or_default();
    let finding = |table: &Table<'a>| {
        let parts = [
            "when",
            "cause",
            "known_error",
            "workaround",
            "escalate",
            "reason",
        ];
        table.only(log, &parts);
        let text = |name, wanted: &str| table.get(name).and_then(|n| body(name, wanted, n, log));
        let advice = Advice {
            cause: text("cause", "the suspected cause in quotes"),
            known_error: table.get("known_error").and_then(|node| ticket(node, log)),
            workaround: text("workaround", "the workaround in quotes"),
            escalate: table
                .get("escalate")
                .and_then(|node| people::tier(node, log, tiers)),
            reason: text("reason", "the reason in quotes"),
        };
        let says = |name: &&str| table.get(name).is_some();
        if !parts[1..5].iter().any(says) && log.is_sound(&table.key) {
            let message = "a finding says something: a cause, a known_error, a workaround, or to whom to escalate";
            table.fault(log, message);
        }
        if let (Some(_), Some(node)) = (table.get("known_error"), table.get("workaround")) {
            log.fault(
                node,
                "the known error has a workaround of its own: leave one of them out",
            );
        }
        if let (None, Some(node)) = (table.get("escalate"), table.get("reason")) {
            log.fault(node, "a reason goes with escalate = \"TIER\"");
        }
        Written {
            it: FindingRule {
                when: Condition::default(),
                advice,
            },
            at: node.clone(),
            when: said(table, log),
        }
    };
    tables.iter().map(finding).collect()
}

fn ticket(node: &Node<'_>, log: &Log) -> Option<TicketId> {
    let id = node.integer().filter(|id| *id > 0).map(TicketId);
    if id.is_none() {
        log.fault(
            node,
            "write the number of the ticket that is the known error, such as 42",
        );
    }
    id
}

fn line(what: &'static str, wanted: &str, node: &Node<'_>, log: &Log) -> Option<String> {
    let typed = node.text(log, wanted)?;
    let line = text::line(what, typed).map_err(|fault| fault.to_string());
    log.taken(node, line)
}

fn body(what: &'static str, wanted: &str, node: &Node<'_>, log: &Log) -> Option<String> {
    let typed = node.text(log, wanted)?;
    let body = text::body(what, typed).map_err(|fault| fault.to_string());
    log.taken(node, body)
}

/// A short name made of the first words of a text.
fn slug(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        let length = slug.chars().count() + 1 + word.chars().count();
        if !slug.is_empty() && length > 30 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(30));
    }
    if slug.is_empty() {
        slug.push_str("question");
    }
    slug
}
