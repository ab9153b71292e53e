//! What words of a filter mean, and what is said about the others.

use chrono::DateTime;

use super::*;
use crate::domain::filter::{DateRange, FieldTest, NumberRange, OptionalField};
use crate::domain::tag::Tag;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{FieldType, Kind};
use crate::testing::store::fixtures::carried;

fn read(words: &[&str]) -> Result<Vec<Condition>, FilterError> {
    let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
    let zone = Zone::utc();
    let tiers = ["L1", "L2"].map(Tier::from_stored);
    let ctx = FilterContext {
        clock: Clock { now, zone: &zone },
        me: &|| Some(Agent::from_stored("anna")),
        tiers: &tiers,
        lowest_priority: 4,
        fields: &carried::fields(),
        retired: &|name| (name == "old_asset").then_some(FieldType::Text),
    };
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    parse(&words, &ctx)
}

fn tests_of(word: &str) -> Vec<Test> {
    read(&[word]).unwrap().remove(0).tests
}

#[test]
fn a_word_is_a_text_or_a_field_with_values() {
    assert_eq!(tests_of("vpn"), [Test::Text("vpn".into())]);
    assert_eq!(tests_of("10:30"), [Test::Text("10:30".into())]);
    assert_eq!(tests_of("C:\\temp"), [Test::Text("C:\\temp".into())]);
    assert_eq!(tests_of("text:a:b"), [Test::Text("a:b".into())]);
    assert_eq!(tests_of("title:a, b"), [Test::Title("a, b".into())]);
    assert_eq!(tests_of("s:open"), [Test::Open]);
    assert_eq!(
        tests_of("assignee:none,@me,ben"),
        [
            Test::Lacks(OptionalField::Assignee),
            Test::Assignee(Agent::from_stored("anna")),
            Test::Assignee(Agent::from_stored("ben")),
        ]
    );
    assert_eq!(tests_of("TIER:l2"), [Test::Tier(Tier::from_stored("L2"))]);
    assert_eq!(
        tests_of("pri:P1"),
        [Test::Priority(NumberRange { from: 1, to: 1 })]
    );
}

#[test]
fn numbers_are_compared() {
    let range = |from, to| vec![Test::Priority(NumberRange { from, to })];
    for (word, expected) in [
        ("p:P2", range(2, 2)),
        ("p:<=P2", range(1, 2)),
        ("p:<P2", range(1, 1)),
        ("p:>P2", range(3, 4)),
        ("p:>=2", range(2, 4)),
        ("p:P1..P3", range(1, 3)),
        ("p:P3..", range(3, 4)),
    ] {
        assert_eq!(tests_of(word), expected, "{word}");
    }
}

#[test]
fn a_minus_turns_a_word_round() {
    for word in ["-kind:request", "not:kind:request"] {
        let conditions = read(&[word, "vpn"]).unwrap();
        assert!(conditions[0].negated, "{word}");
        assert!(!conditions[1].negated);
        assert_eq!(conditions[0].tests, [Test::Kind(Kind::Request)]);
    }
}

