//! Templates of tickets.

use super::questionnaire::plain_questions;
use super::toml_reader::{Faults, TomlTable, TomlValue, unknown_word};
use super::{people, short_name};
use crate::domain::category::{Category, NotACategory};
use crate::domain::custom_field::{TypedField, canonical_name};
use crate::domain::decide::Ratings;
use crate::domain::people::{Agent, Tier};
use crate::domain::policy::Policy;
use crate::domain::policy::questions::Question;
use crate::domain::policy::templates::{self, Template};
use crate::domain::tag::Tag;
use crate::domain::vocabulary::{Channel, ClosureCode, Kind, Occurrence, UnknownWord};

/// Maximum number of templates.
const MAX_TEMPLATES: usize = 200;
/// Maximum number of symptoms, or of affected elements.
const MAX_ENTRIES: usize = 50;

const KEYS: &[&str] = &[
    "title",
    "description",
    "kind",
    "onset",
    "channel",
    "category",
    "users",
    "business",
    "urgency",
    "symptoms",
    "affected",
    "assign",
    "tier",
    "tags",
    "fields",
    "checklist",
    "questions",
    "resolution",
    "code",
];

/// Parses the templates; [`check`] compares them with the rest of the policy.
pub(super) fn parse(root: &TomlTable<'_>, faults: &Faults, tiers: &[Tier]) -> Vec<Template> {
    let wanted = "a table for each template, such as [templates.password-reset]";
    let Some(table) = root.table("templates", faults, wanted) else {
        return Vec::new();
    };
    let entries = table.entries(faults, MAX_TEMPLATES).iter();
    let parsed = entries.filter_map(|(name, node)| {
        let name = faults.ok_or_add(node, short_name("template", name));
        let table = node.table(faults, "a table with title, kind, category and more")?;
        Some(template(name?, &table, faults, tiers))
    });
    parsed.collect()
}

fn template(name: String, table: &TomlTable<'_>, faults: &Faults, tiers: &[Tier]) -> Template {
    table.allow_keys(faults, KEYS);
    let get = |key: &str| table.get(key);
    let line = |key: &'static str| get(key)?.line(faults, key, "a text of one line in quotes");
    let body = |key: &'static str| get(key)?.body(faults, key, "a text in quotes");
    let list = |key: &'static str| {
        let node = get(key)?;
        let items = node.items(faults, MAX_ENTRIES, "a list of texts in quotes")?;
        let lines = items.iter();
        Some(
            lines
                .filter_map(|item| item.line(faults, key, "a text in quotes"))
                .collect(),
        )
    };
    Template {
        name,
        title: line("title"),
        description: body("description"),
        kind: get("kind").and_then(|node| node.word(faults, "a kind in quotes", Kind::parse)),
        onset: get("onset")
            .and_then(|node| node.word(faults, "an onset in quotes", Occurrence::parse)),
        channel: get("channel")
            .and_then(|node| node.word(faults, "a channel in quotes", Channel::parse)),
        category: get("category").and_then(|node| category(node, faults)),
        ratings: Ratings {
            users: line("users"),
            business: line("business"),
            urgency: line("urgency"),
        },
        symptoms: list("symptoms").unwrap_or_default(),
        affected: list("affected").unwrap_or_default(),
        assignee: get("assign").and_then(|node| {
            let typed = node.text(faults, "the name of an agent")?;
            faults.ok_or_add(node, Agent::parse(typed))
        }),
        tier: get("tier").and_then(|node| people::tier(node, faults, tiers)),
        tags: list("tags").map_or_else(Vec::new, |typed| tags(&typed, table, faults)),
        fields: get("fields").map_or_else(Vec::new, |node| fields(node, faults)),
        checklist: list("checklist").unwrap_or_default(),
        questions: get("questions").map_or_else(Vec::new, |node| plain_questions(node, faults)),
        resolution: body("resolution"),
        code: get("code")
            .and_then(|node| node.word(faults, "a closing code in quotes", ClosureCode::parse)),
    }
}

fn tags(typed: &[String], table: &TomlTable<'_>, faults: &Faults) -> Vec<Tag> {
    let Some(node) = table.get("tags") else {
        return Vec::new();
    };
    let parsed = typed.iter().filter_map(|typed| {
        let tag = Tag::parse(typed);
        faults.ok_or_add(
            node,
            tag.map_err(|fault| format!("{fault}: {}", fault.hint())),
        )
    });
    parsed.collect()
}

