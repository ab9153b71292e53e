//! Tags: `desk tag`, and tags wherever tickets are.

use crate::env::Env;

fn tagged() -> Env {
    let mut env = Env::new();
    env.ready().does("desk open 'Printer' --tag Printer,vip");
    env.does("desk tag 1,2 vpn -vip -never");
    env
}

#[test]
fn tags_are_added_and_removed_and_say_so() {
    let mut env = tagged();
    let done = env.run(&["tag", "1", "new", "-vpn"]).ok();
    assert_eq!(done.stdout.trim(), "#1 tags +new -vpn");
    let same = env.run(&["tag", "1", "NEW", "--remove", "vpn"]).ok();
    assert_eq!(same.stdout.trim(), "#1 unchanged");
    let page = env.run(&["show", "2"]).ok().stdout;
    assert!(page.contains("  tags: printer vpn\n"), "{page}");
    let json = env.json(&["show", "2"]);
    assert_eq!(json["tags"], serde_json::json!(["printer", "vpn"]));
    let logged = env.run(&["log", "1", "called", "--tag", "waiting"]).ok();
    assert_eq!(logged.stdout.trim(), "#1 tags +waiting, logged");
    let only = env.run(&["log", "1", "--tag", "later"]).ok();
    assert_eq!(only.stdout.trim(), "#1 tags +later");
}

#[test]
fn tags_are_columns_and_filters() {
    let mut env = tagged();
    let ids = |env: &mut Env, word: &str| env.run(&["list", word, "--ids"]).ok().stdout;
    assert_eq!(ids(&mut env, "tag:VPN"), "2\n1\n");
    assert_eq!(ids(&mut env, "tag:printer"), "2\n");
    assert_eq!(ids(&mut env, "-tag:printer"), "1\n");
    env.does("desk open 'Mouse'");
    assert_eq!(ids(&mut env, "tag:none"), "3\n");
    // Nobody has used it yet, as in a saved view.
    assert_eq!(ids(&mut env, "-tag:waiting"), "2\n3\n1\n");
    let csv = env
        .run(&["list", "--columns", "id,tags", "--format", "csv"])
        .ok();
    assert_eq!(csv.stdout, "id,tags\n2,\"printer\nvpn\"\n3,\n1,vpn\n");
    let table = env.run(&["list", "--columns", "+tags"]).ok().stdout;
    assert!(table.contains("TAGS") && table.contains("TITLE"), "{table}");
    let report = env
        .run(&["report", "--by", "tag", "--format", "csv"])
        .ok()
        .stdout;
    let opened: Vec<&str> = report
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(1).unwrap())
        .collect();
    assert!(
        opened.contains(&"printer") && opened.contains(&"vpn"),
        "{report}"
    );
    let json = env.json(&["report", "--by", "tag"]);
    assert_eq!(json["total"]["opened"], 3, "{json}");
    let found = env.run(&["search", "printer", "--ids"]).ok().stdout;
    assert_eq!(found, "2\n");
}

#[test]
fn what_cannot_be_a_tag_is_refused_with_what_can() {
    let mut env = tagged();
    let refused = env.run(&["tag", "1", "two words"]).code(2);
    assert!(
        refused.stderr.contains("'two words' cannot be a tag"),
        "{}",
        refused.stderr
    );
    assert!(
        refused.stderr.contains("such as two-words"),
        "{}",
        refused.stderr
    );
    let missing = env.run(&["tag", "1"]).code(2);
    assert!(
        missing.stderr.contains("desk tag 42 vpn -old"),
        "{}",
        missing.stderr
    );
    let slip = env.run(&["list", "tag:prnter"]).code(2);
    assert!(
        slip.stderr.contains("did you mean 'printer'"),
        "{}",
        slip.stderr
    );
    let near = env.run(&["tag", "1", "prnter"]).ok();
    assert!(
        near.stderr
            .contains("no tag 'prnter' yet; did you mean 'printer'?"),
        "{}",
        near.stderr
    );
}

#[test]
fn tags_outlive_an_export_and_an_import() {
    let mut env = tagged();
    let exported = env.run(&["export"]).ok().stdout;
    let mut other = Env::new();
    let _ = other.run_with(&["import", "-"], exported).ok();
    let json = other.json(&["show", "2"]);
    assert_eq!(json["tags"], serde_json::json!(["printer", "vpn"]));
    let _ = other.run(&["verify"]).ok();
}

#[test]
fn an_imported_column_becomes_tags() {
    let mut env = Env::new();
    let mapping = "source = \"old\"\n[columns]\nnumber = \"no\"\ntitle = \"title\"\nopened = \"at\"\ntags = \"labels\"\n";
    std::fs::write(env.dir().join("map.toml"), mapping).unwrap();
    let rows = "no,title,at,labels\nA1,Printer,2026-03-01T09:00:00Z,\"VIP; new laptop,!\"\n";
    let done = env
        .run_with(&["import", "--map", "map.toml", "-"], rows)
        .ok();
    let all = format!("{}{}", done.stdout, done.stderr);
    assert!(all.contains("it cannot be a tag"), "{all}");
    let json = env.json(&["show", "1"]);
    assert_eq!(json["tags"], serde_json::json!(["new-laptop", "vip"]));
}
