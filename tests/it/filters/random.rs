//! Random expressions of the filter language against a naive reading of the JSON of
//! every ticket.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::concurrency::Dice;
use crate::env::Env;

const FIELDS: &str = "
[fields.asset]
type = \"text\"

[fields.cost]
type = \"number\"
";

/// Steps of a ticket; `ID` stands for its number.
const STEPS: &[&str] = &[
    "take ID",
    "assign ID ben",
    "escalate ID 'beyond me'",
    "pause ID vendor --force --reason 'sold out'",
    "reply ID looking",
    "reply ID --from-requester 'and now?'",
    "due ID '2026-03-20 12:00' --reason 'spare part'",
    "due ID '2026-03-09 12:00' --clock update --reason 'will call'",
    "tag ID vpn slow",
    "tag ID slow",
    "field ID asset=L-1 cost=5",
    "field ID cost=12.5",
    "spent ID 15m",
    "spent ID 1h",
    "checklist ID add one two",
    "checklist ID add one",
    "resolve ID done --code workaround --force --reason x --known-error",
    "resolve ID done --force --reason x",
    "close ID --force --reason x --satisfaction 4",
    "reopen ID again",
    "void ID --reason 'a slip'",
    "merge ID --into 1",
    "prioritize ID -u high -b high -g high",
    "prioritize ID -u low -b low -g low",
];

fn pick<T: Copy>(dice: &mut Dice, of: &[T]) -> T {
    of[usize::try_from(dice.below(of.len() as u64)).unwrap()]
}

