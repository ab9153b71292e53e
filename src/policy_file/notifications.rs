//! Who must be told of a breach of personal data, and the worksheet for its
//! severity: the sections `[[notifications]]` and `[breach]`.

use super::questionnaire::RawQuestionnaire;
use super::toml_reader::{Faults, TomlTable, TomlValue};
use super::{short_name, time_zone};
use crate::domain::breach::severity;
use crate::domain::breach::terms::{
    NotificationRule, RISK_UNLIKELY, Terms, Trigger, Unless, Within, default_warnings,
};
use crate::domain::category::Category;
use crate::domain::policy::CategoryNode;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{Recipient, Role};
use chrono::TimeDelta;

/// Maximum number of notifications.
const MAX_RULES: usize = 50;
/// Maximum number of limits or warnings of one.
const MAX_LIMITS: usize = 10;

const KEYS: &[&str] = &[
    "regime", "stage", "to", "basis", "role", "from", "within", "unless", "own", "warn", "timezone",
];

const TRIGGER: &str = "\"aware\", \"classified\", \"risk-high\" or \"stage:NAME\"";
const SPAN: &str = "a span such as \"72h\" or \"1 month\"";

/// Parses the rules; `None` without the section.
pub(super) fn rules(
    root: &TomlTable<'_>,
    faults: &Faults,
    zone: &Zone,
) -> Option<Vec<NotificationRule>> {
    let node = root.get("notifications")?;
    let wanted = "tables such as [[notifications]], or [] for none";
    let tables = node.tables(faults, MAX_RULES, wanted)?;
    let mut rules: Vec<NotificationRule> = Vec::new();
    for table in &tables {
        let Some(rule) = rule(table, faults, zone) else {
            continue;
        };
        let same = |other: &&NotificationRule| other.terms.name() == rule.terms.name();
        if rules.iter().any(|other| same(&other)) {
            let name = rule.terms.name();
            table.add_fault(faults, format!("a second notification '{name}'"));
            continue;
        }
        check_stages(table, &rule, &rules, faults);
        rules.push(rule);
    }
    Some(rules)
}

/// A stage that starts the time of another one stands before it, so that no two
/// wait for each other.
fn check_stages(
    table: &TomlTable<'_>,
    rule: &NotificationRule,
    before: &[NotificationRule],
    faults: &Faults,
) {
    for (trigger, _) in &rule.terms.limits {
        let Trigger::Stage(stage) = trigger else {
            continue;
        };
        let is_known = before
            .iter()
            .any(|other| (&other.terms.regime, &other.terms.stage) == (&rule.terms.regime, stage));
        if !is_known && let Some(node) = table.get("from") {
            let regime = &rule.terms.regime;
            let message = format!("no notification '{regime}/{stage}' stands before this one");
            faults.add(node, message);
        }
    }
}

fn rule(table: &TomlTable<'_>, faults: &Faults, zone: &Zone) -> Option<NotificationRule> {
    table.allow_keys(faults, KEYS);
    let required = |key: &str, wanted: &str| {
        let node = table.get(key);
        if node.is_none() {
            table.add_fault(faults, format!("{key} is missing: write {wanted}"));
        }
        node
    };
    let name = |key: &'static str| {
        let wanted = "a short name in quotes";
        let node = required(key, wanted)?;
        let typed = node.text(faults, wanted)?.to_lowercase();
        faults.ok_or_add(node, short_name(key, &typed))
    };
    let (regime, stage) = (name("regime"), name("stage"));
    let recipients = "\"authority\", \"persons\" or \"controller\"";
    let to =
        required("to", recipients).and_then(|node| node.word(faults, recipients, Recipient::parse));
    let limits = limits(required("from", TRIGGER), required("within", SPAN), faults);
    let roles = "\"controller\" or \"processor\"";
    let role = table
        .get("role")
        .and_then(|node| node.word(faults, roles, Role::parse));
    let basis = table
        .get("basis")
        .and_then(|node| node.line(faults, "basis", "where it is written, in quotes"));
    let is_own_span = table.get("own").and_then(|node| node.boolean(faults));
    let warnings = table.get("warn").and_then(|node| warnings(node, faults));
    let zone = match table.get("timezone") {
        Some(node) => time_zone(node, faults)?,
        None => zone.clone(),
    };
    let unless = table.get("unless").and_then(|node| {
        let wanted = "\"risk-unlikely\", or a condition in words";
        let typed = node.line(faults, "condition", wanted)?;
        Some(match typed.as_str() {
            RISK_UNLIKELY => Unless::RiskUnlikely,
            _ => Unless::Other(typed),
        })
    });
    Some(NotificationRule {
        role,
        terms: Terms {
            regime: regime?,
            stage: stage?,
            to: to?,
            basis,
            limits: limits?,
            unless,
            is_own_span: is_own_span.unwrap_or(false),
            warnings: warnings.unwrap_or_else(default_warnings),
            zone,
        },
    })
}

