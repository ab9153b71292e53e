//! Fields that the policy defines: `desk field`, and fields wherever tickets are.

use crate::env::Env;

/// A policy with a field of each type.
const FIELDS: &str = "
[fields.asset]
type = \"text\"
label = \"Asset\"
categories = [\"network\"]
required_to = \"resolve\"

[fields.cost]
type = \"number\"

[fields.bought]
type = \"date\"

[fields.site]
type = \"choice\"
choices = [\"Kiel\", \"Oslo\"]
";

fn with_policy(env: &mut Env, text: &str) {
    std::fs::write(env.dir().join("fields.toml"), text).unwrap();
    let _ = env.run(&["policy", "set", "fields.toml"]).ok();
}

fn ready() -> Env {
    let mut env = Env::new();
    env.ready();
    with_policy(&mut env, FIELDS);
    env
}

#[test]
fn fields_are_set_shown_and_removed() {
    let mut env = ready();
    let done = env
        .run(&["field", "1", "cost=0120.50", "site=kiel", "asset=SRV-1"])
        .ok();
    assert_eq!(done.stdout.trim(), "#1 cost=120.5, site=Kiel, asset=SRV-1");
    let page = env.run(&["show", "1"]).ok().stdout;
    assert!(page.contains("Fields\n  Asset       SRV-1\n"), "{page}");
    assert!(page.contains("no value    bought\n"), "{page}");
    let json = env.json(&["show", "1"]);
    let fields = serde_json::json!({ "asset": "SRV-1", "cost": 120.5, "site": "Kiel" });
    assert_eq!(json["fields"], fields);
    let removed = env.run(&["field", "1", "site="]).ok();
    assert_eq!(removed.stdout.trim(), "#1 site \"Kiel\" removed");
    let opened = env
        .run(&["open", "Docking station", "--field", "bought=2026-02-01"])
        .ok();
    assert!(opened.stdout.starts_with("#2 opened"), "{}", opened.stdout);
}

#[test]
fn a_value_that_does_not_fit_is_refused_with_the_form() {
    let mut env = ready();
    for (typed, hint) in [
        ("cost=much", "write a number such as 1200"),
        ("bought=1.2.2026", "write a date such as 2026-11-28"),
        ("site=Rome", "write one of Kiel, Oslo"),
        ("aset=1", "did you mean 'asset'?"),
        ("cost", "write cost=VALUE"),
    ] {
        let refused = env.run(&["field", "1", typed]).code(2);
        assert!(refused.stderr.contains(hint), "{}", refused.stderr);
        let refused = env.run(&["open", "x", "--field", typed]).code(2);
        assert!(refused.stderr.contains(hint), "{}", refused.stderr);
    }
    let missing = env.run(&["field", "1"]).code(2);
    assert!(
        missing.stderr.contains("fields: asset, cost, bought, site"),
        "{}",
        missing.stderr
    );
}

#[test]
fn fields_are_columns_and_filters() {
    let mut env = ready();
    env.does("desk field 1 cost=120.5 bought=2026-02-01 asset=SRV-1");
    env.does("desk open 'Mouse' --field cost=9 --field site=Oslo");
    let mut ids = |words: &[&str]| {
        let args = [&["list", "--ids"], words].concat();
        env.run(&args).ok().stdout.replace('\n', " ")
    };
    for (words, found) in [
        (&["asset:srv-1"][..], "1 "),
        (&["asset:any"], "1 "),
        (&["asset:none"], "2 "),
        (&["-asset:SRV-1"], "2 "),
        (&["cost:>100"], "1 "),
        (&["cost:<100"], "2 "),
        (&["cost:9..120.5"], "2 1 "),
        (&["bought:2026-02"], "1 "),
        (&["bought:<2026-02"], ""),
        (&["site:oslo"], "2 "),
        (&["cost:any", "-site:Oslo"], "1 "),
    ] {
        assert_eq!(ids(words), found, "{words:?}");
    }
    let csv = env
        .run(&["list", "--columns", "id,cost,asset", "--format", "csv"])
        .ok();
    assert_eq!(csv.stdout, "id,cost,asset\n2,9,\n1,120.5,SRV-1\n");
    let table = env.run(&["list", "--columns", "+asset"]).ok().stdout;
    assert!(
        table.contains("ASSET") && table.contains("SRV-1"),
        "{table}"
    );
    let unknown = env.run(&["list", "--columns", "asse"]).code(2);
    assert!(
        unknown.stderr.contains("did you mean 'asset'?"),
        "{}",
        unknown.stderr
    );
    let unknown = env.run(&["list", "cost:much"]).code(2);
    assert!(
        unknown.stderr.contains("'much' is not a number"),
        "{}",
        unknown.stderr
    );
    let found = env.run(&["search", "SRV-1", "--ids"]).ok().stdout;
    assert_eq!(found, "1\n");
}

#[test]
fn a_required_field_holds_a_ticket_back_until_it_has_a_value() {
    let mut env = ready();
    let refused = env.run(&["resolve", "1", "done"]).code(1);
    assert!(
        refused
            .stderr
            .contains("#1 is not ready: no value of asset"),
        "{}",
        refused.stderr
    );
    assert!(
        refused.stderr.contains("desk field 1 asset=VALUE"),
        "{}",
        refused.stderr
    );
    env.does("desk field 1 asset=SRV-1");
    let _ = env.run(&["resolve", "1", "done"]).ok();
}

#[test]
fn a_field_that_leaves_the_policy_stays_on_its_tickets() {
    let mut env = ready();
    env.does("desk field 1 cost=120.5 asset=SRV-1");
    with_policy(&mut env, "[fields.site]\ntype = \"text\"\n");
    let page = env.run(&["show", "1"]).ok().stdout;
    assert!(
        page.contains("120.5 (not in the policy any more)"),
        "{page}"
    );
    let listed = env.run(&[
        "list",
        "cost:>100",
        "--columns",
        "id,cost",
        "--format",
        "csv",
    ]);
    assert_eq!(listed.ok().stdout, "id,cost\n1,120.5\n");
    let refused = env.run(&["field", "1", "cost=7"]).code(2);
    assert!(
        refused.stderr.contains("no field 'cost' any more"),
        "{}",
        refused.stderr
    );
    assert!(refused.stderr.contains("cost="), "{}", refused.stderr);
    let exported = env.run(&["export"]).ok().stdout;
    assert!(exported.contains("120.5"), "{exported}");
    let _ = env.run(&["verify"]).ok();
    env.does("desk field 1 cost=");
    let page = env.run(&["show", "1"]).ok().stdout;
    assert!(!page.contains("120.5 (not"), "{page}");
}

#[test]
fn a_policy_with_bad_fields_is_refused_with_every_fault() {
    let mut env = Env::new();
    let text = "[fields.Asset]\ntype = \"text\"\n[fields.title]\ntype = \"text\"\n\
        [fields.color]\ntype = \"choice\"\nchoices = []\n[fields.cost]\ntype = \"money\"\n\
        [fields.next_due]\nlabel = \"x\"\n";
    std::fs::write(env.dir().join("bad.toml"), text).unwrap();
    let refused = env.run(&["policy", "check", "bad.toml"]);
    let said = format!("{}{}", refused.stdout, refused.stderr);
    for part in [
        "'Asset' cannot be the name of a field",
        "'title' is already the name of a column or of a filter",
        "'next_due' is already the name",
        "the type is missing",
        "unknown type of a field 'money'",
        "it is empty; write a list of values",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn an_imported_column_becomes_a_field() {
    let mut env = ready();
    let mapping = "source = \"old\"\n[columns]\nnumber = \"no\"\ntitle = \"title\"\nopened = \"at\"\n[fields]\nasset = \"ci\"\ncost = \"price\"\n";
    std::fs::write(env.dir().join("map.toml"), mapping).unwrap();
    let rows = "no,title,at,ci,price\nA1,Printer,2026-03-01T09:00:00Z,SRV-1,12.50\nA2,Mouse,2026-03-01T09:00:00Z,,dear\n";
    let done = env
        .run_with(&["import", "--map", "map.toml", "-"], rows)
        .ok();
    let all = format!("{}{}", done.stdout, done.stderr);
    assert!(all.contains("'dear' is not a value of cost"), "{all}");
    let json = env.json(&["show", "2"]);
    assert_eq!(
        json["fields"],
        serde_json::json!({ "asset": "SRV-1", "cost": 12.5 })
    );
    let json = env.json(&["show", "3"]);
    assert_eq!(json["fields"], serde_json::json!({}));
    assert!(json.to_string().contains("dear"), "{json}");
}