/// A desk of many kinds of tickets.
fn desk(dice: &mut Dice) -> Env {
    let mut env = Env::new();
    std::fs::write(env.dir().join("fields.toml"), FIELDS).unwrap();
    env.does("desk policy set fields.toml");
    for id in 1..=40 {
        let mut one = |of: &[&'static str]| pick(dice, of);
        let words = [
            one(&["'VPN drops'", "'Mail bounces'", "Printer"]),
            one(&["-c phone", "-c email", "-c chat"]),
            one(&["", "-r 'Mia <mia@example.org>'", "-r tom@example.com"]),
            one(&["", "-k incident", "-k request"]),
            one(&["", "--category network/vpn", "--category facility"]),
        ];
        env.does(&format!("desk open {}", words.join(" ")));
        for _ in 0..dice.below(6) {
            let step = pick(dice, STEPS).replace("ID", &id.to_string());
            // Some steps are refused in some states.
            let _told = env.says(&format!("desk {step}"));
        }
    }
    env
}

type Reading = fn(&Value) -> bool;

fn is(row: &Value, name: &str, value: &str) -> bool {
    row[name] == value
}

fn has_tag(row: &Value, tag: &str) -> bool {
    row["tags"].as_array().unwrap().iter().any(|one| one == tag)
}

fn cost(row: &Value) -> Option<f64> {
    row["fields"]["cost"].as_f64()
}

fn spent(row: &Value) -> i64 {
    row["spent_s"].as_i64().unwrap_or(0)
}

fn any_clock(row: &Value, holds: impl Fn(&Value) -> bool) -> bool {
    row["clocks"].as_object().unwrap().values().any(holds)
}

fn is_void(row: &Value) -> bool {
    row["void"] == true
}

fn category_within(row: &Value, root: &str) -> bool {
    let category = row["category"].as_str().unwrap_or_default();
    category == root || category.starts_with(&format!("{root}/"))
}

fn text(row: &Value) -> String {
    let who = &row["requester"];
    let parts = [&row["title"], &who["name"], &who["contact"]];
    let parts = parts.map(|part| part.as_str().unwrap_or_default().to_lowercase());
    parts.join("\n")
}

fn done(row: &Value) -> Option<(i64, i64)> {
    let progress = &row["checklist"];
    Some((progress["done"].as_i64()?, progress["total"].as_i64()?))
}

/// The fields with some values each, and what each value says of a ticket.
const WORDS: &[(&str, &[(&str, Reading)])] = &[
    (
        "status",
        &[
            ("open", |row| !is(row, "status", "closed")),
            ("new", |row| is(row, "status", "new")),
            ("active", |row| is(row, "status", "active")),
            ("paused", |row| is(row, "status", "paused")),
            ("resolved", |row| is(row, "status", "resolved")),
            ("closed", |row| is(row, "status", "closed")),
            ("void", is_void),
        ],
    ),
    (
        "is",
        &[
            ("void", is_void),
            ("promised", |row| {
                any_clock(row, |clock| clock["promised"] == true)
            }),
            ("overdue", |row| {
                any_clock(row, |clock| clock["shows"] == "overdue")
            }),
            ("unassigned", |row| row["assignee"].is_null()),
            ("merged", |row| !row["merged_into"].is_null()),
            ("known-error", |row| row["known_error"] == true),
            ("reopened", |row| row["reopenings"] != 0),
            ("escalated", |row| row["escalations"] != 0),
            ("unanswered", |row| !row["unanswered_since"].is_null()),
        ],
    ),
    (
        "priority",
        &[
            ("P1", |row| is(row, "priority", "P1")),
            ("P3..P4", |row| {
                is(row, "priority", "P3") || is(row, "priority", "P4")
            }),
            ("none", |row| row["priority"].is_null()),
        ],
    ),
    (
        "assignee",
        &[
            ("anna", |row| is(row, "assignee", "anna")),
            ("ben", |row| is(row, "assignee", "ben")),
            ("none", |row| row["assignee"].is_null()),
        ],
    ),
    (
        "category",
        &[
            ("network", |row| category_within(row, "network")),
            ("facility", |row| category_within(row, "facility")),
            ("none", |row| row["category"].is_null()),
        ],
    ),
    (
        "kind",
        &[
            ("incident", |row| is(row, "kind", "incident")),
            ("any", |row| !row["kind"].is_null()),
        ],
    ),
    (
        "channel",
        &[
            ("phone", |row| is(row, "channel", "phone")),
            ("chat", |row| is(row, "channel", "chat")),
        ],
    ),
    (
        "tag",
        &[
            ("vpn", |row| has_tag(row, "vpn")),
            ("slow", |row| has_tag(row, "slow")),
            ("none", |row| row["tags"].as_array().unwrap().is_empty()),
        ],
    ),
    (
        "asset",
        &[
            ("L-1", |row| row["fields"]["asset"] == "L-1"),
            ("none", |row| row["fields"]["asset"].is_null()),
        ],
    ),
    (
        "cost",
        &[
            (">10", |row| cost(row).is_some_and(|cost| cost > 10.0)),
            ("5", |row| cost(row).is_some_and(|cost| cost == 5.0)),
            ("any", |row| cost(row).is_some()),
        ],
    ),
    (
        "spent",
        &[
            (">20m", |row| spent(row) > 1_200),
            ("none", |row| spent(row) == 0),
        ],
    ),
    (
        "checklist",
        &[
            ("open", |row| {
                done(row).is_some_and(|(done, all)| done < all)
            }),
            ("none", |row| done(row).is_none()),
        ],
    ),
    (
        "text",
        &[
            ("vpn", |row| text(row).contains("vpn")),
            ("example.com", |row| text(row).contains("example.com")),
        ],
    ),
    (
        "id",
        &[
            ("3..9", |row| (3..=9).contains(&row["id"].as_i64().unwrap())),
            (">30", |row| row["id"].as_i64().unwrap() > 30),
        ],
    ),
    (
        "satisfaction",
        &[
            (">=4", |row| row["satisfaction"].as_i64() >= Some(4)),
            ("none", |row| row["satisfaction"].is_null()),
        ],
    ),
    (
        "due",
        &[
            ("any", |row| !row["next_due"].is_null()),
            ("none", |row| row["next_due"].is_null()),
        ],
    ),
];

/// A word of a random expression, and what it says.
struct Word {
    typed: String,
    negated: bool,
    readings: Vec<Reading>,
    /// Whether it asks for void tickets, which are listed only then.
    asks_for_void: bool,
}

impl Word {
    fn random(dice: &mut Dice) -> Self {
        let (field, values) = pick(dice, WORDS);
        let negated = dice.below(3) == 0;
        let count = 1 + dice.below(2);
        let mut chosen = Vec::new();
        for _ in 0..count {
            chosen.push(pick(dice, values));
        }
        let typed: Vec<&str> = chosen.iter().map(|(value, _)| *value).collect();
        // A comma is part of a text.
        let (typed, chosen) = match field {
            "text" => (typed[0].to_owned(), &chosen[..1]),
            _ => (typed.join(","), &chosen[..]),
        };
        Self {
            typed: format!("{}{field}:{typed}", if negated { "not:" } else { "" }),
            negated,
            readings: chosen.iter().map(|(_, reading)| *reading).collect(),
            asks_for_void: !negated && chosen.iter().any(|(value, _)| *value == "void"),
        }
    }

    fn holds(&self, row: &Value) -> bool {
        self.readings.iter().any(|reading| reading(row)) != self.negated
    }
}

#[test]
fn a_thousand_random_expressions_list_what_a_naive_reading_of_the_json_does() {
    let mut dice = Dice(17);
    let mut env = desk(&mut dice);
    let now = "2026-03-12T12:00:00Z";
    let mut rows = Vec::new();
    for words in [&["--all"][..], &["status:void"]] {
        let list = [&["list"][..], words].concat();
        let found = env.at(now).json(&list);
        rows.extend(found.as_array().unwrap().iter().cloned());
    }
    let (mut empty, mut with_void, mut with_promises) = (0, 0, 0);
    for _ in 0..1_000 {
        let count = 1 + dice.below(3);
        let words: Vec<Word> = (0..count).map(|_| Word::random(&mut dice)).collect();
        let asks_for_void = words.iter().any(|word| word.asks_for_void);
        let met = rows.iter().filter(|row| {
            (asks_for_void || !is_void(row)) && words.iter().all(|word| word.holds(row))
        });
        let expected: BTreeSet<i64> = met.clone().map(|row| row["id"].as_i64().unwrap()).collect();
        let typed: Vec<&str> = words.iter().map(|word| word.typed.as_str()).collect();
        let args = [&["list", "--all", "--ids"][..], &typed].concat();
        let found = env.at(now).run(&args).ok().stdout;
        let found: BTreeSet<i64> = found.lines().map(|id| id.parse().unwrap()).collect();
        assert_eq!(found, expected, "{typed:?}");
        empty += usize::from(found.is_empty());
        with_void += usize::from(met.clone().any(is_void));
        let promised = typed.iter().any(|word| word.contains("promised"));
        with_promises += usize::from(promised && !found.is_empty());
    }
    // The control: the expressions find something, void and promised tickets too.
    assert!(
        empty < 700 && with_void > 20 && with_promises > 10,
        "{empty} {with_void} {with_promises}"
    );
}