/// The values of fields, which [`check`] compares with their definitions.
fn fields(node: &TomlValue<'_>, faults: &Faults) -> Vec<TypedField> {
    let wanted = "a table of values, such as { asset = \"SRV-1\" }";
    let Some(table) = node.table(faults, wanted) else {
        return Vec::new();
    };
    let entries = table.entries(faults, MAX_ENTRIES).iter();
    let fields = entries.filter_map(|(name, node)| {
        Some(TypedField {
            name: canonical_name(name),
            value: node.answer_text(faults, "a value in quotes")?,
        })
    });
    fields.collect()
}

fn category(node: &TomlValue<'_>, faults: &Faults) -> Option<Category> {
    let typed = node.text(faults, "a category such as \"network/vpn\"")?;
    let parsed = Category::parse(typed);
    faults.ok_or_add(
        node,
        parsed.map_err(|fault| format!("{fault}: {}", NotACategory::HINT)),
    )
}

/// Checks what templates name against the rest of the policy.
pub(super) fn check(root: &TomlTable<'_>, faults: &Faults, policy: &Policy) {
    // Their own faults are reported already.
    let silent = Faults::new("");
    let Some(tables) = root.table("templates", &silent, "") else {
        return;
    };
    for template in &policy.templates {
        let found = tables.entries(&silent, MAX_TEMPLATES).iter();
        let mut found = found.filter(|(name, _)| name.trim() == template.name);
        if let Some(table) = found.next().and_then(|(_, node)| node.table(&silent, "")) {
            check_one(template, &table, faults, policy);
        }
    }
}

fn check_one(template: &Template, table: &TomlTable<'_>, faults: &Faults, policy: &Policy) {
    if let (Some(path), Some(node)) = (&template.category, table.get("category"))
        && faults.is_valid("categories")
        && let Err(fault) = policy.check_category(path)
    {
        faults.add(node, format!("{fault}: {}", fault.hint()));
    }
    let Ratings {
        users,
        business,
        urgency,
    } = &template.ratings;
    let (impact, soon) = (&policy.matrix.impact, &policy.matrix.urgency);
    let rated = [
        ("users", "impact level", users, impact),
        ("business", "impact level", business, impact),
        ("urgency", "urgency level", urgency, soon),
    ];
    for (key, what, typed, levels) in rated {
        let known = |typed: &str| levels.iter().any(|level| level.eq_ignore_ascii_case(typed));
        if let (Some(typed), Some(node)) = (typed, table.get(key))
            && faults.is_valid("levels")
            && !known(typed)
        {
            let levels = levels.iter().map(String::as_str);
            faults.add(node, unknown_word(&UnknownWord::new(what, typed, levels)));
        }
    }
    if let (Some(agent), Some(node)) = (&template.assignee, table.get("assign"))
        && faults.is_valid("agents")
        && let Err(fault) = policy.check_agent(agent)
    {
        faults.add(node, format!("{fault}: {}", fault.hint()));
    }
    if let (Some(code), Some(node)) = (template.code, table.get("code"))
        && faults.is_valid("codes")
        && !policy.closure_codes.contains(&code)
    {
        let codes = policy.closure_codes.iter().map(|code| code.as_str());
        faults.add(
            node,
            unknown_word(&UnknownWord::new("closing code", code.as_str(), codes)),
        );
    }
    check_fields(template, table, faults, policy);
    check_placeholders(template, table, faults, policy);
}

fn check_fields(template: &Template, table: &TomlTable<'_>, faults: &Faults, policy: &Policy) {
    let Some(node) = table.get("fields").filter(|_| faults.is_valid("fields")) else {
        return;
    };
    for field in &template.fields {
        let definition = policy.fields.iter().find(|known| known.name == field.name);
        match definition.map(|definition| definition.value(&field.value)) {
            Some(Ok(_)) => {}
            Some(Err(fault)) => faults.add(node, fault),
            None => {
                let names = policy.fields.iter().map(|known| known.name.as_str());
                faults.add(
                    node,
                    unknown_word(&UnknownWord::new("field", &field.name, names)),
                );
            }
        }
    }
}

fn check_placeholders(
    template: &Template,
    table: &TomlTable<'_>,
    faults: &Faults,
    policy: &Policy,
) {
    let of_category: Vec<Question> = templates::of_category(policy, template.category.as_ref());
    let known = template.known_placeholders(&of_category);
    let texts = ["title", "description", "resolution"];
    let texts = texts.into_iter().filter_map(|key| table.get(key));
    let silent = Faults::new("");
    let lists = ["symptoms", "affected"].into_iter().filter_map(|key| {
        let node = table.get(key)?;
        node.items(&silent, MAX_ENTRIES, "")
    });
    for node in texts.cloned().chain(lists.flatten()) {
        if let Some(text) = node.as_text()
            && let Err(fault) = templates::check(text, &known)
        {
            faults.add(&node, fault);
        }
    }
}