#[test]
fn what_is_not_understood_is_pointed_at() {
    let long = "x".repeat(10_000);
    let many = format!("id:{}", vec!["1"; 300].join(","));
    let words = [
        "prio:P9",
        "colour:red",
        "asignee:anna",
        "re:x",
        "status:opened",
        "is:late",
        "p:",
        "-",
        "updated:<2x",
        "tier:L9",
        "id:x",
        "p:P3..P1",
        "satisfaction:6",
        "kind:incident,",
        &long,
        &many,
    ];
    let faults = words.map(|word| {
        let fault = read(&[word]).unwrap_err();
        format!("{fault}\n  {}", fault.hint)
    });
    insta::assert_snapshot!(faults.join("\n"), @"
    in the filter word 'prio:P9': 'P9' is not a priority
      give one of: P1, P1..P2, <=P2, none
    in the filter word 'colour:red': there is no field 'colour'
      did you mean 'color:'? desk help filters lists all
    in the filter word 'asignee:anna': there is no field 'asignee'
      did you mean 'assignee:'? desk help filters lists all
    in the filter word 're:x': 're' can be requester, reason, resolved
      write the whole name of the field
    in the filter word 'status:opened': unknown status 'opened'
      did you mean 'open'? accepted: new, active, paused, resolved, closed, open, void
    in the filter word 'is:late': unknown property 'late'
      accepted: open, closed, new, active, paused, resolved, void, overdue, at-risk, mine, unassigned, unanswered, known-error, merged, reopened, escalated, restricted, promised, imported
    in the filter word 'p:': 'priority:' has no value
      give one: P1, P1..P2, <=P2, none
    in the filter word '-': it is empty
      give a text or FIELD:VALUE; desk help filters lists the fields
    in the filter word 'updated:<2x': '2x' is not a duration: use 90m, 2h30m, 3d or 45s
      write whole numbers with their units: 1d12h, 2h30m, 90m, 45s
    in the filter word 'tier:L9': unknown tier 'L9'
      did you mean 'L1'? accepted: L1, L2
    in the filter word 'id:x': 'x' is not a ticket number
      give one of: 42, 40..45, >100
    in the filter word 'p:P3..P1': 'P3..P1' is not a priority
      give one of: P1, P1..P2, <=P2, none
    in the filter word 'satisfaction:6': '6' is not a rating
      give one of: 1 to 5, >=4, none
    in the filter word 'kind:incident,': 'kind:' has no value
      give one: incident, request, none
    in the filter word 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…': it is longer than 1000 bytes
      give fewer values, or a part of the text
    in the filter word 'id:1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1…': there are more than 200 values
      give fewer, or a category or a time span that includes them
    ");
}

#[test]
fn a_saved_text_is_split_at_blanks_outside_quotes() {
    let split = |text: &str| split(text).unwrap();
    assert_eq!(split("  p:P1   -a:none "), ["p:P1", "-a:none"]);
    assert_eq!(split("title:\"VPN drops\" x"), ["title:VPN drops", "x"]);
    assert_eq!(split("\"\""), [""]);
    assert_eq!(split(""), Vec::<String>::new());
    assert!(super::split("\"open").is_err());
}

/// Every field and every value that the help names is understood.
#[test]
fn the_help_says_what_is_true() {
    for help in FIELDS {
        for value in help.values.split(", ").filter(|value| !value.contains(' ')) {
            let value = value.replace("A..B", "2026-11-01..2026-11-02");
            let word = format!("{}:{value}", help.name);
            read(&[&word]).unwrap_or_else(|fault| panic!("{fault}"));
        }
    }
}

#[test]
fn tags_and_checklists_are_asked_for() {
    assert_eq!(
        tests_of("tag:VPN,none"),
        [
            Test::Tag(Tag::from_stored("vpn")),
            Test::Lacks(OptionalField::Tag)
        ]
    );
    assert_eq!(
        tests_of("checklist:open,done,any"),
        [
            Test::ChecklistOpen,
            Test::ChecklistDone,
            Test::Has(OptionalField::Checklist),
        ]
    );
    assert!(read(&["tag:a b"]).is_err() && read(&["checklist:half"]).is_err());
}

#[test]
fn fields_of_the_policy_are_read_by_their_type() {
    let field = |name: &str, test| Test::Field(name.to_owned(), test);
    let number = |from, to| field("cost", FieldTest::Number(NumberRange { from, to }));
    assert_eq!(tests_of("cost:12.5"), [number(12_500_000, 12_500_000)]);
    let largest = 999_999_999_999_999_999;
    assert_eq!(tests_of("Cost:>10"), [number(10_000_001, largest)]);
    assert_eq!(tests_of("cost:-1..2"), [number(-1_000_000, 2_000_000)]);
    let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 3, day);
    let dates = |from, to| field("bought", FieldTest::Date(DateRange { from, to }));
    assert_eq!(tests_of("bought:2026-03-02"), [dates(day(2), day(2))]);
    assert_eq!(tests_of("bought:2026-03"), [dates(day(1), day(31))]);
    assert_eq!(tests_of("bought:<2026-03-02"), [dates(None, day(1))]);
    assert_eq!(tests_of("bought:>=2026-03-02"), [dates(day(2), None)]);
    let text = |name, text: &str| field(name, FieldTest::Text(text.to_owned()));
    assert_eq!(tests_of("asset:SRV-1"), [text("asset", "SRV-1")]);
    assert_eq!(tests_of("color:RED"), [text("color", "RED")]);
    assert_eq!(tests_of("old-asset:x"), [text("old_asset", "x")]);
    assert_eq!(
        tests_of("asset:none"),
        [Test::LacksField("asset".to_owned())]
    );
    assert_eq!(tests_of("asset:any"), [Test::HasField("asset".to_owned())]);
    for (word, problem) in [
        ("cost:much", "'much' is not a number"),
        ("color:green", "'green' is not a value of color"),
        ("asset:", "'asset:' has no value"),
        ("assett:x", "there is no field 'assett'"),
        ("bought:soon", "'soon' is not"),
    ] {
        let fault = read(&[word]).unwrap_err();
        assert!(fault.problem.starts_with(problem), "{}", fault.problem);
        assert!(!fault.hint.is_empty());
    }
    let hint = read(&["assett:x"]).unwrap_err().hint;
    assert!(hint.starts_with("did you mean 'asset:'"), "{hint}");
}