/// A text, or a list of texts.
fn one_or_more<'a>(
    node: &TomlValue<'a>,
    faults: &Faults,
    wanted: &str,
) -> Option<Vec<TomlValue<'a>>> {
    if !node.is_list() {
        return Some(vec![node.clone()]);
    }
    let items = node.items(faults, MAX_LIMITS, wanted)?;
    if items.is_empty() {
        faults.add(node, format!("write {wanted}"));
        return None;
    }
    Some(items)
}

/// The limits: each trigger with its span, or several spans from one trigger.
fn limits(
    from: Option<&TomlValue<'_>>,
    within: Option<&TomlValue<'_>>,
    faults: &Faults,
) -> Option<Vec<(Trigger, Within)>> {
    let (from, within) = (from?, within?);
    let trigger = |node: &TomlValue<'_>| {
        let typed = node.text(faults, TRIGGER)?;
        let found = Trigger::parse(typed);
        faults.ok_or_add(
            node,
            found.ok_or_else(|| format!("'{typed}' starts no time: write {TRIGGER}")),
        )
    };
    let span = |node: &TomlValue<'_>| {
        let typed = node.text(faults, SPAN)?;
        let found = Within::parse(typed);
        faults.ok_or_add(
            node,
            found.ok_or_else(|| format!("'{typed}' is not a span: write {SPAN}")),
        )
    };
    let triggers = one_or_more(from, faults, TRIGGER)?;
    let spans = one_or_more(within, faults, SPAN)?;
    let triggers: Option<Vec<Trigger>> = triggers.iter().map(trigger).collect();
    let spans: Option<Vec<Within>> = spans.iter().map(span).collect();
    let (triggers, spans) = (triggers?, spans?);
    match (triggers.as_slice(), spans.len()) {
        ([one], _) => Some(spans.iter().map(|span| (one.clone(), *span)).collect()),
        (several, spans_given) if several.len() == spans_given => {
            Some(triggers.into_iter().zip(spans).collect())
        }
        (several, spans_given) => {
            let message = format!(
                "it has {spans_given} and from has {}: write one span for each",
                several.len()
            );
            faults.add(within, message);
            None
        }
    }
}

fn warnings(node: &TomlValue<'_>, faults: &Faults) -> Option<Vec<TimeDelta>> {
    let wanted = "a list of spans before the end, such as [\"24h\", \"6h\"]";
    let mut spans: Vec<TimeDelta> = Vec::new();
    for item in node.items(faults, MAX_LIMITS, wanted)? {
        let typed = item.text(faults, wanted)?;
        match Within::parse(typed) {
            Some(Within::Time(span)) if spans.contains(&span) => {
                faults.add(&item, format!("'{typed}' is listed twice"));
            }
            Some(Within::Time(span)) => spans.push(span),
            Some(Within::Months(_)) | None => {
                faults.add(&item, format!("'{typed}' is not a span such as \"24h\""));
            }
        }
    }
    Some(spans)
}

/// The worksheet: the built-in questions, with those of `[breach]` that replace
/// or follow them.
pub(super) fn worksheet(root: &TomlTable<'_>, faults: &Faults) -> Questionnaire {
    let built_in = severity::worksheet();
    let wanted = "a table such as [breach] with questions";
    let Some(table) = root.table("breach", faults, wanted) else {
        return built_in;
    };
    table.allow_keys(faults, &["questions"]);
    let raw = RawQuestionnaire::parse(&table, faults, &[]);
    for question in raw.questions() {
        let counts = built_in
            .questions
            .iter()
            .find(|known| known.key == question.key);
        if let Some(known) = counts
            && severity::is_scored(&known.key)
            && known.answer_type != question.answer_type
            && let Some(node) = table.get("questions")
        {
            let choices = known.answer_type.choices().join(", ");
            let message = format!(
                "'{}' counts for the score: keep its choices {choices}",
                known.key
            );
            faults.add(node, message);
        }
    }
    // The own questions are like those of a category below the built-in ones.
    let node = |path: &str, questions| CategoryNode {
        path: Category::from_stored(path),
        title: None,
        questions,
        findings: Vec::new(),
    };
    let mut tree = vec![
        node("worksheet", built_in.questions),
        node("worksheet/own", raw.questions()),
    ];
    raw.resolve_conditions(1, &mut tree, faults);
    Questionnaire::from_tree(&tree, &tree[1].path.clone())
}
